"""Generating again: CPU of a cold run, of one with nothing changed, and of one for each kind of change in an operation.

Documents are written anew before anything is measured, so that an edit is all that differs. Every edit begins with the
document and the package as they were.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

METHODS: Final = ("get", "put", "post", "delete", "patch")
MIN_CHANGED, MIN_UNCHANGED = 10.0, 30.0
Operation = dict[str, Any]


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write everything where it belongs."""
        return True


@dataclass(frozen=True, slots=True)
class Form:
    """How a document is written."""

    name: str
    write: Callable[[Any], str]


JSON = Form("document.json", lambda document: json.dumps(document, indent=2, ensure_ascii=False))
YAML = Form(
    "document.yaml",
    lambda document: yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120),
)


def summary(operation: Operation) -> None:
    """Change a text."""
    operation["summary"] = "Changed, and nothing else is"


def parameter(operation: Operation) -> None:
    """Add a parameter."""
    added = {"name": "added", "in": "query", "schema": {"type": "integer"}}
    operation["parameters"] = [*operation.get("parameters", ()), added]


def required(operation: Operation) -> None:
    """Add a parameter that has to be given."""
    added = {"name": "needed", "in": "query", "required": True, "schema": {"type": "string"}}
    operation["parameters"] = [*operation.get("parameters", ()), added]


def response(operation: Operation) -> None:
    """Add a response."""
    operation["responses"] = {**operation["responses"], "418": {"description": "Not now"}}


def operation_id(operation: Operation) -> None:
    """Rename an operation, for which all has to be generated."""
    operation["operationId"] = "renamedForThis"


EDITS: Final = {
    "summary": summary,
    "new parameter": parameter,
    "new required parameter": required,
    "new response": response,
    "renamed (whole)": operation_id,
}


def spend(folder: Path, form: Form) -> float:
    """Generate, and give the CPU seconds of all processes."""
    command = [sys.executable, "-m", "apiscribe", "generate", form.name, "--out", "out", "--package", "measured"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["XDG_CACHE_HOME"] = str(folder / "cache")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--skip-invalid", "--formatter", "ruff"], cwd=folder, env=environment, stdout=log, stderr=log
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit((folder / "log").read_text())
    return usage.ru_utime + usage.ru_stime


def edited(document: Any, edit: Callable[[Operation], None]) -> Any:
    """Change the operation in the middle."""
    copy = json.loads(json.dumps(document))
    found = [item for path in copy["paths"].values() for method, item in path.items() if method in METHODS]
    edit(found[len(found) // 2])
    return copy


def measure(path: Path, form: Form) -> bool:
    """Print the rows of one document in one form, and tell whether they keep what is promised."""
    document = yaml.load(path.read_text(), yaml.CSafeLoader) if path.suffix != ".json" else json.loads(path.read_text())
    document = json.loads(json.dumps(document, default=str))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "now")
        folder.mkdir()
        (folder / form.name).write_text(form.write(document))
        cold = spend(folder, form)
        print(f"| {path.name} as {form.name[9:]} | cold | {cold:.2f} | |")
        unchanged = spend(folder, form)
        print(f"| | unchanged | {unchanged:.2f} | 1/{cold / unchanged:.1f} |", flush=True)
        kept = cold / unchanged >= MIN_UNCHANGED
        shutil.copytree(folder, Path(work, "before"), symlinks=True)
        for name, edit in EDITS.items():
            # The folder has the same name each time: what is kept is kept by it.
            shutil.rmtree(folder)
            shutil.copytree(Path(work, "before"), folder, symlinks=True)
            (folder / form.name).write_text(form.write(edited(document, edit)))
            changed = spend(folder, form)
            print(f"| | {name} | {changed:.2f} | 1/{cold / changed:.1f} |", flush=True)
            kept = kept and (cold / changed >= MIN_CHANGED or "whole" in name)
    return kept


def main() -> int:
    """Print one table; the exit status tells whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path, nargs="*")
    parser.add_argument("--yaml", action="store_true", help="write JSON documents as YAML")
    options = parser.parse_args()
    print("| document | run | CPU seconds | of cold |\n|---|---|---|---|")
    forms = [(path, YAML if options.yaml or path.suffix != ".json" else JSON) for path in options.documents]
    kept = [measure(path, form) for path, form in forms]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
