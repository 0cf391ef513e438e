"""When the interviewer cuts in, and with which kind of question (rubric section 7). Pure: findings in,
decision out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from voicemock.rounds import ROUNDS
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.framework import FRAMEWORK
from voicemock.scoring.gaps.story import STORY, Gap
from voicemock.scoring.gaps.supplied import supplied
from voicemock.scoring.model import Answer, CutIn

Style = Literal["none", "polite", "bar-raiser", "debrief"]

QUIET_START_S = 10.0  # nobody is cut off in the first seconds
BAR_RAISER_EVERY_S = 20.0
POLITE_LIMIT = 2  # an answer
RESULT_DUE_BEFORE_CAP_S = 30.0  # 150 s of 180
SPEECH_RATE_WPS = 2.3  # words a second of an answer whose times are not known


@dataclass(frozen=True, slots=True)
class Interruption:
    """A cut-in. `trigger` are the words it comes after, verbatim; `quote` and `metric` fill the wording, or
    are empty.

    `at` is the floor time in seconds at which it was decided.
    """

    kind: str
    after_sentence: int
    trigger: str
    quote: str = ""
    metric: str = ""
    at: float = 0.0


def next_interruption(
    annotation: Annotation,
    asked: Sequence[Interruption],
    style: Style,
    round: str,
    floor_time_s: float,
    in_pause: bool,
) -> Interruption | None:
    """What to ask now, or None. `asked` are the interruptions of this answer so far."""
    if not annotation.sentences or not may_speak(asked, style, floor_time_s, in_pause):
        return None
    kinds = set() if style == "debrief" else {past.kind for past in asked}
    gap = next((g for g in open_gaps(annotation, round, floor_time_s) if g.kind not in kinds), None)
    if gap is None:
        return None
    here = len(annotation.sentences) - 1
    return Interruption(gap.kind, here, annotation.sentences[here], gap.quote, gap.metric, floor_time_s)


def may_speak(asked: Sequence[Interruption], style: Style, floor_time_s: float, in_pause: bool) -> bool:
    """Whether the style lets the interviewer in at this moment, whatever there is to ask."""
    if style == "debrief":
        return True
    if style == "none" or floor_time_s < QUIET_START_S:
        return False
    if style == "polite":
        return in_pause and len(asked) < POLITE_LIMIT
    return not asked or floor_time_s - asked[-1].at >= BAR_RAISER_EVERY_S


def open_gaps(annotation: Annotation, round: str, floor_time_s: float) -> Iterable[Gap]:
    """The gaps that are open after the last sentence, sharpest first."""
    told = "R" in (annotation.star or ())
    if annotation.is_story and not told and floor_time_s >= ROUNDS[round].cap_s - RESULT_DUE_BEFORE_CAP_S:
        yield Gap("result-now")
    detectors = STORY if annotation.is_story else FRAMEWORK.get(annotation.framework_name or "", ())
    for detector in detectors:
        gap = detector(annotation)
        if gap is not None:
            yield gap


def answered(before: Annotation, after: Annotation, kind: str) -> bool:
    """Whether what `kind` asks for was supplied between two states of the same answer."""
    return supplied(before, after, kind)


Wording = Callable[..., str]


def plain_wording(kind: str, index: int = 0, **fields: str) -> str:
    """A wording for where no phrases are loaded; `voicemock.packs.phrases` has the real ones, several a kind."""
    del index  # one wording a kind is all there is here
    name, quote = kind.replace("-", " ").capitalize(), fields.get("quote", "")
    return f'{name}: you said "{quote}".' if quote else f"{name}?"


def cut_ins(answer: Answer, annotation: Annotation, wording: Wording = plain_wording) -> tuple[CutIn, ...]:
    """Where the bar raiser cuts in on a whole answer, by the policy that runs live, sentence after sentence."""
    asked: list[Interruption] = []
    out: list[CutIn] = []
    for count, heard_at in enumerate(sentence_ends(answer), start=1):
        so_far = annotation.until(count)
        found = next_interruption(so_far, asked, "bar-raiser", answer.round, heard_at, in_pause=True)
        if found is not None:
            asked.append(found)
            question = wording(found.kind, len(out), quote=found.quote, metric=found.metric)
            out.append(CutIn(found.after_sentence, found.kind, question))
    return tuple(out)


def sentence_ends(answer: Answer) -> list[float]:
    """When each sentence ends, in seconds; from the words at a usual rate where no times are known."""
    ends: list[float] = []
    spoken = 0.0
    words = sum(len(s.text.split()) for s in answer.sentences)
    rate = words / answer.floor_time_s if answer.floor_time_s and words else SPEECH_RATE_WPS
    for sentence in answer.sentences:
        spoken += len(sentence.text.split())
        ends.append(sentence.end if sentence.end is not None else spoken / rate)
    return ends
