"""A story in which no step is the candidate's: what is missing before anything else is."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_clauses import deeds_said
from voicemock.scoring.models.lexicon import pattern

NEVER = 0.25  # the chance that any sentence shows a deed of one's own: in nearly all stories one is over 0.9
FEW_SENTENCES = 8  # with fewer the network has too little to go by


def nobody_drafts(told: Material) -> Iterator[Draft]:
    """Where the network sees no deed of the candidate's own in any sentence: whether "we" act, or nobody does."""
    long_enough = told.annotation.is_story and len(told.sentences) >= FEW_SENTENCES
    if not long_enough or told.shows("own") >= NEVER:
        return
    if any(pattern("gaps", "my_part").search(text) for text in told.sentences):
        return
    if not told.seems("we"):
        yield Draft("nobody-acts", "ownership", None, {}, 4.0, decides=2.0)
        return
    deed = next(iter(deeds_said(told, "we")), None)
    fields = {"we_did": deed.text if deed else None}
    yield Draft("only-we", "ownership", deed.sentence if deed else None, fields, 4.0, decides=0.8)
