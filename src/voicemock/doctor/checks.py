"""What an interview needs, checked part by part: each with a verdict and the next step."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Collection, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from voicemock import TELEMETRY_OFF
from voicemock.doctor.finding import Finding
from voicemock.errors import VoicemockError

if TYPE_CHECKING:
    from voicemock.audio.source import Block, Source
    from voicemock.mind.mind import Mind

LISTEN_S = 1.0  # how long the microphone is listened to
LISTEN_WITHIN_S = 6.0  # until it has to have come; a sound server may take seconds to wake up
QUIET_ROOM_RMS = 30.0  # of int16; a working microphone in a silent room gives more than a few units of hiss
SLOW_VOICE_S = (
    1.0  # for a sentence, once the engine runs (espeak 0.02 s, Piper some 0.2 s): later sounds like a fault
)
INSTALL_CUDA = "for the graphics card's speed: pip install nvidia-cublas-cu12 nvidia-cudnn-cu12"
NAME = re.compile(r"[\w.-]+")
SMALLEST_SCREEN = (80, 24)  # columns and lines that the live screen is drawn for


def examine(
    recordings: Path,
    model: str | None = None,
    voice: str | None = None,
    mind: Mind | None = None,
    *,
    parts: Collection[str] | None = None,
) -> Iterator[Finding]:
    """Look at each part in turn, or at those of `parts`; a part that fails never hides the next. A `mind` is looked at
    where there is one.
    """
    from voicemock.doctor.storage import check_database, check_disk, check_folder

    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("libraries", _libraries),
        ("model", lambda: _model(model)),
        ("listening", _listening),
        ("scorer", _scorer),
        ("voice", lambda: _voice(voice)),
        ("microphone", _microphone),
        ("speaker", _speaker),
        ("terminal", _terminal),
        ("disk", lambda: check_disk(recordings)),
        ("folder", lambda: check_folder(recordings)),
        ("database", lambda: check_database(recordings)),
        *((("mind", lambda: _mind(mind)),) if mind is not None else ()),
    )
    for part, check in checks:
        if parts is not None and part not in parts:
            continue
        try:
            yield check()
        except VoicemockError as error:
            yield Finding(part, "broken", error.problem, error.next_step)
        except OSError as error:
            yield Finding(
                part, "broken", f"can't be checked ({error})", "choose another folder with --recordings"
            )
        except Exception as error:  # noqa: BLE001 - a package that is missing or broken raises what it likes
            what = f"can't be checked ({type(error).__name__}: {error})"
            yield Finding(part, "broken", what, "reinstall voicemock")


def _libraries() -> Finding:
    """What voicemock is installed with, and that none of it reports to its maker."""
    needed = [line for line in metadata.requires("voicemock") or () if "extra ==" not in line]
    names = [NAME.match(line)[0] for line in needed]  # type: ignore[index]  # a requirement begins with its name
    missing = [name for name in names if not list(metadata.distributions(name=name))]
    if missing:
        again = f"pip install {' '.join(missing)}"
        return Finding("libraries", "broken", f"not installed: {', '.join(missing)}", again)
    talking = [name for name, value in TELEMETRY_OFF.items() if os.environ.get(name) != value]
    if talking:
        what = f"telemetry is no longer disabled ({', '.join(talking)})"
        return Finding("libraries", "broken", what, "something changed voicemock's environment: report it")
    return Finding("libraries", "ok", f"all {len(names)} are there; telemetry is off, nothing is sent")


def _model(name: str | None) -> Finding:
    from voicemock.speech.models import DEFAULT_MODEL, decode_once, load, pair_of, resolve_model

    quick, careful = pair_of(name or DEFAULT_MODEL)
    if quick != careful and (found := _model(quick)).verdict != "ok":
        return found
    folder = resolve_model(careful)
    notices: list[str] = []
    decode_once(load(folder, notice=notices.append))
    if notices:
        return Finding("model", "warning", f"{folder.name}: {notices[0]}", INSTALL_CUDA)
    if folder.verified:
        return Finding("model", "ok", f"{folder.name} decodes and is verified")
    return Finding("model", "ok", f"{folder.name} decodes; your own folder, not verified: {folder.path}")


def _listening() -> Finding:
    from voicemock.audio.vad import SpeechDetector

    SpeechDetector()
    return Finding("listening", "ok", "voice activity detection loads and is verified")


def _scorer() -> Finding:
    from voicemock.scoring.assemble import warm_up

    warm_up()
    return Finding(
        "scorer",
        "ok",
        "the sentence encoder loads and is verified, and the network that reads a story's parts loads",
    )


def _voice(name: str | None) -> Finding:
    from voicemock.speech.voice import best_voice, voice_names
    from voicemock.speech.voice_engines import licence_of_voice, open_voice

    name = name or best_voice()
    voice = open_voice(name)
    try:
        voice.say("Hello.")
        began = time.monotonic()
        sound = voice.say("Tell me about yourself.")
        took_s = time.monotonic() - began
    finally:
        voice.close()
    licence = licence_of_voice(name)
    made = (
        f"{name} speaks ({sound.duration_s:.1f} s made in {took_s:.2f} s{licence and f', licence {licence}'})"
    )
    others = ", ".join(each for each in voice_names() if each != name)
    if took_s > SLOW_VOICE_S:
        return Finding("voice", "warning", f"{made}: its replies will be late", f"another --voice: {others}")
    return Finding("voice", "ok", f"{made}; also {others}")


def _microphone() -> Finding:
    import numpy as np

    from voicemock.audio.microphone import NO_MICROPHONE, REFUSED, MicrophoneSource
    from voicemock.audio.sound import RATE, rms
    from voicemock.doctor.input_faults import input_fault

    source = MicrophoneSource()
    try:
        blocks = _listen(source, round(LISTEN_S * RATE))
    finally:
        source.close()
    heard = np.concatenate([block.samples for block in blocks])
    if not len(heard):
        return Finding("microphone", "broken", "it opens but sends no sound", NO_MICROPHONE)
    if not heard.any():
        return Finding("microphone", "warning", *REFUSED)
    if lost := sum(block.lost for block in blocks):
        what = f"{lost / RATE:.2f} s of {LISTEN_S:.0f} s were lost: the machine is too busy to listen"
        return Finding("microphone", "warning", what, "close other programs, then run `voicemock doctor`")
    if (fault := input_fault(heard)) is not None:
        return Finding("microphone", "warning", *fault)
    if (level := rms(heard)) < QUIET_ROOM_RMS:
        return Finding("microphone", "ok", f"opens, the room is quiet ({level:.0f} of 32768)")
    return Finding("microphone", "ok", f"opens and hears something ({level:.0f} of 32768)")


def _listen(source: Source, samples: int) -> list[Block]:
    """As many samples of the source as asked for; fewer where it does not send them in time."""
    blocks: list[Block] = []
    until = time.monotonic() + LISTEN_WITHIN_S
    while sum(len(block.samples) for block in blocks) < samples and time.monotonic() < until:
        block = source.read()
        if block is None:
            break
        blocks.append(block)
    return blocks


def _speaker() -> Finding:
    import numpy as np

    from voicemock.audio.sound import RATE, Sound
    from voicemock.audio.speaker import SPEAKER_LOST, DeviceSpeaker

    speaker = DeviceSpeaker()
    speaker.play(Sound(np.zeros(RATE // 2, dtype=np.int16)))
    speaker.close()
    if speaker.lost:
        return Finding("speaker", "broken", *SPEAKER_LOST)
    return Finding("speaker", "ok", "opens; `voicemock demo --pace real --sound` lets you hear it")


def _mind(mind: Mind) -> Finding:
    from voicemock.doctor.mind import check_mind

    return check_mind(mind)


def _terminal() -> Finding:
    """Whether the live screen and its keys work where this runs."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        what = "not a terminal: plain output, no shortcuts"
        return Finding("terminal", "warning", what, "run voicemock in a terminal window for screen and keys")
    size = shutil.get_terminal_size()
    shown = f"{size.columns} × {size.lines}"
    if size.columns < SMALLEST_SCREEN[0] or size.lines < SMALLEST_SCREEN[1]:
        return Finding(
            "terminal", "warning", f"{shown} is small for the live screen",
            f"make the window at least {SMALLEST_SCREEN[0]} × {SMALLEST_SCREEN[1]}, or use --plain",
        )  # fmt: skip
    return Finding("terminal", "ok", f"{shown}, shortcuts work")
