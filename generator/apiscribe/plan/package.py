"""The package: all service versions together, the signers and credentials they share, and the names on top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from apiscribe.code import docstring, fill, identifier, joined, literal, relative_module, type_expression
from apiscribe.plan.clients import client_files
from apiscribe.plan.model_modules import model_files
from apiscribe.plan.names import LOGIN_EXPORTS, RUNTIME_EXPORTS, plain_version
from apiscribe.plan.operations import operations_file
from apiscribe.plan.pyproject import Distribution, pyproject
from apiscribe.plan.response_headers import header_files
from apiscribe.plan.runtime_files import runtime_files
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.testing import testing_files
from apiscribe.plan.webhooks import webhook_files
from apiscribe.signing import CompiledSigner, compile_module
from apiscribe.view import CredentialField, Export, File, LazyPackage, Package, SigningModule

_MODELS = "models"


def package_of(
    plans: Sequence[ServicePlan],
    security: PackageSecurity,
    distribution: Distribution,
    runtime: Mapping[str, str],
    extra: Iterable[File],
) -> Package:
    """Plan a whole distribution; `runtime` holds the runtime's own modules, `extra` files that others planned."""
    package = distribution.package
    signers = _compiled(security)
    testing = testing_files(security, package)
    chosen = runtime_files(plans, security, signers.values(), runtime, verifies=bool(testing))
    newest = {plan.names.module: plan for plan in sorted(plans, key=lambda plan: version_order(plan.api.version))}
    files = [
        File(
            path="pyproject.toml",
            text=pyproject(distribution, plans, asymmetric=any(item.is_asymmetric for item in signers.values())),
        ),
        File(path=f"{package}/py.typed"),
        _top(distribution, plans, newest, security),
        *(File(path=f"{package}/_runtime/{name}", text=text) for name, text in chosen.items()),
        *testing,
        *(_service_package(package, plan) for plan in newest.values()),
        *(file for plan in plans for file in _version_files(package, plan)),
        *extra,
    ]
    if security.credentials:
        files.append(_signing(package, signers, security))
    if distribution.license_text:
        files.append(File(path="LICENSE", text=distribution.license_text))
    placed = (_placed(file, distribution) for file in files)
    return Package(name=package, files=tuple(sorted(placed, key=lambda file: file.path)))


def _placed(file: File, distribution: Distribution) -> File:
    """Put a file of the import package where the layout wants it."""
    inside = file.path.removeprefix(f"{distribution.package}/")
    return file if inside == file.path else replace(file, path=f"{distribution.folder}/{inside}")


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Order versions by their numbers, whatever stands between them, and times by their days.

    >>> sorted(["1.10", "1.9", "1.2"], key=version_order)
    ['1.2', '1.9', '1.10']
    >>> sorted(["Mon Nov 03 2025 10:00:00 GMT", "Wed Oct 15 2025 13:51:00 GMT"], key=version_order)
    ['Wed Oct 15 2025 13:51:00 GMT', 'Mon Nov 03 2025 10:00:00 GMT']
    """
    parts = re.findall(r"\d+|[a-z]+", plain_version(version).lower())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _version_files(package: str, plan: ServicePlan) -> Iterable[File]:
    folder = f"{package}/{plan.folder}"
    yield operations_file(plan, folder)
    yield from client_files(plan, folder)
    yield from model_files(plan, folder)
    yield from webhook_files(plan, folder)
    yield from header_files(plan, folder)
    models = [_export(name, f"{module}", 1) for name, module in sorted(plan.modules.items())]
    title = plan.title
    yield _lazy(f"{folder}/models/__init__.py", f"The models of {title}.", models)
    yield _lazy(f"{folder}/__init__.py", f"{title}: its clients; its models are in `models`.", _clients(plan, ""))


def _clients(plan: ServicePlan, prefix: str) -> list[Export]:
    name = plan.names.client
    return [_export(name, f"{prefix}client", 1), _export(f"Async{name}", f"{prefix}async_client", 1)]


def _service_package(package: str, plan: ServicePlan) -> File:
    exports = [*_clients(plan, f"{plan.names.version}."), _models(plan.names.version)]
    text = f"{plan.api.title}: the clients and models of its newest version, {plain_version(plan.api.version)}."
    return _lazy(f"{package}/{plan.names.module}/__init__.py", text, exports)


def _top(
    distribution: Distribution,
    plans: Sequence[ServicePlan],
    newest: Mapping[str, ServicePlan],
    security: PackageSecurity,
) -> File:
    exports = [_export(name, f"_runtime.{module}", 1) for name, module in RUNTIME_EXPORTS.items()]
    if security.has_logins:
        exports += [_export(name, f"_runtime.{module}", 1) for name, module in LOGIN_EXPORTS.items()]
    if security.credentials:
        exports.append(_export("Credentials", "_signing", 1))
    for plan in newest.values():
        exports += _clients(plan, f"{plan.names.module}.{plan.names.version}.")
    alone = [plan for plan in newest.values() if len(newest) == 1 and plan.names.module != _MODELS]
    exports += [_models(plan.folder.replace("/", ".")) for plan in alone]
    titles = ", ".join(dict.fromkeys(plan.api.title for plan in plans))
    path = f"{distribution.package}/__init__.py"
    return _lazy(path, f"Clients of {titles}; everything is imported when it is first used.", exports, distribution)


def _export(name: str, module: str, dots: int) -> Export:
    relative = relative_module(dots, module)
    return Export(name=identifier(name), text=literal(name), module=relative, module_text=literal(str(relative)))


def _models(module: str) -> Export:
    """Give the models of a version as a module, where programs find them whatever that version is called."""
    relative = relative_module(1, module)
    module_text = literal(f"{relative}.{_MODELS}")
    return Export(name=identifier(_MODELS), text=literal(_MODELS), module=relative, module_text=module_text)


def _lazy(path: str, text: str, exports: Iterable[Export], distribution: Distribution | None = None) -> File:
    view = LazyPackage(
        docstring=docstring([text]),
        exports=tuple(sorted(exports, key=lambda export: export.name)),
        version=literal(distribution.version) if distribution is not None else None,
    )
    return File(path=path, template="client/package.py.j2", view=view)


def _compiled(security: PackageSecurity) -> dict[str, CompiledSigner]:
    """Compile all signers; one whose credentials may be absent is called only where they are there."""
    types = {True: "Credentials", False: "Any"}
    return {
        name: compile_module(recipe, function=name, credentials_type=types[security.is_held(recipe)])
        for name, recipe in security.signers.items()
    }


def _signing(package: str, signers: Mapping[str, CompiledSigner], security: PackageSecurity) -> File:
    compiled = [signers[name] for name in sorted(signers)]
    imports = sorted({line for signer in compiled for line in signer.imports})
    view = SigningModule(
        docstring=docstring(["Signs requests: straight-line code, compiled from the recipes of the documents."]),
        imports=tuple(imports),
        functions=tuple(signer.source for signer in compiled),
        credentials=tuple(_credential(field.name, field.secret, field.optional) for field in security.credentials),
        credentials_docstring=docstring(_credentials_lines(security)),
    )
    return File(path=f"{package}/_signing.py", template="client/signing.py.j2", view=view)


def _credential(name: str, secret: bool, optional: bool) -> CredentialField:
    held = type_expression(("Secret" if secret else "str") + (" | None" if optional else ""))
    given = type_expression("str" + (" | Secret" if secret else "") + (" | None" if optional else ""))
    own = identifier(name)  # recipes use no keyword, and a builtin as an argument hides nothing
    flags = [fill("name={}", literal(name))]
    flags += [fill("secret={}", literal(True))] if secret else []
    flags += [fill("optional={}", literal(True))] if optional else []
    return CredentialField(
        name=own,
        attribute=fill("{}: {}", own, held),
        argument=fill("{}: {} = None", own, given) if optional else fill("{}: {}", own, given),
        entry=fill("CredentialField({})", joined(", ", flags)),
    )


def _credentials_lines(security: PackageSecurity) -> list[str]:
    schemes = {field.name: security.schemes_of(field.name) for field in security.credentials}
    is_one = len(set(schemes.values())) == 1
    return [
        "What requests are signed with; nothing of it is ever shown, logged or pickled.",
        "",
        "Args:",
        *(
            f"    {name}: text, sent or used for signing as the service describes it"
            f"{'' if is_one else ' for ' + ', '.join(names)}."
            for name, names in schemes.items()
        ),
    ]
