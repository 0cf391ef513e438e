"""What the turn is told and what it answers: its events and its commands."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.follow_up import FollowUp
from voicemock.scoring.gaps.policy import Interruption
from voicemock.speech.requests import Request

EndReason = Literal["silence", "key", "voice", "cap", "end-of-file", "device"]
By = Literal["voice", "key"]

# --- events -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clock:
    """Floor time has come to `t`."""

    t: float


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    t: float


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """The voice activity detector closed an utterance whose last speech was at `t`."""

    t: float


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance was understood.

    `text` and `annotation` are of everything said so far, whose last utterance ends at `until`.
    """

    text: str
    annotation: Annotation
    unfinished: bool = False  # the last sentence is still being spoken
    until: float = inf
    last_word: float = 0.0  # where the last word ends


@dataclass(frozen=True, slots=True)
class Doubted:
    """What `LookForDoubts` found: the question which of two numbers was said, None where there is no doubt."""

    question: Interruption | None


@dataclass(frozen=True, slots=True)
class Replied:
    """The reply to that question was understood: it is no part of the answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidate asked for something."""

    request: Request
    by: By


@dataclass(frozen=True, slots=True)
class InterviewerBegan:
    """A line begins to be heard."""


@dataclass(frozen=True, slots=True)
class InterviewerDone:
    """The interviewer has finished speaking, or was talked over; `unheard`: before anybody could tell what it is."""

    unheard: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The candidate speaks on although the answer was closed."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The candidate wants to leave (Ctrl-C): the whole answer is over, probes and all."""


@dataclass(frozen=True, slots=True)
class Muted:
    """The microphone hears nothing at all, or (`muted` is False) hears again: its silence is not the candidate's."""

    muted: bool


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """No more sound will come; `gone` says that its device went away."""

    gone: bool = False


@dataclass(frozen=True, slots=True)
class WordsLost:
    """The recogniser failed: nobody knows what is said any more, only that somebody speaks."""


Event = (
    Clock
    | SpeechBegan
    | SpeechStopped
    | Heard
    | Doubted
    | Replied
    | Asked
    | InterviewerBegan
    | InterviewerDone
    | TakenBack
    | Stopped
    | Muted
    | SourceEnded
    | WordsLost
)

# --- commands -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Cut in with this question; it follows from what was said up to `since`."""

    interruption: Interruption
    since: float


@dataclass(frozen=True, slots=True)
class Speak:
    """Say the line of this name (`prompts/follow-ups.yaml`) to the candidate; the clock is paused."""

    line: str


@dataclass(frozen=True, slots=True)
class Warn:
    remaining_s: float


@dataclass(frozen=True, slots=True)
class Countdown:
    """`remaining_s` until a silence ends the answer; None when the candidate goes on."""

    remaining_s: float | None


@dataclass(frozen=True, slots=True)
class Understood:
    """A request was understood, or a key; None where it was taken back by speaking on."""

    request: Request | None
    by: By


@dataclass(frozen=True, slots=True)
class Probe:
    """Ask probe number `number` of the case study, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Press:
    """Ask a follow-up question: the answer is over, its reply belongs to it."""

    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class LookForDoubts:
    """The answer seems over: look for a number in doubt that the score leans on, and tell (`Doubted`) at once."""


@dataclass(frozen=True, slots=True)
class End:
    """The answer is over. At the cap the interviewer says a polite cut-off."""

    reason: EndReason
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """The interviewer thanks for the answer; who speaks on within some seconds takes that back, else it ends so."""

    ending: End


Command = Interrupt | Speak | Probe | Press | LookForDoubts | Warn | Countdown | Understood | Close | End
