"""Same documents, same bytes: whatever the hash seed, time zone, language, umask, folder or order of the files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SPECS = Path(__file__).parents[1] / "spec" / "samsungcloud"
NAMES = ("data-flow-1.0.yaml", "data-flow-1.1.yaml")
COMMAND = "import os, sys; os.umask(int(sys.argv.pop(1), 8)); from apiscribe.cli import main; main()"


def generated(folder: Path, cache: Path, *, umask: str, names: tuple[str, ...], **environment: str) -> dict[str, bytes]:
    """Generate in a folder of its own and read everything that was written, modes included."""
    folder.mkdir(parents=True)
    for name in names:
        shutil.copy(SPECS / name, folder)
    arguments = ["generate", *names, "--out", "out", "--package", "flow"]
    subprocess.run(
        [sys.executable, "-c", COMMAND, umask, *arguments],
        cwd=folder,
        env={**os.environ, **environment, "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        check=True,
    )
    out = folder / "out"
    return {
        f"{path.relative_to(out).as_posix()} {path.stat().st_mode:o}": path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give all runs one style cache; formatting is a function of the text, which is what varies or does not."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[str, bytes]:
    """Generate once in the usual way."""
    return generated(tmp_path_factory.mktemp("usual") / "a", cache, umask="022", names=NAMES, PYTHONHASHSEED="0")


@pytest.mark.parametrize(
    ("folder", "umask", "names", "environment"),
    [
        ("a", "022", NAMES, {"PYTHONHASHSEED": "1"}),
        ("a", "022", NAMES, {"PYTHONHASHSEED": "4294967295"}),
        ("a", "022", NAMES, {"TZ": "Pacific/Kiritimati"}),
        ("a", "022", NAMES, {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}),
        ("a", "022", NAMES, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("a", "077", NAMES, {}),
        ("a folder/with ü", "022", NAMES, {"HOME": "/nonexistent", "USER": "somebody"}),
        ("a", "000", NAMES[::-1], {"PYTHONHASHSEED": "random", "TZ": "Asia/Seoul", "COLUMNS": "20"}),
    ],
    ids=["seed", "other seed", "time zone", "Turkish", "ASCII", "umask", "folder", "order"],
)
def test_output_depends_on_the_documents_alone(
    tmp_path: Path,
    cache: Path,
    usual: dict[str, bytes],
    folder: str,
    umask: str,
    names: tuple[str, ...],
    environment: dict[str, str],
) -> None:
    assert generated(tmp_path / folder, cache, umask=umask, names=names, **environment) == usual
