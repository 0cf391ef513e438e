"""The reading of a whole answer, between its words and its scores: whose doing it is, whether it happened, whether
there is a world in it, and whether it has to do with the question.

Every figure is a share or a count that can be shown with the sentences behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from voicemock.scoring.findings.ownership import blames
from voicemock.scoring.findings.question import declining, echo_share, stems_in
from voicemock.scoring.findings.world import world_of
from voicemock.scoring.language.stems import stem
from voicemock.scoring.models.acts import Act, acts_in
from voicemock.scoring.models.lexicon import lexicon, words

Sentences = tuple[int, ...]
# What one is going to tell is nothing imagined.
ANNOUNCES = re.compile(
    r"(?i)\bI(?:['’]ll| will|['’]d like to| would like to|['’]m going to) (?:tell|talk|share|speak|describe)"
    r"(?: you| about| of| one| an?)\b"
)
FRAGMENT = 4  # words; a sentence shorter than this may be a fragment
REMEMBERED = 1024  # sentences


@dataclass(frozen=True)
class Reading:
    """The sentences behind each aspect of an answer, and figures of the whole."""

    count: int
    words: int
    own: Sentences  # the candidate does something
    group: Sentences  # "we" do something
    other: Sentences  # somebody else does something
    beyond_words: Sentences  # the candidate does something, and does not only tell, ask or warn
    blaming: Sentences  # others are at fault, and the candidate has no part in it
    onlooking: Sentences  # the candidate looks on, takes part, is told
    supposed: Sentences  # "I would", "if I had"
    regretted: Sentences  # "we should have"
    usual: Sentences  # what is done as a rule, by anybody
    present: Sentences  # "then I call them": a deed, where the answer is told in the present
    refusing: Sentences
    stalling: Sentences
    pitching: Sentences
    fragments: Sentences
    things: int  # distinct words of a world
    density: float  # of them, for each hundred words
    framework_words: float  # share of the rubric's own words
    echo: float  # share of its telling words that the question had

    def share(self, rows: Sentences) -> float:
        return len(rows) / self.count if self.count else 0.0

    @property
    def own_of_doing(self) -> float:
        return len(self.own) / self._doing

    @property
    def others_of_doing(self) -> float:
        return len(self.other) / self._doing

    @property
    def supposed_of_acts(self) -> float:
        return len(self.supposed) / (len(self.supposed) + self._doing)

    @property
    def _doing(self) -> int:
        """Sentences in which somebody does something, and one more, so that a single one weighs little."""
        return len(self.own) + len(self.group) + len(self.other) + 1


def reading_of(sentences: Sequence[str], question: str) -> Reading:
    told = [_aspects(text) for text in sentences]
    world = world_of(sentences)

    def where(aspect: str) -> Sentences:
        return tuple(i for i, aspects in enumerate(told) if aspect in aspects)

    return Reading(
        count=len(sentences),
        words=world.words,
        own=where("own"),
        group=where("group"),
        other=where("other"),
        beyond_words=where("beyond words"),
        blaming=where("blaming"),
        onlooking=where("onlooking"),
        supposed=where("supposed"),
        regretted=where("regretted"),
        usual=where("usual"),
        present=where("present"),
        refusing=declining(sentences, "refusal"),
        stalling=declining(sentences, "stalling"),
        pitching=declining(sentences, "pitch"),
        fragments=where("fragment"),
        things=len(world.things),
        density=world.density,
        framework_words=framework_share(sentences),
        echo=echo_share(sentences, question),
    )


@lru_cache(maxsize=REMEMBERED)
def _aspects(text: str) -> frozenset[str]:
    """What a sentence is, of the aspects that no other sentence has a say in; live an answer is read again with
    each sentence that is added to it.
    """
    acts = _as_told(text)
    mine, ours = ([act for act in acts if act.actor == who] for who in ("I", "we"))
    did = [act for act in mine if act.deed]
    told = {
        "own": bool(did),
        "group": any(act.deed for act in ours),
        "other": any(_is_others_deed(act) for act in acts),
        "beyond words": any(act.verb not in words("acts", "speech") for act in did),
        "blaming": blames(text),
        # the candidate is there and does nothing
        "onlooking": any(act.kind != "act" for act in mine) and not any(act.deed for act in (*mine, *ours)),
        "supposed": any(act.mode == "hypothetical" for act in (*mine, *ours)) and not ANNOUNCES.search(text),
        "regretted": any(act.mode == "regretted" for act in acts),
        # how things are done in general: "you", the present, no past
        "usual": " you " in f" {text.lower()} " and not any(act.mode == "done" for act in acts),
        # a story told in the present, as by many who learnt English later
        "present": any(act.mode == "habit" and act.kind == "act" for act in (*mine, *ours))
        and not RULE.search(text),
        "fragment": len(text.split()) < FRAGMENT and not acts,
    }
    return frozenset(name for name, holds in told.items() if holds)


# "I wrote it all down, he told me", "so Ana says to me, I won't wait": the words of somebody else.
SPOKEN = re.compile(
    r"(?i)^\W*i\b.*, (?:he|she|they|(?-i:[A-Z])\w+) (?:told (?:me|us)|said|says)\W*$"
    r"|\b(?:says|said|goes) to (?:me|us),? i(?:'\w+)?\b"
)


def _as_told(text: str) -> tuple[Act, ...]:
    """What is done in a sentence; what somebody says of himself in it is not the candidate's doing."""
    acts = tuple(acts_in(text))
    if not SPOKEN.search(text.replace("’", "'")):
        return acts
    return tuple(replace(act, actor="other") if act.actor == "I" else act for act in acts)


def _is_others_deed(act: Act) -> bool:
    """What somebody else did; what they said or felt is no deed."""
    return act.actor == "other" and act.deed and act.verb not in words("acts", "speech")


# "We should always ask before we build": what is done as a rule, or ought to be, and no deed.
RULE = re.compile(
    r"(?i)\b(?:always|usually|normally|generally|typically|never|every|often|should|if|whenever)\b"
)


def framework_share(sentences: Sequence[str]) -> float:
    """The share of an answer's words that are the rubric's own."""
    said = [one for text in sentences for one in stems_in(text)]
    return sum(one in _framework_stems() for one in said) / len(said) if said else 0.0


@cache
def _framework_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon("generic")["framework"])
