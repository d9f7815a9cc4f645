"""Stream methods: beside an operation's own method one that asks for a stream and gives its items."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe import ir
from apiscribe.code import Code, Docstring, dict_of, docstring, identifier, literal
from apiscribe.plan.examples import example_call
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stream_facts import argument_of
from apiscribe.plan.streams import asked_by, item_use, method_key
from apiscribe.plan.text import operation_summary
from apiscribe.view import Stream


def stream_method(
    plan: ServicePlan, operation: ir.Operation, signature: tuple[Code, ...], arguments: list[str], fields: list[str]
) -> Stream | None:
    """Plan the method that asks for a stream and gives its items, beside an operation's own.

    What asks for the stream is no argument of it; the runtime gives it, and the Accept header.
    """
    name = plan.names.methods.get(method_key(operation))
    if name is None:
        return None
    asked = asked_by(operation, plan.schemas)
    moved = argument_of(plan, operation, asked) if asked is not None else ""
    sync, waiting = _docstrings(plan, operation, name, moved)
    sent = [argument for argument in fields if argument != moved]
    return Stream(
        name=identifier(name),
        signature=tuple(part for part in signature if not moved or not part.startswith(f"{moved}:")),
        item=item_use(plan.types, operation).code,
        arguments=_given(argument for argument in arguments if argument != moved),
        fields=_given(sent) if sent else literal(None),
        docstring=sync,
        async_docstring=waiting,
    )


def _given(names: Iterable[str]) -> Code:
    return dict_of((literal(name), identifier(name)) for name in names)


def _docstrings(plan: ServicePlan, operation: ir.Operation, name: str, moved: str) -> tuple[Docstring, Docstring]:
    lines = [
        f"Ask `{plan.names.methods[operation.id]}` for a stream and give its items as they arrive.",
        "",
        operation_summary(operation),
        "",
        "The call is made at the first item or on entering `with`, which closes the connection at its end. `timeout`",
        "are the seconds until the answer begins, and then for each wait for more of it.",
        "",
        "Raises:",
        "    StreamError: the service told an error in the stream.",
        "",
        "Example:",
    ]
    made = example_call(plan, operation, called=name, fields=1, without=moved)
    called = made.text("client.", 4).strip()
    loop = f"for item in {called}:\n        print(item)".split("\n")
    return docstring([*lines, f"    {loop[0]}", *loop[1:]]), docstring([*lines, f"    async {loop[0]}", *loop[1:]])
