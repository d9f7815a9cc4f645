"""Security of a package: which schemes each operation is sent with, in which order, and the credentials of them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from apiscribe import ir
from apiscribe.errors import Diagnostic, refusal
from apiscribe.ir_security import Alternative
from apiscribe.lower import Lowered
from apiscribe.naming import snake_case
from apiscribe.plan.security_kinds import Draft, drafts_of
from apiscribe.plan.security_names import Named, key_of, named
from apiscribe.plan.security_offers import Offers, offers_of
from apiscribe.signing import CredentialField, OptionField, Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedScheme:
    """A scheme of one service with its names in the package: a `signer`, or else a class that is told `facts`.

    `proof` is the recipe by which a server knows what it sends, where there is one.
    """

    name: str
    kind: str
    title: str
    credentials: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    signer: str = ""
    recipe: Recipe | None = None
    proof: Recipe | None = None
    facts: Mapping[str, ir.JsonValue] = field(default_factory=dict)

    @property
    def options(self) -> tuple[OptionField, ...]:
        """What a client chooses for the signature."""
        return self.recipe.chosen_options if self.recipe is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """The security of one service version.

    `requirements` has the alternatives of each operation, schemes in the order in which they are applied. `needs` are
    the sets of credentials of which any one is of use. `static` is the scheme whose one function signs every request,
    where it is that simple.
    """

    schemes: tuple[PlannedScheme, ...] = ()
    requirements: Mapping[str, tuple[Alternative, ...]] = field(default_factory=dict)
    needs: tuple[tuple[str, ...], ...] = ()
    static: PlannedScheme | None = None

    @property
    def is_anonymous(self) -> bool:
        """Tell whether there is something to do without credentials."""
        return any(not uses or () in uses for uses in self.requirements.values())

    @property
    def options(self) -> tuple[OptionField, ...]:
        """What a client chooses for the signatures of all schemes."""
        return tuple({item.name: item for scheme in self.schemes for item in scheme.options}.values())

    def of(self, operation: ir.Operation) -> tuple[Alternative, ...]:
        """Give the alternatives of an operation."""
        return self.requirements.get(operation.id, ())

    def is_signed(self, operation: ir.Operation) -> bool:
        """Tell whether anything is ever added to an operation's requests."""
        return any(self.of(operation))

    def scheme(self, name: str) -> PlannedScheme:
        """Find a scheme by its name in the document."""
        return next(scheme for scheme in self.schemes if scheme.name == name)

    def sets(self, alternative: Alternative) -> Iterable[tuple[str, ...]]:
        """Give the sets of credentials of which any one is enough for an alternative."""
        for chosen in product(*(self.scheme(use.scheme).needs for use in alternative)):
            yield tuple(dict.fromkeys(name for names in chosen for name in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSecurity:
    """The security of a package: that of each service in order, all signers, and the fields of its credentials."""

    services: tuple[Security, ...]
    signers: Mapping[str, Recipe]
    credentials: tuple[CredentialField, ...]

    @property
    def has_logins(self) -> bool:
        """Tell whether there is a scheme for which a person may log in."""
        schemes = (scheme for service in self.services for scheme in service.schemes)
        return any(name.endswith("refresh_token") for scheme in schemes for name in scheme.credentials)

    def schemes_of(self, credential: str) -> tuple[str, ...]:
        """Name the schemes that a credential is for, as the documents do."""
        schemes = (scheme for service in self.services for scheme in service.schemes)
        return tuple(dict.fromkeys(scheme.name for scheme in schemes if credential in scheme.credentials))

    def is_held(self, recipe: Recipe) -> bool:
        """Tell whether everybody who has credentials has all that a recipe cannot do without."""
        held = {item.name for item in self.credentials if not item.optional}
        return all(item.optional or item.name in held for item in recipe.credentials)


def security_of(documents: Sequence[tuple[str, Lowered]], diagnostics: list[Diagnostic]) -> PackageSecurity:
    """Plan the security of documents, each with its service's module.

    Raises:
        ApiscribeError: two recipes have one name and differ, or one is not understood.
    """
    read = [(lowered, drafts_of(lowered, service, diagnostics)) for service, lowered in documents]
    offers = [offers_of(lowered.api, drafts, diagnostics) for lowered, drafts in read]
    names = named(draft for offer in offers for draft in offer.drafts)
    services = [_service(offer, names) for offer in offers]
    signers = _signers(scheme for service in services for scheme in service.schemes)
    fields = _fields(offers, names)
    needed = [set(names) for service in services for names in service.needs]
    held = set.intersection(*needed) if needed else set()
    credentials = tuple(replace(item, optional=item.name not in held) for item in fields)
    return PackageSecurity(
        services=tuple(replace(service, static=_static(service, held)) for service in services),
        signers=signers,
        # Python wants arguments that have to be given before those that may be left out.
        credentials=tuple(sorted(credentials, key=lambda item: item.optional)),
    )


def _service(offers: Offers, names: Mapping[str, Named]) -> Security:
    schemes = tuple(_scheme(draft, names[key_of(draft)]) for draft in offers.drafts)
    security = Security(schemes=schemes, requirements=offers.requirements)
    sets = dict.fromkeys(
        found
        for alternatives in offers.requirements.values()
        for alternative in alternatives
        if alternative
        for found in security.sets(alternative)
    )
    # Who has more than another set asks for has that one as well.
    least = tuple(one for one in sets if not any(set(other) < set(one) for other in sets))
    return replace(security, needs=least)


def _scheme(draft: Draft, called: Named) -> PlannedScheme:
    recipe = draft.under(called.title, called.credentials)
    names = called.credentials
    proof = recipe
    if draft.kind is not None:
        proof = draft.kind.proof(called.title, names, draft.scheme.origin)
    return PlannedScheme(
        name=draft.scheme.name,
        kind=str(draft.scheme.kind),
        title=called.title,
        credentials=tuple(names.get(item.name, item.name) for item in draft.credentials),
        needs=tuple(tuple(names.get(name, name) for name in one) for one in draft.needs),
        signer=f"sign_{snake_case(recipe.name)}" if recipe is not None else "",
        recipe=recipe,
        proof=proof,
        facts=draft.kind.told(names) if draft.kind is not None else {},
    )


def _static(security: Security, held: set[str]) -> PlannedScheme | None:
    """Give the scheme that signs everything, if everybody who has credentials has all that it needs."""
    if len(security.schemes) != 1 or security.is_anonymous:
        return None
    (scheme,) = security.schemes
    return scheme if scheme.recipe is not None and held.issuperset(scheme.needs[0]) else None


def _signers(schemes: Iterable[PlannedScheme]) -> dict[str, Recipe]:
    signers: dict[str, Recipe] = {}
    for scheme in schemes:
        if scheme.recipe is None:
            continue
        known = signers.setdefault(scheme.signer, scheme.recipe)
        if known.to_data() != scheme.recipe.to_data():
            message = f"two recipes are named {scheme.recipe.name} and differ: give one of them another name"
            raise refusal("signing", message, scheme.recipe.origin)
    return signers


def _fields(offers: Iterable[Offers], names: Mapping[str, Named]) -> Sequence[CredentialField]:
    """List all credentials by name; what is a secret for one scheme is one for all."""
    found: dict[str, CredentialField] = {}
    for draft in (draft for offer in offers for draft in offer.drafts):
        for item in draft.credentials:
            name = names[key_of(draft)].credentials.get(item.name, item.name)
            known = found.get(name, item)
            found[name] = replace(item, name=name, secret=item.secret or known.secret)
    return tuple(found.values())
