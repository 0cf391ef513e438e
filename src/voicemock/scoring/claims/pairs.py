"""How a number belongs to the claim before it, read from the table in lexicons/pairs.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from voicemock.scoring.claims.claim import Claim, comparable, in_unit, is_bare, shares_nouns
from voicemock.scoring.claims.moments import of_one_thing, order
from voicemock.scoring.claims.parts import order_of, told_as
from voicemock.scoring.models.lexicon import lexicon, pattern
from voicemock.scoring.numbers.quantities import Quantity

Verdict = Literal[
    "forward",
    "backward",
    "change",
    "change first",
    "start",
    "level",
    "period",
    "restated",
    "exact",
    "either",
    "apart",
]
LISTS = ("it", "was", "is", "now", "then", "change")
LARGEST_SHARE = 1000  # per cent
# Chances that two numbers are a pair, by the network: where the words say nothing, of numbers of one kind or of two
# ("22 percent, and now eight"), and where the words say something else or the other order.
LIKELY, LIKELY_OF_KINDS, CERTAIN = 0.6, 0.85, 0.97
ROUNDED = 0.1  # of a change, by which it is told rounded
LEAD_WORDS, GAP_WORDS, TAIL_WORDS = 10, 14, 6
_TIDY = re.compile(r"[^\w'%.,]+")
_COMES_TO_ONE = re.compile(
    r"\b(?:to|into|now|is|are|it's|we're|they're|was|were|at|of|than|only|just|not|takes?|took|had|have|get|needs?"
    r"|means?|became|becomes?|sees?)(?: the| just the| a single)? B\b"
)
# A number is how far it went where it stands behind "by" or a verb of change, or before a word for one.
_WENT_BY = re.compile(
    r"\b(?:by|fell|dropped|rose|grew|climbed|shrank|increased|decreased|declined|improved|saved|saving|lost|gained"
    r"|cut|down|up|drop of|rise of|fall of|reduction of|increase of|improvement of|gain of)(?: another| some| a)?\s*$"
)
_IS_CHANGE = re.compile(
    r"(?:\w+ )?(?:less|fewer|more|faster|shorter|quicker|lower|higher|drop|fall|rise|cut|saving|reduction|increase"
    r"|improvement|gain|decrease|better|off|down|up)\b"
)
# "…, contacts from 18 to 6, resellable 60% to 85%"
_BEGINS_A_PAIR = re.compile(r"\bfrom B\b|\bB (?:up |down )?to (?:\W)?\d")
_SLIPPED = r"(?:no|sorry|i'm sorry|i mean|actually|or rather|well|no wait|make that|scratch that)"
_SLIP = re.compile(rf"(?:\S+, wait|\S+,? {_SLIPPED})\b,?\s*$", re.IGNORECASE)
_NUMBER_SLIP = re.compile(rf"\d\S*(?:\s\w+)?,?\s(?:wait|{_SLIPPED})\b,?\s*$", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:by|fell|dropped|rose|grew|climbed|increased|decreased|went up|went down|up|down)\s*$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `when` names what must be true of the numbers besides."""

    verdict: Verdict
    found: re.Pattern[str]
    when: str
    example: str


@cache
def rows() -> tuple[Row, ...]:
    table = lexicon("pairs")
    lists = {name: "|".join(sorted(table[name], key=len, reverse=True)) for name in LISTS}
    return tuple(
        Row(row["verdict"], _compiled(row["pattern"], lists), row.get("when", ""), row["example"])
        for row in table["rows"]
    )


def _compiled(spelling: str, lists: dict[str, str]) -> re.Pattern[str]:
    for name, entries in lists.items():
        spelling = spelling.replace("{" + name + "}", f"(?:{entries})")
    spelling = re.sub(r"\{([wc]\d+)\} ?", r"<\1>", spelling).replace(" ", "(?: ,)? ")
    spelling = re.sub(r"<w(\d+)>", r"(?:[^ ,]+ ){0,\1}?(?:, )?", spelling)
    spelling = re.sub(r"<c(\d+)>", r"(?:[^ ]+ ){0,\1}?", spelling)
    return re.compile(rf"(?:^| ){spelling}(?:$| )")


def frame(text: str, claim: Claim, quantity: Quantity) -> str | None:
    """The sentence around two numbers, which are A and B in it; None where they are too far apart."""
    gap = _words(text[claim.last.end : _before_slip(text, claim.last.end, quantity.start)])
    if len(gap) > GAP_WORDS:
        return None
    leveled = claim.change is not None and not claim.is_pair  # what went so far, and now stands at A
    first = claim.main.start if leveled else claim.quantities[0].start
    slip = _NUMBER_SLIP.search(text[:first])  # "used to take 7 days, wait, 9 days"
    lead = _words(text[: slip.start() if slip else first])[-LEAD_WORDS:]
    tail = _words(text[quantity.end :])[:TAIL_WORDS]
    return " ".join((*lead, "A", *gap, "B", *tail))


def _before_slip(text: str, start: int, end: int) -> int:
    """Where a number was said that the one at `end` puts right: "to 9, wait, 8 days"; `end` where none was."""
    slip = _SLIP.search(text, start, end)
    return slip.start() if slip else end


def _words(text: str) -> list[str]:
    """In lower case, without hedges and fillers; commas are words."""
    plain = text.replace("’", "'").replace("->", " to ").replace("→", " to ").replace(";", ",").lower()
    plain = _TIDY.sub(" ", plain).replace(",", " , ")
    plain = re.sub(r"(?:, *){2,}", ", ", pattern("hedges", "skipped").sub(" ", plain))
    return [word.rstrip(".") or word for word in plain.split()]


def verdict_of(text: str, claim: Claim, quantity: Quantity, *, story: bool = True) -> Verdict | None:
    """What `quantity` is to the claim before it; None where it is a claim of its own.

    The network that reads numbers was taught on stories, and has no say elsewhere.
    """
    spoken = frame(text, claim, quantity)
    told = None if spoken is None else _by_words(spoken, claim, quantity)
    return _read(told, spoken or "", text, claim, quantity) if story else told


def _read(told: Verdict | None, spoken: str, text: str, claim: Claim, quantity: Quantity) -> Verdict | None:
    """What the words say, or where they say nothing what the network does; it may turn a pair round."""
    order, likely = order_of(text, claim.main, quantity)
    if told in ("forward", "backward"):
        return order if likely >= CERTAIN else told
    if told in (None, "change first") and may_be_pair(claim, quantity):
        enough = CERTAIN if told else LIKELY if claim.main.kind == quantity.kind else LIKELY_OF_KINDS
        if likely >= enough and not _of_two_pairs(spoken):
            return order
    if told is None and claim.is_pair and claim.change is None and told_as(text, quantity, "c") >= LIKELY:
        fits = _can_be_change(spoken, claim, quantity) and _is_how_far(claim, quantity)
        return "change" if fits else None
    return told


def _is_how_far(claim: Claim, quantity: Quantity) -> bool:
    """Whether a share or a factor says how far the pair went: another number may be the change of another thing."""
    if claim.before is None or claim.after is None or not claim.before.value:
        return False
    before, after = claim.before.value, in_unit(claim.after, claim.before)
    by = abs(after - before)
    ways = (100 * by / abs(before), by, after / before, before / after if after else 0.0)
    return any(abs(abs(quantity.value) - way) <= ROUNDED * max(way, 1.0) for way in ways)


def _by_words(spoken: str, claim: Claim, quantity: Quantity) -> Verdict | None:
    plain = _by_moments(spoken, claim, quantity, plainly=True)
    if plain is not None:
        return plain
    for row in rows():
        if _may_be(row, spoken, claim, quantity) and row.found.search(spoken):
            return row.verdict
    return _by_moments(spoken, claim, quantity, plainly=False)


def _by_moments(spoken: str, claim: Claim, quantity: Quantity, *, plainly: bool) -> Verdict | None:
    """Which of the two came first where the words around them say when each of them was."""
    told = order(spoken, plainly=plainly)
    if told is None or any(one.weak and one.kind != "time" and one.value for one in (claim.main, quantity)):
        return None
    fits = _may_pair(spoken, claim, quantity) and of_one_thing(spoken, claim.main, quantity)
    return told if fits else None


def _may_be(row: Row, spoken: str, claim: Claim, quantity: Quantity) -> bool:
    """Whether the numbers are of the kinds that the row is about."""
    if claim.main.weak and is_bare(claim.main) and claim.main.value == 1 and " from A " not in f" {spoken}":
        return False  # "in one shop" is no number to go on from
    if quantity.weak and is_bare(quantity) and quantity.value == 1 and not _COMES_TO_ONE.search(spoken):
        return False  # "it took 40 hours to refill one"
    if row.verdict in ("forward", "backward"):
        return _may_pair(spoken, claim, quantity) and _holds(row.when, spoken, claim, quantity)
    if row.verdict == "change":
        if _BEGINS_A_PAIR.search(spoken):
            return False
        return claim.is_pair and claim.change is None and _can_be_change(spoken, claim, quantity)
    if row.verdict == "period":
        nothing = (
            claim.main.weak and claim.is_lone and " from A " in spoken
        )  # "from nothing, and in a year …"
        timed = claim.main.kind != "time" or claim.is_pair
        return quantity.kind == "time" and claim.period is None and timed and not nothing
    if row.verdict == "start":
        first = claim.main
        alike = first.kind == quantity.kind and first.kind != "rate" and first.unit == quantity.unit
        return claim.is_lone and alike and 0 < abs(first.value) < abs(quantity.value)
    if row.verdict in ("level", "change first"):
        return claim.is_lone and _holds(row.when, spoken, claim, quantity) and _can_be_level(claim, quantity)
    if row.verdict == "either":
        return claim.is_lone and comparable(claim.main, quantity)
    return _holds(row.when, spoken, claim, quantity)


def _may_pair(spoken: str, claim: Claim, quantity: Quantity) -> bool:
    if _is_moment(spoken, claim, quantity) or _ALL_OF_THEM.search(spoken):
        return False
    return can_pair(claim, quantity)


def may_be_pair(claim: Claim, quantity: Quantity) -> bool:
    """Whether the network may call them a pair: "one box", "a week" and the like say nothing but how often."""
    return can_pair(claim, quantity) and not any(one.weak and one.value for one in (claim.main, quantity))


def can_pair(claim: Claim, quantity: Quantity) -> bool:
    first = claim.main
    if claim.is_pair or "ratio" in (first.kind, quantity.kind):
        return False
    lends = is_bare(quantity) and not is_bare(first) and counts_noun(quantity)
    borrows = is_bare(first) and not is_bare(quantity) and counts_noun(first)
    shares = comparable(first, quantity) and shares_nouns(first, quantity)
    return shares and not lends and not borrows and not _whole_and_share(first, quantity)


def _of_two_pairs(spoken: str) -> bool:
    """Whether each number goes with another: "fell to 4 and rose to 51", "is half, and went from 3 to 4"."""
    return bool(_BOTH_REACHED.search(f" {spoken} ") or _BEGINS_A_PAIR.search(spoken))


_BOTH_REACHED = re.compile(r" to A .* to B ")
_ALL_OF_THEM = re.compile(r"\b(?:all|both|the other) A\b")  # "once all 4 had it we were at 210"


def _is_moment(spoken: str, claim: Claim, quantity: Quantity) -> bool:
    """ "38% after 4" weeks: a number with no unit of its own right behind "after" is when, not what it came to."""
    lead, found, _ = spoken.partition(" after B")
    return bool(found) and " before" not in lead and is_bare(quantity) and not is_bare(claim.main)


def _whole_and_share(first: Quantity, second: Quantity) -> bool:
    """ "4,200, then 60%": a number this large is what the share is of, and no per cent."""
    bare = next((q for q in (first, second) if is_bare(q)), None)
    return bare is not None and "%" in (first.unit, second.unit) and abs(bare.value) >= LARGEST_SHARE


def counts_noun(quantity: Quantity) -> bool:
    """Whether a plural noun follows a number, so that it cannot lend its unit from the number before."""
    return quantity.noun.endswith("s") and quantity.noun not in NO_PLURAL


NO_PLURAL = frozenset(("across", "as", "was", "is", "this", "overseas", "plus", "times", "less", "its", "us"))


def _can_be_change(spoken: str, claim: Claim, quantity: Quantity) -> bool:
    """A share, a ratio or points; or the plain difference where it is called one ("a saving of 20 thousand")."""
    if quantity.kind in ("rate", "ratio") or (quantity.unit == "points" and quantity.whole is None):
        return True
    around = spoken[spoken.find(" A ") :]
    if _other_thing(claim.main, quantity) or _exceeds(claim, quantity):
        return False
    return comparable(claim.main, quantity) and bool(pattern("inconsistencies", "difference").search(around))


def _other_thing(main: Quantity, quantity: Quantity) -> bool:
    """ "from $400 to $900, and it's 60 tonnes less": what is counted by itself is no difference of money or time."""
    return is_bare(quantity) and not is_bare(main) and counts_noun(quantity)


def _exceeds(claim: Claim, quantity: Quantity) -> bool:
    """ "from $38 to $23 a head, so $184,500 less": no difference is larger than both, so it is a total."""
    if claim.before is None or claim.after is None:
        return False
    ends = [abs(in_unit(one, quantity)) for one in (claim.before, claim.after)]
    return abs(quantity.value) > sum(ends)


def _can_be_level(claim: Claim, quantity: Quantity) -> bool:
    first = claim.main
    if quantity.kind == "ratio" or (quantity.kind == "time" and first.kind not in ("time", "rate", "ratio")):
        return False
    if first.kind in ("rate", "ratio", "score"):
        return True
    return comparable(first, quantity) and not (counts_noun(first) and counts_noun(quantity))


def _holds(when: str, spoken: str, claim: Claim, quantity: Quantity) -> bool:
    if when == "loose":
        return claim.is_lone and claim.main.loose and not quantity.loose
    if when == "ratio or share":
        return claim.main.kind in ("rate", "ratio") and quantity.kind != "ratio"
    if when == "ratio or plus":
        ratio = claim.main.kind == "ratio" and quantity.kind in ("money", "count")
        return claim.is_lone and (
            ratio or (" plus A" in spoken and claim.main.unit == "%" and is_bare(quantity))
        )
    if when == "not now":
        return not pattern("pairs", "now").search(spoken)
    lead, _, rest = f" {spoken} ".partition(" A ")
    if when == "how far":
        gap = rest.partition(" B ")[0]
        share = claim.main.kind in ("rate", "ratio") and not gap.startswith("of ")
        return share or bool(_WENT_BY.search(lead) or _IS_CHANGE.match(gap))
    if when == "state":
        return not _STATE.search(lead)
    if when == "spans":
        return quantity.high is not None and abs(quantity.high - quantity.value - abs(claim.main.value)) < 0.1
    if when == "zero":
        return quantity.value == 0
    if when == "reached":
        return not re.search(r"\b(?:was|were|been|had|used to|from)\b(?: \w+){0,2}$", lead)
    if when == "no onward":
        return not re.search(r"\bfrom\b(?: \w+){0,2}$", lead) and not re.match(
            r".*?B (?:\w+ ){0,3}?(?:down |up )?to\b", rest
        )
    if when == "moved on":
        return bool(
            re.search(
                r" (?:to|at|under|below|above|of|had|with|only|just|now) B |(?:had|took|cut) B ", f" {rest}"
            )
        )
    return True
