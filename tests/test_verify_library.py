"""Verifying what every recipe of the library signs, with what a generated package brings."""

from __future__ import annotations

import base64
import importlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apiscribe.signing import Recipe, library

from .signing_room import Recorded, read, vector_of, wire_of
from .test_client_signing import make_package
from .test_signing_library import CHANGES, FOLDER, UNSIGNED, document, verifier_keys

NOW = 1_700_000_000.0
PUBLIC = {
    "cavage-rsa-sha256": "rsa-v1_5-sha256",
    "rfc9421-ecdsa-p256-sha256": "ecdsa-p256-sha256",
    "rfc9421-ed25519": "ed25519",
    "rfc9421-rsa-pss-sha512": "rsa-pss-sha512",
}
# What has neither a time nor a nonce cannot be too old, and is the same every time: all one can do is use TLS.
TIMELESS = ("cloudstack", "kraken")
NAMES = library.names()


def public_half(pem: str) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    key = load_pem_private_key(pem.encode(), None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(frozen=True)
class Room:
    """A package of one recipe, and the requests that are signed and verified with it."""

    name: str
    recipe: Recipe
    package: ModuleType

    @cached_property
    def testing(self) -> Any:
        return importlib.import_module(f"{self.package.__name__}.testing")

    @cached_property
    def vector(self) -> Recorded:
        return replace(vector_of(FOLDER / self.name / "post-body"), timestamp=int(NOW * 1000), nonce=None)

    def values(self, *, whole: bool = False, server: bool = False) -> dict[str, str]:
        """Give credentials: what has to be there or all there is, with public keys for a server."""
        values = {}
        for field in self.recipe.credentials:
            if field.optional and not whole:
                continue
            known = f"the {field.name}" if not field.secret else f"hunter2-{field.name}"
            values[field.name] = base64.b64encode(known.encode()).decode() if field.secret else known
            if field.name == "private_key" and self.name in PUBLIC:
                private = verifier_keys.private_key(PUBLIC[self.name])
                values[field.name] = public_half(private) if server else private
        return values

    @property
    def options(self) -> dict[str, Any]:
        return {"options": dict(self.vector.options)} if self.recipe.chosen_options else {}

    def signed(self, values: dict[str, str], **changes: Any) -> Any:
        """Sign with the code of the client, and give what arrives."""
        vector = replace(self.vector, **changes)
        headers = {name.lower(): value for name, value in vector.headers.items()}
        signer = self.testing.SCHEMES[self.name].signer
        held, now = self.package.Credentials(**values), vector.timestamp / 1000
        added = signer(vector.method, vector.url, headers, vector.octets, held, now, vector.nonce, **self.options)
        return wire_of(vector, added)

    def verifier(self, values: dict[str, str] | None = None, **settings: Any) -> Any:
        held = self.package.Credentials(**(values or self.values(server=True)))
        settings = {"clock": lambda: NOW, **self.options, **settings}
        return self.testing.verifier(held, **settings)


def verdict(check: Any, wire: Any) -> Any:
    host = next(value for name, value in wire.headers if name == "Host")
    return check.verify(wire.method, f"{wire.scheme}://{host}{wire.target}", wire.headers, wire.body)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Room]:
    folder = tmp_path_factory.mktemp("verified")
    return {
        name: Room(
            name,
            library.recipe(name),
            make_package(folder, f"verified_{name.replace('-', '_')}", document({"use": name})),
        )
        for name in NAMES
    }


@pytest.mark.parametrize("whole", [False, True], ids=["needed", "whole"])
@pytest.mark.parametrize("name", NAMES)
def test_what_the_client_signs_is_accepted_once(name: str, whole: bool, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    check = room.verifier(room.values(whole=whole, server=True))
    wire = room.signed(room.values(whole=whole))
    assert verdict(check, wire).reason == ""
    assert verdict(check, wire).reason == ("" if name in TIMELESS else "replayed")
    bare = replace(wire, method="GET", body=b"")
    assert not verdict(check, bare) or name in UNSIGNED["another body"]


@pytest.mark.parametrize("name", NAMES)
def test_a_request_without_a_body_is_accepted(name: str, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wire = room.signed(room.values(), method="GET", headers={}, body="", url="https://h.example/v1/a%20b?q=%ED%95%9C+a")
    assert verdict(room.verifier(), wire).reason == ""


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_changed_request_is_refused(name: str, change: str, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wire = room.signed(room.values())
    found = verdict(room.verifier(), replace(wire, **CHANGES[change](wire)))
    assert found.reason == ("" if name in UNSIGNED[change] else "mismatch")


def flipped(text: str) -> str:
    return ("A" if text[0] != "A" else "B") + text[1:]


def with_flipped(wire: Any, proof: str) -> Any:
    """Change the first letter of a signature, in a header or in the query."""
    headers = tuple((name, value.replace(proof, flipped(proof))) for name, value in wire.headers)
    return replace(wire, headers=headers, target=wire.target.replace(proof, flipped(proof)))


PROOF = re.compile(r"[A-Za-z0-9+/%]{25,}(?:=|%3D)*")


@pytest.mark.parametrize("name", NAMES)
def test_every_flipped_proof_is_refused_and_nothing_leaks(name: str, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wire, values = room.signed(room.values()), room.values(server=True)
    unsigned = room.signed({**room.values(), **another_secret(room)})
    sent = " ".join([wire.target, *(value for _, value in wire.headers)])
    other = " ".join([unsigned.target, *(value for _, value in unsigned.headers)])
    proofs = [proof for proof in PROOF.findall(sent) if proof not in other]
    assert proofs
    for proof in proofs:
        check = room.verifier()
        found = verdict(check, with_flipped(wire, proof))
        assert (found.accepted, found.reason) in [(False, "mismatch"), (False, "malformed")]
        shown = f"{found!r}{check!r}{found.message}"
        hidden = [proof, *(value for field, value in values.items() if room.recipe.credential(field).secret)]  # type: ignore[union-attr]
        assert [text for text in hidden if text in shown] == []
        assert verdict(check, wire)


def another_secret(room: Room) -> dict[str, str]:
    """Give the secret that requests are signed with another value."""
    name = next(field.name for field in room.recipe.credentials if field.secret and not field.optional)
    if room.name in PUBLIC:
        from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        kinds: dict[str, Any] = {
            "ed25519": ed25519.Ed25519PrivateKey.generate,
            "ecdsa": lambda: ec.generate_private_key(ec.SECP256R1()),
            "rsa": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
        }
        made = kinds[PUBLIC[room.name].partition("-")[0]]()
        return {name: made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()}
    return {name: base64.b64encode(b"another secret").decode()}


@pytest.mark.parametrize("name", NAMES)
def test_another_secret_and_another_name_are_refused_alike(name: str, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wrong = verdict(room.verifier(), room.signed({**room.values(), **another_secret(room)}))
    assert wrong.reason == "mismatch"
    plain = next(field.name for field in room.recipe.credentials if not field.secret)
    unknown = verdict(room.verifier(), room.signed({**room.values(), plain: "nobody here"}))
    assert (unknown.reason, unknown.message) == ("unknown", wrong.message)


@pytest.mark.parametrize("name", NAMES)
def test_one_of_many_credentials_is_found(name: str, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    plain = next(field.name for field in room.recipe.credentials if not field.secret)
    others = [{**room.values(server=True), plain: f"other {n}"} for n in range(3)]
    held = [room.package.Credentials(**values) for values in (*others, room.values(server=True))]
    check = room.testing.verifier(held, clock=lambda: NOW, **room.options)
    assert verdict(check, room.signed(room.values()))


@pytest.mark.parametrize("seconds", [-301 - 86_400, 301 + 86_400])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in TIMELESS])
def test_old_and_future_times_are_refused(name: str, seconds: int, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wire = room.signed(room.values(), timestamp=int((NOW + seconds) * 1000))
    assert verdict(room.verifier(), wire).reason == "expired"


@pytest.mark.parametrize("seconds", [-301, 301, -299, 299])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in TIMELESS])
def test_the_window_is_five_minutes_for_every_form_of_a_time(name: str, seconds: int, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wire = room.signed(room.values(), timestamp=int((NOW + seconds) * 1000))
    assert verdict(room.verifier(), wire).reason == ("expired" if abs(seconds) > 300 else "")


def test_a_second_signature_made_of_the_first_is_a_replay(rooms: dict[str, Room]) -> None:
    room = rooms["rfc9421-ecdsa-p256-sha256"]
    check, wire = room.verifier(), room.signed(room.values())
    assert verdict(check, wire)
    text = next(value for name, value in wire.headers if name == "Signature")
    raw = base64.b64decode(text.removeprefix("sig1=:").removesuffix(":"))
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    other = raw[:32] + (order - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")
    twin = f"sig1=:{base64.b64encode(other).decode()}:"
    again = replace(wire, headers=tuple((n, twin if n == "Signature" else v) for n, v in wire.headers))
    assert verdict(room.verifier(), again)
    assert verdict(check, again).reason == "replayed"


@pytest.mark.parametrize("name", PUBLIC)
def test_a_server_may_have_the_private_key_and_a_wrong_key_is_its_own_mistake(
    name: str, rooms: dict[str, Room]
) -> None:
    room = rooms[name]
    wire = room.signed(room.values())
    assert verdict(room.verifier(room.values()), wire)
    other = "ed25519" if PUBLIC[name].startswith("rsa") else "rsa-v1_5-sha256"
    kind = public_half(verifier_keys.private_key(other))
    for key, message in (("not a key", "the public key is no PEM"), (kind, "the public key is of another kind than")):
        with pytest.raises(room.package.CredentialsError, match=message):
            verdict(room.verifier({**room.values(server=True), "private_key": key}), wire)


@pytest.mark.parametrize("proof", ["", "sig1=::", "sig1=:AAAA:", "sig1=:é:", "sig1=:A:", f"sig1=:{'A' * 5000}:"])
@pytest.mark.parametrize("name", [name for name in PUBLIC if name.startswith("rfc9421")])
def test_what_is_no_signature_is_refused(name: str, proof: str, rooms: dict[str, Room]) -> None:
    room = rooms[name]
    wire = room.signed(room.values())
    headers = tuple((n, proof if n == "Signature" else value) for n, value in wire.headers)
    assert verdict(room.verifier(), replace(wire, headers=headers)).reason in ("mismatch", "malformed")


def test_a_client_with_a_public_key_signs_nothing(rooms: dict[str, Room]) -> None:
    room = rooms["rfc9421-ed25519"]
    with pytest.raises(room.package.CredentialsError, match="the private key is no PEM"):
        room.signed(room.values(server=True))


SELECTED = {
    "language": 2,
    "name": "selected",
    "credentials": {"from_whom": {}, "realm": {"optional": True}, "key": {"secret": True}},
    "steps": [
        {"name": "covered", "over": "headers", "names": ["content-type", "x-*"], "each": "{name}={value}\n"},
        {"name": "message", "parts": ["{covered}{timestamp('%d.%m.%Y %H:%M:%S')}{nonce(uuid)}{target}"]},
        {"name": "proof", "parts": ["{message | hmac(sha512, credential.key) | base64url}"]},
        {
            "name": "line",
            "separator": ";",
            "parts": [
                "who={credential.from_whom | percent-encode}",
                "realm={credential.realm}",
                "{timestamp('%d.%m.%Y %H:%M:%S')}",
                {"when": "body", "value": "nonce={nonce(uuid)}"},
                {"when": "not body", "value": "bare={nonce(uuid)}"},
                "proof={proof}",
            ],
        },
    ],
    "emit": {"headers": {"Authorization": "{line}"}},
}


@pytest.mark.parametrize("realm", [None, "a realm"])
@pytest.mark.parametrize("body", ["", "{}"])
def test_parts_that_may_be_left_out(body: str, realm: str | None, tmp_path: Path) -> None:
    name = f"selected_{bool(body)}_{bool(realm)}".lower()
    package = make_package(tmp_path, name, document(SELECTED))
    room = Room("selected", read(SELECTED), package)
    vector = replace(vector_of(FOLDER / "hawk" / "post-body"), timestamp=int(NOW * 1000), body=body, nonce=None)
    object.__setattr__(room, "vector", replace(vector, headers={"X-One": "a  b"}))
    values = {"from_whom": "한 =;", "key": "hunter2", **({"realm": realm} if realm else {})}
    check, wire = room.verifier(values), room.signed(values)
    assert verdict(check, replace(wire, target="/other")).reason == "mismatch"
    assert verdict(check, replace(wire, headers=(*wire.headers, ("X-Two", "c")))).reason == "mismatch"
    assert verdict(check, wire)
    assert verdict(check, wire).reason == "replayed"


def test_a_signature_that_cannot_be_read_back_is_refused_at_once(tmp_path: Path) -> None:
    steps = [{"name": "proof", "parts": ["{target | sign(ed25519, credential.private_key) | base64 | percent-encode}"]}]
    recipe = {
        "language": 2,
        "name": "wrapped",
        "credentials": {"private_key": {"secret": True}},
        "steps": steps,
        "emit": {"headers": {"X-Proof": "{proof}"}},
    }
    package = make_package(tmp_path, "wrapped_proof", document(recipe))
    testing = importlib.import_module("wrapped_proof.testing")
    with pytest.raises(package.ConfigurationError, match="its signature cannot be read out of what is sent"):
        testing.verifier(package.Credentials("key"))


@pytest.mark.parametrize(
    "text",
    ["Tue, 14 Nov 2023 22:13:20 +0000", "Wed, 14 Nov 2023 22:13:20 GMT", "tue, 14 nov 2023 22:13:20 GMT", "Tue", ""],
)
def test_a_date_of_http_has_one_form_whatever_the_locale(text: str, rooms: dict[str, Room]) -> None:
    room = rooms["cavage-hmac-sha256"]
    wire = room.signed(room.values())
    headers = tuple((name, text if name == "Date" else value) for name, value in wire.headers)
    assert verdict(room.verifier(), replace(wire, headers=headers)).reason == "malformed"
    assert verdict(room.verifier(), wire)
