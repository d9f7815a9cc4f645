"""Models: schemas go in, the types that Python sees come out, and the modules import and validate."""

from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import TypeAdapter, ValidationError

from apiscribe.models.answers import ANSWERS
from apiscribe.models.shapes import annotations_of, ask

from .generation import PACKAGE, built, headed, imported

REQUEST = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}"
RESPONSE = "responses: {200: {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}"
EMPTY = "responses: {204: {description: a}}"


def document(schemas: str, operation: str = "") -> str:
    paths = f"paths: {{/a: {{post: {{operationId: Call, {operation}}}}}}}\n" if operation else ""
    referring = re.sub(r"<(\w+)>", r"{$ref: '#/components/schemas/\1'}", schemas)
    return headed(f"{paths}components:\n  schemas:\n{referring}")


def annotation(schema: str, operation: str = "") -> str:
    """Give the annotation of a required field of this schema."""
    text = (
        f"    A: {{type: object, required: [f], properties: {{f: {schema}}}}}\n    Other: {{properties: {{a: {{}}}}}}\n"
    )
    module = built(document(text, operation)).texts[f"{PACKAGE}/shop/v1/models/a.py"]
    line = next(line for line in module.splitlines() if re.match(r"    f: (_formats\.)?[^.]*$", line))
    return line.removeprefix("    f: ")


def models(root: ModuleType) -> ModuleType:
    return importlib.import_module(f"{root.__name__}.shop.v1.models")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string}", "str"),
        ("{type: string, format: date-time}", "DateTime"),
        ("{type: string, format: uuid}", "_formats.Uuid"),
        ("{type: [string, 'null'], format: date}", "_formats.Date | None"),
        ("{type: string, format: decimal}", "_formats.Number"),
        ("{type: string, format: duration}", "_formats.Duration"),
        ("{type: string, contentEncoding: base64}", "_formats.Base64"),
        ("{type: string, format: email}", "str"),
        ("{type: integer}", "int"),
        ("{type: number}", "float"),
        ("{type: boolean}", "bool"),
        ("{type: 'null'}", "None"),
        ("{}", "Any"),
        ("{type: [string, 'null']}", "str | None"),
        ("{type: array, items: {type: integer}}", "list[int]"),
        ("{type: array, items: {type: [integer, 'null']}}", "list[int | None]"),
        ("{type: object}", "dict[str, Any]"),
        ("{type: object, additionalProperties: {type: integer}}", "dict[str, int]"),
        ("{type: object, additionalProperties: {$ref: '#/components/schemas/Other'}}", "dict[str, Other]"),
        ("{anyOf: [{type: string}, {type: integer}, {type: string}]}", "str | int"),
        ("{anyOf: [{type: string}, {}]}", "Any"),
        ("{$ref: '#/components/schemas/Other'}", "Other"),
        ("{oneOf: [{$ref: '#/components/schemas/Other'}, {type: 'null'}]}", "Other | None"),
        ("{enum: [a, b]}", 'Literal["a", "b"]'),
        ("{enum: [1, 2.5]}", "int | float"),
        ("{enum: [true]}", "Literal[True]"),
        ("{enum: [9223372036854775807]}", "Literal[9223372036854775807]"),
        ("{enum: [9223372036854775808, 1]}", "int"),
        ("{const: -9223372036854775808}", "int"),
        ("{enum: [-1, a, null]}", 'Literal[-1, "a"] | None'),
        ("{const: '\"'}", 'Literal["\\""]'),
        ("{type: array, items: {type: array, items: {enum: [a]}}}", 'list[list[Literal["a"]]]'),
    ],
)
def test_types_of_schemas(schema: str, expected: str) -> None:
    assert annotation(schema, f"{REQUEST}, {EMPTY}") == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{enum: [a, b]}", 'Literal["a", "b"] | str'),
        ("{enum: [1, a]}", 'Literal[1, "a"] | str | int'),
        ("{enum: [true, false]}", "Literal[True, False] | bool"),
        ("{type: string, enum: [a], nullable: true}", 'Literal["a"] | str | None'),
    ],
)
def test_enums_of_responses_are_open(schema: str, expected: str) -> None:
    assert annotation(schema, RESPONSE) == expected
    assert annotation(schema, f"{REQUEST}, {RESPONSE}") == expected


def test_bounds_bind_requests_alone() -> None:
    bounded = "{type: string, minLength: 2, maxLength: 3}"
    assert annotation(bounded, f"{REQUEST}, {EMPTY}") == "str = Field(min_length=2, max_length=3)"
    assert annotation(bounded, RESPONSE) == "str"


def test_long_unions_are_written_flat(tmp_path: Path) -> None:
    members = ", ".join(f"{{$ref: '#/components/schemas/B{number}'}}" for number in range(1_200))
    rest = "".join(f"    B{number}: {{properties: {{b{number}: {{type: integer}}}}}}\n" for number in range(1_200))
    texts = built(document(f"    A: {{properties: {{f: {{anyOf: [{members}]}}}}}}\n{rest}")).texts
    assert "Union[B0, B1, " in texts[f"{PACKAGE}/shop/v1/models/a.py"]
    with imported(texts, tmp_path) as root:
        assert models(root).A(f={"b7": 1}).f == models(root).B7(b7=1)


def test_what_is_on_record_is_what_the_library_answers() -> None:
    assert ask(ANSWERS) == ANSWERS


def test_what_is_not_on_record_is_asked() -> None:
    (long,) = annotations_of([json.dumps({"anyOf": [*range(33)]})]).values()
    assert ast.unparse(long) == f"Union[{', '.join(f'H{number}' for number in range(33))}]"


CYCLES = """\
    Tree: {type: array, items: <Tree>}
    Left: {anyOf: [{type: string}, {type: array, items: <Right>}]}
    Right: {type: object, additionalProperties: <Left>}
    Node: {type: object, required: [children], properties: {children: <Nodes>, tree: <Tree>}}
    Nodes: {type: array, items: <MaybeNode>}
    MaybeNode: {anyOf: [<Node>, {type: 'null'}]}
    User: {type: object, properties: {team: <Team>, nodes: <Nodes>}}
    Team: {type: object, properties: {lead: <User>, members: {type: array, items: <User>}}}
    Self: {type: object, properties: {me: <Self>}}
    Nothing: {type: 'null'}
    Holder: {type: object, properties: {nothing: <Nothing>, left: <Left>}}
"""


def test_cycles_import_and_validate(tmp_path: Path) -> None:
    result = built(document(CYCLES))
    said = [item.message.split(" ")[0] for item in result.diagnostics if item.rule == "recursive"]
    assert said == ["Tree", "Left", "Right"]
    with imported(result.texts, tmp_path) as root:
        made = models(root)
        for name in made.__all__:
            TypeAdapter(getattr(made, name))
        assert made.Node.model_validate({"children": [{"children": [None]}], "tree": [[[]]]}).children[0].children == [
            None
        ]
        assert made.Team.model_validate({"lead": {"team": {"members": [{}]}}}).lead.team.members[0].team is None
        assert made.Self.model_validate({"me": {"me": {}}}).me.me.me is None
        assert made.User.model_validate({"nodes": [{"children": []}]}).nodes[0].children == []
        assert made.Holder.model_validate({"nothing": None, "left": [{"a": "x"}]}).left == [{"a": "x"}]
        with pytest.raises(ValidationError):
            made.Node.model_validate({"children": ["text"]})


def test_modules_of_cycles_have_the_same_names_in_any_order() -> None:
    lines = CYCLES.splitlines(keepends=True)
    forward, backward = (set(built(document("".join(order))).texts) for order in (lines, lines[::-1]))
    assert forward == backward


def test_names_of_classes_fields_and_modules_never_stand_in_the_way(tmp_path: Path) -> None:
    schemas = """\
    Model: {properties: {model_dump: {}, class: {}, json: {}, __init__: {}, fooBar: {}, foo_bar: {}, "값": {}, "": {}}}
    model: {properties: {any: {}, list: {type: array, items: {type: string}}, str: {type: string}}}
    Any: {properties: {Literal: {enum: [a]}, date_time: {type: string, format: date-time}}}
    Literal: {enum: [a]}
    DateTime: {properties: {Field: {}}}
    Field: {properties: {a.b: {type: string}}}
    TypeAlias: {type: string}
    Shop: {properties: {shop: {$ref: '#/components/schemas/AsyncShop'}}}
    AsyncShop: {properties: {a: {}}}
    json: {properties: {a: {}}}
    Typing: {properties: {a: {}}}
    "1": {properties: {a: {}}}
    "-": {properties: {a: {}}}
    CON: {properties: {a: {}}}
"""
    texts = built(document(schemas)).texts
    with imported(texts, tmp_path) as root:
        made = models(root)
        assert len(made.__all__) == 14
        for name in made.__all__:
            TypeAdapter(getattr(made, name))
        value = {"model_dump": 1, "class": 2, "json": 3, "__init__": 4, "fooBar": 5, "foo_bar": 6, "값": 7, "": 8}
        assert made.Model_.model_validate(value).model_dump(by_alias=True) == value


def test_many_models_that_lead_from_one_to_the_next_and_back_are_built(tmp_path: Path) -> None:
    nexts = [
        f"    M{number}: {{properties: {{then: {{$ref: '#/components/schemas/M{number + 1}'}}}}}}\n"
        for number in range(100)
    ]
    texts = built(
        document("".join([*nexts, "    M100: {properties: {then: {$ref: '#/components/schemas/M0'}}}\n"]))
    ).texts
    limit = sys.getrecursionlimit()
    with imported(texts, tmp_path) as root:
        value = models(root).M0.model_validate({"then": {"then": {}}})
        assert type(value.then.then) is models(root).M2
    assert sys.getrecursionlimit() == limit
