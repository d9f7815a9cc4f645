"""Answers to values: a success goes in, what the operation returns comes out, or an error that says why not."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from .depth import too_deep, without_strings
from .differences import is_no_json, some_of, told_by
from .direct import UNUSUAL, adapter, direct, is_large
from .errors import APIStatusError, ResponseValidationError
from .headers import Headers
from .media import NO_CONTENT, as_utf8, decoded, is_json, is_other, kind_for, kinds_of, plain
from .operation import Operation, keys_of
from .redact import Redactor, one_line

FirstTime = Callable[[tuple[str, str]], bool]
ABSENT: Any = object()
"""What stands for JSON that is none."""
_KEPT_BODY = 2048
_SHORT = 4 * 1024  # bytes; what is shorter is read with care at once

LOGGER = logging.getLogger(__package__.rpartition(".")[0] or __package__ if __package__ else __name__)


def response_type(operation: Operation[Any], status: int) -> Any:
    """Find the type of a success: by its status or class, else of the first documented success, else the default."""
    declared = operation.loaded.responses
    for key in keys_of(status)[:2]:
        if key in declared:
            return declared[key]
        if key in operation.responses:
            return None
    # "default" most often describes errors, so a documented success speaks for an undocumented one before it does.
    successes = [kind for key, kind in declared.items() if key[:1] == "2" and kind is not None]
    return successes[0] if successes else declared.get("default")


def parse(
    operation: Operation[Any],
    status: int,
    headers: Headers,
    body: bytes,
    *,
    strict: bool,
    first_time: FirstTime,
    redactor: Callable[[], Redactor],
) -> Any:
    """Turn a success into the operation's value.

    Raises:
        ResponseValidationError: the body is not JSON of the right kind; with `strict`, also if it differs in any field.
    """
    declared, content_type = response_type(operation, status), headers.get("content-type", "")
    undocumented = not {*keys_of(status)[:2]} & {*operation.responses, *operation.loaded.responses}
    if declared is None or operation.method == "HEAD" or (not body and (undocumented or status in NO_CONTENT)):
        return None
    kind = kind_for(declared, content_type)
    if (
        kind in (bytes, str, Any)
        and is_other(declared, content_type)
        and not (kind is Any and _is_json(content_type, body))
    ):
        why, stand = _not_as_documented(declared, content_type), _in_place(kind, content_type, body)
        if strict or stand is ABSENT:
            raise _refusal(operation, status, body, redactor(), why)
        _reporter(operation, first_time)("content type", why)
        return stand
    if kind is bytes or (kind is str and not is_json(content_type)):
        return body if kind is bytes else decoded(body, content_type)
    body = as_utf8(body, content_type)
    return parse_as(kind, operation, status, headers, body, strict=strict, first_time=first_time, redactor=redactor)


def parse_as(
    kind: Any,
    operation: Operation[Any],
    status: int,
    headers: Headers,
    body: bytes,
    *,
    strict: bool,
    first_time: FirstTime,
    redactor: Callable[[], Redactor],
) -> Any:
    """Turn JSON, which may be one value of many in an answer, into a value of a type.

    Raises:
        ResponseValidationError: as `parse` does.
    """
    if len(body) > _SHORT and (value := direct(kind, body)) is not UNUSUAL:
        return value
    declared, content_type = response_type(operation, status), headers.get("content-type", "")
    if (deep := too_deep(body)) or _has_no_numbers(body):
        raise _refusal(operation, status, body, redactor(), "nested deeper than 100 levels" if deep else "not JSON")
    if is_large(body):
        return _in_parts(operation, status, body, kind, None if strict else first_time, redactor)
    try:
        # Strict: "5" for an integer is a difference to report, not a number.
        return adapter(kind).validate_json(body, strict=True, extra="allow")
    except ValidationError as error:
        told = [] if is_no_json(error) else told_by(error)
    if not told:
        raise _refusal(operation, status, body, redactor(), _no_json(body, declared, content_type))
    if strict:
        raise _refusal(operation, status, body, redactor(), some_of(told))
    return _in_parts(operation, status, body, kind, first_time, redactor)


def _in_parts(
    operation: Operation[Any],
    status: int,
    body: bytes,
    kind: Any,
    first_time: FirstTime | None,
    redactor: Callable[[], Redactor],
) -> Any:
    """Check a body in parts: checked whole, a large hostile one makes more faults than there is memory for."""
    try:
        data = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise _refusal(operation, status, body, redactor(), "not JSON") from None
    from .tolerant import fit, json_name, of_kind  # only here: most answers are as documented

    if not of_kind(kind, data):
        why = f"its JSON is {json_name(data)}, of another kind than documented"
        raise _refusal(operation, status, body, redactor(), why)
    if first_time is not None:
        return fit(kind, data, operation.name, _reporter(operation, first_time))
    told: list[str] = []
    value = fit(kind, data, operation.name, lambda place, what: told.append(f"{place}: {what}"))
    if told:
        raise _refusal(operation, status, body, redactor(), some_of(told))
    return value


def _reporter(operation: Operation[Any], first_time: FirstTime) -> Callable[[str, str], None]:
    def report(place: str, what: str) -> None:
        if first_time((operation.id, place)):
            LOGGER.warning("%s: response differs from its documentation: %s: %s", operation.id, place, what)

    return report


def parse_error(declared: Any, error: APIStatusError) -> Any:
    """Give the body of an error as the type that is documented, or None where it is not even of its kind."""
    content_type = error.headers.get("content-type", "") if error.headers is not None else ""
    kind = kind_for(declared, content_type) if declared is not None else None
    if kind in (None, bytes, str) or not error.body or too_deep(error.body):
        return None
    from .tolerant import fit, of_kind

    data = read_json(error.body)
    return fit(kind, data, "error", lambda place, what: None) if of_kind(kind, data) and data is not ABSENT else None


def _no_json(body: bytes, declared: Any, content_type: str) -> str:
    if not body:
        return "empty"
    return f"not JSON: {_not_as_documented(declared, content_type)}" if not is_json(content_type) else "not JSON"


def _not_as_documented(declared: Any, content_type: str) -> str:
    wanted = ", ".join(name for name, _ in kinds_of(declared) if name) or "another one"
    return f"its content type is {one_line(content_type)[:80] or 'not told'}, {wanted} is documented"


def _is_json(content_type: str, body: bytes) -> bool:
    """Tell JSON by what an answer says it is, or by itself where that is plain text, as careless servers say."""
    return is_json(content_type) or (
        plain(content_type) == "text/plain" and not too_deep(body) and read_json(body) is not ABSENT
    )


def _in_place(kind: Any, content_type: str, body: bytes) -> Any:
    """Give what stands where something else is documented, if that is no guess: JSON for a text, and text or octets for
    JSON that may be anything, as FastAPI documents what it was not told of."""
    told = plain(content_type)
    if kind is str and is_json(told):
        value = ABSENT if too_deep(body) else read_json(body)
        return value if isinstance(value, str) else decoded(body, "")
    if kind is not Any or told == "text/html":
        return ABSENT
    return decoded(body, content_type) if told.startswith("text/") else body


def _has_no_numbers(body: bytes) -> bool:
    """Find NaN and Infinity, which the parser takes and JSON does not have."""
    return any(word in body and word in without_strings(body) for word in (b"NaN", b"Infinity"))


def read_json(body: bytes) -> Any:
    """Read JSON that is known not to be deep; give a mark of absence for what is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return ABSENT


def _refusal(
    operation: Operation[Any], status: int, body: bytes, redactor: Redactor, why: str
) -> ResponseValidationError:
    return ResponseValidationError(
        f"{operation.id}: the answer {status} is not what the operation returns: {one_line(redactor.text(why))}",
        operation=operation.id,
        status_code=status,
        body=redactor.data(body)[:_KEPT_BODY],
    )
