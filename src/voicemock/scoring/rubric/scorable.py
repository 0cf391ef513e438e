"""Whether there is anything to score: silence, a few words and other languages are not given a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.models.lexicon import words

FEWEST_WORDS = 10
# Half of any English text are words of these; text in another language has next to none (measured: see the
# tests).
ENGLISH_SHARE = 0.2
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def not_scorable(sentences: Sequence[str], word_count: int) -> str | None:
    """The reason, in words for the candidate, why an answer can't be scored; None if it can."""
    if word_count == 0:
        return "nothing was said"
    if word_count < FEWEST_WORDS:
        return f"only {word_count} word{'' if word_count == 1 else 's'} said, {FEWEST_WORDS} are needed"
    spoken = [word.lower().replace("’", "'") for text in sentences for word in LETTERS.findall(text)]
    common = sum(word in words("english", "function") for word in spoken)
    if not spoken or common / len(spoken) < ENGLISH_SHARE:
        return "this does not look like English"
    return None
