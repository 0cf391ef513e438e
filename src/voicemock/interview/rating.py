"""The candidate's own mark of an answer, from 1 to 4: read from words, or from what was typed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicemock.interview.moves import By
from voicemock.rounds import HIGHEST, LOWEST
from voicemock.scoring.numbers.quantities import Quantity, find_quantities

MOST_WORDS = 20  # a mark is said in a few words; a longer sentence is about something else
ENTER, BACKSPACE = "\n", ("\x7f", "\b")
# What a recogniser writes for a mark that was said alone.
SOUNDS_LIKE = {"to": 2, "too": 2, "for": 4, "fore": 4, "won": 1, "tree": 3, "free": 3}
HALF = re.compile(r"(?<=\d)[ -]?(?:½|1/2|and[ -]a[ -]half)")
# What may stand after a mark; after any other noun a number is about the answer: "I had two numbers".
AFTER = re.compile(r" (?:points|stars?|marks?)\b| ?(?:\b(?:out )?of|/) ?(?:four|4)\b")


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark in halves, and how it came."""

    value: float
    by: By


def rating_in(said: str) -> float | None:
    """The mark that was said: "two and a half", "a three", "3 out of 4"; None where there is none, or none in halves.

    Between two marks ("two or three") it is the middle; of several the last counts.
    """
    text = AFTER.sub("", HALF.sub(".5", said.lower()))
    words = re.findall(r"[\w.]+", text)
    if len(words) > MOST_WORDS:
        return None
    if len(set(words)) == 1 and (alike := SOUNDS_LIKE.get(words[0].strip("."))) is not None:
        return float(alike)
    marks = [mark for each in find_quantities(text) if (mark := _mark(each)) is not None]
    return marks[-1] if marks else None


def _mark(found: Quantity) -> float | None:
    if found.kind != "count" or found.noun.endswith("s"):
        return None
    return in_halves(found.value if found.high is None else (found.value + found.high) / 2)


def in_halves(value: float) -> float | None:
    """The mark, where it is one: from 1 to 4 in steps of a half."""
    doubled = round(value * 2, 6)
    return value if LOWEST <= value <= HIGHEST and doubled == int(doubled) else None


def typed_rating(text: str) -> float | None:
    """A mark that was typed: "3", "2.5", "2,5"."""
    try:
        return in_halves(float(text.replace(",", ".")))
    except ValueError:
        return None


def read_mark(stored: object) -> float | None:
    """A stored mark. Raises ValueError for what is none."""
    if stored is None:
        return None
    if isinstance(stored, bool) or not isinstance(stored, int | float) or in_halves(stored) is None:
        raise ValueError(f"self_rating is {stored!r}")
    return float(stored)


@dataclass(slots=True)
class Typed:
    """A line that is being typed, key by key."""

    text: str = ""

    def take_early(self, keys: str) -> str | None:
        """As `take`, of what was typed before the mark was asked for: what comes before its first digit belongs to the
        answer, such as the Enter that ended it.
        """
        return self.take(re.sub(r"^[^0-9]+", "", keys))

    def take(self, keys: str) -> str | None:
        """The whole line, once Enter was pressed; None before."""
        for key in keys.replace("\r", ENTER):
            if key == ENTER:
                line, self.text = self.text, ""
                return line
            self.text = self.text[:-1] if key in BACKSPACE else self.text + key * (key in "0123456789.,")
        return None
