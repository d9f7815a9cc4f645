"""Skipping, budgets and accidents: what a document's errors leave usable, and what no document can cause."""

from __future__ import annotations

import json
import sys
from functools import partial

from apiscribe.document.edit import Part, changed, prune
from apiscribe.document.load import load
from apiscribe.document.node import Plain
from apiscribe.document.resolve import Resolver
from apiscribe.document.rules import check
from apiscribe.document.skip import leave_out, unusable
from apiscribe.errors import Severity

from .test_document_rules import OPERATION, SOUND, checked, lines, with_head

BROKEN = """
paths:
  /good/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: good, responses: {200: {description: a}}}
    put: {operationId: bad id, tags: ["\\u202e"], responses: {200: {description: a}}}
  /uses: {get: {responses: {200: {description: a, content: {a/b: {schema: {$ref: '#/components/schemas/B'}}}}}}}
  /a//b: {get: {responses: {200: {description: a}}}}
components:
  schemas:
    A: {minimum: x}
    B: {properties: {a: {$ref: '#/components/schemas/A'}}}
    C: {type: string}
"""


def test_operations_that_errors_concern_can_be_left_out() -> None:
    document, found = checked(with_head(BROKEN))
    result = unusable(document, Resolver(document), found)
    assert result.operations == ("/paths/~1good~1{id}/put", "/paths/~1uses/get", "/paths/~1a~1~1b/get")
    assert result.remaining == ()
    rest = prune(document, result.pointers)
    assert check(rest, Resolver(rest)) == ()
    assert [path for path, _ in (rest.root.get("paths") or rest.root).items()] == ["/good/{id}", "/uses"]
    kept = rest.root.at(("paths", "/good/{id}", "get", "operationId"))
    assert kept is not None
    assert kept.origin.line == 7


def test_errors_that_concern_everything_cannot_be_skipped() -> None:
    document, found = checked(with_head("servers: [{url: 'ftp://a'}]\n" + BROKEN.lstrip()))
    (remaining,) = unusable(document, Resolver(document), found).remaining
    assert remaining.rule == "server.address"


def test_a_chain_of_thousands_of_schemas_is_checked_without_recursion() -> None:
    count = 8_000
    schemas = "".join(f"    S{n}: {{allOf: [{{$ref: '#/components/schemas/S{n + 1}'}}]}}\n" for n in range(count))
    assert checked(with_head(f"components:\n  schemas:\n{schemas}    S{count}: {{type: object}}\n"))[1] == ()
    assert sys.getrecursionlimit() == 1000


def test_severities_are_only_two() -> None:
    found = checked(with_head(BROKEN))[1]
    assert {diagnostic.severity for diagnostic in found} == {Severity.ERROR}


JUNK: tuple[Plain, ...] = (None, 5, "x", True, [], {}, [None, {}], {"$ref": 5}, {"$ref": "#/paths"}, {"x": {"x": []}})


def test_no_value_in_a_wrong_place_makes_the_check_fail() -> None:
    """Put every kind of value in every place of a sound document; each gives findings or none, never an accident."""
    root = load(with_head(SOUND).encode(), file="a.yaml").root
    places = [root]
    for place in places:
        places.extend(place)
    assert len(places) > 100
    for index, place in enumerate(places[1:]):
        for junk in JUNK[index % 3 :: 3]:
            part = changed(root, [(place.path, partial(_replaced, junk))])
            assert part is not None
            document = load(json.dumps(part.plain).encode(), file="a.yaml")
            found = check(document, Resolver(document))
            assert all(diagnostic.origin.line for diagnostic in found)
            skipped = leave_out(document)
            remaining = unusable(skipped.document, skipped.resolver, skipped.diagnostics).remaining
            errors = [d for d in skipped.diagnostics if d.severity is Severity.ERROR]
            assert set(errors) == set(remaining)


def _replaced(junk: Plain, part: Part) -> Part:
    return Part(junk, part.mark)


def test_parameters_of_a_widely_shared_path_item_have_a_budget() -> None:
    parameters = ", ".join(f"{{name: a{number}, in: query, schema: {{}}}}" for number in range(400))
    paths = "".join(f"  /x{number}: {{$ref: '#/components/pathItems/P'}}\n" for number in range(3000))
    text = f"paths:\n{paths}components: {{pathItems: {{P: {{parameters: [{parameters}], get: {OPERATION}}}}}}}\n"
    (line,) = lines(with_head(text))
    assert "1200000 parameters of operations are over the limit of 1000000" in line


def test_an_address_is_bounded() -> None:
    (line,) = lines(with_head(f"servers: [{{url: 'https://a/{'b' * 2000}'}}]"))
    assert "longer than 2000 characters" in line
