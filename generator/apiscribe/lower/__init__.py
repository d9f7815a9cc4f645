"""The lower room: a checked document goes in, what it means comes out as an Api."""

from apiscribe.lower.api import Lowered, lower

__all__ = ["Lowered", "lower"]
