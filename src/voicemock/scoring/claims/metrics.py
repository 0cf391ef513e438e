"""The quantified claims of an answer, with kind, role, values and period (rubric section 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.companies import of_others
from voicemock.scoring.claims.located import LocatedClaim, locate_claims
from voicemock.scoring.claims.measured import group_of
from voicemock.scoring.claims.roles import decide_roles
from voicemock.scoring.claims.stance import actor_of, mode_of
from voicemock.scoring.model import Actor, Metric, Role
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.scoring.numbers.hedges import is_hedged

PERIOD = re.compile(
    r"\b(?:in|over|within|inside|during|throughout|across|after|for)\s+(?:[\w'’]+\s+){0,3}$", re.IGNORECASE
)


def find_metrics(
    sentences: Sequence[str],
    star: Sequence[str] | None = None,
    round_: str = "behavioral",
    encoder: Encoder | None = None,
) -> tuple[Metric, ...]:
    """All metrics in order. `star` letters, one a sentence, sharpen the role; without them, the place does."""
    located = locate_claims(sentences, round_)
    roles = decide_roles(located, sentences, star, round_, encoder or default_encoder())
    others = of_others(tuple(sentences))
    return tuple(
        _metric(sentences[one.sentence], one, role, "other" if one.sentence in others else None)
        for one, role in zip(located, roles, strict=True)
    )


def told_once(results: Sequence[Metric]) -> tuple[Metric, ...]:
    """The results without those that only say an earlier one again."""
    kept: list[Metric] = []
    for one in results:
        if not any(says_again(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def says_again(one: Metric, other: Metric) -> bool:
    """Whether a metric of another sentence may be the same one, told again."""
    if one.sentence == other.sentence or one.after is None or other.after is None:
        return False
    if _is_share_of(one, other) or _is_share_of(other, one):
        return True
    if one.kind != other.kind:
        return False
    unit = one.unit == other.unit or one.kind == "count"
    before = one.before is None or other.before is None or one.before == other.before
    return unit and before and one.after == other.after and _may_be_same(one.of, other.of)


SOON, ROUNDED = 2, 3.0  # sentences, and points by which a share may be told rounded


def _is_share_of(share: Metric, pair: Metric) -> bool:
    """Whether a lone share says how far a pair beside it went: "40 a week and now 20", "that's half"."""
    lone = share.before is None and share.unit in ("%", "x")
    if (
        not lone
        or pair.before is None
        or pair.change_pct is None
        or abs(share.sentence - pair.sentence) > SOON
    ):
        return False
    said = share.after if share.unit == "%" else share.change_pct
    if said is None:
        return False
    fits = abs(abs(said) - abs(pair.change_pct)) <= ROUNDED
    return fits and _may_be_same(share.of, pair.of)


def _may_be_same(first: str | None, second: str | None) -> bool:
    """Whether two measured things may be one: either is not named, or they share their last word."""
    if first is None or second is None:
        return True
    return first.lower().split()[-1].removesuffix("s") == second.lower().split()[-1].removesuffix("s")


def _metric(text: str, located: LocatedClaim, role: Role, actor: Actor | None) -> Metric:
    claim = located.claim
    own = [q for q in claim.quantities if q is not claim.period]
    return Metric(
        sentence=located.sentence,
        text=text[located.start : located.end],
        role=role,
        kind=located.kind,
        before=located.before,
        after=located.after,
        unit=located.unit,
        change_pct=located.change_pct,
        period=_period(text, claim),
        hedged=any(q.loose or is_hedged(text, q.start, q.end) for q in own),
        of=located.of,
        group=group_of(text, claim),
        actor=actor or actor_of(text, claim),
        mode=mode_of(text, claim),
    )


def _period(text: str, claim: Claim) -> str | None:
    if claim.period is None:
        return None
    lead = PERIOD.search(text[: claim.period.start])
    start = lead.start() if lead else claim.period.start
    return text[start : claim.period.end]
