"""The gate: a program must have the structure it has with harmless texts, and hold only what we meant to write."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from apiscribe.render.statements import Statement, statements

# None of them gives a program files, processes or the network; those are the runtime's, which is no template.
_MODULES = frozenset({
    "__future__", "abc", "base64", "binascii", "collections", "dataclasses", "datetime", "decimal", "email", "enum",
    "functools", "hashlib", "hmac", "httpx", "importlib", "logging", "operator", "pydantic", "pytest", "re", "secrets",
    "time", "typing", "urllib", "uuid", "warnings",
})  # fmt: skip
_DECORATORS = frozenset(
    {
        "_deprecated",
        "_member",
        "_operation.Operation.late",
        "_operation.StreamedOperation.late",
        "cached_property",
        "leaves_body",
        "lru_cache",
        "property",
        "pytest.mark.parametrize",
        "pytest.fixture",
    }
)
_FACTS = ("Operation", "StreamedOperation", "Stream", "Parameter", "Body", "Encoding", "Pagination")
_CALLS = frozenset(
    {f"_operation.{name}" for name in _FACTS}
    | {"_security.Scheme"}
    | {f"_service.{name}" for name in ("Service", "Server", "ServerVariable", "ClientOption", "SigningOption")}
    | {"_typed.Header"}
    | {"_Choice", "CredentialField", "Emitted", "Field", "Scheme", "_needs", "frozenset"}
)
# The data of the stubs is made of these, and the stubs import the package they test.
_STUBS = "stubs/"
_STUB_CALLS = frozenset({"Case", "Target", "Credentials", "private_key"})
# Comments are of the templates alone; they are blanked as well, since their quotes begin nothing.
_TEXT = re.compile(
    r'''"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"|'''
    r"""'(?!'')[^'\\\n]*(?:\\.[^'\\\n]*)*'|#[^\n]*""",
    re.DOTALL,
)
# Looked at behind its first digit: to find a digit is quick, to look behind every character is not.
_FLOAT = re.compile(r"[0-9](?<![\w.][0-9])[0-9]*(?:\.[0-9]+(?:e[+-]?[0-9]+)?|e[+-]?[0-9]+)")
_INTEGER = re.compile(r"[0-9](?<![\w.][0-9])[0-9]*(?![\w.])")
_PASSIVE = (ast.Constant, ast.Name, ast.expr_context, ast.operator, ast.unaryop)


def pass_gate(path: str, text: str, neutral: str, package: str = "") -> None:
    """Check one printed module of a package against the same view with harmless texts.

    Raises:
        AssertionError: it does not parse, its structure differs, or it does at import what no template writes.
    """
    is_stub = path.startswith(_STUBS)
    modules, calls = (_MODULES | {package}, _CALLS | _STUB_CALLS) if is_stub else (_MODULES, _CALLS)
    try:
        # Programs that are equal but for their literals have one structure: then a look at one of them is enough.
        is_twin = _skeleton(text) == _skeleton(neutral)
        pairs = (
            ((item, item) for item in statements(text))
            if is_twin
            else zip_longest(statements(text), statements(neutral))
        )
        for statement, twin in pairs:
            problem = _problem(statement, twin, modules, calls)
            if problem:
                line = (statement or twin).line
                msg = f"{path}:{line}: {problem}"
                raise AssertionError(msg)
    except (SyntaxError, ValueError, RecursionError) as error:
        msg = f"{path} does not parse: {error}"
        raise AssertionError(msg) from error


def _skeleton(text: str) -> str:
    """Give a program with its texts and numbers blanked, by Python's own rule: outside of a text a quote begins one."""
    return _INTEGER.sub("0", _FLOAT.sub("0.0", _TEXT.sub('""', text)))


def _problem(
    statement: Statement | None, twin: Statement | None, modules: frozenset[str], calls: frozenset[str]
) -> str:
    if statement is None or twin is None or statement.parent is not twin.parent:
        return "the texts of the document changed the structure of the program"
    if statement is not twin and _differ(statement.node, twin.node):
        return "the texts of the document changed the structure of the program"
    for node in _within(statement.node):
        problem = _unexpected_import(node, modules)
        if problem:
            return f"{problem} is not allowed in generated code"
    problem = _unexpected(statement, calls)
    return f"{problem} is not allowed in generated code" if problem else ""


def _differ(tree: ast.AST, twin: ast.AST) -> bool:
    stack: list[tuple[object, object]] = [(tree, twin)]
    while stack:
        one, other = stack.pop()
        kind = type(one)
        if kind is not type(other):
            return True
        if isinstance(one, ast.Constant) and isinstance(other, ast.Constant):
            value, harmless = one.value, other.value
            if type(value) is not type(harmless) or (value is not harmless and isinstance(value, bool)):
                return True
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return True
            stack.extend(zip(one, other, strict=True))
        elif isinstance(one, ast.AST):
            # Names are interned and contexts are single objects, so that most members need no second look.
            for name in one._fields:
                left, right = getattr(one, name), getattr(other, name)
                if left is not right:
                    stack.append((left, right))
        elif one != other:
            return True
    return False


def _within(node: ast.stmt) -> Iterator[ast.stmt]:
    """List a statement and those inside of it, at any depth."""
    stack = [node]
    while stack:
        statement = stack.pop()
        yield statement
        for field in ("body", "orelse", "finalbody"):
            stack.extend(getattr(statement, field, ()))


def _unexpected_import(node: ast.stmt, modules: frozenset[str]) -> str:
    match node:
        case ast.ImportFrom(level=0, module=str(module)):
            imported = [module]
        case ast.Import(names=names):
            imported = [alias.name for alias in names]
        case _:
            return ""
    return next((f"import of {name}" for name in imported if name.partition(".")[0] not in modules), "")


def _unexpected(statement: Statement, calls: frozenset[str]) -> str:
    """Say what a statement does at import that no template writes; imports are looked at apart."""
    node = statement.node
    if statement.parent in (ast.FunctionDef, ast.AsyncFunctionDef):
        return ""
    if statement.parent is ast.If:
        return "" if isinstance(node, ast.ImportFrom | ast.Import | ast.Pass) else _kind(node)
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return ""
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(), attr="model_rebuild"), args=[], keywords=[])):
            return ""
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            defaults = [item for item in (*node.args.defaults, *node.args.kw_defaults) if item is not None]
            return _unexpected_decorator(node.decorator_list, calls) or _unexpected_value(defaults, calls)
        case ast.ClassDef(bases=bases, keywords=keywords, decorator_list=decorators):
            return _unexpected_decorator(decorators, calls) or _unexpected_value([*bases, *keywords], calls)
        case ast.Assign(targets=[ast.Name()], value=value):
            return _unexpected_value([value], calls)
        case ast.AnnAssign(target=ast.Name(), annotation=kind, value=assigned):
            return _unexpected_value([kind, *([assigned] if assigned is not None else [])], calls)
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=[]):
            return ""
    return _kind(node)


def _kind(node: ast.stmt) -> str:
    return f"a statement of kind {type(node).__name__}"


def _unexpected_decorator(decorators: list[ast.expr], calls: frozenset[str]) -> str:
    for decorator in decorators:
        called, given = (decorator.func, decorator.args) if isinstance(decorator, ast.Call) else (decorator, [])
        if ast.unparse(called) not in _DECORATORS:
            return f"decorator {ast.unparse(called)}"
        problem = _unexpected_value(given, calls)
        if problem:
            return problem
    return ""


def _unexpected_value(values: Iterable[ast.AST], calls: frozenset[str]) -> str:
    stack = list(values)
    while stack:
        part = stack.pop()
        if isinstance(part, _PASSIVE):
            continue
        if isinstance(part, ast.Call) and _dotted(part.func) not in calls:
            return f"call of {ast.unparse(part.func)} at import"
        if isinstance(part, ast.NamedExpr | ast.JoinedStr | ast.Await | ast.Yield | ast.YieldFrom):
            return f"{type(part).__name__} at import"
        for name in part._fields:
            member = getattr(part, name)
            if isinstance(member, ast.AST):
                stack.append(member)
            elif isinstance(member, list):
                stack.extend(item for item in member if isinstance(item, ast.AST))
    return ""


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
    return ""
