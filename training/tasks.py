"""What each sentence model learns: its labels, which answers, and what a labelled line counts as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from corpus import Corpus
from fit import Recipe
from numpy.typing import NDArray
from parse import ANALYTICAL_PARTS, PARTS, PRINCIPLES, STORY_ROUNDS, Line, TrainingAnswer


@dataclass(frozen=True)
class Task:
    """A model by the name of its weight file."""

    name: str
    recipe: Recipe
    keep: Callable[[TrainingAnswer], bool]
    labels_of: Callable[[Line], set[str]]

    def targets(self, corpus: Corpus) -> NDArray[np.int64]:
        """Shape (sentences, labels), 0 and 1."""
        return np.array([[int(label in self.labels_of(line)) for label in self.recipe.labels] for line in corpus.lines()])


# A sentence's neighbours pay for STAR letters only: what a sentence is evidence for, it is by itself.
OWN = ("vector", "place", "words")


def is_story(answer: TrainingAnswer) -> bool:
    return answer.round in STORY_ROUNDS


def framework_task(name: str, parts: list[str], keep: Callable[[TrainingAnswer], bool]) -> Task:
    return Task(f"framework-{name}", Recipe(tuple(parts), False, OWN, min_sentences=4), keep, lambda line: set(line.tags))


TASKS = [
    Task("star", Recipe(tuple("STARLO"), True), is_story, lambda line: {line.letter}),
    Task("evidence", Recipe(tuple(sorted(PRINCIPLES)), False, OWN), is_story, lambda line: set(line.tags)),
    Task("customer", Recipe(("direct", "indirect"), False, OWN), lambda a: True, lambda line: set(line.tags)),
    *(framework_task(name, parts, lambda a, name=name: a.round == name) for name, parts in PARTS.items()),
    *(
        framework_task(name, parts, lambda a, name=name: a.header.get("type") == name)
        for name, parts in ANALYTICAL_PARTS.items()
    ),
]
