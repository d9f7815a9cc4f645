"""Id: models of Files 1."""

from typing import TypeAlias

Id: TypeAlias = str
"""Id."""
