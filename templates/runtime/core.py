"""What the two clients share: settings are checked once, arguments become a call, a reply becomes a value."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from .credentials import CredentialsBase, CredentialsProvider, CredentialsSource, Wanted, check_enough, source_of
from .errors import APIError, APIStatusError, ConfigurationError, RequestValidationError
from .exchange import MAX_BODY, Failure
from .files import Content
from .flow import Call, Clocks, Reply, failure_error
from .headers import ResponseHeaders, check_caller_header, check_header, documented
from .hooks import Hooks
from .media import accepted
from .operation import Operation, StreamedOperation, keys_of
from .options import (
    NO_OPTIONS,
    CallOptions,
    ClientOptions,
    added_headers,
    added_query,
    checked_headers,
    checked_name,
    with_key,
)
from .parse import parse, parse_as, parse_error, response_type
from .places import Places
from .profile import Settings
from .record import Record
from .retry import MAX_RETRIES
from .service import Service, option_headers
from .signer import UNSIGNED, Chosen, chosen_signer
from .signing import Signer, reads_body
from .unset import UNSET, Unset
from .warn import is_past, warn_deprecated, warn_deprecated_arguments, warn_supported_until
from .wire import parts, path

if TYPE_CHECKING:
    from .security import Security

DEFAULT_TIMEOUT = 60.0
DEFAULT_CONCURRENCY = 32
Validation = Literal["tolerant", "strict"]
_NOTHING: Mapping[str, str | None] = {}
_NOT_SIGNED = (UNSIGNED, None)
_PACKAGE = __package__.split(".")[0] if __package__ else "client"


if TYPE_CHECKING:  # for signatures alone

    class CoreSettings(TypedDict, total=False):
        """What both clients take alike; `Core` gives each its default."""

        credentials: CredentialsBase | CredentialsProvider | None
        variables: Mapping[str, str | None]
        options: Mapping[str, str | None]
        signing: Mapping[str, str | None]
        signer: Signer | None
        base_url: str | None
        timeout: float | None
        max_retries: int | None
        validate: Validation
        hooks: Hooks | None
        clock: Callable[[], float]
        allow_http: bool
        correct_clock_skew: bool
        idempotency_header: str | None

    class ChangedOptions(TypedDict, total=False):
        """What `with_options` changes; what is not given stays as it is."""

        timeout: float | None
        max_retries: int
        headers: Mapping[str, str]
        extra_query: Mapping[str, object]
        idempotency_header: str | None
        validate: Validation
        hooks: Hooks | None
        base_url: str


class Core:
    """Everything about a client but its connections; views of a client share it."""

    def __init__(
        self,
        service: Service,
        *,
        credentials: CredentialsBase | CredentialsProvider | None = None,
        variables: Mapping[str, str | None] = _NOTHING,
        options: Mapping[str, str | None] = _NOTHING,
        signing: Mapping[str, str | None] = _NOTHING,
        signer: Signer | None = None,
        base_url: str | None = None,
        timeout: float | None = DEFAULT_TIMEOUT,
        max_retries: int | None = None,
        validate: Validation = "tolerant",
        hooks: Hooks | None = None,
        clock: Callable[[], float] = time.time,
        allow_http: bool = False,
        correct_clock_skew: bool = False,
        idempotency_header: str | None = None,
    ) -> None:
        settings = Settings(prefix=service.environment_prefix, folder=service.profile_folder)
        self.service = service
        self.places = Places(service, variables, settings, base_url, allow_http=allow_http)
        self._held, self._asked = _credentials(service, credentials, settings, signer)
        given = {**options, **variables, **signing}
        self._chosen = Chosen(chosen_signer(service, signer, given, settings))
        self._signs_all = signer is not None and service.credentials_type is None
        self._security = _security(service, given, settings, self.base) if service.schemes and signer is None else None
        self.timeout = _timeout(timeout)
        self.max_retries = _retries(max_retries)
        self.strict = _is_strict(validate)
        self.options = ClientOptions(idempotency_header=checked_name(idempotency_header))
        self.hooks = hooks
        self.clocks = Clocks(clock, time.monotonic, random.random, correct_clock_skew)
        self._headers = self._client_headers(options)
        self._prepared: dict[Operation[Any], tuple[tuple[str, str], ...]] = {}
        self._noted: set[tuple[str, str]] = set()
        self._warned_until = False

    @property
    def base(self) -> str:
        """The address of what has no other: empty if the document names none and the caller gave none."""
        return self.places.base

    def with_options(self, changed: ChangedOptions) -> Core:
        """Give a copy that shares everything but what is changed; headers and query are added to what there is."""
        core = copy(self)
        own = self.options
        if "timeout" in changed:
            core.timeout = _timeout(changed["timeout"])
        if "max_retries" in changed:
            core.max_retries = _retries(changed["max_retries"])
        if "validate" in changed:
            core.strict = _is_strict(changed["validate"])
        if "hooks" in changed:
            core.hooks = changed["hooks"]
        if "base_url" in changed:
            core.places, core._prepared = self.places.moved(changed["base_url"]), {}
        core.options = ClientOptions(
            headers=(*own.headers, *checked_headers(changed.get("headers"))),
            extra_query={**(own.extra_query or {}), **changed.get("extra_query", {})},
            idempotency_header=checked_name(changed.get("idempotency_header", own.idempotency_header)),
        )
        return core

    def _client_headers(self, options: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
        chosen = option_headers(self.service, options)
        for name, value in chosen:
            check_header(name, value)
        return (
            ("User-Agent", _PACKAGE),
            ("Accept-Encoding", "gzip, deflate"),
            ("Connection", "keep-alive"),
            *chosen,
        )

    def _operation_headers(self, operation: Operation[Any]) -> tuple[tuple[str, str], ...]:
        found = self._prepared.get(operation)
        if found is None:
            accept = (("Accept", accepted([kind for kind in operation.loaded.responses.values() if kind])),)
            host = ("Host", self.places.of(operation).split("/", 3)[2])
            found = _merged((host, *self._headers, *accept), operation.constants)
            self._prepared[operation] = found
        return found

    def _call_headers(
        self,
        operation: Operation[Any],
        own: list[tuple[str, str]],
        data: bytes | Content,
        media_type: str | None,
        caller: tuple[tuple[str, str], ...],
    ) -> tuple[tuple[str, str], ...]:
        for name, value in own:
            check_header(name, value)
        for name, value in caller:
            check_caller_header(name, value)
        if media_type is not None:
            own.append(("Content-Type", media_type))
        if isinstance(data, Content):
            told = data.length
            own.append(("Transfer-Encoding", "chunked") if told is None else ("Content-Length", str(told)))
        elif data or operation.method in ("POST", "PUT", "PATCH"):
            own.append(("Content-Length", str(len(data))))
        base = self._operation_headers(operation)
        return _merged(base, (*own, *caller)) if own or caller else base

    def call(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        fields: Mapping[str, object] | None,
        body: object,
        options: CallOptions,
        *,
        stream: bool,
    ) -> Call:
        """Check everything that can be checked before anything is sent, and put the call together."""
        self._warn(operation, arguments, fields)
        if not arguments.keys() <= operation.known_arguments:
            unknown = sorted(set(arguments) - operation.known_arguments)
            raise TypeError(f"{operation.name}() has no argument {', '.join(unknown)}")
        arguments, key, has_key = with_key(operation, arguments, self.options, options)
        query, own = parts(operation, arguments)
        chosen, choose = self._signing(operation) if operation.signed or self._signs_all else _NOT_SIGNED
        data, media_type = self._body(operation, fields, body, options, chosen, choose)
        caller = (*key, *added_headers(self.options, options))
        timeout = self.timeout if isinstance(options.timeout, Unset) else _timeout(options.timeout)
        return Call(
            operation=operation.id,
            method=operation.method,
            url=options.address or added_query(self.address(operation, arguments), query, self.options, options),
            headers=self._call_headers(operation, own, data, media_type, caller),
            caller_headers=tuple(value for name, value in caller if name.lower() != "accept"),
            body=data,
            chosen=chosen,
            choose=choose,
            credentials=self._held,
            asked=self._asked if chosen.signer is not None or choose is not None else None,
            clocks=self.clocks,
            hooks=self.hooks,
            idempotent=operation.idempotent or has_key,
            max_retries=self.max_retries if options.max_retries is None else _retries(options.max_retries),
            deadline=None if timeout is None else self.clocks.monotonic() + timeout,
            stream=stream,
            idle=timeout if stream and isinstance(operation, StreamedOperation) else None,
        )

    def address(self, operation: Operation[Any], arguments: Mapping[str, object]) -> str:
        """Give the address of an operation without its query."""
        return self.places.of(operation) + path(operation, arguments)

    def _signing(self, operation: Operation[Any]) -> tuple[Chosen, Callable[[CredentialsBase], Chosen] | None]:
        """Give what signs an operation that is signed, or what chooses it once there are credentials."""
        if self._security is None:
            return self._chosen, None
        if self._asked is None:
            return self._security.chosen(operation, self._held), None
        return UNSIGNED, partial(self._security.chosen, operation)

    def _body(
        self,
        operation: Operation[Any],
        fields: Mapping[str, object] | None,
        body: object,
        options: CallOptions,
        chosen: Chosen,
        choose: object,
    ) -> tuple[bytes | Content, str | None]:
        """Give the body as it is sent: a streamed one is gathered where the signature covers it."""
        if operation.body is None and not fields and (body is UNSET or body is None):
            return b"", None
        from .body import encode_body  # only here: what only reads does without

        wanted = None if isinstance(options.content_type, Unset) else options.content_type
        data, media_type = encode_body(operation, fields, body, wanted, options.extra_body)
        if isinstance(data, Content):
            if choose is not None and self._security is not None:
                is_read = self._security.reads_body(operation)
            else:
                is_read = chosen.signer is not None and reads_body(chosen.signer)
            data = data.gathered(MAX_BODY) if is_read else data
        return data, media_type

    def value(self, operation: Operation[Any], call: Call, reply: Reply, body: bytes, kind: Any = None) -> Any:
        """Turn the body of a success into the operation's value, or one item of a streamed one into a given type."""
        read = parse if kind is None else partial(parse_as, kind)
        try:
            return read(
                operation,
                reply.status,
                reply.headers,
                body,
                strict=self.strict,
                first_time=self._first_time,
                redactor=call.redactor,
            )
        except APIError as error:
            del body  # with the frames that go it is what may not be shown, should the service repeat what it was sent
            raise error.with_traceback(None) from None

    def described(self, operation: Operation[Any], error: APIError) -> APIError:
        """Give an error what the document describes its body and headers by."""
        if not isinstance(error, APIStatusError):
            return error
        error._documented = operation.headers
        kinds = operation.loaded.errors
        if kinds:
            declared = next((kinds[key] for key in keys_of(error.status_code) if key in kinds), None)
            error.model = parse_error(declared, error)
        return error

    def parser(self, operation: Operation[Any], call: Call, reply: Reply) -> Parsing:
        """Give what turns body and headers into values later."""
        return Parsing(self, operation, call, reply)

    def failure(self, call: Call) -> Callable[[Failure], Exception]:
        """Give what turns a failure while streaming into an exception."""
        return partial(failure_error, call)

    def _first_time(self, mark: tuple[str, str]) -> bool:
        known = mark in self._noted
        self._noted.add(mark)
        return not known

    def _warn(
        self, operation: Operation[Any], arguments: Mapping[str, object], fields: Mapping[str, object] | None
    ) -> None:
        if operation.deprecated:
            warn_deprecated(operation)
        if operation.deprecated_arguments:
            given = {name for held in (arguments, fields or {}) for name, value in held.items() if value is not UNSET}
            warn_deprecated_arguments(operation, [name for name in operation.deprecated_arguments if name in given])
        until = operation.supported_until
        if until is not None and not self._warned_until and is_past(until, self.clocks.wall):
            self._warned_until = True
            warn_supported_until(self.service.title or self.service.name, operation)


class Parsing(Record):
    """A success as the operation documents it, read when it is asked for."""

    core: Core
    operation: Operation[Any]
    call: Call
    reply: Reply

    def __call__(self, body: bytes, kind: Any = None) -> Any:
        """Give the value of the body, or one of a type."""
        return self.core.value(self.operation, self.call, self.reply, body, kind)

    def headers(self) -> ResponseHeaders:
        """Give the headers."""
        return documented(self.operation.headers, self.reply.headers, self.operation.id, self.reply.status)

    def __repr__(self) -> str:
        return f"<Parsing {self.operation.id}>"


def _credentials(
    service: Service, given: CredentialsBase | CredentialsProvider | None, settings: Settings, own: Signer | None
) -> tuple[CredentialsBase | None, tuple[CredentialsSource, Wanted] | None]:
    """Give the credentials of every call, or else the source that is asked at every attempt."""
    kind = service.credentials_type
    if kind is None:
        return given if isinstance(given, CredentialsBase) else None, None
    wanted = Wanted(kind, settings, service.needs, service.anonymous or own is not None)
    if isinstance(given, CredentialsBase):
        check_enough(given, wanted)
        return given, None
    source = source_of(given, wanted)
    return None, None if source is None else (source, wanted)


def _security(service: Service, given: Mapping[str, str | None], settings: Settings, base: str) -> Security:
    from .security import Security  # only here: most services have one scheme

    return Security(service, given, settings, base)


def _merged(base: tuple[tuple[str, str], ...], over: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    names = {name.lower() for name, _ in over}
    last = {name.lower(): (name, value) for name, value in over}
    return (*(pair for pair in base if pair[0].lower() not in names), *last.values())


def _is_strict(validate: str) -> bool:
    if validate not in ("tolerant", "strict"):
        raise ConfigurationError("validate is 'tolerant' or 'strict'")
    return validate == "strict"


def _timeout(value: float | None) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
        raise RequestValidationError("timeout is a number of seconds above 0, or None for no limit")
    return float(value)


def _retries(value: int | None) -> int:
    if value is None:
        return MAX_RETRIES
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_RETRIES:
        raise RequestValidationError(f"max_retries is a number from 0 to {MAX_RETRIES}: a call is sent at most 3 times")
    return value


__all__ = ["NO_OPTIONS", "CallOptions", "Core", "response_type"]
