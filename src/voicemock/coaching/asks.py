"""What the candidate wants to ask the interviewers: which for whom, and which of them were asked (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicemock.errors import UsageProblem
from voicemock.rounds import ROUNDS
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.rubric.own_questions import PREPARED
from voicemock.terminal.printable import printable

# Cosine from which a sentence asks a prepared question. Measured on 16 questions of prompts/asks.yaml said in other
# words: each is nearest to its own, 0.70 and above; two different ones of that file lie at 0.68 and below.
ASKED = 0.69
LONGEST = 300  # characters


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to an interviewer; `round` is None where it suits any of them. `id` is a1, a2, …; `place` says where
    it stands among the others, None for where it was written down.
    """

    id: str
    text: str
    round: str | None = None
    place: int | None = None

    def as_body(self) -> dict[str, Any]:
        """As it is told: the order says the place."""
        return {"text": self.text, "round": self.round}


def told_text(text: str) -> str:
    """A question as somebody wrote it, fit to be kept. Raises UsageProblem for what is none."""
    said = printable(" ".join(text.split()))
    if not said or len(said) > LONGEST:
        raise UsageProblem("that is no question to ask", f"it has 1 to {LONGEST} characters")
    return said


def read_ask(key: str, body: Mapping[str, Any]) -> Ask:
    """From a note. Raises ValueError or KeyError where it is not as it was written."""
    text, round, place = body["text"], body["round"], body.get("place")
    if not isinstance(text, str) or not text or (round is not None and round not in ROUNDS):
        raise ValueError(f"{text!r} for {round!r} is nothing to ask")
    if place is not None and not isinstance(place, int):
        raise ValueError(f"{place!r} is no place")
    return Ask(key, text, round, place)


def for_interviewer(
    rounds: Sequence[str], kept: Iterable[Ask], suggested: Mapping[str, Sequence[str]], turn: int = 0
) -> tuple[str, ...]:
    """What to ask whoever held these rounds: one's own for them, then those for anybody, three in all; what is missing
    is suggested, others each `turn`.
    """
    own = list(kept)
    texts = [ask.text for ask in own if ask.round in rounds] + [ask.text for ask in own if ask.round is None]
    for round in rounds:
        more = list(suggested.get(round, ()))
        place = turn % len(more) if more else 0
        texts += [text for text in (*more[place:], *more[:place]) if text not in texts]
    return tuple(texts[:PREPARED])


def short_of(kept: Sequence[Ask]) -> tuple[str, ...]:
    """The rounds for which too few are kept, so that suggestions fill up."""
    anybody = sum(ask.round is None for ask in kept)
    return tuple(slug for slug in ROUNDS if anybody + sum(ask.round == slug for ask in kept) < PREPARED)


def asked_in(said: str, prepared: Sequence[str], encoder: Encoder) -> int | None:
    """Which of the prepared questions a sentence asks: the nearest, where it is near enough."""
    if not prepared or not said.strip():
        return None
    near = encoder.encode(list(prepared)) @ encoder.encode([said])[0]
    best = int(near.argmax())
    return best if float(near[best]) >= ASKED else None
