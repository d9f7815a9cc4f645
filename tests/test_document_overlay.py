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


FORM = """\
overlay: 1.1.0
info: {title: o, version: 1}
extends: ./spec.yaml
actions:
- {target: $.info, update: {title: b}}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("overlay: 1.1.0", "overlay: 2.0.0", "o.yaml:1: /overlay: an overlay begins with 'overlay: 1.1.0'"),
        ("overlay: 1.1.0\n", "", "an overlay begins with 'overlay: 1.1.0'"),
        ("info: {title: o, version: 1}\n", "", "o.yaml:1: (root): an overlay has an 'info' with 'title' and 'version'"),
        ("version: 1}", "version: ''}", "o.yaml:2: /info/version: info has no 'version'"),
        ("title: o, ", "", "o.yaml:2: /info: info has no 'title'"),
        ("version: 1}", "version: 1, author: me}", "o.yaml:2: /info/author: the field 'author' is unknown"),
        (
            "./spec.yaml",
            "../other.yaml",
            "o.yaml:3: /extends: the overlay extends ../other.yaml, and is applied to spec.yaml",
        ),
        ("./spec.yaml", "[a]", "o.yaml:3: /extends: 'extends' is the address of a document"),
        ("actions:\n- {target: $.info, update: {title: b}}", "actions: []", "an overlay has a list of 'actions'"),
        ("update: {title: b}", "remove: 1", "o.yaml:5: /actions/0/remove: 'remove' is true or false"),
        ("update: {title: b}", "copy: {}", "o.yaml:5: /actions/0/copy: 'copy' is a JSONPath"),
        ("update: {title: b}", "update: {}, copy: $.info", "an action has 'update' or 'copy', not both"),
        ("update: {title: b}", "update: {}, description: [a]", "'description' is a text"),
        ("update: {title: b}", "update: {}, x-reason: ' '", "/actions/0/x-reason: the action has no reason yet"),
        ("update: {title: b}", "update: {}, reason: typo", "the field 'reason' is unknown; write 'x-reason'"),
        ("update: {title: b}", "update: [a]", "/actions/0/update: /info is a mapping and takes no list"),
        ("update: {title: b}", "update: a", "/actions/0/update: /info is a mapping and takes no scalar"),
        ("$.info, update: {title: b}", "$.info.title, update: {a: b}", "/info/title is a scalar and takes no mapping"),
        (
            "$.info, update: {title: b}",
            "$.info, copy: $.info.title",
            "/actions/0/copy: /info is a mapping and takes no scalar",
        ),
    ],
)
def test_an_overlay_of_another_form_is_refused_with_its_place(old: str, new: str, message: str) -> None:
    assert old in FORM
    with pytest.raises(ApiscribeError) as caught:
        apply(load(SPEC.encode(), file="spec.yaml"), [load(FORM.replace(old, new).encode(), file="o.yaml")])
    assert message in str(caught.value)


def test_a_malformed_overlay_is_refused_with_all_that_is_wrong_before_any_is_applied() -> None:
    wrong = FORM.replace("title: o, ", "").replace("update: {title: b}", "remove: 1")
    unmatched = FORM.replace("$.info", "$.none")
    with pytest.raises(ApiscribeError) as caught:
        apply(
            load(SPEC.encode(), file="spec.yaml"), [load(text.encode(), file="o.yaml") for text in (unmatched, wrong)]
        )
    assert [item.origin.pointer for item in caught.value.diagnostics] == [
        *("/info", "/actions/0/remove", "/actions/0"),
    ]


def test_copy_belongs_to_version_1_1() -> None:
    text = FORM.replace("1.1.0", "1.0.0").replace("update: {title: b}", "copy: $.paths")
    with pytest.raises(ApiscribeError, match=r"/actions/0/copy: 'copy' needs 'overlay: 1\.1\.0'"):
        apply(load(SPEC.encode(), file="spec.yaml"), [load(text.encode(), file="o.yaml")])


@pytest.mark.parametrize(
    "extends", ["spec.yaml", "./a/spec.yaml", "https://example.com/x/spec.yaml?v=1", "a/sp%65c.yaml"]
)
def test_an_overlay_may_name_the_document_that_it_extends(extends: str) -> None:
    overlay = load(FORM.replace("./spec.yaml", extends).encode(), file="o.yaml")
    assert value(apply(load(SPEC.encode(), file="spec.yaml"), [overlay]), "info", "title") == "b"


def test_what_is_removed_is_neither_updated_nor_copied_over() -> None:
    document = applied("- target: $.paths['/x'].put\n  remove: true\n  update: {summary: s}\n  copy: $.info\n")
    assert value(document, "paths", "/x") == {"get": value(load(SPEC.encode(), file="s"), "paths", "/x", "get")}


def test_a_scalar_an_element_and_a_list_are_targets_as_well() -> None:
    document = applied(
        "- target: $.info.title\n  x-expects: a\n  update: null\n"
        "- target: $.paths['/x'].get.tags[0]\n  x-expects: t\n  update: u\n"
        "- target: $.paths['/x'].get.parameters[1]\n  remove: true\n"
        "- target: $.paths['/x'].get.tags\n  copy: $.paths['/x'].get.tags\n"
    )
    assert value(document, "info", "title") is None
    assert value(document, "paths", "/x", "get", "tags") == ["u", "u"]
    assert value(document, "paths", "/x", "get", "parameters") == [{"name": "q"}]


def test_what_is_copied_stands_where_the_overlay_says_so_and_keeps_its_text() -> None:
    document = applied("- target: $.paths['/x'].put\n  copy: $.info\n")
    node = document.root.at(("paths", "/x", "put", "version"))
    assert node is not None
    assert (node.origin.file, node.origin.line, node.text) == ("o.yaml", 5, "1.10")


def test_overlays_apply_in_the_order_in_which_they_are_given() -> None:
    document = load(SPEC.encode(), file="spec.yaml")
    overlays = [
        load((HEAD + f"- {{target: $.info.title, x-expects: {old}, update: {new}}}\n").encode(), file="o.yaml")
        for old, new in (("a", "b"), ("b", "c"))
    ]
    assert value(apply(document, overlays), "info", "title") == "c"
    with pytest.raises(ApiscribeError):
        apply(document, list(reversed(overlays)))
