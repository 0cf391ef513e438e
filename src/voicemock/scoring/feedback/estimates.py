"""What an estimate or a test is built on: the answer, the guess it hangs on, and sums done for the candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from math import log10, prod

from voicemock.scoring.claims.claim import in_unit
from voicemock.scoring.claims.find import find_claims
from voicemock.scoring.feedback.material import Material, is_served
from voicemock.scoring.feedback.spoken_figures import figure, unit_of
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.phrases import noun_phrases
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.quantities import Quantity, find_quantities
from voicemock.scoring.numbers.units import CENTS

_GUESSES = re.compile(
    r"(?i)\b(?:i(?:'d| would)? (?:say|think|guess|assume|take|go|reckon|put)|i'll (?:say|assume|take|go)"
    r"|let's say|say|maybe|probably|assum\w+|my guess|call it|suppose|i'm (?:guessing|assuming))\b"
)
_KNOWN = re.compile(
    r"(?i)\b(?:remember|know|census|read|according|there(?:'s| are| is)|population|last year|today|currently|survey)\b"
)
_PEOPLE = re.compile(r"(?i)\b(?:people|inhabitants|households|customers|residents|families|adults)\b")
_ELSEWHERE = re.compile(
    r"(?i)\b(?:(?:my|the|our) (?:last|old|previous|former) \w+|(?:that|the last|the other) one (?:did|had|was|made))\b"
)
A_YEAR = (1, 12, 52, 365)  # what is told by the month, the week or the day, for the year
MOST_FACTORS = 8  # of the numbers just said
ROUNDED = 0.04  # a product is told rounded
# A change that is told or supposed, and no target: "the fee went down by 20%", "if orders fall another 5%".
_CHANGED = re.compile(r"(?i)\b(?:went|fell|dropped|rose|climbed|sank|grew|slid|jumped|gone (?:up|down))\b")
_SUPPOSED = re.compile(r"(?i)\bif (?:[\w-]+ ){1,5}(?:falls?|drops?|rises?|climbs?|grows?|loses?|slides?)\b")
_AIMED = re.compile(r"(?i)\b(?:targets?|goals?|aim\w*|want|i'd|would|should|must|hope|until)\b")
POWER = 16  # of the usual test: 80% power at 95%, so many p(1-p)/d² a group


def answer_of(told: Material) -> tuple[Metric, str] | None:
    """The figure that the estimate ends on, with its noun: "440 vans"."""
    for metric in reversed(told.annotation.metrics):
        if metric.sentence < len(told.sentences) // 2:
            break
        arrived = pattern("gaps", "arrived").search(told.sentences[metric.sentence])
        if metric.kind == "count" and arrived:
            said = _counted(told, metric)
            return (metric, said) if said else None  # a bare last figure is no reason to take one before it
    return None


def guess_of(told: Material, answer: Metric | None) -> tuple[Metric, str] | None:
    """The input that is the candidate's own guess: a share before a count, never a population or what is known."""
    found = []
    for metric in told.annotation.metrics:
        text = told.sentences[metric.sentence]
        before = answer is None or metric.sentence < answer.sentence
        own = (
            (metric.hedged or _GUESSES.search(text))
            and not _KNOWN.search(text)
            and not _PEOPLE.search(metric.text)
            and not _ELSEWHERE.search(told.sentences[max(0, metric.sentence - 1)] + " " + text)
        )
        if not before or not own or metric.kind not in ("rate", "count") or metric.before is not None:
            continue
        said = figure(metric.after, unit_of(metric)) if metric.kind == "rate" else _counted(told, metric)
        if said and (metric.after or 0) > 0:
            found.append((metric.kind != "rate", metric, said))
    best = min(found, key=lambda row: row[0], default=None)
    return (best[1], best[2]) if best else None


def _counted(told: Material, metric: Metric) -> str | None:
    """ "25 drops": a count with what is counted; None for a bare number."""
    name = told.measured(metric)
    said = figure(metric.after, None)
    if name and name.split()[-1].lower() in words("fix_words", "dimensions"):
        return None
    return f"{said} {name}" if metric.kind == "count" and name and said and " of " not in name else None


def one_for_every(told: Material, answer: Metric) -> dict[str, str | None]:
    """ "one for every 9,000 people": the answer against the largest number of people that was said."""
    people = [
        m
        for m in told.annotation.metrics
        if m.kind == "count"
        and m.after
        and m.sentence < answer.sentence
        and (_PEOPLE.search(m.text) or is_served(m.of or ""))
    ]
    most = max(people, key=lambda m: m.after or 0.0, default=None)
    if most is None or not answer.after or not most.after or most.after < 2 * answer.after:
        return {}
    ratio = most.after / answer.after
    rounded = round(ratio, 1 - int(log10(ratio))) if ratio >= 10 else round(ratio)
    noun = _PEOPLE.search(most.text)
    if abs(rounded - ratio) > 0.01 * ratio:
        rounded = round(ratio, 2 - int(log10(ratio)))
    return {"ratio": f"{rounded:,.0f}", "people": noun[0].lower() if noun else most.of}


def group_size(told: Material) -> dict[str, str | None]:
    """How many each group of a test needs, from its own base and smallest effect."""
    rates = [m for m in told.annotation.metrics if m.kind == "rate" and m.after and 0 < m.after < 100]
    base = next(
        (
            m
            for m in rates
            if re.search(
                r"(?i)\b(?:base(?:line)?|today|now|currently|at the moment)\b", told.sentences[m.sentence]
            )
        ),
        None,
    )
    effect = next(
        (m for m in told.annotation.metrics if m.after and "point" in m.text.lower() and 0 < m.after < 20),
        None,
    )
    if base is None or effect is None or base is effect or not base.after or not effect.after:
        return {}
    size = needed(base.after, effect.after)
    digits = 1 - int(log10(size))
    said = f"{round(size, digits):,.0f}"
    return {
        "size": said,
        "base": figure(base.after, "%"),
        "effect": f"{effect.after:g} point{'s' if effect.after != 1 else ''}",
    }


def needed(base: float, effect: float) -> float:
    return POWER * base * (100 - base) / effect**2


def factors_said(told: Material, metric: Metric) -> bool:
    """Whether the sum was just shown: "184,000 loans a year at $0.90, $166,000", a day's or month's for the year too.

    The factors stand in the sentence or the one before; at least one is an amount of money.
    """
    if not metric.after:
        return False
    near = told.sentences[max(0, metric.sentence - 1) : metric.sentence + 1]
    factors = [one for text in near for one in _factors(text) if not _is_same(one[0], metric.after)]
    return any(
        any(money for _, money in chosen)
        and any(_is_same(prod(value for value, _ in chosen) * times, metric.after) for times in A_YEAR)
        for size in (2, 3)
        for chosen in combinations(factors[-MOST_FACTORS:], size)
    )


def _factors(text: str) -> Iterator[tuple[float, bool]]:
    """The numbers of a sentence and how far its pairs went, points as shares, each with whether it is money."""
    for claim in find_claims(text, story=False):
        if claim.before is not None and claim.after is not None:
            apart = in_unit(claim.before, claim.main) - in_unit(claim.after, claim.main)
            yield _as_factor(abs(apart), claim.main)
    for quantity in find_quantities(text):
        yield _as_factor(abs(quantity.value), quantity)


def _as_factor(value: float, quantity: Quantity) -> tuple[float, bool]:
    hundredth = quantity.unit in ("%", "pp", "points", *CENTS)
    return value / 100 if hundredth else value, quantity.kind == "money"


def _is_same(first: float, second: float) -> bool:
    return abs(first - second) <= ROUNDED * abs(second)


def happened(sentence: str) -> bool:
    """Whether a sentence tells of a change or supposes one, and sets no target."""
    told = _CHANGED.search(sentence) and not _AIMED.search(sentence.replace("’", "'"))
    return bool(told or _SUPPOSED.search(sentence))


def guardrail_of(told: Material, sentences: list[int]) -> str | None:
    """The thing that must not get worse, where no number says how much: "support calls"."""
    for i in sentences:
        if any(m.sentence == i for m in told.annotation.metrics):
            return None
    for i in sentences:
        text = clean(told.sentences[i])
        found = pattern("wordcues", "guards").search(text)
        phrase = next(
            (p for p in noun_phrases(text) if found and found.end() <= p.tokens[0].start <= found.end() + 5),
            None,
        )
        if (
            phrase
            and phrase.tokens[0].tag not in ("DET", "POSS")
            and phrase.plural
            and not is_served(phrase.head.low)
        ):
            return phrase.inside
    return None
