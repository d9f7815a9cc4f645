"""The command `check`: the same as generate, in memory, against what is on disk; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import platformdirs

from apiscribe.cli import DONE, OUT_OF_STEP
from apiscribe.cli.build import produce, read_inputs, settings_of, sources_of
from apiscribe.cli.console import counted, progress, say, warn
from apiscribe.cli.inputs import References, resolved
from apiscribe.cli.jobs import Job, Request, documents_of, find_project, jobs_of, other_job, overlays_of
from apiscribe.cli.options import package_options
from apiscribe.errors import Origin, refusal, shown
from apiscribe.output.compare import Comparison, compare, foreign_in


@click.command("check")
@click.option(
    "--pages",
    is_flag=False,
    flag_value="",
    metavar="[DIR|ADDRESS]",
    help="Recapture the pages too (those that the project keeps, or others), and tell what changed.",
)
@package_options
def command(pages: str | None, **options: Any) -> int:
    """Tell whether documents and packages are in step; change nothing.

    Documents must be valid, overlays must still match, generated files and apiscribe.lock must equal regeneration.
    Every changed, missing and surplus file is named, with a diff and the command that mends it. Exit code 1 when
    something is out of step.

    \b
      apiscribe check
      apiscribe check --pages
      apiscribe check --pages saved/pages
      apiscribe check spec/data-ops-1.1.yaml --out client --package mycloud
    """
    request = Request(**options)
    cache = platformdirs.user_cache_path("apiscribe") / "style"
    jobs = () if pages is not None and _is_without_packages(request) else jobs_of(request)
    steps = [_check(job, request, cache) for job in jobs]
    if jobs and not request.specs:
        _check_others(jobs, request)
    if pages is not None:
        from apiscribe.cli.check_pages import check_pages

        steps.append(check_pages(request, pages))
    return DONE if all(steps) else OUT_OF_STEP


def _is_without_packages(request: Request) -> bool:
    """Tell whether a project only captures: then its pages and documents are all there is to check."""
    return not request.specs and request.package is None and not find_project(request.project_file)[1].packages


def _check(job: Job, request: Request, cache: Path) -> bool:
    inputs = read_inputs(job, request)
    with progress(f"checking {job.package.name}") as show:
        product = produce(job, request, inputs, cache, show)
    warn(product.warnings, strict=request.strict)
    found = _compared(product.artifacts, job)
    if found.same:
        seen = f"{counted(len(product.artifacts), 'file')}, {counted(len(job.documents), 'document')}"
        say(f"{shown(job.out, 400)}: in step ({seen})")
        return True
    say(f"{shown(job.out, 400)}: out of step")
    for line in (*(f"  {name}" for name in found.names()), *found.diff(), *_mending(job, found)):
        say(line)
    return False


def _compared(artifacts: Mapping[str, bytes], job: Job) -> Comparison:
    try:
        return compare(artifacts, job.out, kept=job.kept)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise refusal("output-unreadable", message, Origin(file=str(error.filename or job.out))) from error


def _check_others(jobs: tuple[Job, ...], request: Request) -> None:
    """Check the documents of the project that no package is generated from."""
    from apiscribe.pipeline import understand

    known = {resolved(document.path) for job in jobs for document in job.documents}
    root, project = find_project(request.project_file)
    for api in project.apis:
        overlays = overlays_of(root, api)
        for path in documents_of(root, api):
            if request.package is None and resolved(path) not in known:
                job = other_job(jobs[0], path, overlays.get(resolved(path), ()))
                references = References(job.base, limit=request.max_bytes)
                inputs = read_inputs(job, request)
                (source,) = sources_of(job, inputs, references)
                warn(understand(source, settings_of(job, request, inputs))[2], strict=request.strict)
                say(f"{shown(path, 400)}: valid (in no package)")


def _mending(job: Job, found: Comparison) -> tuple[str, ...]:
    """Say how to mend it; what generate would refuse to remove has to be moved away by hand first."""
    foreign = foreign_in(found, job.out)
    rest = f" and {len(foreign) - 5} more" if len(foreign) > 5 else ""
    named = ", ".join(shown(path, 400) for path in foreign[:5]) + rest
    first = (f"apiscribe did not write {named}: move it away first",) if foreign else ()
    return (*first, f"mend it with: {job.mend}")
