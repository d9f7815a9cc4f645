"""Method names: an operationId that repeats its address gives the function's name, or stays whole where two meet."""

from __future__ import annotations

import importlib
import re
from inspect import getmembers, isfunction, signature
from pathlib import Path

import pytest

from apiscribe.errors import line_of
from apiscribe.naming import snake_case

from .generation import built, imported

DOCUMENT = """\
openapi: 3.1.0
info: {title: Flows, version: "1"}
paths:
  /flows/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: read_flow_flows__id__get, responses: {"200": {description: ok}}}
    delete: {operationId: delete_flow_flows__id__delete, responses: {"204": {description: gone}}}
  /flows/: {post: {operationId: create_flow_flows__post, responses: {"200": {description: ok}}}}
  /queues: {get: {operationId: list_queues_queues_get, responses: {"200": {description: ok}}}}
  /pools/queues: {get: {operationId: list_queues_pools_queues_get, responses: {"200": {description: ok}}}}
  /health: {get: {operationId: health, responses: {"200": {description: ok}}}}
"""


def test_an_address_in_an_operation_id_is_taken_off_and_tells_apart_what_would_meet(tmp_path: Path) -> None:
    result = built(DOCUMENT)
    with imported(result.texts, tmp_path) as package:
        assert [name for name, _ in getmembers(package.Flows, isfunction) if not name.startswith("_")] == [
            *("close", "create_flow", "delete_flow", "health"),
            *("list_queues_pools_queues_get", "list_queues_queues_get", "read_flow", "with_options"),
        ]
    assert [line_of(item) for item in result.diagnostics if item.rule == "name"] == [
        "warning: a.yaml:10: /paths/~1pools~1queues/get: operations that share the name list_queues: "
        "list_queues_pools_queues_get becomes list_queues_pools_queues_get, "
        "list_queues_queues_get becomes list_queues_queues_get; "
        "x-python-name settles it by hand"
    ]


def test_an_operation_takes_no_name_that_its_module_imports(tmp_path: Path) -> None:
    result = built(DOCUMENT.replace("operationId: health,", "operationId: annotations,"))
    with imported(result.texts, tmp_path) as package:
        assert hasattr(package.Flows, "annotations_")
        assert not hasattr(package.Flows, "annotations")


SPELLED = """\
openapi: 3.1.0
info: {title: Spelled, version: "1"}
paths:
  /calls:
    get:
      operationId: calls_list
      parameters:
      - {name: StartTime, in: query, schema: {type: string}}
      - {name: StartTime<, in: query, schema: {type: string}}
      - {name: StartTime>, in: query, schema: {type: string}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/call'}}}}}
  /v2/logs/calls:
    get:
      operationId: calls/list
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/CALL'}}}}}
  /archive/{day}/calls:
    parameters: [{name: day, in: path, required: true, schema: {type: string}}]
    get:
      operationId: callsList
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Call'}}}}}
components:
  schemas:
    Call:
      type: object
      properties: {type: {type: string}, "@type": {type: string}, _type: {type: string}, "+1": {type: integer},
        "-1": {type: integer}, ids: {type: string}, "ids[]": {type: string}}
    call: {type: object, properties: {id: {type: string}}}
    CALL: {type: object, properties: {id: {type: string}}}
"""


def test_names_of_the_same_words_are_told_apart_as_a_person_would(tmp_path: Path) -> None:
    result = built(SPELLED)
    with imported(result.texts, tmp_path) as package:
        models = importlib.import_module(f"{package.__name__}.spelled.v1.models")
        client = package.Spelled
        assert [name for name, _ in getmembers(client, isfunction) if not name.startswith("_")] == [
            *("calls_list", "close", "list_call", "list_calls_day", "with_options"),
        ]
        assert list(signature(client.calls_list).parameters)[1:4] == ["start_time", "start_time_lt", "start_time_gt"]
        assert list(models.CallPascal.model_fields) == [
            *("type_", "at_type", "type_underscored", "plus_1", "minus_1", "ids", "ids_list"),
        ]


def test_without_operation_ids_paths_tell_apart_what_shares_a_name() -> None:
    key = "parameters: [{name: key, in: path, required: true, schema: {type: string}}], "
    done = "responses: {'204': {description: done}}"
    text = built(f"""\
openapi: 3.1.0
info: {{title: Boards, version: "1"}}
paths:
  /chart/: {{delete: {{{done}}}}}
  /chart/{{key}}: {{delete: {{{key}{done}}}}}
  /chart/_info: {{get: {{{done}}}}}
  /board/_info: {{get: {{{done}}}}}
  /chart/link/{{key}}: {{get: {{{key}{done}}}}}
  /board/link/{{key}}: {{get: {{{key}{done}}}}}
  /v1/memo/{{key}}: {{get: {{{key}{done}}}}}
  /v2/memo/{{key}}: {{get: {{{key}{done}}}}}
  /card: {{put: {{{done}}}, patch: {{{done}}}}}
  /card/{{key}}: {{put: {{{key}{done}}}, patch: {{{key}{done}}}}}
""").texts["shopping/boards/v1/client.py"]
    assert re.findall(r"    def ([a-z]+_(?:info|link|chart|board|card|memo)\w*)\(", text) == [
        "delete_charts",
        "delete_chart",
        "list_chart_info",
        "list_board_info",
        "get_chart_link",
        "get_board_link",
        *("get_memo_v1", "get_memo_v2"),
        *("update_cards_put", "update_cards_patch", "update_card_by_key_put", "update_card_by_key_patch"),
    ]


SLASHED = """\
openapi: 3.1.0
info: {title: Slashed, version: "1"}
paths:
  /files/:
    post: {operationId: upload_file_files__post, responses: {"204": {description: done}}}
  /files:
    post: {operationId: upload_file_files_post, responses: {"204": {description: done}}}
  /pets/{id}/:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: read_pet_again, responses: {"200": {description: ok}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: read_pet, responses: {"200": {description: ok}}}
  /keys/: {get: {responses: {"200": {description: ok}}}}
  /keys: {get: {responses: {"200": {description: ok}}}}
components:
  schemas:
    Body_upload_file_files__post: {type: object, properties: {a: {type: string}}}
    Body_upload_file_files_post: {type: object, properties: {a: {type: string}}}
"""


def test_a_slash_at_the_end_tells_operations_of_one_path_apart(tmp_path: Path) -> None:
    result = built(SLASHED)
    with imported(result.texts, tmp_path) as package:
        names = {name for name, _ in getmembers(package.Slashed, isfunction)}
        assert {"upload_file", "upload_file_slash", "list_key", "list_key_slash", "read_pet", "read_pet_again"} <= names
        with package.Slashed(base_url="https://example.com") as client:
            assert client.files.upload.__name__ == "upload_file"
            assert client.files.upload_slash.__name__ == "upload_file_slash"
            assert client.pets.read.__name__ == "read_pet"
            assert client.keys.list.__name__ == "list_key"
            assert client.keys.list_slash.__name__ == "list_key_slash"
        models = importlib.import_module(f"{package.__name__}.slashed.v1.models")
        assert {"BodyUploadFileFilesPost", "BodyUploadFileFilesPostModel"} <= {*dir(models)}


THING = "type: object, properties: {name: {type: string}, roles: {type: array, items: {}}}"
PAGE = "type: object, properties: {total: {type: integer}, results: {type: array, items: {}}}"
WRAPPED = "type: object, properties: {data: {$ref: '#/components/schemas/Choice'}}"
CHOICE = "anyOf: [{type: array, items: {$ref: '#/components/schemas/Choice'}}, {type: 'null'}]"
OF_ONE = "type: object, properties: {theme: {type: string}}"


@pytest.mark.parametrize(
    ("path", "schema", "expected", "place"),
    [
        ("/who", THING, "get_who", "who.get"),
        ("/who", PAGE, "list_who", "who.list"),
        ("/who", "type: array, items: {}", "list_who", "who.list"),
        ("/who", CHOICE, "list_who", "who.list"),
        ("/who", WRAPPED, "list_who", "who.list"),
        ("/who", "type: string", "get_who", "who.get"),
        ("/who", "type: object", "list_who", "who.list"),  # says nothing: the path decides, as it always did
        ("/settings", OF_ONE, "get_settings", "settings.get"),
        ("/settings", "type: object, properties: {settings: {type: array, items: {}}, at: {type: string}}",
         "list_setting", "settings.list"),
        ("/settings", "type: object, properties: {total: {type: integer}}", "list_setting", "settings.list"),
        ("/accounts/{key}/settings", OF_ONE, "get_settings_account", "accounts.settings.get"),
    ],
)  # fmt: skip
def test_a_get_without_operation_id_is_called_by_what_it_answers(
    path: str, schema: str, expected: str, place: str
) -> None:
    variables = "".join(
        f"{{name: {name}, in: path, required: true, schema: {{type: string}}}}" for name in re.findall(r"{(\w+)}", path)
    )
    text = built(f"""\
openapi: 3.1.0
info: {{title: Shapes, version: "1"}}
paths:
  {path}:
    parameters: [{variables}]
    get:
      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{{schema}}}}}}}}}}}
components: {{schemas: {{Choice: {{{CHOICE}}}}}}}
""").texts
    assert re.findall(r"result = client\.([\w.]+)\(", text["README.md"])[0] == expected
    assert f"result = client.{place}(" in text["README.md"]


def test_long_names_are_whole_as_far_as_python_names_may_be_long(tmp_path: Path) -> None:
    long = "getEnterprisePrivateRegistriesConfigurationForAuthenticatedOrganizationAndUser"
    result = built(f"""\
openapi: 3.1.0
info: {{title: Long, version: "1"}}
paths:
  /organization/projects/hosted-tool-permissions/settings:
    get: {{operationId: {long}, responses: {{"204": {{description: none}}}}}}
""")
    with imported(result.texts, tmp_path) as package:
        groups = importlib.import_module(f"{package.__name__}.long.v1.groups")
        assert callable(getattr(package.Long, snake_case(long)))
        assert [name for name in vars(groups) if name.startswith("OrganizationProjectsHostedToolPermissionsS")] == [
            "OrganizationProjectsHostedToolPermissionsSettings",
            "OrganizationProjectsHostedToolPermissionsSettingsWithRawResponse",
            "OrganizationProjectsHostedToolPermissionsSettingsWithStreamingResponse",
        ]


def test_models_are_called_without_the_packages_that_they_come_from(tmp_path: Path) -> None:
    names = {
        "io.k8s.api.core.v1.Pod": "V1Pod",
        "io.k8s.api.core.v1.Event": "CoreV1Event",
        "io.k8s.api.events.v1.Event": "EventsV1Event",
        "Shop.Web.Models.Order": "Order",
        "Shop.Web.Models.Item": "ModelsItem",
        "Item": "Item",
        "Shop.Problem": "ShopProblem",
        "billing_portal.session": "BillingPortalSession",
    }
    schemas = ", ".join(
        f"{name}: {{type: object, properties: {{of_{at}: {{type: integer}}}}}}" for at, name in enumerate(names)
    )
    result = built(f"""\
openapi: 3.1.0
info: {{title: Packages, version: "1"}}
paths: {{}}
components: {{schemas: {{{schemas}}}}}
""")
    with imported(result.texts, tmp_path) as package:
        models = importlib.import_module(f"{package.__name__}.packages.v1.models")
        fields = {called: [*getattr(models, called).model_fields] for called in names.values()}
    assert fields == {called: [f"of_{at}"] for at, called in enumerate(names.values())}
