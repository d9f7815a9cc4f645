"""Overlays: each action changes what it was written for, in the overlay's own place, or says why it no longer can."""

from __future__ import annotations

import pytest

from apiscribe.document.load import load
from apiscribe.document.node import Document, Plain
from apiscribe.document.overlay import apply
from apiscribe.errors import ApiscribeError

SPEC = """\
openapi: 3.1.0
info: {title: a, version: 1.10}
paths:
  /x:
    get:
      operationId: a
      tags: [t]
      parameters: [{name: q}, {name: r}]
    put: {operationId: b}
"""
HEAD = "overlay: 1.1.0\ninfo: {title: o, version: 1}\nactions:\n"


def applied(actions: str, spec: str = SPEC) -> Document:
    return apply(load(spec.encode(), file="spec.yaml"), [load((HEAD + actions).encode(), file="o.yaml")])


def value(document: Document, *path: str | int) -> Plain:
    node = document.root.at(path)
    return None if node is None else node.plain


def refused(actions: str) -> str:
    with pytest.raises(ApiscribeError) as caught:
        applied(actions)
    return str(caught.value)


def test_an_update_merges_mappings_joins_sequences_and_replaces_the_rest() -> None:
    actions = "- target: $.paths['/x'].get\n  update: {operationId: c, tags: [u], x-new: {deep: 1.10}}\n"
    operation = value(applied(actions), "paths", "/x", "get")
    parameters: Plain = [{"name": "q"}, {"name": "r"}]
    assert operation == {"operationId": "c", "tags": ["t", "u"], "parameters": parameters, "x-new": {"deep": 1.1}}


def test_what_an_overlay_brings_keeps_the_overlays_lines() -> None:
    actions = "- target: $.paths['/x'].get\n  update:\n    operationId: c\n    tags: [u]\n    x-new: {deep: 1.10}\n"
    root = applied(actions).root
    places = {}
    for path in (("operationId",), ("tags",), ("tags", 0), ("tags", 1), ("x-new", "deep"), ("parameters", 1, "name")):
        node = root.at(("paths", "/x", "get", *path))
        assert node is not None
        places[path[-2:]] = (node.origin.file, node.origin.line, node.pointer)
    start = "/paths/~1x/get"
    assert places == {
        ("operationId",): ("o.yaml", 6, f"{start}/operationId"),
        ("tags",): ("spec.yaml", 7, f"{start}/tags"),
        ("tags", 0): ("spec.yaml", 7, f"{start}/tags/0"),
        ("tags", 1): ("o.yaml", 7, f"{start}/tags/1"),
        ("x-new", "deep"): ("o.yaml", 8, f"{start}/x-new/deep"),
        (1, "name"): ("spec.yaml", 8, f"{start}/parameters/1/name"),
    }
    deep = root.at(("paths", "/x", "get", "x-new", "deep"))
    assert deep is not None
    assert deep.text == "1.10"


def test_filters_select_members_to_remove() -> None:
    document = applied("- target: $.paths['/x'].get.parameters[?@.name == 'q']\n  remove: true\n")
    assert value(document, "paths", "/x", "get", "parameters") == [{"name": "r"}]


def test_an_update_of_a_sequence_appends_and_of_a_scalar_replaces() -> None:
    document = applied(
        "- target: $.paths['/x'].get.parameters\n  update: {name: s}\n"
        "- target: $.paths['/x'].get.tags\n  update: [u, v]\n"
        "- target: $..operationId\n  update: same\n"
    )
    assert value(document, "paths", "/x", "get", "parameters", 2) == {"name": "s"}
    assert value(document, "paths", "/x", "get", "tags") == ["t", "u", "v"]
    assert value(document, "paths", "/x", "get", "operationId") == "same"
    assert value(document, "paths", "/x", "put", "operationId") == "same"


def test_copy_takes_a_value_from_elsewhere() -> None:
    document = applied("- target: $.paths['/x'].put\n  copy: $.paths['/x'].get\n")
    assert value(document, "paths", "/x", "put", "tags") == ["t"]


def test_later_actions_see_what_earlier_ones_did() -> None:
    document = applied("- target: $.info\n  update: {x-a: {}}\n- target: $.info['x-a']\n  update: {b: 1}\n")
    assert value(document, "info", "x-a") == {"b": 1}


def test_the_documents_given_stay_as_they_were() -> None:
    document = load(SPEC.encode(), file="spec.yaml")
    before = document.root.plain
    apply(document, [load((HEAD + "- target: $..tags\n  remove: true\n").encode(), file="o.yaml")])
    assert document.root.plain is before
    assert document.root.at(("paths", "/x", "get", "tags")) is not None


def test_an_expected_value_that_is_there_lets_the_action_pass() -> None:
    actions = "- target: $.paths['/x'].get\n  x-expects: {operationId: a, tags: [t]}\n  update: {operationId: c}\n"
    assert value(applied(actions), "paths", "/x", "get", "operationId") == "c"


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (
            "- target: $.paths['/y']\n  description: wrong page\n  remove: true\n",
            "error: o.yaml:4: /actions/0/target: '$.paths['/y']' matches nothing (the action's reason: wrong page)",
        ),
        (
            "- target: $.paths['/x'].get.operationId\n  x-reason: typing error\n  x-expects: z\n  update: k\n",
            "error: o.yaml:6: /actions/0/x-expects: /paths/~1x/get/operationId is now a, not z"
            " (the action's reason: typing error)",
        ),
        ("- target: $.info\n  x-expects: {title: b}\n  remove: true\n", "/info is now {'title': 'a'"),
        ("- target: $.info\n  x-expects: {none: null}\n  remove: true\n", "/info is now"),
        ("- target: $.paths['/x'].get.tags\n  x-expects: []\n  remove: true\n", "is now ['t'], not []"),
        ("- target: $.[\n  remove: true\n", "'$.[' is no JSONPath"),
        ("- target: info\n  remove: true\n", "'info' is no JSONPath"),
        ("- target: $\n  remove: true\n", "would remove the whole document"),
        ("- target: $.info\n", "an action has 'update'"),
        ("- target: $.info\n  remove: false\n", "an action has 'update'"),
        ("- target: 5\n  remove: true\n", "an action has a 'target'"),
        ("- text\n", "an action has a 'target'"),
        ("- {target: $.info, delete: true}\n", "the field 'delete' is unknown"),
        ("- {target: $.info, copy: $.none}\n", "'$.none' matches 0 values"),
        ("- {target: $.info, copy: '$..name'}\n", "'$..name' matches 2 values"),
        ("- target: $" + ".a" * 300 + "\n  remove: true\n", "more than 100 steps"),
        ("- target: $" + ".a" * 3000 + "\n  remove: true\n", "longer than 1000"),
        ("- target: $[?" + "(" * 450 + "@.a" + ")" * 450 + "]\n  remove: true\n", "matches nothing"),
        ("- target: $.info\n  update: " + "{a: " * 95 + "1" + "}" * 95 + "\n", "deeper than 100"),
    ],
)
def test_an_action_that_does_not_fit_is_refused_with_its_place_and_reason(action: str, message: str) -> None:
    if "update: {a: {a" in action:
        action = action.replace("$.info", "$.paths['/x'].get.parameters[0]")
    assert message in refused(action)


def test_every_action_that_fails_is_reported() -> None:
    assert len(refused("- {target: $.a, remove: true}\n- {target: $.b, remove: true}\n").splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("overlay: 2.0.0\nactions: [{}]\n", "error: o.yaml:1: /overlay: an overlay begins with"),
        ("openapi: 3.1.0\n", "an overlay begins with"),
        ("[]\n", "an overlay begins with"),
        ("overlay: 1.0.0\n", "has a list of 'actions'"),
        ("overlay: 1.0.0\nactions: []\n", "has a list of 'actions'"),
        ("overlay: 1.0.0\nactions: [{}]\nother: 1\n", "the field 'other' is unknown"),
    ],
)
def test_what_is_no_overlay_is_refused(text: str, message: str) -> None:
    with pytest.raises(ApiscribeError) as caught:
        apply(load(SPEC.encode(), file="spec.yaml"), [load(text.encode(), file="o.yaml")])
    assert message in str(caught.value)


def test_copies_of_copies_end_at_the_budget() -> None:
    assert "add more than 1000000 values" in refused(
        "- {target: $, update: {x: {}}}\n" + "- {target: $.x, copy: $}\n" * 60
    )


def test_overlays_apply_to_json_as_well() -> None:
    document = load(b'{"a": {"b": 1},\n "c": 2}', file="spec.json")
    overlay = load((HEAD + "- {target: $.a, update: {d: 3}}\n").encode(), file="o.yaml")
    root = apply(document, [overlay]).root
    assert root.plain == {"a": {"b": 1, "d": 3}, "c": 2}
    assert [(child.origin.file, child.origin.line) for child in root] == [("spec.json", 1), ("spec.json", 2)]
