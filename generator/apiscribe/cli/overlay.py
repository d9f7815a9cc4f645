"""The command `overlay`: starts a correction of a document, and tells whether all corrections still match."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from apiscribe.cli.console import counted, say, say_table
from apiscribe.cli.jobs import OVERLAY_SUFFIXES, documents_of, find_project
from apiscribe.cli.options import debug_option, project_option
from apiscribe.cli.specs import Spec, find_spec, open_spec, split_address
from apiscribe.document.addresses import resolve
from apiscribe.document.node import Node
from apiscribe.document.overlay_scaffold import scaffold
from apiscribe.errors import Origin, refusal, shown

_HEAD: Final = """\
# Fill in x-reason, say in update what is right, and leave out what stays: an action without a reason is refused.
# x-expects is what the document says now; the action fails once the document says something else.
"""
_WORD: Final = re.compile(r"[^A-Za-z0-9]+")
MAX_WORD: Final = 60


@click.group("overlay")
@debug_option
def command() -> None:
    """Correct documents without editing them, with OpenAPI Overlays."""


@command.command("new")
@click.argument("spec", metavar="SPEC")
@click.argument("pointer", required=False, metavar="[POINTER]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it.  [default: the project's folder of overlays]",
)
@project_option
@debug_option
def new(spec: str, pointer: str | None, out: Path | None, project_file: Path | None) -> None:
    """Write an overlay to be filled in for one fact of a document.

    SPEC#POINTER is what warnings print; POINTER may also be an operationId, a schema or Schema.property.

    \b
      apiscribe overlay new 'data-ops-1.1.yaml#/components/schemas/ClusterResourceCheckResponse/properties/cpu'
      apiscribe overlay new data-ops-1.1.yaml UpdateDataOpsService
    """
    name, address = split_address(spec, pointer)
    found = find_spec(name, project_file)
    opened = open_spec(found)
    document = opened.corrected.document
    node = document.root.at(resolve((document,), address)) or document.root
    if node.file != document.file:
        origin = replace(node.origin, pointer=None)
        raise refusal("overlay.scaffold", f"already corrects {node.pointer}: change this action", origin)
    target = out or _place(found, node)
    if not target.name.endswith(OVERLAY_SUFFIXES):
        raise click.UsageError(f"--out {shown(target)}: an overlay is called NAME.overlay.yaml")
    if target.exists():
        raise refusal(
            "overlay-name", "is there already: add the action to it, or give --out FILE", Origin(file=str(target))
        )
    _write(target, node)
    say(f"{target}: written; fill in x-reason and update")


def _place(spec: Spec, node: Node) -> Path:
    if spec.overlays_folder is None:
        raise click.UsageError("--out FILE.overlay.yaml is needed: no project says where overlays of this document lie")
    words = _WORD.sub("-", "-".join(str(step) for step in node.path[-3:])).strip("-")
    return spec.overlays_folder / f"{spec.path.stem}.{words[-MAX_WORD:].strip('-') or 'root'}.overlay.yaml"


def _write(target: Path, node: Node) -> None:
    from apiscribe.capture.emit import to_yaml
    from apiscribe.output.staging import write_files

    values: Any = scaffold(node)
    write_files({target.name: (_HEAD + to_yaml(values)).encode()}, target.parent)


@command.command("check")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@project_option
@debug_option
def check(specs: tuple[str, ...], project_file: Path | None) -> None:
    """Tell whether every overlay of the project still matches its document; change nothing.

    Each action's target must be there, and be what its x-expects says. `apiscribe check` does this as well.
    """
    names = specs or _all(project_file)
    rows = []
    for name in names:
        opened = open_spec(find_spec(name, project_file))
        actions = Counter(one.action.node.file for one in opened.corrected.corrections)
        rows += [(str(opened.spec.path), file, counted(number, "action")) for file, number in actions.items()]
    say_table(("document", "overlay", "actions"), rows)
    say(f"{counted(len(rows), 'overlay')} in step with {counted(len(names), 'document')}")


def _all(project_file: Path | None) -> tuple[str, ...]:
    root, project = find_project(project_file)
    return tuple(str(path) for api in project.apis for path in documents_of(root, api))
