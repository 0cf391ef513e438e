"""Where things lie on an answer's timeline, in percent of its width: the page draws what this says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from voicemock.report.review import AnswerReview, Moment, Stretch
from voicemock.rounds import PACE_WPM, USUAL_PAUSE_S
from voicemock.wording import STAR_NAMES, clock

# An answer this near its cap is drawn against the cap; a shorter one would be squeezed to a stub.
SHOW_CAP_FROM = 0.6
PACE_WINDOW_S = 10.0  # some 20 words: shorter windows show single words, longer ones hide a rush
PACE_STEP_S = 2.0
PACE_TOP_WPM = 240  # the curve's upper edge
HOUR_S = 3600
TICKS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, HOUR_S)
MOST_TICKS = 6  # more labels than this run into each other on a phone
LETTER_FROM = 3.0  # percent: a narrower band has no room for its letter


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the timeline."""

    x: float
    width: float
    label: str
    name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A point in time; `number` counts the interruptions from 1."""

    x: float
    type: str
    label: str
    number: int = 0
    answered: bool | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    length_s: float
    bands: tuple[Band, ...]
    pauses: tuple[Band, ...]
    unclear: tuple[Band, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Line, ...]
    pace: str
    good_pace: tuple[float, float]


def timeline(answer: AnswerReview) -> Timeline | None:
    """The answer's timeline; None where it has no length."""
    said_until = max([answer.floor_time_s, *(s.end or 0.0 for s in answer.sentences)])
    if said_until <= 0:
        return None
    cap = answer.cap_s
    length = max(said_until, cap) if cap and said_until >= SHOW_CAP_FROM * cap else said_until
    return Timeline(
        length_s=length,
        bands=_bands(answer, length),
        pauses=_stretches([p for p in answer.pauses if p.length_s >= USUAL_PAUSE_S], length, "pause"),
        unclear=_stretches(answer.unclear, length, "not understood"),
        lines=_lines(answer, length),
        ticks=_ticks(length),
        pace=pace_path(answer, length),
        good_pace=(_pace_y(PACE_WPM[1]), _pace_y(PACE_WPM[0])),
    )


def _bands(answer: AnswerReview, length: float) -> tuple[Band, ...]:
    """One band for each run of sentences with the same letter; the run lasts until the next one begins."""
    runs: list[list[float | str]] = []
    for sentence in answer.sentences:
        if sentence.star is None or sentence.start is None or sentence.end is None:
            continue
        if runs and runs[-1][2] == sentence.star:
            runs[-1][1] = sentence.end
        else:
            runs.append([sentence.start, sentence.end, sentence.star])
    bands = []
    for start, end, star in runs:
        assert isinstance(start, float | int) and isinstance(end, float | int)
        width = percent(end - start, length)
        name = STAR_NAMES.get(str(star), str(star))
        label = str(star) if width >= LETTER_FROM else ""
        hint = f"{name}, {clock(start)} to {clock(end)}"
        bands.append(Band(percent(start, length), width, label, str(star), hint))
    return tuple(bands)


def _stretches(stretches: Sequence[Stretch], length: float, what: str) -> tuple[Band, ...]:
    return tuple(
        Band(
            percent(each.start, length), percent(each.length_s, length), "",
            hint=f"{what}, {each.length_s:.1f} s at {clock(each.start)}",
        )
        for each in stretches
    )  # fmt: skip


def _lines(answer: AnswerReview, length: float) -> tuple[Line, ...]:
    found = []
    asked = 0
    for moment in answer.moments:
        asked += moment.type == "interrupt"
        found.append(_line(moment, length, asked))
    if answer.cap_s and answer.cap_s <= length and not any(line.type == "cap" for line in found):
        found.append(Line(percent(answer.cap_s, length), "cap", "cap"))
    return tuple(found)


def _line(moment: Moment, length: float, asked: int) -> Line:
    label = {"warning": clock(moment.remaining_s) + " left", "cap": "cap"}.get(moment.type, moment.text)
    number = asked if moment.type == "interrupt" else 0
    return Line(percent(moment.t, length), moment.type, label, number, moment.answered)


def _ticks(length: float) -> tuple[Line, ...]:
    whole_hours = ceil(length / MOST_TICKS / HOUR_S) * HOUR_S
    step = next((step for step in TICKS_S if length / step <= MOST_TICKS), whole_hours)
    return tuple(Line(percent(at, length), "tick", clock(at)) for at in range(0, int(length) + 1, step))


def pace_path(answer: AnswerReview, length: float) -> str:
    """The words a minute around each moment, as an SVG path in a box of 100 by 100; empty without times."""
    starts = [token.start for s in answer.sentences for token in s.tokens if token.start is not None]
    if len(starts) < 2 or answer.floor_time_s < PACE_WINDOW_S:
        return ""
    points = []
    at = 0.0
    while at <= answer.floor_time_s:
        first, last = max(0.0, at - PACE_WINDOW_S / 2), min(answer.floor_time_s, at + PACE_WINDOW_S / 2)
        spoken = sum(first <= start < last for start in starts)
        points.append(f"{percent(at, length):g} {_pace_y(spoken / (last - first) * 60):g}")
        at += PACE_STEP_S
    return "M" + " L".join(points)


def _pace_y(wpm: float) -> float:
    return round(100 - min(wpm, PACE_TOP_WPM) / PACE_TOP_WPM * 100, 1)


def percent(time_s: float, length: float) -> float:
    return round(min(100.0, max(0.0, time_s / length * 100)), 3)
