"""Verifying signed requests, for servers and mock servers: a request as it came goes in, a verdict comes out.

The client's own signer computes what a right request holds, so there is nothing here that could drift from it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from importlib import import_module
from threading import Lock
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from .credentials import CredentialsBase
from .errors import ConfigurationError
from .signing import Signed

WINDOW = 300.0
REPLAY_LIMIT = 100_000
_LONGEST_VALUE = 8192
_DAY = 86_400.0
_FIELD = r"[\x20-\x7e]*"
_PATTERNS = {"iso8601": "%Y-%m-%dT%H:%M:%SZ", "iso8601-basic": "%Y%m%dT%H%M%SZ", "yyyymmdd": "%Y%m%d"}
_SAID = {
    "missing": "the signature is not complete",
    "duplicate": "a part of the signature is sent twice",
    "malformed": "the signature is not of the right form",
    "expired": "the time of the request is too far from now",
    "replayed": "the request was made before",
    "overloaded": "too many requests",
}
_URLSAFE = str.maketrans("+/", "-_")
_OTHERWISE = "the credentials or the signature are not right"


class Emitted(NamedTuple):
    """A header or query parameter of a signature: its name, and the pattern that finds the `known` things in it."""

    place: str
    name: str
    pattern: str
    known: tuple[str, ...] = ()
    required: bool = True


class Scheme(NamedTuple):
    """How a package signs; `samples` are digests of the secrets that its documents show.

    `private_keys` names the credentials in whose place a server has the public key, `needs` those that it cannot do
    without, where a package has schemes that need others.
    """

    name: str
    signer: Callable[..., Signed]
    credentials: type[CredentialsBase]
    emitted: tuple[Emitted, ...]
    samples: frozenset[str] = frozenset()
    private_keys: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """Whether a request is accepted; `reason` is for a log, `message` may be sent to whoever made the request.

    A reason is one of missing, duplicate, malformed, expired, unknown, sample, mismatch, replayed and overloaded.
    """

    accepted: bool
    reason: str = ""
    message: str = ""

    def __bool__(self) -> bool:
        return self.accepted


class Verifier:
    """Verifies requests of one scheme; use it from as many threads as you like.

    Args:
        scheme: how requests are signed.
        credentials: the ones that are known, or a function that finds them by what of them came in plain sight, such as
            the access key, and gives None for unknown ones. In place of a private key stands its public one, as PEM.
        window: by how many seconds the time of a request may differ from now.
        replay_limit: how many requests are remembered, so that each is accepted once; when so many came within the
            window, further ones are refused. 0 remembers none.
        options: the choices of the client that are part of its signature.
        clock: gives Unix time in seconds.
        allow_samples: whether the sample credentials of the documents are accepted.

    Raises:
        ConfigurationError: this scheme writes an asymmetric signature so that it cannot be read back.
    """

    def __init__(
        self,
        scheme: Scheme,
        credentials: CredentialsBase | Iterable[CredentialsBase] | Callable[..., CredentialsBase | None],
        *,
        window: float = WINDOW,
        replay_limit: int = REPLAY_LIMIT,
        options: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
        allow_samples: bool = False,
    ) -> None:
        known = [name for item in scheme.emitted for name in item.known]
        if scheme.private_keys and not any(name.startswith("signature|") for name in known):
            raise ConfigurationError(
                f"{scheme.name} cannot be verified: its signature cannot be read out of what is sent"
            )
        self._scheme, self._window, self._limit, self._clock = scheme, window, replay_limit, clock
        self._options = {"options": options} if options else {}
        self._allow_samples = allow_samples
        self._find = _finder(credentials)
        self._patterns = [re.compile(item.pattern, re.DOTALL) for item in scheme.emitted]
        # Four letters can be decoded wherever a recipe decodes Base64, and hexadecimal digits as well.
        self._decoy = scheme.credentials(**{field.name: "dec0" for field in scheme.credentials.fields})
        self._seen: OrderedDict[bytes, float] = OrderedDict()
        self._lock = Lock()

    def verify(
        self, method: str, url: str, headers: Mapping[str, str] | Iterable[tuple[str, str]], body: bytes = b""
    ) -> Verdict:
        """Verify a request as it came: the address whole, header values as text of Latin-1, the body as its bytes.

        Raises:
            ConfigurationError: the credentials that are known cannot verify, such as a key of another kind.
        """
        pairs: list[tuple[str, str]] = list(cast(Any, headers).items() if isinstance(headers, Mapping) else headers)
        found, bare = self._received(url, pairs)
        problem, known = self._read(found)
        if problem:
            return _refused(problem)
        now = self._clock()
        moment = _moment(known)
        if moment is None:
            return _refused("malformed")
        form, seconds = moment
        if form and abs(seconds - now) > self._window + (_DAY if form in ("yyyymmdd", "%Y%m%d") else 0.0):
            return _refused("expired")
        told = {name[11:]: text for name, text in known.items() if name.startswith("credential.")}
        fitting = [one for one in self._find(**told) if all(getattr(one, name, None) for name in self._scheme.needs)]
        if not fitting:
            self._try_decoy(method, bare, pairs, body, seconds, known, found)
            return _refused("unknown")
        # Where nothing tells whose the credentials are, as with an API key, all that are known are tried.
        tried = [(one, self._right(method, bare, pairs, body, one, seconds, known, found)) for one in fitting]
        held, right = next((pair for pair in tried if pair[1]), tried[0])
        if not self._allow_samples and any(_digest(value) in self._scheme.samples for value in held.revealed()):
            return _refused("sample")
        if not right:
            return _refused("mismatch")
        if not self._limit or not (form or "nonce" in known):
            return Verdict(True)
        return self._once(self._identity(method, url, body, known, found), now)

    def _received(self, url: str, pairs: Iterable[tuple[str, str]]) -> tuple[dict[tuple[str, str], list[str]], str]:
        """Give the received values of everything that a signature consists of, and the address without them."""
        found: dict[tuple[str, str], list[str]] = {(item.place, item.name.lower()): [] for item in self._scheme.emitted}
        for name, value in pairs:
            found.get(("header", name.lower()), []).extend(self._values(name.lower(), value.strip(" \t")))
        own = {item.name for item in self._scheme.emitted if item.place == "query"}
        if not own:
            return found, url
        front, mark, query = url.partition("?")
        kept = []
        for pair in query.split("&") if mark else ():
            name, _, value = pair.partition("=")
            if unquote(name) in own:
                found["query", unquote(name).lower()].append(unquote(value))
            else:
                kept.append(pair)
        return found, f"{front}?{'&'.join(kept)}" if kept else front

    def _values(self, name: str, value: str) -> Iterable[str]:
        """Give a header's value; of a cookie header, in which every cookie stands, the cookies of this scheme."""
        if name != "cookie":
            return (value,)
        patterns = [
            pattern
            for item, pattern in zip(self._scheme.emitted, self._patterns, strict=True)
            if item.name.lower() == name
        ]
        return [pair for pair in value.split("; ") if any(pattern.fullmatch(pair) for pattern in patterns)]

    def _read(self, found: Mapping[tuple[str, str], list[str]]) -> tuple[str, dict[str, str]]:
        """Find time, nonce and names of credentials in what was received; or say what keeps them from being found."""
        known: dict[str, str] = {}
        for item, pattern in zip(self._scheme.emitted, self._patterns, strict=True):
            values = found[item.place, item.name.lower()]
            if len(values) > 1:
                return "duplicate", known
            if not values:
                if item.required:
                    return "missing", known
                continue
            text = values[0]
            match = pattern.fullmatch(text) if len(text) <= _LONGEST_VALUE and re.fullmatch(_FIELD, text) else None
            if match is None:
                return "malformed", known
            for name, part in zip(item.known, match.groups(), strict=True):
                name, part = _decoded(name, part)
                if part is not None and known.setdefault(name, part) != part:
                    return "malformed", known
        return "", known

    def _right(
        self,
        method: str,
        url: str,
        pairs: Iterable[tuple[str, str]],
        body: bytes,
        held: CredentialsBase,
        seconds: float,
        known: Mapping[str, str],
        found: Mapping[tuple[str, str], list[str]],
    ) -> bool:
        headers: dict[str, str] = {}
        for name, value in pairs:
            key, text = name.lower(), value.strip(" \t")
            if ("header", key) not in found:
                headers[key] = f"{headers[key]}, {text}" if key in headers else text
        try:
            with self._expecting(known):
                nonce = known.get("nonce")
                signed = self._scheme.signer(method, url, headers, body, held, seconds, nonce, **self._options)
        except ConfigurationError:
            raise  # a key that the server has is of no use: nobody's request is to blame
        except (ValueError, UnicodeError):
            return False  # what came cannot be signed at all, or its public key does not verify it
        wanted = {("header", name.lower()): value for name, value in signed.headers}
        wanted |= {("query", name.lower()): value for name, value in signed.query}
        # Every value is compared, in constant time, so that the time taken does not tell which one is wrong.
        same = [
            hmac.compare_digest(_octets("".join(values)), _octets(wanted.get(key, "")))
            and bool(values) == (key in wanted)
            for key, values in found.items()
        ]
        return all(same)

    def _try_decoy(self, *request: Any) -> None:
        """Do the work that known credentials take."""
        method, url, pairs, body, seconds, known, found = request
        with suppress(ConfigurationError):  # no decoy is a private key
            self._right(method, url, pairs, body, self._decoy, seconds, known, found)

    def _expecting(self, known: Mapping[str, str]) -> AbstractContextManager[None]:
        if not self._scheme.private_keys:
            return nullcontext()
        # Only packages with such a scheme have the module.
        asymmetric: Any = import_module(".asymmetric", __package__)
        expected: AbstractContextManager[None] = asymmetric.expecting(known.get("signature", "").encode("latin-1"))
        return expected

    def _identity(
        self,
        method: str,
        url: str,
        body: bytes,
        known: Mapping[str, str],
        found: Mapping[tuple[str, str], list[str]],
    ) -> bytes:
        """Give a digest of what makes a request the same one."""
        told: object = sorted(found.items())
        if self._scheme.private_keys:
            # Out of one ECDSA signature anybody can make another right one: it is left out.
            told = (method, url, body, sorted(pair for pair in known.items() if pair[0] != "signature"))
        return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).digest()

    def _once(self, proof: bytes, now: float) -> Verdict:
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now - 2 * self._window - _DAY * self._coarse:
                self._seen.popitem(last=False)
            if proof in self._seen:
                return _refused("replayed")
            if len(self._seen) >= self._limit:
                return _refused("overloaded")
            self._seen[proof] = now
        return Verdict(True)

    @property
    def _coarse(self) -> bool:
        forms = {name for item in self._scheme.emitted for name in item.known}
        return not any(_is_fine(name.removeprefix("timestamp.")) for name in forms if name.startswith("timestamp."))

    def __repr__(self) -> str:
        return f"<Verifier of {self._scheme.name}>"


def _finder(
    credentials: CredentialsBase | Iterable[CredentialsBase] | Callable[..., CredentialsBase | None],
) -> Callable[..., list[CredentialsBase]]:
    """Give what finds credentials by what came of them in plain sight: those that fit best first."""
    if callable(credentials):
        function = credentials

        def ask(**names: str) -> list[CredentialsBase]:
            found = function(**names)
            return [] if found is None else [found]

        return ask
    held = [credentials] if isinstance(credentials, CredentialsBase) else list(credentials)
    held.sort(key=lambda one: len(one.revealed()))  # without an optional one that did not come, such as a token

    def find(**names: str) -> list[CredentialsBase]:
        fitting = [one for one in held if all(getattr(one, name, None) == text for name, text in names.items())]
        return fitting[:1] if names else fitting

    return find


def _decoded(name: str, text: str | None) -> tuple[str, str | None]:
    """Read a value as its recipe writes it; the bytes of a signature become text of Latin-1."""
    name, _, written = name.partition("|")
    if text is None or not written:
        return name, text
    if written == "percent-encode":
        return name, unquote(text)
    if written == "sf-string":
        return name, re.sub(r"\\(.)", r"\1", text[1:-1])
    try:
        raw = bytes.fromhex(text) if written.lower() == "hex" else urlsafe_b64decode(text.translate(_URLSAFE))
    except ValueError:
        raw = b""  # no signature, so it is not the right one
    return name, raw.decode("latin-1")


def _refused(reason: str) -> Verdict:
    return Verdict(False, reason, _SAID.get(reason, _OTHERWISE))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _is_fine(form: str) -> bool:
    return form not in ("yyyymmdd",) and ("%" not in form or "%S" in form)


def _moment(known: Mapping[str, str]) -> tuple[str, float] | None:
    """Give the finest timestamp's form and Unix time; no form where nothing is timed, None for what is no time."""
    forms = [name.removeprefix("timestamp.") for name in known if name.startswith("timestamp.")]
    forms.sort(key=lambda form: (not _is_fine(form), form not in ("unix-ms", "iso8601-ms")))
    if not forms:
        return "", 0.0
    seconds = _seconds(forms[0], known[f"timestamp.{forms[0]}"])
    return None if seconds is None else (forms[0], seconds)


def _seconds(form: str, text: str) -> float | None:
    try:
        if form in ("unix-s", "unix-ms"):
            if re.fullmatch("[0-9]{1,15}", text) is None:
                return None
            return int(text) / (1000.0 if form == "unix-ms" else 1.0)
        if form == "http-date":
            moment = parsedate_to_datetime(text).timestamp()
            # Only the one form, with English names whatever the locale.
            return moment if formatdate(moment, usegmt=True) == text else None
        if form == "iso8601-ms":
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC).timestamp()
        return datetime.strptime(text, _PATTERNS.get(form, form)).replace(tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None
