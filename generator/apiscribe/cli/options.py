"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from apiscribe.project_package import FORMATTERS, LAYOUTS, PYTHONS

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
MEBIBYTE: Final = 1024 * 1024
MAX_DOCUMENT_BYTES: Final = 64 * MEBIBYTE

debug_option = click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks with errors.")
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
skip_option = click.option(
    "--skip-invalid",
    is_flag=True,
    help="Leave out operations that are refused, and list them, instead of refusing all.",
)
project_option = click.option(
    "--project",
    "project_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The project file; without it, apiscribe.toml in this folder or the nearest above.",
)


# What a distribution says of itself; apiscribe.toml has the same keys.
_METADATA: Final = (
    click.option("--version", metavar="VERSION", help="Version of the distribution.  [default: 0.1.0]"),
    click.option("--distribution", metavar="NAME", help="Name to install it by.  [default: the package's, with -]"),
    click.option("--layout", type=click.Choice(LAYOUTS), help="Where the package's folder is.  [default: flat]"),
    click.option("--license", metavar="SPDX", help="Its licence, as an SPDX expression such as Apache-2.0."),
    click.option("--license-file", type=click.Path(path_type=Path), metavar="FILE", help="The licence's text."),
    click.option("--author", "authors", multiple=True, metavar="'NAME <MAIL>'", help="An author. Repeatable."),
    click.option("--changelog/--no-changelog", default=None, help="Keep a CHANGELOG.md.  [default: changelog]"),
    click.option("--description", metavar="TEXT", help="What it is, in a line.  [default: Client of TITLE]"),
)


def package_options(function: Decorated) -> Decorated:
    """Add what generate and check have in common: which documents, which package, how."""
    options = (
        click.argument("specs", nargs=-1, type=click.Path(path_type=Path), metavar="[SPEC]..."),
        click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the distribution."),
        click.option("--package", metavar="NAME", help="Import name of the package; with no SPEC, the one to take."),
        click.option(
            "--overlay",
            "overlays",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="A correction for the SPEC of the same name (data-ops.overlay.yaml for data-ops.yaml). Repeatable.",
        ),
        click.option("--formatter", type=click.Choice(FORMATTERS), help="What formats the code.  [default: black]"),
        *_METADATA,
        click.option("--python", type=click.Choice(PYTHONS), help="Oldest Python of the package.  [default: 3.11]"),
        click.option(
            "--templates",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            metavar="DIR",
            help="Your own templates in place of the built-in ones. They decide what code is written.",
        ),
        click.option(
            "--max-bytes",
            type=click.IntRange(min=1),
            default=MAX_DOCUMENT_BYTES,
            metavar="N",
            help="Refuse larger documents.  [default: 64 MiB]",
        ),
        strict_option,
        skip_option,
        project_option,
        debug_option,
    )
    for option in reversed(options):
        function = option(function)
    return function
