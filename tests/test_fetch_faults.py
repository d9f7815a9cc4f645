"""Fetching from a portal that fails, lies or leads astray: what is retried, what is refused, what is never asked."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import re
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.loopback import Answer, Received
from tests.portal_site import KOREAN, ROOT, Fault, dropped, menu_page, numbered_portal, portal, small_page
from tests.test_fetch import AGENT, QUICK, counts, fetched, kept, told
from tests.test_runtime_transport import tls_server

from apiscribe.capture.fetch import Choice, Limits, Order, Store, fetch
from apiscribe.capture.fetch.address import Alien, Site, open_site, resolve
from apiscribe.capture.fetch.content import kept_part, page_text
from apiscribe.capture.fetch.links import anchors
from apiscribe.capture.fetch.pace import Pace, retry_after
from apiscribe.capture.fetch.portal import FetchError, open_client
from apiscribe.errors import ApiscribeError

PAGE = f"{ROOT}c/s1/"
HTML = {"Content-Type": "text/html; charset=utf-8"}
GZIP = {"Content-Encoding": "gzip", **HTML}
CUT_GZIP = gzip.compress(b"a" * 9999)[:40]


def after(times: int, answer: Answer) -> Fault:
    """Fail so many times, and then no more."""
    return lambda request, count: answer if count <= times else None


# What is asked again


def test_a_burst_of_503_is_waited_out(tmp_path: Path) -> None:
    site = numbered_portal(20)
    faults = {path: after(1, Answer(503, b"busy", {"Retry-After": "0"})) for path in list(site)[1:]}
    faults[PAGE] = after(2, Answer(429))
    with portal(site, faults=faults) as here:
        assert counts(fetched(here, tmp_path)) == {"new": 20}
        assert here.asked[PAGE] == 3


def test_the_server_says_how_long_to_wait_and_every_request_waits(tmp_path: Path) -> None:
    at: dict[str, list[float]] = {}
    site = numbered_portal(3)

    def fault(request: Received, count: int) -> Answer | None:
        at.setdefault(request.target, []).append(time.monotonic())
        return Answer(503, b"", {"Retry-After": "1"}) if request.target == f"{ROOT}c/s0/" and count == 1 else None

    with portal(site, faults={"*": fault}) as here:
        assert counts(fetched(here, tmp_path, concurrency=1)) == {"new": 3}
    refused, again = at[f"{ROOT}c/s0/"]
    assert again - refused >= 1
    assert min(at[f"{ROOT}c/s1/"] + at[f"{ROOT}c/s2/"]) - refused >= 1


def test_a_wait_that_is_too_long_fails_the_page_at_once(tmp_path: Path) -> None:
    with portal(
        numbered_portal(2), faults={PAGE: lambda request, count: Answer(503, b"", {"Retry-After": "3600"})}
    ) as here:
        outcome = fetched(here, tmp_path)
        assert here.asked[PAGE] == 1
    assert told(outcome) == [f"error: {PAGE}: answered 503 and asks to wait 3600 s: try again later"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Fri, 02 Jan 2026 00:01:00 GMT", 60.0),
        ("Fri, 02 Jan 2026 00:01:00 +0100", 0.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        *(
            (value, None)
            for value in ("", "-1", "1.5", "1e3", "nan", "inf", "soon", "9" * 20, "Fri, 99 Jan 2026", None)
        ),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2026, 1, 2, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("status", [400, 401, 403, 418, 451, 501])
def test_an_answer_that_will_not_change_is_not_asked_for_again(tmp_path: Path, status: int) -> None:
    with portal(numbered_portal(2), faults={PAGE: lambda request, count: Answer(status)}) as here:
        assert told(fetched(here, tmp_path)) == [f"error: {PAGE}: answered {status}"]
        assert here.asked[PAGE] == 1


@pytest.mark.parametrize(
    "fault",
    [
        Answer(drop=True),
        dropped(b"<!doctype html><html><body><main><h1>Pa", 5000),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        Answer(raw=b"this is not HTTP\r\n\r\n"),
        Answer(
            raw=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 40\r\n\r\n"
            + gzip.compress(b"a" * 9999)[:40]
        ),
    ],
    ids=["reset", "cut body", "cut chunks", "no HTTP", "cut gzip"],
)
def test_a_broken_answer_is_asked_for_again(tmp_path: Path, fault: Answer) -> None:
    with portal(numbered_portal(3), faults={PAGE: after(1, fault)}) as here:
        assert counts(fetched(here, tmp_path)) == {"new": 3}
        assert here.asked[PAGE] == 2
        here.faults[PAGE] = lambda request, count: fault
        (tmp_path / "en/c/s1.html").unlink()
        (line,) = told(fetched(here, tmp_path))
    assert re.fullmatch(rf"error: {PAGE}: .+ \(3 attempts\)", line)


def test_a_broken_body_is_resumed_where_it_broke(tmp_path: Path) -> None:
    data = small_page(1, padding=400_000)
    with portal({**numbered_portal(2), PAGE: data}, ranges=True) as here:
        tag = here.page(Received("GET", PAGE, (), b"")).headers["ETag"]
        half = dropped(data[:200_000], len(data), ETag=tag, Accept_Ranges="bytes", Content_Type="text/html")
        here.faults[PAGE] = after(1, half)
        assert counts(fetched(here, tmp_path)) == {"new": 2}
        first, second = (request for request in here.forget() if request.target == PAGE)
    assert (first.header("Range"), second.header("If-Range")) == (None, tag)
    begin = int(re.fullmatch(r"bytes=(\d+)-", second.header("Range") or "")[1])  # type: ignore[index]
    assert 0 < begin <= 200_000
    assert b"Text 1" in kept(tmp_path)["en/c/s1.html"]


def test_a_body_that_changed_while_it_broke_is_read_anew(tmp_path: Path) -> None:
    data = small_page(1, padding=400_000)
    with portal({**numbered_portal(2), PAGE: data}, ranges=True) as here:
        here.faults[PAGE] = after(1, dropped(data[:200_000], len(data), ETag='"old"', Accept_Ranges="bytes"))
        here.pages[PAGE] = small_page(1, padding=400_000, text="anew")
        assert counts(fetched(here, tmp_path)) == {"new": 2}
    assert kept(tmp_path)["en/c/s1.html"] == kept_part(here.pages[PAGE].decode(), "text/html", "x").data


@pytest.mark.parametrize(
    "answer",
    [
        Answer(206, b"x" * 10, {"Content-Range": "bytes 5-14/900", "ETag": '"a"', **HTML}),
        Answer(206, b"x" * 10, {"Content-Range": "bytes 200000-200009/900000", "ETag": '"b"', **HTML}),
        Answer(206, b"x" * 10, HTML),
        Answer(416, b"", HTML),
    ],
    ids=["another place", "another version", "no place", "refused"],
)
def test_a_rest_that_does_not_fit_is_not_put_together(tmp_path: Path, answer: Answer) -> None:
    data = small_page(1, padding=400_000)

    def fault(request: Received, count: int) -> Answer | None:
        if count == 1:
            return dropped(data[:200_000], len(data), ETag='"a"', Accept_Ranges="bytes")
        return answer if request.header("Range") else None

    with portal({**numbered_portal(2), PAGE: data}, faults={PAGE: fault}) as here:
        assert counts(fetched(here, tmp_path)) == {"new": 2}
    assert kept(tmp_path)["en/c/s1.html"] == kept_part(data.decode(), "text/html", "x").data


def test_a_part_that_nobody_asked_for_is_no_page(tmp_path: Path) -> None:
    part = Answer(206, small_page(1), {"Content-Range": "bytes 0-99/100", **HTML})
    with portal(numbered_portal(2), faults={PAGE: lambda request, count: part}) as here:
        assert told(fetched(here, tmp_path)) == [f"error: {PAGE}: the rest of a broken body does not fit (3 attempts)"]


def test_a_slow_body_is_given_up_after_its_time(tmp_path: Path) -> None:
    over = threading.Event()

    def drip() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        while not over.wait(0.01):
            yield b"x"

    with portal(numbered_portal(3), faults={PAGE: lambda request, count: Answer(pieces=drip)}) as here:
        outcome = fetched(here, tmp_path, limits=Limits(page_seconds=0.4))
        over.set()
    assert told(outcome) == [f"error: {PAGE}: takes longer than 0.4 s, twice"]
    assert counts(outcome) == {"new": 2}


def test_a_body_that_was_slow_once_is_asked_for_once_more(tmp_path: Path) -> None:
    over = threading.Event()

    def drip() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        while not over.wait(0.01):
            yield b"x"

    def slow_once(request: Received, count: int) -> Answer | None:
        return Answer(pieces=drip) if count == 1 else None

    with portal(numbered_portal(3), faults={PAGE: slow_once}) as here:
        outcome = fetched(here, tmp_path, limits=Limits(page_seconds=0.4, first_wait=0.01))
        over.set()
    assert (told(outcome), counts(outcome)) == ([], {"new": 3})


def test_links_and_sitemaps_that_are_too_many_are_told(tmp_path: Path) -> None:
    site = numbered_portal(2)
    site[PAGE] = small_page(1, links="<a href=./>" * 200_007)
    maps = "".join(f"<sitemap><loc>/m{number:03}.xml</loc></sitemap>" for number in range(102))
    site["/sitemap.xml"] = f"<sitemapindex>{maps}</sitemapindex>".encode()
    with portal(site) as here:
        outcome = fetched(here, tmp_path)
    assert told(outcome) == [
        f"warning: {PAGE}: 7 links beyond the first 200,000 of a page were not looked at",
        "warning: /m099.xml: 3 sitemaps beyond the first 100 were not read",
    ]


def test_a_portal_that_is_down_is_left_alone_after_twenty_pages(tmp_path: Path) -> None:
    site = numbered_portal(100)
    with portal(site, faults={path: lambda request, count: Answer(403) for path in list(site)[1:]}) as here:
        outcome = fetched(here, tmp_path, concurrency=1)
        assert len(here.asked) == 23  # robots, index, sitemap, and twenty pages
    assert told(outcome)[0] == f"error: {ROOT}: stopped: 20 pages in a row failed, 80 were not asked for"


# What is refused


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(200, b"<html><body><h1>\xb0\xa1</h1></body></html>", HTML), "is not UTF-8 text"),
        (Answer(200, "<h1>가</h1>".encode("utf-16"), HTML), "is not UTF-8 text"),
        (Answer(200, b"<html><body><p>Sign in</p></body></html>", HTML), "has no title heading"),
        (Answer(200, b"<html><body><main><h1>a</h1><p>", HTML), "its main element does not end"),
        (Answer(200, b"", HTML), "the page is empty"),
        (Answer(200, b"%PDF-1.7", {"Content-Type": "application/pdf"}), "is application/pdf, which is no page"),
        (Answer(200, b"x" * 70_000, HTML), "has more than 65536 bytes"),
        (
            Answer(200, gzip.compress(b"\0" * 50_000_000), GZIP),
            "has more than 65536 bytes",
        ),
        (Answer(200, zlib.compress(b"a"), GZIP), "the compressed body is damaged"),
        (Answer(200, gzip.compress(small_page(1)) * 9, GZIP), None),
        (Answer(200, b"a", {"Content-Encoding": "br", **HTML}), "encoded as br, which was not asked for"),
        (Answer(304), "answered 304"),
        (Answer(204), "answered 204"),
    ],
)
def test_a_page_that_lies_is_one_line_and_the_others_go_on(tmp_path: Path, answer: Answer, what: str | None) -> None:
    with portal(numbered_portal(5), faults={PAGE: lambda request, count: answer}) as here:
        outcome = fetched(here, tmp_path, limits=Limits(page_bytes=65536))
    (line,) = told(outcome) or ["nothing"]
    assert line.startswith(f"error: {PAGE}") if what else line == "nothing"
    assert (what or "") in line
    assert outcome.new == (4 if what else 5)
    assert [name for name in kept(tmp_path) if name.rpartition("/")[2].startswith(".")] == []


def test_bytes_in_another_encoding_are_located(tmp_path: Path) -> None:
    data = b"<html><body>\n<main><h1>A</h1>\n<p>" + "가".encode("euc-kr") + b"</p></main></body></html>"
    with portal({**numbered_portal(2), PAGE: data}, headers={PAGE: HTML}) as here:
        (found,) = fetched(here, tmp_path).diagnostics
    assert (found.origin.line, found.message) == (
        3,
        "byte 33 is not UTF-8 text: the page is in another encoding, or damaged",
    )


def test_utf8_under_another_name_is_read_as_what_it_is_and_said(tmp_path: Path) -> None:
    data = small_page(1, text="가")
    with portal(
        {**numbered_portal(2), PAGE: data}, headers={PAGE: {"Content-Type": "text/html; charset=EUC-KR"}}
    ) as here:
        assert told(fetched(here, tmp_path)) == [
            f"warning: {PAGE}: calls its text euc-kr; it was read as the UTF-8 that it is"
        ]
    assert "가".encode() in kept(tmp_path)["en/c/s1.html"]


@pytest.mark.parametrize(
    ("length", "what"),
    [(-30, r"the page is cut: its main element does not end"), (30, r"the connection failed: .* \(3 attempts\)")],
)
def test_a_wrong_length_harms_no_page_but_its_own(tmp_path: Path, length: int, what: str) -> None:
    body = small_page(1)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body) + length}\r\n\r\n"
    wrong = Answer(raw=head.encode() + body, stay=length < 0)
    with portal(numbered_portal(30), faults={PAGE: lambda request, count: wrong}) as here:
        outcome = fetched(here, tmp_path, concurrency=1)
    (line,) = told(outcome)
    assert re.fullmatch(rf"error: {PAGE}: {what}|error: {PAGE}:1: {what}", line)
    assert outcome.new == 29


# What is never asked

HERE = Site(scheme="https", host="docs.example", port=443)


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/a/b/", "/a/b/"),
        ("c/", "/base/c/"),
        ("../x/./y/../z", "/x/z"),
        ("https://docs.example/a", "/a"),
        ("https://DOCS.example:443/a#b", "/a"),
        ("https://docs.example./a", "/a"),
        ("//docs.example/a", "/a"),
        ("?", "/base/"),
        ("", "/base/"),
        ("#top", "/base/"),
        ("/한글/", "/%ED%95%9C%EA%B8%80/"),
        ("/%ed%95%9c/%7euser/", "/%ED%95%9C/~user/"),
        ("/a/%2e%2e/%2E%2e/../b", "/b"),
        ("/../../etc/passwd", "/etc/passwd"),
        ("https://docs.example.evil/a", Alien.HOST),
        ("https://evil.example/https://docs.example/", Alien.HOST),
        ("https://docs.example@evil.example/", Alien.ODD),
        ("https://user:secret@docs.example/", Alien.ODD),
        ("https://docs.example:8443/a", Alien.HOST),
        ("https://docs.example:0/a", Alien.HOST),
        ("https://docs.example:99999/a", Alien.ODD),
        ("http://docs.example/a", Alien.SCHEME),
        ("http://docs.example:443/a", Alien.SCHEME),
        ("//evil.example/a", Alien.HOST),
        ("///evil.example/a", Alien.ODD),
        ("/\\evil.example/a", Alien.ODD),
        ("https:\\\\evil.example\\a", Alien.ODD),
        ("https://docs\u3002example/a", Alien.HOST),
        ("https://dоcs.example/a", Alien.HOST),
        ("https://ｄｏｃｓ.example/a", Alien.HOST),
        ("https://[::1]/a", Alien.HOST),
        ("https://[docs.example/a", Alien.ODD),
        ("https:///a", Alien.ODD),
        ("https:a", Alien.ODD),
        ("file:///etc/passwd", Alien.SCHEME),
        ("javascript:alert(1)", Alien.SCHEME),
        ("data:text/html,x", Alien.SCHEME),
        ("mailto:a@docs.example", Alien.SCHEME),
        ("/a%2fb", Alien.ODD),
        ("/a%5cb", Alien.ODD),
        ("/a%00b", Alien.ODD),
        ("/a%0d%0aHost:evil", Alien.ODD),
        ("/a%", Alien.ODD),
        ("/a%zz", Alien.ODD),
        ("/a%ff", Alien.ODD),
        ("/a\r\nHost: evil", Alien.ODD),
        ("/a b", Alien.ODD),
        ("/a//b", Alien.ODD),
        ("/a?b=c", Alien.QUERY),
        ("/" + "a" * 151, Alien.ODD),
        ("/" + "a/" * 1500, Alien.ODD),
    ],
)
def test_links_lead_to_a_path_of_the_host_or_nowhere(link: str, path: str | Alien) -> None:
    assert resolve(link, "/base/", HERE) == path


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("http://docs.example/a/", "http is for this machine only"),
        ("ftp://docs.example/a/", "is not an address"),
        ("https:///a/", "is not an address"),
        ("https://user@docs.example/a/", "with a user, a query or a fragment"),
        ("https://docs.example/a/?b", "with a user, a query or a fragment"),
        ("https://docs.example:99999/", "is not an address"),
        ("https://docs.example/a%2f", "the path is malformed"),
        ("http://127.0.0.1.docs.example/", "http is for this machine only"),
        ("http://localhost.docs.example/", "http is for this machine only"),
    ],
)
def test_an_address_that_is_not_taken_says_why(address: str, what: str) -> None:
    with pytest.raises(ApiscribeError, match=what):
        open_site(address)


def test_a_host_in_other_letters_is_asked_by_its_ascii_name() -> None:
    assert open_site("https://Dócs.example/a")[0] == Site(scheme="https", host="xn--dcs-gna.example", port=443)
    assert open_site("http://[::1]:8080/")[0].origin == "http://[::1]:8080"


REDIRECTS = [
    ("/en/apireference/c/s2/", "warning: {}: redirects to /en/apireference/c/s2/: the page has moved"),
    ("http://127.0.0.1:9/en/apireference/c/s2/", "error: {}: redirects to another host, which is not followed"),
    ("//evil.example/", "error: {}: redirects to another host, which is not followed"),
    ("https://127.0.0.1/", "error: {}: redirects with another scheme, which is not followed"),
    ("file:///etc/passwd", "error: {}: redirects with another scheme, which is not followed"),
    ("/login/", "error: {}: redirects out of the reference, which is not followed"),
    ("/en/apireference/c/s2/?next=1", "error: {}: redirects with a query, which is not followed"),
    ("", "error: {}: redirects more than 5 times"),
    ("/en/apireference/c/s1/", "error: {}: redirects more than 5 times"),
]


@pytest.mark.parametrize(("target", "line"), REDIRECTS)
@pytest.mark.parametrize("status", [301, 308])
def test_redirects_stay_below_the_reference(tmp_path: Path, target: str, line: str, status: int) -> None:
    moved = Answer(status, b"", {"Location": target})
    with portal({**numbered_portal(4), "/login/": small_page(9)}, faults={PAGE: lambda request, count: moved}) as here:
        outcome = fetched(here, tmp_path)
    assert len(told(outcome)) == 1
    assert told(outcome)[0].startswith(line.format(PAGE))
    assert sorted(kept(tmp_path)) == ["en/c/s0.html", "en/c/s2.html", "en/c/s3.html"]


def test_a_redirect_that_adds_a_slash_is_the_same_page_and_remembered(tmp_path: Path) -> None:
    site = numbered_portal(2)
    site[ROOT] = menu_page("Reference", [f"{ROOT}c/s0/", f"{ROOT}c/s1"])
    bare = f"{ROOT}c/s1"
    with portal(site, faults={bare: lambda request, count: Answer(301, b"", {"Location": PAGE})}) as here:
        assert counts(fetched(here, tmp_path)) == {"new": 2}
        here.forget()
        assert counts(fetched(here, tmp_path)) == {"unchanged": 2}
        assert here.asked[bare] == 0
        assert here.asked[PAGE] == 1


ASTRAY = """
<base target=_top>
<a href="http://evil.example/en/apireference/c/x1/">1</a> <a href="//127.0.0.2/en/apireference/c/x2/">2</a>
<a href="http://127.0.0.1:9/en/apireference/c/x3/">3</a> <a href="http://u:p@127.0.0.1/en/apireference/c/x4/">4</a>
<a href="https://127.0.0.1/en/apireference/c/x5/">5</a> <a href='javascript:fetch("http://evil.example")'>6</a>
<img src=http://evil.example/a.png srcset="http://evil.example/b.png 2x"><link rel=stylesheet href=//evil.example/c.css>
<script src=http://evil.example/d.js></script><iframe src=http://evil.example/e></iframe>
<meta http-equiv=refresh content="0; url=http://evil.example/f"><form action=http://evil.example/g></form>
<a href=/en/apireference/c/../../../etc/passwd>7</a> <a href="/en/apireference/c/s1/?a=b">8</a> <a href=/style.css>9</a>
<!-- <a href=/en/apireference/c/hidden1/> --><script>"<a href=/en/apireference/c/hidden2/>"</script>
"""


def test_no_connection_is_opened_to_anything_but_the_portal(tmp_path: Path) -> None:
    site = numbered_portal(5)
    site["/robots.txt"] = (
        b"Sitemap: http://evil.example/map.xml\nSitemap: http://127.0.0.1:9/map.xml\nSitemap: /map.xml\n"
    )
    site["/map.xml"] = b"<urlset><url><loc>http://evil.example/en/apireference/c/s9/</loc></url></urlset>"
    site[ROOT] = (
        site[ROOT]
        .replace(b"</nav>", ASTRAY.encode() + b"</nav>")
        .replace(
            b"<head>",
            b"<head><link rel=alternate hreflang=ko href=http://evil.example/apireference/>"
            b"<link rel=canonical href=http://evil.example/>",
        )
    )
    site[f"{ROOT}c/s2/"] = small_page(2, links=ASTRAY)
    site[f"{ROOT}c/s3/"] = small_page(3, links="<a href=x>x</a>").replace(
        b"<head>", b"<head><base href=//evil.example/>"
    )
    moved = {f"{ROOT}c/s4/": lambda request, count: Answer(302, b"", {"Location": "http://127.0.0.1:9/"})}
    program = """
import sys
opened = []
def audit(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        opened.append((event, *map(str, arguments[-2:] if event == "socket.connect" else arguments[:2])))
sys.addaudithook(audit)
from pathlib import Path
from apiscribe.capture.fetch import Order, Store, fetch
order = Order(address=sys.argv[1], user_agent="t", language="both", concurrency=4)
outcome = fetch(order, Store(Path(sys.argv[2]), {}, write=True))
print(outcome.new, dict(outcome.alien))
print(sorted({item[-1] for item in opened if item[0] == "socket.connect"}))
print(sorted({item[1:] for item in opened if item[0] == "socket.getaddrinfo"}))
print(sorted({item[0] for item in opened} - {"socket.connect", "socket.getaddrinfo"}))
"""
    environment = {"HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9", "PATH": ""}
    with portal(site, faults=moved) as here:  # type: ignore[arg-type]
        command = [sys.executable, "-c", program, here.address, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        requests = here.forget()
    lines = done.stdout.splitlines()
    assert lines == [
        "4 {'malformed': 1, 'to a file that is no page': 1, 'to another host': 4, 'with a query': 1, "
        "'with another scheme': 2}",
        f"[\"('127.0.0.1', {here.server.port})\"]",
        "[]",
        "[]",
    ]
    assert {request.header("Host") for request in requests} == {here.server.host}
    asked = {request.target for request in requests}
    assert asked == {*site, KOREAN, "/ko/apireference/", "/ja/apireference/"}


def test_the_last_gate_stops_a_request_that_got_past_the_others() -> None:
    async def ask() -> None:
        site = Site(scheme="http", host="127.0.0.1", port=1)
        async with open_client(site, user_agent=AGENT, limits=Limits(), context=None) as client:
            await client.get("http://127.0.0.1:2/")

    with pytest.raises(FetchError, match="was stopped"):
        asyncio.run(ask())


def test_no_cookie_is_sent_back(tmp_path: Path) -> None:
    site = numbered_portal(5)
    with portal(site, headers={path: {"Set-Cookie": "a=b; Path=/"} for path in site}) as here:
        fetched(here, tmp_path)
        assert [request.header("Cookie") for request in here.forget() if request.header("Cookie")] == []


def test_an_unknown_authority_is_refused_and_a_named_one_trusted(tmp_path: Path) -> None:
    with tls_server(tmp_path) as (server, url):
        server.script = lambda request: Answer(200, small_page(1), HTML) if request.target[-1] == "/" else Answer(404)
        order = Order(address=f"{url}/en/", user_agent=AGENT, limits=QUICK, choice=Choice(include=("c/s1",)))
        with pytest.raises(ApiscribeError, match="CERTIFICATE_VERIFY_FAILED"):
            fetch(order, Store(tmp_path, {}, write=True))
        assert server.received == []
        trusting = replace(order, tls=ssl.create_default_context(cafile=tmp_path / "pair.pem"))
        assert fetch(trusting, Store(tmp_path, {}, write=True)).new == 1


# Time


@pytest.mark.parametrize(
    "text",
    ['<a "' * 1_000_000, "<a href=" * 500_000, "<!--" * 1_000_000, "<script>" * 500_000, "<a " + "x='" * 1_000_000],
    ids=["quotes", "values", "comments", "scripts", "attributes"],
)
def test_no_text_makes_the_search_for_links_slow(text: str) -> None:
    started = time.process_time()
    assert list(anchors(text)) == []
    assert time.process_time() - started < 10


def test_requests_start_apart() -> None:
    starts: list[float] = []

    async def one(pace: Pace) -> None:
        async with pace.turn():
            starts.append(asyncio.get_running_loop().time())

    async def run() -> None:
        pace = Pace(concurrency=3, delay=0.02)
        await asyncio.gather(*(one(pace) for _ in range(12)))

    asyncio.run(run())
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= 0.0199


def test_a_crawl_delay_of_robots_is_kept(tmp_path: Path) -> None:
    site = numbered_portal(4)
    site["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.1\n"
    started = time.monotonic()
    with portal(site) as here:
        fetched(here, tmp_path)
    assert time.monotonic() - started >= 0.5  # six requests after robots.txt


def test_cutting_a_kept_page_again_gives_the_same_bytes() -> None:
    whole = small_page(1, padding=999).decode().replace("<h1>", "\n<h1 class='a b'>\n\t")
    once = kept_part(page_text(whole.encode(), "x"), "text/html", "x")
    assert kept_part(page_text(once.data, "x"), None, "x") == once
