"""At most three fixes: each quotes the candidate and says what to say instead, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring import rubric
from voicemock.scoring.annotate import Annotation
from voicemock.scoring.candidate_fix import Candidate
from voicemock.scoring.delivery import FILLERS_PER_MIN, PACE_WPM, Delivery
from voicemock.scoring.framework_fixes import framework_fixes
from voicemock.scoring.linear import weights
from voicemock.scoring.model import Fix
from voicemock.scoring.number_fixes import number_fixes
from voicemock.scoring.rubric import Judgement
from voicemock.scoring.story_fixes import story_fixes

MOST_FIXES = 3
PERFECT = 4.0


def best_fixes(annotation: Annotation, spoken: Delivery, judgement: Judgement) -> tuple[Fix, ...]:
    """Those that would raise the overall most, first; no two for one dimension or one sentence."""
    gains = [(gain(each, annotation, judgement), each.fix) for each in candidates(annotation, spoken)]
    ranked = sorted(enumerate(gains), key=lambda row: (-row[1][0], row[0]))
    chosen: list[Fix] = []
    for _, (worth, fix) in ranked:
        known = any(
            fix.dimension == f.dimension or (fix.sentence is not None and fix.sentence == f.sentence)
            for f in chosen
        )
        if worth > 0 and not known:
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
    yield from number_fixes(annotation)
    if annotation.is_story:
        yield from story_fixes(annotation)
    else:
        yield from (Candidate(fix, PERFECT) for fix in framework_fixes(annotation))
    yield from (Candidate(Fix("delivery", None, say), PERFECT) for say in delivery_advice(spoken))


def delivery_advice(spoken: Delivery) -> Iterator[str]:
    low, high = PACE_WPM
    if spoken.over_cap:
        yield "You ran past the cap: cut the situation to two sentences and lead with the result."
    if spoken.pace_wpm is not None and not low <= spoken.pace_wpm <= high:
        way = "slow down" if spoken.pace_wpm > high else "speed up"
        yield f"You spoke {spoken.pace_wpm} words a minute: {way}, {low:.0f} to {high:.0f} is easy to follow."
    if spoken.fillers_per_min is not None and spoken.fillers_per_min > FILLERS_PER_MIN:
        yield f"At least {spoken.fillers_per_min} fillers a minute: pause instead, silence sounds surer."
