"""Completion: models of Streams 1."""

from ...._runtime.model import Model


class Completion(Model):
    """Completion.

    Fields:
        text: string.
    """

    text: str
