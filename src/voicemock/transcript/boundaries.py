"""Where a sentence ends in words without full stops: how likely the words make it (`ends.py`), and the pause.

A path through all gaps is chosen at once, so that sentences come out neither of two words nor of eighty.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2, sqrt

from voicemock.transcript import ends

# Added to every gap, without and with pauses, and in a sentence with commas of a text with stops: whoever prints both
# means all of them.
UNHEARD, HEARD, PRINTED = 0.75, -1.0, -4.0
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
HOPELESS, NEVER = -4.0, -99.0  # no path goes through a gap of less worth
DIGITS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
MAGNITUDES = frozenset({"hundred", "thousand", "million", "billion", "percent"})


def breaks(words: Sequence[str], silences: Sequence[float], *, printed: bool = False) -> list[int]:
    """The numbers of the words that begin a sentence, the first one left out. `silences` stand between the words;
    `printed` says that they have commas, in a text that has its stops.
    """
    worth = _worths(words, silences, PRINTED if printed else 0.0)
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


def _worths(words: Sequence[str], silences: Sequence[float], more: float = 0.0) -> list[float]:
    """What an end counts in each gap: over 0 it is likelier than not."""
    plain = [ends.normal(word) for word in words]
    heard = any(silence >= HEARD_PAUSE_S for silence in silences)
    usual = usual_pause(silences) if heard else 0.0
    out = []
    for gap, odds in enumerate(ends.log_odds(plain).tolist()):
        total = odds + more + (HEARD if heard else UNHEARD)
        total += worth_of_pause(silences[gap], usual) if heard else 0.0
        if words[gap + 1][:1].isupper() and plain[gap + 1][:2] not in ("i", "i'"):
            total += CAPITAL_WORTH if ends.written_small(plain[gap + 1]) else NAME_WORTH
        out.append(NEVER if _inside_a_number(plain[gap], plain[gap + 1]) else total)
    return out


def _inside_a_number(word: str, following: str) -> bool:
    """ "ninety | five percent", "five | hundred"."""
    goes_on = following in MAGNITUDES or (word in TENS and following in DIGITS)
    return goes_on and (word in TENS or word in DIGITS or word in MAGNITUDES)
