"""Whether a question that cut in was answered: is what it asked for in the sentences that came after it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer import DIRECT
from voicemock.scoring.findings.customer_cues import customer_cue, has_customer
from voicemock.scoring.findings.frameworks import pattern_of
from voicemock.scoring.findings.ownership import admits_own_part, voice_of
from voicemock.scoring.gaps.framework import most
from voicemock.scoring.gaps.heard import says
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern

SEEN = 0.5  # the probability from which a sentence model counts as a yes
# The framework part that each kind asks for; the first that the answer's framework has.
PARTS = {
    "clarify-first": ("clarify", "user"),
    "prioritise": ("prioritise",),
    "trade-off": ("tradeoff", "tradeoffs"),
    "kpi": ("measure", "metrics"),
    "guardrail": ("guardrail",),
    "hypothesis": ("hypothesis",),
    "sample-size": ("sample_size",),
    "sanity-check": ("sanity_check",),
    "scope": ("scope",),
    "data-model": ("data_model",),
}


def answered(before: Annotation, after: Annotation, kind: str) -> bool:
    """`before` is the answer when the question was asked, `after` the same answer later."""
    new = [i for i in range(len(before.sentences), len(after.sentences)) if not _does_not_know(after, i)]
    if not new:
        return False
    if kind in PARTS:
        return _part(after, new, PARTS[kind])
    check = CHECKS.get(kind)
    return check is not None and check(after, new)


Check = Callable[[Annotation, Sequence[int]], bool]


def _does_not_know(after: Annotation, sentence: int) -> bool:
    """ "I don't remember exactly": no answer, unless a number comes with it."""
    return says(after, "not_known", sentence) and not any(m.sentence == sentence for m in after.metrics)


def _metrics(after: Annotation, new: Sequence[int]) -> list[Metric]:
    return [
        m for m in after.metrics if m.sentence in new and not _is_emphasis(m, after.sentences[m.sentence])
    ]


# "It was a team effort, one hundred percent": nothing is counted. Said alone it may be the number asked for.
EMPHASIS = re.compile(r"\w\W* (?:(?:a|one) hundred per ?cent|100 ?%)\W*$", re.IGNORECASE)


def _is_emphasis(metric: Metric, text: str) -> bool:
    """Whether a hundred percent of nothing in particular ends the sentence."""
    whole = metric.kind == "rate" and metric.after == 100 and metric.before is None and metric.of is None
    return whole and "," in text and bool(EMPHASIS.search(text))


def _any(test: Callable[[str], object]) -> Check:
    return lambda after, new: any(test(after.sentences[i]) for i in new)


def _listed(*keys: str) -> Check:
    return lambda after, new: any(says(after, key, i) for i in new for key in keys)


def _number(after: Annotation, new: Sequence[int]) -> bool:
    return any(not metric.hedged for metric in _metrics(after, new))


def _before_or_period(after: Annotation, new: Sequence[int]) -> bool:
    found = _metrics(after, new)
    return any(m.before is not None or m.period is not None or m.role == "baseline" for m in found)


def _sure(after: Annotation, new: Sequence[int]) -> bool:
    return _number(after, new) or _listed("measured")(after, new)


def _met_customer(after: Annotation, new: Sequence[int]) -> bool:
    by_words = any(customer_cue(after.sentences[i]) == "direct" for i in new)
    return by_words or any(after.customer_chances[i, DIRECT] >= SEEN for i in new)


# "I am proud", "I felt responsible" and "I give them all the credit" tell of no part in it.
FEELING = re.compile(
    r"\b(?:i|i'm)(?: \w+ly| really| still| also)? ?(?:am|'m|was|feel|felt|think|thought|guess|believe|hope|love|like)?"
    r" ?(?:very |so |really |quite )?(?:proud|happy|glad|grateful|sure|responsible|lucky|sorry)\b"
    r"|\bi(?:'d|'ll| would| have to| must| want to| can only)? (?:give|gave|thank|thanked|credit|praise)\b",
    re.IGNORECASE,
)


def _own_part(text: str) -> bool:
    return voice_of([FEELING.sub("", text)]).i > 0


def _result(after: Annotation, new: Sequence[int]) -> bool:
    """A result is a number, or what came of it for customers or the business; applause is none."""
    if any(metric.role == "result" for metric in _metrics(after, new)):
        return True
    letters = after.star or ()
    results = [i for i in new if i < len(letters) and letters[i] == "R"]
    return any(has_customer(after.sentences[i]) or says(after, "business", i) for i in results)


def _part(after: Annotation, new: Sequence[int], names: tuple[str, ...]) -> bool:
    """By the model of the part, or by its tell-tale words."""
    framework = after.framework_name
    found = after.framework
    if framework is None or found is None:
        return False
    part = next((name for name in names if name in found.parts), None)
    if part is None:
        return False
    words = any(pattern_of(framework, part).search(after.sentences[i]) for i in new)
    return words or most(after.since(new[0]), part) >= SEEN


CHECKS: dict[str, Check] = {
    "customer-impact": _any(has_customer),
    "customer-voice": _met_customer,
    "exact-number": _number,
    "baseline": _before_or_period,
    "so-what": lambda after, new: _any(has_customer)(after, new) or _listed("business")(after, new),
    "why-this": _any(lambda text: pattern("ownership", "reason").search(text)),
    "your-part": _any(_own_part),
    "hedged": _sure,
    "attribution": _listed("isolated", "set_apart"),
    "blame": _any(admits_own_part),
    "hypothetical": _any(_own_part),
    "no-action": _any(_own_part),
    "no-substance": _any(has_customer),
    "result-now": _result,
    "scale": _listed("scale"),
}
