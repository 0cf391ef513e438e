"""Fixes for a story: the customer, the principle, the candidate's own part, the missing part of STAR."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.annotate import Annotation
from voicemock.scoring.candidate_fix import Candidate
from voicemock.scoring.model import Fix
from voicemock.scoring.ownership import says_we_only
from voicemock.scoring.quotes import first_words

# What to add for each missing letter, and whether it belongs after the last sentence or before the first.
MISSING = {
    "R": ("end", "say how it ended, in one or two sentences with a number."),
    "A": ("end", "say what you did yourself, in about three steps."),
    "T": ("start", "say in one sentence what you had to reach, and by when."),
    "L": ("end", "close with one sentence: what you learned, and what it shows about you."),
    "S": ("start", "open with one or two sentences: where, when, and who was hurting."),
}


def story_fixes(annotation: Annotation) -> Iterator[Candidate]:
    yield from _customer(annotation)
    yield from _shown(annotation)
    yield from _named(annotation)
    yield from _own_part(annotation)
    yield from _missing_parts(annotation)


def title(slug: str) -> str:
    """The principle as it is said."""
    return PRINCIPLES[slug].title if slug in PRINCIPLES else slug


def _customer(annotation: Annotation) -> Iterator[Candidate]:
    signal = annotation.customer
    if signal.signal == "indirect" and signal.sentence is not None:
        said = first_words(annotation.sentences[signal.sentence])
        say = f"You got this second hand ({said}): name one customer you spoke to and quote their words."
        yield Candidate(Fix("customer", signal.sentence, say), 4.0)
    elif signal.signal == "none":
        opening = _first(annotation, "S")
        said = first_words(annotation.sentences[opening or 0])
        say = f"Where you begin ({said}), say who was hurt by this, how badly, and how you know."
        yield Candidate(Fix("customer", opening or 0, say), 3.0)


def _shown(annotation: Annotation) -> Iterator[Candidate]:
    """What was demonstrated and not named: one sentence is enough. In a case study names add nothing."""
    best = next((p for p in annotation.principles if p.demonstrated), None)
    if best is None or best.named or not best.evidence or annotation.round != "behavioral":
        return
    said = first_words(annotation.sentences[best.evidence[0]])
    say = f"What you did ({said}) shows {title(best.slug)}: say so in one sentence at the end."
    yield Candidate(Fix("principle", best.evidence[0], say), 4.0)


def _named(annotation: Annotation) -> Iterator[Candidate]:
    """What was named and not demonstrated; or the principle asked for, where there is neither."""
    for found in annotation.principles:
        if found.named and not found.demonstrated and found.evidence:
            said = first_words(annotation.sentences[found.evidence[0]])
            name = title(found.slug)
            say = f"You name {name} ({said}): tell the one thing you did that shows it, or drop the name."
            yield Candidate(Fix("principle", found.evidence[0], say), 3.5)
    if not annotation.principles and annotation.principle:
        action = _first(annotation, "A") or 0
        said, name = first_words(annotation.sentences[action]), title(annotation.principle)
        say = f"Around {said}, tell the moment that shows {name}: what you did that others would not have."
        yield Candidate(Fix("principle", action, say), 3.5)


def _own_part(annotation: Annotation) -> Iterator[Candidate]:
    for i, (text, letter) in enumerate(zip(annotation.sentences, annotation.star or (), strict=False)):
        if letter == "A" and says_we_only(text):
            say = f'You said {first_words(text)}: say "I", and what was your own part in it.'
            yield Candidate(Fix("ownership", i, say), 4.0)
            return


def _missing_parts(annotation: Annotation) -> Iterator[Candidate]:
    for letter, (place, ask) in MISSING.items():
        if letter not in (annotation.star or ()):
            at = len(annotation.sentences) - 1 if place == "end" else 0
            where = "After" if place == "end" else "Around"
            say = f"{where} {first_words(annotation.sentences[at])}, {ask}"
            yield Candidate(Fix("structure", at, say), 4.0)


def _first(annotation: Annotation, letter: str) -> int | None:
    return next((i for i, star in enumerate(annotation.star or ()) if star == letter), None)
