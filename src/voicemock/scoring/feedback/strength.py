"""The one strength that opens the report: what stands out most, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable

from voicemock.rounds import PACE_WPM
from voicemock.scoring.feedback.quotes import first_words, from_clause, telling, whole_clause
from voicemock.scoring.feedback.story_fixes import evidence_of, title
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer_cues import cue_place
from voicemock.scoring.findings.ownership import I_SUBJECT, decides
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import lexicon, pattern
from voicemock.scoring.models.linear import weights
from voicemock.scoring.rubric import judge as rubric
from voicemock.scoring.rubric.delivery import Delivery
from voicemock.scoring.rubric.judge import Judgement

GOOD = 3.0  # a dimension under this is no strength
Finder = Callable[[Annotation], str | None]


def strength(annotation: Annotation, judgement: Judgement, spoken: Delivery) -> str | None:
    """A sentence with a quote; None where nothing is good.

    What is further above what answers usually have comes first; the shape of the story and the pace come last, since
    they tell the candidate least.
    """
    usual = weights(rubric.NAME)[rubric.kind(annotation)]["usual"]
    values = {
        name: d.value for name, d in judgement.dimensions.items() if d.value is not None and d.value >= GOOD
    }
    finders = {name: FINDERS[name] for name in FINDERS if name in values} if annotation.is_story else {}
    for name in sorted(finders, key=lambda n: usual[n] - values[n]):
        words = finders[name](annotation)
        if words:
            return words
    return _part(annotation) or (_shape(annotation) if "structure" in values else None) or _pace(spoken)


def _number(annotation: Annotation) -> str | None:
    firm = [m for m in annotation.results if not m.hedged]
    if not firm:
        return None
    best = max(firm, key=_weight)
    words = "You say from what to what" if best.before is not None else "You put a number on it"
    return f"{words}: {whole_clause(annotation.sentences[best.sentence], best.text)}."


def _weight(metric: Metric) -> tuple[bool, bool, bool]:
    """A before and after is worth most to a listener, then money, then a period."""
    return metric.before is not None, metric.kind == "money", metric.period is not None


def _customer(annotation: Annotation) -> str | None:
    at = annotation.customer.sentence
    if at is None or annotation.customer.signal != "direct":
        return None
    text = annotation.sentences[at]
    return f"You bring the customer in: {from_clause(text, cue_place(text, 'direct'))}."


def _principle(annotation: Annotation) -> str | None:
    shown = sorted(
        (p for p in annotation.principles if p.demonstrated), key=lambda p: p.slug != annotation.principle
    )
    for found in shown:
        at = evidence_of(found, annotation.star)
        if at is not None:
            return f"You show {title(found.slug)}: {first_words(annotation.sentences[at])}."
    return None


def _own_part(annotation: Annotation) -> str | None:
    acts = [
        t for t, letter in zip(annotation.sentences, annotation.star or (), strict=False) if letter == "A"
    ]
    for text in acts:
        if decides(text):
            said = pattern("ownership", "decision").search(text.replace("’", "'"))
            return f"The decision is yours: {from_clause(text, said.start() if said else 0)}."
    own = next((t for t in acts if I_SUBJECT.search(t)), None)
    return None if own is None else f"You make your own part clear: {first_words(own)}."


def _shape(annotation: Annotation) -> str | None:
    """A story with a problem and a result; a story without one has no shape to praise."""
    ends = []
    for letter in "SR":
        numbers = [i for i, star in enumerate(annotation.star or ()) if star == letter]
        ends.append(telling(annotation.sentences, numbers))
    if None in ends or not annotation.results:
        return None
    problem, result = (first_words(annotation.sentences[at]) for at in ends if at is not None)
    return f"The story is whole, from the problem ({problem}) to the result ({result})."


def _part(annotation: Annotation) -> str | None:
    """The most prized part of the framework that is covered."""
    framework = annotation.framework
    if framework is None:
        return None
    for part, words in lexicon("framework_strengths").get(framework.name, {}).items():
        if framework.parts.get(part):
            return f"{words}: {first_words(annotation.sentences[framework.evidence[part]])}."
    return None


def _pace(spoken: Delivery) -> str | None:
    low, high = PACE_WPM
    easy = spoken.pace_wpm is not None and low <= spoken.pace_wpm <= high and not spoken.over_cap
    return f"Your pace is easy to follow: {spoken.pace_wpm} words a minute." if easy else None


FINDERS: dict[str, Finder] = {
    "metrics": _number,
    "customer": _customer,
    "principle": _principle,
    "ownership": _own_part,
}
