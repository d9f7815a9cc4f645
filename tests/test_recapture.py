"""Capturing again: what did not change is not read again, what did is, and a check never trusts what is remembered."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .portal_pages import endpoint_page, image_store, models_print

SERVICE = image_store()
LIST, OLD_UPDATE, UPDATE, DELETE = SERVICE.endpoints


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command in a folder, with a cache of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-m", "apiscribe", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two pages that were there for a while."""
    pages = tmp_path / "pages" / "image-store"
    (pages / "models").mkdir(parents=True)
    (pages / "delete.txt").write_bytes(endpoint_page(SERVICE, DELETE))
    (pages / "models" / "_print.md").write_bytes(models_print(SERVICE, "b"))
    age(tmp_path / "pages")
    return tmp_path


def age(pages: Path) -> None:
    """Wait until the newest page is older than what a coarse clock of files might confuse."""
    newest = max(path.stat().st_ctime_ns for path in pages.rglob("*"))
    while time.time_ns() - newest < 200_000_000:
        os.sched_yield()


def test_an_unchanged_capture_tells_the_same_and_reads_nothing(folder: Path) -> None:
    first = run(folder, "capture", "pages", "--out", "out")
    assert first[0] == 0
    assert first[1].endswith("out: 1 file written (2 pages read)\n")
    again = run(folder, "capture", "pages", "--out", "out")
    assert again[1].endswith("out: unchanged (2 pages not read again)\n")
    assert again[1].splitlines()[:-1] == first[1].splitlines()[:-1]
    assert (again[0], again[2]) == (0, first[2])


@pytest.mark.parametrize("what", ["page", "new page", "document", "option"])
def test_whatever_changes_is_captured_again(folder: Path, what: str) -> None:
    arguments = ["capture", "pages", "--out", "out"]
    assert run(folder, *arguments)[0] == 0
    document = folder / "out" / "image-store-1.1.yaml"
    before = document.read_text("utf-8")
    page = folder / "pages" / "image-store" / "delete.txt"
    if what == "page":
        page.write_bytes(page.read_bytes().replace(b"503Service Unavailable", b"502Bad Gateway"))
    elif what == "new page":
        (page.parent / "update.txt").write_bytes(endpoint_page(SERVICE, OLD_UPDATE))
    elif what == "document":
        document.write_text("other: true\n", "utf-8")
    else:
        arguments.append("--skip-invalid")
    code, said, _ = run(folder, *arguments)
    assert code == 0
    assert "not read again" not in said
    after = document.read_text("utf-8")
    assert (after == before) == (what in ("document", "option"))


def test_a_page_that_keeps_size_and_time_is_known_by_its_other_time(folder: Path) -> None:
    assert run(folder, "capture", "pages", "--out", "out")[0] == 0
    page = folder / "pages" / "image-store" / "delete.txt"
    status = page.stat()
    page.write_bytes(page.read_bytes().replace(b"503Service", b"999Service"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    code, _, said = run(folder, "capture", "pages", "--out", "out")
    assert code == 2
    assert "unknown status '999'" in said


def test_pages_are_kept_elsewhere_one_by_one(folder: Path) -> None:
    for said in ("4 files written", "unchanged"):
        code, out, _ = run(folder, "capture", "pages", "--pages", "kept", "--out", "out")
        assert code == 0
        assert out.endswith(f"out: {said} (2 pages read)\n")
    kept = {path.relative_to(folder / "kept"): path.read_bytes() for path in (folder / "kept").rglob("*.*")}
    assert kept == {path.relative_to(folder / "pages"): path.read_bytes() for path in (folder / "pages").rglob("*.*")}


def test_a_list_says_of_every_page_what_it_is(folder: Path) -> None:
    code, said, _ = run(folder, "capture", "pages", "--out", "out", "--list")
    assert code == 0
    assert [re.split(" {2,}", line) for line in said.splitlines()[:2]] == [
        ["image-store/delete.txt", "endpoint version page", "text", "en", "image-store"],
        ["image-store/models/_print.md", "models print view", "markdown", "en", "image-store"],
    ]


def test_a_refused_page_is_left_out_on_request_and_listed(folder: Path) -> None:
    (folder / "pages" / "image-store" / "busy.html").write_text("<html><body><h1>503 Busy</h1></body></html>")
    code, _, said = run(folder, "capture", "pages", "--out", "out")
    assert code == 2
    assert said.startswith("error: pages/image-store/busy.html:1: ")
    code, _, said = run(folder, "capture", "pages", "--out", "out", "--skip-invalid")
    assert code == 0
    assert "warning: pages/image-store/busy.html:1: left out: " in said


def test_a_remembered_capture_of_another_hand_is_none(folder: Path) -> None:
    assert run(folder, "capture", "pages", "--out", "out")[0] == 0
    for stamp in (folder / "cache" / "apiscribe" / "captured").iterdir():
        stamp.write_text('{"files": {}, "rows": 1}')
    assert "2 pages read" in run(folder, "capture", "pages", "--out", "out")[1]
    shutil.rmtree(folder / "cache")
    assert "2 pages read" in run(folder, "capture", "pages", "--out", "out")[1]
