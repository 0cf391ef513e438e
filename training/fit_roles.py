"""Fit the weights of the role cues on the training answers.

    PYTHONPATH=src python training/fit_roles.py --matcher PATH/evaluate-scorer

Writes src/voicemock/scoring/lexicons/role_weights.toml and prints the cross-validated accuracy, with the labelled
STAR letters and without. Half of the copies go without letters and some have a wrong one, as a classifier gives them.
"""

from __future__ import annotations

import argparse
import pathlib
import random
from typing import Any

import numpy as np
from evaluate_rules import load_matcher
from parse import TrainingAnswer, load
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from voicemock.scoring.metrics import locate_claims, metric_cues

TARGET = pathlib.Path(__file__).parent.parent / "src/voicemock/scoring/lexicons/role_weights.toml"
ROLES = ("baseline", "context", "result", "target")
WRONG_LETTERS = 0.12  # share of letters that the STAR classifier gets wrong
STRENGTH = 0.3  # inverse of regularisation
SMALLEST = 0.05  # weights under this are left out


def rows_of(answer: TrainingAnswer, matcher: Any, letters: str, rng: random.Random) -> list[tuple[dict[str, float], str]]:
    """(cues, role) for each claim that matches a label; `letters` is given, none or noisy."""
    gold = answer.as_gold()
    sentences, star = gold["sentences"], gold["labels"]["star"]
    if letters == "none":
        star = None
    elif letters == "noisy" and star:
        star = [rng.choice("STARL") if rng.random() < WRONG_LETTERS else s for s in star]
    located = locate_claims(sentences)
    found = [
        {"sentence": one.sentence, "text": sentences[one.sentence][one.start : one.end], "claim": one} for one in located
    ]
    pairs, _, _ = matcher.match(found, gold["labels"]["metrics"], sentences)
    return [(metric_cues(sentences, f["claim"], star, gold["round"]), w["role"]) for f, w in pairs]


def matrix(rows: list[tuple[dict[str, float], str]], names: list[str]) -> np.ndarray:
    return np.array([[cues.get(name, 0.0) for name in names] for cues, _ in rows])


def fit(rows: list[tuple[dict[str, float], str]], names: list[str]) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    return model.fit(matrix(rows, names), [role for _, role in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--matcher", type=pathlib.Path, required=True)
    matcher = load_matcher(parser.parse_args().matcher)
    answers, rng = load(), random.Random(0)
    copies = {kind: [rows_of(a, matcher, kind, rng) for a in answers] for kind in ("given", "noisy", "none")}
    names = sorted({name for rows in copies["given"] + copies["none"] for cues, _ in rows for name in cues})
    groups = [a.group for a in answers]
    hits = {kind: [0, 0] for kind in copies}
    for train, test in GroupKFold(6).split(answers, groups=groups):
        model = fit([row for kind in ("noisy", "none") for i in train for row in copies[kind][i]], names)
        for kind in copies:
            rows = [row for i in test for row in copies[kind][i]]
            said = model.predict(matrix(rows, names))
            hits[kind][0] += sum(role == want for role, (_, want) in zip(said, rows, strict=True))
            hits[kind][1] += len(rows)
    print({kind: round(hit / total, 3) for kind, (hit, total) in hits.items()})
    write(fit([row for kind in ("noisy", "none") for rows in copies[kind] for row in rows], names), names)


def write(model: LogisticRegression, names: list[str]) -> None:
    lines = ["# Written by training/fit_roles.py: role -> cue -> weight. The cues are described in roles.toml."]
    for role, bias, weights in zip(model.classes_, model.intercept_, model.coef_, strict=True):
        lines += ["", f"[{role}]", f"bias = {bias:.2f}"]
        lines += [f'"{n}" = {w:.2f}' for n, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
