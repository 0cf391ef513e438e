"""What an interviewer has heard: an answer and what it scored. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from voicemock.scoring.model import Score


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer and its score."""

    answer_id: str
    round: str
    principle: str | None
    score: Score
    prepared: tuple[str, ...] = ()  # what the candidate wanted to ask

    @property
    def overall(self) -> float | None:
        return self.score.overall
