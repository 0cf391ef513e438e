"""The command line. Commands are imported only when they are called, so that `--help` is quick."""

from __future__ import annotations

import codecs
import contextlib
import errno
import importlib
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from voicemock import __version__
from voicemock.cli.output import tell
from voicemock.errors import FREE_MEMORY, UsageProblem, VoicemockError, is_out_of_memory
from voicemock.terminal.signals import EXIT_INTERRUPTED, Interrupts, end

DEBUG = "VOICEMOCK_DEBUG"
UNSPELT = ("strict", "surrogateescape")  # what Python does with other letters; the second under LC_ALL=C

# command: (module, the line that `voicemock --help` shows); here, so that help imports no command
COMMANDS = {
    "practice": (
        "voicemock.cli.practice",
        "Answer aloud: recorded, transcribed, interrupted, timed, scored.",
    ),
    "loop": ("voicemock.cli.loop", "A whole interview loop with a debrief and a bar raiser."),
    "day": ("voicemock.cli.day", "A whole onsite day: rounds at their times, with breaks."),
    "asks": ("voicemock.cli.asks", "What to ask the interviewers, ticked in the loop."),
    "web": ("voicemock.cli.web", "The same in a browser, on this machine alone."),
    "demo": ("voicemock.cli.practice", "Watch a built-in candidate being interviewed; no microphone needed."),
    "score": ("voicemock.cli.score", "Score recordings or transcripts."),
    "review": ("voicemock.cli.review", "List sessions, or look at one answer by answer."),
    "retry": ("voicemock.cli.retry", "The same question again, then both attempts side by side."),
    "correct": ("voicemock.cli.correct", "Fix misheard words and score again."),
    "plan": ("voicemock.cli.plan", "From today to the interview: what to do each day."),
    "progress": ("voicemock.cli.progress", "Scores over time, principles covered, what to practise next."),
    "outcome": ("voicemock.cli.outcome", "What real interviews brought, beside the mocks before them."),
    "stories": ("voicemock.cli.stories", "Your story bank: coverage, best attempts, numbers that drift."),
    "search": ("voicemock.cli.search", "Full text over all transcripts, with times."),
    "cohort": ("voicemock.cli.cohort", "Many candidates' scores: a table, a page, what to teach next."),
    "writing": ("voicemock.cli.writing", "Review the 300-500-word writing sample."),
    "questions": ("voicemock.cli.questions", "List, filter, show and check question packs."),
    "export": ("voicemock.cli.export", "A session as Markdown, JSON, CSV, SRT or VTT."),
    "doctor": ("voicemock.cli.doctor", "Check microphone, speaker, voice, model and disk."),
    "verify": ("voicemock.cli.verify", "Check what is stored."),
    "recover": ("voicemock.cli.verify", "Recover what a crash left."),
    "models": ("voicemock.cli.models", "List, fetch and locate recogniser models."),
}


class LazyGroup(click.Group):
    """A group whose commands are modules, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="voicemock")
def cli() -> None:
    """A mock interviewer that runs on your own machine: it asks, listens, cuts in, and scores with evidence.

    \b
    Start here:
      voicemock demo                      watch an interview, no microphone needed
      voicemock doctor                    check your microphone, voice and model
      voicemock practice --count 1        answer one question aloud
      voicemock review                    what you said, and what it scored
    """
    try:
        Path.cwd()
    except FileNotFoundError:
        raise UsageProblem("the folder you are in was removed", "go to another, such as `cd ~`") from None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process."""
    _spell_what_cannot_be_printed()
    status: object = EXIT_INTERRUPTED
    interrupts = Interrupts()
    with contextlib.suppress(KeyboardInterrupt), interrupts.watch():
        try:
            _run(arguments)
        except SystemExit as ends:
            status = ends.code
    end(status, hurried=interrupts.asked > 0)


def _spell_what_cannot_be_printed() -> None:
    """A pipe on Windows takes the letters of one code page, LC_ALL=C those of ASCII. Others are spelled out there, in a
    way that is right in JSON too, and are no reason to stop.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors in UNSPELT:
        codecs.register_error("spelled", _spelled)
        sys.stdout.reconfigure(errors="spelled")


def _spelled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _run(arguments: Sequence[str] | None) -> None:
    """The one place that turns an error into a line and an exit code."""
    try:
        status = cli.main(arguments, prog_name="voicemock", standalone_mode=False)
    except VoicemockError as error:
        tell(error)
        sys.exit(error.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(EXIT_INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()  # no command at all: the help
        sys.exit(error.exit_code)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "voicemock"
        tell(f"{error.format_message().rstrip('.')}: see `{command} --help`")
        sys.exit(error.exit_code)
    except click.ClickException as error:
        tell(error.format_message())
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader left (`| head`); nothing more can be said
        sys.exit(1)
    except Exception as error:  # no traceback reaches a user, whatever it was; the variable shows it to us
        if os.environ.get(DEBUG):
            raise
        tell(_unforeseen(error))
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _unforeseen(error: Exception) -> str:
    if is_out_of_memory(error):
        return f"there is not enough memory for this: {FREE_MEMORY}; what was recorded is kept"
    if isinstance(error, OSError) and error.filename:  # a name that is too long, a folder that is not ours
        return f"can't use {error.filename} ({error.strerror}): check the name and who may use it"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
        return f"what is printed can't be written ({error.strerror}): let it go somewhere else, or free some space"
    cause = " ".join(str(error).split()) or "no reason given"
    return (
        f"unexpected error ({type(error).__name__}: {cause}): what was recorded is kept; "
        f"run it again with {DEBUG}=1 and report what it prints"
    )
