"""How generation grows: documents of more and more operations go in, CPU seconds and megabytes of each come out.

Formatting is apart: what is measured is everything between the document's bytes and the unformatted text of all files.
Each size runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import Any

from apiscribe.location import read_templates
from apiscribe.pipeline import Settings, Source, Templates, build
from apiscribe.plan.pyproject import Distribution

SIZES = (1_000, 5_000, 10_000)
MAX_SECONDS = 60.0
MAX_MEGABYTES = 1024.0
# Twice the operations may cost this much more than twice the time.
MAX_GROWTH = 1.5


def document(operations: int) -> dict[str, Any]:
    """Make a document of so many operations, with two schemas for every three of them."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for number in range(operations // 2):
        name = f"Item{number}"
        schemas[name] = {
            "type": "object",
            "description": f"Item number {number}.",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "description": "What it is found by."},
                "created_at": {"type": "string", "format": "date-time"},
                "state": {"type": "string", "enum": ["ACTIVE", "STOPPED", f"STATE_{number}"]},
                "count": {"type": "integer", "minimum": 0},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "next": {"$ref": f"#/components/schemas/Item{(number * 7 + 1) % (operations // 2)}"},
            },
        }
        if number % 3 == 0:
            item = {"$ref": f"#/components/schemas/{name}"}
            schemas[f"Item{number}List"] = {"type": "object", "properties": {"items": {"type": "array", "items": item}}}
        one = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        identity = {"name": "item_id", "in": "path", "required": True, "schema": {"type": "string"}}
        page = {"name": "page", "in": "query", "schema": {"type": "integer", "default": 0}}
        paths[f"/v1/items-{number}/{{item_id}}"] = {
            "parameters": [identity],
            "get": {
                "operationId": f"ShowItem{number}",
                "summary": f"Show item {number}",
                "parameters": [page],
                "responses": {"200": {"description": "OK", "content": one}, "404": {"description": "Not found"}},
            },
            "put": {
                "operationId": f"UpdateItem{number}",
                "summary": f"Update item {number}",
                "requestBody": {"required": True, "content": one},
                "responses": {"202": {"description": "Accepted", "content": one}, "400": {"description": "Bad"}},
            },
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Scale", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def measure(operations: int) -> None:
    """Generate once and print the size, CPU seconds and megabytes."""
    data = json.dumps(document(operations)).encode()
    texts, runtime, stubs = read_templates()
    templates = Templates(texts=texts, runtime=runtime, stubs=stubs)
    started = time.process_time()
    built = build(
        (Source(path="scale.json", data=data),), Settings(distribution=Distribution(package="scale")), templates
    )
    seconds = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([operations, len(built.texts), sum(map(len, built.texts.values())), seconds, megabytes]))


def main() -> int:
    """Measure every size, print a table, and tell by the exit code whether the promises hold."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    rows = []
    for operations in sizes:
        done = subprocess.run([sys.executable, __file__, "--one", str(operations)], capture_output=True, check=True)
        rows.append(json.loads(done.stdout))
    print("operations    files  megabytes of text  CPU seconds  ms per operation  peak megabytes")
    for operations, files, characters, seconds, megabytes in rows:
        each = seconds / operations * 1000
        print(f"{operations:10}{files:9}{characters / 1e6:19.1f}{seconds:13.1f}{each:18.2f}{megabytes:16.0f}")
    (first, _, _, short, _), (last, _, _, long, memory) = rows[0], rows[-1]
    growth = (long / last) / (short / first)
    print(f"from {first} to {last} operations each costs {growth:.2f} times as much")
    return int(long > MAX_SECONDS or memory > MAX_MEGABYTES or growth > MAX_GROWTH)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        sys.exit(main())
