"""Lowering schemas: what those of small documents mean, and what is said where a type cannot say it."""

from __future__ import annotations

from typing import Any

import pytest

from apiscribe import ir
from apiscribe.document.load import load
from apiscribe.document.resolve import Resolver
from apiscribe.errors import ApiscribeError
from apiscribe.lower import lower

from .generation import lowered, schema, warnings


def told(node: ir.Schema) -> Any:
    """Tell a schema in short: its kind, its parts, and a question mark where null may stand."""
    match node:
        case ir.RefSchema(name=name):
            kind: Any = f"${name}"
        case ir.EnumSchema(values=values):
            kind = list(values)
        case ir.StringSchema(format=text):
            kind = text or "string"
        case ir.NumberSchema(integer=integer):
            kind = "integer" if integer else "number"
        case ir.ArraySchema(items=items):
            kind = ("array", told(items))
        case ir.UnionSchema(members=members):
            kind = ("or", *map(told, members))
        case ir.ObjectSchema(properties=properties, additional=additional):
            members = {item.name + ("!" if item.required else ""): told(item.schema) for item in properties}
            kind = {**members, **({"*": told(additional)} if isinstance(additional, ir.Schema) else {})}
            if additional is True:
                kind["*"] = "any"
        case _:
            kind = {ir.AnySchema: "any", ir.NullSchema: "null", ir.BooleanSchema: "boolean"}[type(node)]
    return (kind, "?") if node.nullable else kind


@pytest.mark.parametrize(
    ("body", "version", "expected"),
    [
        ("{type: string, nullable: true}", "3.0.3", ("string", "?")),
        ("{type: string, nullable: true}", "3.1.0", ("string", "?")),
        ("{type: [string, 'null']}", "3.1.0", ("string", "?")),
        ("{anyOf: [{type: string}, {type: 'null'}]}", "3.1.0", ("string", "?")),
        ("{oneOf: [{type: 'null'}, {$ref: '#/components/schemas/Other'}]}", "3.1.0", ("$Other", "?")),
        ("{anyOf: [{type: string}, {const: null}]}", "3.1.0", ("string", "?")),
        ("{anyOf: [{type: string}, {enum: [null]}]}", "3.1.0", ("string", "?")),
        ("{enum: [a, b, null]}", "3.1.0", (["a", "b"], "?")),
        ("{type: string, enum: [a], nullable: true}", "3.0.3", (["a"], "?")),
        ("{nullable: true, allOf: [{$ref: '#/components/schemas/Other'}]}", "3.0.3", ("$Other", "?")),
        ("{type: 'null'}", "3.1.0", "null"),
        ("{const: null}", "3.1.0", "null"),
        ("{type: [string, integer, 'null']}", "3.1.0", (("or", "string", "integer"), "?")),
    ],
)
def test_every_way_to_say_that_null_may_stand_there(body: str, version: str, expected: object) -> None:
    found, said = schema(body, version)
    assert told(found) == expected
    assert said == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("true", "any"),
        ("{}", "any"),
        ("{type: integer}", "integer"),
        ("{type: number, format: double}", "number"),
        ("{type: boolean}", "boolean"),
        ("{type: string, format: date-time}", "date-time"),
        ("{type: array, items: {type: array, items: {type: integer}}}", ("array", ("array", "integer"))),
        ("{items: {type: string}}", ("array", "string")),
        ("{type: object}", {}),
        ("{type: object, additionalProperties: {type: integer}}", {"*": "integer"}),
        ("{additionalProperties: true}", {"*": "any"}),
        ("{type: object, additionalProperties: false, properties: {a: {}}}", {"a": "any"}),
        ("{properties: {a: {type: string}}, required: [a]}", {"a!": "string"}),
        (
            "{properties: {a: {}}, required: [b], additionalProperties: {type: string}}",
            {"a": "any", "b!": "string", "*": "string"},
        ),
        ("{properties: {a: {readOnly: true}}, required: [a]}", {"a!": "any"}),
        ("{properties: {a: {properties: {b: {}}}}}", {"a": "$A/a"}),
        ("{type: array, items: {properties: {b: {}}}}", ("array", "$A/item")),
        ("{additionalProperties: {properties: {b: {}}}}", {"*": "$A/value"}),
        ("{oneOf: [{properties: {b: {}}}, {type: string}]}", ("or", "$A/1", "string")),
        ("{const: fixed}", ["fixed"]),
        ("{type: string, enum: [1.0, NO, 007, yes]}", ["1.0", "NO", "007", "yes"]),
        ("{type: integer, enum: [1, 2, 2]}", [1, 2]),
        ("{enum: [a, 1, true, 1.5]}", ["a", 1, True, 1.5]),
        ("{allOf: [{$ref: '#/components/schemas/Other'}]}", "$Other"),
        ("{allOf: [{$ref: '#/components/schemas/Other'}, {description: Better}]}", "$Other"),
        ("{allOf: [{type: string}, {description: Better}]}", "string"),
        ("{type: string, allOf: [{description: Better}]}", "string"),
        ("{allOf: [{$ref: '#/components/schemas/Other'}, {properties: {b: {}}, required: [a]}]}",
         {"a!": "any", "b": "any"}),
        ("{allOf: [{$ref: '#/components/schemas/Other'}], properties: {b: {}}}", {"b": "any", "a": "any"}),
        ("{$ref: '#/components/schemas/Other', properties: {b: {}}, required: [a]}", {"b": "any", "a!": "any"}),
        ("{$ref: '#/components/schemas/Other', allOf: [{properties: {c: {type: string}}}]}",
         {"a": "any", "c": "string"}),
        ("{properties: {a: {$ref: '#/components/schemas/Other', required: [a]}}}", {"a": "$A/a"}),
        ("{properties: {a: {$ref: '#/components/schemas/Other', type: [object, 'null']}}}", {"a": ("$Other", "?")}),
        ("{type: object, properties: {a: {}, b: {}}, oneOf: [{required: [a]}, {required: [b]}]}",
         {"a": "any", "b": "any"}),
        ("{properties: {c: {}}, oneOf: [{properties: {c: {}, b: {}}}, {properties: {c: {type: integer}}}]}",
         ("or", "$A/1", "$A/2")),
        ("{anyOf: [{type: string}]}", "string"),
        ("{properties: {a: {$ref: '#/components/schemas/A'}}}", {"a": "$A"}),
        ("{type: array, items: {$ref: '#/components/schemas/A'}}", ("array", "$A")),
    ],
)  # fmt: skip
def test_what_schemas_mean(body: str, expected: object) -> None:
    found, said = schema(body)
    assert told(found) == expected
    assert said == []


SIBLINGS = """
components:
  schemas:
    Pet: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Cat: {$ref: '#/components/schemas/Pet', properties: {lives: {type: integer}}}
    Home: {type: object, properties: {cat: {$ref: '#/components/schemas/Cat', description: Ours}}}
    Tom: {$ref: '#/components/schemas/Cat'}
"""


@pytest.mark.parametrize(
    ("version", "expected", "said"),
    [
        ("3.1.0", {"Cat": {"lives": "integer", "kind": "string"}, "Home": {"cat": "$Cat"}, "Tom": "$Cat"}, []),
        (
            "3.0.3",
            {"Cat": "$Pet", "Home": {"cat": "$Pet"}, "Tom": "$Pet"},
            ["warning: a.yaml:8: /components/schemas/Cat: properties: not combined with the $ref beside it"],
        ),
    ],
)
def test_what_stands_beside_a_reference_is_combined_with_it_from_3_1_on(
    version: str, expected: object, said: list[str]
) -> None:
    found = lowered(SIBLINGS, version)
    schemas = {item.name: told(item.schema) for item in found.api.schemas}
    assert {name: schemas[name] for name in ("Cat", "Home", "Tom")} == expected
    assert warnings(found.diagnostics) == said


@pytest.mark.parametrize(
    ("body", "expected", "place", "said"),
    [
        ("{properties: {a: false}}", {"a": "any"}, "/properties/a", "accepts nothing"),
        ("{enum: [{a: 1}]}", "any", "", "enum of objects or arrays"),
        ("{const: [1]}", "any", "", "enum of objects or arrays"),
        ("{allOf: [{minLength: 3}, {type: string}]}", "string", "", "the first with a type counts"),
        ("{type: integer, allOf: [{minimum: 3}, {maximum: 4}]}", "integer", "", "the first with a type counts"),
        ("{allOf: [{minLength: 3}, {maxLength: 4}]}", "any", "", "parts that have no type"),
        ("{properties: {a: {}}, oneOf: [{type: string}, {type: integer}]}", ("or", "string", "integer"), "",
         "properties beside oneOf are not combined"),
        (
            "{allOf: [{$ref: '#/components/schemas/Other'}, {oneOf: [{properties: {b: {}}}, {properties: {c: {}}}]}]}",
            *({"a": "any", "b": "any", "c": "any"}, "", "choices are combined"),
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Other'}], anyOf: [{properties: {b: {}}}, {type: 'null'}]}",
            *({"a": "any", "b": "any"}, "", "choices are combined"),
        ),
        (
            "{type: object, properties: {a: {}}, oneOf: [{properties: {b: {type: string}, d: {}}, required: [b]}, "
            "{properties: {b: {type: integer}, e: {}}, required: [b]}]}",
            *({"a": "any", "b!": ("or", "string", "integer"), "d": "any", "e": "any"}, "", "choices are combined"),
        ),
        (
            "{properties: {a: {type: array, items: {}, default: []}}, anyOf: [{properties: {b: {default: [1]}}}, {}]}",
            *({"a": ("array", "any"), "b": "any"}, "", "choices are combined"),
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Other'}, "
            "{oneOf: [{properties: {b: {}}, additionalProperties: false}, {additionalProperties: {type: string}}]}]}",
            *({"a": "any", "b": "any", "*": "string"}, "", "choices are combined"),
        ),
        ("{type: object, patternProperties: {a: {type: string}}}", {"*": "string"}, "", "patterns of further keys"),
        ("{patternProperties: {a: {}}, additionalProperties: false}", {"*": "any"}, "", "patterns of further keys"),
        (
            "{patternProperties: {a: {type: string}}, additionalProperties: {type: integer}}",
            *({"*": ("or", "string", "integer")}, "", "patterns of further keys"),
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            *(("array", ("or", "string", "integer")), "", "prefixItems"),
        ),
        (
            "{type: array, prefixItems: [{type: string}, {type: integer}], maxItems: 2}",
            *(("array", ("or", "string", "integer")), "", "prefixItems"),
        ),
        ("{type: array, prefixItems: [{type: string}], items: false}", ("array", "string"), "", "prefixItems"),
        ("{type: [object, string], properties: {a: {}}}", ("or", {"a": "any"}, "string"), "", "among several types"),
        ("{$ref: '#/components/schemas/Other', items: {}, if: {}}", "$Other", "", "items, if: not combined"),
        ("{type: string, not: {enum: [a]}}", "string", "", "not: not checked"),
        ("{if: {}, then: {}, type: object}", {}, "", "if, then: not checked"),
        ("{allOf: [{$ref: '#/components/schemas/Other'}, {if: {}, then: {}}]}", {"a": "any"}, "/allOf/1",
         "if, then: not checked"),
        ("{properties: {a: {}}, anyOf: [{required: [a]}, {required: [b]}]}", {"a": "any"}, "",
         "anyOf: not checked, since it speaks of what is not described: b"),
        (
            "{properties: {a: {type: string}}, required: [a, b]}",
            *({"a!": "string", "b!": "any"}, "", "required and not described, so that any value is accepted: b"),
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Other'}, {required: [b, a]}]}",
            *({"a!": "any", "b!": "any"}, "", "required and not described, so that any value is accepted: b"),
        ),
        (
            "{type: object, properties: {a: {}}, required: [a, b], additionalProperties: false}",
            *({"a!": "any"}, "", "neither described nor allowed as a further key: b"),
        ),
        ("{type: object, required: [b]}", {"b!": "any", "*": "any"}, "", "so that any value is accepted: b"),
    ],
)  # fmt: skip
def test_what_a_type_cannot_say_is_said(body: str, expected: object, place: str, said: str) -> None:
    found, lines = schema(body)
    assert told(found) == expected
    (line,) = lines
    assert line.startswith(f"warning: a.yaml:7: /components/schemas/A{place}: ")
    assert said in line


@pytest.mark.parametrize(
    ("body", "default"),
    [
        ("{type: integer, default: 0}", 0),
        ("{type: boolean, default: false}", False),
        ("{type: string, default: ''}", ""),
        ("{type: string, default: 1.0}", "1.0"),
        ("{type: string, default: null, nullable: true}", None),
        ("{type: integer, default: x}", ir.ABSENT),
        ("{type: string, enum: [a], default: ''}", ir.ABSENT),
        ("{type: string, enum: [a], default: a}", "a"),
        ("{allOf: [{type: integer, default: 3}], default: 0}", 0),
        ("{type: array, items: {type: string}, default: []}", []),
    ],
)
def test_defaults_that_the_schema_itself_refuses_are_not_used(body: str, default: object) -> None:
    found, _ = schema(body)
    assert found.default == default
    assert type(found.default) is type(default)


def test_an_heir_has_nothing_of_the_other_heirs_that_its_base_lists() -> None:
    api = lowered(
        "components:\n  schemas:\n"
        "    Pet: {type: object, properties: {kind: {}}, oneOf: [{$ref: '#/components/schemas/Cat'}, "
        "{$ref: '#/components/schemas/Dog'}]}\n"
        "    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {}}}]}\n"
        "    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {tricks: {}}}]}\n"
        "    Kitten: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {age: {}}}]}\n"
    ).api
    assert {item.name: told(item.schema) for item in api.schemas} == {
        "Pet": ("or", "$Cat", "$Dog"),
        "Cat": {"kind": "any", "lives": "any"},
        "Dog": {"kind": "any", "tricks": "any"},
        "Kitten": {"kind": "any", "lives": "any", "age": "any"},
    }


def test_nearer_properties_win_and_keep_their_place() -> None:
    found, _ = schema("{allOf: [{$ref: '#/components/schemas/Other'}, {properties: {b: {}, a: {type: integer}}}]}")
    assert told(found) == {"a": "integer", "b": "any"}


def test_objects_inside_of_a_component_are_named_after_it_wherever_they_are_met() -> None:
    base = "    Base: {type: object, properties: {place: {type: object, properties: {city: {}}}}}\n"
    derived = "    Derived: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {}}}]}\n"
    names = []
    for text in (base + derived, derived + base):
        api = lowered(f"components:\n  schemas:\n{text}").api
        names.append({item.name: told(item.schema) for item in api.schemas})
    assert names[0] == names[1]
    assert names[0]["Derived"] == {"place": "$Base/place", "a": "any"}


def test_a_reference_into_another_schema_has_a_name() -> None:
    inner = "{type: object, properties: {b: {}}}"
    body = f"{{type: object, properties: {{a: {inner}, c: {{$ref: '#/components/schemas/A/properties/a'}}}}}}"
    found, _ = schema(body)
    assert told(found) == {"a": "$A/a", "c": "$A/a"}


def test_chains_of_references_are_followed_to_their_end() -> None:
    api = lowered(
        "components:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/C'}\n"
        "    C: {type: object, nullable: true, properties: {a: {$ref: '#/components/schemas/A'}}}\n"
    ).api
    assert {item.name: told(item.schema) for item in api.schemas} == {
        "A": ("$C", "?"), "B": ("$C", "?"), "C": ({"a": ("$C", "?")}, "?"),
    }  # fmt: skip


@pytest.mark.parametrize("folder", ["", "specs/", "/somewhere/else/"])
def test_schemas_of_other_files_have_the_same_names_wherever_the_document_lies(folder: str) -> None:
    files = {
        "parts/one.yaml": b"Pet: {type: object, properties: {a: {$ref: 'two.yaml#/Pet'}}}",
        "parts/two.yaml": b"Pet: {type: object, properties: {b: {type: string}}}",
    }
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
        "    Mine: {type: object, properties: {pet: {$ref: 'parts/one.yaml#/Pet'}}}\n"
    )
    document = load(text.encode(), file=f"{folder}a.yaml")
    api = lower(document, Resolver(document, files.__getitem__)).api
    assert [item.name for item in api.schemas] == ["Mine", "Pet/", "Pet//3addacab"]


def test_a_document_cannot_make_a_large_program_of_a_short_chain() -> None:
    count = 800
    chain = "".join(
        f"    A{number}: {{properties: {{p{number}: {{}}}}, allOf: [{{$ref: '#/components/schemas/A{number + 1}'}}]}}\n"
        for number in range(count)
    )
    with pytest.raises(ApiscribeError, match="allOf brings together more than"):
        lowered(f"components:\n  schemas:\n{chain}    A{count}: {{type: object}}\n")


def test_secrets_are_known_by_mark_format_or_name() -> None:
    found, _ = schema(
        "{properties: {a: {x-secret: true}, b: {type: string, format: password}, db_password: {}, c: {}}}"
    )
    assert isinstance(found, ir.ObjectSchema)
    assert [item.name for item in found.properties if item.schema.secret] == ["a", "b", "db_password"]


def test_bounds_in_both_spellings() -> None:
    old, _ = schema("{type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9}", "3.0.3")
    new, _ = schema("{type: integer, exclusiveMinimum: 1, maximum: 9}")
    for found in (old, new):
        assert isinstance(found, ir.NumberSchema)
        assert (found.minimum, found.exclusive_minimum, found.maximum) == (None, 1, 9)


def test_warnings_have_a_place() -> None:
    xml = "{content: {application/xml: {schema: {type: object}}}}"
    result = lowered(f"paths: {{/a: {{put: {{requestBody: {xml}, responses: {{'200': {{description: a}}}}}}}}}}\n")
    (line,) = warnings(result.diagnostics)
    place = "/paths/~1a/put/requestBody/content/application~1xml/schema"
    assert line.startswith(f"warning: a.yaml:3: {place}: the schema of application/xml is not used")


def test_properties_of_choices_may_have_a_list_as_their_default() -> None:
    listed = "{properties: {a: {type: array, items: {type: string}, default: [x]}}}"
    combined, _ = schema(f"{{anyOf: [{listed}, {{properties: {{b: {{type: string}}}}}}], {listed[1:-1]}}}")
    assert isinstance(combined, ir.ObjectSchema)
    assert [(item.name, item.schema.default) for item in combined.properties] == [("a", ["x"]), ("b", ir.ABSENT)]
