"""The candidate's own marks against the scores: what is said of them, and when nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stored import add_answer, score
from voicemock.coaching.progress import as_dict, read_progress
from voicemock.coaching.self_rating import ENOUGH, MOST_POINTS, Marked, SelfRatings, self_ratings
from voicemock.report.progress_html import render_progress
from voicemock.report.progress_terminal import print_progress
from voicemock.rounds import DIMENSIONS
from voicemock.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def marked(mark: float, overall: float, round: str = "behavioral", **dimensions: float) -> Marked:
    values = tuple(dimensions.get(name, overall) for name in DIMENSIONS)
    return Marked("2026-04-01T09:30:00+00:00", round, mark, overall, values)


def found(*answers: Marked) -> SelfRatings:
    ratings = self_ratings(answers)
    assert ratings is not None
    return ratings


class TestTheLean:
    def test_without_a_mark_there_is_nothing(self) -> None:
        assert self_ratings([]) is None

    def test_who_marks_too_high_flatters_themselves(self) -> None:
        ratings = found(*[marked(3.5, 2.5 + i / 10) for i in range(ENOUGH)])
        assert (ratings.whole.verdict, ratings.whole.gap) == ("too kind", 0.8)
        assert "you flatter yourself, 0.8 above the score" in ratings.said()[0]

    def test_who_marks_too_low_is_too_hard(self) -> None:
        ratings = found(*[marked(2.0, 2.9 + i / 10) for i in range(ENOUGH)])
        assert ratings.whole.verdict == "too hard"
        assert "too hard on yourself, 1.1 below" in ratings.said()[0]

    def test_marks_on_both_sides_are_about_right(self) -> None:
        ratings = found(*[marked(3.0, 3.0 + (-1) ** i * 0.8) for i in range(6)])
        assert ratings.whole.verdict == "about right"

    def test_a_wide_scatter_is_no_lean_however_large_its_mean(self) -> None:
        answers = [marked(4.0, 1.5), marked(2.0, 3.0), marked(2.5, 2.5), marked(4.0, 2.5), marked(2.0, 3.0)]
        assert found(*answers).whole.gap == 0.4
        assert found(*answers).whole.verdict == "about right"

    def test_fewer_than_enough_say_how_many_are_needed(self) -> None:
        ratings = found(*[marked(4.0, 2.0)] * (ENOUGH - 1))
        assert ratings.whole.verdict == "too few"
        assert ratings.said() == ["You marked 4 answers: from 5 on you see where your marks lean."]

    def test_each_round_is_judged_for_itself(self) -> None:
        behavioral = [marked(3.5, 2.5)] * ENOUGH
        analytical = [marked(2.0, 3.0, "analytical")] * 2
        rounds = {lean.round: (lean.answers, lean.verdict) for lean in found(*behavioral, *analytical).rounds}
        assert rounds == {"behavioral": (ENOUGH, "too kind"), "analytical": (2, "too few")}


class TestOverTime:
    def test_many_marks_become_few_points_without_losing_one(self) -> None:
        points = found(*[marked(3.0, 2.5)] * (2 * MOST_POINTS + 1)).points
        assert len(points) == MOST_POINTS
        assert sum(point.answers for point in points) == 2 * MOST_POINTS + 1


class TestTheDimension:
    def test_what_pulls_down_the_answers_that_were_marked_too_high_is_named(self) -> None:
        high = [marked(4.0, 2.5, metrics=1.5)] * ENOUGH
        right = [marked(2.5, 2.5, metrics=2.5)] * ENOUGH
        assert found(*high, *right).unseen == ("metrics", 1.0)
        assert "metrics lies 1.0 lower" in found(*high, *right).said()[-1]

    def test_a_dimension_that_is_always_low_is_not_what_goes_unseen(self) -> None:
        answers = [marked(4.0, 2.5, metrics=1.5)] * ENOUGH + [marked(2.5, 2.5, metrics=1.5)] * ENOUGH
        assert found(*answers).unseen is None

    def test_with_too_few_of_either_kind_nothing_is_named(self) -> None:
        high = [marked(4.0, 2.5, metrics=1.0)] * ENOUGH
        assert found(*high, *[marked(2.5, 2.5)] * (ENOUGH - 1)).unseen is None


class TestInProgress:
    def practise(self, store: Store, *marks: float | None) -> None:
        for number, mark in enumerate(marks, start=1):
            details = {} if mark is None else {"self_rating": mark}
            add_answer(store, f"s{number}/1", scored=score(2.5), details=details)

    def test_only_marked_and_scored_answers_count(self, store: Store) -> None:
        self.practise(store, 3.0, None, 3.5)
        add_answer(store, "s9/1", scored=score(None), details={"self_rating": 2.0})
        marks = read_progress(store).marks
        assert marks is not None
        assert (marks.answers, marks.whole.gap) == (2, 0.8)

    def test_what_is_no_mark_counts_for_nothing(self, store: Store) -> None:
        add_answer(store, scored=score(2.5), details={"self_rating": "high"})
        assert read_progress(store).marks is None

    def test_it_is_told_in_the_terminal_on_the_page_and_as_json(
        self, store: Store, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.practise(store, *[3.5] * ENOUGH)
        progress = read_progress(store)
        print_progress(progress, plain=True)
        sentence = "Behavioral: you flatter yourself, 1.0 above the score on average over 5 answers."
        assert sentence in capsys.readouterr().out
        assert sentence in render_progress(progress)
        told = json.loads(json.dumps(as_dict(progress)))["self_ratings"]
        assert (told["answers"], told["whole"]["verdict"]) == (ENOUGH, "too kind")
