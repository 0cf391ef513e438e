"""What a candidate may ask of the interviewer, by voice or by key.

By voice it is found by what it means: a small model over the sentence encoder's vector (`training/request_fit.py`).
"Let me think" asks for time, "that made me think about pricing" is part of the answer; so is what somebody in the
answer said, and a time or a number that is a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models.encoder import Vectors, default_encoder
from voicemock.scoring.models.linear import softmax, weights

SURE = 0.9  # the probability from which it is a request: a miss is asked again, a false one costs words of the answer
# The same before anything was said: an answer opens with its story, and what is asked stands alone.
SURE_AT_FIRST = 0.8
ONE_KIND = 0.5  # of that probability, the share from which it is this request and no other
ANSWER = "answer"  # the model's label of what asks for nothing
MOST_WORDS = 18  # nobody asks for anything in more


class Request(Enum):
    """The values are the keys that do the same."""

    REPEAT = "r"
    THINK = "t"
    TIME = "h"
    DONE = "d"
    SKIP = "s"


FILLERS = ("um", "uh", "er", "erm", "uhm")

TAKE_SILENCE = (Request.DONE, Request.SKIP)
CLOSING_S = 2.0  # of silence after them, before they are granted

# Somebody is quoted: the words are theirs, in this sentence or in the next ("She said," … "I'm done").
REPORTED = re.compile(
    r"\b(?:said|says|say|saying|told|tells|asked|asks|asking|replied|answered|wrote|writes|shouted|wondered"
    r"|(?:he|she|they)(?: just)? (?:went|goes)|(?:was|were|is|are|be)(?: all)? like)\b"
    r"|\b(?:went|goes)(?= *[,:])",
    re.IGNORECASE,
)
# The candidate's own "you said", "I said": about this conversation, not a quotation of somebody's.
OWN_REPORT = re.compile(
    r"(?:^|[,.?])\W*(?:(?:huh|sorry|um|uh|oh)\W+)?say\b|\bi(?:'ve| have)? (?:just )?told you\b"
    r"|\bdoes (?:\w+ ){1,3}say\b"
    r"|\b(?:what|did|could|can|would|please|you|to)(?: you| just| please| again| mind)* "
    r"(?:say|said|saying|asked|asking)\b",
    re.IGNORECASE,
)
REPORTED_BY = 4  # words, the most that announce a quotation: "and then she said"
# "Two thirds of them asked the same thing.": what comes next is what they asked.
ANNOUNCES = re.compile(
    r"\b(?:the same|one|this|that|a|the) (?:\w+ )?(?:thing|question|line|sentence)\W*$", re.IGNORECASE
)
# Time is asked for in words of time, and how long something takes is part of a story.
OF_TIME = re.compile(
    r"\b(?:times?|timer|left|long|longer|minutes?|seconds?|clock|remain\w*|more|over|limit|cap|room|wrap|budget|hurry|quick)\b"
)
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:long|much time) (?:\w+ ){1,3}to "
    r"(?!talk|speak|answer|tell|finish|go|say|wrap|respond|present)\w+"
)
QUOTED = re.compile(r"[\"“”«»]")
# "One second." may be the result of an answer, and "just a moment" never is.
MOMENT = re.compile(r"^(?:just )?(?:an?|one) (?:second|sec|moment|minute)(?: please)?$")
SURELY_ASKED = re.compile(r"just|moment|please")
COURTESY = re.compile(
    r"(?:(?:sorry|i'm sorry|excuse me|okay|ok|all right|alright|hmm|oh|well|so|yeah|yes|no|please|thanks|thank you"
    r"|very much|that would be great|if you don't mind)\b ?)+"
)
UNFINISHED = re.compile(r"[^.!?…\"”]$")  # the sentence before goes on with this one
# A recogniser that prints no stop prints no capital either: what it leaves open may be over.
WITHOUT_STOPS = re.compile(r"[a-z]")
FEWEST_WITHOUT_STOPS = 6  # words of a sentence that can be over
FEATURES = (
    re.compile(r"\?$"),
    re.compile(r"\byou(?:r|'d)?\b"),
    re.compile(r"\b(?:i|me|my|i'm|i'd|i'll)\b"),
    re.compile(r"\b(?:we|us|our|let's|they|he|she|them|him|her|customers?|users?|team)\b"),
    re.compile(r"\b(?:did|was|were|had|took|went|made|\w{3,}ed)\b"),
    re.compile(r"\b(?:\d+|one|two|three|four|five|ten|percent|million|thousand|hundred)\b"),
    re.compile(r"\b(?:please|sorry|pardon|excuse)\b"),
)


def heard_request(said: str, before: str = "", sure: float | None = None) -> Request | None:
    """What `said` asks of the interviewer; None where it is part of the answer. `before` is what was said before."""
    text = plain(said)
    count = len(text.split())
    if not count or count > MOST_WORDS or is_quoted(said, before):
        return None
    if MOMENT.match(text):
        return Request.THINK if SURELY_ASKED.search(text) or not before.strip() else None
    meant = _meant(text, sure or (SURE if before.strip() else SURE_AT_FIRST))
    if meant is Request.TIME and (not OF_TIME.search(text) or OF_SOMETHING_ELSE.search(text)):
        return None
    return meant


def is_courtesy(said: str) -> bool:
    """Whether it is only what goes before or after a request: "Sorry.", "Okay.", "Thank you."."""
    return bool(COURTESY.fullmatch(plain(said)))


def is_quoted(said: str, before: str) -> bool:
    """Whether somebody in the answer says it, or the sentence before is not over."""
    if QUOTED.search(said) or REPORTED.search(OWN_REPORT.sub("", said.replace("’", "'"))):
        return True
    before = before.strip()
    if not before:
        return False
    last = re.split(r"(?<=[.!?…])\s+", before)[-1]
    words = last.split()
    if UNFINISHED.search(before):
        may_be_over = bool(WITHOUT_STOPS.match(last)) and len(words) >= FEWEST_WITHOUT_STOPS
        return not may_be_over or bool(REPORTED.search(" ".join(words[-REPORTED_BY:])))
    announced = len(words) <= REPORTED_BY or bool(ANNOUNCES.search(last))
    return announced and bool(REPORTED.search(last))


@lru_cache(maxsize=4096)
def _meant(text: str, sure: float) -> Request | None:
    model = weights("requests")
    logits = np.array(model["vector"]) @ request_features(text, default_encoder().encode([text])[0])
    logits += np.array(model["bias"])
    for gram in grams(text):
        logits += np.array(model["words"].get(gram, 0.0))
    chances = dict(zip(model["labels"], softmax(logits[None, :])[0].tolist(), strict=True))
    label = decided(chances, sure)
    return None if label is None else Request[label.upper()]


def decided(chances: Mapping[str, float], sure: float) -> str | None:
    """The request of these chances; None where it may be part of the answer, or as well another request."""
    kinds = {label: chance for label, chance in chances.items() if label != ANSWER}
    asked = sum(kinds.values())
    label = max(kinds, key=kinds.__getitem__)
    return label if asked >= sure and kinds[label] >= ONE_KIND * asked else None


def plain(text: str) -> str:
    """The words as they are compared: lower case, no fillers, a question mark kept."""
    lower = text.lower().replace("’", "'").strip()
    asks = "?" if lower.rstrip("\"'”").endswith("?") else ""
    words = re.sub(r"[^\w' ]+", " ", lower).split()
    said = [word for word in words if word not in FILLERS]
    half = len(said) // 2
    once = (
        said[:half] if half and said[:half] == said[half:] else said
    )  # the recogniser repeats what is short
    return " ".join(once) + asks


def request_features(text: str, vector: Vectors) -> NDArray[np.float64]:
    """What the model looks at: the meaning, and a few marks of who speaks to whom."""
    marks = [float(bool(mark.search(text))) for mark in FEATURES]
    return np.array([*(vector.astype(np.float64) * 4.0), len(text.split()) / 10, *marks])


def grams(text: str) -> list[str]:
    """Its words and pairs of words, with where it begins and ends."""
    words = ["^", *text.replace("?", " ?").split(), "$"]
    return sorted({*words[1:-1], *(" ".join(pair) for pair in pairwise(words))})
