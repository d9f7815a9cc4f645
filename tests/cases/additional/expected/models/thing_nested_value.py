"""ThingNestedValue: models of Additional 1."""

from ...._runtime.model import Model


class ThingNestedValue(Model):
    """ThingNestedValue.

    Fields:
        a: string, optional.
    """

    a: str | None = None
