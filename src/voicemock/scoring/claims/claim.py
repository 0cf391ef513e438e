"""A quantified claim of one sentence, and what makes two numbers comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import Quantity
from voicemock.scoring.numbers.units import CENTS


@dataclass(slots=True)
class Claim:
    """One quantified claim of a sentence. `main` carries kind and unit; the rest is what was joined to it."""

    main: Quantity
    before: Quantity | None = None
    after: Quantity | None = None
    change: Quantity | None = None
    period: Quantity | None = None
    parts: list[Quantity] = field(default_factory=list)

    @property
    def quantities(self) -> list[Quantity]:
        joined = [self.main, self.before, self.after, self.change, self.period, *self.parts]
        return sorted({q for q in joined if q}, key=lambda q: q.start)

    @property
    def last(self) -> Quantity:
        return self.quantities[-1]

    @property
    def is_pair(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def is_lone(self) -> bool:
        """Whether nothing but a period was joined to its number."""
        return not self.is_pair and self.change is None and not self.parts


def gap_between(text: str, start: int, end: int) -> str:
    """The words between two places, in lower case, without hedges, fillers and commas."""
    gap = re.sub(r"[^\w'’%.]+", " ", text[start:end].lower().replace("’", "'"))
    return " ".join(pattern("hedges", "skipped").sub(" ", gap).split())


def comparable(first: Quantity, second: Quantity) -> bool:
    """Whether two numbers can be before and after of the same thing."""
    if first.kind == second.kind:
        cents = first.unit in CENTS or second.unit in CENTS
        alike = (
            first.kind in ("time", "count") or first.unit == second.unit or "" in (first.unit, second.unit)
        )
        return alike or (first.kind == "money" and cents)
    return is_bare(first) or is_bare(second)


def shares_nouns(first: Quantity, second: Quantity) -> bool:
    """ "30 schools", "12 teachers" are no pair; "30 schools" and "12" may be."""
    if not (is_bare(first) and is_bare(second)):
        return True
    nouns = {
        q.noun.removesuffix("s")
        for q in (first, second)
        if q.noun.endswith("s") and q.noun not in ("was", "is")
    }
    return len(nouns) < 2


def in_unit(quantity: Quantity, unit: Quantity) -> float:
    """The value in the unit of another quantity: durations are converted, and cents."""
    if quantity.unit == unit.unit or not unit.value:
        return quantity.value
    if quantity.seconds is not None and unit.seconds is not None:
        return round(quantity.seconds * unit.value / unit.seconds, 6)
    if quantity.kind == unit.kind == "money":
        factor = (0.01 if quantity.unit in CENTS else 1.0) / (0.01 if unit.unit in CENTS else 1.0)
        return round(quantity.value * factor, 6) if "" not in (quantity.unit, unit.unit) else quantity.value
    return quantity.value


def is_bare(quantity: Quantity) -> bool:
    return quantity.kind == "count" and quantity.unit == "" and quantity.whole is None
