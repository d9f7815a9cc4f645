"""The inference room: examples to the schemas they allow to conclude, and examples without their secrets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from apiscribe.capture.readings import Json

_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

IsSecret = Callable[[str], bool]


def infer(values: Sequence[Json], is_secret: IsSecret) -> dict[str, Json]:
    """Infer a schema from examples; an empty text or null tells nothing, and neither do examples that disagree.

    >>> infer([{"id": "", "port": 80}], lambda name: False)
    {'type': 'object', 'properties': {'id': {}, 'port': {'type': 'integer'}}}
    """
    known = [value for value in values if value is not None and value != ""]
    kinds = {kind_of(value) for value in known}
    if kinds == {"integer", "number"}:
        kinds = {"number"}
    if len(kinds) != 1:
        return {}
    kind = kinds.pop()
    if kind == "object":
        return _object([value for value in known if isinstance(value, dict)], is_secret)
    if kind == "array":
        items = [item for value in known if isinstance(value, list) for item in value]
        return {"type": "array", "items": infer(items, is_secret)}
    if kind == "string" and all(_DATE_TIME.fullmatch(str(value)) for value in known):
        return {"type": "string", "format": "date-time"}
    return {"type": kind}


def without_secrets(value: Json, is_secret: IsSecret) -> Json:
    """Copy an example; the value of every field that is named like a secret becomes an empty text.

    >>> without_secrets({"account_password": "x", "id": 1}, lambda name: name.endswith("_password"))
    {'account_password': '', 'id': 1}
    """
    if isinstance(value, list):
        return [without_secrets(item, is_secret) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _blank(item) if is_secret(name) else without_secrets(item, is_secret) for name, item in value.items()}


def _blank(value: Json) -> Json:
    # Below a name like "credentials" nothing is worth keeping; numbers and flags are no secrets.
    return value if value is None or isinstance(value, bool) else ""


def _object(values: Sequence[dict[str, Json]], is_secret: IsSecret) -> dict[str, Json]:
    names = dict.fromkeys(name for value in values for name in value)
    if not names:
        return {"type": "object"}
    properties: dict[str, Json] = {}
    for name in names:
        schema = infer([value[name] for value in values if name in value], is_secret)
        properties[name] = {**schema, "x-secret": True} if is_secret(name) else schema
    return {"type": "object", "properties": properties}


def kind_of(value: Json) -> str:
    """Name the JSON type of a value other than null."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else "string"
