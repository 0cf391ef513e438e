"""Whether there is anything to score: silence, a few words, noise and other languages are not given a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.findings.world import SHORTEST_STEM, things_in
from voicemock.scoring.models.lexicon import words
from voicemock.transcript import Sentence

FEWEST_WORDS = 10
# Half of any English text are words that hold it together; typed notes have few of them and as many everyday words.
# Text in another language has next to none of either (measured: see the tests).
ENGLISH_SHARE = 0.2
EVERYDAY_SHARE = 0.35
LEAST_UNDERSTOOD = 0.5  # of the speech; in other languages and in babble it was next to none (see the tests)
NOT_UNDERSTOOD = "most of it could not be understood: another language than English, other voices, or noise"
NOT_ENGLISH = "this does not look like English, the only language that can be scored: tell it in English"
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def understood(sentences: Sequence[Sentence], unclear: Sequence[tuple[float, float]]) -> float:
    """The share of the speech that became words, 0 to 1; of what is only text, all. A word that stands in an unclear
    stretch was corrected by hand.
    """
    said = [word for sentence in sentences for word in sentence.words]
    middles = [(word.start + word.end) / 2 for word in said]
    left = [(start, end) for start, end in unclear if not any(start <= at <= end for at in middles)]
    lost_s = sum(end - start for start, end in left)
    heard_s = sum(word.end - word.start for word in said)
    return heard_s / (heard_s + lost_s) if lost_s > 0 else 1.0


def not_scorable(sentences: Sequence[str], word_count: int, understood: float = 1.0) -> str | None:
    """The reason, in words for the candidate, why an answer can't be scored; None if it can."""
    if understood < LEAST_UNDERSTOOD:
        return NOT_UNDERSTOOD
    if word_count == 0:
        return "nothing was said"
    if word_count < FEWEST_WORDS:
        return f"only {word_count} word{'' if word_count == 1 else 's'} said, {FEWEST_WORDS} are needed"
    return None if is_english(sentences) else NOT_ENGLISH


def is_english(sentences: Sequence[str]) -> bool:
    spoken = [word.lower().replace("’", "'") for text in sentences for word in LETTERS.findall(text)]
    if not spoken:
        return False
    holding = sum(word in words("english", "function") for word in spoken)
    everyday = holding + sum(is_everyday(word) for word in spoken if word not in words("english", "function"))
    return holding / len(spoken) >= ENGLISH_SHARE or everyday / len(spoken) >= EVERYDAY_SHARE


def is_everyday(word: str) -> bool:
    """Whether a word is plain English that says nothing of a world: "team", "raised", "result"."""
    return not things_in(word) and len(word) >= SHORTEST_STEM
