"""The one strength that opens the report: two facts of the answer, and why together they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from voicemock.rounds import PACE_WPM
from voicemock.scoring.feedback.gate import first_that_passes
from voicemock.scoring.feedback.material import OWN, Material, figure, has_object
from voicemock.scoring.feedback.number_drafts import goal_of_result, improves, metric_fields, opened
from voicemock.scoring.feedback.proposals import idea_of, measure_of
from voicemock.scoring.feedback.story_drafts import opponent
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.ownership import admits_own_part, decides
from voicemock.scoring.language.clauses import Clause, to_you
from voicemock.scoring.model import Fix, Metric
from voicemock.scoring.models.lexicon import lexicon, pattern, words
from voicemock.scoring.rubric.delivery import Delivery
from voicemock.scoring.rubric.judge import Judgement

NOTHING_TO_PRAISE = 1.5  # an overall at which the answer is none
Finder = Callable[[Material], Iterator[str]]


def strength(told: Material, judgement: Judgement, spoken: Delivery, fixes: Sequence[Fix] = ()) -> str | None:
    """A sentence about what this answer does well; None where nothing is. What a fix mends is not praised."""
    if judgement.overall <= NOTHING_TO_PRAISE or told.annotation.faults:
        return None
    attacked = {fix.dimension for fix in fixes}
    finders = STORY if told.annotation.is_story else FRAMEWORK
    candidates = [text for find, praises in finders if praises not in attacked for text in find(told)]
    return first_that_passes([*candidates, *_pace(spoken)], told)


def _met(told: Material) -> Iterator[str]:
    """The candidate went to a customer, and then did something."""
    for i, text in enumerate(told.sentences):
        if customer_cue(text) != "direct":
            continue
        visit = next((d for d in told.deeds(i, OWN) if d.verb in words("fix_words", "met")), None)
        later = _deed_after(told, i)
        if visit and later:
            yield f"{_you(visit)} before {_low(_you(later))}, so what you built answers people and not a report."
        elif visit:
            yield f"{_you(visit)} yourself instead of reading about it, and that makes the rest believable."


def _deed_after(told: Material, at: int) -> Clause | None:
    deeds = [d for i in told.lettered("A") if i > at for d in told.deeds(i, OWN) if len(d.rest.split()) >= 2]
    return next((d for d in deeds if d.verb in words("fix_words", "weighty")), None)


def _low(text: str) -> str:
    return text[0].lower() + text[1:]


def _you(deed: Clause) -> str:
    return f"You {deed.verb} {to_you(deed.rest)}"


def _turned(told: Material) -> Iterator[str]:
    """Somebody was against it, and the candidate answered with a deed."""
    found = opponent(told, turned=True)
    if found is None:
        return
    at, who = found
    answer = next(
        (
            d
            for i in range(at + 1, min(at + 4, len(told.sentences)))
            for d in told.deeds(i, OWN)
            if d.verb in words("fix_words", "answered")
        ),
        None,
    )
    if answer:
        did = f"{answer.verb} {to_you(answer.rest)}"
        yield f"{opened(who)} stood against it, and you {did}: an answer in deeds, which is how others are won."
    else:
        yield f"You say that {who} stood against it and how that was settled, which is the part most people leave out."


def _proved(told: Material) -> Iterator[str]:
    """A result with a before, and beside it a group that did not change, or a goal set first."""
    for metric in _sound_results(told):
        fields = metric_fields(told, metric)
        moved = (
            f"You took {fields['your']} from {fields['before']} to {fields['now']}"
            if fields["of"]
            else f"You got from {fields['before']} to {fields['now']}"
        )
        if told.says_any("compared"):
            yield f"{moved} and held it against those without the change, so nobody can put it down to the season."
        goal = goal_of_result(told, metric)
        if goal:
            yield f"{moved} against a goal of {goal} that you had set first, so a listener can judge it at once."


def _decided(told: Material) -> Iterator[str]:
    """A decision of the candidate's, and the other way that was open."""
    for i in told.lettered("A"):
        text = told.sentences[i]
        deed = next(iter(_weighty(told, i)), None)
        if deed and decides(text) and pattern("wordcues", "alternative").search(text):
            yield f"{_you(deed)} with another way on the table and say why, so the choice is yours and can be judged."
        elif deed and pattern("ownership", "reason").search(text):
            yield f"{_you(deed)} and give the reason in the same breath, so nobody has to ask why."


def _admitted(told: Material) -> Iterator[str]:
    """Asked for a failure, the candidate says what was theirs in it, in so many words."""
    if not pattern("fix_words", "failure").search(told.question):
        return
    at = next(
        (i for i, text in enumerate(told.sentences) if pattern("fix_words", "fault").search(text)), None
    )
    if at is not None and admits_own_part(told.sentences[at]):
        deed = next((d for i in told.lettered("A") if i > at for d in _weighty(told, i)), None)
        after = f", and then you {deed.verb} {to_you(deed.rest)}" if deed else ""
        yield f"You name your own part in it before anybody asks{after}: that makes the rest believable."


def _weighty(told: Material, sentence: int) -> list[Clause]:
    return [
        d
        for d in told.deeds(sentence, OWN)
        if d.verb in words("fix_words", "weighty") and len(d.rest.split()) >= 2
    ]


def _measured(told: Material) -> Iterator[str]:
    for metric in _sound_results(told):
        fields = metric_fields(told, metric)
        name = fields["Your"]
        moved = f"{name or 'You'} {'went' if name else 'got'} from {fields['before']} to {fields['now']}"
        yield f"{moved}: with a start and an end, a listener can judge how much that is."


def _own(told: Material) -> Iterator[str]:
    """Two deeds of the candidate's own."""
    deeds = [d for i in told.lettered("A") for d in told.deeds(i, OWN) if has_object(d)]
    if len(deeds) >= 2:
        yield f"{_you(deeds[0])}, then {_low(_you(deeds[1]))}: nobody has to ask which part was yours."
    elif deeds:
        yield f"{_you(deeds[0])} yourself, and say so, so nobody has to ask which part was yours."


def _sound_results(told: Material) -> Iterator[Metric]:
    """Changes for the better whose figures hold."""
    wrong = {slip.sentence for slip in told.annotation.inconsistencies}
    for metric in told.annotation.results:
        known = (
            metric.before is not None
            and figure(metric.before, metric.unit)
            and figure(metric.after, metric.unit)
        )
        if (
            known
            and metric.sentence not in wrong
            and not metric.hedged
            and metric.mode == "done"
            and improves(told, metric)
        ):
            yield metric


def _parts(told: Material) -> Iterator[str]:
    """Two parts of the framework that are covered and belong together, the rarest pair first."""
    framework = told.annotation.framework
    if framework is None:
        return
    known = {"customers": told.customers, "idea": idea_of(told), "kpi": measure_of(told)}
    for row in lexicon("framework_strengths").get(framework.name, ()):
        if all(framework.parts.get(part) for part in row["parts"]):
            for text in row["says"]:
                needed = [name for name in known if f"{{{name}}}" in text]
                if all(known[name] for name in needed):
                    yield opened(text.format(**{name: known[name] for name in needed})) or text


def _pace(spoken: Delivery) -> Iterator[str]:
    low, high = PACE_WPM
    if spoken.pace_wpm is not None and low <= spoken.pace_wpm <= high and not spoken.over_cap:
        yield f"At {spoken.pace_wpm} words a minute you are easy to follow, and you stop within your time."


# What each praises: a fix of the same dimension takes it off.
STORY: tuple[tuple[Finder, str], ...] = (
    (_met, "customer"), (_turned, ""), (_proved, ""), (_decided, "ownership"), (_admitted, ""), (_measured, ""),
    (_own, "ownership"),
)  # fmt: skip
FRAMEWORK: tuple[tuple[Finder, str], ...] = ((_parts, ""),)
