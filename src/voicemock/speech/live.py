"""Words while they are spoken: what is decoded, when, and what becomes the final transcript.

What is decoded depends only on the sound: the quick pass hears each stretch of speech, the careful pass the
windows that `windows.py` makes of the stretches. Timing decides no more than how soon a result is there, so a
file fed as fast as it goes and a microphone give the same words.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from voicemock.audio.prosody import Prosody, Sounding
from voicemock.audio.sound import RATE, Samples, index
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechPaused, SpeechSplit, VadEvent
from voicemock.errors import RecogniserError
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser, Unclear
from voicemock.speech.stitching import careful_whole, fit, in_order, reaches, share_out, spoken_after
from voicemock.speech.tape import Tape
from voicemock.speech.windows import Window, WindowPlanner
from voicemock.speech.workers import GiveWay, Job, ThreadWorkers, Workers
from voicemock.transcript import Doubt, Utterance, Word

LEAD_S = 0.2  # sound before a stretch: a weak first consonant lies before what the detector calls speech
TRAIL_S = 0.12  # sound after it; no more than the silence after which a decode ahead begins
CONTEXT_S = 8.0  # a short stretch is decoded together with those before it, up to this length in all: alone,
CONTEXT_GAP_S = (
    1.0  # "it's not" comes out as four words (17 % word errors against 8 %); no gap longer than this
)
FIRST_PARTIAL_S = 4.0  # a stretch still being spoken is decoded at fixed points of audio time: 4, 7, 10 s …
PARTIAL_EVERY_S = 3.0  # (not "when idle", which would depend on the machine)
PARTIAL_DOUBT_S = 0.3  # the last word of an unfinished stretch may be half a word
TAIL_SILENCE_S = 0.6  # silence after which the careful tail is decoded ahead, in case the answer is over
TAIL_ALONE_S = (
    6.0  # a tail this long is decoded ahead while the speaker goes on, and if the answer is cut off
)
# there (the cap, an interruption) it stays a window of its own: only the sentence being spoken is left to
# decode
HANGS = "the recogniser stopped responding"
MOST_LAG_S = 12.0  # of sound waiting for the quick pass; beyond it the oldest is left to the careful pass


@dataclass(frozen=True, slots=True)
class UtteranceHeard:
    """What the quick pass heard. `latency_s`: wall seconds from its last sample's arrival to the text."""

    utterance: Utterance
    latency_s: float
    partial: bool = False  # still being spoken; the whole utterance follows with the same start
    skipped: bool = False  # the machine is behind or the decode failed: words come with the final transcript
    unclear: tuple[Unclear, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, as the careful pass heard it. `pauses` come from the detector, never from word times."""

    utterances: tuple[Utterance, ...]
    unclear: tuple[Unclear, ...] = ()
    pauses: tuple[tuple[float, float], ...] = ()
    sounding: Sounding = field(default_factory=Sounding)
    doubts: tuple[Doubt, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for utterance in self.utterances for word in utterance.words)


@dataclass(slots=True)
class _Heard:
    """A stretch whose quick text is due."""

    start: float
    end: float
    job: Job[QuickResult]
    decided_wall: float
    partial: bool = False


class LiveTranscriber:
    """Feed it an answer's blocks; take utterances as they come, and the transcript at the end."""

    def __init__(
        self,
        recogniser: Recogniser,
        detector: SpeechDetector | None = None,
        *,
        workers: Workers | None = None,
        hints: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
        patient: bool = False,
    ) -> None:
        self.detector = detector or SpeechDetector()
        # the recording does not stop where the interviewer takes the floor: the transcript is that of the recording
        self._recorded, self._recorded_events = self.detector.twin()
        self._recogniser = recogniser
        self._workers = workers or ThreadWorkers()
        self._prompt = ", ".join(hints)
        self._clock = clock
        self._patient = patient  # the sound waits for its reader: nothing is left out on a slow machine
        self._tape = Tape()
        self._prosody = Prosody()
        self._arrivals: list[tuple[float, float]] = []  # (audio time at a block's end, when it came)
        self._planner = WindowPlanner()
        self._windows: list[tuple[Window, Job[CarefulResult]]] = []
        self._stretches: list[tuple[float, float]] = []  # of the recording
        self._utterances: list[tuple[float, float]] = []  # the same, cut where the interviewer took the floor
        self._ahead: tuple[tuple[float, float], Job[QuickResult]] | None = None
        self._tail_ahead: tuple[Window, Job[CarefulResult]] | None = None
        self._due: deque[_Heard] = deque()
        self._partials = 0  # taken of the stretch being spoken
        self._trouble: str | None = None
        self._choices: tuple[str, ...] = ()

    @property
    def lag_s(self) -> float:
        """Seconds of sound that wait for the quick pass."""
        return self._workers.quick_waiting_s()

    @property
    def trouble(self) -> str | None:
        """What keeps the words from coming, once a decode has failed or hangs; None while all is well."""
        if self._trouble is None and self._workers.hang():
            self._trouble = HANGS
        for _, job in self._windows:
            self._look_at(job)
        return self._trouble

    def feed(self, block: Samples) -> list[VadEvent]:
        """Hear a block (int16, any length) and return what the detector made of it. Waits for no decode."""
        self._tape.append(block)
        self._prosody.push(block)
        self._arrivals.append((self._tape.end_s, self._clock()))
        events = self.detector.push(block)
        for event in events:
            self._take(event)
        self._plan_windows(self._recorded_events)
        self._recorded_events.clear()
        self._decode_what_is_still_spoken()
        self._decode_tail_ahead()
        return events

    def expect(self, choices: tuple[str, ...]) -> None:
        """From here on a short utterance may be one of these texts: see `Recogniser.quick`."""
        self._choices = choices

    def results(self) -> list[UtteranceHeard]:
        """The utterances that are ready, in the order they were spoken. Never waits."""
        ready: list[UtteranceHeard] = []
        while self._due and self._due[0].job.done:
            heard = self._report(self._due.popleft())
            if heard is not None:
                ready.append(heard)
        return ready

    def wait(self) -> None:
        """Block until the quick pass has caught up: for sound that comes faster than it was spoken."""
        self._workers.wait_quick()

    def wait_until(self, time_s: float, partial_s: float) -> None:
        """Block until what was spoken up to `time_s` is understood, partial texts up to `partial_s`."""
        for heard in self._due:
            if heard.end <= (partial_s if heard.partial else time_s):
                self._workers.wait(heard.job)

    def cut(self) -> None:
        """End the utterance being spoken here, as when the interviewer takes the floor: its quick text is due.

        The transcript does not depend on it.
        """
        for event in self.detector.flush():
            self._take(event)

    def carefully(self) -> CarefulResult:
        """What the careful pass has made of the answer by now; all of it where the sound waits for its reader."""
        tail = self._planner.tail()
        jobs = [job for _, job in self._windows]
        if tail is not None and self._patient and self._of_tail(tail) is None:
            self._tail_ahead = (tail, self._careful_job(tail))
        if (ahead := self._of_tail(tail)) is not None:
            jobs.append(ahead)
        if self._patient:
            for job in jobs:
                self._workers.wait(job)
        results = [job.result for job in jobs if job.ready]
        words = in_order([word for result in results for word in result.words])
        return CarefulResult(tuple(words), doubts=tuple(doubt for each in results for doubt in each.doubts))

    def finish(self) -> Transcript:
        """The answer is over: decode what is left, and give the whole. `results` has the last utterances.

        Raises RecogniserError where words are missing because a decode has failed or hangs.
        """
        self.cut()
        self._close_windows()
        for _, job in self._windows:
            self._workers.wait(job)
        self._workers.wait_quick()
        if not all(job.ready for _, job in self._windows):
            raise RecogniserError(self.trouble or HANGS)
        return self._assemble()

    def close(self) -> None:
        """End the worker threads. What is not yet decoded is dropped; a decode that hangs is left behind."""
        self._workers.close()

    def _close_windows(self) -> None:
        before = self._planner.tail() if self._recorded.speaking else None
        if before is not None and before.end - before.start >= TAIL_ALONE_S:
            self._planner.take_tail()
            self._submit_window(before)
        self._plan_windows(self._recorded.flush())
        tail = self._planner.take_tail()
        if tail is not None:
            self._submit_window(tail)

    def _plan_windows(self, events: Sequence[VadEvent]) -> None:
        for event in events:
            if isinstance(event, SpeechEnded | SpeechSplit):
                self._stretches.append((event.start, event.end))
                for window in self._planner.add(event.start, event.end):
                    self._submit_window(window)

    def _take(self, event: VadEvent) -> None:
        if isinstance(event, SpeechPaused):
            self._decode_ahead(event.start, event.end)
        elif isinstance(event, SpeechEnded | SpeechSplit):
            self._commit(event.start, event.end)

    def _decode_ahead(self, start: float, end: float) -> None:
        if self._workers.eager and not self._workers.busy_quick():
            self._ahead = ((start, end), self._submit_quick(start, end))

    def _commit(self, start: float, end: float) -> None:
        """An utterance is over: its quick text is due."""
        if self._ahead is not None and self._ahead[0] == (start, end):
            job = self._ahead[1]
        else:
            if self._ahead is not None:
                self._ahead[1].cancel()
            self._leave_what_is_too_late()
            job = self._submit_quick(start, end)
        self._ahead, self._partials = None, 0
        self._due.append(_Heard(start, end, job, self._clock()))
        self._utterances.append((start, end))

    def _leave_what_is_too_late(self) -> None:
        if self._patient:
            return
        late = [heard for heard in self._due if not heard.job.done and not heard.job.cancelled]
        while late and self.lag_s > MOST_LAG_S:
            late.pop(0).job.cancel()

    def _submit_quick(self, start: float, end: float) -> Job[QuickResult]:
        first, last = _around(self._utterances, self._context(start, end), end)
        sound = self._tape.cut(first, last)
        alone = max(
            0, index(_around(self._utterances, start, end)[0]) - index(first)
        )  # where the stretch itself begins

        choices = self._choices

        def work(_: object) -> QuickResult:
            own = spoken_after(self._recogniser.quick(sound, first, choices=choices), start)
            if not alone or reaches(own.words, start, end):
                return own
            by_itself = self._recogniser.quick(sound[alone:], first + alone / RATE, choices=choices)
            better = max(own, by_itself, key=lambda result: len(result.words))
            return replace(better, readings=by_itself.readings)

        job = Job(work, len(sound) / RATE)
        self._workers.quick(job)
        return job

    def _submit_window(self, window: Window) -> None:
        job = self._of_tail(window) or self._careful_job(window)
        self._tail_ahead = None
        self._windows.append((window, job))
        self._tape.forget_before(window.end - LEAD_S)

    def _careful_job(self, window: Window) -> Job[CarefulResult]:
        if self._tail_ahead is not None:
            self._tail_ahead[1].cancel()
        first, last = _around(self._stretches, window.start, window.end)
        sound = self._tape.cut(first, last)

        def decode(give_way: GiveWay) -> CarefulResult:
            return careful_whole(self._recogniser, sound, first, window.stretches, self._prompt, give_way)

        job = Job(decode, len(sound) / RATE)
        self._workers.careful(job)
        return job

    def _context(self, start: float, end: float) -> float:
        """Where the sound should begin that helps to understand the stretch from `start` to `end`."""
        for before in reversed(self._utterances):
            if end - before[0] > CONTEXT_S or start - before[1] > CONTEXT_GAP_S:
                break
            start = before[0]
        return start

    def _decode_what_is_still_spoken(self) -> None:
        start = self.detector.speech_start
        if start is None or self._tape.end_s - start < FIRST_PARTIAL_S + self._partials * PARTIAL_EVERY_S:
            return
        point = start + FIRST_PARTIAL_S + self._partials * PARTIAL_EVERY_S
        self._partials += 1
        if self._workers.busy_quick() and not self._patient:
            return
        job = self._submit_quick(start, point - TRAIL_S)
        self._due.append(_Heard(start, point, job, self._clock(), partial=True))

    def _of_tail(self, window: Window | None) -> Job[CarefulResult] | None:
        """The decode of this window that was begun ahead."""
        return self._tail_ahead[1] if self._tail_ahead is not None and self._tail_ahead[0] == window else None

    def _decode_tail_ahead(self) -> None:
        tail = self._planner.tail()
        if tail is None or not self._workers.eager:
            return
        if self._of_tail(tail) is not None:
            return
        wanted = self._recorded.silence_s >= TAIL_SILENCE_S or tail.end - tail.start >= TAIL_ALONE_S
        if wanted and not self._workers.busy_careful():
            self._tail_ahead = (tail, self._careful_job(tail))

    def _report(self, heard: _Heard) -> UtteranceHeard | None:
        self._look_at(heard.job)
        if not heard.job.ready:
            empty = Utterance(heard.start, heard.end, ())
            return UtteranceHeard(empty, self._latency(heard), skipped=True)
        words, unclear = heard.job.result.words, heard.job.result.unclear
        if heard.partial:
            words = tuple(word for word in words if word.end <= heard.end - PARTIAL_DOUBT_S)
            if not words:
                return None
        readings = () if heard.partial else heard.job.result.readings
        utterance = Utterance(heard.start, heard.end, fit(words, heard.start, heard.end), readings)
        latency_s = self._latency(heard)
        return UtteranceHeard(utterance, latency_s, heard.partial, unclear=unclear)

    def _look_at(self, job: Job[QuickResult] | Job[CarefulResult]) -> None:
        if self._trouble is None and job.error is not None:
            cause = next(iter(str(job.error).splitlines()), type(job.error).__name__)
            self._trouble = f"the recogniser failed ({cause})"

    def _latency(self, heard: _Heard) -> float:
        ready = max(heard.job.done_at, heard.decided_wall)
        while len(self._arrivals) > 1 and self._arrivals[0][0] < heard.end:
            self._arrivals.pop(0)
        return ready - self._arrivals[0][1]

    def _assemble(self) -> Transcript:
        results = [job.result for _, job in self._windows]
        words = in_order([word for result in results for word in result.words])
        utterances = share_out(words, self._stretches)
        unclear = tuple(stretch for result in results for stretch in result.unclear)
        sounding = self._prosody.sounding(self._stretches, [(word.start, word.end) for word in words])
        doubts = tuple(doubt for result in results for doubt in result.doubts)
        return Transcript(utterances, unclear, self._recorded.pauses(), sounding, doubts)


def _around(stretches: Sequence[tuple[float, float]], start: float, end: float) -> tuple[float, float]:
    """From `start` to `end` with a little room on both sides, but none of the stretch before it."""
    before = max((stretch[1] for stretch in stretches if stretch[1] <= start), default=0.0)
    return max(start - LEAD_S, min(start, before)), end + TRAIL_S
