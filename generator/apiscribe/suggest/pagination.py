"""Pagination: an operation that lists comes in, how its list goes on goes out, by the first rule that is sure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from apiscribe.document.node import Plain
from apiscribe.suggest.call import Call, Reader, Value
from apiscribe.suggest.listing import Listing, listing_of
from apiscribe.suggest.pagination_words import (
    CURSORS,
    FLAGS,
    HOLDERS,
    NEXT_ADDRESSES,
    NEXT_TOKENS,
    NEXT_WORDS,
    OFFSETS,
    PAGE_COUNTS,
    PAGES,
    SIZES,
    TOTALS,
    VAGUE_OFFSETS,
    is_address,
)
from apiscribe.suggest.proposal import Confidence, Finding

_METHODS: Final = ("get", "post")
_SEARCH: Final = r"search|query|list|find|filter|lookup"
_Rule = Callable[[Call, Listing], Finding | None]


def pagination_of(call: Call, reader: Reader) -> Finding | None:
    """Propose how the list of an operation goes on; None where it has no list, or nothing is sure enough."""
    if call.method not in _METHODS:
        return None
    listing = listing_of(call, reader)
    if listing is None:
        return None
    found = _first_of(_RULES, call, listing)
    if call.method == "post" and found is not None and found.value.get("page") in {item.name for item in call.sent}:
        return None  # some documents have it twice, in the query and in the body: only one of them counts
    if found is None and call.method == "post":
        found = _in_body(call, listing)
    return found


def _first_of(rules: Iterable[_Rule], call: Call, listing: Listing) -> Finding | None:
    return next((found for rule in rules if (found := rule(call, listing)) is not None), None)


def _in_body(call: Call, listing: Listing) -> Finding | None:
    """Find what moves among the fields of the body; a number has to be beside a size, where something is searched."""
    named = {item.name for item in call.parameters}
    fields = [item for item in call.sent if item.name not in named]
    found = _first_of((_token, _last_item, _counted), replace(call, parameters=tuple(fields)), listing)
    if found is None:
        return None
    told = {"total", "total-pages", "more"} & found.value.keys()
    if found.value["style"] != "marker" and not ("size" in found.value and (told or _searches(call))):
        return None
    reasons = (found.reasons[0].replace("the parameter", "in the body the field", 1), *found.reasons[1:])
    return replace(found, reasons=reasons)


def _searches(call: Call) -> bool:
    """Tell by its path or name whether a POST asks for a list, rather than makes or does something."""
    words = (*call.path.rstrip("/").split("/")[-1:], call.label)
    return any(re.search(_SEARCH, word, re.IGNORECASE) for word in words)


def _pageable(call: Call, listing: Listing) -> Finding | None:
    """Read what documents of Azure say themselves."""
    stated = call.node.get("x-ms-pageable")
    named = stated.get("nextLinkName") if stated is not None else None
    if named is None or not named.string or call.method != "get":
        return None
    found = [item for item in call.fields if item.place == named.string or item.path == (named.string,)]
    if not found:
        return None
    value: dict[str, Plain] = {"style": "url", "items": listing.place, "next": found[0].place}
    reasons = (f"x-ms-pageable names '{found[0].name}'", listing.reason)
    return Finding(value=value, reasons=reasons, confidence=Confidence.HIGH)


def _token(call: Call, listing: Listing) -> Finding | None:
    """Find a parameter that takes what a field of the response gave."""
    flag = _flag(call)
    for parameter in call.parameters:
        if parameter.plain not in CURSORS or parameter.is_closed or parameter.types & {"boolean", "array", "object"}:
            continue
        told = [item for item in _paging_fields(call) if _answers(parameter, item)]
        best = next((item for item in told if item.plain.startswith("next")), told[0] if len(told) == 1 else None)
        # What the last item is called is told on the last page as well: only a flag ends such a list.
        if best is None or (best.plain in ("lastid", "endcursor") and flag is None):
            continue
        value: dict[str, Plain] = {"style": "marker", "page": parameter.name, **_size(call)}
        value |= {"items": listing.place, "next": best.place, **_more(flag)}
        reasons = (f"the parameter '{parameter.name}' takes '{best.place}' of the response", listing.reason)
        return Finding(value=value, reasons=(*reasons, *_flag_reason(flag)), confidence=Confidence.HIGH)
    return None


def _last_item(call: Call, listing: Listing) -> Finding | None:
    """Find a parameter that takes the id of the last item, beside a flag that says whether there is more."""
    flag = _flag(call)
    items = listing.items
    if flag is None or items is None or "id" not in listing.fields:
        return None
    for parameter in call.parameters:
        if parameter.plain in ("startingafter", "afterid", "after") and "string" in parameter.types:
            if parameter.plain == "after" and not parameter.says(r"\b(id|object|item|cursor)\b"):
                continue
            value: dict[str, Plain] = {"style": "marker", "page": parameter.name, **_size(call)}
            value |= {"items": listing.place, "marker": "id", **_more(flag)}
            reasons = (f"the parameter '{parameter.name}' takes the id of the last item", *_flag_reason(flag))
            return Finding(value=value, reasons=(*reasons, listing.reason), confidence=Confidence.HIGH)
    return None


def _link(call: Call, listing: Listing) -> Finding | None:
    """Find a documented header Link beside a parameter that says where to begin."""
    header = call.headers.get("link")
    if header is None or call.method != "get":
        return None
    moves = [item for item in call.parameters if item.plain in PAGES | CURSORS | OFFSETS]
    sizes = [item for item in call.parameters if item.plain in SIZES]
    if not moves and not sizes and not header.says(r"\b(next|pag(e|es|ing|ination))\b"):
        return None
    page: dict[str, Plain] = {"page": moves[0].name} if moves else {}
    value: dict[str, Plain] = {"style": "link", **page, **_size(call), "items": listing.place, **_total(call)}
    beside = (
        f"beside the parameter '{(moves or sizes)[0].name}'" if moves or sizes else "whose description tells of pages"
    )
    reasons = (f"the response has a header Link, {beside}", listing.reason)
    return Finding(value=value, reasons=reasons, confidence=Confidence.HIGH if moves else Confidence.MEDIUM)


def _counted(call: Call, listing: Listing) -> Finding | None:
    """Find an offset or a page number, beside a number of items or where the response tells of pages."""
    size = next((item for item in call.parameters if item.plain in SIZES and not item.is_closed), None)
    beside = _total(call) | _pages(call) | _more(_flag(call))
    found = _offset(call, size) or _page(call, size)
    if found is None or (size is None and not beside):
        return None
    moved, value, confidence = found
    value |= {**_size(call), "first": value.pop("first"), "items": listing.place, **beside}
    names = [f"'{moved.name}'", *([f"'{size.name}'"] if size is not None else [])]
    told = [f"'{place}'" for place in beside.values()]
    reasons = [f"the parameter{'s' if len(names) > 1 else ''} {' and '.join(names)}", listing.reason]
    reasons += [f"the response tells {' and '.join(told)}"] if told else []
    return Finding(value=value, reasons=tuple(reasons), confidence=confidence)


Moved = tuple[Value, dict[str, Plain], Confidence]


def _offset(call: Call, size: Value | None) -> Moved | None:
    for item in call.parameters:
        if item.plain not in OFFSETS | VAGUE_OFFSETS or not item.is_counted or item.is_closed:
            continue
        if item.plain in VAGUE_OFFSETS and (size is None or not item.says(r"offset|skip|index|first|number of")):
            continue
        if item.says(r"page (number|index)|number of (the )?page"):
            continue  # a page by the name of an offset
        first = _first(item)
        starts = 0 if first is None and "index" not in item.plain else first
        if starts is None:
            continue
        return item, {"style": "offset", "page": item.name, "first": starts}, Confidence.HIGH
    return None


def _page(call: Call, size: Value | None) -> Moved | None:
    for item in call.parameters:
        if item.plain not in PAGES or item.is_closed or not (item.types <= {"integer", "number", "string"}):
            continue
        if not item.is_counted and not item.says(
            r"page[ -]?(number|index|no)|number of the page|which page|\bpage of\b"
        ):
            continue
        first = _first(item)
        if first is None and _is_spring(call):
            first = 0
        if first is None and "index" in item.plain:
            continue
        is_sure = first is not None and size is not None
        value: dict[str, Plain] = {"style": "page", "page": item.name, "first": 1 if first is None else first}
        return item, value, Confidence.HIGH if is_sure else Confidence.MEDIUM
    return None


def _first(item: Value) -> int | None:
    """Tell which number the first page or item has, from the parameter itself."""
    if item.says(
        r"\b(0|zero)[- ](based|indexed)|(start\w*|begin\w*) (at|from|with) (0|zero)\b|first page is (page )?(0|zero)"
    ):
        return 0
    if item.says(
        r"\b(1|one)[- ](based|indexed)|(start\w*|begin\w*) (at|from|with) (1|one)\b|first page is (page )?(1|one)"
    ):
        return 1
    for key in ("default", "minimum"):
        fact = item.fact(key)
        number = int(fact) if isinstance(fact, str) and fact in ("0", "1") else fact
        if isinstance(number, int | float) and not isinstance(number, bool) and number in (0, 1):
            # A service that takes page 0 may still count from 1; a default says what it takes for the first.
            return int(number) if key == "default" or number == 1 or "offset" in item.plain else None
    return None


def _is_spring(call: Call) -> bool:
    names = {item.plain for item in call.fields}
    return {"totalelements", "totalpages"} <= names and ("number" in names or "pageable" in names)


def _address(call: Call, listing: Listing) -> Finding | None:
    """Find a field of the response that holds the address of the next page."""
    found = [item for item in _paging_fields(call) if item.plain in NEXT_ADDRESSES or _says_next_address(item)]
    if len(found) != 1 or call.method != "get" or not found[0].types <= {"string"}:
        return None
    if call.reads_one and not any(item.plain in CURSORS | PAGES | OFFSETS | SIZES for item in call.parameters):
        return None  # services wrap every answer alike, that of a single thing as well
    value: dict[str, Plain] = {"style": "url", **_size(call), "items": listing.place, "next": found[0].place}
    reasons = (f"'{found[0].place}' is the address of the next page", listing.reason)
    return Finding(value=value, reasons=reasons, confidence=Confidence.HIGH)


def _says_next_address(item: Value) -> bool:
    next_of_links = item.path[-2:] in (("links", "next"), ("_links", "next")) or item.path[-3:-1] == ("_links", "next")
    return (item.plain in NEXT_WORDS or next_of_links) and is_address(item)


def _counted_surely(call: Call, listing: Listing) -> Finding | None:
    """Find a number whose first value is known: an address of the next page is better than a guess."""
    found = _counted(call, listing)
    return found if found is not None and found.confidence is Confidence.HIGH else None


_RULES: Final[tuple[_Rule, ...]] = (
    _pageable, _token, _last_item, _link, _counted_surely, _address, _counted,
)  # fmt: skip


def _paging_fields(call: Call) -> Iterable[Value]:
    """List the fields that can tell of pages: those at the top, and those in what holds such things."""
    for item in call.fields:
        if all(step in HOLDERS for step in item.parents):
            yield item


def _answers(parameter: Value, item: Value) -> bool:
    """Tell whether a field gives what a parameter takes."""
    if not item.types <= {"string", "integer"} or is_address(item) or item.is_closed:
        return False
    if "offset" in parameter.plain and not (parameter.types | item.types) <= {"string"}:
        return False  # a number of items, told again
    own = item.plain.removeprefix("next")
    if item.plain in NEXT_TOKENS:
        return item.plain not in NEXT_WORDS or item.says("token|cursor|marker|continu")
    return own == parameter.plain.removeprefix("next") and own in CURSORS


def _flag(call: Call) -> Value | None:
    found = [item for item in _paging_fields(call) if item.plain in FLAGS and item.types == {"boolean"}]
    return found[0] if len(found) == 1 else None


def _more(flag: Value | None) -> dict[str, Plain]:
    return {"more": flag.place} if flag is not None else {}


def _flag_reason(flag: Value | None) -> tuple[str, ...]:
    return (f"'{flag.place}' tells whether there is more",) if flag is not None else ()


def _size(call: Call) -> dict[str, Plain]:
    found = [item for item in call.parameters if item.plain in SIZES]
    return {"size": found[0].name} if len(found) == 1 else {}


def _total(call: Call) -> dict[str, Plain]:
    fields = list(_paging_fields(call))
    # A count alone may be that of the page; beside the addresses of the next and the previous page it is that of all.
    names = {item.plain for item in fields if len(item.path) == 1}
    totals = TOTALS | {"count"} if {"next", "previous", "count"} <= names else TOTALS
    found = [item for item in fields if item.plain in totals and item.is_counted]
    return {"total": found[0].place} if len(found) == 1 else {}


def _pages(call: Call) -> dict[str, Plain]:
    found = [item for item in _paging_fields(call) if item.plain in PAGE_COUNTS and item.is_counted]
    return {"total-pages": found[0].place} if len(found) == 1 else {}
