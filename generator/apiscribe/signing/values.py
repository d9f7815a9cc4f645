"""Values of recipes as Python expressions: texts and bytes, fixed ones among them, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apiscribe.code import Code, fill, literal, octets_literal
from apiscribe.code import joined as listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A Python expression that can be followed by `.name` or `(`: a `str`, or a `bytes` when it is no text.

    `encoded` is a cheaper expression for the bytes of a text, `digest` one for a digest in hexadecimal digits, and
    `constant` is the text of a literal. A value that `lasts` is the same for many requests; one
    that `may_be_empty` is so for most, and what follows from that is known while compiling.
    """

    code: Code
    is_text: bool = True
    is_ascii: bool = False
    encoded: Code | None = None
    digest: Code | None = None
    lasts: bool = False
    may_be_empty: bool = False
    constant: str | None = None

    @property
    def octets(self) -> Code:
        """The expression for the value as bytes."""
        if not self.is_text:
            return self.code
        return self.encoded or fill("{}.encode()", self.code)


def constant(text: str) -> Value:
    """Give the value of a literal."""
    octets = octets_literal(text.encode("utf-8", "surrogatepass"))
    return Value(code=literal(text), is_ascii=text.isascii(), constant=text, encoded=octets)


def joined(values: Iterable[Value]) -> Value:
    """Join values, neighbouring literals first."""
    merged: list[Value] = []
    for value in values:
        if value.constant == "":
            continue
        if merged and value.constant is not None and merged[-1].constant is not None:
            merged[-1] = constant(merged[-1].constant + value.constant)
        else:
            merged.append(value)
    if len(merged) < 2:
        return merged[0] if merged else constant("")
    if all(value.is_text for value in merged):
        codes = listed(", ", [value.code for value in merged])
        return Value(code=fill('"".join(({}))', codes), is_ascii=all(value.is_ascii for value in merged))
    return Value(code=fill('b"".join(({}))', listed(", ", [value.octets for value in merged])), is_text=False)
