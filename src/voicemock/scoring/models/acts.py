"""Who does what in a sentence, and whether it happened: a light grammar of subject, helping verbs and verb.

It reads pronouns, names and people by their job, and the notes of people who leave the subject out ("Led pricing
team, shipped new tiers").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from voicemock.scoring.model import Actor
from voicemock.scoring.models.encoder import CACHE_SENTENCES
from voicemock.scoring.models.lexicon import words

# `regretted` is what should have been done, `habit` what is or was usually done.
ActMode = Literal["done", "hypothetical", "negated", "regretted", "habit"]
ActKind = Literal["act", "onlooker", "state"]

TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[.,;:!?\-–—•*]")
OWN = {"i": "I", "we": "we"}
WOULD = frozenset(
    {"would", "will", "could", "might", "can", "may", "shall", "'ll", "wouldn't", "won't", "gonna"}
)
HAVE = frozenset({"have", "has", "had", "'ve", "haven't", "hadn't", "hasn't"})
BE = frozenset(
    {"was", "were", "am", "are", "is", "'m", "'re", "been", "be", "wasn't", "weren't", "isn't", "aren't"}
)
NOT = frozenset(
    {"not", "never", "didn't", "don't", "doesn't", "couldn't", "wasn't", "weren't", "haven't", "hadn't"}
)
DO = frozenset({"did", "do", "does", "didn't", "don't", "doesn't"})
# "had to cut", "managed to cut", "decided to cut": the verb after "to" is what was done.
CARRIED = frozenset(
    {"had", "managed", "got", "decided", "went", "began", "started", "kept", "proceeded", "chose"}
)
CAUSED = frozenset({"it", "them", "that", "this", "those", "him", "her"})  # "I had it changed"
LINKS = frozenset({"and", "then", "but", ",", ";"})
MOST_SKIPPED = 6  # words between a subject and its verb


@dataclass(frozen=True, slots=True)
class Act:
    """What a subject does in a sentence."""

    actor: Actor
    verb: str
    mode: ActMode
    kind: ActKind

    @property
    def deed(self) -> bool:
        """Whether something was done: no state, no looking on, nothing that was only meant."""
        return self.mode == "done" and self.kind == "act"


# An act and the number of the token behind it.
Found = tuple[Act, int] | None


@lru_cache(maxsize=CACHE_SENTENCES)
def acts_in(text: str) -> tuple[Act, ...]:
    """The acts of a sentence in order."""
    tokens = TOKEN.findall(text.replace("’", "'"))
    low = [token.lower() for token in tokens]
    found: list[Act] = []
    at, conditional = 0, False
    while at < len(low):
        word = low[at]
        conditional = (conditional and word not in ",;.") or word == "if"
        actor = _subject(low, tokens, at)
        act: Found = None
        if actor is not None:
            act = _verb_group(low, at + 1, actor, conditional)
        elif _note_starts(low, at):
            act = _verb_group(low, at, "I", conditional)
        elif found and word in LINKS:
            act = _shared(low, at + 1, found[-1])
        if act is not None:
            found.append(act[0])
            at = max(act[1], at + 1)
        else:
            at += 1
    return tuple(found)


def own_acts(text: str) -> int:
    """How many things the candidate did in a sentence."""
    return sum(a.actor == "I" and a.deed for a in acts_in(text))


def _subject(low: Sequence[str], tokens: Sequence[str], at: int) -> Actor | None:
    """Whose doing starts at this token; None where no subject stands here."""
    stem = low[at].partition("'")[0]
    if stem in OWN and not (stem == "i" and len(low[at]) > 1 and "'" not in low[at]):
        return "I" if stem == "i" else "we"
    if stem in words("acts", "others") and (stem != "who" or at == 0):
        return "other"
    if low[at] in words("acts", "people") and at + 1 < len(low) and _is_past(low[at + 1]):
        return "other"
    is_name = at > 0 and tokens[at][:1].isupper() and low[at - 1] not in ".!?"
    if is_name and at + 1 < len(low) and _is_past(low[at + 1]) and len(low[at]) > 1:
        return "other"
    return None


def _note_starts(low: Sequence[str], at: int) -> bool:
    """Whether a past verb without a subject opens the sentence or a part of it, as in typed notes."""
    opens = at == 0 or low[at - 1] in ":-–—•*;"
    return opens and _is_past(low[at]) and low[at] not in words("acts", "state")


def _shared(low: Sequence[str], at: int, before: Act) -> Found:
    """A further verb of the subject before: "I pulled the logs and found"."""
    while at < len(low) and (low[at] in words("acts", "adverbs") or low[at] in LINKS):
        at += 1
    if at >= len(low) or not _is_past(low[at]) or before.mode not in ("done", "negated"):
        return None
    if at + 1 < len(low) and low[at + 1] == "by":  # a participle: "owned by"
        return None
    return Act(before.actor, low[at], "done", _kind(low[at])), at + 1


def _verb_group(low: Sequence[str], at: int, actor: Actor, conditional: bool) -> Found:
    """The verb of a subject, with what its helping verbs say of it."""
    ending = low[at - 1].partition("'")[2] if at else ""
    helpers = [f"'{ending}"] if ending else []
    skipped = 0
    while at < len(low) and skipped <= MOST_SKIPPED:
        word = low[at]
        if (
            word in WOULD
            or word in HAVE
            or word in BE
            or word in NOT
            or word in DO
            or word == "should"
            or (word == "to" and helpers)
            or (word in CARRIED and _carries(low, at + 1))
        ):
            helpers.append(word)
        elif (
            helpers
            and helpers[-1] == "had"
            and word in CAUSED
            and at + 1 < len(low)
            and _is_past(low[at + 1])
        ):
            return _act(actor, low[at + 1], helpers[:-1], conditional), at + 2
        elif word in words("acts", "adverbs") or word.endswith("ly") or word == ",":
            skipped += 1
        elif helpers and word in words("acts", "no_verb"):
            break
        else:
            return _act(actor, word, helpers, conditional), at + 1
        at += 1
    # "I had a customer", "we were in March": the helping verb is all there is.
    return (_act(actor, helpers[-1], helpers[:-1], conditional), at) if helpers else None


def _carries(low: Sequence[str], at: int) -> bool:
    """Whether "to" and a verb follow: "went to see them", and not "went to the depot"."""
    return (
        at < len(low)
        and low[at] == "to"
        and not (at + 1 < len(low) and low[at + 1] in words("acts", "no_verb"))
    )


def _act(actor: Actor, verb: str, helpers: Sequence[str], conditional: bool) -> Act:
    past = _is_past(verb)
    kind = _kind(verb)
    if not verb.isalpha() or verb in BE or (set(helpers) & BE and not verb.endswith("ing")):
        kind = "state"  # "I was", "I was told", "I was responsible"
    return Act(actor, verb, _mode(verb, helpers, past, conditional), kind)


def _mode(verb: str, helpers: Sequence[str], past: bool, conditional: bool) -> ActMode:
    said = set(helpers)
    modal = bool(said & WOULD) or "should" in said or ("'d" in said and not past and verb not in BE)
    if modal and said & HAVE:
        return "regretted"
    if "should" in said:
        return "regretted" if past else "hypothetical"
    if modal or conditional:
        return "hypothetical"
    if said & NOT:
        return "negated"
    carried = bool(said & CARRIED) and "to" in said
    if past or carried or (said & {"was", "were"} and verb.endswith("ing")) or "did" in said:
        return "done"
    return "habit"


def _kind(verb: str) -> ActKind:
    if verb in words("acts", "state"):
        return "state"
    return "onlooker" if verb in words("acts", "onlooker") else "act"


def _is_past(word: str) -> bool:
    if word in words("acts", "irregular"):
        return True
    return (
        len(word) > 4
        and word.endswith("ed")
        and word not in ("need", "speed", "indeed", "exceed", "proceed", "succeed")
    )
