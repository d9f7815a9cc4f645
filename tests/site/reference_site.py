"""References as sites: mkdocs builds them strictly, all links and anchors lead somewhere, no text becomes structure.

Run by `make test-site`, which installs mkdocs; `make test` does not collect this file.
"""

from __future__ import annotations

import json
import os
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ..command_line import run
from ..stub_documents import SMALL
from ..test_markdown import HOSTILE

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script> | a\n| b |\n\n# head\n<img src=x onerror=alert(1)> [a](javascript:x) {: #id} `|` \\|"


class Page(HTMLParser):
    """What a page is made of: the tags, the attributes that run something, and the cells of each row of each table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.running: list[str] = []
        self.tables: list[list[int]] = []
        self.targets: list[str] = []
        self._inside = False
        # The theme's own parts stand around the page.
        self.feed(html.partition('role="main"')[2].partition("<footer")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.running += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]
        self.targets += [value or "" for name, value in attrs if name == "href"]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append(0)
        elif tag in ("td", "th"):
            self.tables[-1][-1] += 1


def built(folder: Path, site: Path) -> dict[str, Page]:
    """Build a site, which may not warn of anything, and read its pages."""
    done = subprocess.run(
        [os.environ["MKDOCS"], "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = {path.parent.name: path for path in site.rglob("index.html")}
    return {name: Page(path.read_text(encoding="utf-8")) for name, path in found.items()}


def generated(folder: Path, text: str) -> Path:
    (folder / "api.yaml").write_text(text, encoding="utf-8")
    made = ("--out", "client", "--package", "shop", "--formatter", "ruff")
    assert run(folder, "generate", "api.yaml", *made).code == 0
    return folder / "client"


def test_the_reference_of_this_repository(tmp_path: Path) -> None:
    pages = built(ROOT / "generated" / "samsungcloud", tmp_path / "site")
    assert {"site", "guide", "data-ops-1.1", "data-flow-1.1"} <= set(pages)
    assert any(target.startswith("#") for target in pages["data-ops-1.1"].targets)


def test_a_reference_of_a_bit_of_everything_and_the_site_beside_it_is_no_surplus(tmp_path: Path) -> None:
    client = generated(tmp_path, SMALL)
    built(client, client / "site")
    assert run(tmp_path, "check", "api.yaml", "--out", "client", "--package", "shop", "--formatter", "ruff").code == 0


@pytest.mark.parametrize("text", [EVIL, *HOSTILE[:60]])
def test_no_text_of_a_document_becomes_structure(tmp_path: Path, text: str) -> None:
    def document(words: str) -> str:
        field = {"type": "string", "description": words, "default": words}
        return json.dumps({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1", "description": words},
            "paths": {
                "/pets": {
                    "get": {
                        "operationId": "listPets",
                        "summary": words,
                        "description": words,
                        "parameters": [{"name": "q", "in": "query", "description": words, "schema": field}],
                        "responses": {"200": {"description": words, "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/Pet"}}}}},
                    }
                }
            },
            "components": {"schemas": {"Pet": {"type": "object", "description": words, "properties": {"a": field}}}},
        })  # fmt: skip

    (tmp_path / "evil").mkdir()
    (tmp_path / "plain").mkdir()
    evil = built(generated(tmp_path / "evil", document(text)), tmp_path / "one")["shop-1"]
    plain = built(generated(tmp_path / "plain", document("words")), tmp_path / "two")["shop-1"]
    assert evil.running == []
    assert evil.tags <= plain.tags | {"p"}
    assert evil.tables == plain.tables
    assert all(len(set(rows)) == 1 for rows in evil.tables)
