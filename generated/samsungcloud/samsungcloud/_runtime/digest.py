"""HTTP digest authentication (RFC 7616): a challenge is learnt from a refusal, and requests prove the password."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from .authorizer import Authorizer, Outgoing, Scopes
from .exchange import Head
from .signing import Signed

if TYPE_CHECKING:
    from .flow import Call
    from .headers import Headers
    from .security import Scheme

# Strongest first; what is not listed is not answered.
_HASHES = {"SHA-512-256": "sha512_256", "SHA-256": "sha256", "MD5": "md5"}
_PARAMETER = r'([A-Za-z0-9_-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]+)'
_ENTRY = rf"\s*(?:{_PARAMETER}|([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?=\s|,|$))\s*,?"


class Challenge(NamedTuple):
    """What a server wants proven; `algorithm` is the hash, `session` says that it ends in -sess."""

    realm: str
    nonce: str
    opaque: str | None
    algorithm: str
    session: bool
    qop: str
    userhash: bool
    stale: bool
    spelled: str | None

    def __repr__(self) -> str:
        return f"<Challenge {self.spelled or 'MD5'}>"


class Digest(Authorizer):
    """Answers the strongest challenge of a server, and goes on with its nonce until there is another."""

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(scheme)
        self._lock = threading.Lock()
        self._challenge: Challenge | None = None
        self._count = 0

    def sign(self, request: Outgoing) -> Signed:
        """Give the proof; nothing before the first challenge is known."""
        with self._lock:
            challenge = self._challenge
            self._count += 1
            count = self._count
        if challenge is None:
            return Signed(())
        pair = (self.value(request.credentials, "username"), self.value(request.credentials, "password"))
        target = "/" + request.url.split("/", 3)[3] if request.url.count("/") > 2 else "/"
        cnonce = request.nonce or secrets.token_hex(16)
        value = answer(challenge, pair, request.method, target, request.body, count, cnonce)
        return Signed((("Authorization", value),), secrets=tuple(re.findall(r'response="([0-9a-f]+)"', value)))

    def refused(self, call: Call, scopes: Scopes, head: Head) -> bool:
        """Take the challenge; say yes unless it refuses an answer that was good in form."""
        found = strongest(challenges(head.headers))
        if found is None or (found.qop == "auth-int" and not isinstance(call.body, bytes)):
            return False
        sent = dict(call.signed.headers).get("Authorization", "")
        with self._lock:
            if self._challenge is None or self._challenge.nonce != found.nonce:
                self._challenge, self._count = found, 0
        return not sent or found.stale


def challenges(headers: Headers) -> list[dict[str, str]]:
    """Read the Digest challenges among all of an answer; several share a header, or have one each."""
    found: list[dict[str, str]] = []
    for name, value in headers.pairs:
        if name.lower() != "www-authenticate":
            continue
        current: dict[str, str] | None = None
        for match in re.finditer(_ENTRY, value[:8192]):
            key, text, scheme = match.groups()
            if scheme is not None:
                current = {} if scheme.lower() == "digest" else None
                if current is not None:
                    found.append(current)
            elif current is not None:
                quoted = text.startswith('"')
                current[key.lower()] = re.sub(r"\\(.)", r"\1", text[1:-1]) if quoted else text
    return found


def strongest(offered: list[dict[str, str]]) -> Challenge | None:
    """Choose the challenge with the strongest hash that is known here, or None."""
    found = [challenge for each in offered if (challenge := _challenge(each)) is not None]
    order = list(_HASHES)
    return min(found, key=lambda each: order.index(each.algorithm), default=None)


def _challenge(told: dict[str, str]) -> Challenge | None:
    spelled = told.get("algorithm")
    name, _, ending = (spelled or "MD5").upper().partition("-SESS")
    offered = [each.strip().lower() for each in told.get("qop", "").split(",") if each.strip()]
    qop = next((each for each in ("auth", "auth-int") if each in offered), "")
    if name not in _HASHES or ending or "nonce" not in told or "realm" not in told or (offered and not qop):
        return None
    return Challenge(
        realm=told["realm"],
        nonce=told["nonce"],
        opaque=told.get("opaque"),
        algorithm=name,
        session=(spelled or "").upper().endswith("-SESS"),
        qop=qop,
        userhash=told.get("userhash", "").lower() == "true",
        stale=told.get("stale", "").lower() == "true",
        spelled=spelled,
    )


def answer(
    challenge: Challenge, pair: tuple[str, str], method: str, target: str, body: bytes, count: int, cnonce: str
) -> str:
    """Give the value of the header that answers a challenge; `pair` is user name and password."""

    def hashed(text: str | bytes) -> str:
        data = text.encode() if isinstance(text, str) else text
        return hashlib.new(_HASHES[challenge.algorithm], data, usedforsecurity=False).hexdigest()

    username, password = pair
    a1 = f"{username}:{challenge.realm}:{password}"
    if challenge.session:
        a1 = f"{hashed(a1)}:{challenge.nonce}:{cnonce}"
    a2 = f"{method}:{target}" + (f":{hashed(body)}" if challenge.qop == "auth-int" else "")
    number = f"{count:08x}"
    middle = f"{challenge.nonce}:{number}:{cnonce}:{challenge.qop}" if challenge.qop else challenge.nonce
    response = hashed(f"{hashed(a1)}:{middle}:{hashed(a2)}")
    shown = hashed(f"{username}:{challenge.realm}") if challenge.userhash else username
    parts = [_user(shown), f"realm={_quoted(challenge.realm)}", f"uri={_quoted(target)}"]
    parts += [f"algorithm={challenge.spelled}"] if challenge.spelled else []
    parts += [f"nonce={_quoted(challenge.nonce)}"]
    if challenge.qop:
        parts += [f"nc={number}", f'cnonce="{cnonce}"', f"qop={challenge.qop}"]
    elif challenge.session:
        parts += [f'cnonce="{cnonce}"']
    parts += [f'response="{response}"']
    parts += [f"opaque={_quoted(challenge.opaque)}"] if challenge.opaque is not None else []
    parts += ["userhash=true"] if challenge.userhash else []
    return f"Digest {', '.join(parts)}"


def _user(name: str) -> str:
    return f"username={_quoted(name)}" if name.isascii() else f"username*=UTF-8''{quote(name, safe='')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
