"""The runtime's modules in a package: those that it can reach, and every import of them is there."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from apiscribe.plan.runtime_files import reached

from .generation import built, headed, imported, templates
from .signing_room import ROOT

PLAIN = headed("""
paths:
  /things:
    get: {operationId: listThings, responses: {'204': {description: done}}}
    post:
      operationId: createThing
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
      responses: {'204': {description: made}}
""")
OPTIONAL = {
    *("asymmetric", "canonical", "digest", "keyed", "oauth", "oauth_discovery", "oauth_login", "oauth_request"),
    *("streams", "verify", "waiter", "webhook"),
}
OAUTH = {"oauth", "oauth_discovery", "oauth_request"}
RECIPES = {"recipe_keys", "recipe_texts", "recipe_values", "recipe_verifier"}


def secured(**scheme: object) -> str:
    return f"{PLAIN}security: [{{S: []}}]\n{json.dumps({'components': {'securitySchemes': {'S': scheme}}})[1:-1]}\n"


def signed(part: str) -> str:
    recipe = {
        "language": 2,
        "name": "own",
        "credentials": {"key": {"secret": True}},
        "steps": [{"name": "signature", "parts": [part]}],
        "emit": {"headers": {"X-Signature": "{signature}"}},
    }
    return secured(type="apiKey", name="X-Signature", **{"in": "header", "x-signing": recipe})


HMAC = "{method | hmac(sha256, credential.key) | hex}"
PRIVATE = "{method | sign(ed25519, credential.key) | base64}"
FLOW = {"tokenUrl": "https://a.example.com/token", "scopes": {}}
CODE = {**FLOW, "authorizationUrl": "https://a.example.com/authorize"}
WEBHOOK = PLAIN + (
    "webhooks: {made: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, "
    "responses: {'204': {description: taken}}}}}\n"
)
WAITER = headed("""
paths:
  /jobs/{id}:
    get:
      operationId: getJob
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      x-waiter: {field: state, success: [done], failure: [failed]}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}}
components: {schemas: {Job: {type: object, properties: {state: {type: string}}}}}
""")
STREAMS = (ROOT / "tests" / "cases" / "streams" / "openapi.yaml").read_text("utf-8")
# What documents say, which of the optional modules their packages have, and which of the recipes' stubs.
FEATURES: dict[str, tuple[str, set[str], set[str]]] = {
    "with_nothing": (PLAIN, set(), set()),
    "with_key": (secured(type="apiKey", name="X-Key", **{"in": "header"}), {"verify"}, RECIPES),
    "with_digest": (secured(type="http", scheme="digest"), {"digest"}, RECIPES),
    "with_token": (secured(type="oauth2", flows={"clientCredentials": FLOW}), OAUTH, RECIPES),
    "with_login": (secured(type="oauth2", flows={"authorizationCode": CODE}), OAUTH | {"oauth_login"}, RECIPES),
    "with_hmac": (signed(HMAC), {"keyed", "verify"}, RECIPES),
    "with_private": (signed(PRIVATE), {"asymmetric", "verify"}, RECIPES),
    "with_webhook": (WEBHOOK, {"webhook"}, set()),
    "with_waiter": (WAITER, {"waiter"}, set()),
    "with_streams": (STREAMS, {"streams"}, set()),
}


CHECKED = ("with_nothing", "with_digest", "with_hmac", "with_streams")


@pytest.mark.parametrize("feature", FEATURES)
def test_a_package_has_the_modules_that_it_can_reach(feature: str, tmp_path: Path) -> None:
    document, optional, recipes = FEATURES[feature]
    texts = built(document, package=feature).texts
    held = {path.removesuffix(".py").rpartition("/")[2] for path in texts if "/_runtime/" in path}
    stubs = {Path(path).stem for path in texts if path.startswith("stubs/recipe_")}
    assert (held & OPTIONAL, stubs) == (optional, recipes)
    with imported(texts, tmp_path, feature) as package:
        for found in pkgutil.walk_packages(package.__path__, f"{feature}."):
            if not found.name.endswith("testing_pytest"):  # it needs pytest to be set up for it
                importlib.import_module(found.name)
        for name in package.__all__:
            getattr(package, name)


def test_type_checkers_find_every_module(tmp_path: Path) -> None:
    for feature in CHECKED:
        for path, text in built(FEATURES[feature][0], package=feature).texts.items():
            # Each has stubs of its own, and all are looked at in one run.
            own = tmp_path / path.replace("stubs/", f"{feature}_stubs/")
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(text, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir"]
    packages = [part for name in CHECKED for part in ("-p", name, "-p", f"{name}_stubs")]
    found = subprocess.run(
        [*command, str(ROOT / ".mypy_cache" / "consumer"), *packages],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (found.returncode, found.stderr, "no issues found" in found.stdout) == (0, "", True), found.stdout


@pytest.mark.parametrize("kind", ["runtime", "stubs"])
def test_what_a_module_imports_is_read_from_its_lines(kind: str) -> None:
    modules = templates().runtime if kind == "runtime" else templates().stubs
    for name, text in modules.items():
        imports = {
            f"{node.module}.py"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom) and node.level == 1
        }
        direct = {one for one in modules if one in imports}
        assert imports == direct
        assert direct <= reached(modules, [name.removesuffix(".py")]).keys()
