"""The demo: every step does what it says, and a step that does not ends it with exit code 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .signing_room import ROOT

DEMO = ROOT / "tests" / "demo" / "demo.py"


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, str(DEMO), str(folder)], env=environment, capture_output=True, text=True, check=False
    )


def test_the_demo_shows_the_main_job(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    told = done.stdout
    assert [line for line in told.splitlines() if line.startswith("exit code")] == [
        "exit code 0", "exit code 0", "exit code 0", "exit code 0", "exit code 1", "exit code 0", "exit code 0",
    ]  # fmt: skip
    assert told.count("signature valid ") == 4
    assert told.count("signature refused ") == 1
    assert "AuthenticationError, status 401: the signature is not valid" in told
    assert "somebody else" not in told
    assert sorted(path.name for path in (tmp_path / "seeds").iterdir()) == ["data-flow-1.0.yaml", "data-ops-1.1.yaml"]


def test_the_demo_fails_when_a_step_does(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("in the way", "utf-8")
    done = run(tmp_path)
    assert done.returncode == 1
    assert "The demo failed: apiscribe capture ended with 2, not 0" in done.stdout
