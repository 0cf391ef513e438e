"""What an interviewer who asked just this question would still want to know, as far as the answer leaves it open."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_clauses import deeds_said
from voicemock.scoring.feedback.own_words import turned_down
from voicemock.scoring.feedback.quoted_drafts import main_person
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import compile_entries, lexicon, words

EVERY = "any"
MOST = 2  # of what the question makes one want to know, the nearest


def asked_gaps(told: Material) -> Iterator[Draft]:
    if any(check.kind != "other-principle" for check in told.annotation.checks):
        return
    question = told.question.replace("’", "'")
    answer = [text.replace("’", "'") for text in told.sentences]
    found = 0
    for row in lexicon("asked")["rows"]:
        asks = compile_entries(tuple(row["asks"])).search(question)
        if not asks or row.get("failure", False) != told.of_a_failure:
            continue
        if row["name"] == EVERY and found:
            return  # a nearer row speaks for the question
        found += 1
        said = compile_entries(tuple(row["told"]))
        counted = row.get("counted", False) and bool(told.annotation.results)
        if not counted and not any(said.search(text) for text in answer):
            decides = row["decides"] - 0.1 * (found - 1)
            yield Draft(f"asked.{row['name']}", row["dimension"], None, _fields(told), 4.0, decides=decides)
        if found == MOST:
            return


def _fields(told: Material) -> dict[str, str | None]:
    chosen = (d for d in deeds_said(told) if acts_in(d.text)[0].verb in words("quoting", "choice"))
    deed = next(chosen, None)
    other = turned_down(told)
    return {
        "quote": deed.text if deed else None,
        "Quote": opened(deed.text) if deed else None,
        "name": main_person(told),
        "alternative": other[1] if other else None,
        "thing": told.product,
    }
