"""The writing sample: each check finds what it is for, quotes the line, and lets a good text pass."""

from __future__ import annotations

import pytest

from voicemock.coaching.writing import Check, Quote, is_passive, review_writing

GOOD_PARAGRAPH = (
    "A nurse told me in March that she lost forty minutes of every shift to a printer. "
    "I followed her for two nights and counted the walks. "
    "I chose a wristband over a second printer, because a printer breaks at night and nobody mends it. "
    "The chief of the ward refused at first, so I ran it with six nurses and showed her the counts. "
    "The walks fell from 31 to 4 a shift within three weeks. "
    "Wrong labels dropped by 62% over the same time. "
)
GOOD = GOOD_PARAGRAPH * 4 + "\n\nThat was ownership: the printer belonged to nobody, and I took it."


def check(text: str, name: str) -> Check:
    return next(each for each in review_writing(text).checks if each.name == name)


class TestLength:
    """300 to 500 words."""

    @pytest.mark.parametrize(("count", "good"), [(299, False), (300, True), (500, True), (501, False)])
    def test_the_bounds_are_inside(self, count: int, good: bool) -> None:
        assert check("word " * count, "length").good is good

    def test_marks_of_markdown_are_no_words(self) -> None:
        assert review_writing("# One two\n\n- three **four** `five`\n\n> six").words == 6


class TestVoice:
    """Who did it is said."""

    @pytest.mark.parametrize(
        "sentence",
        [
            "The plan was approved by the board.",
            "It had been quickly rebuilt.",
            "Orders were being lost every day.",
            "The date was not met.",
        ],
    )
    def test_a_passive_is_found(self, sentence: str) -> None:
        assert is_passive(sentence)

    @pytest.mark.parametrize(
        "sentence",
        ["I approved the plan.", "I was excited.", "She is a nurse.", "We need speed.", "I was there."],
    )
    def test_what_only_looks_like_one_is_not(self, sentence: str) -> None:
        assert not is_passive(sentence)

    def test_the_passive_sentences_are_quoted_with_their_lines(self) -> None:
        found = check("I built it.\n\nThen it was\nbroken. It was mended.\n", "active voice")
        assert not found.good
        assert found.quotes == (Quote(3, "Then it was broken."), Quote(4, "It was mended."))


class TestRest:
    """I against we, data, principle, jargon."""

    def test_we_all_over_is_found(self) -> None:
        found = check("We planned it. We built it. I wrote a page.", "I against we")
        assert not found.good
        assert [quote.text for quote in found.quotes] == ["We planned it.", "We built it."]

    def test_a_text_without_i_is_not_good(self) -> None:
        assert not check("The team planned it.", "I against we").good

    def test_results_without_a_number_are_quoted(self) -> None:
        found = check("I rebuilt the page. I wrote it again. It was a huge improvement.", "data")
        assert not found.good
        assert any("huge improvement" in quote.text for quote in found.quotes)

    def test_a_principle_is_found_by_its_name(self) -> None:
        assert check(GOOD, "principle").found == "Ownership"
        assert not check("I owned the launch.", "principle").good

    def test_jargon_is_quoted_word_by_word(self) -> None:
        found = check("I leveraged synergies.\nThen I picked low-hanging fruit.", "jargon")
        assert found.quotes == (Quote(1, "leveraged"), Quote(1, "synergies"), Quote(2, "low-hanging fruit"))

    def test_one_is_not_told_as_many(self) -> None:
        text = "I rebuilt the synergies. Lost orders fell from 12 to 3 a week."
        assert check(text, "data").found == "1 result with a number"
        assert check("It was mended.", "active voice").found == "1 of 1 sentence in the passive"
        assert check(text, "jargon").found == "1 word of jargon"
        assert check("word " * 501, "length").advice.startswith("Cut 1 word;")


def test_a_good_narrative_passes_every_check() -> None:
    review = review_writing(GOOD)
    assert [each.name for each in review.checks if not each.good] == []
    assert review.good
