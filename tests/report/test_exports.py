"""Markdown, CSV and subtitles: what other programs would trip over."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.builders import SESSION, add_answer, score, stored_session
from voicemock.report.as_csv import sessions_csv
from voicemock.report.build import review_answer, review_session
from voicemock.report.markdown import escape, session_markdown
from voicemock.report.subtitles import CUE_CHARACTERS, cues, srt, vtt
from voicemock.store.store import Store
from voicemock.transcript import Word


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored_session(tmp_path / "recordings", audio_s=0) as store:
        yield store


def say(store: Store, text: str) -> str:
    """Store an answer of one sentence, a word every half second."""
    spoken = [Word(token, i / 2, i / 2 + 0.4) for i, token in enumerate(text.split())]
    sentence = {"text": text, "start": 0.0, "end": len(spoken) / 2, "star": None}
    blank = score(sentences=[sentence], metrics=[], vague=[], inconsistencies=[], principles=[], fixes=[])
    return add_answer(store, 3, spoken=spoken, scored=blank, events=(), details={})


class TestSubtitles:
    """A player shows each cue in turn, over the recording."""

    def test_cues_follow_one_another_and_never_overlap(self, store: Store) -> None:
        shown = list(cues(review_answer(store, f"{SESSION}/1")))
        assert all(cue.start < cue.end for cue in shown)
        assert all(first.end <= second.start for first, second in itertools.pairwise(shown))

    def test_no_word_is_lost(self, store: Store) -> None:
        answer = review_answer(store, f"{SESSION}/1")
        shown = " ".join(cue.text.replace("\n", " ") for cue in cues(answer))
        assert shown == " ".join(sentence.text for sentence in answer.sentences)

    def test_a_long_sentence_is_cut_into_cues_of_two_lines(self, store: Store) -> None:
        answer = review_answer(store, say(store, "and then we went on " * 20))
        shown = list(cues(answer))
        assert len(shown) > 3
        assert max(len(cue.text) for cue in shown) <= CUE_CHARACTERS + 5

    def test_an_arrow_in_the_words_is_no_time_line(self, store: Store) -> None:
        answer = review_answer(store, say(store, "from --> to <b>bold</b> & more"))
        assert srt(answer).count("-->") == 1
        assert "from --&gt; to &lt;b&gt;bold&lt;/b&gt; &amp; more" in vtt(answer).replace("\n", " ")

    def test_without_word_times_there_are_no_cues(self, store: Store) -> None:
        answer = review_answer(store, add_answer(store, 3, spoken=[]))
        assert vtt(answer).startswith("WEBVTT\n")
        assert "-->" not in vtt(answer)


class TestCsv:
    def test_a_row_reads_back_as_what_was_stored(self, store: Store) -> None:
        rows = list(csv.DictReader(io.StringIO("".join(sessions_csv([review_session(store, "last")])))))
        assert [(row["overall"], row["not_scored"]) for row in rows] == [("3.4", ""), ("", "under 10 words")]
        assert rows[0]["result_metrics"] == "3"

    @pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM(A1)"])
    def test_what_was_said_is_no_formula(self, said: str, store: Store) -> None:
        say(store, said)
        *_, row = csv.DictReader(io.StringIO("".join(sessions_csv([review_session(store, "last")]))))
        assert row["transcript"] == f"'{said}"


class TestMarkdown:
    def test_what_was_said_is_no_markup(self, store: Store) -> None:
        say(store, "# a <b> | `x` [y](z) *w*")
        text = session_markdown(review_session(store, "last"))
        assert r"\# a \<b\> \| \`x\` \[y\](z) \*w\*" in text

    def test_line_breaks_become_spaces(self) -> None:
        assert escape("one\ntwo") == "one two"
