"""Code: whatever a text holds, as a literal, docstring or type it is one expression that means that text."""

from __future__ import annotations

import ast
import inspect
import math
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiscribe.code import (
    Code,
    annotation,
    call,
    dict_of,
    docstring,
    fill,
    identifier,
    joined,
    literal,
    relative_module,
    tuple_of,
    type_expression,
    wrapped,
)
from apiscribe.render.render import environment

NASTY = (
    '"', "'", '"""', "'''", "\\", "\\\\", '\\"', '"\\', "\n", "\r", "\r\n", "\0", "\t", "\x1b", "\x7f", "\x85",
    "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff", "\xa0", "{{ x }}", "{% x %}", "#", "{", "}", "%s",
    "\\N{DIGIT ONE}", "\\u0041", "한글", "עברית", "é", "e\u0301", "😀", "\ud800", "\udfff", "__import__('os')",
    '"""\nimport os\n"""', "x" * 500,
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5))).map("".join))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=12)


def is_plain(text: str) -> bool:
    """Whether every character may stand in source code as it is."""
    return all(char in "\n" or " " <= char <= "~" or unicodedata.category(char)[0] in "LNPSM" for char in text)


@given(VALUES)
def test_literals_give_the_value_back(value: Any) -> None:
    code = literal(value)
    assert ast.literal_eval(code) == value
    assert repr(ast.literal_eval(code)) == repr(value)
    assert "\n" not in code
    assert is_plain(code)
    ast.literal_eval(code.neutral)


@given(st.tuples(TEXTS, st.integers()))
def test_tuples_are_literals_too(value: tuple[str, int]) -> None:
    assert ast.literal_eval(literal(value)) == value
    assert ast.literal_eval(literal((value[0],))) == (value[0],)


@given(TEXTS)
def test_docstrings_say_the_text(text: str) -> None:
    code = docstring([text])
    tree = ast.parse(code).body
    assert len(tree) == 1
    assert isinstance(tree[0], ast.Expr)
    said = ast.literal_eval(code)
    lines = [line.expandtabs(4).rstrip(" ") for line in text.replace("\r\n", "\n").split("\n")]
    assert inspect.cleandoc(said) == inspect.cleandoc("\n".join(lines).strip(" \n"))
    assert is_plain(code)


@given(TEXTS)
def test_docstrings_stay_docstrings_inside_a_class(text: str) -> None:
    # As the templates print them: indented, behind a class statement.
    code = "\n".join(f"    {line}" if line else "" for line in docstring([text]).split("\n"))
    tree = ast.parse(f"class A:\n{code}\n    x = 1\n").body
    assert len(tree) == 1
    holder = tree[0]
    assert isinstance(holder, ast.ClassDef)
    assert [type(node) for node in holder.body] == [ast.Expr, ast.Assign]


@given(st.lists(st.one_of(TEXTS, st.integers(), st.booleans()), min_size=1))
def test_types_may_hold_literals(values: list[Any]) -> None:
    code = type_expression(f"Literal[{', '.join(literal(value) for value in values)}] | None")
    holder, slice_ = next(
        (node.value, node.slice) for node in ast.walk(ast.parse(code, mode="eval")) if isinstance(node, ast.Subscript)
    )
    assert ast.unparse(holder) == "Literal"
    elements = slice_.elts if isinstance(slice_, ast.Tuple) else [slice_]
    assert [ast.literal_eval(element) for element in elements] == values
    assert is_plain(code)


@pytest.mark.parametrize(
    "text", ["f()", "a if b else c", "lambda: 1", "a + b", "[x for x in y]", "(yield)", "f'{a}'", "a := 1", "a and b",
             "...", "b''", "é", "_" * 81, "a" * 81, "-x[0]()"],
)  # fmt: skip
def test_types_are_nothing_else(text: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        type_expression(text)


@pytest.mark.parametrize(
    "text", ["list[Foo] | None", 'Literal["a", -1, True]', "dict[str, Any]", "Callable[[int], str]"]
)
def test_types_print_as_they_were_written(text: str) -> None:
    assert type_expression(text) == text


def test_a_long_union_needs_no_deep_stack() -> None:
    names = [f"A{number}" for number in range(2_500)]
    assert type_expression(" | ".join(names)) == " | ".join(names)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, b"x", {1, 2}, object(), 1j])
def test_only_json_has_literals(value: object) -> None:
    with pytest.raises(TypeError):
        literal(value)


@pytest.mark.parametrize(
    "name", ["", "1a", "a b", "a-b", "a.", ".a", "é", "__import__", "a\n", "a" * 81, "a;b", "값", "a..b", "_", "a()"]
)
def test_identifiers_are_ascii_words(name: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        identifier(name)


def test_modules_may_be_relative() -> None:
    assert relative_module(2, "models.foo") == "..models.foo"
    assert relative_module(3, "") == "..."
    with pytest.raises(ValueError, match="identifier"):
        relative_module(1, "os; import sys")


def test_patterns_take_nothing_but_code() -> None:
    with pytest.raises(TypeError):
        fill("{}", "os.system('x')")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        fill("{} {}", literal(1))
    with pytest.raises(AttributeError):
        joined(", ", ["os"])  # type: ignore[list-item]
    assert call("Field", [("a", literal("{}")), ("b", literal('"'))]) == 'Field(a="{}", b="\\"")'
    assert tuple_of([literal(1)]) == "(1,)"
    assert dict_of([(literal("{}"), literal("}{"))]) == '{"{}": "}{"}'


def test_what_is_done_to_code_is_code_no_more() -> None:
    # The methods of str give plain text back, which no template prints.
    code = literal("a")
    for made in (code.upper(), code + "x", code[1:], code.replace("a", "b"), "".join([code])):
        assert type(made) is str
    assert isinstance(code, Code)


def test_templates_print_nothing_but_code() -> None:
    jinja = environment({"a": "{{ view }}"})
    assert jinja.get_template("a").render(view=literal("x")) == '"x"'
    for value in ("x", 1, None, b"x", ["x"]):
        with pytest.raises(TypeError, match="only code is printed"):
            jinja.get_template("a").render(view=value)


def test_neutral_code_holds_no_text_of_the_document() -> None:
    assert literal({"secret": ["word", -1, 2.5]}).neutral == '{"": ["", -1, 1.0]}'
    assert docstring(["secret", "", "word"]).neutral == '"""x"""'
    assert call("f", [("a", literal("secret"))]).neutral == 'f(a="")'


def test_prose_is_folded_and_keeps_its_lines() -> None:
    assert wrapped("a b\n\nc " + "d" * 10, width=8, indent="  ") == ["  a b", "", "  c", "  dddddddddd"]


def test_expressions_are_checked_whole() -> None:
    with pytest.raises(ValueError, match="not a type expression"):
        annotation(ast.parse("list[f()]", mode="eval").body)
