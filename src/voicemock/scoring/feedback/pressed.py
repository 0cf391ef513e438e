"""What an interviewer stops a story for, and what is then missing from it for good: an outcome without its size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.model import CutIn
from voicemock.scoring.models.lexicon import pattern

SIZE = "exact-number"
_SIZE_ASKED = re.compile(r"(?i)\bhow (?:many|much)\b|\bfrom what\b|\b(?:figure|number)\b")
SOON = 2  # sentences after a cut-in in which its figure may still come
QUOTED = range(3, 12)  # words of an outcome that can be said back


def pressed_drafts(told: Material, interrupts: Sequence[CutIn]) -> Iterator[Draft]:
    """The last outcome that is stopped at, in the candidate's words, where no figure comes after it."""
    imagined = any(check.kind in ("hypothetical", "off-question") for check in told.annotation.checks)
    if imagined or not told.annotation.is_story or told.says_any("unmeasured"):
        return
    counted = {metric.sentence for metric in told.annotation.metrics if metric.role != "context"}
    for cut in reversed(interrupts):
        at, quote = cut.after_sentence, _quote(told, cut)
        sized = counted & set(range(at, at + 1 + SOON))
        if cut.kind == SIZE and quote is not None and not sized:
            fields = {"quote": quote, "Quote": opened(quote)}
            yield Draft("pressed-size", "metrics", at, fields, 3.0, decides=0.5)
            return


def _quote(told: Material, cut: CutIn) -> str | None:
    """The words of which the question asks the size: "it went mad" of "It went mad: from what to what?"."""
    words, _, asks = cut.question.partition(":")
    text = told.sentences[cut.after_sentence]
    at = text.lower().find(words.lower())
    sized = _SIZE_ASKED.search(asks) and not pattern("fix_words", "felt").search(words)  # by how much?
    if at < 0 or len(words.split()) not in QUOTED or not sized:
        return None
    said = text[at : at + len(words)]
    return said if at else said[0].lower() + said[1:]
