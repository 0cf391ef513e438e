"""How a number belongs to the claim before it, read from the table in lexicons/pairs.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from voicemock.scoring.claims.claim import Claim, comparable, is_bare, shares_nouns
from voicemock.scoring.models.lexicon import lexicon, pattern
from voicemock.scoring.numbers.quantities import Quantity

Verdict = Literal[
    "forward",
    "backward",
    "change",
    "change first",
    "level",
    "period",
    "restated",
    "exact",
    "either",
    "apart",
]
LISTS = ("it", "was", "is", "now", "then", "change")
LEAD_WORDS, GAP_WORDS, TAIL_WORDS = 10, 14, 6
_TIDY = re.compile(r"[^\w'%.,]+")
_COMES_TO_ONE = re.compile(
    r"\b(?:to|into|now|is|are|it's|we're|they're|was|were|at|of|than|only|just|not|takes?|took|had|have|get|needs?) B\b"
)
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
    gap = _words(text[claim.last.end : quantity.start])
    if len(gap) > GAP_WORDS:
        return None
    lead = _words(text[: claim.quantities[0].start])[-LEAD_WORDS:]
    tail = _words(text[quantity.end :])[:TAIL_WORDS]
    return " ".join((*lead, "A", *gap, "B", *tail))


def _words(text: str) -> list[str]:
    """In lower case, without hedges and fillers; commas are words."""
    plain = text.replace("’", "'").replace("->", " to ").replace("→", " to ").lower()
    plain = _TIDY.sub(" ", plain).replace(",", " , ")
    plain = re.sub(r"(?:, *){2,}", ", ", pattern("hedges", "skipped").sub(" ", plain))
    return [word.rstrip(".") or word for word in plain.split()]


def verdict_of(text: str, claim: Claim, quantity: Quantity) -> Verdict | None:
    """What `quantity` is to the claim before it; None where it is a claim of its own."""
    spoken = frame(text, claim, quantity)
    if spoken is None:
        return None
    for row in rows():
        if _may_be(row, spoken, claim, quantity) and row.found.search(spoken):
            return row.verdict
    return None


def _may_be(row: Row, spoken: str, claim: Claim, quantity: Quantity) -> bool:
    """Whether the numbers are of the kinds that the row is about."""
    if claim.main.weak and is_bare(claim.main) and claim.main.value == 1 and " from A " not in f" {spoken}":
        return False  # "in one shop" is no number to go on from
    if quantity.weak and is_bare(quantity) and quantity.value == 1 and not _COMES_TO_ONE.search(spoken):
        return False  # "it took 40 hours to refill one"
    if row.verdict in ("forward", "backward"):
        return _can_pair(claim, quantity) and _holds(row.when, spoken, claim, quantity)
    if row.verdict == "change":
        return claim.is_pair and claim.change is None and _can_be_change(spoken, claim, quantity)
    if row.verdict == "period":
        return (
            quantity.kind == "time" and claim.period is None and (claim.main.kind != "time" or claim.is_pair)
        )
    if row.verdict in ("level", "change first"):
        return claim.is_lone and _holds(row.when, spoken, claim, quantity) and _can_be_level(claim, quantity)
    if row.verdict == "either":
        return claim.is_lone and comparable(claim.main, quantity)
    return _holds(row.when, spoken, claim, quantity)


def _can_pair(claim: Claim, quantity: Quantity) -> bool:
    first = claim.main
    if claim.is_pair or "ratio" in (first.kind, quantity.kind):
        return False
    lends = is_bare(quantity) and not is_bare(first) and counts_noun(quantity)
    borrows = is_bare(first) and not is_bare(quantity) and counts_noun(first)
    return comparable(first, quantity) and not lends and not borrows and shares_nouns(first, quantity)


def counts_noun(quantity: Quantity) -> bool:
    """Whether a plural noun follows a number, so that it cannot lend its unit from the number before."""
    return quantity.noun.endswith("s") and quantity.noun not in NO_PLURAL


NO_PLURAL = frozenset(("across", "as", "was", "is", "this", "overseas", "plus", "times", "less", "its", "us"))


def _can_be_change(spoken: str, claim: Claim, quantity: Quantity) -> bool:
    """A share, a ratio or points; or the plain difference where it is called one ("a saving of 20 thousand")."""
    if quantity.kind in ("rate", "ratio") or (quantity.unit == "points" and quantity.whole is None):
        return True
    around = spoken[spoken.find(" A ") :]
    return comparable(claim.main, quantity) and bool(pattern("inconsistencies", "difference").search(around))


def _can_be_level(claim: Claim, quantity: Quantity) -> bool:
    first = claim.main
    if quantity.kind == "ratio" or (quantity.kind == "time" and first.kind not in ("time", "rate")):
        return False
    if first.kind in ("rate", "ratio", "score"):
        return True
    return comparable(first, quantity) and not counts_noun(first)


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
    lead, _, rest = f" {spoken} ".partition(" A ")
    if when == "state":
        return not _STATE.search(lead)
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
