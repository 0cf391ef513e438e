"""Sums without a sign for them that do not hold: "a thousand shops, eight each, so that's eighty thousand"; "60 of the
200 said yes, so half".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from voicemock.scoring.claims.arithmetic import agrees, spoken
from voicemock.scoring.model import Inconsistency
from voicemock.scoring.numbers.hedges import is_hedged
from voicemock.scoring.numbers.quantities import Quantity, find_quantities

TOLERANCE, HEDGED_TOLERANCE = 0.06, 0.15
SHARE_TOLERANCE = 0.08  # of the whole: who says "a third" of 100 may mean 30 or 38
FAR = 9  # words between two numbers of one sum
# "Eight a day" may come to a figure for a week or a year.
TIMES = (1, 4, 7, 12, 24, 30, 52, 60, 365)
_COMES_TO = re.compile(
    r"(?i)(?:,|—|–|-|\bso\b|\band\b|\bwhich\b|\bthat\b)[^.!?]{0,20}?"
    r"\b(?:that'?s|that is|that makes|makes|comes to|so|gives(?: me| us)?|it'?s)"
    r"(?: about| around| roughly| some| almost| nearly)?\s*$"
)
# "40 a site each", and not "one for each" or "each 15 minutes", which is how often.
_EACH_BETWEEN = re.compile(r"(?i)(?<!for )\b(?:each|every one)\b(?!\s*$)")
_EACH_AFTER = re.compile(r"(?i)^\s*(?!(?:\w+\s+)?for each)(?:\w+\s+){0,2}(?:each|apiece|a head)\b")
_SHARES = {"half": 0.5, "a third": 1 / 3, "two thirds": 2 / 3, "a quarter": 0.25, "three quarters": 0.75}
_SHARE_SAID = re.compile(
    r"(?i)^[^.!?\d]{0,45}?(?:\bso\b|\bthat'?s\b|\bthat is\b|,|\bwhich is\b)\s*(?:that'?s |that is |it'?s )?"
    r"(?P<loose>about |almost |nearly |around |roughly )?(?P<share>half|a third|two thirds|a quarter|three quarters)\b"
    r"(?!\s+(?:a|an|hour|million|thousand|dozen|past|as)\b)"
)
_OUT_OF = re.compile(r"(?i)\b(?:of|out of)(?: the| those| these| our| all)?\s*$")


def find_implied_sums(sentences: Sequence[str]) -> Iterator[Inconsistency]:
    for number, text in enumerate(sentences):
        found = [one for one in find_quantities(text) if not one.weak]
        if len(found) > 1:
            yield from _each(number, text, found)
            yield from _share(number, text, found)


def _each(number: int, text: str, found: Sequence[Quantity]) -> Iterator[Inconsistency]:
    for first, second, said in zip(found, found[1:], found[2:], strict=False):
        between, after = text[first.end : second.start], text[second.end : said.start]
        each = _EACH_BETWEEN.search(between) or _EACH_AFTER.match(after)
        plain = all(one.unit != "%" and one.kind != "ratio" for one in (first, second, said))
        near = max(len(between.split()), len(after.split())) <= FAR
        if not (each and plain and near and _COMES_TO.search(after)):
            continue
        # "Six rounds of 40 seconds each" come to four minutes.
        timed = said.seconds is not None and (first.seconds is not None or second.seconds is not None)
        values = [q.seconds if timed and q.seconds else q.value for q in (first, second, said)]
        product, stated = values[0] * values[1], values[2]
        tolerance = HEDGED_TOLERANCE if is_hedged(text, said.start, said.end) else TOLERANCE
        # "Ten sites, four boxes each, nine forms a box" multiplies all three.
        factors = [1.0, *(q.value for q in found if q.end <= first.start)]
        if not any(
            agrees(product * times * factor, stated, tolerance) for times in TIMES for factor in factors
        ):
            yield Inconsistency(number, text[said.start : said.end], spoken(product))


def _share(number: int, text: str, found: Sequence[Quantity]) -> Iterator[Inconsistency]:
    for whole, part in pairwise(found):
        between = text[whole.end : part.start]
        counts = whole.unit == part.unit == "" and 0 < part.value < whole.value
        told = _OUT_OF.search(text[: whole.start]) and "," in between and len(between.split()) <= FAR
        share = _SHARE_SAID.match(text[part.end :]) if counts and told else None
        if share is None:
            continue
        said, true = _SHARES[share["share"].lower()], part.value / whole.value
        if min(abs(said - true), abs(said - (1 - true))) > SHARE_TOLERANCE:
            yield Inconsistency(number, share["share"], f"{100 * true:.0f}%")
