"""STAR letters: a linear model says what each sentence looks like, the usual order of the parts decides the
rest.
"""

from __future__ import annotations

from typing import cast

import numpy as np

from voicemock.scoring.model import Star
from voicemock.scoring.models.features import Features
from voicemock.scoring.models.linear import Floats, model, weights

NAME = "star"


def letter_probabilities(rows: Features) -> Floats:
    """Shape (sentences, 6), in the order of the model's labels."""
    return model(NAME).probabilities(rows)


def letters(rows: Features, told: bool = True) -> tuple[Star, ...]:
    """One letter a sentence (rubric section 3). `told`: the answer is over, so its end counts as an end."""
    if not len(rows):
        return ()
    order = weights(NAME)["order"]
    path = best_path(
        np.log(letter_probabilities(rows) + 1e-6),
        start=np.array(order["start"]),
        follow=np.array(order["follow"]),
        end=np.array(order["end"]) if told else np.zeros(len(order["end"])),
    )
    return tuple(cast(Star, model(NAME).labels[k]) for k in path)


def best_path(looks: Floats, start: Floats, follow: Floats, end: Floats) -> list[int]:
    """Viterbi: the sequence with the greatest sum of `looks` (n, k) and of its steps."""
    best = looks[0] + start
    back: list[np.ndarray] = []
    for row in looks[1:]:
        steps = best[:, None] + follow
        back.append(steps.argmax(axis=0))
        best = steps.max(axis=0) + row
    path = [int((best + end).argmax())]
    for came_from in reversed(back):
        path.append(int(came_from[path[-1]]))
    return path[::-1]
