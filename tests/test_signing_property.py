"""The signing room: on random recipes and random requests the compiled function and the verifier agree."""

from __future__ import annotations

import ast
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from apiscribe import signing

from .signing_room import CREDENTIALS, WireRequest, credentials, first_recipe, module_source, read, signer, verifier

FIRST = first_recipe()
FIRST_SIGN = signer(FIRST)
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
KNOWN = {"id": "user-1", "key": "s3cret é 값", "token": "t0ken"}
DECLARED = {"id": {}, "key": {"secret": True}, "token": {"optional": True}}

methods = st.sampled_from(["GET", "PUT", "POST", "PATCH", "DELETE"])
hosts = st.sampled_from(["h", "API.Example.com", "127.0.0.1:8080", "[::1]:1"])
paths = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12).map(
    lambda text: "/" + quote(text)
)
queries = st.one_of(st.text(VISIBLE.replace("#", ""), max_size=30), st.sampled_from(["b=1&a=2&a=10&a&&=", "q=%EA+%20"]))
values = st.one_of(st.text(VISIBLE + " ", max_size=12).map(str.strip), st.sampled_from(["a  b   c", "a=2&a=1&a&=&b"]))
bodies = st.binary(max_size=20)
instants = st.integers(min_value=0, max_value=4_102_444_799_999)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    query = draw(queries)
    return {
        "method": draw(methods),
        "host": draw(hosts),
        "target": draw(paths) + (f"?{query}" if query else ""),
        "headers": {"x-one": draw(values), "x-two": draw(values), "x'|`^": draw(values)},
        "body": draw(bodies),
        "milliseconds": draw(instants),
    }


ENCODINGS = ["hex", "HEX", "base64", "base64url", "percent-encode"]
EASY = ["lower", "upper", "sort-query", "collapse-spaces", "hash(sha1)", "hash(sha256)", "hash(sha512)", *ENCODINGS]
ATOMS = [
    "method", "scheme", "host", "path", "query", "target", "url", "body", "nonce", "headers[X-One]", "headers[x-two]",
    "headers[X-Absent]", "headers[X'|`^]", "timestamp(unix-ms)", "timestamp(unix-s)", "timestamp(iso8601)",
    "timestamp(iso8601-ms)", "timestamp(iso8601-basic)", "timestamp(yyyymmdd)", "timestamp(http-date)",
    "credential.id", "credential.key", "credential.token", "'quoted ''text'''",
]  # fmt: skip
texts = st.text(max_size=6).map(lambda text: text.replace("{", "{{").replace("}", "}}"))


@st.composite
def expressions(draw: st.DrawFn, steps: list[str]) -> str:
    atom = draw(st.sampled_from([*ATOMS, *steps]))
    keys = ["credential.key", "credential.id", "'literal key'", "timestamp(yyyymmdd)", *steps]
    hmacs = [f"hmac({algorithm}, {key})" for algorithm in ("sha1", "sha256", "sha512") for key in keys]
    transforms = draw(st.lists(st.sampled_from([*EASY, *hmacs]), max_size=3))
    return "{" + " | ".join([atom, *transforms]) + "}"


@st.composite
def recipes(draw: st.DrawFn, literals: st.SearchStrategy[str] = texts) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    for number in range(draw(st.integers(min_value=1, max_value=4))):
        known = [step["name"] for step in steps]
        part = st.lists(st.one_of(literals, expressions(known)), max_size=3).map("".join)
        parts = draw(st.lists(part, min_size=1, max_size=3))
        steps.append({"name": f"s{number}", "separator": draw(st.one_of(literals, st.just("\n"))), "parts": parts})
    everything = "".join(f"{{{step['name']} | hash(sha256) | hex}}" for step in steps)
    headers = {
        "X-Time": "at={timestamp(iso8601-ms)};n={nonce}",
        "X-Id": "{credential.id} {credential.key | hash(sha256) | base64}",
        "X-Token": "{credential.token}",
        "Authorization": f"Test {everything}",
    }
    return {"language": 1, "name": "random", "credentials": DECLARED, "steps": steps, "emit": {"headers": headers}}


def problem_of(recipe: signing.Recipe, known: dict[str, str], request: dict[str, Any], signed: Any) -> str | None:
    headers = (("Host", request["host"]), *request["headers"].items(), *signed.headers)
    wire = WireRequest(
        method=request["method"], target=request["target"], headers=headers, body=request["body"], scheme="https"
    )
    judge = verifier.RecipeVerifier(recipe.to_data(), known)
    problem: str | None = judge.verify(wire, request["milliseconds"] / 1000)
    return problem


def sign(function: Any, recipe: signing.Recipe, known: dict[str, str], request: dict[str, Any]) -> Any:
    return function(
        request["method"],
        f"https://{request['host']}{request['target']}",
        request["headers"],
        request["body"],
        credentials(recipe, known),
        request["milliseconds"] / 1000,
        "nonce-1",
    )


@given(requests())
def test_the_first_recipe_signs_what_the_verifier_accepts(request: dict[str, Any]) -> None:
    assert problem_of(FIRST, CREDENTIALS, request, sign(FIRST_SIGN, FIRST, CREDENTIALS, request)) is None


@given(requests(), requests())
def test_a_signature_is_good_for_its_own_request_only(request: dict[str, Any], other: dict[str, Any]) -> None:
    signed = sign(FIRST_SIGN, FIRST, CREDENTIALS, request)
    same = all(request[part] == other[part] for part in ("method", "host", "target"))
    other = {**other, "milliseconds": request["milliseconds"]}
    assert (problem_of(FIRST, CREDENTIALS, other, signed) is None) == same


@settings(max_examples=300, deadline=None)
@given(recipes(), st.lists(requests(), min_size=1, max_size=3), st.booleans())
def test_random_recipes_compile_to_what_the_verifier_computes(
    data: dict[str, Any], several: list[dict[str, Any]], has_token: bool
) -> None:
    recipe = read(data)
    function = signer(recipe)
    known = KNOWN if has_token else {name: value for name, value in KNOWN.items() if name != "token"}
    for request in several:
        signed = sign(function, recipe, known, request)
        assert dict(signed.headers).get("X-Token") == known.get("token")
        assert problem_of(recipe, known, request, signed) is None


def blanked(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            node.value = ""
    return ast.dump(tree)


HOSTILE = [
    '"',
    "'",
    "\\",
    '\\"',
    '"""',
    "\n",
    "\r",
    "\0",
    "\u202e",
    "\u2028",
    ")\nimport os\n(",
    '" + exit() + "',
    "#",
    "%s",
]


@settings(deadline=None)
@given(recipes(st.just("harmless")), st.data())
def test_hostile_literals_change_nothing_but_literals(data: dict[str, Any], draw: st.DataObject) -> None:
    hostile = draw.draw(st.sampled_from(HOSTILE))
    swapped = {**data, "steps": [exchanged(step, hostile) for step in data["steps"]]}
    sources = [module_source(signing.compile_module(read(recipe))) for recipe in (data, swapped)]
    assert blanked(sources[0]) == blanked(sources[1])
    assert all(char.isprintable() or char == "\n" for char in sources[1])


def exchanged(step: dict[str, Any], hostile: str) -> dict[str, Any]:
    parts = [part.replace("harmless", hostile.replace("{", "{{").replace("}", "}}")) for part in step["parts"]]
    return {**step, "parts": parts, "separator": step["separator"].replace("harmless", hostile)}
