"""An answer as subtitles of its recording: SRT for players, VTT for browsers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from voicemock.report.review import AnswerReview
from voicemock.report.sentences import SentenceReview, Token

LINE_CHARACTERS = 42  # what subtitle guidelines give a line
CUE_CHARACTERS = 2 * LINE_CHARACTERS


@dataclass(frozen=True, slots=True)
class Cue:
    start: float
    end: float
    text: str


def srt(answer: AnswerReview) -> str:
    """SubRip. It knows no escaping, so an arrow in the text, which would read as a time line, is respelt."""
    return "\n".join(
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{cue.text.replace('-->', '→')}\n"
        for number, cue in enumerate(cues(answer), start=1)
    )


def vtt(answer: AnswerReview) -> str:
    """WebVTT, in which the text is escaped. A note says what `score` needs to read it back as this answer."""
    parts = ["WEBVTT\n", f"NOTE voicemock {_note(answer)}\n"]
    for cue in cues(answer):
        text = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n{text}\n")
    return "\n".join(parts)


def _note(answer: AnswerReview) -> str:
    score = answer.score
    note = {
        "round": answer.round,
        "principle": answer.principle,
        "question": answer.question,
        "analytical_type": score.analytical_type if score else None,
        "floor_time_s": score.floor_time_s if score and score.floor_time_s else answer.floor_time_s,
        "pauses": [[pause.start, pause.end] for pause in answer.pauses],
    }
    return json.dumps(note).replace("-->", "--\\u003e")  # an arrow would begin a cue


def cues(answer: AnswerReview) -> Iterator[Cue]:
    """At most two lines a cue, never across a sentence's end; words without times are left out."""
    for sentence in answer.sentences:
        for tokens in _runs(sentence):
            first, last = tokens[0], tokens[-1]
            if first.start is not None and last.end is not None:
                yield Cue(first.start, max(last.end, first.start + 0.001), _two_lines(tokens))


def _runs(sentence: SentenceReview) -> Iterator[list[Token]]:
    """The sentence's timed words in as few runs as fit a cue, about equally long."""
    tokens = [token for token in sentence.tokens if token.start is not None]
    length = sum(len(token.text) + 1 for token in tokens)
    share = length / max(1, -(-length // CUE_CHARACTERS))
    runs: dict[int, list[Token]] = {}
    used = 0
    for token in tokens:
        runs.setdefault(int((used + len(token.text) / 2) / share), []).append(token)
        used += len(token.text) + 1
    yield from runs.values()


def _two_lines(tokens: list[Token]) -> str:
    text = " ".join(token.text for token in tokens)
    if len(text) <= LINE_CHARACTERS:
        return text
    middle = text.rfind(" ", 0, len(text) // 2 + 1)
    return text if middle < 0 else f"{text[:middle]}\n{text[middle + 1 :]}"


def _time(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    return (
        f"{minutes // 60:02d}:{minutes % 60:02d}:{milliseconds // 1000:02d}{point}{milliseconds % 1000:03d}"
    )
