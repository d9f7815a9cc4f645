"""The signing room: what a recipe may say, and the place and the words of every mistake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.signing.recipe import Atom, Transform
from apiscribe.signing.template import TemplateError, parse
from apiscribe.signing.words import AtomKind

from .signing_room import first_recipe, read

BASE = """\
language: 1
name: demo
credentials:
  id: {}
  key: {secret: true}
steps:
  - name: message
    separator: "\\n"
    parts: ["{method}", "{url}", "{timestamp(unix-ms)}", "{body}"]
  - name: signature
    parts: ["{message | hmac(sha256, credential.key) | base64}"]
emit:
  headers:
    X-Id: "{credential.id}"
    X-Time: "{timestamp(unix-ms)}"
    X-Signature: "{signature}"
"""


def test_the_first_recipe() -> None:
    recipe = first_recipe()
    assert [(item.name, item.secret, item.optional) for item in recipe.credentials] == [
        ("access_key", False, False),
        ("secret_key", True, False),
        ("session_token", True, True),
    ]
    assert [step.name for step in recipe.steps] == ["message", "signature"]
    assert recipe.steps[1].parts[0].pieces[0].transforms == (
        Transform(name="hmac", algorithm="sha256", key=Atom(kind=AtomKind.CREDENTIAL, name="secret_key")),
        Transform(name="base64"),
    )
    assert [item.name for item in recipe.headers] == [
        "Scp-Accesskey", "Scp-Signature", "Scp-Timestamp", "Scp-ClientType", "X-Auth-Token",
    ]  # fmt: skip


def test_plain_data_reads_back_as_the_same_recipe() -> None:
    assert read(first_recipe().to_data()) == first_recipe()


def test_vectors_are_read() -> None:
    vector = '{method: GET, url: "https://h/", timestamp: 5, credentials: {id: a, key: b}, message: m, body: 1.0}'
    recipe = read(BASE + f"vectors: [{vector}]\n")
    assert recipe.vectors[0].credentials == (("id", "a"), ("key", "b"))
    assert recipe.vectors[0].expected == (("message", "m"),)
    assert recipe.vectors[0].body == "1.0"
    assert replace(recipe, vectors=()) == read(recipe.to_data())


def changed(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new, 1)


MISTAKES = {
    "another version": (changed("language: 1", "language: 3"), 1, "/language", "language must be 1 or 2"),
    "no version": (changed("language: 1\n", ""), 1, "(root)", "a recipe needs 'language'"),
    "unknown key": (BASE + "stepz: []\n", 17, "/stepz", "unknown key 'stepz' in a recipe"),
    "unknown key of a step": (
        changed('separator: "\\n"', "seperator: x"),
        8,
        "/steps/0/seperator",
        "unknown key 'seperator' in a step",
    ),
    "a name of other characters": (changed("name: demo", "name: De mo"), 2, "/name", "lower-case words joined by '-'"),
    "a credential that is a keyword": (changed("  id: {}", "  class: {}"), 4, "/credentials/class", "not a name for a"),
    "a flag that is text": (changed("secret: true", "secret: yes"), 5, "/credentials/key/secret", "true or false"),
    "a step named like an atom": (changed("name: message", "name: url"), 7, "/steps/0/name", "not a name for a step"),
    "a step twice": (changed("name: signature", "name: message"), 10, "/steps/1/name", "'message' is defined twice"),
    "a step without parts": (changed('parts: ["{method}"', 'parts: [] # "'), 9, "/steps/0/parts", "at least one part"),
    "parts that are text": (
        changed('parts: ["{message | hmac(sha256, credential.key) | base64}"]', 'parts: "x"'),
        11,
        "/steps/1/parts",
        "parts must be a list",
    ),
    "an unknown atom": (changed("{url}", "{uri}"), 7, "/steps/0", "unknown atom or step 'uri'"),
    "an unknown transform": (changed("| base64", "| base32"), 11, "/steps/1/parts/0", "unknown transform 'base32'"),
    "an unknown algorithm": (
        changed("sha256", "md5"),
        11,
        "/steps/1/parts/0",
        "unknown algorithm 'md5'; known are sha1",
    ),
    "an unknown form of time": (
        changed("unix-ms", "unix-us"),
        9,
        "/steps/0/parts/2",
        "'timestamp': unknown form 'unix-us'; known are unix-s, ",
    ),
    "an unknown credential": (changed("credential.key)", "credential.kee)"), 10, "/steps/1", "credential 'kee'"),
    "a key that is missing": (changed(", credential.key", ""), 11, "/steps/1/parts/0", "'hmac' takes (algorithm, key)"),
    "a brace that is open": (changed("{url}", "{url"), 9, "/steps/0/parts/1", "'{' is never closed (character 1)"),
    "a brace alone": (changed("{url}", "url}"), 9, "/steps/0/parts/1", "a single '}' is written '}}' (character 4)"),
    "a step that nobody uses": (
        changed("emit:", "  - {name: spare, parts: [x]}\nemit:"),
        12,
        "/steps/2",
        "step 'spare' is never used",
    ),
    "a credential that nobody uses": (
        changed('    X-Id: "{credential.id}"\n', ""),
        4,
        "/credentials/id",
        "credential 'id' is never used",
    ),
    "a cycle": (changed("{body}", "{signature}"), 7, "/steps/0", "steps 'message' and 'signature' form a cycle"),
    "a step inside itself": (changed("{body}", "{message}"), 7, "/steps/0", "'message' and 'message' form a cycle"),
    "a later step": (
        changed("emit:", "  - {name: late, parts: [x]}\nemit:").replace("{body}", "{late}"),
        7,
        "/steps/0",
        "step 'late' is used before it is defined",
    ),
    "a header twice": (changed("X-Id:", "x-time:"), 15, "/emit/headers/X-Time", "header 'X-Time' is set twice"),
    "a header that is no token": (changed("X-Id:", '"X Id":'), 14, "/emit/headers/X Id", "not a header name: 'X Id'"),
    "a header of the HTTP library": (
        changed("X-Id:", "Host:"),
        14,
        "/emit/headers/Host",
        "belongs to the HTTP library",
    ),
    "raw bytes in a header": (
        changed(" | base64", ""),
        16,
        "/emit/headers/X-Signature",
        "the value of 'X-Signature' is raw bytes; encode it",
    ),
    "a line break in a header": (
        changed('X-Id: "{credential.id}"', 'X-Id: "a\\n{credential.id}"'),
        14,
        "/emit/headers/X-Id",
        "characters that are not printable ASCII",
    ),
    "time signed but not sent": (
        changed('    X-Time: "{timestamp(unix-ms)}"\n', ""),
        7,
        "/steps/0",
        "the timestamp is signed but not sent",
    ),
    "time sent too coarsely": (
        changed('X-Time: "{timestamp(unix-ms)}"', 'X-Time: "{timestamp(unix-s)}"'),
        7,
        "/steps/0",
        "timestamp(unix-ms) is signed, but only a coarser timestamp is sent",
    ),
    "a nonce signed but not sent": (changed("{body}", "{nonce}"), 7, "/steps/0", "the nonce is signed but not sent"),
    "a header of its own": (changed("{body}", "{headers[x-id]}"), 7, "/steps/0", "emitted by this recipe itself"),
    "an optional key": (changed("secret: true", "secret: true, optional: true"), 10, "/steps/1", "cannot be optional"),
    "a name that is too long": (
        changed("  id: {}", f"  {'i' * 70}: {{}}"),
        4,
        f"/credentials/{'i' * 70}",
        "not a name",
    ),
    "nothing emitted": (BASE[: BASE.index("  headers:")] + "  {}\n", 12, "/emit", "emits at least one header"),
    "an unknown policy": (BASE + "policy: {attempts: reuse}\n", 17, "/policy/attempts", "attempts is one of resign"),
    "a vector without a result": (
        BASE + "vectors:\n  - {method: GET, url: u, timestamp: 1, credentials: {}}\n",
        18,
        "/vectors/0",
        "a vector says what at least one step gives",
    ),
    "a vector of an unknown step": (
        BASE + "vectors:\n  - {method: GET, url: u, timestamp: 1, credentials: {}, signatur: x}\n",
        18,
        "/vectors/0/signatur",
        "unknown key 'signatur' in a vector",
    ),
    "no mapping": ("[]\n", 1, "(root)", "a recipe must be a mapping"),
    "steps that repeat steps": (
        changed(
            "emit:",
            "".join(f"  - {{name: d{n + 1}, parts: ['{{d{n}}}{{d{n}}}']}}\n" for n in range(11)) + "emit:",
        )
        .replace("  - name: signature", "  - {name: d0, parts: ['{body}']}\n  - name: signature")
        .replace('"{signature}"', '"{signature}{d11 | hex}"'),
        22,
        "/steps/12",
        "step 'd10' repeats other steps into more than 1000 pieces",
    ),
}


@pytest.mark.parametrize(("text", "line", "pointer", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_has_a_place(text: str, line: int, pointer: str, message: str) -> None:
    with pytest.raises(ApiscribeError) as caught:
        read(text)
    found = [(item.origin.line, item.origin.pointer or "(root)", item.message) for item in caught.value.diagnostics]
    assert [entry for entry in found if entry[:2] == (line, pointer) and message in entry[2]], found


def test_all_mistakes_are_told_at_once() -> None:
    text = changed("{url}", "{url").replace("X-Id:", '"X Id":').replace("secret: true", "secret: maybe")
    with pytest.raises(ApiscribeError) as caught:
        read(text)
    assert len(caught.value.diagnostics) == 3


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "{}",
        "{ }",
        "{method|}",
        "{|lower}",
        "{method()}",
        "{method lower}",
        "{timestamp}",
        "{timestamp()}",
        "{timestamp(unix-s, unix-s)}",
        "{headers[a b]}",
        "{headers[]}",
        "{credential}",
        "{credential.}",
        "{credential.a.b}",
        "{nonce(uid)}",
        "{nonce()}",
        "{a.b}",
        "{literal}",
        "{method | hash}",
        "{method | hash()}",
        "{method | hash(sha256, body)}",
        "{method | lower()}",
        "{method | hmac(sha256, )}",
        "{method | hmac(sha256, body | hex)}",
        "{'open}",
        "{method)}",
        "{(method)}",
        "{method | (lower)}",
        "{method | 'lower'}",
        "{\u202e}",
        "{1a}",
        "{_a}",
        "{" * 5001,
        "{method" + "(" * 2000,
    ],
)
def test_text_outside_the_language(text: str) -> None:
    with pytest.raises(TemplateError):
        parse(text)


def test_a_template_that_is_too_long() -> None:
    with pytest.raises(TemplateError, match="at most 10000 characters"):
        parse("x" * 10_001)
