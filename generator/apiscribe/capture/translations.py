"""The translations room: one thing read in several languages to one reading that holds the other languages' texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from apiscribe.capture.readings import (
    FieldReading,
    Json,
    ModelReading,
    OperationReading,
    OverviewReading,
    Prose,
    Translations,
)

Reading = TypeVar("Reading", OperationReading, ModelReading, OverviewReading)
Texts = Sequence[tuple[str, str | None]]

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def plain(text: str | None) -> str:
    """Reduce prose to what all forms of a page keep: no text in angle brackets, plain quotes, single blanks.

    >>> plain("the form <key>[:x]  isn’t")
    "the form [:x] isn't"
    """
    return " ".join(re.sub(r"<[^<>]*>", "", (text or "").translate(_QUOTES)).split())


def described(text: str | None, translations: Translations) -> dict[str, Json]:
    """Give a description and, beside it, what the same place says in other languages.

    >>> described("the name", (("ko", "이름"),))
    {'description': 'the name', 'x-description-ko': '이름'}
    """
    return {
        **({"description": text} if text else {}),
        **{f"x-description-{language}": other for language, other in translations},
    }


def others(kept: Reading, group: Sequence[Reading]) -> list[tuple[str, Reading]]:
    """List the first reading in every language other than that of the kept one."""
    first: dict[str, Reading] = {}
    for reading in group:
        language = reading.place.language
        if language is not None and language != kept.place.language:
            first.setdefault(language, reading)
    return sorted(first.items(), key=lambda item: item[0])


def translated_operation(kept: OperationReading, group: Sequence[OperationReading]) -> OperationReading:
    """Lay the other languages' texts beside those of the kept reading of an operation."""
    twins = others(kept, group)
    if not twins:
        return kept
    body = kept.body
    if body is not None:
        bodies = [(language, twin.body.prose.text if twin.body else None) for language, twin in twins]
        body = replace(body, prose=_prose(body.prose, bodies))
    reasons = {language: {response.code: response.reason for response in twin.responses} for language, twin in twins}
    return replace(
        kept,
        translations=_differing(kept.description, [(language, twin.description) for language, twin in twins]),
        parameters=_fields(kept.parameters, [(language, twin.parameters) for language, twin in twins]),
        body=body,
        responses=tuple(
            replace(
                response,
                translations=_differing(
                    response.reason, [(language, found.get(response.code)) for language, found in reasons.items()]
                ),
            )
            for response in kept.responses
        ),
    )


def translated_model(kept: ModelReading, group: Sequence[ModelReading]) -> ModelReading:
    """Lay the other languages' texts beside those of the kept reading of a model."""
    twins = others(kept, group)
    if not twins:
        return kept
    return replace(
        kept,
        translations=_differing(kept.description, [(language, twin.description) for language, twin in twins]),
        fields=_fields(kept.fields, [(language, twin.fields) for language, twin in twins]),
    )


def translated_overview(kept: OverviewReading, group: Sequence[OverviewReading]) -> OverviewReading:
    """Lay the other languages' texts beside those of the kept reading of an overview."""
    texts = [(language, twin.description) for language, twin in others(kept, group)]
    return replace(kept, translations=_differing(kept.description, texts))


def _fields(
    kept: tuple[FieldReading, ...],
    twins: Sequence[tuple[str, tuple[FieldReading, ...]]],
) -> tuple[FieldReading, ...]:
    texts = [
        (language, {(field.location, field.name): field.prose.text for field in fields}) for language, fields in twins
    ]
    return tuple(
        replace(
            field,
            prose=_prose(
                field.prose, [(language, found.get((field.location, field.name))) for language, found in texts]
            ),
        )
        for field in kept
    )


def _prose(prose: Prose, texts: Texts) -> Prose:
    return replace(prose, translations=_differing(prose.text, texts))


def _differing(text: str | None, texts: Texts) -> Translations:
    return tuple((language, other) for language, other in texts if other and plain(other) != plain(text))
