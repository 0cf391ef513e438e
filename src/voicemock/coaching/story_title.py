"""A working title for a story: a deed in the candidate's own words, or how it begins (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from voicemock.coaching.story_matching import terms
from voicemock.scoring.language.clauses import clauses_of
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.phrases import spelt
from voicemock.scoring.language.stems import stem
from voicemock.scoring.language.tags import Token, tagged
from voicemock.transcript.sentences import sentences_from_text

MOST_WORDS = 8
FEWEST_WORDS = 3  # what is shorter says little
UNTITLED = "Untitled"
DOERS = frozenset({"i", "we"})
RELATIVE = frozenset({"which", "that", "who", "whose"})  # a clause about something said before
CLAUSE_ENDS = frozenset({"PUNCT", "SUB", "FILL"})
BEGINS = frozenset(
    {"DET", "POSS", "NAME", "NOUN", "NUM", "ADJ"}
)  # somebody or something, rather than "it" or "in"
WHOLE = frozenset({"NOUN", "NAME"})  # what a phrase may end with


def title_of(text: str) -> str:
    """At most eight words. Of the deeds it is the one that names most of what the story is about (its rare words;
    those that come again count more), the earliest of several. Without one it is the first clause
    that begins with somebody or something, and at last whatever was said first.
    """
    rare, told = terms(text).keys(), Counter(_stems(text))
    sentences = [sentence.text for sentence in sentences_from_text(text)]
    deeds = [deed for sentence in sentences for deed in _deeds(sentence)]

    def about(deed: str) -> tuple[bool, int]:
        named = {each for each in _stems(deed) if each in rare}
        return len(named) > 1, sum(told[each] for each in named)  # one alone could be of any story

    best = max(deeds, key=about, default="")
    if about(best)[1]:
        return _opened(best)
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    begun = [spelt(clause) for clause in clauses if clause[0].tag in BEGINS and clause[0].low not in RELATIVE]
    return _opened([*begun, *deeds, *map(spelt, clauses), UNTITLED][0])


def _deeds(sentence: str) -> Iterator[str]:
    for clause in clauses_of(sentence, DOERS):
        deed = list(tagged(f"{clause.verb} {clause.rest}"))[:MOST_WORDS]
        while deed and deed[-1].tag not in WHOLE:
            deed.pop()
        if len(deed) >= FEWEST_WORDS:
            yield spelt(deed)


def _clauses(sentence: str) -> Iterator[list[Token]]:
    """The clauses of a sentence, each cut where a phrase is whole."""
    clause: list[Token] = []
    for token in (*tagged(clean(sentence)), None):
        if token is not None and token.tag not in CLAUSE_ENDS:
            clause.append(token)
            continue
        cut = clause[:MOST_WORDS]
        while cut and cut[-1].tag not in WHOLE:
            cut.pop()
        if len(cut) >= FEWEST_WORDS:
            yield cut
        clause = []


def _stems(text: str) -> list[str]:
    return [stem(token.text.casefold()) for token in tagged(text)]


def _opened(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
