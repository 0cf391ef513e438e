"""A text as words, numbers in digits and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# "1,20,000" groups digits as lakhs are; ".8" is a number only where nothing touches its point.
DIGITS = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
SIGNS = r"(?<!\w)(?:US|AU|CA|NZ|HK|[ACRS])\$"
TOKEN = re.compile(rf"{SIGNS}|{DIGITS}|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in digits or a sign, with its place in the text; `low` is its lower case."""

    text: str
    start: int
    end: int
    low: str

    @property
    def is_digits(self) -> bool:
        return self.text[-1].isdecimal()


def tokens_of(text: str) -> list[Token]:
    return [
        Token(match.group(), match.start(), match.end(), match.group().lower().replace("’", "'"))
        for match in TOKEN.finditer(text)
    ]


def low(tokens: Sequence[Token], index: int) -> str:
    """The token at `index` in lower case, or "" outside of the text."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def glued(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing stands between the token at `index` and the one before it."""
    return 0 < index < len(tokens) and tokens[index].start == tokens[index - 1].end
