"""From the name of a voice to its engine, which is loaded only where it is wanted."""

from __future__ import annotations

from voicemock.speech.voice import DEFAULT_RATE_WPM, Voice, best_voice, is_neural


def licence_of_voice(name: str) -> str:
    """The licence of a neural voice as its model card has it; "" for the system's voices."""
    if not is_neural(name):
        return ""
    from voicemock.speech.neural_voice import folder_of, licence_of

    return licence_of(folder_of(name))


def open_voice(name: str | None = None, rate_wpm: int = DEFAULT_RATE_WPM) -> Voice:
    """The voice called `name`, or that of a folder in Piper's format; the best by default.

    Raises VoiceError with what to install.
    """
    name = name or best_voice()
    if is_neural(name):
        from voicemock.speech.neural_voice import open_neural

        return open_neural(name, rate_wpm)
    from voicemock.speech.system_voice import Pyttsx3Voice

    return Pyttsx3Voice(name, rate_wpm)
