"""The tags of HTML pages: where they start and end, and what they say; in time that grows with the page alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

# A comment's start, a declaration, or a whole tag, in which only a value after "=" is quoted. The last way out is
# markup that never ends.
_TAG = re.compile(
    r"""<!--|<[!?][^>]*+>"""
    r"""|<(/?[a-zA-Z][^\s/>]*+)(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>|<(?=[a-zA-Z/!?])"""
)
# What is no markup inside, up to its end; an end may overlap the start of a comment that says nothing.
_ENDS = {
    "<!--": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "title", "textarea")},
}
_ATTRIBUTE = re.compile(r"""([^\s=/>"'<]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
# What matters to where the content begins; a tag in capitals is one that is not understood in a hurry.
_MARK = re.compile(r"<(?:[A-Z]|!--|main(?=[\s>])|(script|style|title|textarea)(?=[\s/>]))")
_QUOTED_BRACKET = re.compile(r"""=\s*+(?:"[^"<>]*+[<>]|'[^'<>]*+[<>])""")

UNENDED = "<"


def tags(text: str, at: int = 0) -> Iterator[tuple[str, int, int]]:
    """List tags in order: name in lower case, start and end; what stands between two of them is text.

    Comments, declarations, scripts and styles come under the name "!", whole. Markup that never ends comes last, as
    UNENDED.

    >>> [name for name, _, _ in tags("<p a='>'>x<!-- <b> --></P><script>a<b</script>")]
    ['p', '!', '/p', '!']
    """
    while (tag := _TAG.search(text, at)) is not None:
        start, at = tag.span()
        name = (tag[1] or "!").lower()
        if tag[0] == UNENDED:
            yield UNENDED, start, len(text)
            return
        hidden = _ENDS.get(tag[0] if tag[0] == "<!--" else name)
        if hidden is not None:
            closed = hidden.search(text, start + 2)
            if closed is None:
                yield UNENDED, start, len(text)
                return
            name, at = "!", closed.end()
        yield name, start, at


def attributes(tag: str) -> dict[str, str]:
    """Read the attributes of a start tag; the first of one name counts.

    >>> attributes('<link rel=canonical href="/a&amp;b" hidden>')
    {'rel': 'canonical', 'href': '/a&b', 'hidden': ''}
    """
    found: dict[str, str] = {}
    named = re.match(r"<[^\s/>]+", tag)
    for name, *values in _ATTRIBUTE.findall(tag, named.end() if named else 0):
        found.setdefault(name.lower(), html.unescape("".join(values)))
    return found


def main_start(text: str) -> int | None:
    """Find the main element without looking at every tag of the menus before it.

    None if there is none, or if that is not sure: where an attribute holds angle brackets, a tag stands inside another
    or is written in capitals, every tag has to be looked at.
    """
    at = 0
    while (mark := _MARK.search(text, at)) is not None:
        start = mark.start()
        if text.rfind("<", at, start) > text.rfind(">", at, start):
            return None
        if mark[0] == "<main":
            return None if _QUOTED_BRACKET.search(text, 0, start) else start
        ends = _ENDS.get(mark[1] or mark[0])
        ended = ends.search(text, start + 2) if ends else None
        if ended is None:
            return None
        at = ended.end()
    return None
