"""Operations: the descriptions the runtime works from, one constant each, and the service they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from apiscribe import ir
from apiscribe.code import (
    Code,
    call,
    dict_of,
    docstring,
    fill,
    identifier,
    joined,
    literal,
    relative_module,
    tuple_of,
    type_expression,
)
from apiscribe.ir import DEFAULT_STYLE, Location
from apiscribe.lower.operations import is_form, is_json
from apiscribe.naming import bounded
from apiscribe.plan.names import argument_key, body_object
from apiscribe.plan.response_headers import headers_class
from apiscribe.plan.service import (
    ServicePlan,
    format_imports,
    name_list,
    relative_package,
    word_imports,
)
from apiscribe.plan.service_facts import elsewhere, service_facts
from apiscribe.plan.stream_facts import stream_facts, stream_types, stream_uses
from apiscribe.plan.streams import item_use
from apiscribe.plan.uses import TypeUse, again_key, body_key, content_key, page_answers, response_key, streams_of
from apiscribe.view import LINE_LENGTH, File, Import, OperationConstant, OperationsModule

_UNVERSIONED = "default"
_NOTHING = TypeUse(code=type_expression("None"), classes=frozenset(), words=frozenset())
_ANYTHING = TypeUse(code=type_expression("Any"), classes=frozenset(), words=frozenset({"Any"}))
_BYTES = TypeUse(code=type_expression("bytes"), classes=frozenset(), words=frozenset())
_WORDS = TypeUse(code=type_expression("str"), classes=frozenset(), words=frozenset())
_CONTENT = TypeUse(code=type_expression("_formats.Binary"), classes=frozenset(), words=frozenset({"_formats"}))
_FORM = TypeUse(code=type_expression("Mapping[str, object]"), classes=frozenset(), words=frozenset())
_FILES = "multipart/form-data"


def arguments_of(operation: ir.Operation) -> tuple[ir.Parameter, ...]:
    """List the parameters that are arguments: all but the constants."""
    return tuple(item for item in operation.parameters if item.constant is None)


def operations_file(plan: ServicePlan, folder: str) -> File:
    """Plan the module of operations of one service version."""
    return File(path=f"{folder}/_operations.py", template="client/operations.py.j2", view=_module(plan))


def response_uses(plan: ServicePlan, operation: ir.Operation) -> dict[str, list[tuple[str, TypeUse]]]:
    """Give the types of every successful response by status and media type; `default` counts if no success is told."""
    successes = [item for item in operation.responses if item.status.startswith("2")]
    chosen = successes or [item for item in operation.responses if item.status == _UNVERSIONED]
    return {item.status: _response_uses(plan, operation, item) for item in chosen}


def error_uses(plan: ServicePlan, operation: ir.Operation) -> dict[str, list[tuple[str, TypeUse]]]:
    """Give the types of the bodies of the responses that are errors, where the document describes them."""
    read = response_uses(plan, operation)
    found = {
        item.status: [
            (name, use)
            for name, use in _response_uses(plan, operation, item)
            if use not in (_NOTHING, _ANYTHING, _BYTES, _WORDS)
        ]
        for item in operation.responses
        if item.status not in read
    }
    return {status: uses for status, uses in found.items() if uses}


def returned(plan: ServicePlan, operation: ir.Operation) -> TypeUse:
    """Give the type that a call of an operation returns."""
    found = [use for uses in response_uses(plan, operation).values() for _, use in uses]
    return _either(found or [_NOTHING])


def _either(uses: list[TypeUse]) -> TypeUse:
    codes = list(dict.fromkeys(use.code for use in uses))
    codes.sort(key=lambda code: code == "None")
    return TypeUse(
        code=joined(" | ", codes) if "Any" not in codes else _ANYTHING.code,
        classes=frozenset(name for use in uses for name in use.classes),
        words=frozenset(word for use in uses for word in use.words),
    )


def body_use(plan: ServicePlan, operation: ir.Operation) -> TypeUse | None:
    """Give the type of an operation's body: a model, or what its media type is made of; None where it has none."""
    if operation.body is None:
        return None
    first, *others = operation.body.contents
    uses = [plan.types.asked.get(body_key(operation), _unmodelled(first.name))]
    uses += [plan.types.asked.get(content_key(operation, item.name), _unmodelled(item.name)) for item in others]
    return _either([*uses, *_again(plan, operation).values()])


def _again(plan: ServicePlan, operation: ir.Operation) -> dict[str, TypeUse]:
    """Give what is read and may be sent again by the media types whose bodies have another type."""
    contents = operation.body.contents if operation.body is not None else ()
    asked = {item.name: plan.types.asked.get(again_key(operation, item.name)) for item in contents}
    return {name: use for name, use in asked.items() if use is not None}


def _unmodelled(media_type: str) -> TypeUse:
    return _ANYTHING if is_json(media_type) else _FORM if is_form(media_type) else _CONTENT


def unmodelled_body(media_type: str) -> tuple[str, Code]:
    """Say what a body without a model is given as, and show one.

    >>> unmodelled_body("multipart/form-data")
    ('mapping of form fields, a file as (name, bytes)', '{"file": ("name.txt", b"...")}')
    """
    if is_json(media_type):
        return "any JSON value", dict_of(())
    if _plain(media_type) == _FILES:
        return "mapping of form fields, a file as (name, bytes)", Code('{"file": ("name.txt", b"...")}')
    if is_form(media_type):
        return "mapping of form fields", Code('{"name": "value"}')
    return "bytes, text, a path, an open file or a stream", Code('b"..."')


def _response_uses(plan: ServicePlan, operation: ir.Operation, response: ir.Response) -> list[tuple[str, TypeUse]]:
    if response.content is None:
        return [("", _NOTHING)]
    keys = ["", *(item.name for item in response.others)]
    # A stream that is given by a method of its own is no value of the plain one.
    is_plain = any(item.stream is None for item in response.contents)
    return [
        (item.name, plan.types.asked.get(response_key(operation, response.status, key), _unread(item.name)))
        for key, item in zip(keys, response.contents, strict=True)
        if item.stream is None or not is_plain
    ]


def _unread(media_type: str) -> TypeUse:
    return _ANYTHING if is_json(media_type) else _WORDS if is_text(media_type) else _BYTES


def is_text(media_type: str) -> bool:
    """Tell whether an answer of a media type is given as text.

    >>> is_text("text/csv; charset=utf-8"), is_text("image/png")
    (True, False)
    """
    return media_type.lower().startswith("text/")


def _response_type(uses: list[tuple[str, TypeUse]]) -> Code:
    """Give what the runtime reads a response as; only JSON alone goes without its name."""
    if len(uses) == 1 and (uses[0][0] in ("", "*/*") or is_json(uses[0][0])):
        return uses[0][1].code
    pairs = tuple_of(tuple_of((literal(name), use.code)) for name, use in uses)
    return fill("_operation.ByMedia({})", pairs)


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _module(plan: ServicePlan) -> OperationsModule:
    has_headers = bool(plan.names.header_classes)
    places = {servers: number for number, servers in enumerate(plan.api.elsewhere)}
    operations = tuple(_constant(plan, operation, places.get(operation.servers)) for operation in plan.api.operations)
    uses = [returned(plan, operation) for operation in plan.api.operations]
    uses += [item_use(plan.types, operation) for operation in plan.api.operations if streams_of(operation)]
    loaded = [use for operation in plan.api.operations for use in _loaded(plan, operation)]
    return OperationsModule(
        docstring=docstring([f"The operations of {plan.title} as the runtime works from them."]),
        imports=(
            *word_imports([*uses, *loaded], "TYPE_CHECKING"),
            *_service_imports(plan),
        ),
        type_imports=(
            *((Import(module=relative_module(1, ""), names=Code("headers as _headers")),) if has_headers else ()),
            *format_imports(uses),
            *plan.model_imports(uses),
        ),
        elsewhere=elsewhere(plan),
        operations=operations,
        service=service_facts(plan),
    )


def _service_imports(plan: ServicePlan) -> tuple[Import, ...]:
    # Whole modules, under names that no model can have: models are called Service or Server often enough.
    security = plan.security
    several = ", security as _security" if security.schemes and security.static is None else ""
    names = Code(f"operation as _operation{several}, service as _service")
    modules = Import(module=relative_package("_runtime"), names=names)
    if not security.schemes:
        return (modules,)
    signers = {scheme.signer for scheme in security.schemes if scheme.signer}
    return modules, Import(module=relative_package("_signing"), names=name_list(sorted({"Credentials", *signers})))


def _constant(plan: ServicePlan, operation: ir.Operation, place: int | None) -> OperationConstant:
    name = plan.names.methods[operation.id]
    responses, errors = response_uses(plan, operation), error_uses(plan, operation)
    body = plan.types.asked.get(body_key(operation))
    types = [
        fill("body={}", body.code if body is not None else literal(None)),
        fill("responses={}", dict_of((literal(status), _response_type(uses)) for status, uses in responses.items())),
    ]
    others = _other_bodies(plan, operation)
    if others:
        types.append(fill("bodies={}", dict_of((literal(name), use.code) for name, use in others.items())))
    again = _again(plan, operation)
    if again:
        types.append(fill("again={}", dict_of((literal(name), use.code) for name, use in again.items())))
    if errors:
        read = dict_of((literal(status), _response_type(uses)) for status, uses in errors.items())
        types.append(fill("errors={}", read))
    types += stream_types(plan, operation)
    streams, value = bool(streams_of(operation)), returned(plan, operation).code
    loaded = _loaded(plan, operation)
    kinds, told = ([item_use(plan.types, operation).code] if streams else []), headers_class(plan, operation)
    kind = identifier("StreamedOperation" if streams else "Operation")
    returns = joined(", ", [value, *kinds, *([told] if told is not None else [])])
    return OperationConstant(
        name=identifier(name),
        kind=kind,
        loader=identifier(f"_{bounded(f'types_of_{name}', name)}"),
        returns=returns,
        is_long=len(f"def {name}() -> _operation.{kind}[{returns}]:") > LINE_LENGTH,
        imports=(*format_imports(loaded), *plan.model_imports(loaded)),
        types=tuple(types),
        arguments=(
            *_facts(plan, operation, name),
            *((fill("servers=ELSEWHERE[{}]", literal(place)),) if place is not None else ()),
            *((fill("headers=(__name__, {})", literal(plan.names.header_classes[operation.id])),) if told else ()),
        ),
    )


def _other_bodies(plan: ServicePlan, operation: ir.Operation) -> dict[str, TypeUse]:
    others = operation.body.others if operation.body is not None else ()
    asked = {item.name: plan.types.asked.get(content_key(operation, item.name)) for item in others}
    return {name: use for name, use in asked.items() if use is not None}


def _loaded(plan: ServicePlan, operation: ir.Operation) -> list[TypeUse]:
    """List the types that the loader of an operation names."""
    body = plan.types.asked.get(body_key(operation))
    read = (*response_uses(plan, operation).values(), *error_uses(plan, operation).values())
    return [
        *(use for uses in read for _, use in uses),
        *stream_uses(plan, operation),
        *_other_bodies(plan, operation).values(),
        *_again(plan, operation).values(),
        *([body] if body is not None else []),
    ]


def _facts(plan: ServicePlan, operation: ir.Operation, name: str) -> Iterable[Code]:
    yield fill("id={}", literal(operation.id))
    yield fill("name={}", literal(name))
    yield fill("method={}", literal(operation.method))
    yield fill("path={}", literal(path_parts(operation.path)))
    sent = [item for item in operation.parameters if item.constant is None]
    if sent:
        yield fill("parameters={}", tuple_of(_parameter(plan, operation, item) for item in sent))
    headers, query = (_constants(operation, place) for place in (Location.HEADER, Location.QUERY))
    if headers:
        yield fill("constants={}", literal(headers))
    if query:
        yield fill("constant_query={}", literal(urlencode(query, quote_via=quote, safe="-._~")))
    if operation.body is not None:
        yield fill("body={}", _body(plan, operation, operation.body))
    yield fill("responses={}", literal(tuple(item.status for item in operation.responses)))
    if operation.api_version:
        yield fill("api_version={}", literal(operation.api_version))
    if operation.deprecated:
        yield fill("deprecated={}", literal(True))
    old = _deprecated_arguments(plan, operation)
    if old:
        yield fill("deprecated_arguments={}", literal(old))
    if operation.supported_until:
        yield fill("supported_until={}", literal(operation.supported_until))
    if not plan.security.is_signed(operation):
        yield fill("signed={}", literal(False))
    elif plan.security.static is None:
        yield fill("security={}", literal(_alternatives(plan, operation)))
    if operation.key is not None:
        name = plan.names.arguments[operation.id][argument_key(operation.key.location, operation.key.name)]
        yield fill("idempotency={}", literal(name))
    if operation.pagination is not None:
        yield fill("pagination={}", _pagination(operation.pagination, page_answers(operation, plan.schemas)))
    yield from stream_facts(plan, operation)


def _alternatives(plan: ServicePlan, operation: ir.Operation) -> tuple[object, ...]:
    return tuple(tuple((use.scheme, use.scopes) for use in uses) for uses in plan.security.of(operation))


def _deprecated_arguments(plan: ServicePlan, operation: ir.Operation) -> tuple[str, ...]:
    names = plan.names.arguments[operation.id]
    sent = [item for item in operation.parameters if item.constant is None]
    old = [argument_key(item.location, item.name) for item in sent if item.deprecated or item.schema.deprecated]
    schema = plan.schemas.get(body_object(operation, plan.schemas))
    members = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
    old += [argument_key("body", item.name) for item in members if item.schema.deprecated and not item.schema.read_only]
    return tuple(names[key] for key in old)


def path_parts(path: str) -> tuple[str, ...]:
    """Split a path into its literal parts; the path parameters stand between them.

    >>> path_parts("/v1/clusters/{cluster_id}/images")
    ('/v1/clusters/', '/images')
    """
    head, *rest = path.split("{")
    return (head, *(part.partition("}")[2] for part in rest))


def _constants(operation: ir.Operation, location: Location) -> tuple[tuple[str, str], ...]:
    constants = (item for item in operation.parameters if item.location is location)
    return tuple((item.name, item.constant) for item in constants if item.constant is not None)


def _parameter(plan: ServicePlan, operation: ir.Operation, item: ir.Parameter) -> Code:
    names = plan.names.arguments[operation.id]
    facts = [
        ("name", literal(item.name)),
        ("argument", literal(names[argument_key(item.location, item.name)])),
        ("location", literal(str(item.location))),
    ]
    if item.style != DEFAULT_STYLE[item.location]:
        facts.append(("style", literal(item.style)))
    if item.explode != (item.style == "form"):
        facts.append(("explode", literal(item.explode)))
    if item.required and item is not operation.key:
        facts.append(("required", literal(True)))
    if item.media_type:
        facts.append(("media_type", literal(item.media_type)))
    if item.allow_reserved:
        facts.append(("reserved", literal(True)))
    return call("_operation.Parameter", facts)


def _body(plan: ServicePlan, operation: ir.Operation, body: ir.RequestBody) -> Code:
    names = plan.names.arguments[operation.id]
    owner = body_object(operation, plan.schemas)
    schema = plan.schemas.get(owner)
    properties = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
    fields = tuple(
        (names[argument_key("body", item.name)], item.name) for item in properties if not item.schema.read_only
    )
    facts = [
        ("media_type", literal(body.content.name)),
        ("required", literal(body.required)),
        ("fields", literal(fields)),
    ]
    if body.others:
        facts.append(("others", literal(tuple(item.name for item in body.others))))
    encodings = [(item.name, item.encodings) for item in body.contents if item.encodings]
    if encodings:
        written = (tuple_of((literal(name), tuple_of(map(_encoding, told)))) for name, told in encodings)
        facts.append(("encodings", tuple_of(written)))
    return call("_operation.Body", facts)


def _encoding(item: ir.Encoding) -> Code:
    facts = [
        ("name", item.property), ("media_type", item.media_type), ("style", item.style), ("explode", item.explode),
        ("reserved", item.allow_reserved or None), ("headers", item.headers),
    ]  # fmt: skip
    told = [(name, literal(value)) for name, value in facts if value not in ("", None, ())]
    return call("_operation.Encoding", told)


def _pagination(pagination: ir.Pagination, answers: tuple[str, ...]) -> Code:
    facts: list[tuple[str, Code]] = [("style", literal(pagination.style)), ("page", literal(pagination.page))]
    if pagination.size:
        facts.append(("size", literal(pagination.size)))
    facts += [("first", literal(pagination.first)), ("items", literal(pagination.items))]
    told = (
        ("total", pagination.total), ("next", pagination.next), ("next_header", pagination.next_header),
        ("marker", pagination.marker), ("more", pagination.more), ("total_pages", pagination.total_pages),
    )  # fmt: skip
    facts += [(name, literal(value)) for name, value in (*told, ("answers", answers)) if value]
    return call("_operation.Pagination", facts)
