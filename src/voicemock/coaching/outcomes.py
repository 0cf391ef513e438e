"""What real interviews brought, and how the mocks went in the four weeks before each (pure; the notes are stored)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from statistics import fmean
from typing import Any, Literal, get_args

from voicemock.errors import UsageProblem
from voicemock.rounds import ROUNDS
from voicemock.store.summaries import AnswerSummary
from voicemock.terminal.printable import printable, printable_lines
from voicemock.wording import counted, local_day, round_title

Result = Literal["offer", "next", "no"]
RESULTS: tuple[Result, ...] = get_args(Result)
RESULT_WORDS: Mapping[str, str] = {"offer": "an offer", "next": "on to the next round", "no": "no"}
BEFORE = timedelta(weeks=4)
LONGEST_NAME, LONGEST_NOTE = 100, 1_000  # characters


@dataclass(frozen=True, slots=True)
class Outcome:
    """A real interview; `round` is None for a whole loop. `id` is o1, o2, …"""

    id: str
    date: date
    company: str
    round: str | None
    result: Result
    note: str = ""

    def words(self) -> tuple[str, str]:
        """The round and the result as a person reads them."""
        return (round_title(self.round) if self.round else "all rounds"), RESULT_WORDS[self.result]

    def as_body(self) -> dict[str, Any]:
        """As it is stored: the id is the note's key."""
        body = {**asdict(self), "date": self.date.isoformat()}
        del body["id"]
        return body


@dataclass(frozen=True, slots=True)
class Before:
    """The mocks of the four weeks before an interview, of its round: how many answers were scored, and their mean."""

    answers: int
    overall: float | None

    def words(self) -> str:
        """ "3.1 over 6 mock answers"."""
        return (
            "no mock answers"
            if self.overall is None
            else f"{self.overall:.1f} over {counted(self.answers, 'mock answer')}"
        )


@dataclass(frozen=True, slots=True)
class OutcomeSeen:
    """A real interview beside the mocks before it."""

    outcome: Outcome
    before: Before

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.outcome.id, **self.outcome.as_body(), "mocks_before": asdict(self.before)}


def told_outcome(outcome: Outcome, today: date) -> Outcome:
    """An interview as somebody told of it, fit to be kept. Raises UsageProblem for what can't be."""
    company, note = printable(" ".join(outcome.company.split())), printable_lines(outcome.note.strip())
    if not company or len(company) > LONGEST_NAME or len(note) > LONGEST_NOTE:
        limits = f"a name has 1 to {LONGEST_NAME} characters, a note {LONGEST_NOTE} at most"
        raise UsageProblem("that is too long, or empty", limits)
    if outcome.date > today:
        raise UsageProblem(f"{outcome.date} is still to come", "give the day on which it was")
    return replace(outcome, company=company, note=note)


def read_outcome(key: str, body: Mapping[str, Any]) -> Outcome:
    """From a note. Raises ValueError or KeyError where it is not as it was written."""
    result, round = body["result"], body["round"]
    if result not in RESULTS or (round is not None and round not in ROUNDS):
        raise ValueError(f"{result!r} of {round!r} is no outcome")
    return Outcome(
        key, date.fromisoformat(body["date"]), str(body["company"]), round, result, str(body["note"])
    )


def seen(outcomes: Iterable[Outcome], answers: Sequence[AnswerSummary]) -> tuple[OutcomeSeen, ...]:
    """Each interview beside its mocks, the latest interview first."""
    days = [(local_day(answer.started_at), answer) for answer in answers if answer.overall is not None]
    latest_first = sorted(outcomes, key=lambda outcome: outcome.date, reverse=True)
    return tuple(OutcomeSeen(outcome, _before(outcome, days)) for outcome in latest_first)


def _before(outcome: Outcome, days: Sequence[tuple[str, AnswerSummary]]) -> Before:
    """The day of the interview is left out: nobody knows what came first."""
    first, last = (outcome.date - BEFORE).isoformat(), outcome.date.isoformat()
    overalls = [
        answer.overall
        for day, answer in days
        if first <= day < last and outcome.round in (None, answer.round) and answer.overall is not None
    ]
    return Before(len(overalls), round(fmean(overalls), 1) if overalls else None)
