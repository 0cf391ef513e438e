"""Trade-offs in a story: where a choice of the candidate's stands beside what was turned down (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.findings.ownership import decides
from voicemock.scoring.models.lexicon import pattern


def trade_off_in(texts: Sequence[str]) -> tuple[int, str] | None:
    """The first sentence that says what was turned down, by its number, and the words that say it."""
    texts = [text.replace("’", "'") for text in texts]
    chosen = [bool(pattern("ownership", "choice").search(text)) or decides(text) for text in texts]
    for number, text in enumerate(texts):
        other = pattern("wordcues", "alternative").search(text)
        if other and any(chosen[max(0, number - 1) : number + 2]):
            return number, other[0]
    return None
