"""Verifies requests that clients of this package signed, for servers and mock servers.

The fixture for pytest is in `testing_pytest`; nothing else here needs more than the package does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import time

from ._runtime.verify import REPLAY_LIMIT, WINDOW, Emitted, Scheme, Verdict, Verifier
from ._signing import Credentials, sign_samsungcloud_v2

__all__ = ["SCHEMES", "Verdict", "Verifier", "verifier"]

SCHEMES: dict[str, Scheme] = {
    "samsungcloud-v2": Scheme(
        name="samsungcloud-v2",
        signer=sign_samsungcloud_v2,
        credentials=Credentials,
        emitted=(
            Emitted(
                place="header",
                name="Scp-Accesskey",
                pattern="(.*)",
                known=("credential.access_key",),
            ),
            Emitted(place="header", name="Scp-Signature", pattern=".*"),
            Emitted(
                place="header", name="Scp-Timestamp", pattern="(.*)", known=("timestamp.unix-ms",)
            ),
            Emitted(place="header", name="Scp-ClientType", pattern="Openapi"),
            Emitted(place="header", name="X-Auth-Token", pattern=".*", required=False),
        ),
        samples=frozenset(("666ff6ccaa5b3c07feaa3a95d3a4bd2c46ac9e9abdb09ca9133528d3dc1e8952",)),
    ),
}


def verifier(
    credentials: Credentials | Iterable[Credentials] | Callable[..., Credentials | None],
    *,
    scheme: str = "samsungcloud-v2",
    window: float = WINDOW,
    replay_limit: int = REPLAY_LIMIT,
    options: Mapping[str, str] | None = None,
    clock: Callable[[], float] = time,
    allow_samples: bool = False,
) -> Verifier:
    """Make a verifier of this package's signatures; see `Verifier` for the arguments."""
    return Verifier(
        SCHEMES[scheme],
        credentials,
        window=window,
        replay_limit=replay_limit,
        options=options,
        clock=clock,
        allow_samples=allow_samples,
    )
