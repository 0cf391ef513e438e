"""Options that several commands share, so that each has one name, one help line and one default everywhere.

A decorator gives the keyword argument of its option's name; `--json` gives `as_json`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from voicemock.rounds import PRINCIPLES, ROUNDS

STYLES = ("none", "polite", "bar-raiser", "debrief")  # rubric section 7


def is_dumb() -> bool:
    """Whether the terminal knows no colours and no boxes, as in an editor's shell: it gets plain lines."""
    return os.environ.get("TERM") == "dumb" and sys.stdout.isatty()


recordings_option = click.option(
    "--recordings",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("recordings"),
    envvar="VOICEMOCK_RECORDINGS",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="Where sessions are kept.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
plain_option = click.option(
    "--plain", is_flag=True, default=is_dumb, help="No colour, no tables: lines for a screen reader."
)
prompts_option = click.option(
    "--prompts", type=click.Path(path_type=Path), metavar="DIR", help="Add the packs of this folder."
)
seed_option = click.option("--seed", type=int, metavar="N", help="Seed for random choices, to repeat them.")
round_option = click.option(
    "--round", type=click.Choice(list(ROUNDS)), metavar="SLUG", help=f"One of {', '.join(ROUNDS)}."
)
principle_option = click.option(
    "--principle", type=click.Choice(list(PRINCIPLES)), metavar="SLUG", help="Such as earn-trust."
)
model_option = click.option(
    "--model",
    metavar="NAME-or-DIR",
    help="The recogniser: a name, a folder, or QUICK+CAREFUL; see `voicemock models`.",
)
voice_option = click.option(
    "--voice", metavar="NAME", help="The interviewer's voice; an unknown name lists what there is."
)
style_option = click.option(
    "--style",
    type=click.Choice(STYLES),
    default="polite",
    show_default=True,
    help="How the interviewer cuts in.",
)


def refuse_before(ctx: click.Context) -> None:
    """An option given before the subcommand would go unheard, and the wrong folder would be read or changed."""
    from voicemock.errors import UsageProblem

    given = [name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        option = "--" + given[0].removeprefix("as_")
        place = f"{ctx.command_path} {ctx.invoked_subcommand}"
        raise UsageProblem(
            f"{option} stands before {ctx.invoked_subcommand}", f"put it after: `{place} … {option}`"
        )
