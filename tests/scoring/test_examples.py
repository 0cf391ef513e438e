"""What good sounds like, as the scorer reads it: every good answer at 3.8 or more, every fair one from 2.2 to 2.8.

Those that are not wait in `benchmarks/off_the_mark`; `python -m benchmarks.examples --move` looks at all and sorts
them. Here it is one in six: all of them take two minutes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from voicemock.packs.examples import example_files, read_examples
from voicemock.packs.questions import load_questions
from voicemock.packs.reader import shipped_folder
from voicemock.report.exemplar import said_at_leisure
from voicemock.scoring.assemble import score_answer

QUESTIONS = {question.id: question for question in load_questions()}
FILES = example_files(shipped_folder())
GOOD, FAIR = (3.8, 4.0), (2.2, 2.8)
ONE_IN = 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_good_answers_and_fair_ones_score_as_such(path: Path) -> None:
    found = {}
    for example in list(read_examples([path], QUESTIONS).values())[::ONE_IN]:
        for kind, text, (least, most) in (("good", example.good, GOOD), ("fair", example.fair, FAIR)):
            overall = score_answer(said_at_leisure(QUESTIONS[example.question], text)).overall
            if overall is None or not least <= overall <= most:
                found[example.question, kind] = overall
    assert found == {}
