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
from voicemock.speech.which_number import (
    SHORT_REPLY,
    Reply,
    WhichNumber,
    is_hesitation,
    reply_to,
    which_number,
)
from voicemock.transcript import Sentence, Utterance, Word, join_words, sentences_from_words

Annotate = Callable[[tuple[Sentence, ...]], Annotation]
ASKED_ABOUT = ("result", "target")  # roles of metrics, the weightier first


class AskingBack:
    """Finds the number to ask about, waits for the reply, and remembers what it settled."""

    def __init__(self, annotate: Annotate, phrases: Phrases) -> None:
        self._annotate = annotate
        self._phrases = phrases
        self._asked: WhichNumber | None = None  # until there is a reply, or the answer goes on
        self._asked_at = 0.0
        self.settled: Settled | None = None

    @property
    def stretches(self) -> tuple[tuple[float, float], ...]:
        """Where the reply lies, which is no part of the answer."""
        return () if self.settled is None else ((self.settled.start, self.settled.end),)

    @property
    def choices(self) -> tuple[str, ...]:
        """What the reply may be, written as the recogniser writes it."""
        return () if self._asked is None else (f"{self._asked.doubt.heard}.", f"{self._asked.reading}.")

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
        asked = self._asked
        if asked is None or not self.waits(spoken) or (spoken.words and is_hesitation(spoken.words)):
            return None
        reply, said = reply_to(asked, spoken.words), spoken.words
        if reply is None and len(said) <= SHORT_REPLY:
            reply, said = _read_as_reply(asked, spoken)
        if spoken.words or reply is not None:
            self._asked = None  # whatever was said, it was said to this question or goes on with the answer
        if reply is None:
            return None
        text, rest = join_words(said[: reply.words]), said[reply.words :]
        end = rest[0].start if rest else spoken.end
        self.settled = Settled(asked.doubt, text, spoken.start, end, reply.number)
        return replace(spoken, start=end, words=rest, readings=())

    def _leant_on(self, sentences: tuple[Sentence, ...]) -> Iterator[Metric]:
        """The results and then the goals, the latest first."""
        metrics = self._annotate(sentences).metrics
        for role in ASKED_ABOUT:
            yield from (metric for metric in reversed(metrics) if metric.role == role)

    def _worded(self, asked: WhichNumber) -> str:
        first, second = asked.spoken
        return self._phrases.questions(WHICH_NUMBER, {"first": first, "second": second})[0]


def _read_as_reply(asked: WhichNumber, spoken: Utterance) -> tuple[Reply | None, tuple[Word, ...]]:
    """The first of the utterance's other readings that is one of the numbers and nothing else."""
    for reading in spoken.readings:
        words = tuple(Word(text, spoken.start, spoken.end) for text in reading.split())
        reply = reply_to(asked, words)
        if reply is not None and reply.number is not None and reply.words == len(words):
            return reply, words
    return None, ()
