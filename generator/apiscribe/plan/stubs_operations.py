"""Cases of the stubs: one operation goes in; what must arrive of it, what is answered and its tests come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from apiscribe import ir
from apiscribe.code import Code, call, dict_of, fill, identifier, joined, literal
from apiscribe.lower.operations import is_json
from apiscribe.plan import stubs_wire
from apiscribe.plan.operations import is_text
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs_arguments import Arguments, Given
from apiscribe.plan.stubs_headers import headers_checks
from apiscribe.plan.stubs_pages import pages_check
from apiscribe.plan.stubs_places import address_check
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import MAX_NODES, NoSampleError
from apiscribe.plan.stubs_schemes import own_values, sent_schemes
from apiscribe.plan.stubs_streams import download_check, stream_checks
from apiscribe.plan.text import error_class
from apiscribe.view_stubs import CaseView, Check

_WITHOUT_BODY = frozenset({204, 205, 304})
_MAX_ANSWER = 2_000  # values of an answer that must all be there
_ANY_DAY = "2025-06-01"  # the day of the tests' clock where no other is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A success as the server answers it: JSON, text, or nothing, and the class that the JSON becomes.

    `is_made` tells a second answer with one status, made from the schema because the documented one says less.
    """

    status: int
    json: ir.JsonValue | ir.Absent = ir.ABSENT
    text: str = ""
    media_type: str = ""
    returns: str = ""
    undocumented: tuple[str, ...] = ()
    is_made: bool = False
    is_words: bool = False


def case_of(plan: ServicePlan, operation: ir.Operation, arguments: Arguments, samples: Samples, hard: str) -> CaseView:
    """Plan the case and the tests of one operation.

    Raises:
        NoSampleError: no valid call can be derived.
    """
    required = arguments.required(operation)
    every = arguments.every(operation, hard)
    first, *others = _successes(plan, operation, samples)
    constant = fill("{}_CASE", identifier(plan.names.methods[operation.id].upper()))
    needed = {**arguments.argued(operation, required.parameters), **required.body}
    return CaseView(
        name=identifier(plan.names.methods[operation.id]),
        constant=constant,
        facts=tuple(_facts(plan, operation, needed, first)),
        checks=(
            *_sent(plan, operation, arguments, required, every, constant),
            *_bodies(operation, arguments, required, every, samples, constant),
            _check("returns_what_is_answered", "check_returned", constant, *_comparison(first)),
            *(_returned_as(item, constant) for item in others),
            *_errors(operation, constant),
            _repeated(operation, constant),
            *pages_check(plan, operation, arguments, samples, required, constant),
            *address_check(plan, operation, _target(plan, operation, required), constant),
            *stream_checks(plan, operation, samples, needed, constant),
            *download_check(operation, is_bytes=bool(first.text) and not first.is_words, constant=constant),
            *headers_checks(plan, operation, samples, constant),
            *_until(operation, constant),
        ),
    )


def _facts(
    plan: ServicePlan, operation: ir.Operation, needed: Mapping[str, ir.JsonValue], success: Success
) -> Iterable[Code]:
    yield fill("target={}", identifier("TARGET"))
    yield fill("name={}", literal(plan.names.methods[operation.id]))
    yield fill("method={}", literal(operation.method))
    if needed:
        yield fill("required={}", literal(needed))
    yield from _answer(success)
    if plan.security.schemes and plan.security.static is None:
        yield fill("schemes={}", literal(sent_schemes(plan, operation)))
    if _last_day(operation):
        yield fill("until={}", literal(operation.supported_until))
    warns = [*(["DeprecatedOperationWarning"] if operation.deprecated else [])]
    if operation.supported_until and not _last_day(operation) and operation.supported_until < _ANY_DAY:
        warns.append("SupportedUntilWarning")
    if warns:
        yield fill("warns=({},)", joined(", ", [identifier(f"warn.{item}") for item in warns]))


def _answer(success: Success) -> Iterable[Code]:
    yield fill("status={}", literal(success.status))
    if not isinstance(success.json, ir.Absent):
        yield fill("answer={}", literal(success.json))
    if success.media_type:
        yield fill("media_type={}", literal(success.media_type))
    if success.text:
        yield fill("content={}", literal(success.text))


def _sent(
    plan: ServicePlan, operation: ir.Operation, arguments: Arguments, required: Given, every: Given, constant: Code
) -> Iterable[Check]:
    options = arguments.client_options()
    chosen = {header: value for header, value, _ in options.values()}
    defaults = {header: default for header, _, default in options.values() if default is not None}
    given = {**arguments.argued(operation, every.parameters), **every.body}
    needed = {**arguments.argued(operation, required.parameters), **required.body}
    full = [literal(given), _expected(plan, operation, every, chosen)]
    if options:
        full.append(fill("options={}", literal({name: value for name, (_, value, _) in options.items()})))
    yield _check("sends_every_argument", "check_sent", constant, *full)
    if needed != given or options:
        expected = _expected(plan, operation, required, defaults)
        yield _check("sends_nothing_more", "check_sent", constant, literal(needed), expected)


def _target(plan: ServicePlan, operation: ir.Operation, given: Given) -> str:
    return stubs_wire.target(operation, own_values(plan, operation, given.parameters))


def _expected(plan: ServicePlan, operation: ir.Operation, given: Given, options: Mapping[str, str]) -> Code:
    values = own_values(plan, operation, given.parameters)
    own = stubs_wire.headers(operation, values)
    lower = {name.lower() for name in own}
    headers = {name: value for name, value in options.items() if name.lower() not in lower} | own
    content = given.content
    if content.media_type:
        headers["Content-Type"] = content.media_type
    facts = [("target", literal(_target(plan, operation, given))), ("headers", literal(headers))]
    if not isinstance(content.json, ir.Absent):
        facts.append(("json", literal(content.json)))
    elif content.text:
        facts.append(("content", literal(content.text)))
    return call("Sent", facts)


def _bodies(
    operation: ir.Operation,
    arguments: Arguments,
    required: Given,
    every: Given,
    samples: Samples,
    constant: Code,
) -> Iterable[Check]:
    fields = arguments.fields(operation)
    if not fields or isinstance(every.content.json, ir.Absent):
        return
    names = arguments.names(operation)
    parameters = arguments.argued(operation, required.parameters)
    sent = required.content.json if isinstance(required.content.json, dict) else arguments.least(operation)
    nulls: list[str] = []
    for item in fields:
        names_given = {*sent, *nulls, item.name}
        if samples.is_nullable(item.schema) and names_given == {*arguments.together(operation, names_given)}:
            nulls.append(item.name)
    if nulls:
        given = {names[name]: value for name, value in sent.items()}
        yield _check(
            "sends_none_as_null",
            "check_body",
            constant,
            literal({**parameters, **given, **{names[name]: None for name in nulls}}),
            literal({**sent, **dict.fromkeys(nulls)}),
        )
    whole = arguments.whole(operation)
    body = every.content.json if isinstance(whole, ir.Absent) else whole
    yield _check("sends_a_whole_body", "check_example", constant, literal(parameters), literal(body))


def _returned_as(success: Success, constant: Code) -> Check:
    answer = Code("NOTHING") if isinstance(success.json, ir.Absent) else literal(success.json)
    if success.is_made:
        says, other = "returns_every_field", fill("replace({}, answer={})", constant, answer)
    else:
        says = f"returns_what_is_answered_with_{success.status}"
        status, content, told = literal(success.status), literal(success.text), literal(success.media_type)
        form = "replace({}, status={}, answer={}, content={}, media_type={})"
        other = fill(form, constant, status, answer, content, told)
    return replace(_check(says, "check_returned", other, *_comparison(success)), is_other=True)


def _comparison(success: Success) -> Iterable[Code]:
    if success.is_words:
        yield fill("kind={}", identifier("str"))
    if success.returns:
        yield fill("returns={}", identifier(f"models.{success.returns}"))
    if success.undocumented:
        yield fill("undocumented={}", literal(success.undocumented))


def _successes(plan: ServicePlan, operation: ir.Operation, samples: Samples) -> list[Success]:
    stated = [item for item in operation.responses if item.status.startswith("2")]
    stated = stated or [item for item in operation.responses if item.status == "default"]
    known = {item.status for item in operation.responses}
    found: dict[tuple[int, bool], Success] = {}
    for response in stated:
        for success in _answers(plan, operation, response, known, samples):
            found.setdefault((success.status, success.is_made), success)
    if not found and any(item.content is not None and item.status not in ("204", "205", "304") for item in stated):
        raise NoSampleError  # an empty answer would be taken for a fault of the server
    return list(found.values()) or [Success(status=200)]


def _answers(
    plan: ServicePlan, operation: ir.Operation, response: ir.Response, known: set[str], samples: Samples
) -> Iterable[Success]:
    status = int(response.status) if response.status.isdigit() else _free(known, range(200, 204))
    content = response.content
    if content is None:
        yield Success(status=status)
    elif status in _WITHOUT_BODY:
        return  # HTTP has no body there, whatever is documented
    elif not is_json(content.name):
        yield Success(status=status, text="text", is_words=is_text(content.name))
    else:
        schema = content.schema or ir.AnySchema(origin=operation.origin)
        written, made = samples.answered(schema, content.example), _made(schema, samples)
        first = made if isinstance(written, ir.Absent) else written
        if not isinstance(first, ir.Absent):
            yield _success(plan, operation, status, schema, first, samples, _telling(response))
        if first is not made and isinstance(made, dict) and isinstance(first, dict) and made.keys() - first.keys():
            made_too = _success(plan, operation, status, schema, made, samples, _telling(response))
            yield replace(made_too, is_made=True)


def _telling(response: ir.Response) -> str:
    """Give the media type of an answer that would be taken for another kind of the response without it."""
    name = response.content.name if response.content is not None and response.others else ""
    return "" if "*" in name or name == "application/json" else name


def _success(
    plan: ServicePlan,
    operation: ir.Operation,
    status: int,
    schema: ir.Schema,
    answer: ir.JsonValue,
    samples: Samples,
    media_type: str,
) -> Success:
    name = samples.class_of(schema) if isinstance(answer, dict) and operation.method != "HEAD" else ""
    return Success(
        status=status,
        json=answer,
        media_type=media_type,
        returns=plan.names.classes[name] if name else "",
        undocumented=tuple(dict.fromkeys(samples.unknown(schema, answer))),
    )


def _made(schema: ir.Schema, samples: Samples) -> ir.JsonValue | ir.Absent:
    for full, most in ((2, MAX_NODES), (1, MAX_NODES), (0, MAX_NODES), (0, _MAX_ANSWER)):
        try:
            return samples.made(schema, full=full, most=most)
        except NoSampleError:
            continue
    return ir.ABSENT


def _free(known: set[str], statuses: Iterable[int]) -> int:
    return next((status for status in statuses if str(status) not in known), 200)


def _errors(operation: ir.Operation, constant: Code) -> Iterable[Check]:
    known = {item.status for item in operation.responses}
    classes: dict[int, str] = {}
    for status in sorted(known):
        if status[0] in "45":
            number = int(status) if status.isdigit() else _free(known, (418, 451) if status[0] == "4" else (500, 501))
            classes.setdefault(number, error_class(str(number)))
    if "default" in known and any(status.startswith("2") for status in known):
        classes.setdefault(_free(known, (418, 451)), "APIStatusError")
    if classes:
        entries = ((literal(status), identifier(f"errors.{name}")) for status, name in sorted(classes.items()))
        yield _check("raises_the_documented_errors", "check_errors", constant, dict_of(entries))


def _repeated(operation: ir.Operation, constant: Code) -> Check:
    if operation.method in ir.IDEMPOTENT or operation.key is not None:
        return _check("is_sent_again_after_503", "check_retried", constant)
    return _check("is_sent_once", "check_sent_once", constant, identifier("errors.ServerError"))


def _last_day(operation: ir.Operation) -> bool:
    try:
        day = date.fromisoformat(operation.supported_until)
    except ValueError:
        return False
    return day.isoformat() == operation.supported_until and 1971 <= day.year < 9999


def _until(operation: ir.Operation, constant: Code) -> Iterable[Check]:
    if _last_day(operation):
        yield _check(
            "warns_when_no_longer_supported",
            "check_supported_until",
            constant,
            identifier("warn.SupportedUntilWarning"),
        )


def _check(says: str, function: str, case: Code, *arguments: Code) -> Check:
    return Check(says=identifier(says), function=identifier(function), case=case, arguments=arguments)
