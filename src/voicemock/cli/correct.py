"""`voicemock correct`: fix misheard words, score again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from voicemock.cli.options import json_option, plain_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import EDITING, open_recordings
from voicemock.coaching.correct import Correction, editable_text, edited, replaced, undo
from voicemock.coaching.correct import correct as store_correction
from voicemock.coaching.numbers import open_doubts
from voicemock.errors import StoreError, UsageProblem
from voicemock.files import Scratch, write_file
from voicemock.report.cells import change, console, points, table
from voicemock.rounds import DIMENSIONS
from voicemock.scoring.model import Score
from voicemock.speech.which_number import settled
from voicemock.store.store import AnswerRow, Store
from voicemock.transcript import Doubt, Word


@click.command()
@click.argument("answer", default="last")
@click.option("--replace", "pairs", multiple=True, metavar="OLD=NEW", help="Put NEW wherever OLD was heard.")
@click.option("--numbers", is_flag=True, help="Settle numbers that may be misheard, one key each.")
@click.option("--undo", "go_back", is_flag=True, help="Go back to what the recogniser heard.")
@recordings_option
@json_option
@plain_option
def correct(
    answer: str,
    pairs: tuple[str, ...],
    numbers: bool,
    go_back: bool,
    recordings: Path,
    as_json: bool,
    plain: bool,
) -> None:
    """Fix misheard words in your editor, or with --replace, and score the answer again.

    ANSWER is SESSION/NUMBER; a session alone means its first answer, and nothing means the newest session.
    What the recogniser heard is kept, and names that you correct are hints for it from then on.

    \b
    Examples:
      voicemock correct
      voicemock correct 2026-01-31-0900/2
      voicemock correct last --numbers
      voicemock correct last --replace "cooper netties=Kubernetes" --replace "N P S=NPS"
    """
    with open_recordings(recordings, writes=True) as store:
        row = store.answer(answer)
        if go_back:
            undo(store, row)
            _print_undone(store, row, as_json)
            return
        words = store.words(row.id)
        if numbers:
            score = store.score(row.id)
            doubts = open_doubts(row, words, score) if score else []
            if not doubts:
                echo(f"No number is in doubt: `voicemock correct {row.id}` corrects any word.", err=as_json)
                return
            wanted = _settled(words, doubts)
        elif pairs:
            wanted = replaced(words, [_pair(pair) for pair in pairs])
        else:
            wanted = _from_editor(store, row, words)
        if wanted == words or (not numbers and _texts(wanted) == _texts(words)):
            echo("Nothing changed.", err=as_json)
            return
        correction = store_correction(store, row, wanted)
    if as_json:
        echo_json(_as_dict(correction))
    else:
        _print(correction, plain)


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _settled(words: tuple[Word, ...], doubts: Sequence[tuple[Doubt, str]]) -> tuple[Word, ...]:
    """The words with the numbers that the user chose: a digit for a reading, any other key leaves it open."""
    for doubt, claim in doubts:
        choices = (doubt.heard, *doubt.readings)
        keys = ", ".join(f"{key} for {number}" for key, number in enumerate(choices, start=1))
        echo(f"{' or '.join(choices)}? In “{claim}”: press {keys}.", err=True)
        try:
            key = click.getchar()
        except OSError as error:
            raise UsageProblem(
                "--numbers asks for a key for each, and there is no terminal to press it on",
                'give the number itself, such as --replace "40=14"',
            ) from error
        if key.isdecimal() and 1 <= int(key) <= len(choices):
            words = settled(words, doubt, choices[int(key) - 1])
    return words


def _print_undone(store: Store, row: AnswerRow, as_json: bool) -> None:
    if as_json:
        body = {
            "answer": row.id,
            "text": " ".join(word.text for word in store.words(row.id)),
            "after": _scores(store.score(row.id)),
        }
        echo_json(body)
    else:
        echo(f"{row.id} is back to what the recogniser heard.")


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not old.strip():
        raise UsageProblem(
            f"--replace needs OLD=NEW, not {text!r}", 'such as --replace "cooper netties=Kubernetes"'
        )
    return old.strip(), new.strip()


def _from_editor(store: Store, row: AnswerRow, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """What the user saved. The text lies beside what is stored, and not where other programs leave theirs."""
    scratch = Scratch(store.folder, EDITING)
    try:
        path = scratch.path / "answer.txt"
        write_file(path, editable_text(words).encode(), "free some space")
        click.edit(filename=str(path))
        return edited(row, words, path.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError as error:
        raise StoreError(f"can't read what the editor left ({error.strerror})", "try again") from error
    finally:
        scratch.close()


def _as_dict(correction: Correction) -> dict[str, object]:
    return {
        "answer": correction.answer_id,
        "text": " ".join(word.text for word in correction.words),
        "before": _scores(correction.before),
        "after": _scores(correction.after),
        "names": list(correction.names),
    }


def _scores(score: Score | None) -> dict[str, float | None] | None:
    return None if score is None else {"overall": score.overall, **score.dimensions}


def _print(correction: Correction, plain: bool) -> None:
    before, after = _scores(correction.before) or {}, _scores(correction.after) or {}
    figures = table("", "Before", "After", "Change", plain=plain)
    for name in ("overall", *DIMENSIONS):
        old, new = before.get(name), after.get(name)
        figures.add_row(name, points(old), points(new), change(old, new))
    out = console(plain)
    out.print(f"{correction.answer_id} is corrected; what was recognised is kept (--undo goes back to it).")
    out.print(figures)
    if correction.names:
        out.print(f"The recogniser will listen for {', '.join(correction.names)} from now on.")
