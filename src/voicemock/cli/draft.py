"""`voicemock stories draft`: a story by its parts, written, checked and kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.options import (
    json_option,
    plain_option,
    principle_option,
    recordings_option,
    refuse_before,
)
from voicemock.cli.output import echo, echo_json, tell
from voicemock.cli.stored import damage_told, open_existing, open_for_list
from voicemock.errors import DraftError, UnknownSession, UsageProblem
from voicemock.limits import ANSWER_BYTES, read_up_to

if TYPE_CHECKING:
    from voicemock.coaching.draft import Draft, DraftCheck, Pace
    from voicemock.store.store import Store

STANDARD_INPUT = "-"
YAML = (".yaml", ".yml")


@click.group(invoke_without_command=True, short_help="Write a story by its parts.")
@click.option(
    "--from", "file", metavar="FILE", help="Keep the draft in this file: YAML, or Markdown with headings."
)
@click.option("--edit", "draft_id", metavar="ID", help="Go on with this draft, or put --from in its place.")
@click.option("--title", metavar="TEXT", help="What you call the story.")
@principle_option
@click.option("--question", metavar="TEXT", help="The question that it is to answer.")
@recordings_option
@json_option
@plain_option
@click.pass_context
def draft(
    ctx: click.Context,
    file: str | None,
    draft_id: str | None,
    title: str | None,
    principle: str | None,
    question: str | None,
    recordings: Path,
    as_json: bool,
    plain: bool,
) -> None:
    """Write a story by its parts: hook, task, three actions, result, link.

    Each part has its speaking time at your own pace, and the whole is read as the scorer reads an answer: what it would
    score as it stands, and what it still needs. On a terminal the parts are fields on a screen, read while you type;
    with --plain or without a terminal they are asked for one by one. What you type is kept at each pause.

    \b
    Examples:
      voicemock stories draft
      voicemock stories draft --from oven.md --principle customer-obsession
      voicemock stories draft --edit d1
      voicemock stories draft list
      voicemock stories draft show d1
      voicemock stories draft export d1 > oven.md
      voicemock stories draft remove d1
      voicemock stories draft compare d1 last
    """
    if ctx.invoked_subcommand:
        refuse_before(ctx)
        return
    from voicemock.coaching.drafts import keep, kept_draft, pace_of
    from voicemock.store.store import Store

    given = {"title": title, "principle": principle, "question": question}
    fields: dict[str, Any] = {name: value for name, value in given.items() if value}
    told = _read(file) if file else None
    with Store(recordings) as store, damage_told(store):
        begun = kept_draft(store, draft_id).draft if draft_id else None
        pace = pace_of(store)
        if told is not None:
            kept = keep(store, replace(told, id=begun.id if begun else "", **fields))
        elif _at_terminal() and not plain and not as_json:
            kept = _on_the_screen(store, replace(begun or _new(), **fields), pace)
        else:
            kept = _asked_for(store, replace(begun or _new(), **fields), pace)
        _show(kept, _check(kept, pace), as_json=as_json, plain=plain)


@draft.command("list")
@recordings_option
@json_option
@plain_option
def list_drafts(recordings: Path, as_json: bool, plain: bool) -> None:
    """List your drafts, with their times and how often you told them.

    \b
    Examples:
      voicemock stories draft list
      voicemock stories draft list --json
    """
    from voicemock.coaching.drafts import kept_drafts, pace_of
    from voicemock.report.draft_terminal import print_drafts

    with open_for_list(recordings) as store:
        drafts, pace = kept_drafts(store), pace_of(store)
    if as_json:
        echo_json(
            [
                {
                    "id": kept.draft.id,
                    **kept.draft.as_dict(),
                    "written_at": kept.written_at,
                    "answers": kept.answers,
                }
                for kept in drafts
            ]
        )
    elif drafts:
        print_drafts(drafts, pace, plain=plain)
    else:
        echo("No drafts yet. Begin one: voicemock stories draft")


@draft.command(short_help="Show a draft with its times and what is read in it.")
@click.argument("draft_id", metavar="ID")
@recordings_option
@json_option
@plain_option
def show(draft_id: str, recordings: Path, as_json: bool, plain: bool) -> None:
    """Show a draft with its times, what is read in it, and what it still needs.

    \b
    Examples:
      voicemock stories draft show d1
      voicemock stories draft show d1 --json
    """
    from voicemock.coaching.drafts import kept_draft, pace_of

    with _opened(recordings) as store:
        kept, pace = kept_draft(store, draft_id), pace_of(store)
        _show(kept.draft, _check(kept.draft, pace), kept.answers, as_json=as_json, plain=plain)


@draft.command(short_help="Remove a draft; answers that you told from it stay.")
@click.argument("draft_id", metavar="ID")
@recordings_option
def remove(draft_id: str, recordings: Path) -> None:
    """Remove a draft; answers that you told from it stay, with the draft as it was then.

    \b
    Example:
      voicemock stories draft remove d1
    """
    from voicemock.coaching.drafts import remove as remove_draft

    with _opened(recordings, writes=True) as store:
        remove_draft(store, draft_id)
    echo(f"Draft {draft_id} is removed.")


@draft.command()
@click.argument("draft_id", metavar="ID")
@recordings_option
def export(draft_id: str, recordings: Path) -> None:
    """Print a draft as Markdown, which --from reads again.

    \b
    Example:
      voicemock stories draft export d1 > oven.md
    """
    from voicemock.coaching.draft_text import as_markdown
    from voicemock.coaching.drafts import kept_draft

    with _opened(recordings) as store:
        echo(as_markdown(kept_draft(store, draft_id).draft), nl=False)


@draft.command(short_help="Show what of a draft was said in an answer, and what was left out.")
@click.argument("draft_id", metavar="ID")
@click.argument("answer", metavar="ANSWER")
@recordings_option
@json_option
@plain_option
def compare(draft_id: str, answer: str, recordings: Path, as_json: bool, plain: bool) -> None:
    """Show what of a draft was said in ANSWER (SESSION/NUMBER, or last), left out and added, numbers first.

    \b
    Examples:
      voicemock stories draft compare d1 last
      voicemock stories draft compare d1 20260401-093000/2 --json
    """
    from voicemock.coaching.drafts import kept_draft
    from voicemock.report.build import against_draft
    from voicemock.report.cells import console
    from voicemock.report.draft_lines import draft_lines, heading
    from voicemock.report.terminal import render_draft_comparison

    with _opened(recordings) as store:
        drafted, row = kept_draft(store, draft_id).draft, store.answer(answer)
        score = store.score(row.id)
        if score is None:
            raise UsageProblem(
                f"{row.id} has no score to compare", "`voicemock recover` scores what a crash left"
            )
        compared = against_draft(store, row, score, drafted)
    assert compared is not None  # a draft was given
    if as_json:
        echo_json({"answer": row.id, **asdict(compared)})
    elif plain or not sys.stdout.isatty():
        echo("\n".join((heading(compared), *draft_lines(compared))))
    else:
        render_draft_comparison(console(plain), compared)


@contextmanager
def _opened(recordings: Path, *, writes: bool = False) -> Iterator[Store]:
    """The store, for what is in it. Raises DraftError where there is none yet."""
    try:
        store = open_existing(recordings, writes=writes)
    except UnknownSession:
        problem = f"there are no drafts in {recordings}"
        raise DraftError(problem, "`voicemock stories draft` begins the first") from None
    with store, damage_told(store):
        yield store


def _new() -> Draft:
    from voicemock.coaching.draft import Draft

    return Draft()


def _check(draft: Draft, pace: Pace) -> DraftCheck:
    from voicemock.coaching.draft import check_draft

    return check_draft(draft, pace)


def _show(
    draft: Draft, check: DraftCheck, answers: tuple[str, ...] = (), *, as_json: bool, plain: bool
) -> None:
    from voicemock.report.draft_terminal import print_draft

    if as_json:
        echo_json(as_json_object(draft, check, answers))
    else:
        print_draft(draft, check, answers, plain=plain)


def as_json_object(draft: Draft, check: DraftCheck, answers: tuple[str, ...] = ()) -> dict[str, Any]:
    """The draft and what is read in it; the parts are those of the check, with their times."""
    return {"id": draft.id, **draft.as_dict(), "answers": answers, **asdict(check), "length": check.length}


def _read(file: str) -> Draft:
    """The draft in a file. Raises DraftError."""
    from voicemock.coaching.draft_text import from_mapping, from_markdown

    if Path(file).suffix.lower() in YAML:
        from voicemock.packs.reader import read_mapping

        return from_mapping(read_mapping(Path(file), "give each part its text: `hook: …`"), file)
    try:
        data = (
            sys.stdin.buffer.read(ANSWER_BYTES + 1)
            if file == STANDARD_INPUT
            else read_up_to(Path(file), ANSWER_BYTES)
        )
    except OSError as error:
        raise DraftError(f"can't read {file} ({error.strerror})", "give a .md or .yaml file") from error
    if data is None or len(data) > ANSWER_BYTES:
        raise DraftError(f"{file} is larger than {ANSWER_BYTES >> 10} KiB", "give one story a file")
    try:
        return from_markdown(data.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        raise DraftError(f"{file} is not UTF-8 text", "save it as UTF-8") from error


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _on_the_screen(store: Store, draft: Draft, pace: Pace) -> Draft:
    """The draft as a person left it on the screen."""
    from voicemock.coaching.drafts import keep
    from voicemock.ui.draft_app import write_draft

    left = write_draft(draft, lambda each: keep(store, each), lambda each: _check(each, pace), pace.brief)
    if left.empty and not left.id:
        raise UsageProblem("nothing was typed, so nothing is kept", "type a line, or give a file with --from")
    return left


def _asked_for(store: Store, draft: Draft, pace: Pace) -> Draft:
    """The draft after its parts were asked for, one line each; each is kept as soon as it is typed."""
    from voicemock.coaching.draft import PARTS
    from voicemock.coaching.drafts import keep
    from voicemock.rounds import PRINCIPLES
    from voicemock.wording import clock, counted

    echo("One line a part; Enter alone leaves it as it is. What you type is kept at once.", err=True)
    if title := _line("Title", draft.title):
        draft = keep(store, replace(draft, title=title))
    principle = _line("Principle (a slug such as earn-trust)", draft.principle or "")
    if principle in PRINCIPLES:
        draft = keep(store, replace(draft, principle=principle))
    elif principle:
        tell(f"{principle} is no principle and is left out: one of {', '.join(PRINCIPLES)}")
    for part in PARTS:
        echo(f"\n{part.title}: {part.hint}", err=True)
        if said := _line(part.title, draft.text(part.key)):
            draft = keep(store, replace(draft, parts={**draft.parts, part.key: said}))
            found = next(each for each in _check(draft, pace).parts if each.key == part.key)
            echo(f"  {clock(found.seconds)}, {counted(found.words, 'word')}", err=True)
    if draft.empty:
        raise UsageProblem("nothing was typed, so nothing is kept", "type a line, or give a file with --from")
    return draft if draft.id else keep(store, draft)


def _line(words: str, before: str) -> str:
    """A line that was typed; what was there where it is empty; nothing once the input has ended."""
    from voicemock.terminal.printable import printable

    try:
        typed = click.prompt(words, default="", show_default=False, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        return before
    return printable(typed.strip()) or before
