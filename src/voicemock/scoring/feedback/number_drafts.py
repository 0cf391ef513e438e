"""What is missing or wrong about numbers: sums, goals, first figures that never come back, outcomes in adjectives."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material, figure, hole, plural_subject, unit_of
from voicemock.scoring.feedback.moved import moved
from voicemock.scoring.feedback.vague_subject import quotable, subject_of
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.model import Inconsistency, Metric
from voicemock.scoring.models.lexicon import pattern, words

ENOUGH = 2  # result metrics in a story (rubric section 2)


def number_drafts(told: Material) -> Iterator[Draft]:
    yield from _sums(told)
    yield from _vague(told)
    if told.annotation.is_story:
        yield from _goal(told)
        yield from _never_back(told)
        for metric in told.annotation.results:
            yield from _firmer(told, metric)
        yield from _more(told)
        yield from _apart(told)


def _sums(told: Material) -> Iterator[Draft]:
    """A pair and its change, or a sum; two starting values are told once, and neither is called right."""
    seen: set[frozenset[str]] = set()
    slips = told.annotation.inconsistencies
    for slip in slips:
        key = frozenset((slip.said, slip.computed))
        if key in seen:
            continue
        seen.add(key)
        both = any(slip.computed in text for i, text in enumerate(told.sentences) if i != slip.sentence)
        fields = {"said": slip.said, "true": slip.computed}
        if both:
            yield Draft("two-values", "metrics", slip.sentence, fields, 4.0, "inconsistent", decides=1.0)
        else:
            pair = pair_of(told, slip)
            yield Draft(
                "sum-of-pair" if pair else "sum",
                "metrics",
                slip.sentence,
                {**fields, **pair},
                4.0,
                "inconsistent",
                decides=1.0,
            )


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
    return {"before": before, "after": after, "way": way, "now": after, "Of": opened(told.measured(metric))}


def opened(name: str | None) -> str | None:
    """With a capital, as it opens a sentence."""
    return name[0].upper() + name[1:] if name else None


def _vague(told: Material) -> Iterator[Draft]:
    """The outcome in adjectives: the one that has a subject to ask about goes first."""
    firm = [m for m in told.annotation.results if not m.hedged]
    decides = 0.75 if len(firm) < ENOUGH else 0.45
    letters = told.annotation.star or ()
    hoped = pattern("fix_words", "hoped")
    claims = [
        v
        for v in told.annotation.vague
        if not hoped.search(v.text) and (not letters or letters[v.sentence] in "RA")
    ]
    if not told.annotation.is_story:
        yield from _told_elsewhere(told)
        return
    if told.says_any("unmeasured"):
        return
    value = min(2.0 + len(told.annotation.results), 4.0)
    for vague in claims[:3]:
        subject = subject_of(told.sentences[vague.sentence], vague.text)
        fields = {"customers": told.customers, "act": _act(told), **(subject.fields if subject else {})}
        fields["quote"] = quotable(told.sentences[vague.sentence], vague.text)
        if subject is None and fields["quote"] is None:
            continue
        kind = f"vague-{subject.sort}" if subject else "vague"
        yield Draft(kind, "metrics", vague.sentence, fields, value, "vague", decides)
        decides -= 0.1


def _told_elsewhere(told: Material) -> Iterator[Draft]:
    """In a proposal: "we did that at my last company, and it went well"."""
    for vague in told.annotation.vague:
        quote = quotable(told.sentences[vague.sentence], vague.text)
        if quote and happened(told.sentences[vague.sentence], vague.text):
            yield Draft("vague-told", "metrics", vague.sentence, {"quote": quote}, 4.0, "vague", decides=0.2)
            return


def happened(sentence: str, claim: str) -> bool:
    """Whether it is told as done, not as hoped for."""
    return bool(pattern("gaps", "told").search(claim)) and not pattern("fix_words", "hoped").search(sentence)


def _act(told: Material) -> str | None:
    return f"{told.act.verb} {told.act.rest}" if told.act else None


def _goal(told: Material) -> Iterator[Draft]:
    found = goal_against_result(told)
    if found is not None and not told.says_any("missed"):
        yield found


def goal_against_result(told: Material) -> Draft | None:
    """A goal with a figure, and a result of the same thing that does not reach it."""
    for goal in told.annotation.metrics:
        if goal.role != "target" or goal.after is None or goal.mode == "negated" or goal.before is not None:
            continue
        for result in told.annotation.results:
            later = result.sentence > goal.sentence
            if (
                later
                and result.unit == goal.unit
                and _same_thing(told, goal, result)
                and _met(goal, result) is False
            ):
                fields = {**metric_fields(told, result), "goal": figure(goal.after, goal.unit)}
                return Draft("goal-missed", "metrics", result.sentence, fields, 4.0, decides=0.9)
    return None


def goal_of_result(told: Material, result: Metric) -> str | None:
    """The goal that this result reached, as one says it."""
    goals = (m for m in told.annotation.metrics if m.role == "target" and m.sentence < result.sentence)
    for goal in goals:
        comparable = goal.unit == result.unit and goal.after is not None and goal.mode != "negated"
        if comparable and _same_thing(told, goal, result) and _met(goal, result):
            return figure(goal.after, goal.unit)
    return None


def _same_thing(told: Material, goal: Metric, result: Metric) -> bool:
    """Whether both name the same measure; a goal without a name is one of the only result."""
    first, second = told.measure(goal), told.measure(result)
    if first and second:
        return first.head.low == second.head.low
    return False


def _met(goal: Metric, result: Metric) -> bool | None:
    """Whether the result reached the goal; None where the direction is not known."""
    if result.before is None or goal.after is None or result.after is None:
        return None
    falling = goal.after < result.before
    return result.after <= goal.after if falling else result.after >= goal.after


def _never_back(told: Material) -> Iterator[Draft]:
    """The figure that showed the problem, and no later one of the same thing."""
    for first in told.annotation.metrics:
        opens = first.sentence <= len(told.sentences) // 2 and first.mode == "done" and not first.hedged
        lone = first.kind in ("rate", "time", "score") and first.before is None
        if first.role != "baseline" or not lone or not opens:
            continue
        phrase = moved(told.sentences[first.sentence], first.text)
        name, start = told.measured(first), figure(first.after, unit_of(first))
        if (
            phrase is None
            or not name
            or not start
            or any(_comes_back(first, m) for m in told.annotation.metrics)
        ):
            continue
        fields = {"Of": opened(name), "start": start, "end": hole(unit_of(first))}
        fields |= {"your": to_you(name), "Your": opened(to_you(name))}
        fields["is"] = "were" if plural_subject(name) else "was"
        yield Draft("never-back", "metrics", first.sentence, fields, 4.0, decides=0.6)
        return


def _comes_back(first: Metric, later: Metric) -> bool:
    """Whether a later figure is of the same thing, or may be: one with a before of its own is not."""
    if later.sentence <= first.sentence or later.kind != first.kind or later.role == "context":
        return False
    return later.before is None or later.before == first.after


def metric_fields(told: Material, metric: Metric) -> dict[str, str | None]:
    name = told.measured(metric)
    counted = metric.kind == "count" and metric.before is None and name is not None
    now = figure(metric.after, unit_of(metric))
    return {
        "of": None if counted else name,
        "your": None if counted or not name else to_you(name),
        "Your": None if counted or not name else opened(to_you(name)),
        "Of": None if counted else opened(name),
        "now": f"{now} {name}" if counted and now else now,
        "before": figure(metric.before, unit_of(metric)),
        "hole": hole(unit_of(metric)),
        "customers": told.customers,
        "act": _act(told),
        "to_do": told.act.to_do if told.act else None,
    }


def _firmer(told: Material, metric: Metric) -> Iterator[Draft]:
    value = 4.0 if len(told.annotation.results) >= ENOUGH else 2.5
    fields = metric_fields(told, metric)
    name, now = fields["of"], fields["now"]
    honest = told.says_any("unmeasured") or told.says_any("known", max(metric.sentence - 1, 0))
    if metric.hedged and not honest:
        yield Draft("hedged", "metrics", metric.sentence, fields, value, decides=0.4)
    elif (
        metric.before is None
        and metric.period is None
        and metric.kind in ("rate", "score", "time")
        and metric.change_pct is None
    ):
        known = any(m.role == "baseline" and m.kind == metric.kind for m in told.annotation.metrics)
        if not known and name and now:
            yield Draft("no-before", "metrics", metric.sentence, fields, value, decides=0.35)
    elif metric.before is not None and metric.period is None and not told.says_any("period"):
        yield Draft("no-period", "metrics", metric.sentence, fields, value, decides=0.2)


def _more(told: Material) -> Iterator[Draft]:
    results = told.annotation.results
    if told.says_any("unmeasured"):
        return
    done = told.done
    fields = {"customers": told.customers, "deed": done.told_to_you if done else None, "thing": told.thing}
    if told.of_a_failure:
        end = max(told.lettered("RA"), default=None)
        if not told.says_any("toll"):
            yield Draft("failure-cost", "metrics", end, fields, 3.0, decides=0.55)
        return
    if not results:
        yield Draft(
            "no-result",
            "metrics",
            max(told.lettered("RA"), default=None),
            fields,
            3.0,
            decides=0.8 if not told.annotation.vague else 0.5,
        )
    elif len(results) == 1 and results[0].kind != "money":
        yield Draft(
            "one-number", "metrics", results[0].sentence, metric_fields(told, results[0]), 3.5, decides=0.3
        )


def improves(told: Material, metric: Metric) -> bool:
    """Whether the change was for the good: by what is measured, or where that is not known by what is said of it."""
    text = told.sentences[metric.sentence].lower()
    if pattern("fix_words", "worse").search(text):
        return False
    falls = (metric.after or 0.0) < (metric.before or 0.0)
    name = f"{metric.of or ''} {metric.text}".lower()
    if pattern("fix_words", "lower_is_better").search(name):
        return falls
    return not falls if pattern("fix_words", "higher_is_better").search(name) else True


def _apart(told: Material) -> Iterator[Draft]:
    """Nothing sets the change apart from the season or from what others did."""
    if told.of_a_failure:
        return
    lasting = [m for m in told.annotation.results if m.before is not None or m.kind == "money"]
    firm = [m for m in lasting if improves(told, m)]
    if firm:
        best = max(firm, key=lambda m: (told.measure(m) is not None, m.before is not None, m.sentence))
        if told.says_any("matched"):
            yield Draft("compared-how", "metrics", None, metric_fields(told, best), 4.0, decides=0.15)
        if not told.says_any("compared"):
            yield Draft("apart", "metrics", best.sentence, metric_fields(told, best), 4.0, decides=0.15)
        if not told.says_any("lasted", best.sentence):
            yield Draft("lasting", "metrics", best.sentence, metric_fields(told, best), 4.0, decides=0.05)
    if told.act and told.act.verb in words("fix_words", "large") and not told.says_any("price"):
        yield Draft(
            "price",
            "ownership",
            None,
            metric_fields(told, firm[0]) if firm else {"to_do": told.act.to_do},
            4.0,
            decides=0.1,
        )
