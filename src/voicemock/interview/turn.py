"""The turn: who has the floor, and what the interviewer does next.

A pure machine: `step(state, event)` gives the next state and the commands to carry out. It knows no clock,
sound, thread or print. All times are seconds of floor time: the answer's audio time, which stands still while
the interviewer speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from voicemock.interview.endpointing import LONGEST_S, silence_needed_s
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.policy import Interruption, Style, Wording, next_interruption, plain_wording
from voicemock.speech.requests import Request

WARN_AT_S = (120.0, 150.0)  # for a cap of 180 s (rubric section 1); other caps warn as long before their end
COUNTDOWN_FROM_S = 2.0  # the last seconds of a closing silence are shown
COUNTDOWN_STEP_S = 0.5
NUDGE_AT_S = 12.0  # of silence before the first word of a reply
REPLY_WAIT_S = 8.0  # the least silence after a cut-in: the question is new, and nobody has an answer ready
# "From six" may go on "to four point five hours": a claim is judged when its sentence is over.
NEEDS_THE_WHOLE_SENTENCE = frozenset(
    {
        "attribution", "baseline", "hedged", "so-what", "why-this", "blame", "exact-number", "your-part",
        "false-sum", "two-values", "goal-missed", "sanity-check",
    }
)  # fmt: skip
EndReason = Literal["silence", "key", "voice", "cap", "end-of-file", "device"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What does not change during an answer."""

    round: str
    cap_s: float
    style: Style = "polite"
    base_silence_s: float = 3.0
    probes: int = 0  # questions still to come within the answer (portfolio)
    wording: Wording = plain_wording
    said: tuple[str, ...] = ()  # what the interviewer cut in with before this answer, not to be said again

    @property
    def warnings(self) -> tuple[float, ...]:
        return tuple(self.cap_s - (180.0 - at) for at in WARN_AT_S if self.cap_s > 180.0 - at)


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
class Asked:
    """The candidate asked for something, by voice or by key."""

    request: Request
    by: Literal["voice", "key"]


@dataclass(frozen=True, slots=True)
class InterviewerDone:
    """The interviewer has finished speaking, or was talked over."""


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
    | Asked
    | InterviewerDone
    | Stopped
    | Muted
    | SourceEnded
    | WordsLost
)

# --- commands -----------------------------------------------------------------------------------------------


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
    """Everything the turn remembers.

    `reply_wait_s` is the least silence that ends the answer until the interviewer's latest question has a
    reply: without end after a question or probe, since nobody is cut off before the first word.
    """

    rules: Rules
    t: float = 0.0
    interviewer_speaks: bool = False
    speaking: bool = False
    asked_at: float = 0.0  # the interviewer's latest question, probe or cut-in
    reply_wait_s: float = inf
    silent_since: float = 0.0
    thinking: bool = False
    muted: bool = False
    nudged: bool = False
    countdown: float | None = None
    warned: int = 0
    said: str = ""
    unfinished: bool = False
    annotation: Annotation | None = None
    asked: tuple[Interruption, ...] = ()
    probed: int = 0
    deaf: bool = False  # to words: no cut-ins on what was said, and any speech is a reply
    ended: EndReason | None = None


Step = tuple[State, tuple[Command, ...]]


def step(state: State, event: Event) -> Step:
    """The next state and what to do. After the end nothing changes any more."""
    if state.ended is not None:
        return state, ()
    match event:
        case Clock(t):
            return _advance(replace(state, t=max(state.t, min(t, state.rules.cap_s))))
        case SpeechBegan():
            commands = (Countdown(None),) if state.countdown is not None else ()
            return replace(state, speaking=True, countdown=None), commands
        case SpeechStopped(t):
            return _reply_unheard(replace(state, speaking=False, silent_since=t)), ()
        case WordsLost():
            return _reply_unheard(replace(state, deaf=True)), ()
        case Heard():
            return _hear(state, event)
        case Asked(request, by):
            return _grant(state, request, by)
        case InterviewerDone():
            # after a question the silence counts anew: the candidate needs a moment
            return replace(state, interviewer_speaks=False, speaking=False, silent_since=state.t), ()
        case Stopped():
            return _end(state, "key")
        case Muted(muted):
            return _mute(state, muted)
        case SourceEnded(gone):
            return _end(state, "device" if gone else "end-of-file")


def silence_limit_s(state: State) -> float:
    """How long a silence may last, given what was said last and what was asked last.

    Where the words are lost a sentence may have to go on: as long as after the most unfinished one.
    """
    if state.deaf:
        return max(state.reply_wait_s, LONGEST_S, state.rules.base_silence_s)
    return max(state.reply_wait_s, silence_needed_s(state.said, state.rules.base_silence_s))


def _hear(state: State, heard: Heard) -> Step:
    """Words: a pause for thought is over, and a question has its reply if they came after it."""
    state = replace(
        state, said=heard.text, annotation=heard.annotation, unfinished=heard.unfinished, thinking=False
    )
    if heard.until <= state.asked_at:
        return state, ()  # said before the question, understood after it
    return _consider(replace(state, reply_wait_s=0.0))


def _reply_unheard(state: State) -> State:
    """Where words are lost, speech after the latest question is its reply, and ends a pause for thought."""
    if not state.deaf or state.silent_since <= state.asked_at:
        return state
    return replace(state, reply_wait_s=0.0, thinking=False)


def _mute(state: State, muted: bool) -> Step:
    """Whoever is heard again needs a moment: the silence counts anew."""
    commands = (Countdown(None),) if state.countdown is not None else ()
    return replace(state, muted=muted, speaking=False, silent_since=state.t, countdown=None), commands


def _advance(state: State) -> Step:
    if state.t >= state.rules.cap_s:
        return _end(state, "cap")
    if state.interviewer_speaks:
        return state, ()
    commands: list[Command] = []
    due = [at for at in state.rules.warnings if at <= state.t]
    if len(due) > state.warned:
        state = replace(state, warned=len(due))
        commands.append(Warn(state.rules.cap_s - state.t))
        considered, more = _consider(state, only="result-now")  # the clock's own; the others follow words
        return considered, (*commands, *more)
    if state.speaking or state.thinking or state.muted:
        return state, tuple(commands)
    if state.reply_wait_s == inf:
        if state.t - state.silent_since >= NUDGE_AT_S and not state.nudged:
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


def _consider(state: State, only: str | None = None) -> Step:
    """Whether to cut in on what has been said so far, with a question of the kind `only` or any."""
    if state.annotation is None or state.deaf or state.interviewer_speaks or state.reply_wait_s > 0:
        return state, ()
    interruption = next_interruption(
        state.annotation,
        asked=state.asked,
        style=state.rules.style,
        round=state.rules.round,
        floor_time_s=state.t,
        in_pause=not state.speaking,
        wording=state.rules.wording,
        said=state.rules.said,
    )
    if interruption is None or only not in (None, interruption.kind):
        return state, ()
    if state.unfinished and _too_early(state, interruption.kind):
        return state, ()
    asked = (*state.asked, interruption)
    return _question(replace(state, asked=asked), REPLY_WAIT_S), (Interrupt(interruption),)


def _too_early(state: State, kind: str) -> bool:
    """Whether the sentence being spoken has to end first; the debrief asks after sentences, never within."""
    return state.rules.style == "debrief" or kind in NEEDS_THE_WHOLE_SENTENCE


def _question(state: State, reply_wait_s: float) -> State:
    """The interviewer asks something new: the floor is the interviewer's, and then a reply is due."""
    return replace(
        state,
        interviewer_speaks=True,
        countdown=None,
        thinking=False,
        asked_at=state.t,
        reply_wait_s=reply_wait_s,
    )


def _grant(state: State, request: Request, by: Literal["voice", "key"]) -> Step:
    if by == "voice" and state.speaking and request in (Request.DONE, Request.THINK):
        return state, ()  # who goes on speaking is neither done nor thinking
    match request:
        case Request.DONE:
            return _close(state, by)
        case Request.SKIP:
            return _end(state, by, skipped=True)
        case Request.THINK:
            held = replace(state, thinking=True, countdown=None)
            if by == "key":
                return held, (Countdown(None),)
            return replace(held, interviewer_speaks=True), (Countdown(None), Speak("think"))
        case Request.REPEAT:
            return replace(state, interviewer_speaks=True, countdown=None), (Speak("repeat"),)
        case Request.TIME:
            return replace(state, interviewer_speaks=True, countdown=None), (Speak("time"),)


def _close(state: State, reason: EndReason) -> Step:
    """The candidate is done: with this probe if more are to come, else with the answer."""
    if state.probed < state.rules.probes:
        asked = replace(_question(state, inf), probed=state.probed + 1, nudged=False)
        return asked, (Probe(state.probed),)
    return _end(state, reason)


def _end(state: State, reason: EndReason, skipped: bool = False) -> Step:
    return replace(state, ended=reason, countdown=None), (End(reason, skipped),)
