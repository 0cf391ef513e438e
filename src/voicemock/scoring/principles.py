"""Leadership principles: which an answer demonstrates, by the sentences that look like evidence for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from voicemock.scoring.features import Features
from voicemock.scoring.linear import Floats, gate, log_odds, model
from voicemock.scoring.model import PrincipleFinding

NAME = "principles"
EVIDENCE = "evidence"
# A story that shows eight shows none (rubric section 4): the three most probable are kept.
MOST_DEMONSTRATED = 3
MOST_EVIDENCE = 3
NEEDS_A_RESULT = "deliver-results"


def evidence_probabilities(rows: Features) -> Floats:
    """Shape (sentences, 16): how much each sentence looks like evidence for each principle."""
    return model(EVIDENCE).probabilities(rows)


def cues(evidence: Floats, slug_index: int, slug: str, principle: str | None) -> dict[str, float]:
    """What decides whether an answer demonstrates a principle. `principle` is the one its question asks for.

    Whether the principle is named is no cue: it did not pay in cross-validation, and reciting must not.
    """
    column = np.sort(evidence[:, slug_index])[::-1]
    asked = float(slug == principle)
    best = log_odds(column[0])
    total = float(np.log(column.sum() + 1e-3))
    return {
        "best": best,
        "second": log_odds(column[1]) if len(column) > 1 else log_odds(0.0),
        "total": total,
        "rank": float((evidence.max(axis=0) > column[0]).sum()) / 16,
        "asked": asked,
        "asked_best": asked * best,
        "asked_total": asked * total,
        "nothing_asked": float(principle is None),
        slug: 1.0,
    }


def demonstrated(evidence: Floats, principle: str | None, with_result: bool = True) -> list[str]:
    """The slugs that the answer demonstrates, most probable first; at most three.

    Nobody delivers results `with_result` false: where no result has a number, the words alone show nothing.
    """
    if not len(evidence):
        return []
    chances = {
        slug: gate(NAME, "demonstrated").probability(cues(evidence, i, slug, principle))
        for i, slug in enumerate(model(EVIDENCE).labels)
        if with_result or slug != NEEDS_A_RESULT
    }
    threshold = gate(NAME, "demonstrated").threshold
    likely = sorted((slug for slug in chances if chances[slug] >= threshold), key=lambda s: (-chances[s], s))
    return likely[:MOST_DEMONSTRATED]


def findings(
    evidence: Floats, principle: str | None, named: Mapping[str, Sequence[int]], with_result: bool = True
) -> tuple[PrincipleFinding, ...]:
    """Principles named or demonstrated, with the sentences that show or name them. `named`: slug to
    sentences.
    """
    shown = demonstrated(evidence, principle, with_result)
    slugs = [*shown, *sorted(slug for slug in named if slug not in shown)]
    return tuple(
        PrincipleFinding(
            slug,
            named=slug in named,
            demonstrated=slug in shown,
            evidence=_sentences(evidence, slug) if slug in shown else tuple(named[slug]),
        )
        for slug in slugs
    )


def _sentences(evidence: Floats, slug: str) -> tuple[int, ...]:
    """The sentences that show it best: the best one, and others at least half as probable."""
    column = evidence[:, model(EVIDENCE).labels.index(slug)]
    ranked = sorted(range(len(column)), key=lambda i: (-column[i], i))[:MOST_EVIDENCE]
    return tuple(sorted(i for i in ranked if column[i] >= column[ranked[0]] / 2))
