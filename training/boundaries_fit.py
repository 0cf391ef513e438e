"""Fit the model of sentence boundaries (`src/voicemock/transcript/boundaries.json`) on the training answers, their
punctuation and capitals taken away.

    PYTHONPATH=src python training/boundaries_fit.py
"""

from __future__ import annotations

import collections
import json
import pathlib
from collections.abc import Sequence

import numpy as np
from logistic import logistic
from parse import ANSWERS, load
from scipy.sparse import csr_matrix

from voicemock.transcript import boundaries

TARGET = pathlib.Path(boundaries.__file__).parent / "boundaries.json"
FEWEST = 5  # gaps, in which a feature must be seen
STRENGTH = 0.3  # inverse regularisation
SMALLEST = 0.08  # weight that is kept
UNHEARD, HEARD = 1.0, -1.0  # added to every gap, without and with pauses: set where F1 is best in validation
CLASSES = {
    "pronoun": "i we he she they it you one someone somebody everyone everybody nobody people",
    "pronoun_verb": "i'd i'm i've i'll we'd we're we've we'll he's she's they're they'd it's that's there's you'd"
    " you're it'd it'll who's what's here's",
    "object": "me us him her them myself themselves",
    "my": "my our his your its their",
    "the": "the a an this that these those some any no every each another both all",
    "of": "of in on at by for from with about into over under after before through between without against during until"
    " towards around per within near behind out off up down",
    "and": "and or nor",
    "but": "but",
    "so": "so",
    "because": "because since cause",
    "which": "which who whom whose where when while if as than whether why how what",
    "helper": "was were is are am be been being had have has did do does would could should will can may might must"
    " got get",
    "not": "not didn't don't wasn't weren't couldn't wouldn't can't isn't haven't hadn't doesn't won't never",
    "adverb": "then now just really actually basically still also even only very too again already always maybe"
    " probably perhaps almost quite pretty literally finally eventually",
    "filler": "um uh er okay ok yeah yes well anyway right sure like oh hmm",
    "to": "to",
    "ago": "ago later yet either though",
}


def gaps_of(sentences: Sequence[str]) -> tuple[list[str], list[bool]]:
    """The words of an answer without punctuation, and whether a sentence ends behind each but the last."""
    words: list[str] = []
    ends: list[bool] = []
    for text in sentences:
        said = [plain for word in text.replace("—", " ").split() if (plain := boundaries.normal(word))]
        words += said
        ends += [False] * (len(said) - 1) + [True] * bool(said)
    return words, ends[:-1]


def main() -> None:
    content = {"bias": 0.0, "heard": HEARD, "unheard": UNHEARD, "classes": {}, "weights": {}}
    content["classes"] = {word: name for name, entries in CLASSES.items() for word in entries.split()} | {
        "#": "#"
    }
    TARGET.write_text(json.dumps(content), encoding="utf-8")
    answers = [gaps_of([line.text for line in answer.lines]) for answer in load(ANSWERS)]
    rows = [list(boundaries.features(words, gap)) for words, ends in answers for gap in range(len(ends))]
    wanted = np.array([end for _, ends in answers for end in ends], dtype=np.int64)[:, None]
    seen = collections.Counter(name for row in rows for name in row)
    column = {
        name: i for i, name in enumerate(sorted(name for name, count in seen.items() if count >= FEWEST))
    }
    where = [[column[name] for name in row if name in column] for row in rows]
    ends_at = np.cumsum([0, *map(len, where)])
    flat = np.fromiter((i for row in where for i in row), dtype=np.int64, count=int(ends_at[-1]))
    matrix = csr_matrix(
        (np.full(len(flat), 0.5, dtype=np.float32), flat, ends_at), shape=(len(rows), len(column))
    )
    weights, bias = logistic(np.zeros((len(rows), 0), dtype=np.float32), matrix, wanted, False, STRENGTH)
    content["bias"] = round(float(bias[0]), 3)
    content["weights"] = {
        name: round(float(w) * 0.5, 2)
        for name, w in zip(column, weights[:, 0], strict=True)
        if abs(w) * 0.5 >= SMALLEST
    }
    lines = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in content.items()
    )
    TARGET.write_text("{" + lines + "}\n", encoding="utf-8")
    print(f"{len(rows)} gaps, {int(wanted.sum())} ends, {len(content['weights'])} weights")


if __name__ == "__main__":
    main()
