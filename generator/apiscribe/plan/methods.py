"""Methods: one for each operation, with its signature, docstring and call, the same for both flavors of client."""

from __future__ import annotations

from apiscribe import ir
from apiscribe.code import Code, Docstring, dict_of, docstring, fill, identifier, literal, type_expression
from apiscribe.naming import snake_case
from apiscribe.plan.examples import example_call
from apiscribe.plan.names import argument_key, body_object, has_object_body, iterator_key, waiter_key
from apiscribe.plan.operations import arguments_of, body_use, returned, unmodelled_body
from apiscribe.plan.response_headers import header_names, headers_class
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stream_facts import argument_of
from apiscribe.plan.stream_methods import stream_method
from apiscribe.plan.streams import asked_by, item_use, method_key
from apiscribe.plan.text import deprecation, described, operation_lines, operation_summary, shape
from apiscribe.plan.uses import TypeUse, again_key, followed, item_key, parameter_key, streams_of
from apiscribe.view import Iterator, Method, Waiter

_STAR = Code("*")
_OPTIONS = (
    Code("timeout: float | None | Unset = UNSET"),
    Code("headers: Mapping[str, str] | None = None"),
    Code("max_retries: int | None = None"),
    Code("extra_query: Mapping[str, object] | None = None"),
)
_EXTRA = Code("extra_body: Mapping[str, object] | None = None")
_KEY = Code("idempotency_key: str | None = None")
_OPTION_STARTS = (
    "timeout:",
    "headers:",
    "max_retries:",
    "extra_query:",
    "extra_body:",
    "idempotency_key: str | None =",
)


def methods_of(plan: ServicePlan) -> tuple[Method, ...]:
    """Plan the methods of one service version, in document order."""
    return tuple(_method(plan, operation) for operation in plan.api.operations)


def method_uses(plan: ServicePlan) -> list[TypeUse]:
    """List every type that the signatures name."""
    uses = []
    for operation in plan.api.operations:
        uses.append(returned(plan, operation))
        uses.extend(plan.types.asked[parameter_key(operation, item)] for item in arguments_of(operation))
        uses.extend(use for _, _, use in _body_fields(plan, operation))
        body = body_use(plan, operation)
        uses.extend([body] if body is not None else [])
        item = plan.types.asked.get(item_key(operation))
        uses.extend([item] if item is not None else [])
        uses.extend([item_use(plan.types, operation)] if streams_of(operation) else [])
    return uses


def _method(plan: ServicePlan, operation: ir.Operation) -> Method:
    name = plan.names.methods[operation.id]
    signature = _signature(plan, operation)
    sync, waiting = _docstrings(plan, operation)
    return Method(
        name=identifier(name),
        signature=signature,
        returns=returned(plan, operation).code,
        docstring=sync,
        async_docstring=waiting,
        operation=identifier(name),
        arguments=dict_of((literal(argument), identifier(argument)) for argument in _argument_names(plan, operation)),
        fields=_fields(plan, operation),
        body=identifier("body") if operation.body is not None else identifier("UNSET"),
        content_type=identifier("content_type") if operation.body is not None and operation.body.others else None,
        takes_key=_takes_key(plan, operation),
        takes_extra=has_object_body(operation, plan.schemas),
        has_headers=headers_class(plan, operation) is not None,
        deprecated=literal(deprecation(operation)) if operation.deprecated else None,
        iterator=_iterator(plan, operation, signature),
        waiter=_waiter(plan, operation, signature),
        is_streamed=bool(streams_of(operation)),
        stream=stream_method(
            plan,
            operation,
            signature,
            _argument_names(plan, operation),
            [name for name, *_ in _body_fields(plan, operation)],
        ),
    )


def _docstrings(plan: ServicePlan, operation: ir.Operation) -> tuple[Docstring, Docstring]:
    """Describe an operation with an example call, as both flavors of client are called."""
    headers = [name for name, _ in header_names(plan, operation)]
    lines = operation_lines(operation, _described_arguments(plan, operation), _streamed(plan, operation), headers)
    asked = asked_by(operation, plan.schemas) if streams_of(operation) else None
    made = example_call(plan, operation, fields=1, without=argument_of(plan, operation, asked) if asked else "")
    models = f"{plan.package}.{plan.names.module}.{plan.names.version}.models"
    imports = [f"    from {models} import {', '.join(sorted(made.classes))}"] if made.classes else []
    plain, waited = ([*imports, *made.text(target, 4).split("\n")] for target in ("client.", "await client."))
    return docstring([*lines, "", "Example:", *plain]), docstring([*lines, "", "Example:", *waited])


def _streamed(plan: ServicePlan, operation: ir.Operation) -> str:
    """Tell how the answer of an operation is had as a stream, and what of; nothing where it is none."""
    streams = streams_of(operation)
    if not streams:
        return ""
    method = plan.names.methods.get(method_key(operation))
    _, stream = streams[0]
    by = f"`{method}`" if method is not None else "`with_streaming_response`"
    return f"{by} gives the answer as a stream, item by item: {shape(stream.item, plan.names.classes)}."


def _argument_names(plan: ServicePlan, operation: ir.Operation) -> list[str]:
    names = plan.names.arguments[operation.id]
    return [names[argument_key(item.location, item.name)] for item in arguments_of(operation)]


def _signature(plan: ServicePlan, operation: ir.Operation) -> tuple[Code, ...]:
    names = plan.names.arguments[operation.id]
    positional, required, optional = [], [], []
    for item in arguments_of(operation):
        name = identifier(names[argument_key(item.location, item.name)])
        code = _given(item.schema, plan.types.asked[parameter_key(operation, item)].code)
        if item.location is ir.Location.PATH:
            positional.append(fill("{}: {}", name, code))
        elif item.required and item is not operation.key:
            required.append(fill("{}: {}", name, code))
        else:
            optional.append(fill("{}: {} | Unset = UNSET", name, code))
    fields = [
        fill("{}: {} | Unset = UNSET", identifier(name), _given(schema, use.code))
        for name, schema, use in _body_fields(plan, operation)
    ]
    further = [_EXTRA] if has_object_body(operation, plan.schemas) else []
    further += [_KEY] if _takes_key(plan, operation) else []
    return (*positional, _STAR, *required, *fields, *_body_argument(plan, operation), *optional, *_OPTIONS, *further)


def _takes_key(plan: ServicePlan, operation: ir.Operation) -> bool:
    """Say whether a call has the option of an idempotency key: sending twice does harm, and no other key is known."""
    named = "idempotency_key" in plan.names.arguments[operation.id].values()
    return operation.method not in ir.IDEMPOTENT and operation.key is None and not named


def _given(schema: ir.Schema, code: Code) -> Code:
    """Give the type of an argument: for a value that is a text on the wire, the text itself will do."""
    return fill("{} | str", code) if isinstance(schema, ir.StringSchema) and "_formats." in code else code


def _body_fields(plan: ServicePlan, operation: ir.Operation) -> list[tuple[str, ir.Schema, TypeUse]]:
    owner = body_object(operation, plan.schemas)
    schema = plan.schemas.get(owner)
    if not isinstance(schema, ir.ObjectSchema):
        return []
    names = plan.names.arguments[operation.id]
    own = plan.names.fields[owner]
    return [
        (names[argument_key("body", item.name)], item.schema, plan.types.fields[owner][own[item.name]])
        for item in schema.properties
        if not item.schema.read_only
    ]


def _body_argument(plan: ServicePlan, operation: ir.Operation) -> tuple[Code, ...]:
    use = body_use(plan, operation)
    if use is None or operation.body is None:
        return ()
    chosen = (_content_type(operation.body),) if operation.body.others else ()
    if body_object(operation, plan.schemas):
        return (fill("body: {} | Mapping[str, object] | Unset = UNSET", use.code), *chosen)
    code = fill("{} | Mapping[str, object]", use.code) if _is_choice_of_objects(plan, operation.body) else use.code
    if operation.body.required:
        return (fill("body: {}", code), *chosen)
    return (fill("body: {} | Unset = UNSET", code), *chosen)


def _is_choice_of_objects(plan: ServicePlan, body: ir.RequestBody) -> bool:
    """Whether a body is one of several objects in some media type: a mapping is taken for each of them."""
    choices = (followed(content.schema, plan.schemas) for content in body.contents)
    members = (member for one in choices if isinstance(one, ir.UnionSchema) for member in one.members)
    return any(isinstance(followed(member, plan.schemas), ir.ObjectSchema) for member in members)


def _content_type(body: ir.RequestBody) -> Code:
    names = [item.name for item in body.contents]
    concrete = type_expression(f"Literal[{', '.join(literal(name) for name in names if '*' not in name)}]")
    kind = type_expression("str") if any("*" in name for name in names) else concrete
    return fill("content_type: {} | Unset = UNSET", kind)


def _fields(plan: ServicePlan, operation: ir.Operation, without: str = "") -> Code:
    fields = [name for name, *_ in _body_fields(plan, operation)]
    return dict_of((literal(name), identifier(name)) for name in fields if name != without) if fields else literal(None)


def _described_arguments(plan: ServicePlan, operation: ir.Operation) -> list[list[str]]:
    names = plan.names.arguments[operation.id]
    lines = []
    for item in arguments_of(operation):
        name = names[argument_key(item.location, item.name)]
        is_key = item is operation.key
        about = f"{item.description} Made for each call that gives none.".strip() if is_key else item.description
        lines.append(described(name, item.name, item.schema, about, item.required and not is_key, plan.names.classes))
    schema = plan.schemas.get(body_object(operation, plan.schemas))
    for member in schema.properties if isinstance(schema, ir.ObjectSchema) else ():
        if not member.schema.read_only:
            name = names[argument_key("body", member.name)]
            about = member.schema.description
            classes = plan.names.classes
            lines.append(described(name, member.name, member.schema, about, member.required, classes))
    if operation.body is not None and operation.body.content.schema is not None:
        what = "the whole body instead of its fields" if lines and schema is not None else "the request body"
        lines.append([f"    body: {what}: {_whole(plan, operation, operation.body.content)}."])
    elif operation.body is not None:
        media_type = operation.body.content.name
        lines.append([f"    body: the request body, {media_type}: {unmodelled_body(media_type)[0]}."])
    if operation.body is not None and operation.body.others:
        listed = ", ".join(item.name for item in operation.body.contents)
        lines.append([f"    content_type: the body's media type where what is given does not tell: {listed}."])
    return lines


def _whole(plan: ServicePlan, operation: ir.Operation, content: ir.MediaType) -> str:
    """Say what a whole body is: the class that makes it, and what may be read and sent again, or its shape."""
    schema = content.schema
    if not isinstance(schema, ir.RefSchema):
        return shape(schema, plan.names.classes) if schema is not None else ""
    again = plan.types.asked.get(again_key(operation, content.name))
    read = f", or {again.code} as it was read" if again is not None else ""
    return f"{plan.names.classes[schema.name]}{read}"


def _iterator(plan: ServicePlan, operation: ir.Operation, signature: tuple[Code, ...]) -> Iterator | None:
    pagination = operation.pagination
    name = plan.names.methods.get(iterator_key(operation))
    if pagination is None or name is None:
        return None
    names, places = plan.names.arguments[operation.id], ("query", "header", "body")
    moved = next((names[key] for place in places if (key := argument_key(place, pagination.page)) in names), "")
    kept = [argument for argument in _argument_names(plan, operation) if argument != moved]
    item = plan.types.asked.get(item_key(operation))
    summary = operation_summary(operation)
    return Iterator(
        name=identifier(name),
        signature=tuple(part for part in signature if part != _KEY and not part.startswith(f"{moved}:")),
        item=item.code if item is not None else type_expression("Any"),
        arguments=dict_of((literal(argument), identifier(argument)) for argument in kept),
        fields=_fields(plan, operation, without=moved),
        docstring=docstring([f"Yield the items of all pages of `{plan.names.methods[operation.id]}`.", "", summary]),
    )


def _waiter(plan: ServicePlan, operation: ir.Operation, signature: tuple[Code, ...]) -> Waiter | None:
    rule = operation.waiter
    name = plan.names.methods.get(waiter_key(operation))
    if rule is None or name is None:
        return None
    method = plan.names.methods[operation.id]
    done = ", ".join(rule.success) or "it is gone"
    return Waiter(
        name=identifier(name),
        signature=tuple(part for part in signature if not part.startswith(_OPTION_STARTS)),
        arguments=tuple(fill("{}={}", identifier(item), identifier(item)) for item in _argument_names(plan, operation)),
        read=literal(_attribute(plan, operation, rule.field)),
        success=literal(rule.success),
        failure=literal(rule.failure),
        gone=literal(rule.gone_is_success),
        interval=literal(rule.interval),
        docstring=docstring([f"Call `{method}` until `{rule.field}` is {done}; `within` and `interval` are seconds."]),
    )


def _attribute(plan: ServicePlan, operation: ir.Operation, path: str) -> str:
    # The place of the state in Python's names: each step down the response's models has its own.
    success = next((item for item in operation.responses if item.status.startswith("2")), None)
    schema = success.content.schema if success is not None and success.content is not None else None
    steps = []
    for wire in ir.steps_of(path):
        owner = schema.name if isinstance(schema, ir.RefSchema) else ""
        steps.append(plan.names.fields.get(owner, {}).get(wire, snake_case(wire)))
        target = followed(schema, plan.schemas)
        members = target.properties if isinstance(target, ir.ObjectSchema) else ()
        schema = next((item.schema for item in members if item.name == wire), None)
    return ".".join(steps)
