"""Options: for one call, and for all calls of a light copy; keys that let a request be sent again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from .client_room import BOTH, run
from .generation import built, headed, imported
from .loopback import Answer, Received, json_answer, loopback

DOCUMENT = headed("""
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: [{name: extra_query, in: query, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}
    post:
      operationId: createOrder
      parameters: [{name: X-Idempotency-Key, in: header, required: true, schema: {type: string, format: uuid}}]
      responses: {'204': {description: made}}
  /notes:
    post: {operationId: createNote, responses: {'204': {description: made}}}
  /payments:
    post:
      operationId: createPayment
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Payment'}}
      responses: {'204': {description: made}}
components: {schemas: {Payment: {type: object, properties: {idempotency_key: {type: string}}}}}
""")
BUSY = Answer(503, b"", {"Retry-After": "0"})
DONE = Answer(204)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT).texts, tmp_path_factory.mktemp("options")) as package:
        yield package


def sent(
    kind: str, shop: ModuleType, *works: Any, answers: tuple[Answer, ...] = (DONE,), **settings: Any
) -> list[Received]:
    """Do the works one after the other, and give the requests that came of them."""
    with loopback(*answers) as server:
        run(kind, "Shop", *works, package=shop, base_url=server.url, credentials=None, **settings)
        return server.received


def keys(received: list[Received], header: str) -> list[str | None]:
    return [request.header(header) for request in received]


@BOTH
def test_a_documented_key_is_made_once_for_a_call_and_anew_for_the_next(kind: str, shop: ModuleType) -> None:
    received = sent(
        kind, shop, lambda c: c.create_order(), lambda c: c.create_order(), answers=(BUSY, BUSY, DONE, BUSY, DONE)
    )
    first, second, third, fourth, fifth = keys(received, "X-Idempotency-Key")
    assert first == second == third
    assert fourth == fifth != first
    assert UUID(first or "").version == UUID(fourth or "").version == 4


@BOTH
def test_a_key_of_the_caller_is_sent_as_it_is(kind: str, shop: ModuleType) -> None:
    received = sent(kind, shop, lambda c: c.create_order(x_idempotency_key="mine"), answers=(BUSY, DONE))
    assert keys(received, "X-Idempotency-Key") == ["mine", "mine"]


@BOTH
def test_none_means_no_key_and_no_repetition(kind: str, shop: ModuleType) -> None:
    with pytest.raises(shop.ServerError):
        sent(kind, shop, lambda c: c.create_order(x_idempotency_key=None), answers=(BUSY, DONE))


@BOTH
@pytest.mark.parametrize(
    ("work", "settings", "header", "expected"),
    [
        (lambda c: c.create_note(idempotency_key="k"), {}, "Idempotency-Key", ["k", "k"]),
        (lambda c: c.create_note(idempotency_key="k"), {"idempotency_header": "X-Key"}, "X-Key", ["k", "k"]),
        (lambda c: c.create_note(headers={"idempotency-key": "h"}), {}, "Idempotency-Key", ["h", "h"]),
    ],
    ids=["of the call", "in the client's header", "written as a header"],
)
def test_a_key_makes_a_post_one_that_may_be_sent_again(
    kind: str, shop: ModuleType, work: Any, settings: Any, header: str, expected: list[str]
) -> None:
    assert keys(sent(kind, shop, work, answers=(BUSY, DONE), **settings), header) == expected


@BOTH
def test_a_client_with_a_header_for_keys_makes_them(kind: str, shop: ModuleType) -> None:
    received = sent(
        kind,
        shop,
        lambda c: c.create_note(),
        lambda c: c.create_payment(idempotency_key="a field"),
        answers=(BUSY, DONE, DONE),
        idempotency_header="Request-Id",
    )
    first, second, third = keys(received, "Request-Id")
    assert first == second != third
    assert received[2].body == b'{"idempotency_key":"a field"}'


@BOTH
def test_without_a_key_a_post_is_sent_once(kind: str, shop: ModuleType) -> None:
    with loopback(BUSY) as server:
        with pytest.raises(shop.ServerError):
            run(kind, "Shop", lambda c: c.create_note(), package=shop, base_url=server.url, credentials=None)
        assert keys(server.received, "Idempotency-Key") == [None]


@BOTH
@pytest.mark.parametrize("bad", ["", "a\r\nb"])
def test_a_key_that_is_none_is_refused_before_anything_is_sent(kind: str, shop: ModuleType, bad: str) -> None:
    with loopback(DONE) as server:
        with pytest.raises(shop.RequestValidationError):
            run(
                kind,
                "Shop",
                lambda c: c.create_note(idempotency_key=bad),
                package=shop,
                base_url=server.url,
                credentials=None,
            )
        assert server.received == []


@BOTH
def test_more_for_the_query_of_one_call(kind: str, shop: ModuleType) -> None:
    (received,) = sent(
        kind,
        shop,
        lambda c: c.list_orders(extra_query_="own", extra_query={"debug": True, "of": ["a", "b c"], "none": None}),
        answers=(json_answer("{}"),),
    )
    assert received.target == "/orders?extra_query=own&debug=true&of=a&of=b%20c"


@BOTH
def test_a_copy_with_other_options_shares_the_connection(kind: str, shop: ModuleType) -> None:
    def copied(client: Any) -> Any:
        copy = client.with_options(headers={"X-A": "1"}, extra_query={"q": 1}, max_retries=0, timeout=9)
        assert copy.orders is not client.orders
        return copy.with_options(headers={"X-B": "2"}, extra_query={"r": 2})

    with loopback(json_answer("{}")) as server:
        run(
            kind,
            "Shop",
            lambda c: c.list_orders(),
            lambda c: copied(c).list_orders(headers={"x-a": "3"}),
            lambda c: copied(c).orders.list(),
            lambda c: copied(c).with_raw_response.list_orders(),
            lambda c: c.list_orders(),
            package=shop,
            base_url=server.url,
            credentials=None,
        )
        assert server.connections == 1
    told = [(item.target, item.header("X-A"), item.header("X-B")) for item in server.received]
    changed = "/orders?q=1&r=2"
    assert told == [
        ("/orders", None, None),
        (changed, "3", "2"),
        (changed, "1", "2"),
        (changed, "1", "2"),
        ("/orders", None, None),
    ]


@BOTH
def test_a_copy_repeats_and_waits_as_it_was_told(kind: str, shop: ModuleType) -> None:
    with pytest.raises(shop.ServerError):
        sent(kind, shop, lambda c: c.with_options(max_retries=0).list_orders(), answers=(BUSY, json_answer("{}")))
    received = sent(
        kind,
        shop,
        lambda c: c.with_options(idempotency_header="Key", max_retries=1).create_note(),
        answers=(BUSY, DONE),
        max_retries=0,
    )
    assert len(set(keys(received, "Key"))) == 1


@BOTH
@pytest.mark.parametrize(
    "options",
    [{"timeout": -1}, {"max_retries": 9}, {"headers": {"Host": "x"}}, {"headers": {"A": "b\n"}},
     {"idempotency_header": "Host"}, {"idempotency_header": "a b"}, {"validate": "strictly"}],
    ids=str,
)  # fmt: skip
def test_options_that_cannot_be_are_refused_at_once(kind: str, shop: ModuleType, options: dict[str, Any]) -> None:
    with pytest.raises((shop.RequestValidationError, shop.ConfigurationError)):
        sent(kind, shop, lambda c: c.with_options(**options), answers=(DONE,))


@BOTH
def test_a_subclass_and_what_it_holds_stay_what_they_are(kind: str, shop: ModuleType) -> None:
    for cls in (shop.Shop, shop.AsyncShop):
        kept = type("Own", (cls,), {})(base_url="http://localhost")
        kept.tenant = "t"
        copy = kept.with_options(timeout=1)
        assert (type(copy), copy.tenant) == (type(kept), "t")


@BOTH
def test_headers_of_a_copy_are_in_no_log(kind: str, shop: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sent(
            kind,
            shop,
            lambda c: c.with_options(headers={"X-Token": "hidden-value"}).list_orders(),
            answers=(json_answer("{}"),),
        )
    assert "hidden-value" not in caplog.text


FIELDS = headed("""
paths:
  /items:
    post:
      operationId: createItem
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Item'}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Item'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Item'}}
      responses: {'204': {description: made}}
    put:
      operationId: putItems
      requestBody: {content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Item'},
        {type: array, items: {type: string}}]}}}}
      responses: {'204': {description: kept}}
  /notes:
    post:
      operationId: note
      requestBody: {content: {application/json: {schema: {type: object, properties: {extra_body: {type: string}}}}}}
      responses: {'204': {description: made}}
components: {schemas: {Item: {type: object, required: [itemName], properties: {itemName: {type: string},
  size: {type: integer}, rest: {}}}}}
""")
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(FIELDS, package="items").texts, tmp_path_factory.mktemp("items"), "items") as package:
        yield package


@BOTH
@pytest.mark.parametrize(
    ("work", "body"),
    [
        (lambda c, x: c.create_item(item_name="a", extra_body=x), b'{"itemName":"a","x":{"y":[1,null]}}'),
        (
            lambda c, x: c.create_item(item_name="a", size=12345678901234567890123, extra_body=x),
            b'{"itemName":"a","size":12345678901234567890123,"x":{"y":[1,null]}}',
        ),
        (lambda c, x: c.create_item(body={"itemName": "a"}, extra_body=x), b'{"itemName":"a","x":{"y":[1,null]}}'),
        (
            lambda c, x: c.create_item(item_name="a", content_type=FORM, extra_body=x),
            b"itemName=a&x=%7B%22y%22%3A%5B1%2Cnull%5D%7D",
        ),
        (lambda c, x: c.put_items(body={"itemName": "a"}, extra_body=x), b'{"itemName":"a","x":{"y":[1,null]}}'),
        (lambda c, x: c.note(extra_body=x), b'{"x":{"y":[1,null]}}'),
        (lambda c, x: c.note(extra_body_="own", extra_body=x), b'{"extra_body":"own","x":{"y":[1,null]}}'),
        (lambda c, x: c.note(extra_body={}), b""),
    ],
)
def test_fields_that_the_document_does_not_know_are_added_to_a_body(
    kind: str, items: ModuleType, work: Any, body: bytes
) -> None:
    extra = {"x": {"y": [1, None]}}
    (received,) = sent(kind, items, lambda client: work(client, extra))
    assert received.body == body


@BOTH
def test_further_fields_of_a_form_with_files_may_be_files(kind: str, items: ModuleType) -> None:
    extra = {"file": ("a.txt", b"content"), "note": "n"}
    (received,) = sent(kind, items, lambda c: c.create_item(item_name="a", content_type=PARTS, extra_body=extra))
    parts = [part.strip().split(b"\r\n\r\n") for part in received.body.split(b"--")[1:-1] if b"name=" in part]
    assert [(head.split(b"\r\n")[1].partition(b"; ")[2], content) for head, content in parts] == [
        (b'name="itemName"', b"a"),
        (b'name="file"; filename="a.txt"', b"content"),
        (b'name="note"', b"n"),
    ]


@BOTH
@pytest.mark.parametrize(
    ("work", "said"),
    [
        (
            lambda c: c.create_item(item_name="a", extra_body={"size": 1, "x": 2}),
            "create_item(): extra_body has fields that the body has itself: size (pass size=)",
        ),
        (
            lambda c: c.create_item(extra_body={"itemName": "a"}),
            "create_item(): extra_body has fields that the body has itself: itemName (pass item_name=)",
        ),
        (
            lambda c: c.put_items(body={"itemName": "a"}, extra_body={"itemName": "b"}),
            "put_items(): body= and extra_body both have itemName",
        ),
        (
            lambda c: c.put_items(body=["a"], extra_body={"x": 2}),
            "put_items(): extra_body adds fields to an object, and the body is none",
        ),
        (
            lambda c: c.create_item(item_name="a", extra_body=[("x", 2)]),
            "create_item(): extra_body maps names of fields to values, list does not",
        ),
    ],
)
def test_further_fields_that_cannot_be_added_are_refused(kind: str, items: ModuleType, work: Any, said: str) -> None:
    with pytest.raises(TypeError) as caught:
        sent(kind, items, work)
    assert str(caught.value) == said


@BOTH
def test_further_fields_stand_for_no_required_one(kind: str, items: ModuleType) -> None:
    with pytest.raises(items.RequestValidationError, match="createItem: itemName: Field required"):
        sent(kind, items, lambda c: c.create_item(extra_body={"x": 2}))


@BOTH
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_does_not_have_is_refused_and_never_a_text(
    kind: str, items: ModuleType, number: float
) -> None:
    for work in (
        lambda c: c.create_item(item_name="a", extra_body={"x": [number]}),
        lambda c: c.put_items(body={"itemName": "a", "rest": {"x": number, "text": "NaN"}}),
    ):
        with pytest.raises(items.RequestValidationError, match="the body holds NaN or an infinity"):
            sent(kind, items, work)
    (received,) = sent(kind, items, lambda c: c.create_item(item_name="a", rest=["NaN", "Infinity", 1.5]))
    assert received.body == b'{"itemName":"a","rest":["NaN","Infinity",1.5]}'


@BOTH
@pytest.mark.parametrize("media_type", [FORM, PARTS])
def test_a_further_field_without_a_text_is_refused(kind: str, items: ModuleType, media_type: str) -> None:
    with pytest.raises(items.RequestValidationError, match="x: object cannot be written as text here"):
        sent(kind, items, lambda c: c.create_item(item_name="a", content_type=media_type, extra_body={"x": object()}))
