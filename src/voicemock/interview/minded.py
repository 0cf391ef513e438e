"""What a session does with a language model of the user's: a line ahead, words afterwards, and word of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from voicemock.interview.desk import Desk
from voicemock.mind.afterwards import write
from voicemock.mind.ahead import Ahead, Aid, Unaided
from voicemock.mind.written import Written, where_line
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.model import Answer, Score


class Minded:
    """The desk's mind in a session; without one nothing happens."""

    def __init__(self, desk: Desk, stop: Callable[[], bool]) -> None:
        self._desk = desk
        self._mind = desk.mind
        self._stop = stop

    @property
    def settings(self) -> Mapping[str, Any]:
        """What is kept with the session."""
        return {} if self._mind is None else {"mind": self._mind.as_setting()}

    def introduce(self) -> None:
        if self._mind is not None:
            where = self._mind.endpoint.address
            self._notice(where_line(self._mind.name, where, self._mind.local))
            self._tell_trouble(0.0)

    @contextmanager
    def beside(self, round: str) -> Iterator[Aid]:
        """Who words the questions of an answer. Only at the pace of speech is there a time to ask ahead in."""
        policy, phrasing = self._desk.policy, self._desk.phrases.questions
        if self._mind is None or not policy.live or round == CANDIDATE_QUESTIONS:
            yield Unaided(phrasing)
            return
        self._mind.wake()
        with closing(Ahead(self._mind, phrasing, round, threads=policy.threads)) as ahead:
            yield ahead

    def afterwards(self, answer: Answer, score: Score) -> Written | None:
        """The mind's words for an answer that is stored; None where there is no mind, or nothing to word."""
        if self._mind is None or score.overall is None or self._stop():
            return None
        self._mind.wake()
        self._notice(f"{self._mind.name} reads the answer", score.floor_time_s or 0.0)
        written = write(self._mind, answer, score, self._stop)
        t = score.floor_time_s or 0.0
        for text in written.texts:
            why = {"why": text.why_not} if text.why_not else {}
            self._desk.emit("worded", t, of=text.of, by=text.by, mind_latency_s=text.latency_s, **why)
        self._tell_trouble(t)
        return written

    def _tell_trouble(self, t: float) -> None:
        if self._mind is not None and (trouble := self._mind.trouble()):
            self._notice(trouble, t)

    def _notice(self, text: str, t: float = 0.0) -> None:
        self._desk.emit("notice", t, about="mind", text=text)
