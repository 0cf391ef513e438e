"""Which answers tell the same story, by the rare words and numbers that they share (pure).

Two tellings of a story share its names and numbers, two stories share only the talk of the trade. So what is
said in many interviews counts nothing (`lexicons/common.toml`), and a word that several of the user's
stories share counts less.

Measured on the 146 behavioral and portfolio answers of `training/`, each told twice with 30 % of the
sentences left out at random: 145 find their own story, none a wrong one; without their own, 2 are taken for
another.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.language.stems import stem
from voicemock.scoring.models.lexicon import words

SAME_STORY = 0.16  # similarity, 0 to 1; two tellings lie at 0.3 and above, two stories mostly under 0.12
TELLINGS_KEPT = 5  # of a story, the newest: it drifts, and comparing must not grow with years of practice
FEWEST_SHARED = 3  # terms; one rare word in common is chance
_TERM = re.compile(r"\d[\d.,]*\d|[^\W\d_]+(?:['’][^\W\d_]+)?")
Telling: TypeAlias = dict[str, str]  # what is compared (a stem or a number) → the word as it was said


@dataclass(frozen=True, slots=True)
class Match:
    """A story that an answer may tell, how alike they are, and the terms that say so, the rarest first."""

    story_id: int
    similarity: float
    shared: tuple[str, ...]


def terms(text: str) -> Telling:
    """The rare terms of a text."""
    found: Telling = {}
    for said in _TERM.findall(text):
        term = stem(said.casefold())
        if len(term) > 1 and term not in _common():
            found.setdefault(term, said)
    return found


class Bank:
    """The tellings of each story that a new answer is compared with, found by the terms they hold."""

    def __init__(self) -> None:
        self._tellings: dict[int, list[Telling]] = {}
        self._holding: dict[str, Counter[int]] = {}  # term → story → in how many of its tellings

    def add(self, story_id: int, telling: Telling) -> None:
        """Remember one more telling; the oldest of a story's `TELLINGS_KEPT` goes."""
        tellings = self._tellings.setdefault(story_id, [])
        tellings.append(telling)
        self._count(story_id, telling, 1)
        if len(tellings) > TELLINGS_KEPT:
            self._count(story_id, tellings.pop(0), -1)

    def best_match(self, told: Telling) -> Match | None:
        """The story of which one telling shares most with what is told; None where none shares enough."""
        candidates = {story_id for term in told for story_id in self._holding.get(term, ())}
        matches = [
            self._closest(told, story_id, telling)
            for story_id in candidates
            for telling in self._tellings[story_id]
        ]
        enough = [m for m in matches if m.similarity >= SAME_STORY and len(m.shared) >= FEWEST_SHARED]
        return max(enough, key=lambda match: (match.similarity, -match.story_id), default=None)

    def _closest(self, told: Telling, story_id: int, telling: Telling) -> Match:
        weights = {term: self._weight(term) for term in told.keys() & telling.keys()}
        similarity = sum(weights.values()) / math.sqrt(max(1, len(told) * len(telling)))
        shared = sorted(weights, key=lambda term: (-weights[term], term))
        return Match(story_id, round(similarity, 3), tuple(told[term] for term in shared))

    def _weight(self, term: str) -> float:
        """What a shared term counts: 1 for one that a single story has, less the more stories have it."""
        count = len(self._tellings)
        return math.log(1 + count / len(self._holding[term])) / math.log(1 + count)

    def _count(self, story_id: int, telling: Telling, change: int) -> None:
        for term in telling:
            stories = self._holding.setdefault(term, Counter())
            stories[story_id] += change
            if not stories[story_id]:
                del stories[story_id]
                if not stories:
                    del self._holding[term]


@cache
def _common() -> frozenset[str]:
    names = " ".join(f"{each.slug} {each.title}" for each in PRINCIPLES.values())  # naming one tells no story
    said = words("common", "words") | set(_TERM.findall(names.casefold()))
    return frozenset(map(stem, said))
