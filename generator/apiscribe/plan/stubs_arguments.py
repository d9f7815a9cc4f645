"""Arguments of the stubs: one operation goes in, what it is called with and what must arrive of it come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from apiscribe import ir
from apiscribe.lower.operations import is_form, is_json
from apiscribe.plan import stubs_wire
from apiscribe.plan.demands import met
from apiscribe.plan.names import argument_key, body_object
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError
from apiscribe.plan.stubs_schemes import emitted_places, place_of

# A path parameter that is nothing but text: blank, percent sign, slash and Korean must arrive as one segment.
HARD_TEXT = "한글 50%/+"
FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data"
_HEADER_TEXT = re.compile(r"[!-~]([ -~]*[!-~])?\Z")
# Headers that frame a request belong to the transport: nobody can send another value of them.
_FRAMING = frozenset({
    "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect", "user-agent",
    "accept-encoding",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A body on the wire: its media type, and JSON or text; without a media type there is no body."""

    media_type: str = ""
    json: ir.JsonValue | ir.Absent = ir.ABSENT
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Arguments of one call: parameters by location and name, the body's as Python names them, and what they become."""

    parameters: stubs_wire.Values
    body: Mapping[str, ir.JsonValue]
    content: Content


class Arguments:
    """Derives the calls of one service version's operations."""

    def __init__(self, plan: ServicePlan, samples: Samples) -> None:
        self._plan = plan
        self._samples = samples

    def required(self, operation: ir.Operation) -> Given:
        """Give only what must be given.

        Raises:
            NoSampleError: no value can be derived for something that is required.
        """
        values = {
            (item.location, item.name): self._parameter(item, number)
            for number, item in enumerate(operation.parameters, 1)
            if item.constant is None and (item.required or item is operation.key)
        }
        body = operation.body
        if body is None or not body.required:
            return Given(parameters=values, body={}, content=Content())
        given, content = self._whole(operation, body)
        fields = self.fields(operation)
        if fields:
            sent = self.least(operation)
            names = self.names(operation)
            given = {names[name]: value for name, value in sent.items()} or {"body": {}}
            content = _written(body.content, sent)
        elif body_object(operation, self._plan.schemas):
            given, content = {"body": {}}, replace(content, json={})
        return Given(parameters=values, body=given, content=content)

    def every(self, operation: ir.Operation, hard: str) -> Given:
        """Give all parameters and the whole body; the path parameter `hard` gets a text that is hard to send.

        Raises:
            NoSampleError: no value can be derived for something that is required.
        """
        values: dict[tuple[ir.Location, str], ir.JsonValue] = {}
        for number, item in enumerate(operation.parameters, 1):
            if item.constant is not None or (not item.required and self._is_left_out(operation, item)):
                continue
            is_hard = item.location is ir.Location.PATH and item.name == hard
            try:
                values[item.location, item.name] = HARD_TEXT if is_hard else self._parameter(item, number)
            except NoSampleError:
                if item.required:
                    raise
        if operation.body is None:
            return Given(parameters=values, body={}, content=Content())
        try:
            body, content = self._every_field(operation, operation.body)
        except NoSampleError:
            if operation.body.required:
                raise
            return Given(parameters=values, body={}, content=Content())
        return Given(parameters=values, body=body, content=content)

    def fields(self, operation: ir.Operation) -> tuple[ir.Property, ...]:
        """List the properties of the body that are keyword arguments."""
        schema = self._plan.schemas.get(body_object(operation, self._plan.schemas))
        members = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
        return tuple(item for item in members if not item.schema.read_only)

    def least(self, operation: ir.Operation) -> dict[str, ir.JsonValue]:
        """Give the fields of a body that must be given, by their names on the wire.

        Raises:
            NoSampleError: no value can be derived for one of them.
        """
        fields = self.fields(operation)
        wanted = self.together(operation, [item.name for item in fields if item.required])
        return {
            item.name: self._samples.made(item.schema, item.name, number)
            for number, item in enumerate(fields, 1)
            if item.name in wanted
        }

    def together(self, operation: ir.Operation, names: Iterable[str]) -> tuple[str, ...]:
        """Give the fields of a body that may go together, as near as may be to those given."""
        schema = self._plan.schemas.get(body_object(operation, self._plan.schemas))
        return met(schema, names) if isinstance(schema, ir.ObjectSchema) else tuple(names)

    def names(self, operation: ir.Operation) -> dict[str, str]:
        """Give the arguments of the body's fields by their names on the wire."""
        names = self._plan.names.arguments[operation.id]
        return {item.name: names[argument_key("body", item.name)] for item in self.fields(operation)}

    def argued(self, operation: ir.Operation, parameters: stubs_wire.Values) -> dict[str, ir.JsonValue]:
        """Give parameters as the arguments they are passed by."""
        names = self._plan.names.arguments[operation.id]
        return {names[argument_key(location, name)]: value for (location, name), value in parameters.items()}

    def whole(self, operation: ir.Operation) -> ir.JsonValue | ir.Absent:
        """Give the documented example of a JSON body as far as it can be sent, or else ABSENT."""
        content = operation.body.content if operation.body is not None else None
        if content is None or content.schema is None or not is_json(content.name):
            return ir.ABSENT
        return self._samples.accepted(content.schema, content.example)

    def hard_parameter(self, operation: ir.Operation) -> str:
        """Name a path parameter that takes any text, or nothing."""
        for item in operation.parameters:
            schema = self._samples.followed(item.schema)
            plain = isinstance(schema, ir.StringSchema) and not (schema.format or schema.pattern)
            if item.location is ir.Location.PATH and plain and item.style == "simple":
                return item.name
        return ""

    def client_options(self) -> dict[str, tuple[str, str, str | None]]:
        """Give each option's argument, its header, a value to choose, and its default, by the option's key."""
        found = {}
        for item in self._plan.api.client_options:
            values = (
                [str(value) for value in item.schema.values] if isinstance(item.schema, ir.EnumSchema) else ["text"]
            )
            default = item.schema.default if isinstance(item.schema.default, str) else None
            usable = [value for value in values if _HEADER_TEXT.match(value)]
            chosen = next((value for value in usable if value != default), default)
            if chosen is not None:
                found[self._plan.names.options[item.client_option]] = (item.name, chosen, default)
        return found

    def _is_left_out(self, operation: ir.Operation, item: ir.Parameter) -> bool:
        # What a scheme sends wins over a parameter of its name, and what the server takes for it is not compared.
        emitted = (
            place for uses in self._plan.security.of(operation) for place in emitted_places(self._plan.security, uses)
        )
        return bool(item.media_type) or place_of(item) in emitted

    def _parameter(self, item: ir.Parameter, number: int) -> ir.JsonValue:
        if item.media_type or (item.location is ir.Location.HEADER and item.name.lower() in _FRAMING):
            raise NoSampleError
        for value in self._candidates(item, number):
            if not isinstance(value, ir.Absent) and _fits(item, value):
                return value
        raise NoSampleError

    def _candidates(self, item: ir.Parameter, number: int) -> Iterable[ir.JsonValue | ir.Absent]:
        schema = self._samples.followed(item.schema)
        yield self._flat(self._samples.accepted(item.schema, item.example))
        yield self._flat(self._samples.accepted(item.schema, item.schema.default))
        if isinstance(schema, ir.EnumSchema):
            yield from schema.values
        else:
            yield self._flat(self._samples.made(item.schema, item.name, number, full=1))
            if isinstance(schema, ir.StringSchema):
                yield "text"

    def _flat(self, value: ir.JsonValue | ir.Absent) -> ir.JsonValue | ir.Absent:
        # A parameter holds scalars, or one level of them.
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if _is_scalar(item)}
        return [item for item in value if _is_scalar(item)] if isinstance(value, list) else value

    def _every_field(self, operation: ir.Operation, body: ir.RequestBody) -> tuple[dict[str, ir.JsonValue], Content]:
        fields = self.fields(operation)
        if not fields:
            return self._whole(operation, body)
        example = body.content.example
        written = example if isinstance(example, dict) else {}
        names = self.names(operation)
        sent: dict[str, ir.JsonValue] = {}
        for number, item in enumerate(fields, 1):
            try:
                sent[item.name] = self._field(item, number, written.get(item.name, ir.ABSENT))
            except NoSampleError:
                if item.required:
                    raise
        wanted = self.together(operation, sent)
        sent = {name: value for name, value in sent.items() if name in wanted}
        given = {names[name]: value for name, value in sent.items()} or {"body": {}}
        return given, _written(body.content, sent)

    def _field(self, item: ir.Property, number: int, example: ir.JsonValue | ir.Absent) -> ir.JsonValue:
        given = ir.ABSENT if item.schema.secret else self._samples.accepted(item.schema, example)
        if isinstance(given, str | int | float):
            return given
        try:
            return self._samples.made(item.schema, item.name, number, full=2)
        except NoSampleError:
            return self._samples.made(item.schema, item.name, number)

    def _whole(self, operation: ir.Operation, body: ir.RequestBody) -> tuple[dict[str, ir.JsonValue], Content]:
        name = body.content.name
        plain = name.partition(";")[0].strip().lower()
        if "*" in plain:
            raise NoSampleError
        if is_form(name) and body_object(operation, self._plan.schemas):
            return {}, Content(media_type=name)  # the fields tell
        if is_form(name) and body.content.schema is not None:
            raise NoSampleError
        if plain == FORM:
            fields: dict[str, ir.JsonValue] = {"name": "a b&c"}
            return {"body": fields}, Content(media_type=name, text=stubs_wire.form(fields))
        if plain == FILES:
            return {"body": {"file": "text"}}, Content(media_type=f"{FILES}; boundary=BOUNDARY", text=_ONE_PART)
        if not is_json(name):
            return {"body": "text"}, Content(media_type=name, text="text")
        if body.content.schema is None:
            # A text would be sent as such where the operation takes one as well.
            return {"body": {}}, Content(media_type=name, json={})
        given = self._samples.accepted(body.content.schema, body.content.example)
        value = self._samples.made(body.content.schema, full=1) if isinstance(given, ir.Absent) else given
        return {"body": value}, Content(media_type=name, json=value)


_ONE_PART = '--BOUNDARY\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--BOUNDARY--\r\n'


def _written(content: ir.MediaType, fields: Mapping[str, ir.JsonValue]) -> Content:
    if is_json(content.name):  # no request says that its body is of a range, as application/*+json is
        return Content(media_type="application/json" if "*" in content.name else content.name, json=dict(fields))
    if not is_form(content.name) or any(item.allow_reserved for item in content.encodings):
        raise NoSampleError
    if content.name.partition(";")[0].strip().lower() == FORM:
        return Content(media_type=content.name, text=stubs_wire.form(fields, content.encodings))
    return Content(media_type=f"{FILES}; boundary=BOUNDARY", text=stubs_wire.multipart(fields, content.encodings))


def _is_scalar(value: ir.JsonValue) -> bool:
    return value is not None and not isinstance(value, dict | list)


def _fits(item: ir.Parameter, value: ir.JsonValue) -> bool:
    if value is None or value in ("", [], {}):
        return False
    if item.location is ir.Location.PATH:
        return stubs_wire.segment(item, value) not in ("", ".", "..")
    if item.location is ir.Location.HEADER:
        members = [*value.keys(), *value.values()] if isinstance(value, dict) else value
        texts = [stubs_wire.scalar_text(text) for text in (members if isinstance(members, list) else [members])]
        return all(_HEADER_TEXT.match(text) for text in texts)
    return True
