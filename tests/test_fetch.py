"""Fetching a portal's pages: discovered, kept, asked for again on condition, resumed, reported when gone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.loopback import Answer, Received
from tests.portal_pages import PROFILE, capture_pages
from tests.portal_site import KOREAN, ROOT, Portal, menu_page, numbered_portal, portal, service_portal, small_page

from apiscribe.capture.fetch import Choice, Limits, Order, Outcome, Store, fetch
from apiscribe.capture.lock import fetched_pages
from apiscribe.cli.fetching import pages_at
from apiscribe.errors import ApiscribeError

AGENT = "apiscribe-tests/1"
QUICK = Limits(attempts=3, first_wait=0.01)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "apiscribe", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def fetched(here: Portal, folder: Path | None, **changes: object) -> Outcome:
    """Fetch a portal into a folder."""
    order = {"address": here.address, "user_agent": AGENT, "concurrency": 8, "limits": QUICK, **changes}
    return fetch(Order(**order), Store(folder, {}, write=True))  # type: ignore[arg-type]


def counts(outcome: Outcome) -> dict[str, int]:
    """Give what became of the pages, without what is nought."""
    names = ("new", "changed", "unchanged", "resumed", "gone", "pruned")
    return {name: number for name in names if (number := getattr(outcome, name))}


def told(outcome: Outcome) -> list[str]:
    """Give what was told, in order, without where the server was."""
    lines = (f"{one.severity}: {one.origin.file}: {one.message}" for one in outcome.diagnostics)
    return sorted(re.sub(r"http://[^/]*", "", line) for line in lines)


def kept(folder: Path) -> dict[str, bytes]:
    """Read the pages of a folder; nothing else lies there but the journal."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in files.items() if not name.endswith(".apiscribe-fetch.jsonl")}


def pages_asked(here: Portal) -> list[Received]:
    """Give the requests for pages, and count anew."""
    return [request for request in here.forget() if re.search(r"/c/s\d+/", request.target)]


# The command


def test_a_portal_becomes_documents_and_a_second_run_asks_on_condition_and_changes_no_byte(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    with portal(service_portal()) as here:
        command = ("capture", here.address, "--include", "category/*", "--pages", spec / "pages", "--out", spec)
        first = run(*command)
        assert first.returncode == 0, first.stderr
        assert "8 new" in first.stdout
        requests = here.forget()
        assert {request.header("User-Agent") for request in requests} == {f"apiscribe/{capture_version()}"}
        before = kept(spec)
        second = run(*command)
        assert second.returncode == 0, second.stderr
        assert "8 unchanged" in second.stdout
        again = [request for request in here.forget() if request.target not in ("/robots.txt", "/sitemap.xml")]
    assert kept(spec) == before
    assert [request.target for request in again if request.header("If-None-Match") is None] == []
    locked = fetched_pages((spec / "pages.lock").read_text(encoding="utf-8"))
    name = "en/category/image-store/models/tag.html"
    assert locked[name].address == f"{here.server.url}{ROOT}category/image-store/models/tag/"
    assert (locked[name].status, locked[name].last_modified) == (200, "Thu, 01 Jan 2026 00:00:00 GMT")
    assert re.fullmatch('"[0-9a-f]{16}"', locked[name].etag or "")


def capture_version() -> str:
    """Give the version that the tool says of itself."""
    return run("--version").stdout.split()[1]


def test_kept_pages_capture_to_the_facts_of_the_whole_pages(tmp_path: Path) -> None:
    site = service_portal()
    with portal(site) as here:
        fetched(here, tmp_path)
    whole = [
        (f"en/{path.removeprefix(ROOT).strip('/')}.html", data)
        for path, data in site.items()
        if path.startswith(f"{ROOT}category")
    ]
    assert sorted(kept(tmp_path)) == sorted(name for name, _ in whole)
    documents = [
        [re.sub("sha256: .*", "sha256: <digest>", one.text) for one in capture_pages(*pages).documents]
        for pages in (whole, list(kept(tmp_path).items()))
    ]
    assert documents[0] == documents[1]
    assert len(documents[0]) == 4


def test_both_languages_come_from_one_address(tmp_path: Path) -> None:
    with portal(service_portal()) as here:
        assert counts(fetched(here, tmp_path, language="both")) == {"new": 16}
    names = sorted(kept(tmp_path))
    assert [name.replace("en/", "ko/", 1) for name in names[:8]] == names[8:]


def test_the_other_language_is_found_by_its_folder_when_no_page_names_it(tmp_path: Path) -> None:
    site = service_portal()
    site[ROOT] = menu_page("Reference", [path for path in site if path.startswith(f"{ROOT}category")])
    site[KOREAN] = menu_page("Reference", [path for path in site if path.startswith(f"{KOREAN}category")], "ko")
    with portal(site) as here:
        assert counts(fetched(here, tmp_path, language="ko")) == {"new": 8}
    assert {name.partition("/")[0] for name in kept(tmp_path)} == {"ko"}


def test_a_language_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with portal(service_portal()) as here, pytest.raises(ApiscribeError, match="no index in language ja"):
        fetched(here, tmp_path, language="ja")


def test_the_lock_follows_the_portal_where_no_page_changed(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    with portal(service_portal()) as here:
        command = ("capture", here.address, "--pages", spec / "pages", "--out", spec)
        assert run(*command).returncode == 0
        path = f"{ROOT}category/image-store/models/tag/"
        here.faults[path] = lambda request, count: Answer(404)
        assert run(*command).returncode == 0
    locked = fetched_pages((spec / "pages.lock").read_text(encoding="utf-8"))
    assert {name: one.status for name, one in locked.items() if one.status != 200} == {
        "en/category/image-store/models/tag.html": 404
    }


def test_a_recapture_from_disk_keeps_what_the_lock_says_of_fetching(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    with portal(service_portal()) as here:
        assert run("capture", here.address, "--pages", spec / "pages", "--out", spec).returncode == 0
    before = (spec / "pages.lock").read_bytes()
    assert run("capture", spec / "pages", "--pages", spec / "pages", "--out", spec).returncode == 0
    assert (spec / "pages.lock").read_bytes() == before


def test_a_project_fetches_from_its_portal(tmp_path: Path) -> None:
    with portal(service_portal()) as here:
        project = tmp_path / "apiscribe.toml"
        project.write_text(
            f'[api.samsungcloud]\nportal = "{here.address}"\ninclude = ["*/apis/*", "*/models/*"]\n'
            'exclude = ["*/1.0"]\npages = "spec/pages"\nspecs = "spec"\n',
            encoding="utf-8",
        )
        done = run("capture", "--fetch", "--project", project, "--language", "both")
        assert done.returncode == 0, done.stderr
        assert "14 new" in done.stdout
        here.forget()
        before = kept(tmp_path)
        assert run("capture", "--project", project).returncode == 0
        assert here.forget() == []
        assert run("check", "--pages", here.address, "--project", project).returncode == 0
        path = f"{ROOT}category/image-store/models/tag/"
        here.pages[path] = here.pages[path].replace(b"<td>value<br>", b"<td>worth<br>")
        done = run("check", "--pages", here.address, "--project", project)
        assert done.returncode == 1
        assert "out of step with http://" in done.stdout
    assert kept(tmp_path) == before
    assert {name.split("/")[2] for name in before if "/pages/" in name} == {"en", "ko"}


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("http://127.0.0.1:9/", "pages"), "an ADDRESS is fetched alone"),
        (("pages", "--include", "x"), "options of fetching, such as --include, need an ADDRESS or --fetch"),
        (("http://127.0.0.1:9/", "--fetch"), "--fetch is for the portals of apiscribe.toml"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], what: str, tmp_path: Path) -> None:
    done = run("capture", *arguments, "--out", tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert what in done.stderr


def test_pages_at_an_address_are_read_without_a_trace(tmp_path: Path) -> None:
    site = service_portal()
    with portal(site) as here:
        fetched(here, tmp_path)
        before = kept(tmp_path)
        path = f"{ROOT}category/image-store/models/tag/"
        here.pages[path] = here.pages[path].replace(b"value<br></td>", b"another<br></td>")
        here.forget()
        found = pages_at(here.address, PROFILE, folder=tmp_path)
        assert here.sent < 6000
    assert kept(tmp_path) == before
    changed = [page.name for page in found.pages if page.data != before[page.name or ""]]
    assert changed == ["en/category/image-store/models/tag.html"]
    assert len(found.pages) == len(before)


# What is asked for


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        ((), (), ["a/b", "a/b/apis/x", "a/b/apis/x/1.0", "a/c", "d/e"]),
        (("a/*",), (), ["a/b", "a/b/apis/x", "a/b/apis/x/1.0", "a/c"]),
        (("a/b",), (), ["a/b", "a/b/apis/x", "a/b/apis/x/1.0"]),
        (("a/b/*",), (), ["a/b", "a/b/apis/x", "a/b/apis/x/1.0"]),
        (("*/x/*", "d/?"), (), ["a/b/apis/x", "a/b/apis/x/1.0", "d/e"]),
        (("a/*",), ("*/apis/*",), ["a/b", "a/c"]),
        ((), ("a",), ["d/e"]),
        (("*",), (), ["a/b", "a/b/apis/x", "a/b/apis/x/1.0", "a/c", "d/e"]),
        (("a/_print",), (), ["a/_print"]),
    ],
)
def test_patterns_choose_pages(include: tuple[str, ...], exclude: tuple[str, ...], taken: list[str]) -> None:
    choice = Choice(include=include, exclude=exclude, forms=PROFILE.page_forms)
    pages = ["a", "a/_print", "a/b", "a/b/apis", "a/b/apis/x", "a/b/apis/x/1.0", "a/c", "d/e", "d/e/models"]
    assert [page for page in pages if choice.takes(page)] == taken


def test_pages_are_found_in_the_index_the_sitemap_service_pages_and_content(tmp_path: Path) -> None:
    site = {f"{ROOT}c/s{number}/": small_page(number) for number in range(1, 6)}
    site[ROOT] = menu_page("Reference", [f"{ROOT}c/s1/", "c/s2/#top"])
    site[f"{ROOT}c/s2/"] = small_page(2, links="<a href=../s3/>model</a>")
    site["/robots.txt"] = b"User-agent: *\nSitemap: http://127.0.0.1/elsewhere.xml\nSitemap: /maps.xml\n"
    site["/maps.xml"] = b"<sitemapindex><sitemap><loc>/en.xml</loc></sitemap></sitemapindex>"
    site["/en.xml"] = b"<urlset><url><loc>/en/apireference/c/s4/</loc></url></urlset>"
    site[f"{ROOT}c/s1/"] = small_page(1).replace(b"<nav>", b"<nav><a href='../s5/'>5</a>")
    with portal(site) as here:
        assert counts(fetched(here, tmp_path)) == {"new": 5}
        here.forget()
        assert counts(fetched(here, tmp_path)) == {"unchanged": 5}
        assert [request.target for request in here.forget() if request.header("If-None-Match") is None] == []


def test_what_robots_disallow_is_not_asked_for(tmp_path: Path) -> None:
    site = numbered_portal(4)
    site["/robots.txt"] = b"User-agent: *\nDisallow: /en/apireference/c/s1/\nDisallow: /*s3/$\nDisallow: /sitemap.xml\n"
    with portal(site) as here:
        outcome = fetched(here, tmp_path)
        asked = {request.target for request in here.forget()}
    assert counts(outcome) == {"new": 2}
    assert told(outcome) == [
        "error: /en/apireference/c/s1/: robots.txt disallows it",
        "error: /en/apireference/c/s3/: robots.txt disallows it",
        "warning: /sitemap.xml: the sitemap was not read: robots.txt disallows it",
    ]
    assert asked == {"/robots.txt", ROOT, f"{ROOT}c/s0/", f"{ROOT}c/s2/"}


def test_without_robots_to_read_nothing_is_asked_for(tmp_path: Path) -> None:
    with portal(numbered_portal(1), faults={"/robots.txt": lambda request, count: Answer(500)}) as here:
        with pytest.raises(ApiscribeError, match=r"robots\.txt: cannot be read, so nothing is fetched: answered 500"):
            fetched(here, tmp_path, limits=QUICK)
        assert {request.target for request in here.forget()} == {"/robots.txt"}


# Again, and later


def test_an_etag_that_changed_brings_the_page_anew(tmp_path: Path) -> None:
    with portal(numbered_portal(5)) as here:
        fetched(here, tmp_path)
        here.pages[f"{ROOT}c/s2/"] = small_page(2, text="new")
        here.pages[f"{ROOT}c/s3/"] = small_page(3, padding=500)  # another menu, the same content
        here.forget()
        assert counts(fetched(here, tmp_path)) == {"changed": 1, "unchanged": 4}
    assert b"Text 2 new" in kept(tmp_path)["en/c/s2.html"]


def test_a_page_changed_by_hand_is_fetched_anew(tmp_path: Path) -> None:
    with portal(numbered_portal(2)) as here:
        fetched(here, tmp_path)
        before = kept(tmp_path)
        (tmp_path / "en/c/s1.html").write_bytes(b"by hand")
        fetched(here, tmp_path)
    assert kept(tmp_path) == before


def test_pages_that_are_gone_are_told_and_stay_until_they_are_pruned(tmp_path: Path) -> None:
    with portal(numbered_portal(5)) as here:
        fetched(here, tmp_path)
        before = kept(tmp_path)
        del here.pages[f"{ROOT}c/s1/"]
        here.faults[f"{ROOT}c/s2/"] = lambda request, count: Answer(410)
        here.pages[ROOT] = menu_page("Reference", [f"{ROOT}c/s{number}/" for number in (0, 1, 2, 3)])
        for _ in range(2):
            outcome = fetched(here, tmp_path)
            assert counts(outcome) == {"unchanged": 2, "gone": 3}
            assert told(outcome) == [
                "warning: /en/apireference/c/s1/: is gone (404); its kept page stays until --prune",
                "warning: /en/apireference/c/s2/: is gone (410); its kept page stays until --prune",
                "warning: /en/apireference/c/s4/: is no longer listed; its kept page stays until --prune",
            ]
            assert kept(tmp_path) == before
        assert counts(fetched(here, tmp_path, prune=True)) == {"unchanged": 2, "gone": 3, "pruned": 3}
    assert sorted(kept(tmp_path)) == ["en/c/s0.html", "en/c/s3.html"]


def test_nothing_is_pruned_that_was_not_asked_about(tmp_path: Path) -> None:
    with portal(service_portal()) as here:
        fetched(here, tmp_path, language="both")
        here.pages[ROOT] = menu_page("Reference", [f"{ROOT}category/image-store/models/tag/"], twin=KOREAN)
        outcome = fetched(here, tmp_path, prune=True, choice=Choice(include=("*/models/*",)))
    assert counts(outcome) == {"unchanged": 1, "gone": 3, "pruned": 3}
    assert len(kept(tmp_path)) == 13


def test_a_run_that_failed_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    with portal(numbered_portal(30)) as here:
        broken = f"{ROOT}c/s7/"
        here.faults[broken] = lambda request, count: Answer(403)
        outcome = fetched(here, tmp_path)
        assert (counts(outcome), told(outcome)) == ({"new": 29}, [f"error: {broken}: answered 403"])
        assert len(pages_asked(here)) == 30
        del here.faults[broken]
        assert counts(fetched(here, tmp_path)) == {"new": 1, "resumed": 29}
        assert [request.target for request in pages_asked(here)] == [broken]
        assert counts(fetched(here, tmp_path)) == {"unchanged": 30}


def test_a_failed_page_stops_the_command_unless_it_is_to_be_left_out(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    with portal(service_portal()) as here:
        here.faults[f"{ROOT}category/image-store/apis/deleteimage/1.1/"] = lambda request, count: Answer(403)
        command = ("capture", here.address, "--pages", spec / "pages", "--out", spec)
        refused = run(*command)
        assert refused.returncode == 2
        assert refused.stderr.splitlines()[-2:] == [
            f"error: {here.address}category/image-store/apis/deleteimage/1.1/: answered 403",
            f"error: {here.address}: 1 page could not be fetched; the same command fetches only what is missing",
        ]
        assert len(kept(spec)) == 7
        assert run(*command, "--skip-invalid").returncode == 0
    assert "image-store-1.2.yaml" in kept(spec)


def test_a_killed_run_leaves_whole_pages_and_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    count, folder = 200, tmp_path / "pages"
    seen: list[int] = []
    with portal(numbered_portal(count, padding=20_000)) as here:
        program = (
            "import sys; from pathlib import Path; from apiscribe.capture.fetch import *\n"
            "order = Order(address=sys.argv[1], user_agent='t', concurrency=8)\n"
            "print(fetch(order, Store(Path(sys.argv[2]), {}, write=True)).new, flush=True)"
        )
        arguments = [sys.executable, "-c", program, here.address, str(folder)]
        for goal in (60, 120):
            reached = threading.Event()
            here.faults["*"] = lambda request, number, goal=goal, reached=reached: (
                reached.set() if sum(here.asked.values()) >= goal else None
            )
            process = subprocess.Popen(arguments, stdout=subprocess.PIPE)
            assert reached.wait(30)
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            assert process.returncode == -signal.SIGKILL
            seen.append(len(kept_whole(folder)))
        assert 0 < seen[0] < seen[1] < count
        here.forget()
        last = subprocess.run(arguments, capture_output=True, text=True, check=True)
        asked = pages_asked(here)
    assert int(last.stdout) == count - seen[1] == len(asked)
    assert len(kept_whole(folder)) == count


def kept_whole(folder: Path) -> list[str]:
    """List the pages of a folder, each of them whole."""
    pages = {name: data for name, data in kept(folder).items() if not name.rpartition("/")[2].startswith(".")}
    assert all(data.startswith(b"<!doctype html>") and data.endswith(b"</html>\n") for data in pages.values())
    return list(pages)


def test_the_journal_of_a_killed_run_may_end_anywhere(tmp_path: Path) -> None:
    with portal(numbered_portal(6)) as here:
        here.faults[f"{ROOT}c/s5/"] = lambda request, count: Answer(403)
        fetched(here, tmp_path)
        del here.faults[f"{ROOT}c/s5/"]
        journal = tmp_path / ".apiscribe-fetch.jsonl"
        whole = journal.read_bytes()
        journal.write_bytes(whole[: whole.rindex(b'{"page"') + 30])
        for missing in (2, 0):
            outcome = fetched(here, tmp_path)
            assert (outcome.new, outcome.resumed + outcome.unchanged) == (missing, 6 - missing)


def test_thousands_of_pages_are_fetched_once_each(tmp_path: Path) -> None:
    with portal(numbered_portal(1500)) as here:
        assert counts(fetched(here, tmp_path)) == {"new": 1500}
        assert max(here.asked.values()) == 1
        assert here.server.peak <= 8
    assert len(kept(tmp_path)) == 1500


def test_a_whole_service_is_four_megabytes_of_menu_and_kilobytes_on_disk(tmp_path: Path) -> None:
    with portal({**numbered_portal(0), f"{ROOT}c/s1/": small_page(1, padding=4_300_000)}) as here:
        here.pages[ROOT] = menu_page("Reference", [f"{ROOT}c/s1/"])
        fetched(here, tmp_path)
        assert here.sent > 4_300_000
    assert len(kept(tmp_path)["en/c/s1.html"]) < 400


def test_sources_in_memory_leave_nothing_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(None, {}, write=True)
    with portal(numbered_portal(3)) as here:
        fetch(Order(address=here.address, user_agent=AGENT), store)
    assert [source.name for source in store.sources()] == [f"en/c/s{number}.html" for number in range(3)]
    assert list(tmp_path.iterdir()) == []
