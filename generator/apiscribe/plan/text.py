"""Text: what docstrings say about schemas, arguments and operations, as plain lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from apiscribe import ir
from apiscribe.code import wrapped
from apiscribe.naming import pascal_case, words
from apiscribe.plan.demands import sentences

_STATUS_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "406": "NotAcceptableError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}
_MAX_LISTED = 40
_NO_LETTERS = re.compile(r"[\W_]+")
_EXACT = 2**53
# Code of Markdown first, which keeps what looks like a mark of HTML.
_TAGS = re.compile(
    r"`[^`]*`|(<(/?(?:a|b|br|code|div|em|i|li|ol|p|span|strong|ul|small|u|pre))(?=[\s/>])[^<>]{0,500}>)", re.IGNORECASE
)
_BREAKS = {"/p": "\n\n", "br": "\n", "li": "\n- ", "/ul": "\n", "/ol": "\n"}
_GAP = re.compile(r"\n{3,}")
# Texts that need no quotes to be told from numbers, other values and the commas between them.
_PLAIN = re.compile(r"(?![\d.+-]+\Z)[^\s,\"]+")
_WORDS = frozenset({"true", "false", "none", "null"})


def error_class(status: str) -> str:
    """Give the error that a status is raised as.

    >>> error_class("404"), error_class("503"), error_class("418")
    ('NotFoundError', 'ServerError', 'APIStatusError')
    """
    return _STATUS_ERRORS.get(status, "ServerError" if status.startswith("5") else "APIStatusError")


def shape(schema: ir.Schema, classes: Mapping[str, str] = MappingProxyType({})) -> str:
    """Say in words what a schema accepts; `classes` are the names of models, which else are told by their schemas'.

    >>> from apiscribe.errors import Origin
    >>> shape(ir.StringSchema(origin=Origin(file="a"), min_length=3, max_length=30, nullable=True, default=""))
    'string or null, 3 to 30 characters, default ""'
    >>> shape(ir.EnumSchema(origin=Origin(file="a"), values=("locked",)))
    'always locked'
    """
    facts = [_kind(schema, classes) + (" or null" if schema.nullable else ""), *_bounds(schema)]
    if not isinstance(schema.default, ir.Absent) and not schema.secret:
        facts.append(f"default {_cut(json.dumps(schema.default, ensure_ascii=False))}")
    if schema.deprecated:
        facts.append("deprecated")
    return ", ".join(facts)


def described(
    name: str,
    wire: str,
    schema: ir.Schema,
    description: str,
    required: bool,
    classes: Mapping[str, str],
    direction: str = "",
) -> list[str]:
    """Describe one argument or field: its shape, whether it may be left out, its name on the wire, what it is for."""
    # Who must give a value is not helped by what stands for none.
    told = shape(replace(schema, default=ir.ABSENT) if required else schema, classes)
    facts = (told if required else f"{told}, optional") + direction
    sent = f" (`{wire}` on the wire)" if wire != name else ""
    text = remark(wire, description)
    about = f" {text}" if text else ""
    return _entry(f"{name}: {facts}{sent}.{about}")


def _entry(text: str) -> list[str]:
    """Write one entry of a list, of arguments for instance, whose further lines stand further in."""
    head, *rest = wrapped(text, 92)
    return [f"    {head}", *(f"        {line}" for line in rest)]


def operation_lines(
    operation: ir.Operation, arguments: Iterable[list[str]], streamed: str = "", headers: Iterable[str] = ()
) -> list[str]:
    """Describe an operation: summary, description, arguments, errors and the page it was read from.

    `streamed` tells how its answer is had as a stream; `headers` are those that raw answers give typed.
    """
    summary, rest = _summary(operation)
    lines = [*wrapped(summary), *(["", *wrapped(rest)] if rest else [])]
    if operation.deprecated:
        lines += ["", "Deprecated."]
    if streamed:
        lines += ["", *wrapped(streamed)]
    listed = [line for argument in arguments for line in argument]
    if listed:
        lines += ["", "Args:", *listed]
    errors = [response for response in operation.responses if not response.status.startswith(("2", "3", "d"))]
    if errors:
        lines += ["", "Raises:"]
        lines += [line for item in errors for line in _error_lines(item)]
    typed = ", ".join(f"`{name}`" for name in headers)
    if typed:
        lines += ["", *wrapped(f"Raw and streamed answers have `typed_headers`: {typed}.")]
    lines += ["", f"Sends `{operation.method} {operation.path}`.", *_server_lines(operation)]
    if operation.source:
        lines += ["", f"Source: {operation.source}"]
    return lines


def _error_lines(response: ir.Response) -> list[str]:
    return _entry(
        _sentence(f"{error_class(response.status)}: {response.status} {_one_line(without_tags(response.description))}")
    )


def _server_lines(operation: ir.Operation) -> list[str]:
    """Say where an operation is sent that has servers of its own, and what else `base_url` could name."""
    if not operation.servers:
        return []
    first, *others = (f"`{item.url}`{_about(item.description)}" for item in operation.servers)
    if operation.servers[0].is_relative:
        lines = wrapped(f"It is sent to {first} on the client's server.")
    else:
        lines = wrapped(f"It is sent to {first}, unless the client has a `base_url` that the document does not know.")
    return [*lines, *(wrapped(f"`with_options(base_url=...)` chooses another: {', '.join(others)}.") if others else [])]


def _about(description: str) -> str:
    told = _one_line(description).removesuffix(".")
    return f" ({told})" if told else ""


def deprecation(operation: ir.Operation) -> str:
    """Say that an operation is deprecated, and until when it is supported."""
    until = f", supported until {operation.supported_until}" if operation.supported_until else ""
    return f"{operation.id} is deprecated{until}"


def model_lines(named: ir.NamedSchema, classes: Mapping[str, str], fields: Mapping[str, str]) -> list[str]:
    """Describe a model: its description, and each field that has something to say."""
    schema, title = named.schema, classes[named.name]
    lines = wrapped(_sentence(schema.description) if schema.description else f"{title}.")
    if named.twin_of:
        lines += ["", *wrapped(f"What requests send of {classes[named.twin_of]}: it has nothing that is read only.")]
    if isinstance(schema, ir.ObjectSchema):
        listed = [
            line
            for item in schema.properties
            for line in described(
                fields[item.name],
                item.name,
                item.schema,
                item.schema.description,
                item.required,
                classes,
                _direction(item.schema),
            )
        ]
        lines += [line for said in sentences(schema, fields) for line in ("", *wrapped(said))]
        lines += ["", "Fields:", *listed]
        further = ir.further_schema(schema)
        if further is not None:
            lines += ["", *wrapped(f"Further keys, in `model_extra`: {shape(further, classes)}.")]
    return lines


def _direction(schema: ir.Schema) -> str:
    return ", read only" if schema.read_only else ", write only" if schema.write_only else ""


def remark(wire: str, description: str) -> str:
    """Give a description on one line; nothing when it only says the name again.

    >>> remark("cluster_id", "Cluster ID"), remark("cluster_id", "The cluster to use")
    ('', 'The cluster to use')
    """
    text = _one_line(without_tags(description))
    return "" if _letters(text) == _letters(wire) else text


def without_tags(text: str) -> str:
    """Take the marks of HTML off a text where they are of the few that descriptions use; those of Markdown stay.

    >>> without_tags("<p>Sends <b>it</b> to <a href='/x'>all</a>.</p><p>Later, a < b > c, `<p>`, Map<String></p>")
    'Sends it to all.\\n\\nLater, a < b > c, `<p>`, Map<String>\\n\\n'
    >>> without_tags("One<br/>two<ul><li>three</li></ul>")
    'One\\ntwo\\n- three\\n'
    """
    if "<" not in text:
        return text
    plain = _TAGS.sub(lambda found: found[0] if found[1] is None else _BREAKS.get(found[2].lower(), ""), text)
    return _GAP.sub("\n\n", plain)


def operation_description(operation: ir.Operation) -> str:
    """Give what the document says of an operation beyond its summary; empty if it says no more."""
    return _summary(operation)[1]


def operation_summary(operation: ir.Operation) -> str:
    """Give the one line that names what an operation does."""
    return _summary(operation)[0]


def _summary(operation: ir.Operation) -> tuple[str, str]:
    text = without_tags(operation.summary).strip()
    rest = without_tags(operation.description).strip()
    if not text and rest:
        text, _, rest = rest.partition("\n")
    elif _letters(text) == _letters(rest):
        rest = ""
    return _sentence(_one_line(text) or _spoken(operation)), rest.strip()


def _spoken(operation: ir.Operation) -> str:
    name = operation.python_name if operation.id_source is ir.IdSource.DERIVED else operation.id
    return " ".join(words(name)) or "Call the operation"


def _kind(schema: ir.Schema, classes: Mapping[str, str]) -> str:
    match schema:
        case ir.RefSchema(name=name):
            return classes.get(name) or _class_words(name)
        case ir.EnumSchema(values=values):
            listed = ", ".join(map(_value, values[:_MAX_LISTED]))
            word = "always" if len(values) == 1 else "one of"
            return f"{word} {listed}" + (", …" if len(values) > _MAX_LISTED else "")
        case ir.ArraySchema(items=items):
            return f"array of {_kind(items, classes)}"
        case ir.UnionSchema(members=members):
            return " or ".join(dict.fromkeys(_kind(member, classes) for member in members))
        case ir.NumberSchema(integer=integer):
            return "integer" if integer else "number"
        case ir.StringSchema(format=text):
            return f"string ({text})" if text else "string"
        case ir.BooleanSchema():
            return "boolean"
        case ir.ObjectSchema():
            return "object"
        case ir.NullSchema():
            return "null"
    return "any value"


def _class_words(name: str) -> str:
    """Name what a reference leads to: a model for requests by its class, what stands within another by both names."""
    parts = [part for part in name.split("/") if part]
    return "".join(map(pascal_case, parts)) if parts[-1:] == ["request"] else ".".join(parts)


def _bounds(schema: ir.Schema) -> list[str]:
    match schema:
        case ir.StringSchema(min_length=low, max_length=high, pattern=pattern):
            return [*_range(low, high, "character"), *([f"pattern `{_cut(pattern)}`"] if pattern else [])]
        case ir.ArraySchema(min_items=low, max_items=high):
            return [*_range(low, high, "item"), *(["no two alike"] if schema.unique else [])]
        case ir.ObjectSchema(min_properties=low, max_properties=high):
            return _range(low, high, "key")
        case ir.NumberSchema():
            facts = [
                ("more than", schema.exclusive_minimum), ("less than", schema.exclusive_maximum),
                ("a multiple of", schema.multiple_of),
            ]  # fmt: skip
            told = [f"{word} {_number(value)}" for word, value in facts if value is not None]
            return [*_range(schema.minimum, schema.maximum), *told]
    return []


def _range(low: float | None, high: float | None, unit: str = "") -> list[str]:
    """Say between what a number or count lies.

    >>> _range(1, None, "item"), _range(2, 2, "item"), _range(0, 1.5), _range(None, 9, "character")
    (['at least 1 item'], ['exactly 2 items'], ['0 to 1.5'], ['at most 9 characters'])
    """
    if low is None and high is None:
        return []
    counted = f" {unit}{'' if (low if high is None else high) == 1 else 's'}" if unit else ""
    if low is not None and high is not None:
        said = f"exactly {_number(low)}" if low == high else f"{_number(low)} to {_number(high)}"
    else:
        said = f"at least {_number(low)}" if low is not None else f"at most {_number(high)}"
    return [f"{said}{counted}"]


def _number(value: float | None) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT else str(value)


def _value(value: str | float | bool | None) -> str:
    """Write one of the values of an enum: a text in quotes where it would be taken for something else.

    >>> _value("a"), _value("1"), _value(1), _value("a, b"), _value("")
    ('a', '"1"', '1', '"a, b"', '""')
    """
    if not isinstance(value, str):
        return str(value)
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else json.dumps(value, ensure_ascii=False)


def _sentence(text: str) -> str:
    plain = text.strip()
    plain = plain[:1].upper() + plain[1:]
    return plain if plain.endswith((".", "!", "?", ":", "…", "。")) else f"{plain}."


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
