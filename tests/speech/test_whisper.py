"""The real model on speech made here, whose words and times are known."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from benchmarks.non_speech import make
from benchmarks.spoken import Spoken, espeak, in_a_room, silence, with_pauses

from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples
from voicemock.speech import models
from voicemock.speech.batch import transcribe
from voicemock.speech.live import LiveTranscriber, Transcript
from voicemock.speech.which_number import which_number
from voicemock.speech.whisper import WhisperRecogniser, glue
from voicemock.speech.workers import InlineWorkers, ThreadWorkers, Workers
from voicemock.transcript import Word, join_words

SENTENCES = (
    "We cut the drop off from twelve percent to four percent in one quarter.",
    "I called twenty two merchants and asked them what they needed most.",
    "Then my team rolled it out to every customer in Germany.",
)
PAUSES_S = (0.9, 1.4, 1.0)
NEAR_S = 0.1  # seconds; what issue 4 asks of word times, at the median


@pytest.fixture(scope="module")
def recogniser() -> WhisperRecogniser:
    return WhisperRecogniser(models.load(models.resolve_model()))


@pytest.fixture(scope="module")
def answer() -> Spoken:
    return with_pauses([espeak(sentence) for sentence in SENTENCES], PAUSES_S)


@pytest.fixture(scope="module")
def heard(recogniser: WhisperRecogniser, answer: Spoken) -> Transcript:
    return listen(recogniser, answer, InlineWorkers())


def listen(recogniser: WhisperRecogniser, answer: Spoken, workers: Workers) -> Transcript:
    live = LiveTranscriber(recogniser, workers=workers)
    for first in range(0, len(answer.samples), BLOCK_SAMPLES):
        live.feed(answer.samples[first : first + BLOCK_SAMPLES])
    transcript = live.finish()
    live.close()
    return transcript


def plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def time_errors(words: tuple[Word, ...], answer: Spoken) -> Iterator[float]:
    """For each word that was said once and heard once: how far its start is from the truth, in seconds."""
    said = [plain(word) for word, _ in answer.starts]
    found = [plain(word.text) for word in words]
    for word, start in answer.starts:
        if said.count(plain(word)) == 1 and found.count(plain(word)) == 1:
            yield abs(words[found.index(plain(word))].start - start)


class TestWords:
    def test_most_are_right(self, heard: Transcript) -> None:
        found = {plain(word.text) for word in heard.words}
        said = {plain(word) for sentence in SENTENCES for word in sentence.split()}
        wanted = said - {"twelve", "four", "twenty", "two"}  # they come as digits or as words
        assert len(wanted & found) / len(wanted) > 0.8

    def test_their_times_are_within_a_tenth_of_a_second(self, heard: Transcript, answer: Spoken) -> None:
        errors = list(time_errors(heard.words, answer))
        assert len(errors) > 15
        assert statistics.median(errors) < NEAR_S

    def test_they_have_probabilities(self, heard: Transcript) -> None:
        assert all(0.0 < word.probability <= 1.0 for word in heard.words)

    def test_the_pauses_are_those_that_were_made(self, heard: Transcript) -> None:
        lengths = [end - start for start, end in heard.pauses]
        assert lengths == pytest.approx(PAUSES_S[:2], abs=0.35)

    def test_the_same_sound_gives_the_same_transcript_in_threads(
        self, recogniser: WhisperRecogniser, answer: Spoken, heard: Transcript
    ) -> None:
        assert listen(recogniser, answer, ThreadWorkers()) == heard

    def test_a_file_gives_the_same_transcript(
        self, recogniser: WhisperRecogniser, answer: Spoken, heard: Transcript
    ) -> None:
        assert transcribe(answer.samples, recogniser).words == heard.words

    def test_what_is_printed_without_a_space_is_one_word(self) -> None:
        printed = [(" 20", 0.9), ("%", 0.7), (" no", 0.9), ("-show", 0.8), (" ", 1.0)]
        words = glue(
            [
                {"word": text, "start": i, "end": i + 1, "probability": p}
                for i, (text, p) in enumerate(printed)
            ]
        )
        assert [word.text for word in words] == ["20%", "no-show"]
        assert words[0] == Word("20%", 0.0, 2.0, 0.7)


class TestWhatIsSaidTwice:
    SAID = "We cut the wait, we cut the wait to four minutes, and nobody left, and nobody left after that."

    def test_it_is_heard_twice(self, recogniser: WhisperRecogniser) -> None:
        sound = in_a_room(np.pad(espeak(self.SAID, "en-gb").samples, RATE // 2))
        for text in (
            join_words(transcribe(sound, recogniser).words),
            recogniser.quick(sound, 0.0).text,
        ):
            assert text.lower().count("cut the") == 2
            assert text.lower().count("left") == 2


class TestTheQuickPass:
    def test_half_an_utterance_gives_its_words_so_far(
        self, recogniser: WhisperRecogniser, answer: Spoken
    ) -> None:
        start, until = answer.starts[0][1], answer.starts[8][1]
        result = recogniser.quick(answer.samples[round(start * RATE) : round(until * RATE)], start)
        assert 4 <= len(result.words) <= 12
        assert all(start - NEAR_S <= word.start <= word.end <= until + NEAR_S for word in result.words)

    def test_no_words_come_after_the_end_of_the_speech(self, recogniser: WhisperRecogniser) -> None:
        sound = espeak("Engagement.").samples
        result = recogniser.quick(sound, 5.0)
        assert len(result.words) <= 2
        assert all(word.end <= 5.0 + len(sound) / RATE + 0.01 for word in result.words)


class TestSilenceNeverBecomesWords:
    @pytest.mark.parametrize("kind", ["silence", "fan", "keyboard", "music"])
    def test_through_the_whole_way(self, recogniser: WhisperRecogniser, kind: str) -> None:
        found = transcribe(make(kind, 15.0, seed=5), recogniser)
        assert found.words == ()

    def test_even_where_the_detector_let_it_through(self, recogniser: WhisperRecogniser) -> None:
        result = recogniser.quick(np.zeros(2 * RATE, dtype=np.int16), 0.0)
        assert len(result.words) <= 1


class TestNumbersThatSoundAlike:
    """Clearly spoken, neither is taken for the other, nor doubted."""

    @pytest.mark.parametrize(("said", "written"), [("nineteen", "19"), ("ninety", "90"), ("fifty", "50")])
    def test_a_clear_one_is_not_doubted(self, recogniser: WhisperRecogniser, said: str, written: str) -> None:
        parts = (
            silence(0.3),
            espeak(f"It lifted conversion by {said} percent for new visitors.").samples,
            silence(0.5),
        )
        heard = recogniser.careful(in_a_room(np.concatenate(parts)), 0.0)
        assert written in heard.text
        assert [which_number(doubt) for doubt in heard.doubts if which_number(doubt)] == []

    def test_one_that_is_another_when_played_more_slowly_is_doubted(
        self, recogniser: WhisperRecogniser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = espeak("It lifted conversion by seventy seven percent for new visitors.").samples
        sound = in_a_room(np.concatenate([silence(0.3), said, silence(0.5)]))
        decode, lengths = WhisperRecogniser._decode, []

        def slower_is_another(self: WhisperRecogniser, samples: Samples, *args: Any, **options: Any) -> Any:
            lengths.append(len(samples))
            decoded = decode(self, samples, *args, **options)
            return decoded if len(lengths) == 1 else replace(decoded, text=decoded.text.replace("77", "7"))

        monkeypatch.setattr(WhisperRecogniser, "_decode", slower_is_another)
        heard = recogniser.careful(sound, 0.0)
        assert "77" in heard.text
        assert [("77" in doubt.heard, doubt.readings) for doubt in heard.doubts] == [(True, ("7",))]
        assert len(lengths) == 2 and lengths[1] > 3 * RATE  # 3 s around it, and more for being slower
