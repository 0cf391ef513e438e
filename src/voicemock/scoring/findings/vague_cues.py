"""What a clause shows of an outcome without a number: classes of words, and where it stands.

The classes are the ways in which people tell a result vaguely: an intensifier with an outcome or a comparison, a
reception or a feeling, effort or hope, a verdict. training/vague_fit.py weighs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, pairwise

from voicemock.scoring.models.lexicon import compile_entries, lexicon
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

# Fillers are blanked out, so that ", like, super happy" and "brought, uh, a nice uplift" read on.
ASIDE = re.compile(
    r",\s*(?:like|um|uh|er|you know|i mean|obviously|well|also|frankly)\s*,|,?\s*\b(?:um|uh|er)\b,?",
    re.IGNORECASE,
)
CLAUSE_EDGE = re.compile(r"[,;:.!?]\s|\s(?:and|but|so|because|which|that|cause|then)\s", re.IGNORECASE)
OPENING = re.compile(r"\s*(?:(?:and|but|so|because|which|that|then|well|um|uh|yeah|i mean)\b[\s,]*)*", re.I)
CLOSING = re.compile(r"(?:[\s,;.!?]+(?:and|but|so|because|which|that|cause|then)?)?[\s.,!?;]*$", re.I)
SHORTEST = 3  # words; a shorter piece belongs to the clause before it
FEW_WORDS, MANY_WORDS = 4, 14
LATE = 0.55  # from here in a story a result may have begun whatever the letter says
TOGETHER = ("degree", "comparative", "big", "feeling", "outcome", "change", "verdict", "people", "effort")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of sentence number `sentence`, its words at `start`:`end`, and what is known of its place."""

    sentence: int
    start: int
    end: int
    text: str
    letter: str  # of the sentence; "-" in rounds without STAR
    place: float  # 0 for the first sentence, 1 for the last
    after_result: bool  # an earlier sentence is a result
    number: str  # "in": a metric stands in the clause; "after", "before": elsewhere in the sentence; ""
    matches: bool  # one of the patterns of vague.toml matches


@lru_cache(maxsize=CACHED_SENTENCES)
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence without the words that join them."""
    plain = blanked(text)
    cuts = [0, *(m.end() for m in CLAUSE_EDGE.finditer(plain)), len(plain)]
    pieces: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if pieces and min(_size(plain, start, end), _size(plain, *pieces[-1])) < SHORTEST:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    trimmed = [_trimmed(plain, start, end) for start, end in pieces]
    return tuple((start, end) for start, end in trimmed if end > start)


def blanked(text: str) -> str:
    """The sentence with its fillers as blanks; every other character keeps its place."""
    return ASIDE.sub(lambda match: " " * len(match.group()), text)


def _size(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    opening = OPENING.match(text, start, end)
    first = opening.end() if opening else start
    closing = CLOSING.search(text[first:end])
    return first, first + closing.start() if closing else end


def clause_cues(clause: Clause, sentence: str) -> dict[str, float]:
    """Named features of a clause; those that are 0 are left out."""
    seen = _seen(clause.text.lower())
    said = [name for name in TOGETHER if name in seen]
    found = dict.fromkeys(seen, 1.0)
    found |= {f"{a}+{b}": 1.0 for a, b in combinations(said, 2)}
    found |= {f"{name}+{clause.letter}": 1.0 for name in said if clause.letter in "R-"}
    found["classes"] = min(4, len(said)) / 2
    found |= {f"sentence_{name}": 1.0 for name in _heard(sentence)}
    if clause.letter == "-":
        found |= {f"other_{n}": 1.0 for n in (*_around(), "unreal") if f"sentence_{n}" in found or n in seen}
    found |= _place_cues(clause)
    size = len(clause.text.split())
    found["few_words"], found["many_words"] = float(size <= FEW_WORDS), float(size >= MANY_WORDS)
    return {name: value for name, value in found.items() if value}


@lru_cache(maxsize=CACHED_SENTENCES)
def _seen(words: str) -> frozenset[str]:
    """The classes of words in a clause."""
    return frozenset(name for name, cue in _classes().items() if cue.search(words))


@lru_cache(maxsize=CACHED_SENTENCES)
def _heard(sentence: str) -> frozenset[str]:
    """The classes of words anywhere in a sentence."""
    return frozenset(name for name, cue in _around().items() if cue.search(sentence))


def _place_cues(clause: Clause) -> dict[str, float]:
    found = {f"letter_{clause.letter}": 1.5, f"number_{clause.number}": float(bool(clause.number))}
    if clause.letter not in "R-":
        found["late"] = float(clause.place > LATE)
        found["after_result"] = float(clause.after_result)
    if clause.matches:
        found["matches"] = 1.0
        found[f"matches+{clause.letter}"] = 0.5
    return found


def may_be_vague(clause: Clause) -> bool:
    """Whether a clause has any of the classes at all; one that has none is not looked at further."""
    return clause.matches or not _seen(clause.text.lower()).isdisjoint(TOGETHER)


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    return {
        name: compile_entries(tuple(entries)) for name, entries in lexicon("vague_cues")["classes"].items()
    }


@cache
def _around() -> dict[str, re.Pattern[str]]:
    return {
        name: compile_entries(tuple(entries)) for name, entries in lexicon("vague_cues")["sentence"].items()
    }
