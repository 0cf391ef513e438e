"""The one strength that opens the report: two facts of the answer, and why together they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

from voicemock.scoring.feedback.gate import first_that_passes
from voicemock.scoring.feedback.material import OWN, Material, figure, has_object, unit_of
from voicemock.scoring.feedback.number_drafts import goal_of_result, improves, metric_fields, opened
from voicemock.scoring.feedback.own_words import turned_down
from voicemock.scoring.feedback.proposals import chosen_of, idea_of, measure_of
from voicemock.scoring.feedback.story_drafts import opponent
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.ownership import admits_own_part
from voicemock.scoring.language.clauses import Clause, to_you
from voicemock.scoring.model import Fix, Metric
from voicemock.scoring.models.lexicon import lexicon, pattern, words
from voicemock.scoring.rubric.delivery import Delivery
from voicemock.scoring.rubric.judge import Judgement

NOTHING_TO_PRAISE = 1.5  # an overall at which the answer is none
TELLING = 3  # words after the verb, from which on a deed can be pictured
Finder = Callable[[Material], Iterator[str]]


def strength(told: Material, judgement: Judgement, spoken: Delivery, fixes: Sequence[Fix] = ()) -> str | None:
    """A sentence about what this answer does well; None where nothing is. What a fix mends is not praised."""
    del spoken
    if judgement.overall <= NOTHING_TO_PRAISE or told.annotation.faults:
        return None
    attacked = {fix.dimension for fix in fixes}
    finders = STORY if told.annotation.is_story else FRAMEWORK
    candidates = (text for find, praises in finders if praises not in attacked for text in find(told))
    return first_that_passes(candidates, told)


def _met(told: Material) -> Iterator[str]:
    """The candidate went to a customer, then did something, and it moved a number."""
    for i, text in enumerate(told.sentences):
        if customer_cue(text) != "direct":
            continue
        visit = next((d for d in told.deeds(i, OWN) if d.verb in words("fix_words", "met")), None)
        later = next(iter(_hard_deeds(told, i + 1)), None)
        if visit and later:
            yield f"{_you(visit)} before {_low(_you(later))}{_shown_by(told, i)}"
            yield f"{_you(visit)} before {_low(_you(later))}, so what came of it answers people and not a report."


def _turned(told: Material) -> Iterator[str]:
    """Somebody was against it, and the candidate answered with a deed."""
    found = opponent(told, turned=True)
    if found is None:
        return
    at, who = found
    answer = next(
        (
            d
            for i in range(at, min(at + 4, len(told.sentences)))
            for d in told.deeds(i, OWN)
            if d.verb in words("fix_words", "answered") and len(d.rest.split()) >= 2
        ),
        None,
    )
    if answer:
        did = f"{answer.verb} {to_you(answer.rest)}"
        yield f"{opened(who)} was against it, and you {did}{_shown_by(told, at)}"
        yield f"{opened(who)} was against it, and you {did}: you answered a doubt with a deed."


def _gave_up(told: Material) -> Iterator[str]:
    """The easier way, by its name, and what was done in its place."""
    other = turned_down(told)
    deed = next(iter(_hard_deeds(told, other[0] if other else 0)), None)
    if other and deed:
        yield f"With {other[1]} on the table, {_low(_you(deed))}{_shown_by(told, other[0])}"
        yield f"With {other[1]} on the table, {_low(_you(deed))}: you saw the easy way and left it."


def _hard(told: Material) -> Iterator[str]:
    """Two deeds from different sentences, the harder first, and the number that they moved."""
    deeds = _hard_deeds(told)
    for second in deeds[1:]:
        did = f"{second.verb} {to_you(second.rest)}"
        yield f"{_you(deeds[0])} and {did}{_shown_by(told, 0)}"
    for deed in deeds:
        yield f"{_you(deed)}{_shown_by(told, 0)}"


def _shown_by(told: Material, since: int) -> str:
    """ "; corrections going from 4.8% to 1.2% show that it worked.": empty figures end in nothing that passes."""
    for metric in _sound_results(told):
        if metric.sentence < since:
            continue
        fields = metric_fields(told, metric)
        goal = goal_of_result(told, metric)
        name = fields["of"]
        against = f", against a goal of {goal}" if goal else ""
        apart = ", with others beside it that didn't change" if told.says_any("matched") else ""
        ends: list[str] = lexicon("fix_words")["proofs"]
        end = ends[crc32(told.sentences[0].encode()) % len(ends)]
        moved = f"{to_you(name)} going from" if name else "going from"
        return f"; {moved} {fields['before']} to {fields['now']}{against or apart} {end}"
    return ""


def _admitted(told: Material) -> Iterator[str]:
    """Asked for a failure, the candidate says what was theirs in it, in so many words."""
    if not pattern("fix_words", "failure").search(told.question):
        return
    at = next(
        (i for i, text in enumerate(told.sentences) if pattern("fix_words", "fault").search(text)), None
    )
    if at is not None and admits_own_part(told.sentences[at]):
        deed = next(iter(_hard_deeds(told, at + 1)), None)
        after = f", and then you {deed.verb} {to_you(deed.rest)}" if deed else ""
        yield f"You name your own part in it before anybody asks{after}: that makes the rest believable."


def _hard_deeds(told: Material, since: int = 0) -> list[Clause]:
    """The candidate's own deeds that can be pictured, those that take courage first."""
    found = [
        d
        for i in told.lettered("TA")
        if i >= since
        for d in told.deeds(i, OWN)
        if len(d.rest.split()) >= TELLING and has_object(d) and d.verb not in words("fix_words", "routine")
    ]
    return sorted(
        found,
        key=lambda d: (d.verb not in words("fix_words", "hard"), d.verb not in words("fix_words", "weighty")),
    )


def _low(text: str) -> str:
    return text[0].lower() + text[1:]


def _you(deed: Clause) -> str:
    return f"You {deed.verb} {to_you(deed.rest)}"


def _one_act(told: Material) -> Iterator[str]:
    """One deed, and why it convinces for what was asked."""
    asked = told.asked
    shown = any(p.slug == asked and p.demonstrated for p in told.annotation.principles)
    why = lexicon("fix_words")["convinces"].get(asked) if asked and shown else None
    deed = next(iter(_hard_deeds(told)), None)
    if deed and why:
        yield f"{_you(deed)}: {why}"


def _result(told: Material) -> Iterator[str]:
    """A change with its start and what it was held against."""
    for metric in _sound_results(told):
        fields = metric_fields(told, metric)
        if fields["Your"] and fields.get("multiple"):
            change = f"went from {fields['before']} to {fields['now']}, {fields['multiple']}"
            yield f"{fields['Your']} {change}: lead with that, it's the strongest thing you have."


def _sound_results(told: Material) -> Iterator[Metric]:
    """Changes for the better whose figures hold."""
    wrong = {slip.sentence for slip in told.annotation.inconsistencies}
    found = [
        m
        for m in told.annotation.results
        if m.before is not None
        and figure(m.before, unit_of(m))
        and figure(m.after, unit_of(m))
        and m.sentence not in wrong
        and not m.hedged
        and m.mode == "done"
        and improves(told, m)
    ]
    yield from sorted(found, key=lambda m: told.measure(m) is None)


def _parts(told: Material) -> Iterator[str]:
    """Two parts of the framework that are covered and belong together, the rarest pair first."""
    framework = told.annotation.framework
    if framework is None:
        return
    idea = chosen_of(told) or idea_of(told)
    known = {"customers": told.customers, "idea": idea, "kpi": measure_of(told), "topic": told.topic}
    for named in (True, False):
        for row in lexicon("framework_strengths").get(framework.name, ()):
            if all(framework.parts.get(part) for part in row["parts"]):
                for text in row["says"]:
                    needed = [name for name in known if f"{{{name}}}" in text]
                    if bool(needed) is named and all(known[name] for name in needed):
                        yield opened(text.format(**{name: known[name] for name in needed})) or text


# What each praises: a fix of the same dimension takes it off.
STORY: tuple[tuple[Finder, str], ...] = (
    (_turned, ""), (_met, "customer"), (_gave_up, ""), (_admitted, ""), (_hard, ""), (_one_act, ""),
    (_result, "metrics"),
)  # fmt: skip
FRAMEWORK: tuple[tuple[Finder, str], ...] = ((_parts, ""),)
