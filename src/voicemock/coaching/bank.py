"""The story bank as it is stored, after new answers were matched."""

from __future__ import annotations

from voicemock.coaching.stories import match_new
from voicemock.coaching.story_bank import StoryBank, story_bank
from voicemock.store.store import Store
from voicemock.store.stories import story_answers
from voicemock.store.summaries import demonstrated_principles, story_metrics


def read_bank(store: Store, story_id: int | None = None) -> StoryBank:
    """The bank after new answers were matched; of one story only where `story_id` says so. Raises
    UnknownStory.
    """
    match_new(store)
    answers = story_answers(store, story_id)
    return story_bank(answers, demonstrated_principles(store), story_metrics(store, story_id))
