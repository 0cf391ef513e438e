"""How long a silence ends an answer, given the words so far. Pure."""

from __future__ import annotations

import re

BASE_S = 3.0  # 95 % of pauses on calls are under 2.5 s; ending sooner cuts thinkers off
UNFINISHED_S = 2.0  # more, after words that announce others
FIRST_WORDS_S = 2.0  # more, while less than FEW_WORDS were said: the story is only being found
FEW_WORDS = 25
UNFINISHED = re.compile(
    r"(?:,|\b(?:and|or|but|so|because|since|which|that|who|the|a|an|to|of|for|with|from|in|on|by|my|our|is|was|were|we|i"
    r"|then|also|um|uh|like|about|first|second))$"
)


def silence_needed_s(text_so_far: str, base_s: float = BASE_S) -> float:
    """Seconds of silence after which the answer is over; `base_s` at the least."""
    plain = text_so_far.strip().lower().rstrip(" .…-")
    needed = base_s
    if UNFINISHED.search(plain):
        needed += UNFINISHED_S
    if len(plain.split()) < FEW_WORDS:
        needed += FIRST_WORDS_S
    return needed
