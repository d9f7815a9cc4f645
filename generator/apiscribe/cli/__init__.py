"""The cli room: the command line; reads files, runs the pure rooms, prints, and turns every failure into one line."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn

import click

from apiscribe import __version__
from apiscribe.cli.options import debug_option
from apiscribe.errors import ApiscribeError, shown

DONE: Final = 0
OUT_OF_STEP: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130
_COMMANDS: Final = (
    *("capture", "generate", "check", "diff", "suggest", "explain", "coverage", "overlay", "sign", "completion"),
)


class _Commands(click.Group):
    """The commands, each loaded from its own module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they are used."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"apiscribe.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="apiscribe", message="%(prog)s %(version)s")
@debug_option
def apiscribe() -> None:
    """Documentation pages to OpenAPI, OpenAPI to a signed Python client, and all of it kept in step.

    \b
    From nothing to a client:
      apiscribe capture pages/data-ops --out spec/data-ops.yaml
      apiscribe generate spec/data-ops.yaml --out client --package mycloud
      pip install ./client

    \b
    In a repository that has an apiscribe.toml:
      apiscribe capture      recapture the pages it names into documents
      apiscribe generate     documents to packages
      apiscribe check        the same in memory: tells what is out of step, changes nothing

    Exit code 0: done, or in step. 1: out of step. 2: input that is refused, or wrong usage.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code; no failure leaves more than its lines on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(given, debug="--debug" in given))


def _run(arguments: list[str], *, debug: bool) -> int:
    try:
        code = apiscribe.main(arguments, prog_name="apiscribe", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return REFUSED
    except ApiscribeError as error:
        return _refused(error, error.lines(), debug)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; what was there before is there still", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = io.TextIOWrapper(io.BytesIO())
        return REFUSED
    except OSError as error:
        place = shown(error.filename or ".", 400)  # only the current folder has no name
        return _refused(error, [f"error: {place}: cannot be used: {error.strerror or shown(error)}"], debug)
    except Exception as error:
        hint = "" if debug else " (a fault of apiscribe; --debug shows where)"
        return _refused(error, [f"error: internal: {type(error).__name__}: {shown(error, 300)}{hint}"], debug)
    return code if isinstance(code, int) else DONE


def _refused(error: BaseException, lines: list[str], debug: bool) -> int:
    if debug:
        import traceback

        click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo("\n".join(lines), err=True)
    return REFUSED
