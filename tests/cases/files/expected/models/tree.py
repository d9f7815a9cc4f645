"""Tree: models of Files 1."""

from ...._runtime.model import Model
from .leaf_of import LeafOf


class Tree(Model):
    """Tree.

    Fields:
        leaf: LeafOf, optional.
    """

    leaf: LeafOf | None = None
