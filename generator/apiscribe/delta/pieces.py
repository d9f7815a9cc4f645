"""Pieces: a file as it is, and what it was and is in a slice, go in; the file with what differs comes out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from apiscribe.delta.unsure import UnsureError

# Where a piece of a file begins; the word names it. A class and what follows it up to its first method is one.
_PYTHON = re.compile(
    r"^(?:(class) (\w+)|(?:    )?(?:async )?def (\w+)|    (@)|(@)|(?!(?:from|import|if|else|try)\b)(\w+)(?: = |: ))",
    re.MULTILINE,
)
_PAGE = re.compile(r"^(?:(#{1,6} .*)|(\| \[[^|]*\|))")
_TWICE = "\0"  # no file of a package holds it
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a file: what it is of, and its text; blank lines after it are apart."""

    name: str
    text: str
    space: str


def with_changes(path: str, whole: str, before: str, after: str) -> str:
    """Put what differs between two slices into a whole file.

    Raises:
        UnsureError: the file does not hold exactly what the slice was, or what differs is not of one piece.
    """
    split = _in_page if path.endswith(".md") else _in_python
    held, old, new = (split(text) for text in (whole, before, after))
    if old[0].text != new[0].text and path.endswith(".md"):
        raise UnsureError(f"the head of {path} differs")
    known, was = _by_name(held), _by_name(old)
    changed = {name: piece for name, piece in _by_name(new).items() if name not in was or was[name].text != piece.text}
    gone = {name for name in was if name not in _by_name(new)}
    for name in (*changed, *gone):
        if any(_TWICE in pieces[name].text for pieces in (changed, was, known) if name in pieces):
            raise UnsureError(f"{path} has {name} twice")
        if name in was and (name not in known or known[name].text != was[name].text):
            raise UnsureError(f"{path} holds another {name}")
    if path.endswith(".md"):
        _check_links(whole, was, changed)
    else:
        heads = (_imports(held[0].text), _imports(old[0].text), _imports(new[0].text))
        kept = [piece.text for piece in held[1:] if piece.name not in changed and piece.name not in gone]
        replaced = [was[name].text for name in (*changed, *gone) if name in was]
        _check_head(heads, kept, replaced, [piece.text for piece in changed.values()])
    added = _added(new[1:], was, known)
    if (added or gone) and held[-1].name in {*added, *gone}:
        raise UnsureError(f"the end of {path} changes")
    return "".join(piece.text + piece.space for piece in (held[0], *_merged(held[1:], changed, added, gone)))


def _added(new: Sequence[Piece], was: Mapping[str, Piece], known: Mapping[str, Piece]) -> dict[str, list[Piece]]:
    """Give the pieces that are new by the name of the one before them."""
    added: dict[str, list[Piece]] = {}
    last = ""
    for piece in new:
        if piece.name in was:
            last = piece.name
        elif piece.name in known or last not in known:
            raise UnsureError("what is new has no place")
        else:
            added.setdefault(last, []).append(piece)
    return added


def _merged(
    held: Sequence[Piece], changed: Mapping[str, Piece], added: Mapping[str, Sequence[Piece]], gone: set[str]
) -> Iterator[Piece]:
    for piece in held:
        if piece.name not in gone:
            told = changed.get(piece.name)
            yield piece if told is None else replace(piece, text=told.text)
        yield from added.get(piece.name, ())


def _by_name(pieces: Sequence[Piece]) -> dict[str, Piece]:
    """Give pieces by name; those that share a name are none that can be changed."""
    found: dict[str, Piece] = {}
    for piece in pieces[1:]:
        if piece.name in found:
            found[piece.name] = replace(piece, text=found[piece.name].text + _TWICE + piece.text)
        else:
            found[piece.name] = piece
    return found


def _in_python(text: str) -> list[Piece]:
    """Split a module: first what stands before all pieces, then each function, method and constant, with its class."""
    starts: list[tuple[str, int]] = [("", 0)]
    owner, is_marked = "", False
    for match in _PYTHON.finditer(text):
        kind, cls, function, *marks, constant = match.groups()
        if kind:
            owner = cls
        elif text[match.start()] != " ":
            owner = ""
        # The function that a decorator before it belongs to.
        place = starts.pop()[1] if is_marked else match.start()
        starts.append((f"{owner}.{function or (cls if is_marked else constant) or ''}", place))
        is_marked = any(marks)
    ends = (*(start for _, start in starts[1:]), len(text))
    return [_piece(name, text[start:end]) for (name, start), end in zip(starts, ends, strict=True)]


def _in_page(text: str) -> list[Piece]:
    """Split a page: first its title, then each section and each row of a list of links."""
    pieces: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines(keepends=True):
        match = _PAGE.match(line)
        if match is None:
            pieces[-1][1].append(line)
        else:
            pieces.append((match[1] or match[2], [line]))
    return [_piece(name, "".join(lines)) for name, lines in pieces]


def _piece(name: str, text: str) -> Piece:
    kept = text.rstrip("\n")
    return Piece(name=name, text=kept, space=text[len(kept) :])


def _check_links(whole: str, was: Mapping[str, Piece], changed: Mapping[str, Piece]) -> None:
    """See that what a page now links to has the link elsewhere on it: an anchor may be another's as well."""
    old = {link for piece in was.values() for link in _LINK.findall(piece.text)}
    for piece in changed.values():
        for link in _LINK.findall(piece.text):
            if link not in old and link not in whole:
                raise UnsureError("a link that the page has nowhere")


def _check_head(
    heads: tuple[_Head, _Head, _Head], kept: Sequence[str], replaced: Sequence[str], changed: Sequence[str]
) -> None:
    """See that the imports of the whole file are right for the new pieces as well.

    The heads of both slices tell less: what keeps the operation company there imports for itself.

    Raises:
        UnsureError: one is missing, or perhaps needed no more.
    """
    whole, was, now = heads
    if was.rest != now.rest:
        raise UnsureError("imports differ")
    wanted = {name for text in changed for name in _used(text, unread=_words(text))}
    if any(item not in was.names or item[1] in wanted for item in now.names - whole.names):
        raise UnsureError("imports differ")
    found = {name for text in changed for name in _used(text, unread=())}
    gone = {name for text in replaced for name in _used(text, unread=_words(text))} - found
    unused = {name for _, name in was.names - now.names}
    for name in unused | (gone & {name for _, name in whole.names}):
        if not any(name in text and name in _used(text, unread=()) for text in kept):
            raise UnsureError(f"nothing else may use {name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    names: frozenset[tuple[str, str]]
    rest: tuple[str, ...]


def _imports(text: str) -> _Head:
    names: set[tuple[str, str]] = set()
    rest: list[str] = []
    try:
        body = ast.parse(text).body
    except SyntaxError:
        raise UnsureError("a head that is not read") from None
    for node in body:
        # What is imported for types only is another import.
        where, items = ("if", node.body) if isinstance(node, ast.If) else ("", [node])
        for item in items:
            if isinstance(item, ast.ImportFrom):
                source = f"{where}{'.' * item.level}{item.module or ''}"
                names |= {(f"{source} {alias.name}", alias.asname or alias.name) for alias in item.names}
            else:
                rest.append(ast.unparse(item))
    return _Head(names=frozenset(names), rest=tuple(rest))


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\w+", text)


def _used(text: str, *, unread: Iterable[str]) -> frozenset[str]:
    """Name what a piece uses of the file it is in; `unread` is told of one that cannot be read."""
    try:
        tree = ast.parse(f"if 1:\n{text}" if text.startswith(" ") else text)
    except SyntaxError:
        return frozenset(unread)
    nodes = list(ast.walk(tree))
    # What a function imports for itself is not the file's.
    own = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    return frozenset({node.id for node in nodes if isinstance(node, ast.Name)} - own)
