"""One strength and at most three fixes: each quotes the candidate and says what to say instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voicemock.rounds import PRINCIPLES
from voicemock.scoring import rubric
from voicemock.scoring.annotate import Annotation
from voicemock.scoring.delivery import FILLERS_PER_MIN, PACE_WPM, Delivery
from voicemock.scoring.framework_fixes import framework_fixes
from voicemock.scoring.linear import weights
from voicemock.scoring.model import Fix
from voicemock.scoring.ownership import says_we_only
from voicemock.scoring.quotes import first_words, quoted
from voicemock.scoring.rubric import Judgement

MOST_FIXES = 3


@dataclass(frozen=True)
class Candidate:
    """A fix and what it would do: the value its dimension would come to, and what it would mend besides."""

    fix: Fix
    value: float
    mends: str = ""


def best_fixes(annotation: Annotation, spoken: Delivery, judgement: Judgement) -> tuple[Fix, ...]:
    """At most three, those that would raise the overall most first; one a dimension and sentence."""
    ranked = sorted(
        enumerate(candidates(annotation, spoken)),
        key=lambda row: (-gain(row[1], annotation, judgement), row[0]),
    )
    chosen: list[Fix] = []
    for _, candidate in ranked:
        fix = candidate.fix
        taken = {(f.dimension) for f in chosen} | {f.sentence for f in chosen if f.sentence is not None}
        if (
            fix.dimension not in taken
            and fix.sentence not in taken
            and gain(candidate, annotation, judgement) > 0
        ):
            chosen.append(fix)
    return tuple(chosen[:MOST_FIXES])


def gain(candidate: Candidate, annotation: Annotation, judgement: Judgement) -> float:
    """How much the weighted sum would rise, before it is rounded."""
    content = weights(rubric.NAME)[rubric.kind(annotation)]
    name = candidate.fix.dimension
    now = judgement.dimensions[name].value
    step = candidate.value - (content["usual"][name] if now is None else now)
    mended = -float(content["adjustments"].get(candidate.mends, 0.0))
    return max(step, 0.0) * float(content["dimensions"][name]) + max(mended, 0.0)


def candidates(annotation: Annotation, spoken: Delivery) -> Iterator[Candidate]:
    """Every fix that applies, in a fixed order."""
    for finder in (_numbers, _vague, _contradictions):
        yield from finder(annotation)
    if annotation.is_story:
        for finder in (_customer, _principle, _ownership, _structure):
            yield from finder(annotation)
    else:
        yield from (Candidate(fix, 4.0) for fix in framework_fixes(annotation))
    yield from _delivery(spoken)


def _numbers(annotation: Annotation) -> Iterator[Candidate]:
    if not annotation.is_story:
        return
    results = annotation.results
    for metric in results:
        if metric.hedged:
            say = f"You said {quoted(metric.text)}: say whether it was measured, and give the exact figure."
            yield Candidate(Fix("metrics", metric.sentence, say), 4.0 if len(results) >= 2 else 2.5)
        elif metric.before is None and metric.period is None:
            say = f"You said {quoted(metric.text)}: add what it was before, and over how long it changed."
            yield Candidate(Fix("metrics", metric.sentence, say), 4.0 if len(results) >= 2 else 2.5)
    ending = _last(annotation, "R")
    if len(results) < 2:
        where = f"After {first_words(annotation.sentences[ending])}" if ending is not None else "At the end"
        count = "a second number" if results else "two numbers"
        say = f"{where}, give {count}: what changed for customers or the business, from what to what, over how long."
        yield Candidate(Fix("metrics", ending, say), 3.0 + 0.5 * len(results))


def _vague(annotation: Annotation) -> Iterator[Candidate]:
    for vague in annotation.vague:
        say = f"You said {quoted(vague.text)}: say from what to what, over how long."
        yield Candidate(Fix("metrics", vague.sentence, say), min(2.0 + len(annotation.results), 4.0), "vague")


def _contradictions(annotation: Annotation) -> Iterator[Candidate]:
    for slip in annotation.inconsistencies:
        say = f"You said {quoted(slip.said)} where your own numbers make {slip.computed}: settle on one and learn it."
        yield Candidate(Fix("metrics", slip.sentence, say), 4.0, "inconsistent")


def _customer(annotation: Annotation) -> Iterator[Candidate]:
    signal = annotation.customer
    if signal.signal == "indirect" and signal.sentence is not None:
        said = first_words(annotation.sentences[signal.sentence])
        say = f"You got this second hand ({said}): name one customer you spoke to and quote their words."
        yield Candidate(Fix("customer", signal.sentence, say), 4.0)
    elif signal.signal == "none":
        opening = _first(annotation, "S")
        where = (
            f"Where you begin ({first_words(annotation.sentences[opening])})"
            if opening is not None
            else "In the beginning"
        )
        yield Candidate(
            Fix("customer", opening, f"{where}, say who was hurt by this, how badly, and how you know."), 3.0
        )


def _principle(annotation: Annotation) -> Iterator[Candidate]:
    shown = [p for p in annotation.principles if p.demonstrated]
    named = [p for p in annotation.principles if p.named]
    for finding in shown[:1]:
        if not finding.named and annotation.round == "behavioral" and finding.evidence:
            said = first_words(annotation.sentences[finding.evidence[0]])
            say = f"What you did ({said}) shows {title(finding.slug)}: say so in one sentence at the end."
            yield Candidate(Fix("principle", finding.evidence[0], say), 4.0)
    for finding in named:
        if not finding.demonstrated and finding.evidence:
            said = first_words(annotation.sentences[finding.evidence[0]])
            say = f"You name {title(finding.slug)} ({said}): tell the one thing you did that shows it, or leave the name out."
            yield Candidate(Fix("principle", finding.evidence[0], say), 3.5)
    if not shown and not named and annotation.principle:
        say = f"Tell the moment in which you showed {title(annotation.principle)}: what you did that others would not have."
        yield Candidate(Fix("principle", _first(annotation, "A"), say), 3.5)


def _ownership(annotation: Annotation) -> Iterator[Candidate]:
    for i, (text, letter) in enumerate(zip(annotation.sentences, annotation.star or (), strict=False)):
        if letter == "A" and says_we_only(text):
            say = f'You said {first_words(text)}: say "I" and what was your own part in it.'
            yield Candidate(Fix("ownership", i, say), 4.0)
            return


def _structure(annotation: Annotation) -> Iterator[Candidate]:
    star = annotation.star or ()
    asks = {
        "R": "say how it ended, in one or two sentences with a number.",
        "A": "say what you did yourself, in about three steps.",
        "T": "say in one sentence what you had to reach, and by when.",
        "L": "close with one sentence: what you learned, and what it shows about you.",
        "S": "open with one or two sentences: where, when, and who was hurting.",
    }
    for letter, ask in asks.items():
        if letter not in star:
            at = len(star) - 1 if letter in "RL" else 0
            where = (
                f"After {first_words(annotation.sentences[at])}"
                if letter in "RLTA"
                else f"Before {first_words(annotation.sentences[at])}"
            )
            yield Candidate(Fix("structure", at, f"{where}, {ask}"), 4.0)


def _delivery(spoken: Delivery) -> Iterator[Candidate]:
    low, high = PACE_WPM
    if spoken.over_cap:
        yield Candidate(
            Fix(
                "delivery",
                None,
                "You ran past the cap: cut the situation to two sentences and lead with the result.",
            ),
            4.0,
        )
    if spoken.pace_wpm is not None and not low <= spoken.pace_wpm <= high:
        way = "slow down" if spoken.pace_wpm > high else "speed up"
        say = f"You spoke {spoken.pace_wpm} words a minute: {way}, {low:.0f} to {high:.0f} is easy to follow."
        yield Candidate(Fix("delivery", None, say), 4.0)
    if spoken.fillers_per_min is not None and spoken.fillers_per_min > FILLERS_PER_MIN:
        say = f"At least {spoken.fillers_per_min} fillers a minute: pause instead, silence sounds surer."
        yield Candidate(Fix("delivery", None, say), 4.0)


def _first(annotation: Annotation, letter: str) -> int | None:
    return next((i for i, star in enumerate(annotation.star or ()) if star == letter), None)


def _last(annotation: Annotation, letter: str) -> int | None:
    return next(
        (i for i in reversed(range(len(annotation.star or ()))) if (annotation.star or ())[i] == letter), None
    )


def title(slug: str) -> str:
    return PRINCIPLES[slug].title if slug in PRINCIPLES else slug


Finder = Callable[[Annotation], Iterator[Candidate]]
