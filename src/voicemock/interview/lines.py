"""What the interviewer may say in an answer, and how a time is said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from voicemock.packs.phrases import INTERRUPTIONS, Phrases
from voicemock.packs.questions import Question
from voicemock.rounds import STORY_ROUNDS
from voicemock.speech.voice import PART_ENDS

PREPARED = 3  # wordings of a kind; more would be synthesised for hardly ever


def lines_ahead(phrases: Phrases, question: Question) -> list[str]:
    """What may be said in this answer in words that are known before it, the likeliest first.

    Of the cut-ins what they open with, those that hold none of the candidate's own words, and the ends of the others.
    """
    story = question.round in STORY_ROUNDS
    cut_ins = (
        INTERRUPTIONS[: INTERRUPTIONS.index("cap")] if story else INTERRUPTIONS[INTERRUPTIONS.index("cap") :]
    )
    lines = [_plain(phrases.wordings[kind]) for kind in ("think", "nothing-heard", *cut_ins, "cap")]
    in_turn = [line for alternatives in zip_longest(*lines) for line in alternatives if line]
    ends = dict.fromkeys(end for kind in cut_ins for text in phrases.wordings[kind] if (end := _end(text)))
    return [question.text, *phrases.wordings["cut-in"], *question.probes, *in_turn, *ends]


def _end(wording: str) -> str:
    """What follows the part with the candidate's last words, "from what to what?"; empty where nothing does."""
    _, own, rest = wording.rpartition("}")
    return PART_ENDS.split(rest, maxsplit=1)[-1] if own and PART_ENDS.search(rest) else ""


def _plain(wordings: Sequence[str]) -> list[str]:
    """The first of those that hold nothing of the candidate's."""
    return [wording for wording in wordings if "{" not in wording][:PREPARED]


def spoken_time(seconds: float) -> str:
    """ "two minutes" said as a person would: "about 2 minutes", "40 seconds"."""
    if seconds >= 90:
        return f"about {round(seconds / 60)} minutes"
    return f"{max(0, round(seconds / 10) * 10)} seconds"
