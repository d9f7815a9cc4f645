"""Members of groups that need a definition: a client's method becomes one that a group of it has."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def member(function: Callable[Concatenate[Any, P], T]) -> Callable[[Any], Callable[Concatenate[Any, P], T]]:
    """Put a method of the client in the place of a definition, which only carries marks for type checkers."""
    # By its name, so that a subclass of the client has its own.
    found = property(attrgetter(f"_client.{function.__name__}"), doc=function.__doc__)
    return lambda definition: cast("Callable[Concatenate[Any, P], T]", found)
