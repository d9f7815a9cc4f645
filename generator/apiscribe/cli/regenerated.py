"""What one changed operation needs: an outline in the user's cache tells what a package was last generated from."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apiscribe.cli.build import Inputs, Product, product_of, settings_of, styler_of, templates_of
from apiscribe.cli.inputs import resolved
from apiscribe.cli.jobs import Job, Request
from apiscribe.output.tree import read_regular, read_tree
from apiscribe.project import LOCK_FILE, digest, digests_match, parse_lock

if TYPE_CHECKING:
    from apiscribe.cli.changes import Changes
    from apiscribe.delta.outline import Outline
    from apiscribe.delta.regenerate import Regenerated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is kept of the last run: the outline and the document as they were."""

    outline: Outline
    text: str


def regenerated(job: Job, request: Request, inputs: Inputs, ways: str, cache: Path) -> Product | None:
    """Generate what follows from the change of one operation; None where more changed, or that is not certain.

    Whatever is wrong with the document is told when it is generated as a whole.
    """
    try:
        return _regenerated(job, request, inputs, ways, cache)
    except Exception:
        # Doubts end here, and refusals, which the whole document tells better. So does every other fault of this
        # shortcut: it saves time, and may not stop a document that generates as a whole. Tests and benchmarks call
        # `regenerate` itself, where nothing is caught.
        return None


def _regenerated(job: Job, request: Request, inputs: Inputs, ways: str, cache: Path) -> Product | None:
    data = read_regular(job.out, LOCK_FILE)
    lock = parse_lock(data or b"")
    kept = _recall(_place(job, cache), ways, data or b"")
    if kept is None or lock is None:
        return None
    held = read_tree(job.out, kept=job.kept)
    if held.keys() != {LOCK_FILE, *lock.files} or not digests_match(lock.files, held.get):
        return None
    files = {path: data for path, data in held.items() if data is not None and path != LOCK_FILE}
    found = _found(job, request, inputs, kept, files, cache)
    files |= {path: text.encode() for path, text in found.files.items()}
    hint = ""
    if job.package.changelog:
        changes = _changes(job, files, found)
        if changes is None:
            return None
        files, hint = {**files, **changes.files}, changes.hint
    from apiscribe.delta.outline import to_json

    return product_of(job, request, inputs, {}, files, found.outline.diagnostics, hint, to_json(found.outline))


def _found(
    job: Job, request: Request, inputs: Inputs, kept: _Kept, files: Mapping[str, bytes], cache: Path
) -> Regenerated:
    from apiscribe.delta.regenerate import regenerate
    from apiscribe.document.load import decoded
    from apiscribe.pipeline import patient_collector

    (document,) = job.documents
    now = decoded(inputs.documents[document.name], file=str(document.path), size=request.max_bytes)
    with patient_collector():
        return regenerate(
            kept.outline,
            (kept.text, now),
            str(document.path),
            settings_of(job, request, inputs),
            templates_of(request),
            lambda path: files.get(path, b"").decode(),
            styler_of(job, cache / "style").format_all,
        )


def _changes(job: Job, files: Mapping[str, bytes], found: Regenerated) -> Changes | None:
    from apiscribe.cli.changes import CONTRACT_FILE, changes_of_operation

    contract = files[CONTRACT_FILE].decode()
    return changes_of_operation(job, contract, found.operation, (found.before, found.after), found.slices)


def _place(job: Job, cache: Path) -> Path:
    """Name the file that is kept of a package: one for each folder that is generated into."""
    return cache / "outlines" / hashlib.sha256(str(resolved(job.out)).encode()).hexdigest()


def _recall(place: Path, ways: str, lock: bytes) -> _Kept | None:
    """Read what is kept, if it is the user's own and of just this package, made in just these ways."""
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with open(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077:
            return None
        head, outline, text = stream.readline(), stream.readline(), stream.read()
    if head != _head(ways, lock, outline, text):
        return None
    from apiscribe.delta.outline import from_json

    return _Kept(outline=from_json(outline.decode()), text=text.decode())


def remember_outline(job: Job, inputs: Inputs, ways: str, product: Product, cache: Path) -> None:
    """Keep the outline of a package for the next run; a cache that cannot be written costs time, and nothing else."""
    import tempfile

    place = _place(job, cache)
    if not product.outline:
        place.unlink(missing_ok=True)
        return
    (data,) = inputs.documents.values()
    outline, text = product.outline.encode() + b"\n", data.removeprefix(codecs.BOM_UTF8)
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines((_head(ways, product.artifacts[LOCK_FILE], outline, text), outline, text))
        Path(name).replace(place)
    except OSError:
        return


def _head(ways: str, lock: bytes, outline: bytes, text: bytes) -> bytes:
    parts = (ways.encode(), digest(lock).encode(), digest(outline).encode(), digest(text).encode())
    return digest(b" ".join(parts)).encode() + b"\n"
