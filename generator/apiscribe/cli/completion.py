"""The command `completion`: prints the script that teaches a shell the commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from apiscribe.cli.options import debug_option


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@debug_option
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    For this session, or in the shell's start-up file for good:
      source <(apiscribe completion bash)
      source <(apiscribe completion zsh)
      apiscribe completion fish | source
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(completion(context.find_root().command, {}, "apiscribe", "_APISCRIBE_COMPLETE").source())
