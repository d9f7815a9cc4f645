"""Kinds of security schemes: a scheme of a document goes in, how the runtime authorises requests with it comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from apiscribe import signing
from apiscribe.document.node import Node
from apiscribe.errors import ApiscribeError, Diagnostic
from apiscribe.ir_security import SchemeKind, SecurityScheme
from apiscribe.lower import Lowered
from apiscribe.plan.security_networked import Networked, networked, unsafe_flows
from apiscribe.signing import CredentialField, Recipe
from apiscribe.signing.recipe import Emission


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A scheme of one document before its credentials have their names in the package: code, or a kind's class."""

    scheme: SecurityScheme
    service: str
    node: Node
    recipe: Recipe | None = None
    kind: Networked | None = None

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
        return self.scheme.kind is SchemeKind.DIGEST or (self.recipe is not None and self.recipe.signs)

    @property
    def meaning(self) -> str:
        """What makes it the same scheme as one of its name in another document."""
        if self.recipe is not None:
            return json.dumps(self.recipe.to_data(), sort_keys=True)
        return json.dumps(
            [self.scheme.kind, self.kind.facts if self.kind else None, self.needs], sort_keys=True, default=dict
        )

    @property
    def places(self) -> frozenset[tuple[str, str]]:
        """What of a request it takes for itself; two that take the same cannot be sent together."""
        if self.recipe is None:
            return frozenset({("header", "authorization")} if self.kind is not None else ())
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
        if scheme.kind is SchemeKind.MUTUAL_TLS and own is None:
            diagnostics.append(
                node.warning("security", "clients of it need cert= or ssl_context= with their certificate")
            )
            continue
        draft = Draft(scheme=scheme, service=service, node=node, kind=networked(scheme))
        for flow in unsafe_flows(scheme):
            message = f"no token is fetched by the flow {flow.name}: its tokenUrl is http://, which is not encrypted"
            diagnostics.append(node.warning("security", message))
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
