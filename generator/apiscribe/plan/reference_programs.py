"""Programs: the README's examples; each is complete and runs as it stands once credentials are set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from apiscribe import ir
from apiscribe.code import Code, fill, identifier, literal
from apiscribe.markdown import EMPTY, Markdown, code_block
from apiscribe.plan.examples import (
    Call,
    call_text,
    example_call,
    model_of,
    plain_fields,
    success_schema,
    told_fields,
)
from apiscribe.plan.names import iterator_key
from apiscribe.plan.operations import arguments_of
from apiscribe.plan.servers import address_of, settings_of, values_of
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.uses import item_schema, webhook_key
from apiscribe.view_reference import Usage

_BASE_URL = "https://api.example.com"
# So many arguments that have to be given are as good as fewer.
_FEW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An operation that a program shows, an example call of it, and how its client is made."""

    plan: ServicePlan
    operation: ir.Operation
    call: Call
    settings: tuple[Code, ...]

    @property
    def client(self) -> str:
        """The client's name."""
        return self.plan.names.client

    @property
    def telling(self) -> str:
        """The line that prints what came."""
        names = told_fields(self.plan, success_schema(self.operation))
        return f"print({', '.join(f'result.{name}' for name in names)})" if names else "print(result)"


def chosen(plan: ServicePlan) -> tuple[tuple[str, str], ...]:
    """Choose values for the variables that have to be given: the defaults, where that combination exists."""
    if not plan.api.servers:
        return ()
    server = plan.api.servers[0]
    values = values_of(server)
    return tuple((plan.names.variables[item.name], values[item.name]) for item in server.variables if item.required)


def shown_operation(newest: Sequence[ServicePlan]) -> Shown | None:
    """Choose the operation to show: one that changes something and gives it back, that few words can call."""
    candidates = [(plan, operation) for plan in newest for operation in plan.api.operations]
    if not candidates:
        return None
    return _shown(*max(candidates, key=lambda pair: _fitness(*pair)))


def usage_of(shown: Shown, newest: Sequence[ServicePlan]) -> Usage:
    """Write the programs."""
    return Usage(
        sync=program(shown, "", _sync(shown)),
        grouped=program(shown, "", _grouped(shown)),
        waiting=program(shown, "Async", _waiting(shown), standard="asyncio"),
        errors=program(shown, "", _errors(shown), also=("APIError", "APIStatusError", "NotFoundError")),
        options=program(shown, "", _options(shown)),
        copied=program(shown, "", _copied(shown)),
        hooks=program(shown, "", _hooks(shown), standard="logging", also=("Hooks",)),
        injected=program(shown, "", _injected(shown), standard="httpx"),
        raw=program(shown, "", _raw(shown)),
        pages=_pages(newest),
        webhooks=_webhooks(newest),
    )


def _shown(plan: ServicePlan, operation: ir.Operation, called: str = "") -> Shown:
    given = {plan.names.variables[name]: value for name, value in settings_of(plan.api, operation).items()}
    settings = tuple(fill("{}={}", identifier(name), literal(value)) for name, value in given.items())
    return Shown(
        plan=plan,
        operation=operation,
        call=example_call(plan, operation, called=called),
        settings=(*_address(plan, operation), *settings),
    )


def _address(plan: ServicePlan, operation: ir.Operation) -> tuple[Code, ...]:
    """Choose the address to show, where the document has none with a host: what it has stands behind one."""
    if any(not server.is_relative for server in (*operation.servers[:1], *plan.api.servers)):
        return ()
    relative = address_of(plan.api.servers[0]) if plan.api.servers else ""
    return (fill("base_url={}", literal(urljoin(f"{_BASE_URL}/", relative).rstrip("/"))),)


def _fitness(plan: ServicePlan, operation: ir.Operation) -> tuple[bool | int, ...]:
    has_path = any(item.location is ir.Location.PATH for item in arguments_of(operation))
    needed = example_call(plan, operation, fields=0).arguments
    return (
        not operation.deprecated,
        not example_call(plan, operation).classes,
        model_of(plan, success_schema(operation))[1] is not None,
        operation.method in ("PUT", "PATCH") and has_path,
        -max(len(needed), _FEW),
        operation.method == "GET",
        has_path,
        len(plain_fields(plan, operation)),
    )


def program(
    shown: Shown, flavor: str, lines: Iterable[str], *, standard: str = "", also: tuple[str, ...] = ()
) -> Markdown:
    """Print a program: what it imports, then its lines; `standard` is a module, `also` are names of the package."""
    names = ", ".join(sorted([f"{flavor}{shown.client}", *also]))
    head = [f"import {standard}", ""] if standard else []
    head.append(f"from {shown.plan.package} import {names}")
    if shown.call.classes:
        models = f"{shown.plan.package}.{shown.plan.names.module}.{shown.plan.names.version}.models"
        head.append(f"from {models} import {', '.join(sorted(shown.call.classes))}")
    return code_block("\n".join([*head, "", *lines]), "python")


def opened(shown: Shown, *settings: Code) -> str:
    """Print the line that makes the client and opens its block."""
    return call_text(f"with {shown.client}", (*shown.settings, *settings), end=" as client:")


def _sync(shown: Shown) -> Iterable[str]:
    yield opened(shown)
    yield shown.call.text("result = client.", 4)
    yield f"    {shown.telling}"


def _grouped(shown: Shown) -> Iterable[str]:
    address = shown.plan.groups.addresses[shown.operation.id]
    yield opened(shown)
    yield call_text(f"result = client.{address}", shown.call.arguments, 4)
    yield f"    {shown.telling}"


def _waiting(shown: Shown) -> Iterable[str]:
    yield from ("", "async def main() -> None:")
    yield call_text(f"async with Async{shown.client}", shown.settings, 4, " as client:")
    yield shown.call.text("result = await client.", 8)
    yield f"        {shown.telling}"
    yield from ("", "", "asyncio.run(main())")


def _errors(shown: Shown) -> Iterable[str]:
    yield opened(shown)
    yield "    try:"
    yield shown.call.text("result = client.", 8)
    yield f"        {shown.telling}"
    yield "    except NotFoundError as error:"
    yield '        print("there is no such thing:", error.detail)'
    yield "    except APIStatusError as error:"
    yield "        print(error.status_code, error.code, error.detail, error.request_id)"
    yield "    except APIError as error:"
    yield '        print("no usable answer:", error)'


def _options(shown: Shown) -> Iterable[str]:
    yield opened(shown, Code("timeout=10.0"), Code("max_retries=1"))
    arguments = (
        *shown.call.arguments,
        Code("timeout=2.5"),
        Code("max_retries=0"),
        Code('headers={"X-Reason": "test"}'),
    )
    yield call_text(f"result = client.{shown.call.method}", arguments, 4)
    yield f"    {shown.telling}"


def _copied(shown: Shown) -> Iterable[str]:
    yield opened(shown)
    yield '    patient = client.with_options(timeout=120.0, max_retries=2, headers={"X-Reason": "nightly"})'
    yield shown.call.text("result = patient.", 4)
    yield f"    {shown.telling}"


def _hooks(shown: Shown) -> Iterable[str]:
    yield "logging.basicConfig()"
    yield f'logging.getLogger("{shown.plan.package}").setLevel(logging.DEBUG)'
    yield "hooks = Hooks("
    yield '    request=lambda request: print("sent", request.method, request.operation, request.attempt),'
    yield '    response=lambda response: print("came", response.status_code, response.failure),'
    yield ")"
    yield opened(shown, Code("hooks=hooks"))
    yield shown.call.text("result = client.", 4)
    yield f"    {shown.telling}"


def _injected(shown: Shown) -> Iterable[str]:
    yield "limits = httpx.Limits(max_connections=5)"
    yield "with httpx.Client(limits=limits) as http_client:"
    yield call_text(f"with {shown.client}", (*shown.settings, Code("http_client=http_client")), 4, " as client:")
    yield shown.call.text("result = client.", 8)
    yield f"        {shown.telling}"


def _raw(shown: Shown) -> Iterable[str]:
    yield opened(shown)
    yield shown.call.text("response = client.with_raw_response.", 4)
    yield '    print(response.status_code, response.headers.get("Content-Type"), len(response.content))'
    yield "    result = response.parse()"
    yield f"    {shown.telling}"
    yield ""
    yield call_text(f"with client.with_streaming_response.{shown.call.method}", shown.call.arguments, 4, " as stream:")
    yield "        for piece in stream.iter_bytes():"
    yield "            print(len(piece))"


def _pages(newest: Sequence[ServicePlan]) -> Markdown:
    found = [
        _shown(plan, operation, iterator)
        for plan in newest
        for operation in plan.api.operations
        if (iterator := plan.names.methods.get(iterator_key(operation)))
    ]
    if not found:
        return EMPTY
    shown = min(found, key=lambda item: len(item.call.arguments))
    names = told_fields(shown.plan, item_schema(shown.operation, shown.plan.schemas))
    printed = ", ".join(f"item.{name}" for name in names) or "item"
    lines = [opened(shown), shown.call.text("for item in client.", 4) + ":", f"        print({printed})"]
    return program(shown, "", lines)


def _webhooks(newest: Sequence[ServicePlan]) -> Markdown:
    found = [(plan, item) for plan in newest for item in plan.api.webhooks]
    if not found:
        return EMPTY
    plan, item = max(found, key=lambda pair: len(told_fields(pair[0], pair[1].schema)))
    printed = ", ".join(f"told.{name}" for name in told_fields(plan, item.schema)) or "told"
    lines = [
        f"from {plan.package} import RequestValidationError",
        f"from {plan.package}.{plan.names.module}.{plan.names.version} import webhooks",
        "",
        "",
        "def receive(body: bytes) -> int:",
        '    """Take the body of a request, and give the status to answer with."""',
        "    try:",
        f"        told = webhooks.{plan.names.webhooks[webhook_key(item)]}(body)",
        "    except RequestValidationError as error:",
        '        print("refused:", error)',
        "        return 400",
        f"    print({printed})",
        "    return 204",
    ]
    return code_block("\n".join(lines), "python")
