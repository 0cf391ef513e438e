"""The one strength that opens the report: two facts of the answer and why together they count, or one that is sure.

A false praise does more harm than none: what is told here is quoted or counted, and where nothing is sure there is
none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

from voicemock.scoring.feedback.deeds import Deed, same_story, sure_deeds
from voicemock.scoring.feedback.estimates import answer_of, guess_of
from voicemock.scoring.feedback.gate import first_that_passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.number_drafts import goal_of_result, improves
from voicemock.scoring.feedback.own_words import ANYBODY, one_who_spoke
from voicemock.scoring.feedback.proposals import chosen_of, measure_of, nothing_yet
from voicemock.scoring.feedback.spoken_figures import figure, unit_of
from voicemock.scoring.feedback.told_strengths import told_strengths
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.frameworks import Framework
from voicemock.scoring.findings.ownership import admits_own_part
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.clean import clean, straight
from voicemock.scoring.language.dictionary import with_article
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.model import Fix, Metric
from voicemock.scoring.models.lexicon import compile_entries, lexicon, pattern, words
from voicemock.scoring.rubric.judge import Judgement

NOTHING_TO_PRAISE = 1.5  # an overall at which the answer is none
PARTS_ONLY = 2.0
WELL_DONE = 3.4  # an overall from which on the parts of a framework are sure to be done
A_STORY = 2.2  # an overall from which on it is worth saying that it is one's own
REGRETTED = 0.4  # the chance of a mistake from which on a deed is no strength
NEXT = 9  # sentences within which one deed follows from another
STEPS = 4  # sentences that tell how something gets through a system
MANY = 5  # sentences with deeds of one's own, from which on it is a story of one's own
OUTCOME = range(4, 19)  # tokens of an outcome that is quoted whole
LARGE_ENOUGH = 0.15  # of the start, from which on a change is worth a word
CLOSE = 5  # sentences within which a figure is taken to follow from any other deed
QUOTED = range(4, 19)  # words of an admission that can be taken in
LOOKED = frozenset({"went", "counted", "one by one"})  # kinds of a deed by which something is found out
_NUMBERED = re.compile(
    r"(?i)\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|all|every|each|week|days)\b"
)
_BY_THE_WAY = re.compile(r"(?i)\bi should(?:['’]ve| have) (?:said|mentioned|explained)(?! no\b| yes\b| so\b)")
Finder = Callable[[Material], Iterator[str]]


def strength(told: Material, judgement: Judgement, fixes: Sequence[Fix] = ()) -> str | None:
    """A sentence about what this answer does well; None where nothing is. What a fix mends is not praised."""
    if judgement.overall <= NOTHING_TO_PRAISE or told.annotation.faults:
        return None
    if not told.annotation.is_story and judgement.overall <= PARTS_ONLY:
        return None  # parts that are named and hardly done
    attacked = {fix.dimension for fix in fixes}
    finders = STORY if told.annotation.is_story else FRAMEWORK
    asked = " ".join(f"{fix.why} {fix.line}" for fix in fixes).lower()  # what a fix presses on is not quoted
    visits = set(_visits(told)) if "customer" in attacked else set()
    candidates = (
        text
        for find, praises, least in finders
        if praises not in attacked and judgement.overall >= least
        for text in find(told)
    )
    fit = (text for text in candidates if not any(visit in text for visit in visits))
    return first_that_passes(
        (text for text in fit if not any(q.lower() in asked for q in re.findall('"(.+?)"', text))), told
    )


def _visits(told: Material) -> Iterator[str]:
    for deed in sure_deeds(told):
        if deed.verb in words("fix_words", "met") and customer_cue(told.sentences[deed.sentence]) == "direct":
            yield deed.did


def _ranked(told: Material) -> list[Deed]:
    """The most convincing kind first; of one kind, what shows the principle asked for, then what is told first."""
    evidence = {
        i for p in told.annotation.principles if p.slug == told.asked and p.demonstrated for i in p.evidence
    }
    kinds = [row["name"] for row in lexicon("strengths")["kinds"]]
    place = {name: rank for rank, name in enumerate(kinds)}
    proud = (deed for deed in sure_deeds(told) if told.shows("mistake", deed.sentence) < REGRETTED)
    return sorted(
        proud,
        key=lambda d: (
            place.get(d.kind or "", len(kinds)),
            d.sentence not in evidence,
            not _NUMBERED.search(d.did),
            d.sentence,
        ),
    )


def _pick(told: Material, ways: Sequence[str]) -> str:
    return ways[crc32(told.sentences[0].encode()) % len(ways)]


def _deed_and_figure(told: Material) -> Iterator[str]:
    """What was done, and a figure of the same story that moved after it."""
    for deed in _ranked(told):
        for metric in _sound_results(told):
            moved = _moved(told, metric)
            far = metric.sentence - deed.sentence > CLOSE and deed.kind not in LOOKED
            follows = metric.sentence >= deed.sentence and same_story(told, deed.sentence, metric.sentence)
            if follows and not far and _weighs(deed):
                key = "looked_figure_says" if deed.kind in LOOKED else "figure_says"
                why = _pick(told, lexicon("strengths")[key])
                yield f"{_odds(told, deed.sentence)} {deed.did}, and {moved}. {why}"


def _weighs(deed: Deed) -> bool:
    """Whether it is a deed that changes something, and not "sat down with the team"."""
    return deed.kind is not None or deed.verb in words("fix_words", "weighty")


def _moved(told: Material, metric: Metric) -> str:
    """ "corrections went from 4.8% to 1.2%"; where they have no name, the figures alone."""
    fields = metric_fields(told, metric)
    change = f"from {fields['before']} to {fields['now']}"
    if fields["of"] is None:
        return f"you say what came of it in figures, {change}"
    goal = goal_of_result(told, metric)
    against = f", against a goal of {goal}" if goal else ""
    return f"{to_you(fields['of'])} went {change}{against}"


def _person(told: Material) -> Iterator[str]:
    """Somebody outside who speaks, and a figure beside them."""
    found = one_who_spoke(told, gone=False)
    if found is None or found[1] in ANYBODY:
        return
    who = opened(with_article(found[1]))
    for metric in _sound_results(told):
        if same_story(told, found[0], metric.sentence) and metric.sentence > found[0]:
            why = _pick(told, lexicon("strengths")["person_figure_says"])
            yield f"{who} speaks in your story, and {_moved(told, metric)}. {why}"
    yield f"{who} speaks in your story: {_pick(told, lexicon('strengths')['person_says'])}"


def _deed_and_outcome(told: Material) -> Iterator[str]:
    """What was done, and the sentence that says what came of it, quoted whole."""
    for deed in _ranked(told):
        for metric in told.annotation.results:
            follows = metric.sentence > deed.sentence and same_story(told, deed.sentence, metric.sentence)
            outcome = _outcome(told, metric) if follows and deed.kind else None
            if outcome:
                why = _pick(told, lexicon("strengths")["outcome_says"])
                yield f'{_odds(told, deed.sentence)} {deed.did}, and later "{outcome}". {why}'


def _outcome(told: Material, metric: Metric) -> str | None:
    """A short sentence with one sure figure that can be understood alone: "31 towns have it today"."""
    said = clean(told.sentences[metric.sentence]).rstrip(" .;:!")
    tokens = tagged(said)
    points = any(t.low in words("strengths", "points_back") for t in tokens)
    sure = metric.mode == "done" and not metric.hedged and metric.actor != "other"
    bad = pattern("fix_words", "worse").search(said) or pattern("strengths", "no_outcome").search(said)
    short = len(tokens) in OUTCOME and tokens[0].tag in ("NUM", "NOUN", "DET", "POSS", "ADJ", "NAME")
    return said if sure and short and not points and not bad else None


def _two_deeds(told: Material) -> Iterator[str]:
    """A deed that convinces by its kind, and soon after it the one that followed."""
    deeds = _ranked(told)
    for first in (d for d in deeds if d.says):
        for then in deeds:
            within = NEXT if first.kind in LOOKED else CLOSE
            follows = _weighs(then) or then.verb in words("strengths", "follows")
            near = 0 < then.sentence - first.sentence <= within and follows
            if near and then.verb != first.verb and same_story(told, first.sentence, then.sentence):
                why = _pick(told, _both_say(first, then))
                yield f"{_odds(told, first.sentence)} {first.did}, and then you {then.did}: {why}"


def _both_say(first: Deed, then: Deed) -> Sequence[str]:
    """Why two deeds count together."""
    if first.kind not in LOOKED:
        return first.says
    if then.kind == "one by one":
        return first.says  # who was called may have been told something, and asked nothing
    says: list[str] = lexicon("strengths")["twice_says" if then.kind in LOOKED else "looked_says"]
    return says


def _one_deed(told: Material) -> Iterator[str]:
    """A deed that convinces by its kind."""
    for deed in _ranked(told):
        if deed.says:
            yield f"{_odds(told, deed.sentence)} {deed.did}: {_pick(told, deed.says)}"


def deed_and_reason(told: Material) -> Iterator[str]:
    """A deed, and in the same breath why it was done so."""
    for deed in _ranked(told):
        after = clean(told.sentences[deed.sentence]).partition(deed.said)[2]
        if deed.said and pattern("strengths", "reasons").match(after.lstrip(" ,")):
            why = _pick(told, lexicon("strengths")["reason_says"])
            yield f"{_odds(told, deed.sentence)} {deed.did}, and you say why in the same breath: {why}"


def own_work(told: Material) -> Iterator[str]:
    """In how many sentences the candidate acts, counted, where a team does nothing."""
    if told.of_a_failure:
        return  # it is known whose it was
    own, shared = len(told.annotation.reading.own), len(told.annotation.reading.group)
    if own >= MANY and not shared:
        counts = [count.lower() for count in lexicon("fix_words")["counts"]]
        many = counts[min(own, len(counts) - 1)]
        for deed in [deed for deed in _ranked(told) if _weighs(deed)][:1]:
            yield (
                f"You {deed.did}. That is one of {many} sentences in which you say what you did yourself, "
                "and in none you say what a team did: nobody has to ask whose work it was."
            )


def _odds(told: Material, sentence: int) -> str:
    """What made it hard, where the same sentence or the one before says so: "Nobody had asked you to, and you"."""
    near = " ".join(told.sentences[max(0, sentence - 1) : sentence + 1]).replace("’", "'")
    if pattern("fix_words", "unbidden").search(near):
        return "Nobody had asked you to, and you"
    without = pattern("fix_words", "without").search(near)
    if without:
        return f"With no {without[0].split()[-1].lower()}, you"
    given = pattern("fix_words", "given").search(near)
    return f"With {' '.join(given[0].split()[-2:]).lower()} to do it, you" if given else "You"


def _admitted(told: Material) -> Iterator[str]:
    """Asked for a failure, the candidate says what was theirs in it, in so many words; then what was done."""
    if not told.of_a_failure:
        return
    for i, text in enumerate(told.sentences):
        said = clean(text).rstrip(" .,;:!")
        if (
            not pattern("fix_words", "fault").search(text)
            or not admits_own_part(text)
            or _BY_THE_WAY.search(text)
        ):
            continue
        after = (deed for deed in sure_deeds(told) if i < deed.sentence <= i + CLOSE and _weighs(deed))
        put_right = next(after, None)
        if put_right and same_story(told, i, put_right.sentence):
            yield f"You name your own part in it, and then you {put_right.did}: that makes the rest believable."
        if len(said.split()) in QUOTED and said.lower().startswith(("i ", "it was m")):
            yield f'You say it of yourself, "{said}": that makes the rest believable.'


def _result(told: Material) -> Iterator[str]:
    """A change with its start and what it comes to."""
    for metric in _sound_results(told):
        fields = metric_fields(told, metric)
        change = f"from {fields['before']} to {fields['now']}"
        if fields["Your"] and fields.get("multiple"):
            yield (
                f"{fields['Your']} went {change}, {fields['multiple']}: "
                "it has a start and an end, so a listener can check it."
            )


def _sound_results(told: Material) -> Iterator[Metric]:
    """Changes for the better whose figures hold, those with a name first."""
    wrong = {slip.sentence for slip in told.annotation.inconsistencies}
    found = [
        m
        for m in told.annotation.results
        if m.sentence not in wrong
        and not m.hedged
        and m.mode == "done"
        and improves(told, m)
        and _clear(told, m)
    ]
    yield from sorted(found, key=lambda m: told.measure(m) is None)


def _clear(told: Material, metric: Metric) -> bool:
    """Whether both figures were said so, and it is known what they measure or at least that less of it is better."""
    unit = unit_of(metric)
    before, after = metric.before, metric.after
    if not before or after is None or not figure(before, unit) or not figure(after, unit):
        return False
    told_in = told.figures
    said = abs(before) in told_in and abs(after) in told_in and "instead of" not in metric.text
    large = abs(after - before) >= LARGE_ENOUGH * abs(before)
    known = any(
        pattern("fix_words", way).search(f"{metric.of or ''} {metric.text}")
        for way in ("lower_is_better", "higher_is_better")
    )
    return said and large and (told.measured(metric) is not None or known)


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


def framework_parts(told: Material) -> Iterator[str]:
    """Two parts of the framework that are covered and belong together, the rarest pair first."""
    framework = told.annotation.framework
    if framework is None or nothing_yet(told):
        return
    known = {
        "customers": _picked(told), "idea": chosen_of(told), "kpi": measure_of(told), "topic": told.topic,
        "target": _target(told), **_estimated(told),
    }  # fmt: skip
    for named in (True, False):
        for row in lexicon("framework_strengths").get(framework.name, ()):
            if all(_is_done(told, framework, part) for part in row["parts"]):
                for text in row["says"]:
                    needed = [name for name in known if f"{{{name}}}" in text]
                    if bool(needed) is named and all(known[name] for name in needed):
                        yield opened(text.format(**{name: known[name] for name in needed}))


def _is_done(told: Material, framework: Framework, part: str) -> bool:
    covered = framework.parts.get(part, False)
    return covered and told.seems_done(part) and _heard(told, framework.name, part)


# Parts by which somebody commits to one thing: whoever leaves it open has not.
_COMMITS = frozenset({"north_star", "prioritise", "primary_metric", "hypothesis", "tradeoff", "tradeoffs"})


def _heard(told: Material, framework: str, part: str) -> bool:
    """Whether some sentence does the part in so many words: a likelihood alone is no ground for praise."""
    if part in _COMMITS and any(
        pattern("strengths", "leaves_open").search(straight(t)) for t in told.sentences
    ):
        return False
    if part == "user":
        return any(pattern("strengths", "picks").search(straight(text)) for text in told.sentences)
    known = lexicon("parts_done").get(framework, {}).get(part)
    if known is None:
        return True  # a part whose forms are not listed
    forms = compile_entries(tuple(known))
    stated = lexicon("parts_done")["stated"].get(f"{framework}/{part}")
    said = [straight(text) for text in told.sentences if not text.rstrip().endswith("?")]
    if part == "flow" and sum(bool(forms.search(text)) for text in said) < STEPS:
        return False
    return any(
        forms.search(text) or (stated and compile_entries(tuple(stated)).search(text)) for text in said
    )


def _picked(told: Material) -> str | None:
    """Whom the candidate chooses to serve, where the choice and the people stand in one sentence."""
    name = told.customers
    if name is None:
        return None
    chosen = (t for t in told.sentences if pattern("strengths", "picks").search(straight(t)))
    return name if any(name.split()[-1].lower() in text.lower() for text in chosen) else None


# What each praises, a fix of which takes it off, and the overall from which on it is worth saying.
STORY: tuple[tuple[Finder, str, float], ...] = (
    (_admitted, "", 0.0),
    (_deed_and_figure, "", 0.0),
    (_deed_and_outcome, "", 0.0),
    (_two_deeds, "", 0.0),
    (deed_and_reason, "", 0.0),
    (_one_deed, "", 0.0),
    (_person, "customer", 0.0),
    (_result, "metrics", 0.0),
    (told_strengths, "", 0.0),
    (own_work, "ownership", A_STORY),
)
FRAMEWORK: tuple[tuple[Finder, str, float], ...] = ((framework_parts, "", WELL_DONE),)
