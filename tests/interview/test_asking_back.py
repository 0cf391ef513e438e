"""A number that may be another is asked about once, and what is replied settles it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.interview.screenplay import Room, room, sentences, speak
from voicemock.interview.session import AnswerDone
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser
from voicemock.store.store import CORRECTED, RECOGNISED
from voicemock.transcript import Doubt, join_words

TOLD = (
    "When I led checkout for our small online shops, customers dropped out on the last page and wrote to us.",
    "I called ten of those customers myself and watched where each of them gave up on the page.",
    "I rebuilt that page on my own in three weeks because the old one asked for the address twice.",
    "Two engineers reviewed it, and I rolled it out to one country first and then to all the others.",
    "As a result refunds fell from 200 a week to 19 a week within a month.",
    "I learned to watch customers before I change a page, and the other teams now do so too.",
)
SETTLED = tuple(text.replace("19 a week", "90 a week") for text in TOLD)


UNCLEAR = "Naughty."  # words of a reply that sound like one of the two numbers


@dataclass
class Unsure:
    """A recogniser that is unsure of every 19 it hears with care."""

    inner: Recogniser
    readings: tuple[str, ...] = ("90",)

    def quick(self, *arguments: Any, **more: Any) -> QuickResult:
        heard = self.inner.quick(*arguments, **more)
        fits = heard.text == UNCLEAR and more["choices"]
        return replace(heard, readings=(more["choices"][-1],)) if fits else heard

    def careful(self, *arguments: Any) -> CarefulResult:
        heard = self.inner.careful(*arguments)
        words = tuple(replace(word, probability=0.9) for word in heard.words)
        doubts = tuple(Doubt(w.start, w.end, "19", self.readings) for w in words if w.text == "19")
        return replace(heard, words=words, doubts=doubts)


def interview(
    folder: Path,
    *then: str | float,
    style: str = "polite",
    readings: tuple[str, ...] = ("90",),
    pace: str = "fast",
) -> Iterator[tuple[Room, AnswerDone]]:
    with room(folder, speak(0.5, *sentences(*TOLD), *then), style=style, pace=pace) as there:
        there.change(recogniser=Unsure(there.heard_by, readings))
        [done] = there.run()
        yield there, done


def questions(there: Room) -> list[tuple[Any, Any]]:
    return [(e.fields["kind"], e.fields["question"]) for e in there.told("interrupt")]


ASKED = ("which-number", "Nineteen or ninety?")


@pytest.mark.parametrize(
    ("reply", "number"),
    [
        ("Ninety.", "90"),
        ("90 a week.", "90"),
        ("The second one.", "90"),
        ("Nine zero.", "90"),
        ("Nineteen.", "19"),
    ],
)
def test_the_reply_settles_the_number_and_is_no_part_of_the_answer(
    tmp_path: Path, reply: str, number: str
) -> None:
    for there, done in interview(tmp_path, 5.0, reply, 40.0):
        assert questions(there).count(ASKED) == 1
        assert join_words(done.take.words) == " ".join(TOLD if number == "19" else SETTLED)
        assert there.told("transcript")[0].fields["text"] == join_words(done.take.words)
        (metric,) = (m for m in done.score.metrics if m.role == "result")
        assert (metric.after, metric.doubt) == (float(number), None)
        (told,) = there.told("number_settled")
        assert (told.fields["heard"], told.fields["reply"], told.fields["number"]) == ("19", reply, number)


def test_what_is_stored_is_a_correction_that_can_be_taken_back(tmp_path: Path) -> None:
    for there, _ in interview(tmp_path, 5.0, "Ninety.", 40.0):
        answer = there.answer_id()
        assert join_words(there.store.words(answer, RECOGNISED)) == " ".join(TOLD)
        assert join_words(there.store.words(answer, CORRECTED)) == " ".join(SETTLED)
        heard, corrected = there.store.score(answer, RECOGNISED), there.store.score(answer, CORRECTED)
        assert heard is not None
        assert corrected is not None
        assert [m.doubt for m in heard.metrics if m.role == "result"] == [("90",)]
        assert [m.doubt for m in corrected.metrics if m.role == "result"] == [None]
        row = there.store.answer(answer)
        assert [each["text"] for each in row.details["left_out"]] == ["Ninety."]
        (asked,) = (each for each in row.details["interrupts"] if each["kind"] == "which-number")
        assert asked["answered"] is True


def test_the_time_of_the_reply_is_no_part_of_what_is_spoken(tmp_path: Path) -> None:
    for _, done in interview(tmp_path, 5.0, "Ninety.", 40.0):
        last = done.take.words[-1]
        assert done.take.spoken.floor_time_s == pytest.approx(last.end - done.take.words[0].start, abs=0.05)


def test_a_reply_that_is_misheard_is_one_of_the_two_where_the_sound_fits(tmp_path: Path) -> None:
    for there, done in interview(tmp_path, 5.0, UNCLEAR, 40.0):
        assert join_words(done.take.words) == " ".join(SETTLED)
        assert there.told("number_settled")[0].fields["reply"] == "90."


def test_other_words_that_sound_like_neither_go_on_with_the_answer(tmp_path: Path) -> None:
    for there, done in interview(tmp_path, 5.0, "Haughty.", 40.0):
        assert join_words(done.take.words) == " ".join((*TOLD, "Haughty."))
        assert not there.told("number_settled")


def test_without_a_reply_the_number_stays_in_doubt(tmp_path: Path) -> None:
    for there, done in interview(tmp_path, 40.0):
        assert questions(there).count(ASKED) == 1
        assert join_words(done.take.words) == " ".join(TOLD)
        assert [m.doubt for m in done.score.metrics if m.role == "result"] == [("90",)]
        assert not there.told("number_settled")
        assert not there.store.words(there.answer_id(), CORRECTED)


def test_a_reply_that_settles_nothing_is_left_out_and_changes_nothing(tmp_path: Path) -> None:
    for there, done in interview(tmp_path, 5.0, "I don't know.", 40.0):
        assert join_words(done.take.words) == " ".join(TOLD)
        assert there.told("number_settled")[0].fields["number"] is None


def test_who_goes_on_with_the_answer_instead_is_heard(tmp_path: Path) -> None:
    more = "Our partners in the other countries asked for the same page a month later."
    for there, done in interview(tmp_path, 5.0, more, 40.0):
        assert join_words(done.take.words) == " ".join((*TOLD, more))
        assert questions(there).count(ASKED) == 1


def test_what_comes_after_the_reply_in_one_breath_is_part_of_the_answer(tmp_path: Path) -> None:
    more = "And our partners asked for the same page a month later."
    for _, done in interview(tmp_path, 5.0, f"Ninety. {more}", 40.0):
        assert join_words(done.take.words) == " ".join((*SETTLED, more))


@pytest.mark.parametrize(("style", "readings"), [("none", ("90",)), ("polite", ("29", "1900"))])
def test_nobody_is_asked_without_questions_or_where_the_readings_sound_different(
    tmp_path: Path, style: str, readings: tuple[str, ...]
) -> None:
    for there, _ in interview(tmp_path, 40.0, style=style, readings=readings):
        assert ASKED not in questions(there)


def test_it_is_the_same_at_the_pace_of_speech(tmp_path: Path) -> None:
    came = []
    for pace in ("fast", "real"):
        for there, done in interview(tmp_path / pace, 5.0, "Ninety.", 40.0, pace=pace):
            came.append((questions(there), join_words(done.take.words), done.score.as_dict()))
    assert came[0] == came[1]
