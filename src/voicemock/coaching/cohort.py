"""Many candidates' scores at a glance: how they are spread, what is missing most, who improved. Pure.

Takes score objects as `score` writes them. Nobody's words are in it unless asked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from statistics import fmean, quantiles
from typing import Any

from voicemock.rounds import BAR, DIMENSIONS

BANDS = tuple(
    round(1.0 + 0.5 * step, 1) for step in range(7)
)  # 1.0, 1.5 … 4.0: each holds what rounds down to it
ATTEMPT = re.compile(r"[-_ .]?(?:attempt|try|take|answer|q)?[-_ .]?\d{1,3}$", re.IGNORECASE)
MOST_GAPS = 8


@dataclass(frozen=True, slots=True)
class Spread:
    """How some scores are spread. `counts` has one for each of BANDS; the quartiles are None under two scores."""

    name: str
    count: int
    mean: float | None
    quartiles: tuple[float, float, float] | None
    counts: tuple[int, ...]
    at_bar: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many answers have something, and of how many it could be said; `example` are a candidate's own words."""

    name: str
    count: int
    of: int
    example: str | None = None

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate's answers: the first and the last attempt at what was answered more than once."""

    name: str
    answers: int
    scored: int
    mean: float | None
    best: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everything the table and the page show."""

    answers: int
    failed: int
    unscored: int
    overall: Spread
    dimensions: tuple[Spread, ...]
    rounds: tuple[Spread, ...]
    questions: tuple[Spread, ...]
    gaps: tuple[Share, ...]
    checks: tuple[Share, ...]
    candidates: tuple[Candidate, ...]

    @property
    def weakest(self) -> Spread | None:
        """The dimension to teach next."""
        judged = [spread for spread in self.dimensions if spread.mean is not None]
        return min(judged, key=lambda spread: spread.mean or 0.0, default=None)


def cohort(
    rows: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None, *, with_words: bool = False
) -> Cohort:
    """`names` are by candidate, as `candidate_keys` tells them; others are numbered in order of appearance."""
    every = list(rows)
    scores = [row for row in every if "error" not in row]
    scored = [row for row in scores if row.get("overall") is not None]
    return Cohort(
        answers=len(every),
        failed=len(every) - len(scores),
        unscored=len(scores) - len(scored),
        overall=_spread("overall", [row["overall"] for row in scored]),
        dimensions=tuple(
            _spread(name, [value for row in scored if (value := row["dimensions"].get(name)) is not None])
            for name in DIMENSIONS
        ),
        rounds=_grouped(scored, lambda row: str(row["round"])),
        questions=_grouped(scored, lambda row: str(row.get("question") or "")),
        gaps=_gaps(scored, with_words)[:MOST_GAPS],
        checks=_counted(scored, lambda row: [check["kind"] for check in row.get("checks") or ()]),
        candidates=_candidates(every, names or {}),
    )


def candidate_keys(sources: Sequence[str]) -> list[str]:
    """Whose answer each file holds: its folder where there are several, else its name without the attempt's number.

    A folder that holds folders of other candidates is nobody's: the files that lie in it are told apart by their names.
    """
    paths = [PurePath(source) for source in sources]
    folders = _short_names({path.parent for path in paths})
    shared = {above for folder in folders for above in folder.parents} if len(folders) > 1 else set(folders)
    return [
        (_without_attempt(path) if path.parent in shared else folders[path.parent]) or path.stem
        for path in paths
    ]


def by_candidate(names: Mapping[str, str], sources: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The names to show by candidate key, and those given that are nobody's.

    A name is given for a key, for the path of a folder or a file, or for a file's name where all lie in one folder.
    """
    keys = dict(zip(map(PurePath, sources), candidate_keys(sources), strict=True))
    known, folders = set(keys.values()), {path.parent for path in keys}
    if len(folders) > 1:
        keys |= {path.parent: key for path, key in keys.items() if path.parent.name}
    shown: dict[str, str] = {}
    nobody = []
    for given, name in names.items():
        key = given if given in known else keys.get(PurePath(given))
        if key is None and len(folders) == 1:
            (key,) = candidate_keys([given])
        if key in known:
            shown[str(key)] = name
        else:
            nobody.append(given)
    return shown, nobody


def _short_names(folders: set[PurePath]) -> dict[PurePath, str]:
    """Each folder's name, with as many of those above it as tell it from the others."""
    short: dict[PurePath, str] = {}
    depth = 1
    while len(short) < len(folders):
        ends = {folder: PurePath(*folder.parts[-depth:]) for folder in folders}
        shared = Counter(ends.values())
        for folder, end in ends.items():
            if shared[end] == 1:
                short.setdefault(folder, "" if end == PurePath() else end.as_posix())
        depth += 1
    return short


def _without_attempt(path: PurePath) -> str:
    return ATTEMPT.sub("", path.stem)


def _spread(name: str, values: Sequence[float]) -> Spread:
    counts = Counter(
        max((band for band in BANDS if band <= value + 1e-9), default=BANDS[0]) for value in values
    )
    first, middle, third = quantiles(values, n=4, method="inclusive") if len(values) > 1 else (0.0, 0.0, 0.0)
    return Spread(
        name,
        len(values),
        fmean(values) if values else None,
        (first, middle, third) if len(values) > 1 else None,
        tuple(counts[band] for band in BANDS),
        sum(value >= BAR for value in values),
    )


def _grouped(
    scored: Sequence[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], str]
) -> tuple[Spread, ...]:
    """Lowest mean first: what is hardest for this cohort."""
    groups: dict[str, list[float]] = defaultdict(list)
    for row in scored:
        groups[key(row)].append(row["overall"])
    spreads = [_spread(name, values) for name, values in groups.items() if name]
    return tuple(sorted(spreads, key=lambda spread: (spread.mean or 0.0, spread.name)))


def _counted(
    scored: Sequence[Mapping[str, Any]], kinds: Callable[[Mapping[str, Any]], Iterable[str]]
) -> tuple[Share, ...]:
    counts = Counter(kind for row in scored for kind in set(kinds(row)))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(name, count, len(scored)) for name, count in ordered)


def _gaps(scored: Sequence[Mapping[str, Any]], with_words: bool) -> tuple[Share, ...]:
    """What an interviewer would have had to ask for, by the kind of cut-in."""
    shares = _counted(scored, lambda row: [cut["kind"] for cut in row.get("interrupts") or ()])
    if not with_words:
        return shares
    return tuple(Share(s.name, s.count, s.of, _example(scored, s.name)) for s in shares)


def _example(scored: Sequence[Mapping[str, Any]], kind: str) -> str | None:
    for row in scored:
        for cut in row.get("interrupts") or ():
            if cut["kind"] == kind and 0 <= cut["after_sentence"] < len(row.get("sentences") or ()):
                return str(row["sentences"][cut["after_sentence"]]["text"])
    return None


def _candidates(every: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[Candidate, ...]:
    by_key: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for key, row in zip(candidate_keys([str(row["source"]) for row in every]), every, strict=True):
        if "error" not in row:
            by_key[key].append(row)
    found = []
    for number, (key, rows) in enumerate(by_key.items(), start=1):
        values = [row["overall"] for row in rows if row.get("overall") is not None]
        found.append(
            Candidate(
                names.get(key, f"Candidate {number}"), len(rows), len(values),
                fmean(values) if values else None, max(values, default=None), _change(rows),
            )
        )  # fmt: skip
    return tuple(found)


def _change(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """The mean change from the first to the last attempt at the same question; None where nothing was tried again."""
    attempts: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.get("overall") is not None:
            attempts[str(row.get("question") or "")].append(row["overall"])
    changes = [values[-1] - values[0] for values in attempts.values() if len(values) > 1]
    return round(fmean(changes), 2) if changes else None
