"""What is loaded and compiled before the first answer."""

from __future__ import annotations

import subprocess
import sys

FIRST_ANSWER = """
from voicemock.packs.phrases import load_phrases
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer
from voicemock.scoring.models import lexicon
from voicemock.scoring.rehearsal import rehearse
from voicemock.transcript import Sentence

wording = load_phrases(None).questions
if {rehearsed}:
    rehearse("behavioral", wording)
before = lexicon.compile_entries.cache_info().misses
said = (
    "I ran the night desk of a hostel, and guests kept arriving after we had locked the door.",
    "Eleven of them a week slept on the steps, and we heard about it in every review.",
    "I put a box with codes beside the door, because a night porter would have cost $2,000 a month.",
    "We told the guests by text, and the first week two codes were wrong, which was my fault.",
    "After a month one guest a week called us, down from eleven, and the reviews got a lot better.",
)
score_answer(Answer(tuple(Sentence(s) for s in said), "behavioral", principle="ownership"), wording=wording)
print(lexicon.compile_entries.cache_info().misses - before)
"""


def compiled(rehearsed: bool) -> int:
    """How many lists the first answer of a process has to compile."""
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_ANSWER.format(rehearsed=rehearsed)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ran.stdout)


def test_a_rehearsal_leaves_little_to_load_for_the_first_answer() -> None:
    assert compiled(rehearsed=True) < compiled(rehearsed=False) / 5
