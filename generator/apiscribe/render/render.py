"""Rendering: views through templates, twice, so that the gate can compare what texts of a document may not change."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from types import CodeType
from typing import Any, Final, Protocol

import jinja2
from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, Undefined
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from apiscribe.code import Code
from apiscribe.errors import Origin, refusal
from apiscribe.markdown import Markdown
from apiscribe.render.gate import pass_gate
from apiscribe.view import File, Package

_NO_PLACES: Final[Mapping[str, str]] = {}
_JINJA: Final = jinja2.__version__


class Store(Protocol):
    """Where compiled templates are kept from one run to the next."""

    def read(self, name: str) -> bytes | None:
        """Give what is kept under a name, None if there is nothing."""

    def write(self, name: str, data: bytes) -> None:
        """Keep bytes under a name; where that cannot be done, nothing is kept."""


def render(
    package: Package,
    templates: Mapping[str, str],
    places: Mapping[str, str] = _NO_PLACES,
    store: Store | None = None,
) -> dict[str, str]:
    """Print every file of a package; `templates` holds the templates' texts by name, such as `client/model.py.j2`.

    `places` are the files of the templates that are the user's own, by name.

    Raises:
        ApiscribeError: a template is missing or broken, or prints something that is not code, or, where it is the
            user's own, a program that does not pass the gate.
        AssertionError: the text of a document changed the structure of a program; nothing may be written then.
    """
    compiled = _Compiled("code", store)
    plain, neutral, markdown = (
        environment(templates, finalize, kept, places)
        for finalize, kept in ((_code, compiled), (_neutral, compiled), (_markdown, _Compiled("markdown", store)))
    )
    texts: dict[str, str] = {}
    for file in package.files:
        if not file.template:
            texts[file.path] = file.text
            continue
        texts[file.path] = _printed(markdown if file.path.endswith(".md") else plain, file, places)
        if file.path.endswith(".py"):
            _pass_gate(file, texts[file.path], _printed(neutral, file, places), package.name, places)
    return texts


def _pass_gate(file: File, text: str, neutral: str, package: str, places: Mapping[str, str]) -> None:
    try:
        pass_gate(file.path, text, neutral, package)
    except AssertionError as error:
        if file.template not in places:
            raise
        raise refusal(
            "template", f"prints what is no generated code: {error}", Origin(file=places[file.template])
        ) from error


class _Compiled(BytecodeCache):
    """Keeps compiled templates for environments that differ in nothing but how they print, and for the next run."""

    def __init__(self, kind: str, store: Store | None) -> None:
        self._codes: dict[str, CodeType | None] = {}
        self._kind = kind
        self._store = store

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Name what is kept of a template: by the library's version too, which decides what it compiles to."""
        return f"{name.replace('/', '.')}.{self._kind}-{_JINJA}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before, or nothing."""
        bucket.code = self._codes.get(bucket.key)
        data = self._store.read(bucket.key) if bucket.code is None and self._store is not None else None
        if data is not None:
            try:
                bucket.load_bytecode(BytesIO(data))
            except (EOFError, TypeError, ValueError):  # damaged
                bucket.reset()
            self._codes[bucket.key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key] = bucket.code
        if self._store is not None:
            self._store.write(bucket.key, bucket.bytecode_to_string())


def environment(
    templates: Mapping[str, str],
    finalize: Any = None,
    compiled: BytecodeCache | None = None,
    places: Mapping[str, str] = _NO_PLACES,
) -> Environment:
    """Make the environment of the templates: undefined names are errors, and only code is printed."""
    return Environment(
        loader=FunctionLoader(
            lambda name: (templates[name], places.get(name, name), None) if name in templates else None
        ),
        undefined=StrictUndefined,
        finalize=finalize or _code,
        autoescape=False,  # noqa: S701 - the output is no HTML; what is printed is code by construction
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )


def _printed(jinja: Environment, file: File, places: Mapping[str, str]) -> str:
    try:
        return jinja.get_template(file.template).render(view=file.view)
    except Exception as error:  # a template of the user's own may do anything
        what = f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error)
        message = f"template {file.template} cannot print {file.path}: {what or type(error).__name__}"
        raise refusal("template", message, _place(error, places.get(file.template, file.template))) from error


def _place(error: Exception, template: str) -> Origin:
    """Find the line of a template that an error is about; jinja puts its own frames into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return Origin(file=error.filename or error.name or template, line=error.lineno)
    found, trace = Origin(file=template), error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            found = Origin(file=name, line=trace.tb_lineno)
        trace = trace.tb_next
    return found


def _code(value: object) -> str:
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Undefined):
        return str(value)  # raises, and names what is undefined
    msg = f"only code is printed, not {type(value).__name__}"
    raise TypeError(msg)


def _markdown(value: object) -> str:
    if isinstance(value, Markdown):
        return str(value)
    if isinstance(value, Undefined):
        return str(value)  # raises, and names what is undefined
    msg = f"only Markdown is printed here, not {type(value).__name__}"
    raise TypeError(msg)


def _neutral(value: object) -> str:
    _code(value)
    return value.neutral if isinstance(value, Code) else ""
