"""At most three fixes: each quotes the candidate and says what to say instead, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicemock.rounds import FILLERS_PER_MIN, PACE_WPM
from voicemock.scoring.feedback.candidate_fix import Candidate
from voicemock.scoring.feedback.framework_fixes import framework_fixes
from voicemock.scoring.feedback.number_fixes import number_fixes
from voicemock.scoring.feedback.story_fixes import story_fixes
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.model import Fix
from voicemock.scoring.models.linear import weights
from voicemock.scoring.rubric import judge as rubric
from voicemock.scoring.rubric.delivery import Delivery
from voicemock.scoring.rubric.judge import Judgement

MOST_FIXES = 3
PERFECT = 4.0


def best_fixes(annotation: Annotation, spoken: Delivery, judgement: Judgement) -> tuple[Fix, ...]:
    """Those that would raise the overall most, first; no two about one sentence, and a second one for a dimension
    only where it is of another kind and nothing else is left to say.
    """
    ranked = [(gain(each, annotation, judgement), each) for each in candidates(annotation, spoken)]
    useful = [each for worth, each in sorted(ranked, key=lambda row: -row[0]) if worth > 0]
    chosen: list[Candidate] = []
    for again in (False, True):
        chosen += [each for each in _apart(useful, chosen, again) if each not in chosen]
    return tuple(each.fix for each in sorted(chosen[:MOST_FIXES], key=useful.index))


def _apart(useful: Sequence[Candidate], chosen: Sequence[Candidate], again: bool) -> Iterator[Candidate]:
    """Those that say something else than those chosen and each other."""
    taken = list(chosen)
    for each in useful:
        place = each.fix.sentence
        same_place = place is not None and any(place == other.fix.sentence for other in taken)
        alike = [other for other in taken if other.fix.dimension == each.fix.dimension]
        if not same_place and (not alike or (again and all(each.mends != other.mends for other in alike))):
            taken.append(each)
            yield each


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
        yield from framework_fixes(annotation)
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
