"""What the oracles share: random requests as a generated client writes them, and our signers."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

from apiscribe.signing import library

from ..signing_room import credentials, runtime, signer

COUNT = 500
ACCESS = "AKIDEXAMPLE0123"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
WORDS = "abcXYZ019"
SECRET_BASE64 = base64.b64encode(b"an example of a secret key, 32+ bytes").decode()
_WIRE = runtime("wire")
_PLAIN = "abcXYZ019-._~"
_RESERVED = "!*'();:@&=+$,/?#[]% \"<>|^`{}\\"
_UNICODE = "éß한글漢字😀İ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: decoded parts, and the address as the client writes it."""

    method: str
    host: str
    segments: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes
    now: float
    nonce: str

    @property
    def path(self) -> str:
        """The path on the wire, encoded as the client encodes path parameters."""
        return "/" + "/".join(quote(item, safe=_WIRE._PATH_SAFE) for item in self.segments)

    @property
    def query(self) -> str:
        """The query on the wire, encoded as the client encodes query parameters."""
        safe = _WIRE._QUERY_SAFE
        return "&".join(f"{quote(name, safe=safe)}={quote(value, safe=safe)}" for name, value in self.pairs)

    @property
    def target(self) -> str:
        """Path and query on the wire."""
        return f"{self.path}?{self.query}" if self.pairs else self.path

    @property
    def url(self) -> str:
        """The address on the wire."""
        return f"https://{self.host}{self.target}"

    @property
    def milliseconds(self) -> int:
        """The time in whole milliseconds."""
        return int(self.now * 1000.0 + 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a vendor's code can take: its methods, whether names repeat, and what texts and bodies there are."""

    methods: tuple[str, ...] = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
    bodies: tuple[str, ...] = ("none", "empty", "json", "binary", "form")
    repeats: bool = True
    names: str = _PLAIN * 3 + _RESERVED + _UNICODE
    values: str = _PLAIN * 3 + _RESERVED + _UNICODE
    paths: str = _PLAIN * 3 + _RESERVED + _UNICODE
    headers: tuple[str, ...] = ()


def requests(name: str, shape: Shape, count: int = COUNT) -> Iterator[Request]:
    """Make the same random requests for a name every time."""
    chance = random.Random(name)
    for _ in range(count):
        yield _request(chance, shape)


def _request(chance: random.Random, shape: Shape) -> Request:
    method = chance.choice(shape.methods)
    kinds = shape.bodies if method not in ("GET", "HEAD", "DELETE") else ("none",)
    body, kind = _body(chance, chance.choice(kinds))
    headers = {name: _header(chance) for name in shape.headers if chance.random() < 0.5}
    if kind:
        headers["content-type"] = kind
    segments = tuple(_segment(chance, shape.paths) for _ in range(chance.randint(0, 4)))
    return Request(
        method=method,
        host=chance.choice(("api.example.com", "s3.eu-west-1.example.org", "api.example.com:8443")),
        segments=segments or ("",),
        pairs=_pairs(chance, shape),
        headers=headers,
        body=body,
        now=chance.randint(0, 4_102_444_799_999) / 1000,
        nonce="".join(chance.choice("abcdef0123456789") for _ in range(32)),
    )


def _text(chance: random.Random, alphabet: str, least: int, most: int) -> str:
    return "".join(chance.choice(alphabet) for _ in range(chance.randint(least, most)))


def _segment(chance: random.Random, alphabet: str) -> str:
    text = _text(chance, alphabet, 1, 8)
    return text if text not in (".", "..") else "a"


def _pairs(chance: random.Random, shape: Shape) -> tuple[tuple[str, str], ...]:
    pairs = [
        (_text(chance, shape.names, 1, 6), _text(chance, shape.values, 0, 8))
        for _ in range(chance.choice((0, 1, 2, 5)))
    ]
    if shape.repeats:
        pairs += [(pairs[0][0], _text(chance, shape.values, 0, 4))] if pairs and chance.random() < 0.5 else []
    else:
        pairs = list({name.lower(): (name, value) for name, value in pairs}.values())
    chance.shuffle(pairs)
    return tuple(pairs)


def _body(chance: random.Random, kind: str) -> tuple[bytes, str]:
    if kind == "json":
        return b'{"name":"%b"}' % _text(chance, _PLAIN + _UNICODE, 0, 9).encode(), "application/json"
    if kind == "form":
        names = chance.sample(("f.1", "name", "Name", "x-y", "z_z", "~t"), 3)
        values = (_text(chance, _PLAIN + _RESERVED + _UNICODE, 0, 9) for _ in names)
        text = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in zip(names, values, strict=True))
        return text.encode(), "application/x-www-form-urlencoded"
    if kind == "binary":
        return chance.randbytes(chance.randint(1, 300)), "application/octet-stream"
    return b"", "application/json" if kind == "empty" else ""


def _header(chance: random.Random) -> str:
    return " ".join(_text(chance, _PLAIN, 1, 6) for _ in range(chance.randint(1, 3)))


def ours(name: str, known: Mapping[str, str], **options: str) -> Callable[[Request], Any]:
    """Give our signer of a recipe of the library."""
    recipe = library.recipe(name)
    sign, held = signer(recipe), credentials(recipe, known)
    chosen = {"options": options} if options else {}
    return lambda request: sign(
        request.method, request.url, request.headers, request.body, held, request.now, request.nonce, **chosen
    )


def differences(
    name: str, shape: Shape, mine: Callable[[Request], object], theirs: Callable[[Request], object]
) -> list[tuple[str, str, object, object]]:
    """Sign all random requests of a name twice, and list those whose signatures differ."""
    found = []
    for request in requests(name, shape):
        one, other = mine(request), theirs(request)
        if one != other:
            found.append((request.method, request.url, one, other))
    return found[:3]


def header(signed: Any, name: str) -> str:
    """Give a header that was signed."""
    return dict(signed.headers)[name]
