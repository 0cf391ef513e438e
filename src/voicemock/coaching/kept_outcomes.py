"""The real interviews that are kept, as notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from voicemock.coaching.outcomes import Outcome, OutcomeSeen, read_outcome, seen
from voicemock.errors import UsageProblem
from voicemock.store.database import read_as_written
from voicemock.store.notebook import add_note, change_note, notes, remove_note
from voicemock.store.store import Store
from voicemock.store.summaries import answer_summaries

KIND = "outcome"
LETTER = "o"  # of an id


def kept_outcomes(store: Store) -> list[Outcome]:
    """All of them, in the order in which they were written down. Raises NotAsWritten where one is damaged."""
    found = []
    for each in notes(store, KIND):
        with read_as_written(f"{KIND}/{each.key}"):
            found.append(read_outcome(each.key, each.body))
    return found


def outcomes_seen(store: Store) -> tuple[OutcomeSeen, ...]:
    """Each beside the mocks before it, the latest first."""
    return seen(kept_outcomes(store), answer_summaries(store))


def add(store: Store, outcome: Outcome) -> Outcome:
    """Keep it under the next free id."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(outcome, id=add_note(store, KIND, LETTER, outcome.as_body(), now))


def kept_outcome(store: Store, outcome_id: str) -> Outcome:
    """Raises UsageProblem where there is none of that id."""
    found = next((each for each in kept_outcomes(store) if each.id == outcome_id), None)
    if found is None:
        raise _unknown(outcome_id)
    return found


def change(store: Store, outcome: Outcome) -> Outcome:
    """Keep it in the place of the one that has its id. Raises UsageProblem where there is none."""
    if not change_note(store, KIND, outcome.id, outcome.as_body()):
        raise _unknown(outcome.id)
    return outcome


def remove(store: Store, outcome_id: str) -> None:
    """Raises UsageProblem where there is none of that id."""
    if not remove_note(store, KIND, outcome_id):
        raise _unknown(outcome_id)


def _unknown(outcome_id: str) -> UsageProblem:
    return UsageProblem(f"there is no outcome “{outcome_id}”", "`voicemock outcome list` shows them")
