"""How it went, told in so many words and no figure: "it went mad", "it worked", "it was a lot quicker", "we lost some".

These stand anywhere in a story told aloud, and whoever listens wants to know how much that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.heard import last, letter
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import compile_entries, lexicon
from voicemock.scoring.numbers.quantities import find_quantities

SORTS = ("spread", "failed", "better", "ahead", "worked")  # each with a subject
ALONE = ("some", "gain", "beyond")  # told whole
BARE = "worked"  # an outcome only in a sentence of result, and where its clause ends on it
_EDGE = re.compile(r"[,;:.!?\"“”]+\s*|\b(?:and|but|so|because|since|yet)\b\s*", re.IGNORECASE)


def fared(told: Material) -> Gap | None:
    """The last sentence says how it went, and neither it nor the one before gives a figure."""
    annotation, text = told.annotation, told.sentences[-1].replace("’", "'")
    if not annotation.is_story or letter(annotation) not in "STAR" or told.says_any("unmeasured"):
        return None
    here, before = last(annotation), last(annotation) - 1
    counted = any(m.sentence in (before, here) and m.role != "context" for m in annotation.metrics)
    if counted or text.rstrip().endswith("?") or _unless("before_it_began").search(text):
        return None
    for sort in (*SORTS, *ALONE):
        for found in _said(sort).finditer(text):
            bare = found[0].lower().endswith(BARE) and letter(annotation) != "R"
            since = 0 if sort in ALONE else found.start()
            if _claims(text, found) and not bare and not find_quantities(text[since:]):
                return Gap("exact-number", {f"fared_{sort}": opened(to_you(found[0]))})
    return None


@cache
def _said(sort: str) -> re.Pattern[str]:
    tables = lexicon("fared")
    if sort in ALONE:
        return compile_entries(tuple(tables[sort]["said"]))
    slots = {name: rf"(?:{'|'.join(tables['slots'][name])})" for name in ("degree", "lot")}
    row = tables["sorts"][sort]
    heads = _any(entry for name in row["subjects"] for entry in tables["subjects"][name])
    ends = _any(
        entry.replace("{degree}", slots["degree"] + "*").replace("{lot}", slots["lot"])
        for entry in row["said"]
    )
    before = _any(tables["slots"]["before"])
    return re.compile(rf"(?i)\b{heads}(?:\s*{before})*\s*(?<![a-z]){ends}(?!\w)")


def _any(entries: Iterable[str]) -> str:
    return "(?:" + "|".join(entry.replace(" ", r"\s+") for entry in entries) + ")"


def _unless(key: str) -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("fared")["unless"][key]))


def _claims(text: str, found: re.Match[str]) -> bool:
    """Whether it is said, and not supposed, asked, hoped for or told of something else."""
    led = _EDGE.split(text[: found.start()])[-1].lower().split()
    if any(word in lexicon("fared")["unless"]["led_by"] for word in led):
        return False
    if found[0].lower().startswith("that ") and led and tagged(led[-1])[0].tag in ("NOUN", "PRON", "NAME"):
        return False  # "anything that went well"
    after = text[found.end() :]
    if _unless("followed_by").match(after.lstrip()):
        return False
    return not found[0].lower().endswith(BARE) or not after.strip() or bool(_EDGE.match(after.lstrip()))
