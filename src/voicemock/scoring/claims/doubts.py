"""Which of the numbers that a score leans on may have been misheard. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voicemock.scoring.model import Answer, Metric
from voicemock.transcript import Doubt, Sentence

SLACK_S = 0.05  # the sentence's times are its words'


def with_doubts(metrics: Sequence[Metric], answer: Answer) -> tuple[Metric, ...]:
    """The metrics, each with the other readings of its numbers; None where the recogniser was sure."""
    return tuple(replace(metric, doubt=readings(metric, answer) or None) for metric in metrics)


def readings(metric: Metric, answer: Answer) -> tuple[str, ...]:
    """What else the numbers of the metric may be, the likeliest first."""
    sentence = answer.sentences[metric.sentence]
    found = [other for doubt in answer.doubts if is_open(doubt, metric, sentence) for other in doubt.readings]
    return tuple(dict.fromkeys(found))


def is_open(doubt: Doubt, metric: Metric, sentence: Sentence) -> bool:
    """Whether the doubt is about a number of the metric, which stands in `sentence`, and nobody settled it."""
    if sentence.start is None or sentence.end is None:
        return False
    within = sentence.start - SLACK_S <= doubt.start and doubt.end <= sentence.end + SLACK_S
    named = re.search(rf"(?<![\w.,]){re.escape(doubt.heard)}(?!\w)", metric.text)
    return within and named is not None and not _settled(doubt, sentence)


def _settled(doubt: Doubt, sentence: Sentence) -> bool:
    """A word that the candidate confirmed or put right is certain."""
    inside = [word for word in sentence.words if word.start < doubt.end and word.end > doubt.start]
    return bool(inside) and all(word.probability == 1.0 for word in inside)
