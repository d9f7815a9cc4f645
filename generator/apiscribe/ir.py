"""The ir room: what a document means, in OpenAPI's words, frozen, with no Python in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apiscribe.errors import Origin
from apiscribe.ir_demands import Demand as Demand
from apiscribe.ir_paging import Pagination as Pagination
from apiscribe.ir_paging import Waiter as Waiter
from apiscribe.ir_paging import steps_of as steps_of
from apiscribe.ir_security import Alternative, SecurityScheme
from apiscribe.ir_servers import Server, ServerVariable, merged_variables

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


class Location(StrEnum):
    """Where a parameter is sent: the values of OpenAPI's `in`."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


DEFAULT_STYLE = {Location.PATH: "simple", Location.HEADER: "simple", Location.QUERY: "form", Location.COOKIE: "form"}
"""The style of a parameter that names none."""
FILE = "form-file"
"""The format of a text that is a file in a form."""
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"})
"""The methods of requests that may be sent twice to the effect of one."""
INDEXED = "indexed"
"""The style of lists in a query whose items are numbered from 1: `name.1=a&name.2=b`, `name.1.key=a`."""


class IdSource(StrEnum):
    """Where an operationId came from; derived ones carry no name a person chose."""

    STATED = "stated"
    SLUG = "slug"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Stands for a value that the document does not give, since null is a value."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """What every schema may say, whatever its kind."""

    origin: Origin
    description: str = ""
    default: JsonValue | Absent = ABSENT
    deprecated: bool = False
    secret: bool = False
    read_only: bool = False
    write_only: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnySchema(Schema):
    """A schema that accepts every value, or that says more than a type can: `reason` then tells what was left out."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NullSchema(Schema):
    """The schema of null alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BooleanSchema(Schema):
    """True or false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSchema(Schema):
    """An integer or a number, with its bounds."""

    integer: bool
    format: str = ""
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StringSchema(Schema):
    """Text, with its format, lengths in characters and pattern."""

    format: str = ""
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumSchema(Schema):
    """One of the listed scalars; a constant is an enum of one."""

    values: tuple[str | int | float | bool | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArraySchema(Schema):
    """A list of items; `unique` says that no two of them are alike."""

    items: Schema
    unique: bool = False
    min_items: int | None = None
    max_items: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of an object, under its name on the wire."""

    name: str
    schema: Schema
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSchema(Schema):
    """An object: its properties, and the schema of further ones (None: not said, False: none).

    `demands` say which properties go together; `unchecked` are keywords of which nothing is known but that they are.
    """

    properties: tuple[Property, ...] = ()
    additional: Schema | bool | None = None
    demands: tuple[Demand, ...] = ()
    min_properties: int | None = None
    max_properties: int | None = None
    unchecked: tuple[str, ...] = ()


def further_schema(schema: Schema) -> Schema | None:
    """Give the schema of the keys of an object that are none of its properties; None where nothing is said of them."""
    additional = schema.additional if isinstance(schema, ObjectSchema) and schema.properties else None
    return additional if isinstance(additional, Schema) and not isinstance(additional, AnySchema) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """The property that tells the members of a union apart: each of its values with the name of a member's schema.

    A value that several members can have is there with each of them. `other` is what every value means that is none of
    them, if that is a schema. `supposed` are values that nothing says: the names of the schemas, which services often
    do not send.
    """

    property: str
    tags: tuple[tuple[str, str], ...]
    other: str = ""
    supposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionSchema(Schema):
    """One of several schemas."""

    members: tuple[Schema, ...]
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefSchema(Schema):
    """A reference to a named schema of the same Api."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSchema:
    """A schema under components.schemas, or one that had to be given a name; `twin_of` is what requests send it for."""

    name: str
    schema: Schema
    twin_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an operation, defaults of style and explode filled in."""

    name: str
    location: Location
    required: bool
    schema: Schema
    style: str
    explode: bool
    origin: Origin
    description: str = ""
    deprecated: bool = False
    python_name: str = ""
    allow_reserved: bool = False
    media_type: str = ""
    constant: str | None = None
    client_option: str = ""
    example: JsonValue | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one property of a form is written; `headers` are those of its part that have one fixed value."""

    property: str
    media_type: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A body of many items: the schema of one, and of what each named event holds, and the data that ends them."""

    item: Schema
    events: tuple[tuple[str, Schema], ...] = ()
    until: str = ""

    @property
    def schemas(self) -> tuple[Schema, ...]:
        """What items may be of."""
        return (self.item, *(schema for _, schema in self.events))


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """One media type of a body or response with its schema, its example and, for a form, how properties are written.

    One that is read item by item has a `stream` in place of the schema.
    """

    name: str
    schema: Schema | None
    example: JsonValue | Absent = ABSENT
    encodings: tuple[Encoding, ...] = ()
    stream: Stream | None = None

    @property
    def schemas(self) -> tuple[Schema, ...]:
        """Every schema of what is read or sent."""
        own = (self.schema,) if self.schema is not None else ()
        return (*own, *(self.stream.schemas if self.stream is not None else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """The body of a request in the media type that is preferred, and in others."""

    required: bool
    content: MediaType
    origin: Origin
    description: str = ""
    others: tuple[MediaType, ...] = ()

    @property
    def contents(self) -> tuple[MediaType, ...]:
        """All media types, the preferred one first."""
        return (self.content, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """One documented header of a response, whose value is written in the style `simple`, or by a media type."""

    name: str
    schema: Schema
    explode: bool = False
    media_type: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One response: status is `202`, `4XX` or `default`; content None means no body is described.

    `others` are the media types that say something else than the preferred one.
    """

    status: str
    description: str
    content: MediaType | None = None
    others: tuple[MediaType, ...] = ()
    headers: tuple[ResponseHeader, ...] = ()

    @property
    def contents(self) -> tuple[MediaType, ...]:
        """All media types, the preferred one first."""
        return (self.content, *self.others) if self.content is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the API; `servers` are given where they are not those of the document.

    `gives_many` tells of a GET whether its answer is a list, where its schema shows that.
    """

    id: str
    id_source: IdSource
    method: str
    path: str
    origin: Origin
    python_name: str = ""
    gives_many: bool | None = None
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    tags: tuple[str, ...] = ()
    group: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[Alternative, ...] = ()
    servers: tuple[Server, ...] = ()
    api_version: str = ""
    api_status: str = ""
    supported_until: str = ""
    source: str = ""
    pagination: Pagination | None = None
    waiter: Waiter | None = None

    @property
    def key(self) -> Parameter | None:
        """The header by which the service knows that two requests are one; made for each call that gives none."""
        if self.method in IDEMPOTENT:
            return None
        headers = (item for item in self.parameters if item.location is Location.HEADER and item.constant is None)
        return next((item for item in headers if "idempoten" in item.name.lower()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A request that the service sends: `names` are its own, or those of the operation that it calls back for first."""

    names: tuple[str, ...]
    method: str
    schema: Schema
    origin: Origin
    python_name: str = ""
    summary: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Everything one document says."""

    file: str
    title: str
    version: str
    service: str
    description: str = ""
    environment_prefix: str = ""
    servers: tuple[Server, ...] = ()
    operations: tuple[Operation, ...] = ()
    schemas: tuple[NamedSchema, ...] = ()
    client_options: tuple[Parameter, ...] = ()
    webhooks: tuple[Webhook, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()

    @property
    def elsewhere(self) -> tuple[tuple[Server, ...], ...]:
        """The servers of operations that have some of their own, each set once, in the document's order."""
        return tuple(dict.fromkeys(item.servers for item in self.operations if item.servers))

    @property
    def variables(self) -> tuple[ServerVariable, ...]:
        """The variables of all servers by their names; one of several servers takes what any of them takes."""
        servers = (*self.servers, *(server for servers in self.elsewhere for server in servers))
        return merged_variables(servers)
