"""Loading: bytes become nodes of JSON's types that know their line, or are refused in one located line."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from apiscribe.document.load import Limits, load
from apiscribe.document.node import Node, path_of, pointer_of, to_plain
from apiscribe.errors import ApiscribeError

from .hostile_documents import DOCUMENTS, Hostile


def refused(data: bytes, file: str = "a.yaml", limits: Limits | None = None) -> str:
    with pytest.raises(ApiscribeError) as caught:
        load(data, file=file, limits=limits)
    return str(caught.value)


def at(data: str, *path: str | int, file: str = "a.yaml") -> Node:
    node = load(data.encode(), file=file).root.at(path)
    assert node is not None
    return node


@pytest.mark.parametrize("hostile", DOCUMENTS, ids=lambda hostile: hostile.name)
def test_a_hostile_document_is_refused_in_one_line_and_soon(hostile: Hostile) -> None:
    message = refused(hostile.data, hostile.file)
    assert hostile.refusal in message
    assert message.startswith(f"error: {hostile.file}:")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("y", "y"),
        ("2024-01-01", "2024-01-01"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        ("12:30:00", "12:30:00"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("- 1", [1]),
        ("~", None),
        ("NULL", None),
        ("''", ""),
        ("'null'", "null"),
        ("TRUE", True),
        ("false", False),
        ("tRUE", "tRUE"),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("007", 7),
        ("0o17", 15),
        ("0xFF", 255),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("nan", "nan"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("!!float 3", 3.0),
        ("!!int '5'", 5),
        ("!!null ''", None),
        ("!!map {}", {}),
    ],
)
def test_a_yaml_scalar_is_what_the_core_schema_says(text: str, value: object) -> None:
    source = f"a:\n  {text}\n"
    plain = load(source.encode(), file="a.yaml").root.plain
    assert plain == {"a": value}
    assert isinstance(plain, dict)
    assert type(plain["a"]) is type(value)


@pytest.mark.parametrize("text", ["1.10", "1.0", "0123", "0x1F", "TRUE", "~", "+1", "1e3", ""])
def test_a_scalar_keeps_its_source_text(text: str) -> None:
    assert at(f"version: {text}\n", "version").text == text


def test_text_is_expected_of_a_plain_scalar_in_yaml_but_not_in_json() -> None:
    assert at("version: 1.10", "version").string == "1.10"
    assert at("version: ~", "version").string is None
    assert at('{"version": 1.10}', "version", file="a.json").string is None
    assert at('{"version": 1.10}', "version", file="a.json").text == "1.10"


def test_keys_are_text() -> None:
    assert load(b"200: a\n4XX: b\n1.0: c\nno: d\ntrue: e\n2024-01-01: f\n", file="a").root.keys() == (
        *("200", "4XX", "1.0", "no", "true", "2024-01-01"),
    )


def test_merges_are_expanded_and_own_keys_win() -> None:
    text = "a: &a {p: 1, q: 2}\nb: &b {q: 3, r: 4}\nc:\n  <<: [*a, *b]\n  r: 5\n  s: 6\n"
    node = at(text, "c")
    assert node.plain == {"p": 1, "q": 2, "r": 5, "s": 6}
    assert [(key, member.origin.line) for key, member in node.items()] == [("p", 1), ("q", 1), ("r", 5), ("s", 6)]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert load(b'"<<": 1', file="a").root.plain == {"<<": 1}


def test_aliases_repeat_a_value_at_their_own_place() -> None:
    node = at("a: &x {b: 1}\nc:\n  - *x\n", "c", 0)
    assert node.plain == {"b": 1}
    assert (node.pointer, node.origin.line, node.origin.column) == ("/c/0", 3, 5)


def test_aliases_within_the_budget_pass() -> None:
    text = "a: &a [" + "x, " * 98 + "x]\nb: [" + "*a, " * 99 + "*a]\n"
    assert len(at(text, "b")) == 100


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_as_an_editor_counts(line_end: str) -> None:
    text = line_end.join(["# é𝄞", "info:", "  title: 𝄞 é", "  list: [a, {b: 𝄞, c: 1}]", ""])
    origin = at(text, "info", "list", 1, "c").origin
    assert (origin.file, origin.line, origin.column, origin.pointer) == ("a.yaml", 4, 20, "/info/list/1/c")


def test_json_nodes_know_their_places() -> None:
    text = '\ufeff{\n  "a": [\n    1,\n    {"b~/c": "\\n𝄞", "d": null}\n  ]\n}\n'
    node = at(text, "a", 1, "d", file="a.json")
    assert (node.origin.line, node.origin.column, node.pointer) == (4, 21, "/a/1/d")
    assert at(text, "a", 1, "b~/c", file="a.json").pointer == "/a/1/b~0~1c"


def test_json_is_known_by_name_or_by_its_beginning() -> None:
    assert load(b'{"a": "\\/"}', file="spec").root.plain == {"a": "/"}
    assert load(b"{a: no}", file="spec").root.plain == {"a": "no"}
    assert load(b"{\"a\": no, 'b': 1}", file="spec.yaml").root.plain == {"a": "no", "b": 1}
    assert "double quotes" in refused(b"{a: 1}", "spec.json")


def test_the_first_and_the_second_line_of_a_duplicate_are_told_apart() -> None:
    assert refused(b"a:\n  b: 1\n  c: 2\n  b: 3\n") == ("error: a.yaml:4: /a/b: the key 'b' is already in this mapping")


def test_a_limit_of_size_holds_to_the_byte() -> None:
    assert load(b"a: 1\n", file="a", limits=Limits(size=5)).root.plain == {"a": 1}
    assert refused(b"a: 1\n", "a", Limits(size=4)) == "error: a: the file is larger than 4 bytes"
    assert refused(b"a" * (64 * 2**20 + 1), "a") == "error: a: the file is larger than 64 MiB"


def test_depth_of_100_passes_and_101_does_not() -> None:
    for opening, closing, file in (("[", "]", "a.yaml"), ("[", "]", "a.json"), ('{"a":', "}", "a.json")):
        load((opening * 100 + ("1" if ":" in opening else "") + closing * 100).encode(), file=file)
        assert "deeper" in refused((opening * 101).encode(), file)


def test_the_number_of_values_is_bounded() -> None:
    limits = Limits(nodes=1000)
    for data, file in ((b"[" + b"1," * 2000 + b"1]", "a.json"), (b"- 1\n" * 2000, "a.yaml")):
        assert "more than 1000 values" in refused(data, file, limits)


def test_integers_of_400_digits_round_trip() -> None:
    digits = "9" * 400
    assert load(f"a: -{digits}".encode(), file="a").root.plain == {"a": -int(digits)}
    assert load(f'{{"a": -{digits}}}'.encode(), file="a").root.plain == {"a": -int(digits)}


def test_input_in_messages_is_escaped_and_cut() -> None:
    message = refused('"\\x1b[31m\u202e": 1\n"\\x1b[31m\u202e": 2\n'.encode())
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert "\\x1b[31m\\u202e" in message
    assert len(refused(b"a: !" + b"x" * 5000 + b" 1")) < 300


def test_nodes_are_navigated_by_kind() -> None:
    root = load(b"a: {b: [1, two]}\nc: text\ne: {}\n", file="a").root
    inner, text, empty = root.at(("a", "b")), root.get("c"), root.get("e")
    assert inner is not None
    assert text is not None
    assert empty is not None
    assert [member.plain for member in inner] == [1, "two"]
    assert (inner.is_sequence, inner.is_mapping, text.is_string, len(inner)) == (True, False, True, 2)
    assert (text.get("x"), text.items(), text.elements(), inner.text) == (None, (), (), None)
    assert root.at(("a", "b", "1")) is inner.elements()[1]
    assert root.at(("a", "b", "01")) is None
    assert root.at(("a", "b", 2)) is None
    assert root.at(("c", "x")) is None
    assert root.get("a") is root.get("a")
    assert bool(empty)
    assert "c" in root
    assert repr(inner) == "Node('/a/b')"


def test_to_plain_is_a_copy() -> None:
    root = load(b"a: [1]", file="a").root
    copy = to_plain(root)
    assert copy == {"a": [1]}
    assert isinstance(copy, dict)
    copy.clear()
    assert root.plain == {"a": [1]}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(value=JSON_VALUES, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_any_json_is_read_as_python_reads_it(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert load(text.encode(), file="a.json").root.plain == value


@given(value=st.dictionaries(st.text(min_size=1), JSON_VALUES, max_size=4))
def test_any_yaml_we_could_write_is_read_back(value: Any) -> None:
    text = yaml.safe_dump(value, default_style='"', default_flow_style=None)
    root = load(text.encode(), file="a.yaml").root
    assert root.plain == value
    assert all(member.origin.line is not None for _, member in root.items())


@given(data=st.binary(max_size=200) | st.text(alphabet="{}[]:,\"'\\&*!|>-? \nab01.~<", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for file in ("a.yaml", "a.json"):
        try:
            read = load(data, file=file).root.origin.line is not None
        except ApiscribeError as error:
            read = all(found.origin.file == file for found in error.diagnostics)
        assert read


@given(path=st.lists(st.text(max_size=5), max_size=4))
def test_pointers_round_trip(path: list[str]) -> None:
    assert path_of(pointer_of(path)) == tuple(path)


def test_a_large_document_loads_in_bounded_memory() -> None:
    entry = "\n".join(f"    key_{number}: {{type: string, description: a text of some length}}" for number in range(9))
    small = "".join(f"schema_{number}:\n  properties:\n{entry}\n" for number in range(1200)).encode()
    tracemalloc.start()
    load(small, file="a.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * len(small)
