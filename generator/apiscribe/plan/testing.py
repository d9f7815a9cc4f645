"""The verifying side of a package: recipes go in, the modules for servers, mock servers and pytest come out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from apiscribe.code import Code, call, docstring, fill, identifier, literal, tuple_of
from apiscribe.plan.security import PackageSecurity
from apiscribe.plan.service import name_list
from apiscribe.signing import Recipe
from apiscribe.signing.captures import Capture, captures_of, private_keys
from apiscribe.view import File
from apiscribe.view_testing import FixturesModule, SchemeView, TestingModule


def testing_files(security: PackageSecurity, package: str) -> tuple[File, ...]:
    """Plan the two modules; none where nothing is signed."""
    known = [(name, recipe) for name, recipe in sorted(security.signers.items()) if captures_of(recipe)]
    if not known:
        return ()
    view = TestingModule(
        docstring=docstring([
            "Verifies requests that clients of this package signed, for servers and mock servers.",
            "",
            "The fixture for pytest is in `testing_pytest`; nothing else here needs more than the package does.",
        ]),
        names=name_list(["Credentials", *(name for name, _ in known)]),
        schemes=tuple(_scheme(name, recipe, is_held=security.is_held(recipe)) for name, recipe in known),
        default=literal(known[0][1].name),
    )  # fmt: skip
    fixtures = FixturesModule(
        docstring=docstring([
            f'The pytest fixture of this package: put `pytest_plugins = ["{package}.testing_pytest"]` into a conftest.'
        ])
    )  # fmt: skip
    return (
        File(path=f"{package}/testing.py", template="client/testing.py.j2", view=view),
        File(path=f"{package}/testing_pytest.py", template="client/testing_pytest.py.j2", view=fixtures),
    )


def _scheme(signer: str, recipe: Recipe, *, is_held: bool) -> SchemeView:
    emitted = tuple_of([_emitted(capture) for capture in captures_of(recipe)])
    keys = private_keys(recipe)
    needs = tuple(item.name for item in recipe.credentials if not item.optional)
    facts = (
        fill("name={}", literal(recipe.name)),
        fill("signer={}", identifier(signer)),
        fill("credentials={}", identifier("Credentials")),
        fill("emitted={}", emitted),
        fill("samples=frozenset({})", tuple_of([literal(digest) for digest in _samples(recipe)])),
        *([fill("private_keys={}", tuple_of([literal(name) for name in keys]))] if keys else []),
        *([fill("needs={}", literal(needs))] if not is_held else []),
    )
    return SchemeView(name=literal(recipe.name), facts=facts)


def _emitted(capture: Capture) -> Code:
    texts = (("place", capture.place), ("name", capture.name), ("pattern", capture.pattern))
    facts = [(name, literal(text)) for name, text in texts]
    facts += [("known", tuple_of([literal(name) for name in capture.known]))] if capture.known else []
    facts += [("required", literal(False))] if not capture.required else []
    return call("Emitted", facts)


def _samples(recipe: Recipe) -> Iterable[str]:
    """Give digests of the secrets in the vectors: what everybody can read proves nothing."""
    secret = {field.name for field in recipe.credentials if field.secret}
    texts = {text for vector in recipe.vectors for name, text in vector.credentials if name in secret}
    return sorted(hashlib.sha256(text.encode()).hexdigest() for text in texts)
