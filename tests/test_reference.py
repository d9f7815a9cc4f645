"""The reference and the README: what they say, that the programs run, and that no document changes the structure."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apiscribe import pipeline, signing
from apiscribe.document.load import load
from apiscribe.location import read_templates
from apiscribe.plan.pyproject import Distribution

from .signing_room import ACCESS_KEY, CREDENTIALS, ROOT, SECRET_KEY, loopback, runtime, verifier

SPECS = sorted((ROOT / "spec" / "samsungcloud").glob("*.yaml"))
ADDRESS = re.compile(rb"https://(data-\w+)\.\{region\}\.\{environment\}\.samsungsdscloud\.com")
PARSER = MarkdownIt("commonmark").enable("table")
TELLING = {"state": "RUNNING", "cluster_name": "c-1"}
VALUES = {"string": "x", "integer": 1, "number": 1.0, "boolean": True, "object": {}, "array": []}


def answer_of(model: str, file: str) -> dict[str, Any]:
    """Make a value for each field of a model of a document."""
    document = yaml.safe_load((ROOT / "spec" / "samsungcloud" / file).read_bytes())
    made = {}
    for name, schema in document["components"]["schemas"][model]["properties"].items():
        kind = schema.get("type", "object")
        made[name] = VALUES[kind if isinstance(kind, str) else kind[0]]
        if schema.get("format") == "date-time":
            made[name] = "2026-01-31T09:00:00Z"
    return {**made, **TELLING}


def build(sources: Mapping[str, bytes], **settings: Any) -> pipeline.Built:
    texts, runtime, stubs = read_templates()
    return pipeline.build(
        [pipeline.Source(path=path, data=data) for path, data in sources.items()],
        pipeline.Settings(distribution=Distribution(package="mycloud"), **settings),
        pipeline.Templates(texts=texts, runtime=runtime, stubs=stubs),
    )


def specs(address: bytes = rb"https://\1.{region}.{environment}.samsungsdscloud.com") -> dict[str, bytes]:
    return {path.name: ADDRESS.sub(address, path.read_bytes()) for path in SPECS}


def programs(readme: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", readme, re.DOTALL)


@pytest.fixture(scope="module")
def built() -> Mapping[str, str]:
    return build(specs()).texts


def recipe_data() -> Mapping[str, Any]:
    document = load(SPECS[0].read_bytes(), file=SPECS[0].name)
    scheme = document.root.get("components").get("securitySchemes").get("ScpSignature")  # type: ignore[union-attr]
    assert scheme is not None
    return signing.read_scheme("ScpSignature", scheme).to_data()


@pytest.fixture(scope="module")
def service(built: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    """A server that verifies signatures, and the package with its address in place of the cloud's."""
    item = answer_of("DataFlowServicesResponseV1Dot1", "data-flow-1.1.yaml")
    body = {**answer_of("DataOpsServiceUpdateResponse", "data-ops-1.1.yaml"), "contents": [item], "total_count": 1}
    answer = loopback.Answer(status=202, json=body)
    judges = verifier.verifiers_of([recipe_data()], CREDENTIALS)
    with loopback.LoopbackServer(verifiers=judges, default=answer) as server:
        texts = build(specs(server.base_url.encode() + rb"/\1/{region}/{environment}")).texts
        assert programs(texts["README.md"]) == programs(built["README.md"])
        folder = tmp_path_factory.mktemp("distribution")
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        yield server, folder


def run(program: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "HOME": str(home),
        "SCP_ACCESS_KEY": ACCESS_KEY,
        "SCP_SECRET_KEY": SECRET_KEY,
    }
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


# The programs in their order: what each prints, and how many calls it makes.
EXPECTED = {
    "sync": ("RUNNING c-1\n", 1),
    "async": ("RUNNING c-1\n", 1),
    "groups": ("RUNNING c-1\n", 1),
    "credentials": ("RUNNING c-1\n", 1),
    "errors": ("RUNNING c-1\n", 1),
    "options": ("RUNNING c-1\n", 1),
    "copy": ("RUNNING c-1\n", 1),
    "lists": ("RUNNING c-1\n", 1),
    "raw": ("202 application/json SIZE\nRUNNING c-1\nSIZE\n", 2),
    "hooks": ("sent PUT UpdateDataOpsService 1\ncame 202 None\nRUNNING c-1\n", 1),
    "injected": ("RUNNING c-1\n", 1),
}
LOGGED = re.compile(
    r"DEBUG:mycloud:UpdateDataOpsService: PUT http://\S+ \(attempt 1\)\n"
    r"DEBUG:mycloud:UpdateDataOpsService: PUT http://\S+ -> 202 \(attempt 1\)\n"
)


@pytest.mark.parametrize("which", EXPECTED)
def test_every_program_of_the_readme_runs_as_it_stands(
    which: str, built: Mapping[str, str], service: tuple[Any, Path], tmp_path: Path
) -> None:
    server, folder = service
    shown = programs(built["README.md"])
    assert len(shown) == len(EXPECTED)
    program = shown[list(EXPECTED).index(which)]
    for name, value in CREDENTIALS.items():
        program = program.replace(f'{name}="..."', f'{name}="{value}"')
    expected, calls = EXPECTED[which]
    server.requests.clear()
    done = run(program, folder, tmp_path)
    assert re.sub(r"\d{4,}$", "SIZE", done.stdout, flags=re.MULTILINE) == expected
    assert LOGGED.fullmatch(done.stderr) if which == "hooks" else done.stderr == ""
    assert [request.signature_valid for request in server.requests] == [True] * calls
    assert all(request.path.split("/")[2:4] == ["kr-west1", "e"] for request in server.requests)


def test_the_first_program_updates_a_service(
    built: Mapping[str, str], service: tuple[Any, Path], tmp_path: Path
) -> None:
    server, folder = service
    server.requests.clear()
    run(programs(built["README.md"])[0], folder, tmp_path)
    (request,) = server.requests
    assert request.method == "PUT"
    assert request.path.startswith("/data-ops/kr-west1/e/v1/data-ops-services/")
    assert request.json() == {"description": "nightly run", "domain": "example.com"}
    assert request.header("Scp-Api-Version") == "data-ops 1.1"


def test_the_errors_of_the_readme_are_those_of_the_package(built: Mapping[str, str], service: tuple[Any, Path]) -> None:
    tree = re.search(r"```text\n(APIError.*?)```", built["README.md"], re.DOTALL)
    assert tree is not None
    names = re.findall(r"^[│├└─ ]*(\w+)", tree[1], re.MULTILINE)
    program = f"import mycloud\nfor name in {names}: print(issubclass(getattr(mycloud, name), mycloud.APIError))"
    done = run(program, service[1], service[1])
    assert done.stdout == "True\n" * len(names), done.stderr
    assert set(names) == set(re.findall(r'"(\w+Error)"', built["mycloud/__init__.py"]))


def test_the_settings_of_the_readme_are_those_that_are_looked_for(built: Mapping[str, str]) -> None:
    rows = re.findall(r"^\| .*`(SCP_\w+)` \| `(\w+)` \| (yes|no) \|$", built["README.md"], re.MULTILINE)
    assert rows == [
        ("SCP_ACCESS_KEY", "access_key", "yes"),
        ("SCP_SECRET_KEY", "secret_key", "yes"),
        ("SCP_SESSION_TOKEN", "session_token", "no"),
        ("SCP_REGION", "region", "yes"),
        ("SCP_ENVIRONMENT", "environment", "yes"),
    ]
    assert "`~/.mycloud/credentials.toml`" in built["README.md"]


def test_the_numbers_of_the_readme_are_those_of_the_runtime(built: Mapping[str, str]) -> None:
    core, retry, exchange = runtime("core"), runtime("retry"), runtime("exchange")
    told = " ".join(built["README.md"].split())
    assert f"at the same time; {core.DEFAULT_CONCURRENCY} unless" in told
    assert f"retries included; it is {core.DEFAULT_TIMEOUT:.0f} for" in told
    assert f"`Retry-After` counts up to {retry.LONGEST_WAIT:.0f} seconds" in told
    assert f"more than {exchange.MAX_BODY // 2**20} MiB" in told
    assert retry.MAX_RETRIES == 2
    assert "`max_retries` is 0, 1 or 2" in told
    assert f"after {', '.join(str(status) for status in sorted(retry.RETRIED_STATUSES)[:-1])} and 504" in told


def test_every_example_call_of_the_reference_is_python(built: Mapping[str, str]) -> None:
    pages = [text for path, text in built.items() if path.startswith("reference/")]
    found = [program for page in pages for program in programs(page)]
    assert len(found) > 40
    for program in found:
        compile(program, "reference", "exec")


def test_every_link_of_the_pages_leads_somewhere(built: Mapping[str, str]) -> None:
    for path, text in built.items():
        if not path.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)]*)\)", text):
            page, _, anchor = target.partition("#")
            if page.startswith("https://"):
                continue
            name = os.path.normpath(Path(path).parent / page) if page else path
            assert name in built, target
            if anchor:
                headings = re.findall(r"^#+ `(\w+)`$", built[name], re.MULTILINE)
                assert [heading.lower() for heading in headings].count(anchor) == 1, target


def test_every_operation_and_model_has_its_place(built: Mapping[str, str]) -> None:
    page = built["reference/data-ops-1.1.md"]
    methods = re.findall(
        r"^(?<!@cached_property\n)    def ([a-z]\w+)", built["mycloud/data_ops/v1_1/client.py"], re.MULTILINE
    )
    public = [name for name in methods if name != "with_options"]
    assert re.findall(r"^### `([a-z]\w+)`$", page, re.MULTILINE) == public
    classes = [path for path in built if path.startswith("mycloud/data_ops/v1_1/models/") and "__init__" not in path]
    assert len(re.findall(r"^### `([A-Z]\w+)`$", page, re.MULTILINE)) == len(classes)


def test_an_operation_is_described_in_full(built: Mapping[str, str]) -> None:
    page = built["reference/data-flow-1.0.md"]
    section = page[page.index("### `update_data_flow_service`") : page.index("## Models")]
    assert "`PUT /v1/data-flow-services/{data_flow_service_id}`" in section
    assert "supported until 2026-07-01." in section
    assert "| `data_flow_service_id` | string | yes |  | `data_flow_service_id` |" in section
    assert "- `PermissionDeniedError` 403 Forbidden" in section
    assert "from mycloud.data_flow.v1_0 import AsyncDataFlow, DataFlow" in page
    assert "Source: " in section


def test_what_was_left_out_is_listed() -> None:
    document = hostile(["plain"], "name")
    document["paths"]["/other"] = {"get": {"operationId": "update", "responses": {"200": {"description": "ok"}}}}
    document["paths"]["/other"]["get"]["parameters"] = [{"name": "a b", "in": "header", "schema": {"type": "string"}}]
    document["paths"]["/other"]["get"]["operationId"] = "other"
    texts = build({"a.json": json.dumps(document).encode()}, skip_invalid=True).texts
    assert "## Left out" in texts["README.md"]
    assert "other" not in texts["mycloud/__init__.py"]


def test_a_package_that_signs_nothing_speaks_of_no_credentials() -> None:
    document = hostile(["plain"], "name")
    del document["security"], document["components"]["securitySchemes"], document["servers"]
    readme = build({"a.json": json.dumps(document).encode()}).texts["README.md"]
    assert "redential" not in programs(readme)[0]
    assert "SECRET" not in readme
    assert 'base_url="https://api.example.com"' in readme
    assert "Bearer" not in readme
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"]["401"] = {"description": "who are you?"}
    readme = build({"a.json": json.dumps(document).encode()}).texts["README.md"]
    assert 'known = client.with_options(headers={"Authorization": "Bearer ..."})' in readme


def test_a_get_is_shown_without_the_body_that_it_may_have() -> None:
    document = hostile(["plain"], "name")
    for path in document["paths"].values():
        operation = path.popitem()[1]
        path["get"] = {**operation, "requestBody": {"content": {"application/x-www-form-urlencoded": {}}}}
    assert "body=" not in "".join(programs(build({"a.json": json.dumps(document).encode()}).texts["README.md"]))


def test_programs_need_no_address_where_operations_have_servers_of_their_own() -> None:
    document = hostile(["plain"], "name")
    variables = {"region": {"default": "{region}", "enum": ["eu", "us"]}}
    for path in document["paths"].values():
        path["servers"] = [{"url": "https://{region}.example.org", "variables": variables}]
    del document["servers"]
    readme = build({"a.json": json.dumps(document).encode()}).texts["README.md"]
    assert "api.example.com" not in readme
    assert '(region="eu")' in programs(readme)[0]


def test_the_program_of_the_readme_is_a_short_one_that_the_model_takes() -> None:
    put = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}]}
    fields = {
        "price": {"type": "string", "format": "decimal", "pattern": r"^-?\d{0,6}(?:\.\d{0,2})?$"},
        "code": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{3}$"},
        "name": {"type": "string", "pattern": "^[a-z]+$"},
        "kind": {"type": "string"},
    }
    component = {"type": "object", "properties": fields, "required": ["price", "code", "name"]}
    book = {"schema": {"$ref": "#/components/schemas/Book"}}
    long = {"operationId": "replaceBook", "requestBody": {"content": {"application/json": book}, "required": True}}
    long["responses"] = {"200": {"description": "ok", "content": {"application/json": book}}}
    patched = {"schema": {"$ref": "#/components/schemas/Patch"}}
    short = {**long, "operationId": "patchBook"}
    short["requestBody"] = {"content": {"application/json": patched}, "required": True}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1"},
        "paths": {"/books/{id}": {**put, "put": long}, "/prints/{id}": {**put, "patch": short}},
        "components": {"schemas": {"Book": component, "Patch": {**component, "required": ["code", "name"]}}},
    }
    program = programs(build({"a.json": json.dumps(document).encode()}).texts["README.md"])[0]
    assert re.findall(r"client\.(\w+)\(", program) == ["patch_book"]
    (price,) = re.findall(r'price="(.*?)"', program)
    (code,) = re.findall(r'code="(.*?)"', program)
    assert (price, re.sub("[0-9]", "1", re.sub("[A-Z]", "A", code))) == ("1.50", "AAA-111")
    assert 'name="example"' in program


HOSTILE = (
    "</script><script>alert(1)</script>", "`", "```\n</script>", "a|b\n|---|\n|c|", "](javascript:alert(1)) [a](b",
    "![x](https://evil.example/x.png)", "# a\n## b", "- a\n- b", "1. a\n2. b", "> a", "---\n===", "a\n---", "<!-- a",
    "<https://evil.example>", "[a]: https://evil.example", "    a\n\tb", "\u202e\u2066", "\\", "{{ view }} {% x %}",
    '"""\n```python\n', "a\u2028# b\x85- c", "www.evil.example", "&lt;b&gt;",
)  # fmt: skip
# What names may hold: no control, no bidirectional and no zero-width character.
HOSTILE_NAME = "`|]<b>(javascript:x)&#"


def hostile(texts: Sequence[str], name: str) -> dict[str, Any]:
    """Make a document with texts in every place of a text, and a name in every place of a name that is free.

    There is an operation with its models for each text; the places that a document has once hold all of them.
    """
    whole = " ".join(texts)
    places = {"place": {"default": "a", "enum": ["a"], "description": whole, "x-required": True}}
    parts = [_operation(number, text, name) for number, text in enumerate(texts)]
    return {
        "openapi": "3.1.0",
        "info": {"title": whole, "version": "1.0", "description": whole, "x-service": "thing"},
        "servers": [{"url": "https://{place}.example.com", "description": whole, "variables": places}],
        "security": [{"Key": []}],
        "paths": {f"/things{number}/{{thing_id}}": {"put": part} for number, part in enumerate(parts)},
        "components": {
            "schemas": {
                key: schema for number, text in enumerate(texts) for key, schema in _schemas(number, text, name).items()
            },
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    }


def _values(text: str) -> dict[str, Any]:
    value = "".join(char if char.isprintable() else " " for char in text)  # values of an enum are names as well
    return {"type": "string", "description": text, "default": text, "enum": [value, "other"]}


def _operation(number: int, text: str, name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/Thing{number}"}}}
    example = {"example": {name: text, "free": {"a": text}}}
    language = {"name": "Accept-Language", "in": "header", "description": text, "schema": _values(text)}
    return {
        "operationId": f"update{number}",
        "summary": text,
        "description": f"more {text}",
        "x-api-version": text,
        "x-api-status": text,
        "x-source": {"page": text},
        "parameters": [
            {"name": "thing_id", "in": "path", "required": True, "schema": _values(text), "example": text},
            {"name": name, "in": "query", "description": text, "schema": {**_values(text), "pattern": text}},
            *([{**language, "x-client-option": "language"}] if number == 0 else []),
        ],
        "requestBody": {"required": True, "content": {"application/json": {**content["application/json"], **example}}},
        "responses": {"200": {"description": text, "content": content}, "404": {"description": text}},
    }


def _schemas(number: int, text: str, name: str) -> dict[str, Any]:
    properties = {
        name: {"type": "string", "description": text},
        "free": {"type": "object", "description": text},
        "kind": {"$ref": f"#/components/schemas/Kind{number}"},
        "list": {"type": "array", "items": {"type": "string", "pattern": text}, "description": text},
    }
    thing = {"type": "object", "description": text, "required": [name, "free"], "properties": properties}
    return {f"Thing{number}": thing, f"Kind{number}": _values(text)}


def pages_of(document: Mapping[str, Any]) -> dict[str, str]:
    texts = build({"a.json": json.dumps(document).encode()}).texts
    return {path: text for path, text in texts.items() if path.endswith(".md")}


def blocks(text: str) -> list[tuple[str, str]]:
    return [(token.type, token.tag) for token in PARSER.parse(text)]


def inline(text: str) -> Iterator[Token]:
    for token in PARSER.parse(text):
        yield from token.children or ()


def test_no_document_changes_the_structure_of_a_page() -> None:
    pages = pages_of(hostile(HOSTILE, HOSTILE_NAME))
    benign = pages_of(hostile(["x"] * len(HOSTILE), "harmless"))
    assert pages.keys() == benign.keys()
    for path, page in pages.items():
        assert blocks(page) == blocks(benign[path]), path
        found = list(inline(page))
        assert not [token for token in found if token.type in ("html_inline", "image", "hardbreak")], path
        targets = [token.attrGet("href") for token in found if token.type == "link_open"]
        assert targets == [token.attrGet("href") for token in inline(benign[path]) if token.type == "link_open"], path
        assert all(char.isprintable() or char == "\n" for char in page), path


def test_the_hostile_texts_are_still_read() -> None:
    page = pages_of(hostile(["<b>|`#"], "n"))["reference/thing-1.0.md"]
    texts = [
        "".join("\n" if child.type == "softbreak" else child.content for child in token.children or ())
        for token in PARSER.parse(page)
    ]
    assert "<b>|`# 1.0" in texts
    assert "Returns: Thing0 (200 <b>|`#, application/json)" in texts


BODIES = [
    # Media type, what the reference and the docstring call it, and the example that is shown.
    ("application/x-www-form-urlencoded", "mapping of form fields", 'body={"name": "value"}'),
    ("multipart/form-data", "mapping of form fields, a file as (name, bytes)", 'body={"file": ("name.txt", b"...")}'),
    ("application/octet-stream", "bytes, text, a path, an open file or a stream", 'body=b"..."'),
]


@pytest.mark.parametrize(("media_type", "words", "example"), BODIES)
def test_a_body_without_a_model_is_described_as_it_is_given(media_type: str, words: str, example: str) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            "/send": {
                "post": {
                    "operationId": "send",
                    "requestBody": {"content": {media_type: {"schema": {"type": "object"}}}},
                    "responses": {"204": {"description": "sent"}},
                }
            }
        },
    }
    texts = build({"shop.json": json.dumps(document).encode()}).texts
    assert f"body: the request body, {media_type}: {words}." in texts["mycloud/shop/v1/client.py"]
    page = texts["reference/shop-1.md"]
    assert f"client.send({example})" in page
    assert f"| {words} | no |  | the body, `{media_type}` |" in page


def large(number: int) -> dict[str, Any]:
    """Make a document with so many lists of users, each of its own model, and as many of teams."""

    def listed(kind: str, at: int) -> dict[str, Any]:
        schema = {"type": "array", "items": {"$ref": f"#/components/schemas/{kind.capitalize()}{at}"}}
        answer = {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}
        return {"get": {"operationId": f"list{kind.capitalize()}s{at}", "responses": answer}}

    kinds = ("user", "team")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example.com", "variables": {}}],
        "paths": {f"/{kind}s/list{at}": listed(kind, at) for kind in kinds for at in range(number)},
        "components": {
            "schemas": {
                f"{kind.capitalize()}{at}": {
                    "type": "object",
                    "properties": {"a": {"$ref": "#/components/schemas/Team0"}},
                }
                for kind in kinds
                for at in range(number)
            }
        },
    }


def test_a_large_reference_is_divided_by_groups_and_letters() -> None:
    texts = build({"a.json": json.dumps(large(90)).encode()}).texts
    pages = {path.removeprefix("reference/"): text for path, text in texts.items() if path.startswith("reference/")}
    assert sorted(pages) == [
        "guide.md", "index.md", "shop-1-models-t-2.md", "shop-1-models-t.md", "shop-1-models-u-2.md",
        "shop-1-models-u.md", "shop-1-operations-teams.md", "shop-1-operations-users.md", "shop-1.md",
    ]  # fmt: skip
    assert "| [`client.users`](shop-1-operations-users.md) | 90 operations |" in pages["shop-1.md"]
    assert "| [Models T 2](shop-1-models-t-2.md) | 10 models |" in pages["shop-1.md"]
    assert "Address: `https://shop.example.com`" in pages["shop-1.md"]
    assert "## Operations" not in pages["shop-1.md"]
    users = pages["shop-1-operations-users.md"]
    assert users.startswith("# `client.users`\n\n[Shop 1](shop-1.md)\n")
    assert "| [`list_users0`](#list_users0) | `GET /users/list0` | List users0. |" in users
    assert "Returns: array of [`User7`](shop-1-models-u.md#user7) (200 ok, `application/json`)" in users
    assert "| `a` | [`Team0`](#team0) |" in pages["shop-1-models-t.md"]
    assert "| `a` | [`Team0`](shop-1-models-t.md#team0) |" in pages["shop-1-models-u.md"]
    test_every_link_of_the_pages_leads_somewhere(texts)
    site = yaml.safe_load(texts["mkdocs.yml"])
    assert [name for entry in site["nav"][2]["Shop 1"] for name in entry] == [
        *("Overview", "teams", "users", "Models T", "Models T 2", "Models U", "Models U 2"),
    ]


def test_a_reference_of_usual_size_is_one_page() -> None:
    texts = build({"a.json": json.dumps(large(60)).encode()}).texts
    assert [path for path in texts if path.startswith("reference/shop")] == ["reference/shop-1.md"]


MEDIA = [
    # What a success holds, what the reference says it gives, and how it is read as it arrives.
    ({"application/json": {"schema": {"type": "string"}}}, "string (200 ok, `application/json`)", ""),
    ({"text/csv": {}}, "`str` (200 ok, `text/csv`)", ""),
    (
        {"application/pdf": {}},
        "`bytes` (200 ok, `application/pdf`)",
        "`to_file(path)` or `iter_bytes()` of `application/pdf` to a file or in pieces",
    ),
    (
        {"application/json": {}, "text/event-stream": {"itemSchema": {"type": "string"}}},
        "any JSON value (200 ok, `application/json`), or a stream of string (200 ok, `text/event-stream`)",
        "`iter_events()` of `text/event-stream`, each string",
    ),
    (
        {"application/x-ndjson": {"schema": {"type": "integer"}}},
        "`bytes`, all of a stream of integer (200 ok, `application/x-ndjson`)",
        "`iter_json()` of `application/x-ndjson`, each integer",
    ),
]


@pytest.mark.parametrize(("content", "returns", "arriving"), MEDIA, ids=lambda value: str(value)[:30])
def test_media_types_and_the_ways_to_read_them_are_told(content: dict[str, Any], returns: str, arriving: str) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            "/a": {"get": {"operationId": "readIt", "responses": {"200": {"description": "ok", "content": content}}}}
        },
    }
    page = build({"shop.json": json.dumps(document).encode()}).texts["reference/shop-1.md"]
    told = re.findall(r"^(?:Returns|As it arrives): (.*)$", page, re.MULTILINE)
    streaming = f"`client.with_streaming_response.read_it(…)`: {arriving}"
    assert told == [returns, *([streaming] if arriving else [])]


def test_other_media_types_of_a_body_are_told() -> None:
    content = {"application/json": {"schema": {"type": "object"}}, "text/csv": {}, "application/xml": {}}
    operation = {
        "operationId": "send",
        "requestBody": {"content": content},
        "responses": {"204": {"description": "sent"}},
    }
    document = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/a": {"post": operation}}}
    page = build({"shop.json": json.dumps(document).encode()}).texts["reference/shop-1.md"]
    assert "| the body, `application/json`; also `text/csv` or `application/xml`: `content_type` chooses |" in page
