"""Lowering operations: what is taken of parameters, bodies, responses and security, and what is said to be left."""

from __future__ import annotations

import pytest

from apiscribe import ir
from apiscribe.errors import ApiscribeError

from .generation import lowered, warnings

OK = "responses: {200: {description: fine}}"


def operations(paths: str, version: str = "3.1.0", rest: str = "") -> tuple[tuple[ir.Operation, ...], list[str]]:
    result = lowered(f"paths: {paths}\n{rest}", version)
    return result.api.operations, warnings(result.diagnostics)


def test_parameters_of_the_path_item_are_inherited_and_overridden() -> None:
    found, said = operations(
        "{'/a/{y}/{x}': {parameters: [{name: x, in: path, required: true, schema: {type: string}}, "
        "{name: y, in: path, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string}}], "
        f"get: {{parameters: [{{name: q, in: query, required: true, schema: {{type: integer}}}}], {OK}}}}}}}"
    )
    (operation,) = found
    assert [(item.name, item.location, item.required) for item in operation.parameters] == [
        ("y", "path", True), ("x", "path", True), ("q", "query", True),
    ]  # fmt: skip
    assert isinstance(operation.parameters[2].schema, ir.NumberSchema)
    assert said == []


def test_headers_that_openapi_ignores_are_no_arguments_and_constants_are_sent() -> None:
    found, _ = operations(
        "{/a: {get: {parameters: [{name: Accept, in: header, schema: {type: string}}, "
        "{name: Scp-Api-Version, in: header, required: true, schema: {type: string, const: shop 1.1}}, "
        "{name: X-Kind, in: header, required: true, schema: {type: string, enum: [only]}}, "
        "{name: format, in: query, required: true, schema: {type: string, const: json}}, "
        f"{{name: X-Note, in: header, schema: {{type: string, const: x}}}}], {OK}}}}}}}"
    )
    assert [(item.name, item.constant) for item in found[0].parameters] == [
        ("Scp-Api-Version", "shop 1.1"), ("X-Kind", None), ("format", "json"), ("X-Note", None),
    ]  # fmt: skip


def test_media_types_are_sent_without_parameters_that_do_not_parse() -> None:
    bodies = "{text/plain; utf-8: {schema: {type: string}}, 'text/csv; charset=utf-8': {schema: {type: string}}}"
    found, _ = operations(f"{{/a: {{post: {{requestBody: {{content: {bodies}}}, {OK}}}}}}}")
    (operation,) = found
    assert operation.body is not None
    kinds = [operation.body.content, *operation.body.others]
    assert [kind.name for kind in kinds if kind is not None] == ["text/plain", "text/csv; charset=utf-8"]


def test_what_stands_in_the_path_is_required_whatever_is_said_of_it() -> None:
    parameters = "[{name: x, in: path, schema: {}}, {name: y, in: path, required: false, schema: {}}]"
    found, _ = operations(f"{{'/{{x}}/{{y}}': {{get: {{parameters: {parameters}, {OK}}}}}}}")
    assert [item.required for item in found[0].parameters] == [True, True]


def test_styles_have_their_defaults() -> None:
    found, _ = operations(
        "{'/a/{p}': {get: {parameters: [{name: p, in: path, required: true, schema: {}}, "
        "{name: q, in: query, schema: {}}, {name: h, in: header, schema: {}}, {name: c, in: cookie, schema: {}}, "
        "{name: d, in: query, style: deepObject, schema: {}}, {name: e, in: query, explode: false, schema: {}}, "
        "{name: i, in: query, x-style: indexed, schema: {}}, {name: j, in: header, x-style: indexed, schema: {}}], "
        f"{OK}}}}}}}"
    )
    assert [(item.name, item.style, item.explode) for item in found[0].parameters] == [
        ("p", "simple", False), ("q", "form", True), ("h", "simple", False), ("c", "form", True),
        ("d", "deepObject", False), ("e", "form", False), ("i", "indexed", False), ("j", "simple", False),
    ]  # fmt: skip


def test_an_operation_without_an_id_is_named_after_its_method_and_path() -> None:
    found, _ = operations(f"{{'/v1/things': {{get: {{{OK}}}}}}}")
    assert (found[0].id, found[0].id_source, found[0].python_name) == ("GET /v1/things", "derived", "list_thing")


def test_an_id_that_stands_for_another_operation_is_refused() -> None:
    with pytest.raises(ApiscribeError, match="the operationId 'GET /a' stands for this operation"):
        operations(f"{{/a: {{get: {{{OK}}}}}, /b: {{get: {{operationId: GET /a, {OK}}}}}}}")


def test_extensions_of_paths_are_no_paths() -> None:
    found, _ = operations(f"{{x-note: {{get: {{{OK}}}}}, /a: {{get: {{{OK}}}}}}}")
    assert [item.path for item in found] == ["/a"]


def test_objects_without_a_name_are_named_after_where_they_are() -> None:
    inline = "{schema: {type: object, properties: {a: {}}}}"
    result = lowered(
        f"paths: {{/a: {{post: {{operationId: Make, requestBody: {{content: {{application/json: {inline}}}}}, "
        f"parameters: [{{name: f, in: query, {inline[1:-1]}}}, {{name: g, in: query, {inline[1:-1]}}}, "
        f"{{name: g, in: header, {inline[1:-1]}}}], responses: {{201: {{description: a, content: {{application/json: "
        f"{inline}}}}}, 400: {{description: b, content: {{application/json: {inline}}}}}}}}}}}}}\n"
    )
    assert [item.name for item in result.api.schemas] == [
        "Make/f", "Make/query g", "Make/header g", "Make/request", "Make/response", "Make/response 400",
    ]  # fmt: skip


def test_several_successes_are_told_apart_whatever_their_order() -> None:
    content = "content: {application/json: {schema: {properties: {a: {}}}}}"
    one, two = f"200: {{description: a, {content}}}", f"201: {{description: b, {content}}}"
    names = []
    for responses in (f"{{{one}, {two}}}", f"{{{two}, {one}}}"):
        api = lowered(f"paths: {{/a: {{get: {{operationId: Get, responses: {responses}}}}}}}\n").api
        names.append({item.name for item in api.schemas})
    assert names[0] == names[1] == {"Get/response 200", "Get/response 201"}


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("parameters: [{name: q, in: query, content: {text/csv: {schema: {type: object}}}}]", "given as text"),
        ("requestBody: {content: {'*/*': {schema: {type: object}}}}", "sent as application/json"),
        ("requestBody: {content: {application/xml: {schema: {type: object}}}}", "of application/xml is not used"),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_said(operation: str, said: str) -> None:
    _, (line,) = operations(f"{{/a: {{post: {{{operation}, {OK}}}}}}}")
    assert line.startswith("warning: a.yaml:3: /paths/~1a/post")
    assert said in line


@pytest.mark.parametrize(
    ("security", "alternatives"),
    [
        ("", [{"Key": ()}]),
        ("security: [], ", []),
        ("security: [{}], ", [{}]),
        ("security: [{Other: []}], ", [{"Other": ()}]),
        ("security: [{Key: [], Other: [read, write]}], ", [{"Key": (), "Other": ("read", "write")}]),
        ("security: [{}, {Other: []}], ", [{}, {"Other": ()}]),
        ("security: [{Other: []}, {Key: []}, {Other: []}], ", [{"Other": ()}, {"Key": ()}]),
    ],
)
def test_security_of_the_document_holds_until_an_operation_says_otherwise(
    security: str, alternatives: list[dict[str, tuple[str, ...]]]
) -> None:
    schemes = "{Key: {type: apiKey, in: header, name: X-Key}, Other: {type: http, scheme: bearer}}"
    found, lines = operations(
        f"{{/a: {{get: {{{security}{OK}}}}}}}",
        rest=f"security: [{{Key: []}}]\ncomponents: {{securitySchemes: {schemes}}}\n",
    )
    assert [{use.scheme: use.scopes for use in uses} for uses in found[0].security] == alternatives
    assert lines == []


@pytest.mark.parametrize(
    ("first", "rest", "silent"),
    [
        ("", "", 4),
        ("security: [], ", "", 3),
        ("security: [{Key: []}], ", "", 0),
        ("", "security: []\n", 0),
    ],
)
def test_a_scheme_that_no_operation_names_is_told(first: str, rest: str, silent: int) -> None:
    others = f"put: {{{OK}}}, head: {{security: [], {OK}}}, post: {{{OK}}}, patch: {{{OK}}}"
    _, lines = operations(
        f"{{/a: {{get: {{{first}{OK}}}, {others}}}}}",
        rest=f"{rest}components: {{securitySchemes: {{Key: {{type: apiKey, in: header, name: X-Key}}}}}}\n",
    )
    assert lines == [
        "warning: a.yaml:4: /components/securitySchemes/Key: no operation names the security scheme 'Key': nothing is "
        f"sent for it, and {silent} of 5 operations say nothing of security; an overlay can add 'security' to the "
        "document"
    ] * bool(silent)


@pytest.mark.parametrize("name", ["1a", "a b", "a-b", "값", "''", "a.b", "_a", "x" * 81])
def test_names_written_by_hand_are_names(name: str) -> None:
    parameter = f"{{name: q, in: query, schema: {{}}, x-python-name: {name}}}"
    for place in (f"x-python-name: {name}", f"parameters: [{parameter}]"):
        with pytest.raises(ApiscribeError, match=r"x-python-name '.*' is no name"):
            operations(f"{{/a: {{get: {{{place}, {OK}}}}}}}")


@pytest.mark.parametrize(
    ("extension", "said"),
    [
        ("x-pagination: {style: wild, page: p, items: i}", "x-pagination needs page and items, and a style of"),
        ("x-pagination: {page: p, items: i, sise: s}", "unknown in x-pagination: sise"),
        ("x-pagination: {style: url, items: i}", "x-pagination of style url needs next"),
        ("x-pagination: {page: p, items: i, next-header: N}", "next-header of x-pagination is for the style marker"),
        (
            "x-pagination: {style: marker, page: p, items: i, next: n, marker: id}",
            "x-pagination takes one of next, next-header and marker",
        ),
        (
            "x-pagination: {page: p, items: i}",
            "x-pagination names p, which is no query or header parameter or field of the body here",
        ),
        ("x-pagination: text", "unknown in x-pagination: not a mapping"),
        ("x-waiter: {field: state}", "x-waiter needs a field and the values that mean success"),
        ("x-waiter: {field: state, success: [A], sucess: [B]}", "unknown in x-waiter: sucess"),
    ],
)
def test_extensions_that_are_not_understood_are_refused(extension: str, said: str) -> None:
    with pytest.raises(ApiscribeError, match=said):
        operations(f"{{/a: {{get: {{{extension}, {OK}}}}}}}")


def test_client_options_are_arguments_of_the_client_alone() -> None:
    option = (
        "{name: Accept-Language, in: header, x-client-option: language, schema: {type: string, enum: [ko-KR, en-US]}}"
    )
    api = lowered(f"paths: {{/a: {{get: {{parameters: [{option}], {OK}}}}}}}\n").api
    assert [item.client_option for item in api.client_options] == ["language"]
    assert api.operations[0].parameters == ()
