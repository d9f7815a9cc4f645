"""Service names: a title, without what says only that it is an API, becomes a service, its module and its client."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from apiscribe.naming import MAX_LENGTH, bounded, pascal_case, snake_case, words

# What is said of every API, and names none.
_KINDS = frozenset({
    "api", "apis", "client", "contract", "definition", "description", "doc", "docs", "documentation", "endpoints",
    "extension", "http", "interface", "json", "oas", "oas3", "openapi", "public", "reference", "rest", "restful", "sdk",
    "service", "services", "spec", "specification", "swagger", "web", "webservice", "webservices",
})  # fmt: skip
_STAGES = frozenset({"alpha", "beta", "draft", "official", "preview", "stable", "unofficial", "version"})
_ARTICLES = frozenset({"a", "an", "our", "the"})
_VERSION = re.compile(r"v\d+(\.(\d+|x))*(alpha|beta)?\d*|\d+(\.(\d+|x))+|version\d+")
_NUMBER = re.compile(r"\d+(\.(\d+|x))*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"\s+[-–—|~:+·]+\s+|:\s+|\.\s+")
# What follows them behind `API` tells of the API, and is no part of its name.
_TAILS = frozenset({"by", "for", "from", "of", "to", "using", "with"})
_ADDRESS = re.compile(r"(?:www\.|api\.)?([\w-]+(?:\.\w+)?)")
_LONGEST_SHOUT = 5
# Names of hosts that are of everybody.
_HOSTS = frozenset({
    "ac", "api", "apis", "app", "cloud", "co", "com", "dev", "edu", "gov", "gw", "localhost", "net", "org", "prod",
    "production", "public", "rest", "sandbox", "service", "services", "staging", "test", "www",
})  # fmt: skip
# A word of more capitals than this is a name of several words, as machines write them.
_MOST_CAPITALS = 3


def service_of(title: str, servers: Sequence[str] = ()) -> str:
    """Name the service that a title is of; where it says nothing else, its server does, or else the title as it is.

    >>> service_of("GitHub v3 REST API"), service_of("The Jira Cloud platform REST API")
    ('GitHub', 'Jira Cloud platform')
    >>> service_of("Open Policy Agent (OPA) REST API"), service_of("Klarna Payments API V1")
    ('Open Policy Agent', 'Klarna Payments')
    >>> service_of("API Reference", ["https://api.cohere.com/v1"]), service_of("API Reference")
    ('cohere', 'API Reference')
    """
    parts = (_named(part) for part in _PARTS.split(_ASIDE.sub(" ", title)))
    hosts = (name for address in servers if (name := _host(address)))
    return " ".join(filter(None, parts)) or next(hosts, "") or title.strip()


def client_case(service: str) -> str:
    """Join the words of a service; what is written as a name keeps its capitals.

    >>> client_case("data-ops"), client_case("Azure OpenAI"), client_case("FORTNITE"), client_case("AWS Account")
    ('DataOps', 'AzureOpenAI', 'Fortnite', 'AWSAccount')
    >>> client_case("EU BON UTIS"), client_case("1Forge Finance"), client_case("COVID-19 data")
    ('EuBonUtis', 'N1ForgeFinance', 'Covid19Data')
    """
    tokens = [token for token in service.split() if words(token)]
    if not tokens:
        return pascal_case(service)
    joined = "".join(_cased(tokens))
    return bounded(joined if joined[0].isalpha() else f"N{joined}", service, MAX_LENGTH)


def module_case(service: str) -> str:
    """Join the words of a service in lower case; a name of a few capitals is one word.

    >>> module_case("GitHub"), module_case("Azure OpenAI"), module_case("data-ops"), module_case("UserAccountDataFlow")
    ('github', 'azure_openai', 'data_ops', 'user_account_data_flow')
    """
    return snake_case("_".join(map(_lowered, filter(words, service.split()))) or service)


def _lowered(token: str) -> str:
    split = snake_case(token)
    is_name = token.isalnum() and token.isascii() and split.count("_") < _MOST_CAPITALS
    return token.lower() if is_name else split


def versionless(title: str) -> str:
    """Leave the versions out of a title.

    >>> versionless("Klarna Payments API V1")
    'Klarna Payments API'
    """
    return " ".join(token for token in title.split() if not _VERSION.fullmatch(token.lower()))


def _cased(tokens: Sequence[str]) -> Iterator[str]:
    shouted = [token.isupper() for token in tokens]
    for at, token in enumerate(tokens):
        beside = (at > 0 and shouted[at - 1]) or shouted[at + 1 : at + 2] == [True]
        is_loud = shouted[at] and (len(token) > _LONGEST_SHOUT or (beside and len(token) > 1))
        name = pascal_case(token.capitalize() if is_loud else token)
        # Only the first letter of all needs to be one.
        yield name if words(token)[0][0].isalpha() else name.removeprefix("N")


def _named(part: str) -> str:
    """Give what a part of a title names, without what stands around it."""
    tokens = [token.strip(",.;:!\"'") for token in part.split()]
    tokens = _without_beginning([token for token in tokens if words(token)])
    tokens = [token for token in _until_tail(tokens) if token.lower() not in ("official", "unofficial")]
    while tokens and _is_noise(tokens):
        tokens.pop()
    return " ".join(map(_plain, tokens))


def _without_beginning(tokens: list[str]) -> list[str]:
    """Leave out articles, and `API for` and the like."""
    while tokens and tokens[0].lower() in _ARTICLES:
        tokens = tokens[1:]
    known = [token.lower() in _KINDS | _STAGES for token in tokens]
    first = known.index(False) if False in known else 0
    if not first:
        return tokens
    if tokens[first].lower() in ("for", "of"):
        return _without_beginning(tokens[first + 1 :])
    return tokens[first:] if tokens[0].lower() in ("api", "apis") else tokens


def _until_tail(tokens: list[str]) -> list[str]:
    for at, token in enumerate(tokens):
        if token.lower() in _TAILS and (at == 0 or tokens[at - 1].lower() in _KINDS):
            return tokens[:at]
    return tokens


def _is_noise(tokens: list[str]) -> bool:
    """Tell whether the last word says only of what kind or version the thing is."""
    last, before = tokens[-1].lower(), tokens[-2].lower() if len(tokens) > 1 else ""
    if last in _KINDS or last in _STAGES or _VERSION.fullmatch(last):
        return True
    return before in _KINDS | _STAGES and (last == "server" or _NUMBER.fullmatch(last) is not None)


def _plain(token: str) -> str:
    """Give a word without the possessive; an address is called by its name."""
    token = re.sub(r"['’]s\Z", "", token)
    found = _ADDRESS.fullmatch(token)
    return found[1].removesuffix(".com") if found is not None else token


def _host(address: str) -> str:
    """Give the name in a server's address, if it has one: `cohere` of `https://api.cohere.com`."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    labels = host.split(".")
    if "{" in host or len(labels) < 2 or labels[-1].isdigit():
        return ""
    return next((label for label in reversed(labels[:-1]) if label not in _HOSTS and words(label)), "")
