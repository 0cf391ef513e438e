"""What is missing from an answer so far (rubric section 7): one function a kind, each looking at the last sentence.

Each is narrow on purpose. A question about something that was said a moment ago makes an interviewer look deaf, so a
gap counts only where nothing nearby fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicemock.scoring.annotate import Annotation
from voicemock.scoring.customer_cues import has_customer
from voicemock.scoring.lexicon import pattern
from voicemock.scoring.model import Metric
from voicemock.scoring.ownership import admits_own_part, blames, chooses_without_reason, says_we_only

LARGE_MONEY = 100_000  # a sum from which "how do you know it was this change" is fair; the rubric's own step (section 2)
SURE, UNSURE = 0.6, 0.25  # probabilities of a sentence model above which a thing was said, below which it was not
DIRECT, INDIRECT = 0, 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: its kind, the words that show it, and what they measured, both verbatim or empty."""

    kind: str
    quote: str = ""
    metric: str = ""


Detector = Callable[[Annotation], Gap | None]


def says(annotation: Annotation, key: str, sentence: int) -> bool:
    return bool(pattern("gaps", key).search(annotation.sentences[sentence].replace("’", "'")))


def said(annotation: Annotation, key: str) -> int:
    """In how many sentences something of this list was said."""
    return sum(says(annotation, key, i) for i in range(len(annotation.sentences)))


def last(annotation: Annotation) -> int:
    return len(annotation.sentences) - 1


def letter(annotation: Annotation) -> str:
    return annotation.star[-1] if annotation.star else "-"


def last_results(annotation: Annotation) -> list[Metric]:
    return [m for m in annotation.results if m.sentence == last(annotation)]


def customer_seen(annotation: Annotation) -> bool:
    """Whether a customer came up at all, by word or by what the sentences look like."""
    if said(annotation, "customer") or any(has_customer(text) for text in annotation.sentences):
        return True
    return bool(annotation.customer_chances.max(initial=0.0) >= UNSURE)


def customer_impact(annotation: Annotation) -> Gap | None:
    if not annotation.is_story or len(annotation.sentences) < 4 or letter(annotation) in "LO":
        return None
    return None if customer_seen(annotation) else Gap("customer-impact")


def customer_voice(annotation: Annotation) -> Gap | None:
    chances = annotation.customer_chances
    if len(chances) < 3 or letter(annotation) not in "TAR-" or chances[:, DIRECT].max() >= UNSURE:
        return None
    if chances[:, INDIRECT].max() < SURE:
        return None
    return Gap("customer-voice", quote=annotation.sentences[int(chances[:, INDIRECT].argmax())])


def exact_number(annotation: Annotation) -> Gap | None:
    vague = [v for v in annotation.vague if v.sentence == last(annotation)]
    return Gap("exact-number", quote=vague[0].text) if vague else None


def hedged(annotation: Annotation) -> Gap | None:
    found = [m for m in last_results(annotation) if m.hedged]
    return Gap("hedged", quote=found[0].text, metric=found[0].text) if found and annotation.is_story else None


def baseline(annotation: Annotation) -> Gap | None:
    """A result with neither a before nor a period, and no earlier number of its kind that could be the before."""
    if not annotation.is_story:
        return None
    for metric in last_results(annotation):
        known = [m for m in annotation.metrics if m is not metric and m.kind == metric.kind and m.role != "context"]
        if metric.before is None and metric.period is None and not known and metric.kind != "ratio":
            return Gap("baseline", quote=metric.text, metric=metric.text)
    return None


def so_what(annotation: Annotation) -> Gap | None:
    results = last_results(annotation)
    here = last(annotation)
    if not annotation.is_story or not results or not says(annotation, "technical", here):
        return None
    if any(m.kind in ("money", "score") for m in results) or says(annotation, "business", here):
        return None
    return None if says(annotation, "customer", here) else Gap("so-what", quote=results[0].text)


def why_this(annotation: Annotation) -> Gap | None:
    here = last(annotation)
    if letter(annotation) != "A" or not chooses_without_reason(annotation.sentences[here]):
        return None
    return Gap("why-this", quote=annotation.sentences[here])


def your_part(annotation: Annotation) -> Gap | None:
    """The last two action sentences, this one among them, say "we" and never "I"."""
    if letter(annotation) != "A" or annotation.star is None:
        return None
    actions = [i for i, star in enumerate(annotation.star) if star == "A"]
    foggy = [says_we_only(annotation.sentences[i]) for i in actions]
    if len(actions) < 2 or not all(foggy[-2:]) or sum(foggy) * 2 < len(foggy):
        return None
    return Gap("your-part", quote=annotation.sentences[actions[-1]])


def attribution(annotation: Annotation) -> Gap | None:
    if not annotation.is_story or said(annotation, "isolated"):
        return None
    for metric in last_results(annotation):
        value = metric.after if metric.after is not None else 0.0
        if metric.kind == "money" and abs(value) >= LARGE_MONEY:
            return Gap("attribution", quote=metric.text, metric=metric.text)
    return None


def blame(annotation: Annotation) -> Gap | None:
    texts = annotation.sentences
    if not annotation.is_story or any(admits_own_part(text) for text in texts) or sum(map(blames, texts)) < 2:
        return None
    return Gap("blame", quote=texts[-1]) if blames(texts[-1]) else None


STORY: tuple[Detector, ...] = (
    exact_number, hedged, attribution, baseline, so_what, blame, your_part, customer_voice, why_this, customer_impact,
)  # fmt: skip
