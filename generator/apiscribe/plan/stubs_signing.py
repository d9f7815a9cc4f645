"""Signing in the stubs: recipes go in, their data, the credentials of the tests and golden requests come out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence

from apiscribe.code import Code, call, dict_of, docstring, fill, identifier, literal, type_expression
from apiscribe.plan.security import PlannedScheme
from apiscribe.plan.service import name_list
from apiscribe.signing import Recipe
from apiscribe.signing.recipe import Atom, Template, Vector
from apiscribe.signing.words import AtomKind, Resolution, resolution
from apiscribe.view import Import
from apiscribe.view_stubs import Constant, RecipesModule, VectorsModule, VectorView


def constant_of(scheme: PlannedScheme) -> str:
    """Name the constant that holds the recipe of what a scheme sends."""
    return (scheme.signer or f"sign_{scheme.title}").upper()


def recipes_module(schemes: Sequence[PlannedScheme], package: str) -> RecipesModule:
    """Plan the module of recipes and credentials."""
    proofs = {constant_of(scheme): scheme.proof for scheme in schemes if scheme.proof is not None}
    needed = dict.fromkeys(name for scheme in schemes for name in scheme.needs[0])
    known = {name: _known(proofs.values(), name) for name in needed}
    keys = any(algorithm_of(proofs.values(), name) for name in known)
    anything = type_expression("dict[str, Any]")
    recipes = (
        Constant(name=identifier(name), annotation=anything, value=literal(recipe.to_data()))
        for name, recipe in sorted(proofs.items())
    )
    return RecipesModule(
        docstring=docstring(["How requests are signed, as data for the server, and credentials that are made up."]),
        imports=(
            Import(module=identifier("typing"), names=name_list(["Any"])),
            Import(module=identifier(f"{package}._signing"), names=name_list(["Credentials"])),
            *([Import(module=Code(".recipe_keys"), names=name_list(["private_key"]))] if keys else []),
        ),
        constants=(
            Constant(
                name=identifier("KNOWN"),
                annotation=type_expression("dict[str, str]"),
                value=dict_of((literal(name), value) for name, value in known.items()),
            ),
            Constant(name=identifier("CREDENTIALS"), annotation=identifier("Credentials"), value=_made(known)),
            *recipes,
        ),
    )


def stub_option(name: str) -> str:
    """Make up the value of an option."""
    return f"stub-{name.replace('_', '-')}"


def algorithm_of(recipes: Iterable[Recipe], credential: str) -> str:
    """Name the asymmetric algorithm that a credential is a private key of; "" for any other."""
    for transform in (item for recipe in recipes for piece in recipe.expressions() for item in piece.transforms):
        if transform.name == "sign" and transform.key == Atom(kind=AtomKind.CREDENTIAL, name=credential):
            return transform.algorithm or ""
    return ""


def _known(recipes: Iterable[Recipe], name: str) -> Code:
    """Make up a credential: a private key, a text that can be decoded where a recipe does so, or any text."""
    recipes = tuple(recipes)
    algorithm = algorithm_of(recipes, name)
    if algorithm:
        return fill("private_key({})", literal(algorithm))
    text = f"stub-{name.replace('_', '-')}"
    atom = Atom(kind=AtomKind.CREDENTIAL, name=name)
    pieces = [piece for recipe in recipes for piece in recipe.expressions() if piece.atom == atom and piece.transforms]
    decoders = {piece.transforms[0].name for piece in pieces}
    if "hex-decode" in decoders:
        return literal(text.encode().hex())
    return literal(b64encode(text.encode()).decode() if decoders & {"base64-decode", "base64url-decode"} else text)


def vectors_module(signers: Mapping[str, Recipe], package: str) -> VectorsModule | None:
    """Plan the tests of the golden requests; None where no recipe has any."""
    vectors = tuple(
        _vector(name, number, recipe, vector)
        for name, recipe in sorted(signers.items())
        for number, vector in enumerate(recipe.vectors, 1)
    )
    if not vectors:
        return None
    used = sorted(name for name, recipe in signers.items() if recipe.vectors)
    return VectorsModule(
        docstring=docstring(["Golden requests: each signer gives exactly the signature that is known for them."]),
        imports=(
            Import(module=identifier(f"{package}._signing"), names=name_list(["Credentials", *used])),
            Import(module=Code(".recipe_vectors"), names=name_list(["check_vector"])),
            Import(module=Code(".recipes"), names=name_list([name.upper() for name in used])),
        ),
        vectors=vectors,
    )


def fresh_headers(recipe: Recipe) -> tuple[str, ...]:
    """Name the headers that differ between two attempts a second apart."""
    return tuple(item.name for item in recipe.headers if _is_fresh(recipe, item.template))


def _credentials(known: Mapping[str, str]) -> Code:
    return _made({name: literal(text) for name, text in known.items()})


def _made(known: Mapping[str, Code]) -> Code:
    return call("Credentials", known.items())


def _vector(signer: str, number: int, recipe: Recipe, vector: Vector) -> VectorView:
    known = dict(vector.credentials)
    facts = [
        ("method", literal(vector.method)),
        ("url", literal(vector.url)),
        ("milliseconds", literal(vector.timestamp)),
        ("emits", literal(_emitted(recipe, vector))),
        ("headers", literal(dict(vector.headers))),
    ]
    if recipe.chosen_options:
        facts.append(("options", literal(dict(vector.options))))
    if vector.body:
        facts.append(("body", literal(vector.body)))
    if vector.nonce is not None:
        facts.append(("nonce", literal(vector.nonce)))
    return VectorView(
        name=fill("test_{}__gives_the_known_signature_{}", identifier(signer), Code(str(number))),
        arguments=(
            identifier(signer),
            identifier(signer.upper()),
            _credentials(known),
            literal(known),
            *(fill("{}={}", identifier(name), value) for name, value in facts),
        ),
    )


def _emitted(recipe: Recipe, vector: Vector) -> dict[str, str]:
    # What a header must read follows from the known steps, wherever it is made of nothing but them and of fixed text.
    texts = {Atom(kind=AtomKind.STEP, name=name): text for name, text in vector.expected}
    texts |= {Atom(kind=AtomKind.CREDENTIAL, name=name): text for name, text in vector.credentials}
    texts[Atom(kind=AtomKind.TIMESTAMP, name="unix-ms")] = str(vector.timestamp)
    found = {}
    for item in recipe.emissions:
        parts = [_piece_text(texts, piece.atom) for piece in item.template.pieces if not piece.transforms]
        if len(parts) == len(item.template.pieces) and None not in parts:
            found[item.name] = "".join(part or "" for part in parts)
    return found


def _piece_text(texts: Mapping[Atom, str], atom: Atom) -> str | None:
    return atom.name if atom.kind is AtomKind.LITERAL else texts.get(atom)


def _is_fresh(recipe: Recipe, template: Template) -> bool:
    for atom in template.atoms():
        if atom.kind is AtomKind.NONCE:
            return True
        if atom.kind is AtomKind.TIMESTAMP and (resolution(atom.name) or Resolution.DAY) >= Resolution.SECOND:
            return True
        step = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
        if step is not None and any(_is_fresh(recipe, part) for part in step.templates()):
            return True
    return False
