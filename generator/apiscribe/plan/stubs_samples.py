"""Samples: schemas and documented examples go in, values that a call can send or a server answer come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from apiscribe import ir
from apiscribe.plan.demands import met
from apiscribe.plan.stubs_scalars import (
    MAX_DEPTH,
    MAX_NODES,
    NoSampleError,
    accepts,
    is_usable,
    number_for,
    text_for,
    upper,
    without_placeholders,
    worded,
)
from apiscribe.plan.uses import followed, is_class

_MAX_ITEMS = 20
_SECRET = "stub-secret"  # noqa: S105 - a value that says what it is


class Samples:
    """Derives values from the schemas of one service version; `fields` holds its Python names by schema."""

    def __init__(self, schemas: Mapping[str, ir.Schema], fields: Mapping[str, Mapping[str, str]]) -> None:
        self._schemas = schemas
        self._fields = fields

    def made(
        self, schema: ir.Schema, name: str = "", number: int = 1, *, full: int = 0, most: int = MAX_NODES
    ) -> ir.JsonValue:
        """Make a value from nothing: of objects what is required, and everything in the first `full` levels.

        Texts tell the `name` of what they are for and numbers are about `number`, so that no two values are mixed up.
        There are at most `most` values in it.

        Raises:
            NoSampleError: the schema accepts nothing, never ends, or asks for more than can be shown.
        """
        return _Maker(self, self._schemas, most).value(schema, Hint(name=name, number=number, full=full))

    def accepted(self, schema: ir.Schema, value: ir.JsonValue | ir.Absent) -> ir.JsonValue | ir.Absent:
        """Give what of a documented value a request may hold, required parts that are not in it made; else ABSENT."""
        if isinstance(value, ir.Absent) or not is_usable(value):
            return ir.ABSENT
        plain = without_placeholders(value)
        return plain if isinstance(plain, ir.Absent) else self._accepted(schema, plain)

    def answered(self, schema: ir.Schema, value: ir.JsonValue | ir.Absent) -> ir.JsonValue | ir.Absent:
        """Give a documented answer without placeholders, or ABSENT if it is not even of the schema's kind."""
        if isinstance(value, ir.Absent) or not is_usable(value):
            return ir.ABSENT
        plain = without_placeholders(value)
        if plain is None or isinstance(plain, ir.Absent) or not self._is_of_kind(schema, plain):
            return ir.ABSENT
        return self._unmistakable(schema, plain)

    def followed(self, schema: ir.Schema | None) -> ir.Schema | None:
        """Follow references to the schema they end at."""
        return followed(schema, self._schemas)

    def unknown(self, schema: ir.Schema | None, value: ir.JsonValue, place: str = "") -> Iterator[str]:
        """Name the keys of an answer that the schema does not document, by their places in it.

        Below a union every key is named, since it is not known which member's model takes the value.
        """
        target = self.followed(schema)
        if isinstance(value, list):
            items = target.items if isinstance(target, ir.ArraySchema) else None
            for item in value if not isinstance(target, ir.AnySchema) else ():
                yield from self.unknown(items if items is not None else target, item, place)
        elif isinstance(value, dict):
            known = {item.name: item.schema for item in getattr(target, "properties", ())}
            further = getattr(target, "additional", None)
            inner = (
                target if isinstance(target, ir.UnionSchema) else further if isinstance(further, ir.Schema) else None
            )
            for key, item in value.items():
                if key not in known and (known or isinstance(target, ir.UnionSchema)):
                    yield f"{place}{key}"
                yield from self.unknown(known.get(key, inner), item, f"{place}{key}.")

    def class_of(self, schema: ir.Schema | None) -> str:
        """Name the schema that becomes the class of a value, or nothing where it becomes none."""
        seen: set[str] = set()
        while isinstance(schema, ir.RefSchema) and schema.name not in seen:
            seen.add(schema.name)
            name, schema = schema.name, self._schemas.get(schema.name)
            if schema is not None and is_class(schema):
                return name
        return ""

    def is_nullable(self, schema: ir.Schema) -> bool:
        """Tell whether null is documented as a value."""
        target = self.followed(schema)
        return schema.nullable or isinstance(target, ir.NullSchema) or (target is not None and target.nullable)

    def _accepted(self, schema: ir.Schema, value: ir.JsonValue) -> ir.JsonValue | ir.Absent:
        target = self.followed(schema)
        if target is None or isinstance(target, ir.AnySchema):
            return value
        if value is None:
            return None if self.is_nullable(schema) else ir.ABSENT
        match target:
            case ir.UnionSchema(members=members):
                found = (self._accepted(member, value) for member in members)
                return next((item for item in found if not isinstance(item, ir.Absent)), ir.ABSENT)
            case ir.ArraySchema():
                return self._accepted_items(target, value) if isinstance(value, list) else ir.ABSENT
            case ir.ObjectSchema():
                name = self.class_of(schema)
                return self._accepted_members(target, value, name) if isinstance(value, dict) else ir.ABSENT
        return value if accepts(target, value) else ir.ABSENT

    def _accepted_items(self, schema: ir.ArraySchema, value: list[ir.JsonValue]) -> ir.JsonValue | ir.Absent:
        found = (self._accepted(schema.items, item) for item in value)
        items = [item for item in found if not isinstance(item, ir.Absent)]
        return items if (schema.min_items or 0) <= len(items) <= upper(schema.max_items) else ir.ABSENT

    def _accepted_members(
        self, schema: ir.ObjectSchema, value: dict[str, ir.JsonValue], name: str
    ) -> ir.JsonValue | ir.Absent:
        known = {item.name: item for item in schema.properties}
        found: dict[str, ir.JsonValue] = {}
        for key, item in known.items():
            if item.schema.read_only:
                continue
            given = self._accepted(item.schema, value[key]) if key in value and not item.schema.secret else ir.ABSENT
            if isinstance(given, ir.Absent) and item.required:
                try:
                    given = self.made(item.schema, key)
                except NoSampleError:
                    return ir.ABSENT
            if not isinstance(given, ir.Absent):
                found[key] = given
        wanted = met(schema, found)
        if not set(wanted) <= found.keys():
            return ir.ABSENT
        found = {key: found[key] for key in found if key in wanted}
        own = set(self._fields.get(name, {}).values())
        further = schema.additional if schema.additional is not None or known else True
        for key, member in value.items():
            if key in known or key in own or further in (None, False):
                continue
            kept = self._accepted(further, member) if isinstance(further, ir.Schema) else member
            if not isinstance(kept, ir.Absent):
                found[key] = kept
        return found

    def _is_of_kind(self, schema: ir.Schema, value: ir.JsonValue) -> bool:
        target = self.followed(schema)
        match target:
            case None | ir.AnySchema():
                return True
            case ir.UnionSchema(members=members):
                return any(self._is_of_kind(member, value) for member in members)
            case ir.ArraySchema():
                return isinstance(value, list)
            case ir.ObjectSchema():
                return isinstance(value, dict)
        return accepts(target, value)

    def _unmistakable(self, schema: ir.Schema | None, value: ir.JsonValue) -> ir.JsonValue:
        # A key that the schema does not know may equal the Python name of another one, which models take as well;
        # Base64 that is not written in the one way that encoding gives does not come back as it was.
        target = self.followed(schema)
        if isinstance(value, list) and isinstance(target, ir.ArraySchema):
            return [self._unmistakable(target.items, item) for item in value]
        if isinstance(value, dict) and isinstance(target, ir.ObjectSchema):
            known = {item.name: item.schema for item in target.properties}
            own = set(self._fields.get(self.class_of(schema), {}).values())
            return {
                key: self._unmistakable(known.get(key), item)
                for key, item in value.items()
                if key in known or key not in own
            }
        if isinstance(target, ir.StringSchema) and target.format == "byte" and not accepts(target, value):
            return text_for(target, "")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a value is for, how complete it is to be, and the named schemas it is within."""

    name: str
    number: int
    full: int
    within: tuple[str, ...] = ()


class _Maker:
    """Makes one value, within a budget of nodes."""

    def __init__(self, samples: Samples, schemas: Mapping[str, ir.Schema], most: int) -> None:
        self._samples = samples
        self._schemas = schemas
        self._left = most

    def value(self, schema: ir.Schema, hint: Hint) -> ir.JsonValue:
        self._left -= 1
        if self._left < 0:
            raise NoSampleError
        if schema.secret and isinstance(schema, ir.StringSchema):
            return _SECRET if accepts(schema, _SECRET) and not schema.pattern else text_for(schema, hint.name)
        if not isinstance(schema.default, ir.Absent):
            given = self._samples.accepted(schema, schema.default)
            if not isinstance(given, ir.Absent) and given is not None:
                return given
        try:
            return self._kind(schema, hint)
        except NoSampleError:
            if schema.nullable:
                return None
            raise

    def _kind(self, schema: ir.Schema, hint: Hint) -> ir.JsonValue:
        match schema:
            case ir.RefSchema(name=name):
                target = self._schemas.get(name)
                if target is None or name in hint.within or len(hint.within) >= MAX_DEPTH:
                    raise NoSampleError
                return self.value(target, replace(hint, within=(*hint.within, name)))
            case ir.EnumSchema(values=values):
                return next((value for value in values if value not in ("", None)), values[0])
            case ir.StringSchema():
                return text_for(schema, hint.name)
            case ir.NumberSchema():
                return number_for(schema, hint.number)
            case ir.BooleanSchema():
                return True
            case ir.NullSchema():
                return None
            case ir.ArraySchema():
                return self._items(schema, hint)
            case ir.ObjectSchema():
                return self._members(schema, hint)
            case ir.UnionSchema():
                return self._first(schema, hint)
        return worded(hint.name)

    def _first(self, schema: ir.UnionSchema, hint: Hint) -> ir.JsonValue:
        for member in schema.members:
            try:
                return self._told(schema.discriminator, member, self.value(member, hint))
            except NoSampleError:
                continue
        raise NoSampleError

    def _told(self, discriminator: ir.Discriminator | None, member: ir.Schema, made: ir.JsonValue) -> ir.JsonValue:
        """Let a made member of a union say which one it is, where its schema has a place for that."""
        if discriminator is None or not isinstance(member, ir.RefSchema) or not isinstance(made, dict):
            return made
        values = [value for value, name in discriminator.tags if name == member.name]
        target = self._samples.followed(member)
        places = [item.schema for item in getattr(target, "properties", ()) if item.name == discriminator.property]
        if not values or made.get(discriminator.property) in values or not places:
            return made
        if isinstance(self._samples.accepted(places[0], values[0]), ir.Absent):
            return made
        return {**made, discriminator.property: values[0]}

    def _items(self, schema: ir.ArraySchema, hint: Hint) -> ir.JsonValue:
        low = schema.min_items or 0
        if schema.max_items == 0 and not low:
            return []
        if low > min(upper(schema.max_items), _MAX_ITEMS):
            raise NoSampleError
        try:
            return [self.value(schema.items, hint) for _ in range(max(low, 1))]
        except NoSampleError:
            if low:
                raise
            return []

    def _members(self, schema: ir.ObjectSchema, hint: Hint) -> ir.JsonValue:
        found: dict[str, ir.JsonValue] = {}
        wanted = met(schema, [item.name for item in schema.properties if item.required or hint.full])
        for number, item in enumerate(schema.properties, 1):
            inner = replace(hint, name=item.name, number=number, full=max(hint.full - 1, 0))
            try:
                if item.name in wanted:
                    found[item.name] = self.value(item.schema, inner)
            except NoSampleError:
                if item.required:
                    raise
        if isinstance(schema.additional, ir.Schema) and not schema.properties:
            found["key"] = self.value(schema.additional, hint)
        elif schema.additional is not False and not schema.properties:
            found["key"] = "value"
        return found
