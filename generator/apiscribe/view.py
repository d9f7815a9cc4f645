"""The view room: what the templates print, every name, module and import final, with no OpenAPI in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apiscribe.code import Code, Docstring

LINE_LENGTH: Final = 100
"""Where formatters break lines of what is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One `from module import names` line."""

    module: Code
    names: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a model: `value` is what stands after the equals sign, None for a required plain field."""

    name: Code
    annotation: Code
    value: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelClass:
    """One model; `extra` is True where the schema allows unknown keys in requests.

    `read_only` are the keys that are left out when one that was read is sent, `further` is the type of unknown keys,
    `needs` makes what checks in requests that fields go together.
    """

    name: Code
    docstring: Docstring
    fields: tuple[Field, ...]
    extra: bool
    read_only: Code | None
    further: Code | None
    needs: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A named type that is not an object."""

    name: Code
    annotation: Code
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelModule:
    """A module of one model, of one cycle of models, or of one alias."""

    docstring: Docstring
    imports: tuple[Import, ...]
    classes: tuple[ModelClass, ...]
    aliases: tuple[Alias, ...]
    rebuilt: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A name that a package gives on first use, and the module it comes from."""

    name: Code
    text: Code
    module: Code
    module_text: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class LazyPackage:
    """A package whose names are imported when they are first used."""

    docstring: Docstring
    exports: tuple[Export, ...]
    version: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationConstant:
    """The description of one operation that the runtime works from, and the function that loads its types.

    `is_long` says that its first line stays as it is: formatters part there.
    """

    name: Code
    kind: Code
    loader: Code
    returns: Code
    is_long: bool
    imports: tuple[Import, ...]
    types: tuple[Code, ...]
    arguments: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsModule:
    """The operations of one service version, with its servers, those of some operations alone, and its options."""

    docstring: Docstring
    imports: tuple[Import, ...]
    type_imports: tuple[Import, ...]
    elsewhere: tuple[Code, ...]
    operations: tuple[OperationConstant, ...]
    service: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of a client: the same for both flavors but for `async` and `await`."""

    name: Code
    signature: tuple[Code, ...]
    returns: Code
    docstring: Docstring
    async_docstring: Docstring
    operation: Code
    arguments: Code
    fields: Code
    body: Code
    content_type: Code | None
    takes_key: bool
    takes_extra: bool
    has_headers: bool
    deprecated: Code | None
    iterator: Iterator | None
    waiter: Waiter | None
    is_streamed: bool
    stream: Stream | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Iterator:
    """The sibling of a list method that yields the items of all pages."""

    name: Code
    signature: tuple[Code, ...]
    item: Code
    arguments: Code
    fields: Code
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The sibling of a method that asks for a stream and gives its items."""

    name: Code
    signature: tuple[Code, ...]
    item: Code
    arguments: Code
    fields: Code
    docstring: Docstring
    async_docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """The sibling of a read method that repeats it until a field has a final value."""

    name: Code
    signature: tuple[Code, ...]
    arguments: tuple[Code, ...]
    read: Code
    success: Code
    failure: Code
    gone: Code
    interval: Code
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavor:
    """What tells the sync client from the async one."""

    base: Code
    define: Code
    wait: Code
    iterator: Code
    wait_for: Code
    transport: Code
    raw: Code
    streaming: Code
    opened: Code
    ask: Code
    stream: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """An argument of a client's constructor that becomes an entry of a mapping."""

    signature: Code
    entry: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """A group as its holder shows it: a client, or the group around it."""

    name: Code
    owner: Code
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """A method of a group, and the client's method that it is; `deprecated` is what type checkers say of it."""

    name: Code
    method: Code
    deprecated: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The operations of one resource, and the groups below it.

    `marked` are the members that are deprecated, which type checkers take from nothing but a definition. `operations`
    are the members that its views have too.
    """

    name: Code
    raw_name: Code
    streaming_name: Code
    docstring: Docstring
    members: tuple[GroupMember, ...]
    marked: tuple[GroupMember, ...]
    operations: tuple[GroupMember, ...]
    links: tuple[GroupLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsModule:
    """All groups of one client; `imports` is what their deprecated members need."""

    docstring: Docstring
    imports: tuple[Import, ...]
    client: Code
    client_module: Code
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientModule:
    """One client of one service version; `collections` are the names that it needs of `collections.abc`."""

    docstring: Docstring
    collections: Code
    imports: tuple[Import, ...]
    type_imports: tuple[Import, ...]
    name: Code
    raw_name: Code
    streaming_name: Code
    class_docstring: Docstring
    flavor: Flavor
    credentials: Code
    variables: tuple[Setting, ...]
    options: tuple[Setting, ...]
    signing: tuple[Setting, ...]
    methods: tuple[Method, ...]
    groups: tuple[GroupLink, ...]
    groups_module: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookFunction:
    """The function that reads the requests of one webhook; `label` names it in errors."""

    name: Code
    returns: Code
    imports: tuple[Import, ...]
    label: Code
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksModule:
    """What one service version sends of its own accord."""

    docstring: Docstring
    imports: tuple[Import, ...]
    type_imports: tuple[Import, ...]
    functions: tuple[WebhookFunction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """One header of a response: its attribute, its type, and what reads it."""

    name: Code
    annotation: Code
    value: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadersClass:
    """The documented headers of one operation's responses."""

    name: Code
    docstring: Docstring
    fields: tuple[HeaderField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadersModule:
    """The headers of all responses of one service version."""

    docstring: Docstring
    imports: tuple[Import, ...]
    classes: tuple[HeadersClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningModule:
    """The signers of a package and its credentials; without signers there are no credentials."""

    docstring: Docstring
    imports: tuple[Code, ...]
    functions: tuple[Code, ...]
    credentials: tuple[CredentialField, ...]
    credentials_docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialField:
    """One value of the credentials: its attribute, its argument, and its description for the runtime."""

    name: Code
    attribute: Code
    argument: Code
    entry: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the output: its path and the template that prints its `view`, else its `text`."""

    path: str
    template: str = ""
    view: object = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A whole distribution."""

    name: str
    files: tuple[File, ...]
