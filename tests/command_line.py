"""The command line, run in this process in a folder of the test's own."""

from __future__ import annotations

import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from apiscribe.cli import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run printed and exited with."""

    code: int
    out: str
    err: str


def run(folder: Path, *arguments: str) -> Run:
    """Run apiscribe in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return Run(code=ended.value.code, out=out.getvalue(), err=err.getvalue())
