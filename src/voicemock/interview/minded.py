"""What a session does with a language model of the user's: a line ahead, words afterwards, and word of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from voicemock.interview.desk import Desk
from voicemock.mind.afterwards import write
from voicemock.mind.ahead import Ahead, Aid, Unaided
from voicemock.mind.mind import Mind
from voicemock.mind.written import Written, place_of
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.model import Answer, Score

# Why no line is asked for ahead.
NOT_LIVE = "at --pace fast the model is not asked ahead"
YOUR_TURN = "in this round the candidate asks"


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
            if not (self._mind.local and self._mind.failing):
                self._notice(_here(self._mind))
            self._tell_trouble(0.0)

    def trouble(self) -> str | None:
        """What has gone wrong with the mind, once."""
        return None if self._mind is None else self._mind.trouble()

    @contextmanager
    def beside(self, round: str) -> Iterator[Aid]:
        """Who words the questions of an answer. Only at the pace of speech is there a time to ask ahead in."""
        policy, phrasing = self._desk.policy, self._desk.phrases.questions
        if self._mind is None:
            yield Unaided(phrasing)
            return
        if not policy.live or round == CANDIDATE_QUESTIONS:
            yield Unaided(phrasing, YOUR_TURN if policy.live else NOT_LIVE)
            return
        self._mind.wake()
        with closing(Ahead(self._mind, phrasing, round, threads=policy.threads)) as ahead:
            yield ahead

    def afterwards(self, answer: Answer, score: Score, t: float) -> Written | None:
        """The mind's words for a stored answer that ended at `t`; None where there is no mind or nothing to word.

        Of one that failed and may be gone nothing is promised.
        """
        if self._mind is None or score.overall is None or self._stop():
            return None
        self._mind.wake()
        if not self._mind.failing:
            self._notice(f"{self._mind.name} reads the answer", t)
        written = write(self._mind, answer, score, self._stop)
        for hidden in written.left_out:
            self._desk.emit("left_out", t, sentence=hidden.sentence, why=hidden.why)
        for text in written.texts:
            why = {"why": text.why_not} if text.why_not else {}
            self._desk.emit("worded", t, of=text.of, by=text.by, mind_latency_s=text.latency_s, **why)
        self._tell_trouble(t)
        return written

    def _tell_trouble(self, t: float) -> None:
        if trouble := self.trouble():
            self._notice(trouble, t)

    def _notice(self, text: str, t: float = 0.0) -> None:
        self._desk.emit("notice", t, about="mind", text=text)


def _here(mind: Mind) -> str:
    where = mind.endpoint.address
    if not mind.local:
        return f"{mind.name} helps with the wording: what you say is sent to {where}"
    return f"{mind.name} helps with the wording, {place_of(where)}"
