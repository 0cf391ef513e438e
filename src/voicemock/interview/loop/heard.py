"""What an interviewer has heard: an answer and what it scored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer and its score object."""

    answer_id: str
    round: str
    principle: str | None
    score: Mapping[str, Any]

    @property
    def overall(self) -> float | None:
        overall: float | None = self.score["overall"]
        return overall
