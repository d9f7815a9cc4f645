"""The delta room: what follows from one changed operation is what the whole document gives, byte for byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml
from tests.command_line import Run, run
from tests.delta_documents import COVERED, DOCUMENT, REFUSED, WHOLE
from tests.generation import templates

from apiscribe.cli import generate
from apiscribe.cli.build import Product, read_inputs
from apiscribe.cli.jobs import Request, jobs_of
from apiscribe.cli.regenerated import regenerated
from apiscribe.cli.unchanged import ways_key
from apiscribe.delta.outline import Outline, from_json, outline_of, to_json
from apiscribe.delta.pieces import with_changes
from apiscribe.delta.regenerate import Regenerated, regenerate
from apiscribe.delta.unsure import UnsureError
from apiscribe.document.load import load
from apiscribe.errors import ApiscribeError
from apiscribe.pipeline import Settings, Source, build
from apiscribe.plan.pyproject import Distribution
from apiscribe.style import Styler

SETTINGS = Settings(distribution=Distribution(package="shopping"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A document generated as a whole: its files, and the outline that is kept."""

    files: dict[str, str]
    outline: Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a document is written: the name of its file, and its text."""

    file: str
    is_json: bool

    def text(self, document: str) -> str:
        """Write a document that is given as YAML."""
        return json.dumps(yaml.safe_load(document), indent=2) if self.is_json else document


YAML, JSON = Form(file="shop.yaml", is_json=False), Form(file="shop.json", is_json=True)


@pytest.fixture(scope="module")
def styler(tmp_path_factory: pytest.TempPathFactory) -> Styler:
    """Give a formatter that remembers."""
    return Styler("ruff", "3.11", tmp_path_factory.mktemp("style"))


def edited(before: str, after: str) -> str:
    """Put one text in the place of another that is there once."""
    assert DOCUMENT.count(before) == 1
    return DOCUMENT.replace(before, after)


def generated(form: Form, document: str, styler: Styler) -> Whole:
    """Generate a whole document."""
    built = build([Source(path=form.file, data=form.text(document).encode())], SETTINGS, templates())
    printed = {path: text for path, text in built.texts.items() if path not in built.copied}
    files = {**built.texts, **styler.format_all(printed)}
    (found,), (facts,) = built.documents, built.facts
    return Whole(files=files, outline=outline_of(found, facts, files, built.diagnostics))


@pytest.fixture(scope="module")
def before(styler: Styler) -> dict[Form, Whole]:
    """Generate the document in both forms."""
    return {form: generated(form, DOCUMENT, styler) for form in (YAML, JSON)}


def changed(form: Form, document: str, before: Whole, styler: Styler) -> Regenerated:
    """Generate what follows from an edit."""
    texts = (form.text(DOCUMENT), form.text(document))
    return regenerate(
        before.outline,
        texts,
        form.file,
        SETTINGS,
        templates(),
        lambda path: before.files.get(path, ""),
        styler.format_all,
    )


@pytest.mark.parametrize("form", [YAML, JSON], ids=["yaml", "json"])
@pytest.mark.parametrize("name", COVERED)
def test_an_operation_alone_gives_what_the_document_gives(
    name: str, form: Form, before: dict[Form, Whole], styler: Styler
) -> None:
    document = edited(*COVERED[name])
    found = changed(form, document, before[form], styler)
    whole = generated(form, document, styler)
    assert {**before[form].files, **found.files} == whole.files
    # What keeps an operation company may be any of several.
    assert replace(found.outline, companions=()) == replace(whole.outline, companions=())
    assert from_json(to_json(found.outline)) == found.outline


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_not_of_an_operation_alone_is_left_to_the_whole_document(
    name: str, before: dict[Form, Whole], styler: Styler
) -> None:
    *texts, reason = WHOLE[name]
    with pytest.raises(UnsureError, match=reason):
        changed(YAML, edited(*texts), before[YAML], styler)


@pytest.mark.parametrize("reference", ["#/paths/~1animals/get/responses/200", "shop.yaml#/paths/~1animals", "#item"])
def test_a_document_with_references_into_operations_has_no_outline(reference: str, before: dict[Form, Whole]) -> None:
    loaded = load(DOCUMENT.encode(), file="shop.yaml")
    pointing = load(DOCUMENT.replace("#/components/schemas/State", reference).encode(), file="shop.yaml")
    known = before[YAML]
    assert outline_of(loaded, known.outline.facts, known.files, ()).members
    with pytest.raises(UnsureError, match="a reference leads to no component"):
        outline_of(pointing, known.outline.facts, known.files, ())


HEAD = "from __future__ import annotations\n\nfrom .models import {}\n\n\n"
PIN = "\n\ndef pin() -> B:\n    return B()\n"
OTHERS = {
    "no other use": "def other() -> C:\n    return C()\n",
    "import of its own": "def other() -> C:\n    from .models import B\n\n    return C(B)\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_an_import_that_only_the_slices_still_need_is_doubted(name: str) -> None:
    one, other = "def one() -> B:\n    return B()\n", "def one() -> C:\n    return C()\n"
    whole = HEAD.format("B, C") + one + "\n\n" + OTHERS[name]
    slices = (HEAD.format("B, C") + text + PIN for text in (one, other))
    with pytest.raises(UnsureError, match="nothing else may use B"):
        with_changes("shop/client.py", whole, *slices)


def test_an_import_that_only_the_slices_have_is_doubted() -> None:
    one, other = "def one() -> C:\n    return C()\n", "def one() -> B:\n    return B()\n"
    slices = (HEAD.format("B, C") + text + PIN for text in (one, other))
    with pytest.raises(UnsureError, match="imports differ"):
        with_changes("shop/client.py", HEAD.format("C") + one + PIN.replace("B", "C"), *slices)


# The command, with what is kept and without


OPTIONS = ("--out", "out", "--package", "shopping", "--formatter", "ruff")
EDITS = {name: edit[:2] for name, edit in {**COVERED, **WHOLE, **REFUSED}.items()}


def tree(folder: Path) -> dict[str, bytes]:
    """Read everything below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a run left behind: its words, its exit code and the files."""

    run: Run
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the command a cache of its own, in which what is the same everywhere is formatted once."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder / "apiscribe"


def after_edit(folder: Path, cache: Path, document: str, *options: str, forgets: bool) -> Told:
    """Generate the document, edit it, and generate again, with what was kept or without."""
    folder.mkdir()
    (folder / "shop.yaml").write_text(DOCUMENT)
    assert run(folder, "generate", "shop.yaml", *OPTIONS, *options).code == 0
    (folder / "shop.yaml").write_text(document)
    if forgets:
        shutil.rmtree(cache / "outlines")
    told = run(folder, "generate", "shop.yaml", *OPTIONS, *options)
    return Told(run=told, files=tree(folder / "out"))


@pytest.mark.parametrize("name", [
    "parameter required", "property removed", "response of a known model", "lines before warnings", "component",
    "last to be sent", "part of a model alone", "new warning", "chosen for the README", "unknown location",
])  # fmt: skip
def test_the_command_gives_the_same_with_what_was_kept_and_without(name: str, tmp_path: Path, cache: Path) -> None:
    document = edited(*EDITS[name])
    kept = after_edit(tmp_path / "kept", cache, document, forgets=False)
    assert kept == after_edit(tmp_path / "forgotten", cache, document, forgets=True)
    assert kept.run.code == (2 if name in REFUSED else 0)
    if name == "property removed":
        told = kept.files["CHANGELOG.md"].decode()
        assert "**Breaking:** POST /orders: " in told
        assert run(tmp_path / "kept", "check", "shop.yaml", *OPTIONS).code == 0


@pytest.mark.parametrize("name", ["property removed", "unknown location", "doubled key"])
def test_what_is_left_out_is_the_same_with_what_was_kept(name: str, tmp_path: Path, cache: Path) -> None:
    document = edited(*EDITS[name])
    options = ("--skip-invalid", "--no-changelog")
    kept = after_edit(tmp_path / "kept", cache, document, *options, forgets=False)
    assert kept == after_edit(tmp_path / "forgotten", cache, document, *options, forgets=True)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_left_to_the_whole_document(name: str, before: dict[Form, Whole], styler: Styler) -> None:
    with pytest.raises((UnsureError, ApiscribeError)):
        changed(YAML, edited(*REFUSED[name]), before[YAML], styler)


def kept_product(folder: Path, cache: Path, document: str) -> Product | None:
    """Ask the command's own room for what follows from an edit alone."""
    (folder / "shop.yaml").write_text(document)
    with chdir(folder):
        context = generate.command.make_context("generate", ["shop.yaml", *OPTIONS])
        request = Request(**context.params)
        (job,) = jobs_of(request)
        return regenerated(job, request, read_inputs(job, request), ways_key(job, request), cache)


@pytest.mark.parametrize(
    "change", ["nothing", "a file", "a surplus file", "the lock", "the outline", "its mode", "the way"]
)
def test_what_is_kept_counts_only_for_the_package_as_it_was(change: str, tmp_path: Path, cache: Path) -> None:
    shutil.rmtree(cache / "outlines", ignore_errors=True)
    (tmp_path / "shop.yaml").write_text(DOCUMENT)
    options = ("--python", "3.12") if change == "the way" else ()
    assert run(tmp_path, "generate", "shop.yaml", *OPTIONS, *options).code == 0
    (outline,) = (cache / "outlines").iterdir()
    out = tmp_path / "out"
    match change:
        case "a file":
            (out / "shopping" / "py.typed").write_text("edited")
        case "a surplus file":
            (out / "more.py").write_text("")
        case "the lock":
            (out / "apiscribe.lock").write_text((out / "apiscribe.lock").read_text() + "\n")
        case "the outline":
            outline.write_bytes(outline.read_bytes().replace(b"List orders", b"Lost orders"))
        case "its mode":
            outline.chmod(0o644)
    document = edited(*COVERED["summary"])
    product = kept_product(tmp_path, cache, document)
    assert (product is not None) == (change == "nothing")


def test_a_model_that_only_the_change_makes_is_doubted_where_the_reference_has_many_pages(styler: Styler) -> None:
    item = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}, "name": {"type": "string"}}}
    schemas = {f"Item{number}": item for number in range(251)}
    answer = {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item0"}}}}
    operation = {"operationId": "makeItem", "responses": {"200": answer}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Items", "version": "1"},
        "paths": {"/items": {"post": operation}, "/others": {"get": {**operation, "operationId": "readItem"}}},
        "components": {"schemas": schemas},
    }
    text = json.dumps(document, indent=1)
    sent = {**operation, "requestBody": {"content": answer["content"]}}
    after = json.dumps({**document, "paths": {**document["paths"], "/items": {"post": sent}}}, indent=1)
    built_before = build([Source(path="items.json", data=text.encode())], SETTINGS, templates())
    (found,), (facts,) = built_before.documents, built_before.facts
    outline = outline_of(found, facts, dict(built_before.texts), built_before.diagnostics)
    with pytest.raises(UnsureError, match="other names, modules or directions"):
        regenerate(
            outline,
            (text, after),
            "items.json",
            SETTINGS,
            templates(),
            lambda path: built_before.texts.get(path, ""),
            styler.format_all,
        )
