"""The gate: a program must have the structure it has with harmless texts, and hold only what we meant to write."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

# None of them gives a program files, processes or the network; those are the runtime's, which is no template.
_MODULES = frozenset({
    "__future__", "abc", "base64", "binascii", "collections", "dataclasses", "datetime", "decimal", "email", "enum",
    "functools", "hashlib", "hmac", "httpx", "importlib", "logging", "operator", "pydantic", "pytest", "re", "secrets",
    "time", "typing", "urllib", "uuid", "warnings",
})  # fmt: skip
_DECORATORS = frozenset({"cached_property", "property", "pytest.mark.parametrize", "pytest.fixture"})
_CALLS = frozenset(
    {f"_operation.{name}" for name in ("Operation", "Parameter", "Body", "Pagination")}
    | {f"_service.{name}" for name in ("Service", "Server", "ServerVariable", "ClientOption")}
    | {"CredentialField", "Field"}
)
# The data of the stubs is made of these, and the stubs import the package they test.
_STUBS = "stubs/"
_STUB_CALLS = frozenset({"Case", "Target", "Credentials"})


def pass_gate(path: str, text: str, neutral: str, package: str = "") -> None:
    """Check one printed module of a package against the same view with harmless texts.

    Raises:
        AssertionError: it does not parse, its structure differs, or it does at import what no template writes.
    """
    try:
        tree, twin = ast.parse(text), ast.parse(neutral)
    except (SyntaxError, ValueError) as error:
        msg = f"{path} does not parse: {error}"
        raise AssertionError(msg) from error
    difference = _difference(tree, twin)
    if difference:
        msg = f"{path}:{difference}: the texts of the document changed the structure of the program"
        raise AssertionError(msg)
    is_stub = path.startswith(_STUBS)
    modules, calls = (_MODULES | {package}, _CALLS | _STUB_CALLS) if is_stub else (_MODULES, _CALLS)
    problems = [(node.lineno, _unexpected_import(node, modules)) for node in _statements(tree)]
    problems += [(node.lineno, _unexpected(node, calls)) for node in tree.body]
    for line, problem in problems:
        if problem:
            msg = f"{path}:{line}: {problem} is not allowed in generated code"
            raise AssertionError(msg)


def _difference(tree: ast.AST, twin: ast.AST) -> int:
    stack: list[tuple[object, object]] = [(tree, twin)]
    line = 1
    while stack:
        one, other = stack.pop()
        if type(one) is not type(other):
            return line
        if isinstance(one, ast.Constant) and isinstance(other, ast.Constant):
            fixed = one.value is None or isinstance(one.value, bool)
            if type(one.value) is not type(other.value) or (fixed and one.value is not other.value):
                return one.lineno
        elif isinstance(one, ast.AST):
            line = getattr(one, "lineno", line)
            stack.extend((getattr(one, name), getattr(other, name)) for name in one._fields)
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return line
            stack.extend(zip(one, other, strict=True))
        elif one != other:
            return line
    return 0


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """List the statements of a module at any depth."""
    stack: list[ast.stmt] = list(tree.body)
    while stack:
        node = stack.pop()
        yield node
        for field in ("body", "orelse", "finalbody"):
            stack.extend(getattr(node, field, ()))


def _unexpected_import(node: ast.stmt, modules: frozenset[str]) -> str:
    match node:
        case ast.ImportFrom(level=0, module=str(module)):
            imported = [module]
        case ast.Import(names=names):
            imported = [alias.name for alias in names]
        case _:
            return ""
    return next((f"import of {name}" for name in imported if name.partition(".")[0] not in modules), "")


def _unexpected(node: ast.stmt, calls: frozenset[str]) -> str:
    """Say what a statement does at import that no template writes; imports are looked at apart."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return ""
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(), attr="model_rebuild"), args=[], keywords=[])):
            return ""
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            returns = [node.returns] if node.returns is not None else []
            return _unexpected_decorator(node.decorator_list, calls) or _unexpected_value([node.args, *returns], calls)
        case ast.ClassDef(bases=bases, keywords=keywords, decorator_list=decorators):
            within = (_unexpected(item, calls) for item in node.body)
            own = _unexpected_decorator(decorators, calls) or _unexpected_value([*bases, *keywords], calls)
            return own or next(filter(None, within), "")
        case ast.Assign(targets=[ast.Name()], value=value):
            return _unexpected_value([value], calls)
        case ast.AnnAssign(target=ast.Name(), annotation=kind, value=assigned):
            return _unexpected_value([kind, *([assigned] if assigned is not None else [])], calls)
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=[]):
            odd = (item for item in body if not isinstance(item, ast.ImportFrom | ast.Import | ast.Pass))
            return next((_kind(item) for item in odd), "")
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
    for value in values:
        for part in ast.walk(value):
            if isinstance(part, ast.Call) and ast.unparse(part.func) not in calls:
                return f"call of {ast.unparse(part.func)} at import"
            if isinstance(part, ast.NamedExpr | ast.JoinedStr | ast.Await | ast.Yield | ast.YieldFrom):
                return f"{type(part).__name__} at import"
    return ""
