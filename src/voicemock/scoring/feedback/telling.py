"""Words of the candidate's that can be said back to them: what a listener would remember of the story, where it is good
English by itself.

The network says which words tell most (`models/telling.py`); what is broken off, messy or foul is passed over here, and
the next best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from voicemock.scoring.findings.people import are_people
from voicemock.scoring.language.clauses import UNFINISHED
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.dictionary import is_plural, plural_of, singular_of
from voicemock.scoring.language.phrases import names_something, noun_phrases
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.models.telling import OF_PROPOSALS, Telling
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

# The score from which on words are said back: more where they would be silly if they were not what they seem; of
# proposals the network has read few, and is often wrong.
LEAST = {
    "thing": -0.3, "whom": -0.8, "against": -0.6, "trouble": -0.8, "end": -0.8, "lesson": -0.8,
    **dict.fromkeys(OF_PROPOSALS, 0.0), "measure": -0.5, "pain": -0.3, "pick": -1.2, "cost": -0.6,
}  # fmt: skip
LEAST_OF_OTHERS = -1.2
GOES_ON = frozenset({"of", "to", "that", "who", "which", "where", "whose", "than", "not", "n't"})
LEADS_IN = frozenset({"what", "how", "who", "which", "where", "whether", "if", "than", "not", "never"})
INSIDE = frozenset({"VERB", "AUX", "TO", "PREP", "ADJ", "DET", "POSS", "NUM"})
CLAUSES = frozenset({"end", "lesson", "trouble", "against", "pain", "cost", "guess"})
NO_BEGINNING = frozenset({"CONJ", "SUB", "FILL", "PREP", "AUX", "TO"})
HANGING = frozenset({"DET", "POSS", "CONJ", "SUB", "TO", "AUX", "NEG"})
JOINS = frozenset({"before", "after", "since", "until", "while"})  # where the sentence goes on behind them
MAY_END = frozenset({"is", "was", "did", "had"})
FEWEST_WORDS, MOST_WORDS, LONG_NAME = 3, 11, 5
# What says nothing to somebody who has not heard the sentences before it.
_POINTS = re.compile(r"(?i)^(?:this|that|these|those|which|what|who)\b")
_LOOSE = re.compile(
    r"(?i)\b(?:sort of|kind of|like,|you know|i mean|whatever|and so on|stuff|thingy?|blah|yeah|okay)\b"
)


def may_be_said(words: Telling, sentence: str) -> bool:
    """Whether they are sure enough, whole where they stand in their sentence, and English by themselves."""
    return (
        words.score >= LEAST.get(words.kind, LEAST_OF_OTHERS)
        and _is_cut_right(words, sentence)
        and _FITS[words.kind](words.text)
    )


def _is_cut_right(words: Telling, sentence: str) -> bool:
    """Whether they begin and end where a phrase does: not "a space" of "a space where …"."""
    after = sentence[words.start + len(words.text) :]
    follows = tagged(after.strip())[:1] if after[:1].isspace() else ()
    goes_on = bool(follows) and (
        follows[0].low in GOES_ON
        or follows[0].tag in ("NOUN", "NAME", "ADJ")
        or (follows[0].tag == "PREP" and words.kind in CLAUSES)  # "people can do this job | for years"
    )
    midway = not re.match(r"[,.;:!?…—–]|$", after.strip())
    last = words.text.split()[-1]
    goes_on = goes_on or (midway and (last in JOINS or bool(UNFINISHED.fullmatch(last))))
    leads = tagged(sentence[: words.start])[-1:]
    if goes_on or words.kind not in CLAUSES or not leads:
        return not goes_on
    lead = leads[0]
    relative = lead.low == "that" and words.kind != "lesson"  # "the rent that …", and not "learned that …"
    return not (relative or lead.low in LEADS_IN or lead.tag in INSIDE or lead.low.endswith("ing"))


@lru_cache(maxsize=CACHED_SENTENCES)
def is_clause(text: str) -> bool:
    """A clause that can be quoted by itself."""
    tokens = tagged(text)
    if len(text.split()) < FEWEST_WORDS or tokens[0].tag in NO_BEGINNING:
        return False
    last = tokens[-1]
    hangs = last.tag in HANGING and last.low not in MAY_END
    verb = any(token.tag == "AUX" or (token.tag == "VERB" and token.form != "ing") for token in tokens)
    return verb and not hangs and _is_tidy(text)


# "The person who pays": nothing is said of that person yet.
_NAMED_ONLY = re.compile(
    r"(?i)(?:the|an?|those|people|everyone|somebody) (?:[\w'-]+ ){0,3}?(?:who|that|which) \S+(?: \S+){0,2}$"
)


def _is_end(text: str) -> bool:
    return is_clause(text) and not (_POINTS.match(text) or _NAMED_ONLY.match(text))


def _is_choice(text: str) -> bool:
    return bool(re.match(r"(?:I|[Ww]e) (?!'d|'m|would|should)", text)) and is_clause(text)


@lru_cache(maxsize=CACHED_SENTENCES)
def _is_deed(text: str) -> bool:
    """What was done, in the past, after an "I" or a "we" that goes before it."""
    tokens = tagged(f"I {text}")[1:]
    if len(tokens) < FEWEST_WORDS or tokens[0].tag != "VERB" or tokens[0].form != "past":
        return False
    names = any(token.tag in ("NOUN", "NAME") for token in tokens)  # "put it on one side" tells nobody what
    # "Put a week into planning": planning what?
    loose = tokens[-1].form == "ing" and tokens[-2].tag == "PREP"
    return names and not loose and _is_tidy(text)


@lru_cache(maxsize=CACHED_SENTENCES)
def _is_name(text: str) -> bool:
    """A thing by its name, as one noun phrase."""
    phrases = noun_phrases(text)
    if not phrases or phrases[0].first > 0 or len(text.split()) > LONG_NAME:
        return False
    whole = phrases[0].tokens[-1].end == len(text) or " of " in text or " for " in text
    return whole and names_something(phrases[0]) and _is_tidy(text)


def _is_thing(text: str) -> bool:
    """A name that is no person's and that can stand after "since" and "the risk of": not "pump" alone."""
    if not _is_name(text):
        return False
    first, head = tagged(text)[0], noun_phrases(text)[0].head
    bare = first.tag not in ("DET", "POSS", "NAME", "NUM") and not is_plural(head.low) and first.form != "ing"
    served = pattern("customer", "served").fullmatch(singular_of(head.low))
    return not (bare or served or are_people(plural_of(singular_of(head.low))))


def _are_people(text: str) -> bool:
    phrases = noun_phrases(text)
    return _is_name(text) and is_plural(phrases[0].head.low)


def _is_tidy(text: str) -> bool:
    said = text.strip()
    return (
        len(said.split()) <= MOST_WORDS
        and not _LOOSE.search(said)
        and not pattern("gate", "foul").search(said)
        and not re.search(r"[\"“”():;—&]|\.\.", said)
        and clean(said).lower() == said.replace("’", "'").lower()
    )


_FITS: Mapping[str, Callable[[str], bool]] = {
    "did": _is_deed,
    "we": _is_deed,
    "choice": _is_choice,
    "end": _is_end,
    "lesson": _is_end,
    "trouble": is_clause,
    "against": is_clause,
    "thing": _is_thing,
    "whom": _are_people,
    "idea": _is_thing,
    "user": _are_people,
    "pain": is_clause,
    "measure": _is_name,
    "pick": _is_choice,
    "cost": is_clause,
    "guess": is_clause,
}
