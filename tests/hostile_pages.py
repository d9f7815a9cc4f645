"""Hostile and broken pages, each by name, as bytes: floods, cuts, decoys, lies, and texts that are hard to read."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from .portal_pages import endpoint_page, image_store, models_print, service_print

SERVICE = image_store()
LIST, OLD_UPDATE, UPDATE, DELETE = SERVICE.endpoints
FORMS = {"a": "txt", "b": "md", "c": "md", "d": "html"}
MEGABYTE = 1024 * 1024
HEADER = b"| Name | Description | Schema | Default |\n|---|---|---|---|\n"
ERROR = b"<html><head><title>503</title></head><body><h1>503 Busy</h1></body></html>"
PROXY = b"<html><body><main><h1>Sign in</h1><form><input name=user></form></main></body></html>"


class HostilePage(NamedTuple):
    """A page that is to be refused with its place, or to be read right."""

    name: str
    file: str
    data: bytes


def hostile_pages(scale: float = 1.0) -> Iterator[HostilePage]:
    """Give every hostile page; with a smaller scale, floods are shorter."""

    def many(count: int) -> int:
        return max(1, int(count * scale))

    for name, file, data in (
        *_cuts(),
        *_floods(many),
        *_bytes(),
        *_markup(many),
        *_tables(),
        *_texts(many),
        *_samples(many),
        *_noise(),
    ):
        yield HostilePage(name, file, data)


_Pages = Iterator[tuple[str, str, bytes]]


def _html(body: str, title: str = "1.1") -> bytes:
    return f"<!doctype html><html lang=en><body><main><h1>{title}</h1>{body}</main></body></html>".encode()


def _page(form: str = "a", **changes: Any) -> bytes:
    return endpoint_page(SERVICE, replace(UPDATE, **changes), form)


def _cuts() -> _Pages:
    """Pages cut at lines and inside of them, in every form."""
    for form, suffix in FORMS.items():
        for kind, page in (("page", endpoint_page(SERVICE, LIST, form)), ("print", service_print(SERVICE, form))):
            for share in (0.03, 0.2, 0.4, 0.55, 0.7, 0.85, 0.97):
                yield f"{kind} cut at {share} in form {form}", f"x.{suffix}", page[: int(len(page) * share)]
        lines = endpoint_page(SERVICE, UPDATE, form).splitlines(keepends=True)
        for at in range(4, len(lines), max(1, len(lines) // 5)):
            yield f"cut after line {at} in form {form}", f"x.{suffix}", b"".join(lines[:at])
            yield f"without line {at} in form {form}", f"x.{suffix}", b"".join([*lines[:at], *lines[at + 1 :]])


def _floods(many: Callable[[int], int]) -> _Pages:
    """Much of one thing."""
    whole = service_print(SERVICE).decode()
    yield "240,000 paragraphs", "x.html", _html("<p>text</p>" * many(240_000))
    yield "240,000 paragraphs without ends", "x.html", _html("<p>text" * many(240_000))
    yield "240,000 breaks", "x.html", _html("<p>" + "a<br>" * many(240_000))
    yield "bullets", "x.html", _html("<ul>" + "<li>1: a" * many(240_000) + "</ul>")
    yield "nested elements", "x.html", _html("<div>" * many(200_000))
    yield "nested bullets in a cell", "x.html", _html("<table><tr><td>" + "<ul><li>a" * many(100_000) + "</table>")
    yield "nested hidden elements", "x.html", _html("<div hidden>" * many(200_000))
    yield "spans", "x.html", _html("<pre>" + "<span class=p>{</span>" * many(190_000) + "</pre>")
    yield "attributes", "x.html", _html("<p " + "a=b " * many(400_000) + ">")
    yield "styles", "x.html", _html("<p style='" + "a:b;" * many(300_000) + "'>x</p>" * 3)
    yield "entities", "x.html", _html("<p>" + "&lt;&#x41;&notit;&" * many(60_000))
    yield "entities without an end", "x.html", _html("<p>" + "&#" * many(400_000))
    yield "rows", "x.html", _html("<table><tr><th>a</th></tr>" + "<tr><td>b" * many(150_000) + "</table>")
    yield "cells", "x.html", _html("<table><tr>" + "<td>b" * many(300_000) + "</table>")
    yield "columns", "x.html", _html("<table><tr>" + "<th>b" * many(300_000) + "</table>")
    yield "a cell of many lines", "x.html", _html("<table><tr><td>" + "b<br>" * many(300_000) + "</table>")
    yield "numbered headings", "x.html", _html("".join(f"<h1>{at} - 1.1</h1>" for at in range(1, many(60_000))), "Name")
    yield "deep numbers", "x.html", _html(f"<h1>{'1.' * many(50_000)}1 - 1.1</h1>" * 9, "Name")
    yield "numbered lines", "x.txt", "Name\n\n{}".format(
        "\n\n".join(f"{at} - 1.1" for at in range(1, many(100_000)))
    ).encode()
    yield "headings as text", "x.txt", b"1.1\n\n" + b"Parameters\n\n" * many(100_000)
    yield "headings as Markdown", "x.md", b"1.1\n" + b"Parameters\n" * many(200_000)
    yield "states", "x.txt", b"1.1\n\nget /v1/x\n\nDescription\n\n" + b"State ACTIVE (CURRENT)\n\n" * many(100_000)
    yield "states before tables", "x.txt", b"1.1\n\nget /v1/x\n\nDescription\n\n" + (
        b"State ACTIVE (CURRENT)\n\nVersionSupported Until\n1.1-\n\n" * many(40_000)
    )
    yield "names and flags", "x.txt", _table_of("querya\noptional\n" * many(100_000))
    yield "flags", "x.txt", _table_of("optional\n" * many(240_000))
    yield "schemas", "x.txt", _table_of("querya\noptional\n" + "string\n" * many(240_000))
    yield "rows of text", "x.txt", _table_of(
        "".join(f"queryq{at}\noptional\nq\nstringNone\n" for at in range(many(60_000)))
    )
    yield "rows of Markdown", "x.md", _markdown_table("| query | q optional | q | string | None |\n" * many(100_000))
    yield "torn rows", "x.md", _markdown_table("| query | q optional | q\n" * many(200_000))
    yield "pipes", "x.md", _markdown_table("| query | q optional | " + "| " * many(200_000))
    yield "header rows", "x.md", b"1.1\nget /v1/x\n" + HEADER * many(60_000)
    yield "models", "x.txt", b"Models\n\n" + b"".join(
        f"{at} - M{at}\n\nNameDescriptionSchemaDefault\n\n".encode() for at in range(1, many(60_000))
    )
    yield "contents", "x.md", b"Models\n" + b"- 1: A\n" * many(200_000)
    yield "one line", "x.txt", b"1.1" * MEGABYTE
    yield "blank lines", "x.txt", b"1.1" + b"\n" * many(240_000) + b"x"
    yield "blanks", "x.txt", b"1.1\n\n" + b" " * (MEGABYTE - 1) + b"x"
    yield "carriage returns", "x.txt", whole.replace("\n", "\r").encode()
    yield "pages in a page", "x.txt", (whole + "\n\n").encode() * 40


def _table_of(rows: str) -> bytes:
    return f"1.1\n\nget /v1/x\n\nParameters\n\nTypeNameDescriptionSchemaDefault\n{rows}".encode()


def _markdown_table(rows: str) -> bytes:
    head = "| Type | Name | Description | Schema | Default |\n|---|---|---|---|---|\n"
    return f"1.1\nget /v1/x\nParameters\n{head}{rows}".encode()


def _bytes() -> _Pages:
    """What is no text, or another text than it seems."""
    page = _page()
    for at in (0, 3, 200, len(page) - 1):
        yield f"NUL at {at}", "x.txt", page[:at] + b"\0" + page[at:]
        yield f"a broken sequence at {at}", "x.txt", page[:at] + b"\xed\xa0\x80" + page[at:]
        yield f"a lone byte at {at}", "x.html", _page("d")[:at] + b"\xff" + _page("d")[at:]
    yield "UTF-16", "x.txt", page.decode().encode("utf-16")
    yield "Korean code page", "x.txt", endpoint_page(SERVICE, UPDATE, "a", "ko").decode().encode("cp949")
    yield "an image", "x.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    yield "an archive", "x.txt", b"PK\x03\x04" + random.Random(1).randbytes(4000)
    yield "a byte order mark", "x.txt", b"\xef\xbb\xbf" + page
    yield "two byte order marks", "x.txt", b"\xef\xbb\xbf" * 2 + page
    for name, char in (("bidi", "\u202e"), ("isolate", "\u2066"), ("zero width", "\u200b"), ("separator", "\u2028")):
        for what in ("image_id", "/v1/images", "Image\n", "image-store", "CURRENT"):
            yield f"{name} in {what.strip()}", "x.txt", page.decode().replace(what, what[:3] + char + what[3:]).encode()


def _markup(many: Callable[[int], int]) -> _Pages:
    """Markup that ends late, never, twice or somewhere else."""
    page = _page("d").decode()
    for name, what in {
        "comment": "<!--",
        "declaration": "<![CDATA[",
        "processing": "<?",
        "script": "<script>",
        "textarea": "<textarea>",
        "quoted value": '<p x="',
        "single quoted value": "<p x='",
        "tag": "<p ",
        "end tag": "</p ",
        "table": "<table><tr><td>",
        "row": "<tr>",
        "cell": "<td>",
        "code": "<pre>",
        "template": "<template>",
        "hidden": "<div style='display : none'>",
        "main": "</main>",
        "title": "<h1>1.1</h1>",
        "head": "<head><title>",
    }.items():
        yield f"an open {name}", "x.html", page.replace("<h2 id=responses>", f"{what}<h2 id=responses>").encode()
        yield f"many open {name}s", "x.html", page.replace("<h2 id=responses>", what * many(60_000)).encode()
        yield f"{name}s before all", "x.html", (what * many(150_000) + page).encode()
    yield "a page in a comment", "x.html", f"<!doctype html><!-- {page} -->".encode()
    yield "a page in a value", "x.html", f"<!doctype html><a title='{page}'>".encode()
    yield "a page in a script", "x.html", f"<!doctype html><script>{page}</script>".encode()
    yield "a hidden page", "x.html", page.replace("<main role=main>", "<main><template>").encode()
    yield "an error of the server", "x.html", ERROR
    yield "a page of a proxy", "x.html", PROXY


def _tables() -> _Pages:
    """Tables that contradict themselves or each other."""
    path = ("path", "image_id", "required", ["Image", "Example : 7"], "string", "None")
    for form, suffix in FORMS.items():
        yield f"a name twice in form {form}", f"x.{suffix}", _page(form, rows=[path, (*path[:4], "integer", "None")])
        yield f"a row twice in form {form}", f"x.{suffix}", _page(form, rows=[path, path, UPDATE.rows[1]])
        yield f"no row for the path in form {form}", f"x.{suffix}", _page(form, rows=[UPDATE.rows[1]])
        yield f"two bodies in form {form}", f"x.{suffix}", _page(form, rows=[path, UPDATE.rows[1], UPDATE.rows[1]])
        yield f"no responses in form {form}", f"x.{suffix}", _page(form, responses=[])
        yield f"a status twice in form {form}", f"x.{suffix}", _page(
            form, responses=[("200", "OK", "A"), ("200", "OK", "B")]
        )
        yield f"an unknown status in form {form}", f"x.{suffix}", _page(form, responses=[("999", "Odd", "None")])
        yield f"an unknown state in form {form}", f"x.{suffix}", _page(form, status="MAYBE")
        yield f"no date in form {form}", f"x.{suffix}", _page(form, until="20269999")
        yield f"a model twice in form {form}", f"m.{suffix}", models_print(SERVICE, form) + models_print(SERVICE, form)


def _texts(many: Callable[[int], int]) -> _Pages:
    """Cells that are long, deep, or hard on an expression that reads them."""
    cells = {
        "deep arrays": "array[" * many(50_000) + "string" + "]" * many(50_000),
        "deep anys": "any of [" * many(50_000),
        "open arrays": "array[" * many(100_000),
        "many alternatives": f"any of [{', '.join(['string'] * many(50_000))}]",
        "many values": f"enum ({', '.join(map(str, range(many(100_000))))})",
        "open values": "enum (" + "(" * many(200_000),
        "long name": "A" * many(300_000),
        "long format": f"string ({'a' * many(300_000)})",
        "blanks": "string" + " " * many(300_000) + "x",
        "unknown": "map<string, string>",
    }
    for name, cell in cells.items():
        for form, suffix in FORMS.items():
            row = ("query", "q", "optional", ["q", "Example : 1"], cell, "None")
            yield f"{name} in form {form}", f"x.{suffix}", _page(form, rows=[UPDATE.rows[0], row, UPDATE.rows[1]])
    descriptions = {
        "labels": "Example : " * many(60_000),
        "glued labels": "Example : " + "Minimum : 1" * many(60_000),
        "glued patterns": "Example : " + "Pattern : a" * many(60_000),
        "a bound of many digits": "Example : 1\nMinimum : " + "9" * many(100_000),
        "catastrophe": "Example : a\nPattern : ^(a+)+$" + "(" * many(5_000),
        "brackets": "<" * many(200_000),
        "placeholder": "{a." + "a." * many(100_000) + "notes}",
    }
    for name, text in descriptions.items():
        for form, suffix in FORMS.items():
            row = ("query", "q", "optional", text.split("\n"), "string", "None")
            yield f"{name} in form {form}", f"x.{suffix}", _page(form, rows=[UPDATE.rows[0], row, UPDATE.rows[1]])
    defaults = {
        "digits": "9" * many(500_000),
        "a power": "9**9**9**9",
        "brackets": "[" * many(100_000),
        "signs": "-" * many(100_000) + "1",
        "a call": "__import__('os').system('false')",
        "nested lists": "[" * 90 + "]" * 90,
        "infinity": "1e999",
        "surrogate": "'\\ud800'",
    }
    for name, text in defaults.items():
        row = ("query", "q", "optional", ["q", "Example : 1"], "any of [integer, array[object], null]", text)
        yield f"default of {name}", "x.txt", _page(rows=[UPDATE.rows[0], row, UPDATE.rows[1]])
        yield f"default of {name} in Markdown", "x.md", _page("b", rows=[UPDATE.rows[0], row, UPDATE.rows[1]])


def _samples(many: Callable[[int], int]) -> _Pages:
    """Examples that are no JSON, or too much of it."""
    samples = {
        "an open object": '{"a": ',
        "deep": "[" * many(100_000),
        "balanced and deep": "[" * many(50_000) + "]" * many(50_000),
        "not a number": '{"a": NaN}',
        "many digits": '{"a": ' + "9" * many(500_000) + "}",
        "an exponent": '{"a": 1e999999}',
        "a key twice": '{"a": 1, "a": 2}',
        "many keys": "{" + ",\n".join(f'"k{at}": {at}' for at in range(many(60_000))) + "}",
        "half a pair": '{"a": "\\ud800"}',
        "an open text": '{"a": "' + "\\" * many(200_001),
        "many texts": "[" + ",\n".join(['"a"'] * many(120_000)) + "]",
        "a comment": "{} // done",
        "two values": "{} {}",
    }
    page = _page().decode()
    start, end = page.index('{\n    "name"'), page.index("\n\nExample HTTP response")
    for name, sample in samples.items():
        yield f"an example of {name}", "x.txt", (page[:start] + sample + page[end:]).encode()


def _noise() -> _Pages:
    """Pages with what chance put into them, always the same."""
    chance = random.Random(20_261_124)
    marks = [
        "<",
        ">",
        "&",
        '"',
        "|",
        "\n",
        "\n\n",
        "array[",
        "1.1.1 - 1.1",
        "required",
        "\u202e",
        "</main>",
        "|---|",
        "{",
    ]
    for at in range(24):
        form = chance.choice([*FORMS])
        page = service_print(SERVICE, form).decode()
        for _ in range(1 + at):
            where = chance.randrange(len(page))
            page = page[:where] + chance.choice(marks) + page[where + chance.randrange(30) :]
        yield f"noise {at} in form {form}", f"x.{FORMS[form]}", page.encode()
