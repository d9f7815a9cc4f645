"""The ir room: what objects must have besides the properties that are required of all of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many of some sets of properties an object has, at least and at most; a set is had if all of it is there.

    With `when`, it is demanded only of objects that have the property of that name.
    """

    sets: tuple[tuple[str, ...], ...]
    when: str | None = None
    least: int = 1
    most: int | None = None

    @property
    def names(self) -> frozenset[str]:
        """Every property that it speaks of."""
        return frozenset((*(name for names in self.sets for name in names), *((self.when,) if self.when else ())))

    def fault(self, present: Container[str]) -> int:
        """Say how many sets too many an object has that has these properties; below zero it has too few."""
        if self.when is not None and self.when not in present:
            return 0
        had = sum(all(name in present for name in names) for names in self.sets)
        return min(had - self.least, 0) or (0 if self.most is None else max(had - self.most, 0))

    def words(self, fields: Mapping[str, str]) -> str:
        """Say what is demanded, as in a sentence about the object; `fields` has what properties are called.

        >>> Demand(sets=(("a",), ("b", "c"))).words({"a": "x"})
        'needs x or (b and c)'
        >>> Demand(sets=(("a",), ("b",)), most=1).words({})
        'needs exactly one of a, b'
        >>> Demand(sets=(("b", "c"),), when="a").words({}), Demand(sets=(("a", "b"),), least=0, most=0).words({})
        ('with a needs b and c', 'takes no a together with b')
        """
        called = [[fields.get(name, name) for name in names] for names in self.sets]
        sets = [f"({' and '.join(names)})" if len(names) > 1 else names[0] for names in called]
        if self.most == 0:
            said = f"takes no {' or '.join(' together with '.join(names) for names in called)}"
        elif self.most == 1 and len(sets) > 1:
            said = f"needs exactly one of {', '.join(sets)}"
        else:
            said = f"needs {' or '.join(sets) if len(sets) > 1 else ' and '.join(called[0])}"
        return f"with {fields.get(self.when, self.when)} {said}" if self.when is not None else said
