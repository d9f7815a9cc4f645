"""Hostile documents: each one by name, as bytes, with words that its refusal must hold."""

from __future__ import annotations

from typing import NamedTuple


class Hostile(NamedTuple):
    """One document that must be refused when it is loaded."""

    name: str
    file: str
    data: bytes
    refusal: str


def _laughs() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join(lines).encode()


def _deep_through_aliases() -> bytes:
    lines = ["a0: &a0 " + "[" * 40 + "]" * 40]
    lines += [f"a{level}: &a{level} " + "[" * 40 + f"*a{level - 1}" + "]" * 40 for level in range(1, 3)]
    return "\n".join(lines).encode()


def _merge_bomb() -> bytes:
    keys = ", ".join(f"k{number}: 1" for number in range(200))
    return "\n".join([f"base: &base {{{keys}}}", *(f"m{number}: {{<<: *base}}" for number in range(60))]).encode()


DEEP = 50_000
DOCUMENTS = (
    Hostile("brackets-yaml", "a.yaml", b"[" * DEEP, "deeper than 100"),
    Hostile("brackets-json", "a.json", b"[" * DEEP, "deeper than 100"),
    Hostile("objects-json", "a.json", b'{"a":' * DEEP, "deeper than 100"),
    Hostile("braces-yaml", "a.yaml", b"{a: " * DEEP, "deeper than 100"),
    Hostile("dashes-yaml", "a.yaml", b"- " * DEEP, "deeper than 100"),
    Hostile("question-marks", "a.yaml", b"? " * DEEP, "keys are text"),
    Hostile("aliases-make-depth", "a.yaml", _deep_through_aliases(), "deeper than 100"),
    Hostile("billion-laughs", "a.yaml", _laughs(), "aliases add more than 10000"),
    Hostile("merge-bomb", "a.yaml", _merge_bomb(), "aliases add more than 10000"),
    Hostile("cyclic-alias", "a.yaml", b"a: &a {b: [*a]}", "a value around itself"),
    Hostile("cyclic-merge", "a.yaml", b"a: &a {<<: *a}", "a value around itself"),
    Hostile("unknown-alias", "a.yaml", b"a: *b", "no anchor before it"),
    Hostile("alias-alone", "a.yaml", b"*b", "no anchor before it"),
    Hostile("two-documents", "a.yaml", b"a: 1\n---\nb: 2\n", "a second begins"),
    Hostile("python-object", "a.yaml", b"a: !!python/object/apply:os.system ['x']", "core schema"),
    Hostile("python-name", "a.yaml", b"a: !!python/name:os.system ''", "core schema"),
    Hostile("own-tag", "a.yaml", b"a: !thing {b: 1}", "core schema"),
    Hostile("binary-tag", "a.yaml", b"a: !!binary aGk=", "core schema"),
    Hostile("timestamp-tag", "a.yaml", b"a: !!timestamp 2024-01-01", "core schema"),
    Hostile("set-tag", "a.yaml", b"a: !!set {x, y}", "core schema"),
    Hostile("false-int", "a.yaml", b"a: !!int x", "not what its tag says"),
    Hostile("null-key", "a.yaml", b"a:\n  ~: 1\n", "a key is null"),
    Hostile("empty-key", "a.yaml", b"?\n: 1", "a key is null"),
    Hostile("sequence-key", "a.yaml", b"? [a]\n: 1\n", "keys are text"),
    Hostile("alias-key", "a.yaml", b"a: &x b\n*x : 1\n", "keys are text"),
    Hostile("duplicate-yaml", "a.yaml", b"a:\n  - b: {c: 1, d: 2, c: 3}\n", "'c' is already"),
    Hostile("duplicate-number-key", "a.yaml", b"200: 1\n'200': 2\n", "'200' is already"),
    Hostile("duplicate-json", "a.json", b'{"a": [{"b": {"c": 1, "\\u0063": 2}}]}', "'c' is already"),
    Hostile("duplicate-merge", "a.yaml", b"<<: {a: 1}\n<<: {b: 1}\n", "'<<' is already"),
    Hostile("merge-of-text", "a.yaml", b"<<: text", "only mappings"),
    Hostile("nan-json", "a.json", b'{"a": NaN}', "not-a-number"),
    Hostile("infinity-json", "a.json", b'{"a": -Infinity}', "infinity"),
    Hostile("nan-yaml", "a.yaml", b"a: .NaN", "not-a-number"),
    Hostile("infinity-yaml", "a.yaml", b"a: -.inf", "infinity"),
    Hostile("overflow-json", "a.json", b'{"a": 1e999}', "too large"),
    Hostile("overflow-yaml", "a.yaml", b"a: -1.0e+999", "too large"),
    Hostile("digits-json", "a.json", b'{"a": -' + b"9" * 401 + b"}", "401 digits"),
    Hostile("digits-yaml", "a.yaml", b"a: " + b"9" * 1_000_000, "1000000 digits"),
    Hostile("digits-hex", "a.yaml", b"a: 0x" + b"f" * 500, "digits"),
    Hostile("surrogate-json", "a.json", b'{"a": "\\ud800"}', "surrogate"),
    Hostile("surrogate-key-json", "a.json", b'{"\\udc00": 1}', "surrogate"),
    Hostile("surrogate-yaml", "a.yaml", b'a: "\\ud800"', "Unicode"),
    Hostile("surrogate-bytes", "a.yaml", b"a: \xed\xa0\x80", "byte offset 3"),
    Hostile("latin-1", "a.yaml", b"\xef\xbb\xbftitle: caf\xe9\n", "byte offset 13"),
    Hostile("utf-16", "a.json", '{"a": 1}'.encode("utf-16"), "byte offset 0"),
    Hostile("nul", "a.yaml", b"a: b\0c", "control characters"),
    Hostile("nul-json", "a.json", b'{"a": "b\0c"}', "control character"),
    Hostile("empty", "a.yaml", b"", "no document"),
    Hostile("comment-only", "a.yaml", b"# nothing\n", "no document"),
    Hostile("empty-json", "a.json", b"", "expected a value"),
    Hostile("cut-json", "a.json", b'{"a": [1, 2', "expected ',' or ']'"),
    Hostile("cut-string", "a.json", b'{"a": "x', "unterminated string"),
    Hostile("comment", "a.json", b'{"a": 1, // one\n"b": 2}', "not JSON: it has no comments"),
    Hostile("comment-in-list", "a.json", b"[1 /* one */, 2]", "not JSON: it has no comments"),
    Hostile("single-quotes", "a.json", b"{'a': 1}", "its texts stand in double quotes"),
    Hostile("trailing-comma", "a.json", b'{"a": 1,}', "expected a key"),
    Hostile("trailing-text", "a.json", b'{"a": 1} {}', "after the end"),
    Hostile("wrong-bracket", "a.json", b'{"a": [1}', "expected ',' or ']'"),
    Hostile("leading-zero", "a.json", b'{"a": 01}', "expected ',' or '}'"),
    Hostile("single-quotes", "a.json", b"{'a': 1}", "double quotes"),
    Hostile("no-colon", "a.json", b'{"a" 1}', "expected ':'"),
    Hostile("cut-yaml", "a.yaml", b"a: [1, 2", "not YAML"),
    Hostile("tab-indent", "a.yaml", b"a:\n\tb: 1\n", "not YAML"),
    Hostile("many-backslashes", "a.json", b'{"a": "' + b"\\\\" * 1_000_000, "unterminated"),
    Hostile("long-quoted", "a.yaml", b"a: '" + b"x" * 2_000_000, "not YAML"),
)
