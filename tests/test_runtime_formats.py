"""Texts of a known format: read as Python's own types, dumped back as they came, refused when they are none."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from .client_room import BOTH, Answer, LoopbackServer, run
from .generation import built, headed, imported, warnings

TEXT = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f"
SHELF = headed("""
servers: [{url: 'https://shelf.example'}]
paths:
  /things/{thing}:
    put:
      operationId: putThing
      parameters:
        - {name: thing, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: since, in: query, schema: {type: string, format: date}}
        - {name: within, in: query, schema: {type: string, format: duration}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        key: {type: string, format: uuid}
        made: {type: string, format: date}
        price: {type: string, format: decimal}
        lasts: {type: string, format: duration}
        data: {type: string, format: byte}
        more: {type: string, contentEncoding: base64}
        ids: {type: array, items: {type: string, format: uuid}}
    Duration: {type: object, properties: {of: {$ref: '#/components/schemas/Thing'}}}
""")
WIRE: dict[str, Any] = {
    "key": TEXT,
    "made": "2025-10-08",
    "price": "1.50",
    "lasts": "PT36H",
    "data": "AAH/",
    "more": "dGV4dA==",
    "ids": [TEXT],
}
VALUES: dict[str, Any] = {
    "key": UUID(TEXT),
    "made": date(2025, 10, 8),
    "price": Decimal("1.50"),
    "lasts": timedelta(days=1, hours=12),
    "data": b"\x00\x01\xff",
    "more": b"text",
    "ids": [UUID(TEXT)],
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    made = built(SHELF, package="shelf")
    assert warnings(made.diagnostics) == []
    with imported(made.texts, tmp_path_factory.mktemp("shelf"), "shelf") as package:
        yield package


def put(kind: str, package: ModuleType, *given: Any, body: Any = WIRE, **named: Any) -> Any:
    with LoopbackServer(default=Answer(json=body)) as server:
        value = run(
            kind,
            "Shop",
            lambda client: client.put_thing(*given, **named),
            package=package,
            credentials=None,
            base_url=server.base_url,
        )
        return value, server.requests[-1]


@BOTH
def test_responses_bring_values_and_dump_back_equal(shelf: ModuleType, kind: str) -> None:
    value, _ = put(kind, shelf, TEXT)
    assert {name: getattr(value, name) for name in VALUES} == VALUES
    assert value.model_dump(mode="json", by_alias=True) == WIRE


@BOTH
@pytest.mark.parametrize("given", [WIRE, VALUES], ids=["texts", "values"])
def test_arguments_are_values_or_their_texts(shelf: ModuleType, kind: str, given: dict[str, Any]) -> None:
    _, request = put(kind, shelf, given["key"], since=given["made"], within=given["lasts"], **given)
    sent = request.json()
    assert request.target in (f"/things/{TEXT}?since=2025-10-08&within={told}" for told in ("PT36H", "P1DT43200S"))
    assert {**sent, "lasts": "PT36H"} == WIRE
    assert sent["lasts"] in ("PT36H", "P1DT12H")


@BOTH
def test_a_text_of_another_form_is_kept_as_it_came(shelf: ModuleType, kind: str) -> None:
    odd = {"key": "42", "made": "20251008", "price": "much", "lasts": "P1Y2M", "data": "%%", "ids": ["x", TEXT]}
    value, _ = put(kind, shelf, TEXT, body=odd)
    assert (value.key, value.made, value.price, value.lasts, value.data) == ("42", "20251008", "much", "P1Y2M", "%%")
    assert value.ids == ["x", UUID(TEXT)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("Uuid", text) for text in ("", TEXT[:-1], TEXT + "0", f"{{{TEXT}}}", TEXT.replace("-", ""))),
        *(("Date", text) for text in ("", "2025-13-01", "2025-1-1", "20250101", "2025-01-01T00:00:00Z")),
        *(("Number", text) for text in ("", "NaN", "Infinity", "1,5", "1e9999", "0x1", "１")),
        *(("Duration", text) for text in ("", "P", "PT", "P1DT", "P1Y", "P1M", "1D", "PT1S2H", "P99999999999D")),
        *(("Base64", text) for text in ("a", "ab=", "a b=", "é===")),
    ],
)
def test_what_is_no_such_text_is_refused(shelf: ModuleType, kind: str, text: str) -> None:
    from shelf._runtime import formats

    with pytest.raises(ValidationError):
        TypeAdapter(getattr(formats, kind)).validate_python(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("P2W", timedelta(weeks=2)),
        ("-P1DT1H", -timedelta(days=1, hours=1)),
        ("+PT0.5S", timedelta(seconds=0.5)),
        ("PT1,25M", None),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
    ],
)
def test_durations_keep_their_text(shelf: ModuleType, text: str, value: timedelta | None) -> None:
    from shelf._runtime import formats

    if value is None:
        with pytest.raises(ValueError, match="not a duration"):
            formats.read_duration(text)
        return
    found = formats.read_duration(text)
    assert (found, formats.write_duration(found)) == (value, text)
    assert pickle.loads(pickle.dumps(found)).text == text


def test_signatures_name_the_types(shelf: ModuleType) -> None:
    assert shelf.shop.v1.client.Shop.put_thing.__annotations__["thing"] == "_formats.Uuid | str"
    assert shelf.shop.v1.models.Duration.model_fields["of"].annotation == shelf.shop.v1.models.Thing | None
