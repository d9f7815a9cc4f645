"""Lists over several responses: a page goes in, its items and what asks for the next one come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic_core import to_json

from .errors import PaginationError
from .media import NO_CONTENT
from .operation import Operation, Pagination, keys_of
from .unset import UNSET

if TYPE_CHECKING:
    from .raw import RawResponse

MAX_PAGES = 10_000
_ADDRESSED = ("url", "link")


def read(value: Any, place: str) -> Any:
    """Read a place such as `contents`, `result.items` or `/@odata.nextLink`, in wire or Python names; None if absent.

    A place is names joined by dots, or a JSON pointer; `$` is the value itself.
    """
    for name in _steps(place):
        value = _member(value, name)
    return value


def _steps(place: str) -> list[str]:
    if place == "$":
        return []
    if place.startswith("/"):
        return [step.replace("~1", "/").replace("~0", "~") for step in place[1:].split("/")]
    return place.split(".")


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name)
    if not isinstance(value, BaseModel):
        return None
    for field, info in type(value).model_fields.items():
        if name in (info.validation_alias, info.alias) or (field == name and info.validation_alias is None):
            return getattr(value, field, None)
    extra = value.__pydantic_extra__
    if extra and name in extra:
        return extra[name]
    return getattr(value, name, None) if name in type(value).model_fields else None


class Pages:
    """Where an iteration stands: `arguments`, `fields`, `body`, `address` ask for a page, `take` gives its items.

    It ends with an empty page, with a page that was there before (many services ignore size and page), without a new
    marker or address, when the stated total is reached, or when the response says that there is no more; and it ends in
    an error after 10,000 pages. A page may be empty where the response says what comes next. An answer that is no page,
    as 202 with a state of its own, is an error; 204 is an empty page.
    """

    def __init__(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        here: str = "",
        fields: Mapping[str, object] | None = None,
        body: object = UNSET,
    ) -> None:
        if operation.pagination is None:
            raise TypeError(f"{operation.name}() has no pages")
        self._operation = operation
        self._plan: Pagination = operation.pagination
        page, names = self._plan.page, {
            wire: argument for argument, wire in (operation.body.fields if operation.body else ())
        }
        argument = next((p.argument for p in operation.parameters if page in (p.name, p.argument)), None)
        self._in_body = argument is None and page in names
        self._argument = names[page] if self._in_body else argument or page
        self.arguments: dict[str, object] = dict(arguments)
        self.fields: dict[str, object] | None = None if fields is None else dict(fields)
        self.body = body
        self.address: str | None = None
        self.done = False
        self._here = here
        self._seen: set[object] = set()
        self._pages = 0
        self._count = 0
        given = self._asked()
        self._position = given if isinstance(given, int) and not isinstance(given, bool) else self._plan.first
        self._begun = self._position
        if self._plan.style in ("page", "offset") and (given is None or given is UNSET):
            self._ask(self._position)

    def take(self, answer: RawResponse[Any, Any]) -> Iterable[Any]:
        """Take a page: give its items, and set what asks for the next one.

        Raises:
            PaginationError: the answer is no page; the list goes on beyond every bound, or at an address of another
                server.
        """
        plan, page, headers = self._plan, answer.parse(), answer.headers
        items = self._items(page, answer.status_code)
        told = plan.style in _ADDRESSED or plan.next is not None or plan.next_header is not None
        if (not items and not told) or (items and self._again(_digest(items))):
            self.done = True
            return ()
        self._pages += 1
        if self._pages > MAX_PAGES:
            raise PaginationError(f"{self._operation.id}: more than {MAX_PAGES} pages", operation=self._operation.id)
        self._count += len(items)
        if plan.more is not None and read(page, plan.more) is False:
            self.done = True
        elif plan.style in _ADDRESSED:
            self._follow(page, headers)
        elif plan.style == "marker":
            self._mark(page, headers, items)
        else:
            self._step(page, len(items))
        return items

    def _items(self, page: Any, status: int) -> list[Any]:
        """Give the items of a page. An answer that has no list is one with none only if it is documented as a page."""
        found = page if isinstance(page, list) else read(page, self._plan.items)
        if isinstance(found, list):
            return found
        if found is None and (status in NO_CONTENT or self._is_page(status)):
            return []
        text = f"{self._operation.id}: the answer {status} is no page: it has no list at {self._plan.items!r}"
        raise PaginationError(text, operation=self._operation.id)

    def _is_page(self, status: int) -> bool:
        documented = {*self._operation.responses, *self._operation.loaded.responses}
        key = next((key for key in keys_of(status) if key in documented), "")
        return key in self._plan.answers if self._plan.answers else key != ""

    def _asked(self) -> object:
        """Give what asks for this page: an argument, a field of the body, or a member of a whole body."""
        if not self._in_body:
            return self.arguments.get(self._argument)
        return (self.fields or {}).get(self._argument) if self.body is UNSET else _member(self.body, self._plan.page)

    def _ask(self, value: object) -> None:
        """Set what asks for the next page."""
        if not self._in_body:
            self.arguments[self._argument] = value
        elif self.body is UNSET:
            self.fields = {**(self.fields or {}), self._argument: value}
        elif isinstance(self.body, BaseModel):
            self.body = self.body.model_copy(update={self._argument: value})
        elif isinstance(self.body, Mapping):
            self.body = {**self.body, self._plan.page: value}

    def _again(self, mark: object) -> bool:
        known = mark in self._seen
        self._seen.add(mark)
        return known

    def _follow(self, page: Any, headers: Mapping[str, str]) -> None:
        from .addresses import next_address, next_link  # only here: few lists are followed by addresses

        plan = self._plan
        found = next_link(headers.get("link")) if plan.style == "link" else read(page, plan.next or "")
        if found is None or str(found) == "":
            self.done = True
            return
        address = next_address(self._here, str(found), self._operation.id)
        self.done = self._again(("address", address))
        self._here = self.address = address

    def _mark(self, page: Any, headers: Mapping[str, str], items: list[Any]) -> None:
        plan = self._plan
        if plan.next_header is not None:
            marker: Any = headers.get(plan.next_header)
        else:
            marker = read(page, plan.next) if plan.next is not None else read(items[-1], plan.marker)
        if marker is None or marker == "" or marker == self._asked():
            self.done = True
        else:
            self.done = self._again(("marker", str(marker)))
            self._ask(marker)

    def _step(self, page: Any, count: int) -> None:
        plan = self._plan
        self._position += count if plan.style == "offset" else 1
        self._ask(self._position)
        total, pages = (read(page, place) if place else None for place in (plan.total, plan.total_pages))
        from_start = self._begun == plan.first
        self.done = (from_start and _reached(total, self._count)) or _reached(pages, self._position - plan.first)


def _reached(limit: Any, count: int) -> bool:
    return isinstance(limit, int | float) and not isinstance(limit, bool) and 0 < limit <= count


def _digest(items: list[Any]) -> bytes:
    from hashlib import blake2b  # only here: calls without pages do without it

    return blake2b(to_json(items, fallback=repr), digest_size=16).digest()
