"""How a microphone is: muted, gone, back, or losing sound. A pure machine: `step(state, event)`.

It knows no device, clock or thread; times are monotonic seconds of what happened. The device behind it only opens,
closes and queues (`microphone.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE
from voicemock.audio.source import Trouble

VOID_S = 0.3  # of perfect zeros; the faintest hiss of a room breaks them off after a few samples
AT_REST_S = 1.0  # of them from a microphone just opened; a real one needs less to wake up
DEAD_S = 1.5  # of them after sound: a mute switch, or a lost device that the sound server put another for
ZEROS_S = 5.0  # of them before any sound, or behind a noise gate: devices wake up slowly, and people think
LATE_WINDOW_S = 5.0  # what is merely late has come by then: a busy machine delivers some 0.1 s at once
GAP_S = 0.1  # less is the jitter of callbacks on a busy machine
DRIFT = 0.001  # of a sound card's clock against the computer's; real ones differ by a tenth of that

STALL_S = 1.5  # a device that is gone raises nothing: its blocks just stop arriving
OPENING_S = 4.0  # until the first block of a stream; PulseAudio takes 2 s
REOPEN_AFTER_S = 3.0  # of stall: a sound server that moves us to another device needs 2 s, and loses nothing
RETRY_S = 1.0  # between attempts at a device that is not there
GIVE_UP_S = 60.0  # without a device: long enough to find a cable, too short to hold an empty room's session
GIVE_UP_ZEROS_S = 180.0  # behind a noise gate that is not known yet, somebody may be thinking about a case
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Zeros:
    """The run of perfect zeros that a microphone is giving.

    A noise gate and a virtual microphone give them too, between any two sentences and before the first: who
    gave some there and then sound has one, and its zeros are the candidate's silence. Longer ones between show
    nothing, muting looks the same; nor do those at the start of a device that was opened `again`.
    """

    again: bool = False
    run_s: float = 0.0
    heard_anything: bool = False
    gated: bool = False

    def after(self, silent: bool, sound_s: float) -> Zeros:
        if silent:
            return replace(self, run_s=self.run_s + sound_s)
        gated = self.gated or self._shows_a_gate()
        return replace(self, gated=gated, heard_anything=True, run_s=0.0)

    def _shows_a_gate(self) -> bool:
        if self.heard_anything:
            return VOID_S <= self.run_s < DEAD_S
        return self.run_s >= AT_REST_S and not self.again

    @property
    def void(self) -> bool:
        """Whether this silence is the microphone's and not the candidate's."""
        return self.run_s >= VOID_S and not self.gated

    @property
    def worth_a_word(self) -> bool:
        return self.run_s >= (DEAD_S if self.heard_anything and not self.gated else ZEROS_S)


@dataclass(frozen=True, slots=True)
class Missing:
    """Sound that never arrived, though the driver did not say so: the clock goes on and the samples do not.

    Blocks may be late, so what counts is the least lag of the last `LATE_WINDOW_S`. The lag of the card's own
    clock is let pass up to `DRIFT`. `found_s` is what the last block showed to be missing; mostly 0.
    """

    lags: tuple[tuple[float, float], ...] = ()  # (arrival, lag) in seconds
    first: float = 0.0
    given_s: float = 0.0
    usual: float = 0.0
    since: float = 0.0  # the arrival at which `usual` was taken
    found_s: float = 0.0

    def after(self, arrived: float, sound_s: float) -> Missing:
        if not self.lags:
            return Missing(((arrived, 0.0),), first=arrived, since=arrived)
        given_s = self.given_s + sound_s
        recent = tuple(lag for lag in self.lags if lag[0] >= arrived - LATE_WINDOW_S)
        lags = (*recent, (arrived, arrived - self.first - given_s))
        return replace(self, lags=lags, given_s=given_s, found_s=0.0)._compared(arrived)

    def _compared(self, arrived: float) -> Missing:
        least = min(lag for _, lag in self.lags)
        usual = self.usual + DRIFT * (arrived - self.since)
        if least <= usual:
            return replace(self, usual=least, since=arrived)
        if least < usual + GAP_S or arrived - self.first < LATE_WINDOW_S:
            return self
        missing = least - usual
        lags = tuple((at, lag - missing) for at, lag in self.lags)
        return replace(self, lags=lags, given_s=self.given_s + missing, found_s=missing)


# --- events -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heard:
    """Sound arrived; `silent` says that it is all zeros, `overflowed` that the driver lost some before it."""

    at: float
    sound_s: float
    silent: bool
    overflowed: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """For a while nothing arrived."""

    at: float


@dataclass(frozen=True, slots=True)
class Due:
    """It is time to look for the device, and all that it still gave has been heard."""

    at: float


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt at opening the device has ended."""

    at: float
    opened: bool


Event = Heard | Nothing | Due | Tried

# --- commands -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reopen:
    """Close the device, if it is open, and open it again."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    why: Trouble


Command = Reopen | GiveUp


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is known of the microphone. `dead`: nothing that the candidate says is heard."""

    last: float  # the last arrival
    since: float  # of the trouble
    device: Literal["open", "opening", "none"] = "none"
    flows: bool = False  # whether anything came of the stream that is open
    trouble: Trouble | None = None
    dead: bool = False
    next_try: float = NEVER
    zeros: Zeros = field(default_factory=Zeros)
    missing: Missing = field(default_factory=Missing)
    lost: int = 0  # samples known to be missing, in all

    @property
    def void(self) -> bool:
        """Whether this silence is the device's, not the candidate's."""
        return self.dead or self.zeros.void


Step = tuple[State, tuple[Command, ...]]


def opened(at: float) -> State:
    """A microphone that was there at once."""
    return State(at, at, device="open")


def absent(at: float) -> State:
    """One that was not: it is looked for."""
    return replace(_stalled(State(at, at), at), next_try=at)


def step(state: State, event: Event) -> Step:
    """The next state and what to do."""
    match event:
        case Heard():
            return _give_up_in_time(_hear(state, event), event.at)
        case Nothing(at):
            patience = STALL_S if state.flows else OPENING_S
            if state.device == "open" and state.next_try == NEVER and at - state.last >= patience:
                state = _stalled(state, state.last)
            return _give_up_in_time(state, at)
        case Due(at):
            if at < state.next_try:
                return state, ()  # it went on by itself
            return replace(state, device="opening", next_try=NEVER), (Reopen(),)
        case Tried(at, opened_now):
            if not opened_now:
                return replace(state, device="none", next_try=at + RETRY_S), ()
            anew = replace(state, device="open", flows=False, next_try=at + OPENING_S)
            return replace(anew, zeros=Zeros(again=state.dead), missing=Missing()), ()


def _hear(state: State, heard: Heard) -> State:
    """Sound ends every trouble; zeros do not, or a device that took the place of the lost one would."""
    sound_s = heard.sound_s + (BLOCK_S if heard.overflowed else 0.0)
    missing = state.missing.after(heard.at, sound_s)
    lost = state.lost + round(missing.found_s * RATE) + (BLOCK_SAMPLES if heard.overflowed else 0)
    zeros = state.zeros.after(heard.silent, heard.sound_s)
    state = replace(state, last=heard.at, flows=True, zeros=zeros, missing=missing, lost=lost)
    if not heard.silent:
        return replace(state, trouble=None, dead=False, next_try=NEVER)
    if state.trouble is None and zeros.worth_a_word:
        return replace(state, trouble="zeros", dead=zeros.void, since=heard.at)
    return state


def _stalled(state: State, since: float) -> State:
    """No blocks arrive any more; if there is a trouble already, that one has been told."""
    if not state.dead:
        state = replace(state, trouble="stopped", dead=True, since=since)
    return replace(state, next_try=since + REOPEN_AFTER_S, missing=Missing())


def _give_up_in_time(state: State, now: float) -> Step:
    limit_s = GIVE_UP_S if state.trouble == "stopped" else GIVE_UP_ZEROS_S
    if state.trouble is not None and state.dead and now - state.since >= limit_s:
        return state, (GiveUp(state.trouble),)
    return state, ()
