"""Leadership principles that an answer names (rubric section 4); common words do not name one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from voicemock.scoring.models.lexicon import compile_entries, lexicon, pattern
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

# "I earned the trust of the leads" names a principle only in an answer that recites names anyway.
RECITAL = 3
RECITED = {"earn-trust": re.compile(r"\bearned? (?:the|their|his|her) trust\b", re.IGNORECASE)}
FRAME_CHARACTERS = 40  # how near a frame ("that's", "for me") must stand to a common word


def named_principles(sentences: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Slug → sentences that name it, in the order of the rubric's list; principles not named are absent."""
    named: dict[str, list[int]] = {}
    for number, text in enumerate(sentences):
        for slug in _named_in(text):
            named.setdefault(slug, []).append(number)
    if len(named) >= RECITAL:
        for slug, words in RECITED.items():
            spoken = [i for i, text in enumerate(sentences) if words.search(text)]
            if spoken and slug not in named:
                named[slug] = spoken
    return {slug: tuple(named[slug]) for slug in _always() if slug in named}


@lru_cache(maxsize=CACHED_SENTENCES)
def _named_in(text: str) -> tuple[str, ...]:
    plain = text.replace("’", "'")
    if pattern("names", "denied").search(plain):
        return ()
    return tuple(slug for slug in _always() if _always()[slug].search(plain) or _framed_in(plain, slug))


def _framed_in(text: str, slug: str) -> bool:
    """Whether a common word such as "ownership" stands beside a naming frame."""
    common = _framed().get(slug)
    return common is not None and any(
        _frames().search(text[max(0, match.start() - FRAME_CHARACTERS) : match.end() + FRAME_CHARACTERS])
        for match in common.finditer(text)
    )


@cache
def _always() -> dict[str, re.Pattern[str]]:
    return {slug: compile_entries(tuple(entries)) for slug, entries in lexicon("names")["always"].items()}


@cache
def _framed() -> dict[str, re.Pattern[str]]:
    return {slug: compile_entries(tuple(entries)) for slug, entries in lexicon("names")["framed"].items()}


def _frames() -> re.Pattern[str]:
    return pattern("names", "frames")
