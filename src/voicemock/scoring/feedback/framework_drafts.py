"""What is missing in the rounds with a framework: its parts, and what a covered part leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.closed import closes_fix
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.estimates import (
    answer_of,
    group_size,
    guardrail_of,
    guess_of,
    happened,
    one_for_every,
)
from voicemock.scoring.feedback.framework_quotes import framework_quotes
from voicemock.scoring.feedback.material import Material, plural_subject
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.proposals import chosen_of, ideas_of, measure_of, nothing_yet, sentences_for
from voicemock.scoring.feedback.said_clauses import clauses_said
from voicemock.scoring.feedback.spoken_figures import hole, unit_of
from voicemock.scoring.feedback.told_proposals import shown, told_proposals
from voicemock.scoring.feedback.vague_subject import quotable
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.language.dictionary import kinds_of
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.models.lexicon import lexicon, pattern
from voicemock.scoring.numbers.quantities import find_quantities

BEFORE_IDEAS = ("clarify", "user")
OF_AN_IDEA = ("tradeoff", "prioritise", "measure")
SETTLED = 0.25  # the chance from which something was chosen
BEFORE_A_TEST = ("sample_size", "duration", "significance")  # what is no question once it is over
MANY = 10  # of anything, from which on a load is told
PROPOSED = 0.1  # of the sentences, in an answer that proposes hardly anything
DESIGN = frozenset({"product-sense", "system-design"})
_TODAY = re.compile(r"(?i)\b(?:today|now|currently|at the moment|at present)\b")
HARDLY_A_TARGET = 0.25  # the chance of one under which a figure that looks like it is none


def framework_drafts(told: Material) -> Iterator[Draft]:
    annotation = told.annotation
    framework = annotation.framework
    if framework is None or not annotation.sentences:
        return
    elsewhere = Draft("proposal-off-question", "structure", None, {"topic": told.topic}, 4.0, decides=2.0)
    if told_instead(told) and not closes_fix(elsewhere, told):
        yield elsewhere
        return
    open_parts = [part for part, covered in framework.parts.items() if not covered]
    last_gap = "gap" if len(open_parts) == 1 else ""
    shared = _fields(told)
    wordings = lexicon("fixes")
    empty = nothing_yet(told)
    if empty:  # there is nothing to choose, to pay for, or to measure
        yield Draft("no-idea", "structure", _place(told, {}), shared, 4.0, decides=_weight("no_idea"))
        open_parts = [part for part in open_parts if part in BEFORE_IDEAS]
    unnamed = framework.name == "product-sense" and not ideas_of(told) and not told.shows("pick") >= SETTLED
    for part in (part for part in open_parts if not _heard(told, part)):
        if unnamed and part in OF_AN_IDEA:
            continue  # "it" would point at nothing
        kind = f"{framework.name}.{part}" if f"{framework.name}.{part}" in wordings else part
        if kind == "metrics" and _sized(told):
            if told.says_any("holds_up"):
                continue
            kind = "sd-success"  # the load is told; how one would know is not
        if kind == "secondary" and "north_star" in open_parts:
            continue  # nothing can feed a number that isn't there
        if kind not in wordings or part == "arithmetic":  # a wrong sum is told with the right figure
            continue
        entry = lexicon("framework_fixes").get(framework.name, {}).get(part, {})
        dimension = entry.get("dimension", "structure")
        yield Draft(kind, dimension, _place(told, entry), shared, 4.0, last_gap, _weight(part))
    if not empty:
        yield from framework_quotes(told)
        yield from told_proposals(told)
        yield from _left_open(told, shared, set(open_parts))


def _heard(told: Material, part: str) -> bool:
    """Whether a part may be there though it is not found, or there is nothing yet that it could be missing from: where
    no idea was found, and it isn't said that there is none (`nothing_yet`), one was misread.
    """
    if part in BEFORE_A_TEST and pattern("wordcues", "test_over").search(told.question):
        return True
    cue = lexicon("fix_words")["part_cues"].get(part)
    if (cue and told.says_any(cue)) or shown(told, part):
        return True
    ideas, users = sentences_for(told, "ideas"), sentences_for(told, "user")
    if part in ("ideas", "prioritise") and told.annotation.round == "product-sense":
        return not ideas
    before_ideas = users and ideas and users[0] < ideas[0]
    return part == "clarify" and bool(before_ideas or not ideas) and told.annotation.round == "product-sense"


def told_instead(told: Material) -> bool:
    """Whether an analysis is told as something that happened: no part of it is done, and hardly anything proposed."""
    framework, reading = told.annotation.framework, told.annotation.reading
    undone = framework is not None and not any(framework.parts.values())
    return undone and told.annotation.round == "analytical" and reading.share(reading.supposed) <= PROPOSED


def _sized(told: Material) -> bool:
    """Whether it is told how much comes in: "40 hospitals, 900 bags a day"."""
    return any(m.kind == "count" and (m.after or 0) >= MANY for m in told.annotation.metrics)


def _weight(part: str) -> float:
    """Who it is for and what it is for decide most; then the choice; then how one would know."""
    weights: dict[str, float] = lexicon("fix_words")["decides"]
    return weights.get(part, 0.3)


def _place(told: Material, entry: dict[str, object]) -> int | None:
    return 0 if entry.get("early") else len(told.sentences) - 1


def _fields(told: Material) -> dict[str, str | None]:
    topic, kpi, ideas, chosen = told.topic, measure_of(told), ideas_of(told), chosen_of(told)
    settled = bool(told.annotation.framework and told.annotation.framework.parts.get("prioritise"))
    idea = chosen or (ideas[0] if ideas and not settled else None)  # one of those left aside is not coached
    if idea and plural_subject(idea):
        idea = None  # "it" and "works" follow it
    fields = {
        "customers": told.customers,
        "Customers": opened(told.customers),
        "topic": topic,
        "idea": idea,
        "idea_opened": opened(idea),
        "only": ideas[0] if len(ideas) == 1 else None,
        "chosen": chosen,
        "first": ideas[0] if len(ideas) > 1 else None,
        "First": opened(ideas[0]) if len(ideas) > 1 else None,
        "second": ideas[1] if len(ideas) > 1 else None,
        "kpi": kpi,
        "kpi_opened": opened(kpi),
        "thing": told.thing,
    }
    if told.annotation.framework_name == "estimation":
        fields |= _estimate(told)
    if told.annotation.framework_name == "ab-test":
        fields |= group_size(told)
    return fields


def _estimate(told: Material) -> dict[str, str | None]:
    """The figure it ends on, the guess it hangs on, and the answer held against the people it is for."""
    found = answer_of(told)
    guess = guess_of(told, found[0] if found else None)
    fields: dict[str, str | None] = {"guess": guess[1] if guess else None}
    if found and not told.annotation.inconsistencies:  # what a wrong sum led to is not built on
        fields |= {"answer": found[1], "answer_opened": opened(found[1]), **one_for_every(told, found[0])}
    return fields


def _left_open(told: Material, shared: dict[str, str | None], missing: set[str]) -> Iterator[Draft]:
    """What is due once the parts are there: a figure to stop at, a customer asked, a first step, a range."""
    annotation = told.annotation
    name = annotation.framework_name or ""
    end = len(told.sentences) - 1
    none_seen = name == "product-sense" and told.shows("target") < HARDLY_A_TARGET
    targets = any(m.role == "target" for m in annotation.metrics) and not none_seen
    names_measure = not {"measure", "metrics", "north_star"} & missing or told.seems("measure")
    yield from _targets(told)
    yield from _unlimited(told, shared)
    watched = guardrail_of(told, sentences_for(told, "guardrail"))
    if watched:
        yield Draft(
            "guardrail-unlimited", "principle", end, {**shared, "guardrail": watched}, 4.0, decides=0.4
        )
    if names_measure and not targets and name not in ("estimation", "ab-test", "root-cause"):
        yield Draft("untargeted", "metrics", end, shared, 4.0, decides=0.45)
    if name == "system-design" and not any(pattern("gaps", "scale").search(t) for t in told.sentences):
        yield Draft("scale", "metrics", end, shared, 4.0, decides=0.45)
    asks = told.says_any("asks_users") or any(customer_cue(text) == "direct" for text in told.sentences)
    if name == "product-sense" and not asks:
        yield Draft("unasked", "customer", None, shared, 4.0, decides=0.25)
    if name in DESIGN and shared["chosen"] and not told.says_any("first_step"):
        yield Draft("first-step", "ownership", end, shared, 4.0, decides=0.2)
    varied = name == "estimation" and _says(told, "varied")
    if name == "estimation" and not varied and not told.says_any("range"):
        yield Draft("range", "metrics", end, shared, 4.0, decides=0.2)
    if (
        name == "estimation"
        and not varied
        and "sanity_check" in missing
        and shared["guess"]
        and shared.get("answer")
    ):
        yield Draft("assumed", "metrics", None, shared, 4.0, decides=0.35)
    if name == "metric-definition" and "guardrail" not in missing and not told.says_any("act_on"):
        yield Draft("no-act", "principle", end, shared, 4.0, decides=0.2)
    mismatch = unit_mismatch(told) if name == "ab-test" else {}
    if mismatch:
        yield Draft("unit-mismatch", "metrics", None, {**shared, **mismatch}, 4.0, decides=0.4)
    if name == "ab-test" and not told.says_any("act_on"):
        yield Draft("no-rule", "principle", end, shared, 4.0, decides=0.2)


_RANDOMISED = re.compile(
    r"(?i)\brandomi[sz]\w+ (?:\w+ )?(?:on|by|at) (?:the )?"
    r"(household|store|shop|city|class|school|team|region)\b"  # each holds many whom one may measure
)
_ALLOWED_FOR = re.compile(r"(?i)\bcluster|n't randomi[sz]|not randomi[sz]|instead of randomi[sz]")
_PER = re.compile(
    r"(?i)\bper (user|person|customer|visitor|rider|patient|buyer|shopper|student|session|order)\b"
)


def unit_mismatch(told: Material) -> dict[str, str | None]:
    """What a test randomises by and what it measures per, where the two are not one."""
    if any(_ALLOWED_FOR.search(t.replace("’", "'")) for t in told.sentences):
        return {}
    by = next((found[1].lower() for t in told.sentences if (found := _RANDOMISED.search(t))), None)
    per = next((found[1].lower() for t in told.sentences if (found := _PER.search(t))), None)
    return {"unit": by, "per": per} if by and per and by != per else {}


def _says(told: Material, key: str) -> bool:
    """Whether a list of `gaps.toml` is heard in any sentence."""
    return any(pattern("gaps", key).search(text.replace("’", "'")) for text in told.sentences)


def _unlimited(told: Material, shared: dict[str, str | None]) -> Iterator[Draft]:
    """A rule that turns on a word ("if it's close"), or a risk that is named with no figure at which to stop."""
    counted = {m.sentence for m in told.annotation.metrics}
    for i, text in enumerate(told.sentences):
        found = pattern("fix_words", "threshold").search(text)
        quote = quotable(text, found[0]) if found and i not in counted else None
        if found and quote:
            word = found[0].split()[-1].lower()
            yield Draft("no-threshold", "metrics", i, {"quote": quote, "word": word}, 4.0, decides=0.25)
            break
    risks = sentences_for(
        told, "tradeoff"
    )  # what a system's design costs is paid for good, and not tried out
    limited = any(pattern("fix_words", "limit").search(m.text) for m in told.annotation.metrics)
    if risks and not limited and not counted & set(risks) and not told.says_any("act_on"):
        yield Draft("risk-unlimited", "principle", risks[-1], shared, 4.0, decides=0.2)


def _targets(told: Material) -> Iterator[Draft]:
    """A target with a name: where it stands today, and by when it is due."""
    asked = {abs(q.value) for q in find_quantities(told.question)}  # what the question says is no target
    for metric in told.annotation.metrics:
        name, text = told.measured(metric), told.sentences[metric.sentence]
        if (
            metric.role != "target"
            or metric.kind not in ("rate", "score", "time")
            or happened(text)
            or metric.after in asked
            or not pattern("fix_words", "aimed").search(text.replace("’", "'"))
        ):
            continue
        if name is None or kinds_of(name) & {"VERB", "ADJ"}:
            said = (c for c in clauses_said(text) if metric.text.strip(" ,.") in c and not _TODAY.search(c))
            quote = next(said, None) if metric.kind != "time" else None
            earlier = told.annotation.metrics[: told.annotation.metrics.index(metric)]
            lone = not any(m.unit == metric.unit and m.kind == metric.kind for m in earlier)
            lone = lone and len(find_quantities(text)) == 1 and told.annotation.framework_name != "estimation"
            if quote is not None and lone:
                aim = {"quote": quote, "hole": hole(unit_of(metric))}
                yield Draft("target-quoted", "metrics", metric.sentence, aim, 4.0, decides=0.25)
                return
            continue
        fields = {**metric_fields(told, metric), "kpi": name, "kpi_opened": opened(name)}
        fields["is"] = "are" if plural_subject(name) else "is"
        if metric.before is None and fields["now"]:
            yield Draft("target-no-base", "metrics", metric.sentence, fields, 4.0, decides=0.3)
            return
        if metric.before is not None and metric.period is None and not told.says_any("due"):
            yield Draft("target-no-date", "metrics", metric.sentence, fields, 4.0, decides=0.3)
            return
        if metric.before is not None and fields["before"] and fields["now"]:
            yield Draft("target-why", "metrics", metric.sentence, fields, 4.0, decides=0.2)
            return
