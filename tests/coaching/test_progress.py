"""Progress: trends by round, targets, and advice that names the command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.stored import BAKERY, add_answer, score, shows
from voicemock.coaching.progress import Progress, as_dict, read_progress
from voicemock.coaching.trends import LATEST, MOST_POINTS
from voicemock.report.curves import HEIGHT, WIDTH, delivery_curves, score_curves
from voicemock.report.progress_html import render_progress
from voicemock.report.progress_terminal import sparkline
from voicemock.rounds import DIMENSIONS
from voicemock.store.store import Store

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def practise(
    store: Store,
    *overalls: float | None,
    round: str = "behavioral",
    spoken_s: float = 60.0,
    **changes: object,
) -> None:
    """One session an answer, a day after the other."""
    have = len(store.sessions())
    for number, overall in enumerate(overalls, start=have + 1):
        add_answer(
            store, f"s{number:03d}/1", scored=score(overall, floor_time_s=spoken_s), round=round,
            started_at=f"2026-{number // 28 + 1:02d}-{number % 28 + 1:02d}T09:30:00+00:00", **changes,  # type: ignore[arg-type]
        )  # fmt: skip


def targets(progress: Progress) -> dict[str, float]:
    return {target.name: target.done for target in progress.targets}


class TestTrends:
    """Each round over time."""

    def test_the_first_and_the_latest_answers_are_set_against_each_other(self, store: Store) -> None:
        practise(store, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0)
        (trend,) = read_progress(store).rounds
        assert (trend.first.overall, trend.latest.overall, trend.best) == (2.0, 3.0, 3.0)
        assert trend.latest.dimensions == (3.0,) * len(DIMENSIONS)

    def test_each_round_has_its_own_trend(self, store: Store) -> None:
        practise(store, 2.0)
        practise(store, 3.0, round="analytical")
        assert [(t.round, t.answers) for t in read_progress(store).rounds] == [
            ("behavioral", 1),
            ("analytical", 1),
        ]

    def test_many_answers_become_few_points_without_losing_one(self, store: Store) -> None:
        practise(store, *[2.5] * (2 * MOST_POINTS + 3))
        (trend,) = read_progress(store).rounds
        assert len(trend.points) == MOST_POINTS
        assert sum(point.answers for point in trend.points) == trend.answers == 2 * MOST_POINTS + 3

    def test_what_could_not_be_judged_is_no_number(self, store: Store) -> None:
        practise(store, None)
        (trend,) = read_progress(store).rounds
        assert trend.latest.overall is None
        assert trend.best is None

    def test_the_demo_is_not_the_users_practice(self, store: Store) -> None:
        add_answer(store, mode="demo")
        progress = read_progress(store)
        assert (progress.answers, progress.rounds) == (0, ())

    def test_interruptions_and_the_target_time_are_counted(self, store: Store) -> None:
        practise(store, 3.0, interrupts=2, spoken_s=100.0)
        practise(store, 3.0, interrupts=0, spoken_s=170.0)
        (trend,) = read_progress(store).rounds
        assert (trend.latest.interruptions, trend.within_target) == (1.0, 0.5)

    def test_a_correction_counts_in_place_of_what_was_recognised(self, store: Store) -> None:
        practise(store, 2.0)
        store.add_score("s001/1", score(3.0), "corrected")
        assert read_progress(store).rounds[0].latest.overall == 3.0


class TestTargets:
    """Rubric section 8."""

    def test_questions_are_counted_once(self, store: Store) -> None:
        practise(store, 3.0, 3.0, question_id="own-01")
        practise(store, 3.0, question_id="own-02")
        assert targets(read_progress(store))["questions practised"] == 2

    def test_only_loops_that_came_to_their_debrief_are_mocks(self, store: Store) -> None:
        add_answer(store, "s1/1", mode="loop")
        assert targets(read_progress(store))["full mocks"] == 0
        with store.transaction() as db:
            db.execute("""UPDATE sessions SET settings = '{"debrief": {}}'""")
        assert targets(read_progress(store))["full mocks"] == 1

    @pytest.mark.parametrize(("interviews", "mocks"), [(1, 0), (3, 0), (4, 1), (5, 1)])
    def test_a_day_that_was_cut_short_is_no_full_mock(
        self, store: Store, interviews: int, mocks: int
    ) -> None:
        add_answer(store, "s1/1", mode="loop")
        store.change_settings("s1", {"debrief": {}, "loop": {"interviews": [{}] * interviews}})
        assert targets(read_progress(store))["full mocks"] == mocks

    def test_hours_are_those_of_the_sessions(self, store: Store) -> None:
        add_answer(store, "s1/1", started_at="2026-04-02T09:30:00+00:00")
        store.end_session("s1", "2026-04-02T11:00:00+00:00")
        assert targets(read_progress(store))["hours"] == 1.5

    def test_principles_and_stories_come_from_the_bank(self, store: Store) -> None:
        add_answer(store, scored=score(3.0, principles=shows("frugality", "dive-deep")))
        done = targets(read_progress(store))
        assert (done["stories"], done["principles with a story"]) == (1, 2)


class TestAdvice:
    """What to practise next."""

    def commands(self, store: Store) -> list[str]:
        return [advice.command for advice in read_progress(store).advice]

    def test_who_has_nothing_is_told_how_to_begin(self, store: Store) -> None:
        assert self.commands(store) == ["voicemock practice --count 1"]

    def test_the_weakest_dimension_leads_to_the_answer_that_lost_most_by_it(self, store: Store) -> None:
        practise(store, 3.9, 2.0, 3.9)
        assert self.commands(store)[0] == "voicemock retry s002/1"

    def test_a_principle_without_a_story_is_next(self, store: Store) -> None:
        practise(store, 3.9)
        assert self.commands(store)[0] == "voicemock practice --principle customer-obsession"

    def test_a_round_never_practised_is_named_by_its_share_of_interviews(self, store: Store) -> None:
        practise(store, 3.9)
        advice = read_progress(store).advice[1]
        assert advice.command == "voicemock practice --round product-sense"
        assert "45%" in advice.why

    def test_three_pieces_at_most(self, store: Store) -> None:
        practise(store, *[2.0] * (LATEST * 3))
        assert len(self.commands(store)) == 3


class Page(HTMLParser):
    """What a page holds: its tags, and every address it names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


class TestPage:
    """One file, no script, no request."""

    def test_it_needs_nothing_but_itself(self, store: Store) -> None:
        practise(store, 2.0, 3.0)
        html = render_progress(read_progress(store))
        page = Page(html)
        assert "script" not in page.tags
        assert [address for address in page.addresses if not address.startswith("data:")] == []
        assert not re.search(r"url\(|@import", html)
        assert page.tags.count("svg") >= 2

    def test_what_the_user_typed_is_escaped(self, store: Store) -> None:
        add_answer(store, text=f"{BAKERY}")
        read_progress(store)
        with store.transaction() as db:
            db.execute("UPDATE stories SET title = ?", (EVIL,))
        html = render_progress(read_progress(store))
        assert EVIL not in html
        assert "&lt;script&gt;" in html

    def test_an_empty_store_makes_a_page_too(self, store: Store) -> None:
        assert "voicemock practice --count 1" in render_progress(read_progress(store))

    def test_curves_stay_in_their_box_and_break_at_gaps(self, store: Store) -> None:
        practise(store, 1.0, 4.0, None, 2.0)
        (trend,) = read_progress(store).rounds
        drawn = [*score_curves(trend), *delivery_curves(trend)]
        assert len(drawn[0].runs) == 2
        for x, y in (place for curve in drawn for run in curve.runs for place in run):
            assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def test_a_sparkline_has_a_block_a_value_and_a_blank_for_a_gap() -> None:
    assert sparkline([1.0, None, 4.0, 9.0], 1.0, 4.0) == "▁ ██"


def test_the_json_form_has_everything_by_name(store: Store) -> None:
    practise(store, 3.0)
    found = as_dict(read_progress(store))
    assert found["rounds"][0]["latest"]["dimensions"]["metrics"] == 3.0
    assert found["stories"][0]["answers"] == 1
    assert {"why", "command"} == set(found["next"][0])
