"""Types: all schemas of one service version to Python types, put together of what datamodel-code-generator answers."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apiscribe import ir
from apiscribe.code import Code, annotation, type_expression
from apiscribe.models.shapes import annotations_of, hole, shape_of
from apiscribe.models.tags import tags_of
from apiscribe.models.tree import TreeMaker, referred
from apiscribe.plan.uses import Request, Types, TypeUse, is_class, references

# Each operator is a level deeper, and Python's own compiler gives up at a few thousand: longer unions are written flat.
_MAX_OPERATORS = 100


def types_of(
    schemas: Iterable[ir.NamedSchema],
    classes: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
    open_names: frozenset[str],
    asked: Mapping[str, Request],
) -> Types:
    """Give Python types to named schemas and to further ones.

    `classes` and `fields` hold the final names by the schemas' keys; enums of the schemas in `open_names` are open.
    """
    named = tuple(schemas)
    # Trees name classes by their numbers, so that none is taken for a placeholder.
    numbered = {item.name: f"C{number}" for number, item in enumerate(named)}
    twins = {item.name: item for item in named if item.twin_of}
    given = {name: f"G{number}" for number, (name, item) in enumerate(twins.items()) if is_class(item.schema)}
    circles = recursive_aliases(named)
    maker = TreeMaker({**numbered, **given})
    members, distinct, tags = dict[str, list[str]](), dict[str, str](), tags_of(named, asked.values())
    for item in named:
        within, parts = circles if item.name in circles else frozenset[str](), _parts(item, open_names, tags)
        trees = (maker.tree(schema, open_enums=is_open, unusable=within) for schema, is_open in parts)
        members[item.name] = [_entered(distinct, tree) for tree in trees]
    keys = {key: _entered(distinct, _asked_tree(item, numbered, maker)) for key, item in asked.items()}
    known = maker.placeholders | {given[name]: _either(classes[name], classes[twins[name].twin_of]) for name in given}
    numbers = {numbered[key]: classes[key] for key in numbered}
    uses = _Reader(numbers, known).read(distinct, frozenset(classes[name] for name in twins))
    return Types(
        fields={
            item.name: _fields(item.schema, fields[item.name], [uses[key] for key in members[item.name]])
            for item in named
            if isinstance(item.schema, ir.ObjectSchema) and item.schema.properties
        },
        further={
            item.name: uses[members[item.name][-1]] for item in named if ir.further_schema(item.schema) is not None
        },
        aliases={item.name: uses[members[item.name][0]] for item in named if not is_class(item.schema)},
        asked={key: uses[number] for key, number in keys.items()},
    )


def _asked_tree(item: Request, numbered: Mapping[str, str], maker: TreeMaker) -> dict[str, Any]:
    # A whole body is one model: what may be sent in its place has a type of its own.
    chosen = TreeMaker(numbered) if isinstance(item.schema, ir.RefSchema) else maker
    return chosen.tree(item.schema, open_enums=item.open_enums)


def _fields(schema: ir.ObjectSchema, names: Mapping[str, str], uses: Iterable[TypeUse]) -> dict[str, TypeUse]:
    return {names[member.name]: use for member, use in zip(schema.properties, uses, strict=False)}


def _either(made: str, read: str) -> Code:
    """Give the type of what requests take: a model made for them, or one that was read."""
    return type_expression(f"_sent.Given[{made}, {read}]")


def _parts(
    item: ir.NamedSchema, open_names: frozenset[str], tags: frozenset[tuple[str, str]]
) -> list[tuple[ir.Schema, bool]]:
    # A class is typed by its fields, and by what further keys hold; an alias by itself. With each: is an enum open?
    schema, is_open = item.schema, item.name in open_names
    if not isinstance(schema, ir.ObjectSchema) or not schema.properties:
        return [(schema, is_open)]
    further = ir.further_schema(schema)
    fields = ((member.schema, is_open and (item.name, member.name) not in tags) for member in schema.properties)
    return [*fields, *([(further, is_open)] if further is not None else [])]


def _entered(distinct: dict[str, str], tree: dict[str, Any]) -> str:
    # Most fields of a document share a few types: each is asked for once.
    return distinct.setdefault(json.dumps(tree, sort_keys=True), f"f{len(distinct)}")


def recursive_aliases(named: tuple[ir.NamedSchema, ...]) -> frozenset[str]:
    """Find the aliases that lead back to themselves without a class in between."""
    aliases = {item.name: item.schema for item in named if not is_class(item.schema)}
    leads = {name: [ref for ref in references(schema) if ref in aliases] for name, schema in aliases.items()}
    found = set()
    for name in aliases:
        stack, seen = list(leads[name]), set()
        while stack:
            other = stack.pop()
            if other == name:
                found.add(name)
                break
            if other not in seen:
                seen.add(other)
                stack.extend(leads[other])
    return frozenset(found)


class _Reader:
    """Puts annotations together level by level, references and Optional resolved."""

    def __init__(self, classes: Mapping[str, str], placeholders: Mapping[str, Code]) -> None:
        self._names = frozenset(classes.values())
        self._known: dict[str, ast.expr] = {
            name: ast.parse(code, mode="eval").body for name, code in placeholders.items()
        }
        self._known.update((number, ast.Name(id=name)) for number, name in classes.items())
        self._answers: dict[str, ast.expr] = {}

    def read(self, distinct: Mapping[str, str], twins: frozenset[str]) -> dict[str, TypeUse]:
        """Give the type of every distinct tree, by its number; what holds `twins` holds what was read as well."""
        trees = {number: json.loads(tree) for tree, number in distinct.items()}
        self._answers = annotations_of(_shapes(trees.values()))
        return {number: self._use(self._put_together(tree), twins) for number, tree in trees.items()}

    def _use(self, resolved: ast.expr, twins: frozenset[str]) -> TypeUse:
        names = _names(resolved)
        if names & twins:
            resolved = _taking(resolved)
            names = _names(resolved)
        return TypeUse(
            code=annotation(resolved),
            classes=frozenset(names & self._names),
            words=frozenset(names & {"Any", "DateTime", "Literal", "Union", "_formats", "_sent"}),
        )

    def _put_together(self, tree: Mapping[str, Any]) -> ast.expr:
        if (name := referred(tree)) is not None:
            return self._known[name]
        shape = shape_of(tree)
        below = {hole(number): self._put_together(inner) for number, inner in enumerate(shape.below)}
        return _filled(self._answers[shape.text], below)


def _shapes(trees: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    stack = [*trees]
    while stack:
        tree = stack.pop()
        if referred(tree) is None:
            shape = shape_of(tree)
            yield shape.text
            stack.extend(shape.below)


def _names(resolved: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(resolved) if isinstance(part, ast.Name)}


def _taking(node: ast.expr) -> ast.expr:
    """Let lists and mappings of twins be of types that take a list of what was read, and a list of both."""
    match node:
        case ast.Subscript(value=ast.Name(id="list" | "dict" as kind), slice=inner):
            taken = ast.Attribute(value=ast.Name(id="_sent"), attr="Sequence" if kind == "list" else "Mapping")
            return ast.Subscript(value=taken, slice=_taking(inner))
        case ast.Subscript(value=value, slice=inner):
            return ast.Subscript(value=value, slice=_taking(inner))
        case ast.Tuple(elts=parts):
            return ast.Tuple(elts=[_taking(part) for part in parts])
        case ast.BinOp(left=left, right=right):
            return ast.BinOp(left=_taking(left), op=ast.BitOr(), right=_taking(right))
    return node


def _filled(node: ast.expr, holes: Mapping[str, ast.expr]) -> ast.expr:
    match node:
        case ast.Name(id=name) if name in holes:
            return holes[name]
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return _union([_filled(inner, holes), ast.Constant(value=None)])
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=parts)):
            return _union([_filled(part, holes) for part in parts])
        case ast.Subscript(value=value, slice=ast.Tuple(elts=parts)):
            return ast.Subscript(value=value, slice=ast.Tuple(elts=[_filled(part, holes) for part in parts]))
        case ast.Subscript(value=value, slice=inner):
            return ast.Subscript(value=value, slice=_filled(inner, holes))
    return node


def _union(parts: list[ast.expr]) -> ast.expr:
    # Placeholders may bring unions of their own, so that members repeat: each is kept once, None last.
    flat: dict[str, ast.expr] = {}
    stack = list(reversed(parts))
    while stack:
        match stack.pop():
            case ast.BinOp(left=left, right=right):
                stack.extend((right, left))
            case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=members)):
                stack.extend(reversed(members))
            case part:
                flat.setdefault(ast.dump(part), part)
    members = sorted(flat.values(), key=lambda part: isinstance(part, ast.Constant) and part.value is None)
    if len(members) > _MAX_OPERATORS:
        return ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=members))
    result = members[0]
    for part in members[1:]:
        result = ast.BinOp(left=result, op=ast.BitOr(), right=part)
    return result
