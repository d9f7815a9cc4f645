"""Pages: what is told of a service version, its client, its operations and its models."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.code import identifier
from apiscribe.markdown import EMPTY, Markdown, code_block, code_span, fill, joined, link, paragraphs, text
from apiscribe.plan.examples import Call, example_call, model_of, success_schema
from apiscribe.plan.names import argument_key, body_object, iterator_key, waiter_key
from apiscribe.plan.operations import arguments_of, unmodelled_body
from apiscribe.plan.reference_media import answered, arriving, sent_as
from apiscribe.plan.reference_words import (
    Headings,
    header_words,
    raised,
    row_of,
    server_of,
    source_of,
    status_of,
    type_words,
)
from apiscribe.plan.response_headers import header_names
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stream_facts import argument_of
from apiscribe.plan.streams import asked_by, method_key
from apiscribe.plan.text import operation_description, operation_summary
from apiscribe.plan.uses import is_class, item_schema, streams_of, webhook_key
from apiscribe.view_reference import Model, Operation, Row, ServicePage, ServiceRow, Setting, Sibling, Webhook

_PRINTED = ":\n    print(item)"


def page_path(plan: ServicePlan) -> str:
    """Give the path of a service version's page; version modules differ, so these do."""
    service = plan.names.module.replace("_", "-")
    version = plan.names.version.removeprefix("v").replace("_", ".").rstrip(".")
    return f"reference/{service}-{version}.md"


def service_page(plan: ServicePlan, headings: Headings, *, is_newest: bool, is_whole: bool = True) -> ServicePage:
    """Plan the page of one service version; with `is_whole`, operations and models are on it."""
    api = plan.api
    operations, schemas = (api.operations, api.schemas) if is_whole else ((), ())
    return ServicePage(
        has_client=True,
        title=text(plan.title),
        back=EMPTY,
        description=paragraphs(api.description),
        imports=code_block(_imports(plan, is_newest), "python"),
        settings=tuple(_settings(plan)),
        servers=tuple(server_of(plan, server) for server in api.servers),
        parts=(),
        operations=tuple(operation_of(plan, operation, headings) for operation in operations),
        webhook_imports=code_block(f"from {_version_package(plan)} import webhooks", "python"),
        webhooks=tuple(
            Webhook(
                name=code_span(identifier(plan.names.webhooks[webhook_key(item)])),
                type=type_words(plan, item.schema, headings),
                description=text(item.summary or item.description or " ".join(item.names)),
            )
            for item in api.webhooks
        ),
        models=tuple(model_part(plan, named, headings) for named in schemas),
    )


def service_row(plan: ServicePlan, folder: str) -> ServiceRow:
    """Plan the line of one service version in a list; `folder` leads to the pages."""
    page = f"{folder}{page_path(plan).removeprefix('reference/')}"
    client = plan.names.client
    return ServiceRow(
        title=text(plan.api.title),
        version=text(plan.api.version),
        clients=joined(", ", [code_span(client), code_span(f"Async{client}")]),
        module=code_span(_version_package(plan)),
        operations=text(str(len(plan.api.operations))),
        page=link(text(plan.title), page),
    )


def import_source(plan: ServicePlan, *, is_newest: bool) -> str:
    """Give the module that a program imports the clients of a service version from."""
    return plan.package if is_newest else _version_package(plan)


def _version_package(plan: ServicePlan) -> str:
    return f"{plan.package}.{plan.names.module}.{plan.names.version}"


def _imports(plan: ServicePlan, is_newest: bool) -> str:
    client = plan.names.client
    names = ", ".join(sorted([client, f"Async{client}"]))
    return f"from {import_source(plan, is_newest=is_newest)} import {names}"


def _settings(plan: ServicePlan) -> Iterable[Setting]:
    for item in plan.api.variables:
        name = plan.names.variables[item.name]
        about = item.description or "Part of the server's address."
        yield Setting(
            name=code_span(name),
            values=_values(item.values),
            default=text("required") if item.required else code_span(item.default),
            description=text(about),
        )
    for option in plan.api.client_options:
        values = option.schema.values if isinstance(option.schema, ir.EnumSchema) else ()
        default = option.schema.default
        sent = fill("Sent as the header {}.", code_span(option.name))
        yield Setting(
            name=code_span(plan.names.options[option.client_option]),
            values=_values(str(value) for value in values),
            default=code_span(default) if isinstance(default, str) else EMPTY,
            description=joined(" ", [sent, text(option.description)]) if option.description else sent,
        )


def _values(values: Iterable[str]) -> Markdown:
    return joined(", ", [code_span(value) for value in values]) or text("text")


def operation_of(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Operation:
    """Plan what is told of an operation."""
    name = plan.names.methods[operation.id]
    return Operation(
        heading=code_span(identifier(name)),
        reference=headings.link(name),
        request=code_span(f"{operation.method} {operation.path}"),
        grouped=code_span(f"client.{plan.groups.addresses[operation.id]}"),
        servers=tuple(server_of(plan, server) for server in operation.servers),
        summary=text(operation_summary(operation)),
        description=paragraphs(operation_description(operation)),
        status=status_of(plan, operation),
        example=_example(plan, example_call(plan, operation), _kept(plan, operation)),
        arguments=tuple(_arguments(plan, operation, headings)),
        returns=answered(plan, operation, headings),
        arriving=arriving(plan, operation, headings),
        headers=tuple(header_words(plan, name, item, headings) for name, item in header_names(plan, operation)),
        headers_class=code_span(f"headers.{plan.names.header_classes.get(operation.id, '')}"),
        errors=raised(operation),
        siblings=tuple(_siblings(plan, operation, headings)),
        source=source_of(operation),
    )


def _kept(plan: ServicePlan, operation: ir.Operation) -> str:
    return "result = client." if model_of(plan, success_schema(operation))[1] is not None else "client."


def _example(plan: ServicePlan, call: Call, target: str, end: str = "") -> Markdown:
    lines = []
    if call.classes:
        models = f"{plan.package}.{plan.names.module}.{plan.names.version}.models"
        lines += [f"from {models} import {', '.join(sorted(call.classes))}", ""]
    return code_block("\n".join([*lines, f"{call.text(target)}{end}"]), "python")


def _arguments(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Iterable[Row]:
    names = plan.names.arguments[operation.id]
    for item in arguments_of(operation):
        name = names[argument_key(item.location, item.name)]
        about = item.description or item.schema.description
        yield row_of(plan, name, item.name, item.schema, headings, required=item.required, about=about)
    owner = body_object(operation, plan.schemas)
    schema = plan.schemas.get(owner)
    for member in schema.properties if isinstance(schema, ir.ObjectSchema) else ():
        if not member.schema.read_only:
            name = names[argument_key("body", member.name)]
            yield row_of(plan, name, member.name, member.schema, headings, required=member.required)
    body = operation.body
    if body is not None:
        yield _whole_body(plan, body, headings, has_fields=bool(owner))


def _whole_body(plan: ServicePlan, body: ir.RequestBody, headings: Headings, *, has_fields: bool) -> Row:
    about = "The whole body, in place of its fields." if has_fields else body.description
    schema, media_type = body.content.schema, body.content.name
    return Row(
        name=code_span("body"),
        type=type_words(plan, schema, headings) if schema is not None else text(unmodelled_body(media_type)[0]),
        required=text("yes" if body.required and not has_fields else "no"),
        default=EMPTY,
        wire=sent_as(body),
        description=text(about),
    )


def _siblings(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Iterable[Sibling]:
    found = (
        _iterator(plan, operation, headings),
        _stream(plan, operation, headings),
        _waiter(plan, operation, headings),
    )
    return (sibling for sibling in found if sibling is not None)


def _iterator(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Sibling | None:
    name = plan.names.methods.get(iterator_key(operation))
    if operation.pagination is None or name is None:
        return None
    item = item_schema(operation, plan.schemas)
    yielded = type_words(plan, item, headings) if item is not None else text("any value")
    return Sibling(
        heading=code_span(name),
        description=fill("Yields the items of all pages, with one request for each page: {}.", yielded),
        example=_example(plan, example_call(plan, operation, called=name), "for item in client.", _PRINTED),
    )


def _stream(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Sibling | None:
    name = plan.names.methods.get(method_key(operation))
    if name is None:
        return None
    media_type, stream = streams_of(operation)[0]
    asked = asked_by(operation, plan.schemas)
    call = example_call(plan, operation, called=name, without=argument_of(plan, operation, asked) if asked else "")
    item = type_words(plan, stream.item, headings)
    about = fill("Asks for {} and gives the items as they arrive: {}.", code_span(media_type), item)
    return Sibling(
        heading=code_span(name), description=about, example=_example(plan, call, "for item in client.", _PRINTED)
    )


def _waiter(plan: ServicePlan, operation: ir.Operation, headings: Headings) -> Sibling | None:
    rule = operation.waiter
    name = plan.names.methods.get(waiter_key(operation))
    if rule is None or name is None:
        return None
    method = headings.link(plan.names.methods[operation.id])
    done = joined(" or ", [code_span(state) for state in rule.success]) or text("gone")
    failed = joined(" or ", [code_span(state) for state in rule.failure])
    until = fill("Calls {} until {} is {}", method, code_span(rule.field), done)
    refused = fill("; {} raises {}", failed, code_span("WaitError")) if failed else EMPTY
    return Sibling(
        heading=code_span(name),
        description=fill("{}{}. {} and {} are seconds.", until, refused, code_span("within"), code_span("interval")),
        example=_example(plan, example_call(plan, operation, called=name), "result = client."),
    )


def model_part(plan: ServicePlan, named: ir.NamedSchema, headings: Headings) -> Model:
    """Plan what is told of a model."""
    schema = named.schema
    fields = plan.names.fields[named.name]
    members = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
    return Model(
        heading=code_span(plan.names.classes[named.name]),
        description=paragraphs(schema.description),
        type=EMPTY if is_class(schema) else type_words(plan, schema, headings),
        fields=tuple(
            row_of(plan, fields[item.name], item.name, item.schema, headings, required=item.required)
            for item in members
        ),
    )
