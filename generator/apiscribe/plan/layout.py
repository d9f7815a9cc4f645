"""Layout: an argument of an example that one line cannot hold, broken into lines as a formatter would."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from apiscribe.code import literal

_STEP = 4


def laid_out(argument: str, width: int, indent: int = 0) -> str:
    """Break `name=value` into lines; all but the first are indented.

    >>> print(laid_out('owner=Owner(name="a", tags=["b", "c"])', 24))
    owner=Owner(
        name="a",
        tags=["b", "c"],
    )
    >>> print(laid_out('a="somewords"', 12))
    a=(
        "some"
        "word"
        "s"
    )
    """
    if indent + len(argument) < width:
        return argument
    call = ast.parse(f"f({argument})", mode="eval").body
    if not isinstance(call, ast.Call) or not call.keywords:
        return argument
    (keyword,) = call.keywords
    return _fitted(keyword.value, width, indent, f"{keyword.arg}=")


def _fitted(node: ast.expr, width: int, indent: int, start: str = "") -> str:
    """Print a value behind what stands before it: on one line if that is short enough."""
    flat = f"{start}{_flat(node)}"
    if indent + len(flat) < width:
        return flat
    inner = indent + _STEP
    match node:
        case ast.Call(func=ast.Name(id=name), keywords=keywords) if keywords:
            parts = [_fitted(item.value, width, inner, f"{item.arg}=") for item in keywords]
            return _block(f"{start}{name}(", (f"{part}," for part in parts), ")", indent)
        case ast.List(elts=elements) if elements:
            parts = [_fitted(item, width, inner) for item in elements]
            return _block(f"{start}[", (f"{part}," for part in parts), "]", indent)
        case ast.Dict(keys=keys, values=values) if values:
            parts = [
                _fitted(value, width, inner, f"{_flat(key)}: ")
                for key, value in zip(keys, values, strict=True)
                if key is not None
            ]
            return _block(f"{start}{{", (f"{part}," for part in parts), "}", indent)
        case ast.Constant(value=str() | bytes() as text):
            size = max(width - inner - _STEP, _STEP)
            pieces = [text[at : at + size] for at in range(0, len(text), size)]
            return _block(f"{start}(", (str(literal(piece)) for piece in pieces), ")", indent)
    return flat


def _block(start: str, lines: Iterable[str], end: str, indent: int) -> str:
    inner = " " * (indent + _STEP)
    return "\n".join([start, *(f"{inner}{line}" for line in lines), f"{' ' * indent}{end}"])


def _flat(node: ast.expr) -> str:
    """Print a value on one line, its texts as everywhere in generated code."""
    match node:
        case ast.Constant(value=value) if value is not Ellipsis:
            return str(literal(value))
        case ast.Call(func=ast.Name(id=name), keywords=keywords, args=[]):
            return f"{name}({', '.join(f'{item.arg}={_flat(item.value)}' for item in keywords)})"
        case ast.List(elts=elements):
            return f"[{', '.join(map(_flat, elements))}]"
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return f"{{{', '.join(f'{_flat(key)}: {_flat(value)}' for key, value in pairs if key is not None)}}}"
    return ast.unparse(node)
