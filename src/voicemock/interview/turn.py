"""The turn: who has the floor, and what the interviewer does next.

A pure machine: `step(state, event)` gives the next state and the commands to carry out. It knows no clock, sound,
thread or print. All times are seconds of floor time: the answer's audio time, which stands still while the
interviewer speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from voicemock.audio.endpointing import silence_needed_s
from voicemock.interview.interrupter import Interruption, Style, next_interruption
from voicemock.interview.requests import Request
from voicemock.scoring.annotate import Annotation

WARN_AT_S = (120.0, 150.0)  # for a cap of 180 s (rubric section 1); other caps warn as long before their end
COUNTDOWN_FROM_S = 2.0  # the last seconds of a closing silence are shown
COUNTDOWN_STEP_S = 0.5
NUDGE_AT_S = 12.0  # of silence before the first word
# "From six" may go on "to four point five hours": a claim is judged when its sentence is over.
NEEDS_THE_WHOLE_SENTENCE = frozenset({"attribution", "baseline", "hedged", "so-what", "why-this", "blame"})
EndReason = Literal["silence", "key", "voice", "cap", "end-of-file"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What does not change during an answer."""

    round: str
    cap_s: float
    style: Style = "polite"
    base_silence_s: float = 3.0
    probes: int = 0  # questions still to come within the answer (portfolio)

    @property
    def warnings(self) -> tuple[float, ...]:
        return tuple(self.cap_s - (180.0 - at) for at in WARN_AT_S if self.cap_s > 180.0 - at)


# --- events -------------------------------------------------------------------------------------------------------


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
    """An utterance was understood; `annotation` is that of all sentences so far."""

    text: str
    annotation: Annotation
    unfinished: bool = False  # the last sentence is still being spoken


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidate asked for something, by voice or by key."""

    request: Request
    by: Literal["voice", "key"]


@dataclass(frozen=True, slots=True)
class InterviewerDone:
    """The interviewer has finished speaking, or was talked over."""


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """No more sound will come."""


Event = Clock | SpeechBegan | SpeechStopped | Heard | Asked | InterviewerDone | SourceEnded

# --- commands -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interrupt:
    interruption: Interruption


@dataclass(frozen=True, slots=True)
class Speak:
    """Say the line of this name (`prompts/follow-ups.yaml`) to the candidate; the clock stands."""

    line: str


@dataclass(frozen=True, slots=True)
class Warn:
    remaining_s: float


@dataclass(frozen=True, slots=True)
class Countdown:
    """`remaining_s` until a silence ends the answer; None when the candidate goes on."""

    remaining_s: float | None


@dataclass(frozen=True, slots=True)
class Probe:
    """Ask probe number `number` of the case study, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class End:
    """The answer is over. At the cap the interviewer says a polite cut-off."""

    reason: EndReason
    skipped: bool = False


Command = Interrupt | Speak | Probe | Warn | Countdown | End


@dataclass(frozen=True, slots=True)
class State:
    """Everything the turn remembers."""

    rules: Rules
    t: float = 0.0
    interviewer_speaks: bool = False
    speech_begun: bool = False  # the first word was heard: silence counts from now on
    speaking: bool = False
    silent_since: float = 0.0
    thinking: bool = False
    nudged: bool = False
    countdown: float | None = None
    warned: int = 0
    said: str = ""
    annotation: Annotation | None = None
    asked: tuple[Interruption, ...] = ()
    probed: int = 0
    ended: EndReason | None = None


Step = tuple[State, tuple[Command, ...]]


def step(state: State, event: Event) -> Step:
    """The next state and what to do. After the end nothing changes any more."""
    if state.ended is not None:
        return state, ()
    match event:
        case Clock(t):
            return _advance(replace(state, t=t))
        case SpeechBegan():
            commands = (Countdown(None),) if state.countdown is not None else ()
            return replace(state, speaking=True, speech_begun=True, thinking=False, countdown=None), commands
        case SpeechStopped(t):
            return replace(state, speaking=False, silent_since=t), ()
        case Heard(text, annotation, unfinished):
            return _consider(replace(state, said=text, annotation=annotation), unfinished)
        case Asked(request, by):
            return _grant(state, request, by)
        case InterviewerDone():
            # after a question the silence counts anew: the candidate needs a moment
            return replace(state, interviewer_speaks=False, speaking=False, silent_since=state.t), ()
        case SourceEnded():
            return _end(state, "end-of-file")


def silence_limit_s(state: State) -> float:
    """How long a silence may last, given what was said last."""
    return silence_needed_s(state.said, state.rules.base_silence_s)


def _advance(state: State) -> Step:
    if state.t >= state.rules.cap_s:
        return _end(state, "cap")
    commands: list[Command] = []
    due = [at for at in state.rules.warnings if at <= state.t]
    if len(due) > state.warned:
        state = replace(state, warned=len(due))
        commands.append(Warn(state.rules.cap_s - state.t))
        considered, more = _consider(state)
        return considered, (*commands, *more)
    if state.speaking or state.thinking:
        return state, tuple(commands)
    if not state.speech_begun:
        if state.t >= NUDGE_AT_S and not state.nudged:
            return replace(state, nudged=True, interviewer_speaks=True), (*commands, Speak("nothing-heard"))
        return state, tuple(commands)
    return _count_silence(state, commands)


def _count_silence(state: State, commands: list[Command]) -> Step:
    remaining = silence_limit_s(state) - (state.t - state.silent_since)
    if remaining <= 0:
        ended, ends = _close(state, "silence")
        return ended, (*commands, *ends)
    if remaining <= COUNTDOWN_FROM_S:
        shown = -(-remaining // COUNTDOWN_STEP_S) * COUNTDOWN_STEP_S  # rounded up to a step
        if shown != state.countdown:
            return replace(state, countdown=shown), (*commands, Countdown(shown))
    return state, tuple(commands)


def _consider(state: State, unfinished: bool = False) -> Step:
    """Whether to cut in on what has been said so far."""
    if state.annotation is None or state.interviewer_speaks:
        return state, ()
    interruption = next_interruption(
        state.annotation,
        asked=state.asked,
        style=state.rules.style,
        round=state.rules.round,
        floor_time_s=state.t,
        in_pause=not state.speaking,
    )
    if interruption is None or (unfinished and interruption.kind in NEEDS_THE_WHOLE_SENTENCE):
        return state, ()
    asked = (*state.asked, interruption)
    return replace(state, asked=asked, interviewer_speaks=True, countdown=None), (Interrupt(interruption),)


def _grant(state: State, request: Request, by: Literal["voice", "key"]) -> Step:
    match request:
        case Request.DONE:
            return _close(state, by)
        case Request.SKIP:
            return _end(state, by, skipped=True)
        case Request.THINK:
            held = replace(state, thinking=True, countdown=None, interviewer_speaks=by == "voice")
            return held, (Countdown(None), *((Speak("think"),) if by == "voice" else ()))
        case Request.REPEAT:
            return replace(state, interviewer_speaks=True, countdown=None), (Speak("repeat"),)
        case Request.TIME:
            return replace(state, interviewer_speaks=True, countdown=None), (Speak("time"),)


def _close(state: State, reason: EndReason) -> Step:
    """The candidate is done: with this probe if more are to come, else with the answer."""
    if state.probed < state.rules.probes:
        asked = replace(state, probed=state.probed + 1, interviewer_speaks=True, countdown=None)
        return asked, (Probe(state.probed),)
    return _end(state, reason)


def _end(state: State, reason: EndReason, skipped: bool = False) -> Step:
    return replace(state, ended=reason, countdown=None), (End(reason, skipped),)
