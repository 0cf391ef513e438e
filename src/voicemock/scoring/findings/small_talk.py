"""Sentences that say nothing ("Um, let me see."): they are taken out before an answer is read, and put back in what is
shown, so that filling the time moves no score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from voicemock.scoring.model import Score, Star
from voicemock.scoring.models.lexicon import lexicon
from voicemock.transcript import Sentence


def says_nothing(text: str) -> bool:
    """Whether the sentence is made of fillers alone."""
    return bool(_fillers().fullmatch(text.replace("’", "'")))


def places_of_substance(texts: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the sentences that say something; all of them where none does."""
    kept = tuple(i for i, text in enumerate(texts) if not says_nothing(text))
    return kept or tuple(range(len(texts)))


def put_back(score: Score, places: Sequence[int], sentences: Sequence[Sentence]) -> Score:
    """The score of the sentences at `places`, told of all `sentences`: small talk belongs to no part (`O`)."""
    nothing: Star | None = "O" if any(star for _, star in score.sentences) else None
    letters = dict(zip(places, (star for _, star in score.sentences), strict=True))
    return replace(
        score,
        sentences=tuple((one, letters.get(i, nothing)) for i, one in enumerate(sentences)),
        metrics=tuple(replace(m, sentence=places[m.sentence]) for m in score.metrics),
        inconsistencies=tuple(replace(i, sentence=places[i.sentence]) for i in score.inconsistencies),
        vague=tuple(replace(v, sentence=places[v.sentence]) for v in score.vague),
        principles=tuple(replace(p, evidence=tuple(places[i] for i in p.evidence)) for p in score.principles),
        interrupts=tuple(replace(c, after_sentence=places[c.after_sentence]) for c in score.interrupts),
        fixes=tuple(
            replace(f, sentence=None if f.sentence is None else places[f.sentence]) for f in score.fixes
        ),
        checks=tuple(replace(c, evidence=tuple(places[i] for i in c.evidence)) for c in score.checks),
    )


@cache
def _fillers() -> re.Pattern[str]:
    entries = sorted(lexicon("small_talk")["fillers"], key=len, reverse=True)
    return re.compile(rf"\W*(?:(?:{'|'.join(entries)})(?:\W+|$))+", re.IGNORECASE)
