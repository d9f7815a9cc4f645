"""The ir room, extensions: how a list goes on, and when a repeated read of a resource is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """How a list is paged: names of parameters on the wire, and places in the response (`steps_of` reads those)."""

    style: str
    page: str
    size: str
    items: str
    total: str = ""
    first: int = 0
    next: str = ""
    next_header: str = ""
    marker: str = ""
    more: str = ""
    total_pages: str = ""


def steps_of(place: str) -> tuple[str, ...]:
    """Split a place in a response: names joined by dots, or a JSON pointer where a name holds one; `$` is all of it.

    >>> steps_of("meta.next"), steps_of("/@odata.nextLink"), steps_of("$")
    (('meta', 'next'), ('@odata.nextLink',), ())
    """
    if place == "$":
        return ()
    if place.startswith("/"):
        return tuple(step.replace("~1", "/").replace("~0", "~") for step in place[1:].split("/"))
    return tuple(place.split("."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """When a repeated read of a resource is done: the values of one field that mean success or failure."""

    field: str
    success: tuple[str, ...]
    failure: tuple[str, ...] = ()
    gone_is_success: bool = False
    interval: float = 5.0
