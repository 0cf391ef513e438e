"""The quantified claims of an answer, with kind, role, values and period (rubric section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.located import LocatedClaim, locate_claims
from voicemock.scoring.claims.measured import group_of
from voicemock.scoring.claims.role_context import context_cues
from voicemock.scoring.claims.role_cues import likeliest_role, role_cues
from voicemock.scoring.claims.stance import actor_of, mode_of
from voicemock.scoring.model import Metric
from voicemock.scoring.numbers.hedges import is_hedged

PERIOD = re.compile(
    r"\b(?:in|over|within|inside|during|throughout|across|after|for)\s+(?:[\w'’]+\s+){0,3}$", re.IGNORECASE
)


def find_metrics(
    sentences: Sequence[str], star: Sequence[str] | None = None, round_: str = "behavioral"
) -> tuple[Metric, ...]:
    """All metrics in order. `star` letters, one a sentence, sharpen the role; without them, the place
    does.
    """
    located = locate_claims(sentences)
    cues = all_cues(sentences, located, star, round_)
    return tuple(_metric(sentences[one.sentence], one, seen) for one, seen in zip(located, cues, strict=True))


def all_cues(
    sentences: Sequence[str],
    located: Sequence[LocatedClaim],
    star: Sequence[str] | None = None,
    round_: str = "behavioral",
) -> list[dict[str, float]]:
    """The named features that the roles are decided from, one dictionary a claim of `locate_claims`."""
    numbered = tuple(sorted({one.sentence for one in located}))
    found: list[dict[str, float]] = []
    for one in located:
        cues = metric_cues(sentences, one, star, round_)
        letter = star[one.sentence] if star and one.sentence < len(star) else None
        quote = sentences[one.sentence][one.start : one.end]
        found.append(cues | context_cues(sentences, numbered, one.sentence, quote, letter, cues))
    return found


def metric_cues(
    sentences: Sequence[str],
    located: LocatedClaim,
    star: Sequence[str] | None = None,
    round_: str = "behavioral",
) -> dict[str, float]:
    """The named features (0 or 1) that the role of a claim is voted on with."""
    letter = star[located.sentence] if star and located.sentence < len(star) else None
    place = located.sentence / max(1, len(sentences) - 1)
    return role_cues(sentences[located.sentence], located.claim, located.kind, letter, place, round_)


def _metric(text: str, located: LocatedClaim, cues: Mapping[str, float]) -> Metric:
    claim = located.claim
    own = [q for q in claim.quantities if q is not claim.period]
    return Metric(
        sentence=located.sentence,
        text=text[located.start : located.end],
        role=likeliest_role(cues),
        kind=located.kind,
        before=located.before,
        after=located.after,
        unit=located.unit,
        change_pct=located.change_pct,
        period=_period(text, claim),
        hedged=any(q.loose or is_hedged(text, q.start, q.end) for q in own),
        of=located.of,
        group=group_of(text, claim),
        actor=actor_of(text, claim),
        mode=mode_of(text, claim),
    )


def _period(text: str, claim: Claim) -> str | None:
    if claim.period is None:
        return None
    lead = PERIOD.search(text[: claim.period.start])
    start = lead.start() if lead else claim.period.start
    return text[start : claim.period.end]
