"""What is checked of an operation: a case goes in, a real call goes to a server on this machine and is judged."""

from __future__ import annotations

import asyncio
import re
import warnings
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

import pytest
from pydantic import BaseModel

from .cases import NOTHING, Case, Flavor, Page, Sent
from .loopback import Answer, LoopbackServer, Received

# What the transport adds to every request, whatever the operation.
_TRANSPORT = frozenset({"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"})
_BOUNDARY = "multipart/form-data; boundary="
_ANY_DAY = "2025-06-01"
_NOON = timedelta(hours=12)


class Clock:
    """A clock of the test's own: it begins at a moment, and each look at it is a second later."""

    def __init__(self, day: str, *, days_later: int = 0) -> None:
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC) + _NOON + timedelta(days=days_later)
        self._now = moment.timestamp()

    def __call__(self) -> float:
        """Give the time as Unix seconds."""
        self._now += 1.0
        return self._now


def check_sent(
    case: Case, flavor: Flavor, arguments: Mapping[str, object], sent: Sent, options: Mapping[str, str] | None = None
) -> None:
    """Call with exactly these arguments, on a client with these options: exactly that arrives, validly signed."""
    with serve(case) as server:
        server.queue(success(case))
        call(case, flavor, server, arguments, options=options)
        (received,) = server.requests
    assert received.method == case.method
    assert target_of(case, received) == sent.target
    content_type, body = _body(received)
    assert _headers(case, received, sent, content_type) == {name.lower(): text for name, text in sent.headers.items()}
    if sent.json is NOTHING:
        assert body == sent.content.encode()
    else:
        assert received.json() == sent.json


def check_body(case: Case, flavor: Flavor, arguments: Mapping[str, object], json: object) -> None:
    """Call with exactly these arguments: this JSON arrives: absent what was not given, null what was None."""
    with serve(case) as server:
        server.queue(success(case))
        call(case, flavor, server, arguments)
        (received,) = server.requests
    assert received.json() == json


def check_example(case: Case, flavor: Flavor, arguments: Mapping[str, object], body: object) -> None:
    """Call with a whole body: it arrives as it is."""
    check_body(case, flavor, {**arguments, "body": body}, body)


def check_returned(
    case: Case,
    flavor: Flavor,
    *,
    returns: type[BaseModel] | None = None,
    undocumented: Sequence[str] = (),
    kind: type[str] | type[bytes] = bytes,
) -> None:
    """Call, and compare what comes back with what the server answered: parsed into the model, dumped back equal.

    `undocumented` names, by their places, the keys of the answer that no model knows.
    """
    with serve(case) as server:
        server.queue(success(case))
        value = call(case, flavor, server, case.required)
        assert len(server.requests) == 1
    if case.answer is NOTHING or case.method == "HEAD":
        text = case.content if kind is str else case.content.encode()
        assert value == (text if text and case.method != "HEAD" else None)
        return
    assert dumped(value) == case.answer
    if returns is not None:
        assert isinstance(value, returns)
    assert set(_unknown(value)) <= set(undocumented)


def check_errors(case: Case, flavor: Flavor, expected: Mapping[int, type[Exception]]) -> None:
    """Answer with each status and an error as services write it: it is raised as its type, with all that it says."""
    for status, kind in expected.items():
        with serve(case) as server:
            server.queue(Answer(status=status, json=product_error(status)))
            with pytest.raises(kind) as caught:
                call(case, flavor, server, {**case.required, "max_retries": 0})
            assert len(server.requests) == 1
        assert type(caught.value) is kind
        error: Any = caught.value
        assert error.status_code == status
        if case.method != "HEAD":
            assert error.code == f"Stub{status}"
            assert error.details == ("no such color", "red", "blue")
            assert error.request_ids == ("req-stub-1", "global-stub-1", "req-stub-2")
            assert (error.detail, error.request_id) == ("no such color; red; blue", "req-stub-1")


def check_retried(case: Case, flavor: Flavor) -> None:
    """Answer 503, then with success: the same request arrives again, with a signature and a time of its own."""
    with serve(case) as server:
        server.queue(unavailable(), success(case))
        call(case, flavor, server, case.required)
        first, second = server.requests
    assert (first.method, target_of(case, first)) == (second.method, target_of(case, second))
    assert _body(first)[1] == _body(second)[1]
    for name in (name for scheme in case.sent for name in case.target.fresh.get(scheme, ())):
        assert first.header(name) != second.header(name)


def check_sent_once(case: Case, flavor: Flavor, raises: type[Exception]) -> None:
    """Answer 503 to what must not be done twice: it arrives once, and the error is raised."""
    with serve(case) as server:
        server.queue(unavailable(), success(case))
        with pytest.raises(raises) as caught:
            call(case, flavor, server, case.required)
        assert type(caught.value) is raises
        assert len(server.requests) == 1


def check_pages(
    case: Case,
    flavor: Flavor,
    iterator: str,
    arguments: Mapping[str, object],
    pages: Sequence[Page],
    items: Sequence[object],
) -> None:
    """Iterate over a list: exactly these requests are made in order, their answers' items come, and then it ends."""
    with serve(case) as server:
        headers = [tuple(page.headers.items()) for page in pages]
        told = zip(pages, headers, strict=True)
        server.queue(*(Answer(status=case.status, json=page.answer, headers=one) for page, one in told))
        found = call(case, flavor, server, arguments, method=iterator)
        asked = [(target_of(case, one), _json(one)) for one in server.requests]
    assert asked == [(page.target, page.sent) for page in pages]
    assert dumped(found) == list(items)


def _json(received: Received) -> object:
    return received.json() if "json" in (received.header("content-type") or "") else NOTHING


def check_supported_until(case: Case, flavor: Flavor, warning: type[Warning]) -> None:
    """Call on the day after the version's last day: the call warns of that, and is made all the same."""
    with serve(case, days_later=1) as server:
        server.queue(success(case))
        call(case, flavor, server, case.required, days_later=1, warns=(*case.warns, warning))
        assert len(server.requests) == 1


def check_schemes(
    case: Case,
    flavor: Flavor,
    alternatives: Sequence[Sequence[str]],
    *,
    anonymous: bool = False,
    raises: type[Exception] | None = None,
) -> None:
    """Give the credentials of one alternative after the other: its schemes are sent, and nothing of any other.

    Without credentials, nothing of any scheme is sent where the operation may be anonymous; else `raises`, unsent.
    """
    for names in (*alternatives, *([()] if anonymous else [])):
        chosen = replace(case, schemes=tuple(names))
        with serve(chosen) as server:
            server.queue(success(case))
            call(chosen, flavor, server, case.required, credentials=_some_credentials(chosen))
            (received,) = server.requests
        others = [recipe for name, recipe in case.target.recipes.items() if name not in names]
        assert [recipe["name"] for recipe in others if _is_sent(chosen, recipe, received)] == []
    if raises is not None:
        with serve(case) as server:
            with pytest.raises(raises):
                call(case, flavor, server, case.required, credentials=_some_credentials(replace(case, schemes=())))
            assert server.requests == []


def _some_credentials(case: Case) -> Any:
    """Make credentials of what the schemes of a case need, and nothing more."""
    needed = [(name, about) for recipe in case.recipes for name, about in recipe["credentials"].items()]
    cls: Any = type(case.target.credentials)
    return cls(**{name: case.target.known[name] for name, about in needed if "optional" not in about})


def _is_sent(case: Case, recipe: Mapping[str, Any], received: Received) -> bool:
    """Tell whether a request has something of a scheme where the schemes of the case send nothing."""
    emit: Mapping[str, Mapping[str, Any]] = recipe["emit"]
    headers = {name for name in emit.get("headers", ()) if name.lower() not in case.emitted("headers")} - {"Cookie"}
    query = {name for name in emit.get("query", ()) if name.lower() not in case.emitted("query")}
    sent = {unquote_plus(pair.partition("=")[0]) for pair in received.query.split("&")}
    own = {name for other in case.recipes for name in other["credentials"]}
    secrets = [case.target.known.get(name, "") for name in recipe["credentials"] if name not in own]
    texts = [unquote_plus(received.target), *(text for _, text in received.headers)]
    whole = [rf"(?<![\w-]){re.escape(secret)}(?![\w-])" for secret in secrets if secret]  # one may begin another
    is_shown = any(re.search(secret, text) for secret in whole for text in texts)
    return is_shown or bool(query & sent) or any(received.header(name) is not None for name in headers)


def serve(case: Case, *, days_later: int = 0) -> LoopbackServer:
    """Make the server for one test; it verifies what every scheme of the operation adds to its requests."""
    return LoopbackServer(
        verifiers=case.target.verifiers(case.recipes, case.target.known, case.target.options),
        clock=Clock(case.until or _ANY_DAY, days_later=days_later),
    )


def success(case: Case) -> Answer:
    """Make the answer that the case calls a success."""
    if case.answer is NOTHING:
        return Answer(status=case.status, body=case.content.encode())
    headers = (("Content-Type", case.media_type),) if case.media_type else ()
    return Answer(status=case.status, json=case.answer, headers=headers)


def unavailable() -> Answer:
    """Make an answer that asks to come again at once."""
    return Answer(status=503, json=product_error(503), headers=(("Retry-After", "0"),))


def product_error(status: int) -> dict[str, object]:
    """Make an error as services write it: a list, each with a detail that is text or a list of texts."""
    one = {"code": f"Stub{status}", "title": "Stub", "status": status, "detail": "no such color"}
    two = {"code": "StubOther", "title": "Stub", "status": status, "detail": ["red", "blue"]}
    ids = {"request_id": "req-stub-1", "global_request_id": "global-stub-1"}
    return {"errors": [{**one, **ids}, {**two, "request_id": "req-stub-2"}]}


def call(
    case: Case,
    flavor: Flavor,
    server: LoopbackServer,
    arguments: Mapping[str, object],
    *,
    method: str = "",
    read: str = "",
    options: Mapping[str, object] | None = None,
    days_later: int = 0,
    warns: tuple[type[Warning], ...] | None = None,
    credentials: object = None,
) -> Any:
    """Make a client, call a method of it or a view, and close it; what iterates, as `read` of an answer does, is read.

    Fails when the server found a signature wrong, or the call did not warn as documented; else raises what it raised.
    """
    settings: dict[str, object] = {
        "base_url": server.base_url,
        "credentials": case.target.credentials if credentials is None else credentials,
        **case.target.options,
        "clock": Clock(case.until or _ANY_DAY, days_later=days_later),
        **(options or {}),
    }
    raised: Exception | None = None
    value: Any = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("error")
        for kind in (UserWarning, DeprecationWarning):
            warnings.simplefilter("always", kind)
        try:
            run = _run if flavor == "sync" else _run_async
            value = run(case, settings, method or case.name, arguments, method.isidentifier(), read)
        except Exception as error:
            raised = error
    assert [received.problem for received in server.requests if received.problem is not None] == []
    if raised is not None:
        raise raised
    assert _told(caught) == set(case.warns if warns is None else warns)
    return value


def _told(caught: Sequence[warnings.WarningMessage]) -> set[type[Warning]]:
    """Give what was said, but of arguments: which of those a case gives is its own matter."""
    return {item.category for item in caught if item.category.__name__ != "DeprecatedArgumentWarning"}


def _run(
    case: Case, settings: Mapping[str, object], method: str, arguments: Mapping[str, object], many: bool, read: str
) -> Any:
    with case.target.client(**settings) as client:
        if read:
            with getattr(client.with_streaming_response, method)(**arguments) as response:
                return list(getattr(response, read)())
        value = attrgetter(method)(client)(**arguments)
        return list(value) if many else value


def _run_async(
    case: Case, settings: Mapping[str, object], method: str, arguments: Mapping[str, object], many: bool, read: str
) -> Any:
    async def run() -> Any:
        async with case.target.async_client(**settings) as client:
            if read:
                async with getattr(client.with_streaming_response, method)(**arguments) as response:
                    return [item async for item in getattr(response, read)()]
            made = attrgetter(method)(client)(**arguments)
            return [item async for item in made] if many else await made

    return asyncio.run(run())


def dumped(value: Any) -> Any:
    """Give a value as the JSON it came from: by wire names, only what was there, times as they were written."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, UUID | Decimal) or type(value) is date:
        return str(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list):
        return [dumped(item) for item in value]
    if isinstance(value, dict):
        return {name: dumped(item) for name, item in value.items()}
    return getattr(value, "text", value)


def _unknown(value: Any, place: str = "") -> Iterator[str]:
    """Name the keys that the models did not know, at any depth; what stands in a list has the list's place."""
    if isinstance(value, BaseModel):
        yield from (f"{place}{name}" for name in value.model_extra or ())
        for name, info in type(value).model_fields.items():
            yield from _unknown(getattr(value, name, None), f"{place}{info.validation_alias or name}.")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _unknown(item, f"{place}{name}.")
    elif isinstance(value, list):
        for item in value:
            yield from _unknown(item, place)


def target_of(case: Case, received: Received) -> str:
    """Give the target without what the signature added to its query."""
    emitted = case.emitted("query")
    if not emitted or not received.query:
        return received.target
    kept = [pair for pair in received.query.split("&") if unquote_plus(pair.partition("=")[0]).lower() not in emitted]
    return "?".join([received.path, *(["&".join(kept)] if kept else [])])


def _headers(case: Case, received: Received, sent: Sent, content_type: str | None) -> dict[str, str]:
    """Give the headers by lower-case name without those of the transport and of the signature, unless expected."""
    left_out = _TRANSPORT - {name.lower() for name in sent.headers}
    left_out |= case.emitted("headers")
    found: dict[str, str] = {}
    for name, text in received.headers:
        if name.lower() not in left_out:
            assert name.lower() not in found, f"{name} arrived twice"
            found[name.lower()] = text.encode("latin-1").decode()
    if content_type is not None:
        found["content-type"] = content_type
    return found


def _body(received: Received) -> tuple[str | None, bytes]:
    """Give the media type and the body, with the boundary of a form with files replaced."""
    content_type = received.header("content-type")
    if content_type is None or not content_type.startswith(_BOUNDARY):
        return content_type, received.body
    boundary = content_type.removeprefix(_BOUNDARY)
    return f"{_BOUNDARY}BOUNDARY", received.body.replace(boundary.encode(), b"BOUNDARY")
