"""The beginning of a signing function: the local variables of the credentials, the address, the time and the nonce."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from apiscribe.code import Code, fill, identifier, literal
from apiscribe.signing.expressions import credential_variable, forms_of, option_variable, timestamp_variable
from apiscribe.signing.recipe import Atom, Recipe
from apiscribe.signing.words import URL_ATOMS, AtomKind, Resolution, resolution

_ADDRESS = {
    AtomKind.TARGET: 'url_target = "".join((url_path, url_mark, url_query))',
    AtomKind.AUTHORITY: "url_authority = authority(url_scheme, url_host)",
    AtomKind.HOSTNAME: "url_hostname = hostname(url_host)",
    AtomKind.PORT: "url_port = port(url_scheme, url_host)",
}


def prologue(recipe: Recipe, atoms: Iterable[Atom], *, needs_address: bool, signs_query: bool) -> Iterator[Code]:
    """Give the statements that set the local variables of atoms."""
    used = dict.fromkeys(atoms)
    kinds = {atom.kind for atom in used}
    for credential in recipe.credentials:
        yield fill("{} = credentials.{}", credential_variable(credential.name), identifier(credential.name))
    for option in recipe.chosen_options:
        name = literal(option.name)
        found = fill("options[{}]", name)
        if option.default is not None:
            found = fill("options.get({}, {})", name, literal(option.default))
        yield fill("{} = {}", option_variable(option.name), found)
    if needs_address or not kinds.isdisjoint((URL_ATOMS - {AtomKind.URL}) | {AtomKind.QUERY_PARAMETER}):
        yield fill('url_scheme, _, url_rest = url.partition("://")')
        yield fill('url_front, url_mark, url_query = url_rest.partition("?")')
        yield fill('url_host, _, url_path = url_front.partition("/")')
        yield fill('url_path = "/" + url_path')
        for kind, statement in _ADDRESS.items():
            if kind in kinds and not (kind is AtomKind.TARGET and signs_query):
                yield fill(statement)
    yield from _instant(forms_of(recipe))
    nonce = next((atom for atom in used if atom.kind is AtomKind.NONCE), None)
    if nonce is not None:
        yield fill("if nonce is None:")
        made = fill("new_nonce({})", literal(nonce.name)) if nonce.name else fill("secrets.token_hex(16)")
        yield fill("    nonce = {}", made)


_STRFTIME = {
    "iso8601": 'time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)',
    "iso8601-ms": '"".join((time.strftime("%Y-%m-%dT%H:%M:%S.", moment), str(milliseconds % 1000).zfill(3), "Z"))',
    "iso8601-basic": 'time.strftime("%Y%m%dT%H%M%SZ", moment)',
    "yyyymmdd": 'time.strftime("%Y%m%d", moment)',
}
_FORMS = {
    **_STRFTIME,
    "unix-ms": "str(milliseconds)",
    "unix-s": "str(seconds)",
    "http-date": "formatdate(seconds, usegmt=True)",
}
_PLAIN = frozenset(_FORMS) - frozenset(_STRFTIME)
# The day is the beginning of the same moment in these forms.
_DAYS = {"iso8601-basic": "timestamp_iso8601_basic[:8]"}


def _instant(forms: Sequence[str]) -> Iterator[Code]:
    # All forms tell one instant, rounded once: seconds are the whole seconds of the milliseconds.
    if not forms:
        return
    is_fine = any(resolution(form) is Resolution.MILLISECOND for form in forms)
    if is_fine:
        yield fill("milliseconds = int(now * 1000.0 + 0.5)")
    if set(forms) != {"unix-ms"}:
        yield fill("seconds = milliseconds // 1000" if is_fine else "seconds = int(now)")
    if not _PLAIN.issuperset(forms):
        yield fill("moment = time.gmtime(seconds)")
    for form in sorted(forms, key=lambda form: form == "yyyymmdd"):
        code = fill(_FORMS[form]) if form in _FORMS else fill("time.strftime({}, moment)", literal(form))
        if form == "yyyymmdd" and "iso8601-basic" in forms:
            code = fill(_DAYS["iso8601-basic"])
        yield fill("{} = {}", timestamp_variable(form, forms), code)
