"""Demands: the properties that a value is to have go in, those that the schema asks for with them come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apiscribe import ir
from apiscribe.code import Code, fill, joined, literal

_ROUNDS = 4


def met(schema: ir.ObjectSchema, names: Iterable[str]) -> tuple[str, ...]:
    """Give the names of properties that meet what a schema demands, as near as may be to those given.

    Where its demands contradict each other, some stay unmet.
    """
    given = dict.fromkeys(names)
    known = {item.name: item for item in schema.properties if not item.schema.read_only}
    for _ in range(_ROUNDS):
        for demand in schema.demands:
            fault = demand.fault(given)
            if fault < 0:
                given |= dict.fromkeys(demand.sets[0])
            elif fault > 0:
                for name in _spare(schema, demand, given)[: fault if demand.most else None]:
                    given.pop(name, None)
    further = [name for name in known if name not in given]
    for name in further[: max((schema.min_properties or 0) - len(given), 0)]:
        given[name] = None
    spare = [name for name in given if name in known and not known[name].required]
    surplus = len(given) - schema.max_properties if schema.max_properties is not None else 0
    for name in reversed(spare[-surplus:] if surplus > 0 else []):
        given.pop(name)
    return tuple(given)


def _spare(schema: ir.ObjectSchema, demand: ir.Demand, given: Mapping[str, None]) -> list[str]:
    """Name one property of each set that is had, the later ones first, without which it is not."""
    required = {item.name for item in schema.properties if item.required}
    had = [names for names in reversed(demand.sets) if all(name in given for name in names)]
    spare = ([name for name in reversed(names) if name not in required] for names in had)
    return [names[0] for names in spare if names]


def sentences(schema: ir.ObjectSchema, fields: Mapping[str, str]) -> list[str]:
    """Say of an object what goes together in requests, and what nothing here checks."""
    said = [*(demand.words(fields) for demand in schema.demands), *_counted(schema)]
    text = "; ".join(said)
    lines = [f"{text[0].upper()}{text[1:]}. Requests are checked for that."] if said else []
    if schema.unchecked:
        words = ", ".join(f"`{word}`" for word in schema.unchecked)
        lines.append(f"The service accepts less than that: {words} of its schema is not checked here.")
    return lines


def _counted(schema: ir.ObjectSchema) -> list[str]:
    low, high = schema.min_properties, schema.max_properties
    least = [f"needs at least {low} field{'s' * (low != 1)}"] if low else []
    return [*least, *([f"takes at most {high} field{'s' * (high != 1)}"] if high is not None else [])]


def is_demanding(schema: ir.Schema) -> bool:
    """Tell whether a schema demands of objects more than which properties they have."""
    if not isinstance(schema, ir.ObjectSchema):
        return False
    return bool(schema.demands or schema.min_properties or schema.max_properties is not None)


def needs(schema: ir.ObjectSchema, fields: Mapping[str, str]) -> Code | None:
    """Give the validator of a model whose schema demands something; None for any other."""
    rules = [
        literal(
            (
                demand.words(fields),
                fields[demand.when] if demand.when is not None else None,
                tuple(tuple(fields[name] for name in names) for names in demand.sets),
                demand.least,
                demand.most,
            )
        )
        for demand in schema.demands
    ]
    counts = [("least", schema.min_properties or None), ("most", schema.max_properties)]
    given = [fill(f"{key}={{}}", literal(value)) for key, value in counts if value is not None]
    return fill("_needs({})", joined(", ", [*rules, *given])) if rules or given else None
