"""Reading selections: the step of a recipe that goes over headers or parameters, to what it takes and how."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apiscribe.document.node import Node
from apiscribe.errors import shown
from apiscribe.signing.reading import Reading
from apiscribe.signing.recipe import Selection, Template
from apiscribe.signing.template import parse

SELECTION_KEYS = ("over", "names", "except", "key", "value", "each", "sort", "group", "skip-empty")
SOURCES = ("headers", "query", "form-query", "form")
SORTS = ("pair", "key", "text", "none")
MAX_NAMES = 64
_HEADER_PATTERN = re.compile(r"[!#$%&'+.^_`|~0-9A-Za-z-]*\*?\Z")
_DEFAULTS = {"key": "{name}", "value": "{value}", "each": "{name}={value}"}


def read_selection(reading: Reading, node: Node, fields: Mapping[str, Node]) -> Selection:
    """Read what a step goes over, which of it, how it is mapped, sorted, grouped and written."""
    sources, own = _sources(reading, fields["over"])
    names = reading.texts(fields.get("names"), "names", MAX_NAMES)
    excluded = reading.texts(fields.get("except"), "except", MAX_NAMES)
    if "headers" in sources:
        _check_headers(reading, node, fields, sources, own)
        names, excluded = (tuple(name.lower() for name in listed) for listed in (names, excluded))
    sort = reading.text(fields.get("sort"), "sort") or "pair"
    if sort not in SORTS:
        reading.report(fields["sort"], f"sort is one of {', '.join(SORTS)}, not {shown(sort, 40)!r}")
    key, value, each = (_template(reading, fields, name) for name in ("key", "value", "each"))
    return Selection(
        sources=sources,
        own=own,
        names=names,
        excluded=excluded,
        key=key,
        value=value,
        each=each,
        sort=sort,
        group=reading.text(fields["group"], "group") if "group" in fields else None,
        skip_empty=reading.flag(fields.get("skip-empty"), "skip-empty"),
    )


def _sources(reading: Reading, node: Node) -> tuple[tuple[str, ...], tuple[tuple[str, Template], ...]]:
    sources: list[str] = []
    own: list[tuple[str, Template]] = []
    for item in reading.sequence(node, "over", len(SOURCES) + 1) if node.is_sequence else (node,):
        if item.is_mapping:
            own += [(name, reading.template(entry)) for name, entry in item.items()]
            continue
        source = reading.text(item, "an entry of over")
        if source not in SOURCES or source in sources:
            reading.report(item, f"over takes {', '.join(SOURCES)} or pairs, each once, not {shown(source, 40)!r}")
        sources.append(source)
    if not sources and not own:
        reading.report(node, "over has at least one entry")
    return tuple(sources), tuple(own)


def _check_headers(
    reading: Reading, node: Node, fields: Mapping[str, Node], sources: tuple[str, ...], own: tuple[object, ...]
) -> None:
    if len(sources) > 1 or own:
        reading.report(fields["over"], "headers cannot be mixed with parameters")
    if "names" not in fields:
        reading.report(node, "a step over headers needs 'names': which headers it takes, as in [host, x-amz-*]")
    for listed in ("names", "except"):
        for item in fields[listed].elements() if listed in fields else ():
            name = item.string or ""
            if not name or not _HEADER_PATTERN.match(name):
                reading.report(item, f"not a header name, nor the beginning of some with '*': {shown(name, 40)!r}")


def _template(reading: Reading, fields: Mapping[str, Node], name: str) -> Template:
    node = fields.get(name)
    if node is None:
        return parse(_DEFAULTS[name], is_item=True)
    if node.is_mapping:
        reading.report(node, f"{name} has no condition")
        return Template(text="", pieces=())
    return reading.template(node, is_item=True)
