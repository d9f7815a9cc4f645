"""Mistakes that signers make, as data: a request or a recipe in, each mistake's name with what it makes of it out."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import permutations
from urllib.parse import quote, unquote, unquote_plus

from apiscribe.signing.anatomy import Signature, signature_of, signed_steps
from apiscribe.signing.recipe import Atom, Expression, Recipe, Step, Template
from apiscribe.signing.request import SignedRequest
from apiscribe.signing.words import ALGORITHMS, TIMESTAMPS, AtomKind

MAX_PERMUTED = 5
_SEPARATORS = {
    "": "nothing",
    "\n": "a line feed",
    "\r\n": "a carriage return and a line feed",
    "&": "'&'",
    " ": "a blank",
}
_UNRESERVED = re.compile(r"%([0-9A-Fa-f]{2})")
_PORTS = {"http": "80", "https": "443"}

# Of the address. Each takes an address and gives what somebody may have signed in its place.


def _split(url: str) -> tuple[str, str, str, str]:
    scheme, _, rest = url.partition("://")
    front, mark, query = rest.partition("?")
    host, slash, path = front.partition("/")
    return scheme, host, f"{slash}{path}", f"{mark}{query}"


def _of_query(url: str, change: Callable[[list[str]], Iterable[str]]) -> str:
    front, mark, query = url.partition("?")
    return f"{front}{mark}{'&'.join(change(query.split('&')))}" if query else url


def _port(url: str) -> str:
    scheme, host, path, query = _split(url)
    return f"{scheme}://{host}:{_PORTS.get(scheme, '')}{path}{query}" if ":" not in host.rpartition("]")[2] else url


def _no_port(url: str) -> str:
    scheme, host, path, query = _split(url)
    return f"{scheme}://{re.sub(r':[0-9]+$', '', host)}{path}{query}"


def _slash(url: str) -> str:
    scheme, host, path, query = _split(url)
    return f"{scheme}://{host}{path.rstrip('/') if path.endswith('/') else f'{path}/'}{query}"


def _host(url: str, change: Callable[[str], str]) -> str:
    scheme, host, path, query = _split(url)
    return f"{scheme}://{change(host)}{path}{query}"


def _recoded(url: str, safe: str) -> str:
    scheme, host, path, query = _split(url)
    return f"{scheme}://{host}{quote(unquote(path), safe='/' + safe)}{quote(unquote(query), safe='?&=' + safe)}"


def _other_scheme(url: str) -> str:
    scheme, host, path, query = _split(url)
    return f"{'http' if scheme == 'https' else 'https'}://{host}{path}{query}"


ADDRESSES: dict[str, Callable[[str], str]] = {
    "the path and query were signed, without scheme and host": lambda url: "".join(_split(url)[2:]),
    "the path alone was signed": lambda url: _split(url)[2],
    "the query was left out": lambda url: url.partition("?")[0],
    "scheme was left out": lambda url: url.partition("://")[2],
    "http and https were mixed up": _other_scheme,
    "the default port was signed": _port,
    "the port was left out": _no_port,
    "a slash at the path's end was added or left out": _slash,
    "the host was in upper case": lambda url: _host(url, str.upper),
    "the host was in lower case": lambda url: _host(url, str.lower),
    "the address was in lower case": str.lower,
    "the address was decoded": unquote,
    "the address was decoded, and each plus a blank": unquote_plus,
    "the address was encoded anew": lambda url: _recoded(url, "-._~"),
    "the address was encoded anew, but for !*'()": lambda url: _recoded(url, "!*'()"),
    "the address was encoded anew, but for :,/": lambda url: _recoded(url, ":,/"),
    "the address was encoded twice": lambda url: url.replace("%", "%25"),
    "blanks were encoded as a plus": lambda url: _of_query(url, lambda pairs: [p.replace("%20", "+") for p in pairs]),
    "a plus was encoded as %20": lambda url: _of_query(url, lambda pairs: [p.replace("+", "%20") for p in pairs]),
    "percent escapes were in lower case": lambda url: _UNRESERVED.sub(lambda found: found[0].lower(), url),
    "percent escapes were in upper case": lambda url: _UNRESERVED.sub(lambda found: found[0].upper(), url),
    "the query was sorted": lambda url: _of_query(url, sorted),
    "the query was in reverse": lambda url: _of_query(url, lambda pairs: pairs[::-1]),
    "empty parameters were left out": lambda url: _of_query(url, lambda pairs: [p for p in pairs if p[-1:] != "="]),
    "a fragment's mark was signed": lambda url: f"{url}#",
    "a question mark was signed": lambda url: url if "?" in url else f"{url}?",
}

# Of the body and the keys.


def _json(dump: Callable[[object], str]) -> Callable[[bytes], bytes]:
    def change(body: bytes) -> bytes:
        try:
            return dump(json.loads(body)).encode("utf-8", "surrogatepass")
        except (ValueError, RecursionError):
            return body

    return change


BODIES: dict[str, Callable[[bytes], bytes]] = {
    "the body was empty": lambda body: b"",
    "the body ended in a line feed": lambda body: body + b"\n",
    "the body's last line feed was cut off": lambda body: body.removesuffix(b"\n").removesuffix(b"\r"),
    "the body was JSON without blanks": _json(
        lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    ),
    "the body was JSON with blanks": _json(lambda value: json.dumps(value, ensure_ascii=False)),
    "the body was JSON with escapes": _json(json.dumps),
    "the body was JSON with sorted keys": _json(
        lambda value: json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    ),
}


def _decoded(decode: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def change(key: bytes) -> bytes:
        try:
            return decode(key)
        except (ValueError, binascii.Error):
            return key

    return change


KEYS: dict[str, Callable[[bytes], bytes]] = {
    "{} was decoded from base64": _decoded(lambda key: base64.b64decode(key, validate=True)),
    "{} was decoded from url-safe base64": _decoded(lambda key: base64.urlsafe_b64decode(key + b"=" * (-len(key) % 4))),
    "{} was decoded from hex": _decoded(binascii.unhexlify),
    "{} was encoded in base64": base64.b64encode,
    "{} ended in a line feed": lambda key: key + b"\n",
    "{} ended in a blank": lambda key: key + b" ",
    "{} was in quotes": lambda key: b'"' + key + b'"',
    "{} was in upper case": bytes.upper,
    "{} was in lower case": bytes.lower,
    "{} was without dashes": lambda key: key.replace(b"-", b""),
    "{} was empty": lambda key: b"",
}


def changed_requests(request: SignedRequest) -> Iterator[tuple[str, SignedRequest]]:
    """Give every mistake with the request; those that change nothing of this one are left out."""
    for says, change in ADDRESSES.items():
        if (url := change(request.url)) != request.url:
            yield says, replace(request, url=url)
    for method, how in ((request.method.lower(), "lower case"), (request.method.capitalize(), "mixed case")):
        if method != request.method:
            yield f"the method was in {how}", replace(request, method=method)
    for says, alter in BODIES.items():
        if (body := alter(request.body)) != request.body:
            yield says, replace(request, body=body)
    for name, key in request.keys.items():
        for says, alter in KEYS.items():
            if (other := alter(key)) != key:
                yield says.format(name), replace(request, keys={**request.keys, name: other})
    names = list(request.keys)
    for number, name in enumerate(names):
        for other_name in names[number + 1 :]:
            swapped = {**request.keys, name: request.keys[other_name], other_name: request.keys[name]}
            yield f"{name} and {other_name} were swapped", replace(request, keys=swapped)


def moments(request: SignedRequest, reach: int = 2000) -> Iterator[tuple[str, SignedRequest]]:
    """Give the request at other moments: a clock that was read twice, and time zones."""
    for distance in range(1, reach + 1):
        for sign, word in ((1, "later"), (-1, "earlier")):
            moved = replace(request, milliseconds=request.milliseconds + sign * distance)
            yield f"the time signed was {distance} ms {word} than the time sent", moved
    for hours in (*range(-12, 0), *range(1, 15)):
        moved = replace(request, milliseconds=request.milliseconds + hours * 3_600_000)
        yield f"the time signed was {hours:+d} hours off, a time zone", moved


def changed_recipes(recipe: Recipe) -> Iterator[tuple[str, Recipe]]:
    """Give every mistake with the recipe: other parts, another order, other separators, forms and algorithms."""
    signature = signature_of(recipe)
    if signature is None:
        return
    names = signed_steps(recipe, signature)
    for step in recipe.steps:
        if step.name in names:
            for says, changed in _changed_steps(step):
                yield f"{step.name}: {says}", _with(recipe, changed)
    yield from _changed_text(recipe, signature, names)
    yield from _changed_algorithms(recipe, signature)


def _with(recipe: Recipe, changed: Step) -> Recipe:
    steps = tuple(changed if step.name == changed.name else step for step in recipe.steps)
    return replace(recipe, steps=steps)


def _changed_steps(step: Step) -> Iterator[tuple[str, Step]]:
    count = len(step.parts)
    if count > 1:
        for number, part in enumerate(step.parts):
            rest = (*step.parts[:number], *step.parts[number + 1 :])
            yield f"{_named(part)} was left out", replace(step, parts=rest)
        for separator, word in _SEPARATORS.items():
            if separator != step.separator:
                yield f"{word} between the parts", replace(step, separator=separator)
    for order in permutations(range(count)) if count <= MAX_PERMUTED else _exchanges(count):
        if list(order) != list(range(count)):
            parts = tuple(step.parts[number] for number in order)
            yield f"another order: {', '.join(map(_named, parts))}", replace(step, parts=parts)
    for number, part in enumerate(step.parts):
        for says, changed in _changed_parts(part):
            yield says, replace(step, parts=(*step.parts[:number], changed, *step.parts[number + 1 :]))


def _exchanges(count: int) -> Iterator[tuple[int, ...]]:
    for first in range(count):
        for second in range(first + 1, count):
            order = list(range(count))
            order[first], order[second] = order[second], order[first]
            yield tuple(order)


def _changed_parts(part: Template) -> Iterator[tuple[str, Template]]:
    for number, piece in enumerate(part.pieces):
        for says, changed in _changed_pieces(piece):
            yield says, replace(part, pieces=(*part.pieces[:number], changed, *part.pieces[number + 1 :]))


def _changed_pieces(piece: Expression) -> Iterator[tuple[str, Expression]]:
    if piece.atom.kind is AtomKind.TIMESTAMP:
        for form in TIMESTAMPS:
            if form != piece.atom.name:
                atom = replace(piece.atom, name=form)
                yield f"the timestamp was {form} instead of {piece.atom.name}", replace(piece, atom=atom)
    for number, transform in enumerate(piece.transforms):
        if transform.algorithm is None:
            rest = (*piece.transforms[:number], *piece.transforms[number + 1 :])
            yield f"{transform.name} was left out", replace(piece, transforms=rest)


def _changed_text(recipe: Recipe, signature: Signature, names: frozenset[str]) -> Iterator[tuple[str, Recipe]]:
    atom = signature.expression.atom
    step = recipe.step(atom.name) if atom.kind is AtomKind.STEP else None
    if step is None or step.name not in names or not step.parts:
        return
    ends = {"a line feed": _literal("\n"), "a carriage return and a line feed": _literal("\r\n")}
    for word, end in ends.items():
        last = step.parts[-1]
        longer = replace(last, pieces=(*last.pieces, *end.pieces))
        yield f"{step.name}: {word} at the end", _with(recipe, replace(step, parts=(*step.parts[:-1], longer)))
    body = Template(text="{body}", pieces=(Expression(atom=Atom(kind=AtomKind.BODY)),))
    if all(atom.kind is not AtomKind.BODY for atom in step.atoms()):
        for place, parts in (("end", (*step.parts, body)), ("beginning", (body, *step.parts))):
            yield f"{step.name}: the body was signed at the {place}", _with(recipe, replace(step, parts=parts))


def _literal(text: str) -> Template:
    return Template(text=text, pieces=(Expression(atom=Atom(kind=AtomKind.LITERAL, name=text)),))


def _changed_algorithms(recipe: Recipe, signature: Signature) -> Iterator[tuple[str, Recipe]]:
    own = signature.expression.transforms[signature.keyed].algorithm
    known = ALGORITHMS[recipe.language]
    for algorithm in known:
        if algorithm != own and own in known:
            yield f"{algorithm} was used instead of {own}", _replaced(recipe, signature, signature.changed(algorithm))


def _replaced(recipe: Recipe, old: Signature, new: Signature) -> Recipe:
    def template(found: Template) -> Template:
        pieces = tuple(new.expression if piece is old.expression else piece for piece in found.pieces)
        return replace(found, pieces=pieces)

    return replace(
        recipe,
        steps=tuple(replace(step, parts=tuple(map(template, step.parts))) for step in recipe.steps),
        headers=tuple(replace(item, template=template(item.template)) for item in recipe.headers),
        query=tuple(replace(item, template=template(item.template)) for item in recipe.query),
    )


def _named(part: Template) -> str:
    return part.text if part.text.startswith("{") else repr(part.text)


# Of writing the signature: every way in which a text may hold bytes.


def readings(text: str) -> Iterator[tuple[str, bytes]]:
    """Give the bytes that a signature stands for in each way of writing bytes, with the way's name."""
    for says, plain in _tidied(text):
        for way, decode in _WAYS.items():
            try:
                yield f"{says}{way}", decode(plain)
            except (ValueError, binascii.Error):
                continue


def _tidied(text: str) -> Iterator[tuple[str, str]]:
    yield "", text
    if text.strip() != text:
        yield "blanks around, ", text.strip()
    if unquote(text) != text:
        yield "percent-encoded, ", unquote(text)
    if text.strip("\"'") != text:
        yield "in quotes, ", text.strip("\"'")


def _from_hex(text: str, pattern: str) -> bytes:
    if not re.fullmatch(pattern, text):
        raise ValueError
    return bytes.fromhex(text)


def _padded(text: str) -> bytes:
    if text.endswith("="):
        raise ValueError
    return text.encode("ascii") + b"=" * (-len(text) % 4)


_WAYS: dict[str, Callable[[str], bytes]] = {
    "hex": lambda text: _from_hex(text, "(?:[0-9a-f]{2})+"),
    "HEX": lambda text: _from_hex(text, "(?:[0-9A-F]{2})+"),
    "base64": lambda text: base64.b64decode(text.encode("ascii"), validate=True),
    "base64url": lambda text: base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True),
    "base64 without padding": lambda text: base64.b64decode(_padded(text), validate=True),
    "base64url without padding": lambda text: base64.b64decode(_padded(text), altchars=b"-_", validate=True),
    "base64 of hex": lambda text: bytes.fromhex(base64.b64decode(text.encode("ascii"), validate=True).decode("ascii")),
}
