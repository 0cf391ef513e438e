"""Numbers said or written, as values: a small grammar over words and digits.

number    = ["minus" | "plus"] core {fraction | magnitude} [about]
core      = size | part | decimal | digits | words
size      = "a dozen", "a couple hundred", "a few thousand", "tens of thousands"
part      = "half a million", "a quarter million", "three quarters of a billion"
decimal   = ["oh" | "nought"] "point five"
digits    = "2.4", "1,200", "1,20,000"
words     = "two hundred and fifty", "twelve hundred", "ninety-nine point nine", "three sixty-five"
fraction  = "and a half"
magnitude = "hundred", "k", "million", "lakh", "crore"
about     = "-odd", "-something", "-ish", "+"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from voicemock.scoring.models.lexicon import lexicon, words
from voicemock.scoring.numbers.tokens import Token, glued, low

PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "quarters": 0.25, "thirds": 1 / 3}
LONG = 3  # shorter magnitudes ("k", "m") are letters unless they touch their number
SAME_TENS = 9.0  # "thirty-odd" may be up to this much more


@dataclass(frozen=True, slots=True)
class Number:
    """A value that tokens `first` to `last` (exclusive) spell.

    `scale` is the magnitude spelled with it, `high` the upper end where it is a size ("thirty-odd"), `loose` says
    that it is one. `small_word`: one plain word such as "two".
    """

    value: float
    first: int
    last: int
    small_word: bool = False
    scale: float = 1.0
    high: float | None = None
    loose: bool = False


@cache
def cardinals() -> dict[str, float]:
    return {word: float(value) for word, value in lexicon("numbers")["cardinals"].items()}


@cache
def magnitudes() -> dict[str, float]:
    return {word: float(value) for word, value in lexicon("numbers")["magnitudes"].items()}


def number_at(tokens: Sequence[Token], index: int) -> Number | None:
    """The longest number that starts at `index`, or None."""
    if index >= len(tokens):
        return None
    signed = _signed(tokens, index)
    if signed:
        return signed
    for rule in (_size, _part_of_magnitude, _decimal, _digits, _words):
        found = rule(tokens, index)
        if found:
            return _about(tokens, _grown(tokens, found))
    return None


def _signed(tokens: Sequence[Token], index: int) -> Number | None:
    """ "minus twelve", "-12" where no word or number touches the sign, "plus 31" and "+31" after "to"."""
    sign, before = low(tokens, index), low(tokens, index - 1)
    written = sign in ("-", "−", "+") and glued(tokens, index + 1)
    apart = index == 0 or not glued(tokens, index) or before in "(>"
    negative = sign in ("minus", "negative") or (sign in ("-", "−") and written and apart)
    positive = before == "to" and (sign in ("plus", "positive") or (sign == "+" and written))
    if not (negative or positive):
        return None
    inner = number_at(tokens, index + 1)
    return inner and replace(inner, value=-inner.value if negative else inner.value, first=index)


def _digits(tokens: Sequence[Token], index: int) -> Number | None:
    if not tokens[index].is_digits:
        return None
    return Number(float(tokens[index].text.replace(",", "")), index, index + 1)


def _size(tokens: Sequence[Token], index: int) -> Number | None:
    """Numbers that only say how many digits: "a few hundred", "dozens of", "tens of thousands of"."""
    here = index + (low(tokens, index) == "a")
    word, following = low(tokens, here), low(tokens, here + 1)
    if word == "couple" and low(tokens, here + 1 + (following == "of")) == "dozen":
        return Number(24.0, index, here + 2 + (following == "of"), loose=True)
    if word in ("few", "several", "couple"):
        at = here + 1 + (word == "couple" and following == "of")
        if len(low(tokens, at)) >= LONG and low(tokens, at) in magnitudes():
            least, most = (2.0, None) if word == "couple" else (3.0, 4.0 if word == "few" else 7.0)
            return Number(least, index, at, high=most)
        return None
    if word == "dozen" and here > index:
        return Number(12.0, index, here + 1)
    if following == "dozen" and 1 < cardinals().get(word, 0) < 10:
        return Number(12 * cardinals()[word], index, here + 2)
    return _plural_size(tokens, index)


def _plural_size(tokens: Sequence[Token], index: int) -> Number | None:
    """ "thousands of drivers", "tens of thousands of drivers"."""
    sizes = lexicon("numbers")["plural_sizes"]
    value, here = sizes.get(low(tokens, index)), index + 1
    if value is not None and _is_size_alone(tokens, index):
        return Number(float(value), index, here, high=10 * float(value) - 1, loose=True)
    if value is None or low(tokens, here) != "of":
        return None
    larger = sizes.get(low(tokens, here + 1))
    if larger:
        value, here = value * larger, here + 2
    if low(tokens, here) != "of" or low(tokens, index - 1) in ("the", "in"):
        return None
    return Number(float(value), index, here, high=10 * float(value) - 1, loose=True)


def _is_size_alone(tokens: Sequence[Token], index: int) -> bool:
    """ "it brings in millions", "hundreds more signed up", "in the thousands"."""
    before, following = low(tokens, index - 1), low(tokens, index + 1)
    if low(tokens, index) == "tens" or following == "of":
        return False
    counted = [low(tokens, index - 2), before] in (["in", "the"], ["into", "the"])
    earned = before == "in" and low(tokens, index - 2) in words("numbers", "comes_in")
    return counted or earned or following == "more" or before in words("numbers", "before_size")


def _part_of_magnitude(tokens: Sequence[Token], index: int) -> Number | None:
    """ "half a million", "a quarter million", "three quarters of a million", "half a dozen"."""
    first = low(tokens, index)
    count = cardinals().get(first, 0.0) if first not in ("a", "one") else 1.0
    here = index + 1 if count else index
    share = PARTS.get(low(tokens, here))
    if share is None or (low(tokens, here).endswith("s") != (count > 1)):
        return None
    here += 1
    here += low(tokens, here) == "of"
    article = low(tokens, here) in ("a", "one")
    here += article
    size = low(tokens, here)
    if size == "dozen" and article:
        return Number(12 * share * (count or 1), index, here + 1)
    if (
        len(size) < LONG
        or size not in magnitudes()
        or not (article or size in ("million", "billion", "crore"))
    ):
        return None
    return Number(share * (count or 1), index, here)


NOTHING_BEFORE_THE_POINT = ("oh", "o", "nought", "naught")


def _decimal(tokens: Sequence[Token], index: int) -> Number | None:
    """ "point five", "oh point seven", "nought point three": digits said one by one after the point."""
    here = index + (low(tokens, index) in NOTHING_BEFORE_THE_POINT)
    if low(tokens, here) != "point" or low(tokens, index - 1) in (
        "the",
        "a",
        "one",
        "this",
        "that",
        "some",
        "at",
    ):
        return None
    fraction, last = _after_point(tokens, here)
    known = here > index or low(tokens, index - 1) in words("numbers", "before_point")
    known = known or low(tokens, last) in magnitudes() or low(tokens, last) in lexicon("numbers")["units"]
    return Number(fraction, index, last) if last > here and known else None


def _after_point(tokens: Sequence[Token], here: int) -> tuple[float, int]:
    """The digits behind the word "point" at `here` as a fraction, and the token after; `here` where there are none."""
    digits, at = "", here + 1
    while True:
        at += low(tokens, at) == "-" and glued(tokens, at) and bool(digits or at == here + 1)
        word = low(tokens, at)
        if word in ("oh", "o"):
            digits += "0"
        elif cardinals().get(word, 99) < 10:
            digits += str(int(cardinals()[word]))
        elif at < len(tokens) and tokens[at].text.isdecimal() and not digits:
            return float(f"0.{tokens[at].text}"), at + 1
        else:
            break
        at += 1
    if not digits:
        tens = cardinals().get(low(tokens, here + 1))  # "two point twenty-five"
        return (float(f"0.{int(tens)}"), here + 2) if tens and tens >= 10 else (0.0, here)
    return float(f"0.{digits}"), at - (low(tokens, at - 1) == "-")


def _words(tokens: Sequence[Token], index: int) -> Number | None:
    here = index
    total, current = 0.0, 0.0
    if low(tokens, here) in ("a", "an"):
        if low(tokens, here + 1) not in words("numbers", "after_article"):
            return None
        current, here = 1.0, here + 1
    elif low(tokens, here) in words("numbers", "after_article") and low(tokens, here - 1) in (
        "first",
        "another",
    ):
        current = 1.0  # "my first hundred orders", "another thousand"
    begun, scale = here, 1.0
    while here < len(tokens):
        word = tokens[here].low
        step = _join(tokens, here, begun, current)
        if step is not None:
            current, here = step
        elif word in magnitudes() and len(word) > 1 and (here > begun or current):
            value = magnitudes()[word]
            scale = max(scale, value)
            total, current = (total, current * value) if value == 100 else (total + current * value, 0.0)
            here += 1
        elif word in ("and", "-") and _continues(tokens, here, begun):
            here += 1
        else:
            break
    if here == begun:
        return None
    small = here == index + 1 and scale == 1
    return Number(total + current, index, here, small_word=small, scale=scale)


def _join(tokens: Sequence[Token], here: int, begun: int, current: float) -> tuple[float, int] | None:
    """Add the cardinal at `here` where it continues the number: "eighty" + "five", "hundred" + "twenty"."""
    value = cardinals().get(tokens[here].low)
    if value is None:
        return None
    before = tokens[here - 1].low if here > begun else ""
    room = current % 100
    digit = 1 <= current < 10 and before in cardinals()
    if digit and 10 <= value < 100 and _leaves_hundred_out(tokens, here):
        return 100 * current + value, here + 1
    if before in cardinals() or before == "-":
        if not (room >= 20 and room % 10 == 0 and 0 < value < 10):
            return None
    elif room and here > begun:
        return None
    return current + value, here + 1


def _leaves_hundred_out(tokens: Sequence[Token], here: int) -> bool:
    """ "one fifty", "three sixty-five": a digit and the tens at `here` with no "hundred" between. "Phase two twenty
    people", "at nine thirty" and "one thirty-day trial" are a name, a time of day, and one of a kind.
    """
    before = low(tokens, here - 2)
    if before in words("numbers", "numbered") | words("numbers", "before_the_hour"):
        return False
    amount = not before or before in words("numbers", "before_point") or before in magnitudes()
    pronoun = low(tokens, here - 1) == "one" and not amount
    if pronoun or before == "or":
        return False  # "this one twenty times", "two or three twenty times"
    after = here + 1 + 2 * (low(tokens, here + 1) == "-" and low(tokens, here + 2) in cardinals())
    after += cardinals().get(low(tokens, after), 99.0) < 10
    after += low(tokens, after) == "-"
    return low(tokens, after) not in words("numbers", "of_one_kind")


def _continues(tokens: Sequence[Token], here: int, begun: int) -> bool:
    """Whether "and" or a hyphen sits inside a number: "two hundred and five", "eighty-five"."""
    if here == begun:
        return False
    before, after = tokens[here - 1].low, low(tokens, here + 1)
    if tokens[here].low == "-":
        tens = cardinals().get(before, 0) >= 20
        return (tens and 0 < cardinals().get(after, 0) < 10) or (before in cardinals() and after == "hundred")
    return before in ("hundred", "thousand") and after in cardinals()


def _grown(tokens: Sequence[Token], number: Number) -> Number:
    """`number` with what goes on after it: "point five", "and a half", "million"."""
    before = None
    while number != before:
        before = number
        number = _with_magnitude(tokens, _with_half(tokens, _with_point(tokens, number)))
    return number


def _with_point(tokens: Sequence[Token], number: Number) -> Number:
    """ "two point four", "one-point-five", "37 point 5"."""
    here = number.last + (low(tokens, number.last) == "-" and low(tokens, number.last + 1) == "point")
    whole = number.scale == 1 and number.value == int(number.value)
    if low(tokens, here) not in ("point", "comma") or not whole:
        return number
    fraction, last = _after_point(tokens, here)
    return (
        replace(number, value=number.value + fraction, last=last, small_word=False) if last > here else number
    )


def _with_half(tokens: Sequence[Token], number: Number) -> Number:
    """ "two and a half", "one and three quarter million", "a million and a half"."""
    here = number.last
    share = PARTS.get(low(tokens, here + 2))
    count = {"a": 1.0, "one": 1.0, "three": 3.0}.get(low(tokens, here + 1))
    if (
        low(tokens, here) != "and"
        or share is None
        or count is None
        or (count > 1 and share != PARTS["quarter"])
    ):
        return number
    share *= count
    if abs(number.value) >= 100 and number.scale <= 100:
        return number
    return replace(number, value=number.value + share * number.scale, last=here + 3, small_word=False)


def _with_magnitude(tokens: Sequence[Token], number: Number) -> Number:
    word, here = low(tokens, number.last), number.last
    if word not in magnitudes():
        return number
    # "m", "k" and "b" are magnitudes where they touch their number, or as capitals apart from it ("800 K").
    if len(word) == 1 and not glued(tokens, here) and tokens[here].text not in "KMB":
        return _spelt_k(tokens, number)
    size = magnitudes()[word]
    if number.scale > size or (size == 100 and number.value >= 100):
        return number
    high = None if number.high is None else number.high * size
    scale = number.scale * size
    return replace(number, value=number.value * size, last=here + 1, small_word=False, scale=scale, high=high)


def _spelt_k(tokens: Sequence[Token], number: Number) -> Number:
    """ "four hundred fifty k": a letter apart, after a number in words."""
    spelt = low(tokens, number.last) == "k" and not tokens[number.first].is_digits and number.value >= 1
    if not spelt:
        return number
    return replace(number, value=number.value * 1000, last=number.last + 1, small_word=False, scale=1000.0)


def _about(tokens: Sequence[Token], number: Number) -> Number:
    """ "thirty-odd", "thirty-something", "thirty some", "30-ish", "30+", "thirty plus percent"."""
    here = number.last + (low(tokens, number.last) == "-")
    word = low(tokens, here)
    known = word in ("odd", "something", "ish") or (
        word == "some" and number.value >= 20 and number.value % 10 == 0
    )
    more = (word == "+" and glued(tokens, here)) or (
        word == "plus" and low(tokens, here + 1) in _after_plus()
    )
    if word == "something" and low(tokens, here + 1) == "like":
        return number
    if known and number.value >= 10:
        high = None if word == "ish" else number.value + SAME_TENS * max(1.0, number.scale)
        return replace(number, last=here + 1, high=high, loose=True, small_word=False)
    return replace(number, last=here + 1, small_word=False) if more else number


@cache
def _after_plus() -> frozenset[str]:
    """What is counted after "thirty plus": a unit, so that no sum is meant."""
    return frozenset(("percent", "%", "people", "years", "days", "hours", "minutes", "weeks", "months"))
