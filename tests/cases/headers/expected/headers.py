"""The headers of the responses of Headers 1: one class for each operation that has any."""

from __future__ import annotations

from typing import Literal
from ..._runtime import typed_headers as _typed
from ..._runtime import formats as _formats
from ..._runtime.model import DateTime
from .models.list_things_response_x_json import ListThingsResponseXJson
from .models.list_things_response_x_point import ListThingsResponseXPoint
from .models.pair import Pair


class ListThingsHeaders(_typed.ResponseHeaders):
    """The headers of the responses of `list_things`; None where one did not come.

    Fields:
        x_rate_limit: integer or string (`X-Rate-Limit` on the wire). Calls left.
        x_next: string or null (`X-Next` on the wire).
        date: string (date-time) (`Date` on the wire).
        x_tags: array of integer (`X-Tags` on the wire).
        x_point: ListThingsResponseXPoint (`X-Point` on the wire).
        x_pair: Pair (`X-Pair` on the wire).
        x_json: ListThingsResponseXJson (`X-Json` on the wire).
        x_state: one of on, off (`X-State` on the wire).
        x_done: boolean (`X-Done` on the wire).
        x_id: string (uuid) (`X-Id` on the wire).
        retry_after: integer (`Retry-After` on the wire).
    """

    x_rate_limit: _typed.Header[int | str] = _typed.Header(
        "X-Rate-Limit",
        int | str,
        by_status={
            "200": _typed.Header("X-Rate-Limit", int),
            "429": _typed.Header("X-Rate-Limit", str),
        },
    )
    x_next: _typed.Header[str | None] = _typed.Header("X-Next", str | None)
    date: _typed.Header[DateTime] = _typed.Header("Date", DateTime)
    x_tags: _typed.Header[list[int]] = _typed.Header("X-Tags", list[int], "array")
    x_point: _typed.Header[ListThingsResponseXPoint] = _typed.Header(
        "X-Point", ListThingsResponseXPoint, "object"
    )
    x_pair: _typed.Header[Pair] = _typed.Header("X-Pair", Pair, "object", explode=True)
    x_json: _typed.Header[ListThingsResponseXJson] = _typed.Header(
        "X-Json", ListThingsResponseXJson, "json"
    )
    x_state: _typed.Header[Literal["on", "off"] | str] = _typed.Header(
        "X-State", Literal["on", "off"] | str
    )
    x_done: _typed.Header[bool] = _typed.Header("X-Done", bool)
    x_id: _typed.Header[_formats.Uuid] = _typed.Header("X-Id", _formats.Uuid)
    retry_after: _typed.Header[int] = _typed.Header("Retry-After", int)


class GetFileHeaders(_typed.ResponseHeaders):
    """The headers of the responses of `get_file`; None where one did not come.

    Fields:
        e_tag: string (`ETag` on the wire).
        content_length: integer (`Content-Length` on the wire).
    """

    e_tag: _typed.Header[str] = _typed.Header("ETag", str)
    content_length: _typed.Header[int] = _typed.Header("Content-Length", int)
