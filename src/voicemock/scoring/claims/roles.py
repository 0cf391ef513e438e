"""The role of each claim, decided once: rules where they are certain, else a linear model over cues and words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from voicemock.rounds import STORY_ROUNDS
from voicemock.scoring.claims.clauses import clause_start
from voicemock.scoring.claims.clauses import says as says_of
from voicemock.scoring.claims.companies import of_others
from voicemock.scoring.claims.located import LocatedClaim
from voicemock.scoring.claims.outcomes import comes_of_it, is_no_outcome
from voicemock.scoring.claims.parts import chances
from voicemock.scoring.claims.role_cues import role_cues, says, stands_before
from voicemock.scoring.claims.stance import is_goal, is_third_party, mode_of
from voicemock.scoring.model import Role
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.models.linear import Floats, weights
from voicemock.scoring.numbers.quantities import Quantity, find_quantities

NAME = "roles"
ROLES: tuple[Role, ...] = ("result", "baseline", "target", "context")
# What the network's word weighs beside the cues: whether a pair came of the work stands mostly in its own sentence,
# whether a number alone did, in the story. No chance counts as less than the last.
PAIR_READ, LONE_READ, LEAST_CHANCE = 1.0, 0.25, 0.01
SAID_OF_MUCH = 3  # a figure this small comes back by chance
SPAN_SCALE = 3.0  # brings a unit vector's components to the size of the cues
FROM_TO = re.compile(
    r"\bfrom\b.*\bto\b|\b(?:up|down) from\b|\bused to\b|\bhad been\b|\bthese days\b|\bnowadays\b|\binstead of\b",
    re.IGNORECASE,
)
# "It had grown to 900 people long before I came."
_BEFORE_ME = re.compile(
    r"[\w\s]{0,24}?\bbefore (?:i|we) (?:came|joined|arrived|started|got there|took over|had)\b", re.I
)
AFTER_THE_NUMBER = ("of_goal", "before_that", "of_the_time")  # keys of [certain]
# "We tried 40 days, 20 days and 10": a row of this many numbers is a choice.
CHOICES = 3
LIST_GAP = re.compile(r"\s*(?:,|,?\s*\b(?:and|or|then)\b)+\s*(?:a|the|then|some|others?)?\s*", re.IGNORECASE)
TRIED = re.compile(
    r"\b(?:tried|tests?|tested|testing|offer(?:s|ed)?|gave|give|chose|choose|pick(?:ed|s)?|compared|between|either"
    r"|some had|had a choice|set)\b",
    re.IGNORECASE,
)
# "Refunds had gone from 3% to 9%": so it stood when the story began.
HAD_CHANGED = re.compile(
    r"\bhad (?:gone|crept|fallen|dropped|grown|risen|gotten|got|climbed|doubled|slipped)\b", re.I
)


def decide_roles(
    located: Sequence[LocatedClaim],
    sentences: Sequence[str],
    star: Sequence[str] | None,
    round_: str,
    encoder: Encoder,
) -> list[Role]:
    """One role a claim: the likeliest of those that the rules allow."""
    cues = role_cues(sentences, located, star, round_)
    spans = encoder.encode([sentences[one.sentence][one.start : one.end] for one in located])
    found: list[Role] = []
    befores = [one.earlier for one in located if one.earlier is not None]
    for one, seen, span in zip(located, cues, spans, strict=True):
        allowed = allowed_roles(one, sentences, star, round_)
        told_before = any(one.claim.main is before for before in befores)
        if told_before or ("baseline" in allowed and is_left_behind(one, located)):
            allowed = ("baseline",)
        totals = role_totals(seen, span.astype(np.float64)) + _read(sentences[one.sentence], one, round_)
        found.append(max(allowed, key=lambda role: totals[ROLES.index(role)]))
    return found


def is_left_behind(one: LocatedClaim, located: Sequence[LocatedClaim]) -> bool:
    """Whether a later change starts from this figure: "240 broken a week", and then "from 240 to 31"."""
    value = one.claim.main.value
    if one.is_pair or abs(value) <= SAID_OF_MUCH:
        return False
    later = (other for other in located if other.sentence > one.sentence and other.is_pair)
    return any(other.before == value and other.kind == one.kind for other in later)


def allowed_roles(
    one: LocatedClaim, sentences: Sequence[str], star: Sequence[str] | None, round_: str
) -> tuple[Role, ...]:
    """What the claim can be. Only what was done by the candidate's side can be a result (rubric section 9)."""
    text = sentences[one.sentence]
    mode = mode_of(text, one.claim)
    if is_third_party(text, one.claim) or one.sentence in of_others(tuple(sentences)):
        return ("baseline", "context")
    if mode in ("done", "planned") and meets_goal(text, one, mode == "done"):
        return ("result",)
    if mode == "negated":
        return ("baseline", "target", "context")
    if mode == "planned":
        return ("target",) if is_goal(text, one.claim) else ("target", "context")
    if mode != "done":
        return ("baseline", "target", "context")
    if round_ not in STORY_ROUNDS:
        return ROLES
    if one.earlier is not None:
        return ("result",)
    if (
        (not one.is_pair and is_scene(text, one))
        or is_setting(text, one)
        or says_of("as_ever", text[one.end :])
    ):
        return ("baseline", "context")
    letter = star[one.sentence] if star else None
    if letter != "S" and _certain("moved_by").search(text[: one.claim.quantities[0].start]):
        return ("result",)
    if letter not in ("S", "T") and _certain("unlike_expected").search(text[: one.claim.main.start]):
        return ("result",)
    if comes_of_it(sentences, one):
        return ("result",)
    if is_no_outcome(text, one):
        return ("baseline", "target", "context")
    if letter == "R" and any(stands_before(key, text, one) for key in ("moved_verb", "outcome_verb")):
        return ("result",)
    if not one.is_pair or not star:
        return ROLES
    lead = text[: one.end]
    if "A" not in star[: one.sentence + 1] and HAD_CHANGED.search(lead):
        return ("baseline", "context")
    return ("result",) if _changed_by_me(one, text, star) else ROLES


def is_scene(text: str, one: LocatedClaim) -> bool:
    """What there was, and what the work took: "there were 40 riders", "we worked on it for nine months"."""
    lead, rest = text[: one.claim.quantities[0].start], text[one.claim.last.end :]
    if _certain("once").search(lead) or _BEFORE_ME.match(rest) or says_of("as_ever", rest):
        return True
    if one.kind == "time":
        return bool(_certain("spent").search(lead) or _certain("before_that").match(rest))
    if one.kind == "rate" and _certain("of_the_time").match(rest):
        return True
    if one.kind == "count" and _certain("reached_all").search(lead):
        return True
    return one.kind in ("count", "rate") and bool(
        _certain("there_were").search(lead) or _certain("tried_in").search(lead)
    )


def is_setting(text: str, one: LocatedClaim) -> bool:
    """What somebody set, offered or tried out: "the default was 20 days", "we tried 40, 20 and 10 days"."""
    first = one.claim.quantities[0].start
    if _certain("set_to").search(text[:first]):
        return True
    near = text[clause_start(text, first) : first]
    return bool(TRIED.search(near)) and len(_listed_with(text, one)) >= CHOICES


def _listed_with(text: str, one: LocatedClaim) -> list[Quantity]:
    """The numbers that stand in a row with the claim's own, with commas, "and" and "or" between them."""
    run: list[Quantity] = []
    for quantity in find_quantities(text):
        if run and not LIST_GAP.fullmatch(text[run[-1].end : quantity.start]):
            if any(q in run for q in one.claim.quantities):
                break
            run = []
        run.append(quantity)
    return run if any(q in run for q in one.claim.quantities) else []


def meets_goal(text: str, one: LocatedClaim, done: bool) -> bool:
    """Whether a goal that was set is met or missed by so much: "we hit 110 percent of our target"."""
    lead, rest = text[: one.claim.quantities[0].start], text[one.claim.last.end :]
    if _certain("of_goal").match(rest):
        return done or bool(_certain("reached").search(lead))
    return bool(_certain("moved_goal").search(lead))


@cache
def _certain(key: str) -> re.Pattern[str]:
    """A list of the table [certain] in lexicons/roles.toml, with what may stand between its words and the number."""
    table = lexicon("roles")["certain"]
    between = rf"(?:\s+(?:{'|'.join(table['between'])}))*\s*$" if key not in AFTER_THE_NUMBER else ""
    return re.compile(rf"\s*(?<!\w)(?:{'|'.join(table[key])}){between}", re.IGNORECASE)


def _changed_by_me(one: LocatedClaim, text: str, star: Sequence[str]) -> bool:
    """Whether a pair tells what came of an act: "I changed the printer, and lost parcels L from 90 a week to 12".

    So a change is known without its verb, which a recogniser may have lost ("L" was "fell"). A pair in the situation
    or the task is none of it.
    """
    letter = star[one.sentence]
    acted = letter == "R" or says("acted", text[: one.end])
    return letter in ("A", "R", "L") and acted and bool(FROM_TO.search(text[one.start : one.end]))


def _read(text: str, one: LocatedClaim, round_: str) -> Floats:
    """Shape (4,): what the network that reads numbers adds for each of ROLES; it was taught on stories."""
    read = chances(text, one.claim) if round_ in STORY_ROUNDS else None
    if read is None:
        return np.zeros(len(ROLES))
    weight = PAIR_READ if one.is_pair else LONE_READ
    added: Floats = weight * np.log(np.maximum(read, LEAST_CHANCE))
    return np.round(added, 6)


def role_totals(cues: Mapping[str, float], span: Floats) -> Floats:
    """Shape (4,): how much speaks for each of ROLES. `span` is the vector of the quoted words."""
    bias, by_cue, matrix = _weights()
    totals: Floats = bias + SPAN_SCALE * (span @ matrix)
    for name in sorted(cues.keys() & by_cue.keys()):  # sorted: float sums depend on their order
        totals = totals + by_cue[name] * cues[name]
    return np.round(totals, 6)


@cache
def _weights() -> tuple[Floats, dict[str, Floats], Floats]:
    """Bias (4,), a row (4,) for each cue, and the span's matrix (512, 4)."""
    content = weights(NAME)
    return (
        np.array(content["bias"]),
        {name: np.array(row) for name, row in content["cues"].items()},
        np.array(content["span"]),
    )
