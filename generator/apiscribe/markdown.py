r"""The markdown room: the only makers of Markdown; what a document says comes out as text, never as structure.

Two kinds of reader are served, CommonMark with GitHub's additions and Python-Markdown (mkdocs). Python-Markdown knows
fewer backslash escapes, so that a character both must leave alone is written as an entity where they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from apiscribe.naming import is_identifier

_ESCAPED = str.maketrans({
    **{char: f"\\{char}" for char in "\\`*_{}[]#|"},
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "~": "&#126;",
    "$": "&#36;",
})  # fmt: skip
# What would be taken for an address or an emoji although no bracket marks it.
_ADDRESS = re.compile(r":(?=[/A-Za-z])")
_HOST = re.compile(r"(?i)\bwww\.")
# What starts a list, a rule, an underline, an admonition or a definition at the beginning of a line.
_LEADING = re.compile(r"[-+!]|[=:]|\?(?=\?\?)|/(?=//)|(\d+)([.)])(?=\s|$)")
_WORD = re.compile(r"[A-Za-z0-9_.$/-]+")
_BACKTICKS = re.compile(r"`+")
_SAFE_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~%+,/=&?:@;$!-]*)?(#[A-Za-z0-9._~%/=-]*)?")
_OWN_ADDRESS = re.compile(r"(?!.*\.\.)([A-Za-z0-9][A-Za-z0-9._/-]*\.md)?(#[a-z0-9_-]+)?")
_LANGUAGE = re.compile(r"[a-z]*")


class Markdown(str):
    """Markdown that is safe to print; made only by the functions of this module."""

    __slots__ = ()


EMPTY = Markdown("")


def text(value: str) -> Markdown:
    r"""Print text on one line, without any of it being Markdown.

    >>> text("a *b* <i>\n# [x](javascript:y) | 1")
    'a \\*b\\* &lt;i&gt; \\# \\[x\\](javascript&#58;y) \\| 1'
    >>> text("1. - see https://example.com")
    '1\\. - see https&#58;//example.com'
    """
    plain = visible(" ".join(value.split()))
    escaped = _HOST.sub(lambda match: f"{match[0][:-1]}&#46;", plain.translate(_ESCAPED))
    escaped = _LEADING.sub(_neutral_start, escaped, count=1) if _LEADING.match(escaped) else escaped
    return Markdown(_ADDRESS.sub("&#58;", escaped))


def paragraphs(value: str) -> Markdown:
    r"""Print text with its own line breaks, and with a blank line between paragraphs.

    >>> paragraphs("One\n- two\n\n\n  Three ")
    'One\n\\- two\n\nThree'
    """
    lines = [text(line) for line in _lines(value)]
    return Markdown(re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip()))


def code_span(value: str) -> Markdown:
    r"""Print text as inline code; a pipe would end a table's cell even there, so text with one is printed plain.

    >>> code_span("a"), code_span("`b``"), code_span("c | d")
    ('`a`', '``` `b`` ```', 'c \\| d')
    """
    if _WORD.fullmatch(value):  # as most names are
        return Markdown(f"`{value}`")
    plain = visible(" ".join(value.split()))
    if not plain or "|" in plain:
        return text(plain)
    fence = "`" * (_longest_run(plain) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return Markdown(f"{fence}{pad}{plain}{pad}{fence}")


def code_block(value: str, language: str = "") -> Markdown:
    r"""Print lines as a block of code, in a fence longer than any run of backticks in it.

    >>> code_block("a\n```", "python")
    '````python\na\n```\n````'

    Raises:
        ValueError: the language is not a word.
    """
    if not _LANGUAGE.fullmatch(language):
        msg = f"not a language: {language!r}"
        raise ValueError(msg)
    lines = [visible(line.rstrip()) for line in _lines(value.expandtabs(4))]
    fence = "`" * max(3, _longest_run(value) + 1)
    return Markdown("\n".join([f"{fence}{language}", *lines, fence]))


def link(label: Markdown, target: str) -> Markdown:
    """Print a link to a web address, or to a page or heading of our own.

    >>> link(text("Tag"), "#tag")
    '[Tag](#tag)'

    Raises:
        ValueError: the target is neither.
    """
    if not (is_web_address(target) or (target and _OWN_ADDRESS.fullmatch(target))):
        msg = f"not a target: {target!r}"
        raise ValueError(msg)
    return Markdown(f"[{label}]({target})")


def is_web_address(target: str) -> bool:
    """Tell whether text is a web address that can stand in a link as it is.

    >>> is_web_address("https://example.com/a?b=1"), is_web_address("javascript:x"), is_web_address("https://a/)(")
    (True, False, False)
    """
    return _SAFE_ADDRESS.fullmatch(target) is not None


def joined(separator: str, parts: Iterable[Markdown]) -> Markdown:
    """Join pieces with a separator of our own."""
    return Markdown(separator.join(_checked(parts)))


def fill(pattern: str, *parts: Markdown) -> Markdown:
    """Put Markdown into the `{}` of a pattern of our own; nothing that is not Markdown yet gets through.

    >>> fill("Returns {}.", code_span("Tag"))
    'Returns `Tag`.'

    Raises:
        TypeError: a part is plain text, or there are more or fewer parts than places.
    """
    texts = pattern.split("{}")
    pieces = _checked(parts)
    if len(texts) != len(pieces) + 1:
        msg = f"{len(texts) - 1} pieces of Markdown wanted"
        raise TypeError(msg)
    return Markdown(texts[0] + "".join(piece + after for piece, after in zip(pieces, texts[1:], strict=True)))


def anchor(name: str) -> str:
    """Give the anchor of a heading that is one identifier, as GitHub and mkdocs make it.

    >>> anchor("DataOps_Tag")
    'dataops_tag'

    Raises:
        ValueError: the heading is no identifier.
    """
    if not is_identifier(name):
        msg = f"no identifier: {name!r}"
        raise ValueError(msg)
    return name.lower()


def visible(value: str) -> str:
    r"""Write out what cannot be seen: control and formatting characters, bidirectional ones among them.

    >>> visible("a\u202eb\x00")
    'a\\u202eb\\x00'
    """
    if value.isprintable():
        return value
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in value)


def _checked(parts: Iterable[Markdown]) -> tuple[Markdown, ...]:
    pieces = tuple(parts)
    if not all(isinstance(piece, Markdown) for piece in pieces):
        msg = "only Markdown is put into Markdown"
        raise TypeError(msg)
    return pieces


def _lines(value: str) -> list[str]:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")


def _neutral_start(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]}\\." if match[2] == "." else f"{match[1]}&#41;"
    return f"\\{match[0]}" if match[0] in "-+!" else f"&#{ord(match[0])};"


def _longest_run(value: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(value)), default=0)
