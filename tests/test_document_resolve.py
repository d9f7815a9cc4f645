"""References: each leads to an object of the right kind in this folder, or is refused at its own line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from apiscribe.document.load import load
from apiscribe.document.node import Document, Node
from apiscribe.document.resolve import Resolver
from apiscribe.errors import ApiscribeError, Origin, refusal

MAIN = """\
openapi: 3.1.0
paths:
  /x:
    get:
      parameters: [{name: p, in: query, schema: {type: array, items: {type: string}}}]
      responses: {'200': {content: {application/json: {schema: {properties: {a: {type: integer}}}}}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: integer}}}
    "a/b~c d{é": {type: string}
    Alias: {$ref: '#/components/schemas/Thing'}
    Flag: true
  responses:
    Gone: {description: gone}
  parameters:
    P: {name: p, in: query, schema: {type: string}}
info: {title: Things, version: '1'}
list: [{type: string}]
loop: {$ref: '#/pool'}
pool: {$ref: '#/loop'}
self: {$ref: '#/self'}
number: 5
"""
INSIDE = "/paths/~1x/get/responses/200/content/application~1json/schema"
FILES = {
    "parts/pets.yaml": b"""
Pet: {type: object}
Own: {$ref: '#/Pet'}
Up: {$ref: '../main.yaml#/components/schemas/Thing'}
""",
    "parts/whole.json": b'{"type": "boolean"}',
    "parts/out.yaml": b"Out: {$ref: '../../secret.yaml#/x'}\n",
    "broken.yaml": b"a: [1",
}


def reader(files: Mapping[str, bytes], asked: list[str] | None = None) -> Callable[[str], bytes]:
    def read(path: str) -> bytes:
        if asked is not None:
            asked.append(path)
        if path == "link.yaml":
            raise refusal("reader", "the link leads outside the folder", Origin(file=path))
        if path not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return files[path]

    return read


def with_reference(reference: str) -> tuple[Document, Node]:
    quoted = reference.replace("'", "''")
    document = load(f"{MAIN}here: {{$ref: '{quoted}'}}\n".encode(), file="spec/main.yaml")
    node = document.root.get("here")
    assert node is not None
    return document, node


@pytest.mark.parametrize(
    ("reference", "file", "pointer"),
    [
        ("#/components/schemas/Thing", "spec/main.yaml", "/components/schemas/Thing"),
        ("#/components/schemas/Alias", "spec/main.yaml", "/components/schemas/Thing"),
        ("#/components/schemas/Flag", "spec/main.yaml", "/components/schemas/Flag"),
        ("#/components/schemas/Alias/properties/id", "spec/main.yaml", "/components/schemas/Thing/properties/id"),
        ("#/components/schemas/a~1b~0c%20d%7B%C3%A9", "spec/main.yaml", "/components/schemas/a~1b~0c d{é"),
        ("#/components/schemas/a~1b~0c d{é", "spec/main.yaml", "/components/schemas/a~1b~0c d{é"),
        (f"#{INSIDE}", "spec/main.yaml", INSIDE),
        (f"#{INSIDE}/properties/a", "spec/main.yaml", f"{INSIDE}/properties/a"),
        ("#/paths/~1x/get/parameters/0/schema/items", "spec/main.yaml", "/paths/~1x/get/parameters/0/schema/items"),
        ("#/list/0", "spec/main.yaml", "/list/0"),
        ("main.yaml#/list/0", "spec/main.yaml", "/list/0"),
        ("./parts/pets.yaml#/Pet", "spec/parts/pets.yaml", "/Pet"),
        ("parts/../parts/pets.yaml#/Own", "spec/parts/pets.yaml", "/Pet"),
        ("parts/pets.yaml#/Up", "spec/main.yaml", "/components/schemas/Thing"),
        ("parts/whole.json", "spec/parts/whole.json", ""),
        ("parts/whole.json#", "spec/parts/whole.json", ""),
    ],
)
def test_a_reference_leads_to_its_object(reference: str, file: str, pointer: str) -> None:
    document, node = with_reference(reference)
    target = Resolver(document, reader(FILES)).target(node, "schema")
    assert (target.document.file, target.pointer, target.node.pointer) == (file, pointer, pointer)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("#/components/schemas/None", "leads nowhere: no 'None' in /components/schemas"),
        ("#/components/schemas/Thing/", "leads nowhere: no '' in"),
        ("#/list/1", "leads nowhere"),
        ("#/list/00", "leads nowhere"),
        ("#/list/-1", "leads nowhere"),
        ("#/number/x", "leads nowhere"),
        ("#components/schemas/Thing", "is no JSON pointer"),
        ("#Thing", "is no JSON pointer"),
        ("#/a~2b", "is no JSON pointer"),
        ("#/%ff", "is no JSON pointer"),
        ("#/a#/b", "is no JSON pointer"),
        ("#/loop", "leads only to itself"),
        ("#/self", "leads only to itself"),
        ("#/loop/x", "leads only to itself"),
        ("#/number", "leads to no schema"),
        ("#/list", "leads to no schema"),
        ("#/components/responses/Gone", "should lead to a schema"),
        ("#/paths/~1x", "should lead to a schema"),
        (
            "#/paths/~1x/get",
            "should lead to a schema, not to /paths/~1x/get, which is of the kind operation; name",
        ),
        ("#/paths/~1x/get/responses", "should lead to a schema, not to /paths/~1x/get/responses; name a schema"),
        ("#/paths/~1x/get/responses/200", "should lead to a schema"),
        ("#/paths/~1x/get/responses/200/content/application~1json", "should lead to a schema"),
        ("#/components/schemas", "should lead to a schema, not to /components/schemas; name a schema, such as"),
        ("#/components/schemas/Thing/properties", "should lead to a schema"),
        ("#/components/parameters/P", "should lead to a schema"),
        ("#/info", "should lead to a schema, not to /info; name a schema, such as '#/components/schemas/Name'"),
        ("../other.yaml", "outside the document's folder"),
        ("parts/../../other.yaml", "outside the document's folder"),
        ("..", "outside the document's folder"),
        ("%2e%2e/other.yaml", "outside the document's folder"),
        ("..%2fother.yaml", "outside the document's folder"),
        ("/etc/passwd", "outside the document's folder"),
        ("%2fetc/passwd", "outside the document's folder"),
        ("parts/out.yaml#/Out", "outside the document's folder"),
        ("file:///etc/passwd", "is an address"),
        ("FILE:x.yaml", "is an address"),
        ("http://127.0.0.1/x.yaml", "is an address"),
        ("https://example.com/x.yaml#/a", "is an address"),
        ("//example.com/x.yaml", "is an address"),
        ("c:/x.yaml", "is an address"),
        ("..\\x.yaml", "is no file name"),
        ("x.yaml?y=1", "is no file name"),
        ("parts/", "is no file name"),
        ("a%00b.yaml", "is no file name"),
        ("%ff.yaml", "is no file name"),
        ("missing.yaml#/a", "'missing.yaml' cannot be read: No such file or directory"),
        ("link.yaml", "'link.yaml' the link leads outside the folder"),
        ("x" * 3000, "longer than 2000 characters"),
    ],
)
def test_any_other_reference_is_refused_at_its_line(reference: str, message: str) -> None:
    document, node = with_reference(reference)
    asked: list[str] = []
    with pytest.raises(ApiscribeError) as caught:
        Resolver(document, reader(FILES, asked)).follow(node, "schema")
    (diagnostic,) = caught.value.diagnostics
    assert message in diagnostic.message
    assert diagnostic.origin.line is not None
    if "itself" not in message and "out.yaml" not in reference:
        assert (diagnostic.origin.file, diagnostic.origin.pointer) == ("spec/main.yaml", "/here/$ref")
    assert all(not path.startswith(("/", "..")) for path in asked)


def test_a_broken_file_is_reported_in_its_own_words() -> None:
    document, node = with_reference("broken.yaml#/a")
    with pytest.raises(ApiscribeError, match=r"error: spec/broken\.yaml:1: not YAML"):
        Resolver(document, reader(FILES)).follow(node)


def test_without_a_reader_no_file_is_read() -> None:
    document, node = with_reference("parts/pets.yaml#/Pet")
    with pytest.raises(ApiscribeError, match="none are read here"):
        Resolver(document).follow(node)


def test_each_file_is_read_once_and_listed() -> None:
    document, node = with_reference("parts/pets.yaml#/Own")
    asked: list[str] = []
    resolver = Resolver(document, reader(FILES, asked))
    first = resolver.follow(node)
    assert resolver.follow(node) is first
    assert asked == ["parts/pets.yaml"]
    assert [other.file for other in resolver.documents] == ["spec/main.yaml", "spec/parts/pets.yaml"]


def test_a_reference_that_is_no_text_is_refused() -> None:
    document = load(b"a: {$ref: {b: 1}}", file="a.yaml")
    node = document.root.get("a")
    assert node is not None
    with pytest.raises(ApiscribeError, match=r"error: a\.yaml:1: /a/\$ref: a reference is text"):
        Resolver(document).follow(node)


def test_a_node_without_a_reference_is_its_own_end() -> None:
    document = load(b"a: {b: 1}", file="a.yaml")
    node = document.root.get("a")
    assert node is not None
    assert Resolver(document).follow(node) is node
    assert Resolver(document).target(node).pointer == "/a"


def test_a_chain_of_100_is_followed() -> None:
    lines = [f"a{number}: {{$ref: '#/a{number + 1}'}}" for number in range(101)]
    document = load("\n".join([*lines, "a101: {type: string}"]).encode(), file="a.yaml")
    first, second = tuple(document.root)[:2]
    assert Resolver(document).follow(second).pointer == "/a101"
    with pytest.raises(ApiscribeError, match="a chain of more than 100"):
        Resolver(document).follow(first)


@pytest.mark.parametrize("tail", ["", "/x"])
def test_endless_chains_are_refused_soon(tail: str) -> None:
    lines = [f"a{number}: {{$ref: '#/a{number + 1}{tail}'}}" for number in range(20_000)]
    document = load("\n".join([*lines, "a20000: {type: string}"]).encode(), file="a.yaml")
    resolver = Resolver(document)
    for node in tuple(document.root)[:19_800]:
        with pytest.raises(ApiscribeError, match="a chain of more than 100"):
            resolver.follow(node)


def test_all_files_together_have_one_budget() -> None:
    files = {f"f{number}.yaml": b"a: {}\n#" + b"x" * 30_000_000 for number in range(3)}
    text = "".join(f"r{number}: {{$ref: 'f{number}.yaml#/a'}}\n" for number in range(3))
    document = load(text.encode(), file="a.yaml")
    resolver = Resolver(document, reader(files))
    with pytest.raises(ApiscribeError, match="too large together"):
        [resolver.follow(node) for node in document.root]


ANCHORED = """\
components:
  schemas:
    One: {$anchor: one, type: object}
    Holder: {properties: {$anchor: {type: string}, deep: {items: {$anchor: deep, type: integer}}}}
    Twin: {$anchor: twin}
    Other: {$anchor: twin}
    Data: {example: {$anchor: data}, x-note: {$anchor: data}}
"""


def by_anchor(name: str) -> str:
    document = load(f"{ANCHORED}here: {{$ref: '#{name}'}}\n".encode(), file="a.yaml")
    node = document.root.get("here")
    assert node is not None
    return Resolver(document).follow(node).pointer


def test_a_reference_by_anchor() -> None:
    assert by_anchor("one") == "/components/schemas/One"
    assert by_anchor("deep") == "/components/schemas/Holder/properties/deep/items"


@pytest.mark.parametrize(("anchor", "fault"), [("twin", "there are 2 schemas with"), ("data", "no schema has")])
def test_a_reference_by_no_single_anchor(anchor: str, fault: str) -> None:
    with pytest.raises(ApiscribeError, match=f"and {fault} that"):
        by_anchor(anchor)


IDENTIFIED = """\
components:
  schemas:
    Shop: {$id: 'https://shop.example/schemas/shop', properties: {owner: {$ref: person}, till: {$ref: /tills/1#/items}}}
    Person: {$id: 'https://shop.example/schemas/person', type: object}
    Till: {$id: 'https://shop.example/tills/1', items: {type: integer}}
    Data: {example: {$id: 'https://shop.example/data'}}
whole: {$ref: 'https://shop.example/schemas/shop'}
inside: {$ref: 'https://shop.example/schemas/shop#/properties/owner'}
local: {$ref: 'https://shop.example/schemas/person#/nothing'}
other: {$ref: 'https://shop.example/schemas/other'}
data: {$ref: 'https://shop.example/data'}
"""


@pytest.mark.parametrize(
    ("place", "pointer"),
    [
        (("whole",), "/components/schemas/Shop"),
        (("inside",), "/components/schemas/Person"),
        (("components", "schemas", "Shop", "properties", "owner"), "/components/schemas/Person"),
        (("components", "schemas", "Shop", "properties", "till"), "/components/schemas/Till/items"),
    ],
)
def test_a_reference_by_the_id_of_a_schema_in_the_same_document(place: tuple[str, ...], pointer: str) -> None:
    document = load(IDENTIFIED.encode(), file="a.yaml")
    node = document.root.at(place)
    assert node is not None
    assert Resolver(document).target(node).pointer == pointer


@pytest.mark.parametrize(
    ("place", "fault"), [("local", "leads nowhere"), ("other", "is an address"), ("data", "is an address")]
)
def test_an_address_that_no_schema_has_is_refused(place: str, fault: str) -> None:
    document = load(IDENTIFIED.encode(), file="a.yaml")
    node = document.root.at((place,))
    assert node is not None
    with pytest.raises(ApiscribeError, match=fault):
        Resolver(document).target(node)
