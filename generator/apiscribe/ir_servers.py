"""The servers of the ir room: where an API answers, as the document says it, frozen, with no Python in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A variable of a server's address; a required one has no usable default."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server address, its variables, and the combinations of their values that exist (empty: all)."""

    url: str
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()
    allowed: tuple[tuple[tuple[str, str], ...], ...] = ()
    assumed: bool = False

    @property
    def is_relative(self) -> bool:
        """Whether the address names no host: it is on the client's own server."""
        defaults = {variable.name: variable.default for variable in self.variables}
        return "://" not in re.sub(r"\{([^{}]*)\}", lambda match: defaults.get(match[1], ""), self.url)


def merged_variables(servers: Iterable[Server]) -> tuple[ServerVariable, ...]:
    """List the variables of several servers by their names; one that several have takes what any of them takes.

    >>> one, two = (ServerVariable(name="region", default="a", values=values) for values in (("a", "b"), ("c",)))
    >>> [merged] = merged_variables(Server(url="https://{region}.a", variables=(item,)) for item in (one, two))
    >>> merged.values
    ('a', 'b', 'c')
    """
    found: dict[str, ServerVariable] = {}
    for item in (item for server in servers for item in server.variables):
        known = found.setdefault(item.name, item)
        values = tuple(dict.fromkeys((*known.values, *item.values))) if known.values and item.values else ()
        found[item.name] = replace(known, values=values)
    return tuple(found.values())
