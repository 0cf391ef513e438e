"""What the small models see of a sentence beside its vector: who acts, whether it happened, and classes of words.

None of these leans on where the sentence stands or on how long the answer is: people tell a lesson in the middle and
open with talk about the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models.acts import Act, acts_in
from voicemock.scoring.models.encoder import CACHE_SENTENCES
from voicemock.scoring.models.lexicon import compile_entries, lexicon

ACTING = (
    "own_act", "own_two", "own_state", "own_looks_on", "own_habit", "group_act", "group_state", "group_habit",
    "other_act", "other_state", "other_habit", "supposed", "regretted", "denied", "nobody", "you", "asks",
    "number", "pair", "short", "tiny", "long", "begins_so", "begins_and", "begins_but", "will",
)  # fmt: skip
NUMBER = re.compile(r"\d|\b(?:percent|hundred|thousand|million|half|third|twice|double[d]?|dozen)\b")
PAIR = re.compile(r"\bfrom\b.{1,40}\bto\b|\binstead of\b|\bused to\b.{1,40}\bnow\b", re.IGNORECASE)
TINY, SHORT, LONG = 3, 7, 30  # words


def cue_names() -> tuple[str, ...]:
    """The names of the columns of `sentence_cues`, in order."""
    return (*ACTING, *_classes())


def sentence_cues(sentences: Sequence[str]) -> NDArray[np.float64]:
    """Shape (sentences, cues), 0 or 1."""
    return np.array([_row(text) for text in sentences], dtype=np.float64).reshape(
        len(sentences), len(cue_names())
    )


@lru_cache(maxsize=CACHE_SENTENCES)
def _row(text: str) -> tuple[float, ...]:
    plain = text.replace("’", "'")
    found = _acting(plain) | {name for name, cue in _classes().items() if cue.search(plain)}
    return tuple(float(name in found) for name in cue_names())


def _acting(text: str) -> set[str]:
    acts = acts_in(text)
    low, size = text.lower(), len(text.split())
    found = {name for act in acts for name in _names_of(act)}
    own = sum(a.actor == "I" and a.deed for a in acts)
    tests = {
        "own_two": own > 1,
        "nobody": not acts,
        "you": " you " in f" {low} ",
        "asks": text.rstrip("\"'”) ").endswith("?"),
        "number": bool(NUMBER.search(low)),
        "pair": bool(PAIR.search(text)),
        "short": size <= SHORT,
        "tiny": size <= TINY,
        "long": size >= LONG,
        "begins_so": low.startswith("so "),
        "begins_and": low.startswith("and "),
        "begins_but": low.startswith("but "),
        "will": " will " in low or "'ll " in low,
    }
    return found | {name for name, holds in tests.items() if holds}


def _names_of(act: Act) -> tuple[str, ...]:
    whose = {"I": "own", "we": "group"}.get(act.actor, "other")
    if act.mode == "regretted":
        return ("regretted",)
    if act.mode == "hypothetical":
        return ("supposed",)
    if act.mode == "negated":
        return ("denied",)
    if act.mode == "habit":
        return (f"{whose}_habit",)
    if act.kind == "act":
        return (f"{whose}_act",)
    return ("own_looks_on",) if act.kind == "onlooker" and whose == "own" else (f"{whose}_state",)


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    return {
        name: compile_entries(tuple(entries)) for name, entries in lexicon("sentence_cues")["classes"].items()
    }
