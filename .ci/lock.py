"""Write requirements.lock: every tool and test dependency for every supported Python, each file by its hash."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = "# Every tool and test dependency on Python 3.11 and newer, each file by its hash. Written by `make lock`.\n"
COMPILE = (
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def main() -> None:
    """Resolve, and refuse to write a lock that names a registry."""
    for target, sources in {
        "requirements.lock": ("pyproject.toml", "--group", "dev"),
        ".ci/audit.lock": (".ci/audit.in",),
        ".ci/browser.lock": (".ci/browser.in",),
        "tests/oracles/requirements.lock": ("tests/oracles/requirements.in",),
        "tests/site/requirements.lock": ("tests/site/requirements.in",),
    }.items():
        command = [sys.executable, *COMPILE, *sources]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(run.stderr)
        if re.search(r"https?://|file:", run.stdout):
            sys.exit(f"{target} would name where its files come from")
        (ROOT / target).write_text(HEAD + run.stdout)


if __name__ == "__main__":
    main()
