"""Framework parts of the rounds without STAR (rubric section 5): which are covered, and by which sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voicemock.scoring.features import Features
from voicemock.scoring.lexicon import compile_entries, lexicon
from voicemock.scoring.linear import Floats, gate, log_odds, model

GATES = "frameworks"
ESTIMATION = re.compile(r"\b(estimate|how many|how much|how big|market size|size of)\b", re.IGNORECASE)
EXPERIMENT = re.compile(
    r"\b(a/?b|test|tests|tested|testing|experiment\w*|is better|worked|caused|whether|hypothesis)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Framework:
    """The parts in their order, covered or not, and the sentence that shows each covered part best."""

    name: str
    parts: Mapping[str, bool]
    evidence: Mapping[str, int]


def framework_name(round_slug: str, question: str = "", analytical_type: str | None = None) -> str | None:
    """Which framework an answer is held to; None in the story rounds. An exhibit is read like a metric
    question.
    """
    if round_slug in ("product-sense", "system-design"):
        return round_slug
    if round_slug != "analytical":
        return None
    if analytical_type in ("metric-definition", "ab-test", "estimation"):
        return analytical_type
    if ESTIMATION.search(question):
        return "estimation"
    return "ab-test" if EXPERIMENT.search(question) else "metric-definition"


def cues(chances: Floats, sentences: Sequence[str], name: str, part: str) -> dict[str, float]:
    """What decides whether a part is covered: how the best sentences look, how many, and its tell-tale words.

    The answer's length is no cue although it pays in cross-validation: the beginning of an answer is judged
    as well.
    """
    column = np.sort(chances)[::-1]
    told = [bool(pattern_of(name, part).search(sentence)) for sentence in sentences]
    both = max((c for c, t in zip(chances, told, strict=True) if t), default=0.0)
    return {
        "best": log_odds(column[0]) if len(column) else log_odds(0),
        "second": log_odds(column[1]) if len(column) > 1 else log_odds(0),
        "words": min(sum(told), 3) / 3,
        "best_with_words": log_odds(both),
        "third": log_odds(column[2]) if len(column) > 2 else log_odds(0),
        "many": min(int((column >= 0.5).sum()), 4) / 4,
        f"{name}/{part}": 1.0,
    }


def pattern_of(name: str, part: str) -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("frameworks")[name][part]))


def part_probabilities(rows: Features, name: str) -> Floats:
    """Shape (sentences, parts), parts in the order of the model."""
    return model(f"framework-{name}").probabilities(rows)


def find_framework(
    chances: Floats, sentences: Sequence[str], name: str, sound_arithmetic: bool = True
) -> Framework:
    """`sound_arithmetic` false: the numbers contradict each other, and an estimation misses that part."""
    parts: dict[str, bool] = {}
    evidence: dict[str, int] = {}
    for i, part in enumerate(model(f"framework-{name}").labels):
        column = chances[:, i]
        parts[part] = bool(len(column)) and gate(GATES, "covered").opens(cues(column, sentences, name, part))
        if part == "arithmetic" and not sound_arithmetic:
            parts[part] = False
        if parts[part]:
            evidence[part] = int(column.argmax())
    return Framework(name, parts, evidence)
