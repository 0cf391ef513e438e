"""Whose story it is: "I" against "we", decisions, influence, blame, choices without a reason (rubric 3 and
7).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from voicemock.scoring.language.clean import straight
from voicemock.scoring.models.acts import own_acts
from voicemock.scoring.models.encoder import CACHE_SENTENCES
from voicemock.scoring.models.lexicon import pattern

# Typed answers and some recognisers have a small "i"; "i.e." and "i-th" are none.
I_ALONE = r"(?<![\w.'’-])[Ii](?:['’](?:m|d|ve|ll))?(?![\w.-])"
I_WORD = re.compile(rf"{I_ALONE}|\b(?:my|mine|myself)\b")
# Only the subject counts for the share: "we built", not "our team".
I_SUBJECT = re.compile(I_ALONE)
WE_SUBJECT = re.compile(r"\bwe(?:['’](?:re|d|ve|ll))?\b", re.IGNORECASE)
# "I think", "I mean" and "I guess" are no acts.
NO_ACT = re.compile(
    r"\b[Ii](?:['’]d)? (?:think|mean|guess|believe|suppose|say|want to say|wanna say|would say"
    r"|don['’]t know|remember)\b"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How often the candidate ("I") and the group ("we") act."""

    i: int
    we: int

    @property
    def i_share(self) -> float | None:
        """I / (I + we), None where neither acts. At least 0.6 is good (rubric section 3)."""
        return self.i / (self.i + self.we) if self.i + self.we else None


def voice_of(sentences: Sequence[str]) -> Voice:
    """Counts over the sentences given: those of action for the rubric's share. Notes without any subject ("Led the
    pricing team") tell the candidate's own deeds.
    """
    acts = [NO_ACT.sub(" ", text) for text in sentences]
    own = sum(len(I_SUBJECT.findall(text)) for text in acts)
    shared = sum(len(WE_SUBJECT.findall(text)) for text in sentences)
    return Voice(own, shared) if own or shared else Voice(sum(map(own_acts, sentences)), 0)


def says_we_only(text: str) -> bool:
    """Whether a group acts and the candidate does not: what `your-part` asks about."""
    voice = voice_of([text])
    return voice.we > 0 and voice.i == 0 and not I_WORD.search(NO_ACT.sub(" ", text))


def decides(text: str) -> bool:
    """Whether the candidate states a decision of their own: "I said no", "I chose"."""
    return bool(pattern("ownership", "decision").search(straight(text)))


def influences(text: str) -> bool:
    """Whether someone had to be convinced who does not report to the candidate."""
    return bool(pattern("ownership", "influence").search(straight(text)))


# "I had been right" gives nobody else their due.
OWN_RIGHT = re.compile(r"\bi(?:'d| had| was|'ve)? (?:\w+ )?(?:been )?(?:right|had a point)\b", re.IGNORECASE)


@lru_cache(maxsize=CACHE_SENTENCES)
def blames(text: str) -> bool:
    """Whether others are at fault and the sentence has no own part in it."""
    plain = straight(text)
    credited = pattern("ownership", "credits").search(plain) and not OWN_RIGHT.search(plain)
    return bool(pattern("ownership", "blame").search(plain)) and not (admits_own_part(text) or credited)


def holds(text: str) -> bool:
    """Whether the candidate says that it was theirs: "I was in charge of it"."""
    return bool(pattern("ownership", "holds").search(straight(text)))


def admits_own_part(text: str) -> bool:
    return bool(pattern("ownership", "own_part").search(straight(text)))


def chooses_without_reason(text: str) -> bool:
    """Whether a choice is stated and neither a reason nor an alternative: what `why-this` asks about."""
    plain = straight(text)
    return bool(pattern("ownership", "choice").search(plain)) and not pattern("ownership", "reason").search(
        plain
    )
