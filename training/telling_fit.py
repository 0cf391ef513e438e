"""Teach three layers of MiniLM which words of an answer a listener would quote back: of a story the deeds, the choice
that it turns on, what came of it and the like, of a proposal the ideas, the choice, the price
(`src/voicemock/scoring/models/telling.onnx`).

PyTorch is for this script and no dependency of voicemock; its environment is that of `context_fit.py`:

    PYTHONPATH=src fit/bin/python training/telling_fit.py --minilm FOLDER  # half an hour on two cores

What it learns from is `telling/*.txt`, whose form `README.md` tells. It is checked with `telling/validation.txt`, of
answers that nothing is trained on.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import minilm
import numpy as np
import onnx_bytes
import torch
from notes import KEPT_OUT, Note, found, notes
from parse import STORY_ROUNDS, TrainingAnswer, load
from torch import nn
from torch.nn import functional

from voicemock.scoring.models.context import LETTERS, LONGEST_SENTENCE, MOST_PIECES
from voicemock.scoring.models.pieces import story_pieces
from voicemock.scoring.models.telling import KINDS, OF_PROPOSALS, OF_STORIES, PLACES, SHOWN, best_spans

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "src/voicemock/scoring/models"
# Vague claims are learned beside what is written.
VAGUE = "vague"
TAUGHT = (*KINDS, VAGUE)
# Of each kind the first piece, any piece and the last one; then the letters, and what a sentence shows.
LETTERED = PLACES * len(TAUGHT)
SHOWS = LETTERED + len(LETTERS)
LEARNED = SHOWS + len(SHOWN)
WRITTEN = [*range(PLACES * len(KINDS)), *range(LETTERED, LEARNED)]
VALIDATION = "validation.txt"
FOLDERS = ("answers", "validation-twins", "validation-real")
MARK = re.compile(r"(\d+) (\w+) (.+)")
LAYERS, WIDTH = 3, 384
EPOCHS, BATCH, RATE, HEAD_RATE, DECAY, WARM = 5, 8, 2e-4, 1e-3, 0.01, 60
HALF = 0.5
SAID = -1.3  # the score from which on `check` takes words for said
DROPPED, SMOOTHED, LETTERS_WEIGHT, SHOWN_WEIGHT = 0.1, 0.05, 0.5, 0.2
MOST_NOTED = 3  # sentences that a reader named for one thing; there may be more
SIZES = (120, 200, MOST_PIECES, MOST_PIECES)  # pieces of a window
UNSTOPPED = 0.3  # of the windows are learned as a recogniser without punctuation prints them


@dataclass(frozen=True)
class Row:
    """A sentence as pieces, the kinds a reader had in view, what is marked: (first piece, after the last, kind)."""

    pieces: list[int]
    looked_for: tuple[str, ...]
    marks: list[tuple[int, int, int]]
    letter: int  # -1 outside the stories
    shows: dict[str, bool]  # of `SHOWN`, what a reader looked for and found here or not


@dataclass(frozen=True)
class Window:
    pieces: list[int]
    looked_for: tuple[str, ...]
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    sentences: list[tuple[int, int, Row]] = field(default_factory=list)  # first piece, after the last


VagueClaims = Mapping[str, Sequence[tuple[int, str, str]]]


class Net(nn.Module):
    """For each piece the scores of what is `LEARNED`."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        encoder.encoder.layer = encoder.encoder.layer[:LAYERS]
        self.encoder, self.drop = encoder, nn.Dropout(DROPPED)
        self.head = nn.Linear(WIDTH, LEARNED)
        nn.init.constant_(self.head.bias, -4.0)  # few words are quoted

    def forward(self, pieces: torch.Tensor, there: torch.Tensor | None = None) -> torch.Tensor:
        there = torch.ones_like(pieces) if there is None else there
        states = self.encoder(input_ids=pieces, attention_mask=there).last_hidden_state
        return self.head(self.drop(states))


class Written(nn.Module):
    """What is shipped: the scores of `COLUMNS` for each piece of one window."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        return self.net(pieces)[:, :, torch.tensor(WRITTEN)]


def marked(path: pathlib.Path) -> Iterator[tuple[str, list[tuple[int, str, str]]]]:
    """An answer's id and its marks: (sentence, kind, words)."""
    for block in path.read_text("utf-8").split("=== ")[1:]:
        name, *lines = block.strip().splitlines()
        found = (MARK.fullmatch(line.strip()) for line in lines)
        yield name.strip(), [(int(one[1]), one[2], one[3]) for one in found if one and one[2] in KINDS]


def vague_claims() -> dict[str, list[tuple[int, str, str]]]:
    """Those that a reader found, by the answer's id."""
    read = map(json.loads, (HERE / "readings" / "vague.jsonl").read_text("utf-8").splitlines())
    return {row["id"]: [(i, VAGUE, words) for i, words in row["vague"]] for row in read}


def shows(note: Note, sentence: int) -> dict[str, bool]:
    return {
        name: sentence in said
        for name, said in found(note).items()
        if sentence in said or len(said) < MOST_NOTED
    }


def marks_in(text: str, marks: Sequence[tuple[str, str]], count: int) -> list[tuple[int, int, int]]:
    """The marks of a sentence of `count` pieces as Row has them."""
    known, here = story_pieces(), []
    for kind, words in marks:
        start = text.find(words)
        first, after = (len(known.of(text[:n])) for n in (max(start, 0), max(start, 0) + len(words)))
        if start >= 0 and after <= count:
            here.append((first, after, TAUGHT.index(kind)))
    return here


def bare_rows(note: Note, marks: Sequence[tuple[int, str, str]]) -> list[Row]:
    """An answer that has no letters."""
    known, sentences, out = story_pieces(), note["sentences"], []
    looked_for = OF_STORIES if note["round"] in STORY_ROUNDS else OF_PROPOSALS
    for i, text in enumerate(sentences):
        pieces = list(known.of(text)[:LONGEST_SENTENCE]) or [known.separator]
        here = marks_in(text, [(kind, words) for at, kind, words in marks if at == i], len(pieces))
        out.append(Row(pieces, looked_for, here, -1, shows(note, i)))
    return out


def rows(
    answer: TrainingAnswer,
    marks: Sequence[tuple[int, str, str]],
    read: VagueClaims,
    note: Note,
) -> list[Row]:
    known, out = story_pieces(), []
    story = answer.round in STORY_ROUNDS
    looked_for = OF_STORIES if story else OF_PROPOSALS
    if answer.id in read or not answer.group.startswith("twins-"):
        written = [(i, VAGUE, words) for i, line in enumerate(answer.lines) for words in line.vague]
        marks = [*marks, *read.get(answer.id, written)]
        looked_for = (*looked_for, VAGUE)
    for i, line in enumerate(answer.lines):
        pieces = list(known.of(line.text)[:LONGEST_SENTENCE]) or [known.separator]
        here = marks_in(line.text, [(kind, words) for at, kind, words in marks if at == i], len(pieces))
        letter = LETTERS.index(line.letter) if story else -1
        out.append(Row(pieces, looked_for, here, letter, shows(note, i)))
    return out


def windows(stories: Sequence[list[Row]], chance: random.Random) -> list[Window]:
    known, out = story_pieces(), []
    stops = {piece for each in ",;:!?–—." for piece in known.of(each)}
    for told in stories:
        begin = 0
        while begin < len(told):
            size, plain = chance.choice(SIZES), chance.random() < UNSTOPPED
            window, first = Window([known.start], told[0].looked_for), begin
            while begin < len(told):
                pieces, marks = told[begin].pieces, told[begin].marks
                if begin > first and len(window.pieces) + len(pieces) + 1 > size:
                    break
                if plain:
                    kept = [n for n, piece in enumerate(pieces) if piece not in stops]
                    at = {n: k for k, n in enumerate(kept)}
                    marks = [(at[a], at[b - 1] + 1, kind) for a, b, kind in marks if a in at and b - 1 in at]
                    pieces = [pieces[n] for n in kept]
                start = len(window.pieces)
                window.marks.extend((start + a, start + b, kind) for a, b, kind in marks)
                window.pieces.extend([*pieces, known.separator])
                window.sentences.append((start, start + len(pieces), told[begin]))
                begin += 1
            out.append(window)
    return chance.sample(out, len(out))


def loss(net: Net, batch: Sequence[Window]) -> torch.Tensor:
    longest = max(len(each.pieces) for each in batch)
    pieces = torch.tensor([each.pieces + [0] * (longest - len(each.pieces)) for each in batch])
    there = torch.tensor([[float(k < len(each.pieces)) for k in range(longest)] for each in batch])
    wanted = torch.zeros(len(batch), longest, LEARNED)
    for n, each in enumerate(batch):
        for first, after, kind in each.marks:
            wanted[n, first, PLACES * kind] = 1
            wanted[n, first:after, PLACES * kind + 1] = 1
            wanted[n, after - 1, PLACES * kind + 2] = 1
    columns = [kind for kind in TAUGHT for _ in range(PLACES)]
    in_view = torch.tensor([[column in each.looked_for for column in columns] for each in batch])
    scores = net(pieces, there.long())
    words, marked_ones = scores[:, :, :LETTERED], wanted[:, :, :LETTERED]
    each = functional.binary_cross_entropy_with_logits(words, marked_ones, reduction="none")
    told = ((each * in_view[:, None, :]).sum(2) * there).sum() / there.sum()
    spans = [(n, *span) for n, each in enumerate(batch) for span in each.sentences if span[1] > span[0]]
    means = torch.stack([scores[n, a:b].mean(0) for n, a, b, _ in spans])
    letters = torch.tensor([row.letter for *_, row in spans])
    if (letters >= 0).any():
        told = told + LETTERS_WEIGHT * functional.cross_entropy(
            means[:, LETTERED:SHOWS], letters, label_smoothing=SMOOTHED, ignore_index=-1
        )
    noted = torch.tensor([[name in row.shows for name in SHOWN] for *_, row in spans])
    there_is = torch.tensor([[float(row.shows.get(name, False)) for name in SHOWN] for *_, row in spans])
    each = functional.binary_cross_entropy_with_logits(means[:, SHOWS:], there_is, reduction="none")
    return told + SHOWN_WEIGHT * (each * noted).sum() / len(spans)


def fit(net: Net, stories: Sequence[list[Row]], seed: int) -> None:
    chance = random.Random(seed)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": RATE},
            {"params": net.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=DECAY,
    )
    steps = EPOCHS * (len(windows(stories, random.Random(seed))) // BATCH + 1)
    schedule = minilm.cosine(optimiser, steps, WARM)
    net.train()
    for epoch in range(EPOCHS):
        ranked = sorted(windows(stories, chance), key=lambda each: len(each.pieces) // 20)
        batches = [ranked[k : k + BATCH] for k in range(0, len(ranked), BATCH)]
        losses = []
        for batch in chance.sample(batches, len(batches)):
            optimiser.zero_grad()
            value = loss(net, batch)
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(value.item())
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {sum(losses) / len(losses):.4f}", flush=True)


def check(net: Net, stories: Sequence[list[Row]]) -> None:
    """Prints of each kind how often the surest words of an answer are among those that a reader marked."""
    net.eval()
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    seen: dict[tuple[int, str], tuple[bool, float]] = {}  # of an answer: whether it shows it, and how likely
    lettered = same = 0
    for told in stories:
        surest: dict[int, tuple[float, int, int, int]] = {}
        for i, pieces in enumerate(told):
            around = told[max(0, i - 4) : i + 5]
            window = [story_pieces().start]
            for k, row in enumerate(around, max(0, i - 4)):
                if k == i:
                    at = len(window)
                window += [*row.pieces, story_pieces().separator]
            with torch.no_grad():
                scores = net(torch.tensor([window]))[0, at : at + len(pieces.pieces)].numpy()
            lettered += pieces.letter >= 0
            same += int(scores[:, LETTERED:SHOWS].mean(0).argmax()) == pieces.letter
            for name, there in pieces.shows.items():
                chance = 1 / (1 + np.exp(-scores[:, SHOWS + SHOWN.index(name)].mean()))
                of, best = seen.setdefault((id(told), name), (False, 0.0))
                seen[id(told), name] = (of or there, max(best, float(chance)))
            for kind, (score, first, after) in enumerate(best_spans(scores, range(len(TAUGHT)))):
                surest[kind] = max(surest.get(kind, (-99.0, 0, 0, 0)), (score, i, first, after))
        for kind, name in enumerate(TAUGHT):
            if name not in told[0].looked_for:
                continue
            labelled = [(i, a, b) for i, row in enumerate(told) for a, b, k in row.marks if k == kind]
            wanted[name] += bool(labelled)
            score, i, first, after = surest.get(kind, (-99.0, 0, 0, 0))
            if score < SAID:
                continue
            said[name] += 1
            right[name] += any(n == i and first < b and a < after for n, a, b in labelled)
            exact[name] += (i, first, after) in labelled
    print(f"letters {same} of {lettered}")
    for name in SHOWN:
        pairs = [pair for (_, what), pair in seen.items() if what == name]
        right_ones = sum(there == (chance >= HALF) for there, chance in pairs)
        print(
            f"{name:14} in {sum(there for there, _ in pairs):3} of {len(pairs):3} answers, right of {right_ones:3}"
        )
    for name in TAUGHT:
        print(
            f"{name:8} said of {said[name]:3} answers, in {wanted[name]:3} marked,",
            f"right {right[name]:3}, to the word {exact[name]:3}",
        )


def answers(folder: pathlib.Path) -> tuple[list[list[Row]], list[list[Row]]]:
    """Those to learn from, and those to check with."""
    written = {answer.id: answer for name in FOLDERS for answer in load(HERE / name)}
    noted = {str(note["id"]): note for note in notes()}
    learned: list[list[Row]] = []
    kept: list[list[Row]] = []
    read = vague_claims()
    for path in sorted(folder.glob("*.txt")):
        for name, marks in marked(path):
            note = noted.get(name, {})
            bare = name not in written
            told = bare_rows(note, marks) if bare else rows(written[name], marks, read, note)
            kept_out = path.name == VALIDATION or (bare and name.startswith(KEPT_OUT))
            (kept if kept_out else learned).append(told)
    return learned, kept


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--minilm", type=pathlib.Path, required=True, help="the folder with model.safetensors"
    )
    parser.add_argument("--target", type=pathlib.Path, default=TARGET)
    parser.add_argument("--told", type=pathlib.Path, default=HERE / "telling")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    net = Net(minilm.encoder_of(given.minilm))
    learned, kept = answers(given.told)
    fit(net, learned, given.seed)
    check(net, kept)
    onnx_bytes.write(Written(net), given.target / "telling.onnx")


if __name__ == "__main__":
    main()
