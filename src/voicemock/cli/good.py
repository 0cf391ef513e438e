"""`voicemock questions show ID --good`: what good sounds like, shown, and spoken with --say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voicemock.cli.output import echo, echo_json
from voicemock.packs.examples import find_example, load_examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicemock.packs.questions import Question
    from voicemock.report.exemplar import Exemplar


def show_good(
    questions: Sequence[Question], question: Question, prompts: Path | None, *, as_json: bool, plain: bool
) -> Exemplar:
    """Print both answers to the question. Raises UnknownQuestion where it has none."""
    from voicemock.report.cells import console
    from voicemock.report.exemplar import exemplar, exemplar_json
    from voicemock.report.exemplar_terminal import plain_lines, render_exemplar

    examples = load_examples({each.id for each in questions}, prompts)
    found = exemplar(question, find_example(examples, question.id))
    screen = console(plain)
    if as_json:
        echo_json(exemplar_json(found))
    elif plain or not screen.is_terminal:
        echo("\n".join(plain_lines(found)))
    else:
        render_exemplar(screen, found)
    return found


def say_good(found: Exemplar, voice_name: str | None) -> None:
    """Say the good answer with the voice; a key stops it. Raises VoiceError, DeviceError."""
    from voicemock.report.play import speak
    from voicemock.speech.voice_engines import open_voice
    from voicemock.ui.keys import terminal_keys

    keys = terminal_keys()
    voice = open_voice(voice_name)
    keys.open()
    try:
        said = speak([sentence.text for sentence in found.good.sentences], voice, pressed=keys.pressed)
    finally:
        keys.close()
        voice.close()
    if not said:
        echo("Stopped.", err=True)
