"""Clients: one module for each flavor of one service version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from apiscribe import ir
from apiscribe.code import Code, docstring, fill, identifier, literal, type_expression, wrapped
from apiscribe.plan.groups import DEPRECATED, group_file, group_links
from apiscribe.plan.methods import method_uses, methods_of
from apiscribe.plan.service import (
    ServicePlan,
    format_imports,
    name_list,
    relative_package,
    runtime_alias,
    runtime_import,
    runtime_module,
    runtime_package,
    typing_imports,
)
from apiscribe.plan.uses import streams_of
from apiscribe.signing import OptionField
from apiscribe.view import ClientModule, File, Flavor, Import, Method, Setting

SYNC = Flavor(
    base=identifier("SyncClient"),
    define=Code("def"),
    wait=Code(""),
    iterator=identifier("Iterator"),
    wait_for=identifier("wait_for"),
    transport=identifier("HttpClient"),
    raw=identifier("as_raw"),
    streaming=identifier("as_streaming"),
    opened=identifier("as_opened"),
    ask=identifier("stream"),
    stream=identifier("Stream"),
)
ASYNC = Flavor(
    base=identifier("AsyncClient"),
    define=Code("async def"),
    wait=Code("await "),
    iterator=identifier("AsyncIterator"),
    wait_for=identifier("wait_for_async"),
    transport=identifier("AsyncHttpClient"),
    raw=identifier("as_raw_async"),
    streaming=identifier("as_streaming_async"),
    opened=identifier("as_opened_async"),
    ask=identifier("stream_async"),
    stream=identifier("AsyncStream"),
)


_ELSEWHERE = (
    "    Some operations have servers of their own: they keep them only if the address is one of the document's.",
)
# What every client takes, in the order in which its template has it.
_ARGUMENTS = (
    "timeout: seconds for a whole call, retries included; None for no limit.",
    "max_retries: how often an idempotent call is sent again.",
    "http_client: a client or transport of httpx, or of its shape, to send with; closing it is up to the caller.",
    'validate: "tolerant" keeps what a response has too much, too little or of another type; "strict" raises.',
    "hooks: functions that see each attempt, with secrets masked.",
    "signer: a function that signs requests, instead of what the document says.",
    "clock: gives Unix time in seconds.",
    "max_concurrency: how many calls run at the same time; the others wait for their turn.",
    "allow_http: whether addresses may begin with http:// beyond this machine.",
    "trust_env: whether the proxies of the environment are used.",
    "ssl_context: an ssl.SSLContext with the certificate of the client, or other authorities to trust.",
    "cert: a certificate of the client: its path (PEM), or (path, path of the key), or (path, path, password).",
    "correct_clock_skew: whether a call that is refused is sent once more by the server's time, if clocks differ.",
    "idempotency_header: the header in which every POST and PATCH sends a key, so that it may be sent again.",
)


def client_files(plan: ServicePlan, folder: str) -> tuple[File, ...]:
    """Plan the sync and the async client of one service version."""
    sync = _module(plan, SYNC, plan.names.client, methods_of(plan))
    # What the async client has of its own are its names and examples; its methods are the same.
    methods = tuple(_waited(method) for method in sync.methods)
    other = _module(plan, ASYNC, f"Async{plan.names.client}", methods)
    return (
        File(path=f"{folder}/client.py", template="client/client.py.j2", view=sync),
        File(path=f"{folder}/async_client.py", template="client/client.py.j2", view=other),
        *(group_file(plan, folder, methods, waits=waits) for waits in (False, True) if plan.groups.tree),
    )


def _waited(method: Method) -> Method:
    stream = method.stream
    return replace(
        method,
        docstring=method.async_docstring,
        stream=replace(stream, docstring=stream.async_docstring) if stream is not None else None,
    )


def _module(plan: ServicePlan, flavor: Flavor, name: str, methods: tuple[Method, ...]) -> ClientModule:
    api = plan.api
    kind = "async client" if flavor is ASYNC else "client"
    uses = method_uses(plan)
    variables = tuple(_setting(plan.names.variables[item.name], item.values) for item in api.variables)
    options = tuple(_option(plan, item) for item in api.client_options)
    annotated = [*(item.signature for item in (*variables, *options)), *_annotated(methods)]
    iterates = any(method.iterator is not None for method in methods)
    return ClientModule(
        docstring=docstring([f"The {kind} of {plan.title}."]),
        collections=name_list(sorted(["Callable", "Mapping", *([str(flavor.iterator)] if iterates else [])])),
        imports=_imports(plan, flavor),
        type_imports=(
            *((runtime_import("credentials", "CredentialsProvider"),) if plan.security.schemes else ()),
            runtime_import("library", str(flavor.transport), "SSLContext"),
            runtime_alias("library", "Certificate"),
            runtime_alias("signing", "Signer"),
            *typing_imports(annotated),
            *format_imports(uses),
            *plan.model_imports(uses),
        ),
        name=identifier(name),
        raw_name=identifier(f"{name}WithRawResponse"),
        streaming_name=identifier(f"{name}WithStreamingResponse"),
        class_docstring=docstring(_class_lines(plan, kind)),
        flavor=flavor,
        credentials=type_expression(
            "Credentials | CredentialsProvider" if plan.security.schemes else "CredentialsBase"
        ),
        variables=variables,
        options=options,
        signing=tuple(_signing(item) for item in own_signing_options(plan)),
        methods=methods,
        groups=group_links(plan, waits=flavor is ASYNC),
        groups_module=identifier("async_groups" if flavor is ASYNC else "groups"),
    )


def _annotated(methods: Iterable[Method]) -> Iterator[Code]:
    """Give the code of all annotations of methods and of their siblings."""
    for method in methods:
        yield from (*method.signature, method.returns)
        for sibling in (method.iterator, method.stream):
            yield from (*sibling.signature, sibling.item) if sibling is not None else ()


def _imports(plan: ServicePlan, flavor: Flavor) -> tuple[Import, ...]:
    waits = any(operation.waiter is not None for operation in plan.api.operations)
    casts = ["as_raw", "as_streaming"] if flavor is SYNC else ["as_raw_async", "as_streaming_async"]
    # The runtime's modules under names that no model can have.
    streams = Import(module=runtime_package(), names=Code("stream_views as _stream_views, streams as _streams"))
    has_streams = any(map(streams_of, plan.api.operations))
    marks = any(operation.deprecated for operation in plan.api.operations)
    credentials = Import(module=relative_package("_signing"), names=name_list(["Credentials"]))
    return (
        runtime_import("client", str(flavor.base)),
        runtime_import("core", "CallOptions", "DEFAULT_CONCURRENCY", "DEFAULT_TIMEOUT", "Validation"),
        runtime_import("hooks", "Hooks"),
        runtime_import("views", *casts),
        runtime_import("unset", "UNSET", "Unset"),
        *((Import(module=runtime_module("warn"), names=DEPRECATED),) if marks else ()),
        *((streams,) if has_streams else ()),
        *((runtime_import("waiter", str(flavor.wait_for)),) if waits else ()),
        credentials if plan.security.schemes else runtime_import("credentials", "CredentialsBase"),
    )


def _setting(name: str, values: tuple[str, ...]) -> Setting:
    code = type_expression(f"Literal[{', '.join(literal(value) for value in values)}] | None") if values else None
    argument = identifier(name)
    return Setting(
        signature=fill("{}: {} = None", argument, code or type_expression("str | None")),
        entry=fill("{}: {}", literal(name), argument),
    )


def _option(plan: ServicePlan, option: ir.Parameter) -> Setting:
    values = option.schema.values if isinstance(option.schema, ir.EnumSchema) else ()
    return _setting(plan.names.options[option.client_option], tuple(str(value) for value in values))


def own_signing_options(plan: ServicePlan) -> tuple[OptionField, ...]:
    """List what the signature needs of the client and nothing else does: no part of the address, no client option."""
    taken = {*plan.names.variables.values(), *plan.names.options.values()}
    return tuple(item for item in plan.security.options if item.name not in taken)


def _signing(option: OptionField) -> Setting:
    argument = identifier(option.name)
    return Setting(
        signature=fill("{}: {} = None", argument, type_expression("str | None")),
        entry=fill("{}: {}", literal(option.name), argument),
    )


def _class_lines(plan: ServicePlan, kind: str) -> list[str]:
    api = plan.api
    arguments = ["credentials: found in the environment or the profile file when not given; or what gives them."]
    for item in api.variables:
        allowed = f" one of {', '.join(item.values)}" if item.values else " text"
        arguments.append(f"{plan.names.variables[item.name]}: part of the server's address,{allowed}.")
    arguments += [f"{plan.names.options[item.client_option]}: sent as {item.name}." for item in api.client_options]
    for option in own_signing_options(plan):
        default = f"; {option.default} if not given" if option.default is not None else ""
        arguments.append(f"{option.name}: text that requests are signed with{default}.")
    arguments.append("base_url: the server's address; it wins over everything else.")
    arguments += _ELSEWHERE if api.elsewhere else ()
    return [
        f"{plan.title}, {kind}.",
        *(["", *wrapped(api.description)] if api.description else []),
        "",
        "Args:",
        *(f"    {line}" for line in (*arguments, *_ARGUMENTS)),
        "",
        "Raises:",
        "    ConfigurationError: no address or no credentials could be found, or they do not fit together.",
    ]
