"""The story bank: which stored answers tell the same story. Proposed by their words, decided by the user."""

from __future__ import annotations

from voicemock.coaching.story_matching import TELLINGS_KEPT, Bank, terms
from voicemock.coaching.story_title import title_of
from voicemock.store.store import Store
from voicemock.store.stories import begin, in_no_story, latest_tellings, place, said_in, story_answers


def match_new(store: Store) -> int:
    """Put every scored answer that is in no story yet into one, in the order of telling; return how many there were.

    An answer like none of the stories begins a new one. One transaction: a crash leaves the bank as it was.
    """
    new = in_no_story(store)
    if not new:
        return 0
    with store.transaction():
        bank = Bank()
        for story_id, text in latest_tellings(store, TELLINGS_KEPT):
            bank.add(story_id, terms(text))
        for answer_id, text in new:
            told = terms(text)
            match = bank.best_match(told)
            story_id = match.story_id if match else begin(store, title_of(text))
            place(store, answer_id, story_id, match.shared if match else (), confirmed=False)
            bank.add(story_id, told)
    return len(new)


def assign(store: Store, answer_id: str, story_id: int | None) -> int:
    """Say which story an answer tells, None for a new one; returns the story. Raises UnknownSession, UnknownStory."""
    row = store.answer(answer_id)
    if story_id is not None:
        story_answers(store, story_id)
    with store.transaction():
        if story_id is None:
            text = said_in(store, row.id)
            story_id = begin(store, title_of(text))
        place(store, row.id, story_id, (), confirmed=True)
    return story_id
