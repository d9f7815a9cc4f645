"""Groups: every operation is found once by its resource, under a name a person would choose, in both clients."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apiscribe.naming import snake_case
from apiscribe.naming_groups import iterator_name, place_of, waiter_name

from .client_room import BOTH, run
from .generation import built, headed, imported
from .loopback import Answer, json_answer, loopback

DOCUMENT = headed("""
paths:
  /api/v1/users:
    get:
      operationId: listUsers
      parameters: [{name: page, in: query, schema: {type: integer}}]
      x-pagination: {style: page, page: page, items: $, first: 1}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {}}}}}}
    post: {operationId: createUser, responses: {'204': {description: made}}}
  /api/v1/users/{user_id}:
    parameters: [{name: user_id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getUserById
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {}}}}}}
    put: {operationId: putUser, responses: {'204': {description: done}}}
    patch: {operationId: patchUser, responses: {'204': {description: done}}}
  /api/v1/users/{user_id}/close:
    parameters: [{name: user_id, in: path, required: true, schema: {type: string}}]
    post: {operationId: closeUser, responses: {'204': {description: done}}}
  /api/v1/users/{user_id}/import:
    parameters: [{name: user_id, in: path, required: true, schema: {type: string}}]
    post: {operationId: importUser, responses: {'204': {description: done}}}
  /api/v1/users/{user_id}/import/rows:
    parameters: [{name: user_id, in: path, required: true, schema: {type: string}}]
    post: {operationId: createUserImportRow, responses: {'204': {description: done}}}
  /api/v1/chat/completions:
    post: {operationId: createChatCompletion, responses: {'204': {description: done}}}
  /parts:
    post: {operationId: create_part_parts_post, responses: {'204': {description: done}}}
  /shelves/{shelf}/parts:
    parameters: [{name: shelf, in: path, required: true, schema: {type: string}}]
    post: {operationId: create_part_shelves__shelf__parts_post, responses: {'204': {description: done}}}
  /search:
    get: {operationId: search, tags: [Finding things], responses: {'204': {description: done}}}
  /import:
    get: {operationId: import, responses: {'204': {description: done}}}
  /credentials:
    get: {operationId: readThem, x-python-group: close.list, responses: {'204': {description: done}}}
""")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(DOCUMENT).texts, tmp_path_factory.mktemp("groups")) as package:
        yield package


CALLS = [
    ("users.list", (), "GET", "/api/v1/users"),
    ("users.create", (), "POST", "/api/v1/users"),
    ("users.get", ("7",), "GET", "/api/v1/users/7"),
    ("users.replace", ("7",), "PUT", "/api/v1/users/7"),
    ("users.patch", ("7",), "PATCH", "/api/v1/users/7"),
    ("users.close", ("7",), "POST", "/api/v1/users/7/close"),
    ("users.import_", ("7",), "POST", "/api/v1/users/7/import"),
    ("users.import__.rows.create", ("7",), "POST", "/api/v1/users/7/import/rows"),
    ("chat.completions.create", (), "POST", "/api/v1/chat/completions"),
    ("parts.create", (), "POST", "/parts"),
    ("shelves.parts.create", ("a",), "POST", "/shelves/a/parts"),
    ("finding_things.search", (), "GET", "/search"),
    ("root.import_", (), "GET", "/import"),
    ("close_.list.read_them", (), "GET", "/credentials"),
]


def made(shop: ModuleType, address: str) -> dict[str, Any]:
    """Give the settings of a client."""
    return {"package": shop, "base_url": address, "credentials": None}


def found(client: Any, address: str) -> Any:
    """Follow the dots of an address."""
    for name in address.split("."):
        client = getattr(client, name)
    return client


@BOTH
@pytest.mark.parametrize(("address", "arguments", "method", "target"), CALLS)
def test_a_method_of_a_group_sends_what_the_clients_own_sends(
    kind: str, shop: ModuleType, address: str, arguments: tuple[str, ...], method: str, target: str
) -> None:
    with loopback(json_answer("[]") if method == "GET" and "users" in target else Answer(204)) as server:
        run(kind, "Shop", lambda client: found(client, address)(*arguments), **made(shop, server.url))
        assert [(item.method, item.target) for item in server.received] == [(method, target)]


@BOTH
def test_an_iterator_stands_beside_its_list(kind: str, shop: ModuleType) -> None:
    with loopback(json_answer("[1, 2]"), json_answer("[]")) as server:
        items = run(kind, "Shop", lambda client: client.users.iter(), **made(shop, server.url))
        assert (items, [item.target for item in server.received]) == (
            [1, 2],
            ["/api/v1/users?page=1", "/api/v1/users?page=2"],
        )


@BOTH
def test_a_group_has_the_views_that_its_client_has(kind: str, shop: ModuleType) -> None:
    def status(client: Any) -> Any:
        return client.users.with_raw_response.get("7")

    with loopback(json_answer("[1]")) as server:
        raw = run(kind, "Shop", status, **made(shop, server.url))
        assert (raw.status_code, raw.content, raw.parse()) == (200, b"[1]", [1])
        assert [(item.method, item.target) for item in server.received] == [("GET", "/api/v1/users/7")]


def test_a_group_streams(shop: ModuleType) -> None:
    with loopback(json_answer("[1, 2]")) as server, shop.Shop(base_url=server.url) as client:
        with client.chat.completions.with_streaming_response.create() as response:
            assert (response.status_code, b"".join(response.iter_bytes())) == (200, b"[1, 2]")
        assert [(item.method, item.target) for item in server.received] == [("POST", "/api/v1/chat/completions")]


def test_a_view_has_the_operations_and_no_more(shop: ModuleType) -> None:
    client = shop.Shop(base_url="http://localhost")
    methods = ["list", "create", "get", "replace", "patch", "close", "import_"]
    assert list(vars(client.users.with_raw_response)) == methods
    assert client.users.with_raw_response is client.users.with_raw_response
    assert not hasattr(client.chat, "with_raw_response")


def test_every_operation_is_in_one_group(shop: ModuleType) -> None:
    client = shop.Shop(base_url="http://localhost")
    held: list[object] = []

    def gather(group: object) -> None:
        held.extend(value.__func__ for value in vars(group).values() if hasattr(value, "__func__"))
        for name in vars(type(group)):
            if not name.startswith(("_", "with_")):
                gather(getattr(group, name))

    for name in ("users", "chat", "parts", "shelves", "finding_things", "root", "close_"):
        gather(getattr(client, name))
    own = [value for name, value in vars(shop.Shop).items() if callable(value) and not name.startswith("_")]
    assert sorted(map(str, held)) == sorted(map(str, own))


def test_a_group_is_made_once_and_belongs_to_the_client_it_is_of(shop: ModuleType) -> None:
    client = shop.Shop(base_url="http://localhost")
    assert client.users is client.users
    assert client.users.get.__self__ is client


@pytest.mark.parametrize(
    ("name", "method", "path", "flat", "expected"),
    [
        # the name says its group
        ("issues/list-comments", "get", "/repos/{owner}/{repo}/issues/{n}/comments", "x", "issues.list_comments"),
        ("Users_Get", "get", "/x/{id}", "users_get", "users.get"),
        # it says behind the address what is done
        ("api_recent_list", "get", "/api/recent/", "api_recent_list", "recent.list"),
        ("api_recent_retrieve", "get", "/api/recent/", "api_recent_retrieve", "recent.get"),
        ("Customer_GetCustomerOrders", "get", "/customers/{id}/orders", "x", "customer.get_orders"),
        ("Customer_GetCustomerById", "get", "/customers/{id}", "x", "customer.get_customer_by_id"),
        ("OrderApi_PatchOrder", "patch", "/orders/{id}", "x", "order.patch"),
        ("UsersController_findAll", "get", "/users", "users_find_all", "users.find_all"),
        ("TodoController.findById", "get", "/todos/{id}", "todo_find_by_id", "todo.find_by_id"),
        ("calendar.events.quickAdd", "post", "/x", "x", "calendar.events.quick_add"),
        # the path says it
        ("retrieveModel", "get", "/models/{model}", "retrieve_model", "models.retrieve"),
        ("downloadFile", "get", "/files/{file_id}/content", "download_file", "files.content.download"),
        ("cancelBatch", "post", "/batches/{batch_id}/cancel", "cancel_batch", "batches.cancel"),
        ("get_import_errors", "get", "/importErrors", "get_import_errors", "import_errors.list"),
        ("getSearch", "get", "/users/search", "get_search", "users.search"),
        ("findPetsByStatus", "get", "/pet/findByStatus", "find_pets_by_status", "pet.find_by_status"),
        ("getPetById", "get", "/pet/{petId}", "get_pet_by_id", "pet.get"),
        ("getUserByName", "get", "/user/{username}", "get_user_by_name", "user.get_by_name"),
        ("ContainerInspect", "get", "/containers/{id}/json", "container_inspect", "containers.inspect"),
        ("chat_postMessage", "post", "/chat.postMessage", "chat_post_message", "chat.post_message"),
        ("stop", "post", "/v1/jobs/{job}:stop", "stop", "jobs.stop"),
        ("read_flow_flows__id__get", "get", "/flows/{id}", "read_flow", "flows.read"),
        ("read_states_states__get", "get", "/states/", "read_states", "states.list"),
        ("users_partial_update", "patch", "/api/users/{id}/", "users_partial_update", "users.partial_update"),
        ("listIssuesForRepo", "get", "/repos/{repo}/issues", "list_issues_for_repo", "repos.issues.list"),
        ("cancelJob", "delete", "/jobs/{id}/favourite", "cancel_job", "jobs.favourite.cancel"),
        ("ContainerKill", "post", "/containers/{id}/kill", "container_kill", "containers.kill"),
        ("getBanner", "get", "/rest/api/3/banner", "get_banner", "banner.get"),
        ("predict", "post", "/seldon/api/v1.0/predictions", "predict", "seldon.api.predictions.create"),
        ("listLinks", "get", "/apis/apps.example.io/v1beta2/links", "list_links", "apps.links.list"),
        ("createPermissionScheme", "post", "/permissionscheme", "create_permission_scheme", "permissionscheme.create"),
        (
            "get_users_user_id_tags_tag_id",
            "get",
            "/users/{user_id}/tags/{tag_id}",
            "get_users_user_id_tags_tag_id",
            "users.tags.get",
        ),
        # neither a name nor anything in it: method and path
        ("GET /v1/refunds", "get", "/v1/refunds", "list_refund", "refunds.list"),
        ("PostCustomers", "post", "/v1/customers", "post_customers", "customers.create"),
        ("PostCustomersCustomer", "post", "/v1/customers/{customer}", "post_customers_customer", "customers.update"),
        ("values", "get", "/값/{id}", "values", "root.get"),
        ("HEAD /", "head", "/", "head_root", "root.head"),
    ],
)
def test_an_operation_has_the_place_a_person_would_look_at(
    name: str, method: str, path: str, flat: str, expected: str
) -> None:
    place = place_of(name, method, path, flat=flat)
    assert ".".join((*place.groups, place.method)) == expected


@pytest.mark.parametrize(
    ("tag", "name", "expected"),
    [
        ("core_v1", "listCoreV1NamespacedPod", "core_v1.list_namespaced_pod"),
        ("CoreV1Api", "deleteCoreV1CollectionNode", "core_v1.delete_collection_node"),
        ("storage.k8s.io_v1", "readStorageV1StorageClass", "storage_v1.read_storage_class"),
        (
            "flowcontrolApiserver_v1beta3",
            "watchFlowcontrolApiserverV1beta3List",
            "flowcontrol_apiserver_v1beta3.watch_list",
        ),
        # the name is not made of the tag: the path says it
        ("Orders v2", "listPods", "pods.list"),
        ("core", "listCoreV1Pod", "pods.list_core_v1"),
    ],
)
def test_a_tag_with_a_version_that_the_name_repeats_is_the_group(tag: str, name: str, expected: str) -> None:
    place = place_of(name, "get", "/api/v1/pods", flat=snake_case(name), tag=tag)
    assert ".".join((*place.groups, place.method)) == expected


def test_the_plainest_of_those_that_share_a_name_keeps_it() -> None:
    text = built("""\
openapi: 3.1.0
info: {title: Runs, version: "1"}
paths:
  /runs:
    get: {operationId: get_runs, responses: {'204': {description: ok}}}
    patch: {operationId: patch_runs, responses: {'204': {description: ok}}}
  /runs/list:
    post: {operationId: get_list_runs_batch, responses: {'204': {description: ok}}}
  /runs/{run}:
    parameters: [{name: run, in: path, required: true, schema: {type: string}}]
    patch: {operationId: patch_run, responses: {'204': {description: ok}}}
  /pools:
    get: {operationId: get_all_pools, responses: {'204': {description: ok}}}
""").texts["shopping/runs/v1/groups.py"]
    assert [line for line in names(text) if " = client." in line] == [
        "self.get_list_runs_batch = client.get_list_runs_batch",
        "self.list = client.get_all_pools",
        "self.list = client.get_runs",
        "self.patch = client.patch_runs",
        "self.update = client.patch_run",
    ]


def test_siblings_are_named_by_what_they_do() -> None:
    assert [iterator_name(name) for name in ("list", "list_by_owner", "search")] == [
        *("iter", "iter_by_owner", "iter_search"),
    ]
    assert [waiter_name(name) for name in ("show", "get_job", "poll")] == ["wait", "wait_for_job", "wait_for_poll"]


def test_a_group_chosen_by_hand_must_be_a_name() -> None:
    with pytest.raises(Exception, match=r"x-python-group 'a b' is no group: names of ASCII letters") as caught:
        built(DOCUMENT.replace("x-python-group: close.list", "x-python-group: a b"))
    assert type(caught.value).__name__ == "ApiscribeError"


def test_the_order_of_the_document_does_not_matter(tmp_path: Path) -> None:
    head, _, paths = DOCUMENT.partition("paths:\n")
    blocks = [f"  /{block}" for block in paths.removeprefix("  /").split("\n  /")]
    turned = built(f"{head}paths:\n" + "\n".join(reversed([block.rstrip() for block in blocks])) + "\n")
    assert names(turned.texts["shopping/shop/v1/groups.py"]) == names(
        built(DOCUMENT).texts["shopping/shop/v1/groups.py"]
    )


def names(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if "self." in line)
