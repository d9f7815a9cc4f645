"""Parts: the page of a service version, or several where it would be long: by group, and models by their letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from apiscribe import ir
from apiscribe.markdown import EMPTY, code_span, link, text
from apiscribe.plan.names import iterator_key, waiter_key
from apiscribe.plan.reference_pages import model_part, operation_of, page_path, service_page
from apiscribe.plan.reference_words import Headings, headings_of
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.streams import method_key
from apiscribe.view_reference import Part, ServicePage

# A page of more operations and models than this is divided.
_MOST = 250
_MOST_OF_A_LETTER = 80
_NOWHERE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with its path and its name in the navigation."""

    path: str
    name: str
    view: ServicePage


def places_of(plan: ServicePlan) -> dict[str, str]:
    """Give the page of every method and class; all are on the one that has no name where it is not divided."""
    if len(plan.api.operations) + len(plan.api.schemas) <= _MOST:
        return dict.fromkeys([*plan.names.methods.values(), *plan.names.classes.values()], "")
    return _places_divided(plan)


def _places_divided(plan: ServicePlan) -> dict[str, str]:
    return {**_pages_of_methods(plan, _by_group(plan)), **_pages_of_models(plan, _by_letter(plan))}


def pages_of(plan: ServicePlan, *, is_newest: bool, whole: Mapping[str, str] = _NOWHERE) -> tuple[Page, ...]:
    """Plan the pages of one service version, the one with its client first.

    `whole` are the places in the whole of which the plan is a part; it may have names that the whole does not know.
    """
    title = plan.title
    is_divided = any((whole or places_of(plan)).values())
    places = {**(_places_divided if is_divided else places_of)(plan), **whole}
    if not is_divided:
        view = service_page(plan, headings_of(places), is_newest=is_newest)
        return (Page(path=page_path(plan), name=title, view=view),)
    return _divided(plan, title, places, is_newest=is_newest)


def _divided(plan: ServicePlan, title: str, places: Mapping[str, str], *, is_newest: bool) -> tuple[Page, ...]:
    headings = headings_of(places)
    own = page_path(plan)
    main = service_page(plan, replace(headings, page=_name(own)), is_newest=is_newest, is_whole=False)
    back = link(text(title), _name(own))
    models: dict[str, list[ir.NamedSchema]] = {}
    for named in _by_class(plan):
        models.setdefault(places[plan.names.classes[named.name]], []).append(named)
    parts = [
        *(_operations(plan, name, found, headings) for name, found in _by_group(plan).items()),
        *(_models(plan, page, found, headings) for page, found in models.items()),
    ]
    shown = tuple(Part(page=link(page.view.title, _name(page.path)), size=text(_size(page.view))) for page in parts)
    return (
        Page(path=own, name="Overview", view=replace(main, parts=shown)),
        *(replace(page, view=replace(page.view, back=back)) for page in parts),
    )


def _name(path: str) -> str:
    """Give the name of a page, by which the others lead to it: all are in one folder."""
    return path.rpartition("/")[2]


def _size(view: ServicePage) -> str:
    number, word = (len(view.operations), "operation") if view.operations else (len(view.models), "model")
    return f"{number} {word}{'' if number == 1 else 's'}"


def _by_group(plan: ServicePlan) -> dict[str, list[ir.Operation]]:
    """Sort operations by their outermost groups."""
    found: dict[str, list[ir.Operation]] = {}
    for operation in plan.api.operations:
        found.setdefault(plan.groups.addresses[operation.id].partition(".")[0], []).append(operation)
    return dict(sorted(found.items()))


def _by_letter(plan: ServicePlan) -> dict[str, Sequence[ir.NamedSchema]]:
    """Sort models by the first letters of their classes; those of a letter are divided again where they are many."""
    found: dict[str, list[ir.NamedSchema]] = {}
    for named in _by_class(plan):
        found.setdefault(plan.names.classes[named.name][0].lower(), []).append(named)
    return {
        letter if at == 0 else f"{letter}_{at // _MOST_OF_A_LETTER + 1}": models[at : at + _MOST_OF_A_LETTER]
        for letter, models in found.items()
        for at in range(0, len(models), _MOST_OF_A_LETTER)
    }


def _by_class(plan: ServicePlan) -> list[ir.NamedSchema]:
    return sorted(plan.api.schemas, key=lambda named: plan.names.classes[named.name])


def _part_path(plan: ServicePlan, kind: str, name: str) -> str:
    return f"{page_path(plan).removesuffix('.md')}-{kind}-{name.replace('_', '-')}.md"


def _pages_of_methods(plan: ServicePlan, groups: Mapping[str, Iterable[ir.Operation]]) -> dict[str, str]:
    methods = plan.names.methods
    return {
        methods[key]: _name(_part_path(plan, "operations", group))
        for group, operations in groups.items()
        for item in operations
        for key in (item.id, iterator_key(item), waiter_key(item), method_key(item))
        if key in methods
    }


def _pages_of_models(plan: ServicePlan, letters: Mapping[str, Iterable[ir.NamedSchema]]) -> dict[str, str]:
    return {
        plan.names.classes[named.name]: _name(_part_path(plan, "models", letter))
        for letter, found in letters.items()
        for named in found
    }


def _operations(plan: ServicePlan, group: str, operations: Iterable[ir.Operation], headings: Headings) -> Page:
    path = _part_path(plan, "operations", group)
    seen = replace(headings, page=_name(path))
    told = tuple(operation_of(plan, operation, seen) for operation in operations)
    return Page(path=path, name=group, view=replace(_empty(), title=code_span(f"client.{group}"), operations=told))


def _models(plan: ServicePlan, page: str, models: Iterable[ir.NamedSchema], headings: Headings) -> Page:
    path = f"reference/{page}"
    letter = path.removeprefix(_part_path(plan, "models", "").removesuffix(".md")).removesuffix(".md")
    title = f"Models {letter.upper().replace('-', ' ')}"
    told = tuple(model_part(plan, named, replace(headings, page=page)) for named in models)
    return Page(path=path, name=title, view=replace(_empty(), title=text(title), models=told))


def _empty() -> ServicePage:
    return ServicePage(
        has_client=False,
        title=EMPTY,
        back=EMPTY,
        parts=(),
        description=EMPTY,
        imports=EMPTY,
        settings=(),
        servers=(),
        operations=(),
        webhook_imports=EMPTY,
        webhooks=(),
        models=(),
    )
