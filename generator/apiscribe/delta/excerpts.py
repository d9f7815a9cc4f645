"""Excerpts: single members of a document's text go in, their values with the places in the whole text come out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from apiscribe.delta.members import Member, Path
from apiscribe.delta.unsure import UnsureError
from apiscribe.document.json_text import parse_json
from apiscribe.document.node import Branch, Excerpt, Foreign, Mark, Plain
from apiscribe.document.scalars import Limits
from apiscribe.document.yaml_text import parse_yaml

# How much less deep a member is in an excerpt than in the document.
_ABOVE = 3
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"[ \t\r\n]*:[ \t\r\n]*')
_DECODER = json.JSONDecoder()
# What is not of a member alone: anchors and aliases of YAML, and where a document ends. Texts may look the same.
_BEYOND = re.compile(r"(?:^|[\s\[{,])&\w|^(?:---|\.\.\.)", re.MULTILINE)

Value = tuple[Plain, Mark]


class Excerpts:
    """Reads members of one text by their paths."""

    def __init__(self, file: str, text: str, members: Sequence[Member], *, is_json: bool, limits: Limits) -> None:
        self.file = file
        self.text = text
        self.members = members
        self._numbers = {member.path: number for number, member in enumerate(members)}
        self._below: dict[Path, list[Member]] = {}
        for member in members:
            self._below.setdefault(member.path[:-1], []).append(member)
        self.is_json = is_json
        self._keeps_text = not file.lower().endswith(".json")
        self._limits = Limits(size=limits.size, depth=limits.depth - _ABOVE)
        self._read: dict[Path, Value] = {}

    def __contains__(self, path: Path) -> bool:
        return path in self._numbers

    def below(self, path: Path) -> Sequence[Member]:
        """List the members directly below a path."""
        return self._below.get(path, ())

    def shared_with(self, path: Path) -> list[Member]:
        """List what an operation shares with the others of its path."""
        return [item for item in self.below(path[:-1]) if not item.is_operation]

    def value(self, path: Path) -> Value:
        """Read the value of a member.

        Raises:
            UnsureError: it cannot be read by itself.
            ApiscribeError: it is not what it should be.
        """
        if path not in self._read:
            if path not in self._numbers:
                raise UnsureError("a reference to what is not there")
            number = self._numbers[path]
            member = self.members[number]
            self._read[path] = self.read(member, self.text[member.offset : self.end(number)])
        return self._read[path]

    def length(self, member: Member) -> int:
        """Tell how long the text of a member is."""
        return self.end(self._numbers[member.path]) - member.offset

    def end(self, number: int) -> int:
        """Find where the text of a member ends: in JSON its value, in YAML the line before the next member."""
        following = self.members[number + 1].offset if number + 1 < len(self.members) else len(self.text)
        if self.is_json:
            return json_end(self.text, self.members[number].offset)
        return self.text.rfind("\n", 0, following) + 1 if following < len(self.text) else following

    def read(self, member: Member, text: str) -> Value:
        """Read the text of a member, which begins with its key, as it stands in the document.

        Raises:
            UnsureError: there is more or less than this member.
            ApiscribeError: it is not what it should be.
        """
        column = member.column - 1
        text, column = (f"{{{text}}}", column) if self.is_json else (f"{' ' * column}{text}", 1)
        if not self.is_json and _BEYOND.search(text):
            raise UnsureError("anchors")
        source = Excerpt(self.file, text, line=member.line, column=column, keeps_text=self._keeps_text)
        plain, mark = (parse_json if self.is_json else parse_yaml)(source, self._limits)
        if not isinstance(plain, dict) or list(plain) != [member.path[-1]] or not isinstance(mark, Branch):
            raise UnsureError("not one member")
        return plain[member.path[-1]], Foreign(source, mark.children[0])

    def place(self, path: Path) -> Excerpt:
        """Give the place of a member without its text."""
        member = self.members[self._numbers[path]]
        return Excerpt(self.file, "", line=member.line, column=member.column, keeps_text=self._keeps_text)


def json_end(text: str, offset: int) -> int:
    """Find where a member of a JSON object ends that begins at an offset.

    Raises:
        UnsureError: it is none.
    """
    key = _KEY.match(text, offset)
    if key is None:
        raise UnsureError("not JSON")
    try:
        return _DECODER.raw_decode(text, key.end())[1]
    except (ValueError, RecursionError):
        raise UnsureError("not JSON") from None
