"""The command `generate`: documents to a distribution on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from apiscribe.cli.build import produce, read_inputs
from apiscribe.cli.console import counted, progress, say, warn
from apiscribe.cli.jobs import Job, Request, jobs_of
from apiscribe.cli.options import package_options
from apiscribe.cli.regenerated import regenerated, remember_outline
from apiscribe.cli.unchanged import is_unchanged, remember, stamp_key, ways_key
from apiscribe.errors import shown
from apiscribe.project import LOCK_FILE

if TYPE_CHECKING:
    from apiscribe.output.compare import Comparison


@click.command("generate")
@package_options
def command(**options: Any) -> None:
    """Generate client, models, stubs and reference pages from documents.

    \b
    Everything that apiscribe.toml names:
      apiscribe generate
    \b
    One package from documents, into a folder that becomes a distribution of its own:
      apiscribe generate spec/data-ops-1.1.yaml --out client --package mycloud

    DIR is replaced whole or not at all. It may hold only what apiscribe wrote there before, and your own code in
    NAME/extensions/, which is never touched.
    """
    request = Request(**options)
    for job in jobs_of(request):
        _generate(job, request, platformdirs.user_cache_path("apiscribe"))


def _generate(job: Job, request: Request, cache: Path) -> None:
    inputs = read_inputs(job, request)
    ways = ways_key(job, request)
    key = stamp_key(ways, inputs)
    if count := is_unchanged(job, key, cache / "generated"):
        say(f"{shown(job.out, 400)}: unchanged ({counted(count, 'file')})")
        return
    from apiscribe.output.exchange import write

    with progress(f"generating {job.package.name}") as show:
        product = regenerated(job, request, inputs, ways, cache)
        product = product or produce(job, request, inputs, cache / "style", show)
    warn(product.warnings, strict=request.strict)
    before = write(product.artifacts, job.out, kept=job.kept)
    remember(key, product.artifacts[LOCK_FILE], cache / "generated")
    remember_outline(job, inputs, ways, product, cache)
    say(f"{shown(job.out, 400)}: {_told(before, len(product.artifacts))}")
    if product.hint:
        say(product.hint)


def _told(before: Comparison, count: int) -> str:
    if before.same:
        return f"unchanged ({counted(count, 'file')})"
    parts = (
        (len(before.missing), "added"),
        (len(before.changed), "changed"),
        (len(before.surplus), "removed"),
    )
    told = ", ".join(f"{number} {what}" for number, what in parts if number)
    return f"{told} ({counted(count, 'file')})"
