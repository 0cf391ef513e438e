"""Lines asked for ahead, while the candidate speaks, for the gaps that are open; called off when those close.

A cut-in never waits for the mind: when the floor allows one, a line that is there is offered before ours, and the gate
decides as it does for every text. What is not there by then is not said.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import Protocol

from voicemock.errors import MindError
from voicemock.mind.afterwards import figures_of
from voicemock.mind.client import Leash
from voicemock.mind.guard import QUESTION, fault
from voicemock.mind.mind import Mind
from voicemock.mind.prompting import answer_fields, as_data
from voicemock.mind.replies import one_line
from voicemock.packs.phrases import INTERRUPTIONS
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.policy import Wording, open_gaps
from voicemock.scoring.models.encoder import default_encoder
from voicemock.transcript import Sentence

LINE_TOKENS = 60
LINE_S = 8.0  # a line that takes longer is of no use any more
AHEAD = 3  # gaps at a time, the sharpest; a model on the same machine answers one after the other
NO_QUESTION = frozenset({"cap"})  # what is said at the end of the time asks nothing
LEAVE_S = 0.5
# Why a question is in our words.
PREPARED = "it was prepared beforehand"
LATE = "the model's line was not there in time"
FAILED = "the model had failed before"
NOT_ASKED = "the model was not asked for it"

Key = tuple[str, frozenset[tuple[str, str]]]
Annotate = Callable[[tuple[Sentence, ...]], Annotation]


class Aid(Protocol):
    """What words an answer's questions."""

    def wording(self, kind: str, fields: Mapping[str, str], turn: int = 0) -> Sequence[str]: ...

    def hearing(self, annotate: Annotate) -> Annotate:
        """The same reading of what was heard; the aid gets to know it."""

    def by(self, kind: str, question: str) -> Mapping[str, object]:
        """Who worded a question that is being said, for the event that tells of it."""

    def close(self) -> None: ...


class Unaided:
    """The rules alone; `why` is what events say where there is a mind that is not asked."""

    def __init__(self, phrasing: Wording, why: str = "") -> None:
        self._phrasing = phrasing
        self._why = why

    def wording(self, kind: str, fields: Mapping[str, str], turn: int = 0) -> Sequence[str]:
        return self._phrasing(kind, fields, turn)

    def hearing(self, annotate: Annotate) -> Annotate:
        return annotate

    def by(self, _kind: str, _question: str) -> Mapping[str, object]:
        return {"by": "rules", "why": self._why} if self._why else {}

    def close(self) -> None:
        return


@dataclass(frozen=True, slots=True)
class Line:
    """What came of asking: a text, or why there is none; `reply` is what the model said."""

    text: str = ""
    latency_s: float = 0.0
    why_not: str = ""
    reply: str = ""


class Ahead:
    """One answer's lines. Two threads: one finds the gaps of what was heard last, the other asks for their lines.

    `threads` as the desk has it: without, `hearing` asks at once, and the answer waits.
    """

    def __init__(self, mind: Mind, phrasing: Wording, round: str, *, threads: bool = True) -> None:
        self._mind = mind
        self._phrasing = phrasing
        self._round = round
        self._changed = threading.Condition()
        self._latest: Annotation | None = None
        self._told: Material | None = None
        self._gaps: tuple[Gap, ...] = ()
        self._lines: dict[Key, Line] = {}
        self._asking: tuple[Key, Leash] | None = None
        self._tried: set[Key] = set()  # what the mind was asked for
        self._done: set[str] = set()  # kinds that were asked
        self._offered: dict[str, Key] = {}
        self._closed = False
        works = (self._find_gaps, self._ask_for_lines) if threads else ()
        self._threads = [
            threading.Thread(target=self._at_no_risk, args=(each,), name="voicemock-mind", daemon=True)
            for each in works
        ]
        for thread in self._threads:
            thread.start()

    # --- what the interview calls -------------------------------------------------------------------------------

    def hearing(self, annotate: Annotate) -> Annotate:
        def heard(sentences: tuple[Sentence, ...]) -> Annotation:
            annotation = annotate(sentences)
            self._saw(annotation)
            return annotation

        return heard

    def wording(self, kind: str, fields: Mapping[str, str], turn: int = 0) -> Sequence[str]:
        """The mind's line before ours, where it is there."""
        ours = self._phrasing(kind, fields, turn)
        key = _key(kind, fields)
        with self._changed:
            self._offered[kind] = key
            line = self._lines.get(key)
        return (line.text, *ours) if line and line.text else ours

    def by(self, kind: str, question: str) -> Mapping[str, object]:
        with self._changed:
            self._done.add(kind)
            key = self._offered.get(kind)
            line = self._lines.get(key) if key else None
            tried = key in self._tried
        if line is not None and line.text == question:
            return {"by": "mind", "mind_latency_s": line.latency_s}
        if line is None:
            return {"by": "rules", "why": self._no_line(key, tried)}
        return {"by": "rules", "mind_latency_s": line.latency_s, "why": line.why_not or "said before"}

    def _no_line(self, key: Key | None, tried: bool) -> str:
        if key is None:
            return PREPARED
        if tried:
            return LATE
        return FAILED if self._mind.resting else NOT_ASKED

    def close(self) -> None:
        with self._changed:
            self._closed = True
            if self._asking:
                self._asking[1].cancel()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(LEAVE_S)

    # --- the threads --------------------------------------------------------------------------------------------

    def _saw(self, annotation: Annotation) -> None:
        with self._changed:
            self._latest = annotation
            self._changed.notify_all()
        if not self._threads:
            self._open(annotation)
            while todo := self._todo():
                self._ask(*todo)

    def _at_no_risk(self, work: Callable[[], None]) -> None:
        """Whatever goes wrong here is the mind's trouble and never the interview's."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the interview goes on by the rules, and says so
            self._mind.failed(MindError(f"the model's lines can't be made ({type(error).__name__}: {error})"))

    def _find_gaps(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._latest is not None)
                annotation, self._latest = self._latest, None
            if self._closed or annotation is None:
                return
            self._open(annotation)

    def _open(self, annotation: Annotation) -> None:
        """These gaps are open now; a line for another is wanted no more."""
        told = Material(annotation, annotation.question, cutting_in=True)
        gaps = tuple(islice(open_gaps(annotation, self._round, -inf, told), AHEAD)) if told.sentences else ()
        with self._changed:
            self._told, self._gaps = told, gaps
            if self._asking and self._asking[0] not in {_key(gap.kind, gap.known) for gap in gaps}:
                self._asking[1].cancel()
            self._changed.notify_all()

    def _ask_for_lines(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._todo() is not None)
                todo = None if self._closed else self._todo()
            if todo is None:
                return
            self._ask(*todo)

    def _todo(self) -> tuple[Gap, Material] | None:
        """The sharpest open gap that has no line yet."""
        if self._told is None or self._mind.resting:
            return None
        new = (gap for gap in self._gaps if _key(gap.kind, gap.known) not in self._lines)
        gap = next((gap for gap in new if gap.kind not in self._done), None)
        return None if gap is None else (gap, self._told)

    def _ask(self, gap: Gap, told: Material) -> None:
        key, leash = _key(gap.kind, gap.known), Leash()
        with self._changed:
            self._asking = (key, leash)
            self._tried.add(key)
        line = self._line(gap, told, leash)
        with self._changed:
            self._asking = None
            if line is not None:
                self._lines[key] = line

    def _line(self, gap: Gap, told: Material, leash: Leash) -> Line | None:
        """What the mind makes of it; None where it was called off and may be asked again."""
        with self._changed:
            also = {each.kind for each in self._gaps}
        try:
            return line_for(self._mind, gap, told, self._phrasing, also, leash=leash)
        except MindError as error:
            return None if leash.cancelled else Line(why_not=str(error))


def line_for(
    mind: Mind,
    gap: Gap,
    told: Material,
    phrasing: Wording,
    also: Collection[str],
    *,
    limit_s: float = LINE_S,
    leash: Leash | None = None,
) -> Line:
    """The mind's line for a gap, held against ours and against what is asked for kinds that are not open (`also` are).
    Raises MindError.
    """
    ours = phrasing(gap.kind, gap.known, 0)
    fields = {
        **answer_fields(told.sentences, told.question),
        "ours": as_data(ours[0]),
        "figures": figures_of(ours[0]),
    }
    reply = mind.ask("gap", fields, LINE_TOKENS, limit_s, leash)
    text = one_line(reply.text)
    wrong = fault(text, told, ours, QUESTION, others=not_missing(told, gap, phrasing, also))
    return Line("" if wrong else text, reply.latency_s, wrong, text)


def not_missing(told: Material, gap: Gap, phrasing: Wording, also: Collection[str]) -> list[str]:
    """What is asked for kinds that are not open, in the candidate's words as far as they are known."""
    many = told.customers or "customers"
    anybody = {"customers": many, "many": many, "customer": told.customer or "customer"}
    fields = {**anybody, "thing": told.thing or "it", **gap.known}
    return [text for kind in kinds_but(also) for text in phrasing(kind, fields, 0)]


def kinds_but(some: Collection[str]) -> list[str]:
    """The kinds of question that are none of these."""
    return [kind for kind in INTERRUPTIONS if kind not in some and kind not in NO_QUESTION]


def warm_up(phrasing: Wording) -> None:
    """Have our own wordings encoded before anybody speaks: the reading of the answer waits for the encoder too."""
    default_encoder().encode([text for kind in kinds_but(()) for text in phrasing(kind, {}, 0)])


def _key(kind: str, fields: Mapping[str, str]) -> Key:
    return kind, frozenset(fields.items())
