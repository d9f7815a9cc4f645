"""The nesting room: rows whose names tell where they belong to nested fields, each object a model of its own.

A name nests by dots (`a.b`), brackets (`a[].b`), a place in a list (`a.N.b`), or by a table of its own that is headed
by the name of the field. All of them give the same fields and models.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apiscribe.capture.cells import ArrayOf, Cell, Enumeration, Primitive, Reference, Unstated, described
from apiscribe.capture.checks import quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.readings import FieldReading, Json, ModelReading, Prose
from apiscribe.capture.skeletons import choices
from apiscribe.naming import pascal_case

AS_WRITTEN = "x-type-as-written"
MAX_DEPTH = 30
_PART = re.compile(r"([^\[\]]+)((?:\[[0-9]*\])*)")
_INDEX = re.compile(r"[Nn]|[0-9]+|\[\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One name on the way to a field, and how many lists stand between it and the next."""

    name: str
    lists: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubTable:
    """A table below a heading: the heading, the line, and rows whose names count from there."""

    name: str
    rows: tuple[FieldReading, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """What rows give: the outermost fields, and a model for every object below them."""

    fields: tuple[FieldReading, ...]
    models: tuple[ModelReading, ...]


_Steps = tuple[Step, ...]
_Rows = list[tuple[_Steps, FieldReading]]


def read_name(name: str) -> _Steps:
    """Split the name of a row into steps; nothing if it is no name.

    >>> read_name("labels[].key") == read_name("labels.N.key") == (Step(name="labels", lists=1), Step(name="key"))
    True
    """
    steps: list[Step] = []
    for part in name.split("."):
        found = _PART.fullmatch(part)
        if steps and _INDEX.fullmatch(part):
            steps[-1] = replace(steps[-1], lists=steps[-1].lists + 1)
        elif found is None or not found[1].strip():
            return ()
        else:
            steps.append(Step(name=found[1], lists=found[2].count("[")))
    return tuple(steps)


def nested(
    rows: Sequence[FieldReading], tables: Sequence[SubTable], shape: Json, names: tuple[str, str], faults: Faults
) -> Nested:
    """Nest rows.

    `shape` is an object that shows the structure (a skeleton or an example), or null; where it or the names of rows
    contradict the type that a row states, they win over the word, which is reported. `names` are what the models are
    called after: the operation, and the whole that the rows describe.
    """
    placed = [(steps, row) for row in rows if (steps := _steps(row, faults))]
    _place(placed, tables, faults)
    models: list[ModelReading] = []
    fields = _Nesting(placed, names[0], models, faults).fields(placed, shape, names[1])
    return Nested(fields=fields, models=tuple(models))


def whole(
    rows: Sequence[FieldReading], tables: Sequence[SubTable], shape: Json, names: tuple[str, str], faults: Faults
) -> tuple[Cell, tuple[ModelReading, ...]]:
    """Nest the rows of one object, such as a body: the cell that mentions its model, and all models, its own first."""
    found = nested(rows, tables, shape, names, faults)
    inner = {model.name for model in found.models}
    name = names[1] if names[1] not in inner else f"{names[1]}Envelope"
    own = ModelReading(place=faults.place, service="", name=name, fields=found.fields)
    return Reference(name=name), (own, *found.models)


def _steps(row: FieldReading, faults: Faults) -> _Steps:
    steps = read_name(row.name)
    if not 0 < len(steps) <= MAX_DEPTH:
        faults.add("page-name", f"not the name of a field: {quoted(row.name)}", row.line)
        return ()
    return steps


def _place(placed: _Rows, tables: Sequence[SubTable], faults: Faults) -> None:
    """Put the rows of every sub-table below the field that its heading names; tables may stand in any order."""
    waiting = list(tables)
    while waiting:
        found = [(table, steps) for table in waiting if (steps := _owner(placed, table)) is not None]
        for table, steps in found:
            placed += [((*steps, *inner), row) for row in table.rows if (inner := _steps(row, faults))]
            waiting.remove(table)
        if not found:
            for table in waiting:
                faults.add("page-table", f"no field is named like the table {quoted(table.name)}", table.line)
            return


def _owner(placed: _Rows, table: SubTable) -> _Steps | None:
    wanted = [step.name for step in read_name(table.name)]
    owners = [steps for steps, _ in placed if wanted and [step.name for step in steps][-len(wanted) :] == wanted]
    # A field that has no fields yet is meant rather than one whose fields stand in its own table.
    empty = [steps for steps in owners if not any(_is_below(other, steps) for other, _ in placed)]
    return next(iter([*empty, *owners]), None)


def _is_below(steps: _Steps, above: _Steps) -> bool:
    names = [step.name for step in above]
    return len(steps) > len(above) and [step.name for step in steps][: len(above)] == names


class _Nesting:
    """Turns placed rows into fields and models, from the outside to the inside."""

    def __init__(self, placed: _Rows, operation: str, models: list[ModelReading], faults: Faults) -> None:
        # Where lists are marked somewhere, a name without the mark is no list's.
        self._marked = any(step.lists for steps, _ in placed for step in steps)
        self._operation = operation
        self._models = models
        self._faults = faults

    def fields(self, rows: _Rows, shape: Json, owner: str) -> tuple[FieldReading, ...]:
        """Give the fields of one object."""
        groups: dict[str, _Rows] = {}
        for steps, row in rows:
            groups.setdefault(steps[0].name, []).append((steps, row))
        known = shape if isinstance(shape, dict) else {}
        line = min((row.line for _, row in rows), default=self._faults.place.line)
        for name in known.keys() - groups.keys():
            message = f"{quoted(name)} of {owner} is in the sample and in no table"
            self._faults.warn("page-structure", message, line)
        return tuple(self._field(name, group, known.get(name), owner) for name, group in groups.items())

    def _field(self, name: str, group: _Rows, shape: Json, owner: str) -> FieldReading:
        own = self._own(name, [row for steps, row in group if len(steps) == 1])
        inner = [(steps[1:], row) for steps, row in group if len(steps) > 1]
        if own is None:
            row = inner[0][1]
            required = any(row.required for _, row in inner)
            own = FieldReading(
                name=name, required=required, prose=Prose(), cell=Unstated(), line=row.line, location=row.location
            )
        lists = max(steps[0].lists for steps, _ in group)
        is_list = lists > 0 or self._is_list(own, bool(inner), shape)
        item = next((value for value in shape if value), None) if isinstance(shape, list) else shape
        cell = self._object(name, inner, item, owner) if inner else _item_of(own.cell, is_list=is_list)
        if is_list:
            own = own if isinstance(own.cell, ArrayOf) else _of_items(own)
            for _ in range(max(lists, 1)):
                cell = ArrayOf(item=cell)
        elif not inner and isinstance(shape, dict) and not isinstance(own.cell, Reference):
            cell = Primitive(name="object")
        elif listed := choices(shape):
            cell = self._listed(own, listed)
        return self._told(replace(own, name=name, cell=cell), own, lists)

    def _listed(self, own: FieldReading, listed: tuple[str, ...]) -> Cell:
        """Take the values that a skeleton lists where the row has none; the row's own count."""
        if own.cell == Primitive(name="string"):
            return Enumeration(values=listed)
        if isinstance(own.cell, Enumeration) and set(own.cell.values) != set(listed):
            message = (
                f"{quoted(own.name)} is {described(own.cell)} in the table, one of {', '.join(listed)} in the sample"
            )
            self._faults.warn("page-structure", f"{message}: taken as in the table", own.line)
        return own.cell

    def _own(self, name: str, rows: Sequence[FieldReading]) -> FieldReading | None:
        for other in rows[1:]:
            same = replace(other, line=rows[0].line, name=rows[0].name) == rows[0]
            say = self._faults.warn if same else self._faults.add
            what = "stands twice" if same else "has two rows that differ"
            say("page-row", f"{quoted(name)} {what}, the first at line {rows[0].line}", other.line)
        return rows[0] if rows else None

    def _is_list(self, own: FieldReading, has_fields: bool, shape: Json) -> bool:
        if isinstance(shape, list | dict):
            return isinstance(shape, list)
        stated = isinstance(own.cell, ArrayOf)
        return stated and not (has_fields and self._marked)

    def _object(self, name: str, inner: _Rows, shape: Json, owner: str) -> Cell:
        plain = pascal_case(name)
        model = plain if plain.startswith(self._operation) else f"{owner}{plain}"
        place = replace(self._faults.place, line=inner[0][1].line)
        at = len(self._models)
        fields = self.fields(inner, shape, model)
        self._models.insert(at, ModelReading(place=place, service="", name=model, fields=fields))
        return Reference(name=model)

    def _told(self, field: FieldReading, own: FieldReading, lists: int) -> FieldReading:
        """Report a field whose structure is not what its type says, and keep the word."""
        word, is_list = own.cell, isinstance(field.cell, ArrayOf)
        fits = isinstance(word, Unstated) or isinstance(word, ArrayOf) == is_list or lists > 0
        # Values that a skeleton lists narrow a text; they do not contradict it.
        scalar = isinstance(word, Primitive) and word.name != "object" and not isinstance(field.cell, Enumeration)
        if fits and not (scalar and field.cell != word and not lists):
            return field
        meant = "an array" if is_list else "an object"
        message = f"{quoted(own.name)} is typed {described(word)}, its structure is {meant}: taken as {meant}"
        self._faults.warn("page-structure", message, own.line)
        return replace(field, notes=(*field.notes, (AS_WRITTEN, described(word))))


def _item_of(cell: Cell, *, is_list: bool) -> Cell:
    if not is_list:
        return Unstated() if isinstance(cell, ArrayOf) and isinstance(cell.item, Unstated) else cell
    return cell.item if isinstance(cell, ArrayOf) else cell


def _of_items(own: FieldReading) -> FieldReading:
    """Move the bounds of a row whose name is a list's and whose type is an item's to the items."""
    prose = replace(own.prose, constraints=(), item_constraints=own.prose.constraints)
    return replace(own, prose=prose)
