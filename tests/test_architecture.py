"""The rules of the architecture: who imports whom, how large things are, where the outside world is touched."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from apiscribe.capture import coverage_page

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "generator" / "apiscribe"
RUNTIME = ROOT / "templates" / "runtime"

ROOMS = (
    *(
        "errors",
        "location",
        "naming",
        "code",
        "markdown",
        "document",
        # Compares two documents as they stand, whatever a generator would make of them.
        "diff",
        "changelog",
        # Proposes extensions from what a document says; reads it as it stands, as diff does.
        "suggest",
        "ir",
        "lower",
        "signing",
        "view",
        "plan",
        "models",
    ),
    *("render", "style", "pipeline", "delta", "project", "output", "cli"),
)
# Documents give operations their Python names, so capture and generator share the words of naming, and nothing else.
CAPTURE = ("errors", "naming", "capture", "cli")

MAX_MODULE = 400
MAX_FUNCTION = 40

# Rooms that may touch files, environment, clock and processes.
OUTSIDE = ("location", "project", "output", "style", "cli", "capture.fetch")
OUTSIDE_MODULES = (
    *("asyncio", "ctypes", "fcntl", "http", "httpx", "multiprocessing", "os", "pathlib", "platformdirs"),
    *("random", "secrets", "shutil", "socket", "ssl", "subprocess", "tempfile", "threading", "time", "urllib.request"),
)
OUTSIDE_CALLS = ("open", "print", "input", "exec", "eval", "__import__", "breakpoint")
OUTSIDE_METHODS = (
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "environ",
    "getenv",
    "system",
    "popen",
    "now",
    "utcnow",
    "today",
)
# The official OpenAPI schema is read once, from beside the module; so is a recipe of the library.
OWN_DATA = {
    "generator/apiscribe/document/structure.py": "read_text",
    "generator/apiscribe/signing/library.py": "read_bytes",
}
BAD_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)($|_)")


def modules() -> list[Path]:
    """List the modules of the toolkit."""
    return sorted(SOURCE.rglob("*.py"))


def written_by_hand() -> list[Path]:
    """List the modules of toolkit and runtime."""
    return [*modules(), *sorted(RUNTIME.rglob("*.py"))]


def name_of(path: Path) -> str:
    """Name a module below the package, without the package's own name."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def id_of(path: Path) -> str:
    """Name a file in test reports."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """List what a module imports, wherever it does, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """List every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def room_of(module: str) -> str:
    """Find the room of a module; a room may be several modules side by side, such as view and view_stubs."""
    first = module.split(".")[0]
    return next((room for room in (*ROOMS, "capture") if first == room or first.startswith(f"{room}_")), first)


def test_contributing_lists_the_rooms_in_their_order() -> None:
    page = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    assert f"the rooms before it: {' · '.join(ROOMS)} and apart from them: {' · '.join(CAPTURE)} ## Rules" in page


def test_rooms_import_only_from_rooms_before_them() -> None:
    wrong = []
    for path in modules():
        if (module := name_of(path)) in ("__init__", "__main__"):
            continue
        own = room_of(module)
        wings = [wing for wing in (ROOMS, CAPTURE) if own in wing]
        allowed = {room for wing in wings for room in wing[: wing.index(own) + 1]}
        if not wings:
            wrong.append(f"{id_of(path)}: {own} is no room")
        for imported, line in imports(parsed(path)):
            parts = imported.split(".")
            if parts[0] == "apiscribe" and len(parts) > 1 and room_of(parts[1]) not in {*allowed, "__version__"}:
                wrong.append(f"{id_of(path)}:{line}: {own} imports {parts[1]}")
    assert sorted(set(wrong)) == []


def test_modules_and_functions_stay_small() -> None:
    long = [
        f"{id_of(path)}: {count} lines"
        for path in written_by_hand()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_MODULE
    ]
    long += [
        f"{id_of(path)}:{function.lineno}: {function.name} has {count} lines"
        for path in written_by_hand()
        for function in functions(parsed(path))
        if (count := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION
    ]
    assert long == []


def touched(path: Path) -> Iterator[str]:
    """Find where a module touches the outside world."""
    tree = parsed(path)
    for name, line in imports(tree):
        if name in OUTSIDE_MODULES or name.split(".")[0] in OUTSIDE_MODULES:
            yield f"{id_of(path)}:{line}: import of {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OUTSIDE_CALLS:
            yield f"{id_of(path)}:{node.lineno}: {node.func.id}"
        if isinstance(node, ast.Attribute) and node.attr in OUTSIDE_METHODS and OWN_DATA.get(id_of(path)) != node.attr:
            yield f"{id_of(path)}:{node.lineno}: {node.attr}"


def test_the_outside_world_is_touched_only_at_the_edge() -> None:
    inner = [path for path in modules() if not name_of(path).startswith(OUTSIDE)]
    assert [found for path in inner for found in touched(path)] == []


def test_names_say_what_a_module_is_for() -> None:
    wrong = [
        id_of(path)
        for path in written_by_hand()
        if any(BAD_NAMES.search(part) for part in path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert wrong == []


def test_modules_and_public_names_have_docstrings() -> None:
    missing = [id_of(path) for path in written_by_hand() if not ast.get_docstring(parsed(path))]
    missing += [
        f"{id_of(path)}:{node.lineno}: {node.name}"
        for path in written_by_hand()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert missing == []


def loose(path: Path) -> Iterator[str]:
    """Find dataclasses that can change, or that hold what can."""
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.ClassDef):
            continue
        made = [ast.unparse(item) for item in node.decorator_list if ast.unparse(item).startswith("dataclass")]
        if made and made != ["dataclass(frozen=True, slots=True, kw_only=True)"]:
            yield f"{id_of(path)}:{node.lineno}: {node.name} is {made[0]}"
        for field in node.body if made else ():
            if isinstance(field, ast.AnnAssign) and re.match(r"(list|set)\b", ast.unparse(field.annotation)):
                yield f"{id_of(path)}:{field.lineno}: {ast.unparse(field)}"


def test_dataclasses_are_frozen_and_hold_no_lists() -> None:
    assert [found for path in modules() for found in loose(path)] == []


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [id_of(path) for path in written_by_hand() if marks.search(path.read_text(encoding="utf-8"))] == []


# Templates


def templates() -> list[Path]:
    """List the templates."""
    return sorted((ROOT / "templates").rglob("*.j2"))


def is_dotted(node: nodes.Node) -> bool:
    """Tell whether an expression is a dotted name and nothing else."""
    while isinstance(node, nodes.Getattr):
        node = node.node
    return isinstance(node, nodes.Name)


def logic(node: nodes.Node) -> Iterator[str]:
    """Find what a template may not hold."""
    match node:
        case nodes.Template() | nodes.TemplateData():
            pass
        case nodes.Output():
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData) and not is_dotted(part):
                    yield f"line {part.lineno}: prints something other than a dotted name"
            return
        case nodes.For():
            if not isinstance(node.target, nodes.Name) or not is_dotted(node.iter) or node.test or node.recursive:
                yield f"line {node.lineno}: a loop over something other than a dotted name"
            yield from (found for child in (*node.body, *node.else_) for found in logic(child))
            return
        case nodes.If():
            if not is_dotted(node.test) or node.elif_:
                yield f"line {node.lineno}: a condition other than a dotted name"
            yield from (found for child in (*node.body, *node.else_) for found in logic(child))
            return
        case nodes.Include(template=nodes.Const()):
            return
        case nodes.Block(scoped=False, required=False):
            pass
        case nodes.FilterBlock(filter=nodes.Filter(name="indent", args=args, kwargs=kwargs)):
            if not all(isinstance(arg, nodes.Const) for arg in (*args, *(pair.value for pair in kwargs))):
                yield f"line {node.lineno}: an indentation that is no constant"
            yield from (found for child in node.body for found in logic(child))
            return
        case _:
            yield f"line {node.lineno}: {type(node).__name__}"
    for child in node.iter_child_nodes():
        yield from logic(child)


def test_there_are_templates() -> None:
    assert templates()


@pytest.mark.parametrize("path", templates(), ids=id_of)
def test_templates_hold_no_logic(path: Path) -> None:
    tree = Environment(autoescape=False).parse(path.read_text(encoding="utf-8"))
    assert list(logic(tree)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ view.name }}{% for x in view.xs %}{{ x }}{% else %}none{% endfor %}", []),
        ("{% if view.a %}a{% else %}b{% endif %}{% include 'a.j2' %}{% filter indent(4) %}{{ a }}{% endfilter %}", []),
        ("{% block a %}{{ a }}{% endblock %}", []),
        ("{% block a %}{{ a() }}{% endblock %}", ["line 1: prints something other than a dotted name"]),
        ("{{ a | upper }}", ["line 1: prints something other than a dotted name"]),
        ("{{ a() }}", ["line 1: prints something other than a dotted name"]),
        ("{{ a[0] }}", ["line 1: prints something other than a dotted name"]),
        ("{{ 'a' ~ b }}", ["line 1: prints something other than a dotted name"]),
        ("{% if a == b %}{% endif %}", ["line 1: a condition other than a dotted name"]),
        ("{% if a %}{% elif b %}{% endif %}", ["line 1: a condition other than a dotted name"]),
        ("{% for x in a | sort %}{% endfor %}", ["line 1: a loop over something other than a dotted name"]),
        ("{% for x, y in a %}{% endfor %}", ["line 1: a loop over something other than a dotted name"]),
        ("{% set a = 1 %}", ["line 1: Assign"]),
        ("{% macro a() %}{% endmacro %}", ["line 1: Macro"]),
        ("{% filter upper %}a{% endfilter %}", ["line 1: FilterBlock"]),
        ("{% include a %}", ["line 1: Include"]),
    ],
)
def test_the_template_rule_finds_logic(text: str, found: list[str]) -> None:
    assert [line for line in logic(Environment(autoescape=False).parse(text)) if "Const" not in line][:1] == found


PAGES = [path for path in templates() if path.parent.name == "coverage"]


def pieces(path: Path) -> str:
    """Write a template as its own text, with a mark where something is printed."""
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    outputs = tree.find_all(nodes.Output)
    return "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\0" for output in outputs for part in output.nodes
    )


@pytest.mark.parametrize("path", PAGES, ids=id_of)
def test_templates_of_web_pages_print_only_where_escaping_protects(path: Path) -> None:
    text = pieces(path)
    inside = re.findall(r"<(?:script|style)\b[^>]*>(.*?)</(?:script|style)>", text, re.DOTALL)
    assert [piece for piece in inside if "\0" in piece] == []
    assert re.findall(r"<[^<>]*=\s*[^\"'\s<>]*\0[^<>]*>", text) == []
    assert re.findall(r"\b(?:href|src|style|on[a-z]+|srcdoc|formaction)\s*=\s*[\"'][^\"']*\0", text) == []
    assert path.name.endswith(".html.j2") or "\0" not in text


def test_templates_of_web_pages_load_nothing_from_elsewhere() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in PAGES}
    assert set(texts) == {"page.html.j2", "style.css.j2", "script.js.j2"}
    assert [
        name for name, text in texts.items() if re.search(r"https?:|//[a-z]|@import|url\(|\bsrc=|<link", text)
    ] == []


def test_web_pages_are_printed_with_escaping_and_plain_text_only() -> None:
    page = coverage_page.environment({"a.html.j2": '<p title="{{ view.name }}">{{ view.name }}</p>'})
    assert page.autoescape is True
    hostile = "<script>\"'&"
    escaped = "&lt;script&gt;&#34;&#39;&amp;"
    printed = page.get_template("a.html.j2").render(view={"name": hostile})
    assert printed == f'<p title="{escaped}">{escaped}</p>'
    for unsafe in (Markup(hostile), None, ["x"], b"x"):
        with pytest.raises(TypeError, match="only text is printed"):
            page.get_template("a.html.j2").render(view={"name": unsafe})


# The runtime


def test_one_module_of_the_runtime_knows_the_http_library() -> None:
    libraries = {"httpx", "httpcore", "httpx2", "httpcore2", "anyio", "h11"}
    users = [
        path.relative_to(RUNTIME).as_posix()
        for path in sorted(RUNTIME.rglob("*.py"))
        if any(name.split(".")[0] in libraries for name, _ in imports(parsed(path)))
    ]
    assert [name for name in users if not name.startswith("stubs/")] == ["library.py"]


# The repository


def test_the_top_level_holds_what_it_should() -> None:
    expected = {
        *("pyproject.toml", "apiscribe.toml", "spec", "generator", "templates", "generated", "tests", "docs"),
        *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Makefile", "requirements.lock"),
    }
    present = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert present <= expected


def test_the_lock_names_no_registry_and_every_file_by_hash() -> None:
    for name in (
        "requirements.lock",
        ".ci/audit.lock",
        "tests/oracles/requirements.lock",
        "tests/site/requirements.lock",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"://|--index|--find-links", text)
        pins = re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+.*\\$", text, re.MULTILINE)
        assert pins
        assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE))
        assert len(pins) <= text.count("--hash=sha256:")
