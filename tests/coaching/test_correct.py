"""Correcting keeps the times, the recogniser's version, and the old state when a write fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stored import add_answer, score, spoken, sweep
from voicemock.coaching.alignment import align, replace_phrase
from voicemock.coaching.correct import correct, editable_text, replaced, undo
from voicemock.coaching.hints import corrected_names
from voicemock.errors import CorrectionError
from voicemock.scoring.model import Score
from voicemock.store.names import hints
from voicemock.store.store import CORRECTED, RECOGNISED, AnswerRow, Store
from voicemock.transcript import Word

HEARD = "We moved to cooper netties. Then the N P S rose."


def by_length(row: AnswerRow, words: Sequence[Word]) -> Score:
    """A score that depends on the words."""
    return score(min(4.0, 1.0 + len(words) / 8))


def texts(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


class TestAlignment:
    """Corrected words have the times of those they stand for."""

    def test_an_unchanged_word_keeps_its_time_whatever_its_punctuation(self) -> None:
        words = align(spoken("so it was fine"), "So, it was fine!", 10.0)
        assert [(w.text, w.start) for w in words] == [("So,", 0.0), ("it", 0.5), ("was", 1.0), ("fine!", 1.5)]

    def test_two_words_that_become_one_give_it_their_time(self) -> None:
        words = align(spoken("to cooper netties then"), "to Kubernetes then", 10.0)
        assert (words[1].text, words[1].start, words[1].end) == ("Kubernetes", 0.5, 1.4)

    def test_one_word_that_becomes_two_is_shared_by_length(self) -> None:
        words = align([Word("hear", 1.0, 2.0, 0.3)], "aa bb", 10.0)
        assert [(w.start, w.end, w.probability) for w in words] == [(1.0, 1.5, 1.0), (1.5, 2.0, 1.0)]

    def test_inserted_words_share_the_gap(self) -> None:
        heard = [Word("one", 0.0, 1.0), Word("four", 3.0, 4.0)]
        words = align(heard, "one two six four five", 5.0)
        assert [(w.text, w.start, w.end) for w in words[1:3]] == [("two", 1.0, 2.0), ("six", 2.0, 3.0)]
        assert (words[4].start, words[4].end) == (4.0, 5.0)

    @given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=12), st.text("abcdef ", max_size=30))
    def test_times_stay_in_order_and_inside_the_answer(self, heard: list[str], text: str) -> None:
        words = align(spoken(" ".join(heard)), text, 10.0)
        assert [word.text for word in words] == text.split()
        times = [time for word in words for time in (word.start, word.end)]
        assert times == sorted(times)
        assert all(0 <= time <= 10.0 for time in times)


class TestReplacing:
    """`--replace old=new`."""

    def test_a_phrase_is_replaced_wherever_it_was_heard(self) -> None:
        words, count = replace_phrase(
            spoken("Cooper netties, and cooper netties."), "cooper netties", "Kubernetes"
        )
        assert (texts(words), count) == ("Kubernetes, and Kubernetes.", 2)

    def test_letters_become_a_word_with_the_time_of_all(self) -> None:
        words = replaced(spoken(HEARD), [("N P S", "NPS")])
        nps = next(word for word in words if word.text == "NPS")
        assert (nps.start, nps.end) == (3.5, 4.9)

    def test_what_was_not_heard_is_refused(self) -> None:
        with pytest.raises(CorrectionError, match="“unicorn” is not in this transcript"):
            replaced(spoken(HEARD), [("unicorn", "horse")])

    def test_replacing_by_nothing_takes_the_words_out(self) -> None:
        assert texts(replaced(spoken("well um yes"), [("um", "")])) == "well yes"


class TestStoring:
    """Both versions are kept, all is written or nothing."""

    def test_the_score_follows_and_the_recognised_version_stays(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            row = add_answer(store, text=HEARD)
            wanted = replaced(store.words(row.id), [("cooper netties", "Kubernetes")])
            result = correct(store, row, wanted, score=by_length)
            assert result.before is not None
            assert (result.before.overall, result.after.overall) == (3.0, 2.25)
            assert texts(store.words(row.id, RECOGNISED)) == HEARD
            assert texts(store.words(row.id)) == HEARD.replace("cooper netties", "Kubernetes")

    def test_undo_goes_back_to_what_was_recognised(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            row = add_answer(store, text=HEARD)
            correct(store, row, spoken("Kubernetes it was"), score=by_length)
            undo(store, row)
            assert texts(store.words(row.id)) == HEARD
            assert store.read("SELECT overall FROM summaries")[0]["overall"] == 3.0
            assert hints(store) == ()
            with pytest.raises(CorrectionError, match="never corrected"):
                undo(store, row)

    def test_a_correction_to_nothing_is_refused(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store, pytest.raises(CorrectionError, match="no words would be left"):
            correct(store, add_answer(store), (), score=by_length)

    def test_a_failed_write_leaves_the_old_state(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            row = add_answer(store, text=HEARD)
            heard = store.words(row.id)
        wanted = replaced(heard, [("cooper netties", "Kubernetes")])
        states = list(sweep(tmp_path, lambda store: correct(store, row, wanted, score=by_length)))
        assert len(states) > 5
        assert all(state == states[0] for state in states[:-1])
        assert any(CORRECTED in line for line in states[-1])

    def test_the_editor_shows_a_sentence_a_line(self) -> None:
        assert editable_text(spoken(HEARD)) == "We moved to cooper netties.\nThen the N P S rose.\n"


class TestHints:
    """Names corrected once are listened for from then on."""

    @pytest.mark.parametrize(
        ("before", "after", "names"),
        [
            ("we used cooper netties there", "we used Kubernetes there", ("Kubernetes",)),
            ("he asked sand marino twice", "he asked San Marino, twice", ("San Marino",)),
            ("their cost was high", "there cost was high", ()),
            ("done. they left", "done. We left", ()),  # a sentence's first word has its capital anyway
            ("done. and pee s rose", "done. NPS rose", ("NPS",)),
            ("so i left", "so I'd left", ()),
        ],
    )
    def test_names_are_told_from_words(self, before: str, after: str, names: tuple[str, ...]) -> None:
        assert corrected_names(spoken(before), spoken(after)) == names

    def test_the_name_corrected_most_often_comes_first_and_goes_with_its_session(
        self, tmp_path: Path
    ) -> None:
        with Store(tmp_path) as store:
            for session, name in (("s1", "Jira"), ("s2", "Kubernetes"), ("s3", "Jira")):
                row = add_answer(store, f"{session}/1", "we used it a lot")
                correct(store, row, spoken(f"we used {name} a lot"), score=by_length)
            assert hints(store) == ("Jira", "Kubernetes")
            store.delete_session("s2")
            assert hints(store) == ("Jira",)
