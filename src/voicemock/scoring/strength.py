"""The one strength that opens the report: what lifts the overall most, with the words that show it."""

from __future__ import annotations

from voicemock.scoring import rubric
from voicemock.scoring.annotate import Annotation
from voicemock.scoring.linear import weights
from voicemock.scoring.quotes import first_words, quoted
from voicemock.scoring.rubric import Judgement
from voicemock.scoring.story_fixes import title

MIDDLE = 2.5  # of 1 to 4: a dimension under it is no strength


def strength(annotation: Annotation, judgement: Judgement) -> str | None:
    """A sentence with a quote; None where no dimension is over the middle."""
    content = weights(rubric.NAME)[rubric.kind(annotation)]
    lifts = {
        name: (dimension.value - MIDDLE) * (float(content["dimensions"][name]) + 0.01)
        for name, dimension in judgement.dimensions.items()
        if dimension.value is not None and dimension.value > MIDDLE
    }
    for name in sorted(lifts, key=lambda n: -lifts[n]):
        words = _words(name, annotation, judgement)
        if words:
            return words
    return None


def _words(name: str, annotation: Annotation, judgement: Judgement) -> str | None:
    if name == "metrics":
        firm = [m for m in (annotation.results or annotation.metrics) if not m.hedged]
        return f"You put a number on it: {quoted(firm[-1].text)}." if firm else None
    if name == "customer":
        at = annotation.customer.sentence
        return (
            f"You bring the customer in: {first_words(annotation.sentences[at])}." if at is not None else None
        )
    if name == "principle":
        shown = [p for p in annotation.principles if p.demonstrated and p.evidence]
        if shown:
            said = first_words(annotation.sentences[shown[0].evidence[0]])
            return f"You show {title(shown[0].slug)}: {said}."
        return None
    why = judgement.dimensions[name].why
    opener = {
        "structure": "Your answer is well built",
        "ownership": "You make your own part clear",
        "delivery": "You speak well",
    }
    return f"{opener[name]}: {why[0]}."
