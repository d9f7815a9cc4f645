"""Provenance: every fact of a document is stated, inferred or corrected, and says by whom."""

from __future__ import annotations

import pytest

from apiscribe.document.addresses import resolve
from apiscribe.document.load import load
from apiscribe.document.node import path_of
from apiscribe.document.overlay import correct
from apiscribe.document.provenance import Fact, Source, Standing, fact
from apiscribe.errors import ApiscribeError

SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: "1.0", x-source: {page: shop, sha256: aa, section: Overview}}
servers: [{url: "https://shop.example.com", x-assumed: true}]
paths:
  /v1/pets:
    get:
      operationId: ListPets
      x-operation-id-from: derived
      x-source: {page: shop/apis/listpets, sha256: bb}
      parameters:
        - $ref: "#/components/parameters/Language"
        - {name: size, in: query, schema: {type: integer}}
        - {name: sort, in: query, x-source: {page: ko/shop/apis/listpets, sha256: cc}, schema: {type: string}}
      responses:
        "200":
          description: OK
          content:
            application/json: {schema: {type: object, x-inferred: true, x-evidence: example of response 200}}
components:
  parameters: {Language: {name: Accept-Language, in: header, schema: {type: string}}}
  schemas:
    Pet:
      type: object
      x-source: {page: shop/models/pet, sha256: dd, section: Pet}
      properties: {kind: {type: string, enum: [cat]}, odd: {type: object}}
    Lost: {x-inferred: true, x-evidence: no page describes this model}
"""
OVERLAY = """\
overlay: 1.1.0
info: {title: Corrections, version: "1"}
actions:
- target: $.components.schemas.Pet.properties.kind.enum
  x-reason: The shop has dogs too.
  update: [dog]
- target: $.components.schemas.Pet.properties.odd
  x-reason: It never comes back.
  remove: true
- target: $.paths['/v1/pets'].get
  description: The page forgets what it says.
  update: {summary: All pets, operationId: AllPets}
- target: $.info
  copy: $.components.schemas.Pet.properties.kind
"""


def told(pointer: str, overlay: str = OVERLAY) -> Fact:
    captured = load(SPEC.encode(), file="shop.yaml")
    corrected = correct(captured, [load(overlay.encode(), file="o.yaml")] if overlay else [])
    return fact(captured, corrected, path_of(pointer) or ())


GET = "/paths/~1v1~1pets/get"
SCHEMA = f"{GET}/responses/200/content/application~1json/schema"
ASSUMED = "no page states it: assumed by the portal's profile"
CONVENTION = "no page states it: a convention of the portal or of OpenAPI"
DERIVED = "no page names the operation: derived from method and path"


@pytest.mark.parametrize(
    ("pointer", "standing", "why", "page"),
    [
        (GET, "stated", "", "shop/apis/listpets"),
        (f"{GET}/operationId", "inferred", DERIVED, "shop/apis/listpets"),
        (f"{GET}/parameters/0", "inferred", CONVENTION, None),
        (f"{GET}/parameters/1/schema/type", "stated", "", "shop/apis/listpets"),
        (f"{GET}/parameters/2/schema/type", "stated", "", "ko/shop/apis/listpets"),
        (
            f"{SCHEMA}/type",
            "inferred",
            "no table describes it; evidence: example of response 200",
            "shop/apis/listpets",
        ),
        ("/components/schemas/Pet/properties/kind/type", "stated", "", "shop/models/pet"),
        ("/components/schemas/Lost", "inferred", "no table describes it; evidence: no page describes this model", None),
        ("/servers/0/url", "inferred", ASSUMED, None),
        ("/info/title", "stated", "", "shop"),
        ("/openapi", "inferred", CONVENTION, None),
    ],
)
def test_a_fact_is_stated_by_the_nearest_page_above_or_inferred(
    pointer: str, standing: str, why: str, page: str | None
) -> None:
    found = told(pointer, "")
    assert (found.standing.value, found.why, found.source.page if found.source else None) == (standing, why, page)
    assert found.change is None


def test_a_source_has_its_digest_and_section() -> None:
    assert told("/components/schemas/Pet", "").source == Source(page="shop/models/pet", sha256="dd", section="Pet")


@pytest.mark.parametrize(
    ("pointer", "kind", "line", "reason", "was"),
    [
        (f"{GET}/operationId", "updated", 10, "The page forgets what it says.", "ListPets"),
        (f"{GET}/summary", "added", 10, "The page forgets what it says.", None),
        ("/components/schemas/Pet/properties/kind/enum/1", "added", 4, "The shop has dogs too.", None),
        ("/components/schemas/Pet/properties/odd", "removed", 7, "It never comes back.", {"type": "object"}),
        ("/components/schemas/Pet/properties/odd/type", "removed", 7, "It never comes back.", "object"),
        ("/info/enum", "added", 13, "", None),
    ],
)
def test_a_corrected_fact_names_the_action_its_reason_and_what_was_there(
    pointer: str, kind: str, line: int, reason: str, was: object
) -> None:
    found = told(pointer)
    assert found.standing is Standing.CORRECTED
    assert found.change is not None
    change = found.change
    assert (change.kind, change.origin.file, change.origin.line, change.reason, change.was) == (
        *(kind, "o.yaml", line, reason, was),
    )


def test_what_overlays_leave_alone_stays_as_it_was_and_names_the_changes_inside() -> None:
    found = told("/components/schemas/Pet")
    assert found.standing is Standing.STATED
    assert [(change.kind, change.pointer) for change in found.changes_inside] == [
        ("added", "/components/schemas/Pet/properties/kind/enum/1"),
        ("removed", "/components/schemas/Pet/properties/odd"),
    ]


def test_a_document_that_names_no_pages_states_its_facts_itself() -> None:
    document = load(b"openapi: 3.1.0\ninfo: {title: a}\n", file="a.yaml")
    found = fact(document, correct(document, []), ("info", "title"))
    assert (found.standing, found.why) == (Standing.STATED, "by the document itself, which names no pages")


def path_to(address: str) -> str:
    document = load(SPEC.encode(), file="shop.yaml")
    found = document.root.at(resolve((document,), address))
    assert found is not None
    return found.pointer


@pytest.mark.parametrize(
    ("address", "pointer"),
    [
        ("", ""),
        ("/info/title", "/info/title"),
        ("#/info/title", "/info/title"),
        ("ListPets", GET),
        ("ListPets.sort", f"{GET}/parameters/2"),
        ("ListPets.responses", f"{GET}/responses"),
        ("Pet", "/components/schemas/Pet"),
        ("Pet.kind", "/components/schemas/Pet/properties/kind"),
    ],
)
def test_a_fact_has_a_pointer_and_a_name(address: str, pointer: str) -> None:
    assert path_to(address) == pointer


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ListPet", "error: shop.yaml: ListPet: is no operationId and no schema; the nearest is 'ListPets'"),
        ("Pet.kinds", "error: shop.yaml: Pet.kinds: is no operationId and no schema; the nearest is 'Pet.kind'"),
        ("ListPets.siz", "the nearest is 'ListPets.size'"),
        ("Pet.zzz", "(Pet has no such member)"),
        ("zzz", "error: shop.yaml: zzz: is no operationId and no schema"),
        (f"{GET}/operationID", f"{GET} has no 'operationID'; the nearest is {GET}/operationId"),
        (f"{GET}/parameters/7", f"{GET}/parameters has no '7': its elements are 0 to 2"),
        ("/paths//v1/pets/get/responses", "/paths has no ''; write /~1v1~1pets/get/responses ('/' in a name is ~1)"),
        ("/zzz", "the document has no 'zzz': it has openapi, info, servers, paths, components"),
        ("/openapi/x", "/openapi has no 'x': it has no members"),
        ("/~2", "error: shop.yaml: /~2: is no JSON pointer"),
    ],
)
def test_an_address_that_leads_nowhere_names_the_nearest(address: str, message: str) -> None:
    with pytest.raises(ApiscribeError) as caught:
        path_to(address)
    assert message in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
