"""Tag: models of AllOf 1."""

from typing import TypeAlias

Tag: TypeAlias = str
"""Tag."""
