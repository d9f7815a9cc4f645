"""Stubs: the tests that come with a distribution, runnable by anyone who has the package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from apiscribe.code import Code, dict_of, docstring, fill, identifier, literal, wrapped
from apiscribe.plan.pyproject import Distribution
from apiscribe.plan.runtime_files import stub_support
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import ServicePlan, name_list, words_in
from apiscribe.plan.stubs_arguments import Arguments
from apiscribe.plan.stubs_operations import case_of
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError
from apiscribe.plan.stubs_schemes import schemes_check
from apiscribe.plan.stubs_signing import constant_of, fresh_headers, recipes_module, stub_option, vectors_module
from apiscribe.plan.stubs_streams import STREAMED
from apiscribe.view import File, Import
from apiscribe.view_stubs import CasesModule, CaseView

_FOLDER = "stubs"
# The modules of those functions that are not in `checks`.
_MODULES = {"check_address": "addresses", "check_headers": "response_headers", **dict.fromkeys(STREAMED, "streamed")}


def stub_files(
    plans: Sequence[ServicePlan], security: PackageSecurity, distribution: Distribution, support: Mapping[str, str]
) -> Iterable[File]:
    """Plan the stubs of a distribution; `support` holds their own real Python."""
    package = distribution.package
    views = [_module(plan, security) for plan in plans]
    modules = {str(line.module).removeprefix(".") for view in views for line in view.imports if line.module[0] == "."}
    chosen = stub_support(security, support, modules)
    yield from (File(path=f"{_FOLDER}/{name}", text=text) for name, text in chosen.items())
    if security.credentials:
        recipes = recipes_module([scheme for plan in plans for scheme in plan.security.schemes], package)
        yield File(path=f"{_FOLDER}/recipes.py", template="tests/recipes.py.j2", view=recipes)
    vectors = vectors_module(security.signers, package)
    if vectors is not None:
        yield File(path=f"{_FOLDER}/test_signing.py", template="tests/signing.py.j2", view=vectors)
    plain = Counter(_module_name(plan, "_") for plan in plans)
    for plan, view in zip(plans, views, strict=True):
        # Two services whose names and versions run together are kept apart by a second underscore.
        name = _module_name(plan, "_" if plain[_module_name(plan, "_")] == 1 else "__")
        yield File(path=f"{_FOLDER}/{name}.py", template="tests/cases.py.j2", view=view)


def _module_name(plan: ServicePlan, between: str) -> str:
    return f"test_{plan.names.module}{between}{plan.names.version}"


def _module(plan: ServicePlan, security: PackageSecurity) -> CasesModule:
    samples = Samples(plan.schemas, plan.names.fields)
    arguments = Arguments(plan, samples)
    is_free = all(item.optional for item in security.credentials)
    cases: list[CaseView] = []
    missing: list[str] = []
    hard = True
    for operation in plan.api.operations:
        name = arguments.hard_parameter(operation) if hard else ""
        try:
            view = case_of(plan, operation, arguments, samples, name)
            cases.append(replace(view, checks=(*view.checks, *schemes_check(plan, operation, view, is_free=is_free))))
            hard = hard and not name
        except NoSampleError:
            missing.append(plan.names.methods[operation.id])
    return CasesModule(
        docstring=docstring(_lines(plan, missing)),
        imports=tuple(_imports(plan, cases)),
        target=tuple(_target(plan)),
        cases=tuple(cases),
    )


def _lines(plan: ServicePlan, missing: Sequence[str]) -> list[str]:
    title = plan.title
    lines = [f"{title}: each operation is called against a server on this machine, with both clients."]
    if missing:
        lines += ["", *wrapped(f"No valid call could be derived from the document for: {', '.join(missing)}.")]
    return lines


def _imports(plan: ServicePlan, cases: Sequence[CaseView]) -> Iterable[Import]:
    checks = [check for case in cases for check in case.checks]
    facts = [fact for case in cases for fact in case.facts]
    functions = {str(check.function) for check in checks}
    others = any(check.is_other for check in checks)
    raises = any(part.startswith("raises=") for check in checks for part in check.arguments)
    runtime = [
        *(["errors"] if functions & {"check_errors", "check_sent_once"} or raises else []),
        *(["warn"] if "check_supported_until" in functions or any(fact.startswith("warns=") for fact in facts) else []),
    ]
    if others:
        yield Import(module=identifier("dataclasses"), names=name_list(["replace"]))
    if runtime:
        yield Import(module=identifier(f"{plan.package}._runtime"), names=name_list(runtime))
    uses_models = any(part.startswith("returns=") for check in checks for part in check.arguments)
    client = plan.names.client
    yield Import(
        module=identifier(f"{plan.package}.{plan.names.module}.{plan.names.version}"),
        names=name_list([f"Async{client}", client, *(["models"] if uses_models else [])]),
    )
    words = [*words_in((check.case for check in checks), "NOTHING"), "Flavor", "Case" if cases else "opened"]
    words += ["Page"] if "check_pages" in functions else []
    words += ["Sent"] if "check_sent" in functions else []
    yield Import(module=Code(".cases"), names=name_list([*words, "Target"]))
    for module in sorted({_MODULES.get(name, "checks") for name in functions}):
        names = (name for name in functions if _MODULES.get(name, "checks") == module)
        yield Import(module=Code(f".{module}"), names=name_list(sorted(names)))
    if plan.security.schemes:
        constants = sorted({constant_of(scheme) for scheme in plan.security.schemes if scheme.proof is not None})
        yield Import(module=Code(".recipe_verifier"), names=name_list(["verifiers_of"]))
        yield Import(module=Code(".recipes"), names=name_list(["CREDENTIALS", "KNOWN", *constants]))


def _target(plan: ServicePlan) -> Iterable[Code]:
    yield fill("client={}", identifier(plan.names.client))
    yield fill("async_client={}", identifier(f"Async{plan.names.client}"))
    security = plan.security
    if not security.schemes:
        return
    yield Code("credentials=CREDENTIALS")
    yield Code("known=KNOWN")
    yield Code("verifiers=verifiers_of")
    proven = [scheme for scheme in security.schemes if scheme.proof is not None]
    yield fill("recipes={}", dict_of((literal(item.name), identifier(constant_of(item))) for item in proven))
    options = {item.name: stub_option(item.name) for item in security.options}
    if options:
        yield fill("options={}", literal(options))
    fresh = {item.name: names for item in proven if item.proof is not None and (names := fresh_headers(item.proof))}
    if fresh:
        yield fill("fresh={}", literal(fresh))
