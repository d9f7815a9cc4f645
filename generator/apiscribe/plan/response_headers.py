"""Response headers: the module of their classes, one for each operation whose responses have documented headers."""

from __future__ import annotations

from collections.abc import Iterator

from apiscribe import ir
from apiscribe.code import Code, dict_of, docstring, fill, identifier, literal
from apiscribe.plan.service import ServicePlan, format_imports, relative_package, word_imports
from apiscribe.plan.text import described
from apiscribe.plan.uses import TypeUse, followed, header_answers, header_key, headers_of
from apiscribe.view import File, HeaderField, HeadersClass, HeadersModule, Import


def header_files(plan: ServicePlan, folder: str) -> Iterator[File]:
    """Plan the module of headers of one service version that documents any."""
    told = [operation for operation in plan.api.operations if headers_of(operation)]
    if not told:
        return
    uses = [use for operation in told for item in headers_of(operation) for use in _uses(plan, operation, item)]
    runtime = Import(module=relative_package("_runtime"), names=Code("typed_headers as _typed"))
    title = plan.title
    view = HeadersModule(
        docstring=docstring([f"The headers of the responses of {title}: one class for each operation that has any."]),
        imports=(*word_imports(uses), runtime, *format_imports(uses), *plan.model_imports(uses)),
        classes=tuple(_class(plan, operation) for operation in told),
    )
    yield File(path=f"{folder}/headers.py", template="client/headers.py.j2", view=view)


def headers_class(plan: ServicePlan, operation: ir.Operation) -> Code | None:
    """Name the class of the headers of an operation, as its module is imported; None where none are documented."""
    name = plan.names.header_classes.get(operation.id)
    return Code(f"_headers.{identifier(name)}") if name else None


def header_names(plan: ServicePlan, operation: ir.Operation) -> list[tuple[str, ir.ResponseHeader]]:
    """List the headers of an operation with their attributes."""
    names = plan.names.headers[operation.id]
    return [(names[item.name.lower()], item) for item in headers_of(operation)]


def header_shape(plan: ServicePlan, header: ir.ResponseHeader) -> str:
    """Say how the value of a header is written.

    A header with a media type is JSON, or else a text, whatever its schema says.
    """
    if header.media_type:
        return "json" if "json" in header.media_type.lower() else "text"
    match followed(header.schema, plan.schemas):
        case ir.ArraySchema():
            return "array"
        case ir.ObjectSchema():
            return "object"
    return "text"


def _uses(plan: ServicePlan, operation: ir.Operation, header: ir.ResponseHeader) -> list[TypeUse]:
    """Give the type of a header, and those by the statuses whose responses describe it differently."""
    statuses = ("", *header_answers(operation, header.name))
    return [plan.types.asked[header_key(operation, header.name, status)] for status in statuses]


def _class(plan: ServicePlan, operation: ir.Operation) -> HeadersClass:
    lines = [f"The headers of the responses of `{plan.names.methods[operation.id]}`; None where one did not come."]
    named = header_names(plan, operation)
    listed = [
        line
        for name, item in named
        for line in described(
            name, item.name, item.schema, item.description or item.schema.description, True, plan.names.classes
        )
    ]
    return HeadersClass(
        name=identifier(plan.names.header_classes[operation.id]),
        docstring=docstring([*lines, "", "Fields:", *listed]),
        fields=tuple(_field(plan, operation, name, item) for name, item in named),
    )


def _field(plan: ServicePlan, operation: ir.Operation, name: str, header: ir.ResponseHeader) -> HeaderField:
    use, *uses = _uses(plan, operation, header)
    answers = header_answers(operation, header.name)
    made = [_header(plan, item, kind) for item, kind in zip(answers.values(), uses, strict=True)]
    by_status = dict_of(zip(map(literal, answers), made, strict=True)) if made else None
    return HeaderField(name=identifier(name), annotation=use.code, value=_header(plan, header, use, by_status))


def _header(plan: ServicePlan, header: ir.ResponseHeader, use: TypeUse, by_status: Code | None = None) -> Code:
    shape = header_shape(plan, header)
    facts = [literal(header.name), use.code]
    if shape != "text":
        facts.append(literal(shape))
    if header.explode and shape == "object":
        facts.append(Code("explode=True"))
    if by_status is not None:
        facts.append(fill("by_status={}", by_status))
    return fill(f"_typed.Header({', '.join(['{}'] * len(facts))})", *facts)
