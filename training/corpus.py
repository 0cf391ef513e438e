"""The training answers as feature rows, and the folds that keep an answer's sentences together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from parse import Line, TrainingAnswer, held_out_ids, load

from voicemock.scoring.encoder import default_encoder
from voicemock.scoring.features import Features, features

FOLDS = 8


@dataclass(frozen=True)
class Corpus:
    """Answers with their rows: as told, and as heard while they are still being told."""

    answers: list[TrainingAnswer]
    told: list[Features]
    heard: list[Features]

    def only(self, keep: Callable[[TrainingAnswer], bool]) -> Corpus:
        kept = [i for i, answer in enumerate(self.answers) if keep(answer)]
        return Corpus(
            [self.answers[i] for i in kept], [self.told[i] for i in kept], [self.heard[i] for i in kept]
        )

    def lines(self) -> list[Line]:
        return [line for answer in self.answers for line in answer.lines]

    def fold_of_answer(self) -> NDArray[np.int64]:
        """Fold numbers by a hash of the id: they do not move when answers are added."""
        return np.array([int(hashlib.sha256(a.id.encode()).hexdigest(), 16) % FOLDS for a in self.answers])

    def fold_of_line(self) -> NDArray[np.int64]:
        return np.repeat(self.fold_of_answer(), [len(a.lines) for a in self.answers])


def training_corpus(held_out: bool = False) -> Corpus:
    """All answers that may be trained on; with `held_out`, those that may not."""
    kept_back = held_out_ids()
    answers = [a for a in load() if (a.id in kept_back) == held_out]
    return corpus_of(answers)


def corpus_of(answers: Sequence[TrainingAnswer]) -> Corpus:
    encoder = default_encoder()
    texts = [[line.text for line in answer.lines] for answer in answers]
    return Corpus(
        list(answers),
        [features(sentences, encoder) for sentences in texts],
        [features(sentences, encoder, told=False) for sentences in texts],
    )
