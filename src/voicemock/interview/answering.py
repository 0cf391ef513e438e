"""One answer, from the question's first sample to the last word's text: the loop that feeds the turn.

The answer's audio time is floor time: blocks that arrive while the interviewer speaks are heard by nobody,
are not recorded and do not count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from voicemock.audio.recorder import Recorder
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Sound, rms
from voicemock.audio.source import Block, Source
from voicemock.audio.vad import SpeechEnded, SpeechStarted, VadEvent
from voicemock.errors import RecogniserError, VoiceError
from voicemock.interview import turn
from voicemock.interview.afterwards import write_down
from voicemock.interview.desk import Desk, Meter
from voicemock.interview.devices import DeviceWatch
from voicemock.interview.events import word_fields
from voicemock.interview.floor import InterviewerTurn
from voicemock.interview.lines import lines_ahead, spoken_time
from voicemock.interview.take import Asked, Take
from voicemock.packs.questions import Question
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.policy import Interruption
from voicemock.speech.live import LiveTranscriber, Transcript, UtteranceHeard
from voicemock.speech.spoken import apart, spoken
from voicemock.speech.voice import ShownVoice
from voicemock.transcript import Sentence, Utterance, join_words, sentences_from_words

# The interrupter decides this long after an utterance's last sample, although the words are mostly there
# sooner: at any pace the same words are then known at the same audio time, so a file gives the same interview
# fast and slow.
DECISION_LAG_S = 0.7  # of which 0.3 go by until an utterance is known to be over
PARTIAL_LAG_S = 0.25  # of an utterance that is still being spoken: a decode takes some 0.3 s
LOUD = 8_000.0  # root mean square of a voice close to the microphone; the level meter's full scale

Annotate = Callable[[tuple[Sentence, ...]], Annotation]


@dataclass(slots=True)
class _Ear:
    """What has been heard of this answer."""

    utterances: list[Utterance] = field(default_factory=list)
    due: list[UtteranceHeard] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)  # of each block, monotonic seconds

    def arrival(self, t: float) -> float:
        """When the last sample before floor time `t` arrived."""
        return self.arrivals[max(0, min(len(self.arrivals), ceil(t / BLOCK_S)) - 1)]


class AnswerLoop:
    """Runs the turn for one question over one source."""

    def __init__(
        self,
        desk: Desk,
        answer_id: str,
        question: Question,
        rules: turn.Rules,
        recorder: Recorder,
        annotate: Annotate,
        opening: str = "",
    ) -> None:
        self._desk = desk
        self._answer_id = answer_id
        self._question = question
        self._opening = opening  # said once, before the question
        self._state = turn.State(rules)
        self._recorder = recorder
        self._annotate = annotate
        self._ear = _Ear()
        self._trigger_end: float | None = None  # of the last word, while the turn considers words
        self._asked: list[Asked] = []
        self._speaking: InterviewerTurn | None = None
        self._speaks_from = 0.0  # monotonic seconds: what arrived before the interviewer's line was made
        self._begun = False
        self._ending: turn.End | None = None

    @property
    def t(self) -> float:
        """Floor time so far, in seconds; counted in samples."""
        return len(self._ear.arrivals) * BLOCK_SAMPLES / RATE

    def run(self, source: Source) -> Take:
        """Ask, listen until the turn ends, and transcribe what is left."""
        desk = self._desk
        self._patient = source.patient
        self._devices = DeviceWatch(desk, source)
        # where sound does not arrive by itself nothing is gained by decoding ahead: it waits for every decode
        self._transcriber = LiveTranscriber(
            desk.recogniser,
            desk.detector(),
            workers=desk.workers(desk.live),
            hints=desk.hints,
            clock=desk.now,
            patient=source.patient,
        )
        try:
            desk.voice.prepare(lines_ahead(desk.phrases, self._question))
            self._say(source, f"{self._opening} {self._question.text}".lstrip())
            while self._ending is None:
                block = self._devices.read(self.t)
                if block is None:
                    self._source_ended()
                else:
                    self._hear(source, block)
                if desk.stopping():
                    self._do(source, turn.Stopped())
                for request in desk.keys():  # noqa: SIM118 - no dict
                    self._do(source, turn.Asked(request, "key"))
            return self._finish()
        finally:
            self._fall_silent()
            self._transcriber.close()

    def _hear(self, source: Source, block: Block) -> None:
        if self._ending is not None or self._was_before_the_question(block):
            return
        if self._speaking is not None and (self._patient or block.arrived >= self._speaks_from):
            self._let_pass(source, block)
            return
        if block.void != self._state.muted:
            self._do(source, turn.Muted(block.void))
        if block.counts:
            self._listen(source, block)
        else:
            self._stand(block)

    def _was_before_the_question(self, block: Block) -> bool:
        """Nobody answers what was not asked yet: the microphone is open while the first line is being made."""
        return not self._begun and not self._patient and block.arrived < self._speaks_from

    # --- the interviewer has the floor ----------------------------------------------------------------------

    def _say(self, source: Source, text: str, over_speech: bool = False) -> InterviewerTurn:
        self._fall_silent()
        sound = self._sound_of(text)
        self._speaks_from = self._desk.now()
        source.hold(True)
        barge_in = self._desk.barge_in_detector() if self._desk.barge_in else None
        self._speaking = InterviewerTurn(sound, self._desk.speaker, barge_in, over_speech)
        return self._speaking

    def _sound_of(self, text: str) -> Sound:
        """The interviewer's line; silence as long as it takes to read, where the voice fails: it is shown."""
        try:
            return self._desk.voice.say(text)
        except VoiceError as error:
            self._notice("voice", f"{_capital(error.problem)}: from here on the lines are shown")
            self._desk.voice = ShownVoice()
            return self._desk.voice.say(text)

    def _notice(self, about: str, text: str) -> None:
        self._desk.emit("notice", self.t, about=about, text=text)

    def _fall_silent(self) -> None:
        """Whatever the interviewer was saying, it ends here."""
        if self._speaking is not None:
            self._speaking.stop()
            self._speaking = None

    def _let_pass(self, source: Source, block: Block) -> None:
        assert self._speaking is not None
        if self._transcriber.detector.speaking:
            self._break_utterance()  # of what arrived while the line was being made
        self._show(block)
        self._collect()
        if self._speaking.hear(block):
            line, self._speaking = self._speaking, None
            source.hold(False)
            self._begin()
            if line.talked_over:
                self._desk.emit("talked_over", self.t, latency_s=round(self._desk.now() - line.began, 3))
            self._do(source, turn.InterviewerDone())
            for said_over in line.said_over:
                self._hear(source, said_over)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._desk.emit("answer_started", 0.0, answer=self._answer_id)

    # --- the candidate has the floor ------------------------------------------------------------------------

    def _stand(self, block: Block) -> None:
        """The microphone is gone or muted: the clock stands."""
        if block.void and self._transcriber.detector.speaking:
            self._break_utterance()
        self._collect()
        self._show(block)

    def _listen(self, source: Source, block: Block) -> None:
        self._recorder.write(block.samples)
        self._ear.arrivals.append(block.arrived)
        self._devices.count_lost(block.lost, self.t)
        for event in self._transcriber.feed(block.samples):
            self._tell(source, event)
        self._collect()
        self._deliver(source)
        self._do(source, turn.Clock(self.t))
        self._show(block)

    def _tell(self, source: Source, event: VadEvent) -> None:
        match event:
            case SpeechStarted(at):
                self._do(source, turn.SpeechBegan(at))
            case SpeechEnded(_, end):
                self._do(source, turn.SpeechStopped(end))

    def _collect(self) -> None:
        """Take what the recogniser has understood, and tell whoever watches."""
        if not self._desk.live:
            self._transcriber.wait()
        self._look_after_recogniser()
        for heard in self._transcriber.results():
            self._ear.due.append(heard)
            spoken = heard.utterance
            if heard.partial or not spoken.words:
                continue
            self._desk.emit(
                "utterance", self.t, start=round(spoken.start, 3), end=round(spoken.end, 3), text=spoken.text,
                words=[word_fields(word) for word in spoken.words], latency_s=round(heard.latency_s, 3),
            )  # fmt: skip

    def _look_after_recogniser(self) -> None:
        """Where it has failed the recording goes on, without cut-ins on what is said."""
        trouble = self._transcriber.trouble
        if trouble is None or self._state.deaf or self._ending is not None:
            return
        self._state, _ = turn.step(self._state, turn.WordsLost())
        after = "the recording goes on without cut-ins, and is written down afterwards"
        self._notice("recogniser", f"{_capital(trouble)}: {after}")

    def _deliver(self, source: Source) -> None:
        """Hand to the turn what was said its lag ago. A file waits for it, a person can't."""
        if self._patient and self._desk.live:
            self._transcriber.wait_until(self.t - DECISION_LAG_S, self.t - PARTIAL_LAG_S)
            self._collect()
        while self._ear.due and self._ear.due[0].utterance.end <= self.t - _lag_s(self._ear.due[0]):
            self._understand(source, self._ear.due.pop(0))

    def _understand(self, source: Source, heard: UtteranceHeard) -> None:
        spoken = heard.utterance
        if heard.partial:
            self._consider(source, spoken)  # the whole utterance follows
            return
        rest, request = apart(spoken)
        if rest.words:
            self._ear.utterances.append(rest)
            self._consider(source)
        if request is not None:
            self._do(source, turn.Asked(request, "voice"))

    def _consider(self, source: Source, *unfinished: Utterance) -> None:
        """Let the turn think about everything said so far."""
        said = [*self._ear.utterances, *unfinished]
        words = tuple(word for each in said for word in each.words)
        if words:
            annotation = self._annotate(sentences_from_words(words))
            text, until = join_words(words), said[-1].end
            self._trigger_end = words[-1].end
            self._do(source, turn.Heard(text, annotation, unfinished=bool(unfinished), until=until))
            self._trigger_end = None

    def _source_ended(self) -> None:
        """The file is over: what is still being understood is let in, without an interruption."""
        self._break_utterance()
        self._state, commands = turn.step(
            self._state, turn.SourceEnded(gone=self._devices.failure is not None)
        )
        self._ending = next(command for command in commands if isinstance(command, turn.End))

    def _break_utterance(self) -> None:
        """End the utterance being spoken here: the floor changes hands."""
        self._transcriber.cut()

    # --- the turn -------------------------------------------------------------------------------------------

    def _do(self, source: Source, event: turn.Event) -> None:
        self._state, commands = turn.step(self._state, event)
        for command in commands:
            self._carry_out(source, command)

    def _carry_out(self, source: Source, command: turn.Command) -> None:
        match command:
            case turn.Interrupt(interruption):
                self._interrupt(source, interruption)
            case turn.Speak(line):
                self._break_utterance()
                text = self._line(line)
                self._desk.emit("says", self.t, line=line, text=text)
                self._say(source, text)
            case turn.Probe(number):
                self._break_utterance()
                self._desk.emit("probe", self.t, question=self._question.probes[number], number=number)
                self._say(source, self._question.probes[number])
            case turn.Warn(remaining):
                self._desk.emit("warning", self.t, remaining_s=round(remaining, 3))
            case turn.End():
                self._break_utterance()
                self._ending = command
            case turn.Countdown():
                pass  # shown by the meter

    def _interrupt(self, source: Source, interruption: Interruption) -> None:
        over_speech = self._transcriber.detector.speaking
        since = self.t if self._trigger_end is None else self._trigger_end  # the clock calls for the result
        self._break_utterance()
        wording = self._desk.phrases.wording(
            interruption.kind, len(self._asked), quote=interruption.quote, metric=interruption.metric
        )
        playback = self._say(source, wording, over_speech).playback
        self._asked.append(Asked(interruption, self.t, interruption.trigger, wording))
        self._desk.emit(
            "interrupt", self.t, kind=interruption.kind, question=wording, after=interruption.trigger,
            latency_s=round(playback.started_at() - self._ear.arrival(since), 3),
        )  # fmt: skip

    def _line(self, name: str) -> str:
        if name == "repeat":
            return self._question.text
        remaining = self._state.rules.cap_s - self.t
        return self._desk.phrases.wording(name, remaining=spoken_time(remaining))

    # --- the end --------------------------------------------------------------------------------------------

    def _finish(self) -> Take:
        assert self._ending is not None
        self._fall_silent()
        self._devices.tell_lost(self.t)
        self._begin()  # it may have ended before the question did
        if self._ending.reason == "cap":
            self._desk.emit("cap", self.t, floor_time_s=round(self.t, 3))
            self._desk.speaker.play(self._sound_of(self._desk.phrases.wording("cap")))
        self._desk.emit("answer_ended", self.t, reason=self._ending.reason, floor_time_s=round(self.t, 3))
        transcript = self._written_down()
        self._collect()
        return Take(
            floor_time_s=round(self.t, 3),
            reason=self._ending.reason,
            skipped=self._ending.skipped,
            spoken=spoken(transcript),
            asked=tuple(self._asked),
            last_arrival=self._ear.arrivals[-1] if self._ear.arrivals else self._desk.now(),
            lost_s=self._devices.lost_s,
            failure=self._devices.failure,
        )

    def _written_down(self) -> Transcript:
        """The transcript; where the recogniser failed, from the recording and with a new one."""
        try:
            return self._transcriber.finish()
        except RecogniserError as error:
            another = self._desk.another_recogniser
            if another is None:
                raise
            found_now = "" if self._state.deaf else f"{error.problem}: "
        self._transcriber.close()
        self._notice("recogniser", _capital(f"{found_now}writing the answer down from its recording"))
        desk = self._desk
        desk.recogniser = another()
        return write_down(
            self._recorder.path, desk.recogniser, desk.detector(), desk.hints, desk.workers(True)
        )

    def _show(self, block: Block) -> None:
        state = self._state
        self._desk.watch(
            Meter(
                floor_time_s=self.t,
                cap_s=state.rules.cap_s,
                level=min(1.0, rms(block.samples) / LOUD),
                speaking=state.speaking,
                interviewer_speaks=self._speaking is not None,
                countdown_s=state.countdown,
                lag_s=self._transcriber.lag_s,
                trouble=block.trouble,
            )
        )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _lag_s(heard: UtteranceHeard) -> float:
    return PARTIAL_LAG_S if heard.partial else DECISION_LAG_S
