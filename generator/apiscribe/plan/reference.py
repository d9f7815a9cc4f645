"""Reference: the README of the distribution, the pages of each service version and a list of them, as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from apiscribe.errors import Diagnostic
from apiscribe.markdown import code_span, visible
from apiscribe.plan.package import version_order
from apiscribe.plan.pyproject import Distribution
from apiscribe.plan.reference_pages import service_row
from apiscribe.plan.reference_parts import Page, pages_of
from apiscribe.plan.reference_readme import guide, readme
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import ServicePlan
from apiscribe.view import File
from apiscribe.view_reference import Index

_NOWHERE: Final[Mapping[str, str]] = {}


def reference_files(
    plans: Sequence[ServicePlan],
    security: PackageSecurity,
    distribution: Distribution,
    left_out: Sequence[Diagnostic] = (),
    whole: Mapping[str, str] = _NOWHERE,
) -> Iterable[File]:
    """Plan the README and the reference pages; `left_out` tells which operations are not there, and why.

    `whole` are the places of methods and classes in the whole of which the plans are a part.
    """
    ordered = sorted(plans, key=lambda plan: (plan.names.module, version_order(plan.api.version)))
    newest = {plan.names.module: plan for plan in ordered}
    view = readme(ordered, tuple(newest.values()), security, distribution, left_out)
    yield File(path="README.md", template="reference/readme.md.j2", view=view)
    yield File(path="reference/guide.md", template="reference/readme.md.j2", view=guide(view, ordered))
    pages = {plan.folder: pages_of(plan, is_newest=plan is newest[plan.names.module], whole=whole) for plan in ordered}
    yield File(path="mkdocs.yml", text=_site(ordered, pages, distribution))
    index = Index(title=code_span(distribution.package), services=tuple(service_row(plan, "") for plan in ordered))
    yield File(path="reference/index.md", template="reference/index.md.j2", view=index)
    for page in (page for found in pages.values() for page in found):
        yield File(path=page.path, template="reference/service.md.j2", view=page.view)


def _site(plans: Sequence[ServicePlan], pages: Mapping[str, Sequence[Page]], distribution: Distribution) -> str:
    """Print the settings with which mkdocs makes a site of the reference; strict, every link and anchor is checked."""
    lines = [
        f"site_name: {_scalar(distribution.name)}",
        "docs_dir: reference",
        "strict: true",
        "validation: {omitted_files: warn, absolute_links: warn, unrecognized_links: warn, anchors: warn}",
        "nav:",
        '  - "Overview": index.md',
        '  - "Guide": guide.md',
        *(line for plan in plans for line in _navigation(plan.title, pages[plan.folder])),
        "",
    ]
    return "\n".join(lines)


def _navigation(title: str, pages: Sequence[Page]) -> Iterable[str]:
    if len(pages) == 1:
        yield f"  - {_scalar(title)}: {pages[0].path.removeprefix('reference/')}"
        return
    yield f"  - {_scalar(title)}:"
    yield from (f"      - {_scalar(page.name)}: {page.path.removeprefix('reference/')}" for page in pages)


def _scalar(text: str) -> str:
    # A JSON string is a YAML scalar; what YAML does not take even there is escaped by then.
    return json.dumps(visible(" ".join(text.split())))
