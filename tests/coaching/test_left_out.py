"""What of a draft was said, left out and added when the story was told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.coaching.told import DRAFT, TOLD, score_of
from tests.stored import score
from voicemock.coaching.draft import KEYS, Draft, Pace, sentences_of
from voicemock.coaching.left_out import DraftComparison, compare_with_draft, stretches_of
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer
from voicemock.scoring.models.encoder import FakeEncoder
from voicemock.transcript import Sentence

ENCODER = FakeEncoder()
WORDS = st.lists(
    st.sampled_from(["nurse", "oven", "lost", "12", "31", "fell", "from", "to", "weeks", "I", "told", "she"])
)
SENTENCES = st.lists(WORDS.filter(bool).map(lambda words: " ".join(words) + "."), max_size=6)


def compared(told: tuple[str, ...] = TOLD, draft: Draft = DRAFT) -> DraftComparison:
    return compare_with_draft(draft, Pace(), score_of(told))


def told_as_drafted() -> tuple[str, ...]:
    return tuple(sentence.text for _, sentence in sentences_of(DRAFT, Pace()))


class TestSaid:
    """A sentence counts as said by its numbers first, then by its meaning."""

    def test_what_is_told_word_for_word_is_said(self) -> None:
        found = compared(told_as_drafted())
        assert found.of("said") == found.lines
        assert (found.added, found.lost, found.changed) == ((), (), ())

    def test_what_is_told_in_other_words_is_said_and_what_is_not_told_is_left_out(self) -> None:
        found = compared()
        assert [line.part for line in found.of("left out")] == ["task"]
        assert [line.part for line in found.of("perhaps")] == []

    def test_what_was_not_drafted_is_added_with_its_time(self) -> None:
        added = compared().added
        assert [line.text for line in added] == [TOLD[-1]]
        assert added[0].start == pytest.approx(len(" ".join(TOLD[:-1]).split()) * 0.4)

    def test_a_clause_of_a_longer_sentence_is_enough(self) -> None:
        told = (
            "Before all that I had spent a year on search, and I followed her for two nights and counted 31 walks.",
        )
        said = compared(told)
        assert "action-1" in [line.part for line in said.of("said")]

    def test_a_sentence_told_in_two_is_said(self) -> None:
        told = ("I followed her for two nights.", "And I counted 31 walks to the printer.")
        assert "action-1" in [line.part for line in compared(told).of("said")]

    def test_a_name_alone_says_nothing(self) -> None:
        draft = Draft("d1", parts={"link": "Mrs Achebe sent me a card from her garden."})
        assert compared(("Mrs Achebe said she would sooner drive to the depot.",), draft).of("said") == ()

    def test_nothing_told_leaves_everything_out(self) -> None:
        found = compare_with_draft(DRAFT, Pace(), score_answer(Answer((), "behavioral")), ENCODER)
        assert found.of("left out") == found.lines
        assert found.told_overall is None


class TestNumbers:
    """Numbers that were left out or said otherwise stand first."""

    def test_a_number_that_was_not_said_is_lost(self) -> None:
        assert any("62%" in text for text in compared().lost)

    def test_a_number_said_otherwise_is_told_with_both(self) -> None:
        changed = compared().changed
        assert [("31 to 4" in drafted, "31 to 6" in said) for drafted, said in changed] == [(True, True)]

    def test_a_number_whose_kind_was_read_otherwise_is_changed_and_not_lost(self) -> None:
        found = compared(
            ("I counted 31 walks to that printer.", "Walks fell from 31 to six a shift within three weeks.")
        )
        assert [said for _, said in found.changed] == ["Walks fell from 31 to six a shift within three weeks"]
        assert not any("31 to 4" in text for text in found.lost)

    def test_results_that_were_left_out_come_first(self) -> None:
        assert "62%" in compared().lost[0]

    def test_the_sentence_of_a_lost_number_names_it(self) -> None:
        result = next(line for line in compared().lines if line.part == "result")
        assert result.state == "said"
        assert any("62%" in text for text in result.lost)

    def test_the_figure_from_before_does_not_stand_for_the_one_after(self) -> None:
        told = ("Turnover among the nurses was 68% a year.", "I asked each of them why, and I wrote it down.")
        draft = Draft(
            "d1", parts={"result": "Turnover in the six pilot wards fell from 68 to 49% over the year."}
        )
        assert compared(told, draft).changed == ()


class TestTimes:
    """The time of each part, by the draft and as told."""

    def test_the_told_times_of_the_parts_and_of_what_is_new_add_up(self) -> None:
        found = compared()
        assert found.added_s is not None and found.told_s is not None
        total = found.added_s + sum(part.told_s or 0.0 for part in found.parts)
        assert total == pytest.approx(found.told_s, abs=0.2)

    def test_a_part_that_was_left_out_took_no_time(self) -> None:
        times = {part.key: part for part in compared().parts}
        assert times["task"].told_s == 0.0
        assert times["task"].drafted_s == pytest.approx(Pace().seconds(18))

    def test_without_times_none_are_made_up(self) -> None:
        found = compare_with_draft(
            DRAFT, Pace(), score_answer(Answer(tuple(map(Sentence, TOLD)), "behavioral"))
        )
        assert found.added_s is None
        assert {part.told_s for part in found.parts} == {None}

    def test_a_score_of_an_older_voicemock_can_be_compared(self) -> None:
        found = compare_with_draft(DRAFT, Pace(), score(), ENCODER)
        assert found.of("left out") == found.lines


class TestProperties:
    """Of any draft and any telling."""

    @given(st.dictionaries(st.sampled_from(KEYS), WORDS.map(" ".join)), SENTENCES)
    def test_every_drafted_sentence_has_one_state_and_every_told_one_one_place(
        self, parts: dict[str, str], told: list[str]
    ) -> None:
        draft = Draft("d1", parts=parts)
        answer = score_answer(Answer(tuple(map(Sentence, told)), "behavioral"), ENCODER)
        found = compare_with_draft(draft, Pace(), answer, ENCODER)
        assert [line.text for line in found.lines] == [s.text for _, s in sentences_of(draft, Pace())]
        taken = {number for line in found.lines for number in line.told}
        assert len(found.added) == len(told) - len(taken)
        assert all(line.told == () for line in found.of("left out"))
        assert found == compare_with_draft(draft, Pace(), answer, ENCODER)

    @given(SENTENCES)
    def test_every_told_sentence_is_a_stretch_and_stretches_are_short(self, told: list[str]) -> None:
        stretches = stretches_of(told)
        assert {at for stretch in stretches for at in stretch.sentences} == set(range(len(told)))
        assert all(len(stretch.sentences) <= 2 for stretch in stretches)

    @given(st.permutations(list(TOLD)))
    def test_the_order_of_telling_decides_nothing_about_what_was_said(self, told: list[str]) -> None:
        draft = replace(DRAFT, parts={"hook": DRAFT.text("hook")})
        assert [line.state for line in compared(tuple(told), draft).lines] == ["said"]


def test_the_retold_drafts_are_whole() -> None:
    path = Path(__file__).parents[2] / "training" / "retold.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    for story in (*content["stories"], *content["held_out"]):
        assert len(story["draft"]) == len(story["holds"])
        assert all(number < len(story["told"]) for holds in story["holds"] for number in holds)
