"""Templates of one's own: what they may replace, what they get, and one line for every mistake in them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from .command_line import Run, run
from .template_context import PAGE, contexts, written

ROOT = Path(__file__).parents[1]
SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: "https://shop.example.com"}]
paths:
  /pets/{pet_id}:
    get:
      operationId: getPet
      parameters: [{name: pet_id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  /pets:
    post: {operationId: addPet, responses: {"204": {description: ok}}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(SPEC)
    return tmp_path


def generated(folder: Path, files: dict[str, str], command: str = "generate") -> Run:
    """Generate with templates of one's own."""
    for name, text in files.items():
        path = folder / "own-templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "own-templates").mkdir(exist_ok=True)
    options = ("--out", "client", "--package", "shop", "--templates", "own-templates")
    return run(folder, command, "shop.yaml", *options)


def example(start: str) -> str:
    """Give an example of the page."""
    (found,) = (
        text for text in re.findall(r"```jinja\n(.*?)```", PAGE.read_text(), re.DOTALL) if text.startswith(start)
    )
    return found


def test_the_page_lists_every_template_and_its_context() -> None:
    folders = ("client", "reference", "tests")
    assert list(contexts()) == sorted(
        path.relative_to(ROOT / "templates").as_posix()
        for name in folders
        for path in (ROOT / "templates" / name).glob("*.j2")
    )
    assert PAGE.read_text(encoding="utf-8") == written(), "make template-docs writes the list anew"


def test_a_block_adds_a_notice_and_a_method(folder: Path) -> None:
    done = generated(folder, {"client/client.py.j2": example("{% extends")})
    assert (done.code, done.err) == (0, "")
    for name in ("client", "async_client"):
        text = (folder / "client" / "shop" / "shop" / "v1" / f"{name}.py").read_text()
        assert text.startswith('# Copyright Shop Team. Ask before you copy.\n"""')
        assert "    def operations(self) -> list[str]:\n" in text
        scope: dict[str, object] = {}
        body = text[text.index("    def operations") : text.index("\n\nclass ", text.index("    def operations"))]
        exec(f"class Shop:\n{body}", scope)  # the generated method, by itself
        assert scope["Shop"]().operations() == ["get_pet", "add_pet"]  # type: ignore[operator]
    assert generated(folder, {}, "check").code == 0
    changed = {"client/client.py.j2": example("{% extends").replace("Ask before", "Never mind before")}
    assert generated(folder, changed, "check").code == 1


def test_what_is_included_stays_as_it_is(folder: Path) -> None:
    plain = run(folder, "generate", "shop.yaml", "--out", "plain", "--package", "shop")
    assert plain.code == 0
    own = {
        "client/model.py.j2": example("# Copyright"),
        "reference/readme.md.j2": '{% include "builtin/reference/readme.md.j2" %}\n{% include "own/contact.j2" %}\n',
        "own/contact.j2": "Ask shop@example.com.\n",
        "runtime/unset.py": (ROOT / "templates" / "runtime" / "unset.py").read_text() + "\nOURS = True\n",
        "README.md": "What we change, and why.\n",
        ".gitignore": "",
    }
    assert generated(folder, own).code == 0
    one, other = (
        {path.relative_to(folder / name).as_posix(): path.read_text() for path in (folder / name).rglob("*.*")}
        for name in ("plain", "client")
    )
    changed = {name for name in one if one[name] != other[name]}
    pages = {"README.md", "reference/guide.md"}
    assert changed == {*pages, "apiscribe.lock", "shop/_runtime/unset.py", "shop/shop/v1/models/pet.py"}
    pet = "shop/shop/v1/models/pet.py"
    assert other[pet] == f"# Copyright Shop Team. Ask before you copy.\n{one[pet]}"
    assert other["README.md"] == f"{one['README.md']}Ask shop@example.com.\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("client/model.py.j2", "a\n{% if x", "client/model.py.j2:2: template client/model.py.j2 cannot print"),
        (
            "client/client.py.j2",
            "{% for method in view.methods %}\n\n{{ method.nam }}{% endfor %}",
            "client/client.py.j2:3: template client/client.py.j2 cannot print shop/shop/v1/async_client.py: "
            "'apiscribe.view.Method object' has no attribute 'nam'",
        ),
        (
            "client/model.py.j2",
            "\n{{ view.classes }}",
            "client/model.py.j2:2: template client/model.py.j2 cannot print",
        ),
        ("client/model.py.j2", "{{ 'text' ~ 1 }}", "only code is printed, not str"),
        ("client/model.py.j2", "{{ 1 // 0 }}", "client/model.py.j2:1: template client/model.py.j2 cannot print"),
        ("client/model.py.j2", '\n\n{% include "own/x.j2" %}', "client/model.py.j2:3: template client/model.py.j2"),
        ("client/model.py.j2", '{% include "client/model.py.j2" %}', "maximum recursion depth exceeded"),
        (
            "client/model.py.j2",
            "def f(:\n",
            "client/model.py.j2: prints what is no generated code: shop/shop/v1/models/pet.py does not parse",
        ),
        (
            "client/model.py.j2",
            "import os\n",
            "prints what is no generated code: shop/shop/v1/models/pet.py:1: import of os is not allowed",
        ),
        ("reference/index.md.j2", "{{ view.titel }}", "reference/index.md.j2:1: template reference/index.md.j2 cannot"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(folder: Path, name: str, text: str, said: str) -> None:
    done = generated(folder, {name: text})
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("error: own-templates/")
    assert said in done.err
    assert not (folder / "client").exists()


def test_a_mistake_in_what_is_included_is_told_where_it_is(folder: Path) -> None:
    done = generated(
        folder, {"client/model.py.j2": '{% include "own/a.j2" %}', "own/a.j2": "\n\n{% set a = 1 %}{{ view.nothing }}"}
    )
    assert done.err.startswith("error: own-templates/own/a.j2:3: template client/model.py.j2 cannot print")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("client/clint.py.j2", "; the nearest is client/client.py.j2"),
        ("client.py.j2", "; the nearest is client/client.py.j2"),
        ("models/model.py.j2", "; the nearest is client/model.py.j2"),
        ("runtime/page.py", "; the nearest is runtime/pages.py"),
        ("coverage/page.html.j2", ""),
        ("own/deep/x.j2", ""),
        ("own/x.txt", ""),
        ("Zzz", ""),
    ],
)
def test_names_that_replace_nothing_are_refused(folder: Path, name: str, nearest: str) -> None:
    done = generated(folder, {name: ""})
    assert done.code == 2
    assert done.err.startswith(
        f"error: own-templates/{name}: replaces nothing: there is no template of this name{nearest}"
    )
    assert not (folder / "client").exists()


def test_templates_that_cannot_be_read_are_refused(folder: Path) -> None:
    (folder / "own-templates" / "client").mkdir(parents=True)
    place = folder / "own-templates" / "client" / "model.py.j2"
    place.write_bytes(b"\xff")
    assert generated(folder, {}).err == "error: own-templates/client/model.py.j2: not UTF-8: byte offset 0\n"
    place.unlink()
    place.symlink_to("nowhere")
    assert generated(folder, {}).err == "error: own-templates/client/model.py.j2: is not a regular file\n"
    place.unlink()
    os.mkfifo(folder / "own-templates" / "pipe")
    assert generated(folder, {}).err.startswith("error: own-templates/pipe: replaces nothing")
