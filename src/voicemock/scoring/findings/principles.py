"""Leadership principles: which an answer demonstrates, by the sentences that look like evidence for them and by what
the story is worth.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from voicemock.scoring.findings.ownership import voice_of
from voicemock.scoring.model import PrincipleFinding
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.features import Features
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.models.linear import Floats, gate, log_odds, model, weights
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

NAME = "principles"
EVIDENCE = "evidence"
# A story that shows eight shows none (rubric section 4): the three most probable are kept.
MOST_DEMONSTRATED = 3
MOST_EVIDENCE = 3
MOST_COUNTED = 3  # results, vague claims, sentences with a principle's words: more of them tell no more
ASKED_AMONG = 2  # so near the likeliest of all, the principle that is meant needs less
SECOND = 0.1  # and so much more behind another
UNASKED = 0.2  # the chance from which a story shows a principle whatever was asked
DONE_PLAINLY = 0.1  # the least chance of one that deeds in plain words show
NEEDS_A_RESULT = "deliver-results"
NEEDS_A_CUSTOMER = "customer-obsession"


@dataclass(frozen=True, eq=False)
class Told:
    """What decides about the principles of a story. `evidence` and `words` are (sentences, 16).

    `words` says which sentences have a principle's words (`words_for`), `own` in which the candidate acts; `worth` is
    what the story has to show (`worth_of`): a weak story shows hardly any principle, whatever its words.
    """

    evidence: Floats
    words: Floats
    own: Floats
    worth: Mapping[str, float]
    principle: str | None
    near: float = 0.0  # to the question (`question.best_nearness`)


def evidence_probabilities(rows: Features) -> Floats:
    """Shape (sentences, 16): how much each sentence looks like evidence for each principle."""
    return model(EVIDENCE).probabilities(rows)


def words_for(sentences: Sequence[str], star: Sequence[str], named: Mapping[str, Sequence[int]]) -> Floats:
    """Shape (sentences, 16), 1 where a sentence of the story has words that show the principle.

    A sentence that names a principle does not count for it: reciting must not pay.
    """
    out = np.zeros((len(sentences), len(slugs())))
    for row, (text, letter) in enumerate(zip(sentences, star, strict=True)):
        if letter != "O":
            out[row] = [row not in named.get(s, ()) and s in shown_in(text) for s in slugs()]
    return out


def own_deeds(sentences: Sequence[str]) -> Floats:
    """Shape (sentences,), 1 where the candidate did something: a principle is shown by deeds (rubric section 4)."""
    return np.array(
        [any(a.actor == "I" and a.deed for a in acts_in(t)) for t in sentences],
        dtype=np.float64,
    )


@lru_cache(maxsize=CACHED_SENTENCES)
def shown_in(text: str) -> frozenset[str]:
    """The principles of which a sentence has the words (lexicons/principle_cues.toml)."""
    plain = text.replace("’", "'")
    return frozenset(slug for slug in slugs() if pattern("principle_cues", slug).search(plain))


@cache
def slugs() -> tuple[str, ...]:
    """The principles in the order of the columns."""
    return model(EVIDENCE).labels


def worth_of(
    sentences: Sequence[str], star: Sequence[str], results: int, vague: int, direct: bool
) -> dict[str, float]:
    """What a story has to show: results, vague claims, own acts, a customer met, something learned."""
    acts = [text for text, letter in zip(sentences, star, strict=True) if letter == "A"]
    return {
        "results": float(min(results, MOST_COUNTED)),
        "vague": float(min(vague, MOST_COUNTED)),
        "own_acts": voice_of(acts).i_share or 0.0,
        "direct": float(direct),
        "learned": float("L" in star),
    }


def cues(told: Told, slug: str) -> dict[str, float]:
    """What decides whether a story demonstrates a principle.

    Whether the principle is named is no cue: it did not pay in cross-validation, and reciting must not.
    """
    at = slugs().index(slug)
    column = np.sort(told.evidence[:, at])[::-1]
    asked = float(slug == told.principle)
    own_words = float((told.words[:, at] * told.own).sum())
    best, total = log_odds(column[0]), float(np.log(column.sum() + 1e-3))
    found = {
        "best": best,
        "second": log_odds(column[1]) if len(column) > 1 else log_odds(0.0),
        "total": total,
        "rank": float((told.evidence.max(axis=0) > column[0]).sum()) / 16,
        "asked": asked,
        "asked_best": asked * best,
        "asked_total": asked * total,
        "asked_near": asked * told.near,
        "nothing_asked": float(told.principle is None),
        "words": float(min(told.words[:, at].sum(), MOST_COUNTED)),
        "words_any": float(told.words[:, at].any()),
        "words_best": log_odds(float((told.evidence[:, at] * told.words[:, at]).max())),
        "own_words": min(own_words, MOST_COUNTED),
        "asked_words": asked * float(told.words[:, at].any()),
        "asked_own_words": asked * min(own_words, MOST_COUNTED),
        slug: 1.0,
    }
    found.update(told.worth)
    found.update({f"asked_{name}": asked * value for name, value in told.worth.items()})
    found["results_delivered"] = told.worth["results"] * (slug == NEEDS_A_RESULT)
    found["customer_met"] = told.worth["direct"] * (slug == NEEDS_A_CUSTOMER)
    return found


def chance_of(told: Told, slug: str) -> float:
    """How likely the answer demonstrates this principle."""
    return gate(NAME, "demonstrated").probability(cues(told, slug)) if len(told.evidence) else 0.0


def demonstrated(told: Told, named: Collection[str] = ()) -> list[str]:
    """The slugs that the answer demonstrates, most probable first; at most three.

    Nobody delivers results without one: where no result has a number, the words alone show nothing. Whoever names other
    principles than the one asked for has told one of those: then the one asked for needs as much as any.
    """
    if not len(told.evidence):
        return []
    meant = meant_by(told, named)
    told = told if meant is None or told.principle else replace(told, principle=meant)
    chances = {
        slug: chance_of(told, slug) for slug in slugs() if told.worth["results"] or slug != NEEDS_A_RESULT
    }
    ranked = sorted(chances, key=lambda slug: (-chances[slug], slug))
    likely = [
        slug
        for at, slug in enumerate(ranked)
        if chances[slug] >= needed(slug == meant, at)
        or (slug == meant and chances[slug] >= DONE_PLAINLY and deeds_for(told, slug) >= plain_deeds(named))
    ]
    return likely[:MOST_DEMONSTRATED]


def meant_by(told: Told, named: Collection[str]) -> str | None:
    """The principle that the story is told for: the one asked for, or the only one that the candidate names."""
    if told.principle:
        return told.principle if not named or told.principle in named else None
    return next(iter(named)) if len(named) == 1 else None


def deeds_for(told: Told, slug: str) -> int:
    """In how many sentences the candidate did something that has the principle's words."""
    return int((told.words[:, slugs().index(slug)] * told.own).sum())


def plain_deeds(named: Collection[str]) -> int:
    """How many plain deeds make up for a model that sees little: one where the candidate says what it shows."""
    return 1 if named else 2


def needed(meant: bool, rank: int) -> float:
    """The chance from which a principle counts as shown.

    The one that is meant needs less, and a little more where another looks likelier: people answer what they are asked,
    and the model has seen as many stories that do not.
    """
    asked = float(weights(NAME)["asked_threshold"])
    if meant and rank < ASKED_AMONG:
        return asked if rank == 0 else round(asked + SECOND, 2)
    return float(weights(NAME)["threshold"])


def plainly_shown(told: Told, slug: str) -> bool:
    """Whether the story shows it to somebody who does not know what was asked, or deeds in plain words show it."""
    unasked = chance_of(replace(told, principle=None), slug)
    by_deeds = chance_of(told, slug) >= DONE_PLAINLY and deeds_for(told, slug) >= plain_deeds(())
    return by_deeds or unasked >= UNASKED


def likely_shown(told: Told, slug: str) -> bool:
    """Whether it is as likely shown as one that was not asked for has to be."""
    return chance_of(told, slug) >= needed(meant=False, rank=0)


def findings(told: Told, named: Mapping[str, Sequence[int]]) -> tuple[PrincipleFinding, ...]:
    """Principles named or demonstrated, with the sentences that show or name them. `named`: slug to
    sentences.
    """
    shown = demonstrated(told, named)
    return tuple(
        PrincipleFinding(
            slug,
            named=slug in named,
            demonstrated=slug in shown,
            evidence=_sentences(told.evidence, slug) if slug in shown else tuple(named[slug]),
        )
        for slug in [*shown, *sorted(slug for slug in named if slug not in shown)]
    )


def _sentences(evidence: Floats, slug: str) -> tuple[int, ...]:
    """The sentences that show it best: the best one, and others at least half as probable."""
    column = evidence[:, slugs().index(slug)]
    ranked = sorted(range(len(column)), key=lambda i: (-column[i], i))[:MOST_EVIDENCE]
    return tuple(sorted(i for i in ranked if column[i] >= column[ranked[0]] / 2))
