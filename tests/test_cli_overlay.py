"""The command `overlay`: a scaffold for any fact, refused until it has a reason, and checked against its document."""

from __future__ import annotations

from pathlib import Path

import pytest

from apiscribe.document.load import load
from apiscribe.document.node import Plain
from apiscribe.document.overlay import apply
from apiscribe.document.overlay_scaffold import scaffold
from apiscribe.errors import ApiscribeError

from .command_line import run

SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: "1.0"}
paths:
  /v1/pets:
    get:
      operationId: ListPets
      deprecated: false
      parameters:
        - {name: size, in: query, schema: {type: integer, default: 20}}
      responses: {"200": {description: OK}}
components:
  schemas:
    Pet: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat, "it's"]}}}
"""
PROJECT = '[api.shop]\nspecs = "spec"\noverlays = "spec/overlays"\n'
NAME = "spec/overlays/shop.components-schemas-Pet.overlay.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "spec" / "overlays").mkdir(parents=True)
    (tmp_path / "spec" / "shop.yaml").write_text(SPEC)
    (tmp_path / "apiscribe.toml").write_text(PROJECT)
    return tmp_path


def test_a_scaffold_expects_what_is_there_and_is_refused_until_it_has_a_reason(project: Path) -> None:
    done = run(project, "overlay", "new", "shop.yaml#/components/schemas/Pet")
    assert (done.code, done.out) == (0, f"{NAME}: written; fill in x-reason and update\n")
    text = (project / NAME).read_text()
    assert text.startswith("# Fill in x-reason")
    assert text.partition("actions:\n")[2] == (
        "  - target: $.components.schemas.Pet\n"
        '    x-reason: ""\n'
        "    x-expects:\n"
        "      type: object\n"
        "      required: [kind]\n"
        "    update:\n"
        "      type: object\n"
    )
    refused = run(project, "overlay", "check")
    assert refused.code == 2
    assert f"error: {NAME}:9: /actions/0/x-reason: the action has no reason yet" in refused.err
    (project / NAME).write_text(text.replace('""', "A pet is more than that."))
    checked = run(project, "overlay", "check")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out == f"spec/shop.yaml  {NAME}  1 action\n1 overlay in step with 1 document\n"


def test_a_scaffold_is_never_written_over_and_a_corrected_fact_points_at_its_action(project: Path) -> None:
    assert run(project, "overlay", "new", "shop", "Pet").code == 0
    (project / NAME).write_text(
        (project / NAME)
        .read_text()
        .replace('""', "Because.")
        .replace("update:\n      type: object", "update: {title: Animal}")
    )
    kept = (project / NAME).read_bytes()
    again = run(project, "overlay", "new", "shop", "Pet")
    assert (again.code, again.err) == (
        2,
        f"error: {NAME}: is there already: add the action to it, or give --out FILE\n",
    )
    assert (project / NAME).read_bytes() == kept
    corrected = run(project, "overlay", "new", "shop.yaml#/components/schemas/Pet/title")
    assert corrected.code == 2
    assert f"{NAME}:13: already corrects /components/schemas/Pet/title: change this action" in corrected.err


def test_an_overlay_out_of_step_says_why(project: Path) -> None:
    assert run(project, "overlay", "new", "shop", "/info/title").code == 0
    (overlay,) = (project / "spec" / "overlays").iterdir()
    overlay.write_text(overlay.read_text().replace('""', "The shop has a name."))
    (project / "spec" / "shop.yaml").write_text(SPEC.replace("title: Shop", "title: Store"))
    done = run(project, "overlay", "check")
    assert done.code == 2
    assert "/info/title is now Store, not Shop (the action's reason: The shop has a name.)" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("shop.yaml#/paths/~1v1~1pets/get/parameters",),
            "is a list: choose an element, /paths/~1v1~1pets/get/parameters/0",
        ),
        (("shop.yaml#",), "a correction concerns something inside the document"),
        (("shop.yaml", "Pest"), "the nearest is 'Pet'"),
        (("shop.yaml", "Pet", "--out", "x.yaml"), "an overlay is called NAME.overlay.yaml"),
    ],
)
def test_what_cannot_be_scaffolded_is_one_line_and_nothing_is_written(
    project: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(project, "overlay", "new", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert list((project / "spec" / "overlays").iterdir()) == []
    assert not (project / "x.yaml").exists()


@pytest.mark.parametrize(
    ("path", "actions"),
    [
        (
            ("paths", "/v1/pets", "get", "parameters", 0, "schema"),
            [
                {
                    "target": "$.paths['/v1/pets'].get.parameters[?@.name == 'size' && @.in == 'query'].schema",
                    "x-reason": "",
                    "x-expects": {"type": "integer", "default": 20},
                    "update": {"type": "integer", "default": 20},
                }
            ],
        ),
        (
            ("components", "schemas", "Pet", "properties", "kind", "enum"),
            [
                {
                    "target": "$.components.schemas.Pet.properties.kind.enum",
                    "x-reason": "",
                    "x-expects": ["cat", "it's"],
                    "remove": True,
                },
                {
                    "target": "$.components.schemas.Pet.properties.kind",
                    "x-reason": "",
                    "update": {"enum": ["cat", "it's"]},
                },
            ],
        ),
        (
            ("components", "schemas", "Pet", "properties", "kind", "enum", 1),
            [
                {
                    "target": "$.components.schemas.Pet.properties.kind.enum[1]",
                    "x-reason": "",
                    "x-expects": "it's",
                    "update": "it's",
                }
            ],
        ),
    ],
)
def test_a_scaffold_selects_its_fact_and_changes_nothing_yet(path: tuple[str | int, ...], actions: list[Plain]) -> None:
    import json

    document = load(SPEC.encode(), file="shop.yaml")
    node = document.root.at(path)
    assert node is not None
    made = scaffold(node)
    assert made["actions"] == actions
    filled = json.dumps(made).replace('"x-reason": ""', '"x-reason": "so"').encode()
    assert apply(document, [load(filled, file="o.json")]).root.plain == document.root.plain
    with pytest.raises(ApiscribeError, match="has no reason yet"):
        apply(document, [load(json.dumps(made).encode(), file="o.json")])


@pytest.mark.parametrize(
    "key", ["it's", 'say "a"', "back\\slash", "tab\tnew\nline", "\u2028", "한글", "a.b", "", "$", "*"]
)
def test_any_key_has_a_target_that_selects_it(key: str) -> None:
    import json

    from apiscribe.document.overlay_scaffold import target_of

    data = json.dumps({"schemas": {key: {"type": "string"}, "other": {"type": "integer"}}}).encode()
    document = load(data, file="a.json")
    node = document.root.at(("schemas", key))
    assert node is not None
    overlay = {
        "overlay": "1.1.0",
        "info": {"title": "t", "version": "1"},
        "actions": [{"target": target_of(node), "x-expects": {"type": "string"}, "update": {"type": "null"}}],
    }
    changed = apply(document, [load(json.dumps(overlay).encode(), file="o.json")])
    assert changed.root.plain == {"schemas": {key: {"type": "null"}, "other": {"type": "integer"}}}
