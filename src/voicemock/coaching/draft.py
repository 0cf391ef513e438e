"""A story drafted by its parts, and what the scorer reads in it as it stands (pure).

The draft is read as if it were said: its parts in order, each sentence at the candidate's own pace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from voicemock.coaching.draft_marks import Mark, marks_of
from voicemock.rounds import BAR, PRINCIPLES, ROUNDS
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.annotate import is_brief
from voicemock.scoring.model import Answer, Score
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.rubric.delivery import word_count
from voicemock.transcript import Sentence, sentences_from_text
from voicemock.wording import counted

USUAL_WPM = 150.0  # of somebody who has stored no answer yet: the middle of what is easy to follow
PACES_TAKEN = (60.0, 300.0)  # a pace outside is a recording that went wrong
PART_CHARACTERS = 2_000  # of one part: over two minutes of speech, as long as the whole story should take
TITLE_CHARACTERS = 120
QUESTION_CHARACTERS = 1_000
ROUND = "behavioral"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a story; `hint` says what belongs in it."""

    key: str
    title: str
    hint: str


PARTS = (
    Part("hook", "Hook", "One or two sentences: a customer, and what hurt."),
    Part("task", "Task", "What you had to reach, and by when."),
    Part("action-1", "Action 1", "How you found out what was wrong."),
    Part("action-2", "Action 2", "What you chose, over what, and why."),
    Part("action-3", "Action 3", "What you did to bring it home, and whom you had to convince."),
    Part("result", "Result", "From what to what, within how long."),
    Part("link", "Link", "What you learned, and the principle that it shows."),
)
KEYS = tuple(part.key for part in PARTS)
ACTIONS = tuple(key for key in KEYS if key.startswith("action"))
_OPTIONAL = frozenset({"action-3"})  # two steps make a story too


@dataclass(frozen=True, slots=True)
class Draft:
    """A story by its parts. `id` is empty until it is kept; a part that is not in `parts` has no text yet."""

    id: str = ""
    title: str = ""
    principle: str | None = None
    question: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return self.parts.get(key, "")

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to keep."""
        return not (self.title or any(self.parts.values()))

    def as_dict(self) -> dict[str, Any]:
        """What is kept of it, without its id."""
        return {
            "title": self.title,
            "principle": self.principle,
            "question": self.question,
            "parts": {key: self.text(key) for key in KEYS if self.text(key)},
        }

    @staticmethod
    def from_dict(stored: Mapping[str, Any], id: str = "") -> Draft:
        """The draft of what `as_dict` gave. Raises ValueError where that is something else."""
        parts, principle = stored.get("parts", {}), stored.get("principle")
        texts = (
            stored.get("title", ""),
            stored.get("question", ""),
            *([] if principle is None else [principle]),
        )
        if not isinstance(parts, Mapping) or not all(
            isinstance(text, str) for text in (*texts, *parts.values())
        ):
            raise ValueError("a draft that is no text")
        if principle is not None and principle not in PRINCIPLES:
            raise ValueError(f"a draft for the principle {principle!r}")
        return tidied(Draft(id, texts[0], principle, texts[1], parts))


def too_long(draft: Draft) -> dict[str, int]:
    """By how many characters a field is longer than what is kept of it, by its key."""
    lengths = {
        "title": len(" ".join(draft.title.split())) - TITLE_CHARACTERS,
        "question": len(" ".join(draft.question.split())) - QUESTION_CHARACTERS,
        **{key: len(draft.text(key).strip()) - PART_CHARACTERS for key in KEYS},
    }
    return {key: over for key, over in lengths.items() if over > 0}


def tidied(draft: Draft) -> Draft:
    """The draft without blanks around its texts, without parts that no story has, each no longer than it may be."""
    kept = {key: draft.text(key).strip()[:PART_CHARACTERS].strip() for key in KEYS}
    return replace(
        draft,
        title=" ".join(draft.title.split())[:TITLE_CHARACTERS].strip(),
        question=" ".join(draft.question.split())[:QUESTION_CHARACTERS].strip(),
        parts={key: text for key, text in kept.items() if text},
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """Words a minute: the candidate's own where `answers`, how many it was taken from, is not 0."""

    wpm: float = USUAL_WPM
    answers: int = 0

    def seconds(self, words: int) -> float:
        return words * 60 / self.wpm

    @property
    def brief(self) -> str:
        """150 words a minute, the usual pace."""
        return f"{self.wpm:.0f} words a minute, {'your own' if self.answers else 'the usual'} pace"

    @property
    def said(self) -> str:
        """The same with what it rests on."""
        if not self.answers:
            return f"{self.brief}: none of your answers is stored yet"
        return f"{self.brief}: the median of {counted(self.answers, 'stored answer')}"


def own_pace(paces: Iterable[float | None]) -> Pace:
    """The pace of somebody whose stored answers had these."""
    low, high = PACES_TAKEN
    usable = [pace for pace in paces if pace is not None and low <= pace <= high]
    return Pace(round(median(usable), 1), len(usable)) if usable else Pace()


@dataclass(frozen=True, slots=True)
class PartCheck:
    """One part with the time that it takes to say."""

    key: str
    title: str
    text: str
    words: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """What is read in a draft. `missing` are what it still needs, in words; `overall` is None where too little is there
    to score, and `not_scored` says why; `fixes` are what the scorer would have it say instead.
    """

    parts: tuple[PartCheck, ...]
    words: int
    seconds: float
    target_s: tuple[int, int]
    pace: Pace
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]
    overall: float | None
    bar: float
    verdict: str | None
    not_scored: str | None
    fixes: tuple[str, ...]
    brief: bool = False  # so little is written that what isn't there is not held against it

    @property
    def length(self) -> str:
        """ "short", "good" or "long", against the target."""
        low, high = self.target_s
        seconds = round(self.seconds)
        return "short" if seconds < low else "long" if seconds > high else "good"


def target() -> tuple[int, int]:
    """How long a good story is, in seconds."""
    target_s = ROUNDS[ROUND].target_s
    assert target_s is not None
    return target_s


def sentences_of(draft: Draft, pace: Pace) -> tuple[tuple[str, Sentence], ...]:
    """The sentences of the draft as they would be said, one after the other, each with the part that it is of."""
    said, at = [], 0.0
    for key in KEYS:
        for sentence in sentences_from_text(draft.text(key)):
            end = at + pace.seconds(word_count(sentence.text))
            said.append((key, Sentence(sentence.text, round(at, 3), round(end, 3))))
            at = end
    return tuple(said)


def length_s(draft: Draft, pace: Pace) -> float:
    """How long the draft takes to say."""
    said = sentences_of(draft, pace)
    return (said[-1][1].end or 0.0) if said else 0.0


def score_draft(draft: Draft, pace: Pace, encoder: Encoder | None = None) -> Score:
    """The score that the draft would get, said as it stands. Raises ModelError where the encoder is missing."""
    return _scored(draft, sentences_of(draft, pace), encoder)


def _scored(draft: Draft, said: Sequence[tuple[str, Sentence]], encoder: Encoder | None) -> Score:
    return score_answer(
        Answer(
            sentences=tuple(sentence for _, sentence in said),
            round=ROUND,
            question=draft.question,
            principle=draft.principle,
            floor_time_s=said[-1][1].end if said else None,
        ),
        encoder,
    )


def check_draft(draft: Draft, pace: Pace, encoder: Encoder | None = None) -> DraftCheck:
    """What is read in the draft so far. Raises ModelError where the encoder is missing."""
    said = sentences_of(draft, pace)
    score = _scored(draft, said, encoder)
    marks = marks_of(draft.principle, [(key, sentence.text) for key, sentence in said], score)
    parts = tuple(_part(part, draft.text(part.key), pace) for part in PARTS)
    words = sum(part.words for part in parts)
    found = DraftCheck(
        parts=parts,
        words=words,
        seconds=pace.seconds(words),
        target_s=target(),
        pace=pace,
        marks=marks,
        missing=(),
        overall=score.overall,
        bar=BAR,
        verdict=score.verdict,
        not_scored=score.not_scored,
        fixes=tuple(dict.fromkeys(fix.say for fix in score.fixes)),
        brief=is_brief([sentence.text for _, sentence in said]),
    )
    return replace(found, missing=_missing(draft, found))


def _part(part: Part, text: str, pace: Pace) -> PartCheck:
    words = sum(word_count(sentence.text) for sentence in sentences_from_text(text))
    return PartCheck(part.key, part.title, text, words, pace.seconds(words))


def _missing(draft: Draft, found: DraftCheck) -> tuple[str, ...]:
    """What to write next, in the order of the story; the time comes last, when everything else is there."""
    needs = [
        f"{part.title}: {part.hint}"
        for part in PARTS
        if not draft.text(part.key) and part.key not in _OPTIONAL
    ]
    needs += [] if draft.principle else ["Principle: the one that the story is to show."]
    needs += [f"{mark.label}: {mark.advice}" for mark in found.marks if mark.good is False]
    gap = found.target_s[0] - found.seconds, found.seconds - found.target_s[1]
    if found.length != "good":
        more_or_less = f"{max(gap):.0f} s more" if found.length == "short" else f"{max(gap):.0f} s less"
        needs.append(f"Time: {more_or_less}, about {round(max(gap) * found.pace.wpm / 60)} words.")
    return tuple(needs)
