"""The system's voices, through pyttsx3 in a child process: espeak on Linux, what macOS and Windows bring there."""

from __future__ import annotations

import atexit
import json
import re
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.sound import Sound
from voicemock.errors import VoiceError
from voicemock.files import Scratch
from voicemock.speech.spoken_form import as_spoken
from voicemock.speech.voice import (
    DEFAULT_RATE_WPM,
    ESPEAK_VOICES,
    INSTALL_VOICE,
    NOTHING,
    PLAIN_VOICE,
    told_as_voice_error,
    voice_names,
)

ANSWER_TIMEOUT_S = 4.0  # far above what a sentence takes (some 0.02 s); past it the engine hangs
OPENING_TIMEOUT_S = 15.0  # for the first answer, before anything is asked: a cold disk, a busy machine
WORKER = (sys.executable, "-P", "-m", "voicemock.speech.voice_worker")  # -P: no code from the current folder
ENGLISH = re.compile(r"\ben[-_](us|gb|au|ie|ca|in|za|nz|sc)\b|english", re.IGNORECASE)
# of macOS: those to be downloaded, those that come with it; the rest are old or jokes
RANKS = ("premium", "enhanced", "compact")


class Pyttsx3Voice:
    """A pyttsx3 voice in a child process (see voice_worker).

    What was said once is kept: asking again is free.
    """

    def __init__(
        self,
        name: str = PLAIN_VOICE,
        rate_wpm: int = DEFAULT_RATE_WPM,
        *,
        worker: Sequence[str] = WORKER,
        answer_timeout_s: float = ANSWER_TIMEOUT_S,
    ) -> None:
        self._name = name
        self._rate_wpm = rate_wpm
        self._command = worker
        self._lock = threading.Lock()
        with told_as_voice_error():
            self._folder = Scratch(Path(tempfile.gettempdir()), "voicemock-voice-")
        self._said: dict[str, Sound] = {}
        self._worker: subprocess.Popen[str] | None = None
        self._timeout_s = OPENING_TIMEOUT_S
        atexit.register(self.close)  # whoever leaves in a hurry leaves no child
        try:
            with told_as_voice_error():
                self._engine_voice = self._find_voice(name)
        except BaseException:
            self.close()
            raise
        self._timeout_s = answer_timeout_s

    def say(self, text: str) -> Sound:
        text = as_spoken(text)
        with self._lock, told_as_voice_error():
            if not text:
                return NOTHING
            if text not in self._said:
                path = self._folder.path / f"{len(self._said)}.wav"
                self._ask(
                    {"text": text, "path": str(path), "voice": self._engine_voice, "rate": self._rate_wpm}
                )
                self._said[text] = _read_spoken(path)
                path.unlink()
                if sys.platform == "darwin":
                    self._stop_worker()  # its second runAndWait in one process is known to hang
            return self._said[text]

    def prepare(self, texts: Sequence[str], *, soon: bool = False) -> None:  # noqa: ARG002
        return None  # a sentence takes 0.02 s

    def _find_voice(self, name: str) -> str:
        listed = self._ask({"list": True})["voices"]
        wanted = ESPEAK_VOICES.get(name, name).lower()
        for voice in listed:
            if wanted in (voice["id"].lower(), voice["name"].lower()):
                return str(voice["id"])
        if name in ESPEAK_VOICES and sys.platform != "linux" and listed:
            here = english_first(listed)
            return str(here[list(ESPEAK_VOICES).index(name) % len(here)]["id"])
        raise VoiceError(f"no voice is called {name!r}", f"choose one of {', '.join(voice_names())}")

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request to the worker. One that died is started again, once; one that hangs is ended for good."""
        began_before = self._worker is not None
        answer = self._exchange(request)
        if answer is None and began_before:
            answer = self._exchange(request)
        if answer is None:
            raise VoiceError("the voice stopped responding", INSTALL_VOICE)
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
        self._folder.close()


def english_first(listed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The system's English voices, the best first; all of them where none is known to speak English."""
    english = [voice for voice in listed if ENGLISH.search(f"{voice['id']} {voice['name']}")]

    def rank(voice: dict[str, Any]) -> int:
        return next((n for n, mark in enumerate(RANKS) if mark in voice["id"].lower()), len(RANKS))

    return sorted(english, key=rank) or list(listed)


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
        raise VoiceError("the voice wrote no sound", f"free some space in {tempfile.gettempdir()}") from error
    except wave.Error:
        from voicemock.audio.decode import decode

        return Sound(decode(path))
