"""Whether there is a world in an answer: things, places, people and moments that a listener could name.

A word belongs to the world if it is neither English as such, nor the rubric's own, nor of the stock of business and
software (lexicons/generic.toml). Form without a world is no substance (rubric section 9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from voicemock.scoring.language.stems import stem
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

WORD = re.compile(r"[A-Za-z][A-Za-z'’/-]*[A-Za-z]|[A-Za-z]")
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class World:
    """The distinct words of a world, and how many words were said in all."""

    things: frozenset[str]
    words: int

    @property
    def density(self) -> float:
        """Things named for each hundred words."""
        return 100 * len(self.things) / self.words if self.words else 0.0


def world_of(sentences: Sequence[str]) -> World:
    """The world of an answer."""
    things = frozenset().union(*(things_in(text) for text in sentences))
    return World(things, sum(len(WORD.findall(text)) for text in sentences))


@lru_cache(maxsize=CACHED_SENTENCES)
def things_in(text: str) -> frozenset[str]:
    """The stems of a sentence that are of a world."""
    spoken = (word.lower().replace("’", "'") for word in WORD.findall(text))
    stems = (stem(word) for word in spoken if word not in _generic_words())
    return frozenset(one for one in stems if len(one) >= SHORTEST_STEM and one not in _generic_stems())


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(word for entries in lexicon("generic").values() for word in entries)


@cache
def _generic_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _generic_words())
