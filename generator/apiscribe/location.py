"""The template lookup: where the toolkit's own files are, installed as a wheel or editable from a checkout."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.util import cache_from_source
from pathlib import Path

from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal

PACKAGE = Path(__file__).parent
_KINDS = ("client", "reference", "tests")
_OWN = "own"
BUILT_IN = "builtin"


def templates_root() -> Path:
    """Find the templates: inside an installed package, or beside an editable one."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "templates"


def read_templates(own: Path | None = None) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Read templates by name, and the modules of runtime and stubs by file name; `own` ones take precedence.

    With own ones, each of the toolkit's templates is there as `builtin/NAME` too, for them to extend or include.

    Raises:
        ApiscribeError: one cannot be read, or a file of `own` has the name of none.
    """
    texts, runtime, stubs = _read(templates_root())
    if own is not None:
        _refuse_unknown(own, texts, runtime, stubs)
        texts |= {f"{BUILT_IN}/{name}": text for name, text in texts.items()}
        for found, mine in zip((texts, runtime, stubs), _read(own), strict=True):
            found.update(mine)
    return texts, runtime, stubs


class CompiledTemplates:
    """Keeps what the toolkit's own templates compile to where Python keeps the bytecode of modules."""

    def read(self, name: str) -> bytes | None:
        """Give what is kept under a name, None if there is nothing."""
        try:
            return _compiled_file(name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, unless Python is told to keep no bytecode or the folder cannot be written."""
        if sys.dont_write_bytecode:
            return
        file = _compiled_file(name)
        part = file.with_suffix(f".{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(file)
        except OSError:
            return


def _compiled_file(name: str) -> Path:
    return Path(cache_from_source(str(templates_root() / f"{name}.py")))


def own_places(own: Path | None) -> dict[str, str]:
    """Give the path of each template of the user's own by its name."""
    found = sorted(own.glob("*/*.j2")) if own is not None else ()
    return {path.relative_to(own or path).as_posix(): str(path) for path in found}


def _read(root: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    return (
        {path.relative_to(root).as_posix(): _text(path) for path in sorted(root.glob("*/*.j2"))},
        {path.name: _text(path) for path in sorted((root / "runtime").glob("*.py"))},
        {path.name: _text(path) for path in sorted((root / "runtime" / "stubs").glob("*.py"))},
    )


def _refuse_unknown(own: Path, texts: Iterable[str], runtime: Iterable[str], stubs: Iterable[str]) -> None:
    """Refuse what replaces nothing: whoever misspells a name would wonder why nothing changes."""
    known = {name for name in texts if name.partition("/")[0] in _KINDS}
    known |= {f"runtime/{name}" for name in runtime} | {f"runtime/stubs/{name}" for name in stubs}
    wrong = []
    for path in _files(own):
        name = path.relative_to(own).as_posix()
        is_mine = name.count("/") == 1 and name.startswith(f"{_OWN}/") and name.endswith(".j2")
        if name not in known and not is_mine and name != "README.md":
            same = [one for one in sorted(known) if one.endswith(f"/{path.name}")]
            close = same or get_close_matches(name, sorted(known), 1, 0.4)
            hint = f"; the nearest is {close[0]}" if close else ""
            message = (
                f"replaces nothing: there is no template of this name{hint} (what is to be included goes to {_OWN}/)"
            )
            wrong.append(Diagnostic(rule="template-unknown", message=message, origin=Origin(file=str(path))))
    if wrong:
        raise ApiscribeError(wrong)


def _files(root: Path) -> Iterator[Path]:
    """List everything below a folder that is no folder; names that begin with a dot are not looked at."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


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
