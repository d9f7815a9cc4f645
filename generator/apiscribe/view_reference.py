"""The view room for people who read: what the Markdown templates print, every text escaped and every link made."""

from __future__ import annotations

from dataclasses import dataclass

from apiscribe.markdown import Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table of arguments or fields."""

    name: Markdown
    type: Markdown
    required: Markdown
    default: Markdown
    wire: Markdown
    description: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One argument of a client that says where requests go or how they are answered."""

    name: Markdown
    values: Markdown
    default: Markdown
    description: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server's address, what it is, the values it exists with, and a word of doubt where it was assumed."""

    address: Markdown
    description: Markdown
    pairs: tuple[Markdown, ...]
    doubt: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A method that works through another one: an iterator or a waiter."""

    heading: Markdown
    description: Markdown
    example: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: what it is for, how it is called, what it gives and what it raises."""

    heading: Markdown
    reference: Markdown
    request: Markdown
    grouped: Markdown
    servers: tuple[Server, ...]
    summary: Markdown
    description: Markdown
    status: Markdown
    example: Markdown
    arguments: tuple[Row, ...]
    returns: Markdown
    headers: tuple[Markdown, ...]
    headers_class: Markdown
    arriving: Markdown
    errors: tuple[Markdown, ...]
    siblings: tuple[Sibling, ...]
    source: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model with its fields, or one named type with the words that say what it is."""

    heading: Markdown
    description: Markdown
    type: Markdown
    fields: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One function that reads what the service sends, and the type of what it gives."""

    name: Markdown
    type: Markdown
    description: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page with a part of what is told of a service version, and how much that is."""

    page: Markdown
    size: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """The reference page of one service version, or one of the pages among which a large one is divided.

    Such a page has no client, and leads `back` to the one that has, whose `parts` lead to it.
    """

    has_client: bool
    title: Markdown
    back: Markdown
    parts: tuple[Part, ...]
    description: Markdown
    imports: Markdown
    settings: tuple[Setting, ...]
    servers: tuple[Server, ...]
    operations: tuple[Operation, ...]
    webhook_imports: Markdown
    webhooks: tuple[Webhook, ...]
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service version in a list of all."""

    title: Markdown
    version: Markdown
    clients: Markdown
    module: Markdown
    operations: Markdown
    page: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The list of all reference pages."""

    title: Markdown
    services: tuple[ServiceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One setting and the names under which it is looked for outside the program."""

    argument: Markdown
    variable: Markdown
    key: Markdown
    needed: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """How credentials come to a client; a package that needs none has none."""

    argument: Markdown
    example: Markdown
    profile_variable: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A way to prove who calls, and the program that does so."""

    about: Markdown
    program: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The programs of the README; each is complete."""

    sync: Markdown
    grouped: Markdown
    waiting: Markdown
    errors: Markdown
    options: Markdown
    copied: Markdown
    hooks: Markdown
    injected: Markdown
    raw: Markdown
    pages: Markdown
    webhooks: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """The README of a distribution, or the guide among the reference pages, which says the same."""

    is_readme: bool
    title: Markdown
    summary: Markdown
    python: Markdown
    package: Markdown
    extensions: Markdown
    signing: Signing | None
    signs: bool
    profile_path: Markdown
    profile_example: Markdown
    sources: tuple[Source, ...]
    usage: Usage | None
    access: tuple[Access, ...]
    services: tuple[ServiceRow, ...]
    reference: Markdown
    left_out: tuple[Markdown, ...]
