"""Reference: the README of the distribution, a page for each service version and a list of them, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apiscribe.errors import Diagnostic
from apiscribe.markdown import code_span
from apiscribe.plan.package import version_order
from apiscribe.plan.pyproject import Distribution
from apiscribe.plan.reference_pages import page_path, service_page, service_row
from apiscribe.plan.reference_readme import readme
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import ServicePlan
from apiscribe.view import File
from apiscribe.view_reference import Index


def reference_files(
    plans: Sequence[ServicePlan],
    security: PackageSecurity,
    distribution: Distribution,
    left_out: Sequence[Diagnostic] = (),
) -> Iterable[File]:
    """Plan the README and the reference pages; `left_out` tells which operations are not there, and why."""
    ordered = sorted(plans, key=lambda plan: (plan.names.module, version_order(plan.api.version)))
    newest = {plan.names.module: plan for plan in ordered}
    view = readme(ordered, tuple(newest.values()), security, distribution, left_out)
    yield File(path="README.md", template="reference/readme.md.j2", view=view)
    index = Index(title=code_span(distribution.package), services=tuple(service_row(plan, "") for plan in ordered))
    yield File(path="reference/index.md", template="reference/index.md.j2", view=index)
    for plan in ordered:
        page = service_page(plan, is_newest=plan is newest[plan.names.module])
        yield File(path=page_path(plan), template="reference/service.md.j2", view=page)
