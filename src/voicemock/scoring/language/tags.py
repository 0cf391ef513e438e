"""What kind of word each word is: closed lists, a dictionary, and a few rules about neighbours.

A tagger trained on newspapers would know more words and be wrong about fillers and false starts. This one has to tell
noun phrases and verbs apart well enough that what is built from them is English; where it is unsure, nothing is built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from voicemock.scoring.language.dictionary import is_plural, kinds_of, verb_forms
from voicemock.scoring.models.lexicon import words

Tag = Literal[
    "DET", "POSS", "PRON", "PREP", "CONJ", "SUB", "AUX", "NEG", "NUM", "ADJ", "NOUN", "NAME", "VERB", "ADV",
    "TO", "FILL", "PUNCT",
]  # fmt: skip

_TOKEN = re.compile(r"[$£€]?\d[\d.,:]*(?:\s?%|(?:st|nd|rd|th|s|x|k)\b)?|[^\W\d_]+(?:['’.&-][^\W_]+)*|[^\w\s]")
_NUMBER = re.compile(r"[$£€]?\d")
# "we're", "didn't", "who'd": the verb or the negation is a word of its own.
_CONTRACTED = re.compile(r"(?i)(.+?)(n['’]t|['’](?:re|ve|ll|d|m))$")
_IS_AFTER = frozenset(
    {"it", "that", "he", "she", "there", "here", "what", "who", "where", "how", "this", "one"}
)
_CLOSED: tuple[tuple[str, Tag], ...] = (
    ("interjection", "FILL"), ("neg", "NEG"), ("modal", "AUX"), ("be", "AUX"), ("have", "AUX"), ("do", "AUX"),
    ("poss", "POSS"), ("pron", "PRON"), ("num", "NUM"), ("det", "DET"), ("conj", "CONJ"), ("sub", "SUB"),
    ("prep", "PREP"), ("adv", "ADV"),
)  # fmt: skip
_ROLES = frozenset({"lead", "leads", "head", "heads"})  # "the finance lead"
_STATES = frozenset({"is", "are", "was", "were", "'s", "'re", "be"})
REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text. `form` of a verb: base, s, past or ing; else empty."""

    text: str
    start: int
    end: int
    tag: Tag
    form: str = ""

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")


@lru_cache(maxsize=REMEMBERED)
def tagged(text: str) -> tuple[Token, ...]:
    """The words of a sentence with their kinds."""
    pieces = list(_pieces(text))
    tokens: list[Token] = []
    for i, (start, end) in enumerate(pieces):
        word = text[start:end]
        after = text[slice(*pieces[i + 1])].lower() if i + 1 < len(pieces) else ""
        tag, form = _tag(word, tokens, after, mid_sentence=i > 0)
        tokens.append(Token(word, start, end, tag, form))
    return tuple(tokens)


def _pieces(text: str) -> list[tuple[int, int]]:
    out = []
    for found in _TOKEN.finditer(text):
        split = _CONTRACTED.match(found[0])
        cut = split.end(1) if split else None
        if cut is None and re.search(r"(?i)['’]s$", found[0]) and found[0][:-2].lower() in _IS_AFTER:
            cut = len(found[0]) - 2
        if cut:
            out += [(found.start(), found.start() + cut), (found.start() + cut, found.end())]
        else:
            out.append(found.span())
    return out


def _tag(word: str, before: Sequence[Token], after: str, mid_sentence: bool) -> tuple[Tag, str]:
    low = word.lower().replace("’", "'")
    if not re.search(r"\w", word):
        return "PUNCT", ""
    if low.startswith("'") or low == "n't":
        return ("NEG" if low == "n't" else "AUX"), ""
    if _NUMBER.match(word):
        return "NUM", ""
    if low == "to":
        return "TO", ""
    closed = _closed(low, before, after)
    if closed:
        return closed, ""
    if word[0].isupper() and mid_sentence and not (before and before[-1].text in '.?!"“'):
        return "NAME", ""
    return _open(low, before, after)


def _closed(low: str, before: Sequence[Token], after: str) -> Tag | None:
    last = before[-1] if before else None
    if low == "like" and last and last.tag in ("PRON", "AUX", "TO", "NEG") and last.low not in ("was", "it"):
        return None  # "I like", "would like"
    if low in ("that", "this", "these", "those", "all", "half", "both", "some", "any", "each"):
        many = low == "that" and is_plural(after)  # "showed that accounts churn"
        return "DET" if kinds_of(after) & {"NOUN", "ADJ"} and not _closed_word(after) and not many else "PRON"
    if low == "her":
        return "POSS" if kinds_of(after) & {"NOUN", "ADJ"} and not _closed_word(after) else "PRON"
    if low == "one" and last and last.tag in ("DET", "ADJ"):
        return "NOUN"
    if low in ("right", "long", "second", "first", "back", "well", "far", "third", "past", "enough", "less"):
        if last and last.tag in ("DET", "POSS"):
            return "ADJ" if kinds_of(after) & {"NOUN", "ADJ"} and not _closed_word(after) else "NOUN"
        return "ADV"
    if low in ("may", "might", "will", "can", "must") and last and last.tag in ("DET", "POSS", "PREP"):
        return None
    return next((tag for key, tag in _CLOSED if low in words("tags", key)), None)


def _closed_word(low: str) -> bool:
    return any(low in words("tags", key) for key, _ in _CLOSED)


def _open(low: str, before: Sequence[Token], after: str) -> tuple[Tag, str]:
    last = next((t for t in reversed(before) if t.tag not in ("ADV", "FILL")), None)
    form = verb_forms(low)
    kinds = kinds_of(low)
    if low in words("tags", "adj") and not (last and last.tag in ("PRON", "TO") and "base" in form):
        return "ADJ", ""
    if (last and last.tag in ("DET", "POSS", "NUM", "ADJ")) or (
        last and last.tag == "PREP" and "ing" not in form
    ):
        return _nominal(low, kinds, form, after), ""
    if last and (
        last.tag in ("AUX", "TO", "NEG") or (last.tag == "PRON" and last.low not in ("one", "mine"))
    ):
        is_state = last.low in _STATES and "ADJ" in kinds and "ing" not in form
        if form and not is_state:
            return "VERB", form.split()[0]
        return ("ADJ" if "ADJ" in kinds else "ADV" if "ADV" in kinds and "NOUN" not in kinds else "NOUN"), ""
    if last and last.tag in ("NOUN", "NAME"):
        return _after_noun(low, kinds, form, after)
    return _unled(low, kinds, form, after)


def _nominal(low: str, kinds: frozenset[str], form: str, after: str) -> Tag:
    """Inside a noun phrase: an adjective where a noun can follow, else its noun."""
    nounable_next = bool(kinds_of(after) & {"NOUN", "ADJ"}) and not _closed_word(after)
    describes = ("ADJ" in kinds or "past" in form) and (nounable_next or "NOUN" not in kinds)
    if describes and low not in words("tags", "noun"):
        return "ADJ"
    if low.endswith("ly") and "ADV" in kinds:
        return "ADV"
    return "NOUN"


def _after_noun(low: str, kinds: frozenset[str], form: str, after: str) -> tuple[Tag, str]:
    """ "calls fell", "gate changes", "drivers skip the": a verb by its form, or by what follows it."""
    if low.endswith("ly"):
        return "ADV", ""
    if not form or low in words("tags", "noun") or low in _ROLES:
        return ("NOUN" if "NOUN" in kinds or not kinds else "ADJ" if "ADJ" in kinds else "ADV"), ""
    first = form.split()[0]
    if "past" in form or "NOUN" not in kinds:
        return "VERB", first
    relative = after in ("that", "which", "who", "this")
    object_follows = not relative and (
        after in words("tags", "det") | words("tags", "poss") | words("tags", "pron") or after == "to"
    )
    if low in words("tags", "verb") or object_follows or (first == "s" and after in words("tags", "adv")):
        return "VERB", first
    return "NOUN", ""


def _unled(low: str, kinds: frozenset[str], form: str, after: str) -> tuple[Tag, str]:
    if low.endswith("ly") and "ADV" in kinds:
        return "ADV", ""
    if low in words("tags", "noun"):
        return "NOUN", ""
    if low in words("tags", "verb") or (form and "NOUN" not in kinds and "ADJ" not in kinds):
        return "VERB", form.split()[0] if form else "base"
    if "ing" in form and "NOUN" not in kinds:
        return "VERB", "ing"
    if "ADJ" in kinds and kinds_of(after) & {"NOUN"} and not _closed_word(after):
        return "ADJ", ""
    if "past" in form and "ADJ" not in kinds:
        return "VERB", "past"
    if "NOUN" in kinds or not kinds:
        return "NOUN", ""
    return ("ADJ" if "ADJ" in kinds else "ADV" if "ADV" in kinds else "VERB"), form.split()[0] if form else ""
