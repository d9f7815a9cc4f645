"""What an operation is: plain data that generated code states once and the client reads on every call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .headers import H_co, Place
from .record import Record

if TYPE_CHECKING:
    from .service import Server

T = TypeVar("T")
Item = TypeVar("Item")
Made = TypeVar("Made", bound="Operation[Any, Any]")
Alternative = tuple[tuple[str, tuple[str, ...]], ...]
"""Security schemes that a request needs all, in the order in which they are applied, each with its scopes."""

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"})


def keys_of(status: int) -> tuple[str, str, str]:
    """Give the keys under which documents describe a status, the most exact first.

    >>> keys_of(404)
    ('404', '4XX', 'default')
    """
    return str(status), f"{status // 100}XX", "default"


class Parameter(Record):
    """One parameter: `name` on the wire, `argument` in Python, and how its value is written."""

    name: str
    argument: str
    location: str
    style: str = ""
    explode: bool | None = None
    required: bool = False
    media_type: str = ""
    reserved: bool = False


class Encoding(Record):
    """How one field of a form is written: its media type, or its style, and what is fixed in its part's headers."""

    name: str
    media_type: str = ""
    style: str = ""
    explode: bool | None = None
    reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()


class Body(Record):
    """A request body; `fields` pairs each keyword argument with its wire name.

    `others` are further media types; `encodings` tell for each that is a form how its fields are written.
    """

    media_type: str = "application/json"
    required: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()
    encodings: tuple[tuple[str, tuple[Encoding, ...]], ...] = ()


class ByMedia(Record):
    """The types of one response by its media types, the preferred one first."""

    kinds: tuple[tuple[str, Any], ...]


class ByEvent(Record):
    """The types of what the events of a stream hold, by the events' names; `other` is that of every further one."""

    kinds: Mapping[str, Any]
    other: Any


class Types(Record):
    """The Python types of a body and of the responses, by status key as in documents (`202`, `2XX`, `default`).

    `bodies` has the types of the body's other media types, `errors` those of the responses that are no success,
    `streams` those of the items of streams by their media types; texts that are given as they came are `str`.
    `again` has the models that are read where the body of a media type is made by another one: they are sent as well.
    """

    body: Any = None
    responses: Mapping[str, Any] = MappingProxyType({})
    bodies: Mapping[str, Any] = MappingProxyType({})
    errors: Mapping[str, Any] = MappingProxyType({})
    streams: Mapping[str, Any] = MappingProxyType({})
    again: Mapping[str, Any] = MappingProxyType({})


class Pagination(Record):
    """How a list goes on: names of request parameters and places in the response, as the document writes them.

    `page` names the parameter that moves on: a page number, an offset or a marker. The next marker is found in the
    response at `next` or in its header `next_header`, or is the `marker` field of the last item. The style `url` finds
    the next page's address at `next`, the style `link` in the header Link (RFC 8288). `more` is where the response says
    whether there is more, `total` the number of all items, `total_pages` that of all pages. Where several successes are
    documented, `answers` has the statuses of those that are pages.
    """

    style: str = "page"
    page: str = "page"
    size: str | None = None
    first: int = 0
    items: str = "items"
    total: str | None = None
    next: str | None = None
    marker: str = "id"
    next_header: str | None = None
    more: str | None = None
    total_pages: str | None = None
    answers: tuple[str, ...] = ()


class Stream(Record):
    """How a stream is asked for, where it ends, and whether its errors are items.

    The request says so in the field of a body or the argument of a query that `switch` names with its place, or by its
    Accept header alone. `until` is the data that ends the stream.
    """

    media_type: str
    switch: tuple[str, str] = ("", "")
    until: str | None = None
    errors_are_items: bool = False


class Operation(Generic[T, H_co]):
    """One operation; `path` holds the literal parts between which the path parameters stand, in order.

    `signed` says whether anything is ever added to prove who calls; `security` has the alternatives where a service has
    several schemes, an empty one for none. `types` is called once, at the first use, and imports the models. `servers`
    are those of an operation that has some of its own. `idempotency` is the argument whose header tells the service
    that two requests are one. `headers` is where the class of the documented headers of its responses is.
    """

    # Written out: making a frozen dataclass costs a millisecond of every import.
    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        name: str,
        method: str,
        path: tuple[str, ...],
        parameters: tuple[Parameter, ...] = (),
        constants: tuple[tuple[str, str], ...] = (),
        constant_query: str = "",
        body: Body | None = None,
        responses: tuple[str, ...] = (),
        types: Callable[[], Types] = Types,
        api_version: str | None = None,
        deprecated: bool = False,
        supported_until: str | None = None,
        signed: bool = True,
        security: tuple[Alternative, ...] = (),
        pagination: Pagination | None = None,
        servers: tuple[Server, ...] = (),
        headers: Place | None = None,
        idempotency: str = "",
        deprecated_arguments: tuple[str, ...] = (),
    ) -> None:
        self.id, self.name, self.method, self.path = id, name, method, path
        self.parameters = parameters
        self.constants = constants
        self.constant_query = constant_query
        self.body = body
        self.responses = responses
        self.types = types
        self.api_version = api_version
        self.deprecated = deprecated
        self.supported_until = supported_until
        self.signed = signed
        self.security = security
        self.pagination = pagination
        self.servers, self.headers = servers, headers
        self.idempotency = idempotency
        self.deprecated_arguments = deprecated_arguments

    @classmethod
    def late(cls, make: Callable[[], Made]) -> Made:
        """Give the operation that a function makes; it is called at the first use, since clients have a thousand.

        >>> show = Operation.late(lambda: Operation(id="Show", name="show", method="GET", path=("/things",)))
        >>> show.method, show.idempotent
        ('GET', True)
        """
        operation: Any = cls.__new__(cls)
        operation._make = make
        made: Made = operation
        return made

    if not TYPE_CHECKING:  # else any name would be an attribute

        def __getattr__(self, name: str) -> Any:
            make = vars(self).get("_make")
            facts = vars(make()) if make is not None else {}
            if name not in facts:
                raise AttributeError(name)
            # Two threads may do so at once: they tell the same.
            vars(self).update(facts)
            return facts[name]

    def __repr__(self) -> str:
        return f"<Operation {self.id}>"

    @cached_property
    def loaded(self) -> Types:
        """The types, imported at the first use."""
        return self.types()

    @cached_property
    def idempotent(self) -> bool:
        """Whether sending the request twice has the effect of sending it once."""
        return self.method in IDEMPOTENT

    @cached_property
    def path_parameters(self) -> tuple[Parameter, ...]:
        """The path parameters, in path order."""
        return tuple(parameter for parameter in self.parameters if parameter.location == "path")

    @cached_property
    def other_parameters(self) -> tuple[Parameter, ...]:
        """The parameters that are not in the path."""
        return tuple(parameter for parameter in self.parameters if parameter.location != "path")

    @cached_property
    def known_arguments(self) -> frozenset[str]:
        """Every argument name the operation's parameters answer to."""
        return frozenset(parameter.argument for parameter in self.parameters)


class StreamedOperation(Operation[T, H_co], Generic[T, Item, H_co]):
    """An operation that answers with a stream, if it is asked for one, and the type of the stream's items."""

    def __init__(self, *, stream: Stream, **facts: Any) -> None:
        super().__init__(**facts)
        self.stream = stream
