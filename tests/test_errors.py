"""Reports: warnings that say the same are one line, errors never are, and what is not printed is counted."""

from __future__ import annotations

from dataclasses import replace

from apiscribe.errors import LEFT_OUT, Diagnostic, Origin, Severity, report

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


def test_more_than_three_warnings_of_a_kind_are_one_line() -> None:
    found = [replace(finding(line, f"m{line}"), kind="m") for line in range(1, 5)]
    assert report(found) == ["warning: a.yaml:1: m1 (and 3 more like it)"]
    assert report(found[1:]) == [f"warning: a.yaml:{line}: m{line}" for line in (2, 3, 4)]
    refused = [replace(item, severity=ERROR) for item in found]
    assert report(refused) == [f"error: a.yaml:{line}: m{line}" for line in range(1, 5)]


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


def test_what_is_left_out_is_told_one_by_one_whatever_its_number() -> None:
    left = [replace(finding(line, "left out: x"), rule=LEFT_OUT) for line in range(1, 31)]
    lines = report([*left, *(finding(line, f"m{line}") for line in range(40, 62))])
    assert lines[:30] == [f"warning: a.yaml:{line}: left out: x" for line in range(1, 31)]
    assert lines[30] == "warning: a.yaml:40: m40"
    assert lines[49:] == ["warning: a.yaml:59: m59", "… and 2 more"]
