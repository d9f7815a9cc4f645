"""Reading: the members of a node as text, flags, numbers and lists of text, empty where they are absent."""

from __future__ import annotations

from typing import Any

from apiscribe.document.node import Node
from apiscribe.errors import Diagnostic, shown
from apiscribe.naming import is_identifier


def text(node: Node | None, key: str) -> str:
    """Give a member where a string is expected, or nothing."""
    child = node.get(key) if node is not None else None
    return (child.string or "") if child is not None else ""


def flag(node: Node, key: str) -> bool:
    """Tell whether a member is true."""
    child = node.get(key)
    return child is not None and child.plain is True


def texts(node: Node, key: str) -> tuple[str, ...]:
    """Give the strings of a member that is a sequence."""
    return tuple(item.string or "" for item in (node.get(key) or ()))


def count(node: Node, key: str) -> int | None:
    """Give a member where a number of things is expected."""
    child = node.get(key)
    return int(child.plain) if child is not None and isinstance(child.plain, int | float) else None


def bounds(node: Node) -> dict[str, Any]:
    """Give the bounds of a number, by the names that the ir has for them."""

    def number(key: str) -> float | None:
        child = node.get(key)
        value = child.plain if child is not None else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    # OpenAPI 3.0 writes exclusive bounds as flags beside the bound.
    low, high = flag(node, "exclusiveMinimum"), flag(node, "exclusiveMaximum")
    return {
        "minimum": None if low else number("minimum"),
        "maximum": None if high else number("maximum"),
        "exclusive_minimum": number("minimum") if low else number("exclusiveMinimum"),
        "exclusive_maximum": number("maximum") if high else number("exclusiveMaximum"),
        "multiple_of": number("multipleOf"),
    }


def own_name(node: Node | None, key: str, diagnostics: list[Diagnostic]) -> str:
    """Give a name that somebody wrote by hand, such as `x-python-name`; one that Python cannot use is an error."""
    name = text(node, key)
    place = node.get(key) if node is not None else None
    if place is not None and not is_identifier(name):
        message = f"{key} '{shown(place.text)}' is no name: ASCII letters, digits and '_', a letter first, at most 80"
        diagnostics.append(place.error("name.own", message))
        return ""
    return name


def own_group(node: Node, diagnostics: list[Diagnostic]) -> str:
    """Give the groups that somebody chose for an operation, `chat.completions`; what Python cannot use is an error."""
    name = text(node, "x-python-group")
    place = node.get("x-python-group")
    if place is not None and not all(map(is_identifier, name.split("."))):
        message = (
            f"x-python-group '{shown(place.text)}' is no group: names of ASCII letters, digits and '_', joined by '.'"
        )
        diagnostics.append(place.error("name.own", message))
        return ""
    return name
