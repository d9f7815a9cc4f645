"""One job to its artifacts: documents read, built, styled, and the lock file added; nothing written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from apiscribe import __version__
from apiscribe.cli.inputs import References, read_input
from apiscribe.cli.jobs import Job, Request
from apiscribe.errors import LEFT_OUT, Diagnostic, Origin, refusal
from apiscribe.location import CompiledTemplates, installed_version, own_places, read_templates, templates_digest
from apiscribe.project import LOCK_FILE, Lock, make_lock, render_lock
from apiscribe.project_package import LAYOUTS, author_parts, license_expression

if TYPE_CHECKING:
    from apiscribe import pipeline
    from apiscribe.style import Styler

MAX_LICENSE: Final = 1024 * 1024
_MODELS: Final = "datamodel-code-generator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a job is made from, as read: documents by their names in the lock file, all else by file name."""

    documents: Mapping[str, bytes]
    overlays: Mapping[str, bytes]
    license: Mapping[str, bytes]

    def all(self) -> Mapping[str, bytes]:
        """List everything that was read, under the names of the lock file."""
        beside = {"overlay": self.overlays, "license": self.license}
        named = {f"{kind}:{name}": data for kind, found in beside.items() for name, data in found.items()}
        return {**self.documents, **named}


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a job gives: every file of the distribution, its lock file among them, and the warnings on the way.

    `hint` says which version follows from what changed. `outline` is what the next run has to know of this one, to
    generate only what follows from a changed operation; empty where that cannot be.
    """

    artifacts: Mapping[str, bytes]
    lock: Lock
    warnings: tuple[Diagnostic, ...]
    hint: str = ""
    outline: str = ""


def read_inputs(job: Job, request: Request) -> Inputs:
    """Read the documents, overlays and licence of a job."""
    license_file = job.license_file
    overlays = [path for document in job.documents for path in document.overlays]
    return Inputs(
        documents={document.name: read_input(document.path, limit=request.max_bytes) for document in job.documents},
        overlays={path.name: read_input(path, limit=request.max_bytes) for path in overlays},
        license={} if license_file is None else {license_file.name: read_input(license_file, limit=MAX_LICENSE)},
    )


def tools_of(job: Job) -> dict[str, str]:
    """Name the tools whose versions decide output bytes."""
    formatter = job.package.formatter
    return {"apiscribe": __version__, formatter: installed_version(formatter), _MODELS: installed_version(_MODELS)}


def options_of(job: Job, request: Request) -> dict[str, str]:
    """Name the options that decide output bytes, as the lock file keeps them."""
    package = job.package
    options = {
        "package": package.name,
        "version": package.version,
        "formatter": package.formatter,
        "python": package.python,
    }
    told = {
        "distribution": package.distribution,
        "layout": package.layout if package.layout != LAYOUTS[0] else "",
        "license": package.license,
        "authors": ", ".join(package.authors),
        "description": package.description,
        "changelog": "" if package.changelog else "false",
    }
    options |= {name: value for name, value in told.items() if value}
    if request.skip_invalid:
        options["skip-invalid"] = "true"
    if request.templates is not None:
        options["templates"] = templates_digest(request.templates)
    return options


def sources_of(job: Job, inputs: Inputs, references: References) -> tuple[pipeline.Source, ...]:
    """Hand the documents that were read to the pipeline, each with its overlays and a reader for its folder."""
    from apiscribe.pipeline import Source

    return tuple(
        Source(
            path=str(document.path),
            data=inputs.documents[document.name],
            overlays=tuple(Source(path=str(path), data=inputs.overlays[path.name]) for path in document.overlays),
            read=references.reader(document.path.parent),
        )
        for document in job.documents
    )


def settings_of(job: Job, request: Request, inputs: Inputs) -> pipeline.Settings:
    """Hand what the caller decides to the pipeline."""
    from apiscribe.pipeline import Settings
    from apiscribe.plan.pyproject import Distribution

    package = job.package
    return Settings(
        distribution=Distribution(
            package=package.name,
            version=package.version,
            python=package.python,
            distribution=package.distribution,
            layout=package.layout,
            license=license_expression(package.license),
            license_text=_license_text(job, inputs),
            authors=tuple(author_parts(author) for author in package.authors),
            description=package.description,
        ),
        strict=request.strict,
        skip_invalid=request.skip_invalid,
        max_bytes=request.max_bytes,
    )


def _license_text(job: Job, inputs: Inputs) -> str:
    """Decode the text of the licence; its lines end as those of every other file do."""
    for data in inputs.license.values():
        origin = Origin(file=str(job.license_file))
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            raise refusal("license", f"is not UTF-8 at byte offset {error.start}", origin) from error
        if not text.strip() or "\0" in text:
            raise refusal("license", "holds no text", origin)
        return text.rstrip("\n") + "\n"
    return ""


def templates_of(request: Request) -> pipeline.Templates:
    """Read the templates for the pipeline."""
    from apiscribe.pipeline import Templates

    texts, runtime, stubs = read_templates(request.templates)
    # Those of the user's own are compiled anew: what is kept beside the toolkit's own is of these alone.
    store = CompiledTemplates() if request.templates is None else None
    places = own_places(request.templates)
    return Templates(texts=texts, runtime=runtime, stubs=stubs, places=places, store=store)


def styler_of(job: Job, cache: Path | None) -> Styler:
    """Choose the formatter of a package."""
    from apiscribe.style import Styler

    return Styler(job.package.formatter, job.package.python, cache)


def produce(job: Job, request: Request, inputs: Inputs, cache: Path | None, show: Callable[[str], None]) -> Product:
    """Build, style and lock one package.

    Raises:
        ApiscribeError: an input is refused.
    """
    from apiscribe import pipeline
    from apiscribe.cli.changes import changes_of

    references = References(job.base, limit=request.max_bytes)
    show("reading documents and rendering")
    with pipeline.patient_collector():
        built = pipeline.build(
            sources_of(job, inputs, references), settings_of(job, request, inputs), templates_of(request)
        )
        printed = {path: text for path, text in built.texts.items() if path not in built.copied}
        show(f"formatting {len(printed)} files")
        texts = {**built.texts, **styler_of(job, cache).format_all(printed)}
    files = {path: text.encode() for path, text in texts.items()}
    hint = ""
    if job.package.changelog:
        documents = {item.name: found for item, found in zip(job.documents, built.documents, strict=True)}
        found = changes_of(job, documents, references.read)
        files, hint = {**files, **found.files}, found.hint
    outline = "" if references.read else _outline(job, inputs, built, texts)
    return product_of(job, request, inputs, references.read, files, built.diagnostics, hint, outline)


def product_of(
    job: Job,
    request: Request,
    inputs: Inputs,
    references: Mapping[str, bytes],
    files: Mapping[str, bytes],
    warnings: tuple[Diagnostic, ...],
    hint: str,
    outline: str,
) -> Product:
    """Add the lock file to files."""
    lock = make_lock(
        tools=tools_of(job),
        options=options_of(job, request),
        inputs=inputs.all(),
        references=references,
        files=files,
    )
    artifacts = {**files, LOCK_FILE: render_lock(lock)}
    return Product(artifacts=artifacts, lock=lock, warnings=warnings, hint=hint, outline=outline)


def _outline(job: Job, inputs: Inputs, built: pipeline.Built, texts: Mapping[str, str]) -> str:
    """Write down what the next run has to know, for a package of one document that was understood whole, as it is."""
    from apiscribe.delta.outline import outline_of, to_json
    from apiscribe.delta.unsure import UnsureError

    if len(job.documents) != 1 or inputs.overlays or any(item.rule == LEFT_OUT for item in built.diagnostics):
        return ""
    (document,), (facts,) = built.documents, built.facts
    try:
        return to_json(outline_of(document, facts, texts, built.diagnostics))
    except UnsureError:
        return ""
