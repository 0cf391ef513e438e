"""Whole sessions with a scripted candidate: told, heard, stored, and what is kept when something breaks."""

from __future__ import annotations

import itertools
import json
import wave
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.interview.screenplay import QUESTION, Room, Seat, Spoken, room, sentences, speak
from tests.stored import heard
from voicemock.audio import recorder
from voicemock.audio.source import Block, Source
from voicemock.errors import DeviceError, DiskFull, StoreError, VoicemockError
from voicemock.interview.floor import LEAD_S
from voicemock.packs.phrases import load_phrases
from voicemock.packs.questions import Question
from voicemock.speech.requests import Request
from voicemock.store.recover import find_lost, recover
from voicemock.transcript import join_words

GOOD = (
    "A driver at our depot told me that parcels came back without a label, and it cost him an hour a day.",
    "I was the product manager for returns, and my goal was to halve that by the end of June.",
    "I followed forty parcels myself, and I found that the labels came off in the rain.",
    "I decided against new scanners because they would have cost two hundred thousand dollars.",
    "Instead I moved the printer, and I tested it at one dock for two weeks.",
    "Lost parcels fell from 90 to 12 a week within a month, which saved 300 thousand dollars a year.",
    "For me that is ownership, because nobody had asked me to do it.",
)
RAMBLE = (
    "So this was at my last company, and we had a really big platform project.",
    "The roadmap was very full, and we had a lot of meetings about the architecture.",
    "We looked at several vendors, and we built a big matrix with all of the features.",
    "The platform team was in another office, so we had to align everybody.",
    "It was a significant improvement over what we had before.",
    "We decided to go with microservices, and we set up the pipelines.",
    "There were many dependencies, and performance got a lot better after that.",
)


def good() -> Spoken:
    return speak(0.8, *sentences(*GOOD), 9.0)


def ramble(times: int = 6) -> Spoken:
    return speak(0.8, *sentences(*(text.replace("So", f"So {n}") for n in range(times) for text in RAMBLE)))


class TestAGoodAnswer:
    """Asked, heard, ended by its silence, scored, stored."""

    @pytest.fixture(scope="class")
    @classmethod
    def played(cls, tmp_path_factory: pytest.TempPathFactory) -> Any:
        with room(tmp_path_factory.mktemp("good"), good()) as there:
            there.done = there.run()  # type: ignore[attr-defined]
            yield there

    def test_every_word_is_heard_and_it_ends_by_silence(self, played: Any) -> None:
        [done] = played.done
        assert join_words(done.take.words) == " ".join(GOOD)
        assert done.take.reason == "silence"
        assert done.score.overall is not None

    def test_the_events_come_in_the_order_in_which_things_happen(self, played: Any) -> None:
        kinds = [event.type for event in played.events]
        once = [kind for i, kind in enumerate(kinds) if kind != "utterance" or kinds[i - 1] != "utterance"]
        assert once == [
            "session_started", "question_started", "answer_started", "utterance", "closing", "says", "answer_ended",
            "transcript", "score", "question_ended", "session_ended",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("session_started", {"session"}),
            ("question_started", {"question_id", "text"}),
            ("answer_started", {"answer"}),
            ("utterance", {"start", "end", "text", "words", "latency_s"}),
            ("answer_ended", {"reason", "floor_time_s"}),
            ("transcript", {"text", "final", "latency_s"}),
            ("score", {"schema", "overall", "dimensions", "fixes", "latency_s"}),
            ("question_ended", {"question_id", "text"}),
            ("session_ended", {"session"}),
        ],
    )
    def test_each_event_has_the_fields_of_the_contract(
        self, played: Any, kind: str, fields: set[str]
    ) -> None:
        for event in played.told(kind):
            body = json.loads(json.dumps(event.as_dict()))
            assert body.keys() >= {"type", "t", "wall", *fields}

    def test_what_is_stored_is_what_was_told(self, played: Any) -> None:
        store, answer_id = played.store, played.answer_id()
        row = store.answer(answer_id)
        [ended], [told], [scored] = (played.told(kind) for kind in ("answer_ended", "transcript", "score"))
        assert row.complete
        assert (row.reason, row.floor_time_s) == (ended.fields["reason"], ended.fields["floor_time_s"])
        assert join_words(store.words(answer_id)) == told.fields["text"]
        assert store.score(answer_id).as_dict() == {
            k: v for k, v in scored.fields.items() if k != "latency_s"
        }
        between = played.events[1:-1]
        assert store.events(answer_id) == [
            json.loads(json.dumps(e.as_dict())) for e in between if e.type != "score"
        ]

    def test_the_recording_is_as_long_as_the_floor_time(self, played: Any) -> None:
        row = played.store.answer(played.answer_id())
        with wave.open(str(played.store.folder / row.audio)) as file:
            assert file.getnframes() / file.getframerate() == row.floor_time_s


class TestARamblingAnswer:
    """Cut in upon, warned, and cut off."""

    @pytest.fixture(scope="class")
    @classmethod
    def played(cls, tmp_path_factory: pytest.TempPathFactory) -> Any:
        with room(tmp_path_factory.mktemp("rambling"), ramble(), style="bar-raiser") as there:
            there.run()
            yield there

    def test_the_floor_is_taken_at_180_seconds(self, played: Room) -> None:
        [cap] = played.told("cap")
        assert cap.fields["floor_time_s"] == pytest.approx(180.0, abs=0.1)
        assert played.told("answer_ended")[0].fields["reason"] == "cap"

    def test_it_is_warned_at_120_and_150_seconds(self, played: Room) -> None:
        assert [(w.t, w.fields["remaining_s"]) for w in played.told("warning")] == [
            (120.0, 60.0),
            (150.0, 30.0),
        ]

    def test_it_is_interrupted_on_what_was_said(self, played: Room) -> None:
        cuts = played.told("interrupt")
        assert len({cut.fields["kind"] for cut in cuts}) >= 3
        heard = " ".join(event.fields["text"] for event in played.told("utterance"))
        assert all(cut.fields["after"].rstrip(".") in heard for cut in cuts)
        assert all(cut.fields["question"] in played.voice.said for cut in cuts)

    def test_a_cut_in_opens_with_a_few_words_made_ahead_that_differ(self, played: Room) -> None:
        cuts = [cut.fields for cut in played.told("interrupt")]
        openings = [cut["opening"] for cut in cuts]
        assert set(openings) <= set(played.voice.prepared)
        assert all(one != other for one, other in itertools.pairwise(openings))
        said = list(itertools.pairwise(played.voice.said))
        assert all((cut["opening"], cut["question"]) in said for cut in cuts)

    def test_each_cut_in_is_stored_with_whether_it_was_answered(self, played: Room) -> None:
        kept = played.store.answer(played.answer_id()).details["interrupts"]
        assert [each["kind"] for each in kept] == [cut.fields["kind"] for cut in played.told("interrupt")]
        assert all(isinstance(each["answered"], bool) for each in kept)

    def test_what_can_be_known_was_synthesised_ahead(self, played: Room) -> None:
        assert {QUESTION.text, *load_phrases().wordings["cap"]} <= set(played.voice.prepared)
        plain = next(text for text in load_phrases().wordings["customer-impact"] if "{" not in text)
        assert plain in played.voice.prepared

    def test_a_cut_in_is_synthesised_while_its_moment_is_waited_for(self, played: Room) -> None:
        cuts = [
            cut.fields for cut in played.told("interrupt") if cut.fields["kind"] != "result-now"
        ]  # the clock's
        assert {cut["question"] for cut in cuts} <= set(played.voice.prepared)

    def test_the_cut_off_is_said(self, played: Room) -> None:
        assert played.voice.said[-1] in load_phrases().wordings["cap"]


def outcome(there: Room) -> dict[str, Any]:
    """What must not depend on the pace: everything but latencies and wall times."""
    there.run()
    volatile = {"wall", "latency_s"}
    events = [{k: v for k, v in e.as_dict().items() if k not in volatile} for e in there.events]
    kept = ("interrupt", "transcript", "score", "answer_ended", "cap", "warning", "says", "probe")
    utterances = [e for e in events if e["type"] == "utterance"]
    return {
        "events": [e for e in events if e["type"] in kept],
        "utterances": [{k: v for k, v in e.items() if k != "t"} for e in utterances],
    }


class TestPace:
    """A file gives the same interview as fast as it can be understood and in real time."""

    @staticmethod
    def both(folder: Path, answer: Spoken, style: str) -> tuple[dict[str, Any], dict[str, Any]]:
        with room(folder / "fast", answer, style=style) as fast:
            quick = outcome(fast)
        with room(folder / "real", answer, style=style, pace="real") as real:
            return quick, outcome(real)

    @pytest.mark.parametrize("style", ["none", "polite", "bar-raiser", "debrief"])
    @pytest.mark.parametrize("answer", [good(), ramble(1)], ids=["good", "rambling"])
    def test_fast_and_real_pace_give_the_same(self, tmp_path: Path, style: str, answer: Spoken) -> None:
        quick, real = self.both(tmp_path, answer, style)
        assert real == quick

    def test_so_they_do_up_to_the_cut_off(self, tmp_path: Path) -> None:
        quick, real = self.both(tmp_path, ramble(), "bar-raiser")
        assert real == quick
        assert "cap" in [event["type"] for event in quick["events"]]


class TestTheEnd:
    """A silence closes the answer; speaking on opens it again, and a question may follow it."""

    MORE = "It also taught the night shift to look at the weather."

    @staticmethod
    def going_on(waited_s: float) -> Spoken:
        """A good answer, a silence, and one more sentence, which the recording has `waited_s` sooner."""
        answer = speak(0.8, *sentences(*GOOD), 6.0, TestTheEnd.MORE, 20.0)
        count = len(TestTheEnd.MORE.split())
        late = [replace(w, start=w.start - waited_s, end=w.end - waited_s) for w in answer.words[-count:]]
        return Spoken(answer.samples, (*answer.words[:-count], *late))

    @pytest.mark.parametrize("pace", ["fast", "real"])
    def test_who_speaks_on_after_the_thanks_gives_one_answer(self, tmp_path: Path, pace: str) -> None:
        answer = self.going_on(6.8 - 3.0 - LEAD_S)
        with room(tmp_path, answer, pace=pace) as there:
            [done] = there.run()
        assert join_words(done.take.words) == " ".join((*GOOD, self.MORE))
        assert [event.fields["request"] for event in there.told("request")] == [None]
        assert len(there.told("closing")) == 2

    def test_nothing_of_the_wait_is_floor_time(self, tmp_path: Path) -> None:
        with room(tmp_path, speak(0.8, *sentences(*GOOD), 30.0)) as there:
            [done] = there.run()
        assert done.take.floor_time_s == pytest.approx(done.take.words[-1].end + 3.0, abs=0.1)

    @pytest.mark.parametrize("pace", ["fast", "real"])
    def test_a_follow_up_question_is_asked_and_its_reply_is_part_of_the_answer(
        self, tmp_path: Path, pace: str
    ) -> None:
        question = replace(QUESTION, follow_ups=("Which dock surprised you most?",))
        answer = self.going_on(0.0)  # the file holds still while the question is asked
        with room(tmp_path, answer, questions=(question,), style="polite", pace=pace) as there:
            [done] = there.run()
            [kept] = there.store.answer(done.answer_id).details["follow_ups"]
        [asked] = there.told("follow_up")
        assert kept["question"] == asked.fields["question"]
        assert asked.fields["question"] in there.voice.said
        assert self.MORE in done.score.as_dict()["sentences"][-1]["text"]


class TestThinkingTime:
    """The clock runs once the candidate begins to speak, or when the time to think is over."""

    def silence_recorded_s(self, folder: Path, silence_s: float, keys: Any = None) -> float:
        """How much of the silence before the first word is on the clock."""
        with room(folder, speak(silence_s, *sentences(*GOOD), 30.0), keys=keys) as there:
            there.change(policy=replace(there.desk.policy, think_s=20.0))
            [done] = there.run()
            with wave.open(str(there.store.folder / f"{done.answer_id}.wav")) as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
        return float(np.argmax(np.abs(samples) > 1_000)) / 16_000

    def test_it_runs_from_the_first_word(self, tmp_path: Path) -> None:
        assert self.silence_recorded_s(tmp_path, 12.0) == pytest.approx(LEAD_S, abs=0.1)

    def test_it_runs_when_the_time_is_over(self, tmp_path: Path) -> None:
        assert self.silence_recorded_s(tmp_path, 25.0) == pytest.approx(5.0, abs=0.1)

    def test_a_key_starts_it(self, tmp_path: Path) -> None:
        def ready(seat: Seat) -> Any:
            left: list[float | None] = [None]
            seat.watch = lambda meter: left.append(meter.thinking_s)
            pressed = iter([(Request.DONE,)])
            return lambda: next(pressed, ()) if left[-1] is not None and left[-1] < 15.0 else ()

        assert self.silence_recorded_s(tmp_path, 12.0, ready) == pytest.approx(7.0, abs=0.1)


class TestSeveralQuestions:
    """The interviewer says hello, leads on, and says goodbye."""

    def test_each_has_its_words(self, tmp_path: Path) -> None:
        with room(tmp_path, good(), good(), questions=(QUESTION, QUESTION)) as there:
            there.run()
        wordings = load_phrases().wordings
        openings = [
            line.removesuffix(f" {QUESTION.text}") for line in there.voice.said if QUESTION.text in line
        ]
        assert openings == [wordings["opening"][0], wordings["next"][0]]
        assert there.voice.said[-1] == wordings["closing"][0]
        assert set(there.voice.said) & set(wordings["thanks"])


class TestHalfDuplex:
    """While the interviewer speaks nobody listens, and the clock stands."""

    def test_a_candidate_who_talks_over_is_not_heard_meanwhile(self, tmp_path: Path) -> None:
        over = "I have begun already."  # 1.6 s; the question takes 3.3 s, and its tail 0.3 s
        with room(tmp_path, speak(over, 4.0, *sentences(*GOOD), 9.0), talk_over=True) as there:
            [done] = there.run()
        assert "begun" not in done.score.sentences[0][0].text

    def test_floor_time_is_that_of_the_candidate_alone(self, tmp_path: Path) -> None:
        with room(tmp_path, ramble(1), style="bar-raiser") as there:
            there.run()
        assert len(there.told("interrupt")) >= 1
        seconds = len(ramble(1).samples) / 16_000
        assert there.told("answer_ended")[0].fields["floor_time_s"] == pytest.approx(seconds, abs=0.04)


class TestRequestsByVoice:
    """What is said to the interviewer is granted, and is no part of the answer."""

    def test_time_and_repeat_and_think_and_done(self, tmp_path: Path) -> None:
        answer = speak(
            0.5, *sentences("Could you repeat the question?", *GOOD[:3], "How much time do I have left?"),
            *sentences(*GOOD[3:]), "Let me think.", 20.0, "It also made the drivers happier.", 0.8,
            "That's my answer.", 30.0,
        )  # fmt: skip
        with room(tmp_path, answer) as there:
            [done] = there.run()
        assert [event.fields["line"] for event in there.told("says")] == ["repeat", "time", "think", "thanks"]
        assert done.take.reason == "voice"
        assert join_words(done.take.words) == " ".join([*GOOD, "It also made the drivers happier."])
        assert there.told("transcript")[0].fields["text"] == join_words(done.take.words)
        assert QUESTION.text in there.voice.said[1]

    def test_at_the_end_of_a_sentence_without_a_breath_between(self, tmp_path: Path) -> None:
        answer = speak(0.5, *sentences(*GOOD[:-1]), f"{GOOD[-1]} That's my answer.", 30.0)
        with room(tmp_path, answer) as there:
            [done] = there.run()
        assert done.take.reason == "voice"
        assert join_words(done.take.words) == " ".join(GOOD)

    def test_a_phrase_that_the_end_of_the_file_cuts_short_is_left_out_too(self, tmp_path: Path) -> None:
        with room(tmp_path, speak(0.5, *sentences(*GOOD), "I'm done.", 0.2)) as there:
            [done] = there.run()
        assert done.take.reason == "end-of-file"
        assert join_words(done.take.words) == " ".join(GOOD)


class TestKeys:
    """Keys do the same as the phrases."""

    @staticmethod
    def at(t: float, request: Request) -> Any:
        def keys(seat: Seat) -> Any:
            pressed = iter([request])
            shown: list[float] = []
            seat.watch = lambda meter: shown.append(meter.floor_time_s)

            def press() -> Sequence[Request]:
                return (
                    tuple(each for each in [next(pressed, None)] if each) if shown and shown[-1] >= t else ()
                )

            return press

        return keys

    def test_done_ends_the_answer_and_keeps_it(self, tmp_path: Path) -> None:
        with room(tmp_path, ramble(), keys=self.at(20.0, Request.DONE)) as there:
            [done] = there.run()
            assert there.store.answer(done.answer_id).complete
        assert done.take.reason == "key"
        assert done.take.floor_time_s == pytest.approx(20.0, abs=0.1)
        assert len(done.take.words) > 20

    def test_skip_is_kept_as_skipped(self, tmp_path: Path) -> None:
        with room(tmp_path, ramble(), keys=self.at(5.0, Request.SKIP)) as there:
            [done] = there.run()
            assert there.store.answer(done.answer_id).details["skipped"]

    def test_keys_while_the_question_is_asked_lose_nothing(self, tmp_path: Path) -> None:
        def impatient(seat: Seat) -> Any:
            pressed = iter([(Request.DONE,) * 3] * 40)
            return lambda: next(pressed, ())

        with room(tmp_path, good(), keys=impatient) as there:
            [done] = there.run()
        assert join_words(done.take.words) == " ".join(GOOD)

    def test_a_key_too_many_does_not_reach_the_next_question(self, tmp_path: Path) -> None:
        pressed: list[Request] = []

        def twice(seat: Seat) -> Any:
            seat.watch = lambda meter: pressed.extend([Request.SKIP] * (meter.floor_time_s >= 20.0))
            return lambda: [pressed.pop() for _ in pressed[:1]]

        with room(tmp_path, good(), good(), questions=(QUESTION, QUESTION), keys=twice) as there:
            first, second = there.run()
        assert first.take.skipped
        assert second.take.floor_time_s >= 20.0


class TestLeaving:
    """Ctrl-C ends the answer, keeps it, and asks nothing more."""

    def test_a_case_study_is_left_without_its_other_probes(self, tmp_path: Path) -> None:
        probes = tuple(f"Probe {n}?" for n in range(6))
        study = Question("case", "portfolio", "Take me through a product that you built.", probes=probes)
        with room(tmp_path, good(), good(), questions=(study, QUESTION)) as there:
            over = [False]
            there.seat.watch = lambda meter: over.__setitem__(0, meter.floor_time_s >= 30.0)
            there.seat.stopping = there.stop = lambda: over[0]
            [done] = there.run()
            assert there.store.answer(done.answer_id).complete
        assert done.take.reason == "key"
        assert there.told("probe") == []
        assert there.told("answer_ended")[0].t == pytest.approx(30.0, abs=0.1)

    def test_the_probes_are_asked_in_turn_within_one_answer(self, tmp_path: Path) -> None:
        probes = tuple(f"Probe {n}?" for n in range(6))
        study = Question("case", "portfolio", "Take me through a product that you built.", probes=probes)
        answer = speak(*[part for _ in range(7) for part in (0.5, " ".join(GOOD[:3]), 4.0)], 1.0)
        with room(tmp_path, answer, questions=(study,)) as there:
            there.run()
        assert [event.fields["question"] for event in there.told("probe")] == list(probes)


class Dying:
    """A source with which everything ends after so many blocks."""

    patient = False

    def __init__(self, source: Source, blocks: int, error: VoicemockError | None = None) -> None:
        self._source = source
        self._error = error or StoreError("the events can't be written", "free some space")
        self._left = blocks
        self.closed = False

    def read(self) -> Block | None:
        self._left -= 1
        if self._left < 0:
            raise self._error
        return self._source.read()

    def hold(self, held: bool) -> None:
        self._source.hold(held)

    def close(self) -> None:
        self.closed = True


class TestWhatBreaks:
    """Whatever breaks, what was recorded is kept, the answer is not called complete, and the user is told."""

    def test_whatever_breaks_in_mid_answer(self, tmp_path: Path) -> None:
        with room(tmp_path, good(), source=lambda source: Dying(source, 1500)) as there:
            with pytest.raises(StoreError, match=r"can't be written: .*voicemock recover"):
                there.run()
            [session] = there.store.sessions()
            assert session.ended_at is not None
            assert there.store.answers() == []
            [lost] = find_lost(there.store)
            with wave.open(str(lost.audio)) as file:
                seconds = file.getnframes() / 16_000
            assert 20 < seconds < 30
            sidecar = json.loads(lost.audio.with_suffix(".json").read_text())
            assert sidecar["question"]["text"] == QUESTION.text
        assert [event.type for event in there.events][-1] == "session_ended"

    def test_what_it_left_is_brought_back(self, tmp_path: Path) -> None:
        answer = good()
        with room(tmp_path, answer, source=lambda source: Dying(source, 1500)) as there:
            with pytest.raises(StoreError):
                there.run()
            [lost] = find_lost(there.store)
            back = recover(
                there.store,
                lost,
                lambda path: heard(answer.words),
                now=lambda: inf,
            )
            assert back.left is None
            assert there.store.answer(back.answer_id).complete

    def test_a_disk_that_fails_under_the_recorder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(self: Any, samples: Any) -> None:
            if self.samples >= 160_000:
                raise StoreError("writing failed (no space left on device)", "free some space")
            write(self, samples)

        write = recorder.Recorder.write
        monkeypatch.setattr(recorder.Recorder, "write", fail)
        with room(tmp_path, good()) as there:
            with pytest.raises(StoreError, match="no space left"):
                there.run()
            [lost] = find_lost(there.store)
            with wave.open(str(lost.audio)) as file:
                assert file.getnframes() == 160_000
            assert there.store.sessions()[0].ended_at is not None

    def test_a_disk_that_is_full_before_the_answer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recorder, "ROOM_NEEDED", 2**62)
        monkeypatch.setattr(recorder.Recorder.__init__, "__kwdefaults__", {"room_needed": 2**62})
        sources: list[Dying] = []

        def keep(source: Source) -> Dying:
            sources.append(Dying(source, 10))
            return sources[-1]

        with room(tmp_path, good(), source=keep) as there, pytest.raises(DiskFull):
            there.run()
        assert all(source.closed for source in sources)

    def test_a_database_that_fails_does_not_hide_what_broke_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = DeviceError("the microphone stopped sending sound")
        with room(tmp_path, good(), source=lambda source: Dying(source, 500, gone)) as there:

            def refuse(*_: object) -> None:
                raise StoreError("can't write", "")

            monkeypatch.setattr(there.store, "end_session", refuse)
            with pytest.raises(DeviceError, match="stopped sending sound"):
                there.run()

    def test_samples_that_were_lost_are_noted(self, tmp_path: Path) -> None:
        class Gappy(Dying):
            def read(self) -> Block | None:
                block = super().read()
                return block and replace(block, lost=320 if self._left == 9_000 else 0)

        with room(tmp_path, good(), source=lambda source: Gappy(source, 10_000)) as there:
            [done] = there.run()
            assert there.store.answer(done.answer_id).details["lost_s"] == 0.02


class TestSilentAnswers:
    """Nothing to hear is nothing to score."""

    def test_who_says_nothing_is_asked_once_and_ends_at_the_cap(self, tmp_path: Path) -> None:
        with room(tmp_path, speak(200.0)) as there:
            [done] = there.run()
        assert [event.fields["line"] for event in there.told("says")] == ["nothing-heard"]
        assert done.take.reason == "cap"
        assert done.score.overall is None
        assert done.score.not_scored

    def test_an_empty_file_ends_at_once(self, tmp_path: Path) -> None:
        with room(tmp_path, Spoken(np.zeros(0, dtype=np.int16), ())) as there:
            [done] = there.run()
        assert done.take.reason == "end-of-file"
        assert done.score.overall is None
