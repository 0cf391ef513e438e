"""Correcting what the recogniser misheard: new words with the old times, a new score, hints for next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.coaching.alignment import align, replace_phrase
from voicemock.coaching.hints import corrected_names
from voicemock.errors import CorrectionError
from voicemock.scoring.model import Score
from voicemock.store.names import remember
from voicemock.store.rescoring import Scorer, score_stored
from voicemock.store.store import CORRECTED, RECOGNISED, AnswerRow, Store
from voicemock.transcript import Word, sentences_from_words


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction changed; `before` is the score until now, None if there was none."""

    answer_id: str
    words: tuple[Word, ...]
    before: Score | None
    after: Score
    names: tuple[str, ...]


def editable_text(words: Sequence[Word]) -> str:
    """The transcript as it is put into an editor: a sentence a line."""
    return "\n".join(sentence.text for sentence in sentences_from_words(words)) + "\n"


def edited(row: AnswerRow, words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words of the text that came back from the editor, with times."""
    return align(words, text, row.floor_time_s)


def replaced(words: Sequence[Word], pairs: Sequence[tuple[str, str]]) -> tuple[Word, ...]:
    """The words with each `old` replaced by its `new`, in order. Raises CorrectionError where an `old` was
    not heard.
    """
    result = tuple(words)
    for old, new in pairs:
        result, count = replace_phrase(result, old, new)
        if not count:
            raise CorrectionError(
                f"“{old}” is not in this transcript", "`voicemock review` shows what was heard"
            )
    return result


def correct(
    store: Store, row: AnswerRow, words: Sequence[Word], *, score: Scorer = score_stored
) -> Correction:
    """Store `words` as the corrected version of the answer, with its score; all of it or nothing.

    The recogniser's own version and its score stay. Raises CorrectionError where nothing is left to score.
    """
    if not words:
        raise CorrectionError("no words would be left", "keep some words, or delete the session")
    heard = store.words(row.id, RECOGNISED)
    if not heard:
        raise CorrectionError(f"nothing was heard in {row.id} yet", "run `voicemock recover` first")
    before, after = store.score(row.id), score(row, words)
    names = corrected_names(heard, words)
    with store.transaction():
        store.add_words(row.id, words, CORRECTED)
        store.add_score(row.id, after, CORRECTED)
        remember(store, row.id, names)
    return Correction(row.id, tuple(words), before, after, names)


def undo(store: Store, row: AnswerRow) -> None:
    """Go back to the recogniser's own version and its score. Raises CorrectionError where nothing was
    corrected.
    """
    score = store.score(row.id, RECOGNISED)
    if not store.words(row.id, CORRECTED) or score is None:
        raise CorrectionError(
            f"{row.id} was never corrected", "`voicemock correct` without --undo corrects it"
        )
    with store.transaction():
        store.drop_version(row.id, CORRECTED)
        store.add_score(row.id, score, RECOGNISED)  # again, so that summaries and search follow
        remember(store, row.id, ())
