"""What to practise next, and the command that does it (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from voicemock.coaching.plan.schedule import MOCK_AFTER
from voicemock.coaching.story_bank import MOST_PRINCIPLES, StoryBank
from voicemock.coaching.trends import LATEST, RoundTrend
from voicemock.rounds import BAR, DIMENSIONS, PRINCIPLES, ROUNDS
from voicemock.store.summaries import AnswerSummary

PIECES = 3  # of advice at once; more is a list that nobody works through
LONG_SHARE = 0.5  # of the latest answers outside the target time


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do next: why, and the command."""

    why: str
    command: str


def advise(
    answers: Sequence[AnswerSummary], trends: Sequence[RoundTrend], bank: StoryBank, mocks: int
) -> tuple[Advice, ...]:
    """At most `PIECES` of advice, the most useful first; at least one as long as anything is short of
    its target.
    """
    if not answers:
        return (Advice("Nothing recorded yet.", "voicemock practice --count 1"),)
    return tuple(islice(_all(answers, trends, bank, mocks), PIECES))


def _all(
    answers: Sequence[AnswerSummary], trends: Sequence[RoundTrend], bank: StoryBank, mocks: int
) -> Iterator[Advice]:
    yield from _weakest_dimension(answers, trends)
    yield from _missing_principle(bank)
    yield from _unpractised_round(trends)
    yield from _overused_story(bank)
    yield from _time(trends)
    if not mocks and len(answers) >= MOCK_AFTER:
        yield Advice("You have not done a whole loop yet.", "voicemock loop")
    yield Advice("Go on with what you practised least.", "voicemock practice")


def _weakest_dimension(answers: Sequence[AnswerSummary], trends: Sequence[RoundTrend]) -> Iterator[Advice]:
    """The lowest dimension of any round as it goes now, and the answer that lost most by it."""
    low = [
        (value, trend.round, at)
        for trend in trends
        for at, value in enumerate(trend.latest.dimensions)
        if value is not None and value < BAR
    ]
    if not low:
        return
    value, slug, at = min(low)
    latest = [answer for answer in answers if answer.round == slug][-LATEST:]
    worst = min(latest, key=lambda answer: (_known(answer.dimensions[at]), answer.answer_id))
    where = ROUNDS[slug].title.lower()
    why = f"{DIMENSIONS[at].capitalize()} is your weakest in {where}: {value:.1f}, the bar is {BAR}."
    yield Advice(why, f"voicemock retry {worst.answer_id}")


def _missing_principle(bank: StoryBank) -> Iterator[Advice]:
    if bank.missing:
        slug = bank.missing[0]
        count = f"{len(bank.missing)} of {len(PRINCIPLES)} principles"
        why = f"{count} have no story, such as {PRINCIPLES[slug].title}."
        yield Advice(why, f"voicemock practice --principle {slug}")


def _unpractised_round(trends: Sequence[RoundTrend]) -> Iterator[Advice]:
    """The round most interviews have that was never practised."""
    practised = {trend.round for trend in trends}
    left = [each for each in ROUNDS.values() if each.slug not in practised and each.share]
    if left:
        most = max(left, key=lambda each: each.share or 0)
        why = f"{most.title} is {most.share:.0%} of interviews, and you have not practised it."
        yield Advice(why, f"voicemock practice --round {most.slug}")


def _overused_story(bank: StoryBank) -> Iterator[Advice]:
    for story in bank.stories:
        if story.overused:
            slug = story.asked_for[MOST_PRINCIPLES]
            many = len(story.asked_for)
            why = f"“{story.title}” answers for {many} principles; find another story for {PRINCIPLES[slug].title}."
            yield Advice(why, f"voicemock practice --principle {slug}")
            return


def _time(trends: Sequence[RoundTrend]) -> Iterator[Advice]:
    for trend in trends:
        if trend.target_s and trend.within_target is not None and 1 - trend.within_target > LONG_SHARE:
            low, high = trend.target_s
            which = f"latest {ROUNDS[trend.round].title.lower()} answers"
            why = f"Most of your {which} miss the target of {low}–{high} s."
            yield Advice(why, f"voicemock practice --round {trend.round}")


def _known(value: float | None) -> float:
    return float("inf") if value is None else value
