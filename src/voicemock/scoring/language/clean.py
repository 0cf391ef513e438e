"""Spoken words without what only speech has in it: fillers, false starts, words said twice."""

from __future__ import annotations

import re
from functools import lru_cache

_FILLERS = re.compile(
    r"(?i)(?:(?<=^)|(?<=[\s,]))(?:u+m+|u+h+|er+m*|hmm+|mm+|you know|i mean|sort of|kind of|kinda|basically|honestly"
    r"|literally|obviously|actually|to be honest|and stuff|or whatever|i guess|i think|i'd say|i would say"
    r"|i want to say|i wanna say)(?=[\s,.;:!?]|$),?"
)
_LIKE = re.compile(r"(?i)(?:(?<=,)\s*like,|(?<=,)\s+like\b(?=\s)|\blike,)")
_TWICE = re.compile(r"(?i)\b([\w'’]+(?: [\w'’]+)?),? \1\b")
_MAY_REPEAT = frozenset({"that", "had", "very", "really"})
_OPENERS = re.compile(
    r"(?i)^(?:(?:so|okay|ok|yeah|yes|yep|well|right|and|but|sure|oh|then|also|anyway|again|now|look|see|hey)\b[,\s]+)+"
)
_LEFT_HANGING = re.compile(
    r"(?i)\b(to|an?|the|was|is|were|are|of|for|with|and|in|on|my|our|his|her|their)"
    r",\s*(?:u+m+|u+h+|you know|i mean|like|sort of|kind of),\s*"
)
_MARKS = re.compile(r"\s*,(?:\s*,)+")


def straight(text: str) -> str:
    """With straight apostrophes, as the word lists have them."""
    return text.replace("’", "'")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The sentence as it would be written down; what remains stands in the order it was said."""
    told = straight(text).strip()
    told = _LEFT_HANGING.sub(r"\1 ", told)
    told = _LIKE.sub(" ", _FILLERS.sub("", told))
    told = _TWICE.sub(lambda m: m[0] if m[1].lower() in _MAY_REPEAT else m[1], told)
    told = _MARKS.sub(",", re.sub(r"\s+([,.;:!?])", r"\1", told))
    told = re.sub(r"\s+", " ", told).strip(" ,")
    return _OPENERS.sub("", told).strip(" ,") or told
