"""Two documents compared: every change is found, stands at its place, and is breaking, additive or editorial."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apiscribe.diff import Comparison, Impact, Side, compare
from apiscribe.document.load import load
from apiscribe.document.resolve import Resolver

from .command_line import run

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Disks", "version": "1.1", "x-service": "disks", "description": "All about disks"},
    "servers": [
        {
            "url": "https://disks.{region}.example.com",
            "variables": {"region": {"default": "west", "enum": ["east", "west"]}},
            "x-allowed": [{"region": "east"}, {"region": "west"}],
        }
    ],
    "security": [{"Signed": []}],
    "paths": {
        "/v1/disks": {
            "get": {
                "operationId": "ListDisks",
                "description": "Lists disks",
                "x-api-version": "1.1",
                "x-api-status": "CURRENT",
                "x-source": {"page": "a", "sha256": "00"},
                "x-pagination": {"style": "page", "page": "page"},
                "parameters": [
                    {"name": "page", "in": "query", "required": False, "schema": {"type": "integer", "default": 0}},
                    {"name": "size", "in": "query", "required": True, "schema": {"type": "integer", "maximum": 100}},
                    {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["fast", "slow"]}},
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DiskList"}}},
                    },
                    "404": {"description": "Not Found"},
                },
            },
            "post": {
                "operationId": "CreateDisk",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/DiskCreate"},
                            "example": {"name": "a"},
                        }
                    },
                },
                "responses": {"202": {"description": "Accepted"}},
            },
        },
        "/v1/disks/{disk_id}": {
            "parameters": [{"name": "disk_id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "operationId": "ShowDisk",
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Disk"}}},
                    }
                },
            },
        },
    },
    "components": {
        "schemas": {
            "DiskList": {
                "type": "object",
                "required": ["disks"],
                "properties": {"disks": {"type": "array", "items": {"$ref": "#/components/schemas/Disk"}}},
            },
            "Disk": {
                "type": "object",
                "required": ["id", "state"],
                "properties": {
                    "id": {"type": "string", "description": "Id"},
                    "state": {"type": "string", "enum": ["ON", "OFF"]},
                    "note": {"type": ["string", "null"], "maxLength": 10},
                    "parent": {"anyOf": [{"$ref": "#/components/schemas/Disk"}, {"type": "null"}]},
                },
            },
            "DiskCreate": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 10, "pattern": "^a"},
                    "kind": {"type": "string", "enum": ["fast", "slow"], "default": "fast"},
                    "size": {"type": "integer", "minimum": 1},
                    "tags": {"type": ["array", "null"], "items": {"type": "string"}},
                },
            },
            "Spare": {"type": "object", "properties": {"id": {"type": "string"}}},
        },
        "securitySchemes": {
            "Signed": {
                "type": "apiKey",
                "in": "header",
                "name": "Sign",
                "x-signing": {"language": 1, "name": "s", "steps": [{"name": "a", "parts": ["x"]}], "vectors": [1]},
            },
            "Other": {"type": "http", "scheme": "bearer"},
        },
    },
}
LIST, CREATE = "/paths/~1v1~1disks/get", "/paths/~1v1~1disks/post"
SHOW = "/paths/~1v1~1disks~1{disk_id}"
DISK, NEW_DISK = "/components/schemas/Disk", "/components/schemas/DiskCreate"


def side(data: dict[str, Any], name: str = "a.yaml") -> Side:
    document = load(json.dumps(data).encode(), file=name)
    return Side(document=document, resolver=Resolver(document))


def compared(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    return compare(side(old, "old.yaml"), side(new, "new.yaml"))


def said(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(str(one.impact), one.pointer, one.message) for one in compared(old, new).changes]


def at(data: dict[str, Any], pointer: str) -> Any:
    value: Any = data
    for step in pointer[1:].split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


Edit = Callable[[dict[str, Any]], object]


def put(pointer: str, key: str, value: Any) -> Edit:
    return lambda data: at(data, pointer).update({key: value})


def cut(pointer: str, key: str) -> Edit:
    return lambda data: at(data, pointer).pop(key)


def field(name: str, schema: dict[str, Any]) -> Edit:
    return lambda data: [
        at(data, f"{one}/properties").update({name: copy.deepcopy(schema)}) for one in (DISK, NEW_DISK)
    ]


QUERY = f"{LIST}/parameters"
# An edit of the base, and all that it changes.
CASES: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    "prose": (put(LIST, "description", "x"), [("editorial", f"{LIST}/description", "description differs")]),
    "source": (put(f"{LIST}/x-source", "sha256", "01"), [("editorial", f"{LIST}/x-source", "x-source differs")]),
    "example": (
        put(f"{CREATE}/requestBody/content/application~1json", "example", {"name": "ab"}),
        [("editorial", f"{CREATE}/requestBody/content/application~1json/example", "example differs")],
    ),
    "a field's description": (
        put(f"{DISK}/properties/id", "description", "The id"),
        [("editorial", f"{DISK}/properties/id/description", "description differs")],
    ),
    "operation gone": (cut("/paths/~1v1~1disks", "post"), [("breaking", CREATE, "operation POST /v1/disks is gone")]),
    "operation new": (
        put(SHOW, "delete", {"responses": {"204": {"description": "x"}}}),
        [("additive", f"{SHOW}/delete", "operation DELETE /v1/disks/{disk_id} is new")],
    ),
    "operation renamed": (
        put(LIST, "operationId", "ListAll"),
        [("breaking", f"{LIST}/operationId", "operationId is 'ListAll' now, was 'ListDisks'")],
    ),
    "version of the operation": (
        put(LIST, "x-api-version", "1.2"),
        [("breaking", f"{LIST}/x-api-version", "x-api-version is '1.2' now, was '1.1'")],
    ),
    "status": (
        put(LIST, "x-api-status", "SUPPORTED"),
        [("additive", f"{LIST}/x-api-status", "x-api-status is 'SUPPORTED' now, was 'CURRENT'")],
    ),
    "date": (
        put(LIST, "x-supported-until", "2030-01-01"),
        [("additive", f"{LIST}/x-supported-until", "x-supported-until is '2030-01-01' now, was not given")],
    ),
    "deprecated": (
        put(LIST, "deprecated", True),
        [("additive", f"{LIST}/deprecated", "deprecated is true now, was not given")],
    ),
    "paging": (
        cut(LIST, "x-pagination"),
        [
            (
                "breaking",
                f"{LIST}/x-pagination",
                'x-pagination is not given now, was {"style": "page", "page": "page"}',
            )
        ],
    ),
    # Parameters
    "parameter gone": (
        lambda data: at(data, QUERY).pop(0),
        [("breaking", f"{QUERY}/0", "query parameter page is gone")],
    ),
    "parameter new": (
        lambda data: at(data, QUERY).append({"name": "sort", "in": "query", "schema": {}}),
        [("additive", f"{QUERY}/3", "query parameter sort is new, optional")],
    ),
    "parameter new and required": (
        lambda data: at(data, QUERY).append({"name": "sort", "in": "query", "required": True, "schema": {}}),
        [("breaking", f"{QUERY}/3", "query parameter sort is new, required")],
    ),
    "parameter required": (
        put(f"{QUERY}/0", "required", True),
        [("breaking", f"{QUERY}/0", "query parameter page is required now")],
    ),
    "parameter optional": (
        put(f"{QUERY}/1", "required", False),
        [("additive", f"{QUERY}/1", "query parameter size is optional now, was required")],
    ),
    "parameter's type": (
        put(f"{QUERY}/0", "schema", {"type": "string"}),
        [
            ("breaking", f"{QUERY}/0/schema", "the type is string now, was integer"),
            ("breaking", f"{QUERY}/0/schema/default", "default is not given any more, was 0"),
        ],
    ),
    "parameter's default": (
        put(f"{QUERY}/0/schema", "default", 1),
        [("breaking", f"{QUERY}/0/schema/default", "default is 1 now, was 0")],
    ),
    "parameter's first default": (
        put(f"{QUERY}/1/schema", "default", 20),
        [("additive", f"{QUERY}/1/schema/default", "default is 20 now, was not given")],
    ),
    "parameter's choice gone": (
        put(f"{QUERY}/2/schema", "enum", ["fast"]),
        [("breaking", f"{QUERY}/2/schema/enum/1", "'slow' is no choice any more")],
    ),
    "parameter's choice new": (
        put(f"{QUERY}/2/schema", "enum", ["fast", "slow", "odd"]),
        [("additive", f"{QUERY}/2/schema/enum/2", "'odd' is a new choice")],
    ),
    "parameter's bound": (
        put(f"{QUERY}/1/schema", "maximum", 50),
        [("breaking", f"{QUERY}/1/schema/maximum", "maximum is 50 now, was 100")],
    ),
    # Requests
    "request field new": (
        put(f"{NEW_DISK}/properties", "zone", {"type": "string"}),
        [("additive", f"{NEW_DISK}/properties/zone", "field zone is new, optional")],
    ),
    "request field new and required": (
        lambda data: (
            at(data, f"{NEW_DISK}/properties").update(zone={}),
            at(data, NEW_DISK)["required"].append("zone"),
        ),
        [("breaking", f"{NEW_DISK}/properties/zone", "field zone is new, required")],
    ),
    "request field gone": (
        cut(f"{NEW_DISK}/properties", "size"),
        [("breaking", f"{NEW_DISK}/properties/size", "field size is gone")],
    ),
    "request field required": (
        put(NEW_DISK, "required", ["name", "size"]),
        [("breaking", f"{NEW_DISK}/properties/size", "field size is required now")],
    ),
    "request field optional": (
        put(NEW_DISK, "required", []),
        [("additive", f"{NEW_DISK}/properties/name", "field name is optional now, was required")],
    ),
    "request choice gone": (
        put(f"{NEW_DISK}/properties/kind", "enum", ["fast"]),
        [("breaking", f"{NEW_DISK}/properties/kind/enum/1", "'slow' is no choice any more")],
    ),
    "request choices gone for good": (
        put(f"{NEW_DISK}/properties", "kind", {"type": "string", "default": "fast"}),
        [("additive", f"{NEW_DISK}/properties/kind", "the type is string now, was enum")],
    ),
    "request wider": (
        put(f"{NEW_DISK}/properties/name", "maxLength", 20),
        [("additive", f"{NEW_DISK}/properties/name/maxLength", "maxLength is 20 now, was 10")],
    ),
    "request narrower": (
        put(f"{NEW_DISK}/properties/name", "minLength", 3),
        [("breaking", f"{NEW_DISK}/properties/name/minLength", "minLength is 3 now, was 1")],
    ),
    "request bound gone": (
        cut(f"{NEW_DISK}/properties/size", "minimum"),
        [("additive", f"{NEW_DISK}/properties/size/minimum", "minimum is not given any more, was 1")],
    ),
    "request pattern": (
        put(f"{NEW_DISK}/properties/name", "pattern", "^b"),
        [("breaking", f"{NEW_DISK}/properties/name/pattern", "pattern is '^b' now, was '^a'")],
    ),
    "request null not allowed": (
        put(f"{NEW_DISK}/properties/tags", "type", "array"),
        [("breaking", f"{NEW_DISK}/properties/tags", "null is not allowed any more")],
    ),
    "request null allowed": (
        put(f"{NEW_DISK}/properties/size", "type", ["integer", "null"]),
        [("additive", f"{NEW_DISK}/properties/size", "null is allowed now")],
    ),
    "request number": (
        put(f"{NEW_DISK}/properties/size", "type", "number"),
        [("additive", f"{NEW_DISK}/properties/size", "the type is number now, was integer")],
    ),
    "request items": (
        put(f"{NEW_DISK}/properties/tags", "items", {"type": "integer"}),
        [("breaking", f"{NEW_DISK}/properties/tags/items", "the type is integer now, was string")],
    ),
    "request body optional": (
        put(f"{CREATE}/requestBody", "required", False),
        [("additive", f"{CREATE}/requestBody", "the request body is optional now, was required")],
    ),
    "request media type": (
        lambda data: at(data, f"{CREATE}/requestBody/content").update(
            {"text/csv": at(data, f"{CREATE}/requestBody/content").pop("application/json")}
        ),
        [
            ("breaking", f"{CREATE}/requestBody/content/application~1json", "media type application/json is gone"),
            ("additive", f"{CREATE}/requestBody/content/text~1csv", "media type text/csv is new"),
        ],
    ),
    # Responses
    "response field new": (
        put(f"{DISK}/properties", "zone", {"type": "string"}),
        [("additive", f"{DISK}/properties/zone", "field zone is new, optional")],
    ),
    "response field gone": (
        cut(f"{DISK}/properties", "note"),
        [("breaking", f"{DISK}/properties/note", "field note is gone")],
    ),
    "response field optional": (
        put(DISK, "required", ["id"]),
        [("breaking", f"{DISK}/properties/state", "field state is optional now, was required")],
    ),
    "response field required": (
        put(DISK, "required", ["id", "state", "note"]),
        [("additive", f"{DISK}/properties/note", "field note is required now")],
    ),
    "response choice new": (
        put(f"{DISK}/properties/state", "enum", ["ON", "OFF", "IDLE"]),
        [("additive", f"{DISK}/properties/state/enum/2", "'IDLE' is a new choice")],
    ),
    "response choice gone": (
        put(f"{DISK}/properties/state", "enum", ["ON"]),
        [("additive", f"{DISK}/properties/state/enum/1", "'OFF' is no choice any more")],
    ),
    "response choices gone for good": (
        put(f"{DISK}/properties", "state", {"type": "string"}),
        [("additive", f"{DISK}/properties/state", "the type is string now, was enum")],
    ),
    "response null allowed": (
        put(f"{DISK}/properties/id", "type", ["string", "null"]),
        [("breaking", f"{DISK}/properties/id", "null is allowed now")],
    ),
    "response null not allowed": (
        put(f"{DISK}/properties/note", "type", "string"),
        [("additive", f"{DISK}/properties/note", "null is not allowed any more")],
    ),
    "response type": (
        put(f"{DISK}/properties/id", "type", "integer"),
        [("breaking", f"{DISK}/properties/id", "the type is integer now, was string")],
    ),
    "response format": (
        put(f"{DISK}/properties/id", "format", "date-time"),
        [("breaking", f"{DISK}/properties/id/format", "format is 'date-time' now, was not given")],
    ),
    "response default": (
        put(f"{DISK}/properties/id", "default", "x"),
        [("additive", f"{DISK}/properties/id/default", "default is 'x' now, was not given")],
    ),
    "response reference to a value": (
        put(f"{DISK}/properties", "parent", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        [("breaking", f"{DISK}/properties/parent", "the type is string now, was Disk")],
    ),
    "response status gone": (
        cut(f"{CREATE}/responses", "202"),
        [("breaking", f"{CREATE}/responses/202", "response 202 is gone")],
    ),
    "error status gone": (
        cut(f"{LIST}/responses", "404"),
        [("additive", f"{LIST}/responses/404", "response 404 is gone")],
    ),
    "response status new": (
        put(f"{LIST}/responses", "409", {"description": "Conflict"}),
        [("additive", f"{LIST}/responses/409", "response 409 is new")],
    ),
    "response schema new": (
        put(f"{LIST}/responses/404", "content", {"application/json": {"schema": {"type": "object"}}}),
        [("additive", f"{LIST}/responses/404/content/application~1json", "media type application/json is new")],
    ),
    "server of the path": (
        lambda data: at(data, LIST.rpartition("/")[0]).update(servers=[{"url": "https://other.example.com"}]),
        [
            (
                "breaking",
                f"{LIST.rpartition('/')[0]}/servers",
                "servers is [{'url': 'https://other.example.com'}] now, was not given",
            )
        ],
    ),
    # The whole document
    "server gone": (
        put("/servers/0", "url", "https://disk.{region}.example.com"),
        [
            ("breaking", "/servers/0", "server https://disks.{region}.example.com is gone"),
            ("additive", "/servers/0", "server https://disk.{region}.example.com is new"),
        ],
    ),
    "region gone": (
        lambda data: (
            at(data, "/servers/0/variables/region").update(enum=["west"]),
            at(data, "/servers/0/x-allowed").pop(0),
        ),
        [
            ("breaking", "/servers/0/variables/region", "region 'east' is not allowed any more"),
            ("breaking", "/servers/0/x-allowed", "server at region east is gone"),
        ],
    ),
    "region new": (
        lambda data: (
            at(data, "/servers/0/variables/region")["enum"].append("north"),
            at(data, "/servers/0/x-allowed").append({"region": "north"}),
        ),
        [
            ("additive", "/servers/0/variables/region", "region 'north' is allowed now"),
            ("additive", "/servers/0/x-allowed", "server at region north is new"),
        ],
    ),
    "signing": (
        put("/components/securitySchemes/Signed/x-signing", "steps", [{"name": "a", "parts": ["y"]}]),
        [("breaking", "/components/securitySchemes/Signed/x-signing", "requests are signed otherwise: steps")],
    ),
    "vectors": (
        put("/components/securitySchemes/Signed/x-signing", "vectors", [2]),
        [
            (
                "editorial",
                "/components/securitySchemes/Signed/x-signing",
                "the test vectors of the signing recipe differ",
            )
        ],
    ),
    "security replaced": (
        lambda data: data.update(security=[{"Other": []}]),
        [
            ("breaking", "/security", "security Signed is not accepted any more"),
            ("additive", "/security", "security Other is accepted now"),
        ],
    ),
    "security not needed": (
        lambda data: data.update(security=[]),
        [("additive", "/security", "no security is needed any more")],
    ),
    "service": (
        put("/info", "x-service", "volumes"),
        [("breaking", "/info/x-service", "x-service is 'volumes' now, was 'disks'")],
    ),
    "title": (put("/info", "title", "Disk"), [("editorial", "/info/title", "title is 'Disk' now, was 'Disks'")]),
    "unused schema gone": (
        cut("/components/schemas", "Spare"),
        [("additive", "/components/schemas/Spare", "schema Spare, which no operation uses, is gone")],
    ),
    "unused schema": (
        put("/components/schemas/Spare/properties", "id", {"type": "integer"}),
        [("additive", "/components/schemas/Spare/properties/id", "the type is integer now, was string")],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), CASES.values(), ids=CASES)
def test_every_change_is_classed_and_stands_at_its_place(edit: Edit, expected: list[tuple[str, str, str]]) -> None:
    new = copy.deepcopy(BASE)
    edit(new)
    assert said(BASE, new) == expected


def test_a_schema_that_goes_both_ways_breaks_if_either_does() -> None:
    old = copy.deepcopy(BASE)
    old["components"]["schemas"]["DiskList"]["properties"]["made"] = {
        "$ref": NEW_DISK.replace("/components", "#/components")
    }
    for edit in (
        put(f"{NEW_DISK}/properties/name", "maxLength", 20),
        put(f"{NEW_DISK}/properties/name", "maxLength", 5),
    ):
        new = copy.deepcopy(old)
        edit(new)
        assert [impact for impact, _, _ in said(old, new)] == ["breaking"]


def test_a_moved_operation_is_known_by_its_name_and_compared_on() -> None:
    new = copy.deepcopy(BASE)
    new["paths"]["/v2/disks"] = {"get": new["paths"]["/v1/disks"].pop("get")}
    new["paths"]["/v2/disks"]["get"]["parameters"].pop(0)
    assert said(BASE, new) == [
        ("breaking", "/paths/~1v2~1disks/get", "the operation is GET /v2/disks now, was GET /v1/disks"),
        ("breaking", f"{QUERY}/0", "query parameter page is gone"),
    ]


def test_a_variable_with_another_name_is_the_same_parameter() -> None:
    new = json.loads(json.dumps(BASE).replace("disk_id", "id_of_disk"))
    assert said(BASE, new) == [
        (
            "breaking",
            "/paths/~1v1~1disks~1{id_of_disk}/parameters/0",
            "path parameter disk_id is called id_of_disk now",
        )
    ]


def test_a_schema_under_another_name_is_compared_with_the_one_before() -> None:
    new = copy.deepcopy(BASE)
    schemas = new["components"]["schemas"]
    schemas["DiskV1Dot2"] = copy.deepcopy(schemas["Disk"])
    schemas["DiskV1Dot2"]["properties"].pop("note")
    at(new, f"{SHOW}/get/responses/200/content/application~1json")["schema"] = {
        "$ref": "#/components/schemas/DiskV1Dot2"
    }
    assert said(BASE, new) == [
        ("breaking", f"{DISK}/properties/note", "field note is gone"),
        (
            "additive",
            f"{SHOW}/get/responses/200/content/application~1json/schema",
            "the schema is DiskV1Dot2 now, was Disk",
        ),
    ]


def test_what_was_only_inferred_may_become_stated() -> None:
    old = copy.deepcopy(BASE)
    old["components"]["schemas"]["Disk"] = {
        "type": "object",
        "properties": {"id": {"type": "integer"}},
        "x-inferred": True,
    }
    assert said(old, BASE) == [("additive", DISK, "the schema is stated now, it was inferred")]
    assert said(BASE, old) == [("breaking", DISK, "the schema is only inferred now, it was stated")]


def test_a_document_equals_itself_however_it_is_spelled() -> None:
    other = copy.deepcopy(BASE)
    other["components"]["schemas"] = dict(reversed(other["components"]["schemas"].items()))
    other["paths"] = dict(reversed(other["paths"].items()))
    assert said(BASE, other) == []
    assert compared(BASE, other).impact is None


def test_changes_are_told_for_every_operation_that_they_reach() -> None:
    new = copy.deepcopy(BASE)
    new["components"]["schemas"]["Disk"]["properties"].pop("note")
    comparison = compared(BASE, new)
    reached = {one.call: [item.message for item in one.changes] for one in comparison.operations}
    assert reached == {
        "GET /v1/disks": ["field note is gone"],
        "POST /v1/disks": [],
        "GET /v1/disks/{disk_id}": ["field note is gone"],
    }
    assert comparison.impact is Impact.BREAKING


# The command


def written(folder: Path, name: str, edit: Edit = lambda data: None) -> Path:
    data = copy.deepcopy(BASE)
    recipe = at(data, "/components/securitySchemes/Signed")
    recipe.pop("x-signing")
    edit(data)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))
    return path


def test_the_command_prints_a_table_and_the_next_version(tmp_path: Path) -> None:
    written(tmp_path, "old.yaml")
    written(tmp_path, "new.yaml", put(f"{DISK}/properties", "zone", {"type": "string"}))
    done = run(tmp_path, "diff", "old.yaml", "new.yaml")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "disks 1.1: 1 change (1 additive); next version: 1.2.0",
        "  additive  field zone is new, optional  /components/schemas/Disk/properties/zone",
    ]
    assert run(tmp_path, "diff", "old.yaml", "new.yaml", "--fail-on", "breaking").code == 0
    assert run(tmp_path, "diff", "old.yaml", "new.yaml", "--fail-on", "additive").code == 1
    assert run(tmp_path, "diff", "new.yaml", "old.yaml", "--fail-on", "breaking").code == 1
    assert run(tmp_path, "diff", "old.yaml", "old.yaml", "--fail-on", "any").out == "disks 1.1: no change\n"


def test_folders_are_matched_by_service_and_version(tmp_path: Path) -> None:
    written(tmp_path, "old/a.yaml")
    written(tmp_path, "old/b.json", put("/info", "version", "1.0"))
    written(tmp_path, "new/x.yaml", put(LIST, "description", "y"))
    written(tmp_path, "new/y.yaml", put("/info", "version", "1.2"))
    done = run(tmp_path, "diff", "old", "new", "--json")
    assert done.code == 0
    documents = json.loads(done.out)["documents"]
    assert [(one["version"], one["document"], one["impact"], one["next-version"]) for one in documents] == [
        ("1.0", "gone", "breaking", None),
        ("1.1", "compared", "editorial", "1.1.1"),
        ("1.2", "new", "additive", None),
    ]
    assert documents[1]["changes"] == [
        {
            "impact": "editorial",
            "pointer": f"{LIST}/description",
            "message": "description differs",
            "file": "new/x.yaml",
            "line": 1,
        }
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("none.yaml", "a.yaml", "error: none.yaml: cannot be read: No such file or directory"),
        ("a.yaml", "broken.yaml", "error: broken.yaml:1: (root): "),
        ("a.yaml", "empty", "error: empty: holds no document (.yaml, .yml, .json)"),
        ("twice", "a.yaml", "error: twice/b.yaml: is disks 1.1 too, like twice/a.yaml"),
    ],
)
def test_input_that_is_no_document_is_refused(tmp_path: Path, old: str, new: str, line: str) -> None:
    written(tmp_path, "a.yaml")
    written(tmp_path, "twice/a.yaml")
    written(tmp_path, "twice/b.yaml")
    (tmp_path / "broken.yaml").write_text("openapi: 3.1.0\n")
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, "diff", old, new)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(line)
