"""The turn as screenplays: what is said and when, and what the interviewer does about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.interview.endpointing import LONGEST_S
from voicemock.interview.moves import (
    Asked,
    Clock,
    Close,
    Command,
    Countdown,
    Doubted,
    End,
    Event,
    Heard,
    Interrupt,
    InterviewerDone,
    LookForDoubts,
    Press,
    Probe,
    Replied,
    SourceEnded,
    Speak,
    SpeechBegan,
    SpeechStopped,
    Stopped,
    TakenBack,
    Understood,
    Warn,
    WordsLost,
)
from voicemock.interview.rules import Rules
from voicemock.interview.turn import (
    AT_ONCE_S,
    FOLLOW_UP_WAIT_S,
    NUDGE_AT_S,
    REPLY_WAIT_S,
    State,
    foreseen,
    step,
)
from voicemock.packs.questions import Question
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.policy import WHICH_NUMBER, Interruption, Style
from voicemock.scoring.model import Vague
from voicemock.speech.requests import Request

BLOCK_S = 0.02
STORY = (
    "A driver told me that parcels came back without a label.",
    "I followed forty of them, and I moved the printer.",
    "Lost parcels fell from 90 to 12 a week within a month.",
)
FINISHED = " ".join(STORY)
ROADMAP = (
    "Our company had a very big platform project on the roadmap.",
    "We had a lot of meetings about the architecture and the vendors.",
    "The platform team was busy, so we had to align everybody.",
    "We decided on the services and we set up the pipelines.",
)
VAGUE = (*ROADMAP, "It was a significant improvement over what we had before.")


CLAIM = re.compile("huge|significant")
OUTCOME = re.compile("huge|significant|fell from")


def annotate(sentences: Sequence[str]) -> Annotation:
    """Findings as plain as the screenplay: no trained model decides what these tests see."""
    texts = tuple(sentences)
    vague = tuple(Vague(i, text) for i, text in enumerate(texts) if "huge" in text or "significant" in text)
    return Annotation(
        sentences=texts,
        round="behavioral",
        principle=None,
        star=tuple("R" if OUTCOME.search(text) else "A" if "we " in text.lower() else "S" for text in texts),
        metrics=(),
        inconsistencies=(),
        vague=vague,
        plainly_vague=vague,
        named={},
        evidence=np.zeros((len(texts), 16)),
        customer_chances=np.ones((len(texts), 2)),
        framework_name=None,
        framework_chances=None,
    )


@dataclass
class Play:
    """A turn on a clock of blocks; the interviewer's lines take no floor time."""

    rules: Rules = field(default_factory=lambda: Rules("behavioral", 180.0, "none"))
    script: list[tuple[float, Command]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.in_doubt: Interruption | None = None  # what is found when doubts are looked for
        self.state = State(self.rules)
        self.blocks = 0
        self.sentences: list[str] = []

    def send(self, event: Event) -> tuple[Command, ...]:
        self.state, commands = step(self.state, event)
        self.script += [(self.state.t, command) for command in commands]
        if LookForDoubts() in commands:
            looked = tuple(command for command in commands if command != LookForDoubts())
            return (*looked, *self.send(Doubted(self.in_doubt)))
        return commands

    def until(self, t: float) -> Play:
        """Let the clock run; the interviewer's lines are over at once."""
        while self.blocks * BLOCK_S < t - 1e-9 and self.state.ended is None:
            self.answer_back()
            self.blocks += 1
            self.send(Clock(self.blocks * 320 / 16_000))
        return self

    def answer_back(self) -> None:
        if self.state.interviewer_speaks:
            self.send(InterviewerDone())

    def say(self, text: str, seconds: float, *, unfinished: bool = False) -> Play:
        """Speak for so long, then be understood 0.7 s later."""
        self.answer_back()
        self.send(SpeechBegan(self.state.t))
        self.until(self.state.t + seconds)
        end = self.state.t
        if not unfinished:
            self.send(SpeechStopped(end))
            self.until(end + 0.7)
        self.sentences.append(text)
        self.send(Heard(" ".join(self.sentences), annotate(self.sentences), unfinished, until=end))
        return self

    def pause(self, seconds: float) -> Play:
        return self.until(self.state.t + seconds)

    def of(self, kind: type[Command]) -> list[tuple[float, Command]]:
        return [(at, command) for at, command in self.script if isinstance(command, kind)]

    @property
    def ending(self) -> tuple[float, End] | None:
        ends = [(at, command) for at, command in self.script if isinstance(command, End)]
        return ends[0] if ends else None


class TestTheCap:
    """The floor is the candidate's for 180 s (300, 1200) and not a block longer."""

    def test_who_never_stops_is_cut_off_at_180_seconds(self) -> None:
        play = Play().say("I began.", 2.0)
        play.send(SpeechBegan(2.0))
        assert play.until(500).ending == (180.0, End("cap"))

    @pytest.mark.parametrize("cap", [180.0, 300.0, 1200.0])
    def test_each_round_has_its_own(self, cap: float) -> None:
        assert Play(Rules("behavioral", cap, "none")).until(2000).ending == (cap, End("cap"))

    @pytest.mark.parametrize("steps", [[7.3, 179.98, 181.5], [500.0], [180.0], [179.9999, 180.0001]])
    def test_whatever_the_steps_of_the_clock_floor_time_ends_at_180(self, steps: list[float]) -> None:
        play = Play()
        for t in steps:
            play.send(Clock(t))
        assert play.state.t == 180.0
        assert play.of(End) == [(180.0, End("cap"))]

    def test_a_clock_that_runs_backwards_gives_no_time_back(self) -> None:
        play = Play()
        for t in (100.0, 50.0, 180.0):
            play.send(Clock(t))
        assert play.of(Warn) == []
        assert play.ending == (180.0, End("cap"))

    def test_after_the_end_nothing_happens_any_more(self) -> None:
        play = Play().until(200)
        before = play.state
        for event in (
            Clock(300.0),
            SpeechBegan(1.0),
            Asked(Request.REPEAT, "key"),
            InterviewerDone(),
            SourceEnded(),
        ):
            assert play.send(event) == ()
        assert play.state == before


class TestWarnings:
    """A minute and half a minute before the cap."""

    def test_at_120_and_150_seconds_of_180(self) -> None:
        play = Play().until(180)
        assert play.of(Warn) == [(120.0, Warn(60.0)), (150.0, Warn(30.0))]

    def test_at_240_and_270_seconds_of_300(self) -> None:
        play = Play(Rules("product-sense", 300.0, "none")).until(300)
        assert play.of(Warn) == [(240.0, Warn(60.0)), (270.0, Warn(30.0))]

    def test_a_cap_under_a_minute_warns_once(self) -> None:
        assert Play(Rules("behavioral", 40.0, "none")).until(40).of(Warn) == [(10.0, Warn(30.0))]

    def test_where_they_are_wanted(self) -> None:
        rules = Rules("behavioral", 180.0, "none", warn_at_s=(60.0, 90.0, 200.0))
        assert [at for at, _ in Play(rules).until(180).of(Warn)] == [60.0, 90.0]


class TestSilence:
    """A silence ends an answer, visibly; but never before the first word, and never a thought."""

    def test_three_seconds_after_a_finished_answer(self) -> None:
        play = Play().say(FINISHED, 60.0).pause(10)
        assert play.ending == (pytest.approx(63.0), End("silence"))

    @pytest.mark.parametrize(("cap", "until"), [(180.0, 45.0), (60.0, 15.0), (1200.0, 45.0)])
    def test_early_in_the_time_it_is_waited_for_longer(self, cap: float, until: float) -> None:
        rules = Rules("behavioral", cap, "none")
        assert Play(rules).say(FINISHED, until - 5.5).pause(10).ending == (
            pytest.approx(until - 0.5),
            End("silence"),
        )
        assert Play(rules).say(FINISHED, until).pause(10).ending == (
            pytest.approx(until + 3.0),
            End("silence"),
        )

    def test_it_is_counted_down_in_half_seconds(self) -> None:
        play = Play().say(FINISHED, 60.0).pause(10)
        assert [command for _, command in play.of(Countdown)] == [Countdown(r) for r in (2.0, 1.5, 1.0, 0.5)]
        assert play.of(Countdown)[0][0] == pytest.approx(61.0)

    def test_who_goes_on_takes_the_countdown_back(self) -> None:
        play = Play().say(FINISHED, 60.0).pause(1.0)
        play.send(SpeechBegan(play.state.t))
        assert play.script[-1][1] == Countdown(None)
        assert play.pause(20).ending is None

    def test_an_unfinished_sentence_gets_longer(self) -> None:
        play = Play().say(f"{FINISHED} And then we", 60.0).pause(10)
        assert play.ending == (pytest.approx(66.0), End("silence"))

    def test_the_whole_answer_counts_as_short_and_not_its_last_sentence(self) -> None:
        play = Play().say(FINISHED, 60.0).say("So it stayed.", 1.0).pause(10)
        assert play.ending == (pytest.approx(64.7), End("silence"))

    def test_nobody_is_ended_before_the_first_word(self) -> None:
        assert Play().until(179).of(End) == []

    def test_a_cough_is_no_first_word(self) -> None:
        play = Play()
        play.send(SpeechBegan(1.0))
        play.until(1.5)
        play.send(SpeechStopped(1.5))
        assert play.until(100).of(End) == []

    def test_who_says_nothing_is_asked_once_and_then_has_the_whole_time(self) -> None:
        play = Play().until(200)
        assert play.of(Speak) == [(NUDGE_AT_S, Speak("nothing-heard"))]
        assert play.ending == (180.0, End("cap"))

    def test_a_cough_does_not_prevent_the_nudge(self) -> None:
        play = Play()
        play.send(SpeechBegan(1.0))
        play.until(2.0)
        play.send(SpeechStopped(2.0))
        assert play.until(40).of(Speak) == [(pytest.approx(2.0 + NUDGE_AT_S), Speak("nothing-heard"))]

    def test_no_silence_is_counted_while_the_interviewer_speaks(self) -> None:
        play = Play().say(FINISHED, 12.0)
        play.send(Asked(Request.TIME, "key"))
        for t in (20.0, 30.0, 40.0):
            assert play.send(Clock(t)) == ()


class TestLostWords:
    """The recogniser failed: speech is a reply whatever it says, and a long silence ends the answer."""

    def test_speech_before_or_after_the_loss_is_a_reply(self) -> None:
        for lost_first in (True, False):
            play = Play()
            if lost_first:
                play.send(WordsLost())
            play.send(SpeechBegan(1.0))
            play.until(20.0)
            play.send(SpeechStopped(20.0))
            if not lost_first:
                play.send(WordsLost())
            play.until(40.0)
            assert play.ending == (pytest.approx(20.0 + LONGEST_S, abs=BLOCK_S), End("silence"))
            assert play.of(Speak) == []

    def test_who_says_nothing_is_not_ended(self) -> None:
        play = Play()
        play.send(WordsLost())
        play.until(60.0)
        assert play.ending is None

    def test_a_thought_ends_with_the_next_speech(self) -> None:
        play = Play().say(FINISHED, 20.0)
        play.send(WordsLost())
        play.send(Asked(Request.THINK, "key"))
        play.until(60.0)
        assert play.ending is None
        play.send(SpeechBegan(60.0))
        play.until(61.0)
        play.send(SpeechStopped(61.0))
        play.until(80.0)
        assert play.ending == (pytest.approx(61.0 + LONGEST_S, abs=BLOCK_S), End("silence"))

    def test_nobody_is_cut_in_on_any_more(self) -> None:
        play = Play(Rules("behavioral", 180.0, "bar-raiser"))
        play.send(WordsLost())
        for text in VAGUE:
            play.say(text, 8.0)
        assert play.of(Interrupt) == []


class TestRequests:
    """What a candidate may ask, by voice and by key."""

    def test_let_me_think_holds_the_countdown_until_words_come(self) -> None:
        play = Play().say(FINISHED, 12.0)
        play.send(Asked(Request.THINK, "key"))
        assert play.pause(100).ending is None
        play.say("It also saved money.", 2.0).pause(10)
        assert play.ending is not None
        assert play.ending[1] == End("silence")

    def test_a_cough_does_not_end_the_thought(self) -> None:
        play = Play().say(FINISHED, 12.0)
        play.send(Asked(Request.THINK, "key"))
        play.send(SpeechBegan(play.state.t))
        play.pause(0.3)
        play.send(SpeechStopped(play.state.t))
        assert play.pause(60).ending is None

    def test_by_voice_the_interviewer_grants_it_aloud(self) -> None:
        play = Play().say(FINISHED, 12.0)
        assert Speak("think") in play.send(Asked(Request.THINK, "voice"))
        assert play.pause(100).ending is None

    @pytest.mark.parametrize("by", ["voice", "key"])
    @pytest.mark.parametrize(("request_", "line"), [(Request.REPEAT, "repeat"), (Request.TIME, "time")])
    def test_repeat_and_time_are_spoken_and_the_silence_counts_anew(
        self, by: str, request_: Request, line: str
    ) -> None:
        play = Play().say(FINISHED, 12.0).pause(1.5)
        at = play.state.t
        assert play.send(Asked(request_, by)) == (Understood(request_, by), Speak(line))  # type: ignore[arg-type]
        assert play.pause(20).ending == (pytest.approx(at + REPLY_WAIT_S), End("silence"))

    def test_done_by_key_ends_the_answer(self) -> None:
        play = Play().say(FINISHED, 12.0)
        assert play.send(Asked(Request.DONE, "key")) == (Understood(Request.DONE, "key"), End("key"))

    def test_done_by_voice_waits_for_two_seconds_of_silence(self) -> None:
        play = Play().say(FINISHED, 12.0)
        assert play.send(Asked(Request.DONE, "voice")) == (Understood(Request.DONE, "voice"),)
        play.pause(5)
        assert play.of(Close) == [(pytest.approx(14.0), Close(End("voice")))]

    def test_who_speaks_on_before_that_was_not_done(self) -> None:
        play = Play().say(FINISHED, 60.0)
        play.send(Asked(Request.SKIP, "voice"))
        play.pause(1.0)
        assert play.send(SpeechBegan(play.state.t)) == (Understood(None, "voice"),)
        assert play.pause(20).ending is None

    @pytest.mark.parametrize("keys", [1, 3])
    def test_done_before_a_word_was_said_does_nothing(self, keys: int) -> None:
        play = Play().until(3)
        for _ in range(keys):
            assert play.send(Asked(Request.DONE, "key")) == ()
        assert play.pause(5).ending is None

    def test_skip_ends_it_as_skipped(self) -> None:
        skipped = End("key", skipped=True)
        assert Play().until(3).send(Asked(Request.SKIP, "key")) == (Understood(Request.SKIP, "key"), skipped)

    @pytest.mark.parametrize("request_", [Request.DONE, Request.THINK])
    def test_who_speaks_on_after_that_is_my_answer_goes_on(self, request_: Request) -> None:
        play = Play().say(FINISHED, 12.0)
        play.send(SpeechBegan(play.state.t))
        assert play.send(Asked(request_, "voice")) == ()
        assert not play.state.thinking

    def test_thinking_by_key_does_not_take_the_floor_from_the_interviewer(self) -> None:
        play = Play().say(FINISHED, 12.0)
        play.send(Asked(Request.REPEAT, "key"))
        play.send(Asked(Request.THINK, "key"))
        assert play.state.interviewer_speaks


class TestTakingTheEndBack:
    """The interviewer has said thank you; for some seconds the answer can still go on."""

    @pytest.fixture
    def closed(self) -> Play:
        play = Play().say(FINISHED, 60.0)
        while not play.of(Close):
            play.until(play.state.t + BLOCK_S)
        return play

    def test_who_speaks_on_goes_on(self, closed: Play) -> None:
        closed.send(TakenBack())
        assert closed.say("It also saved money.", 5.0).ending is None
        assert closed.pause(20).ending == (pytest.approx(71.0, abs=0.05), End("silence"))

    def test_a_key_that_asks_for_something_goes_on(self, closed: Play) -> None:
        assert Speak("time") in closed.send(Asked(Request.TIME, "key"))
        assert closed.state.closing is None

    def test_done_again_ends_it_at_once(self, closed: Play) -> None:
        assert closed.send(Asked(Request.DONE, "key")) == (End("silence"),)

    def test_skip_ends_it_as_skipped(self, closed: Play) -> None:
        assert closed.send(Asked(Request.SKIP, "key")) == (End("key", skipped=True),)

    @pytest.mark.parametrize("event", [InterviewerDone(), Stopped(), SourceEnded()])
    def test_else_it_ends_as_it_was_closed(self, closed: Play, event: Event) -> None:
        assert closed.send(event) == (End("silence"),)

    def test_the_clock_stands_meanwhile(self, closed: Play) -> None:
        assert closed.send(Clock(180.0)) == ()


class TestPressing:
    """One question after the answer; its reply belongs to the answer."""

    OWN = "Which of those forty parcels surprised you most?"
    RULES = Rules(
        "behavioral", 180.0, "polite", question=Question("q", "behavioral", "Tell me.", follow_ups=(OWN,))
    )
    LONG = " ".join((*STORY, *STORY))

    def test_it_is_asked_once_and_the_reply_is_waited_for(self) -> None:
        play = Play(self.RULES).say(self.LONG, 60.0).pause(4)
        assert len(play.of(Press)) == 1
        play.say("The one with no label at all.", 5.0).pause(20)
        assert len(play.of(Press)) == 1
        assert play.ending is not None
        assert play.ending[1] == End("silence")

    def test_without_a_reply_it_ends_after_a_while(self) -> None:
        play = Play(self.RULES).say(self.LONG, 60.0).pause(60)
        assert play.ending == (pytest.approx(63.0 + FOLLOW_UP_WAIT_S, abs=0.05), End("silence"))

    def test_a_file_that_is_over_then_has_ended_as_it_did_before(self) -> None:
        play = Play(self.RULES).say(self.LONG, 60.0).pause(4)
        assert play.send(SourceEnded()) == (End("silence"),)

    def test_nobody_is_pressed_who_said_little_or_has_no_time_left_or_wants_no_questions(self) -> None:
        assert Play(self.RULES).say(FINISHED, 60.0).pause(9).of(Press) == []
        assert Play(self.RULES).say(self.LONG, 160.0).pause(9).of(Press) == []
        assert Play(replace(self.RULES, style="none")).say(self.LONG, 60.0).pause(9).of(Press) == []

    def test_who_skips_is_not_pressed(self) -> None:
        play = Play(self.RULES).say(self.LONG, 60.0)
        play.send(Asked(Request.SKIP, "voice"))
        assert play.pause(9).of(Press) == []


class TestANumberInDoubt:
    """ "Nineteen or ninety?" is asked once, when the answer seems over."""

    WHICH = Interruption(WHICH_NUMBER, 2, "by 19 percent", "Nineteen or ninety?", 60.0)

    def asked(self, style: Style = "polite", spoken_s: float = 60.0) -> Play:
        play = Play(Rules("behavioral", 180.0, style))
        play.in_doubt = self.WHICH
        return play.say(FINISHED, spoken_s).pause(4)

    def test_it_is_asked_at_the_end_and_the_reply_is_waited_for(self) -> None:
        play = self.asked()
        [(at, command)] = play.of(Interrupt)
        assert at == pytest.approx(63.0, abs=0.05)
        assert command == Interrupt(self.WHICH, at)  # its silence is no delay of the interviewer's
        assert play.ending is None

    def test_after_the_reply_the_answer_ends_as_after_any_silence(self) -> None:
        play = self.asked()
        play.send(SpeechBegan(play.state.t))
        play.until(66.0).send(SpeechStopped(66.0))
        play.send(Replied())
        play.pause(20)
        assert play.ending == (pytest.approx(69.0, abs=0.05), End("silence"))
        assert len(play.of(Interrupt)) == 1

    def test_without_a_reply_it_ends_after_a_while(self) -> None:
        assert self.asked().pause(60).ending == (pytest.approx(63.0 + REPLY_WAIT_S, abs=0.05), End("silence"))

    def test_who_goes_on_instead_is_not_asked_again(self) -> None:
        play = self.asked().say("And nobody complained.", 3.0).pause(20)
        assert len(play.of(Interrupt)) == 1
        assert play.ending is not None

    def test_a_question_that_nobody_heard_is_asked_again(self) -> None:
        play = Play(Rules("behavioral", 180.0, "polite"))
        play.in_doubt = self.WHICH
        play.say(FINISHED, 60.0)
        while not play.of(Interrupt):
            play.pause(0.02)
        play.send(InterviewerDone(unheard=True))
        assert len(play.pause(15).of(Interrupt)) == 2

    def test_a_file_that_is_over_then_has_ended_as_it_did_before(self) -> None:
        assert self.asked().send(SourceEnded()) == (End("silence"),)

    def test_the_style_none_never_asks_and_nobody_is_asked_just_before_the_cap(self) -> None:
        assert self.asked("none").of(Interrupt) == []
        assert self.asked(spoken_s=171.0).of(Interrupt) == []

    def test_nobody_is_asked_in_mid_sentence(self) -> None:
        play = Play(Rules("behavioral", 180.0, "polite"))
        play.in_doubt = self.WHICH
        play.say(FINISHED, 60.0).send(SpeechBegan(play.state.t))
        play.send(Asked(Request.DONE, "key"))
        assert play.of(Interrupt) == []
        assert play.ending is not None

    def test_who_skips_is_not_asked(self) -> None:
        play = Play(Rules("behavioral", 180.0, "polite"))
        play.in_doubt = self.WHICH
        play.say(FINISHED, 60.0).send(Asked(Request.SKIP, "key"))
        assert play.of(Interrupt) == []


class TestCuttingIn:
    """Four styles, one policy (rubric section 7)."""

    def test_polite_waits_for_a_pause(self) -> None:
        play = Play(Rules("behavioral", 180.0, "polite"))
        for text in VAGUE:
            play.say(text, 4.0, unfinished=True)
        assert play.of(Interrupt) == []
        play.say("It was a huge success.", 2.0)
        assert len(play.of(Interrupt)) == 1

    def test_a_bar_raiser_waits_where_the_next_words_may_give_the_figure(self) -> None:
        play = Play(Rules("behavioral", 180.0, "bar-raiser"))
        for text in VAGUE:
            play.say(text, 4.0, unfinished=True)
        assert play.of(Interrupt) == []
        play.say("It was a huge success.", 4.0)
        assert len(play.of(Interrupt)) == 1

    def test_what_it_will_ask_is_known_before_it_is_asked(self) -> None:
        play = Play(Rules("behavioral", 180.0, "bar-raiser"))
        for text in VAGUE:
            play.say(text, 4.0, unfinished=True)
        told = Heard("all of it", annotate([*VAGUE, "It was a huge success."]))
        play.until(play.state.t + 4.0)
        wanted = foreseen(replace(play.state, speaking=True), told)
        play.say("It was a huge success.", 4.0)
        assert [cut_in.interruption.question for _, cut_in in play.of(Interrupt)] == [wanted]
        assert foreseen(play.state, SpeechBegan(play.state.t)) is None

    def test_none_never_does(self) -> None:
        play = Play()
        for text in VAGUE * 3:
            play.say(text, 4.0)
        assert play.of(Interrupt) == []

    def test_a_debrief_asks_after_sentences_and_never_within_one(self) -> None:
        play = Play(Rules("behavioral", 180.0, "debrief"))
        play.say("It was a significant improvement for everyone.", 3.0, unfinished=True)
        assert play.of(Interrupt) == []
        play.say("It was a huge success.", 3.0)
        assert len(play.of(Interrupt)) == 1

    @pytest.mark.parametrize("after_s", [0.0, AT_ONCE_S])
    def test_words_said_before_the_question_but_understood_after_it_bring_no_second_one(
        self, after_s: float
    ) -> None:
        play = Play(Rules("behavioral", 180.0, "debrief"))
        play.say("It was a significant improvement for everyone.", 3.0)
        play.answer_back()
        before = play.state.asked_at
        heard = Heard("as before", annotate(["It was a huge success."]), until=before + after_s)
        assert play.send(heard) == ()

    def test_after_a_question_the_candidate_may_think_longer(self) -> None:
        play = Play(Rules("behavioral", 180.0, "debrief"))
        play.say("It was a significant improvement for everyone.", 3.0)
        at = play.state.t
        assert play.pause(60).ending == (pytest.approx(at + REPLY_WAIT_S, abs=0.03), End("silence"))

    def test_at_150_seconds_without_a_result_it_is_asked_for(self) -> None:
        play = Play(Rules("behavioral", 180.0, "bar-raiser"))
        play.say(ROADMAP[0], 100.0).say(ROADMAP[1], 20.0)
        play.send(SpeechBegan(play.state.t))
        play.until(151)
        # type: ignore[union-attr]
        asked = [(at, command.interruption.kind) for at, command in play.of(Interrupt)]
        assert (150.0, "result-now") in asked

    def test_who_has_told_the_result_is_not_asked_for_it(self) -> None:
        play = Play(Rules("behavioral", 180.0, "bar-raiser"))
        for text in STORY:
            play.say(text, 40.0)
        play.send(SpeechBegan(play.state.t))
        play.until(179)
        # type: ignore[union-attr]
        assert "result-now" not in [c.interruption.kind for _, c in play.of(Interrupt)]


class TestProbes:
    """A case study: six questions within one answer, in turn."""

    RULES = Rules("portfolio", 1200.0, "none", probes=6)

    def test_each_silence_brings_the_next_probe_and_the_last_one_the_end(self) -> None:
        play = Play(self.RULES)
        for _ in range(7):
            play.say(FINISHED, 12.0).pause(6)
        assert [command for _, command in play.of(Probe)] == [Probe(n) for n in range(6)]
        assert play.ending is not None
        assert play.ending[1] == End("silence")

    def test_after_a_probe_nothing_ends_before_the_first_word_of_its_answer(self) -> None:
        play = Play(self.RULES).say(FINISHED, 12.0).pause(100)
        assert len(play.of(Probe)) == 1
        assert play.ending is None
        assert play.of(Speak)[0][1] == Speak("nothing-heard")

    def test_done_brings_the_next_probe_and_skip_the_end(self) -> None:
        play = Play(self.RULES).say(FINISHED, 12.0)
        assert play.send(Asked(Request.DONE, "key"))[-1] == Probe(0)
        play.answer_back()
        assert play.send(Asked(Request.SKIP, "key"))[-1] == End("key", skipped=True)

    def test_leaving_ends_the_answer_whatever_is_still_to_be_asked(self) -> None:
        play = Play(self.RULES).say(FINISHED, 12.0)
        assert play.send(Stopped()) == (End("key"),)


ANNOTATIONS = [annotate(texts) for texts in (ROADMAP, VAGUE, [FINISHED])]
EVENTS = st.one_of(
    st.floats(0.0, 40.0).map(lambda gap: ("clock", gap)),
    st.sampled_from(
        [
            ("event", SpeechBegan(0.0)),
            ("event", InterviewerDone()),
            *(("event", Asked(request, by)) for request in Request for by in ("voice", "key")),
        ]
    ),
    st.just(("stopped", None)),
    st.tuples(st.just("heard"), st.tuples(st.sampled_from(ANNOTATIONS), st.booleans())),
)


def played(
    style: str,
    probes: int,
    moves: Iterable[tuple[str, object]],
    in_doubt: Interruption | None = None,
) -> tuple[State, list[tuple[float, Command]]]:
    """Any events in any order; the clock stands while the interviewer speaks, as it does at a desk."""
    state, t = State(Rules("behavioral", 180.0, style, probes=probes)), 0.0  # type: ignore[arg-type]
    script: list[tuple[float, Command]] = []
    for kind, value in moves:
        if kind == "clock":
            t = t if state.interviewer_speaks else t + value  # type: ignore[operator]
            event: Event = Clock(t)
        elif kind == "stopped":
            event = SpeechStopped(t)
        elif kind == "heard":
            annotation, unfinished = value  # type: ignore[misc]
            event = Heard(" ".join(annotation.sentences), annotation, unfinished, until=t)
        else:
            event = value  # type: ignore[assignment]
        state, commands = step(state, event)
        while LookForDoubts() in commands:
            script += [(state.t, command) for command in commands]
            state, commands = step(state, Doubted(in_doubt))
        script += [(state.t, command) for command in commands]
        assert state.t <= 180.0
    return state, script


class TestWhateverHappens:
    """Promises that hold for any events in any order."""

    @given(
        st.sampled_from(["none", "polite", "bar-raiser", "debrief"]),
        st.sampled_from([0, 6]),
        st.lists(EVENTS),
        st.sampled_from([None, TestANumberInDoubt.WHICH]),
    )
    def test_floor_time_never_exceeds_the_cap_and_an_answer_ends_once(
        self, style: str, probes: int, moves: list[tuple[str, object]], in_doubt: Interruption | None
    ) -> None:
        over = [("event", InterviewerDone()), ("clock", 200.0)]
        state, script = played(style, probes, [*moves, *over], in_doubt)
        ends = [command for _, command in script if isinstance(command, End)]
        assert len(ends) == 1
        assert isinstance(script[-1][1], End)
        assert state.ended is not None

    @given(st.sampled_from(["none", "polite", "bar-raiser"]), st.lists(EVENTS, max_size=60))
    def test_cut_ins_keep_to_the_style(self, style: str, moves: list[tuple[str, object]]) -> None:
        _, script = played(style, 0, moves)
        cuts = [(at, command.interruption.kind) for at, command in script if isinstance(command, Interrupt)]
        assert all(at >= 10.0 for at, _ in cuts)
        assert len({kind for _, kind in cuts}) == len(cuts)
        if style == "none":
            assert not cuts
        if style == "polite":
            assert len(cuts) <= 2
        if style == "bar-raiser":
            assert all(later - earlier >= 20.0 for (earlier, _), (later, _) in pairwise(cuts))

    @given(st.lists(EVENTS, max_size=60))
    def test_silence_ends_nothing_before_a_word_was_understood(self, moves: list[tuple[str, object]]) -> None:
        _, script = played("none", 0, [move for move in moves if move[0] != "heard"])
        assert not any(isinstance(command, End) and command.reason == "silence" for _, command in script)
