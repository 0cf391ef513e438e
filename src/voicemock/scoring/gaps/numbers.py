"""What a figure just said leaves open: a sum that is wrong, a goal that was missed, a guess, no before, no meaning."""

from __future__ import annotations

import re

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.number_drafts import goal_against_result, solid
from voicemock.scoring.feedback.sums import pair_of
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.heard import last, last_results, letter, said, says
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import find_quantities

HUGE_MONEY = 1_000_000  # a guess of this size carries an argument, whatever its role
SOURCE_NEAR = 2  # sentences in which it may just have been said who counted
_ONE = r"(?:\d[\d.]*(?:,\d{3})*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+(?:teen|ty))\b)"
RANGE = re.compile(rf"(?i){_ONE}(?:,| or| to|-|–) ?{_ONE}")
LARGE_MONEY = 100_000  # from here on "how do you know" is fair; the rubric's step (section 2)


def false_sum(told: Material) -> Gap | None:
    """The last sentence reckons wrongly, or gives another figure for what was said before."""
    annotation = told.annotation
    here = last(annotation)
    slip = next((i for i in annotation.inconsistencies if i.sentence == here), None)
    if slip is None:
        return None
    fields: dict[str, str | None] = {"said": slip.said, "true": slip.computed}
    estimate = annotation.framework_name == "estimation"
    if any(slip.computed in text for text in told.sentences[:here]):
        return Gap("two-values", fields)
    return (
        Gap("sanity-check", {**fields, **pair_of(told, slip)})
        if estimate
        else Gap("false-sum", {**fields, **pair_of(told, slip)})
    )


def goal_missed(told: Material) -> Gap | None:
    """A result that falls short of the goal that was set, as if it had not."""
    found = goal_against_result(told)
    if found is None or found.sentence != last(told.annotation):
        return None
    return Gap("goal-missed", found.fields)


def _carries_an_argument(metric: Metric) -> bool:
    return metric.kind == "money" and (metric.after or 0.0) >= HUGE_MONEY and metric.actor != "other"


def _span(told: Material, metric: Metric) -> bool:
    """ "it's about nine months now", "two days": how long it went on, and not what it came to."""
    here = told.sentences[metric.sentence]
    return metric.kind == "time" and metric.before is None and not pattern("gaps", "change_told").search(here)


def hedged(told: Material) -> Gap | None:
    """A result that is told as a guess, by one who has not said where it comes from."""
    annotation = told.annotation
    here = [m for m in annotation.metrics if m.sentence == last(annotation) and m.hedged and m.after]
    found = [m for m in here if m.role == "result" or _carries_an_argument(m)]
    near = range(max(0, last(annotation) - SOURCE_NEAR), len(told.sentences))
    looked_up = any(says(annotation, "looked_up", i) for i in near)
    sourced = looked_up or told.says_any("known", near.start) or said(annotation, "isolated")
    honest = told.says_any("unmeasured") or sourced
    # who counted 300 parcels is no question worth a stop
    found = [m for m in found if solid(m) and m.kind not in ("count", "ratio") and not _span(told, m)]
    if not found or not annotation.is_story or honest:
        return None
    if letter(annotation) not in "RL" and not any(map(_carries_an_argument, found)):
        return None  # a guess at how things stood is no claim
    return Gap("hedged", _as_said(told, found[0]))


def _as_said(told: Material, metric: Metric) -> dict[str, str | None]:
    """The words of a figure, without it where it was a range: "six or seven percent" is not 6%."""
    fields = metric_fields(told, metric)
    ranged = metric.before is None and RANGE.search(told.sentences[metric.sentence])
    return {**fields, "now": None, "of": None, "Of": None} if ranged else fields


def baseline(told: Material) -> Gap | None:
    """The sentence's one number is a rate or ratio of a result, and nothing near says what it was before or since
    when.
    """
    annotation = told.annotation
    results = last_results(annotation)
    if not annotation.is_story or len(results) != 1 or results[0].kind not in ("rate", "ratio", "score"):
        return None
    if letter(annotation) not in "RL":
        return None  # a share of a budget that was lost, told as how things stood
    metric, here = results[0], last(annotation)
    if metric.actor == "other" or says(annotation, "wished", here):
        return None  # what a consultancy recommended has no before of the candidate's
    if not re.search(r"\d|per ?cent", metric.text):
        return None  # "half of the bands I grew up on"
    if metric.before is not None or metric.period is not None or says(annotation, "compared", here):
        return None
    if pattern("gaps", "by_how_much").search(annotation.sentences[here]):
        return None  # "down 12%" is a difference, and no level that had a before
    if pattern("gaps", "part_of").search(annotation.sentences[here]):
        return None  # "all but 2 percent", "ten percent of people got it": a part, and no level either
    near = range(max(0, here - 1), here + 1)
    if any(says(annotation, key, i) for i in near for key in ("isolated", "change_told")):
        return None
    earlier = [m for m in annotation.metrics if m is not metric and m.kind == metric.kind]
    if any(m.role != "context" for m in earlier):
        return None
    fields = _as_said(told, metric)
    return None if metric.kind == "ratio" and fields["of"] is None else Gap("baseline", fields)


def so_what(told: Material) -> Gap | None:
    """Something technical went from one figure to another, and nobody outside the system is said to have noticed."""
    annotation = told.annotation
    here = last(annotation)
    if not annotation.is_story or not says(annotation, "technical", here):
        return None
    if any(says(annotation, key, here) for key in ("business", "customer", "set_up")):
        return None  # what was set or offered is a choice of the test, and no difference that came about
    results = last_results(annotation)
    if not results or any(m.kind in ("money", "score") for m in results):
        return None
    if not pattern("gaps", "technical").search(f"{results[0].of or ''} {results[0].text}"):
        return None  # something technical stands beside it, and it is no figure of that
    heard = {abs(q.value) for q in find_quantities(told.sentences[here])}
    if results[0].before not in heard or results[0].after not in heard:
        return (
            None  # a share that was found is no difference, and two figures of two sentences may be no pair
        )
    return Gap("so-what", metric_fields(told, results[0]))


def attribution(told: Material) -> Gap | None:
    """A large sum is claimed as gained or saved, and nothing in the answer sets the change apart from the rest."""
    annotation = told.annotation
    here = last(annotation)
    if not annotation.is_story or said(annotation, "isolated") or told.says_any("compared"):
        return None
    if says(annotation, "compared", here):
        return None
    for metric in last_results(annotation):
        value = metric.after if metric.after is not None else 0.0
        if metric.kind == "money" and abs(value) >= LARGE_MONEY and says(annotation, "gained", here):
            return Gap("attribution", metric_fields(told, metric))
    return None
