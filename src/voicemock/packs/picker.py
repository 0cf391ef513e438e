"""Which questions to ask next: by chance, but leaning to what was practised least or scored lowest."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voicemock.packs.questions import Question
from voicemock.rounds import BAR, ROUNDS

_SHARE_IF_UNKNOWN = 0.05  # a portfolio round takes 20 minutes: seldom by chance, unless it alone is wanted


@dataclass(frozen=True)
class Practice:
    """How often something was asked, and its mean overall score (1 to 4; None where nothing was scored)."""

    asked: int
    mean_score: float | None = None


_NEVER = Practice(asked=0)


def topic(question: Question) -> str:
    """Return the key under which practice of this question counts: its principle, or else its round."""
    return question.principle or question.round


def need(practice: Practice) -> float:
    """Return how much practice is missing: 1 if never asked, less with each time, more for a low score.

    It is (1 + points under the bar) / (1 + times asked): three times at 1.5 is 0.75, at the bar 0.25.
    """
    under_the_bar = 0.0 if practice.mean_score is None else max(0.0, BAR - practice.mean_score)
    return (1 + under_the_bar) / (1 + practice.asked)


def pick(
    questions: Iterable[Question], count: int, seed: int, practised: Mapping[str, Practice]
) -> tuple[Question, ...]:
    """Return `count` different questions (all there are, if fewer), in the order to ask them.

    `practised` is keyed by topic, and by question id for single questions; what is not in it was never asked.
    Each draw takes a topic by the share of its round in real interviews and its need, then a question in it
    by its own need; a topic once drawn counts as asked in the draws that follow. The same arguments, whatever
    the order of `questions`, give the same result.
    """
    chance = random.Random(seed)
    left = sorted(questions, key=lambda question: question.id)
    drawn: Counter[str] = Counter()
    picked: list[Question] = []
    while left and len(picked) < count:
        chosen_topic = _draw_topic(left, practised, drawn, chance)
        choices = [question for question in left if topic(question) == chosen_topic]
        weights = [need(practised.get(question.id, _NEVER)) for question in choices]
        question = chance.choices(choices, weights)[0]
        drawn[chosen_topic] += 1
        left.remove(question)
        picked.append(question)
    return tuple(picked)


def _draw_topic(
    left: Iterable[Question], practised: Mapping[str, Practice], drawn: Counter[str], chance: random.Random
) -> str:
    """Draw a topic; those of a round divide its share, so that 16 principles don't outweigh a round."""
    rounds = {topic(question): question.round for question in left}
    topics = sorted(rounds)
    siblings = Counter(rounds.values())
    weights = []
    for name in topics:
        before = practised.get(name, _NEVER)
        share = ROUNDS[rounds[name]].share or _SHARE_IF_UNKNOWN
        now = Practice(before.asked + drawn[name], before.mean_score)
        weights.append(share / siblings[rounds[name]] * need(now))
    return chance.choices(topics, weights)[0]
