"""Playing an answer back from one of its sentences."""

from __future__ import annotations

import re
import time
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from voicemock.audio.sound import Sound
from voicemock.audio.speaker import SPEAKER_LOST, DeviceSpeaker, Speaker
from voicemock.errors import AudioFileError, DeviceError, UsageProblem
from voicemock.report.review import AnswerReview
from voicemock.speech.voice import Voice
from voicemock.wording import clock

POLL_S = 0.05  # how often the end of the sound is looked for; short enough for Ctrl-C to feel immediate

_TIME = re.compile(r"(?:(\d{1,9}):)?(\d{1,9}):(\d{1,9})")  # Python refuses to read thousands of digits
_NUMBER = re.compile(r"\d{1,9}")


def start_of(answer: AnswerReview, place: str) -> float:
    """Seconds at which to start: `place` is a sentence's number from 1, a time m:ss or h:mm:ss, or empty for the start.

    A time means the start of the sentence being said then. Raises UsageProblem.
    """
    timed = [each for each in answer.sentences if each.start is not None]
    if not place:
        return 0.0
    if typed := _TIME.fullmatch(place):
        hours, minutes, seconds = (int(part or 0) for part in typed.groups())
        wanted = (
            hours * 3600 + minutes * 60 + seconds + 1
        )  # clock() cuts seconds off: 1:05 is shown for 1:05.9
        return max((s.start for s in timed if s.start is not None and s.start < wanted), default=0.0)
    if _NUMBER.fullmatch(place) and 1 <= int(place) <= len(answer.sentences):
        return answer.sentences[int(place) - 1].start or 0.0
    raise UsageProblem(
        f"there is nothing to play at {place!r}",
        f"give a sentence from 1 to {len(answer.sentences)}, or a time up to {clock(answer.floor_time_s)}",
    )


def play(
    answer: AnswerReview,
    place: str = "",
    *,
    open_speaker: Callable[[], Speaker] = DeviceSpeaker,
    sleep: Callable[[float], None] = time.sleep,
    begun: Callable[[float], None] = lambda _: None,
) -> float:
    """Play `answer` from `place` to its end; return where it began, which `begun` is told once it can be heard.

    Raises DeviceError, AudioFileError, UsageProblem.
    """
    if answer.audio is None:
        raise AudioFileError(
            f"the recording of {answer.id} is gone", "its transcript is still here, without --play"
        )
    start = start_of(answer, place)
    sound = read_wav(answer.audio, start)
    try:
        speaker = open_speaker()
    except DeviceError as error:  # its advice is for an interview
        page = f"plug one in, or play it in a browser: `voicemock review {answer.id} --html`"
        raise DeviceError(error.problem, page) from error
    try:
        playback = speaker.play(sound)
        if not speaker.lost:
            begun(start)
        try:
            while not playback.done():
                sleep(POLL_S)
        except KeyboardInterrupt:
            playback.stop()
            raise
    finally:
        speaker.close()
    if speaker.lost:
        raise DeviceError(*SPEAKER_LOST)
    return start


def speak(
    texts: Sequence[str],
    voice: Voice,
    *,
    open_speaker: Callable[[], Speaker] = DeviceSpeaker,
    sleep: Callable[[float], None] = time.sleep,
    pressed: Callable[[], str] = str,
) -> bool:
    """Say these sentences one after the other, until a key is pressed; whether all were said.

    Raises DeviceError, VoiceError.
    """
    try:
        speaker = open_speaker()
    except DeviceError as error:  # its advice is for an interview
        raise DeviceError(error.problem, "plug one in, or hear it in a browser: `voicemock web`") from error
    try:
        voice.prepare(texts)
        for text in texts:
            playback = speaker.play(voice.say(text))
            try:
                while not playback.done():
                    if pressed():
                        return False
                    sleep(POLL_S)
            finally:
                playback.stop()
            if speaker.lost:
                raise DeviceError(*SPEAKER_LOST)
        return True
    finally:
        speaker.close()


def read_wav(path: Path, start_s: float = 0.0) -> Sound:
    """A recording of ours, from `start_s` on. Raises AudioFileError."""
    try:
        with wave.open(str(path), "rb") as file:
            rate = file.getframerate()
            file.setpos(min(file.getnframes(), max(0, round(start_s * rate))))
            return Sound(np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16), rate)
    except (OSError, EOFError, wave.Error) as error:
        raise AudioFileError(f"can't read {path} ({error})", "run `voicemock verify`") from error
