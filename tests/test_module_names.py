"""Modules of generated packages: a schema called like a builtin hides none, and every file can lie on any system."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from .generation import PACKAGE, built, imported

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
