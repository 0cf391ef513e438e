"""The candidate's own questions at the end of an interview: counted, never scored (rubric section 8)."""

from __future__ import annotations

import re
from collections.abc import Sequence

PREPARED = 3  # for each interviewer
FEWEST_WORDS = 3  # "Right?" and "Okay?" ask for nothing

# A recogniser does not always print the question mark: these beginnings ask with or without it.
_FIRST = r"(?:(?:and|so|but|also|okay|ok|well|yes|great|thanks|thank you|first|second|third|then|lastly),? )*"
_VERBS = "is|are|was|were|do|does|did|would|will|can|could|should|has|have"
_NOT_TELLING = r"(?! (?:i|we|he|she|they)\b)"  # "what I liked is …" tells
_INVERTED = (
    rf"(?:what|how|why|where|when|who|which)\b{_NOT_TELLING}.{{0,40}}?\b(?:{_VERBS})\b"
    rf"|(?:{_VERBS}) (?:you|your|the|there|this|that|it|we|i|they|people|teams?)\b"
)
_ANNOUNCED = (
    r"my (?:first|second|third|next|last|other) question (?:is|would be)\b"
    r"|i(?:'d| would) (?:also )?(?:like|love) to (?:know|ask|hear|understand)\b"
    r"|i(?:'m| am) (?:also )?curious\b|i (?:also )?wonder\b|tell me\b"
)
_ASKS = re.compile(f"{_FIRST}(?:{_INVERTED}|{_ANNOUNCED})", re.IGNORECASE)


def count_questions(sentences: Sequence[str]) -> int:
    """How many of these sentences ask something."""
    return sum(asks(sentence) for sentence in sentences)


def counted_not_scored(sentences: Sequence[str]) -> str:
    """Why a round's closing has no score, with the count."""
    asked = count_questions(sentences)
    target = "that is what to prepare" if asked >= PREPARED else f"prepare {PREPARED} for each interviewer"
    return f"your own questions are counted, not scored: {asked or 'none'} asked, {target}"


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, with or without its mark."""
    plain = sentence.strip().replace("’", "'")
    if len(plain.split()) < FEWEST_WORDS:
        return False
    return plain.rstrip("\"'”)").endswith("?") or bool(_ASKS.match(plain))
