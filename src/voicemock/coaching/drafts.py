"""The drafts that are kept, as notes, and which answers were practised from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from voicemock.coaching.draft import ROUND, Draft, Pace, length_s, own_pace, tidied
from voicemock.errors import DraftError, UsageProblem
from voicemock.store.database import read_as_written
from voicemock.store.notebook import Note, add_note, note, notes, number_of, remove_note, write_note
from voicemock.store.store import Store
from voicemock.store.summaries import answer_summaries, answers_from_drafts

KIND = "draft"
LETTER = "d"  # of an id: d1, d2, …


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft, when it was last written, and the answers practised from it, the oldest first."""

    draft: Draft
    written_at: str
    answers: tuple[str, ...]


def pace_of(store: Store) -> Pace:
    """The pace at which the user's stored answers were spoken."""
    return own_pace(answer.pace_wpm for answer in answer_summaries(store))


def kept_drafts(store: Store) -> list[KeptDraft]:
    """All drafts, in the order in which they were begun. Raises NotAsWritten where one is damaged."""
    told = answers_from_drafts(store)
    found = [_kept(each, told.get(each.key, ())) for each in notes(store, KIND)]
    return sorted(found, key=lambda kept: number_of(kept.draft.id))


def kept_draft(store: Store, draft_id: str) -> KeptDraft:
    """The draft of that id. Raises DraftError."""
    found = note(store, KIND, draft_id)
    if found is None:
        raise DraftError(f"there is no draft “{draft_id}”", "`voicemock stories draft list` shows them")
    return _kept(found, answers_from_drafts(store).get(draft_id, ()))


def times_of(drafts: Sequence[KeptDraft], pace: Pace) -> dict[str, float]:
    """How long each draft takes to say, by its id."""
    return {kept.draft.id: length_s(kept.draft, pace) for kept in drafts}


def untold(drafts: Sequence[KeptDraft], missing: Collection[str]) -> list[tuple[Draft, bool]]:
    """The drafts that were never told, and of each whether its principle is one that no story shows yet."""
    return [(kept.draft, kept.draft.principle in missing) for kept in drafts if not kept.answers]


def told_from(
    store: Store,
    draft_id: str,
    round: str | None = None,
    principle: str | None = None,
    question: str | None = None,
    count: int = 1,
) -> tuple[str, str | None, str | None, dict[str, Any]]:
    """The round, principle and question with which a draft is told, where none is asked for, and the note that its
    answer keeps: the draft as it is now. Raises DraftError, and UsageProblem for more than one question.
    """
    if count != 1:
        raise UsageProblem("a draft is told once", "leave --count out")
    draft = kept_draft(store, draft_id).draft
    principle = principle or draft.principle
    return (
        round or ROUND,
        principle,
        question or draft.question or None,
        {"draft": {"id": draft.id, **draft.as_dict()}},
    )


def keep(store: Store, draft: Draft) -> Draft:
    """Keep the draft in place of the one with its id; without an id it gets the next one. The draft as it is kept."""
    draft = tidied(draft)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if not draft.id:
        return replace(draft, id=add_note(store, KIND, LETTER, draft.as_dict(), now))
    write_note(store, KIND, draft.id, draft.as_dict(), now)
    return draft


def remove(store: Store, draft_id: str) -> None:
    """Remove a draft. Raises DraftError where there is none of that id."""
    if not remove_note(store, KIND, draft_id):
        raise DraftError(f"there is no draft “{draft_id}”", "`voicemock stories draft list` shows them")


def _kept(found: Note, answers: Sequence[str]) -> KeptDraft:
    with read_as_written(f"draft {found.key}"):
        return KeptDraft(Draft.from_dict(found.body, found.key), found.written_at, tuple(answers))
