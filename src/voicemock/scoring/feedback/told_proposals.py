"""Gaps of a proposal in the words of it that tell most: what hurts and isn't counted, the choice, the guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.models.lexicon import pattern

# A part of a framework, and the words that show that something of it is there.
SHOWS = {
    "ideas": "idea",
    "prioritise": "pick",
    "tradeoff": "cost",
    "tradeoffs": "cost",
    "measure": "measure",
    "assumptions": "guess",
}


def shown(told: Material, part: str) -> bool:
    """Whether words of this part are plainly there, be it covered or not: nobody is told that it is missing."""
    return part in SHOWS and told.telling(SHOWS[part]) is not None


def told_proposals(told: Material) -> Iterator[Draft]:
    design = told.annotation.framework_name in ("product-sense", "system-design")
    counted = {metric.sentence for metric in told.annotation.metrics}
    pain, pick, guess = map(told.telling, ("pain", "pick", "guess"))
    if design and pain is not None and pain.sentence not in counted:
        fields = {"hurts": told.inside(pain), "customers": told.customers}
        yield Draft("told-pain", "customer", pain.sentence, fields, 4.0, decides=0.3)
    if design and pick is not None and not _argued(told, pick.sentence):
        fields = {"pick": told.inside(pick)}
        yield Draft("told-pick", "ownership", pick.sentence, fields, 4.0, decides=0.4)
    if guess is not None and not _argued(told, guess.sentence):
        fields = {"guess_said": told.inside(guess)}
        yield Draft("told-guess", "metrics", guess.sentence, fields, 4.0, decides=0.3)


def _argued(told: Material, sentence: int) -> bool:
    """Whether the reason stands beside it."""
    near = " ".join(told.sentences[sentence : sentence + 2]).replace("’", "'")
    return bool(pattern("strengths", "reasons").search(near) or re.search(r"(?i)\bso that\b", near))
