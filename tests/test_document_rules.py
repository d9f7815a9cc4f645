"""Rules: the unsafe or meaningless is an error, the merely wrong a warning with its fallback, each in its place."""

from __future__ import annotations

import json

import pytest

from apiscribe.document.load import load
from apiscribe.document.node import Document
from apiscribe.document.resolve import Resolver
from apiscribe.document.rules import check, version_of
from apiscribe.errors import Diagnostic, line_of

HEAD = "openapi: {version}\ninfo: {{title: T, version: 1.10}}\n"
SOUND = """
servers:
- {url: 'https://{region}.example.com/v1', variables: {region: {default: kr, enum: [kr, us]}}}
- {url: /}
tags: [{name: things}]
security: [{key: []}]
paths:
  /things/{id}:put:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: 이름
      tags: [1.0]
      parameters: [{$ref: '#/components/parameters/Size'}]
      responses: {200: {$ref: '#/components/responses/Ok'}, 4XX: {description: no}, default: {description: ''}}
components:
  parameters:
    Size: {name: X-Size, in: header, schema: {type: integer, default: 20, minimum: 1}, example: 5}
  responses:
    Ok:
      description: ok
      content: {'application/json; charset=utf-8': {schema: {$ref: '#/components/schemas/A'}}}
  schemas:
    A: {type: object, required: [id], properties: {id: {type: string, default: 1.10, enum: [1.10, no, 2024-01-01]},
         next: {$ref: '#/components/schemas/A'}, list: {type: array, items: {type: number, example: 3}}}}
    Base: {type: object, discriminator: {propertyName: kind, mapping: {a: Sub, b: '#/components/schemas/Sub'}},
            oneOf: [{$ref: '#/components/schemas/Sub'}], properties: {kind: {type: string, format: uuid}}}
    Sub: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, x-any: 1}]}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key, x-signing: {language: 1}}
"""
OPERATION = "{responses: {200: {description: ok}}}"


def checked(text: str, file: str = "a.yaml") -> tuple[Document, tuple[Diagnostic, ...]]:
    document = load(text.encode(), file=file)
    return document, check(document, Resolver(document))


def lines(text: str) -> list[str]:
    return [line_of(diagnostic) for diagnostic in checked(text)[1]]


def with_head(text: str, version: str = "3.1.0") -> str:
    paths = "" if "paths:" in text else "paths: {}\n"
    return HEAD.format(version=version) + paths + text


@pytest.mark.parametrize("version", ["3.0.0", "3.0.3", "3.1.0", "3.1.1"])
def test_a_sound_document_has_no_findings(version: str) -> None:
    assert lines(with_head(SOUND, version)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("swagger: '2.0'\n", "error: a.yaml:1: /swagger: Swagger 2.0 is not read; convert it first"),
        ("openapi: 4.0.0\n", "error: a.yaml:1: /openapi: unknown OpenAPI version '4.0.0'"),
        ("openapi: 3.1\n", "unknown OpenAPI version '3.1'"),
        ("openapi: [3]\n", "error: a.yaml:1: /openapi: the version is text such as 3.1.0"),
        ("info: {}\n", "the field 'openapi' is missing"),
        ("[]\n", "error: a.yaml:1: (root): an OpenAPI document is a mapping"),
        ("text\n", "an OpenAPI document is a mapping"),
        ("openapi: 3.0.0\ninfo: {title: a, version: b}\n", "error: a.yaml:1: (root): 'paths' is missing"),
    ],
)
def test_what_is_no_openapi_document_is_refused(text: str, message: str) -> None:
    (line,) = lines(text)
    assert message in line


def test_the_version_is_told() -> None:
    for text, version in (("3.0.3", "3.0"), ("3.1.0", "3.1"), ("3.2.0", "3.2"), ("2.0", None)):
        assert version_of(load(f"openapi: {text}".encode(), file="a")) == version


def test_openapi_3_2_is_read() -> None:
    assert lines(with_head("paths: {/x: {query: " + OPERATION + "}}", "3.2.0")) == []


def _operation(fields: str) -> str:
    return "paths:\n  /x:\n    get:\n      responses: {200: {description: ok}}\n" + fields


ERRORS = [
    # Structure, by the official schema.
    ("info: {title: a}\n", "(root)", None),
    (
        _operation("      parameters: [{name: q, in: paht, schema: {}}]"),
        "/paths/~1x/get/parameters/0/in",
        "'paht' is none of",
    ),
    (_operation("      parameters: [{name: q, in: query}]"), "/paths/~1x/get/parameters/0", "'schema' is missing"),
    (_operation("      parameters: {}"), "/paths/~1x/get/parameters", "a mapping where a list is expected"),
    (_operation("      deprecated: maybe"), "/paths/~1x/get/deprecated", "'maybe' where true or false is expected"),
    ("components: {securitySchemes: {k: {type: apiKey, name: x}}}", "/components/securitySchemes/k", "'in' is missing"),
    (
        "components: {securitySchemes: {k: {type: oauth2, flows: {password: {tokenUrl: /t, scopes: 1}}}}}",
        "/components/securitySchemes/k/flows/password/scopes",
        "1 where a mapping is expected",
    ),
    ("components: {securitySchemes: {k: {type: magic}}}", "/components/securitySchemes/k/type", "'magic' is none of"),
    # Operations and their parameters.
    (
        "paths: {/x: {get: {operationId: a, responses: {200: {description: b}}},\n"
        " put: {operationId: a, responses: {200: {description: b}}}}}",
        "/paths/~1x/put/operationId",
        "'a' is already taken at line 3",
    ),
    ("paths: {'/{a}': {get: " + OPERATION + "}}", "/paths/~1{a}/get", "variable 'a' has no parameter"),
    (
        _operation("      parameters: [{name: b, in: path, required: true, schema: {}}]"),
        "/paths/~1x/get/parameters/0",
        "'b' is not in the path",
    ),
    (
        _operation(
            "      parameters: [{name: b, in: query, schema: {}}, {name: b, in: query, schema: {type: string}}]"
        ),
        "/paths/~1x/get",
        "declared twice",
    ),
    (_operation("      parameters: [{$ref: '#/a'}]"), "/paths/~1x/get/parameters/0/$ref", "leads nowhere"),
    (_operation("      security: [{none: []}]"), "/paths/~1x/get/security/0/none", "no security scheme 'none'"),
    (
        _operation(
            "      requestBody: {$ref: '#/components/responses/R'}\ncomponents: {responses: {R: {description: r}}}"
        ),
        "/paths/~1x/get/requestBody/$ref",
        "should lead to a request body",
    ),
    # Names.
    (_operation('      operationId: "a\\nb"'), "/paths/~1x/get/operationId", "U+000A"),
    (_operation('      operationId: "a\\x85b"'), "/paths/~1x/get/operationId", "U+0085"),
    (_operation('      operationId: "a\\u202eb"'), "/paths/~1x/get/operationId", "U+202E"),
    (_operation('      operationId: "a\\u2066b"'), "/paths/~1x/get/operationId", "U+2066"),
    (_operation('      operationId: "a\\u2028b"'), "/paths/~1x/get/operationId", "U+2028"),
    (_operation('      operationId: "a\\u200bb"'), "/paths/~1x/get/operationId", "U+200B"),
    (_operation(f"      operationId: {'a' * 201}"), "/paths/~1x/get/operationId", "longer than 200"),
    (_operation('      tags: ["\\u200f"]'), "/paths/~1x/get/tags/0", "U+200F"),
    (
        _operation('      parameters: [{name: "a\\x7f", in: query, schema: {}}]'),
        "/paths/~1x/get/parameters/0/name",
        "U+007F",
    ),
    (
        _operation('      parameters: [{name: "a b", in: header, schema: {}}]'),
        "/paths/~1x/get/parameters/0/name",
        "RFC 9110",
    ),
    (
        _operation('      parameters: [{name: "a\\r\\nb", in: header, schema: {}}]'),
        "/paths/~1x/get/parameters/0/name",
        "RFC",
    ),
    (
        _operation('      parameters: [{name: "a;b", in: cookie, schema: {}}]'),
        "/paths/~1x/get/parameters/0/name",
        "cookie name",
    ),
    (
        _operation("      requestBody: {content: {json: {}}}"),
        "/paths/~1x/get/requestBody/content/json",
        "no media type",
    ),
    (
        _operation('      requestBody: {content: {"; a/b": {}}}'),
        "/paths/~1x/get/requestBody/content/; a~1b",
        "no media type",
    ),
    (
        _operation('      requestBody: {content: {"a/b\\n": {}}}'),
        "/paths/~1x/get/requestBody/content/a~1b\\n",
        "no media type",
    ),
    ("paths: {/x: {get: {responses: {2xx: {description: a}}}}}", "/paths/~1x/get/responses/2xx", "'2xx' is no status"),
    ("paths: {/x: {get: {responses: {600: {description: a}}}}}", "/paths/~1x/get/responses/600", "'600' is no status"),
    (
        "paths: {/x: {get: {responses: {200: {description: a, headers: {'a:b': {schema: {}}}}}}}}",
        "/paths/~1x/get/responses/200/headers/a:b",
        "no header name",
    ),
    ("components: {schemas: {a b: {}}}", "/components/schemas/a b", "letters, digits"),
    ("components: {responses: {a/b: {description: a}}}", "/components/responses/a~1b", "letters, digits"),
    (
        'components: {schemas: {A: {properties: {"a\\u202e": {}}}}}',
        "/components/schemas/A/properties/a\\u202e",
        "U+202E",
    ),
    ('components: {schemas: {A: {enum: ["a\\u2069"]}}}', "/components/schemas/A/enum/0", "U+2069"),
    (
        "components: {securitySchemes: {k: {type: apiKey, in: header, name: a b}}}",
        "/components/securitySchemes/k/name",
        "RFC",
    ),
    # Paths.
    ("paths: {x: {}}", "/paths/x", "does not begin with '/'"),
    ("paths: {/a//b: {}}", "/paths/~1a~1~1b", "'//'"),
    ("paths: {'/a/{x}/b/{x}': {}}", "/paths/~1a~1{x}~1b~1{x}", "the variable 'x' twice"),
    ("paths: {/a/../b: {}}", "/paths/~1a~1..~1b", "'.' or '..'"),
    ("paths: {/a/.: {}}", "/paths/~1a~1.", "'.' or '..'"),
    ("paths: {/a/%2e%2E: {}}", "/paths/~1a~1%2e%2E", "'.' or '..'"),
    ("paths: {/a/.%2e/b: {}}", "/paths/~1a~1.%2e~1b", "'.' or '..'"),
    ("paths: {'/a b': {}}", "/paths/~1a b", "no path can hold"),
    ("paths: {'/a?b=1': {}}", "/paths/~1a?b=1", "no path can hold"),
    ("paths: {'/a#b': {}}", "/paths/~1a#b", "no path can hold"),
    ("paths: {/a%zz: {}}", "/paths/~1a%zz", "no path can hold"),
    ("paths: {/é: {}}", "/paths/~1é", "no path can hold"),
    ("paths: {'/{a': {}}", "/paths/~1{a", "no path can hold"),
    ("paths: {'/{}': {}}", "/paths/~1{}", "without a name"),
    ("paths: {'/{a/b}': {}}", "/paths/~1{a~1b}", "'/', '?' or '#'"),
    ('paths: {"/{a\\u202e}": {}}', "/paths/~1{a\\u202e}", "U+202E"),
    # Servers.
    ("servers: [{url: 'ftp://a'}]", "/servers/0/url", "neither http nor https"),
    ("servers: [{url: 'javascript:alert(1)'}]", "/servers/0/url", "neither http nor https"),
    ("servers: [{url: '///c'}]", "/servers/0/url", "neither a host nor http or https"),
    ("servers: [{url: '//u@a.b/c'}]", "/servers/0/url", "user name"),
    ("servers: [{url: 'https:///a'}]", "/servers/0/url", "has no host"),
    ("servers: [{url: 'https://a:65536'}]", "/servers/0/url", "has the port 65536; ports end at 65535"),
    ("servers: [{url: '//[::1]:99999/b'}]", "/servers/0/url", "has the port 99999; ports end at 65535"),
    ("servers: [{url: 'https://u:p@a'}]", "/servers/0/url", "user name"),
    ("servers: [{url: 'https://[a'}]", "/servers/0/url", "no host that can be reached"),
    ("servers: [{url: 'https://a:b:1'}]", "/servers/0/url", "no host that can be reached"),
    ("servers: [{url: 'https://a:port'}]", "/servers/0/url", "no host that can be reached"),
    ("servers: [{url: 'https://a/#b'}]", "/servers/0/url", "a fragment"),
    ('servers: [{url: "https://a/\\r\\nb"}]', "/servers/0/url", "no address can hold"),
    ("servers: [{url: 'https://a b'}]", "/servers/0/url", "no address can hold"),
    ("servers: [{url: 'https://{a}'}]", "/servers/0/url", "'a' of the address is not declared"),
    ("servers: [{url: 'https://{a}.b', variables: {a: {default: 'u@'}}}]", "/servers/0/url", "user name"),
    (
        "servers: [{url: '{a}://b', variables: {a: {default: https, enum: [https, file]}}}]",
        "/servers/0/variables/a/enum/1",
        "neither http nor https",
    ),
    # Schemas.
    ("components: {schemas: {A: text}}", "/components/schemas/A", None),
    ("components: {schemas: {A: {type: strin}}}", "/components/schemas/A/type", "none of JSON's types"),
    ("components: {schemas: {A: {type: {}}}}", "/components/schemas/A/type", "a type is a word"),
    ("components: {schemas: {A: {minimum: '1'}}}", "/components/schemas/A/minimum", "no number"),
    ("components: {schemas: {A: {maximum: true}}}", "/components/schemas/A/maximum", "no number"),
    ("components: {schemas: {A: {exclusiveMinimum: x}}}", "/components/schemas/A/exclusiveMinimum", "no number"),
    ("components: {schemas: {A: {multipleOf: 0}}}", "/components/schemas/A/multipleOf", "not above zero"),
    ("components: {schemas: {A: {maxLength: -1}}}", "/components/schemas/A/maxLength", "no whole number"),
    ("components: {schemas: {A: {minItems: 1.5}}}", "/components/schemas/A/minItems", "no whole number"),
    ("components: {schemas: {A: {properties: []}}}", "/components/schemas/A/properties", "is a mapping of names"),
    ("components: {schemas: {A: {properties: {a: 1}}}}", "/components/schemas/A/properties/a", "a schema is a mapping"),
    ("components: {schemas: {A: {allOf: {}}}}", "/components/schemas/A/allOf", "is a list of schemas"),
    ("components: {schemas: {A: {items: x}}}", "/components/schemas/A/items", "a schema is a mapping"),
    ("components: {schemas: {A: {enum: a}}}", "/components/schemas/A/enum", "no list of values"),
    ("components: {schemas: {A: {required: [{}]}}}", "/components/schemas/A/required/0", "no text"),
    ("components: {schemas: {A: {discriminator: {}}}}", "/components/schemas/A/discriminator", "a 'propertyName'"),
    ("components: {schemas: {A: {$ref: '#/components/schemas/A'}}}", "/components/schemas/A/$ref", "only to itself"),
    (
        "components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}]}}}",
        "/components/schemas/A/allOf/0",
        "of itself",
    ),
    (
        "components: {schemas: {A: {anyOf: [{$ref: '#/components/schemas/B'}]},"
        " B: {oneOf: [{$ref: '#/components/schemas/A'}]}}}",
        "/components/schemas/B/oneOf/0",
        "of itself",
    ),
]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(("text", "pointer", "message"), ERRORS, ids=[f"{e[1]}-{n}" for n, e in enumerate(ERRORS)])
def test_the_unsafe_and_the_meaningless_is_refused_at_its_place(
    text: str, pointer: str, message: str | None, version: str
) -> None:
    if text.startswith("info"):
        text = f"openapi: {version}\npaths: {{}}\n{text}"
        pointer, message = "/info", "'version' is missing"
    else:
        text = with_head(text, version)
    found = [line for line in lines(text) if line.startswith("error:")]
    assert [line for line in found if f" {pointer}: " in line and (message or "") in line], found


WARNINGS = [
    (
        "components: {schemas: {A: {$defs: {B: {}}, items: {$ref: '#/$defs/B'}}}}",
        "/A/items/$ref",
        "read as a definition of the schema around it",
    ),
    ("components: {schemas: {A: {type: integer, default: x}}}", "/default", "no default is used"),
    ("components: {schemas: {A: {type: string, enum: [a], default: ''}}}", "/default", "no default is used"),
    ("components: {schemas: {A: {type: integer, enum: [1, x]}}}", "/enum/1", "kept as it is written"),
    ("components: {schemas: {A: {type: boolean, example: 'x'}}}", "/example", "the example is left out"),
    ("components: {schemas: {A: {type: object, example: []}}}", "/example", "the example is left out"),
    ("components: {schemas: {A: {sizes: 1}}}", "/sizes", "unknown and ignored"),
    ("components: {schemas: {A: {type: string, format: color}}}", "/format", "the type alone counts"),
    ("components: {schemas: {A: {type: string, pattern: '('}}}", "/pattern", "not checked"),
    ("components: {schemas: {A: {type: string, pattern: '\\p{L}'}}}", "/pattern", "not checked"),
    ("components: {schemas: {A: {type: string, pattern: 'a{99999999}'}}}", "/pattern", "not checked"),
    ("components: {schemas: {A: {type: string, pattern: '" + "(" * 5000 + "'}}}", "/pattern", "not checked"),
    ("components: {schemas: {A: {type: string, pattern: '" + "(" * 500 + ")" * 500 + "'}}}", "/pattern", "not checked"),
    ("components: {schemas: {A: {type: array}}}", "/A", "its members may be anything"),
    ("components: {schemas: {A: {required: true}}}", "/required", "ignored"),
    ("components: {schemas: {A: {nullable: yes}}}", "/nullable", "ignored"),
    ("components: {schemas: {A: {description: }}}", "/description", "ignored"),
    ("components: {schemas: {A: {enum: []}}}", "/enum", "ignored"),
    ("components: {schemas: {A: {$id: 'http://a'}}}", "/$id", "stay relative"),
    ("components: {schemas: {A: {$dynamicRef: '#a'}}}", "/$dynamicRef", "any value is accepted"),
    (
        "components: {schemas: {A: {discriminator: {propertyName: a, mapping: {b: C}}}}}",
        "/mapping/b",
        "left out of the choice",
    ),
    (
        "components: {parameters: {P: {name: a, in: query, schema: {type: integer}, example: x}}}",
        "/example",
        "left out",
    ),
    (
        "components: {schemas: {A: {}, B: {$ref: '#/components/schemas/A', type: text/csv}}}",
        "/B/type",
        "only the $ref beside it counts",
    ),
    (
        _operation("      requestBody: {content: {'text/plain; utf-8': {}}}"),
        "/content/text~1plain; utf-8",
        "'text/plain' is taken",
    ),
    (_operation("      requestBody: {content: {'': {}}}"), "/content/", "the media type is empty; '*/*' is taken"),
    (
        _operation("      requestBody: {content: {'application/json, charset=utf-8': {}}}"),
        "/content/application~1json, charset=utf-8",
        "'application/json' is taken",
    ),
    (
        "paths: {'/{a}': {parameters: [{name: a, in: path, schema: {}}]}}",
        "/paths/~1{a}/parameters/0",
        "always required",
    ),
    (
        "paths: {'/{a}': {parameters: [{name: a, in: path, required: false, schema: {}}]}}",
        "/paths/~1{a}/parameters/0/required",
        "always required",
    ),
    (_operation("      madeUp: 1"), "/madeUp", "unknown and ignored"),
    ("paths: {/x: {get: {responses: {200: {}}}}}", "/responses/200", "read as empty"),
    (
        "paths: {}\nsecurity: [{k: []}]\ncomponents: {securitySchemes: {k: {type: oauth2,"
        " flows: {password: {tokenUrl: 'https://a/t', scopes: }}}}}",
        "/components/securitySchemes/k/flows/password/scopes",
        "read as no scopes",
    ),
    ("paths: {/x: {get: {responses: {}}}}", "/paths/~1x/get/responses", "no response is described"),
    ("servers: [{url: 'https://a?b=1'}]", "/servers/0/url", "left out"),
    ("servers: [{url: '//a.b/c'}]", "/servers/0/url", "https is taken"),
    ("servers: [{url: 'https://{a}', variables: {a: {default: b, enum: [c]}}}]", "/default", "still the default"),
    ("servers: [{url: 'https://{a}', variables: {a: {default: '{b}.c'}}}]", "/default", "no default is used"),
    (
        "paths: {'/{a}': {parameters: [{name: a, in: path, required: true, schema: {}}]},"
        " '/{b}': {parameters: [{name: b, in: path, required: true, schema: {}}]}}",
        "/paths/~1{b}",
        "names only",
    ),
]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(("text", "pointer", "message"), WARNINGS, ids=[f"{w[1]}-{n}" for n, w in enumerate(WARNINGS)])
def test_the_merely_wrong_is_a_warning_with_its_fallback(text: str, pointer: str, message: str, version: str) -> None:
    (line,) = lines(with_head(text, version))
    assert line.startswith("warning: a.yaml:")
    assert f"{pointer}: " in line
    assert message in line


def test_what_lies_under_definitions_counts_where_a_reference_leads_to_it() -> None:
    text = "components: {schemas: {A: {definitions: {B: {type: {$ref: '#/x'}}}}, C: {}}}"
    pointer = "/components/schemas/A/definitions/B"
    assert lines(with_head(text)) == []
    (line,) = lines(with_head(text.replace("C: {}", f"C: {{$ref: '#{pointer}'}}")))
    assert line.startswith("error: a.yaml:")
    assert f"{pointer}/type: a type is a word" in line


def test_types_may_be_written_as_yaml_words() -> None:
    assert lines(with_head("components: {schemas: {A: {type: [string, null], default: ~}, B: {type: null}}}")) == []


def test_json_numbers_are_no_texts() -> None:
    text = json.dumps({"openapi": "3.1.0", "info": {"title": "a", "version": 1.0}, "paths": {}})
    (diagnostic,) = checked(text, "a.json")[1]
    assert line_of(diagnostic) == "error: a.json:1: /info/version: 1.0 where text is expected"


def test_objects_in_other_files_are_checked_in_their_own_lines() -> None:
    files = {"p.yaml": b"\nP: {name: a, in: nowhere, schema: {type: string, minLength: x}}\n"}
    text = with_head(_operation("      parameters: [{$ref: 'p.yaml#/P'}]"))
    document = load(text.encode(), file="spec/a.yaml")
    found = [line_of(diagnostic) for diagnostic in check(document, Resolver(document, files.__getitem__))]
    assert found == [
        "error: spec/p.yaml:2: /P/in: 'nowhere' is none of 'query', 'header', 'path', 'cookie'",
        "error: spec/p.yaml:2: /P/schema/minLength: 'minLength' is no whole number from zero up: 'x'",
    ]


def test_too_many_operations_are_refused_by_a_stated_limit() -> None:
    paths = "".join(f"  /x{number}: {{get: {OPERATION}}}\n" for number in range(20_001))
    (line,) = lines(with_head(f"paths:\n{paths}"))
    assert "20001 operations are over the limit of 20000" in line
