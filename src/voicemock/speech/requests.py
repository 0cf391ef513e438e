"""What a candidate may ask of the interviewer, by voice or by key.

A phrase counts only when the utterance is nothing but the phrase: "let me think" asks for time, "that made me
think about pricing" is part of the answer.
"""

from __future__ import annotations

import re
from enum import Enum


class Request(Enum):
    """The values are the keys that do the same."""

    REPEAT = "r"
    THINK = "t"
    TIME = "h"
    DONE = "d"
    SKIP = "s"


LEAD_IN = r"(?:(?:um|uh|er|oh|ok|okay|so|well|and|yeah|yes|right|sorry|please|hmm|all right|alright) )*"
TAIL = (
    r"(?: (?:please|thanks|thank you|now|again|for you|i think|so|yeah"
    r"|for a (?:second|moment|minute|bit)|a (?:second|moment|minute|bit)))*"
)
PHRASES: dict[Request, str] = {
    Request.REPEAT: r"(?:(?:can|could|would) you |please )?(?:repeat|say) (?:that|the question|it)(?: again)?"
    r"|what was the question|(?:can|could) i hear (?:that|the question)(?: again)?",
    Request.THINK: r"(?:just )?(?:let|give) me (?:a (?:second|moment|minute|sec)|think(?: about (?:that|it|this))?)"
    r"|(?:can|could|may) i (?:have|take|get) a (?:second|moment|minute)(?: to think)?|one (?:second|moment|sec)",
    Request.TIME: r"how much time (?:do i have|have i got|is)(?: left)?|how (?:am i doing|are we doing) (?:on|for) time"
    r"|what's the time|how long (?:do i have|have i got)(?: left)?",
    Request.DONE: r"(?:that's|that is|this is) (?:my answer|it from me|all(?: from me)?)|i'm done|i am done"
    r"|that's (?:all|everything) (?:i have|from me)|that concludes my answer",
    Request.SKIP: r"(?:can we |let's |i'd like to |please )?skip (?:this|that|the question|this one|this question)"
    r"|next question",
}
_PATTERNS = {request: re.compile(f"{LEAD_IN}(?:{phrase}){TAIL}") for request, phrase in PHRASES.items()}


def heard_request(utterance: str) -> Request | None:
    """The request that `utterance` is, if it is nothing else."""
    plain = re.sub(r"[^a-z' ]+", " ", utterance.lower().replace("’", "'"))
    plain = re.sub(r"\s+", " ", plain).strip()
    return next((request for request, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)
