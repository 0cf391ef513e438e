"""The training answers as feature rows, and the folds that keep an answer's sentences together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from parse import STORY_ROUNDS, Line, TrainingAnswer, held_out_ids, load

from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.models.features import Features, features

FOLDS = 8
BRIEF = (3, 5)  # sentences: each story is also told this briefly


@dataclass(frozen=True)
class Corpus:
    """Answers with their rows: as told, as heard while they are still being told, and told briefly, with the numbers
    of the lines that are left (nobody who labels answers writes many of three sentences, and people give them).
    """

    answers: list[TrainingAnswer]
    told: list[Features]
    heard: list[Features]
    brief: list[list[tuple[list[int], Features]]]

    def only(self, keep: Callable[[TrainingAnswer], bool]) -> Corpus:
        return self.at([i for i, answer in enumerate(self.answers) if keep(answer)])

    def at(self, kept: Iterable[int]) -> Corpus:
        """The answers with these numbers."""
        kept = list(kept)
        return Corpus(
            [self.answers[i] for i in kept],
            [self.told[i] for i in kept],
            [self.heard[i] for i in kept],
            [self.brief[i] for i in kept],
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
        [
            [(kept, features([sentences[i] for i in kept], encoder)) for kept in briefly(answer)]
            for answer, sentences in zip(answers, texts, strict=True)
        ],
    )


def briefly(answer: TrainingAnswer) -> list[list[int]]:
    """Which lines are left when a story is told in few sentences; none for the rounds without letters.

    A line of each main part is kept, the rest and which ones is chosen by a hash, so that it never changes.
    """
    letters = [line.letter for line in answer.lines]
    out = []
    for size in BRIEF:
        order = sorted(
            range(len(letters)), key=lambda i: hashlib.sha256(f"{answer.id} {size} {i}".encode()).digest()
        )
        first = [next((i for i in order if letters[i] in part), None) for part in ("ST", "A", "R")]
        if answer.round in STORY_ROUNDS and None not in first:
            rest = [i for i in order if i not in first]
            out.append(sorted([i for i in first if i is not None] + rest[: size - len(first)]))
    return out
