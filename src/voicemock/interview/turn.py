"""The turn: who has the floor, and what the interviewer does next.

A pure machine: `step(state, event)` gives the next state and the commands to carry out (`moves.py`). It knows no clock,
sound, thread or print. All times are seconds of floor time: the answer's audio time, which stands still while
the interviewer speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from voicemock.interview.endpointing import LONGEST_S, silence_needed_s
from voicemock.interview.moves import (
    Asked,
    By,
    Clock,
    Close,
    Command,
    Countdown,
    Doubted,
    End,
    EndReason,
    Event,
    Heard,
    Interrupt,
    InterviewerBegan,
    InterviewerDone,
    LookForDoubts,
    Muted,
    Press,
    Probe,
    Replied,
    SourceEnded,
    Speak,
    SpeechBegan,
    SpeechStopped,
    Stopped,
    TakenBack,
    Understood,
    Warn,
    WordsLost,
)
from voicemock.interview.rules import Rules
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.follow_up import FollowUp, follow_up
from voicemock.scoring.gaps.policy import Interruption, may_ask_which_number, next_interruption
from voicemock.speech.requests import CLOSING_S, Request

COUNTDOWN_FROM_S = 2.0  # the last seconds of a closing silence are shown
COUNTDOWN_STEP_S = 0.5
NUDGE_AT_S = 30.0  # of silence before the first word of a reply: many think for 20 s
REPLY_WAIT_S = 8.0  # the least silence after anything the interviewer says: nobody has an answer ready
FOLLOW_UP_WAIT_S = 15.0  # the same after a follow-up question, which may stay without an answer
AT_ONCE_S = 0.1  # of floor time after a question begins: nobody replies so soon
INSISTED_S = 5.0  # of floor time for whoever talked over a cut-in: asked again at once it is a quarrel
WHICH_NUMBER_NEEDS_S, FOLLOW_UP_NEEDS_S = 10.0, 30.0  # of floor time, or there is no room for a reply
EARLY_SHARE = 0.25  # of the cap: who pauses here has hardly begun, and is waited for longer
EARLY_MOST_S = 45.0
# "From six" may go on "to four point five hours": a claim is judged when its sentence is over.
NEEDS_THE_WHOLE_SENTENCE = frozenset(
    {
        "attribution", "baseline", "hedged", "so-what", "why-this", "blame", "exact-number", "your-part",
        "false-sum", "two-values", "goal-missed", "sanity-check",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """Everything the turn remembers.

    `reply_wait_s` is the least silence that ends the answer until the interviewer's latest question has a
    reply: without end after a question or probe, since nobody is cut off before the first word. `pending` is a
    request by voice that waits for its silence, `closing` how an answer ends that can still be taken back.
    """

    rules: Rules
    t: float = 0.0
    interviewer_speaks: bool = False
    speaking: bool = False
    voiced: bool = False  # anything was ever spoken
    asked_at: float = 0.0  # when the interviewer's latest line began
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
    uncut_until: float = 0.0  # who insisted on the floor has it
    probed: int = 0
    pressed: EndReason | None = None  # the follow-up question was asked after an answer that ended so
    closed: EndReason | None = None  # how the answer seemed over when doubts were looked for last
    pending: Request | None = None
    closing: End | None = None
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
            return _speak_up(state)
        case SpeechStopped(t):
            return _reply_unheard(replace(state, speaking=False, silent_since=t)), ()
        case WordsLost():
            return _reply_unheard(replace(state, deaf=True)), ()
        case Heard():
            return _hear(state, event)
        case Replied():
            return replace(state, reply_wait_s=0.0, thinking=False), ()
        case Doubted(question):
            return _ask_which_number(state, question)
        case Asked(request, by):
            return _grant(state, request, by)
        case InterviewerBegan():
            return replace(state, asked_at=state.t), ()
        case InterviewerDone(unheard):
            return _give_floor(state, unheard)
        case TakenBack():
            return _take_back(state), (Understood(None, "voice"),)
        case Stopped():
            return _end(state, state.closing or End("key"))
        case Muted(muted):
            return _mute(state, muted)
        case SourceEnded(gone):
            return _run_out(state, gone)


def foreseen(state: State, event: Event) -> str | None:
    """What the interviewer would cut in with if that came now, and the candidate were silent."""
    if not isinstance(event, Heard):
        return None
    _, commands = step(replace(state, speaking=False), event)
    return next((each.interruption.question for each in commands if isinstance(each, Interrupt)), None)


def silence_limit_s(state: State) -> float:
    """How long a silence may last, given what was said last and what was asked last.

    Where the words are lost a sentence may have to go on: as long as after the most unfinished one.
    """
    if state.deaf:
        return max(state.reply_wait_s, LONGEST_S, state.rules.base_silence_s)
    early = state.t < min(EARLY_MOST_S, EARLY_SHARE * state.rules.cap_s)
    return max(state.reply_wait_s, silence_needed_s(state.said, state.rules.base_silence_s, early=early))


def _speak_up(state: State) -> Step:
    """Whoever goes on takes the countdown back, and "that's my answer"."""
    commands: tuple[Command, ...] = (Countdown(None),) if state.countdown is not None else ()
    if state.pending is not None:
        commands = (*commands, Understood(None, "voice"))
    return replace(state, speaking=True, voiced=True, countdown=None, pending=None), commands


def _hear(state: State, heard: Heard) -> Step:
    """Words: a pause for thought is over, and a question has its reply if they came after it."""
    state = replace(
        state, said=heard.text, annotation=heard.annotation, unfinished=heard.unfinished, thinking=False
    )
    if heard.until <= state.asked_at + AT_ONCE_S:
        return state, ()  # said before the question or as it began, understood after it
    return _consider(replace(state, reply_wait_s=0.0), since=heard.last_word)


def _reply_unheard(state: State) -> State:
    """Where words are lost, speech after the latest question is its reply, and ends a pause for thought."""
    if not state.deaf or state.silent_since <= state.asked_at:
        return state
    return replace(state, reply_wait_s=0.0, thinking=False)


def _give_floor(state: State, unheard: bool) -> Step:
    """The silence counts anew: the candidate needs a moment. A question that nobody heard may be asked again."""
    if state.closing is not None:
        return _end(state, state.closing)
    if unheard and state.asked:
        asked = (*state.asked[:-1], replace(state.asked[-1], kind=""))
        state = replace(state, asked=asked, uncut_until=state.t + INSISTED_S)
    return replace(state, interviewer_speaks=False, speaking=False, silent_since=state.t), ()


def _mute(state: State, muted: bool) -> Step:
    """Whoever is heard again needs a moment: the silence counts anew."""
    commands = (Countdown(None),) if state.countdown is not None else ()
    return replace(state, muted=muted, speaking=False, silent_since=state.t, countdown=None), commands


def _advance(state: State) -> Step:
    if state.closing is not None:
        return state, ()
    if state.t >= state.rules.cap_s:
        return _end(state, End("cap"))
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
    silence_s = state.t - state.silent_since
    if state.pending is not None:
        return _close_by_voice(state) if silence_s >= CLOSING_S else (state, ())
    if state.reply_wait_s == inf:
        if silence_s >= NUDGE_AT_S and not state.nudged:
            return _speak(replace(state, nudged=True), "nothing-heard")
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


def _consider(state: State, only: str | None = None, since: float | None = None) -> Step:
    """Whether to cut in on what has been said so far, with a question of the kind `only` or any."""
    silent = state.deaf or state.interviewer_speaks or state.reply_wait_s > 0 or state.t < state.uncut_until
    if state.annotation is None or silent:
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
    return _question(replace(state, asked=asked), REPLY_WAIT_S), (
        Interrupt(interruption, state.t if since is None else since),
    )


def _too_early(state: State, kind: str) -> bool:
    """Whether the sentence being spoken has to end first; the debrief asks after sentences, never within."""
    return state.rules.style == "debrief" or kind in NEEDS_THE_WHOLE_SENTENCE


def _question(state: State, reply_wait_s: float) -> State:
    """The interviewer says something that a reply is due to: the floor is the interviewer's until it is said."""
    return replace(
        state,
        interviewer_speaks=True,
        countdown=None,
        thinking=False,
        pending=None,
        asked_at=state.t,
        reply_wait_s=reply_wait_s,
    )


def _speak(state: State, line: str) -> Step:
    """A line in between; what was asked before is still to be answered."""
    thinking = state.thinking
    spoken = _question(state, max(REPLY_WAIT_S, state.reply_wait_s))
    return replace(spoken, thinking=thinking), (Speak(line),)


def _grant(state: State, request: Request, by: By) -> Step:
    if state.closing is not None:
        return _grant_while_closing(state, request, by)
    if by == "voice" and state.speaking and request in (Request.DONE, Request.SKIP, Request.THINK):
        return state, ()  # who goes on speaking is neither done nor thinking
    if request is Request.DONE and not state.voiced:
        return state, ()  # there is no answer yet: a key too many, or pressed too long
    understood = Understood(request, by)
    match request:
        case Request.DONE | Request.SKIP if by == "voice":
            return replace(state, pending=request, countdown=None), (understood,)
        case Request.DONE:
            return _led_by(understood, _close(state, by))
        case Request.SKIP:
            return _led_by(understood, _end(state, End(by, skipped=True)))
        case Request.THINK:
            held = replace(state, thinking=True, countdown=None)
            if by == "key":
                return held, (Countdown(None), understood)
            return _led_by(understood, _speak(held, "think"))
        case Request.REPEAT:
            return _led_by(understood, _speak(state, "repeat"))
        case Request.TIME:
            return _led_by(understood, _speak(state, "time"))


def _grant_while_closing(state: State, request: Request, by: By) -> Step:
    """The answer ends at once where that is wanted; any other key takes its end back."""
    if request is Request.SKIP:
        return _end(state, End(by, skipped=True))
    if request is Request.DONE:
        return _end(state, state.closing or End(by))
    return _led_by(Understood(None, by), _grant(_take_back(state), request, by))


def _led_by(first: Command, then: Step) -> Step:
    return then[0], (first, *then[1])


def _take_back(state: State) -> State:
    return replace(state, closing=None, interviewer_speaks=False, speaking=False, silent_since=state.t)


def _close_by_voice(state: State) -> Step:
    request, state = state.pending, replace(state, pending=None)
    if request is Request.SKIP:
        return _thank(state, End("voice", skipped=True))
    return _close(state, "voice")


def _close(state: State, reason: EndReason) -> Step:
    """The candidate is done: with this probe if more are to come, with the answer unless it is worth a question."""
    if state.probed < state.rules.probes:
        asked = replace(_question(state, inf), probed=state.probed + 1, nudged=False)
        return asked, (Probe(state.probed),)
    if _may_ask_which_number(state):
        return replace(state, closed=reason), (LookForDoubts(),)
    return _press_or_end(state, reason)


def _may_ask_which_number(state: State) -> bool:
    rules = state.rules
    in_time = rules.cap_s - state.t >= WHICH_NUMBER_NEEDS_S
    return in_time and not (state.deaf or state.speaking) and may_ask_which_number(state.asked, rules.style)


def _ask_which_number(state: State, question: Interruption | None) -> Step:
    if question is None:
        return _press_or_end(replace(state, closed=None), state.closed or "silence")
    asked = replace(_question(state, REPLY_WAIT_S), asked=(*state.asked, question))
    return asked, (Interrupt(question, state.t),)


def _press_or_end(state: State, reason: EndReason) -> Step:
    pressing = _worth_pressing(state)
    if pressing is not None:
        return replace(_question(state, FOLLOW_UP_WAIT_S), pressed=reason), (Press(pressing),)
    return _end(state, End(reason)) if reason == "key" else _thank(state, End(reason))


def _worth_pressing(state: State) -> FollowUp | None:
    """One follow-up question an answer, where there is something to ask and time for the reply."""
    rules = state.rules
    silent = rules.style == "none" and rules.round != CANDIDATE_QUESTIONS  # whose questions are answered
    if rules.question is None or silent or state.pressed or state.annotation is None:
        return None
    if state.deaf or rules.cap_s - state.t < FOLLOW_UP_NEEDS_S:
        return None
    return follow_up(state.annotation, rules.question, state.asked, rules.wording, rules.said)


def _thank(state: State, ending: End) -> Step:
    closed = replace(
        state, closing=ending, interviewer_speaks=True, countdown=None, thinking=False, pending=None
    )
    return closed, (Close(ending),)


def _run_out(state: State, gone: bool) -> Step:
    """No more sound: an answer that was over before has ended as it did then."""
    if gone:
        return _end(state, state.closing or End("device"))
    asked_last = state.pressed or state.closed
    over = asked_last if asked_last and state.reply_wait_s > 0 else "end-of-file"
    return _end(state, state.closing or End(over))


def _end(state: State, ending: End) -> Step:
    return replace(state, ended=ending.reason, countdown=None), (ending,)
