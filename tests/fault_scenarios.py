"""What servers do wrong, as a table: what is played, and what a call must make of it. A new fault is one entry."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from .fault_server import Close, Drain, Drip, Hold, Many, Play, Reset, play

NOW = 1.6e9
SHORT = 0.2
MIB = 1024 * 1024
GOOD = b'{"id":"t1","name":"nightly"}'
BACKOFF = -1.0
"""Stands for a wait that the client chooses: a quarter to half a second after the first attempt, twice that after."""


def http(status: int | str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Write an answer that repeats in a header whatever proved the request, and the secrets too."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", "X-Echo: @echo@ @secret@", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def unframed(*headers: str) -> bytes:
    """Write the head of a success whose body is framed by what follows."""
    lines = ["HTTP/1.1 200 OK", "Content-Type: application/json", "X-Echo: @echo@ @secret@", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


CHUNKED = unframed("Transfer-Encoding: chunked")
WHOLE = http("200 OK", GOOD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A script, the call that meets it, and the exact outcome: a value, or an error with its facts and cause."""

    name: str
    plays: tuple[Play, ...]
    operation: str = "show"
    error: str | None = None
    status: int | None = None
    says: str = ""
    cause: bool = False
    value: str = "nightly"
    sends: int = 1
    slept: tuple[float, ...] = ()
    timeout: float = 5.0
    options: Mapping[str, Any] = field(default_factory=dict)


def lost(name: str, *plays: Play, sends: int = 1, **rest: Any) -> Scenario:
    """A connection that failed for good; after each attempt but the last the client waits."""
    slept = (BACKOFF,) * (sends - 1)
    return Scenario(name=name, plays=plays, error="APIConnectionError", cause=True, sends=sends, slept=slept, **rest)


def late(name: str, *plays: Play, **rest: Any) -> Scenario:
    """A call that ends with its deadline."""
    said = "no answer in time"
    return Scenario(name=name, plays=plays, error="APITimeoutError", cause=True, says=said, timeout=SHORT, **rest)


def refused(name: str, answer: bytes, says: str = "", **rest: Any) -> Scenario:
    """A success that is none, because of its body."""
    plays = (play(answer),)
    return Scenario(name=name, plays=plays, error="ResponseValidationError", status=200, says=says, **rest)


def large(name: str, *plays: Play, **rest: Any) -> Scenario:
    """A response beyond the limits."""
    return Scenario(name=name, plays=plays, error="ResponseTooLargeError", **rest)


def failed(name: str, status: int, error: str, *plays: Play, **rest: Any) -> Scenario:
    """An answer that is no success."""
    return Scenario(name=name, plays=plays, error=error, status=status, **rest)


def fine(name: str, *plays: Play, **rest: Any) -> Scenario:
    """A call that gives its value all the same."""
    return Scenario(name=name, plays=plays, **rest)


def connections() -> Iterator[Scenario]:
    """Connections that break, at every point of an answer."""
    parts = {"before the answer": b"", "in the status line": b"HTTP/1.1 2", "in the headers": unframed()[:-20]}
    for end in (Reset(), Close()):
        how = "reset" if isinstance(end, Reset) else "closed"
        for where, part in parts.items():
            broken = play(part, end)
            yield lost(f"{how} {where}", broken, broken, broken, sends=3)
            yield lost(f"{how} {where}, POST", broken, operation="create")
            yield lost(f"{how} {where}, PUT", broken, broken, broken, operation="update", sends=3)
        yield fine(f"{how} once", play(end), play(WHOLE), sends=2, slept=(BACKOFF,))
        yield fine(f"{how} twice", play(end), play(end), play(WHOLE), sends=3, slept=(BACKOFF, BACKOFF))
        yield lost(f"{how} after the headers", play(http("200 OK", length=10), end))
        yield lost(f"{how} in the body", play(http("200 OK", GOOD[:10], length=28), end))
        yield lost(f"{how} in a chunk", play(CHUNKED, b"1c\r\n", GOOD[:10], end))
        yield lost(f"{how} between chunks", play(CHUNKED, b"5\r\n", GOOD[:5], b"\r\n", end))
        yield fine(f"{how} after the answer", play(WHOLE, end))
        yield failed(f"{how} in the body of an error", 404, "NotFoundError", play(http(404, b"{", length=9), end))
        yield fine(f"{how} in a 503", play(http(503, b"{", length=9), end), play(WHOLE), sends=2, slept=(BACKOFF,))
    yield lost("no time for another attempt", play(Reset()), timeout=SHORT)


def framing() -> Iterator[Scenario]:
    """Bodies whose length or chunks are wrong, and answers that are no HTTP."""
    yield lost("two lengths", play(http("200 OK", GOOD, "Content-Length: 5")))
    yield fine("the same length twice", play(http("200 OK", GOOD, f"Content-Length: {len(GOOD)}")))
    for bad in ("-1", "+28", "0x1c", "28a", "", "2 8"):
        yield lost(f"length {bad!r}", play(unframed(f"Content-Length: {bad}") + GOOD))
    yield refused("length too short", http("200 OK", GOOD, length=10), "not JSON")
    yield late("length too long", play(http("200 OK", GOOD, length=100), Hold()))
    yield fine("bytes after the answer", play(WHOLE + b"more of it"))
    yield fine("another answer after the answer", play(WHOLE + http("200 OK", b'{"id":"stale","name":"stale"}')))
    yield fine("chunks", play(CHUNKED + b"5\r\n" + GOOD[:5] + b"\r\n17\r\n" + GOOD[5:] + b"\r\n0\r\n\r\n"))
    yield fine("an extension and a trailer", play(CHUNKED + b"1c;a=b\r\n" + GOOD + b"\r\n0\r\nX-T: 1\r\n\r\n"))
    yield fine(
        "a length beside chunks",
        play(unframed("Transfer-Encoding: chunked", "Content-Length: 3") + b"1c\r\n" + GOOD + b"\r\n0\r\n\r\n"),
    )
    for bad in ("zz", "-5", "", "ffffffffffffffffffffff", "5 5"):
        yield lost(f"chunk of {bad!r} bytes", play(CHUNKED + f"{bad}\r\n".encode() + GOOD + b"\r\n0\r\n\r\n"))
    yield lost("a chunk longer than it says", play(CHUNKED + b"5\r\n" + GOOD + b"\r\n0\r\n\r\n"))
    yield lost("an unknown transfer coding", play(unframed("Transfer-Encoding: gzip, chunked") + GOOD))
    yield fine("until it closes", play(unframed() + GOOD, Close()))
    yield fine("HTTP/1.0", play(b"HTTP/1.0 200 OK\r\n\r\n" + GOOD, Close()))
    cut = play(b"HTTP/1.0 200 OK\r\n\r\n" + GOOD[:9], Close())
    yield failed("HTTP/1.0, cut", 200, "ResponseValidationError", cut)
    garbage = [b"HTTP/9.9 banana\r\n\r\n", b"\x15\x03\x03\x00\x02\x02\x28" * 9 + b"\r\n\r\n", b"SSH-2.0-x\r\n\r\n"]
    garbage += [b"<html>\r\n\r\n</html>", b"HTTP/1.1 20 OK\r\n\r\n", b"HTTP/1.1 099 X\r\n\r\n", b"\r\n\r\n\0\0\r\n\r\n"]
    for raw in garbage:
        yield lost(f"an answer such as {raw[:18]!r}", play(raw, Close()))


def heads() -> Iterator[Scenario]:
    """Heads that are large, broken or unusual."""
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(20_000))
    some = b"".join(b"X-%d: 1\r\n" % number for number in range(101))
    for status in ("200 OK", "503 No"):
        start = f"HTTP/1.1 {status}\r\n".encode()
        yield large(f"20,000 headers, {status}", play(start + many + b"\r\n", Close()))
        yield large(f"101 headers, {status}", play(start + some + b"Content-Length: 2\r\n\r\n{}"))
        yield large(f"a header of 64 KiB, {status}", play(http(status, GOOD, f"X-A: {'x' * 65_536}")))
        yield large(f"a header of 1 MiB, {status}", play(start + b"X-A: " + b"x" * MIB, Close()))
    yield large("a status line of 1 MiB", play(b"HTTP/1.1 200 " + b"x" * MIB, Close()))
    for bad in ("X-A: a\0b", "X\0A: 1", "no colon", ": no name", "X A: 1", "X-A : 1", "X-A: a\rb"):
        yield lost(f"header {bad!r}", play(http("200 OK", GOOD, bad), Close()))
    yield fine("a folded header", play(http("200 OK", GOOD, "X-A: 1", " and more")))
    yield fine("bytes beyond ASCII", play(http("200 OK", GOOD, "X-A: \xff\xfe")))
    yield fine("a cookie", play(http("200 OK", GOOD, "Set-Cookie: id=@secret@; Path=/", "Set-Cookie: b=c")))
    yield fine("continue", play(b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE))
    yield fine("early hints", play(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 300 + WHOLE))
    yield lost("another protocol", play(b"HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\nhello", Hold()))
    yield fine("a connection that ends", play(http("200 OK", GOOD, "Connection: close")))
    yield fine("bare line feeds", play(WHOLE.replace(b"\r\n", b"\n")))


def slow() -> Iterator[Scenario]:
    """Servers that take their time: the deadline is that of the whole call."""
    yield late("silence", play(Hold()))
    yield late("silence, nothing read", play(Hold(), reads="nothing"), sends=0)
    yield late("a slow status line", play(Drip(b"H")))
    yield late("slow headers", play(unframed()[:-2], b"X-Slow: ", Drip(b"x")))
    yield late("a slow body", play(http("200 OK", length=100_000), Drip(b"1")))
    yield late("slow chunks", play(CHUNKED, Drip(b"1\r\n1\r\n")))
    yield late("a slow size of a chunk", play(CHUNKED, b"5;", Drip(b"x")))
    yield late("slow trailers", play(CHUNKED, b"1c\r\n" + GOOD + b"\r\n0\r\n", Drip(b"X-A: 1\r\n")))
    yield late("early hints for ever", play(Drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")))
    yield late("silence in the body", play(http("200 OK", GOOD[:9], length=28), Hold()))
    yield late("a large body that is not read", play(Hold(), reads="head"), operation="upload")
    dripping = play(http(503, length=99_999), Drip(b"1"))
    yield failed("an error with a slow body", 503, "ServerError", dripping, timeout=SHORT)
    compressed = unframed("Content-Encoding: gzip", "Transfer-Encoding: chunked")
    yield late("a slow compressed body", play(compressed, Drip(_chunk(gzip.compress(b"")))))


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def codings() -> Iterator[Scenario]:
    """Compressed bodies: bombs, cut ones, lying ones."""
    blanks = b" " * (40 * MIB)
    bomb = gzip.compress(blanks, 1)
    yield large("a bomb, gzip", play(http("200 OK", bomb, "Content-Encoding: gzip")))
    yield large("a bomb, deflate", play(http("200 OK", zlib.compress(blanks, 1), "Content-Encoding: deflate")))
    yield failed("a bomb in an error", 404, "NotFoundError", play(http(404, bomb, "Content-Encoding: gzip")))
    packed = gzip.compress(GOOD)
    yield fine("gzip", play(http("200 OK", packed, "Content-Encoding: GZIP")))
    members = gzip.compress(GOOD[:9]) + gzip.compress(GOOD[9:])
    yield fine("gzip in two members", play(http("200 OK", members, "Content-Encoding: x-gzip")))
    yield fine("deflate", play(http("200 OK", zlib.compress(GOOD), "Content-Encoding: deflate")))
    yield fine("bare deflate", play(http("200 OK", zlib.compress(GOOD, wbits=-15), "Content-Encoding: deflate")))
    for name, coding, data in (
        ("gzip, cut", "gzip", packed[:-4]),
        ("gzip, cut in its head", "gzip", packed[:5]),
        ("gzip with a wrong sum", "gzip", packed[:-8] + bytes(8)),
        ("gzip and garbage", "gzip", packed + b"garbage"),
        ("deflate, cut", "deflate", zlib.compress(GOOD)[:-5]),
        ("no gzip at all", "gzip", GOOD),
        ("gzip twice", "gzip, gzip", gzip.compress(packed)),
        ("a coding that was not asked for", "br", GOOD),
    ):
        yield Scenario(
            name=name,
            plays=(play(http("200 OK", data, f"Content-Encoding: {coding}")),),
            error="ResponseValidationError",
            cause=True,
        )
    endless_name = b"\x1f\x8b\x08\x08" + bytes(6)
    endless = play(unframed("Content-Encoding: gzip") + endless_name, Many(b"x" * MIB, 33), Close())
    yield large("more than the limit, and none of it content", endless)


def sizes() -> Iterator[Scenario]:
    """Bodies beyond 32 MiB."""
    yield large("a length beyond the limit", play(http("200 OK", length=32 * MIB + 1), Hold()))
    yield large("a length of fifteen digits", play(http("200 OK", length=10**15 - 1), Hold()))
    yield large("a body beyond the limit", play(unframed(), Many(b" " * MIB, 33), Close()))
    yield large("chunks beyond the limit", play(CHUNKED, Many(_chunk(b" " * MIB), 33), Hold()))
    endless = play(http(500, length=10**14), Many(b"x" * MIB, 2), Hold())
    yield failed("an error with an endless body", 500, "ServerError", endless)


def json_bodies() -> Iterator[Scenario]:
    """Bodies that are not JSON, or JSON of another kind; a mark of byte order does no harm."""
    yield fine("a body with a mark of byte order", play(http("200 OK", b"\xef\xbb\xbf" + GOOD)))
    for body in (
        *(
            b"",
            b"{",
            b"}",
            b"[]",
            b"null",
            b"true",
            b"12",
            b'"text"',
            b"{'id':'1'}",
            GOOD + b",",
            GOOD + GOOD,
            GOOD + b"\0",
        ),
        *(GOOD.decode().encode("utf-16"), b"\x0b" + GOOD, b"/**/" + GOOD, b")]}'\n" + GOOD),
        *(GOOD[:-1] + tail for tail in (b",}", b',"x":NaN}', b',"x":-Infinity}', b',"x":Infinity}', b',"x":01}')),
        *(GOOD[:-1] + tail for tail in (b',"x":+1}', b',"x":.5}', b',"x":0x1}', b',"x":undefined}', b",x:1}")),
        *(
            GOOD[:-1] + tail
            for tail in (b',"x":"\\ud800"}', b',"x":"\\udc00\\ud800"}', b',"x":"\\x41"}', b',"x":"\n"}')
        ),
        *(GOOD[:-1] + tail for tail in (b',"x":"\xff"}', b',"x":"\xed\xa0\x80"}', b',"x":"\xc0\x80"}', b',"x":"')),
        GOOD[:-1] + b',"x":' + b"9" * 4301 + b"}",
        GOOD[:-1] + b',"x":-' + b"9" * 100_000 + b"}",
        GOOD[:-1] + b',"x":' + b"[" * 100 + b"]" * 100 + b"}",
        GOOD[:-1] + b',"x":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
        b"[" * 1_000_000,
    ):
        yield refused(f"body {body[:40].decode('latin-1')!r} of {len(body)}", http("200 OK", body))
    html = b"<html><body>@secret@ @echo@</body></html>"
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + html
    yield Scenario(
        name="a page of HTML",
        plays=(play(page, Close()),),
        error="ResponseValidationError",
        status=200,
        says="not JSON",
    )
    echo = GOOD[:-1] + b',"@secret@":"@echo@"'
    for name, body in {"strict": echo + b',"cpu":"@secret@"}', "cut": echo}.items():
        raw = unframed("Connection: close") + body
        yield Scenario(
            name=f"our own values sent back, {name}",
            plays=(play(raw, Close()),),
            error="ResponseValidationError",
            status=200,
            options={"validate": "strict"},
        )
    for name, tail in {
        "a name twice": b',"name":"nightly"}',
        "4,300 digits": b',"x":' + b"9" * 4300 + b"}",
        "100 levels": b',"x":' + b"[" * 99 + b"]" * 99 + b"}",
        "NaN in a text": b',"x":"NaN Infinity"}',
    }.items():
        yield fine(name, play(http("200 OK", GOOD[:-1] + tail)))


def again() -> Iterator[Scenario]:
    """429 and 503 with every kind of Retry-After."""
    forms: dict[str, float] = {
        "0": 0.0,
        "2": 2.0,
        "0.5": 0.5,
        " 3 ": 3.0,
        formatdate(NOW + 7, usegmt=True): 7.0,
        formatdate(NOW + 9999, usegmt=True): 60.0,
        "61": 60.0,
        "999999999": 60.0,
    }
    ignored = ("", "-1", "-0", "nan", "NaN", "inf", "-inf", "Infinity", "1e3", "0x10", "1_000", "soon", "9" * 400)
    ignored += (formatdate(NOW - 7, usegmt=True), "Mon, 99 Foo 2024 99:99:99 GMT", "Thu, 01 Jan 0000 00:00:00 GMT")
    ignored += ("Fri, 31 Dec 99999 23:59:59 GMT", "2, 3", "1;2", "2 seconds", "\xb2", "1.2.3", "@secret@")
    forms |= dict.fromkeys(ignored, BACKOFF)
    for number, (value, wait) in enumerate(forms.items()):
        status = 503 if number % 2 else 429
        asked = play(http(status, b"", f"Retry-After: {value}"))
        yield fine(f"{status}, {value[:20]!r}", asked, play(WHOLE), sends=2, slept=(wait,), timeout=100.0)
    for status, error in {429: "RateLimitError", 502: "ServerError", 503: "ServerError", 504: "ServerError"}.items():
        plain = play(http(status, b'{"message":"busy"}'))
        waits = (BACKOFF, BACKOFF)
        yield failed(f"{status} for ever", status, error, plain, plain, plain, sends=3, slept=waits, says="busy")
        yield failed(f"{status}, POST", status, error, plain, operation="create")
        yield failed(f"{status}, PATCH", status, error, plain, operation="patch")
    asked = play(http(503, b"", "Retry-After: 6"))
    yield failed("a wait beyond the deadline", 503, "ServerError", asked)
    asked = play(http(503, b"", "Retry-After: 1", "Retry-After: 2"))
    yield fine("Retry-After twice", asked, play(WHOLE), sends=2, slept=(BACKOFF,))
    for status in (400, 403, 404, 409, 418, 422, 500, 501, 599, 600, 999):
        yield Scenario(
            name=f"{status}, with Retry-After",
            plays=(play(http(status, b"", "Retry-After: 0")),),
            error=ERRORS.get(status, "ServerError" if status >= 500 else "APIStatusError"),
            status=status,
        )


ERRORS = {
    400: "BadRequestError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
}


def redirects() -> Iterator[Scenario]:
    """Redirects of every code to every kind of place; a second server stands there, and nothing may come to it."""
    places = {
        "another port": ("http://127.0.0.1:@trap@/x", "127.0.0.1"),
        "another host": ("http://localhost:@trap@/x?a=@echo@", "localhost"),
        "another scheme": ("https://127.0.0.1:@trap@/", "127.0.0.1"),
        "no scheme": ("//127.0.0.1:@trap@/", "127.0.0.1"),
        "the same host": ("/v1/elsewhere", "the same host"),
        "user info": ("http://@secret@:@secret@@127.0.0.1:@trap@/", "127.0.0.1"),
        "a host of our values": ("http://@secret@.127.0.0.1:@trap@/", ""),
        "nowhere": ("", "the same host"),
        "a script": ("javascript:alert(1)", "the same host"),
    }
    for status in (300, 301, 302, 303, 305, 306, 307, 308):
        for name, (place, said) in places.items():
            if status in (301, 307) or name in ("another port", "another host"):
                answer = play(http(status, b"{}", f"Location: {place}"))
                yield failed(f"{status} to {name}", status, "APIStatusError", answer, says=said)
    answer = play(http(307, b"{}", "Location: http://127.0.0.1:@trap@/x"))
    yield failed("307, POST", 307, "APIStatusError", answer, operation="create")
    yield failed("302 without a target", 302, "APIStatusError", play(http(302)), says="no target given")
    yield failed("304", 304, "APIStatusError", play(b"HTTP/1.1 304 Not Modified\r\nX-Echo: @secret@\r\n\r\n"))
    yield failed(
        "302 to an address that is none",
        302,
        "APIStatusError",
        play(http(302, b"", "Location: http://[bad")),
        says="cannot be read",
    )


def clocks() -> Iterator[Scenario]:
    """401 with a Date that is off."""

    def off(seconds: float) -> Play:
        return play(http(401, b'{"message":"clock"}', f"Date: {formatdate(NOW + seconds, usegmt=True)}"))

    chosen = {"correct_clock_skew": True}
    for seconds in (61, 300, -300, 900):
        yield fine(f"corrected by {seconds} s", off(seconds), play(WHOLE), sends=2, options=chosen)
    for seconds in (0, 59, 901, -901, 1e9):
        yield failed(f"{seconds} s are not corrected", 401, "AuthenticationError", off(seconds), options=chosen)
    yield failed("not corrected unasked", 401, "AuthenticationError", off(300))
    yield failed("corrected once", 401, "AuthenticationError", off(300), off(600), sends=2, options=chosen)
    yield failed("not corrected for POST", 401, "AuthenticationError", off(300), operation="create", options=chosen)
    for date in ("", "soon", "nan", "@secret@", formatdate(NOW + 300, usegmt=True) * 2):
        answer = play(http(401, b"", f"Date: {date}"))
        yield failed(f"date {date[:9]!r}", 401, "AuthenticationError", answer, options=chosen)


def early() -> Iterator[Scenario]:
    """Answers that come before the request was read."""
    for operation in ("create", "upload"):
        answer = play(http(413, b"{}", "Connection: close"), Drain(), reads="head")
        yield failed(f"413 early, {operation}", 413, "APIStatusError", answer, operation=operation, says="413")
    answer = play(http(413, b"{}"), Close(), reads="head")
    yield failed("413 early, then closed", 413, "APIStatusError", answer, operation="create", says="413")


TABLE: tuple[Scenario, ...] = tuple(
    scenario
    for group in (connections, framing, heads, slow, codings, sizes, json_bodies, again, redirects, clocks, early)
    for scenario in group()
)
