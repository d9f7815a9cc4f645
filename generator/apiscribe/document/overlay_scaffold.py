"""Scaffolds: a node of a document comes in, the overlay to be filled in that corrects it goes out, as plain values."""

from __future__ import annotations

import re
from typing import Final

from apiscribe.document.node import Node, Plain, to_plain

_SHORT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def scaffold(node: Node) -> dict[str, Plain]:
    """Make an overlay that expects what is there now and changes nothing yet; its reason is left to be filled in.

    Raises:
        ApiscribeError: a list of mappings, of which one has to be chosen, or the whole document.
    """
    if node.parent is None:
        raise node.refusal("overlay.scaffold", "a correction concerns something inside the document")
    if node.is_sequence and any(child.is_mapping or child.is_sequence for child in node):
        raise node.refusal("overlay.scaffold", f"is a list: choose an element, {node.pointer}/0 to /{len(node) - 1}")
    actions = _list(node, node.parent) if node.is_sequence else [_action(node, _expected(node), _changed(node))]
    return {
        "overlay": "1.1.0",
        "info": {"title": f"Corrects {node.pointer}", "version": "1"},
        "actions": list[Plain](actions),
    }


def _action(node: Node, expected: Plain, update: Plain) -> dict[str, Plain]:
    return {"target": target_of(node), "x-reason": "", "x-expects": expected, "update": update}


def _list(node: Node, parent: Node) -> list[dict[str, Plain]]:
    # An update adds to a list, so one that is to be replaced is removed first.
    present = to_plain(node)
    removal: dict[str, Plain] = {"target": target_of(node), "x-reason": "", "x-expects": present, "remove": True}
    addition: dict[str, Plain] = {"target": target_of(parent), "x-reason": "", "update": {str(node.key): present}}
    return [removal, addition]


def _expected(node: Node) -> Plain:
    if not node.is_mapping:
        return to_plain(node)
    flat = {key: to_plain(member) for key, member in node.items() if not any(not _is_scalar(child) for child in member)}
    return {key: value for key, value in flat.items() if not isinstance(value, dict)}


def _changed(node: Node) -> Plain:
    if not node.is_mapping:
        return to_plain(node)
    return {key: to_plain(member) for key, member in node.items() if _is_scalar(member)}


def _is_scalar(node: Node) -> bool:
    return not node.is_mapping and not node.is_sequence


def target_of(node: Node) -> str:
    """Write the JSONPath (RFC 9535) of a node; a parameter is chosen by name and location, whatever its number.

    >>> from apiscribe.document.load import load
    >>> document = load(b"paths: {/x: {get: {parameters: [{name: q, in: query, schema: {}}]}}}", file="a.yaml")
    >>> target_of(document.root.at(("paths", "/x", "get", "parameters", 0, "schema")))
    "$.paths['/x'].get.parameters[?@.name == 'q' && @.in == 'query'].schema"
    """
    if node.parent is None:
        return "$"
    return target_of(node.parent) + _step(node, node.parent)


def _step(node: Node, parent: Node) -> str:
    if not parent.is_sequence:
        key = str(node.key)
        return f".{key}" if _SHORT.fullmatch(key) else f"[{_quoted(key)}]"
    name, location = node.get("name"), node.get("in")
    if parent.key == "parameters" and name is not None and location is not None:
        return f"[?@.name == {_quoted(str(name.plain))} && @.in == {_quoted(str(location.plain))}]"
    return f"[{node.key}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped) + "'"
