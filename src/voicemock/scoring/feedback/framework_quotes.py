"""What a proposal leaves open in the candidate's own clauses: the measure without a figure, the choice that is none,
the guess that much hangs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.said_clauses import clauses_said
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import find_quantities

HALF = 2
SHORT = 12  # words of a sentence that can be quoted whole
SIZED = frozenset({"estimation", "ab-test", "root-cause"})  # their figures are told by other drafts


def framework_quotes(told: Material) -> Iterator[Draft]:
    name = told.annotation.framework_name or ""
    if name not in SIZED:
        yield from _unsized(told)
        yield from _no_pick(told)


def _clauses(told: Material, key: str, since: int = 0) -> Iterator[tuple[int, str]]:
    cue = pattern("quoting", key)
    for i in range(since, len(told.sentences)):
        if told.sentences[i].rstrip().endswith("?"):
            continue
        for clause in clauses_said(told.sentences[i], cue):
            yield i, clause


def _unsized(told: Material) -> Iterator[Draft]:
    """ "We could see if the complaints go down": how one would know, and no figure."""
    counted = {m.sentence for m in told.annotation.metrics}
    for i, clause in _clauses(told, "would_know", len(told.sentences) // HALF):
        kept = re.search(
            r"(?i)\b(?:don't|doesn't|not|never)\b", clause.replace("’", "'")
        )  # a limit, no measure
        purpose = re.search(r"(?i)(?:^|\bso )that i\b", clause)  # "I draw it so that I see it better"
        if counted & {i, i + 1} or find_quantities(clause) or kept or purpose:
            continue
        yield Draft("kpi-unsized", "metrics", i, {"quote": clause}, 4.0, decides=0.6)
        return
    for i in range(len(told.sentences) // HALF, len(told.sentences)):
        text = told.sentences[i].strip(" .")
        found = pattern("quoting", "defers").search(text.replace("’", "'"))
        clause = next((c for c in clauses_said(text) if found and found[0] in c), text)
        if found and len(clause.split()) <= SHORT:
            yield Draft("kpi-deferred", "metrics", i, {"quote": clause}, 4.0, decides=1.6)
            return


def _no_pick(told: Material) -> Iterator[Draft]:
    """ "Some mix of the two", "all of them": nothing is dropped."""
    for i, clause in _clauses(told, "no_pick", len(told.sentences) // HALF):
        yield Draft("no-pick", "ownership", i, {"quote": clause}, 4.0, decides=1.2)
        return
