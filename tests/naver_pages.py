"""Writes pages of NAVER Cloud Platform's reference, as HTML or Markdown, in Korean, English or Japanese."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apiscribe import capture

PROFILE = capture.open_profile("navercloud")
LANGUAGES = ("en", "ko", "ja")
LABELS = {
    "request": ("Request", "요청", "リクエスト"),
    "method": ("Method", "메서드", "メソッド"),
    "headers": ("Request headers", "요청 헤더", "リクエストヘッダ"),
    "path": ("Request path parameters", "요청 경로 파라미터", "リクエストパスパラメータ"),
    "query": ("Request query parameters", "요청 쿼리 파라미터", "リクエストクエリパラメータ"),
    "syntax": ("Request syntax", "요청 구문", "リクエスト構文"),
    "body": ("Request body", "요청 바디", "リクエストボディ"),
    "request example": ("Request example", "요청 예시", "リクエスト例"),
    "response": ("Response", "응답", "レスポンス"),
    "response body": ("Response body", "응답 바디", "レスポンスボディ"),
    "response syntax": ("Response syntax", "응답 구문", "レスポンス構文"),
    "status": ("Response status codes", "응답 상태 코드", "レスポンスステータスコード"),
    "response example": ("Response example", "응답 예시", "レスポンス例"),
    "api url": ("API URL", "API URL", "API URL"),
    "error": ("Error response", "오류 응답", "エラーレスポンス"),
    "model syntax": ("Syntax", "구문", "構文"),
    "fields": ("Field", "필드", "フィールド"),
    "field": ("Field", "필드", "フィールド"),
    "type": ("Type", "타입", "タイプ"),
    "required": ("Required", "필수 여부", "必須の有無"),
    "description": ("Description", "설명", "説明"),
    "default": ("default", "기본값", "デフォルト"),
    "example": ("Example", "예시", "例"),
    "none": ("None", "없음", "なし"),
    "if": ("Required if", "필수:", "必須:"),
    "about": ("The following describes it.", "다음은 설명입니다.", "次は説明です。"),
}
WORDS = {"R": "Required", "O": "Optional", "C": "Conditional", "-": "-"}
Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading (a label, or a name) with a table, code or text below it."""

    heading: str
    level: int = 3
    columns: tuple[str, ...] = ()
    rows: Rows = ()
    code: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """A page: its slug, its title in all languages, and its parts."""

    slug: str
    title: str | tuple[str, str, str]
    parts: tuple[Part, ...]
    lead: str = ""
    site: str = "api"


def fields(heading: str, rows: Rows, level: int = 3) -> Part:
    """Make a table of fields; a row is name, type, word and description with its bullets on further lines."""
    rows = [(name, kind, WORDS.get(word, word), text) for name, kind, word, text in rows]
    return Part(heading=heading, level=level, columns=("field", "type", "required", "description"), rows=rows)


def call(method: str, *uris: str) -> Part:
    """Make the table of the call."""
    return Part(heading="request", level=2, columns=("method", "URI"), rows=[(method, uri) for uri in uris])


def render(doc: Doc, form: str = "html", language: str = "en") -> tuple[str, bytes]:
    """Write a page, and give its name."""
    at = LANGUAGES.index(language)
    writer = _html if form == "html" else _markdown
    title = doc.title if isinstance(doc.title, str) else doc.title[at]
    return f"{language}/{doc.slug}.{form}", writer(doc, title, at).encode()


def word(text: str, at: int) -> str:
    """Give a label in a language; what is no label stays."""
    return LABELS[text][at] if text in LABELS else text


def spoken(text: str, at: int) -> str:
    """Put words of a language into a text."""
    for name in ("default", "example", "if"):
        text = text.replace("{" + name + "}", word(name, at))
    return text


def _inline(text: str) -> str:
    parts = text.split("`")
    return "".join(
        f"<code>{html.escape(part)}</code>" if index % 2 else html.escape(part) for index, part in enumerate(parts)
    )


def _html_cell(text: str) -> str:
    first, *bullets = text.split("\n")
    out, depth = [_inline(first)], 0
    for bullet in bullets:
        level = 2 if bullet.startswith("  ") else 1
        while depth < level:
            out.append("<ul>")
            depth += 1
        while depth > level:
            out.append("</li></ul>")
            depth -= 1
        out.append(f"<li>{_inline(bullet.strip().removeprefix('- '))}")
    return "".join(out) + "</li></ul>" * depth


def _html(doc: Doc, title: str, at: int) -> str:
    out = [f"<h1>{html.escape(title)}</h1><p>VPC</p><p>{doc.lead}</p>"]
    for part in doc.parts:
        out.append(f"<h{part.level}>{html.escape(word(part.heading, at))}</h{part.level}>")
        if part.columns:
            out.append(f"<p>{word('about', at)}</p><table><thead><tr>")
            out += [f"<th>{word(column, at)}</th>" for column in part.columns]
            out.append("</tr></thead><tbody>")
            for row in part.rows:
                out.append("<tr>" + "".join(f"<td>{_html_cell(spoken(cell, at))}</td>" for cell in row) + "</tr>\n")
            out.append("</tbody></table>")
        if part.code is not None:
            out.append(f"<pre><code>{html.escape(part.code)}</code></pre>")
        if part.text is not None:
            out.append(f"<p>{word(part.text, at)}</p>")
    address = f"https://{doc.site}.ncloud-docs.com/docs/{doc.slug}"
    head = f'<head><title>{title}</title><link rel="canonical" href="{address}"></head>'
    return f"<!doctype html><html>{head}<body><nav>menu</nav><main>{''.join(out)}</main></body></html>"


def _markdown(doc: Doc, title: str, at: int) -> str:
    address = f"https://{doc.site}.ncloud-docs.com/docs/{doc.slug}"
    out = [
        f'---\ntitle: "{title}"\nslug: {doc.slug}\ncanonical: {address}\n---',
        "> ## Documentation Index\n> All pages: /llms.txt",
    ]
    out += [f"# {title}", "VPC", doc.lead]
    for part in doc.parts:
        out.append(f"{'#' * part.level} {word(part.heading, at)}")
        if part.columns:
            lines = [
                "| " + " | ".join(word(column, at) for column in part.columns) + " |",
                "|" + " --- |" * len(part.columns),
            ]
            lines += ["| " + " | ".join(_flat(spoken(cell, at)) for cell in row) + " |" for row in part.rows]
            out += [word("about", at), "\n".join(lines)]
        if part.code is not None:
            out.append(f"```json\n{part.code}\n```")
        if part.text is not None:
            out.append(word(part.text, at))
    return "\n\n".join(item for item in out if item) + "\n"


def _flat(cell: str) -> str:
    return " ".join(line.strip() for line in cell.split("\n")).replace("|", "\\|")


def capture_pages(*pages: tuple[str, bytes], **options: Any) -> capture.Captured:
    """Capture pages."""
    sources = [capture.PageSource(path=f"pages/{name}", name=name, data=data) for name, data in pages]
    return capture.read(sources, PROFILE, **options)


def document(*docs: Doc, form: str = "html", language: str = "en") -> dict[str, Any]:
    """Capture pages of one service into its document."""
    captured = capture_pages(*(render(doc, form, language) for doc in docs))
    (one,) = captured.documents
    return one.data
