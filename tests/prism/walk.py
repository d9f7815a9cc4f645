"""Asks an independent reader whether requests are as documents say: every call that the stubs make goes to Prism.

Prism validates each request against the document, and answers with an example. A refusal is a defect of ours unless the
stubs' sample does not fit a pattern or format, or Prism's own example does not fit the document.

    python tests/prism/walk.py [--prism COMMAND] DOCUMENT...
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

PRISM = "npx --yes @stoplight/prism-cli@5.14.2"
_STARTS_WITHIN = 300.0
_SAMPLES = {"pattern", "format"}


class Sent(NamedTuple):
    """One call of the stubs: the case, its arguments, and options of the client."""

    case: Any
    arguments: Mapping[str, object]
    options: Mapping[str, str]


class Outcome(NamedTuple):
    """What became of a call: `accepted`, `sample`, `prism` or `refused`, and what was said."""

    kind: str
    said: str


def main() -> int:
    """Walk through each document, print a line for it, and fail when a request was refused."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("documents", nargs="+", type=Path, metavar="DOCUMENT")
    options.add_argument("--prism", default=PRISM, help="the command that starts Prism")
    given = options.parse_args()
    refused = 0
    for document in given.documents:
        with tempfile.TemporaryDirectory() as folder:
            outcomes = walk(document.resolve(), Path(folder), given.prism)
        tally = Counter(outcome.kind for _, outcome in outcomes)
        kinds = ("accepted", "sample", "prism", "refused")
        print(f"{document.name}: {len(outcomes)} calls, {', '.join(f'{tally[kind]} {kind}' for kind in kinds)}")
        for name, outcome in outcomes:
            if outcome.kind == "refused":
                print(f"  {name}: {outcome.said}")
        refused += tally["refused"] + (not outcomes)
    return 1 if refused else 0


def walk(document: Path, folder: Path, prism: str) -> list[tuple[str, Outcome]]:
    """Generate a client, start Prism, and make every call of the stubs with the synchronous client."""
    package = f"walked_{re.sub(r'[^a-z0-9]+', '_', document.stem.lower())[:40]}"
    command = [sys.executable, "-m", "apiscribe", "generate", document, "--out", folder / "out", "--package", package]
    subprocess.run([*map(str, command), "--skip-invalid"], check=True, stderr=subprocess.DEVNULL)
    with started(document, folder / "prism.log", prism) as address, importable(folder / "out", package):
        modules = sorted(path.stem for path in (folder / "out" / "stubs").glob("test_*.py"))
        calls = [sent for module in modules for sent in sends(importlib.import_module(f"stubs.{module}"))]
        return [(sent.case.name, judged(sent, address)) for sent in calls]


@contextlib.contextmanager
def importable(folder: Path, package: str) -> Iterator[None]:
    """Let a distribution be imported, and forget it afterwards."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] in (package, "stubs")]:
            del sys.modules[name]


@contextlib.contextmanager
def started(document: Path, log: Path, prism: str) -> Iterator[str]:
    """Run Prism for a document on this machine, and give its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [*shlex.split(prism), "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), str(document)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True) as process:
        try:
            limit = time.monotonic() + _STARTS_WITHIN
            while "Prism is listening" not in log.read_text(encoding="utf-8", errors="replace"):
                if process.poll() is not None or time.monotonic() > limit:
                    raise SystemExit(f"{document}: Prism did not start:\n{log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)  # npx leaves what it started behind


def sends(module: Any) -> list[Sent]:
    """Gather the calls of a module of stubs, whose checks are replaced by what only notes them."""
    calls: list[Sent] = []

    def note(case: Any, _: str, arguments: Mapping[str, object], __: object, options: Any = None) -> None:
        calls.append(Sent(case, arguments, options or {}))

    def skip(*_: object, **__: object) -> None:
        """Check nothing."""

    for name in [name for name in vars(module) if name.startswith("check_")]:
        setattr(module, name, note if name == "check_sent" else skip)
    for name, test in list(vars(module).items()):
        if name.startswith("test_") and "flavor" in test.__annotations__:
            test("sync")
    return calls


def judged(sent: Sent, address: str) -> Outcome:
    """Make a call, and say what became of it."""
    target = sent.case.target
    settings = {"base_url": address, "credentials": target.credentials, **target.options, **sent.options}
    with target.client(**settings) as client, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            getattr(client, sent.case.name)(**sent.arguments, timeout=30.0, max_retries=0)
        except Exception as error:
            return blamed(error)
    return Outcome("accepted", "")


def blamed(error: Exception) -> Outcome:
    """Tell whose fault an error is, by the violations that Prism names in a header or in its own kind of body."""
    headers = getattr(error, "headers", None) or {}
    told = headers.get("sl-violations")
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        found = json.loads(told) if told else json.loads(getattr(error, "body", b"")).get("validation", [])
        if any("response" in item["location"][:1] for item in found):
            return Outcome("prism", "")
        if found and {item["code"] for item in found} <= _SAMPLES:
            return Outcome("sample", "")
        if found:
            return Outcome("refused", "; ".join(f"{'.'.join(item['location'])}: {item['message']}" for item in found))
    return Outcome("refused", f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    raise SystemExit(main())
