"""A number that may be another is told with both readings, and settled with one key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.report.builders import SESSION, add_answer
from voicemock.cli import cli
from voicemock.errors import UsageProblem
from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Score
from voicemock.speech.doubts import (
    AROUND_S,
    around_numbers,
    chosen,
    doubted,
    likely_twins,
    merged,
    with_twins,
)
from voicemock.speech.scripted import evenly
from voicemock.speech.spoken import Spoken, spoken_from_details
from voicemock.speech.which_number import settled
from voicemock.store.store import Store
from voicemock.transcript import Doubt, Word, join_words

SAID = (
    "When I led checkout, customers dropped out on the last page. I rebuilt that page myself in three weeks. "
    "Then conversion rose by 19 percent and nobody complained."
)


def heard(text: str = SAID) -> tuple[Word, ...]:
    return tuple(replace(word, probability=0.9) for word in evenly(text, 0.0, 24.0))


class TestOtherTexts:
    """What the decoder holds for about as likely, where it differs in a number."""

    @pytest.mark.parametrize(
        ("other", "readings"),
        [
            (SAID.replace("19", "90"), ("90",)),
            (SAID.replace("19 percent", "ninety percent"), ("ninety",)),
            (SAID.replace("19", "nineteen"), ()),
            (SAID.replace("rose", "grows"), ()),
            (SAID.replace("by 19 percent", "by a lot"), ()),
            ("", ()),
        ],
    )
    def test_another_number_is_a_reading(self, other: str, readings: tuple[str, ...]) -> None:
        assert [doubt.readings for doubt in doubted(heard(), [other])] == ([readings] if readings else [])

    def test_each_reading_comes_once_and_the_likeliest_first(self) -> None:
        others = [SAID.replace("19", number) for number in ("90", "99", "90")]
        (doubt,) = doubted(heard(), others)
        assert (doubt.heard, doubt.readings) == ("19", ("90", "99"))
        (word,) = [word for word in heard() if word.text == "19"]
        assert (doubt.start, doubt.end) == (word.start, word.end)

    def test_a_number_of_several_words(self) -> None:
        (doubt,) = doubted(heard("It cost one hundred twenty-eight million."), ["It cost 198 million."])
        assert doubt.heard == "one hundred twenty-eight million"
        assert doubt.readings == ("198 million",)


class TestWhatIsHeardAgain:
    """The numbers, each with the words around it."""

    def test_a_number_with_its_neighbours(self) -> None:
        words = evenly(
            "one of us saw it fall from the top by 19 percent and then nobody complained", 0.0, 15.0
        )
        [(start, end, near)] = around_numbers(words)
        number = next(word for word in words if word.text == "19")
        assert (start, end) == (number.start - AROUND_S, number.end + AROUND_S)
        assert join_words(near) == "by 19 percent"

    def test_two_side_by_side_are_heard_together(self) -> None:
        words = evenly("we went from 40 to 12", 0.0, 3.0)
        assert [join_words(near) for *_, near in around_numbers(words)] == ["we went from 40 to 12"]


class TestTheScore:
    """Only a number that it leans on is asked about."""

    def test_the_metric_has_the_other_reading(self) -> None:
        assert [metric.doubt for metric in scored(spoken()).metrics if metric.unit == "%"] == [("90",)]

    def test_what_is_kept_with_the_answer_comes_back(self) -> None:
        kept = spoken_from_details(heard(), spoken().as_details(), 24.0)
        assert kept.doubts == spoken().doubts

    @pytest.mark.parametrize("number", ["90", "19"])
    def test_what_was_settled_is_asked_no_more(self, number: str) -> None:
        doubt = spoken().doubts[0]
        words = settled(heard(), doubt, number)
        assert join_words(words) == SAID.replace("19", number)
        assert [
            metric.doubt for metric in scored(replace(spoken(), words=words)).metrics if metric.doubt
        ] == []


def test_settling_keeps_what_stands_around_the_number() -> None:
    words = heard("It fell by $19%, and")
    doubt = Doubt(words[3].start, words[3].end, "19", ("90",))
    assert join_words(settled(words, doubt, "90")) == "It fell by $90%, and"
    assert settled((), doubt, "90") == ()


class TestOneKey:
    """`correct --numbers` asks for each, and the review says so."""

    @pytest.mark.parametrize(("key", "found"), [("2", "90 percent"), ("1", "19 percent")])
    def test_settles_it(self, recordings: Path, key: str, found: str) -> None:
        listed = CliRunner().invoke(cli, ["review", "last", "--plain", "--recordings", str(recordings)])
        assert "or 90?" in listed.output
        assert "--numbers" in listed.output
        done = CliRunner().invoke(
            cli, ["correct", "last", "--numbers", "--plain", "--recordings", str(recordings)], input=key
        )
        assert done.exit_code == 0, done.output
        assert "19 or 90? In" in done.output
        with Store(recordings) as store:
            row = store.answer("last")
            assert found in join_words(store.words(row.id))
            assert not any(metric.doubt for metric in store.score(row.id).metrics)  # type: ignore[union-attr]

    def test_without_a_terminal_it_says_what_to_do(
        self, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def no_terminal(*_: object) -> str:
            raise OSError(6, "No such device or address", "/dev/tty")

        monkeypatch.setattr("click.getchar", no_terminal)
        done = CliRunner().invoke(cli, ["correct", "last", "--numbers", "--recordings", str(recordings)])
        assert isinstance(done.exception, UsageProblem)
        assert "--replace" in done.exception.next_step

    def test_another_key_leaves_it_open(self, recordings: Path) -> None:
        done = CliRunner().invoke(
            cli, ["correct", "last", "--numbers", "--recordings", str(recordings)], input="x"
        )
        assert "Nothing changed" in done.output

    def test_where_none_is_open_it_says_so(self, recordings: Path) -> None:
        asked = ["correct", "last", "--numbers", "--recordings", str(recordings)]
        CliRunner().invoke(cli, asked, input="1")
        assert "No number is in doubt" in CliRunner().invoke(cli, asked).output


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    answer = spoken()
    with Store(tmp_path) as store:
        store.add_session(SESSION, "practice", "2026-04-01T09:30:00+00:00", {"style": "polite"})
        add_answer(
            store, 1, details=answer.as_details(), spoken=answer.words, events=(), scored=scored(answer)
        )
    return tmp_path


def spoken() -> Spoken:
    return Spoken(heard(), (), (), (), 24.0, doubts=doubted(heard(), [SAID.replace("19", "90")]))


def scored(answer: Spoken) -> Score:
    return score_answer(answer_to(Question("q", "behavioral", ""), answer, ""))


class TestTwins:
    """The "-teen" and "-ty" numbers of a text, whatever the decoder's other texts hold."""

    def test_each_is_named_with_the_text_that_has_the_twin(self) -> None:
        words = heard("It rose from 13 to 4,019 users, that is a lot.")
        assert [(doubt.heard, doubt.readings, instead) for doubt, instead in with_twins(words)] == [
            ("13", ("30",), "It rose from 30 to 4,019 users, that is a lot."),
            ("4,019", ("4,090",), "It rose from 13 to 4,090 users, that is a lot."),
        ]

    @pytest.mark.parametrize(("behind", "doubts"), [(-0.5, ["19"]), (1.4, ["19"]), (1.6, []), (6.0, [])])
    def test_it_is_doubted_where_the_sound_fits_the_twin_almost_as_well(
        self, behind: float, doubts: list[str]
    ) -> None:
        def likelihood(text: str) -> float:
            return -20.0 - (behind if "90" in text else 0.0)

        assert [doubt.heard for doubt in likely_twins(heard(), likelihood)] == doubts

    def test_without_a_twin_nothing_is_asked_of_the_decoder(self) -> None:
        def likelihood(text: str) -> float:
            raise AssertionError(text)

        assert likely_twins(heard("It fell from 200 to 95."), likelihood) == []

    def test_two_doubts_about_one_number_are_one(self) -> None:
        first, other = Doubt(1.0, 1.2, "19", ("99",)), Doubt(4.0, 4.2, "13", ("30",))
        assert merged([other, first], [replace(first, readings=("90", "99"))]) == (
            replace(first, readings=("99", "90")),
            other,
        )


class TestChoices:
    """One of two texts is taken for what was said only where it fits the sound, and better than the other."""

    @pytest.mark.parametrize(
        ("likelihoods", "choice"),
        [((-2.0, -6.0), ("19.",)), ((-6.0, -2.0), ("90.",)), ((-2.0, -2.5), ()), ((-12.0, -15.0), ())],
    )
    def test_it_fits_and_is_ahead(self, likelihoods: tuple[float, float], choice: tuple[str, ...]) -> None:
        texts = ("19.", "90.")
        assert chosen(texts, dict(zip(texts, likelihoods, strict=True)).__getitem__) == choice
