"""What the samples and their arrival tell of a microphone: whether it is muted, and what never arrived. Pure."""

from __future__ import annotations

from collections import deque

from voicemock.audio.sound import Samples

VOID_S = 0.3  # of perfect zeros; the faintest hiss of a room breaks them off after a few samples
AT_REST_S = 1.0  # of them from a microphone just opened; a real one needs less to wake up
DEAD_S = 1.5  # of them after sound: a mute switch, or a lost device that the sound server put another for
ZEROS_S = 5.0  # of them before any sound, or behind a noise gate: devices wake up slowly, and people think
LATE_WINDOW_S = 5.0  # what is merely late has come by then: a busy machine delivers some 0.1 s at once
GAP_S = 0.1  # less is the jitter of callbacks on a busy machine
DRIFT = 0.001  # of a sound card's clock against the computer's; real ones differ by a tenth of that


class Zeros:
    """The run of perfect zeros that a microphone is giving.

    A noise gate and a virtual microphone give them too, between any two sentences and before the first: who
    gave some there and then sound has one, and its zeros are the candidate's silence. Longer ones between show
    nothing, muting looks the same; nor do those at the start of a device that was opened `again`.
    """

    def __init__(self, again: bool = False) -> None:
        self.run_s = 0.0
        self._again = again
        self._heard_anything = False
        self._gated = False

    def push(self, samples: Samples, rate: int) -> None:
        if not samples.any():
            self.run_s += len(samples) / rate
            return
        self._gated = self._gated or self._shows_a_gate()
        self._heard_anything = True
        self.run_s = 0.0

    def _shows_a_gate(self) -> bool:
        if self._heard_anything:
            return VOID_S <= self.run_s < DEAD_S
        return self.run_s >= AT_REST_S and not self._again

    @property
    def void(self) -> bool:
        """Whether this silence is the microphone's and not the candidate's."""
        return self.run_s >= VOID_S and not self._gated

    @property
    def worth_a_word(self) -> bool:
        return self.run_s >= (DEAD_S if self._heard_anything and not self._gated else ZEROS_S)


class Missing:
    """Sound that never arrived, though the driver did not say so: the clock goes on and the samples do not.

    Blocks may be late, so what counts is the least lag of the last `LATE_WINDOW_S`. The lag of the card's own
    clock is let pass up to `DRIFT`.
    """

    def __init__(self) -> None:
        self._lags: deque[tuple[float, float]] = deque()  # (arrival, lag) in seconds
        self._first = self._given_s = self._usual = 0.0
        self._since = 0.0  # the arrival at which `_usual` was taken

    def push(self, arrived: float, sound_s: float) -> float:
        """Seconds found missing now that `sound_s` of sound arrived; mostly 0."""
        if not self._lags:
            self._first = self._since = arrived
            self._lags.append((arrived, 0.0))
            return 0.0
        self._given_s += sound_s
        self._lags.append((arrived, arrived - self._first - self._given_s))
        while self._lags[0][0] < arrived - LATE_WINDOW_S:
            self._lags.popleft()
        return self._compare(arrived)

    def _compare(self, arrived: float) -> float:
        least = min(lag for _, lag in self._lags)
        usual = self._usual + DRIFT * (arrived - self._since)
        if least <= usual:
            self._usual, self._since = least, arrived
            return 0.0
        if least < usual + GAP_S or arrived - self._first < LATE_WINDOW_S:
            return 0.0
        missing = least - usual
        self._given_s += missing
        self._lags = deque((at, lag - missing) for at, lag in self._lags)
        return missing
