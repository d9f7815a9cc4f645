"""The template lookup: where the toolkit's own files are, installed as a wheel or editable from a checkout."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from apiscribe.errors import Origin, refusal

PACKAGE = Path(__file__).parent


def templates_root() -> Path:
    """Find the templates: inside an installed package, or beside an editable one."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "templates"


def read_templates(own: Path | None = None) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Read templates by name, and the modules of runtime and stubs by file name; `own` ones take precedence."""
    texts: dict[str, str] = {}
    runtime: dict[str, str] = {}
    stubs: dict[str, str] = {}
    for root in (templates_root(), own):
        if root is not None:
            texts.update({path.relative_to(root).as_posix(): _text(path) for path in sorted(root.glob("*/*.j2"))})
            runtime.update({path.name: _text(path) for path in sorted((root / "runtime").glob("*.py"))})
            stubs.update({path.name: _text(path) for path in sorted((root / "runtime" / "stubs").glob("*.py"))})
    return texts, runtime, stubs


def fingerprint(own: Path | None = None) -> str:
    """Digest what decides the output besides the input: the toolkit's own source and the templates it uses."""
    digest = hashlib.sha256()
    for root in (PACKAGE, templates_root(), own):
        for path in _sources(root) if root is not None else ():
            data = _bytes(path)
            digest.update(f"{path.relative_to(root or path).as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


def templates_digest(own: Path) -> str:
    """Digest a folder of templates."""
    digest = hashlib.sha256()
    for kind in read_templates(own):
        for name, text in sorted(kind.items()):
            digest.update(f"{name}\0{len(text)}\0{text}".encode())
    return digest.hexdigest()


def installed_version(distribution: str) -> str:
    """Find the version of an installed distribution by the name of its metadata folder, which needs no parser."""
    start = f"{distribution.replace('-', '_')}-"
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):
            if name.startswith(start) and name.endswith(".dist-info"):
                return name.removeprefix(start).removesuffix(".dist-info")
    from importlib.metadata import version

    return version(distribution)


def _sources(root: Path) -> Iterator[Path]:
    """List sources and templates below a folder in order, but for templates inside an installed package."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", "templates"})
        yield from (Path(folder, name) for name in sorted(names) if name.endswith((".py", ".j2", ".yaml")))


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"not UTF-8: byte offset {error.start}"
        raise refusal("template-unreadable", message, Origin(file=str(path))) from error


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise refusal("template-unreadable", "is not a regular file", Origin(file=str(path)))
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal("template-unreadable", f"cannot be read: {error.strerror}", Origin(file=str(path))) from error
