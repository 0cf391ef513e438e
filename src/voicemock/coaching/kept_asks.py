"""The questions to interviewers that are kept, as notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from voicemock.coaching.asks import Ask, read_ask
from voicemock.errors import UsageProblem
from voicemock.store.database import read_as_written
from voicemock.store.notebook import add_note, change_note, notes, number_of, remove_note
from voicemock.store.store import Store

KIND = "asks"
LETTER = "a"  # of an id


def kept_asks(store: Store) -> list[Ask]:
    """All of them in the order of the candidate. Raises NotAsWritten where one is damaged."""
    found = []
    for each in notes(store, KIND):
        with read_as_written(f"{KIND}/{each.key}"):
            found.append(read_ask(each.key, each.body))
    return sorted(found, key=_place)


def add(store: Store, text: str, round: str | None) -> Ask:
    """Keep it under the next free id, after the others. Raises UsageProblem where it is there already."""
    kept = kept_asks(store)
    ask = _new_to(kept, Ask("", text, round, max(map(_place, kept), default=0) + 1))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(ask, id=add_note(store, KIND, LETTER, _body(ask), now))


def change(store: Store, ask_id: str, text: str, round: str | None) -> Ask:
    """Other words, or for another round, in the same place. Raises UsageProblem where it is there already."""
    kept = kept_asks(store)
    ask = _new_to(kept, replace(_of(kept, ask_id), text=text, round=round))
    change_note(store, KIND, ask.id, _body(ask))
    return ask


def move(store: Store, ask_id: str, place: int) -> list[Ask]:
    """Put it first (1), second, …, or last; all of them as they stand now. Raises UsageProblem for an unknown one."""
    kept = kept_asks(store)
    moved = _of(kept, ask_id)
    kept.remove(moved)
    kept.insert(max(place, 1) - 1, moved)
    placed = [replace(ask, place=at) for at, ask in enumerate(kept, 1)]
    with store.transaction():
        for ask in placed:
            change_note(store, KIND, ask.id, _body(ask))
    return placed


def remove(store: Store, ask_id: str) -> None:
    """Raises UsageProblem where there is none of that id."""
    if not remove_note(store, KIND, ask_id):
        raise _unknown(ask_id)


def kept_ask(store: Store, ask_id: str) -> Ask:
    """Raises UsageProblem where there is none of that id."""
    return _of(kept_asks(store), ask_id)


def _of(kept: list[Ask], ask_id: str) -> Ask:
    found = next((ask for ask in kept if ask.id == ask_id), None)
    if found is None:
        raise _unknown(ask_id)
    return found


def _new_to(kept: list[Ask], ask: Ask) -> Ask:
    told = (ask.text, ask.round)
    if same := next((each for each in kept if (each.text, each.round) == told and each.id != ask.id), None):
        raise UsageProblem(f"that is {same.id} already", "`voicemock asks` lists them")
    return ask


def _body(ask: Ask) -> dict[str, Any]:
    """As it is stored: the id is the note's key."""
    return {**ask.as_body(), "place": ask.place}


def _place(ask: Ask) -> int:
    return ask.place or number_of(ask.id)


def _unknown(ask_id: str) -> UsageProblem:
    return UsageProblem(f"there is no question “{ask_id}”", "`voicemock asks` lists them")
