"""What the interviewer says besides the questions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.errors import PackError
from voicemock.packs.phrases import INTERRUPTIONS, PLACEHOLDERS, SAYINGS, Phrases, load_phrases

SHIPPED = load_phrases()
SPOKEN = re.compile(r"[A-Z{][A-Za-z_ ,.:?{}'-]*[.?]")
LONGEST = 20  # words; an interruption any longer is a speech


def write(folder: Path, text: str) -> Path:
    path = folder / "follow-ups.yaml"
    path.write_text(text, encoding="utf-8")
    return path


class TestWhatShips:
    """Every kind of interruption has short wordings that can be said."""

    def test_every_kind_is_there(self) -> None:
        assert set(SHIPPED.wordings) == {*INTERRUPTIONS, *SAYINGS}

    @pytest.mark.parametrize("kind", INTERRUPTIONS)
    def test_an_interruption_has_several_short_wordings(self, kind: str) -> None:
        wordings = SHIPPED.wordings[kind]
        assert len(wordings) >= 2
        assert len(set(wordings)) == len(wordings)
        assert all(len(wording.split()) <= LONGEST for wording in wordings)

    def test_most_interruptions_are_under_fourteen_words(self) -> None:
        lengths = [len(text.split()) for kind in INTERRUPTIONS for text in SHIPPED.wordings[kind]]
        assert sum(length < 14 for length in lengths) > 0.75 * len(lengths)

    @pytest.mark.parametrize("kind", [*INTERRUPTIONS, *SAYINGS])
    def test_a_wording_can_be_said_aloud(self, kind: str) -> None:
        for wording in SHIPPED.wordings[kind]:
            assert SPOKEN.fullmatch(wording)
            assert not re.search(r"\b[A-Z]{2,}\b", wording)


class TestWording:
    """The first that can be said, then the next, round and round."""

    phrases = Phrases({"hedged": ("You said {quote}?", "Really?", "{metric}, {quote}?")})

    def test_the_candidate_s_words_are_put_in(self) -> None:
        assert self.phrases.wording("hedged", quote="about twenty") == "You said about twenty?"

    def test_without_them_a_wording_that_needs_none_is_taken(self) -> None:
        assert self.phrases.wording("hedged") == "Really?"

    def test_an_empty_field_is_none(self) -> None:
        assert self.phrases.wording("hedged", quote="  ") == "Really?"

    def test_the_index_goes_round_those_that_can_be_said(self) -> None:
        said = [self.phrases.wording("hedged", index, quote="ten") for index in range(3)]
        assert said == ["You said ten?", "Really?", "You said ten?"]

    def test_braces_in_the_candidate_s_words_are_left_alone(self) -> None:
        assert self.phrases.wording("hedged", quote="{metric} {0}") == "You said {metric} {0}?"

    def test_a_field_nobody_asks_for_is_ignored(self) -> None:
        assert self.phrases.wording("hedged", name="Ann") == "Really?"

    def test_an_unknown_kind_is_the_caller_s_mistake(self) -> None:
        with pytest.raises(KeyError):
            SHIPPED.wording("small-talk")

    @given(
        st.sampled_from([*INTERRUPTIONS, *SAYINGS]),
        st.integers(),
        st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text()),
    )
    def test_there_is_always_something_to_say(self, kind: str, index: int, fields: dict[str, str]) -> None:
        said = SHIPPED.wording(kind, index, **fields)
        assert said
        assert all(f"{{{name}}}" not in said for name in PLACEHOLDERS if name not in "".join(fields.values()))


class TestQuestions:
    """All wordings that can be filled, those first that hold most of the candidate's words."""

    phrases = Phrases(
        {"hedged": ("Really?", "{now}: who counted?", "{Of} at {now}: who counted?", "{now}, you say?")}
    )

    def test_what_holds_most_comes_first(self) -> None:
        assert (
            self.phrases.questions("hedged", {"now": "8%", "Of": "Churn"})[0] == "Churn at 8%: who counted?"
        )

    def test_equals_take_turns(self) -> None:
        firsts = [self.phrases.questions("hedged", {"now": "8%"}, turn)[0] for turn in range(3)]
        assert firsts == ["8%: who counted?", "8%, you say?", "8%: who counted?"]

    def test_without_words_the_plain_one_is_left(self) -> None:
        assert self.phrases.questions("hedged", {}) == ("Really?",)

    def test_it_opens_with_a_capital(self) -> None:
        assert Phrases({"k": ("{deed}: why?",)}).questions("k", {"deed": "you left"}) == ("You left: why?",)


class TestYourOwn:
    """A folder's `follow-ups.yaml` replaces list by list; a fault in it is one line."""

    def test_a_list_replaces_the_shipped_one_and_no_other(self, tmp_path: Path) -> None:
        write(tmp_path, "interruptions:\n  cap: [Stop.]\nphrases:\n  thanks: [Ta.]")
        mine = load_phrases(tmp_path)
        assert (mine.wording("cap", 5), mine.wording("thanks")) == ("Stop.", "Ta.")
        assert mine.wordings["hedged"] == SHIPPED.wordings["hedged"]

    def test_a_folder_without_the_file_changes_nothing(self, tmp_path: Path) -> None:
        assert load_phrases(tmp_path) == SHIPPED

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("interruptions: {capp: [A.]}", "interruptions (line 1): unknown key capp: did you mean cap?"),
            ("interruption: {}", "unknown key interruption: did you mean interruptions?"),
            ("interruptions: [cap]", "interruptions: must be a mapping"),
            ("interruptions: {cap: Stop.}", "cap must be a list"),
            ("interruptions: {cap: [1]}", "cap must be text, not 1"),
            ("interruptions: {cap: []}", "cap needs a wording without a placeholder"),
            ("interruptions: {cap: ['{quote}']}", "cap needs a wording without a placeholder"),
            ("interruptions: {cap: ['{ quote }', A.]}", "cap has an unknown placeholder { quote }"),
            ("interruptions: {}", "no wordings in it"),
            ("phrases: {opening: [}", "line 1: not YAML"),
        ],
    )
    def test_a_fault_names_file_kind_and_cause(self, tmp_path: Path, text: str, cause: str) -> None:
        path = write(tmp_path, text)
        with pytest.raises(PackError) as caught:
            load_phrases(tmp_path)
        assert str(caught.value).startswith(str(path))
        assert cause in str(caught.value)
        assert "\n" not in str(caught.value)


def test_the_invitation_to_ask_suits_an_interviewer_who_has_just_come_back() -> None:
    """A loop may go on with it: nothing was asked in that sitting that it could look back on."""
    lines = {load_phrases().wording("your-questions", turn) for turn in range(6)}
    assert len(lines) >= 3
    assert not [
        line for line in lines if re.search(r"\b(?:those|these) were|that (?:is|was) all\b", line, re.I)
    ]
