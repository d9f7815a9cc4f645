"""The pipeline: documents as bytes go in, the unformatted text of every generated file comes out; no I/O here."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from apiscribe import ir
from apiscribe.document import edit, load, overlay, resolve, rules, skip
from apiscribe.document.node import Document, path_of, pointer_of
from apiscribe.errors import LEFT_OUT, ApiscribeError, Diagnostic, Origin, Severity, refusal
from apiscribe.lower import Lowered, lower
from apiscribe.models import recursive_aliases, types_of
from apiscribe.naming_services import service_of, versionless
from apiscribe.plan.directions import directed
from apiscribe.plan.facts import Facts, facts_of
from apiscribe.plan.group_names import name_groups
from apiscribe.plan.model_modules import modules_of
from apiscribe.plan.names import name_api, service_module, version_module
from apiscribe.plan.package import package_of
from apiscribe.plan.pyproject import Distribution
from apiscribe.plan.reference import reference_files
from apiscribe.plan.security import Security, security_of
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.stubs import stub_files
from apiscribe.plan.uses import open_names, requests_of
from apiscribe.render import Store, render
from apiscribe.view import Package

Reader = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document as it was read, with the overlays to apply to it."""

    path: str
    data: bytes
    overlays: tuple[Source, ...] = ()
    read: Reader | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates' texts by name, and the runtime's modules by file name, those of the stubs apart.

    `places` are the files of those that are the user's own, `store` is where compiled ones are kept.
    """

    texts: Mapping[str, str]
    runtime: Mapping[str, str]
    stubs: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)
    store: Store | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the caller decides: the distribution, and how strictly documents are taken."""

    distribution: Distribution
    strict: bool = False
    skip_invalid: bool = False
    max_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The unformatted text of every file by its path, what was noticed on the way, and the documents as understood.

    `copied` are the files that no template prints: they are as they should be. `facts` are those of each service
    version.
    """

    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document, ...] = ()
    copied: frozenset[str] = frozenset()
    facts: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Every file with its template and view, the service versions, the documents as understood, what was noticed."""

    package: Package
    plans: tuple[ServicePlan, ...]
    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]


# Views and trees live until the end of a run: looking through them for garbage again and again finds nothing.
_PATIENCE = (100_000, 50, 50)


@contextmanager
def patient_collector() -> Iterator[None]:
    """Have Python look for garbage rarely, in a run or a part of one."""
    before = gc.get_threshold()
    gc.set_threshold(*_PATIENCE)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@patient_collector()
def build(sources: Sequence[Source], settings: Settings, templates: Templates) -> Built:
    """Turn documents into the files of one distribution.

    Raises:
        ApiscribeError: a document is refused; with `strict`, warnings refuse it as well.
    """
    made = planned(sources, settings, templates)
    package, diagnostics, documents = made.package, made.diagnostics, made.documents
    facts = tuple(facts_of(plan) for plan in made.plans)
    del made  # the plans are large, and of no use any more
    texts = render(package, templates.texts, templates.places, templates.store)
    copied = frozenset(file.path for file in package.files if not file.template)
    return Built(texts=texts, diagnostics=diagnostics, documents=documents, copied=copied, facts=facts)


def planned(sources: Sequence[Source], settings: Settings, templates: Templates) -> Planned:
    """Turn documents into the plan of one distribution: every file with its template and view.

    The documents are given back as they were understood: with their overlays, without what was left out.

    Raises:
        ApiscribeError: as `build` does.
    """
    diagnostics: list[Diagnostic] = []
    pairs = [_noted(understand(source, settings), diagnostics) for source in sources]
    return _planned(pairs, settings, templates, diagnostics)


def plan_document(document: Document, settings: Settings, templates: Templates, pages: Mapping[str, str]) -> Planned:
    """Turn one document that is loaded already, and refers to no other file, into the plan of a distribution.

    `pages` has the pages of the reference of the methods and classes of the whole that this is a part of.

    Raises:
        ApiscribeError: as `build` does.
    """
    diagnostics: list[Diagnostic] = []
    pair = _noted(_understood(document, None, settings), diagnostics)
    return _planned([pair], settings, templates, diagnostics, pages)


def _planned(
    pairs: Sequence[tuple[Document, Lowered]],
    settings: Settings,
    templates: Templates,
    diagnostics: list[Diagnostic],
    pages: Mapping[str, str] | None = None,
) -> Planned:
    understood = _told_apart([lowered for _, lowered in pairs])
    _refuse_doubles(understood)
    security = security_of([(service_module(item.api.service), item) for item in understood], diagnostics)
    plans = tuple(
        _plan(item, secured, settings, diagnostics) for item, secured in zip(understood, security.services, strict=True)
    )
    _refuse_shared_clients(plans)
    if settings.strict and diagnostics:
        raise ApiscribeError([replace(found, severity=Severity.ERROR) for found in diagnostics])
    left_out = [found for found in diagnostics if found.rule == LEFT_OUT]
    extra = (
        *reference_files(plans, security, settings.distribution, left_out, pages or {}),
        *stub_files(plans, security, settings.distribution, templates.stubs),
    )
    package = package_of(plans, security, settings.distribution, templates.runtime, extra)
    documents = tuple(document for document, _ in pairs)
    return Planned(package=package, plans=plans, documents=documents, diagnostics=tuple(diagnostics))


def _noted(
    found: tuple[Document, Lowered, tuple[Diagnostic, ...]], diagnostics: list[Diagnostic]
) -> tuple[Document, Lowered]:
    document, lowered, noticed = found
    diagnostics.extend(noticed)
    return document, lowered


def understand(source: Source, settings: Settings) -> tuple[Document, Lowered, tuple[Diagnostic, ...]]:
    """Load, overlay, check and lower one document.

    Raises:
        ApiscribeError: the document is refused.
    """
    limits = load.Limits(size=settings.max_bytes)
    document = load.load(source.data, file=source.path, limits=limits)
    overlays = [load.load(item.data, file=item.path, limits=limits) for item in source.overlays]
    return _understood(overlay.apply(document, overlays, limits), source.read, settings)


def _understood(
    document: Document, read: Reader | None, settings: Settings
) -> tuple[Document, Lowered, tuple[Diagnostic, ...]]:
    limits = load.Limits(size=settings.max_bytes)
    left_out: list[Diagnostic] = []
    found: tuple[Diagnostic, ...] = ()
    hint = ""
    for _ in range(skip.MAX_ROUNDS):
        if settings.skip_invalid:
            skipped = _without_invalid(document, read, limits, left_out)
            document, resolver, found = skipped.document, skipped.resolver, skipped.diagnostics
        else:
            resolver = resolve.Resolver(document, read, limits)
            found = rules.check(document, resolver)
        if _errors(found):
            hint = _way_out(skip.unusable(document, resolver, found), settings)
            break
        try:
            lowered = lower(document, resolver)
        except ApiscribeError as error:
            # What only lowering notices can be left out as well.
            found = error.diagnostics
            invalid = skip.unusable(document, resolver, found)
            if not settings.skip_invalid or invalid.remaining or not invalid.operations:
                hint = _way_out(invalid, settings)
                break
            left_out.extend(_listed(document, invalid.operations, _errors(found)))
            document = edit.prune(document, invalid.pointers)
        else:
            return document, lowered, (*left_out, *found, *lowered.diagnostics)
    raise ApiscribeError(found, hint)


def _way_out(invalid: skip.Unusable, settings: Settings) -> str:
    """Tell of `--skip-invalid`, where all that is refused belongs to some operations and others are left."""
    if settings.skip_invalid or invalid.remaining or not invalid.pointers or not invalid.others:
        return ""
    return "`apiscribe generate --skip-invalid` leaves out the operations that this concerns, and lists them"


def _without_invalid(
    document: Document, read: Reader | None, limits: load.Limits, left_out: list[Diagnostic]
) -> skip.Skipped:
    skipped = skip.leave_out(document, read, limits)
    if _errors(skipped.diagnostics):
        raise ApiscribeError(skipped.diagnostics)
    left_out.extend(_listed(document, skipped.operations, skipped.causes))
    return skipped


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [item for item in found if item.severity is Severity.ERROR]


def _listed(document: Document, operations: Iterable[str], causes: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    """List every operation that is left out with its reason, and the reasons that lie outside of operations."""
    reasons: dict[str, Diagnostic] = {}
    for cause in causes:
        place = path_of(cause.origin.pointer or "") or ()
        for length in (2, 3):
            reasons.setdefault(pointer_of(place[:length]), cause)
    for pointer in operations:
        place = path_of(pointer) or ()
        own = reasons.get(pointer) or reasons.get(pointer_of(place[:2]))
        node = document.root.at(place)
        if node is not None:
            reason = own.message if own is not None else "it uses what is refused elsewhere in the document"
            yield node.warning(LEFT_OUT, f"left out: {reason}")
    shared = [cause for cause in causes if not (cause.origin.pointer or "").startswith("/paths/")]
    for cause in shared:
        yield replace(cause, rule=LEFT_OUT, message=f"left out: {cause.message}", severity=Severity.WARNING)


def _told_apart(understood: Sequence[Lowered]) -> list[Lowered]:
    """Give services whose titles differ by more than a version their whole titles, where their names would meet."""
    titles: dict[str, set[str]] = {}
    for item in understood:
        titles.setdefault(service_module(item.api.service), set()).add(versionless(item.api.title))
    return [
        (
            replace(item, api=replace(item.api, service=item.api.title))
            if len(titles[service_module(item.api.service)]) > 1 and _is_titled(item.api)
            else item
        )
        for item in understood
    ]


def _is_titled(api: ir.Api) -> bool:
    """Tell whether a service has its name of its title."""
    return api.service == service_of(api.title, [server.url for server in api.servers])


def _refuse_doubles(understood: Sequence[Lowered]) -> None:
    seen: dict[tuple[str, str], ir.Api] = {}
    for item in understood:
        api = item.api
        first = seen.setdefault((service_module(api.service), version_module(api.version)), api)
        if first is not api:
            known = "" if first.version == api.version else f", whose version {first.version} has the same module"
            message = f"{api.service} {api.version} is described by {first.file} as well{known}: leave one of them out"
            raise refusal("service", message, Origin(file=api.file, pointer="/info"))


def _refuse_shared_clients(plans: Sequence[ServicePlan]) -> None:
    seen: dict[str, ServicePlan] = {}
    for plan in plans:
        for name in (plan.names.client, f"Async{plan.names.client}"):
            first = seen.setdefault(name, plan)
            if first.names.module != plan.names.module:
                message = (
                    f"{plan.api.service} and {first.api.service} would both give {name}: x-service tells them apart"
                )
                raise refusal("service", message, Origin(file=plan.api.file, pointer="/info"))


def _plan(item: Lowered, security: Security, settings: Settings, diagnostics: list[Diagnostic]) -> ServicePlan:
    api = directed(item.api)
    names = name_api(api, diagnostics)
    diagnostics.extend(_circles(api))
    types = types_of(api.schemas, names.classes, names.fields, open_names(api), requests_of(api))
    return ServicePlan(
        api=api,
        schemas={named.name: named.schema for named in api.schemas},
        names=names,
        groups=name_groups(api, names),
        types=types,
        modules=modules_of(api, names, types),
        package=settings.distribution.package,
        environment_prefix=api.environment_prefix or settings.distribution.package.upper(),
        security=security,
    )


def _circles(api: ir.Api) -> Iterable[Diagnostic]:
    circles = recursive_aliases(api.schemas)
    for named in api.schemas:
        if named.name in circles and not named.twin_of:  # the schema itself is told already
            message = f"{named.name} leads back to itself without an object in between: there any value is accepted"
            yield Diagnostic(rule="recursive", message=message, origin=named.schema.origin, severity=Severity.WARNING)
