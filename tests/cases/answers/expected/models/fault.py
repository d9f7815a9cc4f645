"""Fault: models of Answers 1."""

from ...._runtime.model import Model


class Fault(Model):
    """Fault.

    Fields:
        why: string, optional.
    """

    why: str | None = None
