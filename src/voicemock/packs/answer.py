"""From what was asked and what was spoken to what the scorer takes: the one way there."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.packs.questions import Question
from voicemock.scoring.model import Answer, DeliveryFigures
from voicemock.speech.domain import FILLER_RECALL
from voicemock.speech.fillers import filler_count, without_fillers
from voicemock.speech.spoken import Spoken
from voicemock.transcript import Word, sentences_from_words


def answer_to(question: Question, spoken: Spoken, source: str) -> Answer:
    """The answer to `question`; `source` names its recording."""
    return Answer(
        sentences=sentences_from_words(without_fillers(spoken.words)),
        round=question.round,
        question=question.text,
        principle=question.principle,
        analytical_type=analytical_type(question),
        floor_time_s=spoken.floor_time_s or None,
        pauses=spoken.pauses,
        unclear=tuple((each.start, each.end) for each in spoken.unclear),
        source=source,
        doubts=spoken.doubts,
        delivery=DeliveryFigures(
            fillers=filler_count(spoken.words),
            filler_recall=FILLER_RECALL,
            pitch_range_st=spoken.sounding.pitch_range_st,
            loudness_range_db=spoken.sounding.loudness_range_db,
            voiced_without_words_s=spoken.sounding.voiced_without_words_s,
        ),
    )


def answer_so_far(question: Question, words: Sequence[Word]) -> Answer:
    """The answer to `question` while it goes on: what was said, and nothing of how."""
    return Answer(
        sentences=sentences_from_words(without_fillers(words)),
        round=question.round,
        question=question.text,
        principle=question.principle,
        analytical_type=analytical_type(question),
    )


def analytical_type(question: Question) -> str | None:
    """Which kind of analytical question it is; None in the other rounds."""
    return question.type if question.round == "analytical" else None
