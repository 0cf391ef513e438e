"""Sentences of an answer that a model is not shown: those to whoever marks it, and those in another language.

This keeps a model on its task and is no protection: nobody can list all the ways to give an order. The protection is
that what comes back is held against our own line (`guard`), and that a model which does what an answer tells it to
gives no second opinion (`obedience`). So this is narrow: a story about rules and scores is a story. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.language.dictionary import kinds_of
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.rubric.scorable import LETTERS, is_english

SIGNS = ("marker", "answer", "mark", "orders", "addressed")
DIRECT = frozenset(
    {"demands", "mark", "addressed"}
)  # the model, its rules and its answers are in any story of one
OF_AN_ANSWER = ("answer", "mark")
TO_THE_MARKER = "it speaks to whoever marks the answer"
FOREIGN = "it is not in English"
ENOUGH = 2  # signs of a sentence that does not tell what happened
FEWEST_WORDS = 4  # of a sentence whose language can be told
KNOWN = 0.5  # of the words of an English sentence, at the least
PAST = frozenset({"was", "were", "had", "did"})
LEADS_IN = frozenset({"CONJ", "ADV", "FILL", "PUNCT"})
POLITE = frozenset({"please", "so", "now", "just", "simply", "instead", "then", "kindly"})
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def left_out(sentences: Sequence[str]) -> dict[int, str]:
    """The places of the sentences that a model is not shown, each with the reason."""
    found = {}
    for at, text in enumerate(sentences):
        if speaks_to_the_marker(text):
            found[at] = TO_THE_MARKER
        elif is_foreign(text):
            found[at] = FOREIGN
    return found


def speaks_to_the_marker(text: str) -> bool:
    """Whether a sentence tells its reader how to mark the answer, or what to do, in place of what happened."""
    signs = _signs(text)
    return len(signs) >= ENOUGH and not signs.isdisjoint(DIRECT)


def gives_orders(line: str) -> bool:
    """The same of a line of a CV or a job's description. There any line may begin with what is to be done, and be about
    models and rules; none is about this answer and its mark.
    """
    signs = _signs(line)
    return len(signs) > ENOUGH and not signs.isdisjoint(OF_AN_ANSWER)


def _signs(text: str) -> set[str]:
    """What in a sentence speaks to its reader; nothing where it tells what happened."""
    tokens = [token for token in tagged(text) if token.tag != "PUNCT"]
    if _told(tokens):
        return set()
    found = {sign for sign in SIGNS if pattern("marking", sign).search(text)}
    return found | {"demands"} if _demands(tokens) else found


def is_foreign(text: str) -> bool:
    """Whether a sentence is in another language: nobody checks here what it tells a model to do."""
    sounds = words("tags", "interjection")
    said = [word for word in LETTERS.findall(text) if len(word) > 1 and word.lower() not in sounds]
    if sum(not _LATIN.match(word) for word in said) * 2 > len(said):
        return True
    if len(said) < FEWEST_WORDS or is_english([text]):
        return False
    return sum(bool(kinds_of(word.lower())) for word in said) < KNOWN * len(said)


def _told(tokens: Sequence[Token]) -> bool:
    """Whether its first verb says that somebody did something: "My manager told me to ignore the rules"."""
    somebody = False
    for token in tokens:
        if token.tag in ("VERB", "AUX"):
            past = token.form == "past" if token.tag == "VERB" else token.low in PAST
            return somebody and past
        somebody = somebody or (token.tag in ("NOUN", "NAME", "PRON") and token.low != "you")
    return False


def _demands(tokens: Sequence[Token]) -> bool:
    """Whether it begins with what its reader is to do."""
    first = next((t for t in tokens if t.tag not in LEADS_IN and t.low not in POLITE), None)
    return first is not None and first.low in words("marking", "demands")
