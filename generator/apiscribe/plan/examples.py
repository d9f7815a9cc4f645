"""Examples: calls with values that fit, out of the document's own examples where it has any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apiscribe import ir
from apiscribe.code import Code, dict_of, fill, identifier, joined, literal
from apiscribe.naming import words
from apiscribe.plan.demands import met
from apiscribe.plan.layout import laid_out
from apiscribe.plan.names import argument_key, body_object
from apiscribe.plan.operations import arguments_of, unmodelled_body
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.streams import asked_by
from apiscribe.plan.stubs_patterns import surely_matches
from apiscribe.plan.stubs_scalars import MAX_NUMBER, MAX_TEXT, NoSampleError, accepts, text_for
from apiscribe.plan.uses import followed, is_class, streams_of

_WIDTH = 88
_SHOWN_FIELDS = 2
# What these send in a body that may be left out says nothing of what they are for.
_READS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
_MAX_DEPTH = 8
_MAX_ITEMS = 100
_UUID = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"
# What a text of a well-known format, or one whose name ends in a well-known word, may look like.
_TEXTS = {
    "date-time": "2026-01-31T09:00:00Z", "date": "2026-01-31", "uuid": _UUID, "email": "name@example.com",
    "uri": "https://example.com", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "id": _UUID, "url": "https://example.com",
    "description": "nightly run", "domain": "example.com", "name": "example", "version": "1.0", "ip": "192.0.2.1",
}  # fmt: skip
_SECRETS = frozenset({"password", "secret", "token"})
_SECRET = "change-me"  # noqa: S105 - stands for a secret in an example
_TOLD = ("state", "status", "name", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An expression that stands for a value, and the models it constructs."""

    code: Code
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The keyword arguments of an example call, and the models it constructs."""

    method: Code
    arguments: tuple[Code, ...]
    classes: frozenset[str]

    def text(self, target: str, indent: int = 0) -> str:
        """Print the call on one line, or with a line for each argument; `target` is what stands before the name."""
        return call_text(f"{target}{self.method}", self.arguments, indent)


def call_text(function: str, arguments: Iterable[Code], indent: int = 0, end: str = "") -> str:
    """Print a call as a formatter would: on one line, or with a line for each argument."""
    given = tuple(arguments)
    flat = f"{' ' * indent}{function}({', '.join(given)}){end}"
    if len(flat) <= _WIDTH:
        return flat
    inner = "".join(f"{' ' * (indent + 4)}{laid_out(argument, _WIDTH, indent + 4)},\n" for argument in given)
    return f"{' ' * indent}{function}(\n{inner}{' ' * indent}){end}"


def example_call(
    plan: ServicePlan, operation: ir.Operation, *, called: str = "", fields: int = _SHOWN_FIELDS, without: str = ""
) -> Call:
    """Make an example call: what is required, and a few of the plain fields that may be left out.

    `called` is the name of a method that works through the operation's own, if that is called instead; `without` is the
    argument that it does not have.
    """
    names = plan.names.arguments[operation.id]
    switch = _switch(plan, operation)
    given: list[tuple[str, Given]] = []
    for item in arguments_of(operation):
        if item.required or item.location is ir.Location.PATH:
            name = names[argument_key(item.location, item.name)]
            example = False if (item.location.value, item.name) == switch else item.example
            given.append((name, _value(plan, item.schema, item.name, example)))
    given += _body(plan, operation, fields, switch)
    return Call(
        method=identifier(called or plan.names.methods[operation.id]),
        arguments=tuple(fill("{}={}", identifier(name), value.code) for name, value in given if name != without),
        classes=frozenset(name for _, value in given for name in value.classes),
    )


def plain_fields(plan: ServicePlan, operation: ir.Operation) -> tuple[ir.Property, ...]:
    """List the fields of a body that one literal fills: no secrets, no objects, no lists."""
    schema = plan.schemas.get(body_object(operation, plan.schemas))
    members = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
    return tuple(item for item in members if _is_plain(plan, item))


def told_fields(plan: ServicePlan, schema: ir.Schema | None) -> tuple[Code, ...]:
    """Name the one or two fields of a model that tell most about it."""
    name, target = model_of(plan, schema)
    if target is None:
        return ()
    plain = [item.name for item in target.properties if _is_plain(plan, item)]
    ranked = sorted(plain, key=lambda wire: (_rank(wire), plain.index(wire)))
    return tuple(identifier(plan.names.fields[name][wire]) for wire in ranked[:_SHOWN_FIELDS])


def model_of(plan: ServicePlan, schema: ir.Schema | None) -> tuple[str, ir.ObjectSchema | None]:
    """Give the name and meaning of the model that a schema refers to, if it does refer to one."""
    seen: set[str] = set()
    name = ""
    while isinstance(schema, ir.RefSchema) and schema.name not in seen:
        name = schema.name
        seen.add(name)
        schema = plan.schemas.get(name)
    return (name, schema) if name and isinstance(schema, ir.ObjectSchema) and is_class(schema) else ("", None)


def success_schema(operation: ir.Operation) -> ir.Schema | None:
    """Give the schema of the first success that has a body."""
    successes = [item for item in operation.responses if item.status.startswith("2") and item.content is not None]
    return successes[0].content.schema if successes and successes[0].content is not None else None


def _rank(wire: str) -> int:
    last = words(wire)[-1:]
    return _TOLD.index(last[0]) if last and last[0] in _TOLD else len(_TOLD)


def _is_plain(plan: ServicePlan, item: ir.Property) -> bool:
    target = followed(item.schema, plan.schemas)
    plain = (ir.StringSchema, ir.NumberSchema, ir.BooleanSchema, ir.EnumSchema)
    return isinstance(target, plain) and not item.schema.secret and not item.schema.read_only


def _switch(plan: ServicePlan, operation: ir.Operation) -> tuple[str, str]:
    """Give the place and name of what asks for a stream: the plain method is called without it, or with False."""
    asked = asked_by(operation, plan.schemas) if streams_of(operation) else None
    return (asked.place, asked.name) if asked is not None else ("", "")


def _body(plan: ServicePlan, operation: ir.Operation, shown: int, switch: tuple[str, str]) -> list[tuple[str, Given]]:
    body = operation.body
    if body is None or (not body.required and operation.method in _READS):
        return []
    owner = body_object(operation, plan.schemas)
    schema = plan.schemas.get(owner)
    example = body.content.example
    if not isinstance(schema, ir.ObjectSchema):
        if body.content.schema is None:
            return [("body", Given(code=unmodelled_body(body.content.name)[1]))]
        return [("body", _value(plan, body.content.schema, "body", example))]
    names = plan.names.arguments[operation.id]
    members = [item for item in schema.properties if not item.schema.read_only]
    optional = [item.name for item in plain_fields(plan, operation) if not item.required]
    extra = [name for name in optional if ("body", name) != switch][:shown]
    shown_names = met(schema, [item.name for item in members if item.required or item.name in extra])
    told = {item.name: False if ("body", item.name) == switch else _member(example, item.name) for item in members}
    return [
        (names[argument_key("body", item.name)], _value(plan, item.schema, item.name, told[item.name]))
        for item in members
        if item.name in shown_names
    ]


def _member(example: object, name: str) -> ir.JsonValue | ir.Absent:
    if not isinstance(example, Mapping):
        return ir.ABSENT
    value: ir.JsonValue | ir.Absent = example.get(name, ir.ABSENT)
    return value


def _value(plan: ServicePlan, schema: ir.Schema, wire: str, example: object, depth: int = 0) -> Given:
    """Make a value of a schema; an example counts where it is a scalar of the right kind and says something."""
    if schema.secret:
        return Given(code=literal(_SECRET))
    name, model = model_of(plan, schema)
    if model is not None and depth < _MAX_DEPTH:
        return _constructed(plan, name, model, example, depth)
    target = followed(schema, plan.schemas)
    match target:
        case ir.ArraySchema(items=items, min_items=low):
            if depth >= _MAX_DEPTH or (low == 0 and depth):
                return Given(code=literal([]))
            first = example[0] if isinstance(example, list) and example else ir.ABSENT
            item = _value(plan, items, wire, first, depth + 1)
            count = max(low or 1, 1) if (low or 1) <= _MAX_ITEMS else 1
            return Given(code=fill("[{}]", joined(", ", [item.code] * count)), classes=item.classes)
        case ir.UnionSchema(members=members):
            return _value(plan, members[0], wire, example, depth + 1)
        case ir.ObjectSchema(properties=properties) if properties:
            return _mapping(plan, properties, example, depth)
        case ir.ObjectSchema() | ir.AnySchema():
            return Given(code=literal(_like(example, wire) if example is not ir.ABSENT else {}))
    return Given(code=literal(_scalar(target, wire, example)))


def _constructed(plan: ServicePlan, name: str, model: ir.ObjectSchema, example: object, depth: int) -> Given:
    fields = plan.names.fields[name]
    wanted = met(model, [item.name for item in model.properties if item.required])
    needed = [item for item in model.properties if item.name in wanted and not item.schema.read_only]
    given = [
        (fields[item.name], _value(plan, item.schema, item.name, _member(example, item.name), depth + 1))
        for item in needed
    ]
    own = plan.names.classes[name]
    inner = joined(", ", [fill("{}={}", identifier(field), value.code) for field, value in given])
    classes = frozenset({own}).union(*(value.classes for _, value in given))
    return Given(code=fill("{}({})", identifier(own), inner), classes=classes)


def _mapping(plan: ServicePlan, properties: tuple[ir.Property, ...], example: object, depth: int) -> Given:
    needed = [item for item in properties if item.required and depth < _MAX_DEPTH]
    given = [
        (item.name, _value(plan, item.schema, item.name, _member(example, item.name), depth + 1)) for item in needed
    ]
    code = dict_of((literal(name), value.code) for name, value in given)
    return Given(code=code, classes=frozenset(name for _, value in given for name in value.classes))


def _like(example: object, wire: str) -> ir.JsonValue:
    """Give an example back, with something to read in place of empty texts and nothing of a secret."""
    named = words(wire)
    if isinstance(example, Mapping):
        return {str(key): _like(value, str(key)) for key, value in example.items()}
    if isinstance(example, list):
        return [_like(value, wire) for value in example]
    if _SECRETS.intersection(named):
        return _SECRET
    if isinstance(example, str):
        return example.strip() or _TEXTS.get(named[-1] if named else "") or "-".join(named) or "text"
    return example if isinstance(example, int | float) else None


def _scalar(schema: ir.Schema | None, wire: str, example: object) -> ir.JsonValue:
    default = schema.default if schema is not None else ir.ABSENT
    match schema:
        case ir.EnumSchema(values=values):
            told = [value for value in (example, default) if value in values and not isinstance(value, bool)]
            return next((value for value in values if told and value == told[0]), values[0])
        case ir.BooleanSchema():
            return next((value for value in (example, default) if isinstance(value, bool)), True)
        case ir.NumberSchema():
            return _number(schema, example)
        case ir.StringSchema():
            return _text(schema, wire, example)
        case ir.NullSchema():
            return None
    return {}


def _number(schema: ir.NumberSchema, example: object) -> int | float:
    kinds = int if schema.integer else int | float
    for value in (example, schema.default):
        if isinstance(value, kinds) and not isinstance(value, bool) and isinstance(value, int | float):
            return value
    low = schema.minimum if schema.minimum is not None else schema.exclusive_minimum
    least: float = 1 if low is None or low < 1 else low + (schema.exclusive_minimum is not None)
    high = schema.maximum
    chosen = high if high is not None and high < least else least
    if schema.integer:
        return int(chosen)
    return float(chosen) if abs(chosen) <= MAX_NUMBER else chosen


def _text(schema: ir.StringSchema, wire: str, example: object) -> str:
    for value in (example, schema.default):
        if isinstance(value, str) and value.strip():
            return value
    named = words(wire)
    known = _TEXTS.get(schema.format) or (_TEXTS.get(named[-1]) if named else None)
    chosen = (known or "-".join(named) or "text")[: schema.max_length]
    chosen = chosen.ljust(min(schema.min_length or 0, MAX_TEXT), "x")
    if accepts(schema, chosen) and (not schema.pattern or surely_matches(schema.pattern, chosen)):
        return chosen
    try:
        return text_for(schema, wire)
    except NoSampleError:
        return chosen
