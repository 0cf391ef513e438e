"""A drafted story and a telling of it, for the tests of what was left out."""

from __future__ import annotations

from voicemock.coaching.draft import Draft
from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Score
from voicemock.speech.spoken import Spoken
from voicemock.transcript import Word

WORD_S = 0.4
DRAFT = Draft(
    "d1",
    "Ward printer",
    "customer-obsession",
    "Tell me about a time you put a customer first.",
    {
        "hook": "A nurse in Hull told me that she lost forty minutes of every shift to a printer.",
        "task": "I owned the labels on that ward, and I had two months to give her that time back.",
        "action-1": "I followed her for two nights and counted 31 walks to the printer.",
        "action-2": "I chose a wristband rather than a second printer, because a printer breaks at night.",
        "action-3": "The head of the ward refused at first, so I showed her my counts and she agreed.",
        "result": "Walks fell from 31 to 4 a shift within three weeks, and wrong labels dropped by 62%.",
        "link": "That was Customer Obsession for me: I had to walk with her to see it.",
    },
)
# Left out: the task, the wrong labels. Changed: 31 to 4 became 31 to 6. Added: the last sentence.
TOLD = (
    "So there was this nurse in Hull who told me the printer cost her forty minutes each shift.",
    "I went along with her for two nights and I counted 31 walks to that printer.",
    "What I picked was a wristband and not a second printer, since printers break down at night.",
    "The head of the ward said no to begin with, and when I showed her the counts she agreed.",
    "Walks fell from 31 to 6 a shift within three weeks.",
    "For me that was customer obsession, I could only see it by walking with her.",
    "Later on we won a prize in Vienna with it.",
)


def words_of(told: tuple[str, ...]) -> tuple[Word, ...]:
    """A word every `WORD_S`."""
    return tuple(
        Word(token, i * WORD_S, (i + 1) * WORD_S - 0.1) for i, token in enumerate(" ".join(told).split())
    )


def score_of(told: tuple[str, ...] = TOLD) -> Score:
    words = words_of(told)
    asked = Question("own", "behavioral", DRAFT.question, principle=DRAFT.principle)
    spoken = Spoken(words, (), (), (), words[-1].end if words else 0.0)
    return score_answer(answer_to(asked, spoken, ""))
