"""What is decoded and when, with a scripted recogniser and a voice written by hand: no model, no waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from tests.audio.test_vad import Voiced
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples
from voicemock.audio.vad import SpeechDetector
from voicemock.speech.live import (
    CONTEXT_S,
    MOST_LAG_S,
    LiveTranscriber,
    Transcript,
    UtteranceHeard,
)
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser, no_pause
from voicemock.speech.scripted import ScriptedRecogniser, evenly
from voicemock.speech.workers import InlineWorkers, ThreadWorkers, Workers
from voicemock.transcript import Word, join_words

SAID = ((0.6, 3.0), (3.5, 6.2), (9.0, 9.6), (13.5, 26.0), (26.6, 33.0))  # a word at 9 s, a pause of 4 s
ENDS_S = 35.0
WORDS = tuple(
    word for i, (start, end) in enumerate(SAID) for word in evenly(f"stretch {i} has these words", start, end)
)
PATIENCE_S = 10.0  # a test that waits this long has failed


@pytest.fixture
def opened() -> Iterator[list[LiveTranscriber]]:
    """Transcribers to be closed, whatever happens."""
    opened: list[LiveTranscriber] = []
    yield opened
    for live in opened:
        live.close()


def silence(duration_s: float) -> Samples:
    return np.zeros(round(duration_s * RATE), dtype=np.int16)


def run(
    live: LiveTranscriber, duration_s: float = ENDS_S, *, wait: bool = True
) -> tuple[list[UtteranceHeard], Transcript]:
    heard: list[UtteranceHeard] = []
    sound = silence(duration_s)
    for first in range(0, len(sound), BLOCK_SAMPLES):
        live.feed(sound[first : first + BLOCK_SAMPLES])
        if wait:
            live.wait()
        heard.extend(live.results())
    transcript = live.finish()
    heard.extend(live.results())
    return heard, transcript


def transcriber(
    workers: Workers | None = None,
    recogniser: Recogniser | None = None,
    said: tuple[tuple[float, float], ...] = SAID,
) -> LiveTranscriber:
    return LiveTranscriber(
        recogniser or ScriptedRecogniser(WORDS),
        SpeechDetector(Voiced(*said)),
        workers=workers or InlineWorkers(),
    )


class TestUtterances:
    def test_each_stretch_comes_once_whole_in_order(self) -> None:
        heard, _ = run(transcriber())
        whole = [each.utterance.text for each in heard if not each.partial]
        assert whole == [f"stretch {i} has these words" for i in range(len(SAID))]

    def test_a_long_stretch_is_told_before_it_ends(self) -> None:
        heard, _ = run(transcriber())
        partial = [each for each in heard if each.partial and each.utterance.start > 13.0]
        assert [each.utterance.end - each.utterance.start for each in partial[:3]] == pytest.approx(
            [4.0, 7.0, 10.0]
        )
        assert all(word.end <= each.utterance.end for each in partial for word in each.utterance.words)

    def test_a_short_stretch_is_heard_with_the_one_before_but_gives_only_its_own_words(self) -> None:
        recogniser = ScriptedRecogniser(WORDS)
        heard, _ = run(transcriber(recogniser=recogniser))
        second = next(asked for asked in recogniser.asked if asked[0] == "quick" and asked[2] > 6.0)
        assert second[1] < 0.7
        assert second[2] - second[1] <= CONTEXT_S + 0.5
        assert [each.utterance.text for each in heard if not each.partial][1] == "stretch 1 has these words"

    def test_its_text_is_there_0_3_s_after_the_last_sample_of_the_speech(self) -> None:
        live = LiveTranscriber(
            ScriptedRecogniser(WORDS), SpeechDetector(Voiced((0.6, 2.0))), workers=InlineWorkers()
        )
        heard, given_s = live.results(), 0.0
        while not heard and given_s < 3.0:
            live.feed(silence(0.02))
            heard, given_s = live.results(), given_s + 0.02
        assert given_s - heard[0].utterance.end == pytest.approx(0.3, abs=0.07)


class TestTheFinalTranscript:
    def test_it_has_all_words_the_pauses_and_the_utterances(self) -> None:
        _, transcript = run(transcriber())
        assert join_words(transcript.words) == join_words(WORDS)
        assert len(transcript.utterances) == len(SAID)
        assert transcript.pauses[2] == pytest.approx((9.6, 13.5), abs=0.1)

    def test_it_is_that_of_the_careful_pass(self) -> None:
        quick = [Word("wrong", word.start, word.end) for word in WORDS]
        _, transcript = run(transcriber(recogniser=ScriptedRecogniser(WORDS, quick)))
        assert join_words(transcript.words) == join_words(WORDS)

    def test_an_answer_cut_off_in_mid_sentence_keeps_its_last_words(self) -> None:
        heard, transcript = run(transcriber(), duration_s=20.0)
        assert transcript.words[-1].end > 18.0
        assert heard[-1].utterance.end == pytest.approx(20.0, abs=0.1)

    def test_silence_gives_none(self) -> None:
        heard, transcript = run(transcriber(said=()))
        assert heard == []
        assert transcript == Transcript((), (), ())


class TestTheSameHoweverFastTheSoundComes:
    def test_inline_and_threads_decode_the_same_windows(self, opened: list[LiveTranscriber]) -> None:
        one, other = ScriptedRecogniser(WORDS), ScriptedRecogniser(WORDS)
        threaded = transcriber(ThreadWorkers(), other)
        opened.append(threaded)
        heard, transcript = run(transcriber(recogniser=one))
        heard_too, transcript_too = run(threaded)
        assert transcript == transcript_too
        assert [each.utterance for each in heard] == [each.utterance for each in heard_too]
        assert windows(one) <= windows(other)  # what was decoded ahead and not used is extra

    def test_threads_that_lag_give_the_same_transcript(self, opened: list[LiveTranscriber]) -> None:
        threaded = transcriber(ThreadWorkers())
        opened.append(threaded)
        assert run(threaded, wait=False)[1] == run(transcriber())[1]


class TestWhatIsHeardCarefullySoFar:
    """All of it where the sound waits for its reader; else what is there, without waiting."""

    def test_a_file_waits_for_all_of_it(self) -> None:
        live = LiveTranscriber(
            ScriptedRecogniser(WORDS), SpeechDetector(Voiced(*SAID)), workers=InlineWorkers(), patient=True
        )
        live.feed(silence(ENDS_S))
        so_far = live.carefully()
        assert so_far.text == join_words(WORDS)
        assert join_words(live.finish().words) == so_far.text

    def test_nobody_at_a_microphone_waits(self, opened: list[LiveTranscriber]) -> None:
        gate = threading.Event()
        live = transcriber(ThreadWorkers(), Blocked(gate))
        opened.append(live)
        live.feed(silence(ENDS_S))
        assert live.carefully().words == ()
        gate.set()
        assert join_words(live.finish().words) == join_words(WORDS)


class TestASlowRecogniser:
    """It costs lag, which is bounded and shown; never sound, and never words of the final transcript."""

    def test_what_waits_is_shown_bounded_and_made_up_for(self, opened: list[LiveTranscriber]) -> None:
        gate = threading.Event()
        live = transcriber(ThreadWorkers(), Blocked(gate))
        opened.append(live)
        lags = []
        for _ in range(round(ENDS_S * RATE / BLOCK_SAMPLES)):
            live.feed(silence(BLOCK_SAMPLES / RATE))
            lags.append(live.lag_s)
        gate.set()
        transcript = live.finish()
        starts = [each.utterance.start for each in live.results() if not each.partial]
        assert 3.0 < max(lags) < MOST_LAG_S + CONTEXT_S + 8.0
        assert join_words(transcript.words) == join_words(WORDS)
        assert starts == sorted(starts)

    def test_what_is_left_out_is_said_to_be(self, opened: list[LiveTranscriber]) -> None:
        said = tuple((float(at), at + 5.0) for at in range(1, 60, 6))
        gate = threading.Event()
        live = transcriber(ThreadWorkers(), Blocked(gate), said)
        opened.append(live)
        for _ in range(round(62.0 * RATE / BLOCK_SAMPLES)):
            live.feed(silence(BLOCK_SAMPLES / RATE))
        gate.set()
        live.finish()
        assert any(each.skipped for each in live.results())


class Blocked:
    """A recogniser that does nothing until the gate is open."""

    def __init__(self, gate: threading.Event) -> None:
        self._gate = gate
        self._script = ScriptedRecogniser(WORDS)

    def quick(
        self, samples: Samples, offset_s: float, prompt: str = "", choices: Sequence[str] = ()
    ) -> QuickResult:
        assert self._gate.wait(PATIENCE_S)
        return self._script.quick(samples, offset_s, prompt)

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        assert self._gate.wait(PATIENCE_S)
        return self._script.careful(samples, offset_s, prompt, give_way)


def windows(recogniser: ScriptedRecogniser) -> set[tuple[str, float, float]]:
    return set(recogniser.asked)
