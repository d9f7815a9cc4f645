"""Words: what the reference says about types, arguments, fields, operations and servers, as Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from apiscribe import ir, ir_servers
from apiscribe.markdown import EMPTY, Markdown, anchor, code_span, fill, is_web_address, joined, link, text
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.text import error_class, remark, shape
from apiscribe.view_reference import Row, Server

_YES, _NO = text("yes"), text("no")
_LONGEST_DEFAULT = 80
# Headings of the pages themselves.
_OWN_ANCHORS = ("client", "operations", "models")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Where identifiers have a heading, seen from one page: `pages` tells the page of each.

    `unique` are the anchors of each page that lead to one heading only.
    """

    unique: frozenset[tuple[str, str]]
    pages: Mapping[str, str]
    page: str = ""

    def link(self, name: str) -> Markdown:
        """Link to the heading that is this identifier; without a link where two headings share the anchor."""
        label, place = code_span(name), (self.pages[name], anchor(name))
        if place not in self.unique:
            return label
        return link(label, f"{'' if place[0] == self.page else place[0]}#{place[1]}")


def headings_of(pages: Mapping[str, str]) -> Headings:
    """Find the anchors that one heading has for itself; `pages` gives the page of each identifier."""
    own = ((page, name) for page in {*pages.values()} for name in _OWN_ANCHORS)
    counts = Counter([*own, *((page, anchor(name)) for name, page in pages.items())])
    return Headings(unique=frozenset(place for place, count in counts.items() if count == 1), pages=pages)


def type_words(plan: ServicePlan, schema: ir.Schema, headings: Headings) -> Markdown:
    """Say in words what a schema accepts, models linked; its default is left to a column of its own."""
    bare = schema if isinstance(schema.default, ir.Absent) else replace(schema, default=ir.ABSENT)
    nothing = ir.AnySchema(origin=schema.origin)
    match bare:
        case ir.RefSchema(name=name) if name in plan.names.classes:
            head = headings.link(plan.names.classes[name])
            rest = shape(replace(nothing, nullable=schema.nullable, deprecated=schema.deprecated))
            return fill("{}{}", head, _tail(rest, "any value"))
        case ir.ArraySchema(items=items):
            rest = shape(replace(bare, items=nothing))
            return fill("array of {}{}", type_words(plan, items, headings), _tail(rest, "array of any value"))
        case ir.UnionSchema(members=members):
            parts = dict.fromkeys(type_words(plan, member, headings) for member in members)
            rest = shape(replace(bare, members=(nothing,)))
            return fill("{}{}", joined(" or ", parts), _tail(rest, "any value"))
    return text(shape(bare))


def row_of(
    plan: ServicePlan, name: str, wire: str, schema: ir.Schema, headings: Headings, *, required: bool, about: str = ""
) -> Row:
    """Describe one argument or field; `about` is its description where the schema does not hold it."""
    return Row(
        name=code_span(name),
        type=type_words(plan, schema, headings),
        required=_YES if required else _NO,
        default=_default(schema),
        wire=code_span(wire),
        description=text(remark(wire, about or schema.description)),
    )


def raised(operation: ir.Operation) -> tuple[Markdown, ...]:
    """List the errors that the document declares, each with its status and meaning."""
    return tuple(
        joined(" ", [code_span(error_class(item.status)), text(f"{item.status} {item.description}")])
        for item in operation.responses
        if not item.status.startswith(("2", "3", "d"))
    )


def header_words(plan: ServicePlan, name: str, header: ir.ResponseHeader, headings: Headings) -> Markdown:
    """Describe a header of an answer: its attribute, its name on the wire, its type, what it is for."""
    head = fill("{} ({}): {}", code_span(name), code_span(header.name), type_words(plan, header.schema, headings))
    about = text(remark(header.name, header.description or header.schema.description))
    return fill("{}. {}", head, about) if about else head


def status_of(plan: ServicePlan, operation: ir.Operation) -> Markdown:
    """Say which version an operation is of, what its documentation calls it, and until when it is supported."""
    facts = [
        f"version {operation.api_version}" if operation.api_version else "",
        f"status {operation.api_status}" if operation.api_status else "",
        f"supported until {operation.supported_until}" if operation.supported_until else "",
        "deprecated: calling it warns" if operation.deprecated else "",
        _credentials(plan, operation),
    ]
    told = ", ".join(fact for fact in facts if fact)
    return text(told[:1].upper() + told[1:] + "." if told else "")


def _credentials(plan: ServicePlan, operation: ir.Operation) -> str:
    """Say which credentials an operation needs, where that is not the same for all."""
    security = plan.security
    if not security.schemes or security.static is not None:
        return ""
    if not security.is_signed(operation):
        return "sent without credentials"
    sets = [names for uses in security.of(operation) if uses for names in security.sets(uses)]
    told = ", or ".join(dict.fromkeys(" with ".join(names) for names in sets if names))
    return f"takes {told} if there are any" if () in security.of(operation) else f"needs {told}" if told else ""


def source_of(operation: ir.Operation) -> Markdown:
    """Name the page an operation was read from; a link where that is an address."""
    if not operation.source:
        return EMPTY
    span = code_span(operation.source)
    return link(span, operation.source) if is_web_address(operation.source) else span


def server_of(plan: ServicePlan, server: ir_servers.Server) -> Server:
    """Describe one server's address."""
    doubt = "No page of the documentation names this address: it is assumed." if server.assumed else ""
    return Server(
        address=code_span(server.url),
        description=text(server.description),
        pairs=_pairs(plan, server),
        doubt=text(doubt),
    )


def _pairs(plan: ServicePlan, server: ir_servers.Server) -> tuple[Markdown, ...]:
    # One line for each combination of all variables but the first, with the values the first may have there.
    if not server.allowed or not server.variables:
        return ()
    first, *others = (item.name for item in server.variables)
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for pair in server.allowed:
        values = dict(pair)
        fixed = tuple((plan.names.variables[name], values[name]) for name in others if name in values)
        groups.setdefault(fixed, []).append(values.get(first, ""))
    own = code_span(plan.names.variables[first])
    lines = []
    for fixed, listed in groups.items():
        kept = joined(", ", [fill("{} {}", code_span(name), code_span(value)) for name, value in fixed])
        offered = fill("{} {}", own, joined(" or ", [code_span(value) for value in listed]))
        lines.append(fill("{}: {}", kept, offered) if kept else offered)
    return tuple(lines)


def _default(schema: ir.Schema) -> Markdown:
    if isinstance(schema.default, ir.Absent) or schema.secret:
        return EMPTY
    printed = json.dumps(schema.default, ensure_ascii=False)
    return code_span(printed if len(printed) <= _LONGEST_DEFAULT else f"{printed[: _LONGEST_DEFAULT - 1]}…")


def _tail(words: str, start: str) -> Markdown:
    rest = text(words.removeprefix(start))
    return fill(" {}", rest) if rest and not rest.startswith(",") else rest
