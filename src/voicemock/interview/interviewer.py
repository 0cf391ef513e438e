"""The interviewer in one answer: says what the turn decides, and remembers what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from voicemock.interview import moves
from voicemock.interview.desk import Desk
from voicemock.interview.ear import Ear
from voicemock.interview.lines import spoken_time
from voicemock.interview.mouth import Mouth
from voicemock.interview.take import Asked, FollowedUp
from voicemock.interview.tone import soft_tone
from voicemock.packs.questions import Question
from voicemock.scoring.gaps.policy import WHICH_NUMBER, Interruption

UNHEARD_S = 1.0  # a line that was stopped sooner was not understood
TAKE_BACK_S = 5.0  # to speak on after the interviewer's thanks
TONES_AT_S = (1.0, 0.5)  # before a silence ends the answer


WordedBy = Callable[[str, str], Mapping[str, object]]  # of a question's kind and text: who worded it


class Interviewer:
    """Carries out the turn's commands. `number` is the question's in the session: it chooses among wordings."""

    def __init__(
        self,
        desk: Desk,
        question: Question,
        ear: Ear,
        mouth: Mouth,
        cap_s: float,
        number: int,
        worded_by: WordedBy,
    ) -> None:
        self._desk = desk
        self._question = question
        self._ear = ear
        self._mouth = mouth
        self._cap_s = cap_s
        self._number = number
        self._worded_by = worded_by
        self._last_asked = question.text
        self._cutting_in = False  # the line being said is a cut-in
        self.asked: list[Asked] = []
        self.followed_up: list[FollowedUp] = []

    def ask(self, opening: str, think_s: float) -> None:
        """The question itself, after the opening."""
        self._mouth.say(f"{opening} {self._question.text}".lstrip(), window_s=think_s)

    def act(self, command: moves.Command) -> None:
        t = self._ear.t
        match command:
            case moves.Interrupt(interruption, since):
                self._interrupt(interruption, since)
            case moves.Speak(line):
                self._say("says", self._line(line), line=line)
            case moves.Probe(number):
                self._put("probe", self._question.probes[number], number=number)
            case moves.Press(follow_up):
                self.followed_up.append(FollowedUp(follow_up, t))
                by = self._worded_by(follow_up.kind, follow_up.question)
                self._put("follow_up", follow_up.question, kind=follow_up.kind, **by)
            case moves.Close(ending):
                self._desk.emit("closing", t, reason=ending.reason, take_back_s=TAKE_BACK_S)
                thanks = self._desk.phrases.wording("thanks", self._number)
                self._say("says", thanks, TAKE_BACK_S, line="thanks")
            case moves.Understood(request, by):
                name = None if request is None else request.name.lower()
                self._desk.emit("request", t, request=name, by=by)
            case moves.Warn(remaining):
                self._desk.emit("warning", t, remaining_s=round(remaining, 3))
            case moves.Countdown(remaining_s):
                if self._desk.policy.live and remaining_s in TONES_AT_S:
                    self._desk.speaker.play(soft_tone())
            case moves.End():
                self._ear.cut()

    def talked_over(self, heard_s: float) -> bool:
        """The line was stopped after so long; whether nobody can have understood it."""
        unheard = heard_s < UNHEARD_S
        if unheard and self._cutting_in:
            self.asked[-1] = replace(self.asked[-1], unheard=True)
        return unheard

    def _say(self, event: str, text: str, window_s: float = 0.0, **fields: object) -> None:
        """A line that is told as it is said."""
        self._ear.cut()
        self._cutting_in = False
        self._desk.emit(event, self._ear.t, text=text, **fields)
        self._mouth.say(text, window_s=window_s)

    def _put(self, event: str, question: str, **fields: object) -> None:
        """A question that can be asked to be repeated."""
        self._ear.cut()
        self._last_asked, self._cutting_in = question, False
        self._desk.emit(event, self._ear.t, question=question, **fields)
        self._mouth.say(question)

    def _interrupt(self, interruption: Interruption, since: float) -> None:
        arrived = self._ear.arrival(since) or 0.0
        over_speech = self._ear.in_speech
        self._ear.cut()
        question = interruption.question
        self.asked.append(Asked(interruption, self._ear.t, interruption.trigger, question))
        self._last_asked, self._cutting_in = question, True
        opening = self._opening(interruption)
        told = {"opening": opening} if opening else {}
        by = self._worded_by(interruption.kind, question)
        self._mouth.say(
            question,
            lambda playback: self._desk.emit(
                "interrupt", self._ear.t, kind=interruption.kind, question=question, after=interruption.trigger,
                latency_s=round(playback.started_at() - arrived, 3), **told, **by,
            ),
            opening=opening,
            over_speech=over_speech,
        )  # fmt: skip

    def _opening(self, interruption: Interruption) -> str:
        """ "Hold on.": what a cut-in begins with. "Nineteen or ninety?" is asked in a silence, and needs none."""
        if interruption.kind == WHICH_NUMBER:
            return ""
        return self._desk.phrases.wording("cut-in", self._number + len(self.asked))

    def _line(self, name: str) -> str:
        if name == "repeat":
            return self._last_asked
        return self._desk.phrases.wording(name, remaining=spoken_time(self._cap_s - self._ear.t))
