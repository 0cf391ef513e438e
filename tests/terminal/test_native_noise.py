"""Standard error while a native library is muted."""

from __future__ import annotations

import ctypes
import os

import pytest

from voicemock.cli.output import tell
from voicemock.terminal.native_noise import quiet, restore, silence_alsa


class TestNoiseOfLibraries:
    """It goes nowhere; what voicemock says is seen, though the library never comes back."""

    def test_it_goes_nowhere(self, capfd: pytest.CaptureFixture[str]) -> None:
        with quiet():
            os.write(2, b"ALSA lib")
        os.write(2, b"words")
        assert capfd.readouterr().err == "words"

    def test_what_is_told_meanwhile_is_seen(self, capfd: pytest.CaptureFixture[str]) -> None:
        with quiet():
            tell("the sound system is not responding")
            os.write(2, b"words")
        assert capfd.readouterr().err.splitlines() == [
            "voicemock: the sound system is not responding",
            "words",
        ]

    def test_a_library_that_comes_back_late_changes_nothing(self, capfd: pytest.CaptureFixture[str]) -> None:
        read, write = os.pipe()
        there = os.dup(2)
        with quiet():
            restore()
            os.dup2(write, 2)  # as the screen does at its end
        os.write(2, b"words")
        os.dup2(there, 2)
        assert os.read(read, 5) == b"words"
        for descriptor in (read, write, there):
            os.close(descriptor)
        assert not capfd.readouterr().err


@pytest.mark.desk
def test_alsa_says_nothing_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    alsa = ctypes.CDLL("libasound.so.2")
    silence_alsa()
    handle = ctypes.c_void_p()
    assert alsa.snd_pcm_open(ctypes.byref(handle), b"nowhere", 0, 0) < 0  # which it reports in five lines
    assert not capfd.readouterr().err
