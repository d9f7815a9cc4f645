"""Names: every name of one service version is decided here, before anything is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from apiscribe import ir
from apiscribe.errors import Diagnostic, Origin, Severity
from apiscribe.lower.operations import is_form
from apiscribe.naming import (
    MAX_LENGTH,
    MODULE_WORDS,
    PYTHON_WORDS,
    Claim,
    Scope,
    bounded,
    derived_name,
    longer_names,
    pascal_case,
    settle,
    snake_case,
)
from apiscribe.naming_schemas import class_names
from apiscribe.naming_services import client_case, module_case
from apiscribe.naming_spellings import spellings
from apiscribe.plan.slashes import slash_twins, slashed
from apiscribe.plan.streams import method_key
from apiscribe.plan.uses import followed, headers_of, streams_of, webhook_key

# What every client, its per-call options and its methods already are called.
CLIENT_MEMBERS = frozenset({
    "close", "aclose", "service", "with_raw_response", "with_streaming_response", "with_options", "credentials",
    "base_url",
})  # fmt: skip
# What the module of operations holds beside them: `from __future__ import annotations`.
OPERATION_WORDS = frozenset({"annotations"})
CALL_OPTIONS = frozenset({"self", "body", "timeout", "headers", "max_retries", "extra_query"})
EXTRA_ARGUMENTS = frozenset({"extra_body"})
CLIENT_ARGUMENTS = frozenset({
    "self", "credentials", "base_url", "timeout", "max_retries", "http_client", "validate", "hooks", "clock",
    "max_concurrency", "allow_http", "trust_env", "correct_clock_skew", "idempotency_header",
    "ssl_context", "cert",
})  # fmt: skip
MODEL_MEMBERS = frozenset({
    "construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json",
    "update_forward_refs", "validate", "model_computed_fields", "model_config", "model_construct", "model_copy",
    "model_dump", "model_dump_json", "model_extra", "model_fields", "model_fields_set", "model_json_schema",
    "model_parametrized_name", "model_post_init", "model_rebuild", "model_validate", "model_validate_json",
    "model_validate_strings", "mro", "register",
})  # fmt: skip
# What every class of response headers has, or its module imports.
_HEADERS_MEMBERS = frozenset({"headers", "of", "operation"})
# Names that a module of models imports or that stand in its annotations.
MODEL_WORDS = frozenset({
    "Annotated", "Any", "AsyncIterator", "Callable", "CallOptions", "Credentials", "CredentialsBase",
    "CredentialsProvider", "DateTime", "Field", "Hooks", "Iterator", "Literal", "Mapping", "Model", "SyncClient",
    "AsyncClient", "TYPE_CHECKING", "TypeAlias", "UNSET", "Unset", "Validation", "BaseModel", "RootModel", "Optional",
    "Union", "SERVICE", "HttpClient", "AsyncHttpClient", "SSLContext", "DEFAULT_CONCURRENCY", "DEFAULT_TIMEOUT",
})  # fmt: skip


# What the top of a package gives besides its clients, and where it comes from.
_ERRORS = (
    "APIConnectionError", "APIError", "APIStatusError", "APITimeoutError", "AuthenticationError", "BadRequestError",
    "ConfigurationError", "ConflictError", "CredentialsError", "NotAcceptableError", "NotFoundError", "PaginationError",
    "PermissionDeniedError", "RateLimitError", "RequestValidationError", "ResponseTooLargeError",
    "ResponseValidationError", "ServerError", "StreamError", "UnprocessableEntityError", "UnsignedRequestError",
    "WaitError", "WaitTimeoutError",
)  # fmt: skip
RUNTIME_EXPORTS = {
    **dict.fromkeys(_ERRORS, "errors"),
    "DeprecatedArgumentWarning": "warn",
    "DeprecatedOperationWarning": "warn",
    "SupportedUntilWarning": "warn",
    "CredentialsChain": "credential_sources",
    "EnvironmentCredentials": "credential_sources",
    "FunctionCredentials": "renewal",
    "File": "files",
    "Hooks": "hooks",
    "ProcessCredentials": "credential_process",
    "ProfileCredentials": "credential_sources",
    "RawResponse": "raw",
    "Secret": "secret",
    "Signed": "signing",
    "Signer": "signing",
    "TemporaryCredentials": "credentials",
    "UNSET": "unset",
    "UnknownMember": "choice",
    "Unset": "unset",
}
# What packages have besides where a scheme is of OAuth 2.0.
LOGIN_EXPORTS = dict.fromkeys(("AuthorizationCode", "DeviceAuthorization", "DevicePrompt", "TokenStore"), "oauth_login")
CONTENT_ARGUMENTS = frozenset({"content_type"})
WAITER_ARGUMENTS = frozenset({"interval", "within"})

# Further names are made from this by putting something before and behind it.
_CLIENT_LENGTH = MAX_LENGTH - len("AsyncClientWithStreamingResponse")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiNames:
    """Every name of one service version."""

    module: str
    version: str
    client: str
    classes: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    methods: Mapping[str, str]
    arguments: Mapping[str, Mapping[str, str]]
    variables: Mapping[str, str]
    options: Mapping[str, str]
    webhooks: Mapping[str, str]
    header_classes: Mapping[str, str]
    headers: Mapping[str, Mapping[str, str]]


def stream_name(method: str) -> str:
    """Give the name of the sibling that gives the items of a stream.

    >>> stream_name("create_completion"), stream_name("chat_stream"), stream_name("stream_chat")
    ('create_completion_stream', 'iter_chat_stream', 'iter_stream_chat')
    """
    told = method.startswith("stream_") or method.endswith("stream")
    return f"iter_{method}" if told else f"{method}_stream"


def version_module(version: str) -> str:
    """Give the module of a version: of a time its day, and nothing of builds and remarks in brackets.

    >>> version_module("1.1"), version_module("2024-01-01"), version_module("v3 beta"), version_module("venv")
    ('v1_1', 'v2024_01_01', 'v3_beta', 'venv_')
    >>> version_module("Wed Oct 15 2025 13:51:00 GMT+0000 (UTC)"), version_module("2025-10-15T13:51:00+02:00")
    ('v2025_10_15', 'v2025_10_15')
    >>> version_module("1.1.38 (2018-02-26 484103)"), version_module("1.20.0+dev-539-g5e38"), version_module("(beta)")
    ('v1_1_38', 'v1_20_0', 'vbeta')
    """
    name = re.sub(r"[^a-z0-9]+", "_", plain_version(version).lower()).strip("_") or "0"
    return _module(bounded(name if name.startswith("v") else f"v{name}", version, MAX_LENGTH - 1))


def plain_version(version: str) -> str:
    """Give what tells a version from others: of a time its day, and nothing of builds and remarks in brackets.

    >>> plain_version("Wed Oct 15 2025 13:51:00 GMT+0000 (UTC)"), plain_version("1.20.0+dev-539-g5e38")
    ('2025-10-15', '1.20.0')
    """
    day = _DAY.match(version)
    if day is not None:
        return day[4] or f"{day[3]}-{_MONTHS.index(day[1].lower()) // 3 + 1:02}-{day[2]:>02}"
    kept = _REMARK.sub("", version)
    return kept if re.search("[A-Za-z0-9]", kept) else version


# A time as programs write it: `Wed Oct 15 2025 13:51:00 GMT`, `2025-10-15T13:51:00Z`.
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_DAY: Final = re.compile(
    rf"(?:[A-Z]{{3}},? )?({'|'.join(re.findall('...', _MONTHS))}) (\d\d?),? (\d{{4}}) \d|(\d{{4}}-\d\d-\d\d)[T ]\d\d:",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(r"\s*\([^()]*\)|(?<=[0-9A-Za-z])\+[0-9A-Za-z.-]+")


def service_module(service: str) -> str:
    """Give the module of a service; `extensions` is a folder of the user's, and servers verify with `testing`.

    >>> service_module("data-ops"), service_module("JSON"), service_module("class")
    ('data_ops', 'json_', 'class_')
    """
    return _module(bounded(module_case(service), service, MAX_LENGTH - 1))


def _module(name: str) -> str:
    return f"{name}_" if name in MODULE_WORDS | {"extensions", "testing", "testing_pytest"} else name


def argument_key(location: str, name: str) -> str:
    """Give the key of a parameter's argument; body fields have the location `body`."""
    return f"{location}:{name}"


def iterator_key(operation: ir.Operation) -> str:
    """Give the key of the method that yields the items of all pages."""
    return f"{operation.id}\niterator"


def waiter_key(operation: ir.Operation) -> str:
    """Give the key of the method that waits."""
    return f"{operation.id}\nwaiter"


def _wanted_name(operation: ir.Operation) -> str:
    return operation.python_name or snake_case(operation.id)


def name_api(api: ir.Api, diagnostics: list[Diagnostic]) -> ApiNames:
    """Decide the names of one service version; clashes are reported, settled by rule and never by order."""
    naming = _Naming(api, diagnostics)
    client = _client_name(api)
    own = {client + ending for ending in ("", "WithRawResponse", "WithStreamingResponse")}
    taken = PYTHON_WORDS | MODEL_WORDS | own | {f"Async{name}" for name in own}
    classes = naming.scope("schemas", (_class_claim(named) for named in api.schemas), taken)
    claims = [claim for operation in api.operations for claim in naming.methods(operation)]
    methods = naming.scope("operations", claims, PYTHON_WORDS | CLIENT_MEMBERS | OPERATION_WORDS)
    settings = naming.scope("settings", _setting_claims(api), PYTHON_WORDS | CLIENT_ARGUMENTS).names
    return ApiNames(
        module=service_module(api.service),
        version=version_module(api.version),
        client=client,
        classes=classes.names,
        fields={named.name: naming.fields(named.name) for named in api.schemas},
        methods=methods.names,
        arguments={operation.id: naming.arguments(operation) for operation in api.operations},
        variables={item.name: settings[_variable_key(item.name)] for item in api.variables},
        options={item.client_option: settings[_option_key(item.client_option)] for item in api.client_options},
        webhooks=naming.scope("webhooks", map(_webhook_claim, api.webhooks), PYTHON_WORDS).names,
        header_classes=naming.header_classes(methods.names, frozenset(classes.names.values())),
        headers={operation.id: naming.headers(operation) for operation in api.operations},
    )


def _setting_claims(api: ir.Api) -> Iterable[Claim]:
    # Both are arguments of one constructor; a variable of the server gives way to an option of the client.
    kept = {snake_case(item.client_option) for item in api.client_options}
    for name in (variable.name for variable in api.variables):
        wanted = snake_case(name)
        wire = "" if wanted in kept else name
        yield Claim(key=_variable_key(name), wire=wire, wanted=wanted, alternatives=(f"server_{wanted}",))
    for item in api.client_options:
        wanted = snake_case(item.client_option)
        key = _option_key(item.client_option)
        yield Claim(key=key, wire=wanted, wanted=wanted, alternatives=(f"{wanted}_option",))


def _variable_key(name: str) -> str:
    return f"variable\n{name}"


def _option_key(name: str) -> str:
    return f"option\n{name}"


def _client_name(api: ir.Api) -> str:
    """Name the client of a service; it gives way to a model, and to what every package has."""
    name = bounded(client_case(api.service), api.service, _CLIENT_LENGTH)
    models = {_class_claim(named).wanted for named in api.schemas}
    taken = MODEL_WORDS | PYTHON_WORDS | RUNTIME_EXPORTS.keys() | LOGIN_EXPORTS.keys() | models
    return f"{name}Client" if {name, f"Async{name}"} & taken else name


def body_object(operation: ir.Operation, schemas: Mapping[str, ir.Schema]) -> str:
    """Give the name of the object whose properties are keyword arguments of an operation; empty if its body is none."""
    schema = operation.body.content.schema if operation.body is not None else None
    seen: set[str] = set()
    while isinstance(schema, ir.RefSchema) and schema.name not in seen:
        seen.add(schema.name)
        target = schemas.get(schema.name)
        if isinstance(target, ir.ObjectSchema) and target.properties:
            return schema.name
        schema = target
    return ""


def has_object_body(operation: ir.Operation, schemas: Mapping[str, ir.Schema]) -> bool:
    """Tell whether the body of an operation, in some media type, is an object that further fields can be added to."""
    contents = operation.body.contents if operation.body is not None else ()
    return any(
        is_form(item.name) or isinstance(followed(item.schema, schemas), ir.ObjectSchema | ir.UnionSchema)
        for item in contents
    )


class _Naming:
    """Settles scopes of one Api and reports what clashed."""

    def __init__(self, api: ir.Api, diagnostics: list[Diagnostic]) -> None:
        self._schemas = {named.name: named.schema for named in api.schemas}
        self._operations = api.operations
        self._twins = slash_twins(api.operations)
        self._diagnostics = diagnostics
        self._root = Origin(file=api.file, pointer="")
        self._origins = {
            **{named.name: named.schema.origin for named in api.schemas},
            **{operation.id: operation.origin for operation in api.operations},
        }

    def scope(
        self, what: str, claims: Iterable[Claim], reserved: frozenset[str], owner: str = "", limit: int = MAX_LENGTH
    ) -> Scope:
        settled = settle(claims, reserved, limit)
        for clash in settled.clashes:
            origin = self._origins.get(owner or clash.given[0][0].partition("\n")[0], self._root)
            given = ", ".join(f"{key.replace(chr(10), ' ')} becomes {name}" for key, name in clash.given)
            message = f"{what} that share the name {clash.wanted}: {given}; x-python-name settles it by hand"
            kind = f"{what} that share a name"
            finding = Diagnostic(rule="name", message=message, origin=origin, severity=Severity.WARNING, kind=kind)
            self._diagnostics.append(finding)
        return settled

    def fields(self, name: str) -> Mapping[str, str]:
        schema = self._schemas[name]
        if not isinstance(schema, ir.ObjectSchema):
            return {}
        claims = [
            Claim(key=item.name, wire=item.name, wanted=snake_case(item.name), alternatives=spellings(item.name))
            for item in schema.properties
        ]
        return self.scope("properties", claims, PYTHON_WORDS | MODEL_MEMBERS, name).names

    def header_classes(self, methods: Mapping[str, str], models: frozenset[str]) -> Mapping[str, str]:
        told = [operation for operation in self._operations if headers_of(operation)]
        claims = [
            Claim(key=item.id, wire=methods[item.id], wanted=f"{pascal_case(methods[item.id])}Headers") for item in told
        ]
        return self.scope("headers", claims, models | PYTHON_WORDS).names

    def headers(self, operation: ir.Operation) -> Mapping[str, str]:
        claims = [
            Claim(
                key=item.name.lower(), wire=item.name, wanted=snake_case(item.name), alternatives=spellings(item.name)
            )
            for item in headers_of(operation)
        ]
        return self.scope("headers", claims, PYTHON_WORDS | _HEADERS_MEMBERS, operation.id).names

    def methods(self, operation: ir.Operation) -> Iterable[Claim]:
        """Claim the names of an operation's methods."""
        whole, wanted = snake_case(operation.id), _wanted_name(operation)
        twin = self._twins.get(operation.id)
        if twin is not None and _wanted_name(twin) == wanted:
            wanted = slashed(wanted)
        # A name that is shorter than the operationId or the path is told apart by the rest of it.
        longer: tuple[str, ...] = ()
        if operation.id_source is ir.IdSource.STATED and whole != wanted:
            longer = (whole,)
        kept = operation.id
        if operation.id_source is ir.IdSource.DERIVED:
            longer = longer_names(wanted, operation.path)
            kept = wanted if operation.path.endswith("}") else ""
        derived = derived_name(operation.method, operation.path)
        by_method = (f"{name}_{operation.method.lower()}" for name in (wanted, *longer))
        alternatives = tuple(dict.fromkeys((*longer, *by_method, derived)))
        yield Claim(key=operation.id, wire=kept, wanted=wanted, alternatives=alternatives)
        if operation.pagination is not None:
            yield Claim(key=iterator_key(operation), wire="", wanted=f"iter_{wanted.removeprefix('list_')}")
        if operation.waiter is not None:
            yield Claim(key=waiter_key(operation), wire="", wanted=f"wait_for_{wanted.removeprefix('get_')}")
        if streams_of(operation):
            name = stream_name(wanted)
            yield Claim(key=method_key(operation), wire="", wanted=name, alternatives=(f"{name}_items",))

    def arguments(self, operation: ir.Operation) -> Mapping[str, str]:
        named = body_object(operation, self._schemas)
        fields = self._sent_fields(named) if named else {}
        # Keyword arguments equal field names, so that a parameter gives way to a field.
        claims = [
            Claim(key=argument_key("body", wire), wire=name, wanted=name, alternatives=(f"body_{name}",))
            for wire, name in fields.items()
        ]
        kept = set(fields.values())
        for item in operation.parameters:
            if item.constant is None:
                wanted = item.python_name or snake_case(item.name)
                wire = "" if wanted in kept else item.name
                alternatives = (f"{item.location}_{snake_case(item.name)}", *spellings(item.name))
                key = argument_key(item.location, item.name)
                claims.append(Claim(key=key, wire=wire, wanted=wanted, alternatives=alternatives))
        waits = WAITER_ARGUMENTS if operation.waiter is not None else frozenset[str]()
        chosen = CONTENT_ARGUMENTS if operation.body is not None and operation.body.others else frozenset[str]()
        chosen |= EXTRA_ARGUMENTS if has_object_body(operation, self._schemas) else frozenset()
        return self.scope("arguments", claims, PYTHON_WORDS | CALL_OPTIONS | waits | chosen, operation.id).names

    def _sent_fields(self, name: str) -> Mapping[str, str]:
        """Give the fields of a body that requests carry: what is read only takes no argument's name away."""
        schema = self._schemas[name]
        properties = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
        read = {item.name for item in properties if item.schema.read_only}
        return {wire: field for wire, field in self.fields(name).items() if wire not in read}


def _class_claim(named: ir.NamedSchema) -> Claim:
    *longer, wanted = [bounded(name, named.name) for name in class_names(named.name)]
    # Of three spellings and more, two would have to be called Model.
    spelled = [pascal_case(name) for name in spellings(named.name) if "/" not in named.name]
    wire = "" if "__" in named.name else named.name  # frameworks write `/x/` so, and `/x` with one
    return Claim(key=named.name, wire=wire, wanted=wanted, alternatives=(*reversed(longer), f"{wanted}Model", *spelled))


def _webhook_claim(item: ir.Webhook) -> Claim:
    wanted = item.python_name or f"parse_{snake_case(' '.join(item.names))}"
    key = webhook_key(item)
    return Claim(key=key, wire=key, wanted=wanted, alternatives=(f"{wanted}_{item.method.lower()}",))
