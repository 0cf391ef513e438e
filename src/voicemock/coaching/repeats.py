"""What is told more than once: within an answer the same sentence or the same result, across a loop the same story.

Pure. Two sentences say the same where they share rare words and mean the same to the sentence encoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from voicemock.coaching.story_matching import Bank, terms
from voicemock.coaching.story_title import title_of
from voicemock.scoring.claims.metrics import says_again
from voicemock.scoring.model import Metric
from voicemock.scoring.models.encoder import Encoder

SAME_MEANING = 0.77  # cosine
FEWEST_SHARED = 2  # rare words
SHARE = 0.5  # of the rare words of the shorter sentence
RESULT_TIMES = 3  # a result may open a story and close it


@dataclass(frozen=True, slots=True)
class StoryAgain:
    """A story that several answers of a loop tell; `answers` are their places in what was given."""

    title: str
    answers: tuple[int, ...]


def said_again(
    sentences: Sequence[str], metrics: Iterable[Metric], encoder: Encoder
) -> tuple[tuple[int, ...], ...]:
    """Groups of sentences that say the same, by number, each in order; the earliest first."""
    pairs = [*_same_meaning(sentences, encoder), *_same_result(metrics)]
    groups: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair]
        groups.append(pair.union(*touched))
    return tuple(sorted(tuple(sorted(group)) for group in groups))


def _same_meaning(sentences: Sequence[str], encoder: Encoder) -> Iterator[set[int]]:
    rare = [terms(text).keys() for text in sentences]
    for first, again in combinations(range(len(sentences)), 2):
        shared = len(rare[first] & rare[again])
        if shared < FEWEST_SHARED or shared < SHARE * min(len(rare[first]), len(rare[again])):
            continue
        one, other = encoder.encode([sentences[first], sentences[again]])
        if float(one @ other) >= SAME_MEANING:
            yield {first, again}


def _same_result(metrics: Iterable[Metric]) -> Iterator[set[int]]:
    left = [metric for metric in metrics if metric.role == "result"]
    while left:
        first, *others = left
        again = [other for other in others if says_again(other, first)]
        told = {first.sentence, *(other.sentence for other in again)}
        if len(told) >= RESULT_TIMES:
            yield told
        left = [other for other in others if other not in again]


def stories_again(tellings: Sequence[str]) -> tuple[StoryAgain, ...]:
    """The stories that more than one of these answers tells, as the story bank would match them."""
    bank, told_in = Bank(), dict[int, list[int]]()
    titles: dict[int, str] = {}
    for place, text in enumerate(tellings):
        told = terms(text)
        match = bank.best_match(told)
        story = match.story_id if match else place
        titles.setdefault(story, title_of(text))
        told_in.setdefault(story, []).append(place)
        bank.add(story, told)
    return tuple(
        StoryAgain(titles[story], tuple(places)) for story, places in told_in.items() if len(places) > 1
    )
