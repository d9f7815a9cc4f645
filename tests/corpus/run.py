"""Generates a client from every document of a folder, examines each, and prints one table.

For each document: whether the official schema accepts it; generating (CPU, memory, size); compiling; importing every
module; mypy --strict; basedpyright; the generated stubs; whether regenerating gives the same; and its operations,
counted in the document, against those that a client of the package can call. What was measured of a document is kept
with the commit it was measured at: a run that was stopped goes on where it was, and another commit begins anew, unless
`--keep` says that what earlier ones gave is good enough (the table tells the commits). Small documents share one run of
basedpyright, whose CPU is divided among them; large ones have a run of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import yaml
from corpus_table import table
from openapi_spec_validator.schemas import schema_v30, schema_v31

BIN = Path(sys.executable).parent
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SMALL = 300_000
LIMITS = {"generate": 600, "mypy": 1800, "pyright": 900, "stubs": 1800}

# Runs in the package's own folder: imports every module, and counts the operations that a client has a method for.
IMPORTED = """
import importlib, json, pkgutil, sys
package = importlib.import_module(sys.argv[1])
modules = [info.name for info in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
loaded = [importlib.import_module(name) for name in modules]
operations = 0
for module in loaded:
    if module.__name__.rpartition(".")[2] == "_operations":
        folder = module.__name__.rpartition(".")[0]
        clients = [importlib.import_module(folder + "." + kind) for kind in ("client", "async_client")]
        surfaces = [value for client in clients for value in vars(client).values() if isinstance(value, type)]
        kinds = lambda value: {kind.__name__ for kind in type(value).__mro__}
        found = [value for value in vars(module).values() if "Operation" in kinds(value)]
        for operation in found:
            holders = [one for one in surfaces if callable(getattr(one, operation.name, None))]
            operations += len(holders) >= 2
print(json.dumps({"modules": len(loaded), "operations": operations}))
"""


def read(path: Path) -> dict[str, Any]:
    """Read a document the plain way, apart from the reader that is being examined."""
    text = path.read_text(encoding="utf-8-sig")
    data = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
    return dict(data)


def accepted(data: dict[str, Any]) -> bool:
    """Tell whether the official schema of the document's version accepts it."""
    schema = schema_v30 if str(data.get("openapi", "")).startswith("3.0") else schema_v31
    return bool(jsonschema_rs.validator_for(dict(schema)).is_valid(data))


def declared(data: dict[str, Any]) -> int:
    """Count the operations of a document, those of path items that refer to another place in it as well."""
    paths = [_path_item(data, item) for item in (data.get("paths") or {}).values() if isinstance(item, dict)]
    return sum(1 for item in paths for method in METHODS if method in item)


def _path_item(data: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    told = str(item.get("$ref", ""))
    if not told.startswith("#/"):
        return item
    found: Any = data
    for key in told.removeprefix("#/").split("/"):
        found = found[unquote(key).replace("~1", "/").replace("~0", "~")]
    return {**found, **item}


def measured(command: list[str], limit: float, **options: Any) -> dict[str, Any]:
    """Run a command; give its exit code, CPU seconds, peak memory in MB, and what it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    stop = threading.Timer(limit, process.kill)
    stop.start()
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    stop.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "exit": process.returncode,
        "cpu": round(usage.ru_utime + usage.ru_stime, 2),
        "memory": round(usage.ru_maxrss / 1024),
        "printed": printed,
        "lines": [line for line in printed.splitlines() if line.startswith("error:")][:5],
    }


def _name(document: Path) -> str:
    return "corpus_" + "".join(letter if letter.isalnum() else "_" for letter in document.name.lower())[:60]


def examine(document: Path, work: Path, formatter: str, checks: Iterable[str]) -> dict[str, Any]:
    """Generate a package from one document and look at it from every side but basedpyright's."""
    data = read(document)
    name = _name(document)
    out = work / "packages" / name
    shutil.rmtree(out, ignore_errors=True)
    command = [str(BIN / "apiscribe"), "generate", str(document), "--out", str(out), "--package", name]
    command += ["--formatter", formatter]
    found: dict[str, Any] = {
        "document": document.name,
        "openapi": str(data.get("openapi", data.get("swagger", "?"))),
        "bytes": document.stat().st_size,
        "accepted": accepted(data),
        "declared": declared(data),
        "generate": measured(command, LIMITS["generate"], cwd=work),
    }
    if found["generate"]["exit"] != 0:
        found["rest"] = measured([*command, "--skip-invalid"], LIMITS["generate"], cwd=work)
    else:
        steps = {
            "again": lambda: measured([*command[:1], "check", *command[2:]], LIMITS["generate"], cwd=work),
            "compile": lambda: measured([sys.executable, "-m", "compileall", "-q", str(out)], 600),
            "import": lambda: measured([sys.executable, "-W", "error", "-c", IMPORTED, name], 600, cwd=out),
            "mypy": lambda: measured(_mypy(out, name, work), LIMITS["mypy"], cwd=out),
            "stubs": lambda: measured(_stubs(), LIMITS["stubs"], cwd=out),
        }
        found["size"] = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        found |= {step: run() for step, run in steps.items() if step in checks}
    return found


def examine_together(documents: list[Path], work: Path, formatter: str, checks: Iterable[str]) -> list[dict[str, Any]]:
    """Examine some documents, with one run of basedpyright over all of their packages."""
    found = [examine(document, work, formatter, checks) for document in documents]
    made = [_name(document) for document, one in zip(documents, found, strict=True) if one["generate"]["exit"] == 0]
    if made and "pyright" in checks:
        run = measured(_pyright(made, work), LIMITS["pyright"], cwd=work)
        told = json.loads(run["printed"])["generalDiagnostics"]
        for document, one in zip(documents, found, strict=True):
            root = str(work / "packages" / _name(document)) + os.sep
            own = [f"{item['file']}: {item['message']}" for item in told if item["file"].startswith(root)]
            if _name(document) in made:
                one["pyright"] = {
                    "exit": int(bool(own)),
                    "cpu": round(run["cpu"] / len(made), 2),
                    "memory": run["memory"],
                    "printed": "\n".join(own),
                    "lines": own[:5],
                }
    for document in documents:
        shutil.rmtree(work / "packages" / _name(document), ignore_errors=True)
    return [_cut(one) for one in found]


def _cut(one: dict[str, Any]) -> dict[str, Any]:
    """Keep the end of what each command printed."""
    return {
        key: {**value, "printed": value["printed"][-2000:]} if isinstance(value, dict) else value
        for key, value in one.items()
    }


def _mypy(out: Path, name: str, work: Path) -> list[str]:
    cache = ["--cache-dir", str(work / "mypy"), "--no-error-summary"]
    return [str(BIN / "mypy"), "--strict", *cache, "--config-file=", str(out / name)]


def _pyright(names: list[str], work: Path) -> list[str]:
    packages = work / "packages"
    settings = packages / f"{names[0]}.pyright.json"
    roots = [{"root": name} for name in names]
    told = {"include": [f"{name}/{name}" for name in names], "executionEnvironments": roots}
    settings.write_text(json.dumps({**told, "typeCheckingMode": "standard"}), encoding="utf-8")
    shown = ["--level", "error", "--outputjson"]
    return [str(BIN / "basedpyright"), *shown, "--pythonpath", sys.executable, "--project", str(settings)]


def _stubs() -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-x", "-W", "error", "-p", "no:cacheprovider", "stubs"]


def main() -> None:
    """Examine what has not been examined, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True, help="folder that fetch.py filled")
    parser.add_argument("--work", type=Path, required=True, help="folder for packages and results; made when missing")
    parser.add_argument("--formatter", default="ruff", choices=("black", "ruff"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--most", type=int, default=1 << 40, help="leave out documents of more bytes than this")
    parser.add_argument("--checks", default="compile,import,mypy,pyright,stubs,again")
    parser.add_argument("--together", type=int, default=12, help="how many small packages basedpyright sees in one run")
    parser.add_argument("--keep", action="store_true", help="take what another commit gave, where it is there")
    parser.add_argument("--table", type=Path, help="write the table here as Markdown")
    given = parser.parse_args()
    (given.work / "packages").mkdir(parents=True, exist_ok=True)
    results = given.work.resolve() / "results"
    results.mkdir(exist_ok=True)
    commit = _commit()
    origins = json.loads((given.documents / "origins.json").read_text(encoding="utf-8"))
    chosen = [
        path
        for path in sorted(given.documents.iterdir(), key=lambda item: (item.stat().st_size, item.name))
        if path.name in origins and given.only in path.name and path.stat().st_size <= given.most
    ]
    kept = {path: one for path in chosen if (one := _kept(results, path, commit, given.keep)) is not None}

    def once(documents: list[Path]) -> list[dict[str, Any]]:
        found = examine_together(documents, given.work.resolve(), given.formatter, given.checks.split(","))
        for document, one in zip(documents, found, strict=True):
            one |= {"commit": commit, "origin": origins[document.name]}
            (results / f"{document.name}.json").write_text(json.dumps(one, indent=1) + "\n", encoding="utf-8")
        return found

    left = _chunks([path for path in chosen if path not in kept], given.together)
    text = table([*kept.values(), *_with_progress(once, left, given.jobs)])
    print(text)
    if given.table:
        given.table.write_text(text, encoding="utf-8")


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent).stdout.strip()


def _kept(results: Path, document: Path, commit: str, any_commit: bool) -> dict[str, Any] | None:
    path = results / f"{document.name}.json"
    found = dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
    return found if found is not None and (any_commit or found["commit"] == commit) else None


def _chunks(documents: list[Path], together: int) -> list[list[Path]]:
    """Put small documents together; a large one stays alone."""
    small = [path for path in documents if path.stat().st_size <= SMALL]
    chunks = [small[start : start + together] for start in range(0, len(small), together)]
    return chunks + [[path] for path in documents if path.stat().st_size > SMALL]


def _with_progress(
    once: Callable[[list[Path]], list[dict[str, Any]]], left: list[list[Path]], jobs: int
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    count = sum(len(chunk) for chunk in left)
    with ThreadPoolExecutor(jobs) as pool:
        for examined in pool.map(once, left):
            found += examined
            print(f"{len(found)}/{count} {examined[-1]['document']}", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    main()
