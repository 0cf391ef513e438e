"""What was said so far, and what it means to the turn. Pure but for what it remembers."""

from __future__ import annotations

from collections.abc import Callable

from voicemock.interview import moves
from voicemock.scoring.findings.annotate import Annotation
from voicemock.speech.requests import Request
from voicemock.speech.spoken import apart
from voicemock.transcript import Sentence, Utterance, join_words, sentences_from_words

Annotate = Callable[[tuple[Sentence, ...]], Annotation]


class Understanding:
    """Utterance by utterance, in order. It may take a while: it is asked beside the recording."""

    def __init__(self, annotate: Annotate) -> None:
        self._annotate = annotate
        self._said: list[Utterance] = []
        self.asked: list[tuple[Request, tuple[float, float]]] = []  # requests that were a whole utterance

    def of(self, spoken: Utterance, partial: bool) -> tuple[moves.Event, ...]:
        """What an utterance tells the turn; `partial` says that it is still being spoken, and the whole follows."""
        if partial:
            return self._heard(spoken, unfinished=True)
        rest, request = apart(spoken, self._said[-1].text if self._said else "")
        events: tuple[moves.Event, ...] = ()
        if rest.words:
            self._said.append(rest)
            events = self._heard()
        if request is not None:
            if not rest.words:
                self.asked.append((request, (spoken.start, spoken.end)))
            events = (*events, moves.Asked(request, "voice"))
        return events

    def _heard(self, *more: Utterance, unfinished: bool = False) -> tuple[moves.Event, ...]:
        said = [*self._said, *more]
        words = tuple(word for each in said for word in each.words)
        annotation = self._annotate(sentences_from_words(words))
        heard = moves.Heard(
            join_words(words), annotation, unfinished=unfinished, until=said[-1].end, last_word=words[-1].end
        )
        return (heard,)
