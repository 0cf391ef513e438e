"""The words that a claim quotes: its numbers and what they measure, within the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.models.lexicon import words

LEAD_WORDS = 8  # how far a quote reaches back from its first number
TAIL_WORDS = 5  # how far it runs on after its last
WORD = re.compile(r"[^\s]+")


def claim_spans(text: str, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """One span for each claim of a sentence, in order, never overlapping."""
    spans: list[tuple[int, int]] = []
    for i, claim in enumerate(claims):
        floor = spans[-1][1] if spans else 0
        ceiling = _first(claims[i + 1], claim.last.end) if i + 1 < len(claims) else len(text)
        start = _start(text, floor, _first(claim, floor))
        end = _end(text, claim.last.end, ceiling)
        spans.append((start, end))
    return spans


def _first(claim: Claim, behind: int) -> int:
    """Where its first number begins, or of a pair that another claim stands in its last."""
    first = claim.quantities[0].start
    return first if first >= behind else claim.last.start


def _start(text: str, floor: int, first: int) -> int:
    """Back to the clause's beginning, `LEAD_WORDS` at most."""
    start = first
    lead = list(WORD.finditer(text, floor, first))
    for match in reversed(lead[-LEAD_WORDS:]):
        word = match.group().lower()
        bare = word.strip(".,;:!?\"'“”()")
        if word[-1] in ",;:.!?…—" or word in ("—", "–", "-"):
            break
        if bare in words("metrics", "boundary") and match.start() != start:
            break
        start = match.start()
    return start


def _end(text: str, last: int, ceiling: int) -> int:
    """On to the clause's end, `TAIL_WORDS` at most, before the next claim."""
    end = last
    if last < len(text) and not text[last].isspace():
        glued = re.match(r"[\w%'’-]+", text[last:ceiling])
        end = last + (glued.end() if glued else 0)
        if not glued:
            return end
    for match in list(WORD.finditer(text, end, ceiling))[:TAIL_WORDS]:
        word = match.group()
        if word.lower().strip(".,;:!?") in words("metrics", "boundary"):
            break
        stripped = word.rstrip(".,;:!?\"'…”)")
        if match.start() + len(stripped) > ceiling:
            break
        end = match.start() + len(stripped) if stripped else end
        if stripped != word:
            break
    return end
