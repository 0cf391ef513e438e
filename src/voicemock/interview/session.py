"""A session: question after question, each recorded, scored and kept before the next is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from voicemock.audio.recorder import Recorder
from voicemock.audio.source import Source
from voicemock.errors import VoicemockError
from voicemock.files import make_folder
from voicemock.interview import self_rating
from voicemock.interview.afterwards import Recognisers
from voicemock.interview.answering import Answering
from voicemock.interview.desk import Desk
from voicemock.interview.events import Event
from voicemock.interview.minded import Minded
from voicemock.interview.mouth import Lines
from voicemock.interview.own_voice import OwnVoice
from voicemock.interview.replies import annotate_for, judged
from voicemock.interview.rules import Rules
from voicemock.interview.take import Take
from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question
from voicemock.rounds import CANDIDATE_QUESTIONS, round_of
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.policy import Style, Wording
from voicemock.scoring.model import Answer, Score
from voicemock.speech.voice import Voice
from voicemock.store.lock import at_work
from voicemock.store.sidecar import keep_asked
from voicemock.store.store import CORRECTED, AnswerRow, Store
from voicemock.transcript import Sentence, join_words


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked and how; `notes` are kept with each answer (such as {"retry_of": ID})."""

    questions: Sequence[Question]
    style: Style = "polite"
    mode: str = "practice"
    base_silence_s: float = 3.0
    notes: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manner:
    """How one question is asked; `notes` are kept with its answer, `opening` is said before the question."""

    style: Style
    notes: Mapping[str, Any] = field(default_factory=dict)
    opening: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDone:
    """An answer that is stored, with its score."""

    answer_id: str
    question: Question
    take: Take
    score: Score

    def go_on(self) -> None:
        """Raises DeviceError where the answer ended because a device is gone: there is nothing to go on with."""
        failure = self.take.failure
        if failure is None:
            return
        if self.take.floor_time_s:
            failure.next_step += "; your answer so far is kept and scored"
        raise failure


class Session:
    """Runs a plan at a desk and keeps everything in `store`; `continues` is a session to go on with."""

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        store: Store,
        *,
        today: Callable[[], datetime] = lambda: datetime.now(UTC),
        stop: Callable[[], bool] = lambda: False,
        continues: str | None = None,
    ) -> None:
        audience = replace(desk.audience, listeners=(*desk.audience.listeners, self._keep_event))
        self.desk = replace(desk, audience=audience)
        self._lines = Lines(desk.voice)
        self._own_voice = OwnVoice(desk.echo())
        self._recognisers = Recognisers(desk.recogniser, desk.another_recogniser)
        self._plan = plan
        self._minded = Minded(self.desk, stop)
        self._cut_in_with: list[str] = []  # no question twice in a session
        self._store = store
        self._today = today
        self._stop = stop
        self._events: list[dict[str, Any]] = []
        self._continues = continues
        self.id = continues or ""

    def run(self, on_answer: Callable[[AnswerDone], None] = lambda _: None) -> list[AnswerDone]:
        """Ask all questions of the plan, or until `stop`; what is done is kept whatever happens next."""
        done: list[AnswerDone] = []
        with self.opened():
            for place, question in enumerate(self._plan.questions):
                if self._stop():
                    break
                done.append(self.ask(question, place, self._manner(place)))
                if place + 1 == len(self._plan.questions) > 1:
                    self.say_goodbye()
                on_answer(done[-1])
                done[-1].go_on()
        return done

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The time in which `ask` may be called; whatever ends it, the session's end is kept."""
        if not self._continues:
            self.id = self._begin()
        folder = self._store.path_of(self.id)
        make_folder(folder)
        with at_work(folder):
            if self._continues:
                self._store.reopen_session(self.id)
                self._store.change_settings(self.id, self._minded.settings)
            self.desk.emit("session_started", 0.0, session=self.id)
            self._minded.introduce()
            try:
                yield
            except BaseException:
                with suppress(VoicemockError):  # what broke first is what the user must hear of
                    self._end()
                raise
            self._end()

    def _manner(self, place: int) -> Manner:
        """With several questions the interviewer says hello, and what comes next; a single one is just asked."""
        opening = ""
        if len(self._plan.questions) > 1:
            kind, index = ("next", place - 1) if place else ("opening", 0)
            opening = self.desk.phrases.wording(kind, index)
        return Manner(self._plan.style, self._plan.notes, opening)

    def say_goodbye(self) -> None:
        """The last line; nobody waits for its end."""
        text = self.desk.phrases.wording("closing")
        self.desk.emit("says", 0.0, line="closing", text=text)
        line = self._lines.make(text)
        if line.notice is not None:
            self.desk.emit("notice", 0.0, about="voice", text=line.notice)
        self.desk.speaker.play(line.sound)

    def _end(self) -> None:
        self.desk.emit("session_ended", 0.0, session=self.id)
        self._store.end_session(self.id, self._now())

    def speak_with(self, voice: Voice) -> None:
        """Another interviewer asks from here on."""
        self._lines = Lines(voice)

    def ask(self, question: Question, place: int, manner: Manner | None = None) -> AnswerDone:
        """Ask with the desk's source number `place`, and keep the answer under the next number."""
        manner = manner or Manner(self._plan.style, self._plan.notes)
        self._events = []
        number = self._next_number()
        answer_id = f"{self.id}/{number}"
        started_at = self._now()
        recording = self._store.folder / self.id / f"{number}.wav"
        keep_asked(recording, question, started_at, manner.notes)
        self.desk.emit("question_started", 0.0, question_id=question.id, text=question.text)
        with closing(self.desk.source_for(place)) as source:
            take, sha256 = self._listen(answer_id, question, number, source, manner)
            score, tell_score = self._score(answer_id, question, take)
            row = self._row(answer_id, number, question, started_at, take, manner)
            marks = self._asks_for_mark(question, take, score)
            if not marks:
                tell_score()
            self.desk.emit("question_ended", take.floor_time_s, question_id=question.id, text=question.text)
            self._keep(replace(row, audio_sha256=sha256), question, take, score)
            if marks:  # once the answer is kept: whatever happens meanwhile costs only the mark
                self._ask_for_mark(answer_id, number, take.floor_time_s, source)
                tell_score()
        written = self._minded.afterwards(
            self._answer_of(answer_id, question, take), score, take.floor_time_s
        )
        if written is not None:
            self._store.change_details(answer_id, {"mind": written.as_dict()})
        self._cut_in_with += [asked.wording for asked in take.asked]
        self._cut_in_with += [each.follow_up.question for each in take.followed_up]
        return AnswerDone(answer_id, question, take, score)

    def _listen(
        self, answer_id: str, question: Question, number: int, source: Source, manner: Manner
    ) -> tuple[Take, str | None]:
        """Ask and listen; what came of it, and the digest of its recording."""
        with (
            Recorder(self._store.folder / self.id / f"{number}.wav") as recorder,
            told_how_to_recover(recorder),
            self._minded.beside(question.round) as aid,
        ):
            answering = Answering(
                self.desk,
                answer_id,
                question,
                self._rules(question, manner.style, aid.wording),
                source,
                recorder,
                lines=self._lines,
                own_voice=self._own_voice,
                recognisers=self._recognisers,
                annotate=aid.hearing(self._annotate_for(question)),
                worded_by=aid.by,
                trouble=self._minded.trouble,
                number=number - 1,
            )
            take = answering.run(manner.opening, self._think_s(question))
        return take, recorder.sha256

    def _asks_for_mark(self, question: Question, take: Take, score: Score) -> bool:
        """Where there is an answer to mark, and a candidate who stays."""
        asked = self.desk.policy.self_rating and question.round != CANDIDATE_QUESTIONS
        return asked and score.overall is not None and take.failure is None and not self._stop()

    def _ask_for_mark(self, answer_id: str, number: int, t: float, source: Source) -> None:
        wording = self.desk.phrases.wording(self_rating.LINE, number - 1)
        asking = self_rating.SelfRating(
            self.desk, t, source, self._lines, self._own_voice, self._recognisers.current
        )
        mark = asking.ask(wording)
        if mark is not None:
            self._store.change_details(answer_id, {"self_rating": mark.value})
        told = {"rating": mark.value, "by": mark.by} if mark else {"rating": None, "by": None}
        self.desk.emit("self_rating", t, **told)

    def _answer_of(self, answer_id: str, question: Question, take: Take) -> Answer:
        return answer_to(question, replace(take.spoken, words=take.words), f"{answer_id}.wav")

    def _score_of(self, answer: Answer) -> Score:
        return score_answer(answer, wording=self.desk.phrases.questions)

    def _rules(self, question: Question, style: Style, wording: Wording) -> Rules:
        return Rules(
            round=question.round,
            cap_s=float(round_of(question.round).cap_s),
            style=style,
            base_silence_s=self._plan.base_silence_s,
            probes=len(question.probes),
            wording=wording,
            said=tuple(self._cut_in_with),
            warn_at_s=self.desk.policy.warn_at_s,
            question=None if question.probes else question,
        )

    def _think_s(self, question: Question) -> float:
        """Who asks the questions need not think of an answer."""
        return 0.0 if question.round == CANDIDATE_QUESTIONS else self.desk.policy.think_s

    def _annotate_for(self, question: Question) -> Callable[[tuple[Sentence, ...]], Annotation]:
        return lambda sentences: annotate_for(question, sentences)

    def _score(self, answer_id: str, question: Question, take: Take) -> tuple[Score, Callable[[], None]]:
        """Tell the final transcript and score it; the score, and what tells it."""
        since = take.last_arrival
        text = join_words(take.words)
        self.desk.emit(
            "transcript",
            take.floor_time_s,
            text=text,
            final=True,
            latency_s=round(self.desk.now() - since, 3),
        )
        score = self._score_of(self._answer_of(answer_id, question, take))
        told = {**score.as_dict(), "latency_s": round(self.desk.now() - since, 3)}
        return score, lambda: self.desk.emit("score", take.floor_time_s, **told)

    def _row(
        self, answer_id: str, number: int, question: Question, started_at: str, take: Take, manner: Manner
    ) -> AnswerRow:
        return AnswerRow(
            id=answer_id,
            session_id=self.id,
            number=number,
            question_id=question.id,
            question=question.text,
            round=question.round,
            principle=question.principle,
            audio=f"{self.id}/{number}.wav",
            started_at=started_at,
            floor_time_s=take.floor_time_s,
            reason=take.reason,
            complete=False,
            details={
                **manner.notes,
                "question": asdict(question),
                "style": manner.style,
                "broken_off": take.reason == "device" or (self._stop() and take.reason == "key"),
                "skipped": take.skipped,
                **take.spoken.as_details(),
                "lost_s": take.lost_s,
                "interrupts": judged(question, take),
                "follow_ups": [
                    {"kind": each.follow_up.kind, "t": each.at, "question": each.follow_up.question}
                    for each in take.followed_up
                ],
            },
        )

    def _keep(self, row: AnswerRow, question: Question, take: Take, score: Score) -> None:
        """The audio is on disk: then the row, what was heard and scored, and the mark, all of it or nothing.

        A number that the candidate settled is a correction, as `correct` makes it.
        """
        heard = take.spoken.words
        as_heard = score
        if take.words != heard:
            as_heard = self._score_of(answer_to(question, take.spoken, row.audio))
        with self._store.transaction():
            self._store.add_answer(row)
            self._store.add_words(row.id, heard)
            self._store.add_events(self.id, row.id, self._events)
            self._store.add_score(row.id, as_heard)
            if take.words != heard:
                self._store.add_words(row.id, take.words, CORRECTED)
                self._store.add_score(row.id, score, CORRECTED)
            self._store.mark_complete(row.id)

    def _keep_event(self, event: Event) -> None:
        if event.type != "score":  # it has a table of its own
            self._events.append(event.as_dict())

    def _next_number(self) -> int:
        """After everything stored and recorded: a crash may have left a recording without a row."""
        recorded = (
            int(path.stem) for path in (self._store.folder / self.id).glob("*.wav") if path.stem.isdecimal()
        )
        stored = (row.number for row in self._store.answers(self.id))
        return max((*recorded, *stored), default=0) + 1

    def _now(self) -> str:
        return self._today().isoformat(timespec="seconds")

    def _begin(self) -> str:
        settings = {"style": self._plan.style, **self._plan.settings, **self._minded.settings}
        base = self._today().astimezone().strftime("%Y%m%d-%H%M%S")
        return self._store.begin_session(base, self._plan.mode, self._now(), settings)


@contextmanager
def told_how_to_recover(recorder: Recorder) -> Iterator[None]:
    """An error that ends an answer says that what was recorded is kept, and how to get at it."""
    try:
        yield
    except VoicemockError as error:
        if recorder.samples and "recover" not in error.next_step:
            kept = "what you said is kept: `voicemock recover` brings it back"
            error.next_step = f"{error.next_step}; {kept}" if error.next_step else kept
        raise
