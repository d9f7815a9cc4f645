"""Discriminators: the member that a property names takes the value, stated or inferred, in both clients."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .client_room import BOTH, Answer, LoopbackServer, run
from .generation import built, headed, imported, lowered, warnings

ZOO = headed("""
servers: [{url: 'https://zoo.example'}]
paths:
  /pets:
    get: {operationId: listPets, responses: {'200': {description: ok, content: {application/json: {schema:
      {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}}
    post:
      operationId: addPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}}
    patch: {operationId: readSign, responses: {'200': {description: ok, content: {application/json: {schema:
      {$ref: '#/components/schemas/Sign'}}}}}}
    put:
      operationId: putShape
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}},
        application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Shape'}}}}
      responses: {'204': {description: ok}}
  /event:
    get: {operationId: getEvent, responses: {'200': {description: ok, content: {application/json: {schema:
      {oneOf: [{$ref: '#/components/schemas/Made'}, {$ref: '#/components/schemas/Gone'}]}}}}}}
  /either:
    get: {operationId: getEither, responses: {'200': {description: ok, content: {application/json: {schema:
      {anyOf: [{$ref: '#/components/schemas/Weather'}, {$ref: '#/components/schemas/Noise'}]}}}}}}
  /weather:
    get: {operationId: getWeather, responses: {'200': {description: ok,
      headers: {X-Was: {content: {application/json: {schema: {$ref: '#/components/schemas/Weather'}}}}},
      content: {application/json: {schema: {$ref: '#/components/schemas/Weather'}}}}}}
  /days:
    get: {operationId: listWeather, responses: {'200': {description: ok, content: {application/json: {schema:
      {type: array, items: {$ref: '#/components/schemas/Weather'}}}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}, name: {type: string}, parent: {$ref: '#/components/schemas/Pet'}}
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', big cat: Lion}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
    Lion: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {mane: {type: boolean}}}]}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator: {propertyName: type, mapping: {Circle: Circle}}
    Sign:
      oneOf: [{$ref: '#/components/schemas/Arrow'}, {$ref: '#/components/schemas/Board'}]
      discriminator: {propertyName: type}
    Arrow: {type: object, required: [to], properties: {type: {type: string}, to: {type: string}}}
    Board: {type: object, required: [says], properties: {type: {type: string}, says: {type: string}}}
    Circle: {type: object, properties: {type: {type: string}, size: {type: number}}}
    Square: {type: object, properties: {type: {type: string}, size: {type: number}}}
    Made: {type: object, properties: {what: {enum: [made, born]}, id: {type: string}}}
    Gone: {allOf: [{type: object, properties: {what: {const: gone}}}, {properties: {id: {type: string}}}]}
    Weather:
      oneOf: [{$ref: '#/components/schemas/Rain'}, {$ref: '#/components/schemas/UnknownMember'}]
      discriminator: {propertyName: sky, mapping: {wet: Rain, odd: UnknownMember}}
    Noise:
      oneOf: [{$ref: '#/components/schemas/Bang'}, {$ref: '#/components/schemas/Hiss'}]
      discriminator: {propertyName: noise, mapping: {bang: Bang, hiss: Hiss}}
    Bang: {type: object, required: [noise], properties: {noise: {type: string}, loud: {type: integer}}}
    Hiss: {type: object, required: [noise], properties: {noise: {type: string}, long: {type: integer}}}
    Rain: {type: object, required: [sky], properties: {sky: {type: string}, mm: {type: integer}}}
    UnknownMember: {type: object, required: [sky], properties: {sky: {type: string}, mm: {type: integer}}}
""")


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(ZOO, package="zoo")
    assert warnings(made.diagnostics) == []
    with imported(made.texts, tmp_path_factory.mktemp("zoo"), "zoo") as package:
        yield package


def answered(kind: str, package: ModuleType, body: Any, work: Any, **settings: Any) -> Any:
    with LoopbackServer(default=Answer(json=body)) as server:
        value = run(kind, "Shop", work, package=package, credentials=None, base_url=server.base_url, **settings)
        return value, server.requests[-1]


@BOTH
@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"type": "Circle", "size": 1}, "Circle"),
        ({"type": "Square", "size": 1}, "Square"),
        ({"type": "Square", "size": 1, "new": [2]}, "Square"),
    ],
)
def test_the_name_of_a_member_means_it(zoo: ModuleType, kind: str, body: Any, name: str) -> None:
    value, _ = answered(kind, zoo, body, lambda client: client.add_pet(body={"kind": "cat"}))
    assert (type(value).__name__, value.model_dump(by_alias=True, exclude_unset=True)) == (name, body)


@BOTH
@pytest.mark.parametrize(
    ("event", "name"), [({"what": "made"}, "Made"), ({"what": "born", "id": "1"}, "Made"), ({"what": "gone"}, "Gone")]
)
def test_constants_tell_members_apart_without_a_discriminator(
    zoo: ModuleType, kind: str, event: Any, name: str
) -> None:
    value, _ = answered(kind, zoo, event, lambda client: client.get_event())
    assert type(value).__name__ == name


@BOTH
def test_a_reference_to_a_schema_takes_what_extends_it(zoo: ModuleType, kind: str) -> None:
    pets = [
        {"kind": "cat", "lives": 9},
        {"kind": "big cat", "mane": True, "parent": {"kind": "Lion", "lives": 1}},
        {"kind": "Pet", "name": "Rex"},
        {"kind": "cat"},
    ]
    value, _ = answered(kind, zoo, pets, lambda client: client.list_pets(), validate="strict")
    assert [type(pet).__name__ for pet in value] == ["Cat", "Lion", "Pet", "Cat"]
    assert type(value[1].parent).__name__ == "Lion"
    assert [pet.model_dump(exclude_unset=True) for pet in value] == pets


@BOTH
def test_an_unknown_heir_is_what_it_extends(zoo: ModuleType, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    pets = [{"kind": "axolotl", "mane": True}, {"lives": "many", "kind": "cat"}]
    with caplog.at_level(logging.WARNING):
        value, _ = answered(kind, zoo, pets, lambda client: client.list_pets())
    assert (type(value[0]).__name__, value[0].kind) == ("Pet", "axolotl")
    assert (type(value[1]).__name__, value[1].lives) == ("Cat", "many")
    assert warned(caplog) == ["response differs from its documentation: Cat.lives: text is not what is documented"]


@BOTH
@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        ({"what": "sold", "id": "7", "to": {"a": 1}}, "what is none of made, born, gone"),
        ({"what": "sold", "many": list(range(9000))}, "what is none of made, born, gone"),
    ],
)
def test_a_member_that_is_not_known_keeps_what_came(
    zoo: ModuleType, kind: str, event: Any, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        value, _ = answered(kind, zoo, event, lambda client: client.get_event())
    assert type(value) is zoo.UnknownMember
    assert (value.what, value.model_dump()) == ("sold", event)
    assert warned(caplog) == [f"response differs from its documentation: get_event: {wrong}"]
    with pytest.raises(zoo.ResponseValidationError, match=f"operation returns: .*{wrong}"):
        answered(kind, zoo, event, lambda client: client.get_event(), validate="strict")


@BOTH
def test_a_long_list_may_be_all_of_a_member_that_is_not_known(zoo: ModuleType, kind: str) -> None:
    days = [{"sky": "red", "mm": number} for number in range(12_000)]
    value, _ = answered(kind, zoo, days, lambda client: client.list_weather())
    assert {type(day) for day in value} == {zoo.UnknownMember}
    assert [day.mm for day in value] == list(range(12_000))


@BOTH
def test_what_was_read_as_unknown_is_sent_back_and_nothing_else_is(zoo: ModuleType, kind: str) -> None:
    shape, _ = answered(
        kind, zoo, {"type": "Star", "size": 1, "rays": 5}, lambda client: client.add_pet(body={"kind": "a"})
    )
    assert (type(shape).__name__, shape.rays) == ("UnknownMember", 5)
    _, request = answered(kind, zoo, {"type": "Circle"}, lambda client: client.put_shape(body=shape))
    assert request.json() == {"type": "Star", "size": 1, "rays": 5}
    made = zoo.UnknownMember(type="Ring", size=2)
    _, request = answered(kind, zoo, {"type": "Circle"}, lambda client: client.put_shape(body=made))
    assert request.json() == {"type": "Ring", "size": 2}
    form = "application/x-www-form-urlencoded"
    _, request = answered(kind, zoo, None, lambda client: client.put_shape(body=made, content_type=form))
    assert sorted(request.body.split(b"&")) == [b"size=2", b"type=Ring"]
    with pytest.raises(zoo.RequestValidationError, match="type is none of Circle, Square"):
        answered(kind, zoo, None, lambda client: client.put_shape(body={"type": "Star"}))


@BOTH
@pytest.mark.parametrize(
    ("sign", "member"),
    [
        ({"type": "arrow", "to": "a"}, "Arrow"),
        ({"type": "board-2", "says": "a"}, "Board"),
        ({"type": "Board", "says": "a", "to": "b"}, "Board"),
        ({"type": "Arrow", "says": "a", "to": "b"}, "Arrow"),
    ],
)
def test_values_that_nothing_states_may_be_others_than_names_of_schemas(
    zoo: ModuleType, kind: str, sign: Any, member: str
) -> None:
    value, _ = answered(kind, zoo, sign, lambda client: client.read_sign(), validate="strict")
    assert (type(value).__name__, value.model_dump(by_alias=True)) == (member, sign)


@BOTH
@pytest.mark.parametrize(
    ("value", "member"),
    [
        ({"sky": "wet", "mm": "2"}, "Rain"),
        ({"sky": "red", "mm": 2}, "UnknownMember"),
        ({"noise": "hiss", "long": "2"}, "Hiss"),
        ({"noise": "hum", "long": 2}, "UnknownMember"),
    ],
)
def test_of_two_choices_counts_that_whose_property_is_there(
    zoo: ModuleType, kind: str, value: Any, member: str
) -> None:
    found, _ = answered(kind, zoo, value, lambda client: client.get_either())
    assert (type(found).__name__, found.model_dump(exclude_unset=True)) == (member, value)


@BOTH
def test_a_schema_may_be_called_as_the_unknown_member(zoo: ModuleType, kind: str) -> None:
    own = zoo.shop.v1.models.UnknownMember
    for value, member in (({"sky": "odd", "mm": "2"}, own), ({"sky": "red"}, zoo.UnknownMember)):
        found, _ = answered(kind, zoo, value, lambda client: client.get_weather())
        assert (type(found), found.model_dump(exclude_unset=True)) == (member, value)
    with pytest.raises(zoo.ResponseValidationError, match="unknown member: sky is none of wet, odd"):
        answered(kind, zoo, {"sky": "red", "mm": 2}, lambda client: client.get_weather(), validate="strict")


@BOTH
def test_a_header_may_have_an_unknown_member(zoo: ModuleType, kind: str) -> None:
    told = Answer(json={"sky": "wet"}, headers=(("X-Was", '{"sky": "red", "mm": 2}'),))
    with LoopbackServer(default=told) as server:
        settings: Any = {"package": zoo, "credentials": None, "base_url": server.base_url}
        was = run(kind, "Shop", lambda client: client.with_raw_response.get_weather(), **settings).typed_headers.x_was
    assert (type(was), was.model_dump()) == (zoo.UnknownMember, {"sky": "red", "mm": 2})


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give what was warned of, without the operation."""
    return [record.getMessage().partition(": ")[2] for record in caplog.records if record.levelname == "WARNING"]


@BOTH
def test_a_request_is_checked_and_sent_as_the_member_it_is(zoo: ModuleType, kind: str) -> None:
    models = zoo.shop.v1.models
    circle = {"type": "Circle"}
    lion = models.Lion(kind="big cat", mane=True, lives=1)
    _, request = answered(kind, zoo, circle, lambda client: client.add_pet(body=lion))
    assert request.json() == {"kind": "big cat", "lives": 1, "mane": True}
    _, request = answered(kind, zoo, circle, lambda client: client.add_pet(body={"kind": "cat", "lives": 9}))
    assert request.json() == {"kind": "cat", "lives": 9}
    with pytest.raises(zoo.RequestValidationError, match=r"addPet: Cat\.mane: Extra inputs are not permitted"):
        answered(kind, zoo, circle, lambda client: client.add_pet(body={"kind": "cat", "mane": True}))


def test_a_value_that_leads_elsewhere_is_left_out_of_the_choice() -> None:
    found = lowered("""
components:
  schemas:
    A: {type: object, properties: {k: {type: string}}}
    B: {type: object, properties: {k: {type: string}}}
    C: {type: object, properties: {k: {type: string}}}
    U:
      oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
      discriminator: {propertyName: k, mapping: {a: A, c: C}}
""")
    assert warnings(found.diagnostics) == [
        "warning: a.yaml:12: /components/schemas/U/discriminator/mapping/c: "
        "this value leads to a schema that is none of the choice; it is left out"
    ]
    union = {item.name: item.schema for item in found.api.schemas}["U"]
    assert union.discriminator.tags == (("a", "A"), ("A", "A"), ("B", "B"))


INPUT = headed("""
servers: [{url: 'https://input.example'}]
paths:
  /input:
    get: {operationId: showInput, responses: {'200': {description: ok, content: {application/json: {schema:
      {type: array, items: {$ref: '#/components/schemas/Input'}}}}}}}
    post:
      operationId: sendInput
      requestBody: {required: true, content: {application/json: {schema:
        {type: array, items: {$ref: '#/components/schemas/Input'}}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    Input:
      oneOf:
        - $ref: '#/components/schemas/Easy'
        - $ref: '#/components/schemas/Item'
        - $ref: '#/components/schemas/Reference'
      discriminator: {propertyName: type}
    Item:
      oneOf:
        - $ref: '#/components/schemas/Asked'
        - $ref: '#/components/schemas/Answered'
        - $ref: '#/components/schemas/Call'
      discriminator: {propertyName: type}
    Easy: {type: object, properties: {type: {enum: [message]}, content: {type: string}}}
    Asked:
      type: object
      required: [type, content]
      properties: {type: {enum: [message]}, content: {type: array, items: {type: string}}}
    Answered:
      type: object
      required: [type, content, id]
      properties: {type: {enum: [message]}, content: {type: array, items: {type: string}}, id: {type: string}}
    Call: {type: object, required: [type], properties: {type: {const: call}, of: {type: string}}}
    Reference:
      type: object
      required: [to]
      properties: {type: {anyOf: [{type: string, enum: [reference]}, {type: 'null'}]}, to: {type: string}}
""")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(INPUT, package="inputs")
    assert warnings(made.diagnostics) == []
    with imported(made.texts, tmp_path_factory.mktemp("inputs"), "inputs") as package:
        yield package


@BOTH
@pytest.mark.parametrize(
    ("item", "member"),
    [
        ({"type": "message", "content": "a"}, "Easy"),
        ({"type": "message", "content": ["a"]}, "Asked"),
        ({"type": "message", "content": ["a"], "id": "1"}, "Answered"),
        ({"content": "a"}, "Easy"),
        ({"type": "call"}, "Call"),
        ({"type": "call", "of": "b"}, "Call"),
        ({"type": "reference", "to": "b"}, "Reference"),
        ({"type": None, "to": "b"}, "Reference"),
    ],
)
def test_a_choice_within_a_choice_and_a_value_of_several_members(
    inputs: ModuleType, kind: str, item: Any, member: str
) -> None:
    value, _ = answered(kind, inputs, [item], lambda client: client.show_input(), validate="strict")
    assert [(type(one).__name__, one.model_dump(by_alias=True, exclude_unset=True)) for one in value] == [
        (member, item)
    ]
    _, request = answered(kind, inputs, None, lambda client: client.send_input(body=[item, *value]))
    assert request.json() == [item, item]


@BOTH
def test_what_no_choice_within_a_choice_knows_is_unknown(inputs: ModuleType, kind: str) -> None:
    item = {"type": "image", "of": "b"}
    value, _ = answered(kind, inputs, [item], lambda client: client.show_input())
    assert [type(one) for one in value] == [inputs.UnknownMember]
    with pytest.raises(inputs.RequestValidationError, match="type is none of message, call, reference"):
        answered(kind, inputs, None, lambda client: client.send_input(body=[item]))
    with pytest.raises(inputs.RequestValidationError, match=r"sendInput: 0\.Call\.to: Extra inputs are not permitted"):
        answered(kind, inputs, None, lambda client: client.send_input(body=[{"type": "call", "to": "b"}]))


def test_the_choosing_is_written_once_beside_the_models(zoo: ModuleType) -> None:
    assert zoo.__file__ is not None
    text = (Path(zoo.__file__).parent / "shop" / "v1" / "models" / "cat.py").read_text(encoding="utf-8")
    told = '{"cat": "Cat", "big cat": "Lion", "Cat": "Cat", "Lion": "Lion", "Pet": "Pet"}'
    assert f'PetAny: TypeAlias = Annotated[Cat | Lion | Pet, _Choice("kind", {told}, other="Pet")]' in text
