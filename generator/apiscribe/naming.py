"""The naming room: words out of any name, the cases Python uses, and scopes in which a name is claimed once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apiscribe.naming_words import BUILTINS, DEVICES, KEYWORDS, STANDARD_MODULES

MAX_LENGTH = 80
VERSION = re.compile(r"v\d+(\.\d+)*")
"""A segment of a path that names a version."""
PATH_PREFIXES = frozenset({"api", "apis", "rest", "public", "openapi"})
"""What an address begins with that is no resource."""
# The first three are one word each, though their capitals say otherwise.
_WORD = re.compile(
    r"OAuth(?![a-z])\d*|IPv[46]|GraphQL"
    r"|[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]*\d(?=[A-Z][a-z])|[A-Z0-9]+"
)
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")

PYTHON_WORDS = KEYWORDS | BUILTINS
"""Keywords, soft keywords and builtins: a name equal to one takes a trailing underscore."""

MODULE_WORDS = frozenset(
    name.lower()
    for name in KEYWORDS | BUILTINS | STANDARD_MODULES | DEVICES | {"httpx", "pydantic", "typing_extensions"}
)
"""Names no generated module or package may take, compared in lower case: a package that imports one holds its name."""


# Words that end in s and name one thing.
_NO_PLURALS = frozenset(
    {"aws", "dns", "https", "kms", "kubernetes", "news", "ops", "os", "rds", "series", "sns", "sqs"}
)


def words(text: str) -> tuple[str, ...]:
    """Split a name into lower-case ASCII words.

    >>> words("DataFlowDetailResponseV1Dot1")
    ('data', 'flow', 'detail', 'response', 'v1', 'dot1')
    >>> words("HTTPServer k8s.version createdAt")
    ('http', 'server', 'k8s', 'version', 'created', 'at')
    >>> words("OAuth2PasswordBearer SHA256Hash hostIPv4s")
    ('oauth2', 'password', 'bearer', 'sha256', 'hash', 'host', 'ipv4', 's')
    >>> words("getOAuthorization")
    ('get', 'o', 'authorization')
    """
    plain = unicodedata.normalize("NFKC", text)
    return tuple(word.lower() for word in _WORD.findall(plain))


def snake_case(text: str) -> str:
    """Join the words of a name with underscores; a name without ASCII words is spelled by its code points.

    >>> snake_case("Content-Type"), snake_case("2nd"), snake_case("값")
    ('content_type', 'n_2nd', 'u_ac12')
    """
    return bounded(_lettered("_".join(words(text)) or _spelled(text)), text)


def pascal_case(text: str) -> str:
    """Join the words of a name, each capitalised; a name that already is PascalCase keeps its inner capitals.

    >>> pascal_case("data-ops"), pascal_case("DataFlowDetailResponseV1Dot1"), pascal_case("IPAddress")
    ('DataOps', 'DataFlowDetailResponseV1Dot1', 'IPAddress')
    """
    if re.fullmatch(r"[A-Z][A-Za-z0-9]*", text):
        return bounded(text, text)
    joined = "".join(word[0].upper() + word[1:] for word in words(text))
    name = joined or "".join(part.capitalize() for part in _spelled(text).split("_"))
    return bounded(name if name[0].isalpha() else "N" + name, text)


def singular(word: str) -> str:
    """Give the singular of an English plural, by its ending.

    >>> [singular(word) for word in ("services", "policies", "addresses", "status", "data-ops", "boxes")]
    ['service', 'policy', 'address', 'status', 'data-ops', 'box']
    """
    if word.endswith("statuses"):
        return word.removesuffix("es")
    if re.search(r"(ss|us|is)$", word) or re.split(r"[^a-z0-9]", word)[-1] in _NO_PLURALS:
        return word
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + replacement
    return word


def split_run(run: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Split words written as one, in lower case, if a vocabulary has all of them; as few words as possible.

    >>> split_run("createnodepool", ["node", "pool", "create", "creat"]), split_run("creatething", ["create"])
    (('create', 'node', 'pool'), ())
    """
    known = {word for word in vocabulary if word}
    best: list[tuple[str, ...] | None] = [(), *(None for _ in run)]
    for end in range(1, len(run) + 1):
        for word in known:
            before = best[end - len(word)] if len(word) <= end and run.startswith(word, end - len(word)) else None
            if before is not None and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, word)
    return best[-1] or ()


def spelled_out(run: str, path: str, actions: Iterable[str]) -> str | None:
    """Spell words written as one with the words of a path and those of actions; nothing for fewer than two.

    >>> spelled_out("createnodepool", "/v2/clusters/{id}/node-pools", ["create"])
    'create_node_pool'
    """
    known = [word.lower() for word in words(path)]
    found = split_run(run, [*actions, *known, *map(singular, known)])
    return "_".join(found) if len(found) > 1 else None


def is_identifier(name: str) -> bool:
    """Tell whether a name is an ASCII identifier that starts with a letter and is at most 80 characters."""
    return len(name) <= MAX_LENGTH and _IDENTIFIER.match(name) is not None


def digest(text: str, length: int = 8) -> str:
    """Give hexadecimal digits, at most 64, that stand for a text in a name."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def bounded(name: str, source: str, limit: int = MAX_LENGTH) -> str:
    """Keep a name within a length: what is cut off is stood for by a digest of its source.

    >>> bounded("a" * 100, "source", 20)
    'aaaaaaaaaaa_41cf6794'
    """
    return name if len(name) <= limit else f"{name[: limit - 9].rstrip('_')}_{digest(source)}"


def _lettered(name: str) -> str:
    return name if name[:1].isalpha() else "n_" + name


def _spelled(text: str) -> str:
    return "_".join(["u", *(f"{ord(char):04x}" for char in text[:12])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One wish for a name: who asks, the name on the wire, the name wanted, and names that would tell it apart."""

    key: str
    wire: str
    wanted: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Claims that wanted one name, and what each was given."""

    wanted: str
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Final names of one scope by the claims' keys, and the clashes that were settled."""

    names: Mapping[str, str]
    clashes: tuple[Clash, ...]


def settle(claims: Iterable[Claim], reserved: frozenset[str] = PYTHON_WORDS, limit: int = MAX_LENGTH) -> Scope:
    """Give every claim its own name of at most `limit` characters; the order of the claims does not matter.

    A reserved name takes a trailing underscore, and another one where that is reserved too. Of several claims to one
    name the one spelled so on the wire keeps it, or else the only one whose name on the wire is an identifier, or the
    only one that has no alternative; the others take theirs, or a digest of their key.
    Names are compared without regard to case.

    >>> claims = [Claim(key="a", wire="fooBar", wanted="foo_bar"), Claim(key="b", wire="foo_bar", wanted="foo_bar")]
    >>> settle(claims).names["b"], settle(claims).names["a"] == "foo_bar_" + digest("a")
    ('foo_bar', True)
    """
    ordered = tuple(sorted(claims, key=lambda claim: claim.key))
    wanted = {claim.key: bounded(_unreserved(claim.wanted, reserved), claim.key, limit) for claim in ordered}
    groups: dict[str, list[Claim]] = {}
    for claim in ordered:
        groups.setdefault(wanted[claim.key].lower(), []).append(claim)
    names = {claim.key: wanted[claim.key] for claim in ordered}
    clashes = []
    taken = frozenset(groups)
    for group in groups.values():
        if len(group) > 1:
            given = _told_apart(group, wanted, taken, reserved, limit)
            names.update(given)
            clashes.append(Clash(wanted=wanted[group[0].key], given=tuple(sorted(given.items()))))
    _spread(names, wanted, limit)
    return Scope(names=names, clashes=tuple(clashes))


def _unreserved(name: str, reserved: frozenset[str]) -> str:
    while name in reserved:
        name = f"{name}_"
    return name


def _told_apart(
    group: list[Claim], wanted: Mapping[str, str], taken: frozenset[str], reserved: frozenset[str], limit: int
) -> dict[str, str]:
    exact = [claim for claim in group if claim.wire == claim.wanted]
    exact = exact or [claim for claim in group if _IDENTIFIER.match(claim.wire)]
    exact = exact or [claim for claim in group if claim.wire and not claim.alternatives]
    keeper = exact[0].key if len(exact) == 1 else None
    offers = Counter(name.lower() for claim in group if claim.key != keeper for name in claim.alternatives)
    given = {}
    for claim in group:
        if claim.key == keeper:
            given[claim.key] = wanted[claim.key]
            continue
        free = (
            name
            for name in claim.alternatives
            if offers[name.lower()] == 1 and name.lower() not in taken and name not in reserved and len(name) <= limit
        )
        given[claim.key] = next(free, _digested(wanted[claim.key], claim.key, limit))
    return given


def _spread(names: dict[str, str], wanted: Mapping[str, str], limit: int) -> None:
    # Alternatives of two groups may still meet, or somebody may have written a digest by hand: then all of them take
    # a digest, and a longer one for as long as they meet. Digests of the full length differ when the keys do.
    lengths: dict[str, int] = {}
    while True:
        count = Counter(name.lower() for name in names.values())
        met = [key for key, name in names.items() if count[name.lower()] > 1]
        if not met:
            return
        for key in met:
            lengths[key] = min(lengths.get(key, 4) * 2, _LONGEST_DIGEST)
            names[key] = _digested(wanted[key], key, limit, lengths[key])


_LONGEST_DIGEST = 64


def _digested(name: str, key: str, limit: int, length: int = 8) -> str:
    # With the longest digest of a short limit nothing of the name may be left but its first letter.
    kept = max(limit - length - 1, 1)
    return f"{name[:kept].rstrip('_')}_{digest(key, min(length, limit - 2))}"


METHOD_VERBS = {"post": "create", "put": "update", "patch": "update", "delete": "delete"}
ACTION_WORDS = frozenset({
    "activate", "add", "apply", "approve", "associate", "attach", "backup", "cancel", "change", "check", "clone",
    "close", "confirm", "copy", "count", "deactivate", "deploy", "describe", "detach", "disable", "disassociate",
    "download", "enable", "execute", "export", "extend", "find", "finish", "force", "get", "import", "init",
    "install", "invoke", "issue", "list", "lock", "login", "logout", "merge", "migrate", "modify", "move", "open",
    "pause", "publish", "query", "reboot", "refresh", "register", "reject", "release", "remove", "rename", "renew",
    "reorder", "replace", "request", "reset", "resize", "resolve", "restart", "restore", "resume", "retry",
    "revoke", "rollback", "rotate", "run", "scale", "search", "send", "set", "show", "shutdown", "start", "stop",
    "submit", "suspend", "switch", "sync", "terminate", "test", "trigger", "undeploy", "unlock", "unregister",
    "update", "upgrade", "upload", "validate", "verify",
})  # fmt: skip
_VARIABLE_ENDINGS = ("_id", "_name", "_uuid")
# Variables that say of which kind a value is, and nothing of what it identifies.
_BARE_VARIABLES = frozenset({"guid", "id", "identifier", "key", "name", "pk", "sid", "slug", "uid", "uuid"})
_FILE_ENDING = re.compile(r"\.(json|xml)\Z")


def derived_name(method: str, path: str, *, many: bool | None = None) -> str:
    """Derive the Python name of an operation that has no name of its own from its method and path.

    `many` tells whether the answer is a list, where that is known; a path that ends in no variable does not say.

    >>> derived_name("put", "/v1/data-ops-services/{data_ops_service_id}")
    'update_data_ops_service'
    >>> derived_name("get", "/v1/data-ops/{data_ops_name}/check-duplication")
    'check_duplication_data_ops'
    >>> derived_name("get", "/users/{id}"), derived_name("post", "/users/{id}/close.json")
    ('get_user', 'close_user')
    >>> derived_name("get", "/v1/data-flows"), derived_name("get", "/v1/clusters/{cluster_id}/images")
    ('list_data_flow', 'list_images_cluster')
    >>> derived_name("get", "/charts/{id_or_uuid}"), derived_name("delete", "/charts/{pk}")
    ('get_chart', 'delete_chart')
    >>> derived_name("get", "/who", many=False), derived_name("get", "/settings", many=False)
    ('get_who', 'get_settings')
    """
    segments = [_FILE_ENDING.sub("", part) for part in path.split("/") if part and not VERSION.fullmatch(part)]
    variables = re.findall(r"\{([^{}]*)\}", "/".join(segments))
    ends_in_variable = bool(segments) and segments[-1].endswith("}")
    verb = METHOD_VERBS.get(method.lower(), "get" if ends_in_variable or many is False else "list")
    if method.lower() not in {"get", *METHOD_VERBS}:
        verb = snake_case(method)
    if not segments:
        return f"{verb}_root"
    if not variables:
        return _without_variable(verb, segments)
    resource = _resource(variables[-1], segments)
    if ends_in_variable:
        return snake_case(f"{verb} {resource}")
    phrase = words(segments[-1])
    is_action = bool(phrase) and phrase[0] in ACTION_WORDS
    return snake_case(f"{' '.join(phrase)} {resource}" if is_action else f"{verb} {' '.join(phrase)} {resource}")


def longer_names(derived: str, path: str) -> tuple[str, ...]:
    """Give names that tell an operation apart whose derived name is that of others, by all that its path says.

    >>> longer_names("get_permalink", "/api/v1/charts/permalink/{key}")
    ('get_chart_permalink', 'get_chart_permalink_by_key', 'get_chart_permalink_v1')
    >>> longer_names("delete_chart", "/api/v1/chart/")
    ('delete_chart', 'delete_charts', 'delete_chart_v1')
    >>> longer_names("list_chart", "/v2/charts")
    ('list_chart', 'list_charts', 'list_chart_v2')
    """
    verb, *_ = words(derived)
    pieces = [part for part in path.split("/") if words(part)]
    versions = [part for part in pieces if VERSION.fullmatch(part)]
    told = [singular(part) for part in pieces if "{" not in part and part not in (*PATH_PREFIXES, *versions)]
    whole = snake_case(" ".join((verb, *told)))
    variables = re.findall(r"\{([^{}]*)\}", path)
    further = snake_case(" ".join((whole, "by", *variables))) if variables else f"{whole}s"
    return whole, further, *([snake_case(" ".join((whole, *versions)))] if versions else [])


def _without_variable(verb: str, segments: list[str]) -> str:
    phrase = words(segments[-1])
    if len(segments) > 1 and phrase and phrase[0] in ACTION_WORDS:
        return snake_case(f"{' '.join(phrase)} {singular(segments[-2])}")
    # One thing that is called by a plural, as settings are, keeps that.
    return snake_case(f"{verb} {segments[-1] if verb == 'get' else singular(segments[-1])}")


def _resource(variable: str, segments: list[str]) -> str:
    name = snake_case(variable)
    if {*words(variable)} - {"or"} <= _BARE_VARIABLES:
        at = next(index for index, part in enumerate(segments) if f"{{{variable}}}" in part)
        before = [part for part in segments[:at] if "{" not in part and words(part)]
        return snake_case(singular(before[-1])) if before else name
    for ending in _VARIABLE_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name
