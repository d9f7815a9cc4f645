"""The README: what a distribution is, how its clients find their settings, and where the rest is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from apiscribe import code
from apiscribe.code import identifier, literal
from apiscribe.document.node import path_of
from apiscribe.errors import Diagnostic
from apiscribe.markdown import code_block, code_span, fill, joined, link, text
from apiscribe.plan.pyproject import Distribution
from apiscribe.plan.reference_access import access_of
from apiscribe.plan.reference_pages import service_row
from apiscribe.plan.reference_programs import chosen, shown_operation, usage_of
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import ServicePlan
from apiscribe.signing import CredentialField
from apiscribe.view_reference import Readme, Signing, Source


def readme(
    plans: Sequence[ServicePlan],
    newest: Sequence[ServicePlan],
    security: PackageSecurity,
    distribution: Distribution,
    left_out: Sequence[Diagnostic],
) -> Readme:
    """Plan the README; `newest` are the plans whose clients the package gives at its top."""
    package = distribution.package
    fields = security.credentials
    *others, last = dict.fromkeys(plan.api.title for plan in plans)
    titles = f"{', '.join(others)} and {last}" if others else last
    shown = shown_operation(newest)
    return Readme(
        is_readme=True,
        title=code_span(package),
        summary=text(titles),
        python=text(distribution.python),
        package=code_span(package),
        extensions=code_span(f"{distribution.folder}/extensions/"),
        signing=_signing(plans) if fields else None,
        signs=any(recipe.signs for recipe in security.signers.values()),
        profile_path=code_span(f"~/.{package}/credentials.toml"),
        profile_example=code_block(_profile(plans), "toml"),
        sources=tuple(_sources(plans, fields)),
        usage=usage_of(shown, newest) if shown is not None else None,
        access=access_of(shown) if shown is not None else (),
        services=tuple(service_row(plan, "reference/") for plan in plans),
        reference=link(text("reference"), "reference/index.md"),
        left_out=tuple(
            joined(
                ": ", [code_span(_request(found.origin.pointer or "")), text(found.message.removeprefix("left out: "))]
            )
            for found in left_out
        ),
    )


def _request(pointer: str) -> str:
    """Give the method and path of an operation by its pointer; any other place stays a pointer.

    >>> _request("/paths/~1users~1{id}/get"), _request("/paths/~1a/additionalOperations/PURGE"), _request("/paths/~1a")
    ('GET /users/{id}', 'PURGE /a', '/a')
    >>> _request("/components/schemas/User")
    '/components/schemas/User'
    """
    holder, path, *told = map(str, path_of(pointer) or ("", ""))
    if holder != "paths":
        return pointer
    method = "".join(told[1:2]) if told[:1] == ["additionalOperations"] else "".join(told[:1]).upper()
    return f"{method} {path}".strip()


def guide(view: Readme, plans: Sequence[ServicePlan]) -> Readme:
    """Turn the README into a page among those of the reference: a site of these alone has all its links."""
    return replace(
        view,
        is_readme=False,
        services=tuple(service_row(plan, "") for plan in plans),
        reference=link(text("reference"), "index.md"),
    )


def _signing(plans: Sequence[ServicePlan]) -> Signing:
    prefixes, sets = _prefixes(plans), _needs(plans)
    given = [tuple(code.fill("{}={}", identifier(name), literal("...")) for name in names) for names in sets]
    return Signing(
        argument=joined(" or ", [code_span(f"credentials=Credentials({', '.join(one)})") for one in given]),
        example=code_block("\n".join(f"export {prefixes[0]}_{name.upper()}=..." for name in sets[0]), "sh"),
        profile_variable=joined(" or ", [code_span(f"{prefix}_PROFILE") for prefix in prefixes]),
    )


def _needs(plans: Sequence[ServicePlan]) -> Sequence[tuple[str, ...]]:
    """List the sets of credentials of which any one is of use for some service."""
    return tuple(dict.fromkeys(names for plan in plans for names in plan.security.needs))


def _prefixes(plans: Sequence[ServicePlan]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plan.environment_prefix for plan in plans))


def _sources(plans: Sequence[ServicePlan], fields: Sequence[CredentialField]) -> Iterable[Source]:
    needed = {name for names in _needs(plans) for name in names}
    for field in fields:
        yield Source(
            argument=fill("{} of {}", code_span(field.name), code_span("credentials")),
            variable=joined(" or ", [code_span(f"{prefix}_{field.name.upper()}") for prefix in _prefixes(plans)]),
            key=code_span(field.name),
            needed=text("yes" if not field.optional else "for some calls" if field.name in needed else "no"),
        )
    for name, (prefixes, is_needed) in _variables(plans).items():
        yield Source(
            argument=code_span(name),
            variable=joined(" or ", [code_span(f"{prefix}_{name.upper()}") for prefix in prefixes]),
            key=code_span(name),
            needed=text("yes" if is_needed else "no"),
        )


def _variables(plans: Sequence[ServicePlan]) -> dict[str, tuple[tuple[str, ...], bool]]:
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for plan in plans:
        for item in plan.api.variables:
            name = plan.names.variables[item.name]
            prefixes, is_needed = found.get(name, ((), False))
            merged = tuple(dict.fromkeys((*prefixes, plan.environment_prefix)))
            found[name] = (merged, is_needed or item.required)
    return found


def _profile(plans: Sequence[ServicePlan]) -> str:
    first = next(iter(_needs(plans)), ())
    lines = ["[default]", *(f'{name} = "..."' for name in first)]
    values = dict(pair for plan in plans for pair in chosen(plan))
    return "\n".join([*lines, *(f"{name} = {literal(value)}" for name, value in values.items())])
