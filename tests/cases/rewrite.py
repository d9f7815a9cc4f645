"""Write what is generated now over the expected files of all cases: `python -m tests.cases.rewrite`."""

from __future__ import annotations

import shutil

from tests.case_files import FOLDER, cases, compared_paths, generated


def rewrite() -> None:
    """Write the expected files; those of models that are no more go."""
    texts, _ = generated()
    for case in cases():
        if case.document.stem != "openapi":
            continue
        kept = compared_paths(case, texts)
        shutil.rmtree(FOLDER / case.name / "expected", ignore_errors=True)
        for path, name in kept.items():
            target = FOLDER / case.name / "expected" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(texts[path], encoding="utf-8")


if __name__ == "__main__":
    rewrite()
