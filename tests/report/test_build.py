"""From the store to the review object: everything optional may be missing, nothing is made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.builders import SESSION, add_answer, score, stored_session, words
from voicemock.errors import UnknownSession
from voicemock.report.build import review_answer, review_session
from voicemock.report.lines import doubted_numbers, ended_words
from voicemock.report.review import Moment
from voicemock.store.store import CORRECTED, AnswerRow, Store
from voicemock.transcript import Word


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored_session(tmp_path / "recordings", audio_s=0.1) as store:
        yield store


class TestWhatIsThere:
    def test_a_sentence_has_its_own_words_with_their_times(self, store: Store) -> None:
        third = review_answer(store, f"{SESSION}/1").sentences[2]
        assert [token.text for token in third.tokens] == third.text.split()
        assert third.tokens[0].start == 12.5

    def test_a_metric_is_marked_on_exactly_its_words(self, store: Store) -> None:
        sentence = review_answer(store, f"{SESSION}/1").sentences[7]
        marked = {
            mark.kind: " ".join(token.text for token in sentence.tokens[mark.first : mark.last + 1])
            for mark in sentence.marks[:2]
        }
        assert marked == {"metric": "from 12 seconds to 1.8 seconds,", "inconsistency": "75%"}

    def test_evidence_for_a_principle_is_known_to_its_sentence(self, store: Store) -> None:
        assert review_answer(store, f"{SESSION}/1").sentences[9].principles == ("ownership",)

    def test_an_interruption_says_whether_and_when_it_was_answered(self, store: Store) -> None:
        first, second = review_answer(store, f"{SESSION}/1").interrupts
        assert (first.answered, first.answered_after_s) == (True, 9.1)
        assert (second.answered, second.answered_after_s) == (False, None)

    @pytest.mark.parametrize(
        ("details", "ended"),
        [
            ({}, "ended by key"),
            ({"broken_off": True}, "stopped by you"),
            ({"recovered": True}, "recovered: it was cut short"),
        ],
    )
    def test_how_an_answer_ended_is_told_from_a_key(
        self, store: Store, details: dict[str, bool], ended: str
    ) -> None:
        answer = add_answer(store, 3, reason="key", details=details)
        assert ended_words(review_answer(store, answer)) == ended

    def test_the_exhibit_of_a_question_is_kept(self, store: Store) -> None:
        exhibit = review_answer(store, f"{SESSION}/2").exhibit
        assert exhibit is not None
        assert exhibit.rows[2] == ("3", "52,300", "1,255")

    def test_corrected_words_are_shown_and_said_to_be_corrected(self, store: Store) -> None:
        answer_id = add_answer(store, 3)
        store.add_words(answer_id, words(), CORRECTED)
        assert review_answer(store, answer_id).corrected


class TestWhatIsMissing:
    """An old, an interrupted or a damaged session is still shown."""

    def test_an_answer_with_nothing_but_its_row_is_shown(self, store: Store) -> None:
        store.add_answer(
            AnswerRow(
                f"{SESSION}/9",
                SESSION,
                9,
                "",
                "Why?",
                "no-such-round",
                None,
                "gone.wav",
                "",
                0,
                None,
                False,
                {},
            )
        )
        answer = review_answer(store, f"{SESSION}/9")
        assert (answer.audio, answer.score, answer.sentences, answer.moments, answer.cap_s) == (
            None,
            None,
            (),
            (),
            None,
        )

    def test_without_a_score_the_words_still_make_sentences(self, store: Store) -> None:
        row = AnswerRow(
            f"{SESSION}/9", SESSION, 9, "", "Why?", "behavioral", None, "", "", 2.0, None, False, {}
        )
        store.add_answer(row)
        store.add_words(row.id, [Word("Because.", 0.1, 0.6), Word("Yes.", 1.0, 1.4)])
        assert [sentence.text for sentence in review_answer(store, row.id).sentences] == ["Because.", "Yes."]

    def test_words_that_are_not_those_of_the_sentences_give_no_times(self, store: Store) -> None:
        answer_id = add_answer(store, 3, spoken=[Word("Something", 0, 1), Word("else.", 1, 2)])
        assert all(t.start is None for s in review_answer(store, answer_id).sentences for t in s.tokens)

    def test_a_metric_that_is_not_in_its_sentence_is_not_marked(self, store: Store) -> None:
        stray = [{"sentence": 0, "text": "never said", "role": "result", "kind": "time"}]
        answer = review_answer(store, add_answer(store, 3, scored=score(metrics=stray)))
        assert not answer.sentences[0].marks
        assert answer.score is not None
        assert answer.score.metrics[0].text == "never said"

    def test_fields_that_a_later_version_adds_are_left_out(self, store: Store) -> None:
        fixes = [{"dimension": "metrics", "sentence": None, "say": "More.", "invented_later": 1}]
        answer = review_answer(store, add_answer(store, 3, scored=score(fixes=fixes)))
        assert answer.score is not None
        assert answer.score.fixes[0].say == "More."

    def test_an_interruption_that_nobody_judged_is_neither_answered_nor_not(self, store: Store) -> None:
        answer = review_answer(store, add_answer(store, 3, details={}))
        assert {moment.answered for moment in answer.interrupts} == {None}

    def test_events_that_a_review_does_not_know_are_passed_over(self, store: Store) -> None:
        events = [{"type": "new-thing", "t": 1.0}, {"type": "cap", "t": 180.0, "floor_time_s": 180.0}]
        answer = review_answer(store, add_answer(store, 3, events=events, details={}))
        assert answer.moments == (Moment("cap", 180.0),)

    def test_an_unknown_session_is_named_in_the_error(self, store: Store) -> None:
        with pytest.raises(UnknownSession, match="'nope'"):
            review_session(store, "nope")


def test_a_debrief_is_read_whatever_its_rows_leave_out(tmp_path: Path) -> None:
    debrief = {
        "verdict": "no hire",
        "bar_raiser": {"line": "Metrics."},
        "rows": [
            {
                "interviewer": "Product",
                "round": "product-sense",
                "score": 3.6,
                "principles": [{"slug": "frugality"}],
            },
            {"round": "behavioral"},
        ],
    }
    with stored_session(tmp_path / "recordings", settings={"debrief": debrief}) as store:
        read = review_session(store, "last").debrief
    assert read is not None
    assert read.matrix == ("frugality",)
    assert read.rows[1].score is None
    assert read.bar_raiser == "Metrics."


class TestDoubtedNumbers:
    """A number that the score counts and the recogniser doubted is named, with how to put it right."""

    def test_only_a_doubted_number_in_a_metric_is_named(self, store: Store) -> None:
        review = review_session(store, SESSION).answers[0]
        sure = tuple(
            replace(s, tokens=tuple(replace(token, probability=0.9) for token in s.tokens))
            for s in review.sentences
        )
        heard = review.sentences
        assert doubted_numbers(replace(review, sentences=sure)) == []
        unsure = tuple(
            replace(s, tokens=tuple(replace(token, probability=0.1) for token in s.tokens)) for s in heard
        )
        named = doubted_numbers(replace(review, sentences=unsure))
        assert named
        assert all(any(c.isdigit() for c in word) for word in named)
