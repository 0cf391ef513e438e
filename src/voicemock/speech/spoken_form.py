"""Text as it is said: "$2.4M" is "two point four million dollars", "NPS" is "N P S". Pure.

Engines guess at what is no plain word, each in its own way: one reads "p95" as a word, another "bps" as a sound.
Here everything becomes words and single letters first, so that all of them say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip

SCALES = {
    "k": "thousand", "K": "thousand", "thousand": "thousand", "m": "million", "M": "million", "mn": "million",
    "MM": "million", "million": "million", "b": "billion", "B": "billion", "bn": "billion", "billion": "billion",
    "trillion": "trillion",
}  # fmt: skip
CURRENCIES = {"$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny")}
# after a number: what one is called; "times" and the like have no plural of their own
UNITS = {
    "ms": "millisecond", "s": "second", "sec": "second", "secs": "second", "min": "minute", "mins": "minute",
    "h": "hour", "hr": "hour", "hrs": "hour", "wk": "week", "wks": "week", "yr": "year", "yrs": "year",
    "mo": "month", "bps": "basis point", "bp": "basis point", "pp": "percentage point", "pps": "percentage point",
    "pts": "point", "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "km": "kilometre",
    "kg": "kilogram", "%": "percent", "x": "times", "am": "A M", "pm": "P M",
}  # fmt: skip
NO_PLURAL = frozenset({"percent", "times", "A M", "P M"})
# Said otherwise than letter by letter, or than they are written. Names stand here where the engines get them wrong.
SAID_AS = {
    "A/B": "A B", "ARPU": "are-poo", "ASAP": "A S A P", "CAC": "cack", "CSAT": "C sat", "FAANG": "fang",
    "GIF": "gif", "JSON": "jason", "LAN": "lan", "NASA": "nassa", "PIN": "pin", "RAM": "ram", "SaaS": "sass",
    "SAT": "S A T", "SQL": "sequel", "STAR": "star", "PRFAQ": "P R F A Q", "PR/FAQ": "P R F A Q", "OK": "okay",
    "iOS": "I O S", "macOS": "mac O S", "PhD": "P H D", "bps": "basis points", "vs.": "versus", "vs": "versus",
    "e.g.": "for example", "i.e.": "that is", "etc.": "et cetera", "Dr.": "doctor", "Mr.": "mister",
    "Mrs.": "missis", "Ms.": "miz", "w/o": "without", "PMs": "P Ms", "US": "U S", "UK": "U K",
    "Siobhan": "shi-vawn", "Nguyen": "win", "Xiaomi": "shaow-me", "Saoirse": "seer-sha", "Niamh": "neev",
}  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
_RANGE = r"\s?[-–—]\s?"

_MONEY = re.compile(
    rf"(?P<sign>[-−+])?(?P<currency>[$€£])(?P<first>{_NUMBER})"
    rf"(?:(?:\s?(?:{_SCALE}))?{_RANGE}[$€£]?(?P<second>{_NUMBER}))?(?:\s?(?P<scale>{_SCALE})\b)?"
)
_QUANTITY = re.compile(
    rf"(?<![\w.])(?P<sign>[-−+])?(?P<first>{_NUMBER})(?:%?{_RANGE}(?P<second>{_NUMBER}))?"
    rf"(?:\s?(?P<scale>{_SCALE})\b)?(?:\s?(?P<unit>%|(?:{_UNIT})\b))?(?![\w])"
)
_YEAR = re.compile(
    r"\b(in|since|of|by|until|till|from|during|before|after|early|late|mid|year) ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)(?:\s?([ap])m)?\b")
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_MIXED = re.compile(r"\b(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]+\b")  # p95, Q3, B2B, v2
_ROUND_THE_CLOCK = re.compile(r"\b(\d+)/(\d+)\b")
_PER = re.compile(r"(?<=[\w%])/(?=(?:second|minute|hour|day|week|month|year|user|customer|order|seat)\b)")
_LEFT_OVER = re.compile(r"\d+")
_ACRONYM = re.compile(r"\b([A-Z]{2,5})(s|'s|’s)?\b")
_SAID_AS = re.compile(
    r"(?<![\w])("
    + "|".join(re.escape(name) for name in sorted(SAID_AS, key=len, reverse=True))
    + r")(?![\w])"
)
_SIGNS = (
    (re.compile(r"\s*(?:→|->|=>)\s*"), " to "),
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"\b[Nn]o\. ?(?=\d)"), "number "),
    (re.compile(r"~\s?(?=[\d$€£])"), "about "),
    (re.compile(r"[<≤]\s?(?=[\d$€£])"), "under "),
    (re.compile(r"[>≥]\s?(?=[\d$€£])"), "over "),
    (re.compile(r"…|\.\.\."), ", "),
)
_AFTERWARDS = (
    (re.compile(r"\s*[—–]\s*"), ", "),
    (re.compile(r"(?<=\w)/(?=\w)"), " "),
    (re.compile(r"[*_#`|\\<>\[\]{}~^=]"), " "),
    (re.compile(r"\s+([,.?!;:])"), r"\1"),
    (re.compile(r",(?=[.?!])|^[\s,]+"), ""),
    (re.compile(r"\s+"), " "),
)
_VOWELS = frozenset("AEIOUY")
_SHOUTED = frozenset(
    (
        "DO",
        "NO",
        "NOT",
        "IS",
        "IN",
        "ON",
        "OR",
        "OF",
        "TO",
        "AND",
        "THE",
        "FOR",
        "ALL",
        "YOU",
        "BUT",
        "NOW",
        "WHY",
        "HOW",
    )
)


def as_spoken(text: str) -> str:
    """The text in words and single letters. What says nothing ("…") comes out empty."""
    for pattern, instead in _SIGNS:
        text = pattern.sub(instead, text)
    text = _SAID_AS.sub(lambda found: SAID_AS[found[1]], text)
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_PER, lambda _: " per "),
        (_MONEY, _money),
        (_YEAR, lambda found: f"{found[1]} {year(int(found[2]))}"),
        (_CLOCK, _clock),
        (_ORDINAL, lambda found: ordinal(int(found[1]))),
        (_ROUND_THE_CLOCK, lambda found: f"{cardinal(int(found[1]))} {cardinal(int(found[2]))}"),
        (_QUANTITY, _quantity),
        (_MIXED, _letters_and_digits),
        (_ACRONYM, _acronym),
        (_LEFT_OVER, lambda found: f" {cardinal(int(found[0]))} "),
    )
    for pattern, say in steps:
        text = pattern.sub(say, text)
    for pattern, instead in _AFTERWARDS:
        text = pattern.sub(instead, text)
    return text.strip() if any(c.isalnum() for c in text) else ""


def cardinal(number: int) -> str:
    """ "one thousand two hundred forty-five" """
    for size, name in _POWERS:
        if number >= size:
            head, rest = divmod(number, size)
            return f"{cardinal(head)} {name}" + (f" {cardinal(rest)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        return f"{_UNITS[head]} hundred" + (f" {cardinal(rest)}" if rest else "")
    if number >= 20:
        head, rest = divmod(number, 10)
        return _TENS[head - 2] + (f"-{_UNITS[rest]}" if rest else "")
    return _UNITS[number]


def ordinal(number: int) -> str:
    head, _, last = cardinal(number).replace("-", " -").rpartition(" ")
    dash, last = ("-", last[1:]) if last.startswith("-") else (" " if head else "", last)
    return f"{head}{dash}{_ORDINALS.get(last) or (last[:-1] + 'ieth' if last.endswith('y') else last + 'th')}"


def year(number: int) -> str:
    """ "twenty twenty-four", "nineteen oh five", "two thousand six" """
    century, rest = divmod(number, 100)
    if rest == 0 or (century == 20 and rest < 10):
        return cardinal(number) if century == 20 else f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {cardinal(rest) if rest > 9 else f'oh {cardinal(rest)}'}"


def decimal(digits: str) -> str:
    """ "1,200.05" is "one thousand two hundred point zero five" """
    whole, _, fraction = digits.replace(",", "").partition(".")
    said = cardinal(int(whole or "0"))
    return f"{said} point {' '.join(_UNITS[int(d)] for d in fraction)}" if fraction else said


def _amount(found: re.Match[str]) -> str:
    """The number, or the two ends of a range, with the scale."""
    sign = {"+": "plus ", "-": "minus ", "−": "minus "}.get(found["sign"] or "", "")
    ends = [decimal(end) for end in (found["first"], found["second"]) if end]
    return sign + " to ".join(ends) + (f" {SCALES[found['scale']]}" if found["scale"] else "")


def _money(found: re.Match[str]) -> str:
    name, part = CURRENCIES[found["currency"]]
    whole, _, cents = found["first"].partition(".")
    if len(cents) == 2 and not found["scale"] and not found["second"]:
        of_it = f" {cardinal(int(cents))}" if int(cents) else ""
        if not int(whole.replace(",", "") or "0"):
            return f"{cardinal(int(cents))} {part}s"
        return f"{decimal(whole)} {name}{'' if whole == '1' else 's'}{of_it}"
    return f"{_amount(found)} {name}{'' if found['first'] == '1' and not found['scale'] else 's'}"


def _quantity(found: re.Match[str]) -> str:
    said = _amount(found)
    if not found["unit"]:
        return said
    unit = UNITS[found["unit"]]
    one = unit in NO_PLURAL or (found["first"] == "1" and not found["scale"] and not found["second"])
    return f"{said} {unit}{'' if one else 's'}"


def _clock(found: re.Match[str]) -> str:
    hour, minute = cardinal(int(found[1])), int(found[2])
    half = f" {found[3].upper()} M" if found[3] else ""
    if not minute:
        return hour + (half or " o'clock")
    return f"{hour} {cardinal(minute) if minute > 9 else f'oh {cardinal(minute)}'}{half}"


def _letters_and_digits(found: re.Match[str]) -> str:
    parts = re.findall(r"\d+|[A-Za-z]+", found[0])
    if parts[0].lower() == "v" and len(parts) == 2:
        return f"version {cardinal(int(parts[1]))}"
    return " ".join(cardinal(int(part)) if part.isdigit() else _spelled(part) for part in parts)


def _acronym(found: re.Match[str]) -> str:
    """Letter by letter, where it can't be a word that somebody wrote in capitals ("STOP")."""
    letters, ending = found[1], (found[2] or "").replace("’", "'")
    if letters in _SHOUTED or (len(letters) > 3 and _VOWELS & set(letters)):
        return found[0]
    return f"{_spelled(letters)}{ending}"


def _spelled(letters: str) -> str:
    return " ".join(letters) if len(letters) <= 4 and (letters.isupper() or len(letters) == 1) else letters
