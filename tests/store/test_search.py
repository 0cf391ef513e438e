"""Search finds what was said, with its time, and takes nothing that a user types for an operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stored import WORD_S, add_answer, score, spoken
from voicemock.errors import UsageProblem
from voicemock.store.search import match_expression, search
from voicemock.store.store import CORRECTED, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        add_answer(store, "s1/1", "I asked the customers why churn rose. Churn rate was 12%.")
        add_answer(store, "s2/1", "The customer in Zürich said our rate of churn was fine.")
        yield store


def found(store: Store, text: str) -> list[str]:
    return sorted(hit.answer_id for hit in search(store, text))


class TestWords:
    """What matches."""

    @pytest.mark.parametrize(
        ("text", "answers"),
        [
            ("churn", ["s1/1", "s2/1"]),
            ("customer", ["s1/1", "s2/1"]),  # in all its forms
            ("CUSTOMERS churn", ["s1/1", "s2/1"]),
            ("churn zurich", ["s2/1"]),  # every word, and no accent needed
            ('"churn rate"', ["s1/1"]),  # together and in order
            ("cust*", ["s1/1", "s2/1"]),
            ("unicorn", []),
        ],
    )
    def test_words_are_found(self, store: Store, text: str, answers: list[str]) -> None:
        assert found(store, text) == answers

    @pytest.mark.parametrize(
        "text", ["churn OR", "NEAR(churn", 'churn "', "churn AND NOT", "text:churn", "-churn", "*"]
    )
    def test_nothing_typed_is_an_operator_or_an_error(self, store: Store, text: str) -> None:
        try:
            found(store, text)
        except UsageProblem as refused:
            assert "nothing to search for" in str(refused)

    def test_a_search_for_no_word_says_so(self) -> None:
        with pytest.raises(UsageProblem, match="nothing to search for"):
            match_expression("?! -")


class TestPlaces:
    """Where it was said."""

    def test_every_place_has_its_time(self, store: Store) -> None:
        hit = next(hit for hit in search(store, "churn") if hit.answer_id == "s1/1")
        assert hit.at_s == (5 * WORD_S, 7 * WORD_S)

    def test_the_snippet_marks_the_words_as_they_stand(self, store: Store) -> None:
        hit = search(store, "zurich")[0]
        assert [hit.snippet[start:end] for start, end in hit.matches] == ["Zürich"]

    def test_a_long_answer_is_cut_around_the_first_place(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            add_answer(store, text="word " * 50 + "needle " + "word " * 50)
            hit = search(store, "needle")[0]
        assert hit.snippet.startswith("… word") and hit.snippet.endswith("word …")
        assert len(hit.snippet.split()) < 25

    def test_a_correction_is_found_and_what_it_replaced_is_not(self, store: Store) -> None:
        with store.transaction():
            store.add_words("s1/1", spoken("I asked about attrition."), CORRECTED)
            store.add_score("s1/1", score(), CORRECTED)
        assert found(store, "attrition") == ["s1/1"]
        assert found(store, "churn") == ["s2/1"]
