"""A portal on loopback: an index with its menu, pages with validators, ranges and compression, and faults on demand."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.loopback import Answer, Loopback, Received
from tests.portal_pages import Service, endpoint_page, image_store, model_page

ROOT = "/en/apireference/"
KOREAN = "/apireference/"
Fault = Callable[[Received, int], Answer | None]


def menu_page(title: str, links: list[str], language: str = "en", twin: str = "") -> bytes:
    """A page of nothing but a menu: the index."""
    menu = "".join(f"<li><a class=td-sidebar-link href={link}><span>x</span></a></li>" for link in links)
    alternate = f"<link rel=alternate hreflang={'ko' if language == 'en' else 'en'} href={twin}>" if twin else ""
    return (
        f"<!doctype html><html lang={language}><head><title>{title}</title>{alternate}</head><body><nav><ul>{menu}</ul>"
        f"</nav><main><h1>{title}</h1><p>All of it.</p></main></body></html>"
    ).encode()


def small_page(number: int, *, padding: int = 0, text: str = "", links: str = "") -> bytes:
    """A page whose content is small, behind a menu of any size."""
    menu = "<li><a href=/en/apireference/c/s0/ id=x>x</a></li>" * (padding // 50 + 1 if padding else 0)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Page {number}</title>"
        f"<link rel=canonical href=https://docs.example.com/en/apireference/c/s{number}/></head><body><nav>{menu}</nav>"
        f"<main><h1>Page {number}</h1><p>Text {number} {text}</p>{links}</main></body></html>"
    ).encode()


@dataclass
class Portal:
    """Pages by path, and what goes wrong with them: a fault sees the request and how often the path was asked for."""

    pages: dict[str, bytes]
    faults: dict[str, Fault] = field(default_factory=dict)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    validators: bool = True
    compress: bool = False
    ranges: bool = False
    asked: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    server: Loopback = field(init=False)

    def answer(self, request: Received) -> Answer:
        """Answer as a portal does."""
        path = request.target
        self.asked[path] += 1
        fault = self.faults.get(path) or self.faults.get("*")
        answer = fault(request, self.asked[path]) if fault else None
        answer = answer or self.page(request)
        self.sent += len(answer.body)
        return answer

    def page(self, request: Received) -> Answer:
        """Answer with a page as it is."""
        data = self.pages.get(request.target)
        if data is None:
            return Answer(404, b"<html><body><main><h1>Not found</h1></main></body></html>")
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        headers = {"Content-Type": "text/html; charset=utf-8", **self.headers.get(request.target, {})}
        if self.validators:
            headers = {"ETag": tag, "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT", **headers}
            if request.header("If-None-Match") == tag:
                return Answer(304, b"", {"ETag": tag})
        if self.ranges:
            headers["Accept-Ranges"] = "bytes"
            found = re.fullmatch(r"bytes=(\d*)-(\d*)", request.header("Range") or "")
            if found and request.header("If-Range") in (None, tag):
                first = int(found[1]) if found[1] else max(0, len(data) - int(found[2]))
                last = min(int(found[2]), len(data) - 1) if found[1] and found[2] else len(data) - 1
                headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
                return Answer(206, data[first : last + 1], headers)
        if self.compress and "gzip" in (request.header("Accept-Encoding") or ""):
            return Answer(200, gzip.compress(data, 1), {**headers, "Content-Encoding": "gzip"})
        return Answer(200, data, headers)

    @property
    def address(self) -> str:
        """The address of the English reference."""
        return f"{self.server.url}{ROOT}"

    def forget(self) -> list[Received]:
        """Give the requests so far, and count anew."""
        requests = list(self.server.received)
        self.server.received.clear()
        self.asked.clear()
        self.sent = 0
        return requests


@contextmanager
def portal(pages: dict[str, bytes], **options: object) -> Iterator[Portal]:
    """Serve a portal."""
    here = Portal(pages, **options)  # type: ignore[arg-type]
    here.server = Loopback(here.answer)
    try:
        yield here
    finally:
        here.server.close()


def numbered_portal(count: int, *, padding: int = 0) -> dict[str, bytes]:
    """An English portal of so many small pages."""
    pages = {f"{ROOT}c/s{number}/": small_page(number, padding=padding) for number in range(count)}
    return {ROOT: menu_page("Reference", list(pages)), **pages}


def service_portal(service: Service | None = None) -> dict[str, bytes]:
    """A portal of one real service, in two languages."""
    service = service or image_store()
    pages: dict[str, bytes] = {}
    for language, root, twin in (("en", ROOT, KOREAN), ("ko", KOREAN, ROOT)):
        base = f"{root}category/{service.name}"
        mine = {
            f"{base}/apis/{one.slug}/{one.version}/": endpoint_page(service, one, "d", language)
            for one in service.endpoints
        }
        mine |= {f"{base}/models/{name.lower()}/": model_page(service, name, "d", language) for name in service.models}
        pages |= mine
        pages[root] = menu_page("Reference", list(mine), language, twin)
    return pages


def dropped(after: bytes, length: int, **headers: str) -> Answer:
    """An answer that promises so many bytes, sends some, and drops the connection."""
    lines = [
        f"HTTP/1.1 200 OK\r\nContent-Length: {length}",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return Answer(raw="\r\n".join([*lines, "", ""]).encode() + after)
