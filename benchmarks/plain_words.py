"""Two texts made comparable: digits for number words, no case, punctuation or fillers; then jiwer counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import jiwer

_UNITS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: value for value, word in enumerate(_UNITS.split())}
TENS = {word: 20 + 10 * i for i, word in enumerate(_TENS.split())}
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
FILLERS = {"um", "uh", "mm", "hmm", "er", "ah"}  # Whisper leaves them out; they are not errors
ENDINGS = {"n't": " not", "'m": " am", "'re": " are", "'ll": " will", "'ve": " have", "'d": " would"}
WHOLE = {"won't": "will not", "can't": "can not", "cannot": "can not", "it's": "it is", "that's": "that is"}
MONEY = re.compile(r"\$\s?([\d,.]*\d)\s*(k\b|m\b|thousand|million|billion)?")
SHORT_SCALES = {"k": "thousand", "m": "million"}
DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Errors:
    """Word errors and numbers right, as shares of what was said."""

    words: int
    wrong: int
    numbers: int
    numbers_right: int

    @property
    def rate(self) -> float:
        """Percent."""
        return 100 * self.wrong / max(1, self.words)

    @property
    def numbers_share(self) -> float:
        """Percent."""
        return 100 * self.numbers_right / max(1, self.numbers)


def compare(said: Sequence[str], heard: Sequence[str]) -> Errors:
    """The errors of `heard` against `said`, text by text."""
    references = [normalise(text) for text in said]
    hypotheses = [normalise(text) or "nothing" for text in heard]
    found = jiwer.process_words(references, hypotheses)
    wrong = found.substitutions + found.deletions + found.insertions
    numbers = right = 0
    for words, chunks in zip(found.references, found.alignments, strict=True):
        numbers += sum(1 for word in words if DIGITS.fullmatch(word))
        right += sum(
            1
            for chunk in chunks
            if chunk.type == "equal"
            for word in words[chunk.ref_start_idx : chunk.ref_end_idx]
            if DIGITS.fullmatch(word)
        )
    return Errors(sum(map(len, found.references)), wrong, numbers, right)


def normalise(text: str) -> str:
    """Lower case, spelt-out contractions, numbers in digits, no punctuation, no fillers."""
    text = text.lower().replace("’", "'")
    text = MONEY.sub(_money, text)
    text = re.sub(r"(\d)\s?%", r"\1 percent", text.replace("per cent", "percent"))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"[-–—/]", " ", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w\s'.]", " ", text)
    words = [part for word in text.split() for part in _expand(word.strip("'")).split()]
    return " ".join(numbers_in_digits([word for word in words if word not in FILLERS]))


def numbers_in_digits(words: Sequence[str]) -> list[str]:
    """Runs of number words as one number: "four hundred and five thousand" is 405000."""
    out: list[str] = []
    i = 0
    while i < len(words):
        value, taken = _number(words[i:])
        out.append(words[i] if value is None else f"{value:.10g}")
        i += max(1, taken)
    return out


def _number(words: Sequence[str]) -> tuple[float | None, int]:
    """The number that `words` begin with and how many words it takes, or None."""
    total, part, taken = 0.0, None, 0
    while taken < len(words):
        word, rest = words[taken], words[taken + 1 :]
        if part is None and DIGITS.fullmatch(word):
            part = float(word)
        elif word in UNITS and (part is None or _room_for(part, UNITS[word])):
            part = (part or 0) + UNITS[word]
        elif word in TENS and (part is None or (part >= 100 and part % 100 == 0)):
            part = (part or 0) + TENS[word]
        elif word == "hundred" and part:
            part *= 100
        elif word in SCALES and part is not None:
            total, part = total + part * SCALES[word], None
        elif word == "point" and part is not None and rest and UNITS.get(rest[0], 10) < 10:
            digits = [str(UNITS[each]) for each in _leading_digits(rest)]
            part, taken = part + float("0." + "".join(digits)), taken + len(digits)
        elif not (
            word == "and" and part and part % 100 == 0 and rest and (rest[0] in UNITS or rest[0] in TENS)
        ):
            break
        taken += 1
    if part is None and not total:
        return None, 0
    return total + (part or 0), taken


def _room_for(part: float, unit: int) -> bool:
    return (part % 100 == 0 and part > 0) or (part % 10 == 0 and part % 100 >= 20 and unit < 10)


def _leading_digits(words: Sequence[str]) -> list[str]:
    digits: list[str] = []
    for word in words:
        if UNITS.get(word, 10) >= 10:
            break
        digits.append(word)
    return digits


def _money(match: re.Match[str]) -> str:
    scale = match.group(2) or ""
    return f"{match.group(1)} {SHORT_SCALES.get(scale, scale)} dollars"


def _expand(word: str) -> str:
    if word in WHOLE:
        return WHOLE[word]
    for ending, full in ENDINGS.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + full
    return word
