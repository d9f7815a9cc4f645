"""Fields: a place of an OpenAPI document comes in, the kind of object that OpenAPI has there goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

SECTIONS = {
    "callback": "callbacks",
    "example": "examples",
    "header": "headers",
    "link": "links",
    "media type": "mediaTypes",
    "parameter": "parameters",
    "path item": "pathItems",
    "request body": "requestBodies",
    "response": "responses",
    "schema": "schemas",
    "security scheme": "securitySchemes",
}
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

_CONTENT = {"content": ("map", "media type"), "examples": ("map", "example")}
_DESCRIBED = {"schema": ("one", "schema"), **_CONTENT}
FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    "document": {
        "servers": ("list", "server"),
        "paths": ("map", "path item"),
        "webhooks": ("map", "path item"),
        "components": ("one", "components"),
        "tags": ("list", "tag"),
    },
    "components": {section: ("map", kind) for kind, section in SECTIONS.items()},
    "path item": {
        "parameters": ("list", "parameter"),
        "servers": ("list", "server"),
        "additionalOperations": ("map", "operation"),
        **dict.fromkeys(METHODS, ("one", "operation")),
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("map", "response"),
        "callbacks": ("map", "callback"),
        "servers": ("list", "server"),
    },
    "parameter": _DESCRIBED,
    "header": _DESCRIBED,
    "request body": _CONTENT,
    "response": {"headers": ("map", "header"), "links": ("map", "link"), **_CONTENT},
    "media type": {
        "schema": ("one", "schema"),
        "itemSchema": ("one", "schema"),
        "examples": ("map", "example"),
        "encoding": ("map", "encoding"),
    },
    "encoding": {"headers": ("map", "header")},
    "schema": {
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), ("map", "schema")),
        "$defs": ("map", "schema"),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("list", "schema")),
        **dict.fromkeys(("items", "additionalProperties", "not", "contains", "propertyNames"), ("one", "schema")),
        **dict.fromkeys(("if", "then", "else", "contentSchema"), ("one", "schema")),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), ("one", "schema")),
    },
}
_VALUES: Final = frozenset({"info", "openapi", "jsonSchemaDialect", "security", "externalDocs"})


def kind_at(path: Sequence[str | int]) -> str | None:
    """Name the kind of object that OpenAPI has at a path of a document; None where it says nothing of the place.

    A map or a list of objects, and what holds no objects, is a `value`.

    >>> kind_at(("paths", "/x", "get")), kind_at(("paths", "/x", "get", "parameters", 0, "schema"))
    ('operation', 'schema')
    >>> kind_at(("info",)), kind_at(("components", "schemas")), kind_at(("definitions", "Thing"))
    ('value', 'value', None)
    """
    kind, steps = "document", iter(path)
    for step in steps:
        if kind == "callback":
            kind = "path item"
            continue
        if kind == "document" and step in _VALUES:
            return "value"
        shape, inner = FIELDS.get(kind, {}).get(str(step), ("", ""))
        if not shape:
            return None
        if shape != "one" and next(steps, None) is None:
            return "value"
        kind = inner
    return kind
