"""Models: one module for each model, one for each cycle of models, imports in no circle and no long chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from apiscribe import ir
from apiscribe.code import Code, call, docstring, fill, identifier, literal
from apiscribe.errors import refusal
from apiscribe.naming import MODULE_WORDS, Claim, settle
from apiscribe.plan.demands import needs
from apiscribe.plan.names import ApiNames
from apiscribe.plan.service import (
    ServicePlan,
    format_imports,
    module_name,
    name_list,
    runtime_alias,
    runtime_import,
    word_imports,
)
from apiscribe.plan.text import model_lines
from apiscribe.plan.uses import Types, TypeUse, is_class, open_names, reached_by_requests
from apiscribe.view import Alias, Field, File, Import, ModelClass, ModelModule

# From a module of models up to the package: models, v1_1, data_ops, package.
_UP = 4
# Each import of a module takes some frames of Python's stack, and each model of a chain some of pydantic's.
_LONGEST_IMPORTS = 40
_LONGEST_CHAIN = 200
_CHOICE = ("Choice", "OrUnknown")
_OPEN = "Annotated[_OrUnknown["


def uses_by_class(api: ir.Api, names: ApiNames, types: Types) -> dict[str, list[TypeUse]]:
    """List the types that the text of each class or alias holds, by its final name."""
    return {
        names.classes[named.name]: (class_uses(named, types) if is_class(named.schema) else [types.aliases[named.name]])
        for named in api.schemas
    }


def class_uses(named: ir.NamedSchema, types: Types) -> list[TypeUse]:
    """List the types that the text of a class holds."""
    further = types.further.get(named.name)
    return [*types.fields[named.name].values(), *([further] if further is not None else [])]


def modules_of(api: ir.Api, names: ApiNames, types: Types) -> dict[str, str]:
    """Give the module of every class: its own, or that of the cycle it belongs to, or that of all far from the ends.

    Raises:
        ApiscribeError: models lead to one another in a longer chain than Python and pydantic can build.
    """
    uses = uses_by_class(api, names, types)
    graph = {name: sorted({other for use in found for other in use.classes}) for name, found in uses.items()}
    cycles = _cycles(graph)
    chains = _chains(cycles, graph)
    _refuse_endless(api, names, chains)
    deep = [name for name, chain in chains.items() if chain > _LONGEST_IMPORTS]
    groups = [*(cycle for cycle in cycles if chains[cycle[0]] <= _LONGEST_IMPORTS), *([deep] if deep else [])]
    lead = {name: min(group) for group in groups for name in group}
    claims = [Claim(key=name, wire=name, wanted=module_name(name)) for name in sorted(set(lead.values()))]
    modules = settle(claims, MODULE_WORDS).names
    return {name: modules[first] for name, first in lead.items()}


def model_files(plan: ServicePlan, folder: str) -> tuple[File, ...]:
    """Plan the modules of models of one service version."""
    named = {plan.names.classes[item.name]: item for item in plan.api.schemas}
    members: dict[str, list[str]] = {}
    for name, module in plan.modules.items():
        members.setdefault(module, []).append(name)
    sent = reached_by_requests(plan.api)
    split = frozenset(item.twin_of for item in plan.api.schemas)
    facts = _Directions(sent=sent, closed=sent - open_names(plan.api), split=split)
    return tuple(
        File(
            path=f"{folder}/models/{module}.py",
            template="client/model.py.j2",
            view=_module([named[name] for name in group], plan, facts),
        )
        for module, group in sorted(members.items())
    )


class _Directions(NamedTuple):
    """The schemas that some request leads to, those that nothing but requests lead to, and those that have a twin."""

    sent: frozenset[str]
    closed: frozenset[str]
    split: frozenset[str]


def _module(group: Sequence[ir.NamedSchema], plan: ServicePlan, facts: _Directions) -> ModelModule:
    own = {plan.names.classes[named.name] for named in group}
    classes: list[ModelClass] = []
    aliases: list[Alias] = []
    uses: list[TypeUse] = []
    defined: set[str] = set()
    for named in _ordered(group, plan):
        if is_class(named.schema):
            classes.append(_class(named, plan, facts, own - defined))
            uses.extend(class_uses(named, plan.types))
        else:
            aliases.append(_alias(named, plan))
            uses.append(plan.types.aliases[named.name])
        defined.add(plan.names.classes[named.name])
    title = ", ".join(sorted(own))
    has_fields = any(field.value is not None and field.value != "None" for item in classes for field in item.fields)
    has_fields = has_fields or any(item.further is not None for item in classes)
    return ModelModule(
        docstring=docstring([f"{title}: models of {plan.title}."]),
        imports=_imports(plan, uses, own, classes, aliases, has_fields),
        classes=tuple(classes),
        aliases=tuple(aliases),
        rebuilt=tuple(item.name for item in classes) if len(group) > 1 else (),
    )


def _imports(
    plan: ServicePlan,
    uses: list[TypeUse],
    own: set[str],
    classes: list[ModelClass],
    aliases: list[Alias],
    has_fields: bool,
) -> tuple[Import, ...]:
    has_choices = any(alias.annotation.startswith("Annotated[") for alias in aliases)
    is_open = any(alias.annotation.startswith(_OPEN) for alias in aliases)
    others = [
        use if use.classes.isdisjoint(own) else TypeUse(code=use.code, classes=use.classes - own, words=use.words)
        for use in uses
    ]
    return (
        *word_imports(uses, *(["TypeAlias"] if aliases else []), *(["Annotated"] if has_choices else [])),
        *([Import(module=identifier("pydantic"), names=name_list(["Field"]))] if has_fields else []),
        *([runtime_alias("choice", *_CHOICE[: 1 + is_open], dots=_UP)] if has_choices else []),
        *format_imports(uses, dots=_UP),
        *([runtime_import("model", "Model", dots=_UP)] if classes else []),
        *([runtime_alias("needs", "needs", dots=_UP)] if any(item.needs for item in classes) else []),
        *plan.model_imports(others, dots=1, package=""),
    )


def _ordered(group: Sequence[ir.NamedSchema], plan: ServicePlan) -> list[ir.NamedSchema]:
    """Put classes first, which may name in quotes what comes later, then each alias after those it is made of."""
    classes = sorted((named for named in group if is_class(named.schema)), key=lambda named: named.name)
    aliases = {plan.names.classes[named.name]: named for named in group if not is_class(named.schema)}
    made_of = {
        name: sorted(plan.types.aliases[named.name].classes & aliases.keys()) for name, named in sorted(aliases.items())
    }
    return [*classes, *(aliases[name] for name in TopologicalSorter(made_of).static_order())]


def _class(named: ir.NamedSchema, plan: ServicePlan, facts: _Directions, undefined: set[str]) -> ModelClass:
    schema, is_closed = named.schema, named.name in facts.closed
    names = plan.names.fields[named.name]
    properties = schema.properties if isinstance(schema, ir.ObjectSchema) else ()
    additional = schema.additional if isinstance(schema, ir.ObjectSchema) else None
    uses = plan.types.fields[named.name]
    further = plan.types.further.get(named.name)
    return ModelClass(
        name=identifier(plan.names.classes[named.name]),
        docstring=docstring(model_lines(named, plan.names.classes, names)),
        fields=tuple(
            _field(item, names[item.name], uses[names[item.name]], is_closed, undefined) for item in properties
        ),
        extra=additional is True or isinstance(additional, ir.Schema),
        further=_quoted(further, undefined) if further is not None and further.code != "Any" else None,
        needs=needs(schema, names) if named.name in facts.sent and isinstance(schema, ir.ObjectSchema) else None,
        read_only=fill("frozenset({})", literal(read)) if (read := _read_only(named, facts)) else None,
    )


def _read_only(named: ir.NamedSchema, facts: _Directions) -> tuple[str, ...]:
    """List the properties that no request sends, of a model that has a twin which does not have them."""
    has_twin = named.name in facts.split
    properties = named.schema.properties if has_twin and isinstance(named.schema, ir.ObjectSchema) else ()
    return tuple(item.name for item in properties if item.schema.read_only)


def _field(item: ir.Property, name: str, use: TypeUse, is_closed: bool, undefined: set[str]) -> Field:
    ending = ", None]" if use.code.startswith("Union[") else "| None"
    may_be_null = use.code in ("Any", "None") or use.code.endswith(ending)
    code = use.code if item.required or may_be_null else fill("{} | None", use.code)
    annotation = literal(code) if use.classes & undefined else code
    return Field(name=identifier(name), annotation=annotation, value=_field_value(item, name, is_closed))


def _quoted(use: TypeUse, undefined: set[str]) -> Code:
    return literal(use.code) if use.classes & undefined else use.code


def _field_value(item: ir.Property, name: str, is_closed: bool) -> Code | None:
    facts: list[tuple[str, Code]] = []
    if not item.required:
        facts.append(("default", literal(None)))
    if name != item.name:
        facts += [("validation_alias", literal(item.name)), ("serialization_alias", literal(item.name))]
    if item.schema.secret:
        facts.append(("repr", literal(False)))
    if is_closed and not item.schema.nullable and item.required:
        # Bounds bind what the caller writes; what a service answers is taken as it comes.
        facts += [(key, literal(value)) for key, value in _constraints(item.schema) if value is not None]
    if not facts:
        return None
    return literal(None) if facts == [("default", literal(None))] else call("Field", facts)


def _constraints(schema: ir.Schema) -> Iterable[tuple[str, float | None]]:
    match schema:
        case ir.StringSchema(format="", min_length=low, max_length=high):
            return (("min_length", low), ("max_length", high))
        case ir.ArraySchema(min_items=low, max_items=high):
            return (("min_length", low), ("max_length", high))
        case ir.NumberSchema():
            return (
                ("ge", schema.minimum), ("le", schema.maximum), ("gt", schema.exclusive_minimum),
                ("lt", schema.exclusive_maximum),
            )  # fmt: skip
    return ()


def _alias(named: ir.NamedSchema, plan: ServicePlan) -> Alias:
    name = plan.names.classes[named.name]
    return Alias(
        name=identifier(name),
        annotation=_told_apart(named.schema, plan, plan.types.aliases[named.name].code),
        docstring=docstring(model_lines(named, plan.names.classes, {})),
    )


def _told_apart(schema: ir.Schema, plan: ServicePlan, code: Code) -> Code:
    """Say beside a union which member a value of its discriminator means."""
    told = schema.discriminator if isinstance(schema, ir.UnionSchema) else None
    tags = choice_tags(schema, plan)
    if told is None or not tags:
        return code
    facts = fill("{}, {}", literal(told.property), literal(tags))
    if told.supposed or (told.other and is_class(plan.schemas[told.other])):
        other = plan.names.classes[told.other] if told.other else ""
        return fill("Annotated[{}, _Choice({}, other={})]", code, facts, literal(other))
    return fill(f"{_OPEN}{{}}], _Choice({{}})]", code, facts)


def choice_tags(schema: ir.Schema, plan: ServicePlan) -> dict[str, str | tuple[str, ...]]:
    """Give the class that each value of a union's discriminator means: several, or none, where that does not tell.

    Of a member that is a choice itself by the same property, it is the class that its own members have for the value.
    """
    found: dict[str, dict[str, None]] = {}
    waiting = [(schema, "", "")]
    seen: set[str] = set()
    while waiting:
        union, wanted, name = waiting.pop(0)
        told = union.discriminator if isinstance(union, ir.UnionSchema) else None
        if told is None or (wanted and told.property != wanted) or name in seen:
            continue
        seen.add(name)
        for value, member in told.tags:
            if name and value not in found:
                continue
            classes = found.setdefault(value, {})
            if is_class(plan.schemas[member]):
                classes[plan.names.classes[member]] = None
            else:
                waiting.append((plan.schemas[member], told.property, member))
    tags = {value: tuple(classes) for value, classes in found.items()}
    told_apart = any(len(classes) == 1 for classes in tags.values())
    return (
        {value: classes[0] if len(classes) == 1 else classes for value, classes in tags.items()} if told_apart else {}
    )


def _chains(cycles: list[list[str]], graph: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Give how long a chain of models, or of cycles of models, each class leads to, itself counted."""
    chains: dict[str, int] = {}
    for cycle in cycles:  # each one comes after those that it leads to
        inside = set(cycle)
        longest = max((chains[other] for name in cycle for other in graph[name] if other not in inside), default=0)
        chains |= dict.fromkeys(cycle, longest + 1)
    return chains


def _refuse_endless(api: ir.Api, names: ApiNames, chains: Mapping[str, int]) -> None:
    for named in api.schemas:
        if chains[names.classes[named.name]] > _LONGEST_CHAIN:
            what = f"a chain of more than {_LONGEST_CHAIN} models that lead to one another begins here"
            raise refusal("schema.chain", what, named.schema.origin)


def _cycles(graph: Mapping[str, Sequence[str]]) -> list[list[str]]:
    # Tarjan's strongly connected components, with a stack of its own: a document may chain thousands of schemas.
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: dict[str, None] = {}
    found: list[list[str]] = []
    for root in graph:
        work = [] if root in index else [_entered(root, graph, index, low, path)]
        while work:
            node, rest = work[-1]
            child = next(rest, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_component(node, path))
            elif child not in index:
                work.append(_entered(child, graph, index, low, path))
            elif child in path:
                low[node] = min(low[node], index[child])
    return found


def _entered(
    node: str, graph: Mapping[str, Sequence[str]], index: dict[str, int], low: dict[str, int], path: dict[str, None]
) -> tuple[str, Iterator[str]]:
    index[node] = low[node] = len(index)
    path[node] = None
    return node, iter(graph[node])


def _component(node: str, path: dict[str, None]) -> list[str]:
    component = []
    while node in path:
        name, _ = path.popitem()
        component.append(name)
    return component
