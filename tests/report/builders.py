"""One synthetic session, stored as a real one is: two answers, everything that a review can show in them."""

from __future__ import annotations

import math
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.scoring.model import Score
from voicemock.store.store import AnswerRow, Store
from voicemock.transcript import Word

SESSION = "20260401-093000"
QUESTION = "Tell me about a time you went beyond your own team's job to fix something for a customer."

# STAR letter, start in seconds, sentence. Words are spread evenly over a sentence's time.
STORY: tuple[tuple[str, float, float, str], ...] = (
    (
        "S",
        0.4,
        6.2,
        "Last spring a bakery owner told me she lost every Saturday order because search took 12 seconds.",
    ),
    ("S", 6.9, 12.0, "We had built that page for desktop, and her whole shop runs on one old phone."),
    ("T", 12.5, 17.3, "Search was not my team's, but I promised her an answer within two weeks."),
    ("A", 18.1, 25.0, "We talked about it a lot in the roadmap meetings and the team was really aligned."),
    ("A", 26.0, 33.5, "I pulled the traces myself and saw that 80% of the wait was one unindexed lookup."),
    ("A", 38.4, 45.0, "I chose an index over a cache, because a stale price costs her more than a slow one."),
    ("A", 45.8, 52.0, "I convinced the platform lead by sitting her next to the bakery owner for a morning."),
    (
        "R",
        53.0,
        61.0,
        "We went from 12 seconds to 1.8 seconds, a 75% improvement, and abandonment fell by 3.2%.",
    ),
    ("R", 61.6, 66.0, "That was about $2.4M more in orders over six weeks, and it was a huge improvement."),
    ("L", 66.8, 72.0, "It taught me that ownership does not stop at the edge of my own backlog."),
)
FLOOR_TIME_S = 75.0


def words(story: Sequence[tuple[str, float, float, str]] = STORY) -> list[Word]:
    spoken = []
    for _, start, end, text in story:
        tokens = text.split()
        step = (end - start) / len(tokens)
        for i, token in enumerate(tokens):
            at = start + i * step
            spoken.append(
                Word(token, round(at, 2), round(at + step * 0.9, 2), 0.45 if token == "unindexed" else 0.95)
            )
    return spoken


def score(**changes: Any) -> Score:
    """The score of `STORY`."""
    return Score.from_dict(score_object(**changes))


def score_object(**changes: Any) -> dict[str, Any]:
    """Its JSON form, of schema 1."""
    return {
        "schema": 1, "source": SESSION, "round": "behavioral", "principle": "ownership", "question": QUESTION,
        "floor_time_s": FLOOR_TIME_S, "words": len(words()), "pace_wpm": 131, "fillers_per_min": 2.1,
        "longest_pause_s": 4.9,
        "sentences": [{"text": text, "start": a, "end": b, "star": star} for star, a, b, text in STORY],
        "star_seconds": {"S": 10.9, "T": 4.8, "A": 27.2, "R": 12.4, "L": 5.2, "O": 0.0},
        "metrics": [
            metric(0, "search took 12 seconds", "baseline", "time", before=12, unit="s"),
            metric(2, "within two weeks", "target", "time", after=2, unit="weeks"),
            metric(4, "80% of the wait", "context", "rate", after=80, unit="%"),
            metric(7, "from 12 seconds to 1.8 seconds", "result", "time", before=12, after=1.8, unit="s",
                   change_pct=-85.0),
            metric(7, "abandonment fell by 3.2%", "result", "rate", change_pct=-3.2),
            metric(8, "about $2.4M more in orders over six weeks", "result", "money", after=2_400_000,
                   unit="USD", period="over six weeks", hedged=True),
        ],
        "inconsistencies": [{"sentence": 7, "said": "75%", "computed": "85%"}],
        "vague": [{"sentence": 8, "text": "huge improvement"}],
        "principles": [
            {"slug": "ownership", "named": True, "demonstrated": True, "evidence": [2, 9]},
            {"slug": "dive-deep", "named": False, "demonstrated": True, "evidence": [4]},
        ],
        "customer": "direct", "framework": None, "metric_depth": 9, "interrupts": [],
        "dimensions": {"structure": 3.4, "metrics": 3.0, "principle": 4.0, "customer": 4.0, "ownership": 3.2,
                       "delivery": None},
        "overall": 3.4, "bar": 3.5, "verdict": "just under the bar",
        "strength": "You quoted the customer in the first sentence and came back to her in the result.",
        "fixes": [
            {"dimension": "metrics", "sentence": 7, "say": "“…from 12 seconds to 1.8, 85 % less waiting.”"},
            {"dimension": "ownership", "sentence": 3, "say": "“I asked the platform lead for one engineer.”"},
            {"dimension": "delivery", "sentence": None, "say": "Name both options before you pause."},
        ],
        "not_scored": None,
        **changes,
    }  # fmt: skip


def metric(sentence: int, text: str, role: str, kind: str, **parts: Any) -> dict[str, Any]:
    empty = {"before": None, "after": None, "unit": None, "change_pct": None, "period": None, "hedged": False}
    return {"sentence": sentence, "text": text, "role": role, "kind": kind, **empty, **parts}


EVENTS: tuple[dict[str, Any], ...] = (
    {"type": "answer_started", "t": 0.0, "answer": f"{SESSION}/1"},
    {"type": "interrupt", "t": 25.4, "kind": "your-part", "question": "What did you do yourself?",
     "after": "the team was really aligned", "latency_s": 0.62},
    {"type": "interrupt", "t": 66.3, "kind": "exact-number", "question": "Measured, or a guess?",
     "after": "a huge improvement", "latency_s": 0.71},
    {"type": "warning", "t": 70.0, "remaining_s": 30.0},
    {"type": "answer_ended", "t": FLOOR_TIME_S, "reason": "silence", "floor_time_s": FLOOR_TIME_S},
)  # fmt: skip
DETAILS: dict[str, Any] = {
    "question": {"id": "own-01", "text": QUESTION},
    "pauses": [[33.5, 38.4], [52.0, 53.0]],
    "unclear": [{"start": 72.4, "end": 73.6, "text": "and beyond", "no_speech": 0.7}],
    "interrupts": [
        {"answered": True, "answered_after_s": 9.1},
        {"answered": False, "answered_after_s": None},
    ],
}
EXHIBIT = {
    "title": "Checkout, last three weeks",
    "chart": "line",
    "query": "SELECT week,\n       COUNT(*) AS visits\nFROM visits\nGROUP BY week",
    "columns": ["Week", "Visits", "Orders"],
    "rows": [["1", "41,200", "1,236"], ["2", "44,900", "1,212"], ["3", "52,300", "1,255"]],
}


def stored_session(
    folder: Path, *, audio_s: float = FLOOR_TIME_S, settings: Mapping[str, Any] | None = None
) -> Store:
    """A store in `folder` with one session: a full story, and an answer too short to be scored."""
    store = Store(folder)
    store.add_session(SESSION, "practice", "2026-04-01T09:30:00+00:00", settings or {"style": "polite"})
    add_answer(store, 1, audio_s=audio_s)
    add_answer(
        store, 2, round="analytical", principle=None, question="What does this table tell you?", reason="key",
        spoken=[Word("No", 0.5, 0.8), Word("idea.", 0.9, 1.3)], floor_time_s=3.0,
        audio_s=min(audio_s, 3.0), events=(),
        details={"question": {"exhibit": EXHIBIT}},
        scored=score(
            overall=None, verdict=None, strength=None, fixes=[], metrics=[], vague=[], principles=[],
            inconsistencies=[], sentences=[{"text": "No idea.", "start": 0.5, "end": 1.3, "star": None}],
            not_scored="under 10 words", floor_time_s=1.3,
        ),
    )  # fmt: skip
    store.end_session(SESSION, "2026-04-01T09:36:00+00:00")
    return store


def add_answer(
    store: Store,
    number: int,
    *,
    session: str = SESSION,
    question: str = QUESTION,
    round: str = "behavioral",
    principle: str | None = "ownership",
    reason: str = "silence",
    floor_time_s: float = FLOOR_TIME_S,
    audio_s: float = 0.0,
    spoken: Sequence[Word] | None = None,
    events: Sequence[Mapping[str, Any]] = EVENTS,
    details: Mapping[str, Any] = DETAILS,
    scored: Score | None = None,
) -> str:
    """Store one answer in the order of a real session, and return its id; no WAV where `audio_s` is 0."""
    answer_id, audio = f"{session}/{number}", f"{session}/{number}.wav"
    if audio_s:
        write_tone(store.folder / audio, audio_s)
    store.add_answer(
        AnswerRow(
            answer_id, session, number, "own-01", question, round, principle, audio,
            "2026-04-01T09:30:05+00:00", floor_time_s, reason, False, details,
        )
    )  # fmt: skip
    store.add_words(answer_id, words() if spoken is None else spoken)
    store.add_events(session, answer_id, events)
    store.add_score(answer_id, scored or score())
    store.mark_complete(answer_id)
    return answer_id


def write_tone(path: Path, duration_s: float, rate: int = 16_000) -> None:
    """A quiet tone of 220 Hz, 16-bit mono."""
    path.parent.mkdir(parents=True, exist_ok=True)
    times = np.arange(round(duration_s * rate)) / rate
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.sin(times * 220 * 2 * math.pi) * 3_000).astype(np.int16).tobytes())
