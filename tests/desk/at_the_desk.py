"""One question asked at the virtual desk, for the desk tests: FOLDER QUESTION STYLE; events on standard
output.

A child process, since PortAudio looks for its devices once. CAP_S in the environment shortens the answer, HEADPHONES
lets the candidate barge in, and so does ECHO, with the echo taken out. Besides the session's own events it tells
`speaking` when the question has been playing for half a second, `stopped` when a line was cut, and `floor_back` when
the candidate has the floor again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from voicemock.audio.echo import NoEcho, RoomEcho
from voicemock.audio.microphone import MicrophoneSource
from voicemock.audio.sound import Sound
from voicemock.audio.speaker import DeviceSpeaker, Playback
from voicemock.cli.desk import open_recogniser, warm_up
from voicemock.interview import session
from voicemock.interview.desk import Audience, Desk, Meter, Policy, detector_over_echo, quick_detector
from voicemock.interview.events import EventFile
from voicemock.packs.phrases import load_phrases
from voicemock.packs.questions import Question
from voicemock.speech.voice_engines import open_voice
from voicemock.store.store import Store

BEFORE_BARGING_IN_S = 0.5


def tell(kind: str, **fields: Any) -> None:
    print(json.dumps({"type": kind, **fields}), flush=True)


class WatchedSpeaker(DeviceSpeaker):
    """Tells when a line is cut, and how much of it was played."""

    def play(self, sound: Sound) -> Playback:
        playback = super().play(sound)
        stop, began = playback.stop, time.monotonic()

        def stopped() -> None:
            stop()
            tell("stopped", played_s=time.monotonic() - began, of_s=sound.duration_s)

        playback.stop = stopped  # type: ignore[method-assign]
        return playback


class Watch:
    """The meter as events: who has the floor, and for how long the interviewer has had it."""

    def __init__(self) -> None:
        self._blocks = 0
        self._spoken = False

    def __call__(self, meter: Meter) -> None:
        if meter.interviewer_speaks:
            self._blocks += 1
            if self._blocks * 0.02 == BEFORE_BARGING_IN_S and not self._spoken:
                self._spoken = True
                tell("speaking")
        elif self._blocks:
            self._blocks = 0
            if meter.floor_time_s > 0.1:
                tell("floor_back")


def main(folder: str, text: str, style: str) -> None:
    voice = open_voice("gb")
    recogniser = open_recogniser(None, lambda *_: None)
    warm_up(lambda *_: None)
    desk = Desk(
        source_for=lambda n: MicrophoneSource(),
        voice=voice,
        recogniser=recogniser,
        phrases=load_phrases(),
        speaker=WatchedSpeaker(),
        audience=Audience((EventFile(sys.stdout),), watch=Watch()),
        echo=RoomEcho if "ECHO" in os.environ else NoEcho,
        barge_in_detector=detector_over_echo if "ECHO" in os.environ else quick_detector,
        policy=Policy(live=True, barge_in="HEADPHONES" in os.environ or "ECHO" in os.environ),
    )
    if "CAP_S" in os.environ:
        shortened = replace(session.round_of("behavioral"), cap_s=int(os.environ["CAP_S"]))
        session.round_of = lambda slug: shortened
    with Store(Path(folder)) as store:
        plan = session.Plan((Question("own", "behavioral", text),), style)  # type: ignore[arg-type]
        session.Session(desk, plan, store).run()
    desk.speaker.close()
    voice.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
