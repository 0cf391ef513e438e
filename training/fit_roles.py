"""Fit the weights of the role cues on the training answers.

    PYTHONPATH=src python training/fit_roles.py --matcher PATH/evaluate-scorer

Writes src/voicemock/scoring/models/lexicons/role_weights.toml and prints the cross-validated accuracy, with the
labelled STAR letters and without. Half of the copies go without letters and some have a wrong one, as a
classifier gives them.
"""

from __future__ import annotations

import argparse
import pathlib
import random
from typing import Any

import numpy as np
from evaluate_rules import load_matcher
from parse import TrainingAnswer, load
from sklearn.model_selection import GroupKFold

from voicemock.scoring.claims.metrics import locate_claims, metric_cues
from voicemock.scoring.models.lexicon import lexicon

TARGET = pathlib.Path(__file__).parent.parent / "src/voicemock/scoring/models/lexicons/role_weights.toml"
ROLES = ("baseline", "context", "result", "target")
WRONG_LETTERS = 0.12  # share of letters that the STAR classifier gets wrong
PULL = 0.1  # how strongly weights are held to the prior of roles.toml
STEPS, RATE = 400, 0.05
SMALLEST = 0.05  # weights under this are left out


def rows_of(
    answer: TrainingAnswer, matcher: Any, letters: str, rng: random.Random
) -> list[tuple[dict[str, float], str]]:
    """(cues, role) for each claim that matches a label; `letters` is given, none or noisy."""
    gold = answer.as_gold()
    sentences, star = gold["sentences"], gold["labels"]["star"]
    if letters == "none":
        star = None
    elif letters == "noisy" and star:
        star = [rng.choice("STARL") if rng.random() < WRONG_LETTERS else s for s in star]
    located = locate_claims(sentences)
    found = [
        {"sentence": one.sentence, "text": sentences[one.sentence][one.start : one.end], "claim": one}
        for one in located
    ]
    pairs, _, _ = matcher.match(found, gold["labels"]["metrics"], sentences)
    return [(metric_cues(sentences, f["claim"], star, gold["round"]), w["role"]) for f, w in pairs]


def matrix(rows: list[tuple[dict[str, float], str]], names: list[str]) -> np.ndarray:
    return np.array([[cues.get(name, 0.0) for name in names] for cues, _ in rows])


def prior(names: list[str]) -> np.ndarray:
    table = lexicon("roles")["prior"]
    return np.array([[0.0] + [table[role].get(name, 0.0) for name in names] for role in ROLES])


def fit(rows: list[tuple[dict[str, float], str]], names: list[str], pull: float) -> np.ndarray:
    """Softmax regression by Adam, its weights (bias first) held to the prior by a quadratic penalty."""
    x = np.hstack([np.ones((len(rows), 1)), matrix(rows, names)])
    y = np.array([[role == r for r in ROLES] for _, role in rows], dtype=float)
    start = prior(names)
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        gradient = (softmax(x @ weights.T) - y).T @ x / len(rows) + pull * (weights - start)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predict(weights: np.ndarray, rows: list[tuple[dict[str, float], str]], names: list[str]) -> list[str]:
    x = np.hstack([np.ones((len(rows), 1)), matrix(rows, names)])
    return [ROLES[i] for i in (x @ weights.T).argmax(axis=1)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--matcher", type=pathlib.Path, required=True)
    parser.add_argument("--pull", type=float, default=PULL)
    args = parser.parse_args()
    matcher = load_matcher(args.matcher)
    answers, rng = load(), random.Random(0)
    copies = {kind: [rows_of(a, matcher, kind, rng) for a in answers] for kind in ("given", "noisy", "none")}
    names = sorted({name for rows in copies["given"] + copies["none"] for cues, _ in rows for name in cues})
    groups = [a.group for a in answers]
    hits = {kind: [0, 0] for kind in copies}
    for train, test in GroupKFold(6).split(answers, groups=groups):
        model = fit(
            [row for kind in ("noisy", "none") for i in train for row in copies[kind][i]], names, args.pull
        )
        for kind in copies:
            rows = [row for i in test for row in copies[kind][i]]
            said = predict(model, rows, names)
            hits[kind][0] += sum(role == want for role, (_, want) in zip(said, rows, strict=True))
            hits[kind][1] += len(rows)
    print({kind: round(hit / total, 3) for kind, (hit, total) in hits.items()})
    write(
        fit([row for kind in ("noisy", "none") for rows in copies[kind] for row in rows], names, args.pull),
        names,
    )


def write(model: np.ndarray, names: list[str]) -> None:
    lines = [
        "# Written by training/fit_roles.py: role -> cue -> weight. The cues are described in roles.toml."
    ]
    for role, (bias, *weights) in zip(ROLES, model, strict=True):
        lines += ["", f"[{role}]", f"bias = {bias:.2f}"]
        lines += [f'"{n}" = {w:.2f}' for n, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
