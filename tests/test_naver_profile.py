"""The seam between capture and its profiles: what is a portal's own sits in its profile, and a wrong one is told."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

from apiscribe import capture
from apiscribe.capture.page import PageSource
from apiscribe.errors import ApiscribeError

from .naver_pages import PROFILE, render
from .naver_services import SEND
from .portal_pages import endpoint_page, image_store

CAPTURE = Path(capture.__file__).parent
DATA = {"__init__.py", "facts.py", "signing.py"}
PORTALS = ("samsung", "naver", "ncloud", "ntruss", "scp-", "x-ncp")
LABELS = (
    *("Example HTTP request", "Supported Until", "responseFormatType", "Mandatory", "Conditional"),
    *("요청", "응답", "상태", "リクエスト", "レスポンス"),
)


def code_lines(path: Path) -> int:
    """Count the lines of a module that hold code: no blank ones, comments or docstrings."""
    source = path.read_text(encoding="utf-8")
    told: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            told |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    layout = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type not in layout]
    return len({line for token in tokens for line in range(token.start[0], token.end[0] + 1)} - told)


def test_the_second_profile_is_small_beside_its_data() -> None:
    modules = [path for path in (CAPTURE / "profiles" / "navercloud").glob("*.py") if path.name not in DATA]
    assert sum(map(code_lines, modules)) <= 250


def test_nothing_outside_the_profiles_holds_a_word_of_a_portal() -> None:
    modules = [path for path in CAPTURE.rglob("*.py") if "profiles" not in path.relative_to(CAPTURE).parts]
    texts = {path.name: path.read_text(encoding="utf-8") for path in modules}
    found = [(name, word) for name, text in texts.items() for word in PORTALS if word in text.lower()]
    found += [(name, word) for name, text in texts.items() for word in LABELS if word in text]
    assert len(modules) > 30
    assert found == []


def test_pages_of_another_portal_are_refused_with_the_profile_they_look_like() -> None:
    service = image_store()
    name, data = render(SEND)
    naver = PageSource(path=name, name=name, data=data)
    samsung = PageSource(path="a.txt", name="a.txt", data=endpoint_page(service, service.endpoints[0]))
    for page, chosen, other in (
        (naver, capture.open_profile("samsungcloud"), "navercloud"),
        (samsung, PROFILE, "samsungcloud"),
    ):
        with pytest.raises(ApiscribeError) as caught:
            capture.refuse_other_portal([page], chosen)
        assert caught.value.diagnostics[0].message == (
            f"the pages are not of {chosen.name}, they look like pages of {other}: --profile {other}"
        )
    capture.refuse_other_portal([naver], PROFILE)
