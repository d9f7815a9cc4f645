"""Results of the corpus to one Markdown document: what was promised beside what was seen, then a row per document."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

Result = Mapping[str, Any]

TOOLS = ("datamodel-code-generator", "pydantic", "httpx", "mypy", "basedpyright", "ruff")


def table(found: Sequence[Result]) -> str:
    """Give the whole document."""
    made = [one for one in found if one["generate"]["exit"] == 0]
    lines = ["# The corpus", "", *_versions(), "", *_summary(found, made), "", *_rows(found), "", *_refusals(found), ""]
    return "\n".join(lines)


def _versions() -> list[str]:
    tools = ", ".join(f"{name} {version(name)}" for name in TOOLS)
    date = datetime.now(UTC).date().isoformat()
    return [
        f"{date}, Python {platform.python_version()}, {tools}.",
        "",
        "Real documents from packages of the public registries, as `tests/corpus/fetch.py` chooses them, through",
        "`tests/corpus/run.py`. Nothing of them is kept here but this table.",
    ]


def passed(one: Result, step: str) -> bool | None:
    """Tell whether a step passed; None if it was not run."""
    return one[step]["exit"] == 0 if step in one else None


def callable_operations(one: Result) -> int | None:
    """Give the number of operations that a client can call; None if it was not counted."""
    import json

    if not passed(one, "import"):
        return None
    return int(json.loads(one["import"]["printed"].splitlines()[-1])["operations"])


def _summary(found: Sequence[Result], made: Sequence[Result]) -> list[str]:
    valid = [one for one in found if one["accepted"]]
    lines = [
        "| what | promised | seen |",
        "|---|---|---|",
        f"| documents | 150 | {len(found)} |",
        f"| of those that the official schema accepts, generated | 99 % | {_share(valid, lambda one: one in made)} |",
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


def _share(among: Sequence[Result], holds: Callable[[Result], bool]) -> str:
    count = sum(1 for one in among if holds(one))
    return f"{count} of {len(among)} ({count / len(among):.1%})" if among else "-"


def _rows(found: Sequence[Result]) -> list[str]:
    lines = [
        "| document | OpenAPI | KB | schema | operations | generate: CPU s | MB | package KB | import | mypy | pyright"
        " | stubs | same again |",
        "|---|---|--:|---|--:|--:|--:|--:|---|---|---|---|---|",
    ]
    for one in sorted(found, key=lambda item: str(item["document"])):
        made = one["generate"]["exit"] == 0
        reached = callable_operations(one)
        operations = f"{reached} of {one['declared']}" if reached is not None else f"{one['declared']}"
        size = f"{one.get('size', 0) // 1024}" if made else "refused"
        steps = (_mark(passed(one, step)) for step in ("import", "mypy", "pyright", "stubs", "again"))
        cells = [
            *(one["document"], one["openapi"], f"{one['bytes'] // 1024}", _mark(one["accepted"]), operations),
            *(f"{one['generate']['cpu']:.1f}", f"{one['generate']['memory']}", size, *steps),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _mark(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "**no**"


def _refusals(found: Sequence[Result]) -> list[str]:
    refused = [one for one in found if one["generate"]["exit"] != 0]
    if not refused:
        return ["No document was refused."]
    lines = ["## Refused", "", "Each by its first reason.", ""]
    for one in sorted(refused, key=lambda item: str(item["document"])):
        reason = (one["generate"]["lines"] or [one["generate"]["printed"].strip() or "?"])[0]
        place = reason.rpartition(one["document"])[2].lstrip(":")
        lines.append(f"- {one['document']}: `{place[:200].replace('`', chr(39))}`")
    return lines
