"""Owner: models of Files 1."""

from ...._runtime.model import Model


class Owner(Model):
    """Owner.

    Fields:
        name: string, optional.
    """

    name: str | None = None
