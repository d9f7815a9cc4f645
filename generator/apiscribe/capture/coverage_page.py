"""The coverage page: counts and templates in, one self-contained HTML page out, the same bytes for the same counts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined, Undefined

from apiscribe.capture.coverage import Coverage, ServiceCoverage
from apiscribe.errors import shown

MARK: Final = "apiscribe coverage"
TEMPLATE: Final = "coverage/page.html.j2"
STYLE: Final = "coverage/style.css.j2"
SCRIPT: Final = "coverage/script.js.j2"
NOWHERE: Final = "(no service)"
_WIDTH: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One number at the top of the page, and whether it asks for attention."""

    number: str
    label: str
    note: str
    alert: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a bar, in hundredths of its width, and its colour's name."""

    start: str
    width: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """A row of the table of services, or its sum; every number as text."""

    name: str
    versions: str
    seen: str
    parsed: str
    refused: str
    operations: str
    stated: str
    inferred: str
    unknown: str
    share: str
    bar: tuple[Segment, ...]
    missing: str
    warnings: str
    is_refusing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """A kind of finding with its numbers."""

    rule: str
    errors: str
    warnings: str
    bar: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding: how severe, of which kind and service, where, what, and the fact it concerns."""

    severity: str
    rule: str
    service: str
    place: str
    message: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """A missing model and what is known of it."""

    service: str
    name: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that the page prints, final."""

    mark: str
    policy: str
    summary: str
    tiles: tuple[Tile, ...]
    services: tuple[ServiceRow, ...]
    total: ServiceRow
    kinds: tuple[KindRow, ...]
    missing: tuple[ModelRow, ...]
    findings: tuple[FindingRow, ...]


def page(counted: Coverage, templates: Mapping[str, str]) -> str:
    """Print the page.

    Raises:
        jinja2.TemplateError: a template is broken or prints what is not there.
    """
    jinja = environment(templates)
    hashes = {name: _source_of(jinja.get_template(name).render()) for name in (STYLE, SCRIPT)}
    policy = f"default-src 'none'; style-src {hashes[STYLE]}; script-src {hashes[SCRIPT]}"
    return jinja.get_template(TEMPLATE).render(view=_view(counted, f"{policy}; base-uri 'none'; form-action 'none'"))


def environment(templates: Mapping[str, str]) -> Environment:
    """Make the environment of HTML templates: everything printed is escaped, undefined names are errors."""
    return Environment(
        loader=DictLoader(dict(templates)),
        undefined=StrictUndefined,
        finalize=_printable,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _printable(value: object) -> object:
    # A text that calls itself safe would pass unescaped, so nothing but plain text is printed.
    if type(value) is str or isinstance(value, Undefined):
        return value
    msg = f"only text is printed, not {type(value).__name__}"
    raise TypeError(msg)


def _source_of(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _view(counted: Coverage, policy: str) -> View:
    total = counted.total
    return View(
        mark=MARK,
        policy=policy,
        summary=_summary(counted),
        tiles=_tiles(counted),
        services=tuple(_service_row(one) for one in counted.services),
        total=_service_row(total),
        kinds=_kind_rows(counted.kinds),
        missing=tuple(
            ModelRow(
                service=_name(model.service),
                name=shown(model.name, 200),
                known=shown(model.evidence, 400) or "nothing: its schema is unknown",
            )
            for model in counted.missing
        ),
        findings=tuple(
            FindingRow(
                severity=one.diagnostic.severity.value,
                rule=shown(one.diagnostic.rule),
                service=_name(one.service),
                place=_place(one.diagnostic.origin.file, one.diagnostic.origin.line),
                message=shown(one.diagnostic.message, 1000),
                fact=shown(one.diagnostic.fact or "", 400),
            )
            for one in counted.findings
        ),
    )


def _name(service: str) -> str:
    return shown(service, 200) or NOWHERE


def _place(file: str, line: int | None) -> str:
    return shown(file, 400) + (f":{line}" if line is not None else "")


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _summary(counted: Coverage) -> str:
    total = counted.total
    services = sum(1 for one in counted.services if one.service)
    refused = "none was refused" if not total.refused else f"{_many(total.refused, 'page')} refused"
    return f"{_many(total.seen, 'page')} of {_many(services, 'service')} seen; {refused}."


def _tiles(counted: Coverage) -> tuple[Tile, ...]:
    total = counted.total
    errors = sum(one.is_error for one in counted.findings)
    doubtful = f"{total.inferred:,} inferred, {total.unknown:,} unknown"
    complaints = "no errors" if not errors else _many(errors, "error")
    gone = "referred to, and described by no page"
    return (
        Tile(number=f"{total.parsed:,}", label="pages parsed", note=f"of {total.seen:,} seen", alert=total.refused > 0),
        Tile(number=f"{total.operations:,}", label="operations", note="in all versions", alert=False),
        Tile(number=_share(total), label="of fields stated", note=doubtful, alert=total.unknown > 0),
        Tile(number=f"{total.missing:,}", label="missing models", note=gone, alert=total.missing > 0),
        Tile(number=f"{total.warnings:,}", label="warnings", note=complaints, alert=errors > 0),
    )


def _share(one: ServiceCoverage) -> str:
    """Give the stated share of the fields, never rounded up to all of them.

    >>> zero = dict(service="", versions=(), seen=0, refused=0, operations=0, missing=0, warnings=0)
    >>> _share(ServiceCoverage(stated=9999, inferred=1, unknown=0, **zero))
    '99.9 %'
    """
    fields = one.stated + one.inferred + one.unknown
    if not fields:
        return "–"
    tenths = one.stated * 1000 // fields
    return "100 %" if tenths == 1000 else f"{tenths / 10:.1f} %"


def _service_row(one: ServiceCoverage) -> ServiceRow:
    return ServiceRow(
        name=_name(one.service),
        versions=", ".join(shown(version, 40) for version in one.versions),
        seen=f"{one.seen:,}",
        parsed=f"{one.parsed:,}",
        refused=f"{one.refused:,}",
        operations=f"{one.operations:,}",
        stated=f"{one.stated:,}",
        inferred=f"{one.inferred:,}",
        unknown=f"{one.unknown:,}",
        share=_share(one),
        bar=_bar((("stated", one.stated), ("inferred", one.inferred), ("unknown", one.unknown))),
        missing=f"{one.missing:,}",
        warnings=f"{one.warnings:,}",
        is_refusing=one.refused > 0,
    )


def _kind_rows(kinds: Sequence[tuple[str, int, int]]) -> tuple[KindRow, ...]:
    most = max((errors + warnings for _, errors, warnings in kinds), default=1)
    return tuple(
        KindRow(
            rule=shown(rule),
            errors=f"{errors:,}",
            warnings=f"{warnings:,}",
            bar=_bar((("error", errors), ("warning", warnings)), whole=most),
        )
        for rule, errors, warnings in kinds
    )


def _bar(parts: Sequence[tuple[str, int]], whole: int | None = None) -> tuple[Segment, ...]:
    """Lay parts side by side; what is there is never too thin to be seen."""
    whole = whole if whole is not None else sum(number for _, number in parts)
    segments = []
    start = 0.0
    for kind, number in parts:
        if number:
            width = min(max(number / whole * _WIDTH, 1.0), _WIDTH - start)
            segments.append(Segment(start=f"{start:.2f}", width=f"{width:.2f}", kind=kind))
            start += width
    return tuple(segments)
