"""Hesitations are heard and counted, and what is read for claims and quotes is as if they had not been there."""

from __future__ import annotations

import numpy as np
import pytest

from voicemock.audio.sound import RATE, Samples, resample
from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Score
from voicemock.speech import models
from voicemock.speech.batch import transcribe
from voicemock.speech.fillers import filler_count, is_filler, without_fillers
from voicemock.speech.scripted import evenly
from voicemock.speech.spoken import Spoken
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.transcript import join_words

SAID = {
    "Um, so we cut it.": "So we cut it.",
    "We cut it, um, from 12 to, uh, 9 minutes.": "We cut it from 12 to 9 minutes.",
    "I called her, uh. Then she came.": "I called her. Then she came.",
    "I called her. Uh, then she came.": "I called her. Then she came.",
    "It was... um... late": "It was... late",
    "It took, uh… a week": "It took a week",
    "A 5 mm gap in the ER": "A 5 mm gap in the ER",
    "No umbrella, no error, ahead": "No umbrella, no error, ahead",
    "um": "",
}


@pytest.mark.parametrize("text", SAID)
def test_the_words_without_them(text: str) -> None:
    assert join_words(without_fillers(evenly(text, 0.0, 5.0))) == SAID[text]


@pytest.mark.parametrize("word", ["Um,", "uhh…", "er", "Erm.", "hmm", "mm-", "Ah,", "uhm"])
def test_what_is_one(word: str) -> None:
    assert is_filler(word)


@pytest.mark.parametrize("word", ["ER", "humble", "her", "a", "uh-huh", "umpire", "5", ""])
def test_what_is_none(word: str) -> None:
    assert not is_filler(word)


class TestAnAnswerWithThem:
    """Its claims and its score are those of the same answer said fluently; only the delivery knows."""

    FLUENT = (
        "When I was the product manager for checkout, customers waited 12 minutes. I rebuilt the queue myself. "
        "The waiting time fell from 12 minutes to 4 minutes in 6 weeks."
    )
    HESITANT = (
        "Um, when I was the, uh, product manager for checkout, customers waited, um, 12 minutes. Uh, I rebuilt the "
        "queue myself. The waiting time fell from, um, 12 minutes to, uh, 4 minutes in 6 weeks."
    )

    def test_claims_and_quotes_are_the_same(self) -> None:
        one, other = self.scored(self.FLUENT), self.scored(self.HESITANT)
        assert [m.text for m in one.metrics] == [m.text for m in other.metrics] != []
        assert [s.text for s, _ in one.sentences] == [s.text for s, _ in other.sentences]
        assert one.words == other.words

    def test_they_are_counted_with_the_share_that_is_heard(self) -> None:
        score = self.scored(self.HESITANT)
        assert score.delivery.fillers == 6
        assert 0.5 < (score.delivery.filler_recall or 0) < 1
        assert score.fillers_per_min == 12.0

    @staticmethod
    def scored(text: str) -> Score:
        words = evenly(text, 0.0, 30.0)
        return score_answer(answer_to(Question("q", "behavioral", ""), Spoken(words, (), (), (), 30.0), ""))


def test_spoken_ones_are_written_down_and_none_is_invented() -> None:
    """A sentence each way; `benchmarks.fillers` has the figures."""
    said = (
        "So, um, we looked at the numbers, and, uh, we saw that half of the, um, customers never came back."
    )
    recogniser = WhisperRecogniser(models.load(models.resolve_model(), workers=1))
    voice = open_voice("us", 150)
    try:
        sounds = [
            resample(voice.say(text)).samples for text in (said, said.replace(" um,", "").replace(" uh,", ""))
        ]
    finally:
        voice.close()
    quiet: Samples = np.zeros(RATE, dtype=np.int16)
    hesitant, fluent = (
        filler_count(transcribe(np.concatenate((quiet, sound, quiet)), recogniser).words) for sound in sounds
    )
    assert hesitant >= 2
    assert fluent == 0
