"""Chunk: models of Streams 1."""

from ...._runtime.model import Model


class Chunk(Model):
    """Chunk.

    Fields:
        delta: string.
    """

    delta: str
