"""Train the small models of `src/voicemock/scoring/models/weights/` from the labelled answers, and print what each
cue pays.

PYTHONPATH=src python training/train.py            fit and write every model
PYTHONPATH=src python training/train.py --ablate   cross-validated figures with and without each block of cues
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
from typing import Any

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # small matrices: more threads only spin (before numpy is imported)

import numpy as np
import unseen
from corpus import Corpus, training_corpus
from fit import Recipe, fit_all, out_of_fold
from gates import (
    customer_gates,
    fault_gates,
    framework_gates,
    order_figures,
    order_of_letters,
    principle_gates,
    substance_gates,
)
from numpy.typing import NDArray
from overall import fit_overall
from role_fit import fit_roles
from tasks import Task, is_story, labelled_in_full, tasks
from vague_fit import fit_vague

from voicemock.scoring.models import linear

WEIGHTS = pathlib.Path(__file__).parents[1] / "src/voicemock/scoring/models/weights"


def figures(task: Task, corpus: Corpus, recipe: Recipe) -> dict[str, float]:
    """Cross-validated by answer: accuracy, or average precision a label where labels can stand together."""
    targets = task.targets(corpus)
    guess = np.vstack(out_of_fold(corpus, targets, recipe))
    return measured(guess, targets, recipe)


def measured(guess: NDArray[Any], targets: NDArray[Any], recipe: Recipe) -> dict[str, float]:
    if recipe.exclusive:
        return {"accuracy": round(float((guess.argmax(axis=1) == targets.argmax(axis=1)).mean()), 3)}
    from sklearn.metrics import average_precision_score

    known = targets.sum(axis=0) > 0
    pooled = average_precision_score(targets[:, known].ravel(), guess[:, known].ravel())
    return {"average_precision": round(float(pooled), 3)}


def write(name: str, content: dict[str, Any]) -> None:
    WEIGHTS.mkdir(exist_ok=True)
    rows = [
        f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in content.items()
    ]
    (WEIGHTS / f"{name}.json").write_text("{" + ",\n".join(rows) + "}\n", encoding="utf-8")
    linear.weights.cache_clear()  # what is fitted next builds on it
    linear.model.cache_clear()


def ablate(task: Task, corpus: Corpus) -> None:
    print(task.name, "all", figures(task, corpus, task.recipe), flush=True)
    for block in task.recipe.blocks:
        print(task.name, "without", block, figures(task, corpus, task.recipe.without(block)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("tasks", nargs="*", help="only these")
    args = parser.parse_args()
    everything = training_corpus()
    for task in tasks():
        if args.tasks and task.name not in args.tasks:
            continue
        corpus = everything.only(task.keep)
        if not corpus.answers:
            print(task.name, "has no answers yet")
        elif args.ablate:
            ablate(task, corpus)
        else:
            targets = task.targets(corpus)
            content = fit_all(corpus, targets, task.recipe)
            trained = {
                "answers": len(corpus.answers),
                "sentences": len(targets),
                **figures(task, corpus, task.recipe),
            }
            if task.name == "star":
                content["order"] = order_of_letters(corpus)
                trained |= order_figures(corpus, content["order"])
            write(task.name, {"trained": trained, **content})
            print(task.name, trained, flush=True)
    if not args.ablate:
        train_gates(everything, set(args.tasks))


def train_gates(everything: Corpus, only: set[str]) -> None:
    in_full = everything.only(labelled_in_full)
    for name, fit, corpus in (
        ("customer_gates", customer_gates, everything),
        ("frameworks", framework_gates, in_full),
        ("substance_gates", substance_gates, in_full),
        ("roles", fit_roles, in_full),
        ("vague", fit_vague, in_full),
    ):
        if not only or name in only:
            finish(name, fit(corpus))
    if only and not only & {"faults", "principles", "overall"}:
        return
    annotations = unseen.annotations(everything)
    if not only or "faults" in only:
        finish("faults", fault_gates(everything, annotations))
    if not only or "principles" in only:
        told = [a for a in annotations if a.is_story]
        finish("principles", principle_gates(everything.only(is_story), told))
    if not only or "overall" in only:
        finish("overall", fit_overall(everything, annotations))


def finish(name: str, content: dict[str, Any]) -> None:
    write(name, content)
    parts = [content] if "trained" in content else content.values()
    print(name, *(part["trained"] for part in parts), flush=True)


if __name__ == "__main__":
    main()
