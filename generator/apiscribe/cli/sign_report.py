"""What `sign` tells: one signing in, lines of a report or the data of its JSON out, nothing secret in either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from apiscribe.cli.sign_compare import Comparison
from apiscribe.cli.sign_run import Evaluated
from apiscribe.cli.sign_shown import Shown, Veil, data_of, lines_of, rows_of
from apiscribe.signing import Recipe
from apiscribe.signing.request import SignedRequest

_STRING = "string to sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One request signed with one recipe, the string that was signed, and how a given signature compares."""

    scheme: str
    recipe: Recipe
    request: SignedRequest
    right: Evaluated
    string: bytes | None
    comparison: Comparison | None
    veil: Veil


def step_rows(outcome: Outcome) -> list[Sequence[str]]:
    """Give the table of steps; the string to sign is one of them, or stands below."""
    rows: list[Shown] = []
    found = False
    for name, value in outcome.right.steps.items():
        is_string = value == outcome.string and not found
        found = found or is_string
        shown = outcome.veil.step(name, value)
        rows.append(_named(shown, f"{name} = {_STRING}") if is_string else shown)
    if outcome.string is not None and not found:
        rows.append(outcome.veil.value(_STRING, outcome.string))
    return rows_of(rows)


def _named(value: Shown, name: str) -> Shown:
    return Shown(name=name, text=value.text, size=value.size, is_text=value.is_text)


def sent_lines(outcome: Outcome) -> list[str]:
    """Give the headers as they are sent, and the address where the signature is part of it."""
    lines = [f"{name}: {outcome.veil.sent(name, value).text}" for name, value in outcome.right.headers]
    return [*lines, *([_address(outcome)] if outcome.right.query else [])]


def _address(outcome: Outcome) -> str:
    url = outcome.request.url
    pairs = ((name, outcome.veil.sent(name, value).text) for name, value in outcome.right.query)
    added = "&".join(f"{quote(name, safe='')}={quote(text, safe='*')}" for name, text in pairs)
    shown = outcome.veil.line(url)
    return f"{shown}{'&' if '?' in url else '?'}{added}" if added else shown


def comparison_lines(outcome: Outcome) -> list[str]:
    """Say how the given signature compares: equal, which mistakes give it, or that none of those tried does."""
    found = outcome.comparison
    if found is None:
        return []
    if found.equal:
        return ["equal"]
    if not found.mistakes:
        sizes = " or ".join(map(str, found.sizes))
        held = f"it stands for {sizes} bytes" if sizes else "it is neither hexadecimal nor base64"
        return [
            f"differs: none of {found.variations} variations that were tried gives the given signature; {held}",
            "what is left: other credentials, another time or nonce, another body, or a mistake of another kind",
        ]
    lines = ["differs: the given signature is what comes out if"]
    lines += [f"  {outcome.veil.line(mistake)}" for mistake in found.mistakes]
    if found.signed is not None and outcome.string is not None and found.signed != outcome.string:
        lines.append(f"what was signed then departs at byte {_departs(outcome.string, found.signed)}:")
        lines += [f"  {line}" for line in lines_of(outcome.veil.value("", found.signed))]
    return lines


def _departs(right: bytes, wrong: bytes) -> int:
    """Give the offset of the first byte in which two strings differ."""
    shorter = min(len(right), len(wrong))
    return next((at for at in range(shorter) if right[at] != wrong[at]), shorter)


def as_data(outcome: Outcome) -> dict[str, object]:
    """Give everything as JSON has it."""
    veil, found = outcome.veil, outcome.comparison
    data: dict[str, object] = {
        "scheme": outcome.scheme,
        "recipe": outcome.recipe.name,
        "milliseconds": outcome.request.milliseconds,
        "steps": [data_of(veil.step(name, value)) for name, value in outcome.right.steps.items()],
        "string_to_sign": None if outcome.string is None else data_of(veil.value(_STRING, outcome.string)),
        "headers": [[name, veil.sent(name, value).text] for name, value in outcome.right.headers],
        "url": _address(outcome),
    }
    if found is not None:
        departs = None if outcome.string is None or found.signed is None else _departs(outcome.string, found.signed)
        data["compare"] = {
            "equal": found.equal,
            "mistakes": [veil.line(mistake) for mistake in found.mistakes],
            "departs_at_byte": departs if found.signed != outcome.string else None,
            "variations": found.variations,
        }
    return data
