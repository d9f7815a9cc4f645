"""The profile room: the shape of a portal's profile, which is all that capture knows about a portal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from apiscribe.capture.page import Page
from apiscribe.capture.page_text import Layout
from apiscribe.capture.readings import Json, PageReading
from apiscribe.naming import snake_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """A way of paging: the two query parameters, the first page, and where the response holds items and total."""

    style: str
    page: str
    size: str
    first: int
    items: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What a portal's documents state beside the pages: constants, options, security, servers, secrets, paging.

    An operation in one of `current_states` is there in later versions of its service too; one whose last version is in
    one of `ended_states` is not. The groups of `model_version` are the numbers of the version in a model's name.
    """

    environment_prefix: str
    constant_headers: tuple[tuple[str, str], ...]
    shared_parameters: Mapping[str, Json]
    dropped_headers: frozenset[str]
    media_type: str
    scheme: str
    security_schemes: Mapping[str, Json]
    secret: re.Pattern[str]
    not_secret: re.Pattern[str]
    server_template: str
    global_server_template: str
    global_services: frozenset[str]
    server_values: tuple[tuple[tuple[str, str], ...], ...]
    server_defaults: Mapping[str, str]
    deprecated_states: frozenset[str]
    pagination: tuple[Pagination, ...]
    current_states: frozenset[str] = frozenset()
    ended_states: frozenset[str] = frozenset()
    model_version: re.Pattern[str] | None = None

    def version_of_model(self, name: str) -> str | None:
        """Tell which version the name of a model says it is of, where the portal's names say that."""
        match = self.model_version.search(name) if self.model_version else None
        return ".".join(match.groups()) if match else None

    def is_secret(self, name: str) -> bool:
        """Tell whether a name is that of a secret, whose values no output may hold."""
        plain = snake_case(name)
        return self.secret.fullmatch(plain) is not None and self.not_secret.fullmatch(plain) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One portal: its name, the layout of its plain text, the reader of its pages, and its conventions.

    `columns` tells by a column's title, case folded, what it decides: name, required, location, description, default or
    schema.
    `page_forms` are the forms of the addresses of its pages, below the root of the reference and without a slash at the
    end; without any, every page below it is one. `marks` are texts that its pages hold and those of no other portal do.
    """

    name: str
    layout: Layout
    read: Callable[[Page], PageReading]
    conventions: Conventions
    columns: Mapping[str, str] = field(default_factory=dict)
    page_forms: tuple[re.Pattern[str], ...] = ()
    marks: frozenset[str] = frozenset()
