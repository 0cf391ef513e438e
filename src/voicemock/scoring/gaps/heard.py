"""What was heard so far: the last sentence, and which lists of `gaps.toml` its words are on."""

from __future__ import annotations

import re
from functools import lru_cache

from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern, words

REMEMBERED = 4096  # sentences: the same ones are looked at again after each new one


def says(annotation: Annotation, key: str, sentence: int) -> bool:
    return _matches(key, annotation.sentences[sentence])


@lru_cache(maxsize=REMEMBERED)
def _matches(key: str, text: str) -> bool:
    return bool(pattern("gaps", key).search(text.replace("’", "'")))


# "As an electrician", "I was junior technician": the speaker, and nobody who is served.
SELF = re.compile(r"(?i)\b(?:as an?|i(?:'m| am| was)|being an?|my)(?: \w+){0,3} $")


@lru_cache(maxsize=REMEMBERED)
def names_customer(text: str) -> bool:
    """Whether those who are served come up, and not a single person or the speaker's own trade."""
    plain = text.replace("’", "'")
    found = [*pattern("gaps", "customer").finditer(plain), *pattern("customer", "served").finditer(plain)]
    one = words("customers", "one_person")
    return any(m[0].lower() not in one and not SELF.search(plain[: m.start()]) for m in found)


def said(annotation: Annotation, key: str) -> int:
    """In how many sentences something of this list was said."""
    return sum(says(annotation, key, i) for i in range(len(annotation.sentences)))


def last(annotation: Annotation) -> int:
    return len(annotation.sentences) - 1


def letter(annotation: Annotation) -> str:
    return annotation.star[-1] if annotation.star else "-"


def last_results(annotation: Annotation) -> list[Metric]:
    return [m for m in annotation.results if m.sentence == last(annotation)]
