"""A drafted story: its times, what is read in it, what it still needs, and its way to a file and back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.coaching.draft import (
    KEYS,
    PART_CHARACTERS,
    USUAL_WPM,
    Draft,
    Pace,
    check_draft,
    own_pace,
    sentences_of,
)
from voicemock.coaching.draft_marks import Mark
from voicemock.coaching.draft_text import as_markdown, from_mapping, from_markdown
from voicemock.errors import DraftError
from voicemock.report.draft_terminal import overall_line
from voicemock.rounds import PRINCIPLES
from voicemock.scoring.models.encoder import FakeEncoder

ENCODER = FakeEncoder()
STORY = Draft(
    title="Ward printer",
    principle="customer-obsession",
    parts={
        "hook": "A nurse in Hull told me that she lost forty minutes of every shift to a printer.",
        "task": "I owned the labels on that ward, and I had two months to give her that time back.",
        "action-1": "I followed her for two nights and counted 31 walks to the printer.",
        "action-2": "I chose a wristband rather than a second printer, because a printer breaks at night.",
        "action-3": "The head of the ward refused at first, so I showed her my counts and she agreed.",
        "result": "Walks fell from 31 to 4 a shift within three weeks, and wrong labels dropped by 62%.",
        "link": "That was Customer Obsession for me: I had to walk with her to see it.",
    },
)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="#"), max_size=60)
DRAFTS = st.builds(
    Draft,
    title=TEXTS,
    principle=st.sampled_from([None, *PRINCIPLES]),
    question=TEXTS,
    parts=st.dictionaries(st.sampled_from(KEYS), TEXTS),
)
PLAIN = st.lists(
    st.sampled_from(["I", "we", "nurse", "cut", "12", "3", "from", "to", "because", "chose", "she", "fell"]),
    max_size=30,
)


def mark(draft: Draft, key: str) -> Mark:
    return next(each for each in check_draft(draft, Pace()).marks if each.key == key)


def with_part(key: str, text: str) -> Draft:
    return replace(STORY, parts={**STORY.parts, key: text})


def test_the_score_of_a_few_sentences_says_that_the_rest_is_left_out_of_it() -> None:
    few = replace(STORY, parts={key: STORY.parts[key] for key in ("hook", "action-1", "result")})
    assert "a fuller draft can score lower at first" in overall_line(check_draft(few, Pace(), ENCODER))
    assert "as it stands" in overall_line(check_draft(STORY, Pace(), ENCODER))


class TestTimes:
    """Each part takes as long as the candidate needs for its words."""

    @given(DRAFTS)
    def test_the_parts_add_up_to_the_whole(self, draft: Draft) -> None:
        check = check_draft(draft, Pace(), ENCODER)
        assert check.seconds == pytest.approx(sum(part.seconds for part in check.parts))
        assert check.words == sum(part.words for part in check.parts)

    @given(DRAFTS, st.floats(60, 300))
    def test_at_twice_the_pace_it_takes_half_the_time(self, draft: Draft, wpm: float) -> None:
        slow, quick = (check_draft(draft, Pace(pace, 1), ENCODER) for pace in (wpm, 2 * wpm))
        assert slow.seconds == pytest.approx(2 * quick.seconds)

    @given(PLAIN, st.sampled_from(KEYS))
    def test_a_word_more_takes_longer(self, words: list[str], key: str) -> None:
        shorter = check_draft(Draft(parts={key: " ".join(words)}), Pace(), ENCODER)
        longer = check_draft(Draft(parts={key: " ".join([*words, "oven"])}), Pace(), ENCODER)
        assert longer.seconds > shorter.seconds

    @given(DRAFTS)
    def test_the_sentences_follow_each_other_in_the_order_of_the_parts(self, draft: Draft) -> None:
        said = sentences_of(draft, Pace())
        at = [KEYS.index(key) for key, _ in said]
        assert at == sorted(at)
        assert all(one.end == other.start for (_, one), (_, other) in pairwise(said))

    def test_the_pace_is_the_median_of_the_stored_answers(self) -> None:
        assert own_pace([120.0, None, 160.0, 170.0]) == Pace(160.0, 3)

    def test_without_stored_answers_it_is_the_usual_one_and_says_so(self) -> None:
        pace = own_pace([])
        assert pace == Pace(USUAL_WPM, 0)
        assert "none of your answers is stored" in pace.said

    def test_a_recording_that_went_wrong_sets_no_pace(self) -> None:
        assert own_pace([4.0, 2000.0, 140.0]) == Pace(140.0, 1)

    @pytest.mark.parametrize(
        ("words", "length"), [(220, "short"), (230, "good"), (320, "good"), (330, "long")]
    )
    def test_the_whole_is_held_against_the_target(self, words: int, length: str) -> None:
        check = check_draft(Draft(parts={"hook": "oven " * words}), Pace(150), ENCODER)
        assert check.length == length
        assert any(need.startswith("Time: ") for need in check.missing) is (length != "good")


class TestMarks:
    """What the scorer reads in it, mark by mark."""

    def test_a_whole_story_has_them_all(self) -> None:
        check = check_draft(STORY, Pace())
        assert [each.key for each in check.marks if not each.good] == []
        assert check.overall is not None and check.overall >= 3.5

    @pytest.mark.parametrize(
        ("key", "part", "text"),
        [
            ("number", "result", "Everyone on the ward was very happy with it in the end."),
            ("before-after", "result", "Wrong labels on her ward dropped by 62%."),
            (
                "voice",
                "action-1",
                "We followed her for two nights, we counted walks, we asked, and we talked.",
            ),
            ("vague", "result", "It was a huge improvement for the ward."),
        ],
    )
    def test_a_part_told_without_it_loses_it(self, key: str, part: str, text: str) -> None:
        found = mark(with_part(part, text), key)
        assert found.good is not True
        assert mark(STORY, key).good is True

    def test_a_story_that_turns_nothing_down_has_no_trade_off(self) -> None:
        assert (
            mark(with_part("action-2", "I put a wristband on every bed in the ward."), "trade-off").good
            is False
        )

    @pytest.mark.parametrize(
        "action",
        [
            "I picked two cities over a national launch.",
            "The obvious fix was to hire, so I moved the slots instead.",
            "I turned the rewrite down and patched the index.",
            "I built the small version first and gave offline mode up for it.",
            "We could have bought a tool for 60 thousand.",
            "It cost us a quarter of the loyalty work.",
            "I went with the slower rollout, which took two weeks more.",
            "I killed the notifications, knowing we’d lose some opens.",
        ],
    )
    def test_a_trade_off_names_the_other_way_or_what_this_one_cost(self, action: str) -> None:
        assert mark(with_part("action-2", action), "trade-off").good is True

    @pytest.mark.parametrize(
        "action",
        [
            "I built the report between Monday and Friday.",
            "I started with the checkout page, not the search.",
            "I designed three options with the team and shipped them.",
            "I set up a call with the strongest team and moved on.",
        ],
    )
    def test_a_word_that_may_stand_anywhere_is_no_trade_off(self, action: str) -> None:
        assert mark(with_part("action-2", action), "trade-off").good is False

    def test_a_number_outside_the_result_is_told_where_it_stands(self) -> None:
        moved = with_part("result", "She told me that her evenings are her own again now.")
        moved = replace(moved, parts={**moved.parts, "link": STORY.text("result")})
        found = mark(moved, "number")
        assert found.good is False
        assert "elsewhere" in found.says

    def test_a_story_without_anybody_served_has_no_customer(self) -> None:
        draft = Draft(
            parts={"action-1": "I moved the build to a faster machine and wrote down every step of it."}
        )
        assert mark(draft, "customer").good is False

    def test_another_principle_than_the_one_chosen_is_not_shown(self) -> None:
        assert mark(replace(STORY, principle="frugality"), "principle").good is False

    @given(DRAFTS)
    def test_any_text_can_be_read_and_reads_the_same_again(self, draft: Draft) -> None:
        first, second = (check_draft(draft, Pace(), ENCODER) for _ in range(2))
        assert first == second
        assert (first.overall is None) == (first.not_scored is not None)


class TestMissing:
    """What to write next."""

    def test_an_empty_draft_misses_every_part_but_the_third_action(self) -> None:
        missing = check_draft(Draft(), Pace(), ENCODER).missing
        named = [need.partition(":")[0] for need in missing]
        assert named == ["Hook", "Task", "Action 1", "Action 2", "Result", "Link", "Principle", "Time"]

    @given(DRAFTS)
    def test_what_is_written_is_not_missing(self, draft: Draft) -> None:
        check = check_draft(draft, Pace(), ENCODER)
        named = {need.partition(":")[0] for need in check.missing}
        assert not {part.title for part in check.parts if part.words} & named


class TestFiles:
    """Markdown with headings, and YAML."""

    @given(DRAFTS)
    def test_what_is_exported_is_read_again(self, draft: Draft) -> None:
        kept = Draft.from_dict(draft.as_dict())
        assert Draft.from_dict(kept.as_dict()) == kept

    def test_markdown_gives_back_what_it_was_made_of(self) -> None:
        asked = replace(STORY, question="Tell me about a customer.")
        assert from_markdown(as_markdown(asked)) == asked

    def test_each_heading_of_an_action_adds_one(self) -> None:
        text = "## Hook\nA nurse.\n\n## Action\nI asked.\n\n## Action\nI counted.\n\n## Action\nI built.\n"
        parts = from_markdown(text).parts
        assert [parts[f"action-{number}"] for number in (1, 2, 3)] == ["I asked.", "I counted.", "I built."]

    @pytest.mark.parametrize(
        "content",
        [{"hook": "A nurse.", "situation": "A ward."}, {"actions": ["I asked."], "action 1": "I counted."}],
    )
    def test_a_part_under_two_names_is_refused_and_not_dropped(self, content: dict[str, object]) -> None:
        with pytest.raises(DraftError, match="already"):
            from_mapping(content)

    @pytest.mark.parametrize(
        "actions",
        [
            "## Actions\n- Asked.\n- Chose.\n- Built.\n- Showed.",
            "## Steps\n1. Asked.\n2. Chose.\n3. Built.\nShowed.",
            "# Action 1\nAsked.\n# Action 2\nChose.\n# Action 3:\nBuilt.\nShowed.",
            "## Actions\n\nAsked.\n\nChose.\n\nBuilt.\n\nShowed.",
        ],
    )
    def test_actions_may_stand_as_a_list_or_on_their_own(self, actions: str) -> None:
        parts = from_markdown(f"## Hook\nA nurse.\n\n{actions}\n").parts
        assert [parts[key] for key in ("hook", "action-1", "action-2")] == ["A nurse.", "Asked.", "Chose."]
        assert parts["action-3"].split() == ["Built.", "Showed."]

    def test_a_mapping_has_the_same_parts(self) -> None:
        content = {
            "title": "Ward",
            "Principle": "Earn Trust",
            "hook": "A nurse.",
            "actions": ["Asked."],
            "link": None,
        }
        assert from_mapping(content) == Draft(
            title="Ward", principle="earn-trust", parts={"hook": "A nurse.", "action-1": "Asked."}
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("# Ward\n## Hok\nA nurse.", "“Hok”, which is no part of a story"),
            ("A nurse waited.", "no part of a story in it"),
            ("Principle: Kindness\n## Hook\nA nurse.", "unknown principle “Kindness”"),
        ],
    )
    def test_a_file_that_is_no_draft_says_what_is_wrong(self, text: str, said: str) -> None:
        with pytest.raises(DraftError, match=said):
            from_markdown(text)

    @given(st.text(max_size=200))
    def test_any_text_is_a_draft_or_says_why_not(self, text: str) -> None:
        try:
            draft = from_markdown(text)
        except DraftError:
            return
        assert any(draft.parts.values())

    @pytest.mark.parametrize(
        "body", [{"parts": 3}, {"title": None}, {"principle": "kindness"}, {"parts": {"hook": 1}}]
    )
    def test_a_kept_draft_that_is_none_is_damage(self, body: dict[str, object]) -> None:
        with pytest.raises(ValueError, match="draft"):
            Draft.from_dict(body)

    def test_no_part_is_longer_than_anybody_could_tell(self) -> None:
        assert len(Draft.from_dict({"parts": {"hook": "oven " * 2_000}}).text("hook")) <= PART_CHARACTERS
