"""What an interview needs, checked part by part: each with a verdict and the next step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voicemock.errors import StoreError, VoicemockError

Verdict = Literal["ok", "warning", "broken"]

LISTEN_S = 1.0  # how long the microphone is listened to
QUIET_ROOM_RMS = 30.0  # of int16; a working microphone in a silent room gives more than a few units of hiss
MINUTES_WANTED = 60  # of recording that should fit on the disk
BYTES_PER_MINUTE = 16_000 * 2 * 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at; `next_step` is empty when there is nothing to do."""

    part: str
    verdict: Verdict
    what: str
    next_step: str = ""


def examine(recordings: Path, model: str | None = None, voice: str | None = None) -> Iterator[Finding]:
    """Look at each part in turn; a part that fails never hides the next."""
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("model", lambda: _model(model)),
        ("voice", lambda: _voice(voice)),
        ("microphone", _microphone),
        ("speaker", _speaker),
        ("disk", lambda: _disk(recordings)),
    )
    for part, check in checks:
        try:
            yield check()
        except VoicemockError as error:
            yield Finding(part, "broken", error.problem, error.next_step)


def _model(name: str | None) -> Finding:
    from voicemock.speech.models import DEFAULT_MODEL, load, resolve_model

    folder = resolve_model(name or DEFAULT_MODEL)
    load(folder)
    checked = ", its digest is right" if folder.verified else ""
    return Finding("model", "ok", f"{folder.name} loads{checked}")


def _voice(name: str | None) -> Finding:
    from voicemock.speech.voice import DEFAULT_VOICE, open_voice, voice_names

    voice = open_voice(name or DEFAULT_VOICE)
    try:
        sound = voice.say("Tell me about yourself.")
    finally:
        voice.close()
    others = ", ".join(each for each in voice_names() if each != (name or DEFAULT_VOICE))
    return Finding(
        "voice", "ok", f"{name or DEFAULT_VOICE} speaks ({sound.duration_s:.1f} s made); also {others}"
    )


def _microphone() -> Finding:
    import numpy as np

    from voicemock.audio.microphone import REFUSED, MicrophoneSource
    from voicemock.audio.sound import BLOCK_S, rms

    source = MicrophoneSource()
    try:
        heard = np.concatenate([source.read().samples for _ in range(round(LISTEN_S / BLOCK_S))])
    finally:
        source.close()
    if not heard.any():
        return Finding("microphone", "warning", *REFUSED)
    if (level := rms(heard)) < QUIET_ROOM_RMS:
        return Finding("microphone", "ok", f"opens, the room is quiet ({level:.0f} of 32768)")
    return Finding("microphone", "ok", f"opens and hears something ({level:.0f} of 32768)")


def _speaker() -> Finding:
    from voicemock.audio.speaker import DeviceSpeaker

    speaker = DeviceSpeaker()
    speaker.close()
    return Finding("speaker", "ok", "opens; `voicemock demo --pace real --sound` lets you hear it")


def _disk(recordings: Path) -> Finding:
    folder = recordings if recordings.exists() else recordings.absolute().parent
    if not os.access(folder, os.W_OK):
        raise StoreError(f"{folder} can't be written to", "choose another folder with --recordings")
    free = shutil.disk_usage(folder).free
    minutes = free // BYTES_PER_MINUTE
    if minutes < MINUTES_WANTED:
        return Finding("disk", "warning", f"room for {minutes} minutes in {recordings}", "free some space")
    return Finding("disk", "ok", f"room for {minutes // 60:,} hours in {recordings}")
