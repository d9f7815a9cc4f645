"""The second version of the language: its words, what each gives, and the place and words of its mistakes."""

from __future__ import annotations

from typing import Any

import pytest

from apiscribe.errors import ApiscribeError

from .signing_room import WireRequest, credentials, read, signer, verifier

BASE: dict[str, Any] = {
    "language": 2,
    "name": "demo",
    "credentials": {"id": {}, "key": {"secret": True}},
    "steps": [{"name": "signature", "parts": ["{body | hmac(sha256, credential.key) | hex}"]}],
    "emit": {"headers": {"X-Id": "{credential.id}", "X-Signature": "{signature}"}},
}
KNOWN = {"id": "aWQ", "key": "6b6579"}
URL = "http://API.example.com:80/a%20b/c?b=2&a=%2B+&a=&z"


def values(*steps: dict[str, Any], **request: Any) -> dict[str, bytes]:
    """Compile a recipe with some more steps, and give their values; the interpreter of the stubs has to agree."""
    marks = "".join(f"{{{step['name']} | hash(md5) | hex}}" for step in steps)
    emit = {"headers": {**BASE["emit"]["headers"], "X-All": f"{marks}."}}
    recipe = read({**BASE, "steps": [*BASE["steps"], *steps], "emit": emit})
    given: dict[str, Any] = {"method": "POST", "url": URL, "headers": {}, "body": b"", **request}
    known = credentials(recipe, KNOWN)
    signed, found = signer(recipe, explain=True)(
        given["method"], given["url"], given["headers"], given["body"], known, 1605290625.682, "n"
    )
    rest = given["url"].partition("://")[2]
    host = rest.partition("/")[0]
    wire = WireRequest(
        method=given["method"],
        target=rest.removeprefix(host),
        headers=(("Host", host), *given["headers"].items(), *signed.headers),
        body=given["body"],
    )
    other = verifier.RecipeVerifier(recipe.to_data(), KNOWN).values(wire, 1605290625682, "n")
    made = {name: value.encode() if isinstance(value, str) else value for name, value in found}
    assert made == other
    return made


def part(expression: str, **request: Any) -> bytes:
    return values({"name": "made", "parts": [expression]}, **request)["made"]


FORM = {"headers": {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}, "body": b"a=x+y&b=%EA"}
EXPRESSIONS = {
    "{target}": "/a%20b/c?b=2&a=%2B+&a=&z",
    "{authority}|{hostname}|{port}": "api.example.com|api.example.com|80",
    "{query[a]}|{query[no]}": "++|",
    "{path | percent-decode}": "/a b/c",
    "{path | percent-encode}": "%2Fa%2520b%2Fc",
    "{path | percent-encode(path)}": "/a%2520b/c",
    "{path | percent-encode('/%')}": "/a%20b/c",
    "{'a b/~' | form-encode}": "a+b%2F~",
    "{' a  b ' | trim}|{' a  b ' | collapse-spaces}": "a  b|a b",
    "{'//a/./b/../c//' | normalize-path}|{'/../..' | normalize-path}": "/a/c/|/",
    "{'a' | ends-with('/')}{'a/' | ends-with('/')}": "a/a/",
    "{'a; b; c' | before(';')}|{'a; b; c' | after(';')}|{'a' | after(';')}": "a| b; c|",
    "{'aXbX' | replace('X', '--')}": "a--b--",
    "{'abcdef' | first(3)}": "abc",
    "{headers[Accept] | or('none')}": "none",
    "{'한' | length}": "3",
    "{'a\"한' | json-string}": '"a\\"\\ud55c"',
    "{'a\"b\\' | sf-string}": '"a\\"b\\\\"',
    "{credential.id | base64-decode}{credential.id | base64url-decode}": "idid",
    "{credential.key | hex-decode}": "key",
    "{'YQ==' | trim-end('=')}": "YQ",
    "{body | hash(sha3-256) | hex}": "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
    "{'x' | hmac(md5, 'k') | HEX}": "442BA079E8EC6206F7F5534D4653DB0F",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_an_expression_gives(expression: str) -> None:
    assert part(expression).decode() == EXPRESSIONS[expression]


def test_form_parameters() -> None:
    assert part("{form[a]}|{form[b]}|{form[c]}", **FORM) == b"x y|\xea|"
    assert part("{form[a]}", headers={"content-type": "text/plain"}, body=b"a=x") == b""


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("%y%m%dT%H%M%SZ", "201113T180345Z"), ("%Y-%m-%d", "2020-11-13"), ("%d.%m.%Y %H:%M:%S", "13.11.2020 18:03:45")],
)
def test_patterns_of_time(pattern: str, text: str) -> None:
    headers = {**BASE["emit"]["headers"], "X-Time": f"{{timestamp('{pattern}')}}"}
    recipe = read({**BASE, "emit": {"headers": headers}})
    signed = signer(recipe)("GET", URL, {}, b"", credentials(recipe, KNOWN), 1605290625.682)
    assert dict(signed.headers)["X-Time"] == text


SELECTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "the query": ({"over": "query", "separator": "&"}, "a=&a=++&b=2&z="),
    "a plus is a blank": ({"over": "form-query", "separator": "&"}, "a=&a=+ &b=2&z="),
    "unsorted": ({"over": "query", "sort": "none", "separator": "&"}, "b=2&a=++&a=&z="),
    "by name": ({"over": "query", "sort": "key", "separator": "&"}, "a=++&a=&b=2&z="),
    "by text": ({"over": "query", "sort": "text", "each": "{value}{name}", "separator": ","}, "++a,2b,a,z"),
    "encoded": ({"over": "query", "value": "{value | percent-encode}", "separator": "&"}, "a=&a=%2B%2B&b=2&z="),
    "grouped": ({"over": "query", "group": ",", "separator": "&"}, "a=,++&b=2&z="),
    "without empty ones": ({"over": "query", "skip-empty": True, "separator": "&"}, "a=++&b=2"),
    "but for some": ({"over": "query", "except": ["a"], "separator": "&"}, "b=2&z="),
    "some": ({"over": "query", "names": ["b"], "separator": "&"}, "b=2"),
    "headers": (
        {"over": "headers", "names": ["host", "x-a*"], "each": "{name}:{value};"},
        "host:API.example.com:80;x-a1:1;x-a2:2;",
    ),
    "but for some headers": ({"over": "headers", "names": ["x-a*"], "except": ["x-a1"], "each": "{name}"}, "x-a2"),
    "own pairs": (
        {"over": ["query", {"c": "{method}", "n": {"when": "not body", "value": "0"}}], "separator": "&"},
        "a=&a=++&b=2&c=POST&n=0&z=",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SELECTIONS)
def test_what_a_selection_gives(what: str) -> None:
    step, text = SELECTIONS[what]
    made = values({"name": "made", **step}, headers={"x-a2": "2", "x-a1": "1", "x-b": "3"})
    assert made["made"].decode() == text


CONDITIONS = {
    "body": (True, False), "not body": (False, True), "query": (True, True), "headers[X-A]": (True, False),
    "not headers[X-A]": (False, True), "method(POST, PUT)": (True, True), "not method(POST)": (False, False),
}  # fmt: skip


@pytest.mark.parametrize("condition", CONDITIONS)
def test_conditions(condition: str) -> None:
    step = {"name": "made", "parts": [{"when": condition, "value": "yes"}, {"when": [condition, "body"], "value": "!"}]}
    full = values(step, headers={"x-a": "1"}, body=b"b")["made"]
    bare = values(step)["made"]
    assert (full.startswith(b"yes"), bare.startswith(b"yes")) == CONDITIONS[condition]
    assert (full.endswith(b"!"), bare.endswith(b"!")) == (CONDITIONS[condition][0], False)


def changed(**parts: Any) -> dict[str, Any]:
    return {**BASE, **parts}


def steps(*more: dict[str, Any]) -> dict[str, Any]:
    marks = "".join(f"{{{step['name']} | hash(md5) | hex}}" for step in more if "name" in step)
    emit = {"headers": {**BASE["emit"]["headers"], "X-All": f"{marks}."}}
    return changed(steps=[*BASE["steps"], *more], emit=emit)


def emitting(**headers: Any) -> dict[str, Any]:
    return changed(emit={"headers": {**BASE["emit"]["headers"], **headers}})


LATER = {"name": "late", "parts": ["{signature}"]}
MISTAKES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a word of version 2 in version 1": (
        changed(language=1, steps=[{"name": "signature", "parts": ["{body | length}"]}]),
        "/steps/0/parts/0",
        "'length' is a word of version 2",
    ),
    "an unknown option": (emitting(A="{option.region}"), "/emit/headers/A", "unknown option 'region'"),
    "an option that nobody uses": (changed(options={"region": {}}), "/options/region", "'region' is never used"),
    "an option named like an argument": (changed(options={"timeout": {}}), "/options/timeout", "an argument of every"),
    "an option with both": (
        changed(options={"a": {"value": "x", "default": "y"}}), "/options/a", "a fixed value or a default, not both",
    ),
    "a secret key in clear": (
        emitting(A="{credential.key}"), "/emit/headers/A", "secret 'key' is a key, and 'A' would send it in clear",
    ),
    "a secret key in Base64": (emitting(A="{credential.key | base64}"), "/emit/headers/A", "would send it in clear"),
    "a secret key inside of a step": (
        {**steps({"name": "a", "parts": ["{credential.key | upper}"]}),
         "emit": {"headers": {"X-Id": "{credential.id}{signature}", "A": "{a | percent-encode}"}}},
        "/emit/headers/A", "would send it in clear",
    ),
    "a pattern that is no date": (emitting(A="{timestamp('%H:%M')}"), "/emit/headers/A", "a pattern of a date has"),
    "an unknown form of a nonce": (emitting(A="{nonce(words-3)}"), "/emit/headers/A", "unknown form; known are uuid"),
    "two forms of nonces": (
        {**steps({"name": "a", "parts": ["{nonce}{nonce(uuid)}"]}),
         "emit": {"headers": {"X-Id": "{credential.id}{signature}", "A": "{nonce} {nonce(uuid)} {a | hex}"}}},
        "/steps/1", "a recipe has one nonce, in one form",
    ),
    "an unknown condition": (emitting(A={"when": "maybe", "value": "x"}), "/emit/headers/A/when", "unknown condition"),
    "a condition without a value": (emitting(A={"when": "body"}), "/emit/headers/A", "needs 'value'"),
    "an unknown source": (steps({"name": "a", "over": "cookies"}), "/steps/1/over", "not 'cookies'"),
    "an unknown order": (steps({"name": "a", "over": "query", "sort": "up"}), "/steps/1/sort", "sort is one of pair"),
    "headers without names": (steps({"name": "a", "over": "headers"}), "/steps/1", "a step over headers needs 'names'"),
    "headers among parameters": (
        steps({"name": "a", "over": ["headers", "query"], "names": ["a"]}), "/steps/1/over", "cannot be mixed",
    ),
    "no header's name": (
        steps({"name": "a", "over": "headers", "names": ["a b"]}), "/steps/1/names/0", "not a header name",
    ),
    "a header that signs itself": (
        steps({"name": "a", "over": "headers", "names": ["x-all"]}), "/steps/1", "signs header 'x-all', which is made",
    ),
    "a signed header that is made too late": (
        changed(
            steps=[
                {"name": "a", "over": "headers", "names": ["x-late"]},
                {"name": "signature", "parts": ["{a | hmac(sha256, credential.key) | hex}"]},
                {"name": "late", "parts": ["{body | hash(md5) | hex}"]},
            ],
            emit={"headers": {"X-Id": "{credential.id}", "X-Late": "{late}", "X-Signature": "{signature}"}},
        ),
        "/steps/0", "which is made of step 'late': that one has to be defined before",
    ),
    "an address in what is emitted": (
        changed(emit={"headers": {"X-Id": "{credential.id}{url}"}, "query": {"s": "{signature}"}}),
        "/emit/headers/X-Id", "uses the address in steps only",
    ),
    "raw bytes after decoding": (
        emitting(A="{credential.id | base64-decode}"), "/emit/headers/A", "raw bytes; encode it",
    ),
    "an unknown signature": (
        emitting(A="{body | sign(dsa, credential.key) | hex}"), "/emit/headers/A", "unknown algorithm 'dsa'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_has_a_place(what: str) -> None:
    recipe, pointer, message = MISTAKES[what]
    with pytest.raises(ApiscribeError) as caught:
        read(recipe)
    found = [(item.origin.pointer, item.message) for item in caught.value.diagnostics]
    assert [entry for entry in found if entry[0] == pointer and message in entry[1]], found


def test_the_query_is_signed_with_what_the_recipe_adds() -> None:
    recipe = read(
        {
            **BASE,
            "steps": [{"name": "signature", "parts": ["{target | hmac(sha256, credential.key) | hex}"]}],
            "emit": {"query": {"id": "{credential.id}", "t": "{timestamp(unix-s)}", "sig": "{signature}"}},
        }
    )
    known = credentials(recipe, KNOWN)
    one = dict(signer(recipe)("GET", "http://h/x?a=1", {}, b"", known, 5.0).query)
    plain = read({**BASE, "steps": recipe.to_data()["steps"]})
    sent = dict(signer(plain)("GET", "http://h/x?a=1&id=aWQ&t=5", {}, b"", known, 5.0).headers)
    assert one["sig"] == sent["X-Signature"]
