"""How it went, told in so many words and no figure: "it went mad", "it worked", "it was a lot quicker", "we lost some".

These stand anywhere in a story told aloud, and whoever listens wants to know how much that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.open_ends import clause_from, some_of_many
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.heard import last, letter
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.dictionary import kinds_of
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import compile_entries, lexicon, pattern
from voicemock.scoring.numbers.quantities import find_quantities

# Each with a subject.
SORTS = ("spread", "failed", "better", "ahead", "glad", "about", "taken_up", "worked", "improved")
ALONE = ("some", "gain", "beyond", "few")  # told whole
OF_A_PLAN = "ahead"  # it may end on what it was ahead of
BARE = "worked"  # an outcome only in a sentence of result, and where its clause ends on it
SLIGHT = "improved"  # with no word for how much: an outcome only in a sentence of result
SAME = {SLIGHT: "better"}  # asked in the same words
GOES_ON = frozenset({"NOUN", "NAME", "ADJ", "DET", "POSS", "NUM", "PRON"})  # what a claim can't stop before
TALKED = 2  # sentences: the last and the one before it
_MORE = re.compile(r"(?i)\b(?:more|less)\s+(\w+)$")
_WENT = re.compile(r"(?i)\b(?:well|better|worse|great|fine|smoothly|nicely)$")
_EDGE = re.compile(r"[,;:.!?\"“”]+\s*|\b(?:and|but|so|because|since|yet)\b\s*", re.IGNORECASE)


def fared(told: Material) -> Gap | None:
    """The last sentence says how it went, and neither it nor the one before gives a figure."""
    annotation, text = told.annotation, told.sentences[-1].replace("’", "'")
    here, before = last(annotation), last(annotation) - 1
    if not annotation.is_story or letter(annotation) == "O" or told.says_any("unmeasured", max(0, before)):
        return None
    counted = any(m.sentence in (before, here) and m.role != "context" for m in annotation.metrics)
    if counted or text.rstrip().endswith("?") or _unless("before_it_began").search(text):
        return None
    for sort in (*SORTS, *ALONE):
        for found in some_of_many(text) if sort == "some" else _said(sort).finditer(text):
            bare = (sort == SLIGHT or found[0].lower().endswith(BARE)) and letter(annotation) != "R"
            since = 0 if sort in ALONE else found.start()
            quote = _whole(text, found) if sort in (*ALONE, OF_A_PLAN) else found[0]
            if quote and _claims(text, found) and not bare and not find_quantities(text[since:]):
                return Gap("exact-number", {_field(told, sort, found): opened(to_you(quote))})
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
    return re.compile(rf"(?i)\b{heads}(?:\s*{before})*\s*(?:(?<![a-z])|(?=')){ends}(?!\w)")


def _any(entries: Iterable[str]) -> str:
    return "(?:" + "|".join(entry.replace(" ", r"\s+") for entry in entries) + ")"


def _unless(key: str) -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("fared")["unless"][key]))


def _whole(text: str, found: re.Match[str]) -> str | None:
    """The claim, with what it is said of: "some of the crews kept the old sheet", and not "some of the crews kept".
    None where that is never said: "well under the old".
    """
    tokens = tagged(text)
    *_, before, end = [token for token in tokens if token.start < found.end()]
    after = next((token for token in tokens if token.start >= found.end()), None)
    if end.tag == "ADJ" and before.tag in ("DET", "POSS") and not (after and after.tag in GOES_ON):
        return None
    return clause_from(text, found.start()) if after and after.tag in GOES_ON else found[0]


def _field(told: Material, sort: str, found: re.Match[str]) -> str:
    """In whose words it is asked: what is only "better" has no measure yet, and a talk none at all."""
    if _of_a_talk(told, found):
        return "fared_talk"
    measureless = found[0].lower().endswith(("better", "worse"))
    return "fared_worked" if measureless else f"fared_{SAME.get(sort, sort)}"


def _of_a_talk(told: Material, found: re.Match[str]) -> bool:
    """ "We talked it through. That went nicely": what it led to is asked, since no number stands behind a talk,
    nor between two people.
    """
    near = [*told.sentences[-TALKED:-1], found.string[: found.start()]]
    points_back = found[0].lower().startswith(("that", "this", "it"))
    if points_back and pattern("gaps", "about_colleagues").search(told.question) and _WENT.search(found[0]):
        return True
    return points_back and any(_unless("of_a_talk").search(each.replace("’", "'")) for each in near)


def _claims(text: str, found: re.Match[str]) -> bool:
    """Whether it is said, and not supposed, asked, hoped for or told of something else."""
    led = _EDGE.split(text[: found.start()])[-1].lower().split()
    if any(word in lexicon("fared")["unless"]["led_by"] for word in led):
        return False
    if found[0].lower().startswith("that ") and led and tagged(led[-1])[0].tag in ("NOUN", "PRON", "NAME"):
        return False  # "anything that went well"
    compared = _MORE.search(found[0])
    if compared and "NOUN" in kinds_of(compared[1]) and "ADJ" not in kinds_of(compared[1]):
        return False  # "much more work" is asked how much, and not by how much
    after = text[found.end() :]
    if _unless("followed_by").match(after.lstrip()):
        return False
    return not found[0].lower().endswith(BARE) or not after.strip() or bool(_EDGE.match(after.lstrip()))
