"""Successes that differ from their documentation: tolerant by default, strict by choice, never quietly wrong."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Optional

import pytest

from .loopback import Answer, json_answer, loopback
from .runtime_sample import SECRET, SHOW, THING, Caller, Tag, Thing, operation

# isort: split
from apiscribe_runtime.errors import ResponseValidationError
from apiscribe_runtime.model import Model
from apiscribe_runtime.operation import ByMedia, Types

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])
ID = {"thing_id": "t1"}


def answer(kind: str, text: str | bytes, described: Any = SHOW, status: int = 200, **options: Any) -> Any:
    with loopback(json_answer(text, status)) as server, Caller(kind, base_url=server.url, **options) as caller:
        return caller.call(described, ID)


@BOTH
def test_unknown_keys_and_enum_values_are_kept(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    text = (
        '{"id":"1","name":"n","state":"NEW","new":{"a":[1]},'
        '"tags":[{"key":"k","extra":null}],"parent":{"key":"p","x":1}}'
    )
    thing = answer(kind, text)
    assert thing.state == "NEW"
    assert thing.model_extra == {"new": {"a": [1]}}
    assert thing.tags[0].model_extra == {"extra": None}
    assert json.loads(thing.model_dump_json(by_alias=True, exclude_unset=True)) == json.loads(text)
    assert thing.model_dump(by_alias=True, exclude_unset=True) == json.loads(text)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@BOTH
def test_wrong_and_missing_fields_are_kept_as_they_came(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    body = {
        "name": 5,
        "cpu": "2000",
        "created_dt": "soon",
        "tags": [{"key": "a"}, {"value": 3, "more": 1}, "text"],
        "parent": {"value": []},
        "k8s.version": 1.3,
        "new": True,
    }
    text = json.dumps(body)
    with loopback(json_answer(text)) as server, Caller(kind, base_url=server.url) as caller:
        thing, _ = caller.call(SHOW, ID), caller.call(SHOW, ID)
    assert isinstance(thing, Thing)
    assert thing.id is None
    assert (thing.name, thing.cpu, thing.created_dt, thing.k8s_version) == (5, "2000", "soon", 1.3)
    assert isinstance(thing.tags[0], Tag)
    assert isinstance(thing.tags[1], Tag)
    assert thing.tags[1].key is None
    assert thing.tags[2] == "text"
    assert isinstance(thing.parent, Tag)
    assert thing.parent.value == []
    assert thing.state is None
    assert thing.model_extra == {"new": True}
    assert json.loads(thing.model_dump_json(by_alias=True, exclude_unset=True)) == body
    assert thing.model_dump(by_alias=True, exclude_unset=True) == body
    messages = sorted(record.getMessage() for record in caplog.records if record.name == "apiscribe_runtime")
    assert messages == [
        "ShowThing: response differs from its documentation: Tag.key: missing",
        "ShowThing: response differs from its documentation: Tag.value: a number is not what is documented",
        "ShowThing: response differs from its documentation: Thing.cpu: text is not what is documented",
        "ShowThing: response differs from its documentation: Thing.created_dt: text is not what is documented",
        "ShowThing: response differs from its documentation: Thing.id: missing",
        "ShowThing: response differs from its documentation: Thing.k8s_version: a number is not what is documented",
        "ShowThing: response differs from its documentation: Thing.name: a number is not what is documented",
        "ShowThing: response differs from its documentation: Thing.tags: text is not what is documented",
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"name":"n"}', "id: Field required"),
        ('{"id":"1","name":"n","cpu":"4"}', "cpu: Input should be a valid integer"),
        ('{"id":"1","name":"n","created_dt":"soon"}', "created_dt: "),
        ('{"id":1,"name":2,"cpu":"a","tags":1,"parent":2,"k8s.version":3,"state":4}', r"more\)"),
    ],
)
@BOTH
def test_strict(kind: str, body: str, text: str) -> None:
    with pytest.raises(ResponseValidationError, match=text):
        answer(kind, body, validate="strict")
    assert answer(kind, THING, validate="strict").name == "nightly"
    assert answer(kind, '{"id":"1","name":"n","unknown":1}', validate="strict").model_extra == {"unknown": 1}


def test_a_refused_body_shows_nothing_of_ours() -> None:
    for options in ({}, {"validate": "strict"}):
        with pytest.raises(ResponseValidationError) as caught:
            answer(
                "sync", json.dumps([SECRET]) if not options else json.dumps({SECRET: 1, "tags": {SECRET: 1}}), **options
            )
        assert SECRET not in f"{caught.value}{caught.value.body!r}{vars(caught.value)}"


class Kinds(Model):
    many: Mapping[str, list[Tag]] | None = None
    seq: Sequence[int] = ()
    either: Tag | list[Tag] | None = None
    choice: Literal["a", "b"] | None = None
    when: Optional[datetime] = None  # noqa: UP045  (both spellings are met)
    free: Any = None
    deep: list[list[Tag]] | None = None


@pytest.mark.parametrize(
    ("field", "value", "built"),
    [
        ("many", {"x": [{"key": "k"}, {"key": 1}]}, lambda v: v["x"][1].key == 1 and isinstance(v["x"][0], Tag)),
        ("many", [1], lambda v: v == [1]),
        ("seq", [1, "2"], lambda v: v == [1, "2"]),
        ("either", {"value": 1}, lambda v: isinstance(v, Tag) and v.value == 1 and v.key is None),
        ("either", [{"value": "a"}], lambda v: isinstance(v[0], Tag)),
        ("either", 5, lambda v: v == 5),
        ("choice", "c", lambda v: v == "c"),
        ("when", "x", lambda v: v == "x"),
        ("deep", [[{"key": 1}], 2], lambda v: v[0][0].key == 1 and v[1] == 2),
    ],
)
def test_tolerant_construction_of_types(field: str, value: Any, built: Any) -> None:
    described = operation(types=lambda: Types(responses={"200": Kinds}))
    found = answer("sync", json.dumps({field: value}), described)
    assert built(getattr(found, field))
    assert found.model_fields_set == {field}
    assert json.loads(found.model_dump_json(exclude_unset=True)) == {field: value}


@pytest.mark.parametrize(
    ("kind_of_body", "text", "value"),
    [
        (list[Tag], '[{"key":"a"}]', lambda v: v[0].key == "a"),
        (list[Tag], '[{"key":1},2]', lambda v: v[0].key == 1 and v[1] == 2),
        (dict[str, Tag], '{"x":{"key":"a"},"y":{}}', lambda v: v["x"].key == "a" and v["y"].key is None),
        (str, '"a"', lambda v: v == "a"),
        (int, "5", lambda v: v == 5),
        (bool, "false", lambda v: v is False),
        (Any, '{"a":1}', lambda v: v == {"a": 1}),
        (Tag | None, "null", lambda v: v is None),
        (bytes, "\x00", lambda v: v == b"\x00"),
    ],
)
def test_kinds_of_bodies(kind_of_body: Any, text: str, value: Any) -> None:
    assert value(answer("sync", text, operation(types=lambda: Types(responses={"200": kind_of_body}))))


@pytest.mark.parametrize(
    ("kind_of_body", "text"),
    [(list[Tag], "{}"), (dict[str, Tag], "[]"), (str, "5"), (int, '"5"'), (bool, "{}"), (Tag | None, "[]"), (Any, "")],
)
def test_other_kinds_of_bodies_are_refused(kind_of_body: Any, text: str) -> None:
    with pytest.raises(ResponseValidationError):
        answer("sync", text, operation(types=lambda: Types(responses={"200": kind_of_body})))


@BOTH
def test_text_that_is_not_json(kind: str) -> None:
    described = operation(types=lambda: Types(responses={"200": str}))
    script = [Answer(200, "가".encode(), {"Content-Type": "text/plain; charset=utf-8"})]
    with loopback(*script) as server, Caller(kind, base_url=server.url) as caller:
        assert caller.call(described, ID) == "가"
    assert server.received[0].header("accept") == "*/*"


CHARSETS = [
    ("application/json", b"\xef\xbb\xbf", "utf-8"),
    ("application/json; charset=utf-16", b"", "utf-16"),
    ("application/problem+json; charset=ISO-8859-1", b"", "latin-1"),
    ('application/json; charset="windows-1252"', b"", "cp1252"),
    ("application/json; charset=unheard-of", b"", "utf-8"),
]


@pytest.mark.parametrize(("content_type", "mark", "charset"), CHARSETS)
@pytest.mark.parametrize("padding", [0, 9000])
@BOTH
def test_json_in_other_character_sets(kind: str, padding: int, content_type: str, mark: bytes, charset: str) -> None:
    body = mark + json.dumps({"key": "é" + " " * padding}, ensure_ascii=False).encode(charset)
    described = operation(types=lambda: Types(responses={"200": Tag}))
    with (
        loopback(Answer(200, body, {"Content-Type": content_type})) as server,
        Caller(kind, base_url=server.url, validate="strict") as caller,
    ):
        assert caller.call(described, ID).key.strip() == "é"


@pytest.mark.parametrize("name", ["ISO-8859-1", "utf-16", "ascii", "windows-1252"])
@BOTH
def test_json_in_utf_8_is_read_as_such_whatever_is_named(kind: str, name: str) -> None:
    described = operation(types=lambda: Types(responses={"200": Tag}))
    script = Answer(200, '{"key": "é"}'.encode(), {"Content-Type": f"application/json; charset={name}"})
    with loopback(script) as server, Caller(kind, base_url=server.url, validate="strict") as caller:
        assert caller.call(described, ID).key == "é"


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("latin1", b"\xe9", "é"),
        ("utf-8", b"\xef\xbb\xbfa", "a"),
        # What Python also calls an encoding: none of it is taken, and the first would take its time.
        ("punycode", b"a-" + b"9" * 20, "a-" + "9" * 20),
        ("unicode_escape", b"\\x41", "\\x41"),
        ("zlib", b"x", "x"),
    ],
)
def test_text_in_other_character_sets(charset: str, body: bytes, text: str) -> None:
    described = operation(types=lambda: Types(responses={"200": str}))
    script = Answer(200, body, {"Content-Type": f"text/plain; charset={charset}"})
    with loopback(script) as server, Caller("sync", base_url=server.url) as caller:
        assert caller.call(described, ID) == text


@pytest.mark.parametrize(
    ("status", "declared", "types", "body", "value"),
    [
        (202, ("202",), {}, THING, None),
        (204, ("204",), {}, "", None),
        (204, ("200", "204"), {"200": Thing}, "", None),
        (204, ("204",), {"204": Thing}, "", None),
        (204, ("2XX",), {"2XX": Thing}, "", None),
        (205, ("default",), {"default": Thing}, "", None),
        (202, ("200",), {"200": Thing}, "", None),
        (202, ("200",), {"200": Thing}, THING, "nightly"),
        (201, ("2XX",), {"2XX": Thing}, THING, "nightly"),
        (200, ("default",), {"default": Thing}, THING, "nightly"),
        (200, ("202", "default"), {"202": Thing, "default": Tag}, THING, "nightly"),
        (200, ("200",), {"200": None}, "not json", None),
    ],
)
@BOTH
def test_statuses(kind: str, status: int, declared: Any, types: Any, body: str, value: str | None) -> None:
    described = operation(responses=declared, types=lambda: Types(responses=types))
    found = answer(kind, body, described, status)
    assert (found if value is None else found.name) == value


@BOTH
def test_a_documented_body_that_is_missing(kind: str) -> None:
    with pytest.raises(ResponseValidationError, match="empty"):
        answer(kind, "")


@BOTH
def test_raw_access_to_a_success_without_schema(kind: str) -> None:
    described = operation(responses=("202",), types=Types)
    with loopback(json_answer('{"a":1}', 202)) as server, Caller(kind, base_url=server.url) as caller:
        raw = caller.raw(described, ID)
    assert (raw.status_code, raw.content, raw.parse()) == (202, b'{"a":1}', None)


def test_date_times_in_answers() -> None:
    thing = answer("sync", THING)
    assert thing.created_dt == datetime(2024, 7, 30, 4, 54, 33, 219373)
    assert json.loads(thing.model_dump_json(by_alias=True, exclude_unset=True)) == json.loads(THING)


@pytest.mark.parametrize(
    ("field", "wrong", "kept"),
    [("tags", "0", 0), ("tags", "{}", Tag), ("tags", '{"key":1}', Tag), ("x", "0", 0), ("parent", "[]", list)],
)
def test_a_large_body_of_wrong_items_is_kept_as_it_came(field: str, wrong: str, kept: Any) -> None:
    body = f'{{"id":"1","name":"n","{field}":[{",".join([wrong] * 200_000)}]}}'
    found = getattr(answer("sync", body), field)
    assert len(found) == 200_000
    assert isinstance(found[0], kept) if isinstance(kept, type) else found[0] == kept
    assert found[-1] == json.loads(wrong)
    if field != "x":
        with pytest.raises(ResponseValidationError, match=r"Thing\.\w+: .*" if field == "parent" else r"more\)"):
            answer("sync", body, validate="strict")


@pytest.mark.parametrize("values", [9_000, 11_000])
def test_lists_of_few_and_of_many_values_are_read_alike(values: int) -> None:
    tag = '{"key":"k","value":"v"}'
    thing = answer("sync", f'{{"id":"{"x" * 300_000}","name":"n","tags":[{",".join([tag] * values)}]}}')
    assert (len(thing.tags), thing.tags[-1].value, thing.name) == (values, "v", "n")


def test_a_large_mapping_of_wrong_items_is_kept_as_it_came() -> None:
    described = operation(types=lambda: Types(responses={"200": Kinds}))
    body = json.dumps({"many": {str(number): 0 for number in range(100_000)}})
    assert answer("sync", body, described).many == json.loads(body)["many"]


@pytest.mark.parametrize("validate", ["tolerant", "strict"])
def test_a_large_body_gives_what_a_small_one_gives(validate: str, caplog: pytest.LogCaptureFixture) -> None:
    item = '{"key":"k","extra":[1.5,null,"\\u00e9"]}'
    long = "x" * 300_000
    text = '{"id":"%s","name":"n","created_dt":"2024-07-30T04:54:33.219373","tags":[%s],"new":{"a":[%s]}}'
    small = answer("sync", text % ("1", item, "1"), validate=validate)
    large = answer("sync", text % (long, ",".join([item] * 10_000), ",".join("1" * 200_000)), validate=validate)
    assert (large.id, large.name, large.created_dt) == (long, small.name, small.created_dt)
    assert large.tags == small.tags * 10_000
    assert large.model_fields_set == small.model_fields_set
    assert large.model_extra == {"new": {"a": [1] * 200_000}}
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("end", ["", "}}", "x}", ',"x":NaN}', ',"x":"\\ud800"}', f',"x":{"9" * 4301}}}'])
def test_a_large_body_that_is_not_json(end: str) -> None:
    body = '{"id":"%s","name":"n"' % ("x" * 300_000)
    with pytest.raises(ResponseValidationError, match="not JSON"):
        answer("sync", body + end)
    with pytest.raises(ResponseValidationError, match="another kind"):
        answer("sync", f"[{body}}}]")


@pytest.mark.parametrize(
    ("kind", "content_type", "body", "value"),
    [
        (str, "application/json", '"1.0"', "1.0"),
        (str, "application/json", "[1]", "[1]"),
        (Any, "text/csv", "a,b", "a,b"),
        (Any, "application/pdf", "%PDF", b"%PDF"),
    ],
)
def test_what_real_servers_answer_beside_their_documents_is_kept_and_told(
    kind: Any, content_type: str, body: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    declared = ByMedia((("text/plain", kind),)) if kind is str else kind
    described = operation(types=lambda: Types(responses={"200": declared}))
    script = [Answer(200, body.encode(), {"Content-Type": content_type})]
    with loopback(*script) as server, Caller("sync", base_url=server.url) as caller:
        assert caller.call(described, ID) == value
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.getMessage().startswith(
        f"ShowThing: response differs from its documentation: content type: its content type is {content_type}, "
    )
    with (
        loopback(*script) as server,
        Caller("sync", base_url=server.url, validate="strict") as caller,
        pytest.raises(ResponseValidationError, match="content type is"),
    ):
        caller.call(described, ID)


@pytest.mark.parametrize("content_type", ["application/problem+json", "text/plain"])
def test_json_under_another_name_is_json_where_anything_is_documented(content_type: str) -> None:
    described = operation(types=lambda: Types(responses={"200": Any}))
    answered = Answer(200, b"[1]", {"Content-Type": content_type})
    with loopback(answered) as server, Caller("sync", base_url=server.url, validate="strict") as caller:
        assert caller.call(described, ID) == [1]
