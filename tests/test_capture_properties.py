"""Properties of capture: what pages can say is read back, in any order; broken pages never end in a crash."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apiscribe.capture.emit import to_yaml
from apiscribe.capture.inference import infer, without_secrets
from apiscribe.capture.literals import read_default, read_json
from apiscribe.capture.page_tags import main_start, tags
from apiscribe.capture.profiles.samsungcloud.grammar import parse_cell
from apiscribe.errors import ApiscribeError, line_of

from .portal_pages import (
    Endpoint,
    Service,
    capture_pages,
    document,
    endpoint_page,
    image_store,
    service_print,
    without_sources,
)

SERVICE = image_store()
PAGES = {form: service_print(SERVICE, form).decode() for form in ("a", "d")}
SINGLE = {form: endpoint_page(SERVICE, SERVICE.endpoints[0], form).decode() for form in ("a", "d")}


def assert_located(error: ApiscribeError) -> None:
    for diagnostic in error.diagnostics:
        assert "\n" not in line_of(diagnostic)
        assert diagnostic.origin.line is not None or "byte" in diagnostic.message


field_names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}([.-][a-z0-9]{1,4})?", fullmatch=True)
prose = st.lists(
    st.from_regex(r"[A-Z가-힣][a-z가-힣 ,'<>&|\\()\[\]0-9-]{0,30}[a-z0-9.가-힣]", fullmatch=True), max_size=2
)
types = st.sampled_from(
    [
        "string",
        "integer",
        "boolean",
        "number",
        "object",
        "string (date-time)",
        "any of [string, null]",
        "array[string]",
        "array[Other]",
        "any of [Other, null]",
        "any of [array[object], null]",
        "enum (a, B-1, c d)",
        "array[any of [string, null]]",
    ]
)
DEFAULTS = {
    "string": ["", "x", "created_at:desc", "0.000"],
    "integer": ["", "20", "-1"],
    "boolean": ["", "True", "False"],
    "object": ["", "{'key': 'x'}"],
    "array[string]": ["", "[]", "['created_at:asc']"],
    "enum (a, B-1, c d)": ["", "a", "B-1"],
}


@st.composite
def fields(draw: st.DrawFn) -> tuple[str, str, list[str], str, str]:
    schema = draw(types)
    lines = draw(prose)
    if draw(st.booleans()):
        lines = [*lines, "Example : " + draw(st.sampled_from(["x", "7", "{'a': ''}", "a : b"]))]
        if draw(st.booleans()):
            lines.append("Pattern : " + draw(st.sampled_from([r"^[a-zA-Z0-9-_ ]*$", r"^a$|^b$", r"\d{3}\|[가-힣]+"])))
    default = draw(st.sampled_from(DEFAULTS.get(schema, [""])))
    return draw(field_names), draw(st.sampled_from(["required", "optional"])), lines, schema, default


rows = st.lists(fields(), max_size=6, unique_by=lambda row: row[0])


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(model=rows, query=rows)
def test_whatever_a_page_says_both_forms_say(model: list[Any], query: list[Any]) -> None:
    parameters = [("query", *row[:4], row[4] or "None") for row in query]
    asked = "&".join(f"{row[0]}={{{row[0]}}}" for row in query if row[1] == "required")
    service = Service(
        name="things",
        title="Things",
        endpoints=[
            Endpoint(
                name="ListThings", method="get", path="/v1/things", rows=parameters, query=f"?{asked}" if asked else ""
            )
        ],
        models={"Thing": model, "Other": []},
    )
    text = document(capture_pages(("things/_print.txt", service_print(service, "a"))))
    html = document(capture_pages(("things/_print.html", service_print(service, "d"))))
    assert without_sources(text) == without_sources(html)
    schema = text["components"]["schemas"]["Thing"]
    assert list(schema.get("properties", {})) == [row[0] for row in model]
    assert schema.get("required", []) == [row[0] for row in model if row[1] == "required"]
    found = [one for one in text["paths"]["/v1/things"]["get"]["parameters"] if one.get("in") == "query"]
    assert [(one["name"], one["required"]) for one in found] == [(row[0], row[1] == "required") for row in query]
    for row in model:
        description = "\n".join(line for line in row[2] if not line.startswith(("Example : ", "Pattern : ")))
        wanted = description if description not in ("", row[0]) else None
        assert schema["properties"][row[0]].get("description") == wanted


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_pages_changes_no_byte(source: random.Random) -> None:
    pages = [
        (f"image-store/apis/{one.slug}/{one.version}.txt", endpoint_page(SERVICE, one)) for one in SERVICE.endpoints
    ]
    pages.append(("image-store/_print.txt", service_print(SERVICE)))
    pages.append(("ko/image-store/_print.html", service_print(SERVICE, "d", "ko")))
    expected = capture_pages(*pages)
    source.shuffle(pages)
    assert capture_pages(*pages) == expected


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.sampled_from([*PAGES.values(), *SINGLE.values()]),
    st.integers(0, 20_000),
    st.integers(0, 40),
    st.text(max_size=8),
)
def test_a_broken_page_is_read_or_refused_but_never_crashes(page: str, at: int, length: int, new: str) -> None:
    at %= len(page)
    broken = page[:at] + new + page[at + length :]
    try:
        capture_pages(("image-store/_print", broken.encode("utf-8", "replace")))
    except ApiscribeError as error:
        assert_located(error)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.sampled_from([*PAGES.values(), *SINGLE.values()]), st.integers(0, 10_000), st.integers(1, 3))
def test_a_page_without_some_lines_is_read_or_refused(page: str, at: int, count: int) -> None:
    lines = page.split("\n")
    at %= len(lines)
    del lines[at : at + count]
    try:
        capture_pages(("image-store/_print", "\n".join(lines).encode()))
    except ApiscribeError as error:
        assert_located(error)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<![x", "<!", "<h1>", "<main>", "</main>", "<table>", "<td>", "<tr", "&#x;", "<!--", "x"])
    )
)
def test_broken_markup_never_crashes(parts: list[str]) -> None:
    try:
        capture_pages(("x.html", f"<main><h1>1.1</h1>{''.join(parts)}</main>".encode()))
    except ApiscribeError as error:
        assert_located(error)


MARKUP = [
    "<main>",
    "</main>",
    "<h1>",
    "<a x='",
    '<a x="',
    "'>",
    '">',
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<!-->",
    "x",
]
MARKUP += ["<MAIN>", "<a b=<main>", "<title>", "</title>", "<p", ">", " ", "=", "<", "<main x", "a < b", "<!x", "\n"]


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=14))
def test_the_main_element_is_found_as_if_every_tag_were_looked_at(parts: list[str]) -> None:
    text = "".join(parts)
    every = [start for name, start, _ in tags(text) if name == "main" or text.startswith("<main x", start)]
    assert main_start(text) in (None, *every[:1])


def test_the_main_element_is_found_behind_menus() -> None:
    menu = "<!-- <main> --><script>'<main>'</script><a class=x title=\"a b\" href=/m>a</a>" * 50
    assert main_start(f"<!doctype html><body>{menu}<main role=main>") == len(f"<!doctype html><body>{menu}")
    assert main_start(f"{menu}<a title='<main>'><main>") is None


def test_a_changed_page_changes_only_what_it_says() -> None:
    def captured(service: Service) -> dict[str, Any]:
        folder = "image-store"
        pages = [
            (f"{folder}/apis/{one.slug}/{one.version}.txt", endpoint_page(service, one)) for one in service.endpoints
        ]
        return document(capture_pages(*pages), "1.10")

    changed = [replace(SERVICE.endpoints[0], description="Another"), *SERVICE.endpoints[1:]]
    before, after = captured(SERVICE), captured(replace(SERVICE, endpoints=changed))
    operation = after["paths"]["/v1/images"].pop("get")
    was = before["paths"]["/v1/images"].pop("get")
    assert before == after
    assert {name for name in operation if operation[name] != was[name]} == {"description", "x-source"}


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=12,
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.dictionaries(st.text(), json_values, max_size=5))
@example({"": ["A?", "a: b", "a #b", "b:"]})
def test_printed_yaml_reads_back_equal(value: dict[str, Any]) -> None:
    text = to_yaml(value)
    assert yaml.load(text, yaml.CSafeLoader) == value
    assert json.dumps(yaml.safe_load(text), sort_keys=True) == json.dumps(value, sort_keys=True)


TRICKY = ["1.0", "1e3", "0x10", "0o7", "1:30", "2026-02-11", "no", "Yes", "~", "null", ".inf", "=", "<<", "-", "?", ":"]
TRICKY += ["a:b", "0b1", "+1", "1_000", "y", "N", "on", ".5", "!", "&", "*", "@", "%", "|", ">", "---", "...", "a\\b"]


def test_texts_that_look_like_other_types_stay_text() -> None:
    value: dict[str, Any] = {"texts": [*TRICKY, "a\nb\n", " x", "a: b", "a #b", "", "\u202e", "\x85", "😀", "\ttab\n"]}
    assert yaml.safe_load(to_yaml(value)) == value


@given(json_values)
def test_samples_are_read_as_json(value: Any) -> None:
    text = json.dumps(value)
    assert json.dumps(read_json(text)) == json.dumps(json.loads(text))


@given(json_values)
def test_inference_and_scrubbing_take_any_example(value: Any) -> None:
    schema = infer([value], lambda name: False)
    assert isinstance(schema, dict)
    assert without_secrets(value, lambda name: False) == value


@given(st.text(max_size=40), st.sampled_from(["string", "integer", "array[string]", "any of [object, null]", "Tag"]))
def test_any_default_is_read_or_kept_as_written(text: str, schema: str) -> None:
    cell = parse_cell(schema)
    assert cell is not None
    fits, value = read_default(text, cell)
    assert fits or value == text
