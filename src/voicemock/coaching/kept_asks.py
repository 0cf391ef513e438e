"""The questions to interviewers that are kept, as notes."""

from __future__ import annotations

from datetime import UTC, datetime

from voicemock.coaching.asks import Ask, read_ask
from voicemock.errors import UsageProblem
from voicemock.store.database import read_as_written
from voicemock.store.notebook import notes, remove_note, write_note
from voicemock.store.store import Store

KIND = "asks"
LETTER = "a"  # of an id


def kept_asks(store: Store) -> list[Ask]:
    """All of them, in the order in which they were written down. Raises NotAsWritten where one is damaged."""
    found = []
    for each in notes(store, KIND):
        with read_as_written(f"{KIND}/{each.key}"):
            found.append(read_ask(each.key, each.body))
    return sorted(found, key=lambda ask: int(ask.id.removeprefix(LETTER)))


def add(store: Store, text: str, round: str | None) -> Ask:
    """Keep it under the next free id. Raises UsageProblem where it is there already."""
    kept = kept_asks(store)
    if same := next((ask for ask in kept if ask.text == text and ask.round == round), None):
        raise UsageProblem(f"that is {same.id} already", "`voicemock asks` lists them")
    number = max((int(ask.id.removeprefix(LETTER)) for ask in kept), default=0) + 1
    ask = Ask(f"{LETTER}{number}", text, round)
    write_note(store, KIND, ask.id, ask.as_body(), datetime.now(UTC).isoformat(timespec="seconds"))
    return ask


def remove(store: Store, ask_id: str) -> None:
    """Raises UsageProblem where there is none of that id."""
    if not remove_note(store, KIND, ask_id):
        raise UsageProblem(f"there is no question “{ask_id}”", "`voicemock asks` lists them")
