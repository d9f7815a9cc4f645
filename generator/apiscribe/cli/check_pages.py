"""The part of `check` that recaptures: the documents and pages.lock of a project against its kept pages."""

from __future__ import annotations

import shlex
from pathlib import Path

from apiscribe.cli.console import counted, say, warn
from apiscribe.cli.jobs import Request, find_project
from apiscribe.cli.pages import captured_files, find_pages, locked
from apiscribe.errors import Origin, refusal
from apiscribe.output.compare import compare
from apiscribe.project import Api


def check_pages(request: Request) -> bool:
    """Tell whether the documents of the project equal a recapture of its pages."""
    root, project = find_project(request.project_file)
    steps = [_check_api(root, api, request) for api in project.apis if api.pages is not None]
    return all(steps)


def _check_api(root: Path, api: Api, request: Request) -> bool:
    from apiscribe import capture

    folder, specs = root / (api.pages or ""), root / api.specs
    found = find_pages((folder,), folder)
    if not found.pages:
        raise refusal("page-none", "holds no page", Origin(file=str(folder)))
    profile = capture.open_profile(api.profile)
    language = api.language or capture.DEFAULT_LANGUAGE
    captured = capture.read(found.pages, profile, language=language, skip_invalid=request.skip_invalid)
    warn((*found.skipped, *captured.diagnostics), strict=request.strict)
    comparison = compare(captured_files(captured, locked(specs)), specs, whole=False)
    if comparison.same:
        pages, documents = counted(len(found.pages), "page"), counted(len(captured.documents), "document")
        say(f"{specs}: in step with {pages} ({documents})")
        return True
    say(f"{specs}: out of step with its pages")
    mend = shlex.join(("apiscribe", "capture", *(("--project", str(given)) if (given := request.project_file) else ())))
    for line in (*(f"  {name}" for name in comparison.names()), *comparison.diff(), f"mend it with: {mend}"):
        say(line)
    return False
