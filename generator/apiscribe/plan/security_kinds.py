"""Kinds of security schemes: a scheme of a document goes in, how the runtime authorises requests with it comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from apiscribe import ir, signing
from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError, Diagnostic
from apiscribe.ir_security import SchemeKind, SecurityScheme
from apiscribe.lower import Lowered
from apiscribe.signing import CredentialField, Recipe
from apiscribe.signing.recipe import Emission


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a class of the runtime authorises one kind of scheme.

    `needs` are sets of its credentials of which any one is enough: the stubs give the first. `facts` is what the class
    is told of the scheme. `emits` are the headers that it adds (lower case), and `covers` says that it has to see what
    others added. `proof` gives the recipe by which a server of the stubs knows a request with the first set; without
    one, only what other schemes send is looked at.
    """

    credentials: tuple[CredentialField, ...]
    needs: tuple[tuple[str, ...], ...]
    facts: Callable[[SecurityScheme], dict[str, ir.JsonValue]]
    emits: tuple[str, ...] = ("authorization",)
    covers: bool = False
    proof: Callable[[SecurityScheme, Mapping[str, str]], Recipe] | None = None


# The kinds of which `AUTHORIZERS` in the runtime's security.py knows the class; every other is straight-line code.
KINDS: Mapping[SchemeKind, Kind] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A scheme of one document before its credentials have their names in the package: code, or a kind's class."""

    scheme: SecurityScheme
    service: str
    node: Node
    recipe_node: Node | None
    recipe: Recipe | None = None
    kind: Kind | None = None

    @property
    def is_named(self) -> bool:
        """Tell whether the document itself names the recipe and its credentials."""
        return self.scheme.kind is SchemeKind.SIGNING

    @property
    def credentials(self) -> tuple[CredentialField, ...]:
        """The credentials under the names that they have without any other scheme."""
        return self.recipe.credentials if self.recipe is not None else self.kind.credentials if self.kind else ()

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The sets of credentials of which any one is enough."""
        if self.kind is not None:
            return self.kind.needs
        return (tuple(field.name for field in self.credentials if not field.optional),)

    @property
    def covers(self) -> bool:
        """Tell whether it is applied last, over what others added."""
        return self.kind.covers if self.kind is not None else self.recipe is not None and self.recipe.signs

    @property
    def meaning(self) -> str:
        """What makes it the same scheme as one of its name in another document."""
        if self.recipe is not None:
            return json.dumps(self.recipe.to_data(), sort_keys=True)
        return json.dumps([self.scheme.kind, self.kind.facts(self.scheme) if self.kind else None], sort_keys=True)

    @property
    def places(self) -> frozenset[tuple[str, str]]:
        """What of a request it takes for itself; two that take the same cannot be sent together."""
        if self.recipe is None:
            return frozenset(("header", name) for name in (self.kind.emits if self.kind is not None else ()))
        headers = (_header(item) for item in self.recipe.headers)
        return frozenset([*headers, *(("parameter", item.name) for item in self.recipe.query)])

    def under(self, title: str, names: Mapping[str, str]) -> Recipe | None:
        """Give the recipe under its final name, with the final names of its credentials."""
        if self.recipe is None or self.is_named:
            return self.recipe
        return signing.read_scheme(self.scheme.name, self.node, title=title, names=names)


def drafts_of(lowered: Lowered, service: str, diagnostics: list[Diagnostic]) -> dict[str, Draft]:
    """Read the schemes that operations use, by name; one that is not understood is noted and left out.

    Raises:
        ApiscribeError: a recipe of the document's own is not understood.
    """
    used = {use.scheme for operation in lowered.api.operations for uses in operation.security for use in uses}
    nodes = dict(lowered.schemes)
    found: dict[str, Draft] = {}
    for scheme in lowered.api.security_schemes:
        if scheme.name not in used:
            continue
        node, own = nodes[scheme.name], lowered.recipes.get(scheme.name)
        draft = Draft(scheme=scheme, service=service, node=node, recipe_node=own, kind=KINDS.get(scheme.kind))
        if draft.kind is None:
            try:
                draft = replace(draft, recipe=signing.read_scheme(scheme.name, node, recipe=own))
            except ApiscribeError as error:
                if draft.is_named:
                    raise
                message = f"requests of this scheme are not signed: {error.diagnostics[0].message}"
                diagnostics.append(node.warning("security", message))
                continue
        found[scheme.name] = draft
    return found


def _header(item: Emission) -> tuple[str, str]:
    """Name a header, or the cookie in it: several cookies share one header."""
    if item.name.lower() == "cookie":
        return "cookie", item.template.text.partition("=")[0]
    return "header", item.name.lower()
