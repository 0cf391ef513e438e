"""What to mend, the gap that decides most first, each with a line to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from voicemock.rounds import BAR, FILLERS_PER_MIN, PACE_WPM, ROUNDS
from voicemock.scoring.feedback.closed import closes_fix
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.framework_drafts import framework_drafts
from voicemock.scoring.feedback.gate import Said, passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.next_question import next_questions
from voicemock.scoring.feedback.nobody_drafts import nobody_drafts
from voicemock.scoring.feedback.number_drafts import number_drafts
from voicemock.scoring.feedback.open_ends import should_have
from voicemock.scoring.feedback.own_clauses import deeds_said, not_mine_said
from voicemock.scoring.feedback.plain_drafts import end_told, i_did, own_act
from voicemock.scoring.feedback.pressed import pressed_drafts
from voicemock.scoring.feedback.quoted_drafts import main_person
from voicemock.scoring.feedback.said_clauses import clauses_said
from voicemock.scoring.feedback.shapes import shapes
from voicemock.scoring.feedback.story_drafts import asked_fields, story_drafts
from voicemock.scoring.feedback.sums import sum_drafts
from voicemock.scoring.feedback.vague_drafts import vague_drafts
from voicemock.scoring.feedback.vague_subject import quotable
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.checks import AS_A_RULE
from voicemock.scoring.model import CutIn, Fix
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.models.linear import weights
from voicemock.scoring.rubric import judge as rubric
from voicemock.scoring.rubric.delivery import Delivery
from voicemock.scoring.rubric.judge import Judgement

MOST_FIXES = 3
OWN_DEEDS = 2  # told by "I", from which on a story is not said to be somebody else's
OWN_WORDS = 0.2  # what can be said in the candidate's words goes before what anybody could be told
UNFINISHED = 2.0  # an overall under which a design lacks most of its parts
DECISIVE = 0.35  # how far a verdict hangs on a gap that is told although its words are anybody's
PLAIN_FIXES = 1  # so many may hold none of the candidate's words
PLAIN_WORDS = frozenset({"customers", "users", "is", "was", "were", "are", "it", "they"})
NOT_THEIRS = frozenset({"principle", "asked", "asked_i", "topic"})  # the question's words
# What is always open, or a guess: said where nothing else is.
LAST_RESORT = frozenset(
    {
        "headline",
        "headline-figure",
        "vague-told",
        "no-choice",
        "lasting",
        "brief",
        "afterwards",
        "asked.any",
    }
)
# One more number would mend each of these.
OF_RESULTS = frozenset(
    {
        "one-number",
        "failure-cost",
        "month-later",
        "no-number",
        "size-word",
        "unknown-yet",
        "number-unknown",
        "how-many",
        "deed-effect",
        "deed-unended",
        "moved-unsized",
        "soft-result",
        "felt-only",
        "opened-on",
        "pressed-size",
        "told-end",
        "told-stops",
        "told-trouble",
    }
)
# What the question makes one want to know, where another draft may have asked it already.
ASKED_FAMILY = {
    "simpler": "result",
    "one": "customer",
    "risk": "choice",
    "resisted": "opposed",
}
# Told the same: take one time, and say what you did.
TAKE_ONE_TIME = frozenset(
    {"check-no-action", "check-hypothetical", "check-as-a-rule", "no-story", "no-action", "brief"}
)
# Another answer or another story is asked for: what this one lacks besides doesn't matter.
ANOTHER_STORY = frozenset({"off-question", "hypothetical", "not-yours"})
BRISK_WPM, MARGIN = (
    180,
    20,
)  # the pace of whoever told nobody how long it took, and words over which that may be wrong
HARDLY = 0.05  # of the words that fit: whoever runs over by less loses a closing line
DONE, LONG_LEAD = 0.5, 0.3  # the chance of a deed, and the share of the words that come before the first
NOTICED, SLOW = 0.1, 0.2  # so far out of the usual pace a listener notices; slowly, it takes more
SURELY_ELSEWHERE = 0.04  # the chance that a story answers, up to which it is said first that it may not
GOOD_ENOUGH = 2  # fixes for an answer at the bar: the two that a listener would still ask about


def best_fixes(
    told: Material, spoken: Delivery, judgement: Judgement, interrupts: Sequence[CutIn] = ()
) -> tuple[Fix, ...]:
    """Those that would raise the overall most, first; no two about one sentence or one kind of gap. `interrupts` are
    the places at which the interviewer cuts in.
    """
    found = [*drafts_of(told), *pressed_drafts(told, interrupts), *_too_long(told, spoken)]
    drafts = [draft for draft in found if not closes_fix(draft, told)]
    ranked = [
        *sorted(drafts, key=lambda each: -worth(each, told.annotation, judgement)),
        *_delivery(spoken),
    ]  # how it sounded decides least
    most = GOOD_ENOUGH if judgement.overall >= BAR else MOST_FIXES
    unfinished = not told.annotation.is_story and judgement.overall < UNFINISHED
    plain = PLAIN_FIXES + unfinished  # a design with hardly a part hears of two
    # What anybody could be told gives way to the candidate's own words, unless much hangs on it.
    chosen = _chosen(ranked, told, most, plain, DECISIVE) or _chosen(ranked, told, most, plain, 0.0)
    if chosen:
        return chosen
    asked = (worded(draft, told) for draft in next_questions(told) if not closes_fix(draft, told))
    return tuple(islice((fix for fix in asked if fix is not None), 1))


def _chosen(ranked: Sequence[Draft], told: Material, most: int, plain: int, least: float) -> tuple[Fix, ...]:
    """The first `most` that may be said beside each other; plain ones are among the first `plain`, and only where they
    decide `least`.
    """
    chosen: list[tuple[Draft, Fix]] = []
    said: Said = ()
    for draft in ranked:
        if len(chosen) == most:
            break
        last = draft.kind in LAST_RESORT
        if any(_alike(draft, other) for other, _ in chosen) or (chosen and last):
            continue
        fix = worded(draft, told, said)
        if fix is None:
            continue
        asked = draft.kind.startswith("asked.") and most == MOST_FIXES
        taken = (len(chosen) < plain or asked) and draft.decides >= least
        if taken or names_their_own(fix, draft, told):
            chosen.append((draft, fix))
            said = (*said, fix.why, fix.line)
    return tuple(fix for _, fix in chosen)


def names_their_own(fix: Fix, draft: Draft, told: Material) -> bool:
    """Whether a fix holds the candidate's own words or figures: what anybody could be told is worth no third place."""
    known = told.own_words | draft.known
    own = (text for name, text in known.items() if name not in NOT_THEIRS and text not in PLAIN_WORDS)
    return any(text in f"{fix.why} {fix.line}" for text in own)


def _quotes(text: str) -> set[str]:
    """The candidate's clauses that a text is about."""
    return {quote.lower() for quote in re.findall(r"'([^'_]+(?:'[a-z]+[^'_]*)*)'", text)}


def drafts_of(told: Material) -> Iterator[Draft]:
    """Every gap that is open, in a fixed order; what caps the overall comes before all."""
    checks = told.annotation.checks
    for check in checks:
        at = check.evidence[0] if check.evidence else None
        if check.kind == "not-yours" and len(deeds_said(told)) >= OWN_DEEDS:
            continue  # whoever did so much of it is not told that others did it
        if check.kind == "other-principle":
            continue  # said as "come back to the question": which principle is shown is easily misread
        fields = {**asked_fields(told), "quote": _said_there(told, check.evidence), "topic": told.topic}
        if check.kind == "no-action":
            regret = should_have(told)
            if regret is None and (told.annotation.reading.own or told.annotation.reading.present):
                continue  # nobody who did one thing is told that none was theirs
            fields["quote"] = regret[1] if regret else None
        if told.annotation.is_story:
            fields |= i_did(own_act(told))
        if check.kind == "not-yours":
            fields |= {"mine_not": not_mine_said(told), "name": main_person(told)}
        kind = f"check-{check.kind}" if told.annotation.is_story else f"proposal-{check.kind}"
        if check.say == AS_A_RULE:
            kind = "check-as-a-rule"
        yield Draft(
            kind if kind in lexicon("fixes") else f"check-{check.kind}",
            "structure",
            at,
            fields,
            4.0,
            decides=2.0,
        )
    surely = (told.annotation.answering or 0.0) <= SURELY_ELSEWHERE
    if told.annotation.elsewhere and surely and checks and checks[0].kind == "other-principle":
        at = checks[0].evidence[0]
        yield Draft("check-elsewhere", "structure", at, asked_fields(told), 4.0, decides=2.0)
    if any(check.kind in ANOTHER_STORY for check in checks):
        return  # there is nothing yet to add a number to
    nobody = list(nobody_drafts(told))
    yield from nobody
    if any(draft.kind == "nobody-acts" for draft in nobody):
        return
    yield from sum_drafts(told)
    yield from number_drafts(told)
    yield from vague_drafts(told)
    yield from story_drafts(told) if told.annotation.is_story else framework_drafts(told)


def _said_there(told: Material, evidence: Sequence[int]) -> str | None:
    """The first whole clause of the sentences that a check rests on."""
    found = (quotable(told.sentences[i], told.sentences[i].split(",")[0]) for i in evidence)
    return next((quote for quote in found if quote), None)


def worth(draft: Draft, annotation: Annotation, judgement: Judgement) -> float:
    """How much the overall would rise, and how far a listener's verdict hangs on it."""
    content = weights(rubric.NAME)[rubric.kind(annotation)]
    now = judgement.dimensions[draft.dimension].value
    step = draft.value - (content["usual"][draft.dimension] if now is None else now)
    mended = -float(content["adjustments"].get(draft.mends, 0.0))
    rubric_gain = max(step, 0.0) * float(content["dimensions"][draft.dimension]) + max(mended, 0.0)
    return rubric_gain + draft.decides + (OWN_WORDS if set(draft.known) - {"customers", "principle"} else 0.0)


def worded(draft: Draft, told: Material, said: Said = ()) -> Fix | None:
    """The draft in the first of its shapes that passes the gate; None where none does."""
    seed = told.sentences[draft.sentence] if draft.sentence is not None else told.question
    quoted = {quote for text in said for quote in _quotes(text)}
    for why, line in shapes(draft.kind, told.own_words | draft.known, seed):
        if _quotes(why) & quoted:
            continue  # one clause is asked about once
        if passes(why, told, said) and (not line or passes(line, told, said, line=True)):
            both = f'{why} Say: "{line}"' if line else why
            return Fix(draft.dimension, draft.sentence, both, why, line)
    return None


def _alike(draft: Draft, other: Draft) -> bool:
    """Two fixes of one sentence, one kind, or one family of kinds ask the same twice."""
    if "goal-missed" in (draft.kind, other.kind):
        return draft.kind == other.kind  # a goal may be missed by a sum that is wrong besides
    quote = draft.known.get("quote")
    if quote is not None and quote == other.known.get("quote"):
        return True  # one clause is asked about once
    same_place = (
        draft.sentence is not None and draft.sentence == other.sentence and draft.dimension == other.dimension
    )
    return same_place or _family(draft) == _family(other)


def _family(draft: Draft) -> str:
    """Gaps that one more number would mend are one."""
    first = draft.kind.split("-")[0]
    if draft.dimension == "delivery" or draft.kind == "long":
        return "delivery"
    if draft.kind in ("assumed", "range", "assumptions", "told-guess"):
        return "guess"
    if draft.kind in (
        "target-no-base",
        "target-no-date",
        "untargeted",
        "measure",
        "metrics",
        "kpi-unsized",
        "kpi-deferred",
        "sd-success",
        "target-why",
        "target-quoted",
    ):
        return "target"
    if draft.kind in ("no-choice", "alternative-cost", "told-choice"):
        return "choice"
    if draft.kind in ("customer-uncounted", "person-gone", "told-people", "user", "told-pain"):
        return "customer"
    if draft.kind in (
        "headline",
        "headline-figure",
        "first-words",
    ):
        return "opening"
    if draft.kind in ("apart", "season"):
        return "apart"
    if draft.kind in ("own-part", "says-we", "told-whose", "only-we", "nobody-acts"):
        return "own"
    if draft.kind in (
        "lesson-used",
        "lesson-kept",
        "no-lesson",
        "failure-since",
        "one-of-many",
        "should-have",
        "own-question",
        "unnamed",
        "told-rule",
    ):
        return "lesson"
    if draft.kind in TAKE_ONE_TIME:
        return "day"
    if draft.kind in ("risk-unlimited", "tradeoff", "tradeoffs"):
        return "price"
    if draft.kind in ("prioritise", "no-pick", "told-pick"):
        return "pick"
    if draft.kind in ("opposed", "objection", "nobody-objects"):
        return "opposed"
    if draft.kind.startswith("asked."):
        return ASKED_FAMILY.get(draft.kind.removeprefix("asked."), draft.kind)
    return "result" if first == "vague" or draft.kind in OF_RESULTS else first


def _too_long(told: Material, spoken: Delivery) -> Iterator[Draft]:
    """More words of a story than fit into its time, and what is being said when that is up."""
    if told.annotation.round != "behavioral":
        return
    counts = [len(text.split()) for text in told.sentences]
    pace = spoken.pace_wpm or BRISK_WPM
    fit = pace * ROUNDS["behavioral"].cap_s / 60
    lost = sum(counts) - fit
    over = lost >= MARGIN if spoken.pace_wpm is None else spoken.over_cap and lost >= HARDLY * fit
    up = next((i for i in range(len(counts)) if sum(counts[: i + 1]) >= fit), None)
    if not over or up is None:
        return
    heard = (clause for text in reversed(told.sentences[: up + 1]) for clause in clauses_said(text))
    lead = sum(counts[: min([*told.showing("own", DONE), *told.showing("we", DONE)], default=0)])
    fields = {
        "count": str(round(sum(counts), -1)),
        "quote": next(heard, None),
        "lead": str(round(lead, -1)) if lead >= LONG_LEAD * sum(counts) else None,
        **end_told(told, up + 1),
    }
    yield Draft("long", "structure", None, fields, 4.0, decides=0.25)


def _delivery(spoken: Delivery) -> Iterator[Draft]:
    low, high = PACE_WPM
    if spoken.over_cap:
        yield Draft("over-cap", "delivery", None, {}, 4.0, decides=0.3)
    if spoken.pace_wpm is not None and not low * (1 - SLOW) <= spoken.pace_wpm <= high * (1 + NOTICED):
        kind = "pace-fast" if spoken.pace_wpm > high else "pace-slow"
        yield Draft(kind, "delivery", None, {"pace": str(spoken.pace_wpm)}, 4.0)
    if spoken.fillers_per_min is not None and spoken.fillers_per_min > FILLERS_PER_MIN:
        yield Draft("fillers", "delivery", None, {"fillers": str(spoken.fillers_per_min)}, 4.0)


__all__: Sequence[str] = ("best_fixes", "drafts_of", "worded", "worth")
