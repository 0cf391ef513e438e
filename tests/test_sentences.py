"""Where a sentence ends: at stops, at pauses, and by the words where there are neither."""

from __future__ import annotations

import time
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
import pytest

from voicemock.transcript import Word, boundaries, ends, sentences_from_text, sentences_from_words

TOLD = (
    ("I ran the boat rental of a small lake", 0.7),
    ("every Sunday the queue went back to the road", 0.7),
    ("so I counted the boats for a month", 0.7),
    ("half of them lay upside down behind the shed", 0.7),
    ("I moved them to the jetty", 0.7),
    ("after that nobody waited longer than ten minutes", 0.0),
)


def spoken(parts, short=0.03) -> list[Word]:
    """The words of these sentences, each followed by its pause."""
    words, now = [], 0.0
    for text, pause in parts:
        for token in text.split():
            words.append(Word(token, now, now + 0.25))
            now += 0.25 + short
        now += pause
    return words


class TestByStops:
    def test_stops_and_long_pauses_end_a_sentence_and_abbreviations_do_not(self):
        words = [Word("Dr.", 0, 0.2), Word("Lee", 0.3, 0.7), Word("agreed.", 0.6, 0.9), Word("So", 1.0, 1.1)]
        assert [s.text for s in sentences_from_words(words)] == ["Dr. Lee agreed.", "So"]
        assert len(sentences_from_words([Word("yes", 0, 0.3), Word("we", 2.5, 2.7)])) == 2

    def test_a_printed_sentence_of_usual_length_stays_whole(self):
        text = "So I counted the boats for a month, because nobody knew how many there were."
        assert [s.text for s in sentences_from_text(text + " " + text)] == [text, text]

    def test_a_long_sentence_of_a_text_that_has_its_stops_is_left_alone(self):
        long = (
            "So I sat down with the man who had rented them out for thirty years, and we went through his list, which "
            "he kept on paper in a drawer behind the till, and it turned out that half of the boats on it had been "
            "lying behind the shed since spring, because nobody had told the carpenter that they leaked."
        )
        text = f"I ran the boats. {long} I said no."
        assert [s.text for s in sentences_from_text(text)] == ["I ran the boats.", long, "I said no."]


class TestWithoutStops:
    def test_the_pauses_of_a_speaker_cut_where_a_listener_would(self):
        found = sentences_from_words(spoken(TOLD))
        assert [sentence.text for sentence in found] == [text for text, _ in TOLD]

    def test_a_detector_knows_pauses_that_word_times_do_not(self):
        words = spoken([(text, 0.0) for text, _ in TOLD], short=0.0)
        ends, pauses = 0, []
        for text, pause in TOLD[:-1]:
            ends += len(text.split())
            pauses.append((words[ends - 1].end - pause / 2, words[ends - 1].end + pause / 2))
        assert [s.text for s in sentences_from_words(words, pauses)] == [text for text, _ in TOLD]

    def test_words_alone_are_cut_into_pieces_that_can_be_read(self):
        text = " ".join(text for text, _ in TOLD).lower()
        found = sentences_from_text(text)
        assert 3 <= len(found) <= 8
        assert " ".join(sentence.text for sentence in found) == text

    def test_capitals_that_a_recogniser_left_are_heeded(self):
        text = " ".join(text[0].upper() + text[1:] for text, _ in TOLD)
        assert [s.text for s in sentences_from_text(text)] == [t[0].upper() + t[1:] for t, _ in TOLD]

    def test_no_word_is_lost_and_the_same_words_give_the_same_sentences(self):
        words = spoken(TOLD * 8)
        once = sentences_from_words(words)
        assert [w for s in once for w in s.words] == words
        assert sentences_from_words(words) == once

    def test_a_minute_of_talk_costs_a_few_milliseconds_of_the_processor(self):
        words = spoken(TOLD * 4)
        sentences_from_words(words)  # the model is read
        before = time.process_time()
        for _ in range(5):
            sentences_from_words(words)
        assert (time.process_time() - before) / 5 < 0.05

    def test_a_chain_among_stops_is_cut_all_the_same(self):
        chain = (
            "the boats lay upside down behind the shed nobody knew how many there were I counted them for a month half "
            "of them had a hole the queue on Sundays went back to the road we moved the good ones to the jetty I "
            "called the carpenter about the others he came in May he mended nine of them after that nobody waited "
            "longer than ten minutes it was the best summer we ever had"
        )
        found = sentences_from_text(
            f"I ran the boats. {chain}. I was glad. It was fun. So I stayed. That was it."
        )
        assert len(found) >= 8


class TestNumbers:
    def test_none_is_cut_in_two(self) -> None:
        told = (
            "the goal was to get onboarding from thirty days to ten and the board wanted ninety five percent of "
            "customers live by december and we never had more than four hundred thousand dollars and that was that"
        )
        cut = sentences_from_text(told)
        for number in ("ninety five percent", "four hundred thousand"):
            assert any(number in sentence.text.lower() for sentence in cut)


class TestLikelyEnds:
    WORDS = ("we had nine shops and I went to each of them it took a week the queues were long " * 12).split()

    def test_an_end_is_likelier_between_two_clauses_than_inside_one(self):
        text = "i moved the boats to the jetty after that nobody waited longer than ten minutes"
        words = text.split()
        odds = ends.log_odds(words)
        assert int(np.argmax(odds)) == words.index("jetty")
        assert odds.min() < -4

    def test_words_that_follow_change_only_what_is_near_them(self):
        whole = ends.log_odds(self.WORDS)
        begun = ends.log_odds(self.WORDS[:100])
        assert np.allclose(begun[: 99 - ends.SEEN], whole[: 99 - ends.SEEN], atol=1e-4)
        assert len(whole) == len(self.WORDS) - 1

    def test_blocks_see_past_their_edges(self, monkeypatch):
        in_blocks = ends.log_odds(self.WORDS)
        monkeypatch.setattr(ends, "BLOCK", len(self.WORDS))
        assert np.allclose(in_blocks, ends.log_odds(self.WORDS), atol=1e-4)

    def test_while_somebody_talks_only_the_last_block_is_read_again(self):
        ends.log_odds(self.WORDS)
        before = ends._block.cache_info().misses
        ends.log_odds([*self.WORDS, "then"])
        assert ends._block.cache_info().misses - before <= 2

    def test_one_word_and_none_have_no_gap(self):
        assert len(ends.log_odds(["yes"])) == len(ends.log_odds([])) == 0

    def test_the_weights_are_small(self):
        assert resources.files("voicemock.transcript").joinpath("ends.npz").stat().st_size < 3_000_000  # type: ignore[attr-defined]


class TestEffort:
    def test_a_long_chain_costs_a_fixed_effort_a_word(self, monkeypatch):
        asked = []
        cost = boundaries._cost_of_length
        monkeypatch.setattr(boundaries, "_cost_of_length", lambda size: asked.append(size) or cost(size))
        words = ("from 1 to 2 " * 500).split()
        boundaries.breaks(words, [0.0] * (len(words) - 1))
        assert len(asked) <= (boundaries.USUAL + 1) * len(words)

    def test_no_other_path_is_worth_more(self):
        words = (
            "we had 9 shops and I went to each so the queue fell from 12 to 3 minutes and people stayed " * 4
        ).split()
        silences = [0.0] * (len(words) - 1)
        worth = boundaries._worths(words, silences)

        @cache
        def most(start: int) -> float:
            ends = [end for end in range(start + 1, len(words)) if worth[end - 1] > boundaries.HOPELESS]
            last = -boundaries._cost_of_length(len(words) - start)
            return max(
                [last, *(worth[e - 1] - boundaries._cost_of_length(e - start) + most(e) for e in ends)]
            )

        at = [0, *boundaries.breaks(words, silences), len(words)]
        chosen = sum(worth[end - 1] for end in at[1:-1])
        chosen -= sum(boundaries._cost_of_length(end - start) for start, end in pairwise(at))
        assert len(at) > 4
        assert chosen == pytest.approx(most(0))
