"""What comes of an answer: its transcript and the cut-ins."""

from __future__ import annotations

from dataclasses import dataclass

from voicemock.errors import DeviceError
from voicemock.interview.moves import EndReason
from voicemock.scoring.gaps.follow_up import FollowUp
from voicemock.scoring.gaps.policy import Interruption
from voicemock.speech.spoken import Spoken
from voicemock.speech.which_number import settled
from voicemock.transcript import Doubt, Word


@dataclass(frozen=True, slots=True)
class Asked:
    """An interruption as it happened: when (floor time), the words it came after, the wording."""

    interruption: Interruption
    at: float
    after: str
    wording: str
    unheard: bool = False  # talked over before anybody could tell what it asks


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A follow-up question as it was asked, at floor time `at`."""

    follow_up: FollowUp
    at: float


@dataclass(frozen=True, slots=True)
class Settled:
    """A number that the candidate was asked about: what was said in reply, when, and which one it is.

    `number` is None where the reply settled nothing.
    """

    doubt: Doubt
    reply: str
    start: float
    end: float
    number: str | None


@dataclass(slots=True)
class Take:
    """What came of the loop; `floor_time_s` is what the cap counts, and the length of the recording."""

    floor_time_s: float
    reason: EndReason
    skipped: bool
    spoken: Spoken
    asked: tuple[Asked, ...]
    last_arrival: float
    followed_up: tuple[FollowedUp, ...] = ()
    lost_s: float = 0.0
    settled: Settled | None = None
    failure: DeviceError | None = None  # why it ended and the session with it

    @property
    def words(self) -> tuple[Word, ...]:
        """What is scored: all words but those spoken to the interviewer, with the number that was asked about."""
        if self.settled is None or self.settled.number is None:
            return self.spoken.words
        return settled(self.spoken.words, self.settled.doubt, self.settled.number)
