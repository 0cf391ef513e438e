"""What an interviewer who asked just this question would still want to know, as far as the answer leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_clauses import deeds_said, thing_made
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import compile_entries, lexicon, words

LAST, BESIDE = (
    "any",
    "one",
)  # asked of any question where nothing else is open; beside the nearest: whom it was for
ENDING = 0.4  # of the sentences, the last: a result there is how it ended


def asked_gaps(told: Material) -> Iterator[Draft]:
    if told.of_a_failure or any(check.kind != "other-principle" for check in told.annotation.checks):
        return
    question = told.question.replace("’", "'")
    fields = _fields(told)
    nearest = given = False
    for row in lexicon("asked")["rows"]:
        name, common = row["name"], row["name"] in (LAST, BESIDE)
        if not compile_entries(tuple(row["asks"])).search(question):
            continue
        if (name == LAST and given) or (nearest and not common):
            continue  # a nearer row speaks for the question
        nearest = nearest or not common
        if _is_open(row, told, fields):
            yield Draft(f"asked.{name}", row["dimension"], None, fields, 4.0, decides=row["decides"])
            given = True


def _is_open(row: dict[str, Any], told: Material, fields: dict[str, str | None]) -> bool:
    """Whether the answer does not give what this row asks for."""
    if "needs" in row and not fields[row["needs"]]:
        return False
    if row.get("counted", False) and told.annotation.results:
        return False
    said = compile_entries(tuple(row["told"]))
    return not any(said.search(text.replace("’", "'")) for text in told.sentences)


def _fields(told: Material) -> dict[str, str | None]:
    chosen = (d for d in deeds_said(told) if acts_in(d.text)[0].verb in words("quoting", "choice"))
    deed = next(chosen, None)
    made = thing_made(told)
    return {
        "quote": deed.text if deed else None,
        "Quote": opened(deed.text) if deed else None,
        "made": made[1] if made else None,
        "Made": opened(made[1]) if made else None,
        "unended": None if _has_ended(told) else "yes",
        "unheard": None if _heard(told) else "yes",
    }


def _has_ended(told: Material) -> bool:
    star = told.annotation.star or ()
    return "R" in star[-max(1, round(ENDING * len(star))) :] or told.telling("end") is not None


def _heard(told: Material) -> bool:
    """Whether anybody else speaks, be it only between quotation marks."""
    return told.hears_somebody or told.others_speak or any(re.search(r'["“]', t) for t in told.sentences)
