"""Pages of an invented service in the portal's forms, written from plain data and sharing nothing with the reader."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from apiscribe import capture

PROFILE = capture.open_profile("samsungcloud")
HOST = "https://docs.example.com"
STATE = {"en": "State", "ko": "상태"}
VERSION = {"en": ("Version", "Supported Until"), "ko": ("버전", "최소 지원 보장일")}
PARAMETERS = ("Type", "Name", "Description", "Schema", "Default")
RESPONSES = ("HTTP Code", "Description", "Schema")
FIELDS = ("Name", "Description", "Schema", "Default")
NOTICE = (
    "This is the multi-page printable view of this section. Click here to print.",
    "Return to the regular view of this page.",
)


@dataclass
class Endpoint:
    """One version of one operation; rows are (location, name, flag, description lines, schema, default)."""

    name: str
    method: str
    path: str
    version: str = "1.1"
    status: str = "CURRENT"
    until: str = "-"
    description: str = "Does what its name says"
    note: str = ""
    rows: list[tuple[str, str, str, list[str], str, str]] = field(default_factory=list)
    body: Any = None
    responses: list[tuple[str, str, str]] = field(default_factory=lambda: [("200", "OK", "None")])
    samples: dict[str, Any] = field(default_factory=dict)
    query: str = ""

    @property
    def slug(self) -> str:
        return self.name.lower()


@dataclass
class Service:
    """A service: endpoints, models as name to rows (name, flag, description lines, schema, default), hosts."""

    name: str
    title: str
    endpoints: list[Endpoint]
    models: dict[str, list[tuple[str, str, list[str], str, str]]] = field(default_factory=dict)
    server: str = "https://{service}.{region}.{environment}.samsungsdscloud.com"
    regions: list[tuple[str, str]] = field(default_factory=lambda: [("e", "kr-west1"), ("e", "kr-east1")])


class Text:
    """Writes form A."""

    suffix = ".txt"

    def __init__(self, language: str) -> None:
        self.language = language
        self.lines: list[str] = []

    def title(self, text: str) -> None:
        self.lines += [text, ""]

    heading = sub = title

    def notice(self) -> None:
        if self.language == "en":
            self.lines += [line for text in NOTICE for line in (text, "")]

    def paragraph(self, text: str) -> None:
        self.lines += [*text.split("\n"), ""]

    def state(self, text: str) -> None:
        self.paragraph(f"{STATE[self.language]} {text}")

    def table(self, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        self.lines.append("".join(columns))
        for row in rows:
            if columns in (PARAMETERS, FIELDS):
                *location, name, flag, description, schema, default = row
                self.lines += ["".join([*location, name]), flag, *(description or [""]), f"{schema}{default}"]
            else:
                self.lines.append("".join(row))
        self.lines.append("")

    def code(self, text: str) -> None:
        self.lines += [*text.split("\n"), ""]

    def contents(self, names: list[str]) -> None:
        pass

    def finish(self, address: str, title: str) -> bytes:
        return "\n".join(self.lines).rstrip("\n").encode()


class Markdown(Text):
    """Writes form B: cells between pipes, labels of a description glued, empty cells lost at some places."""

    suffix = ".md"
    rule = "---|"

    def title(self, text: str) -> None:
        self.lines.append(text)

    heading = sub = title

    def notice(self) -> None:
        self.lines.append(NOTICE[0])

    def paragraph(self, text: str) -> None:
        self.lines += [line for line in text.split("\n") if line]

    def table(self, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        self.lines += [self.row(*columns), "|" + "---|" * len(columns)]
        for row in rows:
            if columns not in (PARAMETERS, FIELDS):
                self.lines.append(self.row(*row))
                continue
            *location, name, flag, description, schema, default = row
            cells = [*location, f"{name} {flag}", *([glued(description)] if description else []), schema]
            loses_default = not default and (location == ["body"] or (columns == FIELDS and row is rows[-1]))
            self.lines.append(self.row(*cells, *([] if loses_default else [default])))

    def row(self, *cells: str) -> str:
        return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"

    def code(self, text: str) -> None:
        self.lines += [line.strip() for line in text.split("\n")]

    def contents(self, names: list[str]) -> None:
        self.lines += [f"- {name.replace(' - ', ': ', 1)}" for name in names]


class Lossy(Markdown):
    """Writes form C; `lost` names the tables, by a column, and the headings that it leaves out."""

    def __init__(self, language: str, lost: frozenset[str] = frozenset()) -> None:
        super().__init__(language)
        self.lost = lost

    def notice(self) -> None:
        pass

    def state(self, text: str) -> None:
        self.lines += [STATE[self.language], text]

    def heading(self, text: str) -> None:
        if text not in self.lost:
            self.lines.append(text)

    def sub(self, text: str) -> None:
        hidden = text == "Request header" or (re.match(r"[\d.]+ - ", text) and "operations" in self.lost)
        if not hidden or re.search(r" - [\d.]+$|^2\.", text):
            self.lines.append(text)

    def table(self, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        if self.lost & set(columns[:1]):
            return
        self.lines += [self.row(*columns), "|---|"]
        for row in rows:
            if columns not in (PARAMETERS, FIELDS):
                self.lines.append(self.row(*row))
                continue
            *location, name, flag, description, schema, default = row
            first = self.row(*location, f"{name} {flag}")
            self.lines += [f"{first} {glued(description)}".rstrip(), self.row(schema, default)]

    def contents(self, names: list[str]) -> None:
        pass


def glued(description: list[str]) -> str:
    """A description cell in Markdown: the text and its example after blanks, further labels without any."""
    labels = [index for index, line in enumerate(description) if line.startswith("Example :")]
    start = labels[0] if labels else len(description)
    example = "".join(description[start:]).replace("Example :P", "Example : P").replace("Example :M", "Example : M")
    return " ".join([*description[:start], *([example] if example else [])])


class Html:
    """Writes form D."""

    suffix = ".html"

    def __init__(self, language: str) -> None:
        self.language = language
        self.parts: list[str] = []
        self.pageinfo = ""

    def title(self, text: str) -> None:
        self.parts.append(f"<h1 class=title>{html.escape(text)}</h1>")

    def heading(self, text: str) -> None:
        name = text.lower().replace(" ", "-")
        self.parts.append(
            f"<h2 id={name}>{html.escape(text)}<a class=self-link href=#{name} aria-label=self-link></a></h2>"
        )

    def sub(self, text: str) -> None:
        self.parts.append(self._numbered(text) if re.match(r"\d", text) else f"<h3>{html.escape(text)}</h3>")

    def _numbered(self, text: str) -> str:
        return f'<div class=td-content style="page-break-before:always"><h1 id=pg-1>{html.escape(text)}</h1></div>'

    def notice(self) -> None:
        self.pageinfo = f'<div class="pageinfo d-print-none"><p>{NOTICE[0]}</p><p>{NOTICE[1]}</p></div>'

    def paragraph(self, text: str) -> None:
        self.parts.append("<p>" + "<br>".join(html.escape(line) for line in text.split("\n")) + "</p>")

    def state(self, text: str) -> None:
        self.parts.append(
            f"<p><strong>{STATE[self.language]}</strong> <span class=badge>{html.escape(text)}</span></p>"
        )

    def table(self, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
        body = "".join(f"<tr>{self._cells(columns, row)}</tr>" for row in rows)
        self.parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")

    def _cells(self, columns: tuple[str, ...], row: tuple[Any, ...]) -> str:
        if columns not in (PARAMETERS, FIELDS):
            return "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
        *location, name, flag, description, schema, default = row
        cells = [html.escape(cell) for cell in location]
        cells.append(f"{html.escape(name)}<br><em>{flag}</em><br>")
        cells.append("<br>".join(html.escape(line) for line in description) + "<br>")
        cells += [f"<a href=/models/x/>{html.escape(schema)}</a>", html.escape(default)]
        return "".join(f"<td>{cell}</td>" for cell in cells)

    def code(self, text: str) -> None:
        spans = "\n".join(
            f"<span class=line><span class=cl>{self._tokens(line)}</span></span>" for line in text.split("\n")
        )
        self.parts.append(f"<div class=highlight><pre tabindex=0 class=chroma><code>{spans}\n</code></pre></div>")

    def _tokens(self, line: str) -> str:
        return "".join(f"<span class=s2>{html.escape(part)}</span>" for part in re.split(r"( |:)", line))

    def contents(self, names: list[str]) -> None:
        items = "".join(f"<li>{name.replace(' - ', ': <a href=#x>', 1)}</a></li>" for name in map(html.escape, names))
        self.parts.append(f"<ul>{items}</ul>")

    def finish(self, address: str, title: str) -> bytes:
        base = HOST + ("/en" if self.language == "en" else "")
        return (
            f"<!doctype html><html lang={self.language}><head><title>{html.escape(title)}</title>"
            f"<link rel=canonical href={base}/apireference/{address}/></head><body><aside><nav>menu<h1x></nav></aside>"
            f"<main role=main><nav><ol><li>crumbs</li></ol></nav><div class=td-content>{self.pageinfo}"
            f"{''.join(self.parts)}</div></main><footer>foot</footer></body></html>"
        ).encode()


def writer(form: str, language: str, lost: frozenset[str] = frozenset()) -> Text | Html:
    if form == "c":
        return Lossy(language, lost)
    return {"a": Text, "b": Markdown, "d": Html}[form](language)


def endpoint_page(
    service: Service,
    endpoint: Endpoint,
    form: str = "a",
    language: str = "en",
    lost: frozenset[str] = frozenset(),
) -> bytes:
    out = writer(form, language, lost)
    out.title(endpoint.version)
    out.paragraph(endpoint.version)
    _endpoint(out, service, endpoint)
    return out.finish(f"category/{service.name}/apis/{endpoint.slug}/{endpoint.version}", endpoint.version)


def model_page(service: Service, name: str, form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.title(name)
    out.table(FIELDS, list(service.models[name]))
    return out.finish(f"category/{service.name}/models/{name.lower()}", name)


def models_print(service: Service, form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.notice()
    out.title("Models")
    names = [f"{number} - {name}" for number, name in enumerate(sorted(service.models), 1)]
    out.contents(names)
    for heading in names:
        out.sub(heading)
        out.table(FIELDS, list(service.models[heading.partition(" - ")[2]]))
    return out.finish(f"category/{service.name}/models/_print", "Models")


def service_print(service: Service, form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.notice()
    out.title(service.title)
    parts = _numbered(service)
    out.contents([heading for heading, _ in parts])
    _overview(out, service)
    _print(out, service, parts)
    return out.finish(f"category/{service.name}/_print", service.title)


def apis_print(service: Service, form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.notice()
    out.title("APIs")
    parts = [(heading.removeprefix("1."), what) for heading, what in _numbered(service) if heading.startswith("1.")]
    out.contents([heading for heading, _ in parts])
    _print(out, service, parts)
    return out.finish(f"category/{service.name}/apis/_print", "APIs")


def endpoint_print(service: Service, name: str, form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.notice()
    out.title(name)
    mine = [what for _, what in _numbered(service) if isinstance(what, Endpoint) and what.name == name]
    parts: list[tuple[str, Endpoint | str | None]] = [(f"{at} - {one.version}", one) for at, one in enumerate(mine, 1)]
    out.contents([heading for heading, _ in parts])
    _print(out, service, parts)
    return out.finish(f"category/{service.name}/apis/{name.lower()}/_print", name)


def category_print(title: str, services: list[Service], form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.notice()
    out.title(title)
    parts = [(at, service, _numbered(service)) for at, service in enumerate(services, 1)]
    contents = []
    for at, service, numbered in parts:
        contents += [f"{at} - {service.title}", *(f"{at}.{heading}" for heading, _ in numbered)]
    out.contents(contents)
    for at, service, numbered in parts:
        out.sub(f"{at} - {service.title}")
        _overview(out, service)
        _print(out, service, [(f"{at}.{heading}", what) for heading, what in numbered])
    return out.finish("category/_print", title)


def title_page(service: Service, name: str, form: str = "a", language: str = "en") -> bytes:
    out = writer(form, language)
    out.title(name)
    mine = [endpoint for endpoint in service.endpoints if endpoint.name == name]
    out.table(VERSION[language], [(one.version, one.until) for one in mine])
    return out.finish(f"category/{service.name}/apis/{name.lower()}", name)


def _print(out: Text | Html, service: Service, parts: list[tuple[str, Endpoint | str | None]]) -> None:
    for heading, what in parts:
        out.sub(heading)
        if isinstance(what, Endpoint):
            _endpoint(out, service, what)
        elif what is not None:
            out.table(FIELDS, list(service.models[what]))


def _overview(out: Text | Html, service: Service) -> None:
    out.heading("Overview")
    out.paragraph(f"All about {service.title}.\nIn two lines.")
    out.heading("Version")
    out.table(("Version", "Status", "Supported Until"), [])
    out.heading("OpenAPI URL")
    out.paragraph(service.server.replace("{service}", service.name))
    out.heading("Environment and Region List")
    out.table(("environment", "region"), list(service.regions))


def _numbered(service: Service) -> list[tuple[str, Endpoint | str | None]]:
    parts: list[tuple[str, Endpoint | str | None]] = [("1 - APIs", None)]
    for number, name in enumerate(sorted({endpoint.name for endpoint in service.endpoints}), 1):
        parts.append((f"1.{number} - {name}", None))
        mine = [endpoint for endpoint in service.endpoints if endpoint.name == name]
        mine.sort(key=lambda item: [int(part) for part in item.version.split(".")], reverse=True)
        parts += [(f"1.{number}.{at} - {one.version}", one) for at, one in enumerate(mine, 1)]
    parts.append(("2 - Models", None))
    parts += [(f"2.{number} - {name}", name) for number, name in enumerate(sorted(service.models), 1)]
    return parts


def _endpoint(out: Text | Html, service: Service, endpoint: Endpoint) -> None:
    language = out.language
    out.paragraph(f"{endpoint.method} {endpoint.path}")
    out.heading("Description")
    out.paragraph(endpoint.description)
    out.state(f"ACTIVE ({endpoint.status})")
    if endpoint.note:
        out.paragraph(endpoint.note)
    out.table(VERSION[language], [(endpoint.version, endpoint.until)])
    out.heading("Parameters")
    out.table(PARAMETERS, list(endpoint.rows))
    out.heading("Responses")
    out.table(RESPONSES, list(endpoint.responses))
    out.heading("Example HTTP request")
    out.sub("Request path")
    out.code(endpoint.path + endpoint.query)
    out.sub("Request header")
    out.code(_header(service, endpoint, language))
    if endpoint.body is not None:
        out.sub("Request body")
        out.code(json.dumps(endpoint.body, indent=4, ensure_ascii=False))
    out.heading("Example HTTP response")
    success = next((code for code, _, _ in endpoint.responses if code.startswith("2")), None)
    if success:
        out.sub(f"Response {success}")
    if success in endpoint.samples:
        out.code(json.dumps(endpoint.samples[success], indent=4, ensure_ascii=False))


def _header(service: Service, endpoint: Endpoint, language: str) -> str:
    lines = (
        "Scp-Accesskey = 2sd2gg=2agbdSD26svcD",
        "Scp-Signature = fsfsdf235f9U35sdgf35Xsf/qgsdgsdg326=sfsdr23rsef=",
        "Scp-Timestamp = 1605290625682",
        "Scp-ClientType = Openapi",
        f"Accept-Language = {'en-US' if language == 'en' else 'ko-KR'}",
        f"Scp-Api-Version = {service.name} {endpoint.version}",
    )
    return ",\n".join(f'"{line}"' for line in lines)


def capture_pages(*pages: tuple[str, bytes], **options: Any) -> capture.Captured:
    sources = [capture.PageSource(path=f"pages/{name}", name=name, data=data) for name, data in pages]
    return capture.read(sources, PROFILE, **options)


def document(captured: capture.Captured, version: str | None = None) -> dict[str, Any]:
    """The only document, or the one of a version."""
    found = [one for one in captured.documents if version in (None, one.version)]
    assert len(found) == 1, [one.version for one in captured.documents]
    return found[0].data


def without_sources(value: Any) -> Any:
    """A document without what differs between pages that say the same: their addresses and their clocks."""
    if isinstance(value, dict):
        return {key: without_sources(item) for key, item in value.items() if key != "x-source"}
    if isinstance(value, list):
        return [without_sources(item) for item in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", value):
        return "<time>"
    return value


def image_store() -> Service:
    """A service with everything the two known services lack."""
    image = {"id": "", "os.type": "linux", "createdAt": "2026-02-11T06:41:25.347Z", "tags": [{"key": "", "value": ""}]}
    return Service(
        name="image-store",
        title="Image Store",
        endpoints=[
            Endpoint(
                name="ListImages",
                method="get",
                path="/v1/images",
                version="1.2",
                description="Lists images.\nNewest first.",
                rows=[
                    ("query", "size", "optional", ["size", "Example : 20"], "any of [integer, null]", "20"),
                    ("query", "page", "optional", ["page", "Example : 0", "Minimum : 0"], "integer", "0"),
                    (
                        "query",
                        "sort",
                        "required",
                        ["Order", "Example : created_at:desc"],
                        "array[any of [string, null]]",
                        "[]",
                    ),
                    ("query", "state", "optional", ["state", "Example :"], "array[enum (A-1, B c, D)]", "None"),
                    (
                        "query",
                        "kind",
                        "optional",
                        ["kind", "Example : a", r"Pattern : ^affinity$|^[a-zA-Z0-9-_ 가-힣]*$|a\|b"],
                        "any of [array[enum (a, b)], enum (a, b), null]",
                        "None",
                    ),
                    ("cookie", "trace", "optional", ["trace", "Example :"], "string", ""),
                    ("header", "X-ResourceType", "optional", ["Which", "Example : x"], "string", "0.000"),
                ],
                responses=[("200", "OK", "ImageListResponseV1Dot2"), ("429", "Too Many Requests", "None")],
                samples={"200": {"contents": [image], "total_count": 1}},
                query="?sort={sort}",
            ),
            Endpoint(
                name="UpdateImage",
                method="patch",
                path="/v1/images/{image_id}",
                version="1.0",
                status="DEPRECATED",
                until="20260701",
                note="This version ends soon.",
                rows=[
                    ("path", "image_id", "required", ["Image", "Example : 7"], "string", "None"),
                    ("body", "body", "required", [], "ImageUpdateRequest", ""),
                ],
                body={"name": "a", "root_password": "hunter2"},
                responses=[("200", "OK", "array[Tag]"), ("404", "Not Found", "None")],
                samples={"200": [{"key": "k", "value": "v"}]},
            ),
            Endpoint(
                name="UpdateImage",
                method="patch",
                path="/v1/images/{image_id}",
                version="1.10",
                rows=[
                    ("path", "image_id", "required", ["Image", "Example : 7"], "string", "None"),
                    ("body", "body", "required", [], "ImageUpdateRequest", ""),
                ],
                body={"name": "a", "root_password": "hunter2"},
                responses=[("200", "OK", "array[Tag]"), ("404", "Not Found", "None")],
                samples={"200": [{"key": "k", "value": "v"}]},
            ),
            Endpoint(
                name="DeleteImage",
                method="delete",
                path="/v1/images/{image_id}",
                version="1.1",
                description="None",
                rows=[("path", "image_id", "required", ["Image", "Example : 7"], "string", "None")],
                responses=[("204", "No Content", "None"), ("503", "Service Unavailable", "None")],
            ),
        ],
        models={
            "ImageListResponseV1Dot2": [
                ("contents", "required", ["Images"], "array[Image]", ""),
                ("total_count", "required", ["How many", "Example : 3"], "integer", ""),
            ],
            "Image": [
                ("id", "required", ["id"], "string", ""),
                (
                    "os.type",
                    "optional",
                    ["A system", "in two lines", "Example : linux"],
                    "enum (linux, windows)",
                    "linux",
                ),
                ("createdAt", "required", ["createdAt"], "string (date-time)", ""),
                ("k8s-version", "optional", [], "any of [string (date-time), null]", ""),
                ("parent", "optional", ["Parent"], "any of [Image, null]", ""),
                ("tags", "optional", ["Tags"], "any of [array[Tag], null]", "[]"),
                ("ratio", "optional", ["Ratio", "Example : 0.5", "Minimum : 0.25", "Maximum : 1"], "number", "0.5"),
                ("required", "optional", ["A flag"], "boolean", "True"),
                ("optional", "required", ["Another"], "any of [boolean, null]", ""),
            ],
            "ImageUpdateRequest": [
                ("name", "optional", ["name", "Example :", "Minimum length : 1", "Maximum length : 20"], "string", ""),
                ("root_password", "optional", ["Secret", "Example : hunter2"], "string", "hunter2"),
                ("rootPassword", "optional", ["rootPassword"], "any of [string, null]", ""),
                ("labels", "optional", ["labels", "Example : {'a': 'b'}"], "object", "{'key': 'x'}"),
                ("size", "optional", ["size"], "object", "CPU"),
                (
                    "emails",
                    "optional",
                    ["emails", "Example : ['a@b']", "Maximum length : 3"],
                    "array[string (email)]",
                    "",
                ),
            ],
            "Tag": [("key", "required", ["key"], "string", ""), ("value", "optional", ["value"], "string", "")],
        },
        regions=[("s", "kr-west1"), ("e", "kr-east1"), ("e", "us-gov-west1")],
    )
