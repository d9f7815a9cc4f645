"""Headers of responses: a case and what a server sends as headers go in, their typed values are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from .cases import Case, Flavor
from .checks import call, dumped, product_error, serve, success
from .loopback import Answer


def check_headers(
    case: Case,
    flavor: Flavor,
    sent: Mapping[str, str],
    values: Mapping[str, object],
    *,
    status: int = 0,
    raises: type[Exception] | None = None,
) -> None:
    """Answer with these headers: the raw response, or the error of a status, gives them as these values."""
    with serve(case) as server:
        if raises is None:
            answer = success(case)
            server.queue(replace(answer, headers=(*answer.headers, *sent.items())))
            came = call(case, flavor, server, case.required, method=f"with_raw_response.{case.name}")
        else:
            server.queue(Answer(status=status, json=product_error(status), headers=tuple(sent.items())))
            with pytest.raises(raises) as caught:
                call(case, flavor, server, {**case.required, "max_retries": 0})
            came = caught.value
    typed: Any = getattr(came, "typed_headers", None)
    assert {name: _plain(getattr(typed, name)) for name in values} == dict(values)


def _plain(value: object) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    is_day = isinstance(value, date) and not hasattr(value, "text")
    return value.isoformat() if is_day and isinstance(value, date) else dumped(value)
