"""The library: recipes that come with apiscribe; a name comes in, the recipe with what a document chose for it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from apiscribe.document.load import load
from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError, shown
from apiscribe.signing.reader import is_name, read
from apiscribe.signing.reading import Reading
from apiscribe.signing.recipe import OptionField, Recipe

_FOLDER = files("apiscribe.signing") / "library"


@cache
def names() -> Sequence[str]:
    """List the recipes of the library."""
    found = (item.name.removesuffix(".yaml") for item in _FOLDER.iterdir() if item.name.endswith(".yaml"))
    return tuple(sorted(found))


@cache
def recipe(name: str) -> Recipe:
    """Read a recipe of the library.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in names():
        raise KeyError(name)
    return read(load((_FOLDER / f"{name}.yaml").read_bytes(), file=f"library/{name}.yaml").root)


def read_used(node: Node) -> Recipe:
    """Read a reference to the library: `use`, and where wanted another `name` and fixed `options`.

    Raises:
        ApiscribeError: there is no such recipe, or it has no such option.
    """
    reading = Reading()
    fields = reading.fields(node, "a recipe of the library", ("use", "name", "options"), required=("use",))
    used = reading.text(fields.get("use"), "use")
    if used not in names():
        close = get_close_matches(used, names(), 1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(names())}"
        reading.report(fields.get("use", node), f"the library has no recipe {shown(used, 40)!r}{hint}")
        raise ApiscribeError(reading.problems)
    found = recipe(used)
    fixed = {name: reading.text(item, name) for name, item in reading.mapping(fields.get("options"), "options")}
    for name, text in fixed.items():
        option = fields["options"].get(name) or node
        if found.option(name) is None:
            known = ", ".join(item.name for item in found.options) or "none"
            reading.report(option, f"{used} has no option {shown(name, 40)!r}; it has {known}")
        elif not text.isascii() or not text.isprintable():
            reading.report(option, "the value of an option is printable ASCII")
    own = reading.text(fields.get("name"), "the name") or _derived_name(used, fixed)
    if not is_name(own):
        reading.report(fields.get("name", node), f"not a name for a recipe: {shown(own, 40)!r}")
    if reading.problems:
        raise ApiscribeError(reading.problems)
    return _with(found, own, fixed, node)


def _derived_name(used: str, fixed: dict[str, str]) -> str:
    """Name a recipe after what is fixed in it, so that two choices do not share a name."""
    words = re.findall(r"[a-z0-9]+", " ".join(fixed.values()).lower())
    return "-".join([used, *words])


def _with(found: Recipe, name: str, fixed: dict[str, str], node: Node) -> Recipe:
    options = tuple(
        OptionField(name=item.name, value=fixed[item.name], origin=item.origin) if item.name in fixed else item
        for item in found.options
    )
    vectors = tuple(
        replace(vector, options=tuple(pair for pair in vector.options if pair[0] not in fixed))
        for vector in found.vectors
        if all(dict(vector.options).get(option) == text for option, text in fixed.items())
    )
    return replace(found, name=name, options=options, vectors=vectors, origin=node.origin)
