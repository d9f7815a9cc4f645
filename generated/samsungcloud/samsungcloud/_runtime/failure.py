"""Errors out of answers: status, headers and body go in, an exception that says plainly what they mean comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from .depth import too_deep
from .errors import STATUS_ERRORS, APIStatusError, ServerError, UnsignedRequestError
from .headers import Headers
from .media import plain
from .redact import Redactor, one_line

_NOT_MODIFIED = 304
_KEPT_BODY = 64 * 1024
_KEPT_TEXT = 2000
_KEPT_PLAIN = 500
_KEPT_ITEMS = 100
_DETAILS = ("detail", "details", "message", "error", "error_description", "errors", "returnMessage", "exception_detail")
_FIELDS = ("validation_errors", "validationErrors", "field_errors", "fieldErrors")
_UNSIGNED_KEYS = {"timestamp", "path", "error", "requestId"}


class Facts(NamedTuple):
    """What the body of an error says, whatever its shape."""

    code: str | None = None
    title: str | None = None
    details: tuple[str, ...] = ()
    request_ids: tuple[str, ...] = ()


def status_error(
    operation: str, status: int, headers: Headers, body: bytes, redactor: Redactor, *, truncated: bool = False
) -> APIStatusError:
    """Make the exception for an answer that is not a success."""
    data = _json(body)
    scrubbed = redactor.data(body)
    if data is not None:
        clean = redactor.tree(data)
        if b"\\u" in body and clean != _json(scrubbed):
            # A value spelled with escapes passes a search through bytes.
            scrubbed = json.dumps(clean, ensure_ascii=False).encode("utf-8", "replace")
        data = clean
    if truncated:
        scrubbed = scrubbed[: max(0, len(scrubbed) - redactor.longest)]
    kept = Headers(redactor.headers(headers.pairs))
    facts = _facts(data) if isinstance(data, Mapping) else Facts(details=_stated(data, kept, scrubbed))
    if not facts.request_ids:
        ids = (kept.get(name) for name in ("x-request-id", "request-id", "x-correlation-id"))
        facts = facts._replace(request_ids=tuple(one_line(found) for found in ids if found)[:1])
    cls = STATUS_ERRORS.get(status, ServerError if status >= 500 else APIStatusError)
    if (
        status == 404
        and isinstance(data, dict)
        and data.keys() >= _UNSIGNED_KEYS
        and not data.keys() & {"code", "errors"}
    ):
        cls = UnsignedRequestError
    return cls(
        _message(operation, status, kept, facts, cls),
        status_code=status,
        operation=operation,
        code=facts.code,
        title=facts.title,
        details=facts.details,
        request_ids=facts.request_ids,
        body=scrubbed[:_KEPT_BODY],
        headers=kept,
    )


def _message(operation: str, status: int, headers: Headers, facts: Facts, cls: type[APIStatusError]) -> str:
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    code = facts.code if facts.code != str(status) else None
    said = [text for text in (code, "; ".join(facts.details[:5]) or facts.title) if text]
    if 300 <= status < 400 and (status != _NOT_MODIFIED or "location" in headers):
        said = [f"redirects are not followed (to {_redirect_host(headers)})"]
    if cls is UnsignedRequestError:
        said.insert(0, "the service did not accept the signature (check access key, secret key and clock)")
    reference = f" (request id {facts.request_ids[0]})" if facts.request_ids else ""
    return f"{operation}: {': '.join([phrase, *said])}"[:_KEPT_TEXT] + reference


def _redirect_host(headers: Headers) -> str:
    target = headers.get("location")
    if target is None:
        return "no target given"
    try:
        host = urlsplit(target).hostname
    except ValueError:
        return "an address that cannot be read"
    return one_line(host)[:253] if host else "the same host"


def _stated(data: Any, headers: Headers, body: bytes) -> tuple[str, ...]:
    """Give what a body says that is no object: a text, as JSON or plain, or a list."""
    if data is None and plain(headers.get("content-type", "")) == "text/plain":
        data = body[:_KEPT_PLAIN].decode("utf-8", "replace")
    return tuple(_texts(data))[:_KEPT_ITEMS]


def _json(body: bytes) -> Any:
    if body[:1] not in b'{["\t \r\n' or not body or too_deep(body):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _facts(data: Mapping[str, Any]) -> Facts:
    errors = data.get("errors")
    if isinstance(errors, list) and any(isinstance(item, Mapping) for item in errors):
        found = [_facts_of(item) for item in errors[:_KEPT_ITEMS] if isinstance(item, Mapping)]
        said = tuple(detail for facts in found for detail in facts.details)
        return Facts(
            code=next((facts.code for facts in found if facts.code), None),
            title=next((facts.title for facts in found if facts.title), None),
            # Errors that say nothing but codes and fields leave it to the message beside them.
            details=(said or tuple(_texts(data.get("message"))))[:_KEPT_ITEMS],
            request_ids=_unique(_ids(data), *(facts.request_ids for facts in found)),
        )
    inner = next((item for name in ("error", "responseError") if isinstance(item := data.get(name), Mapping)), None)
    if inner is not None:
        facts = _facts_of(inner)
        return facts._replace(request_ids=_unique(_ids(data), facts.request_ids))
    return _facts_of(data)


def _facts_of(data: Mapping[str, Any]) -> Facts:
    status = data.get("status")
    code = next((text for name in ("code", "errorCode", "returnCode") if (text := _text(data.get(name)))), None)
    code = code or (_text(status) if isinstance(status, str) and not status.isdigit() else None)
    if code is None and isinstance(extensions := data.get("extensions"), Mapping):
        code = _text(extensions.get("code"))
    title = _text(data.get("title")) or _text(data.get("name"))
    details = [text for name in (*_DETAILS, *_FIELDS) for text in _texts(data.get(name))]
    params = data.get("params")
    for param in params[:_KEPT_ITEMS] if isinstance(params, list) else ():
        if isinstance(param, Mapping) and param.get("name"):
            details.append(f"{_text(param.get('name'))}: {_text(param.get('value'))}")
    if not details:
        details = _texts({name: value for name, value in data.items() if isinstance(value, list)})
    return Facts(code, title, tuple(dict.fromkeys(details))[:_KEPT_ITEMS], _ids(data))


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value[:_KEPT_ITEMS] for text in _texts(item)]
    if isinstance(value, Mapping):
        said = [text for name in ("message", "msg", "detail") for text in _texts(value.get(name))]
        place = value.get("loc")
        if said and isinstance(place, list):
            return [f"{one_line('.'.join(map(str, place)))}: {text}" for text in said]
        return said or [text for name, told in islice(value.items(), _KEPT_ITEMS) for text in _of_field(name, told)]
    text = _text(value)
    return [text] if text else []


def _of_field(name: str, told: object) -> list[str]:
    """Give what is told of one field, as `title: This field is required.`; what is told of no field has no name."""
    if isinstance(told, Mapping):
        inner = [text for part, more in islice(told.items(), _KEPT_ITEMS) for text in _of_field(part, more)]
        return [f"{one_line(name)}.{text}" for text in inner][:_KEPT_ITEMS]
    texts = [item for item in told[:_KEPT_ITEMS] if isinstance(item, str)] if isinstance(told, list) else []
    prefix = "" if name in ("non_field_errors", "__all__") else f"{one_line(name)}: "
    return [f"{prefix}{one_line(text)}" for text in texts]


def _ids(data: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("request_id", "requestId", "global_request_id", "globalRequestId")
    return tuple(text for name in names if (text := _text(data.get(name))))


def _unique(*groups: tuple[str, ...]) -> tuple[str, ...]:
    def flat() -> Iterator[str]:
        for group in groups:
            yield from group

    return tuple(dict.fromkeys(flat()))[:_KEPT_ITEMS]


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return one_line(value) or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
