"""The output room: what counts as a difference, and that a tree is written whole or not at all, whatever happens."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.output.compare import compare
from apiscribe.output.exchange import write
from apiscribe.output.staging import write_files
from apiscribe.output.tree import check_paths
from apiscribe.project import LOCK_FILE, make_lock, render_lock

KEPT = ("pkg/extensions",)
OLD = {"README.md": b"old\n", "pkg/__init__.py": b"", "pkg/gone.py": b"x = 1\n"}
NEW = {"README.md": b"new\n", "pkg/__init__.py": b"", "pkg/deep/added.py": b"y = 2\n"}


def locked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add the lock file that makes files ours."""
    lock = make_lock(tools={}, options={}, inputs={}, references={}, files=files)
    return {**files, LOCK_FILE: render_lock(lock)}


def tree(directory: Path) -> dict[str, bytes]:
    """Read everything below a directory, tool caches and all."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a directory that holds the old tree and one file of the user's."""
    directory = tmp_path / "out"
    write(locked(OLD), directory, kept=KEPT)
    (directory / "pkg" / "extensions").mkdir()
    (directory / "pkg" / "extensions" / "mine.py").write_bytes(b"mine\n")
    return directory


MINE = {"pkg/extensions/mine.py": b"mine\n"}


# Comparing


def test_a_directory_equal_to_its_artifacts_is_the_same(out: Path) -> None:
    assert compare(locked(OLD), out, kept=KEPT).same


def test_tool_caches_are_no_surplus(out: Path) -> None:
    for name in ("__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "pkg.egg-info"):
        (out / "pkg" / name).mkdir()
        (out / "pkg" / name / "x").write_bytes(b"")
    assert compare(locked(OLD), out, kept=KEPT).same


def test_every_difference_is_named(out: Path) -> None:
    (out / "README.md").write_bytes(b"edited\n")
    (out / "pkg" / "gone.py").unlink()
    (out / "pkg" / "stray.py").write_bytes(b"")
    (out / "pkg" / "link.py").symlink_to("/etc/passwd")
    found = compare(locked(OLD), out, kept=KEPT)
    assert found.names() == (
        "changed  README.md",
        "missing  pkg/gone.py",
        "surplus  pkg/link.py",
        "surplus  pkg/stray.py",
    )
    assert found.diff() == (
        "--- README.md (as it is)",
        "+++ README.md (as generated)",
        "@@ -1 +1 @@",
        "-edited",
        "+old",
    )


def test_a_long_diff_is_cut_and_control_characters_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\x1b[31m\n" + b"a\n" * 500)
    lines = compare({"a.py": b"b\n" * 500}, tmp_path).diff(per_file=3)
    assert lines == (
        "--- a.py (as it is)",
        "+++ a.py (as generated)",
        "@@ -1,501 +1,500 @@",
        "-\\x1b[31m",
        "-a",
        "… and 999 more lines of a.py",
    )


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (b"\xff\xfe", "  not a text file that can be compared"),
        (b"a\r\n", "  line endings or the end of the file differ"),
    ],
)
def test_what_has_no_diff_is_described(tmp_path: Path, before: bytes, line: str) -> None:
    (tmp_path / "a.py").write_bytes(before)
    assert compare({"a.py": b"a\n"}, tmp_path).diff()[2:] == (line,)


def test_a_link_in_place_of_a_file_is_a_change_even_when_it_leads_to_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "same").write_bytes(b"a\n")
    directory = tmp_path / "out"
    directory.mkdir()
    (directory / "a.py").symlink_to(tmp_path / "same")
    assert compare({"a.py": b"a\n"}, directory).names() == ("changed  a.py",)


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["../a"], "is not plain"),
        (["/a"], "is not plain"),
        (["a//b"], "is not plain"),
        (["a/./b"], "is not plain"),
        (["a\\b"], "is not plain"),
        (["a\n"], "is not plain"),
        ([""], "is not plain"),
        (["a b"], "is not plain"),
        (["A.py", "a.py"], "are one file where case is ignored"),
        (["a", "a/b"], "is a file and a folder"),
        (["pkg/extensions/x.py"], "is the user's"),
    ],
)
def test_paths_that_are_not_plain_are_refused(paths: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        check_paths(paths, kept=KEPT)


# Writing


def test_writing_replaces_adds_and_removes(out: Path) -> None:
    before = write(locked(NEW), out, kept=KEPT)
    assert before.names() == (
        "changed  README.md",
        "changed  apiscribe.lock",
        "missing  pkg/deep/added.py",
        "surplus  pkg/gone.py",
    )
    assert tree(out) == {**locked(NEW), **MINE}
    assert os.listdir(out.parent) == ["out"]


def test_an_equal_tree_is_left_alone(out: Path) -> None:
    inode = out.stat().st_ino
    assert write(locked(OLD), out, kept=KEPT).same
    assert out.stat().st_ino == inode


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write(locked(NEW), tmp_path / "out")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").rglob("*") if path.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})


def test_extensions_are_carried_over_as_they_are(out: Path) -> None:
    mine = out / "pkg" / "extensions"
    (mine / "script.sh").write_bytes(b"#!/bin/sh\n")
    (mine / "script.sh").chmod(0o755)
    (mine / "outside").symlink_to("/nowhere")
    inode = (mine / "mine.py").stat().st_ino
    write(locked(NEW), out, kept=KEPT)
    assert (mine / "mine.py").stat().st_ino == inode
    assert stat.S_IMODE((mine / "script.sh").stat().st_mode) == 0o755
    assert (mine / "outside").readlink() == Path("/nowhere")


@pytest.mark.parametrize("stray", ["notes.txt", "pkg/mine.py", ".git/config", "pkg/extension/x.py"])
def test_a_directory_with_files_of_others_is_refused(out: Path, stray: str) -> None:
    (out / stray).parent.mkdir(exist_ok=True)
    (out / stray).write_bytes(b"precious\n")
    before = tree(out)
    with pytest.raises(ApiscribeError, match=f"{stray}: was not written by apiscribe"):
        write(locked(NEW), out, kept=KEPT)
    assert tree(out) == before


def test_without_a_lock_file_only_equal_files_are_ours(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(OLD, out)
    write(locked(OLD), out)
    assert tree(out) == locked(OLD)
    (out / LOCK_FILE).unlink()
    (out / "README.md").write_bytes(b"edited\n")
    with pytest.raises(ApiscribeError, match=r"README\.md: was not written by apiscribe"):
        write(locked(OLD), out)


def test_links_are_replaced_and_not_followed(out: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"outside\n")
    (out / "README.md").unlink()
    (out / "README.md").symlink_to(outside)
    write(locked(NEW), out, kept=KEPT)
    assert not (out / "README.md").is_symlink()
    assert outside.read_bytes() == b"outside\n"


def test_a_folder_that_became_a_link_is_refused(out: Path, tmp_path: Path) -> None:
    (out / "pkg").rename(tmp_path / "elsewhere")
    (out / "pkg").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ApiscribeError, match="pkg: was not written by apiscribe"):
        write(locked(NEW), out, kept=KEPT)
    assert (tmp_path / "elsewhere" / "gone.py").exists()


def test_a_directory_that_is_a_link_or_a_file_or_the_current_one_is_refused(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = out.with_name("link")
    link.symlink_to(out)
    with pytest.raises(ApiscribeError, match="is a symbolic link"):
        write(locked(NEW), link)
    with pytest.raises(ApiscribeError, match="is not a folder"):
        write(locked(NEW), out / "README.md")
    monkeypatch.chdir(out / "pkg")
    with pytest.raises(ApiscribeError, match="holds the current folder"):
        write(locked(NEW), out, kept=KEPT)


# Interruptions

WRITER = """
import json, sys
from pathlib import Path
from apiscribe.output.exchange import write

directory, stop, exchange, files, kept = json.loads(sys.stdin.readline())

def reached(stage):
    if stage == stop:
        print(stage, flush=True)
        sys.stdin.readline()

write({path: text.encode() for path, text in files.items()}, Path(directory), kept=kept, exchange=exchange,
      reached=reached)
print("done", flush=True)
"""


@contextmanager
def writer(
    files: Mapping[str, bytes], directory: Path, *, stop: str, exchange: bool = True
) -> Iterator[subprocess.Popen[str]]:
    """Start a process that writes a tree and waits at one stage."""
    texts = {path: data.decode() for path, data in files.items()}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps([str(directory), stop, exchange, texts, KEPT]) + "\n")
        process.stdin.flush()
        yield process


def said(process: subprocess.Popen[str]) -> str:
    """Wait for the next line of the process."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize(
    ("exchange", "stop", "left"),
    [
        (True, "filled", OLD),
        (True, "built", OLD),
        (True, "exchanged", NEW),
        (False, "filled", OLD),
        (False, "built", OLD),
        (False, "set aside", None),
        (False, "exchanged", NEW),
    ],
)
def test_a_kill_leaves_one_whole_tree_or_both_beside_each_other(
    out: Path, exchange: bool, stop: str, left: dict[str, bytes] | None
) -> None:
    with writer(locked(NEW), out, stop=stop, exchange=exchange) as process:
        assert said(process) == stop
        process.send_signal(signal.SIGKILL)
    if left is None:
        assert not out.exists()
        assert tree(out.with_name(".out.apiscribe-old")) == {**locked(OLD), **MINE}
        assert tree(out.with_name(".out.apiscribe-new")) == {**locked(NEW), **MINE}
    else:
        assert tree(out) == {**locked(left), **MINE}
    write(locked(NEW), out, kept=KEPT)
    assert tree(out) == {**locked(NEW), **MINE}


def test_the_run_after_a_kill_leaves_no_sibling(out: Path) -> None:
    with writer(locked(NEW), out, stop="built") as process:
        assert said(process) == "built"
        process.send_signal(signal.SIGKILL)
    assert len(os.listdir(out.parent)) == 3
    write(locked(NEW), out, kept=KEPT)
    assert os.listdir(out.parent) == ["out"]


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("stop", ["filled", "built", "set aside"])
def test_an_interrupt_puts_back_the_old_tree(out: Path, exchange: bool, stop: str) -> None:
    def interrupt(stage: str) -> None:
        if stage == (stop if not exchange or stop != "set aside" else "built"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(locked(NEW), out, kept=KEPT, exchange=exchange, reached=interrupt)
    assert tree(out) == {**locked(OLD), **MINE}
    assert os.listdir(out.parent) == ["out"]


def test_concurrent_runs_write_one_after_the_other(out: Path) -> None:
    last = locked({"README.md": b"last\n"})
    with writer(locked(NEW), out, stop="built") as first:
        assert said(first) == "built"
        with writer(last, out, stop="built") as second:
            print(file=first.stdin, flush=True)
            assert said(first) == "done"
            assert said(second) == "built"
            assert tree(out) == {**locked(NEW), **MINE}
            print(file=second.stdin, flush=True)
            assert said(second) == "done"
    assert tree(out) == {**last, **MINE}
    assert os.listdir(out.parent) == ["out"]


WRITE_LIMITED = """
import os, resource, sys
from pathlib import Path
from apiscribe.errors import ApiscribeError
from apiscribe.output.exchange import write

if sys.argv[2] == "limited":
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write({"README.md": b"x" * 100_000}, Path(sys.argv[1]))
except ApiscribeError as error:
    print(error)
"""


def test_a_write_that_fails_in_the_middle_leaves_the_old_tree(out: Path) -> None:
    write(locked({"README.md": b"old\n"}), clean := out.with_name("clean"))
    run = subprocess.run(
        [sys.executable, "-c", WRITE_LIMITED, clean, "limited"], capture_output=True, text=True, check=True
    )
    assert run.stdout == f"error: {clean}: cannot be written: File too large; it is as it was\n"
    assert tree(clean) == locked({"README.md": b"old\n"})
    assert sorted(os.listdir(out.parent)) == ["clean", "out"]


@contextmanager
def small_file_system() -> Iterator[Path]:
    """Give a file system of 256 KiB; where only root could mount one, a folder instead."""
    with tempfile.TemporaryDirectory() as name:
        mounted = (
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=256k", "none", name], capture_output=True, check=False
            ).returncode
            == 0
            if os.geteuid() == 0 and shutil.which("mount")
            else False
        )
        try:
            yield Path(name)
        finally:
            if mounted:
                subprocess.run(["umount", name], check=True)


def test_a_full_disk_leaves_the_old_tree() -> None:
    with small_file_system() as folder:
        out = folder / "out"
        write(locked({"README.md": b"old\n"}), out)
        limited = "unlimited" if os.path.ismount(folder) else "limited"
        script = WRITE_LIMITED.replace("100_000", "1_000_000")
        run = subprocess.run([sys.executable, "-c", script, out, limited], capture_output=True, text=True, check=True)
        assert re.fullmatch(
            r"error: .*: cannot be written: (No space left on device|File too large); it is as it was\n", run.stdout
        )
        assert tree(out) == locked({"README.md": b"old\n"})
        assert os.listdir(folder) == ["out"]


def test_a_folder_that_cannot_be_written_stays_as_it_was(out: Path) -> None:
    # An immutable or read-only parent stops root as well; a parent that is no folder stops everybody.
    with pytest.raises(ApiscribeError, match="cannot be written: Not a directory; it is as it was"):
        write(locked(NEW), out / "README.md" / "below", kept=KEPT)
    assert tree(out) == {**locked(OLD), **MINE}


def test_a_read_only_file_system_keeps_its_tree_and_an_equal_tree_needs_no_writing() -> None:
    with small_file_system() as folder:
        out = folder / "out"
        write(locked({"README.md": b"old\n"}), out)
        if os.path.ismount(folder):
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        else:
            folder.chmod(0o555)
        try:
            assert write(locked({"README.md": b"old\n"}), out).same
            with pytest.raises(ApiscribeError, match=r"cannot be written: (Read-only file system|Permission denied)"):
                write(locked({"README.md": b"new\n"}), out)
        finally:
            if not os.path.ismount(folder):
                folder.chmod(0o755)
        assert tree(out) == locked({"README.md": b"old\n"})


# Single files among others


def test_files_are_written_and_removed_beside_others(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / "stale.yaml").write_bytes(b"stale")
    touched = write_files({"a.yaml": b"a", "pages/b.txt": b"b"}, tmp_path, remove=["stale.yaml", "never.yaml"])
    assert touched == ("a.yaml", "pages/b.txt", "stale.yaml")
    assert tree(tmp_path) == {"other": b"other", "a.yaml": b"a", "pages/b.txt": b"b"}
    assert write_files({"a.yaml": b"a"}, tmp_path) == ()


@pytest.mark.parametrize(("stop", "after"), [("staged", b"old"), ("ready", b"new")])
def test_a_kill_while_files_are_written_is_finished_or_forgotten(tmp_path: Path, stop: str, after: bytes) -> None:
    write_files({"a": b"old", "b/c": b"old", "gone": b"old"}, tmp_path)
    script = f"""
import os, signal
from pathlib import Path
from apiscribe.output.staging import write_files
write_files({{"a": b"new", "b/c": b"new"}}, Path({str(tmp_path)!r}), remove=["gone"],
            reached=lambda stage: os.kill(os.getpid(), signal.SIGKILL) if stage == {stop!r} else None)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -signal.SIGKILL
    write_files({"d": b"d"}, tmp_path)
    expected = {"a": after, "b/c": after, "d": b"d"} | ({"gone": b"old"} if after == b"old" else {})
    assert tree(tmp_path) == expected


def test_a_link_is_never_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"outside")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").symlink_to(outside)
    with pytest.raises(ApiscribeError, match="is a symbolic link and is not followed"):
        write_files({"a": b"new"}, tmp_path / "in")
    assert outside.read_bytes() == b"outside"
