"""What `voicemock doctor` finds out about one part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at; `next_step` is empty when there is nothing to do."""

    part: str
    verdict: Verdict
    what: str
    next_step: str = ""
