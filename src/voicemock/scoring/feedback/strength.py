"""The one strength that opens the report: two facts of the answer, and why together they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

from voicemock.scoring.feedback.estimates import answer_of, guess_of
from voicemock.scoring.feedback.gate import first_that_passes
from voicemock.scoring.feedback.material import Material, figure, unit_of
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.number_drafts import goal_of_result, improves
from voicemock.scoring.feedback.own_words import turned_down
from voicemock.scoring.feedback.proposals import chosen_of, measure_of, nothing_yet
from voicemock.scoring.feedback.story_drafts import opponent
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.ownership import admits_own_part
from voicemock.scoring.language.clauses import Act, acts_told, to_you
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.model import Fix, Metric
from voicemock.scoring.models.lexicon import lexicon, pattern, words
from voicemock.scoring.rubric.judge import Judgement

NOTHING_TO_PRAISE = 1.5  # an overall at which the answer is none
PARTS_ONLY = 2.0
TELLING = 5  # words, from which on an act can be pictured by itself
Finder = Callable[[Material], Iterator[str]]


def strength(told: Material, judgement: Judgement, fixes: Sequence[Fix] = ()) -> str | None:
    """A sentence about what this answer does well; None where nothing is. What a fix mends is not praised."""
    if judgement.overall <= NOTHING_TO_PRAISE or told.annotation.faults:
        return None
    if not told.annotation.is_story and judgement.overall <= PARTS_ONLY:
        return None  # parts that are named and hardly done
    attacked = {fix.dimension for fix in fixes}
    finders = STORY if told.annotation.is_story else FRAMEWORK
    visits = {act.did for act in _visits(told)} if "customer" in attacked else set()
    candidates = (text for find, praises in finders if praises not in attacked for text in find(told))
    return first_that_passes(
        (text for text in candidates if not any(visit in text for visit in visits)), told
    )


def _visits(told: Material) -> Iterator[Act]:
    for text in told.sentences:
        if customer_cue(text) == "direct":
            yield from (act for act in acts_told(text) if act.verb in words("fix_words", "met"))


def _acts(told: Material, since: int = 0) -> list[Act]:
    """The candidate's own acts, those that take courage or show the principle asked for first; one a sentence."""
    evidence = {
        i for p in told.annotation.principles if p.slug == told.asked and p.demonstrated for i in p.evidence
    }
    found = []
    for i in told.lettered("TA"):
        acts = [act for act in acts_told(told.sentences[i]) if act.verb not in words("fix_words", "routine")]
        best = min(acts, key=_ease, default=None)
        if i >= since and best is not None:
            found.append((_ease(best) - (i in evidence) - ("my own" in told.sentences[i].lower()), i, best))
    return [act for _, _, act in sorted(found, key=lambda row: row[:2])]


def _ease(act: Act) -> int:
    if act.verb in words("fix_words", "hard"):
        return 0
    return 1 if act.verb in words("fix_words", "weighty") else 2


def _met(told: Material) -> Iterator[str]:
    """The candidate went to a customer, then did something, and it moved a number."""
    for i, text in enumerate(told.sentences):
        if customer_cue(text) != "direct":
            continue
        visit = next((act for act in acts_told(text) if act.verb in words("fix_words", "met")), None)
        later = next(iter(_acts(told, i + 1)), None)
        if visit and later:
            yield from _with_proof(told, f"You {visit.did} before you {later.did}", i)
            yield f"You {visit.did} before you {later.did}, so what came of it answers people and not a report."


def _turned(told: Material) -> Iterator[str]:
    """Somebody was against it, and the candidate answered with a deed."""
    found = opponent(told, turned=True)
    if found is None:
        return
    at, who = found
    near = range(at, min(at + 4, len(told.sentences)))
    answers = [
        a for i in near for a in acts_told(told.sentences[i]) if a.verb in words("fix_words", "answered")
    ]
    for answer in answers:
        yield from _with_proof(told, f"{opened(who)} was against it, and you {answer.did}", at)
        yield f"{opened(who)} was against it, and you {answer.did}: you answered a doubt with a deed."


def _gave_up(told: Material) -> Iterator[str]:
    """The easier way, by its name, and what was done in its place."""
    other = turned_down(told)
    act = next(iter(_acts(told, other[0])), None) if other else None
    if other and act:
        yield from _with_proof(told, f"With {other[1]} on the table, you {act.did}", other[0])
        yield f"With {other[1]} on the table, you {act.did}: you saw the easy way and left it."


def _hard(told: Material) -> Iterator[str]:
    """Two acts from different sentences, the harder first, and the number that they moved."""
    acts = _acts(told)
    for second in (act for act in acts[1:] if act.verb != acts[0].verb):
        yield from _with_proof(told, f"You {acts[0].did} and {second.did}")
    for act in acts:
        yield from _with_proof(told, f"You {act.did}")


def _with_proof(told: Material, deed: str, since: int = 0) -> Iterator[str]:
    """The deed and the figure from sentence `since` on that shows that it worked; nothing where there is none."""
    proof = _shown_by(told, since)
    if proof is not None:
        yield f"{deed}; {proof}"


def _shown_by(told: Material, since: int) -> str | None:
    """ "corrections going from 4.8% to 1.2% is the proof of it."."""
    for metric in _sound_results(told):
        if metric.sentence < since:
            continue
        fields = metric_fields(told, metric)
        goal = goal_of_result(told, metric)
        name = fields["of"]
        if name is None:
            continue  # two figures of something: a listener asks of what
        against = f", against a goal of {goal}," if goal else ""
        apart = ", with others to compare it to," if told.says_any("matched") else ""
        ends: list[str] = lexicon("fix_words")["proofs"]
        end = ends[crc32(told.sentences[0].encode()) % len(ends)]
        return f"{to_you(name)} going from {fields['before']} to {fields['now']}{against or apart} {end}"
    return None


def _against_odds(told: Material) -> Iterator[str]:
    """What made it hard (nobody had asked, no budget, two weeks), and what was done all the same."""
    for i, text in enumerate(told.sentences):
        odds = _odds(text.replace("’", "'"))
        acts = _acts(told, i) if odds else []
        for act in acts[:1]:
            second = next((a for a in acts[1:] if a.verb != act.verb), None)
            deed = f"you {act.did} and {second.did}" if second else f"you {act.did}"
            yield from _with_proof(told, f"{odds} {deed}", i)
            yield f"{odds} {deed}: that's what makes it yours."


def _odds(text: str) -> str | None:
    """ "Nobody had asked you to, and", "With no budget,", "With two weeks to do it,"."""
    if pattern("fix_words", "unbidden").search(text):
        return "Nobody had asked you to, and"
    without = pattern("fix_words", "without").search(text)
    if without:
        return f"With no {without[0].split()[-1].lower()},"
    given = pattern("fix_words", "given").search(text)
    return f"With {' '.join(given[0].split()[-2:]).lower()} to do it," if given else None


def _admitted(told: Material) -> Iterator[str]:
    """Asked for a failure, the candidate says what was theirs in it, in so many words."""
    if not pattern("fix_words", "failure").search(told.question):
        return
    at = next(
        (i for i, text in enumerate(told.sentences) if pattern("fix_words", "fault").search(text)), None
    )
    if at is not None and admits_own_part(told.sentences[at]):
        act = next(iter(_acts(told, at + 1)), None)
        after = f", and then you {act.did}" if act else ""
        yield f"You name your own part in it before anybody asks{after}: that makes the rest believable."


def _one_act(told: Material) -> Iterator[str]:
    """One deed, and why it convinces for what was asked."""
    asked = told.asked
    shown = any(p.slug == asked and p.demonstrated for p in told.annotation.principles)
    why = lexicon("fix_words")["convinces"].get(asked) if asked and shown else None
    acts = _acts(told)
    for second in (act for act in acts[1:] if act.verb != acts[0].verb):
        if why:
            yield f"You {acts[0].did} and {second.did}: {why}"
    for act in acts:
        if why:
            yield f"You {act.did}: {why}"
    for act in acts:
        if len(act.did.split()) >= TELLING and not pattern("fix_words", "principle_words").search(act.did):
            yield f"You {act.did}: that's the act to build this story on."


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


def _target(told: Material) -> str | None:
    """ "median wait from 14 minutes to 6 minutes": the first change that is aimed at."""
    for metric in told.annotation.metrics:
        before, after = figure(metric.before, unit_of(metric)), figure(metric.after, unit_of(metric))
        if metric.role == "target" and before and after:
            name = told.measured(metric)
            return f"{name} from {before} to {after}" if name else f"from {before} to {after}"
    return None


def _estimated(told: Material) -> dict[str, str | None]:
    if told.annotation.framework_name != "estimation":
        return {}
    answer = answer_of(told)
    guess = guess_of(told, answer[0] if answer else None)
    return {"answer": answer[1] if answer else None, "guess": guess[1] if guess else None}


def _parts(told: Material) -> Iterator[str]:
    """Two parts of the framework that are covered and belong together, the rarest pair first."""
    framework = told.annotation.framework
    if framework is None or nothing_yet(told):
        return
    known = {
        "customers": told.customers, "idea": chosen_of(told), "kpi": measure_of(told), "topic": told.topic,
        "target": _target(told), **_estimated(told),
    }  # fmt: skip
    for named in (True, False):
        for row in lexicon("framework_strengths").get(framework.name, ()):
            if all(framework.parts.get(part) for part in row["parts"]):
                for text in row["says"]:
                    needed = [name for name in known if f"{{{name}}}" in text]
                    if bool(needed) is named and all(known[name] for name in needed):
                        yield opened(text.format(**{name: known[name] for name in needed}))


# What each praises: a fix of the same dimension takes it off.
STORY: tuple[tuple[Finder, str], ...] = (
    (_turned, ""), (_met, "customer"), (_gave_up, ""), (_admitted, ""), (_against_odds, ""), (_hard, ""),
    (_one_act, ""), (_result, "metrics"),
)  # fmt: skip
FRAMEWORK: tuple[tuple[Finder, str], ...] = ((_parts, ""),)
