"""Bodies and answers of generated clients over a real connection: forms, files, streams, media types, errors."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .client_room import BOTH, run
from .generation import built, headed, imported
from .loopback import Answer, Received, json_answer, loopback

DOCUMENT = headed("""
paths:
  /files:
    put:
      operationId: send_files
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary}
                more: {type: array, items: {type: string, format: binary}}
                note: {type: string}
                facts: {$ref: '#/components/schemas/Facts'}
                numbers: {type: array, items: {type: integer}}
            encoding:
              note: {contentType: text/markdown, headers: {X-Fixed: {schema: {const: yes-please}}}}
              file: {contentType: image/png}
      responses: {'204': {description: taken}}
  /form:
    post:
      operationId: send_form
      parameters:
        - {name: where, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/Facts'}}}}
        - {name: raw, in: query, allowReserved: true, schema: {type: string}}
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                a: {type: string}
                tags: {type: array, items: {type: string}}
                facts: {$ref: '#/components/schemas/Facts'}
                deep: {$ref: '#/components/schemas/Facts'}
                joined: {type: array, items: {type: string}}
            encoding:
              deep: {style: deepObject, explode: true}
              joined: {style: form, explode: false}
      responses: {'204': {description: taken}}
  /several:
    put:
      operationId: send_several
      requestBody:
        required: true
        content:
          application/octet-stream: {schema: {type: string, format: binary}}
          application/json: {schema: {$ref: '#/components/schemas/Facts'}}
          application/merge-patch+json: {schema: {$ref: '#/components/schemas/Facts'}}
          multipart/form-data:
            schema: {type: object, properties: {upload: {type: string, format: binary}}}
      responses: {'204': {description: taken}}
  /report:
    get:
      operationId: read_report
      responses:
        '200':
          description: a report
          content:
            text/csv: {schema: {type: string}}
            application/json: {schema: {$ref: '#/components/schemas/Facts'}}
            application/pdf: {schema: {type: string, format: binary}}
        '202': {description: later, content: {application/json: {schema: {$ref: '#/components/schemas/Later'}}}}
        4XX: {description: no, content: {application/problem+json: {schema: {$ref: '#/components/schemas/Fault'}}}}
  /picture:
    get:
      operationId: read_picture
      responses: {'200': {description: a picture, content: {image/png: {schema: {type: string, format: binary}}}}}
components:
  schemas:
    Facts: {type: object, properties: {k: {type: string}, n: {type: integer}}}
    Later: {type: object, properties: {after: {type: integer}}}
    Fault: {type: object, properties: {reason: {type: string}, code: {type: integer}}}
""")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT).texts, tmp_path_factory.mktemp("payloads")) as package:
        yield package


def sent(kind: str, shop: ModuleType, work: Any, *answers: Answer) -> list[Received]:
    with loopback(*(answers or (Answer(204),))) as server:
        run(kind, "Shop", work, package=shop, base_url=server.url, credentials=None)
        return server.received


def parts_of(request: Received) -> list[tuple[str, str]]:
    """Split a form into heads and contents, with nothing of ours."""
    boundary = re.fullmatch(r"multipart/form-data; boundary=(\w+)", request.header("content-type") or "")
    assert boundary is not None
    opening, *parts, closing = request.body.split(b"--" + boundary[1].encode())
    assert (opening, closing) == (b"", b"--\r\n")
    split = [part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n") for part in parts]
    return [(head.decode(), content.decode("latin-1")) for head, _, content in split]


@BOTH
def test_a_form_with_files_of_every_kind(kind: str, shop: ModuleType, tmp_path: Path) -> None:
    picture = tmp_path / "sun.png"
    picture.write_bytes(b"\x89PNG")
    (request,) = sent(
        kind,
        shop,
        lambda client: client.send_files(
            file=picture,
            more=[("a.txt", "text", "text/plain"), io.BytesIO(b"open"), b"held"],
            note="# hi",
            facts={"k": "v"},
            numbers=[1, 2],
        ),
    )
    form = "Content-Disposition: form-data; name="
    assert parts_of(request) == [
        (f'{form}"file"; filename="sun.png"\r\nContent-Type: image/png', "\x89PNG"),
        (f'{form}"more"; filename="a.txt"\r\nContent-Type: text/plain', "text"),
        (f'{form}"more"; filename="more"\r\nContent-Type: application/octet-stream', "open"),
        (f'{form}"more"; filename="more"\r\nContent-Type: application/octet-stream', "held"),
        (f'{form}"note"\r\nContent-Type: text/markdown\r\nX-Fixed: yes-please', "# hi"),
        (f'{form}"facts"\r\nContent-Type: application/json', '{"k":"v"}'),
        (f'{form}"numbers"', "1"),
        (f'{form}"numbers"', "2"),
    ]
    assert request.header("content-length") == str(len(request.body))


@BOTH
def test_a_form_says_which_field_is_wrong_and_is_not_sent(kind: str, shop: ModuleType) -> None:
    for fields, said in (({"file": b"x", "numbers": ["one"]}, "numbers.0"), ({"note": "x"}, "file: Field required")):
        with pytest.raises(shop.RequestValidationError, match=said):
            sent(kind, shop, lambda client, fields=fields: client.send_files(**fields))
    with pytest.raises(shop.RequestValidationError, match="cannot be read: No such file"):
        sent(kind, shop, lambda client: client.send_files(file=Path("/nowhere/at-all")))


@BOTH
def test_forms_follow_their_encodings(kind: str, shop: ModuleType) -> None:
    (request,) = sent(
        kind,
        shop,
        lambda client: client.send_form(
            where={"k": "a&b", "n": 1},
            raw="x/y?z=1&2",
            a="b c&d",
            tags=["x", "y"],
            facts={"n": 1},
            deep={"k": "v", "n": 2},
            joined=["p", "q"],
        ),
    )
    assert request.target == "/form?where=%7B%22k%22:%22a%26b%22,%22n%22:1%7D&raw=x/y?z=1%262"
    assert request.body == b"a=b+c%26d&tags=x&tags=y&facts=%7B%22n%22%3A1%7D&deep%5Bk%5D=v&deep%5Bn%5D=2&joined=p,q"


SEVERAL: list[tuple[Any, dict[str, Any], str, bytes]] = [
    ({"k": "v"}, {}, "application/json", b'{"k":"v"}'),
    ({"k": "v"}, {"content_type": "application/merge-patch+json"}, "application/merge-patch+json", b'{"k":"v"}'),
    (b"\0\1", {}, "application/octet-stream", b"\0\1"),
    (bytearray(b"held"), {}, "application/octet-stream", b"held"),
]


@BOTH
@pytest.mark.parametrize(("body", "options", "media_type", "octets"), SEVERAL)
def test_what_is_given_chooses_the_media_type(
    kind: str, shop: ModuleType, body: Any, options: dict[str, Any], media_type: str, octets: bytes
) -> None:
    (request,) = sent(kind, shop, lambda client: client.send_several(body=body, **options))
    assert (request.header("content-type"), request.body) == (media_type, octets)


@BOTH
def test_a_file_among_the_fields_makes_it_a_form(kind: str, shop: ModuleType) -> None:
    (request,) = sent(kind, shop, lambda client: client.send_several(body={"upload": b"x"}))
    assert [content for _, content in parts_of(request)] == ["x"]
    with pytest.raises(shop.RequestValidationError, match="content_type is one of application/json"):
        sent(kind, shop, lambda client: client.send_several(body=b"x", content_type="text/html"))


BUSY = Answer(503, b"", {"Retry-After": "0"})


@BOTH
def test_only_what_can_be_rewound_is_sent_again(kind: str, shop: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"again")
    for body in (path, io.BytesIO(b"again")):
        requests = sent(kind, shop, lambda client, body=body: client.send_several(body=body), BUSY, Answer(204))
        assert [request.body for request in requests] == [b"again", b"again"]


class _Pipe(io.RawIOBase):
    """A stream that cannot be rewound, of a known number of bytes."""

    def __init__(self) -> None:
        self._left = [b"once"]

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._left.pop() if self._left else b""


def chunked(request: Received) -> bool:
    return request.header("transfer-encoding") == "chunked" and request.header("content-length") is None


@BOTH
def test_a_stream_is_sent_in_chunks_and_once(kind: str, shop: ModuleType) -> None:
    with loopback(BUSY) as server:
        with pytest.raises(shop.ServerError):
            run(
                kind, "Shop", lambda client: client.send_several(body=_Pipe()),
                package=shop, base_url=server.url, credentials=None,
            )  # fmt: skip
        assert [(chunked(request), request.body) for request in server.received] == [(True, b"once")]


async def _later() -> AsyncIterator[bytes]:
    yield b"a"
    yield b"b"


def test_a_stream_that_is_awaited_needs_the_asynchronous_client(shop: ModuleType) -> None:
    (request,) = sent("async", shop, lambda client: client.send_several(body=_later()))
    assert (chunked(request), request.body) == (True, b"ab")
    with pytest.raises(TypeError, match="sent by the asynchronous client"):
        sent("sync", shop, lambda client: client.send_several(body=_later()))


def answered(kind: str, shop: ModuleType, name: str, answer: Answer, **options: Any) -> Any:
    with loopback(answer) as server:
        return run(
            kind, "Shop", lambda client: getattr(client, name)(**options),
            package=shop, base_url=server.url, credentials=None,
        )  # fmt: skip


@BOTH
def test_answers_are_read_by_status_and_media_type(kind: str, shop: ModuleType) -> None:
    facts = answered(kind, shop, "read_report", json_answer('{"k": "v"}'))
    assert (type(facts).__name__, facts.k) == ("Facts", "v")
    later = answered(kind, shop, "read_report", json_answer('{"after": 3}', 202))
    assert (type(later).__name__, later.after) == ("Later", 3)
    csv = Answer(200, "k;n\r\né".encode("latin-1"), {"Content-Type": "text/csv; charset=latin-1"})
    assert answered(kind, shop, "read_report", csv, headers={"Accept": "text/csv"}) == "k;n\r\né"
    pdf = Answer(200, b"%PDF", {"Content-Type": "application/pdf"})
    assert answered(kind, shop, "read_report", pdf, headers={"Accept": "application/pdf"}) == b"%PDF"


@BOTH
@pytest.mark.parametrize("name", ["read_picture", "read_report"])
def test_another_content_type_is_a_clear_error(kind: str, shop: ModuleType, name: str) -> None:
    page = Answer(200, b"<html>sign in</html>", {"Content-Type": "text/html"})
    with pytest.raises(shop.ResponseValidationError, match=r"its content type is text/html, .* is documented"):
        answered(kind, shop, name, page)


@BOTH
def test_errors_have_the_documented_model(kind: str, shop: ModuleType) -> None:
    problem = Answer(418, json.dumps({"reason": "tea"}).encode(), {"Content-Type": "application/problem+json"})
    with pytest.raises(shop.APIStatusError) as caught:
        answered(kind, shop, "read_report", problem)
    assert (type(caught.value.model).__name__, caught.value.model.reason) == ("Fault", "tea")
    with pytest.raises(shop.APIStatusError) as caught:
        answered(kind, shop, "read_report", Answer(404, b"<html>", {"Content-Type": "text/html"}))
    assert caught.value.model is None


JOINED = headed("""
paths:
  /parts:
    post:
      operationId: parts
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                commas: {type: array, items: {type: string}}
                bars: {type: array, items: {type: integer}}
                apart: {type: array, items: {type: string}}
                typed: {type: array, items: {type: string}}
            encoding:
              commas: {style: form, explode: false}
              bars: {style: pipeDelimited}
              typed: {style: form, explode: false, contentType: text/plain}
      responses: {'204': {description: taken}}
""")


@BOTH
@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({"commas": ["a", "b c", "é"]}, [("commas", "a,b c,é")]),
        ({"bars": [1, 2]}, [("bars", "1|2")]),
        ({"apart": ["a", "b"]}, [("apart", "a"), ("apart", "b")]),
        ({"typed": ["a", "b"]}, [("typed", "a"), ("typed", "b")]),  # a content type overrules a style
        ({"commas": [], "bars": [3]}, [("bars", "3")]),
    ],
)
def test_lists_in_a_form_of_parts_are_joined_as_their_style_says(
    kind: str, tmp_path: Path, fields: dict[str, Any], parts: list[tuple[str, str]]
) -> None:
    with (
        imported(built(JOINED, package="joined").texts, tmp_path, "joined") as package,
        loopback(Answer(204)) as server,
    ):
        run(kind, "Shop", lambda c: c.parts(**fields), package=package, base_url=server.url, credentials=None)
        (received,) = server.received
    found = re.findall(r'name="(\w+)"\r\n(?:Content-Type: [^\r]*\r\n)?\r\n([^\r]*)\r\n', received.body.decode())
    assert found == parts
