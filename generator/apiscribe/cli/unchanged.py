"""What need not be generated again: a stamp in the user's cache tells what a lock file was last written from."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from apiscribe.cli.build import Inputs, options_of, tools_of
from apiscribe.cli.jobs import Job, Request
from apiscribe.location import fingerprint
from apiscribe.output.tree import paths_in, read_listed, read_regular
from apiscribe.project import LOCK_FILE, digest, digests_match, parse_lock


def ways_key(job: Job, request: Request) -> str:
    """Digest all that decides how documents are generated: tool, templates and options."""
    parts = (
        sys.version_info[:2],
        fingerprint(request.templates),
        tools_of(job),
        options_of(job, request),
        request.strict,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def stamp_key(ways: str, inputs: Inputs) -> str:
    """Digest all that decides what is generated: the ways, and the inputs."""
    parts = (ways, sorted((name, digest(data)) for name, data in inputs.all().items()))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_unchanged(job: Job, key: str, cache: Path) -> int | None:
    """Count the files if the directory is known to hold just what these inputs give; None if that is not known."""
    try:
        return _unchanged(job, key, cache)
    except OSError:
        return None  # what cannot be read is told when it is to be written


def _unchanged(job: Job, key: str, cache: Path) -> int | None:
    stamp = read_regular(cache, key)
    data = read_regular(job.out, LOCK_FILE)
    if stamp is None or data is None or stamp != digest(data).encode():
        return None
    lock = parse_lock(data)
    if lock is None or set(paths_in(job.out, kept=job.kept)) != {LOCK_FILE, *lock.files}:
        return None
    if not digests_match(lock.references, lambda path: read_regular(job.base, path)):
        return None
    same = digests_match(lock.files, lambda path: read_listed(f"{job.out}/{path}"))
    return len(lock.files) + 1 if same else None


def remember(key: str, lock: bytes, cache: Path) -> None:
    """Write the stamp; where the cache cannot be written the next run generates again, and nothing else."""
    import tempfile

    try:
        cache.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=cache)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(digest(lock).encode())
        Path(name).replace(cache / key)
    except OSError:
        return
