"""The command `sign`: signs one request as a client would, shows every step of it, and finds what another did else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from apiscribe.cli.console import say, say_table, warn
from apiscribe.cli.options import debug_option

if TYPE_CHECKING:
    from apiscribe.cli.sign_report import Outcome
    from apiscribe.cli.sign_run import Evaluated
    from apiscribe.errors import Diagnostic
    from apiscribe.signing import Recipe
    from apiscribe.signing.request import SignedRequest

EQUAL: Final = 0
DIFFERS: Final = 1


@click.command("sign")
@click.argument("method")
@click.argument("url")
@click.option(
    "--spec", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The document, or a recipe alone."
)
@click.option(
    "--overlay", "overlays", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="Applied to it."
)
@click.option("--scheme", metavar="NAME", help="The security scheme.  [default: the one that most operations use]")
@click.option("--explain", is_flag=True, help="Show the bytes of every step and the string to sign.")
@click.option("--compare", metavar="SIGNATURE", help="Tell which mistake gives this signature.")
@click.option("--header", "-H", "headers", multiple=True, metavar="'NAME: VALUE'", help="A header of the request.")
@click.option("--body", "-d", metavar="TEXT|@FILE", help="The body, as it is sent.")
@click.option(
    "--option", "options", multiple=True, metavar="NAME=VALUE", help="A choice of the client, such as a region."
)
@click.option("--timestamp", metavar="TIME", help="Unix time (s or ms) or RFC 3339.  [default: now]")
@click.option("--nonce", metavar="TEXT", help="The nonce.  [default: a random one]")
@click.option(
    "--credential",
    "credentials",
    multiple=True,
    metavar="NAME=@env:VAR|@file:PATH|@prompt",
    help="A credential; one that is not secret may stand here itself.  [default: where a client looks]",
)
@click.option("--sample", is_flag=True, help="Use the documented credentials of the recipe's first vector.")
@click.option("--package", metavar="NAME", help="Look for credentials in ~/.NAME/credentials.toml too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@debug_option
def command(**options: Any) -> int:
    """Sign a request as a generated client does, with the same code, and show how.

    \b
    What to send:
      apiscribe sign --spec spec/data-ops-1.1.yaml GET https://host/v1/data-ops
    How it comes about, step by step, with the credentials of the recipe's first vector:
      apiscribe sign --spec spec/data-ops-1.1.yaml --explain --sample GET https://host/v1/data-ops
    Why a signature of yours is another one:
      apiscribe sign --spec spec/data-ops-1.1.yaml --compare SIGNATURE --timestamp 1605290625682 GET https://…

    Secrets are shown nowhere. Exit code 0: signed, or the signatures are equal. 1: they differ. 2: refused input.
    """
    from apiscribe.cli.sign_report import as_data

    outcome, warnings = _signed(options)
    warn(warnings, strict=False)
    if options["as_json"]:
        say(json.dumps(as_data(outcome), indent=2, ensure_ascii=False))
    else:
        _print(outcome, explain=options["explain"])
    return EQUAL if outcome.comparison is None or outcome.comparison.equal else DIFFERS


def _signed(options: Mapping[str, Any]) -> tuple[Outcome, tuple[Diagnostic, ...]]:
    from apiscribe.cli import sign_inputs
    from apiscribe.cli.sign_compare import compare, string_to_sign
    from apiscribe.cli.sign_report import Outcome
    from apiscribe.cli.sign_shown import Veil

    scheme = sign_inputs.read_scheme(options["spec"], options["overlays"], options["scheme"], options["package"])
    recipe, given = scheme.recipe, options["compare"]
    keys = sign_inputs.read_keys(scheme, options["credentials"], sample=options["sample"])
    if given is not None:
        _refuse_unknown_moment(recipe, options)
    request = sign_inputs.read_request(
        options["method"],
        options["url"],
        sign_inputs.Parts(
            headers=options["headers"],
            body=options["body"],
            moment=options["timestamp"],
            nonce=options["nonce"],
            options=options["options"],
        ),
        keys,
        recipe,
    )
    right = _evaluated(recipe, request)
    outcome = Outcome(
        scheme=scheme.name,
        recipe=recipe,
        request=request,
        right=right,
        string=string_to_sign(recipe, request),
        comparison=None if given is None else compare(recipe, request, right, given),
        veil=Veil(recipe, keys, right),
    )
    return outcome, scheme.warnings


def _evaluated(recipe: Recipe, request: SignedRequest) -> Evaluated:
    from apiscribe.cli.sign_run import evaluator, runtime

    try:
        return evaluator(recipe)(request)
    except runtime("errors").ConfigurationError as error:
        message = error.message
    except UnicodeEncodeError:
        message = "a credential is no text"
    raise click.UsageError(f"this cannot be signed: {message}")


def _refuse_unknown_moment(recipe: Recipe, options: Mapping[str, Any]) -> None:
    from apiscribe.signing.check import used_atoms
    from apiscribe.signing.words import AtomKind

    kinds = {atom.kind for atom in used_atoms(recipe)}
    for kind, option in ((AtomKind.TIMESTAMP, "timestamp"), (AtomKind.NONCE, "nonce")):
        if kind in kinds and options[option] is None:
            raise click.UsageError(f"--compare needs --{option}: the one that was signed")


def _print(outcome: Outcome, *, explain: bool) -> None:
    from apiscribe.cli.sign_report import comparison_lines, sent_lines, step_rows

    if explain:
        say(f"{outcome.scheme}: {outcome.recipe.name}, at {outcome.request.milliseconds} ms")
        say()
        say_table(("step", "bytes", "value"), step_rows(outcome))
        say()
    if explain or outcome.comparison is None:
        for line in sent_lines(outcome):
            say(line)
    if explain and outcome.comparison is not None:
        say()
    for line in comparison_lines(outcome):
        say(line)
