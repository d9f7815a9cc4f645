"""Modules of generated packages: a schema called like a builtin hides none, and every file can lie on any system."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from .generation import PACKAGE, built, imported

RUNTIME = Path(__file__).parent.parent / "templates" / "runtime"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Getattr, version: "1"}
paths:
  /a: {get: {operationId: a, responses: {"200": {description: ok, content: {application/json: {schema:
    {$ref: "#/components/schemas/Globals"}}}}}}}
components:
  schemas:
    CON: {type: object, properties: {a: {type: string}}}
    Getattr: {type: object, properties: {a: {type: string}}}
    Globals: {type: object, properties: {a: {$ref: "#/components/schemas/Getattr"}}}
    List: {type: object, properties: {a: {type: string}}}
"""


def test_what_a_package_holds_can_be_had_in_any_order(tmp_path: Path) -> None:
    with imported(built(DOCUMENT).texts, tmp_path) as package:
        assert package.GetattrClient.__module__ == f"{PACKAGE}.getattr_.v1.client"
        assert package.AsyncGetattrClient.__name__ == "AsyncGetattrClient"
        models = import_module(f"{PACKAGE}.getattr_.v1.models")
        assert [getattr(models, name).__module__.rpartition(".")[2] for name in models.__all__] == [
            "con_",
            "getattr_",
            "globals_",
            "list_",
        ]


def _library_names() -> list[str]:
    """Give every name in capitals that modules of the runtime define or import: a package might import each of them."""
    found = {"Annotated", "Literal", "Optional", "Union", "Any"}
    for path in RUNTIME.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                found |= {alias.asname or alias.name for alias in node.names}
        found |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        assigned = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
        found |= {target.id for target in assigned if isinstance(target, ast.Name)}
    return sorted(name for name in found if name[0].isupper())


def _document_of(names: list[str]) -> str:
    """Use a schema of each name as a parameter's neighbour: sent, answered, listed, streamed, in forms and headers."""
    refs = ", ".join(f"{{$ref: '#/components/schemas/{name}'}}" for name in names)
    schemas = "".join(
        f"    {name}: {{type: object, properties: {{at: {{type: string, format: date-time}}, kind: {{enum: [a, b]}},"
        f" on: {{type: string, format: date}}, cost: {{type: string, format: decimal}}, key: {{const: {name}}},"
        f" some: {{oneOf: [{{$ref: '#/components/schemas/{name}'}}, {{type: string}}]}}}}}}\n"
        for name in names
    )
    every = f"content: {{application/json: {{schema: {{oneOf: [{refs}]}}}}}}"
    return f"""\
openapi: 3.1.0
info: {{title: Everything, version: "1"}}
paths:
  /every:
    post:
      operationId: send_every
      tags: [one]
      deprecated: true
      parameters: [{{name: kind, in: query, schema: {{enum: [a, b], default: a}}}}]
      requestBody: {{required: true, {every}}}
      responses:
        "200": {{description: ok, headers: {{X-At: {{schema: {{type: string, format: date-time}}}}}}, {every}}}
        "4XX": {{description: no, {every}}}
  /listed:
    get:
      operationId: list_every
      tags: [one]
      parameters: [{{name: page, in: query, schema: {{type: integer}}}}]
      x-pagination: {{style: page, page: page, items: /items}}
      responses: {{"200": {{description: ok, content: {{application/json: {{schema:
        {{type: object, properties: {{items: {{type: array, items: {{anyOf: [{refs}]}}}}}}}}}}}}}}}}
  /sent:
    post:
      operationId: send_file
      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{
        file: {{type: string, contentMediaType: application/octet-stream}}, every: {{anyOf: [{refs}]}}}}}}}}}}}}
      responses: {{"200": {{description: ok, content: {{application/jsonl: {{itemSchema: {{oneOf: [{refs}]}}}}}}}}}}
webhooks:
  every: {{post: {{requestBody: {{{every}}}, responses: {{"200": {{description: ok}}}}}}}}
components:
  schemas:
{schemas}"""


def _bound_twice(text: str) -> list[str]:
    """Give the names that a module takes from one place and defines, or takes from another, too."""
    sources: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                place = f"{'.' * node.level}{node.module or ''}.{alias.name}"
                sources.setdefault(alias.asname or alias.name, set()).add(place)
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            sources.setdefault(node.name, set()).add("here")
    return sorted(name for name, places in sources.items() if len(places) > 1)


def test_no_model_takes_the_name_of_what_a_module_imports() -> None:
    names = _library_names()
    assert {"Signer", "File", "RawResponse", "SSLContext", "Choice"} <= set(names)
    texts = built(_document_of(names)).texts
    modules = {path: text for path, text in texts.items() if path.endswith(".py") and "/_runtime/" not in path}
    assert {path: twice for path, text in modules.items() if (twice := _bound_twice(text))} == {}
