"""What the candidate certainly did: told by "I", in the past, affirmed, not regretted, and clear by itself.

A deed that was denied, dreamt of, regretted or meant as a figure of speech is worse praised than passed over, so
whatever is in doubt is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.language.clauses import Act, acts_told
from voicemock.scoring.language.clean import straight
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.lexicon import compile_entries, lexicon, pattern, words

CLEAR_LETTERS = "STAR"  # a lesson or small talk tells no deed of this story
BACKGROUND = "S"
WITHOUT_NOUN = frozenset({"theirs", "hers", "ours", "yours", "mine"})
NOBODY = frozenset({"nobody", "nothing", "none"})  # who did not come, what did not help
ANYBODY = frozenset({"person", "people", "man", "woman", "guy", "one", "thing", "place", "way", "part"})
WHOLE = frozenset({"yourself", "first", "back", "top", "myself", "alone", "too"})  # may end a deed
SENTENCES = 512  # of which it is remembered what was done in them
NEAR = 1  # sentences beside a deed in which regret is about it


@dataclass(frozen=True, slots=True)
class Deed:
    """One of the candidate's own deeds, as one says it to them; `kind` says why such a deed counts, `said` is the deed
    as they tell it.
    """

    sentence: int
    verb: str
    did: str
    kind: str | None
    says: tuple[str, ...] = ()
    perfect: bool = False
    said: str = ""


def sure_deeds(told: Material) -> list[Deed]:
    """Those that may be praised, in the order in which they are told."""
    star = told.annotation.star
    if star is None:
        return []
    begins = _after_the_fault(told)
    return [
        deed
        for i, text in enumerate(told.sentences)
        if i >= begins and star[i] in CLEAR_LETTERS and not regretted(told, i)
        for deed in _deeds_in(text, i)
        if star[i] != BACKGROUND or (deed.kind is not None and not deed.perfect)
    ]


@lru_cache(maxsize=SENTENCES)
def _deeds_in(text: str, sentence: int) -> tuple[Deed, ...]:
    """Of one sentence; asked for by strengths, fixes and cut-ins alike."""
    if text.rstrip().endswith("?"):
        return ()
    told = ((act, _kind(act.did) or (None, ())) for act in acts_told(text) if told_plainly(act))
    return tuple(
        Deed(sentence, act.verb, act.did, name, says, act.perfect, act.said) for act, (name, says) in told
    )


def told_plainly(act: Act) -> bool:
    """Whether the deed is one, and can be understood by who hears it alone."""
    if pattern("strengths", "everyday").search(act.did):
        return False
    return not _points_back(act.did) and not _breaks_off(tagged(act.did))


# "that same week" and "the 29 others" need nothing before them.
_BY_ITSELF = re.compile(
    r"(?i)\b(?:(?:that|the) (?:same |very )?(?:day|week|night|evening|morning|afternoon|month|year)|the \d+ others)\b"
)


def _points_back(did: str) -> bool:
    """Whether a word stands for something named before the deed: "put a couple of banners on it"."""
    tokens = tagged(_BY_ITSELF.sub("others", did))
    if any(token.low in WITHOUT_NOUN | NOBODY for token in tokens):
        return True
    return any(
        token.low in words("strengths", "points_back")
        and not (token.tag == "POSS" and i + 1 < len(tokens))
        and not _named_before(tokens, i)
        for i, token in enumerate(tokens)
        if token.low != "others"
    )


def _named_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether the deed itself has named what the pronoun stands for; no thing lies on itself."""
    named = [k for k in range(1, at) if tokens[k].tag in ("NOUN", "NAME")]
    beside = at > 1 and tokens[at - 1].tag == "PREP" and at - 2 in named
    return bool(named) and not (beside and len(named) == 1)


def _breaks_off(tokens: Sequence[Token]) -> bool:
    """Whether it lacks its end: "the person" who did what, "the first 200" of what."""
    last, before = tokens[-1], tokens[-2]
    anybody = last.low in ANYBODY and before.low == "the"
    return anybody or (last.tag in ("NUM", "PRON", "SUB", "ADJ") and last.low not in WHOLE)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (row["name"], compile_entries(tuple(row["did"])), tuple(row["says"]))
        for row in lexicon("strengths")["kinds"]
    )


def _kind(did: str) -> tuple[str, tuple[str, ...]] | None:
    return next(((name, says) for name, told, says in _kinds() if told.match(did)), None)


def regretted(told: Material, sentence: int) -> bool:
    """Whether the candidate wishes that it had not been done, or says that nothing came of it."""
    since = sentence if told.of_a_failure else max(0, sentence - NEAR)  # the fault itself goes before
    near = told.sentences[since : sentence + NEAR + 1]
    after = told.sentences[sentence + 1] if sentence + 1 < len(told.sentences) else ""
    return (
        any(_says(text, "regret") for text in near)
        or _says(told.sentences[sentence], "no_good")
        or _says(after, "nothing_came")
    )


@lru_cache(maxsize=SENTENCES)
def _says(text: str, key: str) -> bool:
    return bool(pattern("strengths", key).search(straight(text)))


def _after_the_fault(told: Material) -> int:
    """In a story of a failure, the sentence from which on it is put right: what went before led to it."""
    if not told.of_a_failure:
        return 0
    faults = [
        i
        for i, text in enumerate(told.sentences)
        if pattern("fix_words", "fault").search(text) or pattern("fix_words", "worse").search(text)
    ]
    return faults[0] + 1 if faults else len(told.sentences)


def same_story(told: Material, first: int, second: int) -> bool:
    """Whether no second story and no other employer begins between two sentences."""
    low, high = sorted((first, second))
    return not any(
        pattern("strengths", "elsewhere").search(text.replace("’", "'"))
        for text in told.sentences[low + 1 : high + 1]
    )


__all__ = ["Deed", "regretted", "same_story", "sure_deeds", "told_plainly"]
