"""Measures `generate` on the documents of this repository: cold beside datamodel-codegen alone, and unchanged.

Each pair is one process that imports both and then generates once with each, formatting apart, in turns which is first.
The commands run as a user runs them, in a folder of their own, with formatted texts already in the style cache.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "spec" / "samsungcloud").glob("*.yaml"))
COLD, UNCHANGED = 2.0, 0.1


def ours() -> float:
    """Generate with the pipeline, and give the CPU seconds."""
    from apiscribe import pipeline
    from apiscribe.location import read_templates
    from apiscribe.plan.pyproject import Distribution

    begun = time.process_time()
    texts, runtime, stubs = read_templates()
    sources = [pipeline.Source(path=path.name, data=path.read_bytes()) for path in SPECS]
    settings = pipeline.Settings(distribution=Distribution(package="samsungcloud"))
    built = pipeline.build(sources, settings, pipeline.Templates(texts=texts, runtime=runtime, stubs=stubs))
    assert len(built.texts) > 100
    return time.process_time() - begun


def theirs() -> float:
    """Generate with datamodel-codegen alone and its built-in formatter, and give the CPU seconds."""
    from datamodel_code_generator import Formatter, InputFileType, LiteralType, PythonVersion, generate
    from datamodel_code_generator.enums import DataModelType

    begun = time.process_time()
    for path in SPECS:
        text = generate(
            path.read_text(encoding="utf-8"),
            input_file_type=InputFileType.OpenAPI,
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            enum_field_as_literal=LiteralType.All,
            disable_timestamp=True,
            formatters=[Formatter.BUILTIN],
        )
        assert "class" in str(text)
    return time.process_time() - begun


def pair(first: str) -> None:
    """Generate once with each in this process, and print both times."""
    from datamodel_code_generator import InputFileType, generate

    import apiscribe.pipeline  # noqa: F401

    # The library imports much of itself when it generates for the first time.
    generate('{"title": "Small", "type": "object"}', input_file_type=InputFileType.JsonSchema)
    order = (ours, theirs) if first == "ours" else (theirs, ours)
    found = {}
    for function in order:
        gc.collect()
        found[function.__name__] = function()
    print(json.dumps(found))


def command(folder: Path, *arguments: str) -> float:
    """Run the command line, and give the CPU seconds of its processes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "apiscribe", *arguments],
        cwd=folder,
        env={**environment, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")},
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(runs: int) -> tuple[float, float]:
    """Give the medians of `generate`, cold but for formatting and unchanged."""
    cold, unchanged = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "apiscribe.toml", folder)
        shutil.copytree(ROOT / "spec", folder / "spec")
        command(folder, "generate")
        for _ in range(runs):
            shutil.rmtree(folder / "generated")
            shutil.rmtree(folder / "cache" / "apiscribe" / "generated")
            cold.append(command(folder, "generate"))
            unchanged.append(command(folder, "generate"))
    return statistics.median(cold), statistics.median(unchanged)


def main() -> None:
    """Print a table of medians; the exit status tells whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=6, help="pairs and runs of each kind (default %(default)s)")
    parser.add_argument("--pair", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pair:
        pair(options.pair)
        return
    found = []
    for number in range(options.pairs):
        run = [sys.executable, __file__, "--pair", ("ours", "theirs")[number % 2]]
        found.append(json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout))
    ratio = statistics.median(each["ours"] / each["theirs"] for each in found)
    cold, unchanged = commands(options.pairs)
    print(f"{'CPU seconds':44}{'median':>8}{'ratio':>8}{'limit':>8}")
    theirs_alone, ours_alone = (statistics.median(each[name] for each in found) for name in ("theirs", "ours"))
    print(f"{'datamodel-codegen alone':44}{theirs_alone:8.3f}")
    print(f"{'the pipeline, formatting apart':44}{ours_alone:8.3f}{ratio:8.2f}{COLD:8.2f}")
    print(f"{'apiscribe generate, formatted texts cached':44}{cold:8.3f}")
    print(f"{'apiscribe generate, nothing changed':44}{unchanged:8.3f}{unchanged / cold:8.2f}{UNCHANGED:8.2f}")
    sys.exit(ratio > COLD or unchanged / cold > UNCHANGED)


if __name__ == "__main__":
    main()
