"""Lists over pages, and waiting: both end, whatever the service does."""

# ruff: noqa: SIM117  (a server stands before the client that talks to it)
from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import Field

from .client_room import run
from .generation import built, headed, imported
from .loopback import Answer, Received, json_answer, loopback, loopback_function
from .runtime_sample import LIST, SHOW, Caller, Tag, operation

# isort: split
from apiscribe_runtime import pages
from apiscribe_runtime.addresses import next_link
from apiscribe_runtime.errors import NotFoundError, PaginationError, RequestValidationError, WaitError, WaitTimeoutError
from apiscribe_runtime.model import Model
from apiscribe_runtime.operation import Body, Pagination, Parameter, Types
from apiscribe_runtime.waiter import wait_for, wait_for_async

BOTH = pytest.mark.parametrize("kind", ["sync", "async"])


def thing(number: int) -> dict[str, str]:
    return {"id": f"t{number}", "name": f"n{number}"}


def paged(get: Callable[[dict[str, str]], dict[str, Any] | list[Any]]) -> Callable[[Received], Answer]:
    """Answer a list request with what a function makes of its query."""

    def answer(request: Received) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.target).query).items()}
        return json_answer(json.dumps(get(query)))

    return answer


def ids(kind: str, get: Any, described: Any = LIST, arguments: Any = None) -> tuple[list[str], list[str]]:
    with loopback_function(paged(get)) as server, Caller(kind, base_url=server.url) as caller:
        items = caller.items(described, arguments or {})
    return [item["id"] if isinstance(item, dict) else item.id for item in items], [r.target for r in server.received]


ALL = [thing(n) for n in range(5)]


@BOTH
def test_pages_from_zero_until_the_total(kind: str) -> None:
    def get(query: dict[str, str]) -> dict[str, Any]:
        page, size = int(query["page"]), int(query["size"])
        return {"contents": ALL[page * size : page * size + size], "total_count": 5}

    found, targets = ids(kind, get, arguments={"size": 2})
    assert found == ["t0", "t1", "t2", "t3", "t4"]
    assert targets == [f"/v1/things?size=2&page={page}" for page in (0, 1, 2)]
    found, targets = ids(kind, get, arguments={"size": 2, "page": 1})
    assert found == ["t2", "t3", "t4"]
    assert len(targets) == 3


@pytest.mark.parametrize(
    ("get", "expected", "requests"),
    [
        (lambda q: {"contents": ALL}, 5, 2),  # ignores page and size: the second page repeats the first
        (lambda q: {"contents": ALL, "total_count": 5}, 5, 1),
        (lambda q: {"contents": ALL, "total_count": 0}, 5, 2),  # a total that cannot be
        (lambda q: {"contents": ALL, "total_count": 5.0}, 5, 1),
        (lambda q: {"contents": []}, 0, 1),
        (lambda q: {"contents": [ALL[int(q["page"])]] if int(q["page"]) < 5 else []}, 5, 6),
        (lambda q: {"contents": [ALL[int(q["page"]) % 2]]}, 2, 3),  # goes round
        (lambda q: {"contents": None}, 0, 1),
        (lambda q: {"other": 1}, 0, 1),
    ],
)
@BOTH
def test_lists_end(kind: str, get: Any, expected: int, requests: int) -> None:
    found, targets = ids(kind, get)
    assert (len(found), len(targets)) == (expected, requests)


@BOTH
def test_an_endless_list_is_an_error(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGES", 20)
    counter = itertools.count()
    with pytest.raises(PaginationError, match="more than 20 pages"):
        ids(kind, lambda q: {"contents": [thing(next(counter))]})


def other(style: str, **options: Any) -> Any:
    names = ("offset", "limit", "marker")
    return operation(
        path=("/v1/things",),
        parameters=tuple(Parameter(name=name, argument=f"{name}_", location="query") for name in names),
        types=lambda: Types(responses={"200": Any}),
        pagination=Pagination(style=style, **options),
    )


@BOTH
def test_offsets(kind: str) -> None:
    described = other("offset", page="offset", size="limit", items="result.list", total="count")
    found, targets = ids(
        kind, lambda q: {"result": {"list": ALL[int(q["offset"]) :][:2]}, "count": 5}, described, {"limit_": 2}
    )
    assert len(found) == 5
    assert targets == [f"/v1/things?offset={n}&limit=2" for n in (0, 2, 4)]


class Search(Model):
    words: str | None = None
    at: int | None = Field(default=None, validation_alias="from", serialization_alias="from")


@BOTH
@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {}),
        ({"fields": {"words": "a"}}, {"words": "a"}),
        ({"fields": {"words": "a", "at": 2}}, {"words": "a", "from": 2}),
        ({"body": {"words": "a"}}, {"words": "a"}),
        ({"body": {"words": "a", "from": 2}}, {"words": "a", "from": 2}),
        ({"body": Search(words="a")}, {"words": "a"}),
        ({"body": Search(words="a", at=2)}, {"words": "a", "from": 2}),
    ],
)
def test_a_field_of_the_body_asks_for_the_next_page(kind: str, given: dict[str, Any], sent: dict[str, Any]) -> None:
    described = operation(
        method="POST",
        path=("/v1/search",),
        parameters=(),
        constants=(),
        body=Body(fields=(("words", "words"), ("at", "from"))),
        types=lambda: Types(responses={"200": Any}, body=Search),
        pagination=Pagination(style="offset", page="from", items="things"),
    )

    def answer(request: Received) -> Answer:
        start = json.loads(request.body)["from"]
        return json_answer(json.dumps({"things": ALL[start : start + 2]}))

    whole = given.get("body")
    kept = whole.model_dump(by_alias=True, exclude_unset=True) if isinstance(whole, Search) else dict(whole or {})
    with loopback_function(answer) as server, Caller(kind, base_url=server.url) as caller:
        found = caller.items(described, **given)
    begins = sent.get("from", 0)
    assert found == ALL[begins:]
    positions = [*range(begins, 5, 2), 5]
    assert [json.loads(request.body) for request in server.received] == [{**sent, "from": at} for at in positions]
    if whole is not None:  # what a caller gave stays as it was
        left = whole.model_dump(by_alias=True, exclude_unset=True) if isinstance(whole, Search) else whole
        assert left == kept


@BOTH
def test_markers(kind: str) -> None:
    def get(query: dict[str, str]) -> dict[str, Any]:
        start = next((n + 1 for n, each in enumerate(ALL) if each["id"] == query.get("marker")), 0)
        return {"things": ALL[start : start + 2], "next": ALL[start + 1]["id"] if start + 2 < len(ALL) else None}

    by_item, targets = ids(kind, get, other("marker", page="marker", items="things"))
    assert len(by_item) == 5
    assert targets == ["/v1/things", "/v1/things?marker=t1", "/v1/things?marker=t3", "/v1/things?marker=t4"]
    by_next, targets = ids(kind, get, other("marker", page="marker", items="things", next="next"))
    assert len(by_next) == 5
    assert targets == ["/v1/things", "/v1/things?marker=t1", "/v1/things?marker=t3"]
    stuck, targets = ids(
        kind, lambda q: {"things": ALL[:1], "next": "x"}, other("marker", page="marker", items="things", next="next")
    )
    assert (len(stuck), len(targets)) == (1, 2)


@BOTH
def test_the_response_says_that_there_is_no_more_and_how_many_pages_there_are(kind: str) -> None:
    def numbered(query: dict[str, str]) -> dict[str, Any]:
        at = int(query["offset"])
        return {"meta": {"more": at + 2 < len(ALL), "pages": 3}, "things": ALL[at : at + 2]}

    found, targets = ids(kind, numbered, other("offset", page="offset", items="things", more="meta.more"))
    assert (len(found), targets) == (5, [f"/v1/things?offset={n}" for n in (0, 2, 4)])

    def paged_by_number(query: dict[str, str]) -> dict[str, Any]:
        at = (int(query["offset"]) - 1) * 2
        return {"pages": 3, "things": ALL[at : at + 2]}

    described = other("page", page="offset", first=1, items="things", total_pages="pages")
    assert ids(kind, paged_by_number, described) == (
        ["t0", "t1", "t2", "t3", "t4"],
        [f"/v1/things?offset={n}" for n in (1, 2, 3)],
    )
    found, targets = ids(kind, paged_by_number, described, {"offset_": 3})
    assert (found, len(targets)) == (["t4"], 1)

    def by_item(query: dict[str, str]) -> dict[str, Any]:
        start = next((n + 1 for n, each in enumerate(ALL) if each["name"] == query.get("marker")), 0)
        return {"things": ALL[start : start + 2], "has_more": start + 2 < len(ALL)}

    described = other("marker", page="marker", items="things", marker="name", more="has_more")
    assert ids(kind, by_item, described)[1] == ["/v1/things", "/v1/things?marker=n1", "/v1/things?marker=n3"]


def answering(*pages: tuple[list[dict[str, str]], dict[str, Any], dict[str, str]]) -> Callable[[Received], Answer]:
    """Answer the first request, and those for `?at=1` or `?marker=m1`, with a page: items, other fields, headers."""

    def answer(request: Received) -> Answer:
        query = parse_qs(urlsplit(request.target).query)
        number = int((query.get("at") or query.get("marker") or ["0"])[0].removeprefix("m"))
        things, rest, headers = pages[number]
        return json_answer(json.dumps({"things": things, **rest}), **headers)

    return answer


def followed(kind: str, described: Any, *pages: Any, arguments: Any = None) -> tuple[list[str], list[str]]:
    with loopback_function(answering(*pages)) as server, Caller(kind, base_url=server.url) as caller:
        for _, rest, headers in pages:
            for holder in (rest, headers):
                holder.update({k: v.replace("HERE", server.url) for k, v in holder.items() if isinstance(v, str)})
        items = caller.items(described, arguments or {})
    return [item["id"] for item in items], [request.target for request in server.received]


@BOTH
def test_the_next_page_is_at_an_address_of_the_body(kind: str) -> None:
    described = other("url", page="", items="things", next="/@odata.nextLink")
    pages: list[Any] = [
        (ALL[:2], {"@odata.nextLink": "HERE/v1/things?at=1&$skiptoken=a%20b"}, {}),
        ([], {"@odata.nextLink": "?at=2&q=x y"}, {}),
        (ALL[2:], {"@odata.nextLink": None}, {}),
    ]
    assert followed(kind, described, *pages, arguments={"limit_": 2}) == (
        ["t0", "t1", "t2", "t3", "t4"],
        ["/v1/things?limit=2", "/v1/things?at=1&$skiptoken=a%20b", "/v1/things?at=2&q=x%20y"],
    )
    circle: Any = (ALL[:1], {"@odata.nextLink": "?at=0"}, {})
    assert followed(kind, described, circle) == (["t0"], ["/v1/things", "/v1/things?at=0"])


@BOTH
def test_the_next_page_is_at_an_address_of_the_header_link(kind: str) -> None:
    link = '<HERE/v1/things?at=1>; rel="next", <HERE/v1/things?at=9>; rel="last"'
    pages: list[Any] = [(ALL[:2], {}, {"Link": link}), (ALL[2:], {}, {"Link": '</v1/things?at=0>; rel="first"'})]
    assert followed(kind, other("link", page="", items="things"), *pages) == (
        ["t0", "t1", "t2", "t3", "t4"],
        ["/v1/things", "/v1/things?at=1"],
    )


@BOTH
def test_markers_of_a_header_and_pages_that_are_empty_on_the_way(kind: str) -> None:
    described = other("marker", page="marker", items="things", next_header="X-Next")
    pages: list[Any] = [(ALL[:2], {}, {"X-Next": "m1"}), ([], {}, {"X-Next": "m2"}), (ALL[2:], {}, {})]
    assert followed(kind, described, *pages) == (
        ["t0", "t1", "t2", "t3", "t4"],
        ["/v1/things", "/v1/things?marker=m1", "/v1/things?marker=m2"],
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://evil.example/v1/things?at=1", "the next page is at 'https://evil.example', not at"),
        ("//evil.example/x", "the next page is at 'http://evil.example', not at"),
        ("http://127.0.0.1:1/x", "the next page is at 'http://127.0.0.1', not at"),
        ("http://user@HOST/v1/things", "the next page is at"),
        ("javascript:alert(1)", "the next page is at 'javascript://'"),
        ("http://[x", "is no address"),
        ("/v1/things?a=\r\nX: y", "is no address"),
        ("/" + "a" * 70_000, "is no address"),
    ],
)
@BOTH
def test_no_other_server_is_asked_for_the_next_page(kind: str, address: str, said: str) -> None:
    def get(query: dict[str, str]) -> dict[str, Any]:
        return {"things": ALL[:1], "next": address.replace("HOST", server.host)}

    described = other("url", page="", items="things", next="next")
    with loopback_function(paged(get)) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(PaginationError, match=said):
            caller.items(described)
        assert len(server.received) == 1


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (None, None),
        ("", None),
        ("</a>; rel=next", "/a"),
        ("</a>;rel=NEXT", "/a"),
        ('</a>; rel="prev next"', "/a"),
        ('</b>; rel=prev,</a>; title="x, <y>; rel=next"; rel="next"', "/a"),
        ('</b,c>; rel="prev", </a>; rel=next; rel=prev', "/a"),
        ("</a>; rel=prev; rel=next", None),  # only the first rel counts
        ("</a>; rev=next", None),
        ("/a; rel=next", None),
    ],
)
def test_links_are_read_as_rfc_8288_says(header: str | None, address: str | None) -> None:
    assert next_link(header) == address


@BOTH
def test_a_list_without_wrapper_and_an_operation_without_pages(kind: str) -> None:
    found, _ = ids(kind, lambda q: ALL if q["offset"] == "0" else [], other("offset", page="offset"))
    assert len(found) == 5
    with loopback(json_answer("{}")) as server, Caller(kind, base_url=server.url) as caller:
        with pytest.raises(TypeError, match="has no pages"):
            caller.items(SHOW, {"thing_id": "1"})


def test_places_are_read_by_wire_and_python_names() -> None:
    class Wrapped(Model):
        inner: Tag | None = None

    value = Wrapped(inner=Tag(key="k"))
    assert pages.read(value, "inner.key") == "k"
    assert pages.read(value, "inner.none") is None
    assert pages.read(5, "x") is None
    assert pages.read({"a": {"b": 1}}, "a.b") == 1
    assert pages.read({"a.b": {"c/d": 1}}, "/a.b/c~1d") == 1
    assert pages.read([1], "$") == [1]


class States:
    """A call whose answers come from a list, and a clock that moves when somebody sleeps."""

    def __init__(self, *states: Any) -> None:
        self.states = list(states)
        self.now = 0.0

    def __call__(self) -> dict[str, Any]:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if isinstance(state, Exception):
            raise state
        return {"state": state}

    async def later(self) -> dict[str, Any]:
        return self()

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)

    def wait(self, kind: str, **options: Any) -> Any:
        common: dict[str, Any] = {"interval": 5.0, "monotonic": lambda: self.now, **options}
        if kind == "sync":
            return wait_for(self, lambda v: v["state"], ["ACTIVE"], ["ERROR"], sleep=self.sleep, **common)
        waiting = wait_for_async(self.later, lambda v: v["state"], ["ACTIVE"], ["ERROR"], sleep=self.asleep, **common)
        return asyncio.run(waiting)


@BOTH
def test_waiting(kind: str) -> None:
    states = States("CREATING", "CREATING", "active")
    assert states.wait(kind) == {"state": "active"}
    assert states.now == 10.0
    with pytest.raises(WaitError, match="'error'") as caught:
        States("CREATING", "error").wait(kind)
    assert (caught.value.state, caught.value.value) == ("error", {"state": "error"})
    states = States("CREATING")
    with pytest.raises(WaitTimeoutError, match="still 'CREATING'"):
        states.wait(kind, timeout=12.0)
    assert states.now == 10.0
    gone = NotFoundError("gone", status_code=404)
    with pytest.raises(NotFoundError):
        States("DELETING", gone).wait(kind)
    assert States("DELETING", gone).wait(kind, missing_ends=True) is None


@pytest.mark.parametrize("interval", [-1.0, float("nan"), float("inf")])
@BOTH
def test_an_interval_that_is_none_is_refused(kind: str, interval: float) -> None:
    with pytest.raises(RequestValidationError, match="interval is a number of seconds"):
        States("ACTIVE").wait(kind, interval=interval)


WAITED = headed("""
paths:
  /jobs:
    get:
      operationId: getJob
      x-waiter: {field: result.state, success: [done], failure: [failed]}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
        '202': {description: later, content: {application/json: {schema: {properties: {eta: {type: integer}}}}}}
        '204': {description: nothing to tell}
components:
  schemas:
    Job: {type: object, properties: {result: {$ref: '#/components/schemas/Result'}}}
    Result: {type: object, properties: {state: {type: string}}}
""")


@BOTH
def test_an_answer_that_has_no_state_is_waited_over(kind: str, tmp_path: Path) -> None:
    script = [
        *(Answer(204), json_answer('{"eta":1}', 202), json_answer("{}"), json_answer('{"result":null}')),
        *(json_answer('{"result":"soon"}'), json_answer('{"result":{"state":7}}'), json_answer('{"result":[]}')),
        json_answer('{"result":{"state":"Done"}}'),
    ]
    with imported(built(WAITED).texts, tmp_path) as package:
        settings: dict[str, Any] = {"package": package, "credentials": None, "max_retries": 0}
        with loopback(*script) as server:
            job = run(kind, "Shop", lambda c: c.wait_for_job(interval=0), base_url=server.url, **settings)
            assert job.result.state == "Done"
            assert len(server.received) == len(script)
        for answer, error in ((json_answer("[1]"), "ResponseValidationError"), (Answer(500), "ServerError")):
            with loopback(answer) as server, pytest.raises(getattr(package, error)):
                run(kind, "Shop", lambda c: c.wait_for_job(interval=0), base_url=server.url, **settings)
        with loopback(Answer(204)) as server, pytest.raises(package.WaitTimeoutError, match="still 'None'"):
            run(kind, "Shop", lambda c: c.wait_for_job(interval=9, within=1), base_url=server.url, **settings)
