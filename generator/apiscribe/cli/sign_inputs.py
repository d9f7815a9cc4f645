"""What `sign` is given: a document's scheme, a request and credentials on a command line to plain, checked values."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import click

from apiscribe.cli.inputs import References, read_input
from apiscribe.cli.options import MAX_DOCUMENT_BYTES
from apiscribe.cli.sign_run import runtime
from apiscribe.errors import Diagnostic, shown
from apiscribe.signing import Recipe
from apiscribe.signing.recipe import CredentialField
from apiscribe.signing.request import SignedRequest

if TYPE_CHECKING:
    from apiscribe.pipeline import Source

MAX_BODY: Final = 64 * 1024 * 1024
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_URL: Final = re.compile(r"https?://[^/?#\s]+[^#\s]*\Z")
_DIGITS_OF_MILLISECONDS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme of a document: its name, its recipe, and where its credentials are looked for."""

    name: str
    recipe: Recipe
    prefix: str
    folder: str
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What of a request stands in options, as given."""

    headers: Sequence[str]
    body: str | None
    moment: str | None
    nonce: str | None
    options: Sequence[str]


def read_scheme(path: Path, overlays: Sequence[Path], name: str | None, package: str | None) -> Scheme:
    """Read one security scheme of a document: the named one, else the one that most operations use; or a lone recipe.

    Raises:
        ApiscribeError: the document or the scheme's recipe is refused.
        click.UsageError: there is no such scheme.
    """
    from apiscribe import pipeline, signing
    from apiscribe.document.load import load
    from apiscribe.plan.pyproject import Distribution

    document = _source(path)
    upper, folder = (package or "").upper(), package or ""
    root = load(document.data, file=document.path).root
    if root.is_mapping and root.get("emit") is not None:
        recipe = signing.read(root)
        return Scheme(name=recipe.name, recipe=recipe, prefix=upper, folder=folder, warnings=())
    document = replace(document, overlays=tuple(map(_source, overlays)))
    settings = pipeline.Settings(distribution=Distribution(package="client"), max_bytes=MAX_DOCUMENT_BYTES)
    _, lowered, warnings = pipeline.understand(document, settings)
    schemes = dict(lowered.schemes)
    uses = (use for operation in lowered.api.operations for alternative in operation.security for use in alternative)
    counts = Counter(use.scheme for use in uses)
    chosen = name or next(iter([used for used, _ in counts.most_common() if used in schemes] or schemes), None)
    if chosen is None or chosen not in schemes:
        wanted = f" {shown(name)}" if name else ""
        raise click.UsageError(f"{path} has no security scheme{wanted} (it has: {', '.join(schemes) or 'none'})")
    return Scheme(
        name=chosen,
        recipe=signing.read_scheme(chosen, schemes[chosen]),
        prefix=lowered.api.environment_prefix or upper,
        folder=folder,
        warnings=warnings,
    )


def _source(file: Path) -> Source:
    from apiscribe.pipeline import Source

    references = References(file.parent, limit=MAX_DOCUMENT_BYTES)
    data = read_input(file, limit=MAX_DOCUMENT_BYTES)
    return Source(path=str(file), data=data, read=references.reader(file.parent))


def read_keys(scheme: Scheme, given: Sequence[str], *, sample: bool) -> Mapping[str, bytes]:
    """Give the credentials: those of a vector, the given ones, else what a client would find.

    Raises:
        click.UsageError: they are not complete, or a secret stands on the command line itself.
    """
    fields = scheme.recipe.credentials
    if sample:
        if given:
            raise click.UsageError("--sample and --credential exclude each other")
        if not scheme.recipe.vectors:
            raise click.UsageError("--sample: the recipe has no vectors")
        return {name: text.encode() for name, text in scheme.recipe.vectors[0].credentials}
    if not given:
        return _found(scheme, fields) if fields else {}
    values = dict(_credential(fields, item) for item in given)
    missing = [field.name for field in fields if not field.optional and field.name not in values]
    if missing:
        raise click.UsageError(f"--credential: {', '.join(missing)} missing")
    return values


def _credential(fields: Sequence[CredentialField], given: str) -> tuple[str, bytes]:
    name, _, value = given.partition("=")
    field = next((field for field in fields if field.name == name), None)
    if field is None:
        known = ", ".join(field.name for field in fields) or "none"
        raise click.UsageError(f"--credential: no credential {shown(name, 40)}; the recipe has: {known}")
    if value.startswith("@env:"):
        text = os.environ.get(value[5:], "")
    elif value.startswith("@file:"):
        text = _utf8(read_input(Path(value[6:]), limit=MAX_BODY), "--credential").removesuffix("\n").removesuffix("\r")
    elif value == "@prompt":
        text = str(click.prompt(name, hide_input=field.secret, err=True))
    elif field.secret:
        raise click.UsageError(
            f"--credential {name}: everybody on this machine sees the arguments of programs; "
            f"say {name}=@env:VARIABLE, {name}=@file:PATH or {name}=@prompt"
        )
    else:
        text = value
    if not text:
        raise click.UsageError(f"--credential {name}: {shown(value, 80)} is empty or not there")
    return name, text.encode("utf-8", "surrogateescape")


def _found(scheme: Scheme, fields: Sequence[CredentialField]) -> Mapping[str, bytes]:
    """Look where a client would, with the code of a client."""
    module = runtime("credentials")
    kind = type(
        "Credentials",
        (module.CredentialsBase,),
        {"fields": tuple(module.CredentialField(field.name, field.secret, field.optional) for field in fields)},
    )
    settings = runtime("profile").Settings(prefix=scheme.prefix, folder=scheme.folder)
    try:
        held: Any = module.source_of(None, module.Wanted(kind, settings)).get(module.Wanted(kind, settings))
    except runtime("errors").CredentialsError as error:
        message = error.message.replace("pass credentials=", "give --sample, or --credential for each of ")
    else:
        values = ((field.name, getattr(held, field.name)) for field in fields)
        return {name: (value if isinstance(value, str) else value.reveal()).encode() for name, value in values if value}
    raise click.UsageError(message.replace(" under [default] in  (mode 0600)", " in a profile (--package NAME)"))


def read_request(method: str, url: str, parts: Parts, keys: Mapping[str, bytes], recipe: Recipe) -> SignedRequest:
    """Put the request together; headers that the recipe emits are its own and taken out.

    Raises:
        click.UsageError: a part of it could not go over the wire as it is.
    """
    if not _TOKEN.match(method):
        raise click.UsageError(f"METHOD {shown(method, 40)} is not a method")
    wrong = next((character for character in url if not "!" <= character <= "~"), None)
    if wrong is not None:
        escaped = quote(wrong, safe="", errors="surrogateescape")
        raise click.UsageError(f"URL: {shown(wrong)!r} does not go over the wire as it is: write {escaped}")
    if not _URL.match(url):
        raise click.UsageError("URL is not a complete address, http(s)://host/path?query, without a fragment")
    own = {item.name.lower() for item in recipe.headers}
    headers = dict(_header(item) for item in parts.headers)
    return SignedRequest(
        method=method,
        url=url,
        headers={name: value for name, value in headers.items() if name not in own},
        body=_body(parts.body),
        keys=keys,
        milliseconds=round(time.time() * 1000) if parts.moment is None else _milliseconds(parts.moment),
        nonce=secrets.token_hex(16) if parts.nonce is None else parts.nonce,
        options=_options(recipe, parts.options),
    )


def _options(recipe: Recipe, given: Sequence[str]) -> Mapping[str, str]:
    pairs = {name: value for name, _, value in (item.partition("=") for item in given)}
    known = {item.name: item.default for item in recipe.chosen_options}
    for name in pairs.keys() - known.keys():
        raise click.UsageError(f"--option: no option {shown(name, 40)}; the recipe has: {', '.join(known) or 'none'}")
    chosen = {**known, **pairs}
    missing = [name for name, value in chosen.items() if value is None]
    if missing:
        raise click.UsageError(f"--option {missing[0]}=… is needed")
    return {name: value for name, value in chosen.items() if value is not None}


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not _TOKEN.match(name) or any(character in value for character in "\r\n\0"):
        raise click.UsageError(f"--header {shown(name, 40)}: not NAME: VALUE on one line")
    return name.lower(), value.strip(" \t")


def _body(given: str | None) -> bytes:
    if given is None:
        return b""
    if given.startswith("@"):
        return read_input(Path(given[1:]), limit=MAX_BODY)
    return given.encode("utf-8", "surrogateescape")


def _utf8(data: bytes, option: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(f"{option}: the file is not UTF-8 text") from None


def _milliseconds(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,15}", text):
        return int(text) if len(text) >= _DIGITS_OF_MILLISECONDS else int(text) * 1000
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.UsageError(
            f"--timestamp {shown(text, 40)}: not Unix time in seconds or milliseconds, nor RFC 3339 with an offset"
        )
    return round(moment.timestamp() * 1000)
