"""How long a silence ends an answer, given what was said. Pure.

People pause in mid-answer: 95 % of pauses are under 1.4 s in conversation and 2.5 s on calls, and an answer
that ends under 3 s cuts off people who think. So 3 s is the least, and an unfinished sentence gets more.
"""

from __future__ import annotations

import re

BASE_S = 3.0  # the least, after a finished sentence or a closing line
MID_SENTENCE_S = 2.0  # more, when the last words are no sentence's end
DANGLING_S = 3.0  # more, when the last word promises another: "and", "because", "from"
SHORT_ANSWER_S = 2.0  # more, while hardly anything was said: the speaker is still getting going
SHORT_ANSWER_WORDS = 25  # about 10 s of speech
EARLY_S = 2.0  # more, at least, in the first part of the time
OPENING_S = 2.0  # more, after "let me think": silence was announced
LONGEST_S = 8.0  # never more: the countdown would seem stuck

# Words after which an English sentence can't end.
_DANGLING = """
    and but or so because since although though while if when where which who that than then
    the a an to of for from with by in on at into about like as
    my our your their his her its this these those we i they it's
    is was were are be been had has have would could should will can also plus um uh er hmm basically
"""
DANGLING = frozenset(_DANGLING.split())
CLOSING = re.compile(
    r"(that'?s (my|the) answer|that'?s (it|all)( from me)?|that'?s what (i|we) (learned|learnt|took from it)"
    r"|so yeah|i'?ll (stop|leave it|pause) there|i'?m done|(i'?m )?happy to go deeper|thank you|thanks)[.!?]*$",
    re.IGNORECASE,
)
THINKING = re.compile(
    r"(let me think( about (it|that|this))?|give me a (second|moment|minute)|one (second|moment)"
    r"|i'?m thinking|good question|how (do|can|should) i put (it|this)|let'?s see)[.!?…]*$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")
TRAILING_OFF = re.compile(r"(\.\.\.|…|,|-|–|—)$")


def silence_needed_s(text_so_far: str, base_s: float = BASE_S, *, early: bool = False) -> float:
    """Seconds of silence that end the answer; infinite before the first word, else at least `base_s`.

    A closing line ("that's my answer") gives `base_s`; so does a finished sentence, once the answer is long
    enough to be one. A dangling word, an unfinished sentence and "let me think" give more, and so does `early`: hardly
    any of the time is used.
    """
    text = text_so_far.strip()
    if not text:
        return float("inf")
    if CLOSING.search(text):
        return base_s
    return base_s + min(max(_patience_s(text), EARLY_S * early), max(0.0, LONGEST_S - base_s))


def _patience_s(text: str) -> float:
    words = text.split()
    extra = SHORT_ANSWER_S if len(words) < SHORT_ANSWER_WORDS else 0.0
    if THINKING.search(text):
        return extra + OPENING_S
    last = words[-1].lower().strip(".,!?…-–—\"'”’)")
    if last in DANGLING:
        return extra + DANGLING_S
    if TRAILING_OFF.search(text) or not SENTENCE_END.search(text):
        return extra + MID_SENTENCE_S
    return extra
