"""Fixes for a story: the customer, the principle, the candidate's own part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.feedback.candidate_fix import Candidate
from voicemock.scoring.feedback.quotes import first_words, from_clause, telling
from voicemock.scoring.feedback.structure_fixes import structure_fixes
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer_cues import cue_place, customer_cue
from voicemock.scoring.findings.ownership import WE_ACTS, WE_SUBJECT, decides, says_we_only
from voicemock.scoring.model import Fix, PrincipleFinding
from voicemock.scoring.rubric.dimensions import ownership, quantified

DECISION = 0.5  # of ownership (dimensions.py)


def story_fixes(annotation: Annotation) -> Iterator[Candidate]:
    yield from _customer(annotation)
    yield from _shown(annotation)
    yield from _named(annotation)
    yield from _asked_for(annotation)
    yield from _own_part(annotation)
    yield from _decision(annotation)
    yield from structure_fixes(annotation)


def title(slug: str) -> str:
    """The principle as it is said."""
    return PRINCIPLES[slug].title if slug in PRINCIPLES else slug


def evidence_of(found: PrincipleFinding, star: Sequence[str] | None) -> int | None:
    """The sentence that shows a principle best to others: an act, rather than what was learned from it."""
    letters = star or ()
    acts = [i for i in found.evidence if i < len(letters) and letters[i] == "A"]
    told = [i for i in found.evidence if i < len(letters) and letters[i] in "STR"]
    return next(iter((*acts, *told)), None)


def _customer(annotation: Annotation) -> Iterator[Candidate]:
    signal = annotation.customer
    if signal.signal == "none" or signal.sentence is None:
        opening = (
            telling(annotation.sentences, _all(annotation, "S") or range(len(annotation.sentences))) or 0
        )
        said = first_words(annotation.sentences[opening])
        say = f"Where you begin ({said}), say who was hurt by this, how badly, and how you know."
        yield Candidate(Fix("customer", opening, say), 3.0)
        return
    text = annotation.sentences[signal.sentence]
    said = from_clause(text, cue_place(text, signal.signal))
    if signal.signal == "direct":
        if not quantified(annotation):
            say = f"You met them yourself ({said}): add how many it hit, and what it cost them."
            yield Candidate(Fix("customer", signal.sentence, say), 4.0)
    elif customer_cue(text) == "indirect":
        say = f"You know this from others ({said}): name one customer you spoke to and quote their words."
        yield Candidate(Fix("customer", signal.sentence, say), 4.0)
    else:
        say = f"No customer speaks in it: after {said}, name one you spoke to and quote their words."
        yield Candidate(Fix("customer", signal.sentence, say), 4.0)


def _shown(annotation: Annotation) -> Iterator[Candidate]:
    """What was demonstrated and not named: one sentence is enough. In a case study names add nothing."""
    shown = sorted(
        (p for p in annotation.principles if p.demonstrated), key=lambda p: p.slug != annotation.principle
    )
    at = evidence_of(shown[0], annotation.star) if shown and not shown[0].named else None
    if at is not None and annotation.round == "behavioral":
        said = first_words(annotation.sentences[at])
        say = f"{said} shows {title(shown[0].slug)}: say so in one sentence at the end."
        yield Candidate(Fix("principle", at, say), 4.0)


def _named(annotation: Annotation) -> Iterator[Candidate]:
    """What was named and not demonstrated."""
    for found in annotation.principles:
        if found.named and not found.demonstrated and found.evidence:
            said = first_words(annotation.sentences[found.evidence[0]])
            name = title(found.slug)
            say = f"You name {name} ({said}): tell the one thing you did that shows it, or drop the name."
            yield Candidate(Fix("principle", found.evidence[0], say), 3.5)


def _asked_for(annotation: Annotation) -> Iterator[Candidate]:
    """The principle that the question asks for is neither shown nor named."""
    asked = annotation.principle
    if asked and asked not in {p.slug for p in annotation.principles}:
        at = telling(annotation.sentences, _all(annotation, "A") or range(len(annotation.sentences))) or 0
        said = first_words(annotation.sentences[at])
        say = f"Around {said}, tell the moment that shows {title(asked)}: what you did that others would not have."
        yield Candidate(Fix("principle", at, say), 3.5)


def _own_part(annotation: Annotation) -> Iterator[Candidate]:
    """The plainest of the sentences in which only a group acts."""
    fog = [i for i in _all(annotation, "A") if says_we_only(annotation.sentences[i])]
    acts = [i for i in fog if WE_ACTS.search(annotation.sentences[i])]
    if fog:
        at = (acts or fog)[0]
        text = annotation.sentences[at]
        subject = (WE_ACTS if acts else WE_SUBJECT).search(text)
        said = from_clause(text, subject.start()) if subject else first_words(text)
        say = f'You said {said}: say "I", and what was your own part in it.'
        yield Candidate(Fix("ownership", at, say), 4.0)


def _decision(annotation: Annotation) -> Iterator[Candidate]:
    """The candidate acts, and decides nothing."""
    acts = _all(annotation, "A")
    at = telling(annotation.sentences, acts)
    if at is None or any(decides(annotation.sentences[i]) for i in acts):
        return
    say = f"Before {first_words(annotation.sentences[at])}, say what you decided, against which alternative, and why."
    yield Candidate(Fix("ownership", at, say), min(ownership(annotation).value_or_lowest + DECISION, 4.0))


def _all(annotation: Annotation, letter: str) -> list[int]:
    return [i for i, star in enumerate(annotation.star or ()) if star == letter]
