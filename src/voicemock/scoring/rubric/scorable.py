"""Whether there is anything to score: silence, a few words, noise and other languages are not given a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.models.lexicon import words
from voicemock.transcript import Sentence

FEWEST_WORDS = 10
# Half of any English text are words of these; text in another language has next to none (measured: see the
# tests).
ENGLISH_SHARE = 0.2
LEAST_UNDERSTOOD = 0.5  # of the speech; in other languages and in babble it was next to none (see the tests)
NOT_UNDERSTOOD = "most of it could not be understood: another language than English, other voices, or noise"
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
    spoken = [word.lower().replace("’", "'") for text in sentences for word in LETTERS.findall(text)]
    common = sum(word in words("english", "function") for word in spoken)
    if not spoken or common / len(spoken) < ENGLISH_SHARE:
        return "this does not look like English"
    return None
