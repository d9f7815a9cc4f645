"""The style room: generated Python text to the same text in one fixed style, each distinct text formatted once."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal, shown
from apiscribe.location import installed_version
from apiscribe.style_twin import with_parentheses
from apiscribe.view import LINE_LENGTH

if TYPE_CHECKING:
    from concurrent.futures import Executor

WORTH_A_PROCESS: Final = 1500
_SHARES_PER_WORKER: Final = 8
_DIGEST_LENGTH: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class _Styled:
    """What became of one text: the formatted text, or what the formatter said against it."""

    path: str
    text: str = ""
    problem: str | None = None


class Styler:
    """Formats Python texts; `cache` is a folder in which what black formatted is kept by digest, None keeps nothing."""

    def __init__(self, formatter: str, python: str, cache: Path | None = None, *, workers: int | None = None) -> None:
        if formatter not in _FORMATTERS:
            raise ValueError(f"unknown formatter {formatter!r}")
        self._format = _FORMATTERS[formatter]
        self._target = "py" + python.replace(".", "")
        # Ruff formats a text in less time than it takes to keep and to find it.
        self._cache = cache if formatter == "black" else None
        self._workers = workers or os.cpu_count() or 1
        self._salt = f"{formatter} {installed_version(formatter)} {self._target} {_own_digest()}\0".encode()

    def format_all(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Format every Python file among the texts; others are returned as they are.

        Raises:
            ApiscribeError: the formatter cannot parse a text, or cannot be run.
        """
        done: dict[str, str] = {}
        keys = {path: self._key(text) for path, text in texts.items() if path.endswith((".py", ".pyi"))}
        for path, key in keys.items():
            if (known := self._recall(key)) is not None:
                done[path] = known
        fresh = {path: texts[path] for path in keys if path not in done}
        problems = []
        # With nothing to do the formatter is not even imported.
        for styled in self._format(fresh, self._target, self._workers) if fresh else ():
            if styled.problem is not None:
                problems.append(_diagnostic(styled.path, styled.problem))
                continue
            self._remember(keys[styled.path], styled.text)
            done[styled.path] = styled.text
        if problems:
            raise ApiscribeError(problems)
        return {path: done.get(path, text) for path, text in texts.items()}

    def _key(self, text: str) -> str:
        return hashlib.sha256(self._salt + text.encode()).hexdigest()

    def _recall(self, key: str) -> str | None:
        """Read a cached text; an entry that is damaged, or cannot be read, is as good as none."""
        if self._cache is None:
            return None
        try:
            data = (self._cache / key[:2] / key).read_bytes()
        except OSError:
            return None
        body = data[_DIGEST_LENGTH + 1 :]
        if hashlib.sha256(key.encode() + body).hexdigest().encode() != data[:_DIGEST_LENGTH]:
            return None
        return body.decode()

    def _remember(self, key: str, text: str) -> None:
        """Cache a text under its key; a cache that cannot be written costs time later, and nothing else."""
        if self._cache is None:
            return
        body = text.encode()
        folder = self._cache / key[:2]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=folder)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(hashlib.sha256(key.encode() + body).hexdigest().encode() + b"\n" + body)
            Path(name).replace(folder / key)
        except OSError:
            return


def _own_digest() -> str:
    """Digest what is decided here, so that no entry of the cache outlives a change of it."""
    own = (Path(__file__), Path(__file__).with_name("style_twin.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in own)).hexdigest()


def _with_black(texts: Mapping[str, str], target: str, workers: int) -> Iterator[_Styled]:
    """Format with black: here when there is little to do, else in worker processes, the largest files first."""
    order = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))
    lines = sum(text.count("\n") for text in texts.values())
    workers = min(workers, len(order), 1 + lines // WORTH_A_PROCESS)
    if workers < 2:
        yield from _black_share(order, target)
        return
    from concurrent.futures.process import BrokenProcessPool

    count = min(workers * _SHARES_PER_WORKER, len(order))
    shares = [order[start::count] for start in range(count)]
    try:
        with _pool(workers) as pool:
            for done in pool.map(_black_share, shares, [target] * count):
                yield from done
    except BrokenProcessPool as error:
        message = "a worker process was ended from outside, perhaps for want of memory"
        raise refusal("style-workers", message, Origin(file="black")) from error


def _black_share(share: Sequence[tuple[str, str]], target: str) -> list[_Styled]:
    import black
    from black.mode import TargetVersion
    from black.parsing import InvalidInput

    mode = black.Mode(target_versions={TargetVersion[target.upper()]}, line_length=LINE_LENGTH)
    done = []
    for path, text in share:
        try:
            done.append(_Styled(path=path, text=black.format_str(text, mode=mode)))
        except InvalidInput as error:
            done.append(_Styled(path=path, problem=str(error)))
    return done


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """Start worker processes that end with this one, and leave none behind when it is interrupted."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    import black  # noqa: F401  (imported once, before the workers are forked from this process)

    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(os.getpid(),))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(parent: int) -> None:
    """Leave interrupts to the parent, and end when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _with_ruff(texts: Mapping[str, str], target: str, workers: int) -> Iterator[_Styled]:
    """Format with ruff, which runs its own threads, in a scratch folder and without any configuration around it."""
    if not texts:
        return
    formatted, problems = _formatted(texts, target)
    twins = {path: with_parentheses(text) for path, text in formatted.items() if path not in problems}
    parted = {path: text for path, text in twins.items() if text != formatted[path]}
    again = _formatted(parted, target)[0] if parted else {}
    for path, text in (formatted | again).items():
        yield _Styled(path=path, text=text, problem=problems.get(path))


def _formatted(texts: Mapping[str, str], target: str) -> tuple[dict[str, str], dict[str, str]]:
    """Format texts in a folder of their own; give what became of them, and what is said against some."""
    names = {f"{number}{Path(path).suffix}": path for number, path in enumerate(sorted(texts))}
    with tempfile.TemporaryDirectory(prefix="apiscribe-") as scratch:
        for name, path in names.items():
            Path(scratch, name).write_bytes(texts[path].encode())
        problems = {names[name]: what for name, what in _run_ruff(Path(scratch), target) if name in names}
        return {path: Path(scratch, name).read_bytes().decode() for name, path in names.items()}, problems


def _run_ruff(folder: Path, target: str) -> list[tuple[str, str]]:
    """Format every file in a folder; return those that do not parse, and what ruff says against them."""
    from ruff import find_ruff_bin

    options = ("--isolated", "--no-cache", "--no-respect-gitignore", "--target-version", target)
    command = [find_ruff_bin(), "format", *options, "--line-length", str(LINE_LENGTH), "."]
    # The program is ruff's own and every argument is ours.
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    problems: list[tuple[str, str]] = _RUFF_PROBLEM.findall(run.stderr)
    if run.returncode != 0 and not problems:
        raise refusal("style-ruff", f"failed: {run.stderr.strip()}", Origin(file="ruff"))
    return problems


def _diagnostic(path: str, problem: str) -> Diagnostic:
    line = _LINE.search(problem)
    message = f"generated text does not parse: {shown(problem, 200)}"
    return Diagnostic(
        rule="style-syntax", message=message, origin=Origin(file=path, line=int(line[1]) if line else None)
    )


_SET_PARENT_DEATH_SIGNAL: Final = 1
_RUFF_PROBLEM: Final = re.compile(r"Failed to parse (?:\./)?(\d+\.pyi?):(.*)")
_LINE: Final = re.compile(r"\b(\d+):\d+\b")
_FORMATTERS: Final[Mapping[str, Callable[[Mapping[str, str], str, int], Iterable[_Styled]]]] = {
    "black": _with_black,
    "ruff": _with_ruff,
}
