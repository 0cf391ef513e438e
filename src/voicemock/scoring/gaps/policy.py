"""When the interviewer cuts in, and with which kind of question (rubric section 7). Pure: findings in,
decision out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from voicemock.rounds import ROUNDS
from voicemock.scoring.feedback.closed import closes_question
from voicemock.scoring.feedback.gate import first_that_passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.framework import FRAMEWORK
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.story import STORY, result_now
from voicemock.scoring.model import Answer, CutIn

Style = Literal["none", "polite", "bar-raiser", "debrief"]

QUIET_START_S = 10.0  # nobody is cut off in the first seconds
BAR_RAISER_EVERY_S = 20.0
POLITE_LIMIT = 2  # an answer
RESULT_DUE_BEFORE_CAP_S = 30.0  # 150 s of 180
WHICH_NUMBER = (
    "which-number"  # the kind of "Nineteen or ninety?", asked where the ear was unsure, not the answer
)
SPEECH_RATE_WPS = 2.3  # words a second of an answer whose times are not known


# All wordings of a kind that these fields can fill, the best first; `turn` is how much was said before them.
Wording = Callable[[str, Mapping[str, str], int], Sequence[str]]


def plain_wording(kind: str, fields: Mapping[str, str], turn: int = 0) -> Sequence[str]:
    """A wording for where no phrases are loaded; `voicemock.packs.phrases` has the real ones, several a kind."""
    del fields, turn  # one wording a kind is all there is here
    return (f"Could you say more on the {kind.replace('-', ' ')}?",)


@dataclass(frozen=True, slots=True)
class Interruption:
    """A cut-in. `trigger` are the words it comes after, verbatim, `question` what is said, finished.

    `at` is the floor time in seconds at which it was decided.
    """

    kind: str
    after_sentence: int
    trigger: str
    question: str = ""
    at: float = 0.0


def next_interruption(
    annotation: Annotation,
    asked: Sequence[Interruption],
    style: Style,
    round: str,
    floor_time_s: float,
    in_pause: bool,
    wording: Wording = plain_wording,
    said: Sequence[str] = (),
) -> Interruption | None:
    """What to ask now, or None. `asked` are the interruptions of this answer so far, `said` what the interviewer said
    in this session before.
    """
    if not annotation.sentences or not may_speak(asked, style, floor_time_s, in_pause):
        return None
    told = Material(annotation, annotation.question, cutting_in=True)
    kinds = set() if style == "debrief" else {past.kind for past in asked}
    here = len(annotation.sentences) - 1
    before = (*said, *(past.question for past in asked))
    for gap in open_gaps(annotation, round, floor_time_s, told):
        question = None if gap.kind in kinds else question_for(gap, told, wording, before)
        if question:
            return Interruption(gap.kind, here, annotation.sentences[here], question, floor_time_s)
    return None


def question_for(gap: Gap, told: Material, wording: Wording, said: Sequence[str]) -> str | None:
    """What to ask about a gap; None where it can't be said, or where the answer closes it in other words."""
    question = worded(gap, told, wording, said)  # first: what closes it takes longer to find
    return question if question and not closes_question(gap.kind, told) else None


def worded(gap: Gap, told: Material, wording: Wording, said: Sequence[str]) -> str | None:
    """The first wording that may be said here, those that hold most of the candidate's words first."""
    turn = len(said) + crc32(told.sentences[-1].encode())
    return first_that_passes(wording(gap.kind, gap.known, turn), told, said)


def may_speak(asked: Sequence[Interruption], style: Style, floor_time_s: float, in_pause: bool) -> bool:
    """Whether the style lets the interviewer in at this moment, whatever there is to ask."""
    if style == "debrief":
        return True
    if style == "none" or floor_time_s < QUIET_START_S:
        return False
    if style == "polite":
        return in_pause and len(asked) < POLITE_LIMIT
    return not asked or floor_time_s - asked[-1].at >= BAR_RAISER_EVERY_S


def may_ask_which_number(asked: Sequence[Interruption], style: Style) -> bool:
    """Once an answer; not one of the cut-ins that a style allows, since nothing is missing from the answer."""
    return style != "none" and all(past.kind != WHICH_NUMBER for past in asked)


def open_gaps(
    annotation: Annotation, round: str, floor_time_s: float, told: Material | None = None
) -> Iterable[Gap]:
    """The gaps that are open after the last sentence, sharpest first."""
    told = told or Material(annotation, annotation.question, cutting_in=True)
    if floor_time_s >= ROUNDS[round].cap_s - RESULT_DUE_BEFORE_CAP_S:
        late = result_now(told)
        if late is not None:
            yield late
    detectors = STORY if annotation.is_story else FRAMEWORK.get(annotation.framework_name or "", ())
    for detector in detectors:
        gap = detector(told)
        if gap is not None:
            yield gap


def cut_ins(answer: Answer, annotation: Annotation, wording: Wording = plain_wording) -> tuple[CutIn, ...]:
    """Where the bar raiser cuts in on a whole answer, by the policy that runs live, sentence after sentence."""
    asked: list[Interruption] = []
    out: list[CutIn] = []
    for count, heard_at in enumerate(sentence_ends(answer), start=1):
        so_far = annotation.until(count)
        found = next_interruption(so_far, asked, "bar-raiser", answer.round, heard_at, True, wording)
        if found is not None:
            asked.append(found)
            out.append(CutIn(found.after_sentence, found.kind, found.question))
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
