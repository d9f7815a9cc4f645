"""Servers of paths and operations: a document with several goes in, each call arrives where it should or nowhere."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest

from apiscribe.errors import ApiscribeError, Severity, line_of

from .client_room import BOTH, run
from .generation import PACKAGE as GENERATED
from .generation import built, headed, imported, lowered
from .loopback import Answer, Loopback, loopback
from .runtime_sample import SERVICE, SHOW, Caller, operation
from .test_stubs import generate, run_stubs

# isort: split
from apiscribe_runtime.errors import ConfigurationError
from apiscribe_runtime.service import Server, ServerVariable

PACKAGE = "serving"
SECRET = "secret-key-of-tests"
OK = "responses: {'204': {description: ok}}"
# Every server has a port of its own, which the client is told.
TWO = f"""\
openapi: 3.1.0
info: {{title: Two, version: '1', x-service: two}}
servers:
  - url: http://127.0.0.1:{{port}}/v1
    variables: {{port: {{default: '9', description: The port.}}}}
security: [{{Key: []}}]
paths:
  /things:
    get: {{operationId: listThings, {OK}}}
  /files:
    servers: [{{url: 'http://localhost:{{files}}/up', variables: {{files: {{default: '9'}}}}}}]
    get: {{operationId: listFiles, {OK}}}
    put: {{operationId: readFile, servers: [{{url: '/v2'}}], {OK}}}
    post:
      operationId: exportFiles
      servers: [{{url: 'http://files.example.com'}}]
      {OK}
components:
  securitySchemes:
    Key:
      type: apiKey
      in: header
      name: X-Signature
      x-signing:
        language: 1
        name: example
        credentials: {{secret_key: {{secret: true}}}}
        steps: [{{name: message, parts: ["{{method}}", "{{url}}"]}}]
        emit: {{headers: {{X-Signature: "{{message | hmac(sha256, credential.secret_key) | hex}}"}}}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(TWO, package=PACKAGE).texts, tmp_path_factory.mktemp("serving"), PACKAGE) as module:
        yield module


@pytest.fixture
def servers() -> Iterator[tuple[Loopback, Loopback]]:
    with loopback(Answer(204)) as common, loopback(Answer(204)) as files:
        yield common, files


def seen(server: Loopback) -> list[str]:
    return [f"{each.header('host')} {each.target}" for each in server.received]


def call(package: ModuleType, kind: str, *works: Callable[[Any], Any], **settings: Any) -> Any:
    given = {"credentials": package.Credentials(secret_key=SECRET), **settings}
    return run(kind, "Two", *works, package=package, **given)


def ports(servers: tuple[Loopback, Loopback]) -> dict[str, str]:
    return {"port": str(servers[0].port), "files": str(servers[1].port)}


@BOTH
def test_each_call_goes_to_the_server_of_its_operation_signed_for_it(
    kind: str, package: ModuleType, servers: tuple[Loopback, Loopback]
) -> None:
    common, files = servers
    works = (lambda c: c.list_things(), lambda c: c.list_files(), lambda c: c.read_file(), lambda c: c.files.list())
    call(package, kind, *works, **ports(servers))
    assert seen(common) == [f"{common.host} /v1/things", f"{common.host} /v2/files"]
    assert seen(files) == [f"localhost:{files.port} /up/files"] * 2
    for each in (*common.received, *files.received):
        message = f"{each.method}http://{each.header('host')}{each.target}".encode()
        assert each.header("x-signature") == hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()


@BOTH
def test_an_address_of_the_caller_is_the_only_one(
    kind: str, package: ModuleType, servers: tuple[Loopback, Loopback]
) -> None:
    common, files = servers
    works = (lambda c: c.list_things(), lambda c: c.list_files(), lambda c: c.export_files(), lambda c: c.read_file())
    call(package, kind, *works, base_url=f"{common.url}/gate", **ports(servers))
    assert seen(common) == [f"{common.host} {target}" for target in ("/gate/things", *["/gate/files"] * 2, "/v2/files")]
    assert seen(files) == []


@BOTH
def test_an_address_that_the_document_names_only_chooses(
    kind: str, package: ModuleType, servers: tuple[Loopback, Loopback]
) -> None:
    common, files = servers
    settings = {**ports(servers), "base_url": f"{common.url}/v1/"}
    call(package, kind, lambda c: c.list_things(), lambda c: c.list_files(), **settings)
    assert (len(common.received), len(files.received)) == (1, 1)


@BOTH
@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_copy_goes_elsewhere_and_its_client_stays(
    kind: str, library: Any, package: ModuleType, servers: tuple[Loopback, Loopback]
) -> None:
    common, files = servers
    http_client = library.Client() if kind == "sync" else library.AsyncClient()
    works: tuple[Callable[[Any], Any], ...] = (
        lambda c: c.list_things(),
        lambda c: c.with_options(base_url=f"{files.url}/copy").list_things(),
        lambda c: c.list_things(),
        lambda _: http_client.close() if kind == "sync" else http_client.aclose(),
    )
    call(package, kind, *works, http_client=http_client, **ports(servers))
    assert seen(common) == [f"{common.host} /v1/things"] * 2
    assert seen(files) == [f"{files.host} /copy/things"]


@BOTH
def test_http_to_another_machine_needs_leave_at_each_server(kind: str, package: ModuleType) -> None:
    with pytest.raises(package.ConfigurationError, match=r"http:// to files\.example\.com is not encrypted"):
        call(package, kind, lambda c: c.export_files())


@BOTH
def test_views_and_copies_keep_the_servers(kind: str, package: ModuleType, servers: tuple[Loopback, Loopback]) -> None:
    works = (
        lambda c: c.with_raw_response.list_files(),
        lambda c: c.with_options(max_retries=0).list_files(),
        lambda c: c.with_options(max_retries=0).with_raw_response.list_files(),
    )
    call(package, kind, *works, **ports(servers))
    assert seen(servers[1]) == [f"localhost:{servers[1].port} /up/files"] * 3


@BOTH
def test_a_call_is_sent_again_to_the_same_server_and_no_redirect_is_followed(kind: str, package: ModuleType) -> None:
    with loopback(Answer(503, headers={"Retry-After": "0"}), Answer(307, headers={"Location": "/v1/files"})) as files:
        with loopback(Answer(204)) as common, pytest.raises(package.APIStatusError) as caught:
            call(package, kind, lambda c: c.list_files(), **ports((common, files)))
        assert caught.value.status_code == 307
        assert [each.target for each in files.received] == ["/up/files"] * 2
        assert common.received == []


# What a document leaves open.

ONLY_OWN = """\
openapi: 3.1.0
info: {title: Own, version: '1', x-service: own}
%s
paths:
  /a: {get: {operationId: a, servers: [{url: 'https://a.example.com'}], responses: {'204': {description: ok}}}}
  /b: {get: {operationId: b, responses: {'204': {description: ok}}}}
"""


@pytest.mark.parametrize(
    "head", ["servers: []", "servers: [{url: /}]", "servers: [{url: '/v1'}, {url: ''}]", "tags: []"]
)
def test_a_client_whose_document_names_no_server_for_all(head: str, tmp_path: Path) -> None:
    with imported(built(ONLY_OWN % head, package="own_only").texts, tmp_path, "own_only") as package:
        asked: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            return httpx.Response(204)

        with package.Own(http_client=httpx.MockTransport(answer)) as client:
            client.a()
            with pytest.raises(package.ConfigurationError, match="pass base_url="):
                client.b()
            client.with_options(base_url="https://c.example.com").b()
        assert asked == ["https://a.example.com/a", "https://c.example.com/b"]


def own(*servers: Server, **changes: Any) -> Any:
    return {
        "service": SERVICE.changed(
            servers=(Server(url="https://things.example.com/v1"),), elsewhere=(servers,), signer=None, **changes
        ),
        "operation": operation(servers=servers, signed=False),
    }


RELATIVE = [
    ("/v2", "https://things.example.com/v2"),
    ("v2/", "https://things.example.com/v1/v2"),
    ("", "https://things.example.com/v1"),
]


@pytest.mark.parametrize(("url", "address"), RELATIVE)
def test_an_address_without_a_host_is_on_the_clients_server(url: str, address: str) -> None:
    made = own(Server(url=url))
    with Caller("sync", made["service"]) as caller:
        assert caller.client._core.places.of(made["operation"]) == address
    with Caller("sync", made["service"], base_url="https://other.example.com/v1") as caller:
        assert caller.client._core.places.of(made["operation"]) == address.replace("things", "other")


def test_an_address_without_a_host_leads_to_no_other() -> None:
    made = own(Server(url="/{base}/x", variables=(ServerVariable("base", "/evil.example.com"),)))
    with Caller("sync", made["service"]) as caller, pytest.raises(ConfigurationError, match="leads to another server"):
        caller.call(made["operation"], {"thing_id": "t"})


VALUES = [
    ({}, "https://eu.example.com/api/v1"),
    ({"region": "us"}, "https://us.example.com/api/v1"),
]


@pytest.mark.parametrize(("given", "address"), VALUES)
def test_variables_of_an_operations_server(given: dict[str, str], address: str) -> None:
    variables = (ServerVariable("region", "eu"), ServerVariable("base", "api/v1"))
    made = own(Server(url="https://{region}.example.com/{base}", variables=variables))
    with Caller("sync", made["service"], variables=given) as caller:
        assert caller.client._core.places.of(made["operation"]) == address


@pytest.mark.parametrize("value", ["u@evil", "evil/", "a.evil:1", "evil#", "evil?", "e vil", "evil\\", "\nx"])
def test_no_value_of_a_variable_leads_out_of_its_place(value: str) -> None:
    made = own(Server(url="https://{region}.example.com", variables=(ServerVariable("region", "eu"),)))
    with (
        Caller("sync", made["service"], variables={"region": value}) as caller,
        pytest.raises(ConfigurationError, match="cannot be part of a host name"),
    ):
        caller.call(made["operation"], {"thing_id": "t"})


def test_a_value_that_one_server_does_not_take_is_refused_by_the_call_that_needs_it() -> None:
    made = own(Server(url="https://{region}.example.com", variables=(ServerVariable("region", "eu", ("eu",)),)))
    with Caller("sync", made["service"], variables={"region": "us"}) as caller:
        assert caller.client._core.places.of(SHOW) == "https://things.example.com/v1"
        with pytest.raises(ConfigurationError, match="region='us' is none of eu"):
            caller.call(made["operation"], {"thing_id": "t"})


def test_an_unknown_variable_is_refused_at_once() -> None:
    with pytest.raises(ConfigurationError, match="no server variable zone"):
        Caller("sync", own(Server(url="https://a.example.com"))["service"], variables={"zone": "a"})


# What documents say.

HOSTILE = [
    ("https://u:p@uploads.example.com", "carries a user name"),
    ("//evil@uploads.example.com", "carries a user name"),
    ("javascript:alert(1)", "is neither http nor https"),
    ("https://a.example.com/\\r\\nX: y", "holds a character that no address can hold"),
    ("https://{a}.example.com", "the variable 'a' of the address is not declared"),
    ("https://a.example.com/../b", "has a '.' or '..' segment"),
    ("///a", "has neither a host nor http or https before it"),
]


@pytest.mark.parametrize(("url", "said"), HOSTILE)
@pytest.mark.parametrize("place", ["/paths/~1a", "/paths/~1a/get"])
def test_hostile_servers_are_refused_in_their_place(url: str, said: str, place: str) -> None:
    servers = f'servers: [{{url: "{url}"}}]'
    of_path, of_operation = ("", f", {servers}") if place.endswith("get") else (f"{servers}, ", "")
    body = f"paths:\n  /a: {{{of_path}get: {{operationId: a, {OK}{of_operation}}}}}\n"
    with pytest.raises(ApiscribeError) as caught:
        built(headed(body))
    (line,) = [line_of(item) for item in caught.value.diagnostics if item.severity is Severity.ERROR]
    assert f" {place}/servers/0/url: " in line
    assert said in line


def test_one_hostile_server_of_an_operation_is_left_out_with_it() -> None:
    bad, good = f"operationId: a, {OK}, servers: [{{url: 'ftp://a'}}]", f"operationId: b, {OK}"
    made = built(headed(f"paths:\n  /a: {{get: {{{bad}}}}}\n  /b: {{get: {{{good}}}}}\n"), skip_invalid=True)
    assert "def b(" in made.texts[f"{GENERATED}/shop/v1/client.py"]
    assert "def a(" not in made.texts[f"{GENERATED}/shop/v1/client.py"]


COMMON = "servers: [{url: 'https://a.example.com/v1', description: All}]\n"
SAID = [
    ("", "", []),
    ("servers: [{url: 'https://b.example.com'}], ", "", ["https://b.example.com"]),
    ("", "servers: [{url: 'https://b.example.com'}], ", ["https://b.example.com"]),
    ("servers: [{url: 'https://b.example.com'}], ", "servers: [{url: //c.example.com}], ", ["https://c.example.com"]),
    ("servers: [{url: 'https://b.example.com'}], ", "servers: [], ", ["https://b.example.com"]),
    ("servers: [{url: 'https://b.example.com'}], ", "servers: [{url: 'https://a.example.com/v1/'}], ", []),
    ("servers: [{url: 'https://a.example.com/v1', description: Same}], ", "", []),
    ("servers: [{url: 'https://b.example.com?key=1'}], ", "", ["https://b.example.com"]),
]


@pytest.mark.parametrize(("of_path", "of_operation", "urls"), SAID)
def test_which_servers_an_operation_has(of_path: str, of_operation: str, urls: list[str]) -> None:
    api = lowered(f"{COMMON}paths: {{/a: {{{of_path}get: {{{of_operation}{OK}}}}}}}\n").api
    (operation,) = api.operations
    assert [server.url for server in operation.servers] == urls
    assert api.elsewhere == ((operation.servers,) if urls else ())


def test_the_servers_of_operations_are_told() -> None:
    texts = built(TWO, package=PACKAGE).texts
    client, page = texts[f"{PACKAGE}/two/v1/client.py"], texts["reference/two-1.md"]
    assert "It is sent to `http://localhost:{files}/up`, unless the client has a `base_url`" in client
    assert "It is sent to `/v2` on the client's server." in client
    assert "Some operations have servers of their own" in client
    assert "files: str | None = None" in client
    assert "Address: `http://localhost:{files}/up`" in page
    assert "| `files` | text | `9` |" in page


def test_the_stubs_assert_the_address(tmp_path: Path) -> None:
    document = TWO.replace("http://127.0.0.1:{port}/v1", "https://api{port}.example.com/v1").replace(
        "http://localhost:{files}/up", "https://UP.example.com:443/{files}"
    )
    folder = generate(
        tmp_path,
        document.replace("http://files.example.com", "https://{zone}.example.com").replace(
            "{url: 'https://{zone}.example.com'}",
            "{url: 'https://{zone}.example.com', variables: {zone: {default: '{zone}'}}}",
        ),
    )
    stubs = (folder / "stubs" / "test_two_v1.py").read_text("utf-8")
    assert 'check_address(LIST_FILES_CASE, flavor, "https://up.example.com/9/files")' in stubs
    assert 'check_address(READ_FILE_CASE, flavor, "https://api9.example.com/v2/files")' in stubs
    code, printed = run_stubs(folder, "-W", "error")
    assert code == 0, printed
    runtime = folder / "stubbed" / "_runtime" / "places.py"
    whole = runtime.read_text("utf-8")
    runtime.write_text(whole.replace("if not is_own:", "if True:"), "utf-8")
    code, printed = run_stubs(folder)
    assert code == 1
    assert printed.count("FAILED stubs/test_two_v1.py::test_list_files__goes_to_its_own_server") == 2
