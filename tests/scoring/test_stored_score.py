"""A score goes to JSON and comes back; what is not as it was written is named where it is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stored import score_object, shows
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer, Score
from voicemock.transcript import Sentence

STORY = (
    "A baker in Leeds told me that she lost every Saturday order because search took 12 seconds.",
    "My goal was to halve that by June, although we did not own the page.",
    "I pulled the traces myself, and I chose an index over a cache because prices go stale.",
    "Waiting went from 12 seconds to 1.8 seconds, a 75% improvement, and it was a huge success.",
    "For me that is ownership.",
)


def written(score: Score) -> Any:
    return json.loads(json.dumps(score.as_dict()))


@pytest.mark.parametrize("round", ["behavioral", "product-sense", "analytical"])
def test_what_was_scored_comes_back_as_it_was(round: str) -> None:
    said = tuple(Sentence(text, i * 5.0, i * 5.0 + 4.2) for i, text in enumerate(STORY))
    score = score_answer(Answer(said, round, "Why?", floor_time_s=24.2, pauses=((4.2, 5.0),), source="a.wav"))
    assert written(Score.from_dict(written(score))) == written(score)


def test_nothing_to_score_comes_back_too() -> None:
    score = score_answer(Answer((Sentence("Um."),), "behavioral"))
    assert written(Score.from_dict(written(score))) == written(score)


def test_an_object_of_schema_1_opens_and_gets_what_was_added() -> None:
    score = Score.from_dict(score_object(2.5, principles=shows("ownership")))
    assert (score.overall, score.checks, score.delivery.fillers) == (2.5, (), None)
    assert written(score)["schema"] == 2


def test_what_a_later_voicemock_adds_is_left_out() -> None:
    assert Score.from_dict(score_object(2.5, invented_later=1)) == Score.from_dict(score_object(2.5))


@pytest.mark.parametrize("field", sorted(set(score_object()) - {"overall"}))
@pytest.mark.parametrize("odd", [float("nan"), -1, 1e300, True, [1], {"x": "y"}, [{"sentence": -1}], "\0"])
def test_a_field_of_another_shape_is_named_or_harmless(field: str, odd: object) -> None:
    try:
        score = Score.from_dict(score_object(3.0, **{field: odd}))
    except ValueError as error:
        assert field in str(error) or field == "sentences"
    else:
        json.dumps(score.as_dict(), allow_nan=False)


@pytest.mark.parametrize("stored", [None, [], "x", 1, {}])
def test_what_is_no_score_at_all_is_refused(stored: object) -> None:
    with pytest.raises(ValueError, match="score"):
        Score.from_dict(stored)


@pytest.mark.parametrize("end", [1e12, float("nan"), float("inf"), -1, "soon"])
def test_a_sentence_that_ends_at_no_time_is_refused(end: object) -> None:
    sentence = {"text": "I did it.", "start": 0.0, "end": end, "star": "A"}
    with pytest.raises(ValueError, match=r"sentence\.end"):
        Score.from_dict(score_object(sentences=[sentence]))
