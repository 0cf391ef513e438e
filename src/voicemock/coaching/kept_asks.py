"""The questions to interviewers that are kept, as notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from voicemock.coaching.asks import Ask, read_ask
from voicemock.errors import UsageProblem
from voicemock.store.database import read_as_written
from voicemock.store.notebook import add_note, notes, number_of, remove_note
from voicemock.store.store import Store

KIND = "asks"
LETTER = "a"  # of an id


def kept_asks(store: Store) -> list[Ask]:
    """All of them, in the order in which they were written down. Raises NotAsWritten where one is damaged."""
    found = []
    for each in notes(store, KIND):
        with read_as_written(f"{KIND}/{each.key}"):
            found.append(read_ask(each.key, each.body))
    return sorted(found, key=lambda ask: number_of(ask.id))


def add(store: Store, text: str, round: str | None) -> Ask:
    """Keep it under the next free id. Raises UsageProblem where it is there already."""
    kept = kept_asks(store)
    if same := next((ask for ask in kept if ask.text == text and ask.round == round), None):
        raise UsageProblem(f"that is {same.id} already", "`voicemock asks` lists them")
    ask = Ask("", text, round)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(ask, id=add_note(store, KIND, LETTER, ask.as_body(), now))


def remove(store: Store, ask_id: str) -> None:
    """Raises UsageProblem where there is none of that id."""
    if not remove_note(store, KIND, ask_id):
        raise UsageProblem(f"there is no question “{ask_id}”", "`voicemock asks` lists them")
