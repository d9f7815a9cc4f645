"""The render room: a planned package and the templates' texts go in, the unformatted text of every file comes out."""

from apiscribe.render.render import Store, render

__all__ = ["Store", "render"]
