"""Selections of recipes as Python: the pairs that a step goes over, mapped, sorted, grouped and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from apiscribe.code import Code, fill, identifier, literal, tuple_of
from apiscribe.code import joined as listed
from apiscribe.signing.dependencies import takes_header
from apiscribe.signing.expressions import Scope
from apiscribe.signing.recipe import Atom, Selection, Step, Template
from apiscribe.signing.values import Value, constant
from apiscribe.signing.words import AtomKind

_NAME, _VALUE = Atom(kind=AtomKind.NAME), Atom(kind=AtomKind.VALUE)
Written = tuple[list[Code], Value]
Guard = Callable[[Template, Code], list[Code]]
Own = Sequence[tuple[str, Code, bool]]
"""The recipe's own headers that are signed: name, variable, and whether it may be None."""


def header_rows(selection: Selection, own: Own, taken: Sequence[str], variable: Code) -> list[Code]:
    """Give the statements that pick headers; `taken` are emitted ones that cannot be signed here."""
    refused = _matches((*selection.excluded, *(name for name, _, _ in own), *taken, "host"))
    chosen = _matches(tuple(name for name in selection.names if name != "host"))
    lines = [fill("{}: list[tuple[str, str]] = []", variable)]
    if chosen is not None and refused is not None:
        pattern = "{} = [(name, value) for name, value in headers.items() if {} and not {}]"
        lines = [fill(pattern, variable, chosen, refused)]
    if takes_header(selection, "host"):
        lines.append(fill('{}.append(("host", url_host))', variable))
    for name, value, may_miss in own:
        setting = fill("{}.append(({}, {}))", variable, literal(name), value)
        lines += [fill("if {} is not None:", value), fill("    {}", setting)] if may_miss else [setting]
    return lines


def _matches(patterns: Sequence[str]) -> Code | None:
    """Give the condition that a name is one of some, or begins like some."""
    exact = sorted({item for item in patterns if not item.endswith("*")})
    starts = sorted({item[:-1] for item in patterns if item.endswith("*")})
    parts = [fill("name in {}", tuple_of([literal(item) for item in exact]))] if exact else []
    parts += [fill("name.startswith({})", literal(item)) for item in starts]
    return fill("({})", listed(" or ", parts)) if parts else None


def pair_rows(selection: Selection, scope: Scope, guard: Guard, variable: Code) -> list[Code]:
    """Give the statements that gather parameters, as pairs of bytes."""
    query = scope.address.get(AtomKind.QUERY, fill("url_query"))
    sources = {
        "query": fill("query_pairs({})", query),
        "form-query": fill("form_pairs({})", query),
        "form": fill("body_pairs(headers, body)"),
    }
    gathered = [sources[name] for name in selection.sources]
    lines = [fill("{}: list[tuple[bytes, bytes]] = {}", variable, listed(" + ", gathered) if gathered else Code("[]"))]
    for name, template in selection.own:
        pair = tuple_of([constant(name).octets, scope.template(template).octets])
        lines += guard(template, fill("{}.append({})", variable, pair))
    return lines


def written(step: Step, selection: Selection, scope: Scope, pairs: Code, shared: dict[object, Code]) -> Written:
    """Give the statements that map, sort and group pairs, and the expression that writes them.

    Two steps that map the same pairs alike share the result, as a list of headers and the headers themselves do.
    """
    is_text = "headers" in selection.sources
    name, value = (Value(code=fill(word), is_text=is_text) for word in ("name", "value"))
    inner = replace(scope, given={_NAME: name, _VALUE: value})
    key, mapped = inner.template(selection.key), inner.template(selection.value)
    how = (selection.names, selection.excluded, selection.sort, selection.group, selection.skip_empty)
    known = (pairs, key.code, mapped.code, how)
    lines: list[Code] = []
    if known not in shared:
        shared[known] = rows = identifier(f"rows_{step.name}")
        condition = _condition(selection, is_text=is_text)
        lines = [fill("{} = [({}, {}) for name, value in {}{}]", rows, key.code, mapped.code, pairs, condition)]
        lines += _ordered(selection, rows, key, mapped)
    given = {_NAME: replace(key, code=fill("name"), encoded=None, constant=None)}
    given[_VALUE] = replace(mapped, code=fill("value"), encoded=None, constant=None)
    return lines, _joined(step, selection, replace(scope, given=given), shared[known])


def _ordered(selection: Selection, rows: Code, key: Value, value: Value) -> Iterator[Code]:
    if selection.sort == "pair":
        yield fill("{}.sort()", rows)
    elif selection.sort == "key":
        yield fill("{}.sort(key=lambda row: row[0])", rows)
    if selection.group is not None:
        yield _grouping(selection.group, rows, key, value)


def _joined(step: Step, selection: Selection, scope: Scope, rows: Code) -> Value:
    each = scope.template(selection.each)
    separator = constant(step.separator)
    texts = fill("[{} for name, value in {}]", each.code, rows)
    if selection.sort == "text":
        texts = fill("sorted({})", texts)
    code = fill("{}.join({})", separator.code if each.is_text else separator.octets, texts)
    return Value(code=code, is_text=each.is_text, is_ascii=each.is_ascii and separator.is_ascii)


def _condition(selection: Selection, *, is_text: bool) -> Code:
    conditions: list[Code] = []
    if not is_text:
        for words, names in (("name in {}", selection.names), ("name not in {}", selection.excluded)):
            if names:
                conditions.append(fill(words, tuple_of([constant(item).octets for item in names])))
    if selection.skip_empty:
        conditions.append(fill("value"))
    return fill(" if {}", listed(" and ", conditions)) if conditions else fill("")


def _grouping(separator: str, rows: Code, key: Value, value: Value) -> Code:
    mark = constant(separator)
    if key.is_text == value.is_text:
        return fill("{} = grouped({}, {})", rows, rows, mark.code if value.is_text else mark.octets)
    encoded = fill("{}.encode()", fill("name" if key.is_text else "value"))
    pair = fill("({}, value)", encoded) if key.is_text else fill("(name, {})", encoded)
    return fill("{} = grouped([{} for name, value in {}], {})", rows, pair, rows, mark.octets)
