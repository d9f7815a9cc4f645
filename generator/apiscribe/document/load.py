"""Loading: the bytes of a file come in, a document whose nodes know their line and pointer goes out, within budgets."""

from __future__ import annotations

import re

from apiscribe.document.json_text import parse_json
from apiscribe.document.node import Document, Mark, Node, Plain, Source
from apiscribe.document.scalars import MEBIBYTE, Limits
from apiscribe.document.yaml_text import parse_yaml
from apiscribe.errors import ApiscribeError, Origin, refusal

__all__ = ["Document", "Limits", "Node", "load"]

_JSON_OBJECT = re.compile(r'[ \t\r\n]*\{[ \t\r\n]*["}]')
_BOM = b"\xef\xbb\xbf"


def load(data: bytes, *, file: str, limits: Limits | None = None) -> Document:
    r"""Read YAML or JSON into a document of JSON's types.

    A file named `.json` is read as JSON, anything else as YAML 1.2 (the faster way where the text is JSON).

    >>> document = load(b"openapi: 3.1.0\ninfo:\n  version: 1.10\n", file="api.yaml")
    >>> version = document.root.at(("info", "version"))
    >>> version.text, version.origin.line, version.pointer
    ('1.10', 3, '/info/version')

    Raises:
        ApiscribeError: with file and place, for input that is not such a document or exceeds a budget.
    """
    budget = limits or Limits()
    text = decoded(data, file=file, size=budget.size)
    name = file.lower()
    source = Source(file, text, keeps_text=not name.endswith(".json"))
    if name.endswith(".json") or _JSON_OBJECT.match(text):
        part = _as_json(source, budget, is_certain=name.endswith(".json"))
    else:
        part = None
    plain, mark = part or parse_yaml(source, budget)
    return Document(file=file, root=Node(plain, mark, source))


def _as_json(source: Source, limits: Limits, *, is_certain: bool) -> tuple[Plain, Mark] | None:
    """Read JSON, or nothing if the text is not and may be YAML's flow style, which begins alike."""
    try:
        return parse_json(source, limits)
    except ApiscribeError as error:
        if is_certain or error.diagnostics[0].rule != "document.syntax":
            raise
        return None


def decoded(data: bytes, *, file: str, size: int) -> str:
    """Decode bytes as strict UTF-8, with or without a byte order mark.

    Raises:
        ApiscribeError: too large, or not UTF-8, with the offset of the first wrong byte.
    """
    if len(data) > size:
        limit = f"{size // MEBIBYTE} MiB" if size % MEBIBYTE == 0 else f"{size} bytes"
        raise refusal("document.size", f"the file is larger than {limit}", Origin(file=file))
    start = len(_BOM) if data.startswith(_BOM) else 0
    try:
        return data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + start
        raise refusal("document.encoding", f"not UTF-8: byte offset {offset}", Origin(file=file)) from None
