"""What is missing from an answer so far (rubric section 7): one function a kind, each looking at the last
sentence.

Each is narrow on purpose. A question about something that was said a moment ago makes an interviewer look
deaf, so a
gap counts only where nothing nearby fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from voicemock.scoring.feedback.quotes import first_clause
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer import DIRECT, INDIRECT
from voicemock.scoring.findings.customer_cues import customer_cue, has_customer
from voicemock.scoring.findings.ownership import admits_own_part, blames, chooses_without_reason, says_we_only
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern

LARGE_MONEY = 100_000  # from here on "how do you know" is fair; the rubric's step (section 2)
SURE, UNSURE = 0.6, 0.25  # chances from which a thing was said, and under which it was not
SETTLED = 4  # the fifth sentence: by then a story has said whom it is about
PROPOSAL_ENDS = 7  # from the eighth sentence on, a proposal tells outcomes
BARE_CHOICE_WORDS = 16
REMEMBERED = 4096  # sentences: the same ones are looked at again after each new one
# Stories whose customers are colleagues.
ABOUT_PEOPLE = frozenset({"hire-and-develop-the-best", "strive-to-be-earths-best-employer"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: its kind, the words that show it, and what they measured, both verbatim or empty."""

    kind: str
    quote: str = ""
    metric: str = ""


Detector = Callable[[Annotation], Gap | None]


def says(annotation: Annotation, key: str, sentence: int) -> bool:
    return _matches(key, annotation.sentences[sentence])


@lru_cache(maxsize=REMEMBERED)
def _matches(key: str, text: str) -> bool:
    return bool(pattern("gaps", key).search(text.replace("’", "'")))


@lru_cache(maxsize=REMEMBERED)
def _names_customer(text: str) -> bool:
    return _matches("customer", text) or has_customer(text)


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
    if any(_names_customer(text) for text in annotation.sentences):
        return True
    return bool(annotation.customer_chances.max(initial=0.0) >= UNSURE)


def customer_impact(annotation: Annotation) -> Gap | None:
    """Story after story sentence about product, team or plan, and no customer. Not where people are the
    subject.
    """
    if not annotation.is_story or last(annotation) < SETTLED or letter(annotation) in "LO":
        return None
    if annotation.principle in ABOUT_PEOPLE or customer_seen(annotation):
        return None
    return Gap("customer-impact")


def customer_voice(annotation: Annotation) -> Gap | None:
    """Customers are known second hand only, and the candidate is past the set-up, where a visit could still
    come.
    """
    chances = annotation.customer_chances
    if last(annotation) < SETTLED or letter(annotation) not in "AR":
        return None
    if chances[:, DIRECT].max() >= UNSURE or any(
        customer_cue(text) == "direct" for text in annotation.sentences
    ):
        return None
    if chances[:, INDIRECT].max() < SURE:
        return None
    source = pattern("customer", "indirect").search(annotation.sentences[int(chances[:, INDIRECT].argmax())])
    return Gap("customer-voice", quote=source[0] if source else "")


def exact_number(annotation: Annotation) -> Gap | None:
    """A vague claim in a result, or of an outcome told late in a proposal."""
    vague = [v for v in annotation.vague if v.sentence == last(annotation)]
    if annotation.is_story:
        due = letter(annotation) == "R"
    else:
        vague = [v for v in vague if pattern("gaps", "told").search(v.text)]
        due = last(annotation) >= PROPOSAL_ENDS
    return Gap("exact-number", quote=vague[0].text) if vague and due else None


def hedged(annotation: Annotation) -> Gap | None:
    found = [m for m in last_results(annotation) if m.hedged]
    return Gap("hedged", quote=found[0].text, metric=found[0].text) if found and annotation.is_story else None


def baseline(annotation: Annotation) -> Gap | None:
    """The sentence's one number is a rate or ratio of a result, and nothing near says what it was before or
    since when.
    """
    results = last_results(annotation)
    if not annotation.is_story or len(results) != 1 or results[0].kind not in ("rate", "ratio", "score"):
        return None
    metric, here = results[0], last(annotation)
    if metric.before is not None or metric.period is not None or says(annotation, "compared", here):
        return None
    near = range(max(0, here - 1), here + 1)
    if any(says(annotation, "isolated", i) for i in near) or any(
        says(annotation, "change_told", i) for i in near
    ):
        return None
    earlier = [m for m in annotation.metrics if m is not metric and m.kind == metric.kind]
    return (
        None
        if any(m.role != "context" for m in earlier)
        else Gap("baseline", quote=metric.text, metric=metric.text)
    )


def so_what(annotation: Annotation) -> Gap | None:
    results = last_results(annotation)
    here = last(annotation)
    if not annotation.is_story or not results or not says(annotation, "technical", here):
        return None
    if any(m.kind in ("money", "score") for m in results) or says(annotation, "business", here):
        return None
    return None if says(annotation, "customer", here) else Gap("so-what", quote=results[0].text)


def why_this(annotation: Annotation) -> Gap | None:
    """A bare choice: a short sentence of action that decides, with no reason in it or before it."""
    here = last(annotation)
    text = annotation.sentences[here]
    if (
        letter(annotation) != "A"
        or len(text.split()) > BARE_CHOICE_WORDS
        or not says(annotation, "decided", here)
    ):
        return None
    return Gap("why-this") if chooses_without_reason(text) else None


def your_part(annotation: Annotation) -> Gap | None:
    """The last two action sentences, this one among them, say "we" and never "I"."""
    if letter(annotation) != "A" or annotation.star is None:
        return None
    actions = [i for i, star in enumerate(annotation.star) if star == "A"]
    foggy = [says_we_only(annotation.sentences[i]) for i in actions]
    if len(actions) < 2 or not all(foggy[-2:]) or sum(foggy) * 2 < len(foggy):
        return None
    return Gap("your-part", quote=first_clause(annotation.sentences[actions[-1]]))


def attribution(annotation: Annotation) -> Gap | None:
    """A large sum is claimed as gained or saved, and nothing in the answer sets the change apart from the
    rest.
    """
    here = last(annotation)
    if not annotation.is_story or said(annotation, "isolated") or says(annotation, "compared", here):
        return None
    for metric in last_results(annotation):
        value = metric.after if metric.after is not None else 0.0
        if metric.kind == "money" and abs(value) >= LARGE_MONEY and says(annotation, "gained", here):
            return Gap("attribution", quote=metric.text, metric=metric.text)
    return None


def blame(annotation: Annotation) -> Gap | None:
    texts = annotation.sentences
    if not annotation.is_story or any(admits_own_part(text) for text in texts) or sum(map(blames, texts)) < 2:
        return None
    return Gap("blame", quote=first_clause(texts[-1])) if blames(texts[-1]) else None


STORY: tuple[Detector, ...] = (
    exact_number, hedged, attribution, baseline, so_what, blame, your_part, customer_voice, why_this,
    customer_impact,
)  # fmt: skip
