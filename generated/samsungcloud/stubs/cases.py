"""What a test says of an operation: how to call it, what must arrive, what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, final

from .loopback import Verifier

Flavor = Literal["sync", "async"]
Recipe = Mapping[str, Any]


@final
class Nothing:
    """Stands for a value that is not there, since None is a value."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()


def none_of(recipes: Iterable[Recipe], known: Mapping[str, str], options: Mapping[str, str]) -> Sequence[Verifier]:
    """Make no verifiers: nothing is signed."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The two clients of a service version, and how a server knows what they prove who calls with.

    `known` is what `credentials` holds, as text; `recipes` says of each security scheme what it sends; `options` are
    what else goes into a signature; `fresh` names the headers of each scheme that differ with every attempt. A server
    verifies with what `verifiers` makes of recipes, known credentials and options.
    """

    client: Callable[..., Any]
    async_client: Callable[..., Any]
    credentials: object = None
    known: Mapping[str, str] = field(default_factory=dict)
    recipes: Mapping[str, Recipe] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    fresh: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verifiers: Callable[[Iterable[Recipe], Mapping[str, str], Mapping[str, str]], Sequence[Verifier]] = none_of


def opened(target: Target, flavor: Flavor) -> object:
    """Open a client that nothing is asked of, and close it; give it."""
    settings = {"base_url": "http://127.0.0.1:9", "credentials": target.credentials, **target.options}
    if flavor == "sync":
        with target.client(**settings) as client:
            return client

    async def run() -> object:
        async with target.async_client(**settings) as client:
            return client

    return asyncio.run(run())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One operation: its method and its arguments that must be given, and a success with its status and body.

    The body of the success is `answer` as JSON, of `media_type` where that decides what it becomes, or the text
    `content`, or nothing. `schemes` are those that are sent
    where all credentials are given: all of the target's if it is None. `until` is the last day (ISO) on which the
    version is supported; `warns` names the warnings that a call gives until then.
    """

    target: Target
    name: str
    method: str
    required: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    answer: object = NOTHING
    media_type: str = ""
    content: str = ""
    schemes: tuple[str, ...] | None = None
    until: str = ""
    warns: tuple[type[Warning], ...] = ()

    @property
    def sent(self) -> tuple[str, ...]:
        """The schemes that are sent."""
        return tuple(self.target.recipes) if self.schemes is None else self.schemes

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """What each scheme that is sent adds to a request."""
        return tuple(self.target.recipes[name] for name in self.sent)

    def emitted(self, place: str) -> frozenset[str]:
        """Name the headers or query parameters that the schemes add, in lower case."""
        return frozenset(name.lower() for recipe in self.recipes for name in recipe["emit"].get(place, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list: the target that asks for it, the JSON that is `sent` if any, and what is answered."""

    target: str
    sent: object = NOTHING
    answer: object
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What must arrive: the target and every header and body, but for those of the transport and of the signature.

    The body is `json`, or the text `content`, or nothing; the boundary of a form with files reads BOUNDARY.
    """

    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    json: object = NOTHING
    content: str = ""
