"""The options of every command that a language model of the user's can help, and the mind that they open."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.errors import UsageProblem
from voicemock.mind.endpoint import KEY

if TYPE_CHECKING:
    from voicemock.mind.client import Talks
    from voicemock.mind.mind import Mind

OFF = "off"
FILE = "~/.config/voicemock/config.toml"


@dataclass(frozen=True, slots=True)
class MindOptions:
    """What the command line says; `prompts` may hold a folder `mind/` of the user's own."""

    mind: str | None = None
    mind_may_leave: bool = False
    mind_log: Path | None = None
    prompts: Path | None = None
    log_goes_on: bool = False


def mind_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--mind and what belongs to it."""
    options = (
        click.option(
            "--mind",
            metavar="URL[#MODEL]",
            envvar="VOICEMOCK_MIND",
            show_envvar=True,
            help="Your own language model behind /v1/chat/completions words what the rules decide; `off` for none. "
            f'Or set it for good: mind = "URL" in {FILE}. A key goes into {KEY}.',
        ),
        click.option(
            "--mind-may-leave-this-machine",
            "mind_may_leave",
            is_flag=True,
            help="Send what you say to a --mind that is not on this machine.",
        ),
        click.option(
            "--mind-log",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write down what --mind is asked and replies; `--mind replay:FILE` answers from it.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@contextmanager
def open_mind(options: MindOptions) -> Iterator[Mind | None]:
    """The mind that was asked for, or None. Whether it is there is found out when it is first asked.

    Raises UsageProblem where the words of the command or of the configuration are wrong.
    """
    text, may_leave = _wanted(options)
    if text is None:
        if options.mind_log is not None:
            raise UsageProblem("--mind-log without a --mind has nothing to write", "add --mind URL")
        yield None
        return
    from voicemock.mind.mind import Mind
    from voicemock.mind.prompting import load_prompts

    prompts = load_prompts(options.prompts)
    with ExitStack() as stack:
        yield Mind(_talks(text, may_leave, options, stack), prompts)


def is_wanted(options: MindOptions) -> bool:
    """Whether a mind is named on the command line, in the environment or in the configuration."""
    return _wanted(options)[0] is not None


def _wanted(options: MindOptions) -> tuple[str | None, bool]:
    from voicemock.cli.configuration import read_configuration

    settled = read_configuration()
    text = settled.mind if options.mind is None else options.mind
    text = None if text is None or text.strip().lower() in ("", OFF) else text.strip()
    return text, options.mind_may_leave or settled.mind_may_leave_this_machine


def _talks(text: str, may_leave: bool, options: MindOptions, stack: ExitStack) -> Talks:
    from voicemock.files import open_log
    from voicemock.mind.client import Client
    from voicemock.mind.endpoint import parse_endpoint
    from voicemock.mind.log import REPLAY, Recorded, Replayed, is_exchange
    from voicemock.mind.mind import Finding

    if text.startswith(REPLAY):
        if options.mind_log is not None:
            raise UsageProblem("a replay is in a log already", "leave --mind-log out")
        return Replayed(Path(text.removeprefix(REPLAY)))
    endpoint = parse_endpoint(text, os.environ, may_leave)
    if options.mind_log is None:
        return Finding(endpoint, Client)
    file = stack.enter_context(
        open_log(options.mind_log, "--mind-log", is_exchange, go_on=options.log_goes_on)
    )
    return Finding(endpoint, lambda where: Recorded(Client(where), file))
