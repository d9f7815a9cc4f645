"""Webhooks: the module of the functions that read what a service sends of its own accord."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apiscribe import ir
from apiscribe.code import Code, docstring, identifier, literal
from apiscribe.plan.service import ServicePlan, format_imports, relative_package, word_imports
from apiscribe.plan.text import shape
from apiscribe.plan.uses import webhook_key
from apiscribe.view import File, Import, WebhookFunction, WebhooksModule


def webhook_files(plan: ServicePlan, folder: str) -> Iterator[File]:
    """Plan the module of webhooks of one service version that has any."""
    if not plan.api.webhooks:
        return
    uses = [plan.types.asked[webhook_key(item)] for item in plan.api.webhooks]
    runtime = Import(module=relative_package("_runtime"), names=Code("webhook as _webhook"))
    title = plan.title
    view = WebhooksModule(
        docstring=docstring([f"What {title} sends of its own accord: a function reads the body of each request."]),
        imports=(*word_imports(uses, "TYPE_CHECKING", "Literal"), runtime, *format_imports(uses)),
        type_imports=plan.model_imports(uses),
        functions=tuple(_function(plan, item) for item in plan.api.webhooks),
    )
    yield File(path=f"{folder}/webhooks.py", template="client/webhooks.py.j2", view=view)


def _function(plan: ServicePlan, item: ir.Webhook) -> WebhookFunction:
    use = plan.types.asked[webhook_key(item)]
    return WebhookFunction(
        name=identifier(plan.names.webhooks[webhook_key(item)]),
        returns=use.code,
        imports=plan.model_imports([use]),
        label=literal(" ".join(item.names)),
        docstring=docstring(_lines(item, plan.names.classes)),
    )


def _lines(item: ir.Webhook, classes: Mapping[str, str]) -> list[str]:
    told = item.summary or item.description or " ".join(item.names)
    lines = [f"Read the body of a request of {' '.join(item.names)}: {shape(item.schema, classes)}.", "", told]
    lines += ["", item.description] if item.summary and item.description else []
    return [
        *lines,
        "",
        "Raises:",
        "    RequestValidationError: the body is not JSON of the right kind; with `strict`, also if a field differs.",
    ]
