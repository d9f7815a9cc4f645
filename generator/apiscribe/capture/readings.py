"""The readings room: what pages say about operations, models and services, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apiscribe.capture.cells import Cell
from apiscribe.capture.page import Form
from apiscribe.errors import Diagnostic, Origin

Note = str | bool | tuple[str, ...]
Translations = tuple[tuple[str, str], ...]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a reading stands: page, section, line, and what decides which of two equal readings is kept."""

    file: str
    page: str
    sha256: str
    form: Form
    line: int
    single: bool
    language: str | None = None
    section: str | None = None

    def origin(self, line: int | None = None) -> Origin:
        """Point at a line of this page, by default the one where the reading starts."""
        return Origin(file=self.file, line=line or self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A description cell: text, example as written, and constraints as JSON Schema keywords in page order.

    `item_constraints` are those of each item of a list.
    `translations` are the texts of the same cell on pages in other languages: pairs of language and text.
    """

    text: str | None = None
    example: str | None = None
    constraints: tuple[tuple[str, str | int | float], ...] = ()
    item_constraints: tuple[tuple[str, str | int | float], ...] = ()
    translations: Translations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """A row of a parameter or model table; location is set for parameters only, default is as written or absent.

    `notes` are extensions of the parameter or property: what OpenAPI has no word for. `place` is set, here and below,
    for what stands on another page than the operation or model that it belongs to.
    """

    name: str
    required: bool
    prose: Prose
    cell: Cell
    line: int
    default: str | None = None
    location: str | None = None
    notes: tuple[tuple[str, Note], ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A JSON example and the line where it starts."""

    value: Json
    line: int
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyReading:
    """The request body: its row and its example."""

    required: bool
    cell: Cell
    prose: Prose
    line: int
    sample: Sample | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseReading:
    """One response: status code, reason phrase, schema cell, example; `assumed` if no page names the status code."""

    code: str
    reason: str
    cell: Cell
    line: int
    sample: Sample | None = None
    assumed: bool = False
    translations: Translations = ()
    place: Place | None = None


class Part(StrEnum):
    """What a lossy page may lose of an operation or a model, as messages call it."""

    PARAMETERS = "parameters"
    RESPONSES = "responses"
    SUPPORT = "version and the date until which it is supported"
    FIELDS = "fields"
    REQUEST_EXAMPLE = "example of the request"
    RESPONSE_EXAMPLE = "example of the response"
    BULLETS = "values, bounds and defaults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A part that a page should have and lost, and where it is missing."""

    part: Part
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationReading:
    """One version of one operation as one page states it; what no page states of its gaps is unknown.

    A page that does not name the service prints the path without its base; other pages then tell both (`service` and
    `version` are empty until then). `spelled` are the words of the slug where they are known. `alternatives` are other
    calls of the same operation, each as it differs. `family` is that of the models it shares with other services,
    `scheme` the security scheme if the page names one.
    """

    place: Place
    service: str
    version: str
    method: str
    path: str
    status: str | None
    parameters: tuple[FieldReading, ...]
    responses: tuple[ResponseReading, ...]
    body: BodyReading | None = None
    description: str | None = None
    supported_until: str | None = None
    note: str | None = None
    display_name: str | None = None
    slug: str | None = None
    translations: Translations = ()
    gaps: tuple[Gap, ...] = ()
    unknown: tuple[Part, ...] = ()
    title: str | None = None
    spelled: str | None = None
    alternatives: tuple[tuple[tuple[str, str], ...], ...] = ()
    family: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OmittedReading:
    """One version of one operation that a page has and that could not be read: what is known of it all the same.

    `service` is empty where nothing tells it.
    """

    place: Place
    service: str
    version: str
    method: str
    path: str
    display_name: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReading:
    """One model as one page states it; one of a `family` belongs to every service that mentions it."""

    place: Place
    service: str
    name: str
    fields: tuple[FieldReading, ...]
    description: str | None = None
    translations: Translations = ()
    gaps: tuple[Gap, ...] = ()
    family: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReading:
    """A row of a service's own table of versions: the version, its status, and the date of the end of support."""

    version: str
    status: str
    line: int
    supported_until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReading:
    """One entry of a service's change log: its text as written, and what was recognized in it.

    `kind` is new, changed or removed; `method` and `path` name a call, the path as the log writes it; `names` are those
    an operation may go by.
    """

    version: str
    text: str
    line: int
    kind: str | None = None
    method: str | None = None
    path: str | None = None
    names: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewReading:
    """What an overview says about a service.

    Display name, prose, server template and its variables' allowed values, the table of versions (it may be empty
    although there are versions) and the change log. `base` is what the paths of all operations start with, `scheme` the
    security scheme, and `responses` are those that every operation may give.
    """

    place: Place
    service: str
    title: str
    description: str | None
    server: str
    allowed: tuple[tuple[tuple[str, str], ...], ...]
    versions: tuple[VersionReading, ...] = ()
    history: tuple[ChangeReading, ...] = ()
    translations: Translations = ()
    base: str | None = None
    scheme: str | None = None
    responses: tuple[ResponseReading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReading:
    """What the page above the versions of an operation says: slug, display name, and versions with their dates."""

    place: Place
    service: str
    slug: str | None
    display_name: str
    versions: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """Everything one page gave; the service of models, overviews and titles may be settled among all pages only.

    A page that `lists_all` shows every operation its services have; `omitted` are those of them left out.
    """

    file: str
    page: str
    name: str
    sha256: str
    kind: str
    form: Form
    language: str | None = None
    folder: str | None = None
    operations: tuple[OperationReading, ...] = ()
    omitted: tuple[OmittedReading, ...] = ()
    models: tuple[ModelReading, ...] = ()
    overviews: tuple[OverviewReading, ...] = ()
    titles: tuple[TitleReading, ...] = ()
    lists_all: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """The services that the page is about, in order."""
        operations = {item.service for item in self.operations}
        return tuple(sorted((operations | {item.service for item in self.described}) - {""}))

    @property
    def described(self) -> tuple[ModelReading | OverviewReading | TitleReading, ...]:
        """What may not tell its service itself."""
        return (*self.models, *self.overviews, *self.titles)
