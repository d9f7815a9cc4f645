"""Results of the corpus to one Markdown document: what was promised beside what was seen, then a row per document."""

from __future__ import annotations

import json
import platform
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

Result = Mapping[str, Any]

TOOLS = ("datamodel-code-generator", "pydantic", "httpx", "mypy", "basedpyright", "ruff")

# What makes an operation unusable whatever a schema says of the document: nobody could tell what to send or to read.
UNUSABLE = {
    "a path that is none (RFC 3986), as one with its query in it": re.compile(r"no path can hold|the path .* holds '"),
    "a variable of a path that is no parameter": re.compile("variable .* has no parameter with 'in: path'"),
    "a media type that does not parse (RFC 9110)": re.compile("is no media type"),
    "a type that is none of JSON's": re.compile("is none of JSON's types"),
}


def table(found: Sequence[Result]) -> str:
    """Give the whole document."""
    made = [one for one in found if one["generate"]["exit"] == 0]
    lines = [
        "# The corpus",
        "",
        *_versions(found),
        "",
        *_summary(found, made),
        "",
        *_rows(found),
        "",
        *_refusals(found),
        "",
    ]
    return "\n".join(lines)


def _versions(found: Sequence[Result]) -> list[str]:
    tools = ", ".join(f"{name} {version(name)}" for name in TOOLS)
    date = datetime.now(UTC).date().isoformat()
    commits, origins = _counted(one["commit"] for one in found), _counted(one["origin"] for one in found)
    return [
        f"{date}, Python {platform.python_version()}, {tools}.",
        f"Commits, with the number of documents examined at each: {commits}.",
        "",
        "Real documents from packages of the public registries, as `tests/corpus/fetch.py` chooses them, through",
        "`tests/corpus/run.py` (`make corpus`); this page is what it printed. Nothing of the documents is kept here.",
        f"Packages, with the number of documents of each: {origins}.",
    ]


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in Counter(names).most_common())


def passed(one: Result, step: str) -> bool | None:
    """Tell whether a step passed; None if it was not run."""
    return one[step]["exit"] == 0 if step in one else None


def callable_operations(one: Result) -> int | None:
    """Give the number of operations that a client can call; None if it was not counted."""
    if not passed(one, "import"):
        return None
    return int(json.loads(one["import"]["printed"].splitlines()[-1])["operations"])


def _summary(found: Sequence[Result], made: Sequence[Result]) -> list[str]:
    valid = [one for one in found if one["accepted"]]
    lines = [
        "| what | promised | seen |",
        "|---|---|---|",
        f"| documents | 150 | {len(found)}, of which the official schema accepts {len(valid)} |",
        f"| of those that the official schema accepts, generated | 99 % | {_share(valid, lambda one: one in made)} |",
        f"| of those, generated or refused for what nobody could send | 99 % | {_share(valid, _is_as_promised)} |",
        f"| generated, of all | | {_share(found, lambda one: one in made)} |",
    ]
    for step, what, promised in (
        ("compile", "compile", "100 %"),
        ("import", "import, every module", "100 %"),
        ("stubs", "pass their stubs", "100 %"),
        ("mypy", "clean under mypy --strict", "99 %"),
        ("pyright", "clean under basedpyright", "99 %"),
        ("again", "regenerate to the same bytes", "100 %"),
    ):
        ran = [one for one in made if step in one]
        lines.append(f"| {what} | {promised} | {_share(ran, lambda one, step=step: bool(passed(one, step)))} |")
    counted = [one for one in made if callable_operations(one) is not None]
    declared = sum(one["declared"] for one in counted)
    reached = sum(callable_operations(one) or 0 for one in counted)
    lines.append(f"| operations that can be called | all | {reached} of {declared} |")
    return lines


def _is_as_promised(one: Result) -> bool:
    return one["generate"]["exit"] == 0 or bool(_unusable(one))


def _unusable(one: Result) -> list[str]:
    """Give the grounds of a refusal if all its reasons are such, and each tells its place; else nothing."""
    reasons = one["generate"]["lines"]
    grounds = [next((name for name, form in UNUSABLE.items() if form.search(line)), "") for line in reasons]
    located = all(f"{one['document']}:" in line and ": /paths/" in line for line in reasons)
    return list(dict.fromkeys(grounds)) if located and all(grounds) else []


def _share(among: Sequence[Result], holds: Callable[[Result], bool]) -> str:
    count = sum(1 for one in among if holds(one))
    return f"{count} of {len(among)} ({count / len(among):.1%})" if among else "-"


def _rows(found: Sequence[Result]) -> list[str]:
    lines = [
        "CPU is of the whole command, user and system; of basedpyright, where packages shared a run, a share of it.",
        "",
        "| document | OpenAPI | KB | schema | operations | left out | generate: CPU s | MB | package KB | compile"
        " | import | mypy: CPU s | MB | pyright: CPU s | MB | stubs | same again | commit |",
        "|---|---|--:|---|--:|--:|--:|--:|--:|---|---|--:|--:|--:|--:|---|---|---|",
    ]
    for one in sorted(found, key=lambda item: str(item["document"])):
        reached = callable_operations(one)
        left_out = one["declared"] - (reached or 0) if one["generate"]["exit"] or reached is not None else "-"
        cells = [
            *(one["document"], one["openapi"], f"{one['bytes'] // 1024}", _mark(one["accepted"])),
            *(f"{one['declared']}", f"{left_out}", f"{one['generate']['cpu']:.1f}", f"{one['generate']['memory']}"),
            *("refused" if one["generate"]["exit"] else f"{one['size'] // 1024}",),
            *(_mark(passed(one, step)) for step in ("compile", "import")),
            *(cell for step in ("mypy", "pyright") for cell in _cost(one, step)),
            *(_mark(passed(one, step)) for step in ("stubs", "again")),
            one["commit"],
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _cost(one: Result, step: str) -> tuple[str, str]:
    if not passed(one, step):
        return _mark(passed(one, step)), "-"
    return f"{one[step]['cpu']:.1f}", f"{one[step]['memory']}"


def _mark(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "**no**"


def _refusals(found: Sequence[Result]) -> list[str]:
    refused = [one for one in found if one["generate"]["exit"] != 0]
    if not refused:
        return ["No document was refused."]
    lines = ["## Refused", "", "With the ground and the first reason.", ""]
    for one in sorted(refused, key=lambda item: str(item["document"])):
        reason = (one["generate"]["lines"] or [one["generate"]["printed"].strip() or "?"])[0]
        place = reason.rpartition(f"{one['document']}:")[2]
        other = "**another reason**" if one["accepted"] else "and not accepted by the official schema"
        ground = "; ".join(_unusable(one)) or other
        says = {True: "; `--skip-invalid` generates the rest", False: "; not even with `--skip-invalid`", None: ""}
        rest = says[passed(one, "rest")]
        lines.append(f"- {one['document']}, {ground}{rest}: `{place[:200].replace('`', chr(39))}`")
    failed = [(one, step) for one in found for step in ("compile", "import", "mypy", "pyright", "stubs", "again")]
    told = [f"- {one['document']}: {step}" for one, step in failed if passed(one, step) is False]
    return [*lines, "", "## Failed", "", *told] if told else lines
