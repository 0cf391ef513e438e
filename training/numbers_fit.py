"""Teach three layers of MiniLM what each number of a sentence is: before, after, how far it went, and whose doing
(`src/voicemock/scoring/claims/number_parts.onnx`).

PyTorch is for this script and no dependency of voicemock; its environment is that of `context_fit.py`:

    PYTHONPATH=src fit/bin/python training/numbers_fit.py --minilm FOLDER  # a quarter of an hour on one core
    PYTHONPATH=src fit/bin/python training/numbers_fit.py --minilm FOLDER --without 0  # every fourth file kept out

What it learns from are the sentences of `numbers/`, whose form `README.md` tells, and the numbers of training answers:
single sentences are about their numbers, and most of those that people tell in passing are not. The pieces are those of
the network that reads stories.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import minilm
import onnx_bytes
import torch
from parse import HELD_OUT, STORY_ROUNDS, TrainingAnswer, load
from torch import nn
from torch.nn import functional

from voicemock.scoring.claims.number_parts import PARTS, ROLES, marked
from voicemock.scoring.models.pieces import story_pieces
from voicemock.scoring.numbers.quantities import find_quantities

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "src/voicemock/scoring/claims"
TAGGED = re.compile(
    r"\{(?P<part>[bacl])\d?(?P<role>[rogx])\d? (?P<told>[^{}]+)\}|\{(?P<none>[np])\d? (?P<beside>[^{}]+)\}"
)
LAYERS, WIDTH = 3, 384
EPOCHS, BATCH, RATE, DECAY, WARM = 4, 32, 1.5e-4, 0.01, 60
DROPPED, ROLE_WEIGHT = 0.1, 0.7
UNSTOPPED = 0.3  # of the sentences are learned as a recogniser without punctuation prints them
UNKNOWN = -1  # a part or a role
IN_PASSING = 0.5  # of the weight, for a number of an answer that nobody labelled
NAMES = {"result": "r", "baseline": "o", "target": "g", "context": "x"}
FOLDS = 4


@dataclass(frozen=True)
class Sentence:
    """A sentence with its numbers: (first character, character after the last, part, role); `others` is the part, role
    and weight of those that are not among them.
    """

    text: str
    numbers: tuple[tuple[int, int, int, int], ...]
    others: tuple[int, int, float] = (PARTS.index("n"), UNKNOWN, 1.0)


@dataclass(frozen=True)
class Row:
    """Pieces, where in them the mark of each number stands, and what it is."""

    pieces: list[int]
    marks: list[int]
    parts: list[int]
    roles: list[int]
    weights: list[float]


class Net(nn.Module):
    """Scores of `PARTS` and then of `ROLES` for each piece."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        encoder.encoder.layer = encoder.encoder.layer[:LAYERS]
        self.encoder, self.drop = encoder, nn.Dropout(DROPPED)
        self.head = nn.Linear(WIDTH, len(PARTS) + len(ROLES))

    def forward(self, pieces: torch.Tensor, there: torch.Tensor | None = None) -> torch.Tensor:
        there = torch.ones_like(pieces) if there is None else there
        states = self.encoder(input_ids=pieces, attention_mask=there).last_hidden_state
        return self.head(self.drop(states))


def tagged(line: str) -> Sentence:
    """One line of `numbers/`, its tags taken out."""
    text, numbers, behind = "", [], 0
    for found in TAGGED.finditer(line):
        text += line[behind : found.start()]
        words = found["told"] or found["beside"]
        part = "".join(found[name] or "" for name in ("part", "none"))
        role = ROLES.index(found["role"]) if found["role"] else UNKNOWN
        numbers.append((len(text), len(text) + len(words), PARTS.index(part), role))
        text += words
        behind = found.end()
    return Sentence(text + line[behind:], tuple(numbers))


def row(sentence: Sentence, *, plain: bool = False) -> Row | None:
    """The sentence as the product sees it: only the numbers that it finds."""
    found = find_quantities(sentence.text)
    if not found:
        return None
    parts, roles, weights = [], [], []
    for quantity in found:
        tags = (n for n in sentence.numbers if n[0] < quantity.end and n[1] > quantity.start)
        part, role, weight = next(((n[2], n[3], 1.0) for n in tags), sentence.others)
        parts.append(part)
        roles.append(role)
        weights.append(weight)
    pieces, marks = marked(sentence.text, found)
    if plain:
        pieces, marks = without_stops(pieces, marks)
    return Row(list(pieces), list(marks), parts, roles, weights)


def without_stops(pieces: Sequence[int], marks: Sequence[int]) -> tuple[list[int], list[int]]:
    stops = {piece for each in ",;:!?–—" for piece in story_pieces().of(each)}
    kept = [n for n, piece in enumerate(pieces) if piece not in stops]
    return [pieces[n] for n in kept], [kept.index(mark) for mark in marks]


def sentences(without: int | None) -> tuple[list[Sentence], list[Sentence]]:
    """Those to learn, and those that are kept out."""
    learned: list[Sentence] = []
    kept: list[Sentence] = []
    for n, path in enumerate(sorted((HERE / "numbers").glob("*.txt"))):
        out = kept if n % FOLDS == without else learned
        out += [tagged(line) for line in path.read_text("utf-8").splitlines() if line]
    return learned, kept


def of_answers() -> Iterator[Sentence]:
    """Those of the training stories that have a number: of each labelled claim the role is known, the part is not."""
    lines = HELD_OUT.read_text("utf-8").splitlines()
    held_out = {line.split()[0] for line in lines if line and line[0] != "#"}
    for answer in load():
        if answer.round in STORY_ROUNDS and answer.id not in held_out:
            yield from _of_answer(answer)


def _of_answer(answer: TrainingAnswer) -> Iterator[Sentence]:
    gold = answer.as_gold()
    for number, text in enumerate(gold["sentences"]):
        if not find_quantities(text):
            continue
        spans = []
        for label in gold["labels"]["metrics"]:
            first = text.find(label["text"])
            if label["sentence"] == number and first >= 0:
                role = ROLES.index(NAMES[label["role"]])
                spans.append((first, first + len(label["text"]), UNKNOWN, role))
        yield Sentence(text, tuple(spans), (UNKNOWN, ROLES.index("x"), IN_PASSING))


def batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Rows of about the same length together."""
    order = sorted(chance.sample(list(rows), len(rows)), key=lambda each: len(each.pieces) // 6)
    cut = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
    yield from chance.sample(cut, len(cut))


def scores(net: Net, rows: Sequence[Row]) -> torch.Tensor:
    """Of all numbers of the rows, in order."""
    longest = max(len(each.pieces) for each in rows)
    pieces = torch.tensor([each.pieces + [0] * (longest - len(each.pieces)) for each in rows])
    there = torch.tensor([[k < len(each.pieces) for k in range(longest)] for each in rows])
    at = torch.tensor([(n, mark) for n, each in enumerate(rows) for mark in each.marks])
    return net(pieces, there.long())[at[:, 0], at[:, 1]]


def loss(net: Net, rows: Sequence[Row]) -> torch.Tensor:
    found = scores(net, rows)
    parts = torch.tensor([part for each in rows for part in each.parts])
    roles = torch.tensor([role for each in rows for role in each.roles])
    weights = torch.tensor([weight for each in rows for weight in each.weights])
    return _loss(found[:, : len(PARTS)], parts, weights) + ROLE_WEIGHT * _loss(
        found[:, len(PARTS) :], roles, weights
    )


def _loss(found: torch.Tensor, wanted: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    known = weights * (wanted != UNKNOWN)
    each = functional.cross_entropy(found, wanted, ignore_index=UNKNOWN, reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1.0)


def fit(net: Net, learned: Sequence[Sentence], seed: int) -> None:
    chance = random.Random(seed)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(learned) // BATCH + 1)
    schedule = minilm.cosine(optimiser, steps, WARM)
    net.train()
    for epoch in range(EPOCHS):
        rows = [made for each in learned if (made := row(each, plain=chance.random() < UNSTOPPED))]
        losses = []
        for batch in batches(rows, chance):
            optimiser.zero_grad()
            value = loss(net, batch)
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(value.item())
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {sum(losses) / len(losses):.3f}", flush=True)


def check(net: Net, kept: Sequence[Sentence]) -> None:
    """Prints how often part and role are right, of each kind."""
    net.eval()
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with torch.no_grad():
        for one in (made for each in kept if (made := row(each))):
            found = scores(net, [one])
            parts, roles = found[:, : len(PARTS)].argmax(1), found[:, len(PARTS) :].argmax(1)
            for part, role, by_part, by_role in zip(one.parts, one.roles, parts, roles, strict=True):
                said.update(["part", f"part {PARTS[part]}"])
                right.update(["part", f"part {PARTS[part]}"] if part == by_part else [])
                if role != UNKNOWN:
                    said.update(["role", f"role {ROLES[role]}"])
                    right.update(["role", f"role {ROLES[role]}"] if role == by_role else [])
    for name in sorted(said):
        print(f"{name:8} {right[name]:5} of {said[name]:5}  {right[name] / said[name]:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minilm", type=pathlib.Path, required=True, help="the folder with model.safetensors"
    )
    parser.add_argument("--without", type=int, help="keep every fourth file out, from this one on, and check")
    parser.add_argument("--target", type=pathlib.Path, default=TARGET)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    net = Net(minilm.encoder_of(given.minilm))
    learned, kept = sentences(given.without)
    learned += of_answers()
    fit(net, learned, given.seed)
    if kept:
        check(net, kept)
    onnx_bytes.write(net, given.target / "number_parts.onnx")


if __name__ == "__main__":
    main()
