"""The markdown room: whatever text goes in, no structure comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apiscribe import markdown
from apiscribe.markdown import Markdown

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "<script>alert(1)</script>", "</script>", "<!-- x", "<b>x</b>", "&lt;b&gt;", "&copy;", "[a](javascript:alert(1))",
    "](javascript:alert(1))", "![a](https://example.com/x.png)", "<https://example.com>", "https://example.com",
    "www.example.com", "[a]: https://example.com", "[^1]", "`", "```", "```python", "~~~", "a ``b", "`x` | y",
    "| a | b |",
    "|---|", "# a", "####### a", "- a", "+ a", "* a", "1. a", "1) a", "> a", "---", "***", "___", "===", "    a", "\ta",
    "a  ", "a\\", "\\", "\\`", "\\\\`", "*a*", "_a_", "__a__", "~~a~~", "$a$", "{: #id}", "{{ 1 }}", "{% x %}",
    "!!! note", "??? note", "/// x", ": a", ":smile:", "==a==", "a\nb", "a\n\nb", "a\n# b", "a\n---", "a\n    b",
    "a\r\n- b", "a\r# b", "\u202ea", "a\u2028# b", "a\x85- b", "a\x0b# b", "\x00", "\u200b# a", "\ufeff# a", "값", "",
    " ", "\n", "a" * 5000,
)  # fmt: skip
anything = st.one_of(
    st.sampled_from(HOSTILE), st.text(alphabet="ab <>&[]()!`*_~|#-+=1.:\\\n\r\t{}$\u202e", max_size=40)
)


def kinds(source: str) -> list[str]:
    """Parse Markdown and list the kinds of its tokens, inline ones too, but for plain text and line breaks."""
    found: list[str] = []
    stack: list[Token] = list(reversed(PARSER.parse(source)))
    while stack:
        token = stack.pop()
        if token.type not in ("text", "softbreak", "inline", "text_special"):
            found.append(token.type)
        stack.extend(reversed(token.children or []))
    return found


def shown(source: str) -> str:
    """Give the text a reader sees."""
    return "".join(
        child.content if child.type != "softbreak" else "\n"
        for token in PARSER.parse(source)
        for child in token.children or []
    )


def test_text_is_seen_as_it_was_written() -> None:
    written = "Use *all* of <b>, `x`, [y](z) & \\ | # ~ $ {a} at https://example.com"
    assert shown(markdown.text(written)) == written


@given(anything)
def test_text_has_no_structure(value: str) -> None:
    assert kinds(f"before {markdown.text(value)} after") == ["paragraph_open", "paragraph_close"]
    alone = markdown.text(value)
    assert kinds(alone) == (["paragraph_open", "paragraph_close"] if alone else [])
    assert "\n" not in alone


@given(anything)
def test_paragraphs_depend_on_blank_lines_alone(value: str) -> None:
    made = markdown.paragraphs(value)
    count = sum(1 for part in made.split("\n\n") if part)
    assert kinds(made) == ["paragraph_open", "paragraph_close"] * count


@given(anything)
def test_a_code_span_holds_its_text_and_nothing_else(value: str) -> None:
    made = markdown.code_span(value)
    found = kinds(f"a {made} b")
    assert found in (["paragraph_open", "code_inline", "paragraph_close"], ["paragraph_open", "paragraph_close"])
    if "code_inline" in found:
        assert shown(made) == markdown.visible(" ".join(value.split()))


@given(anything)
def test_a_code_block_ends_where_it_ends(value: str) -> None:
    made = markdown.code_block(value, "text")
    assert kinds(f"{made}\n\nafter") == ["fence", "paragraph_open", "paragraph_close"]


@given(anything, anything)
def test_a_cell_stays_a_cell(one: str, other: str) -> None:
    table = f"| a | b |\n|---|---|\n| {markdown.text(one)} | {markdown.code_span(other)} |\n"
    found = [kind for kind in kinds(table) if kind != "code_inline"]
    assert found == kinds("| a | b |\n|---|---|\n| x | y |\n")


@given(anything)
def test_a_heading_stays_one(value: str) -> None:
    found = [kind for kind in kinds(f"## {markdown.code_span(value)}\n\nafter") if kind != "code_inline"]
    assert found == ["heading_open", "heading_close", "paragraph_open", "paragraph_close"]


@given(anything)
def test_what_cannot_be_seen_is_written_out(value: str) -> None:
    made = markdown.text(value) + markdown.code_span(value)
    assert all(char.isprintable() for char in made)


def test_a_link_leads_to_the_web_or_to_our_own_pages() -> None:
    label = markdown.text("a]b")
    assert markdown.link(label, "https://docs.example.com/a-b/1.1?c=d#e") == (
        "[a\\]b](https://docs.example.com/a-b/1.1?c=d#e)"
    )
    assert markdown.link(label, "data-ops-1.1.md#tag") == "[a\\]b](data-ops-1.1.md#tag)"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "https://a/) [b](c", "https://a b", "//example.com",
        "https://a/<b>", "https://u:p@example.com/", "http:/x", "../x.md", "a/../../x.md", "/etc/x.md", "", "#", "#A b",
        "https://example.com/\u202e", "https://example.com/`", "https://example.com/\\", "file:///x", "x.html",
    ],
)  # fmt: skip
def test_any_other_target_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="not a target"):
        markdown.link(markdown.text("a"), target)


def test_only_markdown_is_put_into_markdown() -> None:
    with pytest.raises(TypeError, match="only Markdown"):
        markdown.fill("a {} b", "plain")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="1 pieces"):
        markdown.fill("a {} b")
    with pytest.raises(TypeError, match="only Markdown"):
        markdown.joined(", ", ["plain"])  # type: ignore[list-item]
    assert isinstance(markdown.joined(", ", [markdown.text("a"), markdown.text("b")]), Markdown)


def test_a_language_is_a_word() -> None:
    with pytest.raises(ValueError, match="not a language"):
        markdown.code_block("x", "python\n```")
