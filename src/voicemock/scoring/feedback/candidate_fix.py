"""A fix that is being considered."""

from __future__ import annotations

from dataclasses import dataclass

from voicemock.scoring.model import Fix


@dataclass(frozen=True)
class Candidate:
    """A fix and what it would do: the value (1 to 4) that its dimension would come to, and the adjustment of
    the overall that it would mend besides, by name.
    """

    fix: Fix
    value: float
    mends: str = ""
