"""How likely a window of 32 ms is a voice: WebRTC as a gate, the room's floor, and Silero to confirm."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Protocol

import numpy as np

from voicemock.audio.sound import FULL_SCALE, RATE, Samples, as_floats, rms
from voicemock.digests import check_weights

WINDOW = 512  # samples; Silero v6 takes 32 ms at 16 kHz, no more and no less
CONTEXT = 64  # samples of the window before that Silero wants in front
STATE = (1, 1, 128)  # shape of each of Silero's two recurrent states
SILERO_FILE = "silero_vad_v6.onnx"  # in faster-whisper 1.2.1
SILERO_SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"
REINSTALL = "reinstall it: pip install --force-reinstall --no-deps faster-whisper==1.2.1"
GATE_MODE = 1  # of 0 to 3; mode 1 refused no window of speech in 220 s, mode 3 refused 0.6 %
GATE_FRAME = 480  # samples; WebRTC takes 10, 20 or 30 ms
GATE_MEMORY = 3  # windows for which one "voice" of the gate holds: it flickers inside words

LEVEL_RMS = 2_000.0  # int16 units: what a speaker is brought to, since both detectors are deaf at -65 dBFS
MOST_GAIN = 60.0  # 36 dB; more would only show the converter's own noise
LEVEL_HALF_LIFE_S = 10.0  # how soon a loud moment is forgotten: longer than a pause for thought
ROOM_START_WINDOWS = 16  # about 0.5 s; the room is measured from the answer's start
ROOM_MEMORY_WINDOWS = 160  # about 5 s of windows without a voice: a fan that starts is learnt
ROOM_MARGIN = 1.3  # times the floor (2.3 dB): speech at 0 dB over the room's noise still passes
DEAD_SILENCE_RMS = 2.0  # int16 units (-84 dBFS): less is a muted microphone's dither, not a whisper
NO_VOICE = 0.1  # Silero below this is surely the room


class VoiceProbability(Protocol):
    """What the speech detector asks; a test gives its own."""

    def __call__(self, window: Samples) -> float:
        """The probability, 0 to 1, that this window (512 samples, in order, none left out) is a voice."""
        ...


class Room:
    """The energy floor: the median loudness of the last windows without a voice."""

    def __init__(self) -> None:
        self._quiet: deque[float] = deque(maxlen=ROOM_MEMORY_WINDOWS)

    @property
    def floor(self) -> float:
        """In int16 units; `DEAD_SILENCE_RMS` until enough of the room was heard."""
        if len(self._quiet) < ROOM_START_WINDOWS:
            return DEAD_SILENCE_RMS
        return max(DEAD_SILENCE_RMS, float(np.median(self._quiet)))

    def hear(self, loudness: float) -> None:
        self._quiet.append(loudness)

    def rises_above(self, loudness: float) -> bool:
        floor = self.floor
        return loudness > (floor if floor <= DEAD_SILENCE_RMS else floor * ROOM_MARGIN)


class Level:
    """Brings a quiet speaker up to `LEVEL_RMS`, by the loudest of the last seconds; turns nobody down."""

    def __init__(self) -> None:
        self._loudest = LEVEL_RMS / MOST_GAIN
        self._fade = 0.5 ** (WINDOW / RATE / LEVEL_HALF_LIFE_S)

    def bring_up(self, window: Samples, loudness: float) -> Samples:
        """The window with its gain; its own loudness (int16 units) counts already."""
        self._loudest = max(self._loudest * self._fade, loudness)
        gain = min(MOST_GAIN, LEVEL_RMS / max(self._loudest, 1.0))
        if gain <= 1.0:
            return window
        louder: Samples = np.clip(window * np.float32(gain), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
        return louder


class Silero:
    """The Silero v6 model that faster-whisper ships, run one window at a time with its state.

    Raises ModelError when it is not the file that is known.
    """

    def __init__(self) -> None:
        from faster_whisper.utils import get_assets_path
        from faster_whisper.vad import get_vad_model

        file = Path(get_assets_path()) / SILERO_FILE
        check_weights(file, SILERO_SHA256, "the voice activity model", REINSTALL)
        self._session = get_vad_model().session
        self._h = np.zeros(STATE, dtype=np.float32)
        self._c = np.zeros(STATE, dtype=np.float32)
        self._context = np.zeros(CONTEXT, dtype=np.float32)

    def __call__(self, window: Samples) -> float:
        sound = as_floats(window)
        framed = np.concatenate((self._context, sound))[None, :]
        out, self._h, self._c = self._session.run(None, {"input": framed, "h": self._h, "c": self._c})
        self._context = sound[-CONTEXT:]
        return float(np.ravel(out)[0])


class GatedVoice:
    """The real one. Silero hears every window, since it has a memory; the gates can only say no."""

    def __init__(self, confirm: VoiceProbability | None = None) -> None:
        import webrtcvad

        self._gate = webrtcvad.Vad(GATE_MODE)
        self._confirm = confirm or Silero()
        self._since_gate = GATE_MEMORY
        self._level = Level()
        self.room = Room()

    def __call__(self, window: Samples) -> float:
        loudness = rms(window)
        levelled = self._level.bring_up(window, loudness)
        probability = self._confirm(levelled)
        if self._gate.is_speech(levelled[:GATE_FRAME].tobytes(), RATE):
            self._since_gate = 0
        else:
            self._since_gate += 1
        passes = self._since_gate < GATE_MEMORY and self.room.rises_above(loudness)
        if probability < NO_VOICE:
            self.room.hear(loudness)
        return probability if passes else 0.0
