"""Access: programs that show how a client proves who calls, for each way that the documents offer."""

from __future__ import annotations

from collections.abc import Iterable

from apiscribe.code import Code, fill, identifier, literal
from apiscribe.ir_security import SchemeKind
from apiscribe.markdown import code_span, text
from apiscribe.markdown import fill as filled
from apiscribe.plan.examples import call_text
from apiscribe.plan.reference_programs import Shown, opened, program
from apiscribe.plan.security import PlannedScheme
from apiscribe.view_reference import Access

_TOKENS = (SchemeKind.OAUTH2, SchemeKind.OPEN_ID)
_ABOUT = {
    SchemeKind.DIGEST: "The password answers the challenge of the server (digest), and is itself never sent:",
    SchemeKind.OAUTH2: "With these the client fetches tokens by itself, and the next one before one ends:",
    SchemeKind.OPEN_ID: "With these the client finds out where tokens are to be had, and fetches them by itself:",
}
# What a login keeps its tokens in.
_STORE = code_span("store=")


def access_of(shown: Shown) -> tuple[Access, ...]:
    """Write a program for each way in which the operation that is shown can be called."""
    return (*_credentials(shown), *_login(shown), *_certificate(shown), *_undocumented(shown))


def _undocumented(shown: Shown) -> Iterable[Access]:
    """Show how a token is sent where the document has no scheme for it, and tells that callers are refused."""
    answers = {item.status for operation in shown.plan.api.operations for item in operation.responses}
    if shown.plan.api.security_schemes or answers.isdisjoint(("401", "403")):
        return
    lines = [
        opened(shown),
        '    known = client.with_options(headers={"Authorization": "Bearer ..."})',
        shown.call.text("result = known.", 4),
        f"    {shown.telling}",
    ]
    about = "The documentation tells no way to prove who calls. What the service wants can be a header of every call:"
    yield Access(about=text(about), program=program(shown, "", lines))


def _schemes(shown: Shown) -> list[PlannedScheme]:
    """List the schemes of the first alternative that the operation offers."""
    security = shown.plan.security
    uses = next((uses for uses in security.of(shown.operation) if uses), ())
    return [security.scheme(use.scheme) for use in uses]


def _credentials(shown: Shown) -> Iterable[Access]:
    schemes = _schemes(shown)
    if not schemes:
        return
    names = tuple(dict.fromkeys(name for scheme in schemes for name in _needed(scheme)))
    given = tuple(fill("{}={}", identifier(name), literal("...")) for name in names)
    about = next(
        (_ABOUT[kind] for kind in _ABOUT if any(scheme.kind == kind for scheme in schemes)),
        "Credentials from the program itself, rather than from its environment:",
    )
    if any(scheme.kind in _TOKENS and not _fetching(scheme) for scheme in schemes):
        about = "A token that the program has from elsewhere:"
    lines = [
        call_text("credentials = Credentials", given),
        opened(shown, Code("credentials=credentials")),
        shown.call.text("result = client.", 4),
        f"    {shown.telling}",
    ]
    yield Access(about=text(about), program=program(shown, "", lines, also=("Credentials",)))


def _needed(scheme: PlannedScheme) -> tuple[str, ...]:
    """Choose the credentials to show: those with which tokens are fetched, where that is offered."""
    fetching = _fetching(scheme) if scheme.kind in _TOKENS else []
    return fetching[0] if fetching else scheme.needs[0]


def _fetching(scheme: PlannedScheme) -> list[tuple[str, ...]]:
    """List the credentials with which a program gets tokens, without a person."""
    return [one for one in scheme.needs if any(name.endswith(("client_secret", "password")) for name in one)]


def _login(shown: Shown) -> Iterable[Access]:
    schemes = _schemes(shown)
    if len(schemes) != 1 or not any(name.endswith("refresh_token") for name in schemes[0].credentials):
        return
    told = schemes[0].facts.get("flows")
    flows = set(told) if isinstance(told, dict) else {"authorizationCode"}
    calling = [shown.call.text("result = client.", 4), f"    {shown.telling}"]
    if "authorizationCode" in flows:
        lines = [
            'login = AuthorizationCode(client_id="...", redirect_uri="http://127.0.0.1:8400/back")',
            opened(shown, Code("credentials=login")),
            '    print("log in at", login.begin(client), flush=True)',
            '    login.finish(client, input("the address that the browser came back to: "))',
        ]
        about = filled(
            "People log in with a browser (an authorization code with PKCE); {} keeps their tokens between runs:",
            _STORE,
        )
        yield Access(about=about, program=program(shown, "", [*lines, *calling], also=("AuthorizationCode",)))
    if "deviceAuthorization" in flows:
        lines = [
            "login = DeviceAuthorization(",
            '    client_id="...",',
            '    prompt=lambda told: print("open", told.verification_uri, "and enter", told.user_code, flush=True),',
            ")",
            opened(shown, Code("credentials=login")),
            "    login.login(client, timeout=300)",
        ]
        kept = "as above" if "authorizationCode" in flows else "keeps their tokens between runs"
        about = filled(
            f"People log in on another device, while the program waits for them (the device flow); {{}} {kept}:", _STORE
        )
        yield Access(about=about, program=program(shown, "", [*lines, *calling], also=("DeviceAuthorization",)))


def _certificate(shown: Shown) -> Iterable[Access]:
    if not any(scheme.kind is SchemeKind.MUTUAL_TLS for scheme in shown.plan.api.security_schemes):
        return
    lines = [
        opened(shown, Code('cert=("client.pem", "client.key")')),
        shown.call.text("result = client.", 4),
        f"    {shown.telling}",
    ]
    yield Access(about=text("A certificate of the client's own (mutual TLS):"), program=program(shown, "", lines))
    lines = [
        'context = ssl.create_default_context(cafile="authority.pem")',
        'context.load_cert_chain("client.pem", "client.key")',
        opened(shown, Code("ssl_context=context")),
        *lines[1:],
    ]
    about = "The same where the server's own certificate is of an authority of yours:"
    yield Access(about=text(about), program=program(shown, "", lines, standard="ssl"))
