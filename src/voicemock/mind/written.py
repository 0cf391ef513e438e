"""What a mind wrote about an answer, beside what the rules wrote: who worded each text, and why not the mind. Pure.

The score stays the rules': what is kept here is laid over it where it is shown, text by text, and only over the very
text that it rewords. An answer that is corrected afterwards has other texts, and shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from voicemock.limits import read_stored
from voicemock.scoring.model import Fix, Score
from voicemock.wording import name_of

By = Literal["mind", "rules"]
DIFFERS = 0.7  # of a dimension; readers who follow the rubric differ by half that


@dataclass(frozen=True, slots=True)
class Text:
    """One text: what it is of, our own words, who worded it; `why_not` says why ours stand, with what was refused."""

    of: str
    ours: str
    by: By
    latency_s: float = 0.0
    why: str = ""
    line: str = ""
    why_not: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The mind's own overall and dimensions. `why` passed the gate, or is empty; `none` says why there is none, and
    `refused` holds what was written in its place.
    """

    overall: float | None
    dimensions: Mapping[str, float]
    why: str = ""
    latency_s: float = 0.0
    none: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that the mind was not shown, and the reason."""

    sentence: int
    why: str


@dataclass(frozen=True, slots=True)
class Written:
    """All that a mind wrote about one answer. `local`: nothing left the machine for it."""

    model: str
    address: str
    local: bool
    texts: tuple[Text, ...] = ()
    opinion: Opinion | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def words(self) -> bool:
        """Whether any text is in its words."""
        return any(text.by == "mind" for text in self.texts)

    @property
    def used(self) -> bool:
        """Whether any of it is shown."""
        return self.words or bool(self.opinion and self.opinion.overall is not None)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read_written(stored: object) -> Written | None:
    """What `as_dict` gave; None where there is nothing. Raises ValueError that names what is not as it was written."""
    return None if stored is None else read_stored(Written, stored)


def reworded(score: Score, written: Written | None) -> Score:
    """The score with the mind's words in place of ours, wherever ours are still those that it was given."""
    if written is None:
        return score
    by_ours = {text.ours: text for text in written.texts if text.by == "mind"}
    strength = by_ours.get(score.strength or "")
    fixes = tuple(_reworded(fix, by_ours.get(fix.say)) for fix in score.fixes)
    return replace(score, strength=strength.line if strength else score.strength, fixes=fixes)


def _reworded(fix: Fix, text: Text | None) -> Fix:
    if text is None:
        return fix
    return replace(fix, why=text.why, line=text.line, say=f'{text.why} Say: "{text.line}"')


def opinion_lines(score: Score, written: Written | None) -> Iterator[str]:
    """The second opinion beside ours: where they differ, and why it says so."""
    if written is None or written.opinion is None or score.overall is None:
        return
    opinion = written.opinion
    if opinion.overall is None:
        yield f"No second opinion: {opinion.none}"
        return
    yield f"Second opinion, by {written.model}: {opinion.overall:.1f} of 4; {score.overall:.1f} by the rubric counts"
    apart = [
        (abs(value - ours), name, value, ours)
        for name, value in opinion.dimensions.items()
        if (ours := score.dimensions.get(name)) is not None and abs(value - ours) >= DIFFERS
    ]
    if apart:
        rows = sorted(apart, reverse=True)
        shown = (f"{name_of(name)} {value:.1f} against {ours:.1f}" for _, name, value, ours in rows)
        yield f"  They differ on {', '.join(shown)}"
    if opinion.why:
        yield f"  It says: {opinion.why}"


def explained(written: Written | None) -> Iterator[str]:
    """Who worded what, how long it took, and why a text of the mind was not used."""
    if written is None:
        return
    for hidden in written.left_out:
        yield f"sentence {hidden.sentence + 1} was not shown to {written.model}: {hidden.why}"
    for text in written.texts:
        if text.by == "mind":
            yield f"{text.of}: worded by {written.model} in {text.latency_s:.1f} s; ours was: {text.ours}"
        else:
            yield f"{text.of}: in our own words; {_not_used(written.model, text.why_not, text.refused)}"
    opinion = written.opinion
    if opinion is not None and opinion.overall is None:
        yield f"second opinion: none, because {opinion.none}" + (
            f": {opinion.refused}" if opinion.refused else ""
        )


def _not_used(model: str, why: str, refused: str) -> str:
    return f"what {model} wrote was not used, because {why}: {refused}" if refused else why


def mind_lines(score: Score, written: Written | None) -> Iterator[str]:
    """What a review says of the mind: where it is, and its opinion. What was sent elsewhere is said, used or not."""
    if written is None or (written.local and not written.used):
        return
    if written.words or not written.local:
        yield where_line(written.model, written.address, written.local, worded=written.words)
    yield from opinion_lines(score, written)


def where_line(model: str, address: str, local: bool, *, worded: bool = True) -> str:
    """What is said of a mind: whether its words are used, and where it is."""
    does = f"Worded with {model}" if worded else f"{model} was asked"
    if not local:
        return f"{does}: what you say is sent to {address}"
    return f"{does} {place_of(address)}"


def place_of(address: str) -> str:
    """Where a mind is whose address is on this machine: a server, or the log of one."""
    return "on this machine" if "://" in address else f"out of {address}"
