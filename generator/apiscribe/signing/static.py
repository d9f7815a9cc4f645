"""Static security schemes: an API key, a bearer token or a password is a recipe that emits and signs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from apiscribe.document.node import Node
from apiscribe.errors import Origin, refusal, shown
from apiscribe.naming import digest, snake_case
from apiscribe.signing.library import read_used
from apiscribe.signing.reader import FORBIDDEN_HEADERS, read
from apiscribe.signing.reading import RULE
from apiscribe.signing.recipe import CredentialField, Emission, Recipe, Step
from apiscribe.signing.template import HEADER_NAME, parse
from apiscribe.signing.words import LATEST

# Leaves room for `sign_` before it and for a credential's own name after it.
_MAX_TITLE = 60


_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def read_scheme(
    name: str, node: Node, *, recipe: Node | None = None, title: str = "", names: Mapping[str, str] = _NO_NAMES
) -> Recipe:
    """Read a security scheme: its `x-signing` recipe, one of the library that it uses, else what its type says.

    `recipe` is the node that `x-signing` leads to where it is a reference.

    The credentials of a static scheme are `api_key`, `token`, or `username` and `password`, unless `names` calls them
    otherwise; its recipe is named after it, unless `title` does.

    Raises:
        ApiscribeError: the recipe is wrong, or the scheme is of a kind that cannot be expressed.
    """
    signing = recipe or node.get("x-signing")
    if signing is not None:
        return read_used(signing) if "use" in signing else read(signing)
    kind = _text(node, "type")
    title = title or title_of(name)
    if kind == "apiKey":
        return _api_key(title, names.get("api_key", "api_key"), node)
    if kind == "http" and _text(node, "scheme").lower() == "basic":
        return _basic(title, names.get("username", "username"), names.get("password", "password"), node.origin)
    if kind in ("oauth2", "openIdConnect") or (kind == "http" and _text(node, "scheme").lower() == "bearer"):
        # Every OAuth flow ends in an access token that is sent like this.
        return bearer_recipe(title, names.get("token", "token"), node.origin)
    what = f"http {_text(node, 'scheme')}" if kind == "http" else kind
    raise refusal(
        RULE, f"a security scheme of type {shown(what, 40)!r} is not supported without x-signing", node.origin
    )


def bearer_recipe(name: str, token: str, origin: Origin) -> Recipe:
    """Give the recipe of a bearer token: how one is sent, whoever obtained it."""
    emission = Emission(name="Authorization", template=parse(f"Bearer {{credential.{token}}}"), origin=origin)
    return Recipe(
        name=title_of(name).replace("_", "-"),
        language=LATEST,
        credentials=(_secret(token),),
        headers=(emission,),
        origin=origin,
    )


def title_of(name: str) -> str:
    """Give the words of a scheme's name as an identifier, short enough to have something before and after it."""
    title = snake_case(name)
    return title if len(title) <= _MAX_TITLE else f"{title[: _MAX_TITLE - 9].rstrip('_')}_{digest(name)}"


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return (found.string or "") if found is not None else ""


def _secret(name: str) -> CredentialField:
    return CredentialField(name=name, secret=True)


def _api_key(title: str, credential: str, node: Node) -> Recipe:
    place, name = _text(node, "in"), _text(node, "name")
    if place in ("header", "cookie") and (not HEADER_NAME.match(name) or name.lower() in FORBIDDEN_HEADERS):
        raise refusal(RULE, f"not a name for a {place}: {shown(name, 40)!r}", node.origin)
    if place == "query" and (not name or not name.isprintable()):
        raise refusal(RULE, f"not a name for a query parameter: {shown(name, 40)!r}", node.origin)
    value = f"{{credential.{credential}}}"
    if place == "cookie":
        return _recipe(title, (_secret(credential),), "Cookie", f"{name}={value}", node)
    if place not in ("header", "query"):
        raise refusal(RULE, f"an API key is in a header, the query or a cookie, not {shown(place, 40)!r}", node.origin)
    return _recipe(title, (_secret(credential),), name, value, node, in_query=place == "query")


def _basic(title: str, user: str, password: str, origin: Origin) -> Recipe:
    step = Step(name="pair", parts=(parse(f"{{credential.{user}}}:{{credential.{password}}}"),), origin=origin)
    return Recipe(
        name=title.replace("_", "-"),
        language=LATEST,
        credentials=(CredentialField(name=user), _secret(password)),
        steps=(step,),
        headers=(Emission(name="Authorization", template=parse("Basic {pair | base64}"), origin=origin),),
        origin=origin,
    )


def _recipe(
    title: str,
    credentials: tuple[CredentialField, ...],
    name: str,
    template: str,
    node: Node,
    *,
    in_query: bool = False,
) -> Recipe:
    emissions = (Emission(name=name, template=parse(template), origin=node.origin),)
    return Recipe(
        name=title.replace("_", "-"),
        language=LATEST,
        credentials=credentials,
        headers=() if in_query else emissions,
        query=emissions if in_query else (),
        origin=node.origin,
    )
