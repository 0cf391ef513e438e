from __future__ import annotations

import sys
import weakref

import pytest

from tests.audio.portaudio import Clock, FakePortAudio
from voicemock.audio import microphone
from voicemock.audio import portaudio as ours


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """In place of the real one, with no stream open; nobody waits for what does not arrive."""
    fake = FakePortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    monkeypatch.setattr(ours, "_streams", weakref.WeakSet())
    monkeypatch.setattr(microphone, "POLL_S", 0.0)
    return fake


@pytest.fixture
def clock() -> Clock:
    return Clock()
