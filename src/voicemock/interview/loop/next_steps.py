"""The three things to practise after a loop, each with the command that does it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from voicemock.interview.loop.heard import Heard
from voicemock.rounds import BAR, PRINCIPLES, ROUNDS

THINGS = 3  # more is not worked on


def practise_next(
    rows: Sequence[Mapping[str, Any]], answers: Sequence[Heard], weakest: tuple[str, float] | None
) -> list[dict[str, str]]:
    """The things as {"why", "command"}, what costs most first; no command comes twice."""
    found: dict[str, str] = {}
    known = chain(_dimension(answers, weakest), _round(answers), _principle(rows), _answers(answers))
    for why, command in chain(known, _at_the_bar()):
        found.setdefault(command, why)
        if len(found) == THINGS:
            break
    return [{"why": why, "command": command} for command, why in found.items()]


def _dimension(answers: Sequence[Heard], weakest: tuple[str, float] | None) -> Iterator[tuple[str, str]]:
    """The answer that the weakest dimension cost most."""
    if weakest is None or weakest[1] >= BAR:
        return
    name, mean = weakest
    having = [answer for answer in answers if answer.score.dimensions.get(name) is not None]
    worst = min(having, key=lambda answer: answer.score.dimensions[name] or 0.0)
    value = worst.score.dimensions[name]
    yield (
        f"{name.capitalize()} is your weakest, {mean:.1f} on average; here it was {value:.1f}.",
        f"voicemock retry {worst.answer_id}",
    )


def _round(answers: Sequence[Heard]) -> Iterator[tuple[str, str]]:
    """The round that was furthest under the bar; one that could not be scored at all is further than any."""
    below = [answer for answer in answers if answer.overall is None or answer.overall < BAR]
    if not below:
        return
    worst = min(below, key=lambda answer: answer.overall or 0.0)
    score = "could not be scored" if worst.overall is None else f"came to {worst.overall:.1f}"
    yield (
        f"{ROUNDS[worst.round].title} {score}, the bar is {BAR}.",
        f"voicemock practice --round {worst.round} --count 3",
    )


def _principle(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """What was looked for and not seen: first what a question asked for."""
    for row in rows:
        for slug in row["missed"]:
            why = f"{row['interviewer']} asked for {PRINCIPLES[slug].title} and did not see it."
            yield why, f"voicemock practice --principle {slug}"
    for row in rows:
        for slug in row["unasked"]:
            why = f"{row['interviewer']} listens for {PRINCIPLES[slug].title} too, and no question asked for it."
            yield why, f"voicemock practice --principle {slug}"


def _answers(answers: Sequence[Heard]) -> Iterator[tuple[str, str]]:
    below = [answer for answer in answers if answer.overall is not None and answer.overall < BAR]
    for answer in sorted(below, key=lambda answer: answer.overall or 0.0):
        yield (
            f"Drill this answer ({answer.overall:.1f}) sentence by sentence.",
            f"voicemock retry {answer.answer_id} --style debrief",
        )


def _at_the_bar() -> Iterator[tuple[str, str]]:
    """What is left for whoever met the bar everywhere."""
    yield "You meet the bar. Now hold it under pressure.", "voicemock practice --style bar-raiser --count 3"
    yield "Give every principle a story of its own.", "voicemock stories"
    yield "Do it again with other questions and other people.", "voicemock loop"
