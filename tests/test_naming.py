"""Naming: whatever things are called, they get identifiers, each its own, and the same ones in any order."""

from __future__ import annotations

import builtins
import keyword
import random
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from apiscribe.naming import (
    MAX_LENGTH,
    MODULE_WORDS,
    PYTHON_WORDS,
    Claim,
    bounded,
    derived_name,
    digest,
    pascal_case,
    settle,
    snake_case,
    words,
)
from apiscribe.naming_spellings import spellings
from apiscribe.plan.names import MODEL_MEMBERS

IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
PIECES = ("fooBar", "foo", "bar", "Foo", "BAR", ".", "-", "_", "/", "1", "값", "ä", "①", "class", "model_dump")
# Spellings that are close to each other on purpose: most of them meet in one identifier.
NAMES = st.one_of(
    st.text(min_size=1, max_size=40),
    st.lists(st.sampled_from(PIECES), min_size=1).map("".join),
    st.sampled_from(sorted(PYTHON_WORDS | MODEL_MEMBERS)),
    st.text("ab_", min_size=70, max_size=200),
)


def claims_of(names: list[str]) -> list[Claim]:
    return [
        Claim(key=name, wire=name, wanted=snake_case(name), alternatives=(f"{snake_case(name)}_x",)) for name in names
    ]


@given(st.lists(NAMES, unique=True, max_size=12), st.randoms(use_true_random=False))
def test_names_are_identifiers_of_their_own_in_any_order(names: list[str], chance: random.Random) -> None:
    reserved = PYTHON_WORDS | MODEL_MEMBERS
    given = settle(claims_of(names), reserved).names
    assert set(given) == set(names)
    assert len({name.lower() for name in given.values()}) == len(names)
    for name in given.values():
        assert IDENTIFIER.fullmatch(name)
        assert len(name) <= MAX_LENGTH
        assert name not in reserved
        assert not hasattr(builtins, name)
        assert not keyword.iskeyword(name)
    shuffled = list(names)
    chance.shuffle(shuffled)
    assert settle(claims_of(shuffled), reserved).names == given


@given(st.lists(NAMES, unique=True, max_size=8), NAMES)
def test_a_further_name_that_meets_no_other_changes_nothing(names: list[str], further: str) -> None:
    before = settle(claims_of(names)).names
    after = settle(claims_of([*names, further])).names
    others = {snake_case(name) for name in names} | set(before.values())
    if further not in names and not any(after[further].startswith(other[:60]) for other in others):
        assert {name: after[name] for name in names} == dict(before)


@given(NAMES)
def test_pascal_and_snake_case_give_identifiers(name: str) -> None:
    for made in (snake_case(name), pascal_case(name)):
        assert IDENTIFIER.fullmatch(made)
        assert len(made) <= MAX_LENGTH


@given(
    st.sampled_from(["get", "post", "put", "patch", "delete", "options", "trace"]), st.text("/ab{}v1.-_값", max_size=60)
)
def test_derived_names_are_identifiers(method: str, path: str) -> None:
    made = derived_name(method, path)
    assert IDENTIFIER.fullmatch(made)
    assert len(made) <= MAX_LENGTH


def test_reserved_words_hold_those_of_this_python() -> None:
    assert {name for name in dir(builtins) if name[0] != "_"} <= PYTHON_WORDS
    assert {*keyword.kwlist, *keyword.softkwlist} <= PYTHON_WORDS
    assert {name.lower() for name in sys.stdlib_module_names if name[0] != "_"} <= MODULE_WORDS


def test_members_of_pydantic_models_are_reserved() -> None:
    metaclass = set(dir(type(BaseModel))) - set(dir(type))  # pydantic warns of fields that hide these as well
    assert {name for name in {*dir(BaseModel), *metaclass, "mro"} if name[0] != "_"} <= MODEL_MEMBERS


def test_names_written_to_look_like_digests_still_differ() -> None:
    # Both foo-bar and foo.bar want foo_bar; a third name is spelled like what one of them falls back to.
    lookalike = f"foo_bar_{digest('foo-bar')}"
    keys = ["foo-bar", "foo.bar", lookalike, f"{lookalike}_{digest(lookalike)}"]
    given = settle([Claim(key=key, wire=key, wanted=snake_case(key)) for key in keys]).names
    assert len(set(given.values())) == len(keys)


def test_equal_short_digests_grow_until_they_differ() -> None:
    # Eight hexadecimal digits meet after some ten thousand tries; such a pair is a document's to write.
    seen: dict[str, str] = {}
    pair: tuple[str, str] | None = None
    number = 0
    while pair is None:
        key = "foo-" + bin(number)[2:].replace("0", "-").replace("1", ".") + "bar"
        other = seen.setdefault(digest(key), key)
        pair = (other, key) if other != key else None
        number += 1
    given = settle([Claim(key=key, wire=key, wanted="foo_bar") for key in pair]).names
    assert given[pair[0]] != given[pair[1]]


def test_names_of_one_scope_are_kept_within_a_given_length() -> None:
    claims = [Claim(key=f"{'a' * 100}{number}", wire="", wanted="a" * 100) for number in range(3)]
    given = settle(claims, limit=30).names
    assert len(set(given.values())) == 3
    assert max(map(len, given.values())) <= 30


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([("fooBar", "fooBar"), ("foo_bar", "foo_bar")], {"foo_bar": "foo_bar", "fooBar": "foo_bar_camel"}),
        ([("class", "class")], {"class": "class_"}),
        ([("Foo", "Foo"), ("foo", "foo")], {"foo": "foo", "Foo": "foo_camel"}),
    ],
)
def test_the_name_spelled_so_keeps_it(claims: list[tuple[str, str]], expected: dict[str, str]) -> None:
    made = [
        Claim(key=key, wire=wire, wanted=snake_case(wire), alternatives=(f"{snake_case(wire)}_camel",))
        for key, wire in claims
    ]
    assert settle(made).names == expected


def test_the_only_name_without_another_spelling_keeps_it() -> None:
    made = [
        Claim(key=name, wire=name, wanted=snake_case(name), alternatives=spellings(name)) for name in ("1", "+1", "-1")
    ]
    assert settle(made).names == {"1": "n_1", "+1": "plus_1", "-1": "minus_1"}


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/v1/things", "list_thing"),
        ("get", "/v1.1/things/{thing_id}", "get_thing"),
        ("post", "/things", "create_thing"),
        ("put", "/things/{thing_uuid}", "update_thing"),
        ("patch", "/things/{thing_name}", "update_thing"),
        ("delete", "/things/{id}", "delete_thing"),
        ("post", "/things/{thing_id}/start", "start_thing"),
        ("get", "/things/{thing_id}/parts", "list_parts_thing"),
        ("get", "/things/{thing_id}.json", "get_thing"),
        ("put", "/shops/{shop}/carts/{key}", "update_cart"),
        ("get", "/{id}", "get_id"),
        ("get", "/statuses/{uuid}", "get_status"),
        ("get", "/stories.json", "list_story"),
        ("head", "/things", "head_thing"),
        ("get", "/", "list_root"),
        ("get", "/v1", "list_root"),
        ("get", "/a{b}c{d_id}", "get_d"),
    ],
)
def test_names_are_derived_from_method_and_path(method: str, path: str, name: str) -> None:
    assert derived_name(method, path) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTPServer", ("http", "server")),
        ("vmIDs", ("vm", "ids")),
        ("ＦｕｌｌＷｉｄｔｈ", ("full", "width")),
        ("k8s.io/version", ("k8s", "io", "version")),
        ("값", ()),
        ("", ()),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_long_names_keep_a_digest_of_what_was_cut() -> None:
    assert bounded("a" * 100, "one") != bounded("a" * 100, "two")
