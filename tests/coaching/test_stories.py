"""Answers find their story by its words, say why, and the user has the last word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stored import BAKERY, add_answer, content, metric, score, shows, sweep
from voicemock.coaching.bank import read_bank
from voicemock.coaching.stories import assign, match_new
from voicemock.coaching.story_matching import TELLINGS_KEPT, Bank, terms
from voicemock.coaching.story_title import title_of
from voicemock.errors import UnknownSession, UnknownStory
from voicemock.store.store import Store
from voicemock.store.stories import confirm, merge, rename, story_answers

BAKERY_AGAIN = (
    "So this was in Leeds, with a bakery. Her orders vanished, so I put flour stock into the oven calendar."
    " We went down to 3 lost orders."
)
SUBWAY = (
    "At the subway depot in Osaka the turnstile firmware froze each night. I soldered a watchdog onto the"
    " turnstile board and the depot stopped its midnight reboots."
)


class TestMatching:
    """Rare words decide, the talk of the trade does not."""

    def test_another_telling_is_found_and_the_shared_words_say_why(self) -> None:
        bank = Bank()
        bank.add(1, terms(SUBWAY))
        bank.add(2, terms(BAKERY))
        match = bank.best_match(terms(BAKERY_AGAIN))
        assert match is not None
        assert match.story_id == 2
        assert {"Leeds", "bakery", "flour", "oven"} <= set(match.shared)

    def test_another_story_is_not_taken_for_it(self) -> None:
        bank = Bank()
        bank.add(1, terms(BAKERY))
        assert bank.best_match(terms(SUBWAY)) is None

    def test_what_everybody_says_counts_nothing(self) -> None:
        assert terms("So then I asked the customer what the team could do, and it was a great week.") == {}

    def test_naming_the_same_principle_is_no_likeness(self) -> None:
        assert terms("That is having backbone, disagree and commit, and customer obsession.") == {}

    def test_the_newest_tellings_stand_for_a_story(self) -> None:
        bank = Bank()
        for telling in [BAKERY] + [SUBWAY] * TELLINGS_KEPT:
            bank.add(1, terms(telling))
        assert bank.best_match(terms(BAKERY_AGAIN)) is None


class TestTheTitle:
    """What somebody would call the story, in its own words."""

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            (SUBWAY, "Soldered a watchdog"),
            (BAKERY_AGAIN, "Put flour stock into the oven calendar"),
            # no deed is told: how it begins
            ("The conveyor lidar at our Bremen depot went blind in the fog. It was a bad week.",
             "The conveyor lidar at our Bremen depot"),
            ("It was hard.", "Untitled"),
            ("", "Untitled"),
        ],
    )  # fmt: skip
    def test_it_is_a_deed_or_how_the_story_begins(self, text: str, title: str) -> None:
        assert title_of(text) == title

    @pytest.mark.parametrize("text", [SUBWAY, BAKERY, BAKERY_AGAIN])
    def test_it_is_a_phrase_of_the_story_and_of_eight_words_at_most(self, text: str) -> None:
        title = title_of(text)
        assert title.casefold() in text.casefold()
        assert 3 <= len(title.split()) <= 8

    def test_it_does_not_change_when_the_story_is_told_again(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            add_answer(store, "s1/1", BAKERY)
            (first,) = read_bank(store).stories
            add_answer(store, "s2/1", BAKERY_AGAIN)
            (again,) = read_bank(store).stories
        assert (len(again.answers), again.title) == (2, first.title)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two tellings of the bakery and one of the subway, matched."""
    before = metric("from 12 to 3 lost orders", before=12, after=3)
    after = metric("down from 12 to 2 orders", before=12, after=2)
    first = score(2.5, principles=shows("ownership"), metrics=[before])
    again = score(3.5, principles=shows("dive-deep"), metrics=[after])
    with Store(tmp_path) as store:
        add_answer(store, "s1/1", BAKERY, scored=first)
        add_answer(store, "s1/2", SUBWAY, scored=score(3.0))
        add_answer(store, "s2/1", BAKERY_AGAIN, scored=again)
        match_new(store)
        yield store


def told(store: Store) -> dict[str, int]:
    return {answer.answer_id: answer.story_id for answer in story_answers(store)}


class TestBank:
    """What is proposed, and what the user says."""

    def test_tellings_of_one_story_are_together(self, store: Store) -> None:
        stories = told(store)
        assert stories["s1/1"] == stories["s2/1"] != stories["s1/2"]
        assert match_new(store) == 0

    def test_the_user_corrects_a_match_and_an_empty_story_goes(self, store: Store) -> None:
        bakery, subway = told(store)["s1/1"], told(store)["s1/2"]
        assign(store, "s1/2", bakery)
        assert set(told(store).values()) == {bakery}
        with pytest.raises(UnknownStory):
            rename(store, subway, "gone")
        assert assign(store, "s1/2", None) not in (bakery,)

    def test_what_was_confirmed_is_no_longer_proposed(self, store: Store) -> None:
        bakery = told(store)["s1/1"]
        assert len(read_bank(store, bakery).stories[0].proposed) == 2
        confirm(store, bakery)
        assert read_bank(store, bakery).stories[0].proposed == ()

    def test_a_story_is_renamed_and_merged(self, store: Store) -> None:
        bakery, subway = told(store)["s1/1"], told(store)["s1/2"]
        rename(store, bakery, "The bakery")
        merge(store, subway, bakery)
        (story,) = read_bank(store).stories
        assert (story.title, len(story.answers)) == ("The bakery", 3)

    def test_a_deleted_session_takes_its_stories_along(self, store: Store) -> None:
        store.delete_session("s1")
        assert [story.answers[0].answer_id for story in read_bank(store).stories] == ["s2/1"]

    @pytest.mark.parametrize(
        "changes",
        [{"mode": "demo"}, {"round": "analytical"}, {"scored": score(None)}],
        ids=["the demo's candidate", "no story round", "nothing to score"],
    )
    def test_only_the_users_own_stories_are_in_it(self, tmp_path: Path, changes: dict[str, str]) -> None:
        with Store(tmp_path) as store:
            add_answer(store, **changes)  # type: ignore[arg-type]
            assert match_new(store) == 0

    def test_unknown_answers_and_stories_are_refused(self, store: Store) -> None:
        with pytest.raises(UnknownStory, match="no story 99"):
            assign(store, "s1/1", 99)
        with pytest.raises(UnknownSession):
            assign(store, "s9/1", None)

    def test_a_failed_write_leaves_the_bank_as_it_was(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            add_answer(store, "s1/1", BAKERY)
            add_answer(store, "s2/1", SUBWAY)
            before = content(store)
        *failed, done = sweep(tmp_path, match_new)
        assert failed
        assert all(state == before for state in failed)
        assert sum(line.startswith("stories:") for line in done) == 2


class TestReport:
    """Coverage, attempts, overuse, drift."""

    def test_best_latest_numbers_and_drift(self, store: Store) -> None:
        story = read_bank(store, told(store)["s1/1"]).stories[0]
        assert story.best is not None
        assert (story.best.answer_id, story.best.overall) == ("s2/1", 3.5)
        assert story.latest.answer_id == "s2/1"
        assert story.key_numbers == ("down from 12 to 2 orders",)
        assert [(drift.earlier_answer, drift.latest_answer) for drift in story.drifts] == [("s1/1", "s2/1")]
        assert story.principles == {"ownership": 1, "dive-deep": 1}

    def test_principles_without_a_story_are_missing(self, store: Store) -> None:
        missing = read_bank(store).missing
        assert "frugality" in missing
        assert "ownership" not in missing

    def test_a_story_told_for_a_fourth_principle_is_overused(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            for number, slug in enumerate(("ownership", "frugality", "earn-trust"), start=1):
                add_answer(store, f"s1/{number}", BAKERY, principle=slug)
            assert not read_bank(store).stories[0].overused
            add_answer(store, "s1/4", BAKERY, principle="think-big")
            assert read_bank(store).stories[0].overused
