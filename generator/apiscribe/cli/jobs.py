"""What is to be generated: command line and project file to jobs, with every file found and none of them read."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from apiscribe.cli.inputs import resolved
from apiscribe.cli.options import MAX_DOCUMENT_BYTES
from apiscribe.errors import ApiscribeError, Diagnostic, Origin, refusal, shown
from apiscribe.project import PROJECT_FILE, Api, Project, load_project
from apiscribe.project_package import DEFAULT_VERSION, Package, package_name_problem, problem_of

DOCUMENT_SUFFIXES: Final = (".yaml", ".yml", ".json")
OVERLAY_SUFFIXES: Final = (".overlay.yaml", ".overlay.yml", ".overlay.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The options of generate and check, as given."""

    specs: tuple[Path, ...]
    overlays: tuple[Path, ...]
    out: Path | None
    package: str | None
    formatter: str | None
    python: str | None
    version: str | None
    distribution: str | None
    layout: str | None
    license: str | None
    license_file: Path | None
    authors: tuple[str, ...]
    description: str | None
    changelog: bool | None
    templates: Path | None
    max_bytes: int
    strict: bool
    skip_invalid: bool
    project_file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A document on disk, the name it has in the lock file, and its overlays in the order in which they apply."""

    path: Path
    name: str
    overlays: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One package to generate or check; `mend` is the command that brings it in step."""

    package: Package
    documents: tuple[DocumentFile, ...]
    base: Path
    out: Path
    mend: str
    license_file: Path | None = None

    @property
    def kept(self) -> tuple[str, ...]:
        """Name the folders of the distribution that are the user's, the site that mkdocs makes among them."""
        return (f"{self.package.folder}/extensions", "site")


def jobs_of(request: Request) -> tuple[Job, ...]:
    """Find what a command is about: the documents it names, else all that the project file names.

    Raises:
        ApiscribeError: the project file or a path in it is refused.
        click.UsageError: the options do not go together.
    """
    _refuse_wrong_options(request)
    if request.specs:
        return (_named_job(request),)
    for given, option in ((request.out, "--out"), (request.overlays, "--overlay")):
        if given:
            raise click.UsageError(f"{option} needs at least one SPEC")
    root, project = find_project(request.project_file)
    chosen = [package for package in project.packages if request.package in (None, package.name)]
    if not chosen:
        known = ", ".join(package.name for package in project.packages) or "none"
        raise click.UsageError(
            f"{project.file} has no package {request.package or ''} (it has: {known})".replace("  ", " ")
        )
    return tuple(_project_job(request, root, project, package) for package in chosen)


def find_project(given: Path | None) -> tuple[Path, Project]:
    """Load the project file that was given, or the nearest one from the current folder upwards.

    Raises:
        ApiscribeError: the file is refused.
        click.UsageError: there is none.
    """
    if given is not None:
        return given.parent, load_project(given)
    current = Path.cwd()
    for folder in (current, *current.parents):
        if (folder / PROJECT_FILE).is_file():
            root = Path(os.path.relpath(folder))
            return root, load_project(root / PROJECT_FILE)
    raise click.UsageError(f"no {PROJECT_FILE} in this folder or above; name the documents, or give --project FILE")


def _named_job(request: Request) -> Job:
    if request.out is None:
        raise click.UsageError("--out DIR is needed with SPEC")
    name = request.package or resolved(request.out).name
    if problem := package_name_problem(name):
        raise click.UsageError(f"--package {shown(name)}: {problem}")
    package = Package(
        name=name,
        specs=tuple(str(path) for path in request.specs),
        out=str(request.out),
        version=DEFAULT_VERSION,
        formatter="black",
        python="3.11",
    )
    package = _chosen(package, request)
    if request.license_file is not None and not package.license:
        raise click.UsageError("--license-file needs --license")
    mend = _mend(request, *map(str, request.specs), "--out", str(request.out), "--package", name)
    overlays = match_overlays(request.overlays, request.specs)
    job = _job(package, request.specs, overlays, request.out, mend)
    return replace(job, license_file=request.license_file)


def _refuse_wrong_options(request: Request) -> None:
    values = [(name, getattr(request, name)) for name in ("version", "distribution", "license", "description")]
    for name, value in (*values, *(("authors", author) for author in request.authors)):
        problem = problem_of(name, value) if value is not None else None
        if problem:
            raise click.UsageError(f"--{'author' if name == 'authors' else name} {problem}")


def _chosen(package: Package, request: Request) -> Package:
    """Let the options of the command line win."""
    return replace(
        package,
        formatter=request.formatter or package.formatter,
        python=request.python or package.python,
        version=request.version or package.version,
        distribution=request.distribution or package.distribution,
        layout=request.layout or package.layout,
        license=request.license or package.license,
        authors=request.authors or package.authors,
        description=request.description or package.description,
        changelog=package.changelog if request.changelog is None else request.changelog,
    )


def _mend(request: Request, *what: str) -> str:
    """Print the command that generates what is meant, with the options that decide its bytes."""
    given = {
        "--formatter": request.formatter,
        "--python": request.python,
        "--version": request.version,
        "--distribution": request.distribution,
        "--layout": request.layout,
        "--license": request.license,
        "--license-file": request.license_file,
        "--description": request.description,
        "--templates": request.templates,
        "--max-bytes": None if request.max_bytes == MAX_DOCUMENT_BYTES else request.max_bytes,
        "--project": request.project_file,
    }
    options = [(option, str(value)) for option, value in given.items() if value is not None]
    options += [("--author", author) for author in request.authors]
    options += [("--overlay", str(path)) for path in request.overlays]
    last = ["--skip-invalid"] if request.skip_invalid else []
    last += [] if request.changelog is None else ["--changelog" if request.changelog else "--no-changelog"]
    return shlex.join(("apiscribe", "generate", *what, *(part for option in options for part in option), *last))


def _project_job(request: Request, root: Path, project: Project, package: Package) -> Job:
    origin = Origin(file=project.file, pointer=f"/package/{package.name}/specs")
    specs: list[Path] = []
    for pattern in package.specs:
        found = [path for path in _glob(root, pattern, origin) if not is_overlay(path)]
        if not found:
            raise refusal("project-no-documents", f"no document matches {shown(pattern)}", origin)
        specs += found
    overlays = {path: found for api in project.apis for path, found in overlays_of(root, api).items()}
    package = _chosen(package, request)
    mend = _mend(request, *(("--package", request.package) if request.package else ()))
    own = root / package.license_file if package.license_file else None
    job = _job(package, specs, overlays, root / package.out, mend)
    return replace(job, license_file=request.license_file or own)


def _glob(root: Path, pattern: str, origin: Origin) -> list[Path]:
    try:
        return sorted(path for path in root.glob(pattern) if path.is_file())
    except (NotImplementedError, ValueError) as error:
        raise refusal(
            "project-value", f"{shown(pattern)} is not a pattern below the project's folder", origin
        ) from error


def documents_of(root: Path, api: Api) -> list[Path]:
    """List the documents of an api."""
    folder = root / api.specs
    return sorted(path for path in folder.glob("*") if path.suffix in DOCUMENT_SUFFIXES and not is_overlay(path))


def overlays_of(root: Path, api: Api) -> Mapping[Path, tuple[Path, ...]]:
    """Give each document of an api, by its resolved path, its overlays.

    Raises:
        ApiscribeError: an overlay bears the name of no document.
    """
    if api.overlays is None:
        return {}
    found = sorted((root / api.overlays).glob("*.overlay.*"), key=lambda path: path.name)
    return match_overlays(found, documents_of(root, api))


def is_overlay(path: Path) -> bool:
    """Tell an overlay by its name."""
    return path.name.endswith(OVERLAY_SUFFIXES)


def _job(
    package: Package, specs: Sequence[Path], overlays: Mapping[Path, tuple[Path, ...]], out: Path, mend: str
) -> Job:
    distinct = {resolved(path): path for path in sorted(specs)}
    base = Path(os.path.commonpath([path.parent for path in distinct]))
    documents = [
        DocumentFile(path=path, name=full.relative_to(base).as_posix(), overlays=overlays.get(full, ()))
        for full, path in distinct.items()
    ]
    documents.sort(key=lambda document: document.name)
    return Job(package=package, documents=tuple(documents), base=base, out=out, mend=mend)


def other_job(like: Job, path: Path, overlays: tuple[Path, ...]) -> Job:
    """Make a job of one document alone, with the options of another."""
    document = DocumentFile(path=path, name=path.name, overlays=overlays)
    return replace(like, documents=(document,), base=resolved(path).parent)


def match_overlays(overlays: Iterable[Path], specs: Iterable[Path]) -> Mapping[Path, tuple[Path, ...]]:
    """Give each document, by its resolved path, the overlays that bear its name: `NAME[.WORD].overlay.yaml`.

    They apply in the order in which they are given.

    Raises:
        ApiscribeError: an overlay bears no document's name, or two overlays have one name.
    """
    stems = {path.stem: resolved(path) for path in specs}
    matched: dict[Path, tuple[Path, ...]] = {}
    seen: set[str] = set()
    found = []
    for overlay in overlays:
        own = overlay.name.rpartition(".overlay.")[0]
        fitting = [stem for stem in stems if own == stem or own.startswith(f"{stem}.")]
        if not fitting:
            known = ", ".join(sorted(stems)) or "there are none"
            found.append(_overlay_problem(overlay, f"bears the name of no document here ({known})"))
        elif overlay.name in seen:
            found.append(_overlay_problem(overlay, "is the second overlay of this name"))
        else:
            document = stems[max(fitting, key=len)]
            matched[document] = (*matched.get(document, ()), overlay)
        seen.add(overlay.name)
    if found:
        raise ApiscribeError(found)
    return matched


def _overlay_problem(overlay: Path, message: str) -> Diagnostic:
    return Diagnostic(rule="overlay-name", message=message, origin=Origin(file=str(overlay)))
