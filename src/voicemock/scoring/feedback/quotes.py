"""The candidate's own words, short enough to stand in a sentence of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST_WORDS = 3  # a clause of fewer says nothing by itself
MOST_WORDS = 9  # enough to know the sentence again
TELLING_WORDS = 6  # a sentence of fewer ("So, yes.") is hardly one to point at
CLAUSE_WORDS = range(5, MOST_WORDS + 4)  # a quote ends at a comma that stands here, rather than in mid-phrase
OPENERS = re.compile(
    r"(?:(?:um|uh|er|so|okay|ok|yeah|yes|yep|well|right|and|but|sure|hmm|oh|like|then|you know|i mean)\b[,\s]*)+",
    re.IGNORECASE,
)
# No phrase ends with one of these.
UNFINISHED = re.compile(
    r"(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|but|so|that|which|who|because|if|as|is|are|was|were|be|been|had"
    r"|has|have|i|we|he|she|it|they|my|our|his|her|their|its|this|these|those|very|really|pretty|not|would|could)\W*",
    re.IGNORECASE,
)
EDGE = re.compile(r"[,;:.!?]\s+")
LEFT_OUT = 5  # words; a quote that stops this short of its clause looks cut off


def quoted(text: str) -> str:
    """The words in quotation marks, verbatim."""
    return f'"{text.strip()}"'


def first_words(text: str) -> str:
    """The beginning of a sentence in quotation marks, without the fillers that open it; dots where it goes on."""
    return shortened(_opened(text))


def from_clause(text: str, at: int) -> str:
    """The clause around character `at` in quotation marks, short like `first_words`."""
    start = max((edge.end() for edge in EDGE.finditer(text[:at])), default=0)
    return shortened(_opened(text[start:]))


def whole_clause(text: str, words: str) -> str:
    """Words of a sentence in quotation marks, on to the edges of their clause where little is left out."""
    at = text.find(words)
    if at < 0:
        return quoted(words)
    start, end = at, at + len(words)
    before = max((edge.end() for edge in EDGE.finditer(text[:start])), default=0)
    after = EDGE.search(text, end)
    ahead = after.start() if after else len(text.rstrip(".,;:!? "))
    if len(text[before:start].split()) <= LEFT_OUT:
        start = before
    if end < ahead and len(text[end:ahead].split()) <= LEFT_OUT:
        end = ahead
    return quoted(_opened(text[start:end]))


def shortened(text: str) -> str:
    words = text.split()
    if len(words) <= MOST_WORDS:
        return quoted(text.rstrip(".,;:!? "))
    cut = next(
        (n for n in reversed(CLAUSE_WORDS) if n <= len(words) and words[n - 1][-1] in ",;:"), MOST_WORDS
    )
    while cut > FEWEST_WORDS and UNFINISHED.fullmatch(words[cut - 1]):
        cut -= 1
    return (
        quoted(" ".join(words[:cut]).rstrip(".,;:!?") + " …")
        if cut < len(words)
        else quoted(text.rstrip(".,;:!? "))
    )


def telling(sentences: Sequence[str], numbers: Sequence[int]) -> int | None:
    """The first of these sentences that is long enough to be pointed at, else the first of them; None of none."""
    long = (i for i in numbers if len(_opened(sentences[i]).split()) >= TELLING_WORDS)
    return next(long, numbers[0] if numbers else None)


def first_clause(text: str) -> str:
    """The candidate's words as far as the first comma, short enough to be read back; verbatim."""
    clause = text.split(",")[0].rstrip(".;:!? ")
    if len(clause.split()) < FEWEST_WORDS:
        clause = text.rstrip(".;:!? ")
    return " ".join(clause.split()[:MOST_WORDS])


def _opened(text: str) -> str:
    """Without the fillers at its beginning, unless nothing else is left."""
    opening = OPENERS.match(text)
    rest = text[opening.end() :] if opening else text
    return rest if len(rest.split()) >= FEWEST_WORDS else text
