"""Hostile documents through the generator: what is written has the structure of a harmless twin's, and does nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.pipeline import Settings, Source, build
from apiscribe.plan.pyproject import Distribution

from ..generation import PACKAGE, templates

ROOT = Path(__file__).parents[2]
PYTHONS = [sys.executable, *map(str, sorted(Path.home().glob(".pyenv/versions/3.1[1-9].*/bin/python")))]

TEXTS = {
    "quote": '"',
    "quotes": "'\"'\"",
    "docstring": '"""\nimport os\nos.system("touch /tmp/owned")\n"""',
    "triple": '"""""""',
    "single triple": "'''\nimport os\n'''",
    "backslash": "\\",
    "backslashes": '\\\\"\\"""\\',
    "newline": "a\nimport os\nb",
    "carriage return": "a\rimport os\r\nb",
    "separators": "a\u2028import os\u2029b\x85c\x0bd\x0ce\x1cf",
    "jinja": "{{ view }}{{ 7 * 7 }}{% for x in y %}{% endfor %}{# #}",
    "format": "{0}{x!r}%s%(x)s${x}f'{x}'",
    "comment": "# -*- coding: utf-7 -*-\n# type: ignore # noqa",
    "null": "a\0b",
    "controls": "\x01\x08\x1b[31m\x7f\x9b",
    "bidi": "\u202e\u2066 evil \u2069\u202c",
    "zero width": "a\u200b\u200d\ufeffb",
    "escapes": "\\u0041\\x41\\N{BULLET}\\ud800",
    "long": "X" * 20_000,
    "korean": "한글 설명입니다",
    "right to left": "עברית ﷽",
    "astral": "😀\U000e0001\U0010fffd",
    "call": "__import__('os').system('x')",
    "annotation": "x: __import__('os') = 1; y",
    "markdown": "```\n</script><script>alert(1)</script>\n[a](javascript:x)",
    "indent": "    \tdeep\n  less\n        more",
    "blank": "  ",
    "cookie": "\ufeff#!/bin/sh",
    "dunder": "__class__",
    "percent": "%2e%2e%2f..//../etc/hosts",
}
NAMES = {
    name: text[:60]
    for name, text in TEXTS.items()
    if name not in ("newline", "carriage return", "separators", "docstring", "single triple", "comment", "indent")
}
HARMLESS = "Some-text"


def document(text: str = HARMLESS, **names: str) -> dict[str, Any]:
    """Make a document with a text in every position that holds text, and names in those asked for."""
    name = {
        **dict.fromkeys(("property", "parameter", "enum", "tag"), HARMLESS), "id": "Some-id", "path": "some",
        "server": "https://api.example.com", "variable": "some", "media": "application/json", "status": "400",
        "schema": "Thing", "scheme": "Key", "header": "X-Some", "version": "1", **names,
    }  # fmt: skip
    thing = {"$ref": f"#/components/schemas/{name['schema']}"}
    content = {name["media"]: {"schema": thing, "example": {name["property"]: text}}}
    operation = {
        "operationId": name["id"], "summary": text, "description": text, "tags": [name["tag"]],
        "x-source": {"page": text, "section": text},
        "externalDocs": {"url": "https://x", "description": text},
        "parameters": [
            {"name": name["parameter"], "in": "query", "description": text, "example": text,
             "schema": {"type": "string", "default": text}},
            {"name": name["header"], "in": "header", "required": True, "schema": {"type": "string", "const": "fixed"}},
        ],
        "requestBody": {"description": text, "content": content},
        "responses": {
            "200": {"description": text, "content": content},
            name["status"]: {"description": text},
        },
    }  # fmt: skip
    properties = {
        name["property"]: {"type": "string", "title": text, "description": text, "default": text, "pattern": text,
                           "format": text, "examples": [text]},
        "choice": {"type": "string", "enum": [name["enum"], "other"], "description": text},
        "fixed": {"const": name["enum"]},
        "unsaid": {"not": {"const": text}, "$comment": text},
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "summary": text, "description": text, "version": name["version"],
                 "x-source": {"page": text}, "contact": {"name": text}, "license": {"name": text}},
        "servers": [{"url": name["server"], "description": text, "variables": {
            name["variable"]: {"default": text, "enum": [text, "b"], "description": text}}}],
        "tags": [{"name": name["tag"], "description": text}],
        "security": [{name["scheme"]: []}],
        "paths": {f"/{name['path']}": {"summary": text, "description": text, "post": operation}},
        "components": {
            "securitySchemes": {
                name["scheme"]: {"type": "apiKey", "in": "header", "name": "X-Key", "description": text}},
            "schemas": {
                name["schema"]: {"type": "object", "title": text, "description": text, "properties": properties},
                "List": {"description": text, "type": "array", "items": thing}},
        },
    }  # fmt: skip


def generated(content: Mapping[str, Any], package: str = PACKAGE) -> dict[str, str]:
    data = json.dumps(content).encode()
    settings = Settings(distribution=Distribution(package=package))
    return dict(build((Source(path="a.json", data=data),), settings, templates()).texts)


def shape(text: str, *, is_numbered: bool = True) -> str:
    """Give the structure of a program: strings blanked, names numbered in the order of their first appearance."""
    tree = ast.parse(text)
    numbers: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        for field in node._fields:
            value = getattr(node, field)
            if isinstance(value, str) and field != "value":
                number = numbers.setdefault(value, len(numbers))
                setattr(node, field, f"n{number}" if is_numbered else "n")
    return ast.dump(tree)


def strings(text: str) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def programs(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if path.endswith(".py") and "/_runtime/" not in path}


def assert_same_shape(texts: Mapping[str, str], twin: Mapping[str, str]) -> None:
    found, expected = programs(texts), programs(twin)
    assert sorted(found) == sorted(expected)
    for path, text in found.items():
        if not path.startswith("stubs/"):
            # In a group, a method is called as in the client or shorter, which hangs on the name alone.
            is_numbered = not path.endswith("groups.py")
            assert shape(text, is_numbered=is_numbered) == shape(expected[path], is_numbered=is_numbered), path
        compile(text, path, "exec", dont_inherit=True)
        outside = "".join(part for part in text.splitlines() if part.isascii())
        assert "\x00" not in outside


def without_variable(content: dict[str, Any]) -> dict[str, Any]:
    del content["servers"]
    return content


@pytest.fixture(scope="module")
def twin() -> dict[str, str]:
    return generated(without_variable(document()))


@pytest.mark.parametrize("name", TEXTS)
def test_texts_leave_the_structure_as_it_is(name: str, twin: dict[str, str]) -> None:
    texts = generated(without_variable(document(TEXTS[name])))
    assert_same_shape(texts, twin)


@pytest.mark.parametrize(
    "positions", [("property", "parameter", "id", "enum", "tag"), ("schema",), ("scheme",), ("version",)]
)
def test_names_are_refused_or_leave_the_structure_as_it_is(positions: tuple[str, ...]) -> None:
    twin = generated(without_variable(document(**dict.fromkeys(positions, HARMLESS))))
    used = 0
    for text in NAMES.values():
        try:
            texts = generated(without_variable(document(**dict.fromkeys(positions, text))))
        except ApiscribeError as error:
            assert_located(error)
            continue
        used += 1
        if positions in (("version",), ("schema",)):  # these name folders and modules
            assert all(compile(program, path, "exec", dont_inherit=True) for path, program in programs(texts).items())
            continue
        assert_same_shape(texts, twin)
        if "property" in positions:
            assert text in strings(texts[f"{PACKAGE}/shop/v1/models/thing.py"])
            assert text in strings(texts[f"{PACKAGE}/shop/v1/_operations.py"])
    assert used >= (1 if len(positions) == 1 else 8)


@pytest.mark.parametrize("position", ["path", "server", "variable", "media", "status", "header"])
def test_addresses_and_protocol_words_are_refused_or_kept_to_the_letter(position: str) -> None:
    for text in NAMES.values():
        try:
            texts = generated(document(**{position: f"https://{text}" if position == "server" else text}))
        except ApiscribeError as error:
            assert_located(error)
            continue
        for path, program in programs(texts).items():
            compile(program, path, "exec", dont_inherit=True)


def assert_located(error: ApiscribeError) -> None:
    for found in error.diagnostics:
        assert found.origin.file == "a.json"
        assert found.origin.pointer is not None
    for line in str(error).splitlines():
        assert line.startswith(("error: a.json:", "warning: a.json:", "… and "))
        assert line.isprintable()
        assert len(line) < 800


COMPILER = """
import pathlib, sys
for path in pathlib.Path(sys.argv[1]).rglob("*.py"):
    compile(path.read_bytes(), path.name, "exec")
"""
IMPORTER = """
import importlib, os, pkgutil, sys
folder = os.path.realpath(sys.argv[1])
sys.path.insert(0, folder)
import pydantic, httpx, email.utils, urllib.request, asyncio, logging.config, tomllib, zoneinfo
allowed = tuple(map(os.path.realpath, {folder, sys.prefix, sys.base_prefix, *sys.path[1:]} - {""}))
said = []
def hook(event, args):
    if event == "open" and isinstance(args[0], str):
        writes = isinstance(args[1], str) and set(args[1]) & set("wax+")
        if writes or not os.path.realpath(args[0]).startswith(allowed):
            said.append((event, args[0]))
    elif event.split(".")[0] in ("socket", "subprocess", "shutil", "ctypes", "urllib", "webbrowser") or event in (
        "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "os.putenv"):
        said.append((event, str(args)))
sys.dont_write_bytecode = True
sys.addaudithook(hook)
count = 0
for name in sorted(entry for entry in os.listdir(folder) if entry.startswith("hostile")):
    root = importlib.import_module(name)
    for found in pkgutil.walk_packages(root.__path__, name + "."):
        module = importlib.import_module(found.name)
        for exported in getattr(module, "__all__", ()):
            getattr(module, exported)
        count += 1
print(count, said)
"""


def written(folder: Path, packages: Iterator[tuple[str, dict[str, str]]]) -> None:
    for package, texts in packages:
        for path, text in texts.items():
            if path.startswith(f"{package}/"):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")


def test_what_is_generated_compiles_on_every_python_and_does_nothing_when_imported(tmp_path: Path) -> None:
    chosen = [without_variable(document(TEXTS[name])) for name in ("docstring", "escapes", "separators", "comment")]
    chosen += [without_variable(document(**{name: NAMES["call"]})) for name in ("property", "parameter", "id", "enum")]
    written(
        tmp_path,
        ((f"hostile{number}", generated(content, f"hostile{number}")) for number, content in enumerate(chosen)),
    )
    for python in PYTHONS:
        command = [python, "-W", "error", "-c", COMPILER, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr == ""
    done = subprocess.run([sys.executable, "-c", IMPORTER, str(tmp_path)], capture_output=True, text=True, check=True)
    count, _, said = done.stdout.strip().partition(" ")
    assert int(count) > len(chosen) * 10
    assert said == "[]"


HUGE = 10**399
VAST: tuple[dict[str, Any], ...] = (
    {"type": "integer", "minimum": HUGE},
    {"type": "number", "exclusiveMinimum": HUGE, "multipleOf": 0.3},
    {"type": "number", "maximum": -HUGE, "multipleOf": HUGE},
    {"type": "number", "minimum": 1.1, "multipleOf": 5e-324},
    {"type": "number", "default": HUGE, "example": HUGE},
    {"enum": [HUGE, 1.0]},
    {"type": "string", "minLength": 10**12},
    {"type": "string", "minLength": HUGE, "pattern": "^a+$"},
    {"type": "array", "minItems": 10**9, "items": {"type": "string"}},
    {"type": "array", "minItems": HUGE, "items": {"type": "string"}},
)
LEAST = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from apiscribe.__main__ import main
sys.argv[0] = "apiscribe"
main()
"""


def test_vast_numbers_cost_nothing_and_break_nothing(tmp_path: Path) -> None:
    content = document()
    operation = content["paths"]["/some"]["post"]
    fields = {f"field{number}": schema for number, schema in enumerate(VAST)}
    operation["requestBody"]["content"] = {
        "application/json": {"schema": {"type": "object", "required": list(fields), "properties": fields}}
    }
    operation["parameters"] += [
        {"name": f"vast{number}", "in": "query", "required": True, "schema": schema}
        for number, schema in enumerate(VAST)
    ]
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    command = [sys.executable, "-c", LEAST, "generate", "a.json", "--out", "hostile", "--package", "hostile"]
    done = subprocess.run([*command, "--formatter", "ruff"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr
    imported = [sys.executable, "-W", "error", "-c", IMPORTER, str(tmp_path / "hostile")]
    done = subprocess.run(imported, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith(" []")


def chained(count: int) -> dict[str, Any]:
    """Make a document of models each of which holds the next."""
    schemas = {
        f"S{number}": {"type": "object", "properties": {"n": {"$ref": f"#/components/schemas/S{number + 1}"}}}
        for number in range(count - 1)
    }
    content = document()
    content["components"]["schemas"] |= {**schemas, f"S{count - 1}": {"type": "object", "properties": {}}}
    return content


def test_a_long_chain_of_models_is_imported_and_a_longer_one_refused(tmp_path: Path) -> None:
    written(tmp_path, iter([("hostile", generated(chained(200), "hostile"))]))
    program = f"{IMPORTER}\nfrom hostile.shop.v1.models import S0\nprint(S0.model_validate({{'n': {{}}}}))"
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith(" []\nn=S1()\n")
    with pytest.raises(ApiscribeError, match="a chain of more than 200 models that lead to one another begins here"):
        generated(chained(201))


GENERATOR = """
import os, sys
folder = os.path.realpath(sys.argv[1])
os.chdir(folder)
from apiscribe.location import read_templates
from apiscribe.pipeline import Settings, Source, Templates, build
from apiscribe.plan.pyproject import Distribution
import datamodel_code_generator
texts, runtime, stubs = read_templates()
templates = Templates(texts=texts, runtime=runtime, stubs=stubs)
data = open("a.yaml", "rb").read()
said, read = [], []
installed = tuple(map(os.path.realpath, {sys.prefix, sys.base_prefix, *filter(os.path.isabs, sys.path)} - {folder}))
def hook(event, args):
    if event == "open" and isinstance(args[0], str):
        place = os.path.realpath(args[0])
        if place.startswith(folder):
            read.append(os.path.relpath(place, folder))
        elif not place.startswith(installed) or (isinstance(args[1], str) and set(args[1]) & set("wax+")):
            said.append((event, place))
    elif event.split(".")[0] in ("socket", "subprocess", "ftplib", "urllib", "smtplib", "webbrowser") or event in (
        "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir"):
        said.append((event, str(args)))
sys.dont_write_bytecode = True
sys.addaudithook(hook)
def reader(name):
    with open(name, "rb") as file:
        return file.read()
source = Source(path="a.yaml", data=data, read=reader)
built = build((source,), Settings(distribution=Distribution(package="shopping")), templates)
print(len(built.texts), sorted(set(read)), said)
"""


def test_generating_reads_nothing_but_the_documents_and_calls_nobody(tmp_path: Path) -> None:
    # So long a union is nothing that is on record: datamodel-code-generator is asked for it.
    union = ", ".join(f"{{type: array, items: {{type: string, enum: [v{number}]}}}}" for number in range(40))
    (tmp_path / "a.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1', license: {name: x, url: 'https://example.com'}}\n"
        "externalDocs: {url: 'https://example.com'}\npaths: {}\n"
        "components: {schemas: {A: {properties: {a: {$ref: 'b.yaml#/B', $id: 'https://example.com/schema'},\n"
        f"  b: {{anyOf: [{union}]}}}}}}}}}}\n"
    )
    (tmp_path / "b.yaml").write_text("B: {type: object, properties: {b: {type: string, format: uri}}}")
    (tmp_path / "c.yaml").write_text("never: read")
    done = subprocess.run([sys.executable, "-c", GENERATOR, str(tmp_path)], capture_output=True, text=True, check=True)
    count, _, rest = done.stdout.strip().partition(" ")
    assert int(count) > 30
    assert rest == "['b.yaml'] []"


REFERENCES: dict[str, Callable[[str], dict[str, Any]]] = {
    "schema": lambda target: {"components": {"schemas": {"A": {"$ref": target}}}},
    "property": lambda target: {"components": {"schemas": {"A": {"properties": {"a": {"$ref": target}}}}}},
    "parameter": lambda target: {
        "paths": {"/a": {"parameters": [{"$ref": target}], "get": {"responses": {"200": {"description": "a"}}}}}
    },
}


@pytest.mark.parametrize("place", REFERENCES)
@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "/etc/passwd", "../../etc/passwd", "https://example.com/a.yaml", "a%2f..%2f..%2fb",
               "//host/a", "#/no/where", "#/components/schemas/A"],
)  # fmt: skip
def test_references_that_lead_outside_are_refused_and_never_read(place: str, target: str) -> None:
    content = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}} | REFERENCES[place](target)
    asked: list[str] = []

    def reader(name: str) -> bytes:
        asked.append(name)
        return b"{}"

    settings = Settings(distribution=Distribution(package=PACKAGE))
    source = Source(path="a.json", data=json.dumps(content).encode(), read=reader)
    if place == "property" and target == "#/components/schemas/A":
        assert build((source,), settings, templates()).texts
        return
    with pytest.raises(ApiscribeError) as caught:
        build((source,), settings, templates())
    assert_located(caught.value)
    assert asked == []
