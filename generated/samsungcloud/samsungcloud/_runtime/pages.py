"""Lists over several responses: a page goes in, its items and the arguments for the next one come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from .errors import PaginationError
from .operation import Operation, Pagination
from .unset import UNSET

MAX_PAGES = 10_000


def read(value: Any, place: str) -> Any:
    """Read a place such as `contents` or `result.items` by wire or Python names; None if it is not there."""
    for name in place.split("."):
        value = _member(value, name)
    return value


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name)
    if not isinstance(value, BaseModel):
        return None
    for field, info in type(value).model_fields.items():
        if name in (info.validation_alias, info.alias) or (
            field == name and info.validation_alias is None
        ):
            return getattr(value, field, None)
    extra = value.__pydantic_extra__
    if extra and name in extra:
        return extra[name]
    return getattr(value, name, None) if name in type(value).model_fields else None


class Pages:
    """Where an iteration stands: `arguments` ask for the next page, `take` gives a page's items and moves on.

    It ends with an empty page, with a page that was there before (many services ignore size and page), without a new
    marker, or when the stated total is reached; and it ends in an error after 10,000 pages.
    """

    def __init__(self, operation: Operation[Any], arguments: Mapping[str, object]) -> None:
        if operation.pagination is None:
            raise TypeError(f"{operation.name}() has no pages")
        self._operation = operation
        self._plan: Pagination = operation.pagination
        self._argument = next(
            (p.argument for p in operation.parameters if self._plan.page in (p.name, p.argument)),
            self._plan.page,
        )
        self.arguments: dict[str, object] = dict(arguments)
        self.done = False
        self._seen: set[bytes] = set()
        self._count = 0
        given = self.arguments.get(self._argument)
        self._position = (
            given if isinstance(given, int) and not isinstance(given, bool) else self._plan.first
        )
        self._begun = self._position
        if self._plan.style != "marker" and (given is None or given is UNSET):
            self.arguments[self._argument] = self._position

    def take(self, page: Any) -> Iterable[Any]:
        """Take a page: give its items, and set what asks for the next one.

        Raises:
            PaginationError: the list goes on beyond every bound.
        """
        items = page if isinstance(page, list) else read(page, self._plan.items)
        if not isinstance(items, list) or not items or self._again(to_json(items, fallback=repr)):
            self.done = True
            return ()
        if len(self._seen) > MAX_PAGES:
            raise PaginationError(
                f"{self._operation.id}: more than {MAX_PAGES} pages", operation=self._operation.id
            )
        self._count += len(items)
        self._move(page, items)
        return items

    def _again(self, content: bytes) -> bool:
        from hashlib import blake2b  # only here: calls without pages do without it

        mark = blake2b(content, digest_size=16).digest()
        known = mark in self._seen
        self._seen.add(mark)
        return known

    def _move(self, page: Any, items: list[Any]) -> None:
        if self._plan.style == "marker":
            marker = (
                read(page, self._plan.next)
                if self._plan.next
                else read(items[-1], self._plan.marker)
            )
            if marker is None or marker == "" or marker == self.arguments.get(self._argument):
                self.done = True
            else:
                self.arguments[self._argument] = marker
            return
        self._position += len(items) if self._plan.style == "offset" else 1
        self.arguments[self._argument] = self._position
        total = read(page, self._plan.total) if self._plan.total else None
        from_start = self._begun == self._plan.first
        if (
            from_start
            and isinstance(total, int)
            and not isinstance(total, bool)
            and 0 < total <= self._count
        ):
            self.done = True
