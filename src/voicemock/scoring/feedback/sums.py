"""Sums of the candidate's own figures, done for them: what a change comes to, and which figures do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from voicemock.scoring.claims.claim import in_unit
from voicemock.scoring.claims.direction import FALL, RISE
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.number_drafts import improves, same_thing
from voicemock.scoring.feedback.plain_drafts import is_sure
from voicemock.scoring.feedback.spoken_figures import figure, unit_of
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.model import Inconsistency, Metric
from voicemock.scoring.numbers.quantities import find_quantities

STARTS_APART = 1.5  # times, between two starting values that are meant for the same
_TAKEN_BACK = re.compile(
    r"(?i)\b(?:hang on|hold on|no,? wait|scratch that|let me redo|that's wrong|sorry,? (?:no|it's))"
)
MOST_APART = 100  # times, between what was said and what it comes to


def sum_drafts(told: Material) -> Iterator[Draft]:
    yield from _slips(told)
    if told.annotation.is_story:
        yield from _won_back(told)
        yield from _side_by_side(told)


def _slips(told: Material) -> Iterator[Draft]:
    """A pair and its change, or a sum; two starting values are told once, and neither is called right."""
    seen: set[frozenset[str]] = set()
    slips = told.annotation.inconsistencies
    for slip in slips:
        key = frozenset((slip.said, slip.computed))
        if key in seen:
            continue
        seen.add(key)
        both = any(slip.computed in text for i, text in enumerate(told.sentences) if i != slip.sentence)
        if not any(slip.said in text for text in told.sentences) or _far_apart(slip):
            continue  # put together from words, or no sum of the same things: none to say back
        if any(_TAKEN_BACK.search(text) for text in told.sentences[slip.sentence : slip.sentence + 2]):
            continue  # the candidate has seen it
        fields = {"said": slip.said.removeprefix("in "), "true": slip.computed}
        if both and _first(told, fields["said"]) < _first(told, fields["true"]):
            fields = {"said": fields["true"], "true": fields["said"]}  # in the order in which they were told
        if slip.computed in (RISE, FALL):
            ways = {**fields, **_figures_of(told, slip)}
            yield Draft("wrong-way", "metrics", slip.sentence, ways, 4.0, "inconsistent", decides=1.0)
        elif both:
            yield Draft("two-values", "metrics", slip.sentence, fields, 4.0, "inconsistent", decides=1.0)
        else:
            pair = pair_of(told, slip)
            pair |= other_start(told, slip) if pair else {}
            yield Draft(
                "sum-of-pair" if pair else "sum",
                "metrics",
                slip.sentence,
                {**fields, **pair},
                4.0,
                "inconsistent",
                decides=1.0,
            )


def _first(told: Material, figure: str) -> int:
    """The first sentence that has it."""
    return next((i for i, text in enumerate(told.sentences) if figure in text), len(told.sentences))


def _far_apart(slip: Inconsistency) -> bool:
    """ "510,000, not 10": nobody is so far out, so the two are not of one sum."""
    said, computed = (find_quantities(text)[:1] for text in (slip.said, slip.computed))
    if not said or not computed:
        return False
    small, large = sorted((abs(said[0].value), abs(in_unit(computed[0], said[0]))))
    return large > MOST_APART * max(small, 1e-9)


def _figures_of(told: Material, slip: Inconsistency) -> dict[str, str | None]:
    """The two figures of a pair that goes the other way than it is said to."""
    pairs = (m for m in told.annotation.metrics if m.sentence == slip.sentence and m.before is not None)
    return next((metric_fields(told, metric) for metric in pairs), {})


def pair_of(told: Material, slip: Inconsistency) -> dict[str, str | None]:
    metric = next(
        (
            m
            for m in told.annotation.metrics
            if m.sentence in (slip.sentence, slip.sentence - 1) and m.before is not None
        ),
        None,
    )
    if metric is None or "%" not in slip.computed:
        return {}
    before, after = figure(metric.before, unit_of(metric)), figure(metric.after, unit_of(metric))
    if not before or not after:
        return {}
    way = "down" if (metric.after or 0) < (metric.before or 0) else "up"
    return {
        "before": before, "after": after, "way": way, "now": after,
        "Of": opened(told.measured(metric)), "period": period_of(metric),
    }  # fmt: skip


def other_start(told: Material, slip: Inconsistency) -> dict[str, str | None]:
    """A second starting value of the pair, where the answer gives one: "$48,000" early on, and "$52,000" later."""
    pairs = (m for m in told.annotation.results if m.sentence == slip.sentence and m.before is not None)
    pair = next(pairs, None)
    if pair is None or pair.before is None or not pair.after or pair.kind not in ("money", "time"):
        return {}
    for first in told.annotation.metrics:
        value = first.after
        lone = first.role == "baseline" and first.before is None and first.unit == pair.unit
        if lone and value and first.sentence < pair.sentence and value != pair.before:
            near = max(value, pair.before) <= STARTS_APART * min(value, pair.before)
            if near:
                change = 100 * abs(pair.after - value) / value
                return {"start": figure(value, unit_of(first)), "start_true": f"{change:.0f}%"}
    return {}


_LED = re.compile(r"(?i)^(?:in|over|within|inside|for|during|after)\s+(?:just |only |about )?")


def period_of(metric: Metric) -> str | None:
    """ "three months", as it follows "in"."""
    return _LED.sub("", metric.period) if metric.period and _LED.match(metric.period) else None


def _won_back(told: Material) -> Iterator[Draft]:
    """A fall and a return of the same thing: how much of what was lost was won back, worked out for the candidate."""
    for lost in told.annotation.metrics:
        for later in told.annotation.results:
            if not _return_of(told, lost, later):
                continue
            gone = abs((lost.after or 0.0) - (lost.before or 0.0))
            back = abs((lost.after or 0.0) - (later.after or 0.0))
            fields = metric_fields(told, later) | {
                "worst": figure(lost.after, unit_of(lost)), "gone": f"{gone:g}", "back": f"{back:g}",
            }  # fmt: skip
            yield Draft("won-back", "metrics", later.sentence, fields, 4.0, decides=0.5)
            return


def _return_of(told: Material, lost: Metric, later: Metric) -> bool:
    """Whether the second is the way back from the first, as far as it went: both in points of one named share."""
    if lost.before is None or lost.after is None or later.after is None or later.before is not None:
        return False
    named = told.measured(lost) is not None and same_thing(told, lost, later)
    alike = lost.kind == later.kind == "rate" and lost.unit == later.unit and not later.hedged
    between = min(lost.before, lost.after) <= later.after < max(lost.before, lost.after)
    rose = lost.after > lost.before
    return named and alike and between and rose and later.sentence > lost.sentence and is_sure(told, later)


def _side_by_side(told: Material) -> Iterator[Draft]:
    """A start and an end of the same measure, sentences apart: set beside each other, with what they come to."""
    for result in told.annotation.results:
        name = told.measured(result)
        if result.before is not None or result.hedged or not name or not is_sure(told, result):
            continue
        first = next((m for m in told.annotation.metrics if _start_of(told, m, result)), None)
        if first is not None:
            pair = replace(result, before=first.after)
            fields = metric_fields(told, pair)
            if fields.get("multiple") and improves(told, pair):
                yield Draft("side-by-side", "metrics", result.sentence, fields, 4.0, decides=0.45)
                return


def _start_of(told: Material, first: Metric, result: Metric) -> bool:
    mine, theirs = told.measured(first), told.measured(result)
    lone = first.role == "baseline" and first.before is None and first.mode == "done" and not first.hedged
    apart = result.sentence - first.sentence > 1 and first.unit == result.unit and first.after != result.after
    return lone and apart and mine is not None and theirs is not None and mine.lower() == theirs.lower()
