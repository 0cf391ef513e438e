"""Two numbers that sound alike, the question which of them was said, and what is replied. Pure.

"-teen" and "-ty" differ in one weak consonant and the stress, "a hundred and fifteen" and "fifteen hundred" in their
order. No other numbers are asked about: what sounds different is mostly no reading that the candidate would recognise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicemock.scoring.numbers.numerals import number_at
from voicemock.scoring.numbers.tokens import Token, tokens_of
from voicemock.speech.fillers import is_filler, without_fillers
from voicemock.speech.spoken_form import cardinal, decimal
from voicemock.transcript import Doubt, Word, join_words, sentences_from_words

TEENS = tuple(cardinal(number) for number in range(13, 20))
TYS = tuple(cardinal(number) for number in range(30, 100, 10))
VALUES = dict(zip((*TEENS, *TYS), (*range(13, 20), *range(30, 100, 10)), strict=True))
ALIKE = frozenset(zip(TEENS, TYS, strict=True)) | frozenset(zip(TYS, TEENS, strict=True))
IN_WORDS = dict(ALIKE)
TWO_DIGITS = {str(VALUES[a]): str(VALUES[b]) for a, b in ALIKE}
LONGEST_REPLY = 12  # words of a sentence that settles it; a longer one says something of its own
SHORT_REPLY = 6  # of one that names no number
FIRST, SECOND = frozenset({"first", "former"}), frozenset({"second", "latter", "last"})
LOWER = frozenset({"lower", "smaller", "less", "lesser", "low", "small"})
HIGHER = frozenset({"higher", "larger", "bigger", "greater", "more", "high", "large", "big"})
POINTING = FIRST | SECOND | LOWER | HIGHER
# A reply that tells nothing: these words alone.
UNDECIDED = frozenset(
    (
        "yes", "yeah", "yep", "no", "nope", "neither", "both", "either", "right", "correct", "sorry", "hmm", "well",
        "i", "i'm", "don't", "do", "not", "know", "remember", "sure", "can't", "cannot", "say", "tell", "exactly",
        "that's", "that", "it", "one", "of", "them", "the", "was", "were",
    )
)  # fmt: skip
AROUND = frozenset(
    ("the", "a", "number", "figure", "value", "than", "two", "of", "said", "meant", "mean", "was")
)
DENIED = frozenset({"not", "n't", "isn't", "wasn't"})
DIGIT_WORDS = {"oh": "0", "o": "0", **{cardinal(digit): str(digit) for digit in range(10)}}
_TWO_DIGITS = re.compile(r"(?:(?<!\d)|(?<=(?<!\d)\d))(?<![.,])(?:1[3-9]|[3-9]0)(?!\d)(?!,\d*[1-9])")
_WORD = re.compile(rf"\b(?:{'|'.join((*TEENS, *TYS))})\b", re.IGNORECASE)
_DIGITS_IN_A_ROW = re.compile(r"\b(\d)[\s,-]+(\d)\b(?![\d.,%]*\d)")


@dataclass(frozen=True, slots=True)
class WhichNumber:
    """A doubt between what was `heard` and one `reading` that sounds like it."""

    doubt: Doubt
    reading: str

    @property
    def spoken(self) -> tuple[str, str]:
        """Both in words, without their units, the smaller first: "nineteen", "ninety"."""
        both = sorted((self.doubt.heard, self.reading), key=_value)
        return spoken_number(both[0]), spoken_number(both[1])


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said in reply: the `number` as it is to be written, None where it settles nothing; its first words."""

    number: str | None
    words: int


def which_number(doubt: Doubt) -> WhichNumber | None:
    """The likeliest reading that sounds like what was heard; None where none does."""
    alike = (reading for reading in doubt.readings if sound_alike(_value(doubt.heard), _value(reading)))
    reading = next(alike, None)
    return None if reading is None else WhichNumber(doubt, reading)


def sound_alike(one: float, other: float) -> bool:
    """Whether somebody who hears one number may take it for the other."""
    return any(_alike(a.split(), b.split()) for a in _forms(one) for b in _forms(other))


def twin(written: str) -> str | None:
    """The number that a "-teen" or "-ty" may be instead, written the same way; None where it has no such part."""
    for pattern, partner in ((_TWO_DIGITS, TWO_DIGITS), (_WORD, IN_WORDS)):
        if (part := pattern.search(written)) is not None:
            other = written[: part.start()] + partner[part[0].lower()] + written[part.end() :]
            return other if sound_alike(_value(written), _value(other)) else None
    return None


def spoken_number(text: str) -> str:
    """The number of a text in words: "19%" is "nineteen"."""
    return _forms(_value(text))[-1]


def reply_to(asked: WhichNumber, words: Sequence[Word]) -> Reply | None:
    """What the first sentence of `words` says to the question; None where it is no reply, but the answer going on."""
    first = next(iter(sentences_from_words(words)), None)
    if first is None:
        return None
    said = join_words(without_fillers(first.words))
    low = [token.low for token in tokens_of(said) if token.text[0].isalnum()]
    number = _chosen(asked, said) if len(low) <= LONGEST_REPLY else None
    if number is None and len(low) <= SHORT_REPLY:
        number = _pointed_at(asked, low)
    denies = bool(DENIED & set(low)) and all(word in UNDECIDED | AROUND | POINTING | DENIED for word in low)
    nothing_else = all(word in UNDECIDED for word in low) or denies or _is_a_number(said)
    if number is None and not (low and nothing_else):
        return None
    return Reply(number, len(first.words))


def is_hesitation(words: Sequence[Word]) -> bool:
    return all(is_filler(word.text) for word in words)


def settled(words: Sequence[Word], doubt: Doubt, number: str) -> tuple[Word, ...]:
    """The words with `number` where the doubt was; it is certain then, also where it is what was heard."""
    at = [n for n, word in enumerate(words) if word.start < doubt.end and word.end > doubt.start]
    if not at:
        return tuple(words)
    first, last = at[0], at[-1]
    tokens = join_words(words[first : last + 1]).replace(doubt.heard, number, 1).split()
    start, end = words[first].start, words[last].end
    step = (end - start) / len(tokens)
    put = (Word(token, start + n * step, start + (n + 1) * step) for n, token in enumerate(tokens))
    return (*words[:first], *put, *words[last + 1 :])


def _value(text: str) -> float:
    return next((value for value, _ in _numbers(tokens_of(text))), 0.0)


def _numbers(tokens: Sequence[Token]) -> Iterator[tuple[float, int]]:
    """Each number with the place of its first token."""
    at = 0
    while at < len(tokens):
        number = number_at(tokens, at)
        if number is not None:
            yield number.value, at
        at = number.last if number else at + 1


def _forms(value: float) -> list[str]:
    """The ways to say a number, the usual one last."""
    whole = int(value)
    if value != whole or value < 0:
        return [decimal(f"{abs(value):.10g}")]
    forms = [cardinal(whole)]
    if 1100 <= whole < 10_000 and whole % 100 == 0 and whole % 1000:
        forms.append(f"{cardinal(whole // 100)} hundred")
    return forms


def _alike(one: list[str], other: list[str]) -> bool:
    if one == other or len(one) != len(other):
        turned = [part for part in one if part != "one"], [part for part in other if part != "one"]
        return (
            one != other and len(turned[0]) == 2 and "hundred" in turned[0] and turned[0] == turned[1][::-1]
        )
    return all(a == b or (a, b) in ALIKE for a, b in zip(one, other, strict=True))


def _chosen(asked: WhichNumber, said: str) -> str | None:
    """The number that the words name, as it was heard or read; the last where they name both."""
    tokens = tokens_of(_joined_digits(said))
    choices = (asked.doubt.heard, asked.reading)
    named = [
        choice
        for value, at in _numbers(tokens)
        if not (at and tokens[at - 1].low in DENIED) and (choice := _meant(value, choices)) is not None
    ]
    return named[-1] if named else None


def _meant(value: float, choices: Sequence[str]) -> str | None:
    """The one choice that is said with the words of this number: "nineteen" for nineteen million."""
    for form in _forms(value):
        fits = [choice for choice in choices if any(_holds(whole, form) for whole in _forms(_value(choice)))]
        if len(fits) == 1:
            return fits[0]
    return None


def _holds(whole: str, part: str) -> bool:
    return whole == part or whole.startswith(f"{part} ") or whole.endswith(f" {part}")


def _joined_digits(said: str) -> str:
    """ "One nine" and "1-9" as 19."""
    names = "|".join(DIGIT_WORDS)
    pair = re.compile(rf"\b({names})[\s,-]+({names})\b", re.IGNORECASE)
    said = pair.sub(lambda found: DIGIT_WORDS[found[1].lower()] + DIGIT_WORDS[found[2].lower()], said)
    return _DIGITS_IN_A_ROW.sub(r"\1\2", said)


def _pointed_at(asked: WhichNumber, low: Sequence[str]) -> str | None:
    """ "The first", "the lower one": by its place in the question, or its size."""
    if DENIED & set(low):
        return None  # "not the first": which one then is for a clearer word
    in_order = sorted((asked.doubt.heard, asked.reading), key=_value)
    pointing = {word for word in low if word not in UNDECIDED and word not in AROUND}
    if pointing and pointing <= FIRST | LOWER:
        return in_order[0]
    if pointing and pointing <= SECOND | HIGHER:
        return in_order[1]
    return None


def _is_a_number(said: str) -> bool:
    """Whether nothing but a number is said, perhaps with its unit: another than the two is no answer to them."""
    tokens = [token for token in tokens_of(said) if token.text[0].isalnum()]
    number = number_at(tokens, 0)
    return number is not None and len(tokens) - number.last <= 1
