"""The command `sign` with every recipe of the library: steps are shown, no secret is, its own signature is equal."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from apiscribe.cli import main
from apiscribe.signing import library
from apiscribe.signing.anatomy import Secrecy, secrecy, signature_of

from .signing_room import recorded_steps, signed_of, signer, vector_of
from .test_signing_library import CASES, case_id

# Their signatures are made anew every time, so none is ever equal.
RANDOM = ("rfc9421-ecdsa-p256-sha256", "rfc9421-rsa-pss-sha512")


def said(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["sign", *arguments])
    out, err = capsys.readouterr()
    return ended.value.code, out, err


@pytest.fixture
def given(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the arguments that sign the request of a vector, its secrets in the environment."""
    recipe, vector = library.recipe(folder.parent.name), vector_of(folder)
    spec = tmp_path / "recipe.json"
    spec.write_text(json.dumps(recipe.to_data()))
    (tmp_path / "body").write_bytes(vector.octets)
    made = ["--spec", str(spec), "--timestamp", str(vector.timestamp), "--body", f"@{tmp_path / 'body'}"]
    for name, value in vector.credentials.items():
        monkeypatch.setenv(f"GIVEN_{name}", value)
        made += ["--credential", f"{name}=@env:GIVEN_{name}"]
    for name, value in vector.headers.items():
        made += ["--header", f"{name}: {value}"]
    for name, value in vector.options.items():
        made += ["--option", f"{name}={value}"]
    return [*made, *(["--nonce", vector.nonce] if vector.nonce else []), vector.method, vector.url]


@pytest.mark.parametrize("folder", CASES, ids=case_id)
def test_each_step_is_shown_and_no_secret_is(
    folder: Path, given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    recipe, vector = library.recipe(folder.parent.name), vector_of(folder)
    code, text, errors = said(capsys, ["--explain", *given])
    code_of_json, data, _ = said(capsys, ["--explain", "--json", *given])
    assert (code, code_of_json, errors) == (0, 0, "")
    signed, steps = signed_of(recipe, vector, signer(recipe, explain=True))
    shown = json.loads(data)["steps"]
    assert [step["name"] for step in shown] == [name for name, _ in steps]
    assert [step["bytes"] for step in shown if step["name"] in recorded_steps(recipe)] == [
        len(value) for name, value in steps if name in recorded_steps(recipe)
    ]
    hidden = {
        vector.credentials[field.name]
        for field in recipe.credentials
        if field.secret and field.name in vector.credentials
    }
    hidden |= {quote(secret, safe="") for secret in hidden}
    told, _ = secrecy(recipe)
    derived = [
        value if isinstance(value, bytes) else value.encode() for name, value in steps if told[name] is Secrecy.WHOLE
    ]
    hidden |= {form for key in derived for form in (key.hex(), key.decode("latin-1"))}
    assert [secret for secret in hidden if secret and (secret in text or secret in data)] == []
    sent = {name for name, _ in signed.headers}
    assert sent <= {line.partition(":")[0] for line in text.splitlines()}


@pytest.mark.parametrize("folder", [case for case in CASES if case.parent.name not in RANDOM], ids=case_id)
def test_its_own_signature_is_equal(folder: Path, given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    recipe, vector = library.recipe(folder.parent.name), vector_of(folder)
    found = signature_of(recipe)
    # A signature without a key, as OVHcloud has one, is a plain hash and is compared as the header is sent.
    named = [
        item.name for item in recipe.steps for part in item.templates() if found and found.expression in part.pieces
    ]
    _, steps = signed_of(recipe, vector, signer(recipe, explain=True))
    value = dict(steps)[named[0] if named else "signature"]
    code, out, _ = said(capsys, ["--compare", value if isinstance(value, str) else value.decode(), *given])
    assert (code, out.splitlines()[-1]) == (0, "equal")
