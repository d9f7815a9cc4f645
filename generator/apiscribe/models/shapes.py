"""Shapes: what datamodel-code-generator is asked about, one level of a tree at a time, with holes for all below it.

A document has thousands of distinct trees and a dozen distinct shapes. What the library answers to the commonest of
them is on record in `answers`, since starting it costs more than reading a small document; all others it is asked.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from apiscribe.models.answers import ANSWERS
from apiscribe.models.library import python_of
from apiscribe.models.tree import reference

_HOLE = "H"
_HOLDER = "Holder"


class Shape(NamedTuple):
    """One level of a tree as JSON text, with a number, from 0 on, in place of each tree below it."""

    text: str
    below: tuple[dict[str, Any], ...]


def shape_of(tree: Mapping[str, Any]) -> Shape:
    """Take the uppermost level off a tree.

    >>> shape_of({"type": "array", "items": {"type": "string"}})
    Shape(text='{"items": 0, "type": "array"}', below=({'type': 'string'},))
    """
    match tree:
        case {"anyOf": list(members)}:
            return Shape(_text({"anyOf": [*range(len(members))]}), (*members,))
        case {"items": dict(inner)}:
            return Shape(_text({**tree, "items": 0}), (inner,))
        case {"additionalProperties": dict(inner)}:
            return Shape(_text({**tree, "additionalProperties": 0}), (inner,))
    return Shape(_text(tree), ())


def _text(shape: Mapping[str, Any]) -> str:
    return json.dumps(shape, sort_keys=True)


def hole(number: int) -> str:
    """Name a hole."""
    return f"{_HOLE}{number}"


def annotations_of(shapes: Iterable[str]) -> dict[str, ast.expr]:
    """Give the library's annotation of every shape, on record or asked for now, all in one go.

    `H0`, `H1` and so on stand in it for what is below.
    """
    distinct = dict.fromkeys(shapes)
    asked = ask(shape for shape in distinct if shape not in ANSWERS)
    return {shape: ast.parse(ANSWERS.get(shape) or asked[shape], mode="eval").body for shape in distinct}


def ask(shapes: Iterable[str]) -> dict[str, str]:
    """Ask the library about shapes, in the presence of nothing but the holes.

    Raises:
        AssertionError: it gives other classes or fields than those that were asked for.
    """
    fields = {f"f{number}": shape for number, shape in enumerate(shapes)}
    if not fields:
        return {}
    trees = {name: _with_holes(json.loads(shape)) for name, shape in fields.items()}
    most = max(len(tree.get("anyOf", "_")) for tree in trees.values())
    definitions = {**{hole(number): _object({}) for number in range(most)}, _HOLDER: _object(trees)}
    found = _annotations(python_of(definitions), definitions)
    return {fields[name]: text for name, text in found.items()}


def _with_holes(shape: Any) -> Any:
    if isinstance(shape, dict):
        return {key: _with_holes(value) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_with_holes(value) for value in shape]
    return reference(hole(shape)) if type(shape) is int else shape


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    # Everything is required here: whether a value may be absent is decided where the field is printed.
    return {"type": "object", "properties": properties, "required": list(properties)}


def _annotations(text: str, definitions: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = {
                item.target.id: _unquoted(item.annotation)
                for item in node.body
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
            }
    given = {name: set(fields) for name, fields in found.items() if name != "Model"}
    expected = {name: set(tree["properties"]) for name, tree in definitions.items()}
    if given != expected:
        odd = sorted(set(given) ^ set(expected)) or sorted(name for name in expected if given[name] != expected[name])
        msg = f"datamodel-code-generator gave other classes or fields than were asked for: {odd[:5]}"
        raise AssertionError(msg)
    return found[_HOLDER]


def _unquoted(node: ast.expr) -> str:
    # What is defined further down is written as a text.
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ast.unparse(node)
