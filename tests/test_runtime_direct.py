"""Answers that are as documented are read in one pass; all others are left to the careful reading, with its reasons."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import gc
import json
import math
import os
import threading
import warnings
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, ValidationError

from .loopback import json_answer, loopback
from .runtime_sample import SHOW, Caller

# isort: split
from apiscribe_runtime.direct import UNUSUAL, adapter, direct, may_hold, read
from apiscribe_runtime.errors import ResponseValidationError
from apiscribe_runtime.model import DateTime, Model

ID = {"thing_id": "t1"}
PADDING = "x" * 5_000  # long enough to be read directly


class Leaf(Model):
    """What trees end in."""

    name: str
    at: DateTime | None = None
    kind: Literal["a", "b"] | Any = None
    more: dict[str, list[int]] | None = None


class Tree(Model):
    """A model that holds itself."""

    leaf: Leaf
    left: Tree | None = None
    rest: list[Tree] | None = None


class Built(Model):
    """A model that is used before an answer brings one."""

    names: list[str]


def _note_collecting(value: str) -> str:
    seen.append(gc.isenabled())
    if value == "wrong":
        raise ValueError("wrong")
    return value


seen: list[bool] = []
Noted = Annotated[str, AfterValidator(_note_collecting)]


@pytest.fixture
def collector() -> Iterator[None]:
    """Leaves the garbage collector on, whatever a test does."""
    seen.clear()
    yield
    gc.enable()


LEAF = '{"name":"n","at":"2025-10-15T13:53:41.016Z","kind":"c","more":{"x":[1,2]},"new":[1.5,null,{"y":"\\u00e9"}]}'
TREE = f'{{"leaf":{LEAF},"left":{{"leaf":{LEAF},"rest":[{{"leaf":{LEAF}}}]}}}}'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Leaf, LEAF),
        (list[Leaf], f"[{LEAF}, {LEAF}]"),
        (Tree, TREE),
        (dict[str, Tree], f' {{"a":{TREE},"b":{TREE}}}\n'),
        (Leaf | list[Leaf], f"[{LEAF}]"),
        (list[Any], "[1, -2.5e3, true, null, [], {}]"),
        (Any, '"text"'),
        (int, "9" * 4300),
        (list[Any], "[" * 99 + "1" + "]" * 99),
        (str, '"No Info"'),
    ],
)
def test_what_is_as_documented_is_read_like_anywhere_else(kind: Any, text: str) -> None:
    found = direct(kind, text.encode())
    assert found == adapter(kind).validate_json(text, strict=True, extra="allow")
    if isinstance(found, Model):
        assert json.loads(found.model_dump_json(by_alias=True, exclude_unset=True)) == json.loads(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (list[Any], "[NaN]"),
        (list[Any], "[-Infinity]"),
        (list[Any], "[" * 101 + "]" * 101),
        (list[Any], "[" * 101 + "1" + "]" * 101),
        (list[Any], "[" * 5_000 + "]" * 5_000),
        (list[int], "[1],[2]"),
        (list[int], "[]],[[]"),
        (Any, "],["),
        (Any, "1]" + "]" * 100 + ",1"),
        (Any, ""),
        (Any, "1 2"),
        (Any, '"\\ud800"'),
        (Any, "9" * 4301),
        (Leaf, '{"name":1}'),
        (Leaf, '{"name":"n","at":"soon"}'),
        (Tree, '{"leaf":{}}'),
        (list[Leaf], "[" + "{}," * 100_000 + "{}]"),
        (Built, '{"names":[' + "1," * 100_000 + "1]}"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_all_else_is_left_to_the_careful_reading(kind: Any, text: str) -> None:
    Built(names=["a"])
    assert direct(kind, text.encode()) is UNUSUAL


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (list[Leaf], "[{},{},{}]"),
        (list[int], '["a","b","c"]'),
        (dict[str, Leaf], '{"a":{"name":1,"at":1}}'),
        (Tree, '{"rest":[{},{},{}],"left":{}}'),
    ],
)
def test_few_faults_are_kept_of_many(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(kind, text.encode())
    assert caught.value.error_count() == 1


def test_words_in_texts_are_no_numbers() -> None:
    text = json.dumps(["NaN", "Infinity", "N" * 1_000])
    assert direct(list[str], text.encode()) is UNUSUAL
    assert direct(list[str], json.dumps(["Nan", "I" * 1_000]).encode()) == ["Nan", "I" * 1_000]


@pytest.mark.parametrize("text", ["", "N", "Na", "NN", "NNa", "aN", "nan"])
def test_a_word_is_looked_for_to_the_very_end(text: str) -> None:
    assert not may_hold(text.encode(), b"NaN")
    assert may_hold(f"{text}NaN".encode(), b"NaN")


@pytest.mark.parametrize(("depth", "refused"), [(99, False), (100, True)])
@pytest.mark.parametrize("inside", ["", "1"])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_long_answer_may_be_as_deep_as_a_short_one(kind: str, inside: str, depth: int, refused: bool) -> None:
    body = f'{{"id":"{PADDING}","name":"n","x":{"[" * depth}{inside}{"]" * depth}}}'
    with loopback(json_answer(body.encode())) as server, Caller(kind, base_url=server.url) as caller:
        if refused:
            with pytest.raises(ResponseValidationError, match="nested deeper than 100 levels"):
                caller.call(SHOW, ID)
        else:
            assert caller.call(SHOW, ID).model_extra == {"x": json.loads(body)["x"]}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_long_answer_holds_numbers_only(number: str) -> None:
    body = f'{{"id":"{PADDING}","name":"n","x":[{number}]}}'
    assert not math.isfinite(json.loads(body)["x"][0])
    with loopback(json_answer(body.encode())) as server, Caller("sync", base_url=server.url) as caller:
        with pytest.raises(ResponseValidationError, match="not JSON"):
            caller.call(SHOW, ID)


def test_a_long_answer_may_speak_of_what_is_no_number() -> None:
    body = f'{{"id":"{PADDING}","name":"NaN, Infinity"}}'
    with loopback(json_answer(body.encode())) as server, Caller("sync", base_url=server.url) as caller:
        assert caller.call(SHOW, ID).name == "NaN, Infinity"


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("text", ["right", "wrong"])
def test_nothing_is_collected_while_an_answer_is_read(text: str) -> None:
    found = direct(list[Noted], json.dumps(["right", text]).encode())
    assert (found is UNUSUAL) == (text == "wrong")
    assert seen == [False, False]
    assert gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    assert direct(list[Noted], b'["right"]') == ["right"]
    assert seen == [False]
    assert not gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_a_process_forked_while_another_thread_reads_collects() -> None:
    reading, forked = threading.Event(), threading.Event()

    def wait(value: str) -> str:
        reading.set()
        assert forked.wait(30)
        return value

    thread = threading.Thread(target=direct, args=(list[Annotated[str, AfterValidator(wait)]], b'["right"]'))
    thread.start()
    assert reading.wait(30)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of forks beside threads
        child = os.fork()
    if not child:
        os._exit(int(not gc.isenabled()))
    was_on = gc.isenabled()
    forked.set()
    thread.join()
    assert os.waitpid(child, 0) == (child, 0)
    assert (was_on, gc.isenabled()) == (False, True)
