"""Fixes for the shape of a story: no story at all, a part that is missing, action out of proportion."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.candidate_fix import Candidate
from voicemock.scoring.feedback.quotes import first_words, telling
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.model import Fix
from voicemock.scoring.rubric.dimensions import (
    ACTION_SHARE,
    ACTION_SLACK,
    MISSING_PART,
    missing_parts,
    structure,
    word_shares,
)

NO_STORY = frozenset("AR")  # where both are missing there is nothing yet to complete

# What to add for each missing letter, where ("before" the first or "after" the last), and the sentences that it stands
# beside by their letters, the best first.
MISSING = {
    "R": ("after", ("A", "T", "S"), "say how it ended, in one or two sentences with a number."),
    "A": ("after", ("T", "S"), "say what you did yourself, in about three steps."),
    "T": ("after", ("S",), "say in one sentence what you had to reach, and by when."),
    "L": ("after", ("R", "A"), "close with one sentence: what you learned, and what it shows about you."),
    "S": ("before", ("T", "A", "R"), "open with one or two sentences: where, when, and who was hurting."),
}


def structure_fixes(annotation: Annotation) -> Iterator[Candidate]:
    missing = missing_parts(annotation)
    if NO_STORY.issubset(missing):
        at = telling(annotation.sentences, range(len(annotation.sentences))) or 0
        said = first_words(annotation.sentences[at])
        say = f"{said} is no story yet: pick one time it happened, and say where, what you did, and what came of it."
        yield Candidate(Fix("structure", at, say), 4.0)
        return
    for letter in MISSING:
        if letter in missing:
            at = beside(annotation, letter)
            where, _, ask = MISSING[letter]
            say = f"{where.capitalize()} {first_words(annotation.sentences[at])}, {ask}"
            yield Candidate(
                Fix("structure", at, say), structure(annotation).value_or_lowest + MISSING_PART[letter]
            )
    yield from _proportion(annotation, missing)


def beside(annotation: Annotation, missing: str) -> int:
    """The sentence before or after which a missing part belongs."""
    where, letters, _ = MISSING[missing]
    for letter in letters:
        numbers = [i for i, star in enumerate(annotation.star or ()) if star == letter]
        at = telling(annotation.sentences, numbers if where == "before" else numbers[::-1])
        if at is not None:
            return at
    return 0 if where == "before" else len(annotation.sentences) - 1


def _proportion(annotation: Annotation, missing: tuple[str, ...]) -> Iterator[Candidate]:
    """Far too little or too much of the words is what the candidate did."""
    action, (low, high) = word_shares(annotation).get("A", 0.0), ACTION_SHARE
    acts = [i for i, letter in enumerate(annotation.star or ()) if letter == "A"]
    if "A" in missing or not acts or low - ACTION_SLACK <= action <= high + ACTION_SLACK:
        return
    at = acts[0] if action < low else acts[-1]
    said = first_words(annotation.sentences[at])
    if action < low:
        ask = f"before {said}, cut to two sentences; after it, tell your steps and why you took them."
    else:
        ask = f"keep three steps, drop the rest, and give what comes after {said} more room."
    say = f"What you did is {action:.0%} of your words, {low:.0%} to {high:.0%} is good: {ask}"
    yield Candidate(Fix("structure", at, say), 4.0)
