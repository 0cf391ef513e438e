"""Which of two numbers was it? One question an answer, where the ear is unsure of a number that the score leans on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from voicemock.interview.take import Settled
from voicemock.packs.phrases import Phrases
from voicemock.scoring.claims.doubts import is_open
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.policy import WHICH_NUMBER, Interruption
from voicemock.scoring.model import Metric
from voicemock.speech.fillers import without_fillers
from voicemock.speech.recogniser import CarefulResult
from voicemock.speech.which_number import WhichNumber, is_hesitation, reply_to, which_number
from voicemock.transcript import Sentence, Utterance, join_words, sentences_from_words

Annotate = Callable[[tuple[Sentence, ...]], Annotation]
ASKED_ABOUT = ("result", "target")  # roles of metrics, the weightier first


class AskingBack:
    """Finds the number to ask about, waits for the reply, and remembers what it settled. `tell` hears of that."""

    def __init__(self, annotate: Annotate, phrases: Phrases, tell: Callable[[Settled], None]) -> None:
        self._annotate = annotate
        self._phrases = phrases
        self._tell = tell
        self._asked: WhichNumber | None = None  # until there is a reply, or the answer goes on
        self._asked_at = 0.0
        self.settled: Settled | None = None

    @property
    def stretches(self) -> tuple[tuple[float, float], ...]:
        """Where the reply lies, which is no part of the answer."""
        return () if self.settled is None else ((self.settled.start, self.settled.end),)

    def question(self, heard: CarefulResult, t: float) -> Interruption | None:
        """What to ask at floor time `t`, by what the careful pass made of the answer; None where all is clear."""
        doubts = [asked for doubt in heard.doubts if (asked := which_number(doubt)) is not None]
        if not doubts:
            return None
        sentences = sentences_from_words(without_fillers(heard.words))
        for metric in self._leant_on(sentences):
            for asked in doubts:
                if is_open(asked.doubt, metric, sentences[metric.sentence]):
                    self._asked, self._asked_at = asked, t
                    return Interruption(WHICH_NUMBER, metric.sentence, metric.text, self._worded(asked), t)
        return None

    def waits(self, spoken: Utterance) -> bool:
        """Whether this may be the reply."""
        return self._asked is not None and spoken.start >= self._asked_at

    def after_reply(self, spoken: Utterance) -> Utterance | None:
        """What of an utterance comes after the reply with which it begins; None where it has no reply."""
        if self._asked is None or not self.waits(spoken) or is_hesitation(spoken.words):
            return None
        asked, self._asked = self._asked, None
        reply = reply_to(asked, spoken.words)
        if reply is None:
            return None
        said, rest = spoken.words[: reply.words], spoken.words[reply.words :]
        end = rest[0].start if rest else spoken.end
        self.settled = Settled(asked.doubt, join_words(said), spoken.start, end, reply.number)
        self._tell(self.settled)
        return replace(spoken, start=end, words=rest, readings=())

    def _leant_on(self, sentences: tuple[Sentence, ...]) -> Iterator[Metric]:
        """The results and then the goals, the latest first."""
        metrics = self._annotate(sentences).metrics
        for role in ASKED_ABOUT:
            yield from (metric for metric in reversed(metrics) if metric.role == role)

    def _worded(self, asked: WhichNumber) -> str:
        first, second = asked.spoken
        return self._phrases.questions(WHICH_NUMBER, {"first": first, "second": second})[0]
