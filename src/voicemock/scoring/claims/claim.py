"""A quantified claim of one sentence, and what makes two numbers comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import Quantity


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


def gap_between(text: str, start: int, end: int) -> str:
    """The words between two places, in lower case, without hedges, fillers and commas."""
    gap = re.sub(r"[^\w'’%.]+", " ", text[start:end].lower().replace("’", "'"))
    return " ".join(pattern("hedges", "skipped").sub(" ", gap).split())


def comparable(first: Quantity, second: Quantity) -> bool:
    """Whether two numbers can be before and after of the same thing."""
    if first.kind == second.kind:
        return first.kind in ("time", "count") or first.unit == second.unit or "" in (first.unit, second.unit)
    return is_bare(first) or is_bare(second)


def is_bare(quantity: Quantity) -> bool:
    return quantity.kind == "count" and quantity.unit == "" and quantity.whole is None
