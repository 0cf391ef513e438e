"""What is missing or wrong about numbers: sums, goals, first figures that never come back, outcomes in adjectives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.estimates import factors_said
from voicemock.scoring.feedback.material import Material, is_served, plural_subject
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.moved import moved
from voicemock.scoring.feedback.own_words import others_beside, rival_cause
from voicemock.scoring.feedback.plain_drafts import i_did, is_sure, own_act
from voicemock.scoring.feedback.spoken_figures import figure, hole, unit_of
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.dictionary import singular_of
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import lexicon, pattern

FEW = 5  # of a hedged count; fewer are no figure to doubt
LARGE = 100_000  # money from which on its sum is asked for
ENOUGH = 2  # result metrics in a story (rubric section 2)


def number_drafts(told: Material) -> Iterator[Draft]:
    if told.annotation.is_story:
        yield from _goal(told)
        yield from _goal_left_open(told)
        yield from _never_back(told)
        for metric in told.annotation.results:
            if is_sure(told, metric):
                yield from _firmer(told, metric)
        yield from _more(told)
        yield from _apart(told)


def _goal_left_open(told: Material) -> Iterator[Draft]:
    """A goal with a figure, and nothing later that says whether it was reached."""
    half = len(told.sentences) // 2
    for goal in told.annotation.metrics:
        said = figure(goal.after, unit_of(goal))
        lone = (
            goal.role == "target" and goal.mode == "planned" and goal.before is None and goal.kind != "time"
        )
        if not lone or not said or goal.sentence > half or goal.kind == "count":
            continue
        later = [m for m in told.annotation.metrics if m.sentence > goal.sentence and m.kind == goal.kind]
        moved_later = any(
            m.before is not None and m.sentence > goal.sentence for m in told.annotation.results
        )
        if (
            later
            or moved_later
            or goal.hedged
            or (told.annotation.star or "T" * (goal.sentence + 1))[goal.sentence] != "T"
        ):
            continue
        if told.says_any("reached", goal.sentence + 1) or told.says_any("missed", goal.sentence + 1):
            continue
        name = told.measured(goal)
        yield Draft(
            "goal-open", "metrics", goal.sentence,
            {"goal": said, "goal_of": name, "goal_hole": hole(unit_of(goal))}, 4.0, decides=0.6,
        )  # fmt: skip
        return


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
                and same_thing(told, goal, result)
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
        if comparable and same_thing(told, goal, result) and _met(goal, result):
            return figure(goal.after, goal.unit)
    return None


def same_thing(told: Material, goal: Metric, result: Metric) -> bool:
    """Whether both name the same measure; a goal without a name is one of the only result."""
    first, second = told.measure(goal), told.measure(result)
    if first and second:
        return first.head.low == second.head.low
    named = second or first
    other = told.sentences[goal.sentence if second else result.sentence].lower()
    return named is not None and singular_of(named.head.low) in re.findall(
        r"[a-z]+", other.replace("s ", " ")
    )


def _met(goal: Metric, result: Metric) -> bool | None:
    """Whether the result reached the goal; None where the direction is not known."""
    if result.before is None or goal.after is None or result.after is None or result.before == result.after:
        return None
    if pattern("fix_words", "kept_under").search(goal.text):
        return None  # "without remakes going over 4%": a limit of another thing
    falling = goal.after < result.before or bool(pattern("fix_words", "at_most").search(goal.text))
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
            or not _is_measure(name)
            or _looked_well(told, first)
            or any(_comes_back(first, m) for m in told.annotation.metrics)
        ):
            continue
        fields = {"Of": opened(name), "start": start, "end": hole(unit_of(first))}
        fields |= {"your": to_you(name), "Your": opened(to_you(name))}
        fields["is"] = "were" if plural_subject(name) else "was"
        yield Draft("never-back", "metrics", first.sentence, fields, 4.0, decides=0.6)
        return


def _is_measure(name: str) -> bool:
    """Whether a name is one of something that is known to rise and fall, and not "the floor"."""
    return any(pattern("fix_words", way).search(name) for way in ("lower_is_better", "higher_is_better"))


def _looked_well(told: Material, first: Metric) -> bool:
    """ "On paper all was fine, the average was 1.4 days": the figure that misled, and no trouble."""
    return bool(pattern("fix_words", "looked_well").search(told.sentences[first.sentence].replace("’", "'")))


def _comes_back(first: Metric, later: Metric) -> bool:
    """Whether a later figure is of the same thing, or may be: one with a before of its own is not."""
    if later.sentence <= first.sentence or later.kind != first.kind or later.role == "context":
        return False
    return later.before is None or later.before == first.after


def _firmer(told: Material, metric: Metric) -> Iterator[Draft]:
    value = 4.0 if len(told.annotation.results) >= ENOUGH else 2.5
    fields = metric_fields(told, metric)
    name, now = fields["of"], fields["now"]
    honest = told.says_any("unmeasured") or told.says_any("known", max(metric.sentence - 1, 0))
    sentence = told.sentences[metric.sentence]
    rival = rival_cause(told, metric.sentence)
    if rival and now:
        yield Draft(
            "hedged-rival", "metrics", metric.sentence, {**fields, "rival": rival}, value, decides=0.5
        )
    elif metric.hedged and not honest and solid(metric) and carries(told, metric) and not _forecast(sentence):
        fields["hedge"] = hedge_before(sentence, now)
        if fields["hedge"] is None:
            return
        yield Draft("hedged", "metrics", metric.sentence, fields, value, decides=0.4)
    elif metric.before is not None and metric.period is None and name and not told.says_any("period"):
        yield Draft("no-period", "metrics", metric.sentence, fields, value, decides=0.2)


def _forecast(sentence: str) -> bool:
    return bool(pattern("fix_words", "forecast").search(sentence.replace("’", "'")))


def carries(told: Material, metric: Metric) -> bool:
    """Whether anything hangs on a hedged figure: it has a before, is money, or is a share or time with a name."""
    if metric.before is not None or metric.kind == "money":
        return True
    return metric.kind in ("rate", "score", "time") and told.measure(metric) is not None


def solid(metric: Metric) -> bool:
    """Whether a number can carry a question: "one star", "2 of them" cannot."""
    if re.search(r"(?i)\b(?:millions|thousands|hundreds|dozens)\b", metric.text):
        return False  # "millions of euros" is no million
    measured = metric.kind in ("time", "money", "rate") and unit_of(metric) is not None
    return measured or metric.before is not None or abs(metric.after or 0.0) >= FEW


def hedge_before(sentence: str, now: str | None) -> str | None:
    """The hedge as it was said right before this figure: "something like"."""
    number = re.sub(r"[^\d.,]", "", (now or "").split(" ")[0])
    hedges = lexicon("fix_words")["hedge_words"]
    found = (
        re.search(rf"(?i)\b({'|'.join(hedges)}),? (?:[$£€])?{re.escape(number)}(?!\d)", sentence)
        if number
        else None
    )
    return found[1].lower() if found else None


def _more(told: Material) -> Iterator[Draft]:
    results = told.annotation.results
    if told.says_any("unmeasured"):
        return
    if told.of_a_failure:
        end = max(told.lettered("RA"), default=None)
        plain = [
            text.replace("’", "'") for text in told.sentences
        ]  # being passed over costs nothing to repair
        happened = told.annotation.reading.own or told.annotation.reading.group
        failed = any(
            pattern("gaps", "failed").search(t) or pattern("fix_words", "fault").search(t) for t in plain
        )
        if happened and failed and not told.figures and not told.says_any("toll"):
            yield Draft("failure-cost", "metrics", end, {}, 3.0, decides=0.55)
        return
    act = own_act(told)
    ends = told.lettered("R") or told.annotation.vague
    if not results and not ends and act:
        yield Draft("month-later", "metrics", None, i_did(act), 3.0, decides=0.6)
    elif len(results) == 1 and results[0].kind in ("rate", "time", "count") and is_sure(told, results[0]):
        fields = metric_fields(told, results[0])
        yield Draft("one-number", "metrics", results[0].sentence, fields, 3.5, decides=0.3)


def improves(told: Material, metric: Metric) -> bool:
    """Whether the change was for the good: by what is measured, or where that is not known by what is said of it."""
    measured = told.measured(metric) or metric.of or ""
    text = told.sentences[metric.sentence].lower().replace(measured.lower(), "")  # "lost parcels" is a name
    if pattern("fix_words", "worse").search(text):
        return False
    falls = (metric.after or 0.0) < (metric.before or 0.0)
    name = f"{measured} {metric.of or ''} {metric.text}".lower()
    if pattern("fix_words", "lower_is_better").search(name):
        return falls
    return not falls if pattern("fix_words", "higher_is_better").search(name) else True


def _apart(told: Material) -> Iterator[Draft]:
    """What sets the change apart from the season or from what others did, and how many it was."""
    if told.of_a_failure or any(
        pattern("quoting", "honest_cause").search(text.replace("’", "'")) for text in told.sentences
    ):
        return  # whoever says that the cause is not known is not asked for it
    lasting = [m for m in told.annotation.results if m.before is not None or m.kind == "money"]
    firm = [m for m in lasting if improves(told, m) and is_sure(told, m)]
    if not firm:
        return
    best = max(firm, key=lambda m: (told.measure(m) is not None, m.before is not None, m.sentence))
    fields = metric_fields(told, best)
    compared = told.says_any("matched") or told.says_any("compared")
    if not compared and best.before is not None:
        others = others_beside(told)
        drifts = bool(pattern("fix_words", "drifts").search(f"{fields['of'] or ''} {best.text}"))
        if others and fields["of"]:
            yield Draft("apart", "metrics", best.sentence, {**fields, "others": others}, 4.0, decides=0.3)
        elif fields["of"] and not told.says_any("spread") and not told.says_any("year_on"):
            yield Draft("season", "metrics", best.sentence, fields, 4.0, decides=0.15 if drifts else 0.1)
    yield from _share_of(told, firm)
    for metric in firm:
        large = metric.kind == "money" and metric.before is None and (metric.after or 0) >= LARGE
        if compared:
            break  # it is already what came on top
        sums = pattern("fix_words", "summed").search(told.sentences[metric.sentence])
        shown = sums or factors_said(told, metric)
        if large and metric.unit and not shown and not told.says_any("known"):
            earned = pattern("fix_words", "earned").search(told.sentences[metric.sentence])
            yield Draft(
                "earned" if earned else "worth",
                "metrics",
                metric.sentence,
                {**metric_fields(told, metric), "each": hole(metric.unit)},
                4.0,
                decides=0.3,
            )
            break
    named = fields["of"] is not None
    if (
        named
        and best.before is not None
        and abs(best.before) >= FEW
        and not told.says_any("lasted", best.sentence)
    ):
        yield Draft("lasting", "metrics", best.sentence, fields, 4.0, decides=0.05)


def _share_of(told: Material, firm: Sequence[Metric]) -> Iterator[Draft]:
    """A share that moved, and nothing says of how many."""
    for metric in firm:
        share = metric.kind == "rate" and unit_of(metric) == "%" and metric.before is not None
        counted = any(
            m.kind == "count"
            and (m.sentence in (metric.sentence, metric.sentence + 1) or is_served(m.of or ""))
            for m in told.annotation.metrics
        )
        if share and not counted:
            yield Draft(
                "of-how-many", "metrics", metric.sentence, metric_fields(told, metric), 4.0, decides=0.05
            )
            return
