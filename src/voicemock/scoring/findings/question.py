"""What was asked, and whether the answer has to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from voicemock.scoring.findings.world import WORD
from voicemock.scoring.language.stems import stem
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.models.lexicon import compile_entries, lexicon
from voicemock.scoring.models.linear import Floats
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

ANALYTICAL_TYPES = ("metric-definition", "ab-test", "estimation", "root-cause", "exhibit")
BEST_SENTENCES = 3


def analytical_type(question: str) -> str:
    """The framework that an analytical question calls for; metric definition where nothing else fits."""
    plain = question.replace("’", "'")
    types = lexicon("questions")["types"]
    return next(
        (name for name, entries in types.items() if compile_entries(tuple(entries)).search(plain)),
        "metric-definition",
    )


def nearness(vectors: Floats, question: str, encoder: Encoder) -> tuple[float, ...]:
    """How near each sentence is to the question, from -1 to 1; 0 where no question is known."""
    if not question or not len(vectors):
        return (0.0,) * len(vectors)
    asked = encoder.encode([question])[0].astype(np.float64)
    return tuple(round(float(v), 6) for v in vectors.astype(np.float64) @ asked)


def best_nearness(near: Sequence[float]) -> float:
    """The mean of the nearest sentences: one that happens to share a word is not enough."""
    best = sorted(near, reverse=True)[:BEST_SENTENCES]
    return sum(best) / len(best) if best else 0.0


def echo_share(sentences: Sequence[str], question: str) -> float:
    """The share of an answer's telling words that the question had already."""
    asked = {stem(word.lower()) for word in WORD.findall(question)}
    said = [one for text in sentences for one in stems_in(text)]
    telling = [one for one in said if len(one) > 2 and one not in _small()]
    return sum(one in asked for one in telling) / len(telling) if telling else 0.0


def declining(sentences: Sequence[str], how: str) -> tuple[int, ...]:
    """The sentences that decline to answer: `how` is refusal, stalling or pitch."""
    return tuple(i for i, text in enumerate(sentences) if _declines(text, how))


@lru_cache(maxsize=CACHED_SENTENCES)
def _declines(text: str, how: str) -> bool:
    found = compile_entries(tuple(lexicon("questions")["declines"][how]))
    return bool(found.search(text.replace("’", "'")))


@lru_cache(maxsize=CACHED_SENTENCES)
def stems_in(text: str) -> tuple[str, ...]:
    """The stems of a sentence's words; each beginning of an answer asks for them again."""
    return tuple(stem(word.lower()) for word in WORD.findall(text))


@cache
def _small() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon("generic")["function"])
