"""STAR letters: a linear model says what each sentence looks like, a small transformer what it is in the whole answer
once that is told, and the usual order of the parts decides the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from voicemock.scoring.model import Star
from voicemock.scoring.models.context import LETTERS, InContext
from voicemock.scoring.models.features import Features
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.models.linear import Floats, model, weights
from voicemock.scoring.models.sentence_cues import cue_names

NAME = "star"
SINGLE = 2  # sentences; a story told in no more has its act in them
# How much likelier a letter is where the sentence itself says what it is, in log-odds. Of the labelled sentences that
# say "my task was" all are T, of those that open on "I decided", "I rang" and the like nineteen in twenty are A
# (tests/scoring/test_training_files.py).
NAMED_TASK, PLAIN_DEED = 4.0, 2.0


def letter_probabilities(rows: Features) -> Floats:
    """Shape (sentences, 6), in the order of the model's labels."""
    return model(NAME).probabilities(rows)


def letters(
    rows: Features, sentences: Sequence[str], told: bool = True, whole: InContext | None = None
) -> tuple[Star, ...]:
    """One letter a sentence (rubric section 3). `told`: the answer is over, so its end counts as an end; `whole` is how
    it reads in context then.
    """
    if not len(rows):
        return ()
    order = weights(NAME)["order"]
    looks = np.log(letter_probabilities(rows) + 1e-6) + _told_in_one(rows) + _said_outright(sentences)
    if whole is not None:
        looks += whole.letters[:, [LETTERS.index(label) for label in model(NAME).labels]]
    path = best_path(
        looks,
        start=np.array(order["start"]),
        follow=np.array(order["follow"]),
        end=np.array(order["end"]) if told else np.zeros(len(order["end"])),
    )
    return tuple(cast(Star, model(NAME).labels[k]) for k in path)


def _told_in_one(rows: Features) -> Floats:
    """In one or two sentences a deed that moved a number is the act or what came of it: nothing else stands for it."""
    labels = model(NAME).labels
    out = np.zeros((len(rows), len(labels)))
    if len(rows) <= SINGLE:
        column = cue_names().index
        done = (rows.cues[:, column("own_act")] > 0) & (rows.cues[:, column("supposed")] == 0)
        share = np.array([any("%" in gram or gram == "percent" for gram in grams) for grams in rows.grams])
        deeds = done & (share | (rows.cues[:, column("pair")] > 0))
        others = [k for k, label in enumerate(labels) if label not in "AR"]
        out[np.ix_(deeds, others)] = -np.inf
    return out


def _said_outright(sentences: Sequence[str]) -> Floats:
    """ "My task was to …", "I decided …": the sentence says itself which part it is."""
    labels = model(NAME).labels
    out = np.zeros((len(sentences), len(labels)))
    for row, text in enumerate(sentences):
        plain = text.replace("’", "'")
        if pattern("story", "named_task").search(plain):
            out[row, labels.index("T")] = NAMED_TASK
        elif pattern("story", "plain_deed").match(plain):
            out[row, labels.index("A")] = PLAIN_DEED
    return out


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
