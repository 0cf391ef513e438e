"""Trade-offs in a story: what was turned down, or what the way taken cost (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.models.lexicon import pattern

CUES = ("turned_down", "cost_of_it")


def trade_off_in(texts: Sequence[str]) -> tuple[int, str] | None:
    """The first sentence with what was turned down, or else with what it cost: its number, and the words for it."""
    plain = [text.replace("’", "'") for text in texts]
    for cue in CUES:
        for number, text in enumerate(plain):
            if found := pattern("ownership", cue).search(text):
                return number, found[0]
    return None
