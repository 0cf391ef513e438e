"""Words for numbers, times and names, the same wherever a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from voicemock.rounds import CANDIDATE_QUESTIONS, PRINCIPLES, ROUNDS, round_of
from voicemock.scoring.model import Metric

STAR_NAMES = {"S": "Situation", "T": "Task", "A": "Action", "R": "Result", "L": "Learning", "O": "Other"}
REASONS = {
    "silence": "ended by silence",
    "key": "ended by key",
    "voice": "ended by voice",
    "cap": "cut off at the cap",
    "end-of-file": "ended with the recording",
    "device": "ended because the microphone was lost",
    "skip": "skipped",
}
CUSTOMER = {
    "direct": "spoke to or watched customers",
    "indirect": "customers through tickets, surveys or data only",
    "none": "no customer in it",
}
MINUS = "−"


def clock(time_s: float | None) -> str:
    """0:07, 12:30, 1:05:00; empty where no time is known."""
    if time_s is None:
        return ""
    minutes, seconds = divmod(int(time_s), 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def local_time(stored: str) -> str:
    """2026-04-01 09:30 where the reader is. Times are stored in UTC."""
    try:
        return datetime.fromisoformat(stored).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return stored  # no time, as a damaged row may say


def local_day(stored: str) -> str:
    """2026-04-01."""
    return local_time(stored)[:10]


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def times_words(count: int) -> str:
    """twice, three times."""
    spelled = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}
    return spelled.get(count, f"{count} times")


def number(value: float) -> str:
    """12, 1.8, 2,400,000: no more digits than the value has, nor more than three after the point."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def round_title(slug: str) -> str:
    known = slug in ROUNDS or slug == CANDIDATE_QUESTIONS
    return round_of(slug).title if known else slug.replace("-", " ").capitalize()


def principle_title(slug: str) -> str:
    return PRINCIPLES[slug].title if slug in PRINCIPLES else slug.replace("-", " ").capitalize()


def name_of(key: str) -> str:
    """A dimension's or framework part's key as words."""
    return key.replace("_", " ").replace("-", " ")


def metric_words(metric: Metric) -> str:
    """What the numbers come to: "12 → 1.8 s, −85 %, over six weeks, hedged"; empty where none was parsed."""
    if metric.unit in ("USD", "$"):
        return _joined(metric, money, "")
    return _joined(metric, number, f" {metric.unit}" if metric.unit else "")


def money(dollars: float) -> str:
    """$950, $40k, $2.4M, $1.2B."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(dollars) >= size:
            return f"${number(round(dollars / size, 2))}{letter}"
    return f"${number(dollars)}"


def _joined(metric: Metric, shown: Callable[[float], str], unit: str) -> str:
    parts = []
    if metric.before is not None and metric.after is not None:
        parts.append(f"{shown(metric.before)} → {shown(metric.after)}{unit}")
    elif (value := metric.after if metric.after is not None else metric.before) is not None:
        parts.append(f"{shown(value)}{unit}")
    if metric.change_pct is not None:
        parts.append(f"{'+' if metric.change_pct > 0 else ''}{number(round(metric.change_pct, 1))} %")
    if metric.period:
        parts.append(metric.period)
    if metric.hedged:
        parts.append("hedged")
    return ", ".join(parts)


def span(of: Sequence[float]) -> str:
    """110–170."""
    return f"{of[0]:g}–{of[1]:g}"


def target_words(target_s: Sequence[float]) -> str:
    """1:30 to 2:10."""
    return f"{clock(target_s[0])} to {clock(target_s[1])}"


def seconds_words(time_s: float) -> str:
    return f"{round(time_s)} s" if time_s >= 1 else f"{time_s:.1f} s"
