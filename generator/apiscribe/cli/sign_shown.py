"""Showing a signature: values of any bytes to text that hides every secret, then lines of a table or JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from apiscribe.cli.sign_run import Evaluated
from apiscribe.signing import Recipe
from apiscribe.signing.anatomy import Secrecy, secrecy

MASK = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A value without its secrets: as text, or as hexadecimal digits where it is none."""

    name: str
    text: str
    size: int
    is_text: bool


class Veil:
    """Knows everything secret of one signing, and takes it out of whatever is shown."""

    def __init__(self, recipe: Recipe, keys: Mapping[str, bytes], right: Evaluated) -> None:
        self._steps, self._sent = secrecy(recipe)
        hidden = {keys[field.name] for field in recipe.credentials if field.secret and keys.get(field.name)}
        hidden |= {right.steps[name] for name, told in self._steps.items() if told is Secrecy.WHOLE}
        spelled = {quote(value, safe="").encode() for value in hidden} | {quote(value).encode() for value in hidden}
        found = sorted((value for value in hidden | spelled if value), key=len, reverse=True)
        self._pattern = re.compile(b"|".join(map(re.escape, found))) if found else None

    def step(self, name: str, value: bytes) -> Shown:
        """Show the value of a step."""
        return self._shown(name, value, whole=self._steps.get(name) is Secrecy.WHOLE)

    def sent(self, name: str, value: str) -> Shown:
        """Show what is sent."""
        whole = self._sent.get(name) is Secrecy.WHOLE
        return self._shown(name, value.encode("utf-8", "surrogateescape"), whole=whole)

    def value(self, name: str, value: bytes) -> Shown:
        """Show any other value."""
        return self._shown(name, value, whole=False)

    def line(self, text: str) -> str:
        """Show a text of our own that may quote a secret."""
        return self.value("", text.encode("utf-8", "surrogateescape")).text

    def _shown(self, name: str, value: bytes, *, whole: bool) -> Shown:
        if whole:
            return Shown(name=name, text=MASK, size=len(value), is_text=True)
        clear = [value] if self._pattern is None else self._pattern.split(value)
        try:
            parts = [part.decode() for part in clear]
        except UnicodeDecodeError:
            return Shown(name=name, text=MASK.join(part.hex() for part in clear), size=len(value), is_text=False)
        # A piece of a value that is cut in the middle of a character is not text, and neither is one of control bytes.
        if sum(not (letter.isprintable() or letter in "\r\n\t") for part in parts for letter in part):
            return Shown(name=name, text=MASK.join(part.hex() for part in clear), size=len(value), is_text=False)
        return Shown(name=name, text=MASK.join(parts), size=len(value), is_text=True)


def lines_of(value: Shown) -> list[str]:
    r"""Give the lines of a value; a line feed shows as `\n` and begins the next line.

    >>> lines_of(Shown(name="a", text="GET\n/", size=5, is_text=True))
    ['GET\\n', '/']
    """
    if not value.is_text:
        return [f"0x{value.text}"]
    escaped = value.text.replace("\\", "\\\\").replace("\r", "\\r").replace("\t", "\\t")
    pieces = escaped.split("\n")
    return [*(f"{piece}\\n" for piece in pieces[:-1]), *([pieces[-1]] if pieces[-1] or len(pieces) == 1 else [])]


def rows_of(values: Iterable[Shown]) -> list[Sequence[str]]:
    """Give the rows of a table: name, size and value, a value of several lines in several rows."""
    rows: list[Sequence[str]] = []
    for value in values:
        first, *rest = lines_of(value)
        rows.append((value.name, str(value.size), first))
        rows += [("", "", line) for line in rest]
    return rows


def data_of(value: Shown) -> dict[str, object]:
    """Give a value as JSON has it."""
    return {"name": value.name, "bytes": value.size, "text" if value.is_text else "hex": value.text}
