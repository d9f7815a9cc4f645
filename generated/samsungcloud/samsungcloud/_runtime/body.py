"""Request bodies: keyword arguments or a ready body go in, are checked, and come out as what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from math import isfinite
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError, from_json, to_json

from .choice import AGAIN, holds_unknown
from .differences import some_of, told_by
from .direct import adapter
from .errors import RequestValidationError
from .files import OCTETS, Content, file_of, is_file, joined, media_type_of
from .forms import has_files, multipart, urlencoded, wire_fields, without_files
from .media import is_json, plain
from .model import SENT, parts_of
from .operation import Body, Operation
from .unset import UNSET
from .wire import anything

_FORM = "application/x-www-form-urlencoded"
_FILES = "multipart/form-data"
_UNIONS = (Union, UnionType)
_NO_NUMBERS = (b'"NaN"', b'"Infinity"', b'"-Infinity"')

Encoded = tuple[bytes | Content, str | None]
"""A body and its media type; no body has none."""


def encode_body(
    operation: Operation[Any],
    fields: Mapping[str, object] | None,
    body: object,
    content_type: str | None = None,
    extra: Mapping[str, object] | None = None,
) -> Encoded:
    """Give a request's body; `content_type` chooses among the media types of an operation that takes several.

    `extra` are fields that the document does not know, which nothing checks.

    Raises:
        TypeError: a body and fields of it, a required body with nothing given, a body where none is taken, or `extra`
            with a field that has an argument, or beside what is no object.
        RequestValidationError: a body that is not what the operation takes; it names the fields and shows no values.
    """
    declared = operation.body
    given = {} if not fields else {name: value for name, value in fields.items() if value is not UNSET}
    if declared is None:
        if given or (body is not UNSET and body is not None):
            raise TypeError(f"{operation.name}() takes no body")
        return b"", None
    if body is not UNSET and given:
        raise TypeError(f"{operation.name}() takes body= or fields of the body ({', '.join(given)}), not both")
    further = _further(operation, declared, extra)
    if body is UNSET and not given and not further:
        if declared.required:
            raise TypeError(f"{operation.name}() needs a body: pass its fields as keyword arguments, or body=")
        return b"", None
    if body is UNSET:
        body = _named(operation, declared, given)
    return _encoded(operation, declared, body, content_type, further)


def _further(operation: Operation[Any], declared: Body, extra: Mapping[str, object] | None) -> dict[str, object]:
    """Give the fields that the document does not know; those that it knows have arguments."""
    if extra is not None and not isinstance(extra, Mapping):
        raise TypeError(
            f"{operation.name}(): extra_body maps names of fields to values, {type(extra).__name__} does not"
        )
    if not extra:
        return {}
    arguments = {wire: argument for argument, wire in declared.fields}
    known = [name for name in extra if name in arguments]
    if known:
        listed = ", ".join(f"{name} (pass {arguments[name]}=)" for name in known)
        raise TypeError(f"{operation.name}(): extra_body has fields that the body has itself: {listed}")
    return {name: value for name, value in extra.items() if value is not UNSET}


def _named(operation: Operation[Any], declared: Body, given: Mapping[str, object]) -> dict[str, object]:
    """Give fields of the body by their names on the wire."""
    names = dict(declared.fields)
    unknown = [name for name in given if name not in names]
    if unknown:
        raise TypeError(f"{operation.name}() has no body field {', '.join(unknown)}")
    return {names[name]: value for name, value in given.items()}


def _encoded(
    operation: Operation[Any], declared: Body, body: object, content_type: str | None, further: Mapping[str, object]
) -> Encoded:
    offered = _asked(operation, declared, content_type) if content_type else _fitting(operation, declared, body)
    kind = operation.loaded.body if offered == declared.media_type else operation.loaded.bodies.get(offered)
    context: object = SENT
    read = [member for member in _members(operation.loaded.again.get(offered)) if isinstance(body, member)]
    if read:
        kind = type(body) if type(body) in read else read[0]
    if read and kind is type(body):
        # What was read is checked with all that it has, and sent without what only the service tells.
        context = None
    sent = content_type or offered
    told = dict(declared.encodings).get(offered, ())
    name = plain(offered)
    if is_json(name):
        raw = _json(operation, kind, body, context, is_whole=not further)
        return _with(operation, raw, further), "application/json" if "*" in sent else sent
    if name == _FORM:
        checked = _checked(operation, kind, wire_fields(body, context), context, body, is_whole=not further)
        return urlencoded({**checked, **_added(operation, checked, further)}, told), sent
    if name == _FILES:
        whole, files = without_files(wire_fields(body, context))
        checked = _checked(operation, kind, whole, context, body, is_whole=not further)
        given = {**checked, **{_alias(kind, key): value for key, value in files.items()}}
        return multipart({**given, **_added(operation, given, further)}, told)
    if further:
        raise TypeError(f"{operation.name}(): extra_body adds fields to an object, and {name} is none")
    return _raw(sent, body)


def _with(operation: Operation[Any], raw: bytes, further: Mapping[str, object]) -> bytes:
    """Put further fields into an object of JSON."""
    if not further:
        return raw
    whole = from_json(raw)
    if not isinstance(whole, dict):
        raise TypeError(f"{operation.name}(): extra_body adds fields to an object, and the body is none")
    added = _json(operation, None, _added(operation, whole, further), SENT)
    # Put together as text: a number of many digits would not survive being read.
    return b"".join((raw[:-1], b"," if whole else b"", added[1:]))


def _added(
    operation: Operation[Any], whole: Mapping[str, object], further: Mapping[str, object]
) -> Mapping[str, object]:
    twice = [name for name in further if name in whole]
    if twice:
        raise TypeError(f"{operation.name}(): body= and extra_body both have {', '.join(twice)}")
    return further


def _offered(declared: Body) -> tuple[str, ...]:
    return declared.media_type, *declared.others


def _asked(operation: Operation[Any], declared: Body, content_type: str) -> str:
    wanted = plain(content_type)
    for name in _offered(declared):
        if fnmatchcase(wanted, plain(name)):
            return name
    known = ", ".join(_offered(declared))
    raise RequestValidationError(f"{operation.id}: content_type is one of {known}", operation=operation.id)


def _fitting(operation: Operation[Any], declared: Body, body: object) -> str:
    """Choose the media type that what is given is made for, the preferred one first."""
    offered = _offered(declared)
    if len(offered) == 1:
        return declared.media_type
    structured = [name for name in offered if is_json(name) or plain(name) in (_FORM, _FILES)]
    raw = [name for name in offered if name not in structured]
    if isinstance(body, BaseModel):
        loaded = operation.loaded
        kinds = {declared.media_type: loaded.body, **loaded.bodies}
        wanted = {name: (*_members(kinds.get(name)), *_members(loaded.again.get(name))) for name in offered}
        exact = [name for name in offered if type(body) in wanted[name]]
        return (exact or structured or raw)[0]
    if has_files(body):
        return next((name for name in structured if plain(name) == _FILES), offered[0])
    if is_file(body) or (isinstance(body, str) and operation.loaded.body is not str):
        return (raw or structured)[0]
    return (structured or raw)[0]


def _members(kind: Any) -> tuple[type, ...]:
    """Give the classes of a union, however it is annotated; a class is its own only member."""
    if isinstance(kind, type):
        return (kind,)
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    return tuple(member for part in get_args(kind) for member in _members(part)) if origin in _UNIONS else ()


def _json(
    operation: Operation[Any],
    kind: Any,
    body: object,
    context: object,
    given: object = None,
    *,
    is_whole: bool = True,
) -> bytes:
    """Write a body, or fields of the body `given`, as JSON; where more come, what goes together is not checked."""
    try:
        raw = anything().dump_json(_without_unset(body), by_alias=True, exclude_unset=True, context=context)
    except (PydanticSerializationError, RecursionError, UnicodeEncodeError):
        raw = None
    if raw is None:
        raise RequestValidationError(f"{operation.id}: the body cannot be written as JSON", operation=operation.id)
    if kind is None or kind is Any or kind is object:
        return _finite(operation, raw, body)
    checked = adapter(kind)
    try:
        # Strict: what is sent is what was given, never "5" made into 5. Dumped from the type: with wire names.
        again = AGAIN if holds_unknown((body, given)) else SENT if is_whole else None
        value = checked.validate_json(raw, strict=True, context=again)
    except ValidationError as error:
        told = told_by(error)
    else:
        made = checked.dump_json(value, by_alias=True, exclude_unset=True, warnings=False, context=SENT)
        if made.count(b".") != raw.count(b"."):
            made = to_json(_as_given(from_json(made), from_json(raw)))
        return _finite(operation, made, body)
    raise RequestValidationError(f"{operation.id}: {some_of(told)}", operation=operation.id)


def _finite(operation: Operation[Any], raw: bytes, body: object) -> bytes:
    """Give what was written of a body if it holds no NaN or infinity, which are texts by now where any value may be."""
    if any(word in raw for word in _NO_NUMBERS) and any(
        isinstance(x, float) and not isfinite(x) for x in parts_of(body)
    ):
        what = "the body holds NaN or an infinity, which JSON does not have"
        raise RequestValidationError(f"{operation.id}: {what}", operation=operation.id)
    return raw


def _as_given(made: Any, given: Any) -> Any:
    """Write 3600, which a field for a number made 3600.0, as it was given: some services tell them apart."""
    if isinstance(made, float):
        return given if type(given) is int and given == made else made
    if isinstance(made, dict) and isinstance(given, dict):
        return {name: _as_given(value, given.get(name)) for name, value in made.items()}
    if isinstance(made, list) and isinstance(given, list) and len(made) == len(given):
        return [_as_given(value, item) for value, item in zip(made, given, strict=True)]
    return made


def _without_unset(body: object) -> object:
    if isinstance(body, Mapping):
        return {name: value for name, value in body.items() if value is not UNSET}
    return body


def _checked(
    operation: Operation[Any], kind: Any, fields: object, context: object, given: object, *, is_whole: bool
) -> Mapping[str, Any]:
    """Check the fields of a form; `given` is the body that they are of."""
    data = from_json(_json(operation, kind, fields, context, given, is_whole=is_whole))
    if not isinstance(data, dict):
        raise RequestValidationError(f"{operation.id}: the body is not an object", operation=operation.id)
    return data


def _alias(kind: Any, name: str) -> str:
    """Give the wire name of a field that a mapping may name as Python does."""
    fields = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
    return (fields[name].serialization_alias if name in fields else None) or name


def _raw(media_type: str, body: object) -> Encoded:
    file = file_of(body)
    if "*" in media_type:
        media_type = media_type_of(file, "text/plain" if isinstance(body, str) else OCTETS)
    try:
        return joined("body", [file.content]), media_type
    except TypeError as error:
        raise TypeError(f"a body of {media_type} is bytes, text, a path, an open file or a stream: {error}") from None
