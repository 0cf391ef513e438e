"""What the candidate wanted to ask, on the screen while it is their turn, and ticked once it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voicemock.coaching.asks import asked_in
from voicemock.interview.events import Event, Listener
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.transcript import sentences_from_text


class Reminder:
    """Listens beside a screen and tells it: an event `asks` with every question and whether it was asked.

    `prepared` is what to ask in each interview.
    """

    def __init__(
        self,
        tell: Listener,
        prepared: Sequence[Sequence[str]],
        encoder: Callable[[], Encoder] = default_encoder,
    ) -> None:
        self._tell = tell
        self._prepared = prepared
        self._encoder = encoder
        self._texts: Sequence[str] = ()
        self._asked: set[int] = set()
        self._interview = 0

    def __call__(self, event: Event) -> None:
        if event.type == "round_started":
            self._interview = event.fields["number"] - 1
        elif event.type == "question_started":
            closes = event.fields["question_id"].startswith(f"{CANDIDATE_QUESTIONS}-")
            self._texts, self._asked = (self._prepared[self._interview] if closes else ()), set()
            if self._texts:
                self._show(event, [])
        elif event.type == "utterance" and self._texts:
            self._tick(event)

    def _tick(self, event: Event) -> None:
        said = sentences_from_text(event.fields["text"])
        found = (
            {asked_in(sentence.text, self._texts, self._encoder()) for sentence in said}
            - {None}
            - self._asked
        )
        new = sorted(place for place in found if place is not None)
        if new:
            self._asked.update(new)
            self._show(event, new)

    def _show(self, event: Event, new: Sequence[int]) -> None:
        asks = [{"text": text, "asked": place in self._asked} for place, text in enumerate(self._texts)]
        fields = {"asks": asks, "new": [self._texts[place] for place in new]}
        self._tell(Event("asks", event.t, event.wall, fields))
