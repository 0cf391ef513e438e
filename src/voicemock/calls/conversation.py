"""From cues to questions and answers: whose turn it was, what was asked, and what the candidate said to it. Pure.

An answer begins with the candidate's first words after an opening question and goes on until the next one; what the
interviewer says in between are follow-ups. Floor time stands still while somebody else speaks, as in an interview here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from voicemock.calls.captions import Cue
from voicemock.errors import UsageProblem
from voicemock.transcript import Word

ANSWER_WORDS = 25  # less than that after a question is small talk
QUESTION_WORDS = 5

OPENS = re.compile(
    r"\b(tell (?:me|us) about|(?:give|share)(?: (?:me|us))? (?:an |one |another )?(?:example|time|story)"
    r"|describe (?:a|an|the|your|one)|walk (?:me|us) through|can you (?:think of|recall|remember) a time"
    r"|(?:an? )?(?:example|time|situation|occasion)s? (?:where|when|in which) you|have you ever"
    r"|what(?:'s| is| was| has been) (?:the|your) (?:most|biggest|hardest|greatest|proudest|worst|best)"
    r"|how would you|what would you|how do you decide|design (?:a|an|the)|estimate (?:the|how)|how many .* are there"
    r"|what metrics|which metrics|why (?:do you want|amazon)"
    r"|(?:dropped|fell|went down|declined) (?:by )?\S+ ?(?:%|percent))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who was heard in a call, and how much."""

    name: str
    words: int
    seconds: float


Turn = tuple[Cue, ...]  # what one speaker said before somebody else did


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question of the call, and the turns in which the candidate answered it."""

    question: str
    turns: tuple[Turn, ...]
    follow_ups: tuple[str, ...] = ()

    @property
    def word_count(self) -> int:
        return sum(len(cue.text.split()) for turn in self.turns for cue in turn)

    @property
    def floor_time_s(self) -> float:
        return sum(turn[-1].end - turn[0].start for turn in self.turns)


@dataclass(slots=True)
class _Open:
    question: str
    turns: list[Turn] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)


def speakers(cues: Sequence[Cue]) -> tuple[Speaker, ...]:
    """Everybody named, in order of appearance."""
    by_name: dict[str, list[Cue]] = {}
    for cue in cues:
        by_name.setdefault(cue.speaker, []).append(cue)
    return tuple(
        Speaker(name, sum(len(cue.text.split()) for cue in said), sum(cue.end - cue.start for cue in said))
        for name, said in by_name.items()
    )


def find_speaker(found: Sequence[Speaker], wanted: str) -> str:
    """The full name for `wanted`: the whole of it or a part that only one name has. Raises UsageProblem."""
    plain = wanted.strip().casefold()
    same = [one.name for one in found if one.name.casefold() == plain]
    holding = [one.name for one in found if plain and plain in one.name.casefold()]
    if same or len(holding) == 1:
        return (same or holding)[0]
    names = ", ".join(one.name for one in found if one.name) or "nobody is named in it"
    raise UsageProblem(f"no single speaker is called “{wanted}”", f"in this call: {names}")


def answers(cues: Sequence[Cue], candidate: str) -> tuple[Spoken, ...]:
    """What the candidate was asked and said. Before the first question nothing counts."""
    found: list[_Open] = []
    for speaker, turn in _turns(cues):
        text = " ".join(cue.text for cue in turn)
        if speaker == candidate:
            if found:
                found[-1].turns.append(turn)
        elif (asked := _question_in(text)) is not None:
            if found and not found[-1].turns:
                found.pop()  # asked again before anything was said: the last wording counts
            found.append(_Open(asked))
        elif found and found[-1].turns and "?" in text:
            found[-1].follow_ups.append(text)
    spoken = (Spoken(one.question, tuple(one.turns), tuple(one.follow_ups)) for one in found)
    return tuple(one for one in spoken if one.word_count >= ANSWER_WORDS)


def words_of(spoken: Spoken) -> tuple[Word, ...]:
    """The answer's words in floor time: a cue's time is shared out by the length of its words.

    Silence within a turn counts; while somebody else speaks the clock pauses.
    """
    words: list[Word] = []
    base = 0.0
    for turn in spoken.turns:
        for cue in turn:
            at = base + cue.start - turn[0].start
            texts = cue.text.split()
            length = sum(len(text) + 1 for text in texts)
            for text in texts:
                after = at + (cue.end - cue.start) * (len(text) + 1) / length
                words.append(Word(text, round(at, 3), round(after, 3)))
                at = after
        base += turn[-1].end - turn[0].start
    return tuple(words)


def _turns(cues: Sequence[Cue]) -> list[tuple[str, Turn]]:
    turns: list[tuple[str, Turn]] = []
    for speaker, said in groupby(cues, key=lambda cue: cue.speaker):
        turns.append((speaker, tuple(said)))
    return turns


def _question_in(text: str) -> str | None:
    """The opening question of an interviewer's turn, without the small talk before it; None where there is none."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    at = next((i for i, sentence in enumerate(sentences) if OPENS.search(sentence)), None)
    if at is None:
        return None
    asked = " ".join(sentences[at:])
    return asked if len(asked.split()) >= QUESTION_WORDS else None
