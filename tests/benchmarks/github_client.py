"""Measures the client of GitHub's document beside raw httpx and the clients that two other generators make of it.

What is measured is CPU: importing a client, its first call, and lists of 100 repositories and of 100 commits, each the
document's own example, fetched from a server on loopback and validated. Each client runs in fresh processes, beside
raw httpx and json in the same process; all have their bytecode, and the same versions of httpx and pydantic.
What pydantic alone takes, with models of the same fields and plain texts for points in time, is shown beside a list:
no client that validates by pydantic can be below it.
The peers are those of `peers.py`. openapi-python-client ends with an error, since one module that it writes is no
Python, and its client returns no repositories; that of OpenAPI Generator refuses the document's own example of a
commit. What each can do is measured. Without a document nothing is.
"""

from __future__ import annotations

import argparse
import json
import os
import runpy
import statistics
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks.peers import PEERS, command_of, fresh, install, spend

MAX_IMPORT, MAX_FIRST, MAX_LIST, MAX_PEER = 1.2, 25.0, 1.35, 0.65
NEEDED: Final = ("attrs", "python-dateutil", "urllib3", "typing-extensions")
RAW: Final = "import httpx, pydantic\nclass Model(pydantic.BaseModel):\n    name: str"
SERVER: Final = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
bodies = {path: open(file, "rb").read() for path, file in zip(sys.argv[1::2], sys.argv[2::2])}
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = bodies[self.path.partition("?")[0]]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""
STEADY: Final = """
import statistics
def spent(function, calls):
    begun = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - begun) / calls * 1e3
pairs = []
assert len(theirs()) == len(call()) == 100
for number in range(int(sys.argv[2])):
    order = (theirs, call) if number % 2 else (call, theirs)
    times = {function: spent(function, 5) for function in order}
    pairs.append((times[theirs], times[call]))
print([statistics.median(pair[side] for pair in pairs) for side in (0, 1)])
print(statistics.median(mine / raw for raw, mine in pairs))
"""

# Models of pydantic's own with the fields of ours. Neither list has a type that holds itself: this would not end.
PLAIN: Final = """
import datetime, types, typing
from functools import cache
@cache
def plain(kind):
    if isinstance(kind, type) and issubclass(kind, pydantic.BaseModel):
        kind.model_rebuild()
        fields = {
            name: (plain(field.annotation), pydantic.Field(
                ... if field.is_required() else field.default, validation_alias=field.validation_alias or name))
            for name, field in kind.model_fields.items()
        }
        return pydantic.create_model(kind.__name__, **fields)
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return typing.Union[tuple(plain(arm) for arm in typing.get_args(kind))]
    if typing.get_origin(kind) is list:
        return list[plain(typing.get_args(kind)[0])]
    return str if kind is datetime.datetime else kind
operations = sys.modules[type(client).__module__]._operations
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """An operation that lists: its path, the example of its answer, and where it is a function, its module."""

    path: str
    example: str
    method: str
    arguments: str
    module: str


LISTINGS: Final = {
    "repositories": Listing(
        "/orgs/o/repos", "minimal-repository-items", "repos_list_for_org", "'o'", "reposlist_for_org"
    ),
    "commits": Listing("/repos/o/r/commits", "commit-items", "repos_list_commits", "'o', 'r'", "reposlist_commits"),
}


@dataclass(frozen=True, slots=True)
class Client:
    """A client: the folder of its package, what imports and what makes it, how a listing is called, which it reads."""

    folder: Path
    imported: str
    made: str
    call: str = "client.{0.method}({0.arguments})"
    reads: tuple[str, ...] = tuple(LISTINGS)

    def calling(self, name: str) -> str:
        """Give code that defines `call`."""
        return f"{self.made}\ncall = lambda: {self.call.format(LISTINGS[name])}"


def clients(work: Path, document: Path) -> dict[str, Client]:
    """Generate what is not there yet, and tell how each client is used."""
    folders = {name: work / "runs" / f"github-{name}" for name in ("ours", *PEERS)}
    for name, folder in folders.items():
        if not (folder / "out").exists():
            fresh(work, folder.name)
            command = command_of("ruff" if name == "ours" else name, document, work)
            made = spend(command, folder, work / "peers" / name / "bin" if name in PEERS else None)
            print(f"{name}: generated in {made.cpu:.1f} s of CPU", flush=True)
    package = next(path.parent.name for path in (folders["opc"] / "out").glob("*/client.py"))
    names = runpy.run_path(str(folders["ours"] / "out" / "peer" / "__init__.py"))["__all__"]
    name = next(name for name in names if f"Async{name}" in names)
    modules = ", ".join(listing.module for listing in LISTINGS.values())
    return {
        "ours": Client(folders["ours"] / "out", f"from peer import {name}", f"client = {name}(base_url=url)"),
        "opc": Client(
            folders["opc"] / "out",
            f"from {package} import Client\nfrom {package}.api.repos import {modules}",
            "client = Client(base_url=url)",
            "{0.module}.sync({0.arguments}, client=client)",
            ("commits",),
        ),
        "oag": Client(
            folders["oag"] / "out",
            "from openapi_client import ApiClient, Configuration, ReposApi",
            "client = ReposApi(ApiClient(Configuration(host=url)))",
            reads=("repositories",),
        ),
    }


def raw_calling(name: str) -> str:
    """Give code that defines `call` by httpx and json alone."""
    # The address is http://, so no certificates need be loaded.
    made = "raw = httpx.Client(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))"
    return f"{made}\ncall = lambda: json.loads(raw.get(url + {LISTINGS[name].path!r}).content)"


def plain_calling(client: Client, name: str) -> str:
    """Give code that defines `call` by httpx and pydantic alone."""
    listing = LISTINGS[name]
    made = f"{client.made}\n{PLAIN}\nadapter = pydantic.TypeAdapter"
    made += f"(plain(operations.{listing.method}.loaded.responses['200']))"
    return f"{made}\ncall = lambda: adapter.validate_json(raw.get(url + {listing.path!r}).content)"


def write_answers(document: Path, work: Path) -> list[str]:
    """Write the document's example of each list, 100 long, as compact JSON; give each path and file."""
    examples: dict[str, Any] = json.loads(document.read_bytes())["components"]["examples"]
    found = []
    for name, listing in LISTINGS.items():
        file = work / f"{name}.json"
        (example,) = examples[listing.example]["value"]
        file.write_text(json.dumps([example] * 100, separators=(",", ":")), encoding="utf-8")
        found += [listing.path, str(file)]
    return found


def python(work: Path) -> Path:
    """Give the Python of an environment that has what all clients need, in the versions that are installed here."""
    folder = work / "clients"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        same = [f"{name}=={version(name)}" for name in ("httpx", "pydantic")]
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", *same, *NEEDED], check=True)
        (folder / "installed").touch()
    return folder / "bin" / "python"


def run(program: Path, folder: Path, code: str, *arguments: str) -> list[str]:
    """Run code in a fresh process that finds the package in a folder; give the lines it printed."""
    head = f"import sys, time\nsys.path.insert(0, {str(folder)!r})\nurl = sys.argv[1]\n"
    # Without bytecode, what is measured is the compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(program), "-c", head + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()


def measured(before: str, code: str) -> str:
    """Give code that prints the CPU milliseconds of code."""
    return f"{before}\nbegun = time.process_time()\n{code}\nprint((time.process_time() - begun) * 1e3)"


def fresh_medians(program: Path, url: str, cases: dict[str, tuple[Path, str]], pairs: int) -> dict[str, float]:
    """Run each case in turn in fresh processes; the first round leaves bytecode behind."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(pairs + 1):
        for name, (folder, code) in cases.items():
            spent = float(run(program, folder, code, url)[-1])
            if number:
                found[name].append(spent)
    return {name: statistics.median(times) for name, times in found.items()}


def row(what: str, found: dict[str, float], cells: list[tuple[str, bool]]) -> bool:
    """Print a row of the table, and say whether all limits hold."""
    times = " | ".join(f"{found[name]:.1f}" if name in found else "-" for name in ("raw", "ours", *PEERS))
    kept = all(good for _, good in cells)
    print(f"| {what} | {times} | {'; '.join(text for text, _ in cells)} | {'yes' if kept else 'NO'} |", flush=True)
    return kept


def steady(program: Path, url: str, known: dict[str, Client], pairs: int, listing: str) -> bool:
    """Measure a list of 100, each client that reads it beside raw httpx in one process."""
    times: dict[str, float] = {}
    ratios: dict[str, float] = {}
    reading = {name: (client, client.calling(listing)) for name, client in known.items() if listing in client.reads}
    reading["plain"] = known["ours"], plain_calling(known["ours"], listing)
    for name, (client, calling) in reading.items():
        made = f"{raw_calling(listing)}\ntheirs = call\n{calling}"
        code = f"{RAW}\nimport json, ssl\n{client.imported}\n{made}\n{STEADY}"
        first, ratio = run(program, client.folder, code, url, str(pairs))
        (times["raw"], times[name]), ratios[name] = json.loads(first), float(ratio)
    floor = ratios.pop("plain")
    told = f"{ratios['ours']:.2f} of raw (at most {MAX_LIST}; pydantic alone {floor:.2f})"
    cells = [(told, ratios["ours"] <= MAX_LIST)]
    for peer in ratios.keys() - {"ours"}:
        share = ratios["ours"] / ratios[peer]
        cells.append((f"{share:.2f} of {peer} (at most {MAX_PEER})", share <= MAX_PEER))
    return row(f"100 {listing}", times, cells)


def table(program: Path, url: str, known: dict[str, Client], pairs: int) -> bool:
    """Print the table, and say whether the promises hold."""
    print(f"\n| median CPU, ms | raw | {' | '.join(known)} | measure | kept |\n{'|---' * 7}|")
    here = known["ours"].folder
    cases = {"raw": (here, measured("", RAW))}
    cases |= {name: (client.folder, measured("", client.imported)) for name, client in known.items()}
    found = fresh_medians(program, url, cases, pairs)
    value = found["ours"] / found["raw"]
    kept = row("import", found, [(f"{value:.2f} of raw (at most {MAX_IMPORT})", value <= MAX_IMPORT)])
    # The first model of all makes pydantic search the installed distributions, so all sides have one.
    before = f"{RAW}\nimport json, ssl"
    cases = {"raw": (here, measured(before, f"{raw_calling('repositories')}\ncall()"))}
    for name, client in known.items():
        cases[name] = client.folder, measured(
            f"{before}\n{client.imported}", f"{client.calling(client.reads[0])}\ncall()"
        )
    found = fresh_medians(program, url, cases, pairs)
    value = found["ours"] - found["raw"]
    kept &= row(
        "first call, a list of 100", found, [(f"{value:+.1f} to raw (at most {MAX_FIRST})", value <= MAX_FIRST)]
    )
    for listing in LISTINGS:
        kept = steady(program, url, known, pairs, listing) and kept
    return kept


def main() -> int:
    """Print one table; the exit status tells whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=Path, nargs="?", help="GitHub's document, as `make corpus` fetches it")
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache" / "apiscribe" / "peers", help="work folder")
    parser.add_argument("--pairs", type=int, default=9, help="measurements of each kind (default %(default)s)")
    options = parser.parse_args()
    if options.document is None:
        print("github_client: no document, nothing measured")
        return 0
    work, document = options.work.resolve(), options.document.resolve()
    work.mkdir(parents=True, exist_ok=True)
    install(work)
    known, program = clients(work, document), python(work)
    answers = write_answers(document, work)
    server = subprocess.Popen([sys.executable, "-c", SERVER, *answers], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        return int(not table(program, server.stdout.readline().strip(), known, options.pairs))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
