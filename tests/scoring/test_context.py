"""A story read in the whole of it: pieces of words, windows, and what the network makes of them."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from voicemock.scoring.assemble import read_ahead
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.model import Answer
from voicemock.scoring.models import context
from voicemock.scoring.models.pieces import Pieces, words
from voicemock.transcript import Sentence

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "un", "##break", "##able", "##a", "tea", "pot", "'", "12", "%", "s"]
STORY = (
    "I was at a company that rents out boats on three lakes.",
    "Every spring half of the bookings were made twice, and the harbour master sorted them out by hand.",
    "She rang me in tears one Saturday and said she had turned eleven families away.",
    "It was on me to have that gone before the summer.",
    "I drove out, sat in her hut for two days and wrote down each booking as it came in.",
    "Both shops kept a paper list of their own, so I wrote one shared calendar and taught them to use it.",
    "By June bookings made twice were down from 40 a week to 2.",
    "What I'd do differently is ring her in February.",
)


def pieces(text: str) -> list[str]:
    return [VOCABULARY[number] for number in Pieces({p: n for n, p in enumerate(VOCABULARY)}).of(text)]


class TestPieces:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Unbreakable teapot", ["un", "##break", "##able", "[UNK]"]),
            ("TEA, pot's", ["tea", "[UNK]", "pot", "'", "s"]),
            ("12%", ["12", "%"]),
            ("t\u00e9a\tpot", ["tea", "pot"]),
            ("", []),
            ("un" * 51, ["[UNK]"]),
        ],
    )
    def test_of_a_text(self, text: str, expected: list[str]) -> None:
        assert pieces(text) == expected

    def test_what_is_not_printed_is_no_letter(self) -> None:
        assert list(words("a\u200bb \ufffd c\u0000d")) == ["ab", "cd"]

    def test_marks_stand_alone(self) -> None:
        assert list(words("it\u2019s \u2026 $5")) == ["it", "\u2019", "s", "\u2026", "$", "5"]


class TestWindows:
    def test_an_answer_that_fits_is_read_at_once(self) -> None:
        assert list(context.windows([20] * 10)) == [(0, 10)]

    def test_a_longer_one_in_windows_that_overlap_by_half(self) -> None:
        assert list(context.windows([50] * 12)) == [(0, 5), (2, 7), (4, 9), (6, 11), (8, 12)]

    def test_every_sentence_is_in_one(self) -> None:
        sizes = [97, 3, 97, 97, 97, 2, 50, 97, 97]
        seen = {k for first, after in context.windows(sizes) for k in range(first, after)}
        assert seen == set(range(len(sizes)))

    def test_no_sentences_make_none(self) -> None:
        assert list(context.windows([])) == []


class TestLetters:
    def test_they_are_chances(self) -> None:
        chances = np.exp(context.read(STORY).letters)
        assert chances.shape == (len(STORY), len(context.LETTERS))
        assert chances.sum(axis=1) == pytest.approx(1, abs=0.01)

    def test_they_are_the_same_each_time(self) -> None:
        first = context.read(STORY).letters.copy()
        context._read.cache_clear()
        assert np.array_equal(first, context.read(STORY).letters)

    def test_a_story_reads_as_it_is_told(self) -> None:
        best = "".join(context.LETTERS[k] for k in context.read(STORY).letters.argmax(axis=1))
        assert best[0] == "S"
        assert "A" in best[4:6]
        assert best[6] == "R"
        assert best[7] == "L"

    def test_of_an_answer_that_grew_only_the_end_is_new(self) -> None:
        told = STORY * 6
        context._read.cache_clear()
        read_ahead(Answer(tuple(Sentence(text) for text in told[:-8]), "behavioral"))
        ahead = context._read.cache_info().misses
        context.read(told)
        assert context._read.cache_info().misses - ahead < ahead / 2

    def test_a_very_long_answer_is_read(self) -> None:
        assert len(context.read(STORY * 12).letters) == 12 * len(STORY)

    def test_a_sentence_without_anything_to_read_has_them_too(self) -> None:
        assert len(context.read(["", "\u2603", *STORY]).letters) == 2 + len(STORY)

    def test_while_an_answer_is_told_it_is_not_read_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(_: object) -> None:
            raise AssertionError

        monkeypatch.setattr(context, "read", never)
        assert annotate(STORY, "behavioral").whole is None
        assert annotate(STORY, "product-sense", told=True).whole is None
        with pytest.raises(AssertionError):
            annotate(STORY, "behavioral", told=True)

    def test_a_part_of_a_sentence_has_a_chance_of_its_own(self) -> None:
        told = (*STORY[:-1], "It went really well, and the office has a blue door.")
        read = context.read(told)
        last, cut = len(told) - 1, len("It went really well")
        assert read.vague(last, 0, cut) > read.vague(last, cut, len(told[last]))

    def test_words_that_hold_no_piece_have_one_too(self) -> None:
        assert 0 <= context.read(["", *STORY]).vague(0, 0, 0) <= 1

    def test_the_network_is_of_a_size_to_carry_about(self) -> None:
        """Twice MiniLM's width and two layers more, for six points of the letters: as large as the recogniser."""
        folder = resources.files("voicemock.scoring.models").joinpath("network")
        assert sum(len(file.read_bytes()) for file in folder.iterdir()) < 72_000_000
