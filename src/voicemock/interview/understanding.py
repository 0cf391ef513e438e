"""What was said so far, and what it means to the turn. Pure but for what it remembers."""

from __future__ import annotations

from voicemock.interview import moves
from voicemock.interview.asking_back import Annotate, AskingBack
from voicemock.speech.requests import Request
from voicemock.speech.spoken import apart
from voicemock.transcript import Utterance, join_words, sentences_from_words


class Understanding:
    """Utterance by utterance, in order. It may take a while: it is asked beside the recording."""

    def __init__(self, annotate: Annotate, asking_back: AskingBack | None = None) -> None:
        self._annotate = annotate
        self._asking_back = asking_back
        self._said: list[Utterance] = []
        self.asked: list[tuple[Request, tuple[float, float]]] = []  # requests that were a whole utterance

    def of(self, spoken: Utterance, partial: bool) -> tuple[moves.Event, ...]:
        """What an utterance tells the turn; `partial` says that it is still being spoken, and the whole follows."""
        asking = self._asking_back
        if partial and asking is not None and asking.waits(spoken):
            return ()  # it may be the reply
        if partial:
            return self._heard(spoken, unfinished=True)
        rest, request = apart(spoken, self._said[-1].text if self._said else "")
        events: tuple[moves.Event, ...] = ()
        if request is None and asking is not None and (after := asking.after_reply(rest)) is not None:
            rest, events = after, (moves.Replied(),)
        if rest.words:
            self._said.append(rest)
            events = (*events, *self._heard())
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
