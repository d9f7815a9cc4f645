"""Schema cells of the first portal: what each says, and that printing and reading one another's result agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiscribe.capture.cells import AnyOf, ArrayOf, Cell, Enumeration, Null, Primitive, Reference, Unstated
from apiscribe.capture.page_text import Line
from apiscribe.capture.profiles.samsungcloud.grammar import parse_cell, print_cell, split_cell
from apiscribe.capture.profiles.samsungcloud.rows_markdown import split_fields

STRING = Primitive(name="string")

CELLS = {
    "": Unstated(),
    "None": Unstated(),
    "string": STRING,
    "number": Primitive(name="number"),
    "string (date-time)": Primitive(name="string", format="date-time"),
    "string (email)": Primitive(name="string", format="email"),
    "null": Null(),
    "Tag": Reference(name="Tag"),
    "ServerCreateRequestV1Dot2": Reference(name="ServerCreateRequestV1Dot2"),
    "stringList": Reference(name="stringList"),
    "objectStorage": Reference(name="objectStorage"),
    "nullable": Reference(name="nullable"),
    "array[string]": ArrayOf(item=STRING),
    "array[Tag]": ArrayOf(item=Reference(name="Tag")),
    "array[any of [string, null]]": ArrayOf(item=AnyOf(items=(STRING, Null()))),
    "any of [string (date-time), null]": AnyOf(items=(Primitive(name="string", format="date-time"), Null())),
    "enum (A, B c, D-1)": Enumeration(values=("A", "B c", "D-1")),
    "enum (a (b), c)": Enumeration(values=("a (b)", "c")),
    "any of [array[enum (a, b)], enum (a, b), null]": AnyOf(
        items=(ArrayOf(item=Enumeration(values=("a", "b"))), Enumeration(values=("a", "b")), Null())
    ),
}

NO_CELLS = [
    "oneOf [string]",
    "any of [string, null",
    "any of []",
    "any of [string,null]",
    "array[]",
    "array[string",
    "array string",
    "enum ()",
    "enum (a, b",
    "string (",
    "string, null",
    "dict[str, str]",
    "Tag extra",
    "array[" * 40 + "string" + "]" * 40,
    "array[" * 100_000,
]

GLUED = {
    "stringapplication/json": ("string", "application/json"),
    "stringNone": ("string", "None"),
    "string0.000": ("string", "0.000"),
    "string": ("string", ""),
    "objectCPU": ("object", "CPU"),
    "integerNone": ("integer", "None"),
    "booleanFalse": ("boolean", "False"),
    "string (date-time)None": ("string (date-time)", "None"),
    "array[any of [string, null]][]": ("array[any of [string, null]]", "[]"),
    "array[string]['created_at:asc']": ("array[string]", "['created_at:asc']"),
    "any of [string, null]created_at:desc": ("any of [string, null]", "created_at:desc"),
    "any of [integer, null]20": ("any of [integer, null]", "20"),
    "enum (A, B)None": ("enum (A, B)", "None"),
    "Tag{'key': 'x'}": ("Tag", "{'key': 'x'}"),
    "TagResponseV1Dot2": ("TagResponseV1Dot2", ""),
}

NOT_GLUED = ["Cluster ID", "Example : 20", "", "string with words", "any of [string, nullx", "(string)"]


@pytest.mark.parametrize(("text", "cell"), CELLS.items())
def test_a_cell_is_read(text: str, cell: Cell) -> None:
    assert parse_cell(text) == cell


@pytest.mark.parametrize("text", NO_CELLS)
def test_what_is_no_cell_is_not_read(text: str) -> None:
    assert parse_cell(text) is None


@pytest.mark.parametrize(("line", "parts"), GLUED.items())
def test_the_longest_schema_is_split_from_its_default(line: str, parts: tuple[str, str]) -> None:
    assert split_cell(line) == parts


@pytest.mark.parametrize("line", NOT_GLUED)
def test_a_line_that_starts_with_no_schema_is_not_split(line: str) -> None:
    assert split_cell(line) is None


names = st.from_regex(r"[A-Z][A-Za-z0-9]{0,12}(V1Dot[0-9])?", fullmatch=True).filter(lambda name: name != "None")
values = st.from_regex(r"[A-Za-z0-9_.:-]( ?[A-Za-z0-9_.:-]){0,8}", fullmatch=True)
leaves: st.SearchStrategy[Cell] = st.one_of(
    st.builds(
        Primitive,
        name=st.sampled_from(["string", "integer", "number", "boolean", "object"]),
        format=st.sampled_from([None, "date-time", "email", "uuid"]),
    ),
    st.builds(Reference, name=names),
    st.builds(Enumeration, values=st.lists(values, min_size=1, max_size=4).map(tuple)),
)
cells = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(ArrayOf, item=inner),
        st.builds(AnyOf, items=st.lists(st.one_of(inner, st.just(Null())), min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(cells)
def test_printing_and_reading_a_cell_give_it_back(cell: Cell) -> None:
    assert parse_cell(print_cell(cell)) == cell


@given(cells, st.sampled_from(["", "None", "20", "[]", "{'a': 1}", "created_at:desc", "False"]))
def test_a_default_glued_to_a_cell_is_split_off(cell: Cell, default: str) -> None:
    if isinstance(cell, Reference) and default[:1] not in ("", "[", "{"):
        default = ""
    if isinstance(cell, Reference) and any(
        cell.name.startswith(word) for word in ("string", "integer", "number", "boolean", "object")
    ):
        return
    assert split_cell(print_cell(cell) + default) == (print_cell(cell), default)


@given(st.text(max_size=60))
def test_reading_any_text_ends_well(text: str) -> None:
    cell = parse_cell(text)
    if cell is not None and not isinstance(cell, Unstated):
        assert print_cell(cell) == text


@pytest.mark.parametrize("is_last", [False, True])
@pytest.mark.parametrize(
    ("description", "schema", "default"),
    [
        ("Mode", "enum (a | b, c)", ""),
        ("Mode", "enum (c, a | b)", "a | b"),
        ("Mode", "string", "a | b"),
        ("string", "Mode", "{}"),
        ("Mode of a | b", "any of [enum (a | b | c), null]", "c"),
    ],
)
def test_pipes_of_a_markdown_row_stay_in_their_cells(
    description: str, schema: str, default: str, *, is_last: bool
) -> None:
    row = f"| Mode optional | {description} | {schema} | {default} |"
    if is_last and not default:
        row = row.removesuffix("|  |") + "|"  # the last row of a table lacks an empty default
    texts = [row] if is_last else [row, "| name required | name | string |"]
    rows, faults = split_fields([Line(text=text, number=number) for number, text in enumerate(texts, 1)])
    assert (rows[0].cells, faults) == (("Mode\noptional", description, schema, default), ())
