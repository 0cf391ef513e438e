"""The interviewer's lines: how long they take, and who may stop them."""

from __future__ import annotations

import itertools
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.interview.screenplay import QUESTION, Room, loudness_as_voice, room, sentences, speak
from tests.interview.test_session import GOOD, RAMBLE, ramble
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Sound
from voicemock.audio.source import Block
from voicemock.audio.speaker import LATE_S
from voicemock.audio.vad import SpeechDetector
from voicemock.interview.desk import BARGE_IN_WINDOWS
from voicemock.interview.floor import (
    AFTER_OPENING_S,
    GOES_BACK_S,
    LETS_GO_S,
    OVERLAP_S,
    TAIL_S,
    InterviewerTurn,
    rest,
)
from voicemock.interview.turn import INSISTED_S

STOPS_WITHIN_S = 0.15  # issue 5: from the first sample of the candidate's voice


class StoppedSpeaker:
    """Plays until its time is over or it is stopped; `dead` never says that it is done."""

    def __init__(self, dead: bool = False) -> None:
        self.stopped = False
        self.played: list[Sound] = []
        self._dead = dead

    def play(self, sound: Sound) -> StoppedSpeaker:
        self.stopped = False
        self.played.append(sound)
        return self

    def started_at(self) -> float:
        return 0.0

    def done(self) -> bool:
        return not self._dead

    def stop(self) -> None:
        self.stopped = True

    def close(self) -> None:
        return None


LINE = Sound(np.zeros(3 * RATE, dtype=np.int16))
OPENING = Sound(np.zeros(RATE // 2, dtype=np.int16))


def detector() -> SpeechDetector:
    return SpeechDetector(loudness_as_voice, BARGE_IN_WINDOWS)


def line(speaker: StoppedSpeaker, *, headphones: bool = True, over_speech: bool = False) -> InterviewerTurn:
    return InterviewerTurn(LINE, speaker, detector if headphones else None, over_speech)


def passes(turn: InterviewerTurn, samples: np.ndarray) -> Iterator[tuple[float, bool]]:
    """The end of each block in audio time, and whether the floor is the candidate's after it."""
    for n in itertools.count(1):
        piece = samples[(n - 1) * BLOCK_SAMPLES : n * BLOCK_SAMPLES]
        over = turn.hear(Block(np.pad(piece, (0, BLOCK_SAMPLES - len(piece))), n * BLOCK_S))
        yield n * BLOCK_S, over


def lasts(turn: InterviewerTurn, samples: np.ndarray) -> float:
    """Seconds of audio time until the floor is the candidate's."""
    return next(time_s for time_s, over in passes(turn, samples) if over)


def stands_at(turn: InterviewerTurn, samples: np.ndarray) -> float:
    """Seconds of audio time until a voice stops the line."""
    return next(time_s for time_s, over in passes(turn, samples) if turn.stands or over)


class TestWithoutHeadphones:
    """The microphone hears the interviewer too: the line takes its time and a tail, whoever speaks."""

    def test_the_line_and_its_tail(self) -> None:
        assert lasts(line(StoppedSpeaker(), headphones=False), speak(9.0).samples) == pytest.approx(
            LINE.duration_s + TAIL_S, abs=2 * BLOCK_S
        )

    def test_nobody_can_stop_it(self) -> None:
        speaker = StoppedSpeaker()
        turn = line(speaker, headphones=False)
        assert lasts(turn, speak(" ".join(GOOD)).samples) > LINE.duration_s
        assert not speaker.stopped
        assert turn.said_over == ()

    def test_a_speaker_that_died_is_not_waited_for(self) -> None:
        turn = line(StoppedSpeaker(dead=True), headphones=False)
        assert lasts(turn, speak(9.0).samples) == pytest.approx(
            LINE.duration_s + LATE_S + TAIL_S, abs=3 * BLOCK_S
        )


class TestWithHeadphones:
    """A candidate who insists is heard from the first sound on."""

    @pytest.mark.parametrize("onset", [0.3 + n * 0.0071 for n in range(12)])
    def test_the_voice_stops_within_150_ms_wherever_the_onset_falls(self, onset: float) -> None:
        speaker = StoppedSpeaker()
        stopped = stands_at(line(speaker), speak(onset, "I would like to go on.").samples)
        assert speaker.stopped
        assert 0 < stopped - onset <= STOPS_WITHIN_S

    @pytest.mark.parametrize("onset", [0.3, 0.55, 1.71])
    def test_what_was_said_from_the_onset_is_kept(self, onset: float) -> None:
        turn = line(StoppedSpeaker())
        spoken = speak(onset, "I would like to go on.").samples
        heard = lasts(turn, spoken)
        kept = np.concatenate([block.samples for block in turn.said_over])
        first = round(onset * RATE)
        end = round(heard * RATE)
        np.testing.assert_array_equal(kept[-(end - first) :], spoken[first:end])

    def test_a_click_does_not_stop_it(self) -> None:
        speaker = StoppedSpeaker()
        click = speak(1.0, "I").samples[: RATE + 800]
        lasts(line(speaker), click)
        assert not speaker.stopped

    def test_who_is_cut_off_may_end_the_word(self) -> None:
        speaker = StoppedSpeaker()
        turn = line(speaker, over_speech=True)
        assert lasts(turn, speak("over there", 9.0).samples) == pytest.approx(
            LINE.duration_s, abs=2 * BLOCK_S
        )
        assert not speaker.stopped

    def test_who_is_cut_off_and_speaks_on_gets_the_floor_back_with_every_word(self) -> None:
        speaker = StoppedSpeaker()
        turn = line(speaker, over_speech=True)
        assert lasts(turn, speak(" ".join(GOOD)).samples) == pytest.approx(OVERLAP_S, abs=0.06)
        assert speaker.stopped
        assert len(turn.said_over) == round(OVERLAP_S / BLOCK_S)

    def test_who_stops_and_then_insists_is_heard_at_once(self) -> None:
        speaker = StoppedSpeaker()
        turn = line(speaker, over_speech=True)
        assert 1.2 < stands_at(turn, speak("I", 0.8, "But let me say this.").samples) <= 1.2 + STOPS_WITHIN_S
        assert speaker.stopped

    @pytest.mark.parametrize("onset", [0.3, 1.1, 2.03])
    def test_a_murmur_of_assent_lets_the_line_go_on_from_just_before(self, onset: float) -> None:
        speaker = StoppedSpeaker()
        turn = line(speaker)
        whole = lasts(turn, speak(onset, "I", 9.0).samples)  # 0.4 s of voice, as long as "mm-hm"
        assert not turn.talked_over
        assert turn.said_over == ()
        assert len(speaker.played) == 2
        again_s = speaker.played[1].duration_s - (LINE.duration_s - onset)
        assert -STOPS_WITHIN_S <= again_s <= max(onset, GOES_BACK_S)
        assert whole >= LINE.duration_s + LETS_GO_S

    def test_who_insists_after_a_murmur_is_heard_from_the_first_word(self) -> None:
        speaker = StoppedSpeaker()
        turn = line(speaker)
        spoken = speak(0.6, "I", 1.0, "I would like to go on.").samples
        heard = lasts(turn, spoken)
        assert turn.talked_over
        assert speaker.stopped
        kept = np.concatenate([block.samples for block in turn.said_over])
        first, end = round((0.6 + 0.4 + 1.0) * RATE), round(heard * RATE)
        np.testing.assert_array_equal(kept[-(end - first) :], spoken[first:end])
        assert 0.0 < turn.overlap_s <= STOPS_WITHIN_S  # the line stood still for the rest of it

    def test_what_is_said_again_after_a_murmur_counts_once(self) -> None:
        turn = line(StoppedSpeaker())
        lasts(turn, speak(0.4, "I", 0.6, "I would like to go on.").samples)
        assert turn.talked_over
        assert turn.heard_s < 1.0  # it began again after the murmur, and was heard for 0.3 s more

    def test_after_the_opening_comes_the_line(self) -> None:
        speaker = StoppedSpeaker()
        turn = InterviewerTurn(OPENING, speaker, detector, opening=True)
        turn.go_on_with(LINE)
        whole = OPENING.duration_s + AFTER_OPENING_S + LINE.duration_s
        assert lasts(turn, speak(9.0).samples) == pytest.approx(whole, abs=3 * BLOCK_S)
        assert speaker.played == [OPENING, LINE]

    def test_a_line_that_takes_long_to_make_is_waited_for(self) -> None:
        speaker = StoppedSpeaker()
        turn = InterviewerTurn(OPENING, speaker, detector, opening=True)
        waited = 0.0
        for ended, over in passes(turn, speak(9.0).samples):
            assert not over
            waited = ended
            if ended > OPENING.duration_s + 1.0:
                break
        assert speaker.played == [OPENING]
        turn.go_on_with(LINE)
        assert lasts(turn, speak(9.0).samples) == pytest.approx(LINE.duration_s, abs=3 * BLOCK_S)
        assert waited > OPENING.duration_s

    def test_a_line_that_never_comes_gives_the_floor_back(self) -> None:
        turn = InterviewerTurn(OPENING, StoppedSpeaker(), detector, opening=True)
        assert lasts(turn, speak(9.0).samples) == pytest.approx(OPENING.duration_s + LATE_S, abs=3 * BLOCK_S)

    def test_whoever_talks_over_the_opening_has_heard_nothing_of_the_line(self) -> None:
        speaker = StoppedSpeaker()
        turn = InterviewerTurn(OPENING, speaker, detector, opening=True)
        turn.go_on_with(LINE)
        lasts(turn, speak(0.2, "I would like to go on.").samples)
        assert turn.talked_over
        assert turn.heard_s == 0.0
        assert speaker.played == [OPENING]

    def test_after_a_murmur_under_the_opening_it_is_said_once_more(self) -> None:
        speaker = StoppedSpeaker()
        turn = InterviewerTurn(OPENING, speaker, detector, opening=True)
        turn.go_on_with(LINE)
        lasts(turn, speak(0.2, "I", 9.0).samples)
        assert not turn.talked_over
        assert speaker.played == [OPENING, OPENING, LINE]

    def test_after_a_murmur_behind_the_opening_it_is_not_said_again(self) -> None:
        speaker = StoppedSpeaker()
        turn = InterviewerTurn(OPENING, speaker, detector, opening=True)
        for ended, _ in passes(turn, speak(OPENING.duration_s + 0.1, "I", 9.0).samples):
            if ended > OPENING.duration_s + 1.0:
                break
        turn.go_on_with(LINE)
        lasts(turn, speak(9.0).samples)
        assert speaker.played == [OPENING, LINE]

    def test_a_line_made_after_an_opening_that_hung_is_still_said(self) -> None:
        speaker = StoppedSpeaker(dead=True)
        turn = InterviewerTurn(OPENING, speaker, detector, opening=True)
        turn.go_on_with(LINE)
        lasts(turn, speak(9.0).samples)
        assert speaker.played == [OPENING, LINE]

    def test_what_is_left_of_the_echo_opens_nobodys_mouth(self) -> None:
        turn = InterviewerTurn(LINE, StoppedSpeaker(), detector, window=detector(), window_s=1.0)
        loud = speak(0.0, "I would like to go on.").samples[:BLOCK_SAMPLES]
        quiet = np.zeros_like(loud)
        for _ in range(round((LINE.duration_s + 1.2) / BLOCK_S)):
            if turn.hear(Block(loud, 0.0, cleaned=quiet)):
                break
        assert turn.said
        assert not turn.talked_over

    def test_a_line_goes_on_at_the_quietest_place(self) -> None:
        loud = np.full(3 * RATE, 3000, dtype=np.int16)
        loud[RATE - BLOCK_SAMPLES : RATE] = 0
        left = rest(Sound(loud), 1.3)
        assert left.duration_s == pytest.approx(2.0 + BLOCK_S)
        assert rest(Sound(loud), 0.5).duration_s == 3.0  # what was hardly begun is said again

    def test_a_reply_that_begins_under_the_last_word_loses_nothing(self) -> None:
        turn = line(StoppedSpeaker())
        spoken = speak(LINE.duration_s - 0.05, "Yes, we did.").samples
        heard = lasts(turn, spoken)
        assert turn.said_over
        kept = np.concatenate([block.samples for block in turn.said_over])
        first, end = round((LINE.duration_s - 0.05) * RATE), round(heard * RATE)
        np.testing.assert_array_equal(kept[-(end - first) :], spoken[first:end])


def recording(there: Room) -> np.ndarray:
    row = there.store.answer(there.answer_id())
    with wave.open(str(there.store.folder / row.audio)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)


def assert_piece_of(heard: np.ndarray, whole: np.ndarray, before: float) -> None:
    """That `heard` is `whole` without a gap, up to its end, from somewhere before the second `before`."""
    whole = np.pad(whole, (0, -len(whole) % BLOCK_SAMPLES))
    blocks = range(0, round(before * RATE), BLOCK_SAMPLES)
    assert any(np.array_equal(heard, whole[first : first + len(heard)]) for first in blocks)


class TestAWholeAnswerOverTheInterviewer:
    """With headphones what is said over the interviewer is floor time: recorded, transcribed, scored."""

    def test_who_begins_before_the_question_is_over_is_recorded_from_the_onset(self, tmp_path: Path) -> None:
        answer = speak(1.0, *sentences(*GOOD), 9.0)
        with room(tmp_path, answer, talk_over=True, headphones=True) as there:
            there.run()
            heard = recording(there)
        assert len(there.told("talked_over")) == 1
        assert_piece_of(heard, answer.samples, before=1.0)

    @pytest.mark.parametrize(
        ("pace", "breath", "utterances"),
        [("fast", 0.3, 8), ("fast", 0.4, 14), ("fast", 0.5, 14), ("fast", 0.6, 14), ("real", 0.5, 14)],
    )
    def test_who_talks_over_every_cut_in_is_recorded_without_a_gap(
        self, tmp_path: Path, pace: str, breath: float, utterances: int
    ) -> None:
        asked_s = len(QUESTION.text.split()) / 2.75
        answer = speak(asked_s + 1.0, *sentences(*RAMBLE, *RAMBLE, breath=breath))
        with room(tmp_path, answer, style="debrief", talk_over=True, headphones=True, pace=pace) as there:
            there.run()
            heard = recording(there)
        last_word = there.told("utterance")[-1].fields["end"]  # nobody talks over a cut-in after it
        cut_ins = [event for event in there.told("interrupt") if event.t < last_word]
        assert cut_ins and len(there.told("talked_over")) == len(cut_ins)
        assert all(after.t - before.t >= INSISTED_S for before, after in itertools.pairwise(cut_ins))
        assert_piece_of(heard, answer.samples, before=asked_s + 1.0)
        assert len(there.told("utterance")) >= utterances

    def test_the_clock_stands_until_then(self, tmp_path: Path) -> None:
        with room(tmp_path, ramble(), style="bar-raiser", talk_over=True, headphones=True) as there:
            there.run()
        assert there.told("cap")[0].fields["floor_time_s"] == 180.0
