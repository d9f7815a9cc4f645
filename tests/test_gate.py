"""The gate: what a template or a forged piece of code could let through is found before anything is written."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiscribe.code import Code, docstring, identifier, type_expression
from apiscribe.errors import ApiscribeError
from apiscribe.pipeline import Settings, Source, build
from apiscribe.plan.pyproject import Distribution
from apiscribe.render import render
from apiscribe.render.gate import pass_gate
from apiscribe.render.statements import statements
from apiscribe.view import Alias, File, Import, ModelModule, Package

from .generation import PACKAGE, headed, templates

FUTURE = "from __future__ import annotations\n"


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "import time, os",
        "import os.path",
        "from os import path",
        "from subprocess import run",
        "def f():\n    import socket",
        "class A:\n    def f(self):\n        if True:\n            from ctypes import CDLL",
        "if TYPE_CHECKING:\n    import sys",
        "print(1)",
        "x = eval('1')",
        "x = Field(default=open('/etc/passwd'))",
        "x: f() = 1",
        "x: int = [f() for y in z]",
        "def f(x=g()): pass",
        "def f(*, x=g()): pass",
        "async def f(x=g()): pass",
        "class A(f()): pass",
        "class A(B, metaclass=f()): pass",
        "class A:\n    x = f()",
        "class A:\n    f()",
        "class A:\n    class B:\n        x = 1\n    for y in z: pass",
        "@evil\ndef f(): pass",
        "@evil\nasync def f(): pass",
        "@evil\nclass A: pass",
        "@property(f())\ndef f(): pass",
        "class A:\n    @evil\n    def f(self): pass",
        "if TYPE_CHECKING:\n    f()",
        "if TYPE_CHECKING:\n    pass\nelse:\n    x = 1",
        "if True:\n    x = 1",
        "f().model_rebuild()",
        "A.model_rebuild(f())",
        "A.b = 1",
        "a[0] = 1",
        "a, b = 1, 2",
        "x = (y := 1)",
        "x = f'{y}'",
        "for x in y: pass",
        "while True: pass",
        "with x: pass",
        "try:\n    pass\nexcept Exception:\n    pass",
        "del x",
        "assert x",
        "raise x",
        "global x",
        "x += 1",
    ],
)
def test_what_no_template_writes_is_refused(text: str) -> None:
    for path in ("a.py", "stubs/a.py"):
        with pytest.raises(AssertionError, match=r"a\.py:\d+: .* (is not allowed in generated code)"):
            pass_gate(path, text, text)


@pytest.mark.parametrize(
    "text",
    [
        '"""Doc."""\n' + FUTURE + "import time\nfrom ._runtime import x\nfrom typing import Any",
        "def f(x: int = 1) -> None:\n    return print(open(x))",
        'class A(Model, extra="allow"):\n    x: int = Field(default=None)\n\n    @property\n    def y(self): pass',
        "A.model_rebuild()",
        "if TYPE_CHECKING:\n    from .a import b",
        'X: _operation.Operation[None] = _operation.Operation(id="a", parameters=(_operation.Parameter(name="b"),))',
    ],
)
def test_what_templates_write_passes(text: str) -> None:
    pass_gate("a.py", text, text)
    with pytest.raises(AssertionError, match="changed the structure"):
        pass_gate("a.py", text, f"{text}\ny = 1")


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ('x = "a"', 'x = ""\ny = 1'),
        ('x = "a"\ny = 1', 'x = ""'),
        ('x = "a" "b" + "c"', 'x = ""'),
        ("x = 1", 'x = ""'),
        ("x = True", "x = False"),
        ("x = None", "x = 1"),
        ("x = 1.0", "x = 1"),
        ("x = -1", "x = 1"),
        ("x = y", "x = z"),
        ("def f():\n    return 1", "def g():\n    return 1"),
        ("def f():\n    return 1\n    return 2", "def f():\n    return 1"),
        ("class A:\n    x = 1\ny = 1", "class A:\n    x = 1\n    y = 1"),
        ('"""a"""\nimport time\n"""b"""', '"""x"""'),
        ("x = [1, 2]", "x = [1]"),
        ("x = {1: 2}", "x = {1}"),
    ],
)
def test_texts_do_not_change_the_structure(text: str, neutral: str) -> None:
    with pytest.raises(AssertionError, match="changed the structure of the program"):
        pass_gate("a.py", text, neutral)


@pytest.mark.parametrize(
    "text", ["x = (", "x = 1)", '"""', "  x = 1", "def f():\nx", "x\0y", "else:\n    x", "x = '\n'"]
)
def test_what_does_not_parse_is_refused(text: str) -> None:
    with pytest.raises(AssertionError, match=r"a\.py does not parse"):
        pass_gate("a.py", text, text)


def whole(text: str) -> list[tuple[str, str]]:
    """List the statements of two levels as parsing the whole text gives them."""
    found = []
    for node in ast.parse(text).body:
        inner: list[ast.stmt] = []
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.If):
            inner, node.body = node.body, []
        found.append(("", ast.dump(node)))
        found += [(type(node).__name__, ast.dump(child)) for child in inner]
    return found


BLOCKS = (
    'class A:\n    """Doc.\n\n    More.\n\nclass B:\n    """\n\n    x = 1\n\n    def f(self):\n        a = 1\n',
    "def f():\n    a = [\n\n    1,\n\n2,\n    ]\n\n    return a\n",
    'x = """\n\n    def f():\n        pass\n\nclass C:\n    pass\n\n"""\n',
    "if TYPE_CHECKING:\n    from .a import b\n\n    from .c import d\n",
    "y = {\n\n    1: 2,\n\n}\n",
    "async def g():\n    pass\n",
    "# a comment\n\n    # and one below\n",
)


@given(st.lists(st.sampled_from(BLOCKS), max_size=8), st.integers(1, 200))
def test_a_program_read_in_pieces_is_the_program(blocks: list[str], size: int) -> None:
    text = "\n\n".join(blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("apiscribe.render.statements._PIECE", size)
        found = [(item.parent.__name__ if item.parent else "", ast.dump(item.node)) for item in statements(text)]
        lines = [item.line for item in statements(text)]
    assert found == whole(text)
    assert lines == sorted(lines)


def alias(annotation: Code, doc: Code) -> Package:
    """Plan a package of one module with one alias."""
    view = ModelModule(
        docstring=docstring(["Models."]),
        imports=(Import(module=identifier("typing"), names=identifier("TypeAlias")),),
        classes=(),
        aliases=(Alias(name=identifier("A"), annotation=annotation, docstring=doc),),  # type: ignore[arg-type]
        rebuilt=(),
    )
    return Package(name="a", files=(File(path="a.py", template="client/model.py.j2", view=view),))


def test_a_forged_piece_of_code_does_not_get_through() -> None:
    texts = templates().texts
    sound = docstring(["Sound."])
    assert "A: TypeAlias = str" in render(alias(type_expression("str"), sound), texts)["a.py"]
    for forged in (
        Code('str\nimport os\nos.system("x")', "str"),
        Code('__import__("os").system("x")', "str"),
        Code('__import__("os").system("x")'),
        Code("str; x = 1", "str"),
        Code("(str", "str"),
    ):
        with pytest.raises(AssertionError):
            render(alias(forged, sound), texts)
        with pytest.raises(AssertionError):
            render(alias(type_expression("str"), Code(f'"""{forged}"""\n{forged}', '"""x"""')), texts)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ view.aliases }}", "only code is printed, not tuple"),
        ("\n\n{{ view.nothing }}", "no attribute 'nothing'"),
        ("\n{{ nothing }}", "'nothing' is undefined"),
        ("{{ view.aliases[0].name | upper }}", "only code is printed, not str"),
        ("{{ view.docstring ~ view.docstring }}", "only code is printed, not"),
        ("{{ 1 + 1 }}", "only code is printed, not int"),
        ("{% for x in view.nothing %}{% endfor %}", "no attribute 'nothing'"),
        ("\n\n\n{% if %}", "Expected an expression"),
        ("{% include 'no' %}", "no"),
    ],
)
def test_templates_that_print_something_else_are_refused_where_they_do(template: str, message: str) -> None:
    texts = {**templates().texts, "client/model.py.j2": template}
    with pytest.raises(ApiscribeError) as caught:
        render(alias(type_expression("str"), docstring(["a"])), texts)
    (found,) = caught.value.diagnostics
    assert message in found.message
    assert found.origin.file == "client/model.py.j2"
    if "include" not in template:
        assert found.origin.line == template.count("\n") + 1


def test_every_template_of_a_program_passes_the_gate() -> None:
    document = headed("paths: {/a: {get: {responses: {200: {description: a}}}}}\n")
    texts = templates()
    for name in ("client/client.py.j2", "client/operations.py.j2", "client/package.py.j2", "tests/cases.py.j2"):
        evil = {**texts.texts, name: f"{texts.texts[name]}\n\nimport os\n"}
        settings = Settings(distribution=Distribution(package=PACKAGE))
        with pytest.raises(AssertionError, match="import of os is not allowed"):
            build((Source(path="a.yaml", data=document.encode()),), settings, replace(texts, texts=evil))
