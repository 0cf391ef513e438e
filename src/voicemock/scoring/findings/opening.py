"""Talk about the question at the head of an answer: why one asks it oneself, what it is good for. No part of the story
has begun, however long it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.model import Star
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import pattern


def with_opening(star: Sequence[Star], sentences: Sequence[str]) -> tuple[Star, ...]:
    """The letters, with none for what is said about the question before the story begins."""
    count = about_the_question(sentences)
    if count >= len(star):  # nothing but talk: the letters are as good a reading as any
        return tuple(star)
    return tuple("O" if i < count else letter for i, letter in enumerate(star))


def about_the_question(sentences: Sequence[str]) -> int:
    """How many sentences at the head say why the candidate asks this too and what it tells: nothing happens yet."""
    if not sentences or not pattern("story", "asks_it_too").search(sentences[0].replace("’", "'")):
        return 0
    return next((i for i, text in enumerate(sentences) if i and _begins(text)), len(sentences))


def _begins(text: str) -> bool:
    """Whether something happened: somebody did it, or it is said when or what it was."""
    return any(act.mode == "done" for act in acts_in(text)) or bool(
        pattern("story", "begins").search(text.replace("’", "'"))
    )
