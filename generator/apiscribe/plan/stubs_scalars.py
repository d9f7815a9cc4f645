"""Scalars of the stubs: a schema of texts or numbers goes in, a value that it accepts comes out."""

from __future__ import annotations

import math
import re
from datetime import datetime

from apiscribe import ir
from apiscribe.plan.stubs_patterns import matching

MAX_NODES = 200
MAX_DEPTH = 20
MAX_TEXT = 1_000
MAX_NUMBER = 2**53
_LEAST_STEP = 1e-9
_FORMS = {
    "date-time": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\Z"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
    "uuid": re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\Z"),
    "decimal": re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,9})?\Z"),
    "duration": re.compile(r"P([1-9][0-9]{0,4}D)?T[1-9][0-9]{0,4}[HMS]\Z"),
    "byte": re.compile(r"(?:[A-Za-z0-9+/]{4})*\Z"),
}
_BY_FORMAT = {
    "date-time": "2025-01-02T03:04:05Z",
    "date": "2025-01-02",
    "time": "03:04:05Z",
    "uuid": "2a9be312-5d4b-4bc8-b2ae-35100fa9241f",
    "email": "someone@example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "byte": "dGV4dGVk",
    "decimal": "1.50",
    "duration": "PT90S",
}
_SIMPLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}\Z")


class NoSampleError(Exception):
    """No value can be derived for a schema."""


def without_placeholders(value: ir.JsonValue) -> ir.JsonValue | ir.Absent:
    """Take out of an example what only holds a place: empty texts, at any depth.

    >>> without_placeholders({"a": "", "b": {"c": "", "d": [""]}, "e": None})
    {'b': {'d': []}, 'e': None}
    """
    if value == "":
        return ir.ABSENT
    if isinstance(value, dict):
        kept = ((key, without_placeholders(item)) for key, item in value.items())
        return {key: item for key, item in kept if not isinstance(item, ir.Absent)}
    if isinstance(value, list):
        items = (without_placeholders(item) for item in value)
        return [item for item in items if not isinstance(item, ir.Absent)]
    return value


def is_usable(value: ir.JsonValue) -> bool:
    """Tell whether an example is of a size to be printed, and goes over the wire as it is."""
    stack: list[tuple[ir.JsonValue, int]] = [(value, 0)]
    count = 0
    while stack:
        item, depth = stack.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH or not _is_plain(item):
            return False
        if isinstance(item, dict):
            stack.extend((member, depth + 1) for member in (*item.keys(), *item.values()))
        elif isinstance(item, list):
            stack.extend((member, depth + 1) for member in item)
    return True


def _is_plain(value: ir.JsonValue) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_TEXT and not re.search(r"[\ud800-\udfff]", value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    return abs(value) <= MAX_NUMBER  # of whole numbers too that no float can hold


def accepts(schema: ir.Schema, value: ir.JsonValue) -> bool:
    """Tell whether a schema of scalars accepts a value."""
    match schema:
        case ir.EnumSchema(values=values):
            return any(type(item) is type(value) and item == value for item in values)
        case ir.StringSchema(min_length=low, max_length=high):
            if not isinstance(value, str) or not (low or 0) <= len(value) <= upper(high):
                return False
            return _is_written(schema.format, value)
        case ir.BooleanSchema():
            return isinstance(value, bool)
        case ir.NumberSchema(integer=integer):
            if isinstance(value, bool) or not isinstance(value, int if integer else int | float):
                return False
            return _in_bounds(schema, value)
    return False


def _is_written(told: str, text: str) -> bool:
    """Tell whether a text is one of its format, and written in the way that it is dumped back."""
    if told == "date-time" or told == "date":
        if not _FORMS[told].match(text):
            return False
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return False
        return True
    return told not in _FORMS or _FORMS[told].match(text) is not None


def _in_bounds(schema: ir.NumberSchema, value: float) -> bool:
    low, high = schema.minimum, schema.maximum
    above, below = schema.exclusive_minimum, schema.exclusive_maximum
    return (
        (low is None or value >= low)
        and (high is None or value <= high)
        and (above is None or value > above)
        and (below is None or value < below)
        and (not schema.multiple_of or _is_multiple(value, schema.multiple_of))
    )


def _is_multiple(value: float, step: float) -> bool:
    if max(abs(value), abs(step)) > MAX_NUMBER:  # more than floats can reckon with
        return False
    return math.isclose(math.remainder(value, step), 0.0, abs_tol=1e-9)


def upper(bound: int | None) -> float:
    """Give an upper bound as a number."""
    return math.inf if bound is None else bound


def worded(name: str) -> str:
    """Make a text that tells what it is for.

    >>> worded("color"), worded("크기")
    ('a color', 'text')
    """
    return f"a {name}" if _SIMPLE_NAME.match(name) else "text"


def text_for(schema: ir.StringSchema, name: str) -> str:
    """Make a text that a schema accepts.

    Raises:
        NoSampleError: there is none that can be shown.
    """
    low, high = schema.min_length or 0, upper(schema.max_length)
    if low > MAX_TEXT:
        raise NoSampleError
    if schema.pattern and schema.format not in _BY_FORMAT:
        found = matching(schema.pattern, low, high, name)
        if found is not None and accepts(schema, found):
            return found
    text = _BY_FORMAT.get(schema.format, "") or worded(name)
    if len(text) < low:
        text = (text * (low // len(text) + 1))[:low]
    if len(text) > high:
        text = text.replace(" ", "-")[: int(high)]
    if len(text) > MAX_TEXT or not accepts(schema, text):
        raise NoSampleError
    return text


def number_for(schema: ir.NumberSchema, number: int) -> int | float:
    """Make a number that a schema accepts, `number` itself if it can be.

    Raises:
        NoSampleError: none is found.
    """
    bounds = (schema.minimum, schema.maximum, schema.exclusive_minimum, schema.exclusive_maximum)
    stated = [bound for bound in bounds if bound is not None and abs(bound) <= MAX_NUMBER]
    step = schema.multiple_of or 1
    if not _LEAST_STEP <= step <= MAX_NUMBER:
        raise NoSampleError
    tries: list[float] = [number if schema.integer else number + 0.5, number * step, 1, 0, step]
    for bound in stated:
        whole, steps = math.floor(bound), bound / step
        tries += [bound, whole, whole + 1, whole - 1, math.ceil(bound)]
        tries += [math.ceil(steps) * step, (math.floor(steps) + 1) * step, (math.ceil(steps) - 1) * step]
    tries.append(sum(stated) / len(stated) if stated else 0)
    for value in tries:
        exact = int(value) if float(value).is_integer() and schema.integer else value
        if accepts(schema, exact):
            return exact
    raise NoSampleError
