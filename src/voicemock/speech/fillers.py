"""Sounds of hesitation among the words: which they are, and the words without them. Pure.

They stay in the transcript. What is read for claims, numbers and quotes is without them, and they are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from voicemock.transcript import Word

FILLER = re.compile(r"u+m+|u+h+m*|e+r+m*|h+m+|m+h*m+|a+h+|e+h+", re.IGNORECASE)
EDGES = ".,;:!?…-—\"'“”"
SENTENCE_ENDS = ".?!"
UNIT = re.compile(r"\d$")  # "5 mm" is a length


def is_filler(word: str) -> bool:
    """Whether a word as it is written is a hesitation ("Um," "uhh…") and no word of the language; "ER" is one."""
    bare = word.strip(EDGES)
    return not bare.isupper() and FILLER.fullmatch(bare) is not None


def filler_count(words: Iterable[Word]) -> int:
    heard = list(words)
    return len(heard) - len(without_fillers(heard))


def without_fillers(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words as one would write them without the hesitations: their commas go, a full stop stays."""
    kept: list[Word] = []
    capital = False  # the next word begins what a filler began
    for word in words:
        before = kept[-1] if kept else None
        if is_filler(word.text) and not (before and UNIT.search(before.text)):
            capital |= word.text[:1].isupper() and (before is None or before.text[-1:] in SENTENCE_ENDS)
            if before is not None and before.text[-1:] in (",", "…"):
                ends = word.text[-1:] if word.text[-1:] in SENTENCE_ENDS and word.text[-3:] != "..." else ""
                kept[-1] = replace(before, text=before.text[:-1] + ends)
            continue
        kept.append(replace(word, text=word.text[:1].upper() + word.text[1:]) if capital else word)
        capital = False
    return tuple(kept)
