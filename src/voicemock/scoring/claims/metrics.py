"""The quantified claims of an answer, with kind, role, values and period (rubric section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicemock.scoring.claims.claim import Claim, is_bare
from voicemock.scoring.claims.find import find_claims
from voicemock.scoring.claims.measured import group_of, measured
from voicemock.scoring.claims.role_context import context_cues
from voicemock.scoring.claims.role_cues import likeliest_role, role_cues
from voicemock.scoring.claims.spans import claim_spans
from voicemock.scoring.claims.stance import actor_of, mode_of
from voicemock.scoring.model import Kind, Metric
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.hedges import is_hedged
from voicemock.scoring.numbers.quantities import Quantity

PERIOD = re.compile(
    r"\b(?:in|over|within|inside|during|throughout|across|after|for)\s+(?:[\w'’]+\s+){0,3}$", re.IGNORECASE
)
LENDERS = 6  # how many earlier claims may lend a bare number their unit
LENDING = ("rate", "time", "money")
LIKE_SIZE = 3.0  # and how far apart the two sizes may be
CONTEXT_CHARACTERS = 60  # how near a word must be to lend a bare number its unit


@dataclass(frozen=True, slots=True)
class LocatedClaim:
    """A claim in sentence number `sentence`, quoted by `start`:`end`, with the kind that its context
    gives.
    """

    sentence: int
    start: int
    end: int
    claim: Claim
    kind: Kind
    unit: str | None


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


def locate_claims(sentences: Sequence[str]) -> list[LocatedClaim]:
    """The claims of all sentences; a bare number takes its unit from its sentence or from the last claim."""
    located: list[LocatedClaim] = []
    for number, text in enumerate(sentences):
        claims = find_claims(text)
        for claim, (start, end) in zip(claims, claim_spans(text, claims), strict=True):
            kind, unit = _kind(text, claim, located)
            located.append(LocatedClaim(number, start, end, claim, kind, unit))
    return located


def _kind(text: str, claim: Claim, earlier: Sequence[LocatedClaim]) -> tuple[Kind, str | None]:
    main = claim.main
    near = text[max(0, main.start - CONTEXT_CHARACTERS) : claim.last.end + 30]
    if main.unit == "points":
        return _kind_of_points(text, near, claim, earlier)
    if not is_bare(main):
        return main.kind, main.unit or None
    if _uncounted(claim):
        return _lent_kind(near, claim, earlier) or ("count", _noun(claim))
    return "count", _noun(claim)


def _kind_of_points(
    text: str, near: str, claim: Claim, earlier: Sequence[LocatedClaim]
) -> tuple[Kind, str | None]:
    """Points of a percentage, or of a mark."""
    by_rate = pattern("metrics", "rate").search(near) or "%" in near or (earlier and earlier[-1].unit == "%")
    if by_rate and not pattern("metrics", "score").search(text) and claim.main.whole is None:
        return "rate", "pp"
    return "score", "points"


def _lent_kind(near: str, claim: Claim, earlier: Sequence[LocatedClaim]) -> tuple[Kind, str | None] | None:
    """The kind that a bare number takes from the words near it or from an earlier claim of like size."""
    size = abs(claim.main.value)
    if pattern("metrics", "score").search(near) and size <= 100:
        return "score", "points"
    if size >= 1000 and pattern("metrics", "money").search(near):
        return "money", None
    if claim.change and claim.change.kind == "rate" and claim.change.unit == "pp":
        return "rate", "%"
    for one in reversed(earlier[-LENDERS:]):
        other = abs(one.claim.main.value)
        if one.kind in LENDING and other * size and 1 / LIKE_SIZE <= size / other <= LIKE_SIZE:
            return one.kind, one.unit
    rate_near = bool(pattern("metrics", "rate").search(near))
    share_like = size % 1 or claim.is_pair or rate_near
    among_shares = rate_near or any(one.unit == "%" for one in earlier[-LENDERS:])
    if size < 100 and not claim.main.small_word and share_like and among_shares:
        return "rate", "%"
    return None


def _uncounted(claim: Claim) -> bool:
    """Whether the claim's own numbers count no noun."""
    own = [q for q in (claim.main, claim.before, claim.after) if q]
    return all(not q.noun or q.noun in words("metrics", "no_noun") for q in own)


def _noun(claim: Claim) -> str | None:
    return next(
        (q.noun for q in claim.quantities if q.noun and q.noun not in words("metrics", "no_noun")), None
    )


def _metric(text: str, located: LocatedClaim, cues: Mapping[str, float]) -> Metric:
    claim = located.claim
    before, after = claim_value(claim.before, claim), claim_value(claim.after, claim)
    if not claim.is_pair:
        after = claim.main.value
    return Metric(
        sentence=located.sentence,
        text=text[located.start : located.end],
        role=likeliest_role(cues),
        kind=located.kind,
        before=before,
        after=after,
        unit=located.unit,
        change_pct=change_pct(claim),
        period=_period(text, claim),
        hedged=any(is_hedged(text, q.start, q.end) for q in claim.quantities if q is not claim.period),
        of=measured(text, claim),
        group=group_of(text, claim),
        actor=actor_of(text, claim),
        mode=mode_of(text, claim),
    )


def claim_value(quantity: Quantity | None, claim: Claim) -> float | None:
    """The value in the unit of the claim; durations are converted to it."""
    if quantity is None:
        return None
    if quantity.seconds is None or claim.main.seconds is None or quantity.unit == claim.main.unit:
        return quantity.value
    return round(quantity.seconds * claim.main.value / claim.main.seconds, 6) if claim.main.seconds else None


def change_pct(claim: Claim) -> float | None:
    """The relative change in per cent: from the pair where there is one, else as stated by a ratio."""
    before, after = claim_value(claim.before, claim), claim_value(claim.after, claim)
    if before and after is not None:
        return round(100 * (after - before) / abs(before), 1)
    if claim.main.kind == "ratio" and claim.before is None:
        return round(100 * (claim.main.value - 1), 1)
    return None


def _period(text: str, claim: Claim) -> str | None:
    if claim.period is None:
        return None
    lead = PERIOD.search(text[: claim.period.start])
    start = lead.start() if lead else claim.period.start
    return text[start : claim.period.end]
