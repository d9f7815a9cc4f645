"""Suggestions: what a document says of its lists and states, who accepts it, and that what is accepted works."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from apiscribe.document.load import load
from apiscribe.document.node import Plain
from apiscribe.document.overlay import apply
from apiscribe.document.resolve import Resolver
from apiscribe.errors import ApiscribeError
from apiscribe.suggest import Proposal, proposals_of
from apiscribe.suggest.overlay import accepted, appended

from .command_line import run
from .generation import PACKAGE, imported
from .loopback import Answer, Loopback, Received, json_answer, loopback_function
from .suggest_documents import (
    ADDRESSES,
    COUNTED,
    LAST_ITEM,
    LINKED,
    NO_LISTS,
    NO_SEARCHES,
    SEARCHES,
    STATES,
    TOKENS,
    document,
)


def proposed(text: str) -> dict[str, Proposal]:
    loaded = load(text.encode(), file="shop.yaml")
    return {item.id: item for item in proposals_of(loaded, Resolver(loaded))}


def values(*paths: str) -> dict[str, dict[str, Plain]]:
    return {name.partition(":")[2]: item.value for name, item in proposed(document(*paths)).items()}


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (
            LINKED,
            {
                "issues/list": {"style": "link", "page": "page", "size": "per_page", "items": "$"},
                "runs/list": {
                    "style": "page", "page": "page", "size": "per_page", "first": 1, "items": "workflow_runs",
                    "total": "total_count",
                },
            },
        ),
        (
            LAST_ITEM,
            {
                "GetCharges": {
                    "style": "marker", "page": "starting_after", "size": "limit", "items": "data", "marker": "id",
                    "more": "has_more",
                },
                "listAssistants": {
                    "style": "marker", "page": "after", "size": "limit", "items": "data", "next": "last_id",
                    "more": "has_more",
                },
            },
        ),
        (
            TOKENS,
            {
                "storage.buckets.list": {
                    "style": "marker", "page": "pageToken", "size": "pageSize", "items": "buckets",
                    "next": "nextPageToken",
                },
                "listCoreV1Pod": {
                    "style": "marker", "page": "continue", "size": "limit", "items": "items",
                    "next": "metadata.continue",
                },
                "conversations_list": {
                    "style": "marker", "page": "cursor", "size": "limit", "items": "channels",
                    "next": "response_metadata.next_cursor",
                },
            },
        ),
        (
            ADDRESSES,
            {
                "Disks_List": {"style": "url", "items": "value", "next": "nextLink"},
                "user.ListUser": {"style": "url", "size": "$top", "items": "value", "next": "/@odata.nextLink"},
                "listTransactions": {"style": "url", "size": "page[size]", "items": "data", "next": "links.next"},
            },
        ),
        (
            COUNTED,
            {
                "circuits_list": {
                    "style": "offset", "page": "offset", "size": "limit", "first": 0, "items": "results",
                    "total": "count",
                },
                "owners": {
                    "style": "page", "page": "page", "size": "size", "first": 0, "items": "content",
                    "total": "totalElements", "total-pages": "totalPages",
                },
                "articles": {"style": "page", "page": "page", "size": "per_page", "first": 1, "items": "$"},
                "scimGroups": {
                    "style": "offset", "page": "startIndex", "size": "count", "first": 1, "items": "Resources",
                    "total": "totalResults",
                },
                "rates": {"style": "page", "page": "page", "size": "limit", "first": 1, "items": "data"},
            },
        ),
        (
            SEARCHES,
            {
                "searchThings": {
                    "style": "marker", "page": "cursor", "size": "limit", "items": "things", "next": "next_cursor",
                },
                "readPages": {
                    "style": "page", "page": "page", "size": "size", "first": 1, "items": "items", "total": "total",
                },
                "queryRecords": {"style": "offset", "page": "offset", "size": "limit", "first": 0, "items": "records"},
            },
        ),
        (NO_SEARCHES, {}),
        (NO_LISTS, {}),
        (
            STATES,
            {
                "getCluster": {"field": "state", "success": ["ACTIVE"], "failure": ["CREATE_FAILED", "ERROR"]},
                "jobStatus": {"field": "data.status", "success": ["succeeded"], "failure": ["failed", "cancelled"]},
            },
        ),
    ],
    ids=["links", "last items", "tokens", "addresses", "counted", "searches", "no searches", "no lists", "states"],
)  # fmt: skip
def test_documents_of_every_kind_get_what_they_mean(paths: str, expected: dict[str, Any]) -> None:
    assert values(paths) == expected


def test_a_proposal_has_reasons_confidence_and_place() -> None:
    found = proposed(document(COUNTED, STATES))
    cluster, rates = found["waiter:getCluster"], found["pagination:rates"]
    assert (cluster.confidence, cluster.reasons) == (
        "high",
        ("'state' goes through CREATING, UPDATING, DELETING", "createCluster creates it", "deleteCluster deletes it"),
    )
    assert (rates.confidence, rates.reasons) == ("medium", ("the parameters 'page' and 'limit'", "'data' is a list"))
    assert found["waiter:jobStatus"].confidence == "medium"  # nothing says what begins the job
    assert cluster.operation.pointer == "/paths/~1clusters~1{id}/get"


def test_what_is_said_already_is_not_proposed() -> None:
    said = document(LAST_ITEM).replace(
        "operationId: GetCharges",
        "operationId: GetCharges\n      x-pagination: {style: marker, page: starting_after, items: data}",
    )
    assert list(proposed(said)) == ["pagination:listAssistants"]


# From a proposal to an overlay that counts


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(document(LAST_ITEM, TOKENS))
    return tmp_path


def corrected(folder: Path) -> list[str]:
    """Name the operations that are paged once the overlay is applied."""
    loaded = [load((folder / name).read_bytes(), file=name) for name in ("shop.yaml", "shop.overlay.yaml")]
    done = apply(loaded[0], loaded[1:])
    return [item["get"]["operationId"] for item in done.root.plain["paths"].values() if "x-pagination" in item["get"]]  # type: ignore[index,call-overload,union-attr,misc,unused-ignore]


def test_what_nobody_accepted_is_not_applied_and_one_word_accepts_it(shop: Path) -> None:
    first = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml")
    assert (first.code, first.err) == (0, "")
    assert first.out.endswith("5 proposals for 1 document\nshop.overlay.yaml: 5 proposals added\n")
    row = next(line for line in first.out.splitlines() if line.startswith("pagination:GetCharges"))
    assert "new    high        shop.yaml:6 /paths/~1v1~1charges/get" in row
    assert "{style: marker, page: starting_after, size: limit, items: data, marker: id, more: has_more}" in row
    overlay = shop / "shop.overlay.yaml"
    assert overlay.read_text().count("x-proposal: open") == 5
    assert corrected(shop) == []
    overlay.write_text(overlay.read_text().replace("x-proposal: open", "x-proposal: accepted", 1))
    assert corrected(shop) == ["GetCharges"]
    chosen = ("--accept", "pagination:listAssistants", "--accept", "pagination:listCoreV1Pod")
    done = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml", *chosen)
    assert (done.code, done.out) == (0, "shop.overlay.yaml: 2 accepted\n")
    assert corrected(shop) == ["GetCharges", "listAssistants", "listCoreV1Pod"]
    overlay.write_text(overlay.read_text().replace("x-proposal: open", "x-proposal: rejected", 1))
    before = overlay.read_bytes()
    again = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml")
    assert [line.split()[0] for line in again.out.splitlines()[1:-2]] == ["pagination:conversations_list"]
    assert "1 proposal for 1 document (1 more rejected before)" in again.out
    assert overlay.read_bytes() == before


def test_accepting_into_a_new_overlay_writes_that_alone(shop: Path) -> None:
    done = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml", "--accept", "pagination:GetCharges")
    assert (done.code, done.out) == (0, "shop.overlay.yaml: 1 accepted\n")
    assert corrected(shop) == ["GetCharges"]
    more = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml", "--accept", "all", "--confidence", "high")
    assert (more.code, more.out) == (0, "shop.overlay.yaml: 4 accepted\n")
    assert len(corrected(shop)) == 5


def test_a_hand_written_overlay_keeps_its_text(shop: Path) -> None:
    own = "overlay: 1.0.0\ninfo: {title: Ours, version: '1'}\nactions: # ours\n  - target: $.info\n    update: {x: 1}"
    (shop / "shop.overlay.yaml").write_text(own)
    done = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml")
    assert done.code == 0
    assert (shop / "shop.overlay.yaml").read_text().startswith(f"{own}\n  - target: ")
    flow = "overlay: 1.0.0\nactions: [{target: $.info, update: {x: 1}}]\ninfo: {title: Ours, version: '1'}\n"
    (shop / "shop.overlay.yaml").write_text(flow)
    refused = run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml")
    assert (refused.code, refused.err) == (
        2,
        "error: shop.overlay.yaml: actions cannot be added at its end: the list of actions has to come last, and be "
        "indented by two\n",
    )
    assert (shop / "shop.overlay.yaml").read_text() == flow


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "pagination:GetCharges"), "--accept needs --into"),
        (("--into", "other.overlay.yaml"), "an overlay of this document is called shop.overlay.yaml"),
        (("--into", "shop.yaml"), "an overlay of this document is called shop.overlay.yaml"),
        (("--into",), "no project says where overlays of this lie"),
        (("--into", "shop.overlay.yaml", "--accept", "pagination:GetCharge"), "the nearest is pagination:GetCharges"),
    ],
)
def test_wrong_usage_writes_nothing(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(shop, "suggest", "shop.yaml", *arguments)
    assert done.code == 2
    assert said in done.err
    assert [path.name for path in shop.iterdir()] == ["shop.yaml"]


def test_a_state_that_is_none_is_refused(shop: Path) -> None:
    run(shop, "suggest", "shop.yaml", "--into", "shop.overlay.yaml")
    text = (shop / "shop.overlay.yaml").read_text().replace("x-proposal: open", "x-proposal: opne", 1)
    with pytest.raises(ApiscribeError, match="x-proposal is 'open', 'accepted' or 'rejected'"):
        apply(
            load((shop / "shop.yaml").read_bytes(), file="shop.yaml"),
            [load(text.encode(), file="shop.overlay.yaml")],
        )


def test_a_project_keeps_proposals_among_its_overlays(tmp_path: Path) -> None:
    (tmp_path / "spec" / "overlays").mkdir(parents=True)
    (tmp_path / "spec" / "shop.yaml").write_text(document(LAST_ITEM))
    (tmp_path / "apiscribe.toml").write_text('[api.shop]\nspecs = "spec"\noverlays = "spec/overlays"\n')
    assert "2 proposals for 1 document" in run(tmp_path, "suggest").out
    written = run(tmp_path, "suggest", "--into").out.splitlines()[-1]
    assert written == "spec/overlays/shop.suggested.overlay.yaml: 2 proposals added"
    assert run(tmp_path, "overlay", "check").code == 0
    shown = json.loads(run(tmp_path, "suggest", "--json").out)
    assert shown == []  # both are open


def test_states_are_found_wherever_actions_stand() -> None:
    def overlay(state: str) -> str:
        both = ", ".join(
            f'{{"target": "$", "x-id": "{name}", "x-proposal": "{state}", "update": {{}}}}' for name in "ab"
        )
        return f'{{"overlay": "1.0.0", "actions": [{both}]}}'

    assert accepted(overlay("open"), ["a", "b"], "x") == overlay("accepted")
    one = accepted(overlay("open"), ["b"], "x")
    assert one == overlay("open")[::-1].replace("open"[::-1], "accepted"[::-1], 1)[::-1]
    with pytest.raises(ApiscribeError, match="cannot be changed here: write x-proposal: accepted by hand"):
        accepted("actions:\n  - x-id: a\n    x-proposal: &state open\n", ["a"], "x")


def test_nothing_is_added_where_it_would_mean_something_else() -> None:
    for text in ("actions: []\n", "actions:\n- {a: 1}\n", "a: 1\n", "actions:\n  - a: 1\nb:\n  - c: 1\n"):
        with pytest.raises(ApiscribeError, match="actions cannot be added at its end"):
            appended(text, "  - d: 2\n", [{"d": 2}], "x.overlay.yaml")
    assert appended("actions:\n  - a: 1", "  - d: 2\n", [{"d": 2}], "x") == "actions:\n  - a: 1\n  - d: 2\n"


# What is accepted works


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Generate a client from a document and the overlay in which everything was accepted."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "shop.yaml").write_text(document(LINKED, LAST_ITEM, TOKENS, ADDRESSES, COUNTED, SEARCHES, STATES))
    overlay = ("shop.yaml", "--into", "shop.overlay.yaml", "--accept", "all")
    assert run(folder, "suggest", *overlay).code == 0
    made = ("--out", "out", "--package", PACKAGE, "--overlay", "shop.overlay.yaml", "--formatter", "ruff")
    assert run(folder, "generate", "shop.yaml", *made).code == 0
    files = {str(path.relative_to(folder / "out")): path.read_text() for path in (folder / "out").rglob("*.py")}
    with imported(files, folder / "package") as package:
        yield package


ALL = [{"id": f"t{number}", "name": f"n{number}"} for number in range(5)]


def _serve(request: Received) -> Answer:
    """Answer as services of each kind do, two things a page."""
    url = urlsplit(request.target)
    query = {name: found[0] for name, found in parse_qs(url.query).items()}
    number = int(query.get("page", query.get("p", "1"))) - 1
    after = next((at + 1 for at, one in enumerate(ALL) if one["id"] in query.values()), 0)
    sent = json.loads(request.body) if request.body else {}
    match url.path:
        case "/things/search":
            begin = int(sent.get("cursor", 0))
            told = {"next_cursor": str(begin + 2)} if begin + 2 < 5 else {}
            return json_answer(json.dumps({"things": ALL[begin : begin + 2], **told}))
        case "/pages":
            begin = (sent["page"] - 1) * 2
            return json_answer(json.dumps({"items": ALL[begin : begin + 2], "total": 5}))
        case "/records/query":
            return json_answer(json.dumps({"records": ALL[sent["offset"] : sent["offset"] + 2]}))
        case "/repos/me/issues":
            more = {"Link": f'<{url.path}?page={number + 2}>; rel="next"'} if number < 2 else {}
            return json_answer(json.dumps(ALL[number * 2 : number * 2 + 2]), **more)
        case "/v1/charges" | "/assistants":
            things = ALL[after : after + 2]
            page = {
                "data": things,
                "has_more": after + 2 < 5,
                "last_id": things[-1]["id"],
                "object": "list",
                "url": "x",
            }
            return json_answer(json.dumps(page))
        case "/api/v1/pods":
            told = {"continue": ALL[after + 1]["id"]} if after + 2 < 5 else {}
            return json_answer(json.dumps({"items": ALL[after : after + 2], "metadata": told}))
        case "/users":
            following = (
                {"@odata.nextLink": f"http://{request.header('host')}/users?p={number + 2}"} if number < 2 else {}
            )
            return json_answer(json.dumps({"value": ALL[number * 2 : number * 2 + 2], **following}))
        case _:
            start = int(query.get("offset", int(query.get("startIndex", "1")) - 1))
            page = {
                "count": 5,
                "totalResults": 5,
                "results": ALL[start : start + 2],
                "Resources": ALL[start : start + 2],
            }
            return json_answer(json.dumps(page))


def _items(client: Any, kind: str, server: Loopback, method: str, arguments: dict[str, str]) -> list[str]:
    if kind == "sync":
        with client.Shop(base_url=server.url) as blocking:
            return [item.id_ for item in getattr(blocking, method)(**arguments)]

    async def collect() -> list[str]:
        async with client.AsyncShop(base_url=server.url) as waiting:
            return [item.id_ async for item in getattr(waiting, method)(**arguments)]

    return asyncio.run(collect())


@pytest.mark.parametrize(
    ("method", "arguments", "targets"),
    [
        ("iter_issues_list", {"owner": "me"}, ["/repos/me/issues", *(f"/repos/me/issues?page={n}" for n in (2, 3))]),
        ("iter_get_charges", {}, ["/v1/charges", *(f"/v1/charges?starting_after=t{n}" for n in (1, 3))]),
        ("iter_assistants", {}, ["/assistants", *(f"/assistants?after=t{n}" for n in (1, 3))]),
        ("iter_core_v1_pod", {}, ["/api/v1/pods", *(f"/api/v1/pods?continue=t{n}" for n in (1, 3))]),
        ("iter_user_list_user", {}, ["/users", "/users?p=2", "/users?p=3"]),
        ("iter_circuits_list", {}, [f"/circuits/?offset={n}" for n in (0, 2, 4)]),
        ("iter_scim_groups", {}, [f"/Groups?startIndex={n}" for n in (1, 3, 5)]),
    ],
)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_accepted_lists_are_iterated(
    client: Any, kind: str, method: str, arguments: dict[str, str], targets: list[str]
) -> None:
    with loopback_function(_serve) as server:
        assert _items(client, kind, server, method, arguments) == ["t0", "t1", "t2", "t3", "t4"]
        assert [request.target for request in server.received] == targets


@pytest.mark.parametrize(
    ("method", "arguments", "bodies"),
    [
        ("iter_search_things", {"query": "n"}, [{"query": "n"}, *({"query": "n", "cursor": n} for n in ("2", "4"))]),
        ("iter_read_pages", {"size": 2}, [{"size": 2, "page": n} for n in (1, 2, 3)]),
        ("iter_query_records", {}, [{"offset": n} for n in (0, 2, 4, 5)]),
    ],
)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_accepted_searches_are_iterated(
    client: Any, kind: str, method: str, arguments: dict[str, Any], bodies: list[dict[str, Any]]
) -> None:
    with loopback_function(_serve) as server:
        assert _items(client, kind, server, method, arguments) == ["t0", "t1", "t2", "t3", "t4"]
        assert [json.loads(request.body) for request in server.received] == bodies


def test_accepted_states_are_waited_for(client: Any) -> None:
    states = iter(["CREATING", "UPDATING", "ACTIVE", "CREATING", "CREATE_FAILED"])
    with (
        loopback_function(lambda _: json_answer(json.dumps({"state": next(states)}))) as server,
        client.Shop(base_url=server.url) as blocking,
    ):
        assert blocking.wait_for_cluster("c", interval=0.01).state == "ACTIVE"
        with pytest.raises(client.WaitError, match="CREATE_FAILED"):
            blocking.wait_for_cluster("c", interval=0.01)
