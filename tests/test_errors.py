"""Reports: warnings that say the same are one line, errors never are, and what is not printed is counted."""

from __future__ import annotations

from apiscribe.errors import Diagnostic, Origin, Severity, report

WARNING, ERROR = Severity.WARNING, Severity.ERROR


def finding(line: int, message: str, severity: Severity = WARNING, file: str = "a.yaml") -> Diagnostic:
    return Diagnostic(rule="r", message=message, severity=severity, origin=Origin(file=file, line=line))


def test_the_same_warning_is_one_line_for_each_file() -> None:
    found = [finding(9, "x"), finding(3, "x"), finding(5, "y"), finding(7, "x"), finding(1, "x", file="b.yaml")]
    assert report(found) == [
        "warning: a.yaml:3: x (and 2 more like it)",
        "warning: a.yaml:5: y",
        "warning: b.yaml:1: x",
    ]


def test_every_error_has_its_line() -> None:
    assert report([finding(4, "x", ERROR), finding(2, "x", ERROR), finding(1, "x")]) == [
        "error: a.yaml:2: x",
        "error: a.yaml:4: x",
        "warning: a.yaml:1: x",
    ]


def test_findings_beyond_twenty_lines_are_counted() -> None:
    found = [finding(line, f"m{line}") for line in range(1, 23)] + [finding(99, "m22")]
    lines = report(found)
    assert lines[19:] == ["warning: a.yaml:20: m20", "… and 3 more"]
