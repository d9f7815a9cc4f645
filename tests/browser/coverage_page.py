"""The coverage page in a headless browser: what is seen, in light and dark, on a phone, on paper and when clicked.

Run by `make test-browser`, which installs what it needs; `make test` does not collect this file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from ..command_line import run
from ..portal_pages import Endpoint, Service, endpoint_page, model_page

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
HOSTILE = "x<img src=http://a.example/x onerror=alert(1)>&\"'"
NUMBERS = (
    "Pages seen",
    "Parsed",
    "Refused",
    "Operations",
    "Stated",
    "Inferred",
    "Unknown",
    "Missing models",
    "Warnings",
)


def service(name: str, operations: int, *, described: bool) -> Service:
    """A service of operations that answer with one model each, or with models that no page describes."""
    endpoints = [
        Endpoint(
            name=f"Get{name}{number}".replace("-", ""),
            method="get",
            path=f"/v1/{name}/{number}",
            description=f"{{{name}.notes}} {HOSTILE}",
            rows=[("query", "size", "optional", ["How many", "Example : many"], "integer", "20")],
            responses=[("200", "OK", "Thing" if described else f"Gone{number}")],
            samples={"200": {"kind": "a", "odd": ""}},
        )
        for number in range(operations)
    ]
    return Service(
        name=name, title=name, endpoints=endpoints, models={"Thing": [("kind", "required", [], "string", "")]}
    )


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page about three services, one of them with a broken page."""
    folder = tmp_path_factory.mktemp("coverage")
    services = [
        service("alpha", 12, described=True),
        service("beta-" + "long" * 12, 3, described=False),
        service("gamma", 9, described=True),
    ]
    for one in services:
        below = folder / "pages" / one.name
        pages = {f"apis/{item.slug}/1.1.txt": endpoint_page(one, item) for item in one.endpoints}
        if "Gone" not in one.endpoints[0].responses[0][2]:
            pages["models/thing.txt"] = model_page(one, "Thing")
        for name, data in pages.items():
            (below / name).parent.mkdir(parents=True, exist_ok=True)
            (below / name).write_bytes(data)
    broken = folder / "pages" / "gamma" / "apis" / "broken.txt"
    broken.write_text(f"{HOSTILE}\n\nno page at all\n")
    done = run(folder, "coverage", "pages")
    assert done.code == 0, done.err
    return folder / "coverage.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Start the browser once, with a profile of its own."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=os.environ["CHROMIUM"],
            headless=True,
            args=list(FLAGS),
            viewport={"width": 1280, "height": 900},
        )
        yield context
        context.close()


@pytest.fixture
def page(browser: BrowserContext, html: Path) -> Iterator[Page]:
    """Open the page; whatever it asks for or complains about fails the test."""
    opened = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    opened.goto(html.as_uri())
    yield opened
    assert asked == [html.as_uri()]
    assert said == []
    opened.close()


def rows(page: Page, table: str) -> list[dict[str, str]]:
    """Read the visible rows of a table by the titles of its columns."""
    found: list[dict[str, str]] = page.evaluate(
        """id => [...document.querySelectorAll(`#${id} tbody tr`)].filter(row => row.offsetHeight > 0).map(row =>
           Object.fromEntries([...row.cells].map(cell => [cell.dataset.label ?? '', cell.innerText.trim()])))""",
        table,
    )
    return found


def test_the_cells_say_what_was_counted_and_the_sums_are_right(page: Page) -> None:
    services = rows(page, "table-services")
    assert [(row["Pages seen"], row["Parsed"], row["Refused"], row["Operations"]) for row in services] == [
        ("13", "13", "0", "12"),
        ("3", "3", "0", "3"),
        ("11", "10", "1", "9"),
    ]
    assert [(row["Stated"], row["Inferred"], row["Unknown"], row["Missing models"]) for row in services] == [
        ("25", "0", "0", "0"),
        ("6", "3", "3", "3"),
        ("19", "0", "0", "0"),
    ]
    total = page.evaluate("""Object.fromEntries(
             [...document.querySelectorAll('tfoot td')].map(cell => [cell.dataset.label, cell.innerText.trim()]))""")
    for number in NUMBERS:
        assert int(total[number]) == sum(int(row[number]) for row in services), number
    assert len(rows(page, "table-findings")) == sum(
        int(row["Errors"]) + int(row["Warnings"]) for row in rows(page, "table-kinds")
    )
    assert [row["Model"] for row in rows(page, "table-missing")] == ["Gone0", "Gone1", "Gone2"]


def test_the_bars_show_the_shares(page: Page) -> None:
    widths = page.evaluate("""[...document.querySelectorAll('#table-services tbody tr:nth-child(2) rect')]
             .map(part => [part.className.baseVal, Number(part.getAttribute('width'))])""")
    assert [(kind, round(width)) for kind, width in widths] == [("stated", 50), ("inferred", 25), ("unknown", 25)]
    assert page.locator("#table-services tbody svg").first.is_visible()


def test_every_finding_stands_with_its_place_and_hostile_text_is_only_text(page: Page) -> None:
    found = rows(page, "table-findings")
    assert all(re.search(r"pages/\S+\.txt:\d+", row["What and where"]) for row in found)
    assert any(HOSTILE[:20] in row["What and where"] for row in found)
    assert page.locator("img, iframe, object, embed, link").count() == 0
    assert page.locator("script").count() == 1


def test_sorting_orders_numbers_as_numbers_both_ways_and_keeps_the_sum_last(page: Page) -> None:
    header = page.locator("#table-services thead th", has_text="Operations")
    for order, expected in (("ascending", ["3", "9", "12"]), ("descending", ["12", "9", "3"])):
        header.get_by_role("button").click()
        assert header.get_attribute("aria-sort") == order
        assert [row["Operations"] for row in rows(page, "table-services")] == expected
    assert page.locator("tfoot th").inner_text() == "All services"
    page.locator("#table-services thead th", has_text="Service").get_by_role("button").press("Enter")
    assert [row["Service"][:5] for row in rows(page, "table-services")] == ["alpha", "beta-", "gamma"]
    assert header.get_attribute("aria-sort") is None


def test_filtering_leaves_the_lines_that_hold_the_words(page: Page) -> None:
    page.get_by_label("Show only lines with").fill("GAMMA")
    left = rows(page, "table-findings")
    assert left
    assert {row["Service"] for row in left} == {"gamma"}
    assert page.locator("#filtered").inner_text().startswith(f"{len(left)} of ")
    page.get_by_label("Show only lines with").fill("")
    assert len(rows(page, "table-findings")) > len(left)


@pytest.mark.parametrize("width", [320, 380, 700, 1151, 1153, 1280, 1920])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    seen, there = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert (seen, there) == (width, width)
    outside = page.evaluate("""[...document.querySelectorAll('main *')]
             .filter(part => part.getBoundingClientRect().right > innerWidth + 0.5)
             .map(part => part.outerHTML.slice(0, 80))""")
    assert outside == []
    assert page.locator("#table-services tbody td[data-label=Parsed]").first.is_visible()


CONTRAST = """() => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, index) => sum + v * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter(e => e.offsetHeight > 0 &&
    [...e.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  return texts.map(e => {
    const [one, two] = [light(numbers(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a);
    return [(one + 0.05) / (two + 0.05), e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)];
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_light_and_dark(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (max(map(int, re.findall(r"\d+", background))) < 60) == (scheme == "dark")
    measured = page.evaluate(CONTRAST)
    assert len(measured) > 100
    assert [what for ratio, what in measured if ratio < 4.5] == []


def test_on_paper_all_rows_are_there_and_controls_are_not(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".filter").is_hidden()
    assert page.locator("nav").is_hidden()
    assert len(rows(page, "table-services")) == 3
    assert page.pdf().startswith(b"%PDF-")


def test_structure_is_there_for_those_who_do_not_see_it(page: Page) -> None:
    assert [heading.inner_text() for heading in page.locator("h1, h2").all()] == [
        *("Coverage", "Services", "Missing models", "Findings by kind", "Findings"),
    ]
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.get_by_role("table").count() == 4
    assert page.get_by_role("columnheader", name="Operations").count() == 1
    assert page.get_by_role("rowheader", name="alpha").count() == 1
    assert page.get_by_role("region").count() == 4
    assert page.get_by_role("navigation", name="Sections").get_by_role("link").count() == 4


def test_without_scripts_everything_is_there(browser: BrowserContext, html: Path, tmp_path: Path) -> None:
    # The page without its script, in the same browser: what a reader without scripts is given.
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub(r"<script>.*</script>", "", html.read_text(), flags=re.DOTALL))
    opened = browser.new_page()
    opened.goto(bare.as_uri())
    assert opened.locator("#table-services tbody tr").count() == 3
    assert opened.locator("#table-findings tbody tr").first.is_visible()
    assert opened.locator("button").count() == 0
    assert opened.locator(".filter").is_hidden()
    opened.close()
