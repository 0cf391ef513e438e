"""What the network that reads numbers says of those of a sentence: before, after, how far it went, and whose doing."""

from importlib import resources

import pytest

from voicemock.scoring.claims.find import find_claims
from voicemock.scoring.claims.number_parts import MOST_PIECES, ROLES, NumberPart, marked, number_parts
from voicemock.scoring.models.pieces import story_pieces
from voicemock.scoring.numbers.quantities import find_quantities

RESULT = ROLES.index("r")


def read(text: str) -> tuple[NumberPart | None, ...]:
    return number_parts(text, find_quantities(text))


def likeliest(text: str) -> str:
    return "".join(max("baclpn", key=part.part) for part in read(text) if part is not None)


class TestMarks:
    def test_one_stands_before_each_number(self) -> None:
        text = "It went from 9 days to 2."
        pieces, marks = marked(text, find_quantities(text))
        (mark,) = story_pieces().of("#")
        assert [pieces[at] for at in marks] == [mark, mark]
        assert pieces[0] == story_pieces().start and pieces[-1] == story_pieces().separator

    def test_the_words_are_all_there_in_order(self) -> None:
        text = "It went from 9 days to 2."
        pieces, marks = marked(text, find_quantities(text))
        assert tuple(
            piece for at, piece in enumerate(pieces[1:-1], 1) if at not in marks
        ) == story_pieces().of(text)


class TestReading:
    def test_a_sentence_without_a_number_has_no_part(self) -> None:
        assert read("Nobody rang us again.") == ()

    def test_chances_are_whole(self) -> None:
        for part in read("We had 40 tickets a night and now it's 6."):
            assert part is not None
            assert sum(part.parts) == pytest.approx(1, abs=0.01) and sum(part.roles) == pytest.approx(
                1, abs=0.01
            )

    def test_what_is_beyond_what_is_read_has_none(self) -> None:
        text = "and then we went on and on " * (MOST_PIECES // 6) + "and it took 9 days"
        assert read(text) == (None,)

    @pytest.mark.parametrize(
        ("said", "parts"),
        [
            ("A courier used to lose nine parcels a round and lately it's two.", "ba"),
            ("Two crates a day go in the skip these days, and my first summer it was eleven.", "ab"),
            ("With the new crane we load a ship 30 percent faster.", "c"),
            ("I rang 25 growers before I touched the form.", "l"),
        ],
    )
    def test_what_each_number_is(self, said: str, parts: str) -> None:
        assert likeliest(said) == parts

    def test_what_came_of_the_work_and_what_was_there(self) -> None:
        (grown,) = read("By spring the club had 300 paying members because of my door-to-door week.")
        (there,) = read("I talked to 14 of the drivers on the night bus before I wrote a word.")
        assert grown is not None and there is not None
        assert grown.roles[RESULT] > 0.5 > there.roles[RESULT]

    def test_it_reads_without_stops_and_capitals(self) -> None:
        assert likeliest("back when i took the stall we sold 12 pies a day and now it's 70") == "ba"


class TestClaims:
    @pytest.mark.parametrize(
        ("said", "before", "after"),
        [
            ("The kiln sat cold for 31 hours between firings, my rota, now 12.", 31, 12),
            ("A claim lay on somebody's desk, I kid you not, 40 days, and hand on heart today they go in 6.", 40, 6),
            ("Sixteen of the lifts ran that morning, and when they gave me the yard it had been four.", 4, 16),
        ],
    )  # fmt: skip
    def test_a_pair_is_one_claim_in_whatever_way_it_is_told(
        self, said: str, before: float, after: float
    ) -> None:
        pairs = [claim for claim in find_claims(said) if claim.is_pair]
        assert [(pair.before.value, pair.after.value) for pair in pairs] == [(before, after)]

    def test_other_numbers_may_stand_inside(self) -> None:
        claims = find_claims(
            "Refunds took 19 days, I borrowed 14 clerks from the depot, and we got it down to 4."
        )
        pair = next(claim for claim in claims if claim.is_pair)
        assert (pair.before.value, pair.after.value) == (19, 4)
        assert any(claim.main.value == 14 for claim in claims)

    def test_two_groups_are_no_pair(self) -> None:
        assert not any(
            claim.is_pair for claim in find_claims("The night crew missed 7 percent, the day crew 4.")
        )


def test_it_is_of_a_size_to_carry_about() -> None:
    assert (
        len(resources.files("voicemock.scoring.claims").joinpath("number_parts.onnx").read_bytes())
        < 12_000_000
    )
