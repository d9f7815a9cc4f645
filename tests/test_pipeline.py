"""The pipeline: documents together in one distribution, what is refused or left out, and that bytes are the same."""

from __future__ import annotations

import importlib
import io
import os
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.pipeline import Settings, Source, build
from apiscribe.plan.pyproject import Distribution

from .generation import PACKAGE, built, imported, templates, warnings

OPERATION = "{/a: {get: {operationId: Get, responses: {200: {description: a}}}}}"


def document(title: str = "Shop", version: str = "1", paths: str = OPERATION, rest: str = "") -> str:
    return f"openapi: 3.1.0\ninfo: {{title: '{title}', version: '{version}'}}\npaths: {paths}\n{rest}"


def signed(key: str, recipe: str = "keyed", title: str = "Shop") -> str:
    steps = f"[{{name: signature, parts: ['{{method | hmac(sha256, credential.{key}) | base64}}']}}]"
    signing = (
        f"{{language: 1, name: {recipe}, credentials: {{{key}: {{secret: true}}}}, steps: {steps}, "
        "emit: {headers: {X-Signature: '{signature}'}}}"
    )
    scheme = f"{{type: apiKey, in: header, name: X-Signature, x-signing: {signing}}}"
    return document(title, rest=f"security: [{{Key: []}}]\ncomponents: {{securitySchemes: {{Key: {scheme}}}}}\n")


def test_warnings_are_kept_and_refuse_the_document_when_strict() -> None:
    text = document(rest="components: {schemas: {A: {type: string, format: odd}}}\n")
    (line,) = warnings(built(text).diagnostics)
    told = "a.yaml:4: /components/schemas/A/format: the format 'odd' is unknown; the type alone counts"
    assert line == f"warning: {told}"
    with pytest.raises(ApiscribeError, match=f"^error: {re.escape(told)}$"):
        built(text, strict=True)
    assert built(document(), strict=True).diagnostics == ()


BROKEN = """\
{/good: {get: {operationId: Good, responses: {200: {description: a}}}},
 '/bad/{id}': {get: {operationId: Bad, responses: {200: {description: a}}}},
 /named: {get: {operationId: Named, x-python-name: no name, responses: {200: {description: a}}}},
 /uses: {get: {operationId: Uses, responses: {200: {$ref: '#/components/responses/Bad'}}}}}"""
BAD_SCHEMA = """\
components:
  schemas: {Bad: {minimum: x}}
  responses: {Bad: {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/Bad'}}}}}
"""


def test_operations_that_cannot_be_used_refuse_the_document_or_are_left_out_and_listed() -> None:
    text = document(paths=BROKEN, rest=BAD_SCHEMA)
    with pytest.raises(ApiscribeError, match="the path's variable 'id' has no parameter"):
        built(text)
    result = built(text, skip_invalid=True)
    operations = result.texts[f"{PACKAGE}/shop/v1/_operations.py"]
    assert 'id="Good"' in operations
    assert not any(f'id="{name}"' in operations for name in ("Bad", "Named", "Uses"))
    said = [(item.origin.pointer, item.message) for item in result.diagnostics if item.rule == "skip-invalid"]
    assert [pointer for pointer, _ in said] == [
        "/paths/~1bad~1{id}/get", "/paths/~1uses/get", "/components/schemas/Bad/minimum", "/paths/~1named/get",
    ]  # fmt: skip
    assert all(message.startswith("left out: ") for _, message in said)
    assert "has no parameter with 'in: path'" in said[0][1]
    assert "refused elsewhere" in said[1][1]
    readme = result.texts["README.md"]
    assert "## Left out" in readme
    listed = [line for line in readme.split("\n") if line.startswith("- `")]
    assert [line.split("`")[1] for line in listed] == [
        "GET /bad/{id}", "GET /uses", "/components/schemas/Bad/minimum", "GET /named",
    ]  # fmt: skip


def test_a_refusal_tells_of_skip_invalid_where_that_helps() -> None:
    bad = "{'/bad/{id}': {get: {operationId: Bad, responses: {200: {description: a}}}}}"
    for text, helps in (
        (document(paths=BROKEN, rest=BAD_SCHEMA), True),
        (document(paths=bad), False),  # nothing would be left
        (document(paths=BROKEN, rest=BAD_SCHEMA + "servers: [{url: 'ftp://a'}]\n"), False),
    ):
        with pytest.raises(ApiscribeError) as caught:
            built(text)
        assert [line.startswith("hint: ") and "--skip-invalid" in line for line in caught.value.lines()][-1] == helps


def test_a_document_that_is_wrong_as_a_whole_is_refused_even_so() -> None:
    with pytest.raises(ApiscribeError, match="ftp"):
        built(document(rest="servers: [{url: 'ftp://a'}]\n"), skip_invalid=True)
    with pytest.raises(ApiscribeError, match="no name"):
        built(document().replace("version:", "x-environment-prefix: a b, version:"), skip_invalid=True)


def test_versions_stand_side_by_side_and_the_newest_is_on_top(tmp_path: Path) -> None:
    texts = built(document(version="1.9"), document(version="1.10"), document("Other")).texts
    assert f"{PACKAGE}/shop/v1_9/client.py" in texts
    with imported(texts, tmp_path) as root:
        assert root.Shop.__module__ == f"{PACKAGE}.shop.v1_10.client"
        assert root.AsyncOther.__module__ == f"{PACKAGE}.other.v1.async_client"
        assert {"Shop", "AsyncShop", "Other", "AsyncOther"} <= set(dir(root))
        assert root.shop.models.__name__ == f"{PACKAGE}.shop.v1_10.models"
        assert "models" not in dir(root)  # of two services neither is meant


def test_models_are_found_where_no_version_is_named(tmp_path: Path) -> None:
    texts = built(document(version="1.9"), document(version="1.10")).texts
    with imported(texts, tmp_path) as root:
        assert root.models is root.shop.models
        assert root.models.__name__ == f"{PACKAGE}.shop.v1_10.models"
    with imported(built(document("Models")).texts, tmp_path / "other") as root:
        assert "models" not in dir(root)  # a service is called so
        assert importlib.import_module(f"{PACKAGE}.models").models.__name__ == f"{PACKAGE}.models.v1.models"


def test_the_newest_of_versions_that_are_times_is_on_top(tmp_path: Path) -> None:
    earlier, later = "Wed Oct 15 2025 13:51:00 GMT", "Mon Nov 03 2025 10:00:00 GMT"
    with imported(built(document(version=later), document(version=earlier)).texts, tmp_path) as root:
        assert root.Shop.__module__ == f"{PACKAGE}.shop.v2025_11_03.client"


def test_a_version_with_the_name_of_a_module_imports(tmp_path: Path) -> None:
    with imported(built(document(version="venv"), document(version="venv", title="Other")).texts, tmp_path) as root:
        assert root.Shop.__module__ == f"{PACKAGE}.shop.venv_.client"


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (("Shop", "1"), ("shop", "1"), "shop 1 is described by a.yaml as well"),
        (("Shop", "1.0"), ("Shop", "1-0"), "Shop 1-0 is described by a.yaml as well"),
        (("Shop", "1.0+a"), ("Shop", "1.0+b"), r"a.yaml as well, whose version 1.0\+a has the same module: leave one"),
        (("Foo 2", "1"), ("Foo2", "1"), "Foo2 and Foo 2 would both give Foo2"),
        (("Foo", "1"), ("Async Foo", "1"), "Async Foo and Foo would both give AsyncFoo"),
    ],
)
def test_documents_that_would_share_a_place_are_refused(
    first: tuple[str, str], second: tuple[str, str], message: str
) -> None:
    with pytest.raises(ApiscribeError, match=message) as caught:
        built(document(*first), document(*second))
    assert caught.value.diagnostics[0].origin.file == "b.yaml"


def test_documents_share_a_recipe_and_must_not_contradict_each_other_in_it() -> None:
    texts = built(signed("secret_key"), signed("secret_key", title="Other")).texts
    assert texts[f"{PACKAGE}/_signing.py"].count("def sign_") == 1
    with pytest.raises(ApiscribeError, match="two recipes are named keyed and differ"):
        built(signed("secret_key"), signed("other_key", title="Other"))
    texts = built(signed("secret_key"), signed("other_key", "second", "Other")).texts
    assert texts[f"{PACKAGE}/_signing.py"].count("def sign_") == 2


@pytest.mark.parametrize(
    "title", ["class", "json", "JSON", "extensions", "Secret", "Unset", "Client Options", "값", "1", "_"]
)
def test_services_of_any_name_import(title: str, tmp_path: Path) -> None:
    with imported(built(document(title, "x" * 300)).texts, tmp_path) as root:
        (client,) = [name for name in root.__all__ if name.startswith("Async") and name != "AsyncClient"]
        assert getattr(root, client.removeprefix("Async")).service.title == title
        assert root.Secret.__module__ == f"{PACKAGE}._runtime.secret"


def test_names_that_meet_are_told_apart_and_reported(tmp_path: Path) -> None:
    ok = "responses: {200: {description: a}}"
    variables = "{trust_env: {default: a}, language: {default: b}}"
    servers = f"servers: [{{url: 'https://{{trust_env}}.{{language}}.x', variables: {variables}}}]\n"
    option = "{name: X-Language, in: header, x-client-option: language, schema: {type: string}}"
    paths = (
        f"{{/a: {{get: {{operationId: getThing, {ok}, parameters: [{option}]}}, "
        f"put: {{operationId: get_thing, {ok}}}, "
        f"post: {{operationId: close, {ok}, parameters: [{{name: self, in: query, schema: {{}}}}, "
        "{name: timeout, in: query, schema: {}}, {name: a-b, in: query, schema: {}}, "
        "{name: a_b, in: header, schema: {}}]}, "
        f"delete: {{operationId: 'Thing iterator', {ok}}}, "
        "head: {operationId: Thing, x-pagination: {page: p, items: i}, parameters: [{name: p, in: query, schema: {}}], "
        f"{ok}}}}}}}"
    )
    result = built(document(paths=paths, rest=servers))
    assert len([item for item in result.diagnostics if item.rule == "name"]) == 3
    with imported(result.texts, tmp_path) as root:
        operations = sys.modules[root.Shop.__module__.replace("client", "_operations")]
        ids = {item.id: item.name for item in vars(operations).values() if type(item).__name__ == "Operation"}
        assert ids == {
            "get_thing": "get_thing", "getThing": "get_thing_get", "close": "close_", "Thing": "thing",
            "Thing iterator": "thing_iterator",
        }  # fmt: skip
        assert [item.argument for item in operations.close_.parameters] == ["self_", "timeout_", "query_a_b", "a_b"]
        root.Shop(trust_env=False, trust_env_="x", server_language="y", language="z").close()


SEEDED = """
import hashlib, json, sys
from pathlib import Path
from apiscribe.location import read_templates
from apiscribe.pipeline import Settings, Source, Templates, build
from apiscribe.plan.pyproject import Distribution
texts, runtime, stubs = read_templates()
sources = [Source(path=name, data=Path(name).read_bytes()) for name in sys.argv[1:]]
templates = Templates(texts=texts, runtime=runtime, stubs=stubs)
built = build(sources, Settings(distribution=Distribution(package="p")), templates)
print(hashlib.sha256(json.dumps(dict(built.texts)).encode()).hexdigest())
"""


def test_the_same_documents_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    members = ", ".join(f"{{$ref: '#/components/schemas/{word}'}}" for word in words)
    schemas = "".join(
        f"    {word}: {{properties: {{next: {{anyOf: [{members}]}}, {word}: {{enum: [a, {word}]}}}}}}\n"
        for word in words
    )
    content = f"content: {{application/json: {{schema: {{anyOf: [{members}]}}}}}}"
    paths = f"{{/a: {{get: {{operationId: Get, responses: {{200: {{description: a, {content}}}}}}}}}}}"
    text = document(
        paths=paths, rest=f"components:\n  schemas:\n{schemas}    List: {{type: array, items: {members}}}\n"
    )
    text = text.replace(f"items: {members}", "items: {$ref: '#/components/schemas/alpha'}")
    found = set()
    for seed, folder in (("0", "."), ("1", "x"), ("4242", "x/y")):
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "a.yaml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", SEEDED, str(place / "a.yaml")]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_generated_files_keep_the_order_of_the_document() -> None:
    names = ["Zebra", "Apple", "Mango"]
    paths = ", ".join(
        f"/{name}: {{get: {{operationId: {name}, responses: {{200: {{description: a}}}}}}}}" for name in names
    )
    client = built(document(paths=f"{{{paths}}}")).texts[f"{PACKAGE}/shop/v1/client.py"]
    places = [client.index(f"    def {name.lower()}(") for name in names]
    assert places == sorted(places)


def test_source_code_is_ascii_but_for_texts() -> None:
    text = document(
        "값 Shop", paths="{/a: {get: {operationId: 얻기, summary: 하나, responses: {200: {description: 좋다}}}}}"
    )
    for path, program in built(text).texts.items():
        assert path.isascii()
        if path.endswith(".py"):
            tokens = tokenize.generate_tokens(io.StringIO(program).readline)
            # From Python 3.12 on, the text of an f-string is a token of its own.
            outside = [item for item in tokens if tokenize.tok_name[item.type] not in ("STRING", "FSTRING_MIDDLE")]
            assert [item.string for item in outside if not item.string.isascii()] == [], path


def test_without_a_reader_other_files_are_refused() -> None:
    text = document(rest="components: {schemas: {A: {$ref: 'b.yaml#/B'}}}\n")
    settings = Settings(distribution=Distribution(package=PACKAGE))
    with pytest.raises(ApiscribeError, match="another file"):
        build((Source(path="a.yaml", data=text.encode()),), settings, templates())
