"""`voicemock review`: the list of sessions, one session answer by answer, its page, its sound, its end."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from voicemock.cli.mind import MindOptions, is_wanted, mind_options
from voicemock.cli.options import json_option, plain_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import NOTHING_YET, open_for_list, open_recordings, tell_lost
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.files import make_folder, write_file
from voicemock.limits import NUMBER_DIGITS
from voicemock.store.store import Store

if TYPE_CHECKING:
    from voicemock.report.review import AnswerReview, SessionReview

LISTED = 20  # sessions listed unless all are asked for: what fits a screen


@dataclass(frozen=True, slots=True)
class View:
    """How a session is wanted; `html` and `play` are None where not asked for, empty for their default."""

    html: str | None
    play: str | None
    as_json: bool
    plain: bool


@click.command()
@click.argument("session", required=False)
@click.option("--answer", type=click.IntRange(1), metavar="N", help="Only answer N.")
@click.option(
    "--html", is_flag=False, flag_value="", metavar="[FILE]", help="Write one page that works offline."
)
@click.option(
    "--play",
    is_flag=False,
    flag_value="",
    metavar="[SENTENCE]",
    help="Play, from a sentence's number or time (1:05).",
)
@click.option("--delete", is_flag=True, help="Remove the session, its rows and its audio.")
@click.option("--yes", is_flag=True, help="Don't ask before removing.")
@click.option("--all", "everything", is_flag=True, help=f"List all sessions, not the newest {LISTED}.")
@mind_options
@recordings_option
@json_option
@plain_option
@click.pass_context
def review(
    ctx: click.Context,
    session: str | None,
    answer: int | None,
    html: str | None,
    play: str | None,
    delete: bool,
    yes: bool,
    everything: bool,
    mind: str | None,
    mind_may_leave: bool,
    mind_log: Path | None,
    recordings: Path,
    as_json: bool,
    plain: bool,
) -> None:
    """List sessions, or look at one: its number, `last`, or SESSION/ANSWER.

    \b
    Examples:
      voicemock review
      voicemock review last
      voicemock review last --html
      voicemock review last --answer 2 --play 1:05
      voicemock review last --mind http://localhost:11434/v1#qwen2.5:7b
      voicemock review 20260401-0930 --delete
    """
    session, html, play = _untangle(session, html, play)
    if session is None:
        if delete or answer or html is not None or play is not None:
            raise UsageProblem("no session was named", "say which, such as `voicemock review last`")
        _list(recordings, everything, as_json, plain)
        return
    wanted = MindOptions(mind, mind_may_leave, mind_log)
    minded = not delete and is_wanted(wanted)
    with open_recordings(recordings, writes=delete or minded) as store:
        if delete:
            _delete(store, session, answer, yes)
        else:
            if minded:
                from voicemock.cli.review_mind import word_answers

                again = ctx.get_parameter_source("mind") is ParameterSource.COMMANDLINE
                name = session.partition("/")[0]
                word_answers(store, name, answer or _number(session), wanted, again=again)
            _show(store, session, answer, View(html, play, as_json, plain))
            tell_lost(store)


def _untangle(
    session: str | None, html: str | None, play: str | None
) -> tuple[str | None, str | None, str | None]:
    """`review --html last` means the session `last`, not a file of that name; the same goes for --play."""
    if session is None and html and not html.endswith((".html", ".htm")):
        return html, "", play
    if session is None and play and not play.replace(":", "").isdecimal():
        return play, html, ""
    return session, html, play


def _list(recordings: Path, everything: bool, as_json: bool, plain: bool) -> None:
    from voicemock.report import listing

    with open_for_list(recordings) as store:
        outlines = store.outlines()
        tell_lost(store)
    if as_json:
        echo_json(listing.list_json(outlines))
        return
    if not outlines:
        echo(NOTHING_YET)
        return
    shown = outlines if everything else outlines[:LISTED]
    echo("\n".join(listing.plain_list_lines(shown) if plain else listing.list_lines(shown)))
    if len(shown) < len(outlines):
        echo(f"… and {len(outlines) - len(shown)} older: voicemock review --all")


def _delete(store: Store, session: str, answer: int | None, yes: bool) -> None:
    from voicemock.store.erase import erase_session
    from voicemock.wording import counted

    name, slash, _ = session.partition("/")
    if answer or slash:
        raise UsageProblem("only a whole session can be removed", f"`voicemock review {name} --delete`")
    found = store.session(session)
    answers = counted(len(store.answers(found.id)), "answer")
    if not (yes or _agreed(f"Remove session {found.id} with {answers} and all audio for good?")):
        echo("Nothing was deleted.")
        return
    erase_session(store, found.id)
    echo(f"Removed session {found.id} with {answers}.")


def _agreed(question: str) -> bool:
    """What a person at the terminal says; a script has to say it beforehand."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageProblem("refusing to delete without confirmation", "add --yes if you mean it")
    return click.confirm(question, err=True)


def _show(store: Store, session: str, answer: int | None, view: View) -> None:
    from voicemock.report.build import review_session

    found = review_session(store, session.partition("/")[0])
    number = answer or _number(session)
    if number is not None:
        found = replace(found, answers=(_answer(found, number),), debrief=None)
    if view.html is not None:
        _write_page(store, found, number, view.html)
    elif view.play is not None:
        _play(found.answers, view.play)
    elif view.as_json:
        _print_json(found, single=number is not None)
    else:
        _print(found, view.plain)


def _number(session: str) -> int | None:
    _, slash, number = session.partition("/")
    if slash and not (number.isdecimal() and len(number) <= NUMBER_DIGITS):
        raise UsageProblem(f"{number!r} is no answer's number", "such as `voicemock review last/1`")
    return int(number) if number else None


def _answer(session: SessionReview, number: int) -> AnswerReview:
    for each in session.answers:
        if each.number == number:
            return each
    has = f"it has {len(session.answers)}" if session.answers else "it has none"
    raise UnknownSession(f"session {session.id} has no answer {number}", has)


def _print(session: SessionReview, plain: bool) -> None:
    if plain:
        from voicemock.report.plain import session_text

        echo(session_text(session))
        return
    from voicemock.report.terminal import render_session
    from voicemock.terminal.safe_console import SafeConsole

    render_session(SafeConsole(), session)


def _print_json(session: SessionReview, single: bool) -> None:
    from voicemock.report.as_json import answer_json, session_json

    body: dict[str, Any] = answer_json(session.answers[0]) if single else session_json(session)
    echo_json(body)


def _write_page(store: Store, session: SessionReview, number: int | None, file: str) -> None:
    from voicemock.report.html import render_page
    from voicemock.store.erase import page_path

    path = Path(file) if file else page_path(store, session.id, number)
    if not file:
        make_folder(path.parent)
    write_file(path, render_page(session).encode(), "name another file: --html FILE")
    echo(str(path))


def _play(answers: tuple[AnswerReview, ...], place: str) -> None:
    from voicemock.report.play import play
    from voicemock.wording import clock

    if not answers:
        raise UsageProblem("there is no answer to play", "`voicemock review` lists sessions")
    answer = answers[0]
    play(
        answer,
        place,
        begun=lambda start: echo(f"Answer {answer.number} from {clock(start)}; Ctrl-C stops.", err=True),
    )
