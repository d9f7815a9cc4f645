"""Named: models of Files 1."""

from typing import TypeAlias
from .leaf_of import LeafOf

Named: TypeAlias = LeafOf
"""Named."""
