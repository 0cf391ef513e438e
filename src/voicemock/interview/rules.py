"""What does not change during an answer: its round, cap and style, and what may be asked in it."""

from __future__ import annotations

from dataclasses import dataclass

from voicemock.scoring.gaps.follow_up import Asking
from voicemock.scoring.gaps.policy import Style, Wording, plain_wording

WARN_AT_S = (120.0, 150.0)  # for a cap of 180 s (rubric section 1); other caps warn as long before their end


@dataclass(frozen=True, slots=True)
class Rules:
    """`question` is the one that may be followed up; None: no follow-ups."""

    round: str
    cap_s: float
    style: Style = "polite"
    base_silence_s: float = 3.0
    probes: int = 0  # questions still to come within the answer (portfolio)
    wording: Wording = plain_wording
    said: tuple[str, ...] = ()  # what the interviewer cut in with before this answer, not to be said again
    warn_at_s: tuple[float, ...] | None = None  # None: a minute and half a minute before the cap
    question: Asking | None = None

    @property
    def warnings(self) -> tuple[float, ...]:
        if self.warn_at_s is not None:
            return tuple(at for at in self.warn_at_s if 0 < at < self.cap_s)
        return tuple(self.cap_s - (180.0 - at) for at in WARN_AT_S if self.cap_s > 180.0 - at)
