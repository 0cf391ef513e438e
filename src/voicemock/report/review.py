"""The one review object that every renderer reads, built from the rows of the store.

Times are seconds of floor time, which are also positions in the answer's WAV: the clock and the recorder both
stand while the interviewer speaks. Whatever an older or an interrupted session lacks is None or empty, never
made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from voicemock.coaching.left_out import DraftComparison
from voicemock.mind.written import Written
from voicemock.packs.exhibits import Exhibit
from voicemock.report.debrief import Debrief
from voicemock.report.sentences import SentenceReview
from voicemock.rounds import ROUNDS
from voicemock.scoring.model import Score


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in the answer at `t`.

    `text` is the question of an interruption or a planned probe; `answered` is None where nobody judged it.
    """

    type: Literal["interrupt", "probe", "warning", "cap"]
    t: float
    text: str = ""
    kind: str = ""
    after: str = ""
    latency_s: float | None = None
    remaining_s: float | None = None
    answered: bool | None = None
    answered_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of sound with something to say about it: a pause, or speech that was not understood."""

    start: float
    end: float
    text: str = ""

    @property
    def length_s(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class AnswerReview:
    """One answer; `audio` is None where the file is gone, `score` None where it was never scored.

    `written` is what a mind wrote about it; its words are in the score here, whose numbers are the rubric's. `minded`:
    some of what was asked or is shown here is in a mind's words.
    `audio_name` is the file's place in the recordings folder, whether it is there or not. `broken_off`: the session
    was stopped in it; `recovered`: a crash had cut it short. `self_rating` is the candidate's own mark, given before
    they saw the score. `drafted` is what became of the draft that it was told from. `repeats` are
    groups of sentences that say the same, by number.
    """

    id: str
    number: int
    question: str
    round: str
    principle: str | None
    exhibit: Exhibit | None
    audio: Path | None
    audio_name: str
    started_at: str
    floor_time_s: float
    reason: str | None
    complete: bool
    broken_off: bool
    recovered: bool
    corrected: bool
    sentences: tuple[SentenceReview, ...]
    moments: tuple[Moment, ...]
    pauses: tuple[Stretch, ...]
    unclear: tuple[Stretch, ...]
    score: Score | None
    written: Written | None = None
    minded: bool = False
    question_id: str = ""
    self_rating: float | None = None
    drafted: DraftComparison | None = None
    repeats: tuple[tuple[int, ...], ...] = ()

    @property
    def interrupts(self) -> tuple[Moment, ...]:
        return tuple(moment for moment in self.moments if moment.type == "interrupt")

    @property
    def spoken_s(self) -> float:
        """How long the candidate spoke, as scored: without what came before, after and apart from the answer."""
        return self.score.floor_time_s if self.score and self.score.floor_time_s else self.floor_time_s

    @property
    def cap_s(self) -> float | None:
        return float(ROUNDS[self.round].cap_s) if self.round in ROUNDS else None

    @property
    def target_s(self) -> tuple[int, int] | None:
        return ROUNDS[self.round].target_s if self.round in ROUNDS else None

    def quote(self, sentence: int | None) -> SentenceReview | None:
        """The sentence of that number, if there is one."""
        if sentence is None or not 0 <= sentence < len(self.sentences):
            return None
        return self.sentences[sentence]


@dataclass(frozen=True, slots=True)
class SessionReview:
    """A session and its answers; times are ISO 8601, UTC."""

    id: str
    mode: str
    started_at: str
    ended_at: str | None
    settings: Mapping[str, Any]
    answers: tuple[AnswerReview, ...]
    debrief: Debrief | None
