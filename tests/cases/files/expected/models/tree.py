"""Tree: models of Files 1."""

from ...._runtime.model import Model
from .leaf_of import LeafOf


class Tree(Model):
    """Tree.

    Fields:
        leaf: leaf of, optional.
    """

    leaf: LeafOf | None = None
