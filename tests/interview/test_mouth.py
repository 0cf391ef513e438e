"""The interviewer's mouth: whatever it plays is told to what takes its voice out of the microphone."""

from __future__ import annotations

from tests.interview.screenplay import speak
from tests.interview.test_floor import detector
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, Samples, Sound
from voicemock.audio.source import Block
from voicemock.audio.speaker import Playback, SilentSpeaker
from voicemock.interview.aside import AtOnce
from voicemock.interview.mouth import Lines, Mouth
from voicemock.speech.voice import FakeVoice


class Heeded:
    """What was begun and stopped of the interviewer's own voice, in turn."""

    def __init__(self) -> None:
        self.told: list[Sound | None] = []

    def starts(self, sound: Sound, _playback: Playback) -> None:
        self.told.append(sound)

    def stops(self) -> None:
        self.told.append(None)


def said(samples: Samples, opening: str = "") -> tuple[SilentSpeaker, Heeded]:
    """What is played and heeded while a line is said over this sound."""
    speaker, heeded = SilentSpeaker(), Heeded()
    mouth = Mouth(
        Lines(FakeVoice()),
        speaker,
        AtOnce(),
        heeded,  # type: ignore[arg-type]
        tell=lambda _: None,
        at_start=lambda: None,
        detector=detector,
        now=lambda: 0.0,
        barge_in=True,
    )
    mouth.say("From how many to how many did that go?", opening=opening)
    for n in range(len(samples) // BLOCK_SAMPLES):
        if mouth.hear(Block(samples[n * BLOCK_SAMPLES : (n + 1) * BLOCK_SAMPLES], n * BLOCK_S)):
            break
    return speaker, heeded


class TestWhatIsTakenOutOfTheMicrophone:
    def test_a_line_that_begins_again_after_a_murmur(self) -> None:
        speaker, heeded = said(speak(0.2, "I", 9.0).samples)
        [first, again] = speaker.played
        assert heeded.told == [first, None, again]

    def test_the_opening_and_then_the_line(self) -> None:
        speaker, heeded = said(speak(9.0).samples, opening="Hold on.")
        assert heeded.told == speaker.played
        assert len(speaker.played) == 2
