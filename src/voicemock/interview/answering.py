"""One answer, from the question's first sample to the last word's text: the loop that feeds the turn.

The answer's audio time is floor time: blocks that arrive while the interviewer speaks are heard by nobody,
are not recorded and do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voicemock.audio.recorder import Recorder
from voicemock.audio.sound import rms
from voicemock.audio.source import Block, Source
from voicemock.errors import RecogniserError
from voicemock.interview import moves, turn
from voicemock.interview.afterwards import Recognisers, write_down
from voicemock.interview.aside import Aside, AtOnce, Beside
from voicemock.interview.asking_back import Annotate, AskingBack
from voicemock.interview.desk import Desk, Meter
from voicemock.interview.devices import DeviceWatch
from voicemock.interview.ear import Ear
from voicemock.interview.events import utterance_fields
from voicemock.interview.floor import InterviewerTurn
from voicemock.interview.intake import Intake, Taken
from voicemock.interview.interviewer import Interviewer, WordedBy
from voicemock.interview.lines import lines_ahead
from voicemock.interview.mouth import Lines, Mouth
from voicemock.interview.own_voice import OwnVoice
from voicemock.interview.rules import Rules
from voicemock.interview.take import Take
from voicemock.interview.understanding import Understanding
from voicemock.packs.answer import answer_so_far
from voicemock.packs.questions import Question
from voicemock.rounds import ROUNDS
from voicemock.scoring.assemble import read_ahead
from voicemock.scoring.rehearsal import rehearse
from voicemock.speech.live import LiveTranscriber, Transcript, UtteranceHeard
from voicemock.speech.requests import Request
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
        rules: Rules,
        source: Source,
        recorder: Recorder,
        *,
        lines: Lines,
        own_voice: OwnVoice,
        recognisers: Recognisers,
        annotate: Annotate,
        worded_by: WordedBy = lambda _kind, _question: {},
        trouble: Callable[[], str | None] = lambda: None,
        number: int = 0,
    ) -> None:
        self._desk = desk
        self._answer_id = answer_id
        self._question = question
        self._source = source
        self._recorder = recorder
        self._lines = lines
        self._own_voice = own_voice
        self._recognisers = recognisers
        self._state = turn.State(rules)
        self._devices = DeviceWatch(desk)
        self._trouble = trouble
        self._last_arrival = desk.now()
        self._begun = False
        self._read_words = 0  # of the careful pass, that the scorer has read ahead
        self._ending: moves.End | None = None
        self._pressed: list[tuple[Request, float]] = []  # what was granted by key, at which floor time
        self._wire(annotate)
        self._interviewer = Interviewer(
            desk, question, self._ear, self._mouth, rules.cap_s, number, worded_by
        )

    def _wire(self, annotate: Annotate) -> None:
        desk, policy, patient = self._desk, self._desk.policy, self._source.patient
        threads = policy.threads and not patient
        self._intake = Intake(self._source, self._recorder, thread=threads)
        self._thoughts: Aside = Beside("voicemock-thoughts", self._intake.wake) if threads else AtOnce()
        self._making: Aside = Beside("voicemock-lines", self._intake.wake) if threads else AtOnce()
        self._reads_ahead = threads  # where the sound waits for its reader nothing is gained by it
        self._reading: Aside = Beside("voicemock-reading", self._intake.wake) if threads else AtOnce()
        transcriber = LiveTranscriber(
            self._recognisers.current,
            desk.detector(),
            workers=desk.workers(policy.live),
            hints=policy.hints,
            clock=desk.now,
            patient=patient,
        )
        self._asking_back = AskingBack(annotate, desk.phrases)
        self._understanding = Understanding(annotate, self._asking_back)
        self._ear = Ear(
            transcriber,
            self._understanding,
            self._thoughts,
            tell=self._do,
            noted=self._tell_utterance,
            foreseen=self._make_ahead,
            patient=patient,
            live=policy.live,
        )
        self._mouth = Mouth(
            self._lines,
            desk.speaker,
            self._making,
            self._own_voice,
            tell=lambda text: self._notice("voice", text),
            at_start=self._take_floor,
            detector=desk.barge_in_detector,
            now=desk.now,
            barge_in=policy.barge_in,
        )

    def run(self, opening: str = "", think_s: float = 0.0) -> Take:
        """Ask, listen until the turn ends, transcribe the rest. Speech, or `think_s` without any, starts the clock."""
        audience = self._desk.audience
        try:
            self._lines.prepare(lines_ahead(self._desk.phrases, self._question))
            self._rehearse()
            audience.pressed()  # what was pressed before the question is not about it
            self._interviewer.ask(opening, think_s)
            while self._ending is None:
                taken = self._intake.read()
                if taken is not None:
                    self._hear(taken)
                elif self._intake.over:
                    self._source_ended()
                self._devices.look_at_speaker(self._ear.t)
                if (trouble := self._trouble()) is not None:
                    self._notice("mind", trouble)
                self._thoughts.take()
                self._making.take()
                self._reading.take()
                if audience.stopping():
                    self._do(moves.Stopped())
                for request in audience.pressed():
                    self._press(request)
            return self._finish(self._ending)
        finally:
            self._close()

    def _close(self) -> None:
        self._mouth.hush()
        self._intake.close()
        self._ear.close()
        self._thoughts.close()
        self._making.close()
        self._reading.close()

    # --- what arrives ---------------------------------------------------------------------------------------

    def _hear(self, taken: Taken) -> None:
        block = self._own_voice.clean(taken.block)
        if (word := self._own_voice.word()) is not None:
            self._notice("echo", word)
        self._last_arrival = block.arrived
        self._devices.look_at(block, self._ear.t)
        if self._ending is not None:
            return
        if self._mouth.speaks and not taken.recorded:
            self._let_pass(block)
        elif self._begun or taken.recorded:
            if block.void != self._state.muted:
                self._do(moves.Muted(block.void))
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
        if line is not None:
            self._hand_over(line)
        elif self._mouth.window_left_s is not None:
            self._source.hold(False)  # whoever wants to begin may

    def _hand_over(self, line: InterviewerTurn) -> None:
        """A line is over, or was talked over; so may be the answer."""
        closing = self._state.closing is not None
        if closing and not line.talked_over:
            self._do(moves.InterviewerDone())
            return
        self._give_floor(line.said_over)
        if closing:
            self._do(moves.TakenBack())
            return
        unheard = False
        if line.talked_over and not line.said:
            latency_s = round(self._mouth.stopped_at - line.began, 3)
            both = {"heard_s": round(line.heard_s, 2), "overlap_s": round(line.overlap_s, 2)}
            self._desk.emit("talked_over", self._ear.t, latency_s=latency_s, **both)
        if line.only_opened or (line.talked_over and not line.said):
            unheard = self._interviewer.talked_over(line.heard_s)
        self._do(moves.InterviewerDone(unheard))

    def _give_floor(self, said_over: Sequence[Block] = ()) -> None:
        self._source.hold(False)
        self._intake.give_floor(said_over)
        self._begin()

    def _listen(self, block: Block) -> None:
        """The candidate has the floor."""
        self._ear.hear(block)
        self._devices.count_lost(block.lost, self._ear.t)
        self._look_after_recogniser()
        self._do(moves.Clock(self._ear.t))

    def _stand(self, block: Block) -> None:
        """The microphone is gone or muted: the clock is paused."""
        if block.void:
            self._ear.cut()
        self._ear.collect()

    def _source_ended(self) -> None:
        """The file is over: what is still being understood is let in, without an interruption."""
        self._ear.cut()
        self._do(moves.SourceEnded(gone=self._intake.failure is not None))

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._desk.emit("answer_started", 0.0, answer=self._answer_id)

    def _look_after_recogniser(self) -> None:
        """Where it has failed the recording goes on, without cut-ins on what is said."""
        trouble = self._ear.trouble
        if trouble is None or self._state.deaf or self._ending is not None:
            return
        self._do(moves.WordsLost())
        after = "the recording goes on without cut-ins, and is written down afterwards"
        self._notice("recogniser", f"{_capital(trouble)}: {after}")

    def _make_ahead(self, event: moves.Event) -> None:
        """The line that the turn will want for this, if nothing comes between: making it takes a while."""
        if (question := turn.foreseen(self._state, event)) is not None:
            self._lines.prepare([question], soon=True)

    # --- the turn -------------------------------------------------------------------------------------------

    def _press(self, request: Request) -> None:
        """A key. While the candidate may think before the clock runs, any of them starts it."""
        closing = self._state.closing is not None
        thinks = self._mouth.window_left_s is not None and not closing
        takes_back = closing and request not in (Request.DONE, Request.SKIP)
        if takes_back or (thinks and request is not Request.SKIP):
            self._mouth.hush()
            self._give_floor()
            self._do(moves.TakenBack() if takes_back else moves.InterviewerDone())
        if not thinks or request is Request.SKIP:
            self._do(moves.Asked(request, "key"))

    def _do(self, event: moves.Event) -> None:
        if isinstance(event, moves.Replied) and (settled := self._asking_back.settled) is not None:
            told = {"heard": settled.doubt.heard, "reply": settled.reply, "number": settled.number}
            self._desk.emit("number_settled", self._ear.t, **told)
        self._state, commands = turn.step(self._state, event)
        for command in commands:
            match command:
                case moves.End():
                    self._ending = command
                case moves.Understood(Request() as request, "key"):
                    self._pressed.append((request, self._ear.t))
                case moves.LookForDoubts():
                    question = self._asking_back.question(self._ear.carefully(), self._ear.t)
                    self._do(moves.Doubted(question))
            self._interviewer.act(command)
        self._ear.expect(self._asking_back.choices)  # none, once there is a reply or the answer goes on

    def _take_floor(self) -> None:
        """A line begins: what arrives from now on is not the answer's."""
        self._source.hold(True)
        self._intake.take_floor(self._desk.now())
        self._do(moves.InterviewerBegan())

    # --- what is told ---------------------------------------------------------------------------------------

    def _notice(self, about: str, text: str) -> None:
        self._desk.emit("notice", self._ear.t, about=about, text=text)

    def _rehearse(self) -> None:
        """Score a made-up answer while the question is read aloud, so that the first real one waits for nothing."""
        if self._reads_ahead and self._question.round in ROUNDS:
            round, wording = self._question.round, self._desk.phrases.questions
            self._reading.later(lambda: rehearse(round, wording), lambda _: None)

    def _tell_utterance(self, heard: UtteranceHeard) -> None:
        self._desk.emit("utterance", self._ear.t, **utterance_fields(heard.utterance, heard.latency_s))
        if self._reads_ahead:
            words = self._ear.carefully().words
            if len(words) > self._read_words:
                self._read_words = len(words)
                so_far, wording = answer_so_far(self._question, words), self._desk.phrases.questions
                self._reading.later(lambda: read_ahead(so_far, wording), lambda _: None)

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
                marks=state.rules.warnings,
                thinking_s=None if state.closing else self._mouth.window_left_s,
                closing_s=self._mouth.window_left_s if state.closing else None,
            )
        )

    # --- the end --------------------------------------------------------------------------------------------

    def _finish(self, ending: moves.End) -> Take:
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
            spoken=spoken(transcript, self._pressed, self._understanding.asked, self._asking_back.stretches),
            settled=self._asking_back.settled,
            asked=tuple(self._interviewer.asked),
            followed_up=tuple(self._interviewer.followed_up),
            last_arrival=self._last_arrival,
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
        desk, hints = self._desk, self._desk.policy.hints
        recogniser = self._recognisers.replace()
        return write_down(self._recorder.path, recogniser, desk.detector(), hints, desk.workers(True))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
