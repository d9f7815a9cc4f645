"""Security schemes of documents to a package: whose credentials it asks for, and what its README says of them."""

from __future__ import annotations

import re

from apiscribe.errors import line_of
from apiscribe.location import read_templates
from apiscribe.pipeline import Built, Settings, Source, Templates, build
from apiscribe.plan.pyproject import Distribution

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
    Login: {{type: oauth2, flows: {{}}}}
    User: {{type: http, scheme: basic}}
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
    made = built(document("Shop", "Login", "Key"))
    assert credentials(made) == ["api_key"]
    assert [line_of(found) for found in made.diagnostics] == ["warning: 0.yaml:4: /paths/~1a/get: sent without Login"]
    assert "Sent without credentials." in made.texts["reference/shop-1.md"]


def test_credentials_of_several_schemes_are_named_after_them() -> None:
    made = built(document("Shop", "Key", "Key"), document("Zoo", "User", "User"))
    assert credentials(made) == ["key_api_key", "user_username", "user_password"]
    assert made.diagnostics == ()


def test_a_readme_speaks_of_signing_only_where_something_is_signed() -> None:
    readme = built(document("Shop", "User", "User")).texts["README.md"]
    assert "for blocking and for `async` programs.\n" in readme
    assert "request signed" not in readme
    assert "Every attempt is signed anew" not in readme
