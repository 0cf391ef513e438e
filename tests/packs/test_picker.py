"""The picker: by chance and repeatable, leaning to what needs practice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from voicemock.packs.picker import Practice, need, pick, topic
from voicemock.packs.questions import Question, filter_questions, load_questions
from voicemock.rounds import PRINCIPLES, ROUNDS

QUESTIONS = load_questions()
BEHAVIORAL = filter_questions(QUESTIONS, round="behavioral")
DRAWS = 300  # seeds tried where a tendency is tested: the odds are far from even, so this never wavers

scores = st.none() | st.floats(1, 4)
practices = st.builds(Practice, asked=st.integers(0, 50), mean_score=scores)
histories = st.dictionaries(
    st.sampled_from([*PRINCIPLES, *ROUNDS, *(each.id for each in QUESTIONS)]), practices
)
pools = st.lists(st.sampled_from(QUESTIONS), unique=True, max_size=40)


class TestEveryPick:
    """Whatever was practised before."""

    @given(pools, st.integers(0, 50), st.integers(), histories)
    def test_holds_no_question_twice_and_as_many_as_there_are(
        self, pool: list[Question], count: int, seed: int, practised: dict[str, Practice]
    ) -> None:
        picked = pick(pool, count, seed, practised)
        assert len(picked) == min(count, len(pool))
        assert len({question.id for question in picked}) == len(picked)
        assert set(picked) <= set(pool)

    @given(pools, st.integers(1, 10), st.integers(), histories, st.randoms(use_true_random=False))
    def test_is_the_same_for_the_same_seed_in_whatever_order_the_questions_come(
        self, pool: list[Question], count: int, seed: int, practised: dict[str, Practice], shuffler: object
    ) -> None:
        shuffled = list(pool)
        shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
        assert pick(pool, count, seed, practised) == pick(shuffled, count, seed, practised)

    @given(st.integers(), histories)
    def test_of_fewer_is_the_beginning_of_a_pick_of_more(
        self, seed: int, practised: dict[str, Practice]
    ) -> None:
        assert pick(QUESTIONS, 6, seed, practised)[:3] == pick(QUESTIONS, 3, seed, practised)

    def test_of_none_or_from_nothing_is_empty(self) -> None:
        assert pick(QUESTIONS, 0, 1, {}) == pick([], 3, 1, {}) == ()


class TestNeed:
    """Practice lowers it, a low score raises it, and nothing ever loses its chance."""

    @given(practices)
    def test_is_always_above_zero(self, practice: Practice) -> None:
        assert need(practice) > 0

    @given(practices)
    def test_falls_with_practice(self, practice: Practice) -> None:
        assert need(Practice(practice.asked + 1, practice.mean_score)) < need(practice)

    @given(st.integers(0, 50), st.floats(1, 4), st.floats(1, 4))
    def test_never_falls_with_a_lower_score(self, asked: int, one: float, other: float) -> None:
        low, high = sorted((one, other))
        assert need(Practice(asked, low)) >= need(Practice(asked, high))

    def test_has_the_documented_values(self) -> None:
        assert [need(Practice(0)), need(Practice(3, 1.5)), need(Practice(3, 3.9))] == [1, 0.75, 0.25]


class TestLeaning:
    """Over many seeds, what needs practice comes more often."""

    def first_topics(self, pool: tuple[Question, ...], practised: dict[str, Practice]) -> Counter[str]:
        return Counter(topic(pick(pool, 1, seed, practised)[0]) for seed in range(DRAWS))

    def test_the_principle_never_practised_comes_first_mostly(self) -> None:
        practised = {slug: Practice(20, 3.8) for slug in PRINCIPLES if slug != "frugality"}
        assert self.first_topics(BEHAVIORAL, practised)["frugality"] > DRAWS / 3

    def test_the_principle_scored_lowest_comes_more_often_than_any_other(self) -> None:
        practised = {slug: Practice(3, 3.8) for slug in PRINCIPLES} | {"dive-deep": Practice(3, 1.0)}
        assert self.first_topics(BEHAVIORAL, practised).most_common(1)[0][0] == "dive-deep"

    def test_a_question_already_asked_makes_room_for_its_siblings(self) -> None:
        pool = filter_questions(QUESTIONS, principle="ownership")
        practised = {"own-01": Practice(9)}
        firsts = Counter(pick(pool, 1, seed, practised)[0].id for seed in range(DRAWS))
        assert firsts["own-01"] == min(firsts[question.id] for question in pool)

    def test_rounds_come_by_their_share_and_not_by_the_number_of_their_questions(self) -> None:
        firsts = Counter(pick(QUESTIONS, 1, seed, {})[0].round for seed in range(DRAWS))
        assert firsts["product-sense"] > firsts["behavioral"] > firsts["portfolio"]

    def test_one_pick_spreads_over_the_principles(self) -> None:
        spread = [
            len({topic(question) for question in pick(BEHAVIORAL, 5, seed, {})}) for seed in range(DRAWS)
        ]
        assert sum(spread) / DRAWS > 4.55  # 5 at most; without the lean, 5 draws from 16 give 4.41
