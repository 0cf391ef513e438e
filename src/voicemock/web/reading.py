"""The voice that reads examples to the page: opened when one is first played, a sentence at a time."""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Callable, Sequence

from voicemock.audio.sound import Sound
from voicemock.speech.voice import Voice


class Reader:
    """May be asked from any thread; one sentence is made at a time."""

    def __init__(self, open_voice: Callable[[], Voice]) -> None:
        self._open = open_voice
        self._voice: Voice | None = None
        self._lock = threading.Lock()

    def say(self, texts: Sequence[str], number: int) -> bytes:
        """Sentence `number` of these as a WAV file; the next one is made ahead. Raises VoiceError."""
        with self._lock:
            if self._voice is None:
                self._voice = self._open()
            sound = self._voice.say(texts[number])
            self._voice.prepare(texts[number + 1 : number + 2])
        return wav(sound)


def wav(sound: Sound) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.rate)
        out.writeframes(sound.samples.tobytes())
    return file.getvalue()
