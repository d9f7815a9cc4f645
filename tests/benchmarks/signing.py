"""Measures signing: compiled recipes from their arguments to the values of their headers, beside botocore's signer.

botocore comes from the environment of `make test-oracles`; without it the row and its limit are left out.
"""

from __future__ import annotations

import argparse
import hmac
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.signing_room import ACCESS_KEY, CREDENTIALS, SECRET_KEY, credentials, first_recipe, signer

from apiscribe.signing import library

ROOT = Path(__file__).parents[2]
URL = "https://data-ops.kr-west1.e.samsungsdscloud.com/v1/data-ops?size=20&page=0&sort=created_dt:desc"
NOW = 1605290625.682
THINGS = "https://things.eu-west-1.example.com/v1/things?size=20&page=0"
HEADERS = {"host": "things.eu-west-1.example.com", "user-agent": "client", "content-type": "application/json"}
PLACE = {"region": "eu-west-1", "service": "things"}
FIRST_LIMIT = 6.0
FASTER = 5.0


def microseconds(function: Callable[[], object], calls: int) -> float:
    """Give the CPU time of one call."""
    start = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - start) / calls * 1e6


def first() -> dict[str, Callable[[], object]]:
    """Give the rows of the first recipe."""
    recipe = first_recipe()
    sign = signer(recipe)
    plain = credentials(recipe, CREDENTIALS)
    temporary = credentials(recipe, {**CREDENTIALS, "session_token": "2" * 200})
    key, message = SECRET_KEY.encode(), f"GET{URL}{NOW}{ACCESS_KEY}Openapi".encode()
    return {
        "hmac.digest alone": lambda: hmac.digest(key, message, "sha256"),
        "the first recipe": lambda: sign("GET", URL, {}, b"", plain, NOW),
        "the first recipe, session token": lambda: sign("GET", URL, {}, b"", temporary, NOW),
    }


def sigv4() -> Callable[[], object]:
    """Give the row of AWS Signature Version 4."""
    recipe = library.recipe("aws-sigv4")
    sign = signer(recipe)
    known = credentials(recipe, {"access_key_id": ACCESS_KEY, "secret_access_key": SECRET_KEY})
    return lambda: sign("GET", THINGS, HEADERS, b"", known, NOW, options=PLACE)


def botocore() -> Callable[[], object] | None:
    """Give botocore's signer on the same request, which it has to make anew each time: it signs in place."""
    sys.path.extend(map(str, ROOT.glob(".venv-oracles/lib/python*/site-packages")))
    try:
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
    except ImportError:
        return None
    auth = SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), PLACE["service"], PLACE["region"])
    request = AWSRequest("GET", THINGS, headers={"content-type": "application/json"})

    def sign() -> None:
        # The time and the signature of the call before are replaced by botocore itself.
        auth.add_auth(request)

    return sign


def main() -> None:
    """Print a table of medians, all series by turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=5_000, help="calls of each series (default %(default)s)")
    parser.add_argument("--series", type=int, default=15, help="series; the median counts (default %(default)s)")
    options = parser.parse_args()
    rows = {**first(), "AWS Signature Version 4": sigv4()}
    theirs = botocore()
    if theirs is not None:
        rows["AWS Signature Version 4, botocore"] = theirs
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(options.series):
        for name, function in rows.items():
            times[name].append(microseconds(function, options.calls))
    found = {name: statistics.median(series) for name, series in times.items()}
    print(f"{'CPU time of one signature':36}{'µs':>8}{'limit':>8}")
    for name, median in found.items():
        limit = f"{FIRST_LIMIT:8.1f}" if name.startswith("the first") else ""
        print(f"{name:36}{median:8.2f}{limit}")
    slow = any(median > FIRST_LIMIT for name, median in found.items() if name.startswith("the first"))
    if theirs is None:
        print("botocore is not there: make test-oracles installs it")
    else:
        ratio = found["AWS Signature Version 4, botocore"] / found["AWS Signature Version 4"]
        print(f"faster than botocore by {ratio:.1f}, at least {FASTER:.0f} wanted")
        slow = slow or ratio < FASTER
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
