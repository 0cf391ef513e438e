"""Where a sentence ends in words without full stops: a small model over the words on both sides, and the pause.

The weights are in `boundaries.json`, written by `training/boundaries_fit.py`. A path through all gaps is chosen at
once, so that sentences come out neither of two words nor of eighty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from math import log2, sqrt
from typing import Any

NUMBER = re.compile(r"[$€£]?\d[\d.,:%kmbx]*")
EDGES = '.,;:!?"“”()…'
ENDINGS = ("ing", "ed", "ly", "s")
CAPITAL_WORTH = 4.0  # of a word that is written small elsewhere
NAME_WORTH = 2.0  # of a capital that may be a name's
# Everybody pauses differently: a silence counts by how much longer it is than this speaker's at an end; of ends there
# are as many as sentences of usual length have.
WORDS_A_SENTENCE = 18
SHORTEST_REFERENCE_S = 0.2
PAUSE_WORTH, MOST_PAUSE_WORTH = 6.0, 7.0
HEARD_PAUSE_S = 0.15  # one silence as long as this among the words, and their times can be trusted
SHORTEST, USUAL = 3, 26  # words of a sentence
TOO_SHORT, TOO_LONG = 1.5, 0.12  # what each word less, or more, costs
HOPELESS = -4.0  # no path goes through a gap of less worth


def breaks(words: Sequence[str], silences: Sequence[float]) -> list[int]:
    """The numbers of the words that begin a sentence, the first one left out. `silences` stand between the words."""
    worth = _worths(words, silences)
    places = [0, *(i + 1 for i, value in enumerate(worth) if value > HOPELESS), len(words)]
    best, came = {0: 0.0}, {0: 0}
    far, near = 0, 1  # `far`: the best start of a long sentence; `places[near:]` are not too far back yet
    for number, end in enumerate(places[1:], 1):
        gain = worth[end - 1] if end < len(words) else 0.0
        # All long sentences cost alike a word, so which of their starts is best never changes again.
        while near < number and end - places[near] > USUAL:
            far = max(far, places[near], key=lambda start: (best[start] + TOO_LONG * start, start))
            near += 1
        totals = {start: best[start] - _cost_of_length(end - start) for start in (far, *places[near:number])}
        came[end] = max(totals, key=lambda start: (totals[start], start))
        best[end] = totals[came[end]] + gain
    cuts, at = [], came[len(words)]
    while at > 0:
        cuts.append(at)
        at = came[at]
    return cuts[::-1]


def worth_of_pause(silence: float, usual: float) -> float:
    """What a silence counts for an end, where this speaker's ends and pauses part at `usual`."""
    longer = PAUSE_WORTH * log2(max(silence, 0.01) / usual)
    return min(max(longer, -MOST_PAUSE_WORTH), MOST_PAUSE_WORTH)


def usual_pause(silences: Sequence[float]) -> float:
    """The silence that lies between this speaker's ends and the pauses inside sentences: between the one of which there
    are as many longer ones as there should be sentences, and the one with twice as many.
    """
    ranked = sorted(silences, reverse=True)
    at_ends, inside = (ranked[min(len(ranked) - 1, n * len(ranked) // WORDS_A_SENTENCE)] for n in (1, 2))
    return max(sqrt(at_ends * inside), SHORTEST_REFERENCE_S)


def _cost_of_length(size: int) -> float:
    if size < SHORTEST:
        return TOO_SHORT * (SHORTEST - size)
    return 0.0 if size <= USUAL else TOO_LONG * (size - USUAL)


def _worths(words: Sequence[str], silences: Sequence[float]) -> list[float]:
    """What an end counts in each gap: over 0 it is likelier than not."""
    model = _model()
    weights: dict[str, float] = model["weights"]
    plain = [normal(word) for word in words]
    heard = any(silence >= HEARD_PAUSE_S for silence in silences)
    usual = usual_pause(silences) if heard else 0.0
    base = model["bias"] + (model["heard"] if heard else model["unheard"])
    out = []
    for gap in range(len(plain) - 1):
        total = base + sum(weights.get(name, 0.0) for name in features(plain, gap))
        total += worth_of_pause(silences[gap], usual) if heard else 0.0
        if words[gap + 1][:1].isupper() and plain[gap + 1][:2] not in ("i", "i'"):
            total += CAPITAL_WORTH if f"R0={plain[gap + 1]}" in weights else NAME_WORTH
        out.append(total)
    return out


def normal(word: str) -> str:
    """A word as the model knows it: small, without its punctuation, numbers as one."""
    plain = word.lower().replace("’", "'").strip(EDGES)
    return "#" if NUMBER.fullmatch(plain) else plain


def features(plain: Sequence[str], gap: int) -> Iterator[str]:
    """What stands around the gap behind word `gap`: words, runs of them, and their classes."""
    l1, l0, r0, r1, r2 = (_at(plain, gap + k) for k in (-1, 0, 1, 2, 3))
    c1, c0, d0, d1, d2 = (_class(word) for word in (l1, l0, r0, r1, r2))
    yield from (f"L0={l0}", f"L1={l1}", f"R0={r0}", f"R1={r1}", f"L10={l1} {l0}", f"LR={l0} {r0}")
    yield from (
        f"R01={r0} {r1}",
        f"R12={r1} {r2}",
        f"R012={r0} {r1} {r2}",
        f"cLR={c0} {d0}",
        f"cLLR={c1} {c0} {d0}",
    )
    yield from (
        f"cLRR={c0} {d0} {d1}",
        f"cLLRR={c1} {c0} {d0} {d1}",
        f"cRRR={d0} {d1} {d2}",
        f"cLr={c0} {r0} {r1}",
    )


def _at(plain: Sequence[str], place: int) -> str:
    return plain[place] if 0 <= place < len(plain) else "<>"


@cache
def _class(word: str) -> str:
    known: dict[str, str] = _model()["classes"]
    if word in known:
        return known[word]
    return next((end for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 2), "word")


@cache
def _model() -> dict[str, Any]:
    source = resources.files("voicemock.transcript").joinpath("boundaries.json")
    content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return content
