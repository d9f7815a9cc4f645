"""The runtime's modules that a package gets: those that its own modules import, and what these import in turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from apiscribe.ir_security import SchemeKind
from apiscribe.plan.demands import is_demanding
from apiscribe.plan.names import LOGIN_EXPORTS, RUNTIME_EXPORTS
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import ServicePlan
from apiscribe.plan.uses import streams_of
from apiscribe.signing import CompiledSigner

# What clients, operations and models of every package import; whatever else these reach needs no entry.
_ALWAYS = frozenset({"__init__", "client", "views", *RUNTIME_EXPORTS.values()})
# What the runtime itself imports by the kind of a scheme.
_BY_KIND = {SchemeKind.DIGEST: "digest", SchemeKind.OAUTH2: "oauth", SchemeKind.OPEN_ID: "oauth"}
_STUBS_ALWAYS = frozenset({"__init__", "conftest", "cases", "checks"})
_RELATIVE = re.compile(r"^\s*from \.(\w+) import", re.MULTILINE)
_OF_RUNTIME = re.compile(r"^from \._runtime\.(\w+) import")


def runtime_files(
    plans: Sequence[ServicePlan],
    security: PackageSecurity,
    signers: Iterable[CompiledSigner],
    modules: Mapping[str, str],
    *,
    verifies: bool,
) -> dict[str, str]:
    """Choose among the runtime's modules by file name; `verifies` tells whether the package verifies signatures."""
    operations = [operation for plan in plans for operation in plan.api.operations]
    kinds = {scheme.kind for service in security.services for scheme in service.schemes}
    found = [_OF_RUNTIME.match(line) for signer in signers for line in signer.imports]
    return reached(modules, {
        *_ALWAYS,
        *(module for kind, module in _BY_KIND.items() if kind in kinds),
        *(LOGIN_EXPORTS.values() if security.has_logins else ()),
        *(match[1] for match in found if match is not None),
        *(["sent"] if any(named.twin_of for plan in plans for named in plan.api.schemas) else []),
        *(["needs"] if any(is_demanding(named.schema) for plan in plans for named in plan.api.schemas) else []),
        *(["waiter"] if any(operation.waiter is not None for operation in operations) else []),
        *(["grouped"] if any(operation.deprecated for operation in operations) else []),
        *(["stream_views", "streams"] if any(map(streams_of, operations)) else []),
        *(["typed_headers"] if any(item.headers for operation in operations for item in operation.responses) else []),
        *(["webhook"] if any(plan.api.webhooks for plan in plans) else []),
        *(["verify"] if verifies else []),
    })  # fmt: skip


def stub_support(security: PackageSecurity, modules: Mapping[str, str], imported: Iterable[str]) -> dict[str, str]:
    """Choose among the modules of the stubs by file name; `imported` are those that the tests of operations import."""
    recipes = {"recipe_verifier"} if security.credentials else set()
    vectors = {"recipe_vectors"} if any(recipe.vectors for recipe in security.signers.values()) else set()
    own = {name for name in imported if f"{name}.py" in modules}  # recipes.py is generated
    return reached(modules, {*_STUBS_ALWAYS, *recipes, *vectors, *own})


def reached(modules: Mapping[str, str], entrances: Iterable[str]) -> dict[str, str]:
    """Give the modules that some of them import, directly or through others, by file name.

    >>> texts = {"a.py": "from .b import x", "b.py": "def f():\\n    from .c import y", "c.py": "", "d.py": ""}
    >>> list(reached(texts, ["a"]))
    ['a.py', 'b.py', 'c.py']
    """
    found: dict[str, str] = {}
    waiting = [f"{name}.py" for name in entrances]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = modules[name]
            waiting += [f"{module}.py" for module in _RELATIVE.findall(modules[name])]
    return dict(sorted(found.items()))
