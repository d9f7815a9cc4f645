"""Drift: pages as they were captured against pages as they are, told operation by operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from apiscribe.cli.diff import Compared, compared, key_of
from apiscribe.diff import Change, Impact
from apiscribe.errors import shown

if TYPE_CHECKING:
    from apiscribe.capture.lock import LockedPage
    from apiscribe.diff import OperationComparison, Side

# What tells where a fact is from is no contract, and no text of the page either.
_ORIGINS = frozenset({"x-source", "x-evidence", "x-notes"})
_MOST_PLACES = 3


class State(StrEnum):
    """What became of an operation, a document or a page, the gravest first."""

    BREAKING = "contract changed, breaking"
    ADDITIVE = "contract changed, additive"
    GONE = "page gone"
    NEW = "new page"
    TEXT = "text changed, contract same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: what became of what, what changed, and where."""

    state: State
    subject: str
    changed: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChanges:
    """How the pages of two locks differ: those with another text, as they are now, those gone, and those that came."""

    changed: tuple[LockedPage, ...] = ()
    gone: tuple[LockedPage, ...] = ()
    came: tuple[LockedPage, ...] = ()


def page_changes(before: Sequence[LockedPage], now: Sequence[LockedPage], *, moved: bool) -> PageChanges:
    """Match pages by path, or by address, or by what they give.

    With `moved` the pages lie in another folder than those of the lock: what is missing there counts as gone, or there
    alone as new, only if no page of the other side gives the same.
    """
    gone, came = list(before), list(now)
    changed = []
    for key in (_path, _address, _content):
        waiting: dict[tuple[str, ...], list[LockedPage]] = {}
        for page in came:
            waiting.setdefault(key(page), []).append(page)
        for page in list(gone):
            fitting = waiting.get(key(page)) if any(key(page)) else None
            if fitting:
                other = fitting.pop(0)
                gone.remove(page)
                came.remove(other)
                if other.sha256 != page.sha256:
                    changed.append(other)
    if moved:
        gone = [page for page in gone if not _given(page) <= {item for other in now for item in _given(other)}]
        came = [page for page in came if not _given(page) <= {item for other in before for item in _given(other)}]
    return PageChanges(changed=tuple(changed), gone=tuple(gone), came=tuple(came))


def _path(page: LockedPage) -> tuple[str, ...]:
    return (page.path,)


def _address(page: LockedPage) -> tuple[str, ...]:
    return (page.address,)


def _content(page: LockedPage) -> tuple[str, ...]:
    return (page.kind, page.form, page.language, page.service, *sorted(page.gave)) if page.gave else ()


def _given(page: LockedPage) -> set[tuple[str, str]]:
    return {(service, item) for service in page.service.split(", ") for item in page.gave}


def rows(old: Sequence[Side], new: Sequence[Side], pages: PageChanges, contradicted: Iterable[str] = ()) -> list[Row]:
    """Tell everything that differs between documents as they are kept and as the pages give them now.

    Of pages that are `contradicted` by others it is told elsewhere what they say.
    """
    report = _Report(pages=pages, explained=dict.fromkeys(contradicted, True))
    found = list(report.of(compared(old, new), old, new))
    order = list(State)
    return sorted(dict.fromkeys(found), key=lambda row: (order.index(row.state), row.subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """The rows of one report, and which changed pages some row accounts for."""

    pages: PageChanges
    explained: dict[str, bool] = field(default_factory=dict)

    def of(self, documents: Sequence[Compared], old: Sequence[Side], new: Sequence[Side]) -> Iterator[Row]:
        known, found = _operations(old), _operations(new)
        for document in documents:
            name = f"{document.service} {document.version}"
            if document.comparison is None:
                is_new = document.impact is Impact.ADDITIVE
                state = State.ADDITIVE if is_new else State.BREAKING
                yield Row(state=state, subject=name, changed=f"the document is {'new' if is_new else 'gone'}", where="")
                continue
            for operation in document.comparison.operations:
                yield from self._operation(document.service, operation)
            self._explain(document.service, document.comparison.changes)
            yield from _changes(name, document.comparison.whole)
        for key in found:
            if key not in known:
                yield from self._page_of(key, State.NEW, self.pages.came)
        for key in known:
            if key not in found:
                yield from self._page_of(key, State.GONE, self.pages.gone)
        yield from self._other_pages()

    def _operation(self, service: str, operation: OperationComparison) -> Iterator[Row]:
        current = operation.new or operation.old
        if current is None:
            return
        version = current.named("x-api-version")
        subject = _subject(service, operation.call, version)
        given = (service, f"operation {current.method} {current.path} {version}")
        pages = [page for page in self.pages.changed if given in _given(page)]
        told = list(_changes(subject, operation.changes))
        if not told:
            # A page of this operation alone may change without a word of it reaching the document.
            single = [page for page in pages if len(page.gave) == 1 and page.path not in self.explained]
            told = [_text(subject, page) for page in single[:1]]
        for page in pages if told else ():
            self.explained[page.path] = True
        yield from told

    def _explain(self, service: str, changes: Iterable[Change]) -> None:
        """Note the pages of schemas and overviews that changes are from."""
        places = {tuple(item.pointer.split("/")[1:4]) for item in changes if not _is_origin(item)}
        named = {(service, f"model {place[2]}") for place in places if place[:2] == ("components", "schemas")}
        named |= {(service, "overview") for place in places if place[:1] in (("info",), ("servers",))}
        for page in self.pages.changed:
            if named & _given(page):
                self.explained[page.path] = True

    def _page_of(self, key: tuple[str, str, str], state: State, pages: Iterable[LockedPage]) -> Iterator[Row]:
        service, call, version = key
        method, _, path = call.partition(" ")
        for page in pages:
            if (service, f"operation {method.lower()} {path} {version}") in _given(page):
                self.explained[page.path] = True
                yield Row(state=state, subject=_subject(service, call, version), changed="", where=page.path)

    def _other_pages(self) -> Iterator[Row]:
        """Tell of pages that no row above accounts for: what they give is the same, or stands on other pages too."""
        for state, pages in (
            (State.TEXT, self.pages.changed),
            (State.GONE, self.pages.gone),
            (State.NEW, self.pages.came),
        ):
            for page in pages:
                if page.path not in self.explained:
                    gave = f"gave {_listed(page.gave)}" if page.gave else "gave nothing"
                    yield Row(state=state, subject=page.kind or "page", changed=gave, where=page.path)


def _changes(subject: str, changes: Sequence[Change]) -> Iterator[Row]:
    said = [item for item in changes if not _is_origin(item)]
    contract = [item for item in said if item.impact is not Impact.EDITORIAL]
    for item in contract:
        state = State.BREAKING if item.impact is Impact.BREAKING else State.ADDITIVE
        yield Row(state=state, subject=subject, changed=item.message, where=item.pointer)
    if said and not contract:
        where = ", ".join(item.pointer for item in said[:_MOST_PLACES])
        more = f" and {len(said) - _MOST_PLACES} more" if len(said) > _MOST_PLACES else ""
        changed = _listed(dict.fromkeys(item.message for item in said))
        yield Row(state=State.TEXT, subject=subject, changed=changed, where=f"{where}{more}")


def _is_origin(item: Change) -> bool:
    return item.pointer.rpartition("/")[2] in _ORIGINS


def _text(subject: str, page: LockedPage) -> Row:
    return Row(state=State.TEXT, subject=subject, changed="the page alone", where=page.path)


def _operations(sides: Sequence[Side]) -> Mapping[tuple[str, str, str], str]:
    """List the operations of documents by service, call and version, with the document's file."""
    from apiscribe.diff.operations import operations_of

    return {
        (key_of(side)[0], operation.call, operation.named("x-api-version")): side.document.file
        for side in sides
        for operation in operations_of(side.resolver)
    }


def _subject(service: str, call: str, version: str) -> str:
    return shown(f"{service} {call} {version}".strip(), 200)


def _listed(items: Iterable[str]) -> str:
    listed = list(items)
    more = f" and {len(listed) - _MOST_PLACES} more" if len(listed) > _MOST_PLACES else ""
    return shown(", ".join(listed[:_MOST_PLACES]) + more, 200)


def tally(found: Sequence[Row]) -> str:
    """Count what changed: operations by the gravest of their states, pages and documents by their own.

    >>> tally([Row(state=State.TEXT, subject="a", changed="", where="")])
    '1 text changed, contract same'
    """
    gravest: dict[str, State] = {}
    for row in found:
        gravest.setdefault(row.subject, row.state)
    counts = {state: list(gravest.values()).count(state) for state in State}
    return "; ".join(f"{count} {state}" for state, count in counts.items() if count)
