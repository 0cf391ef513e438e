"""The one strength that opens the report: what lifts the overall most, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable

from voicemock.scoring import rubric
from voicemock.scoring.annotate import Annotation
from voicemock.scoring.linear import weights
from voicemock.scoring.ownership import I_SUBJECT, decides
from voicemock.scoring.quotes import first_words, quoted
from voicemock.scoring.rubric import Judgement
from voicemock.scoring.story_fixes import title

NO_STRENGTH = 2.9  # a dimension up to here is no strength


def strength(annotation: Annotation, judgement: Judgement) -> str | None:
    """A sentence with a quote; None where no dimension is good."""
    content = weights(rubric.NAME)[rubric.kind(annotation)]
    lifts = {
        name: (dimension.value - NO_STRENGTH) * (float(content["dimensions"][name]) + 0.01)
        for name, dimension in judgement.dimensions.items()
        if dimension.value is not None and dimension.value > NO_STRENGTH
    }
    for name in sorted(lifts, key=lambda n: -lifts[n]):
        words = _words(name, annotation, judgement)
        if words:
            return words
    return None


def _words(name: str, annotation: Annotation, judgement: Judgement) -> str | None:
    finder = FINDERS.get(name)
    if finder is not None:
        return finder(annotation)
    return (
        f"You speak well: {judgement.dimensions[name].why[0]}."  # delivery, the one dimension without words
    )


def _number(annotation: Annotation) -> str | None:
    firm = [m for m in (annotation.results or annotation.metrics) if not m.hedged]
    return f"You put a number on it: {quoted(firm[-1].text)}." if firm else None


def _customer(annotation: Annotation) -> str | None:
    at = annotation.customer.sentence
    return None if at is None else f"You bring the customer in: {first_words(annotation.sentences[at])}."


def _principle(annotation: Annotation) -> str | None:
    shown = next((p for p in annotation.principles if p.demonstrated and p.evidence), None)
    if shown is None:
        return None
    return f"You show {title(shown.slug)}: {first_words(annotation.sentences[shown.evidence[0]])}."


def _shape(annotation: Annotation) -> str | None:
    opening, ending = annotation.sentences[0], annotation.sentences[-1]
    return f"It has a shape, from {first_words(opening)} to {first_words(ending)}."


def _own_part(annotation: Annotation) -> str | None:
    letters = annotation.star or ("A",) * len(annotation.sentences)
    acts = [t for t, letter in zip(annotation.sentences, letters, strict=True) if letter == "A"]
    own = next((t for t in acts if decides(t)), None) or next((t for t in acts if I_SUBJECT.search(t)), None)
    return None if own is None else f"You make your own part clear: {first_words(own)}."


FINDERS: dict[str, Callable[[Annotation], str | None]] = {
    "structure": _shape,
    "metrics": _number,
    "principle": _principle,
    "customer": _customer,
    "ownership": _own_part,
}
