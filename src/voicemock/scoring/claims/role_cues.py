"""What speaks for a role of a claim: the words around it, its sentence, its place in the story, and what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from voicemock.rounds import STORY_ROUNDS
from voicemock.scoring.claims.claim import gap_between
from voicemock.scoring.claims.located import LocatedClaim
from voicemock.scoring.claims.stance import actor_of, is_third_party, mode_of
from voicemock.scoring.models.lexicon import compile_entries, lexicon

LEAD_CHARACTERS = 70  # about a dozen words before the claim
TAIL_CHARACTERS = 40  # about seven words after it
NEAR_CHARACTERS = 25  # a goal word this close speaks for this very number
EARLY, LATE = 0.35, 0.7  # where situation ends and result begins in a story told in order
# Cues that mean something else in each part of the answer.
COMBINED = (
    "kind_rate",
    "kind_time",
    "kind_count",
    "kind_money",
    "change",
    "goal",
    "goal_near",
    "problem",
    "contact",
    "scale",
    "is_pair",
    "today",
)
STRENGTH = 2.0  # cues of the sentence are few and telling: they are held back less by regularisation
MOST_ESTIMATED, SHARE_WEIGHT = 1.0, 1.5  # of the sentences with a number, how many speak of estimating


def role_cues(
    sentences: Sequence[str],
    located: Sequence[LocatedClaim],
    star: Sequence[str] | None,
    round_: str,
) -> list[dict[str, float]]:
    """Named features that the roles are decided from, one dictionary a claim."""
    numbered = tuple(sentences[i] for i in sorted({one.sentence for one in located}))
    return [_cues_of(sentences, one, star, round_, numbered) for one in located]


def _cues_of(
    sentences: Sequence[str],
    one: LocatedClaim,
    star: Sequence[str] | None,
    round_: str,
    numbered: tuple[str, ...],
) -> dict[str, float]:
    letter = star[one.sentence] if star and one.sentence < len(star) else None
    place = one.sentence / max(1, len(sentences) - 1)
    story = round_ in STORY_ROUNDS
    found = _near(sentences[one.sentence], one)
    where = _place(letter, place, story)
    found.update(where)
    for name in where:
        for other in COMBINED:
            found[f"{name}+{other}"] = where[name] * found.get(other, 0.0)
    found.update(_telling(sentences[one.sentence], one, story))
    acted = star is not None and "A" in star[: one.sentence + 1]
    found["after_act"] = float(story and acted)
    wider = _of_story(sentences[one.sentence], one, letter, found) if story else {}
    if not story:
        wider = _of_reasoning(sentences[one.sentence], one, numbered, place)
    found.update({f"context_{name}": STRENGTH * value for name, value in wider.items()})
    return {name: value for name, value in found.items() if value}


def _near(text: str, one: LocatedClaim) -> dict[str, float]:
    """The words around the claim, and what kind of claim it is."""
    claim = one.claim
    start, end = claim.quantities[0].start, claim.last.end
    window = text[max(0, start - LEAD_CHARACTERS) : end + TAIL_CHARACTERS].lower()
    near = text[max(0, start - NEAR_CHARACTERS) : start].lower()
    found = {name: float(bool(cue.search(window))) for name, cue in _patterns("cues").items()}
    found["goal_near"] = float(bool(_patterns("cues")["goal"].search(near)))
    found["is_pair"] = float(one.is_pair)
    found["has_change"] = float(claim.change is not None)
    found["has_period"] = float(claim.period is not None)
    found[f"kind_{one.kind}"] = 1.0
    found["spent_time"] = float(one.kind == "time" and bool(_patterns("cues")["spent"].search(near)))
    return found


def _place(letter: str | None, place: float, story: bool) -> dict[str, float]:
    if not story:
        return {"other_round": 1.0}
    if letter:
        return {f"star_{letter}": 1.0}
    return {
        "early": float(place < EARLY),
        "late": float(place > LATE),
        "middle": float(EARLY <= place <= LATE),
    }


def _telling(text: str, one: LocatedClaim, story: bool) -> dict[str, float]:
    """Whether it is told as a fact, and whose it is: weighed apart in stories and elsewhere."""
    kind = "told" if story else "argued"
    mode, actor = mode_of(text, one.claim), actor_of(text, one.claim)
    third = is_third_party(text, one.claim)
    tight = {name: float(stands_before(name, text, one)) for name in _patterns("direct")}
    return {
        f"{kind}_{mode}": STRENGTH,
        f"{kind}_by_{actor}": 1.0,
        f"{kind}_third": STRENGTH * third,
        **{f"{kind}_{name}": STRENGTH * value for name, value in tight.items()},
    }


def _of_reasoning(text: str, one: LocatedClaim, numbered: tuple[str, ...], place: float) -> dict[str, float]:
    quote, lead = text[one.start : one.end], text[: one.end]
    share = min(MOST_ESTIMATED, SHARE_WEIGHT * _estimating(numbered))
    goal = says("goal", lead)
    return {
        "estimating": share,
        "goal": float(goal),
        "goal_unestimated": float(goal and share < MOST_ESTIMATED / 2),
        "measure": float(says("measure", text)),
        "now": float(says("now", quote)),
        "late": float(place > LATE),
    }


@cache
def _estimating(texts: tuple[str, ...]) -> float:
    """The share of these sentences that speak of assuming and multiplying."""
    return sum(says("estimating", text) for text in texts) / max(3, len(texts))


def _of_story(
    text: str, one: LocatedClaim, letter: str | None, cues: Mapping[str, float]
) -> dict[str, float]:
    quote, lead = text[one.start : one.end], text[: one.end]
    before_result = letter in ("S", "A")
    changed = one.is_pair and says("changed", lead)
    did = says("did", quote)
    problem = one.kind == "count" and bool(cues.get("problem")) and not did
    return {
        "goal": float(letter in ("S", "T", "A") and says("goal", lead)),
        "share_found": float(before_result and one.kind == "rate" and says("found", text)),
        "frequency": float(before_result and says("frequency", quote)),
        "waited": float(before_result and one.kind == "time" and says("waited", quote)),
        "counted_problem": float(before_result and problem),
        "did": float(before_result and did),
        "changed": float(changed and not says("had_changed", text)),
        "changed_by_me": float(changed and says("acted", text)),
    }


def stands_before(key: str, text: str, one: LocatedClaim) -> bool:
    """Whether an entry of the table [direct] stands right before the number, hedges and commas taken out."""
    first = one.claim.quantities[0].start
    lead = gap_between(text, max(0, first - LEAD_CHARACTERS), first)
    return bool(_patterns("direct")[key].search(lead))


def says(key: str, text: str) -> bool:
    """Whether a list of the table [context] has something in `text`."""
    return bool(_patterns("context")[key].search(text))


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    return {name: compile_entries(tuple(entries)) for name, entries in lexicon("roles")[table].items()}
