"""Security schemes of documents to a package: whose credentials it asks for, and what its README says of them."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apiscribe.errors import ApiscribeError, line_of
from apiscribe.location import read_templates
from apiscribe.pipeline import Built, Settings, Source, Templates, build
from apiscribe.plan.pyproject import Distribution

from .generation import imported
from .loopback import Answer, Received, json_answer, loopback, loopback_function
from .security_documents import SHOP, ZOO
from .test_stubs import generate, run_stubs

DOCUMENT = """\
openapi: 3.1.0
info: {{title: {title}, version: "1"}}
paths:
  /a: {{get: {{operationId: a, security: [{{{first}: []}}], responses: {{"200": {{description: ok}}}}}}}}
  /b: {{get: {{operationId: b, security: [{{{second}: []}}], responses: {{"200": {{description: ok}}}}}}}}
  /c: {{get: {{operationId: c, security: [{{{second}: []}}], responses: {{"200": {{description: ok}}}}}}}}
components:
  securitySchemes:
    Key: {{type: apiKey, in: header, name: X-Key}}
    AppKey: {{type: apiKey, in: header, name: X-App}}
    app-key: {{type: apiKey, in: header, name: X-Other}}
    User: {{type: http, scheme: basic}}
    Odd: {{type: http, scheme: Negotiate}}
    Admin: {{type: http, scheme: basic}}
"""


def built(*documents: str) -> Built:
    texts, runtime, stubs = read_templates()
    sources = [Source(path=f"{number}.yaml", data=text.encode()) for number, text in enumerate(documents)]
    settings = Settings(distribution=Distribution(package="shop", version="1.0.0", python="3.11"))
    return build(sources, settings, Templates(texts=texts, runtime=runtime, stubs=stubs))


def document(title: str, first: str, second: str) -> str:
    return DOCUMENT.format(title=title, first=first, second=second)


def credentials(made: Built) -> list[str]:
    return re.findall(r'CredentialField\(name="(\w+)"', made.texts["shop/_signing.py"])


def test_nobody_is_asked_for_credentials_that_are_never_sent() -> None:
    made = built(document("Shop", "Odd", "Key"))
    assert credentials(made) == ["api_key"]
    assert [line_of(found) for found in made.diagnostics] == [
        "warning: 0.yaml:13: /components/securitySchemes/Odd: requests of this scheme are not signed: "
        "a security scheme of type 'http Negotiate' is not supported without x-signing",
        "warning: 0.yaml:4: /paths/~1a/get: sent without Odd",
    ]
    assert "Sent without credentials." in made.texts["reference/shop-1.md"]


@pytest.mark.parametrize(
    ("schemes", "names"),
    [
        ([("Shop", "Key", "Key"), ("Zoo", "Key", "Key")], ["api_key"]),
        ([("Shop", "Key", "Key"), ("Zoo", "User", "User")], ["api_key", "username", "password"]),
        ([("Shop", "Key", "AppKey")], ["key", "app_key"]),
        ([("Shop", "User", "Admin")], ["user_username", "user_password", "admin_username", "admin_password"]),
        ([("Shop", "Key", "app-key"), ("Zoo", "User", "User")], ["key", "app_key", "username", "password"]),
    ],
)
def test_credentials_are_called_after_their_scheme_where_they_would_be_called_alike(
    schemes: list[tuple[str, str, str]], names: list[str]
) -> None:
    made = built(*(document(*item) for item in schemes))
    assert credentials(made) == names
    assert made.diagnostics == ()


def test_what_has_one_name_and_is_not_the_same_is_called_after_its_service() -> None:
    other = document("Zoo", "Key", "Key").replace("name: X-Key", "name: X-Zoo")
    assert credentials(built(document("Shop", "Key", "Key"), other)) == ["shop_key", "zoo_key"]
    alike = document("Shop", "AppKey", "app-key").replace("X-Other", "X-Third")
    one, two = credentials(built(alike))
    assert re.fullmatch(r"app_key_[0-9a-f]{8} app_key_[0-9a-f]{8}", f"{one} {two}")
    assert one != two


def test_a_credential_has_to_be_given_if_nobody_can_do_without() -> None:
    made = built(document("Shop", "Key", "Key")).texts["shop/_signing.py"]
    assert "def __init__(\n        self,\n        api_key: str | Secret,\n    )" in made
    made = built(document("Shop", "Key", "User")).texts["shop/_signing.py"]
    assert "api_key: str | Secret | None = None,\n        username: str | None = None," in made


def test_one_scheme_is_one_function_whatever_else_the_package_has() -> None:
    """A client that always signs in one way is told nothing of alternatives."""
    texts = built(document("Shop", "Key", "Key")).texts
    assert "signer=sign_key" in texts["shop/shop/v1/_operations.py"]
    assert "_security" not in texts["shop/shop/v1/_operations.py"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("secured"), SHOP, ZOO)


def test_the_stubs_of_every_combination(folder: Path) -> None:
    """They call each operation with the credentials of each alternative, and without any, with both clients."""
    code, printed = run_stubs(folder)
    assert code == 0, printed
    cases = (folder / "stubs" / "test_shop_v1.py").read_text()
    checks = re.findall(r"check_schemes\(\s*(\w+)_CASE,\s*flavor,\s*(.*?),?\s*\)\n", cases, re.DOTALL)
    assert dict(checks) == {
        "GET_EITHER": '(("Key",), ("User",)), raises=errors.CredentialsError',
        "SEND_BOTH": '(("Key", "App", "User"),), raises=errors.CredentialsError',
        "GET_SIGNED": '(("App", "Signed"),), raises=errors.CredentialsError',
        "GET_JAR": '(("Jar", "Tin"),), raises=errors.CredentialsError',
        "GET_MAYBE": '(("Login",),), anonymous=True',
        "GET_CLASH": '(("Key", "Login"), ("Key", "User")), raises=errors.CredentialsError',
    }


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("_runtime/security.py", "if alternative and all(", "if alternative and any("),
        ("_runtime/security.py", "if not operation.security or () in operation.security:", "if True:"),
        ("_runtime/security.py", "parts[0] if len(parts) == 1 else Together(parts)", "parts[0]"),
        ("_signing.py", '"X-Key"', '"X-Kez"'),
        ("shop/v1/_operations.py", '((), (("Login", ("read",)),))', '((("Login", ("read",)),),)'),
    ],
)
def test_the_stubs_notice_other_security(folder: Path, tmp_path: Path, path: str, old: str, new: str) -> None:
    broken = Path(shutil.copytree(folder, tmp_path / "broken"))
    text = (broken / "stubbed" / path).read_text()
    assert old in text
    (broken / "stubbed" / path).write_text(text.replace(old, new))
    code, printed = run_stubs(broken)
    assert code == 1, printed


def test_a_package_of_every_combination_is_strictly_typed(folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--cache-dir", os.devnull, "stubbed"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_cannot_be_sent_together_is_said_once() -> None:
    assert [line_of(found) for found in built(SHOP, ZOO).diagnostics] == [
        "warning: 0.yaml:38: /paths/~1clash/get: Login and User cannot be sent together, "
        "both are the header authorization: one of them is sent"
    ]


def test_a_scheme_that_is_not_there_is_refused_with_its_place() -> None:
    with pytest.raises(ApiscribeError) as caught:
        built(document("Shop", "Key", "Nobody"))
    assert [line_of(found) for found in caught.value.diagnostics] == [
        f"error: 0.yaml:{line}: /paths/~1{path}/get/security/0/Nobody: there is no security scheme 'Nobody'"
        for line, path in ((5, "b"), (6, "c"))
    ]


def test_a_readme_names_what_is_enough() -> None:
    readme = built(SHOP, ZOO).texts["README.md"]
    assert '`credentials=Credentials(shop_key="...")` or `credentials=Credentials(username=' in readme
    assert "| `username` of `credentials` | `SHOP_USERNAME` | `username` | for some calls |" in readme
    page = built(SHOP).texts["reference/shop-1.md"]
    for told in ("Needs key, or username with password.", "Takes token if there are any.", "Needs jar with tin."):
        assert told in page


def test_a_readme_speaks_of_signing_only_where_something_is_signed() -> None:
    readme = built(document("Shop", "User", "User")).texts["README.md"]
    assert "for blocking and for `async` programs.\n" in readme
    assert "request signed" not in readme
    assert "Every attempt is signed anew" not in readme


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(built(SHOP, ZOO).texts, tmp_path_factory.mktemp("imported"), "shop") as made:
        yield made


ALL = {
    "shop_key": "key-1", "app": "app 2", "jar": "jar-3", "tin": "tin-4", "username": "user", "password": "pass-5",
    "login": "token-6", "secret_key": "secret-7", "zoo_key": "token-8",
}  # fmt: skip
KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


def call(package: ModuleType, kind: str, client: str, method: str, **settings: Any) -> None:
    """Call one method of a client, without arguments."""
    if kind == "sync":
        with getattr(package, client)(**settings) as made:
            getattr(made, method)()
        return

    async def wait() -> None:
        async with getattr(package, f"Async{client}")(**settings) as made:
            await getattr(made, method)()

    asyncio.run(wait())


def called(package: ModuleType, kind: str, client: str, method: str, credentials: Any) -> Received:
    """Call one method of a client, and give the request as it arrived."""
    with loopback(Answer(204)) as server:
        call(package, kind, client, method, credentials=credentials, base_url=server.url)
        return server.received[0]


@KINDS
@pytest.mark.parametrize(
    ("method", "scheme", "needed"),
    [
        ("get_either", "shop-key", ["shop_key"]),
        ("send_both", "user", ["username", "password"]),
        ("send_both", "app", ["app"]),
        ("get_signed", "app", ["app"]),
        ("get_signed", "keyed", ["secret_key"]),
        ("get_jar", "jar", ["jar"]),
        ("get_jar", "tin", ["tin"]),
    ],
)
def test_each_scheme_of_a_request_is_verified_by_itself(
    package: ModuleType, kind: str, method: str, scheme: str, needed: list[str]
) -> None:
    testing = importlib.import_module("shop.testing")
    request = called(package, kind, "Shop", method, package.Credentials(**ALL))
    url = f"http://{request.header('Host')}{request.target}"
    known = {name: ALL[name] for name in needed}
    others = {name: text for name, text in ALL.items() if name not in known}
    wrong = {name: f"{text}-wrong" for name, text in known.items()}
    verdicts = [
        testing.verifier([package.Credentials(**given)], scheme=scheme).verify(
            request.method, url, request.headers, request.body
        )
        for given in (known, others, wrong)
    ]
    assert [bool(verdict) for verdict in verdicts] == [True, False, False]
    several = [package.Credentials(**given) for given in (wrong, others, known)]
    assert testing.verifier(several, scheme=scheme).verify(request.method, url, request.headers, request.body)


@KINDS
def test_every_client_asks_for_its_own_credentials(
    package: ModuleType, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_ZOO_KEY", "token-8")
    assert called(package, kind, "Zoo", "list_animals", None).header("Authorization") == "Bearer token-8"
    with pytest.raises(package.CredentialsError) as caught:  # by the call: there is something to do without credentials
        call(package, kind, "Shop", "get_either", base_url="https://shop.example.com")
    assert str(caught.value) == (
        "get_either: no credentials for it: give shop_key (SHOP_SHOP_KEY), "
        "or username (SHOP_USERNAME) with password (SHOP_PASSWORD)"
    )
    of_no_use = package.Credentials(shop_key="key-1")
    with pytest.raises(package.CredentialsError) as caught:
        call(package, kind, "Zoo", "list_animals", credentials=of_no_use, base_url="https://zoo.example.com")
    assert str(caught.value) == "credentials: nothing in them is of use here: give Credentials(zoo_key=…)"


@KINDS
def test_no_secret_is_shown(package: ModuleType, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """Not in representations, logs, hooks or the errors of a service that repeats whatever it was sent."""
    shown: list[str] = []
    credentials = package.Credentials(**ALL)

    def repeat(request: Received) -> Answer:
        texts = {"target": request.target, "headers": [list(pair) for pair in request.headers]}
        return json_answer(json.dumps(texts), 400)

    hooks = package.Hooks(request=lambda view: shown.append(repr(view)), response=lambda view: shown.append(repr(view)))
    with caplog.at_level("DEBUG"), loopback_function(repeat) as server:
        for method in ("get_either", "send_both", "get_signed", "get_jar", "get_maybe"):
            with pytest.raises(package.BadRequestError) as caught:
                call(package, kind, "Shop", method, credentials=credentials, base_url=server.url, hooks=hooks)
            error = caught.value
            shown += [str(error), repr(error), repr(error.body), repr(error.__dict__), repr(error.headers)]
        proofs = [request.header("X-Proof") for request in server.received if request.header("X-Proof")]
        pairs = [(request.header("Authorization") or "").split(" ")[-1] for request in server.received]
    assert len(proofs) == 1
    texts = [*shown, repr(credentials), *(record.getMessage() for record in caplog.records)]
    hidden = [*(text for name, text in ALL.items() if name != "username"), *proofs, *filter(None, pairs), "app%202"]
    assert len(server.received) == 5
    assert [secret for secret in hidden for text in texts if secret in text] == []
