"""One answer, from the question's first sample to the last word's text: the loop that feeds the turn.

The answer's audio time is floor time: blocks that arrive while the interviewer speaks are heard by nobody,
are not recorded and do not count.
"""

from __future__ import annotations

from voicemock.audio.recorder import Recorder
from voicemock.audio.sound import rms
from voicemock.audio.source import Block, Source
from voicemock.errors import RecogniserError
from voicemock.interview import turn
from voicemock.interview.afterwards import Recognisers, write_down
from voicemock.interview.aside import Aside, AtOnce, Beside
from voicemock.interview.desk import Desk, Meter
from voicemock.interview.devices import DeviceWatch
from voicemock.interview.ear import Ear
from voicemock.interview.events import word_fields
from voicemock.interview.intake import Intake, Taken
from voicemock.interview.lines import lines_ahead, spoken_time
from voicemock.interview.mouth import Lines, Mouth
from voicemock.interview.take import Asked, Take
from voicemock.interview.understanding import Annotate, Understanding
from voicemock.packs.questions import Question
from voicemock.scoring.gaps.policy import Interruption
from voicemock.speech.live import LiveTranscriber, Transcript, UtteranceHeard
from voicemock.speech.spoken import spoken

LOUD = 8_000.0  # root mean square of a voice close to the microphone; the level meter's full scale
LAST_LINE_S = 4.0  # for the line that ends an answer to be made; it is mostly there already


class Answering:
    """Runs the turn for one question over one source, between the ear and the mouth."""

    def __init__(
        self,
        desk: Desk,
        answer_id: str,
        question: Question,
        rules: turn.Rules,
        source: Source,
        recorder: Recorder,
        *,
        lines: Lines,
        recognisers: Recognisers,
        annotate: Annotate,
    ) -> None:
        self._desk = desk
        self._answer_id = answer_id
        self._question = question
        self._source = source
        self._recorder = recorder
        self._lines = lines
        self._recognisers = recognisers
        self._state = turn.State(rules)
        self._devices = DeviceWatch(desk)
        self._asked: list[Asked] = []
        self._trigger_end: float | None = None  # of the last word, while the turn considers words
        self._begun = False
        self._ending: turn.End | None = None
        self._wire(annotate)

    def _wire(self, annotate: Annotate) -> None:
        desk, policy, patient = self._desk, self._desk.policy, self._source.patient
        threads = policy.threads and not patient
        self._intake = Intake(self._source, self._recorder, thread=threads)
        self._thoughts: Aside = Beside("voicemock-thoughts", self._intake.wake) if threads else AtOnce()
        self._making: Aside = Beside("voicemock-lines", self._intake.wake) if threads else AtOnce()
        transcriber = LiveTranscriber(
            self._recognisers.current,
            desk.detector(),
            workers=desk.workers(policy.live),
            hints=policy.hints,
            clock=desk.now,
            patient=patient,
        )
        self._ear = Ear(
            transcriber,
            Understanding(annotate),
            self._thoughts,
            tell=self._do,
            noted=self._tell_utterance,
            patient=patient,
            live=policy.live,
        )
        self._mouth = Mouth(
            self._lines,
            desk.speaker,
            self._making,
            tell=lambda text: self._notice("voice", text),
            at_start=self._take_floor,
            barge_in=desk.barge_in_detector if policy.barge_in else None,
        )

    def run(self, opening: str = "") -> Take:
        """Say the opening and ask, listen until the turn ends, and transcribe what is left."""
        audience = self._desk.audience
        try:
            self._lines.prepare(lines_ahead(self._desk.phrases, self._question))
            self._mouth.say(f"{opening} {self._question.text}".lstrip())
            while self._ending is None:
                taken = self._intake.read()
                if taken is not None:
                    self._hear(taken)
                elif self._intake.over:
                    self._source_ended()
                self._devices.look_at_speaker(self._ear.t)
                self._thoughts.take()
                self._making.take()
                if audience.stopping():
                    self._do(turn.Stopped())
                for request in audience.pressed():
                    self._do(turn.Asked(request, "key"))
            return self._finish(self._ending)
        finally:
            self._close()

    def _close(self) -> None:
        self._mouth.hush()
        self._intake.close()
        self._ear.close()
        self._thoughts.close()
        self._making.close()

    # --- what arrives ---------------------------------------------------------------------------------------

    def _hear(self, taken: Taken) -> None:
        block = taken.block
        self._devices.look_at(block, self._ear.t)
        if self._ending is not None:
            return
        if self._mouth.speaks and not taken.recorded:
            self._let_pass(block)
        elif self._begun or taken.recorded:
            if block.void != self._state.muted:
                self._do(turn.Muted(block.void))
            if taken.recorded:
                self._listen(block)
            else:
                self._stand(block)
        self._show(block)

    def _let_pass(self, block: Block) -> None:
        """The interviewer has the floor."""
        self._ear.cut()  # of what arrived while the line was being made
        self._ear.collect()
        line = self._mouth.hear(block)
        if line is None:
            return
        self._source.hold(False)
        self._intake.give_floor(line.said_over)
        self._begin()
        if line.talked_over:
            self._desk.emit("talked_over", self._ear.t, latency_s=round(self._desk.now() - line.began, 3))
        self._do(turn.InterviewerDone())

    def _listen(self, block: Block) -> None:
        """The candidate has the floor."""
        self._ear.hear(block)
        self._devices.count_lost(block.lost, self._ear.t)
        self._look_after_recogniser()
        self._do(turn.Clock(self._ear.t))

    def _stand(self, block: Block) -> None:
        """The microphone is gone or muted: the clock stands."""
        if block.void:
            self._ear.cut()
        self._ear.collect()

    def _source_ended(self) -> None:
        """The file is over: what is still being understood is let in, without an interruption."""
        self._ear.cut()
        self._do(turn.SourceEnded(gone=self._intake.failure is not None))

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._desk.emit("answer_started", 0.0, answer=self._answer_id)

    def _look_after_recogniser(self) -> None:
        """Where it has failed the recording goes on, without cut-ins on what is said."""
        trouble = self._ear.trouble
        if trouble is None or self._state.deaf or self._ending is not None:
            return
        self._do(turn.WordsLost())
        after = "the recording goes on without cut-ins, and is written down afterwards"
        self._notice("recogniser", f"{_capital(trouble)}: {after}")

    # --- the turn -------------------------------------------------------------------------------------------

    def _do(self, event: turn.Event) -> None:
        self._trigger_end = event.last_word if isinstance(event, turn.Heard) else None
        self._state, commands = turn.step(self._state, event)
        for command in commands:
            self._carry_out(command)

    def _carry_out(self, command: turn.Command) -> None:
        t = self._ear.t
        match command:
            case turn.Interrupt(interruption):
                self._interrupt(interruption)
            case turn.Speak(line):
                self._ear.cut()
                text = self._line(line)
                self._desk.emit("says", t, line=line, text=text)
                self._mouth.say(text)
            case turn.Probe(number):
                self._ear.cut()
                self._desk.emit("probe", t, question=self._question.probes[number], number=number)
                self._mouth.say(self._question.probes[number])
            case turn.Warn(remaining):
                self._desk.emit("warning", t, remaining_s=round(remaining, 3))
            case turn.End():
                self._ear.cut()
                self._ending = command
            case turn.Countdown():
                pass  # shown by the meter

    def _interrupt(self, interruption: Interruption) -> None:
        since = (
            self._ear.t if self._trigger_end is None else self._trigger_end
        )  # the clock calls for the result
        arrived = self._ear.arrival(since)
        over_speech = self._ear.in_speech
        self._ear.cut()
        wording = interruption.question
        self._asked.append(Asked(interruption, self._ear.t, interruption.trigger, wording))
        self._mouth.say(
            wording,
            lambda playback: self._desk.emit(
                "interrupt", self._ear.t, kind=interruption.kind, question=wording, after=interruption.trigger,
                latency_s=round(playback.started_at() - (arrived or 0.0), 3),
            ),
            over_speech,
        )  # fmt: skip

    def _take_floor(self) -> None:
        """A line begins: what arrives from now on is not the answer's."""
        self._source.hold(True)
        self._intake.take_floor(self._desk.now())

    def _line(self, name: str) -> str:
        if name == "repeat":
            return self._question.text
        remaining = self._state.rules.cap_s - self._ear.t
        return self._desk.phrases.wording(name, remaining=spoken_time(remaining))

    # --- what is told ---------------------------------------------------------------------------------------

    def _notice(self, about: str, text: str) -> None:
        self._desk.emit("notice", self._ear.t, about=about, text=text)

    def _tell_utterance(self, heard: UtteranceHeard) -> None:
        said = heard.utterance
        self._desk.emit(
            "utterance", self._ear.t, start=round(said.start, 3), end=round(said.end, 3), text=said.text,
            words=[word_fields(word) for word in said.words], latency_s=round(heard.latency_s, 3),
        )  # fmt: skip

    def _show(self, block: Block) -> None:
        state = self._state
        self._desk.audience.watch(
            Meter(
                floor_time_s=self._ear.t,
                cap_s=state.rules.cap_s,
                level=min(1.0, rms(block.samples) / LOUD),
                speaking=state.speaking,
                interviewer_speaks=self._mouth.speaks,
                countdown_s=state.countdown,
                lag_s=self._ear.lag_s,
                trouble=block.trouble,
            )
        )

    # --- the end --------------------------------------------------------------------------------------------

    def _finish(self, ending: turn.End) -> Take:
        t = self._ear.t
        self._mouth.hush()
        self._intake.close()
        self._recorder.keep(t)
        self._devices.tell_lost(t)
        self._begin()  # it may have ended before the question did
        if ending.reason == "cap":
            self._desk.emit("cap", t, floor_time_s=round(t, 3))
            self._mouth.say_last(self._desk.phrases.wording("cap"))
        self._desk.emit("answer_ended", t, reason=ending.reason, floor_time_s=round(t, 3))
        transcript = self._written_down()
        self._ear.collect()
        self._making.settle(LAST_LINE_S)
        return Take(
            floor_time_s=round(t, 3),
            reason=ending.reason,
            skipped=ending.skipped,
            spoken=spoken(transcript),
            asked=tuple(self._asked),
            last_arrival=self._ear.arrival(t) or self._desk.now(),
            lost_s=self._devices.lost_s,
            failure=self._intake.failure,
        )

    def _written_down(self) -> Transcript:
        """The transcript; where the recogniser failed, from the recording and with a new one."""
        try:
            return self._ear.finish()
        except RecogniserError as error:
            if not self._recognisers.another:
                raise
            found_now = "" if self._state.deaf else f"{error.problem}: "
        self._ear.close()
        self._notice("recogniser", _capital(f"{found_now}writing the answer down from its recording"))
        desk = self._desk
        recogniser = self._recognisers.replace()
        return write_down(
            self._recorder.path, recogniser, desk.detector(), desk.policy.hints, desk.workers(True)
        )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
