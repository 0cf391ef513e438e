"""What is told more than once in an answer, and where the review says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stored import add_answer, claim, score
from voicemock.coaching.repeats import said_again, stories_again
from voicemock.report.as_json import answer_json
from voicemock.report.build import review_answer, review_session
from voicemock.report.html import render_page
from voicemock.report.markdown import session_markdown
from voicemock.report.plain import session_text
from voicemock.scoring.model import Metric
from voicemock.scoring.models.encoder import default_encoder
from voicemock.store.store import Store

LABELS = "I followed forty parcels myself, and I found that the labels came off in the rain."
LABELS_AGAIN = "As I said, I followed forty parcels and saw the labels come off in the rain."
SCANNERS = "I decided against new scanners because they would have cost 200 thousand dollars."
PRINTER = "Instead I moved the printer, and I tested it at one dock for two weeks."


def groups(*sentences: str, metrics: tuple[Metric, ...] = ()) -> tuple[tuple[int, ...], ...]:
    return said_again(sentences, metrics, default_encoder())


class TestInAnAnswer:
    def test_a_sentence_said_again_in_other_words_is_found(self) -> None:
        assert groups(LABELS, SCANNERS, LABELS_AGAIN) == ((0, 2),)

    def test_all_tellings_make_one_group(self) -> None:
        assert groups(LABELS, LABELS_AGAIN, PRINTER, LABELS) == ((0, 1, 3),)

    def test_different_sentences_of_one_story_are_no_repetition(self) -> None:
        assert groups(LABELS, SCANNERS, PRINTER) == ()

    def test_like_sentences_with_other_facts_are_none(self) -> None:
        assert (
            groups("I called six sellers in the first week.", "I called nine drivers in the second week.")
            == ()
        )

    @pytest.mark.parametrize(("times", "found"), [(2, ()), (3, ((0, 1, 2),))])
    def test_a_result_may_open_and_close_an_answer_and_is_told_the_third_time(
        self, times: int, found: tuple[tuple[int, ...], ...]
    ) -> None:
        told = ("Waste fell to 12 crates.", "So, 12 it was.", "Twelve crates, in the end.")[:times]
        metrics = tuple(claim("12", sentence=at, after=12.0, unit="", role="result") for at in range(times))
        assert groups(*told, metrics=metrics) == found


def stored(folder: Path, *texts: str, interrupts: int = 0) -> Store:
    sentences = [
        {"text": text, "start": 10.0 * at, "end": 10.0 * at + 8.0, "star": None}
        for at, text in enumerate(texts)
    ]
    store = Store(folder)
    add_answer(store, text=" ".join(texts), scored=score(3.0, sentences=sentences), interrupts=interrupts)
    return store


class TestInTheReview:
    def test_every_renderer_says_what_was_said_twice_and_where(self, tmp_path: Path) -> None:
        with stored(tmp_path, LABELS, SCANNERS, LABELS_AGAIN) as store:
            session = review_session(store, "s1")
        for shown in (session_text(session), session_markdown(session), render_page(session)):
            assert "You said this twice, at 0:00 and 0:20" in shown
        assert answer_json(session.answers[0])["repeats"] == [[0, 2]]

    def test_who_was_asked_in_between_only_answered(self, tmp_path: Path) -> None:
        with stored(tmp_path, LABELS, SCANNERS, LABELS_AGAIN, interrupts=12) as store:
            assert review_answer(store, "s1/1").repeats == ()


def test_a_loop_of_different_stories_repeats_none() -> None:
    assert stories_again([LABELS, SCANNERS]) == ()
