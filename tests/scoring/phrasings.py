"""Reads the lists of phrasings beside it, and holds the metrics of a sentence to what it says there."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.scoring.model import Metric

FILE = pathlib.Path(__file__).with_name("phrasings.txt")
FRESH = FILE.with_name("phrasings_fresh.txt")
HARDER = FILE.with_name("phrasings_harder.txt")
TOLERANCE = 0.005
ROLES = ("result", "baseline", "target", "context")
KINDS = ("time", "rate", "money", "count", "ratio", "score")
# Unit -> what it is compared in, and how many of that one is.
BASES = {
    "ms": ("s", 0.001), "s": ("s", 1), "min": ("s", 60), "h": ("s", 3600), "d": ("s", 86400), "wk": ("s", 604800),
    "mo": ("s", 2592000), "qtr": ("s", 7776000), "yr": ("s", 31536000), "c": ("$", 0.01), "p": ("£", 0.01),
    "pp": ("pp", 1), "bps": ("pp", 0.01), "stars": ("points", 1), "PLN": ("zł", 1), "CAD": ("C$", 1), "AUD": ("A$", 1),
}  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One claim as it should be read; what is None is not compared. `before` is None where none may be."""

    before: str | None
    after: str
    unit: str | None
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    hedged: bool | None


@dataclass(frozen=True)
class Phrasing:
    """A sentence, the readings that are right, and the claims that may be there besides."""

    section: str
    said: str
    readings: tuple[tuple[Claim, ...], ...]
    optional: tuple[Claim, ...]

    def agrees(self, metrics: Sequence[Metric]) -> bool:
        return any(_assigned(list(metrics), list(one), list(self.optional)) for one in self.readings)


def phrasings(file: pathlib.Path = FILE) -> list[Phrasing]:
    found, section = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = line[3:]
        elif line and not line.startswith("#"):
            said, _, wanted = line.partition(" | ")
            optional = tuple(_claim(each) for each in re.findall(r"\((.*?)\)", wanted))
            rest = re.sub(r"[+;]?\s*\(.*?\)", "", wanted).strip()
            readings = tuple(_reading(each) for each in rest.split(" ; "))
            found.append(Phrasing(section, said, readings, optional))
    return found


def _reading(text: str) -> tuple[Claim, ...]:
    claims = [each.strip() for each in text.split(" + ")]
    return tuple(_claim(each) for each in claims if each not in ("", "-"))


def _claim(text: str) -> Claim:
    number, *rest = text.split()
    before, arrow, after = number.partition(">")
    kinds, roles, hedged, unit = (), (), None, None
    for word in rest:
        options = tuple(word.split("|"))
        if options[0] in KINDS:
            kinds = options
        elif options[0] in ROLES:
            roles = options
        elif word in "~!":
            hedged = word == "~"
        else:
            unit = word
    return Claim(before if arrow else None, after if arrow else number, unit, kinds, roles, hedged)


def _assigned(metrics: list[Metric], wanted: list[Claim], optional: list[Claim]) -> bool:
    if wanted:
        return any(
            _same(m, wanted[0]) and _assigned(metrics[:i] + metrics[i + 1 :], wanted[1:], optional)
            for i, m in enumerate(metrics)
        )
    return not metrics or any(
        _same(metrics[0], each) and _assigned(metrics[1:], [], optional[:i] + optional[i + 1 :])
        for i, each in enumerate(optional)
    )


def _same(metric: Metric, want: Claim) -> bool:
    base, size = BASES.get(want.unit or "", (want.unit, 1))
    have, scale = BASES.get(metric.unit or "", (metric.unit, 1))
    scale = scale if want.unit else 1
    change = metric.change_pct if metric.after is None else None
    after = change if change is not None else None if metric.after is None else metric.after * scale
    before = None if metric.before is None else metric.before * scale
    return (
        (want.before is None or _number(before, want.before, size))
        and (want.before is not None or metric.before is None)
        and _number(after, want.after, size, magnitude=want.before is None)
        and (base is None or change is not None or have == base)
        and (not want.kinds or metric.kind in want.kinds)
        and (not want.roles or metric.role in want.roles)
        and (want.hedged is None or metric.hedged == want.hedged)
    )


def _number(got: float | None, want: str, size: float, magnitude: bool = False) -> bool:
    for option in want.split("|"):
        if option == "none" or got is None:
            if option == "none" and got is None:
                return True
            continue
        low, _, high = option.partition("..")
        ends = [float(low) * size, float(high or low) * size]
        value = abs(got) if magnitude else got
        if ends[0] - TOLERANCE * abs(ends[0]) - 1e-9 <= value <= ends[1] + TOLERANCE * abs(ends[1]) + 1e-9:
            return True
    return False
