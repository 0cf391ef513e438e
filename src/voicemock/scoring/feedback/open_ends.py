"""What a story leaves open in the candidate's own words: what should have been done, what was never heard of again, the
question it ends on. Each is quoted as it was said, and one thing is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material, is_served
from voicemock.scoring.feedback.own_clauses import lesson_said
from voicemock.scoring.feedback.own_words import closing_thought
from voicemock.scoring.feedback.said_clauses import EDGE
from voicemock.scoring.feedback.spoken_figures import figure, hole, unit_of
from voicemock.scoring.language.clauses import UNFINISHED, opens_clause
from voicemock.scoring.language.dictionary import is_plural, singular_of
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import compile_entries, lexicon, pattern

REMEMBERED = 1024  # sentences
SHORTEST, LONGEST = 4, 15  # words of a clause that can be said back
LONG_QUESTION = 18
_SUFFERED = re.compile(r"(?i)\b(?:setbacks?|obstacles?|rejected|rejection|turned down)\b")
SEVERAL = 3  # sentences that name something failed
MANY_HIT = 10  # people; fewer are told by name


def open_ends(told: Material) -> Iterator[Draft]:
    yield from _hindsight(told)
    yield from _since(told)
    yield from _own_question(told)
    yield from _unheard(told)
    yield from _some_of_many(told)
    yield from _hit_gone(told)


def acted_since(told: Material, sentence: int) -> bool:
    """Whether it is told, from this sentence on, what was done with the lesson."""
    return told.says_any("acted_since", sentence)


def should_have(told: Material) -> tuple[int, str] | None:
    """The last clause in which the candidate says what they, or their team, ought to have done."""
    found = ((i, _ought(told.sentences[i])) for i in reversed(range(len(told.sentences))))
    return next(((i, quote) for i, quote in found if quote is not None), None)


@lru_cache(maxsize=REMEMBERED)
def _ought(text: str) -> str | None:
    for found in pattern("fix_words", "should_have").finditer(text.replace("’", "'")):
        quote = clause_from(text, found.start()) if opens_here(text, found.start()) else None
        if quote is not None and not pattern("fix_words", "cleft").search(quote):
            return quote
    return None


def opens_here(text: str, at: int) -> bool:
    """Whether a clause begins at this place, and not the rest of one: "what | I should have done is"."""
    tokens = tagged(text)
    place = next((k for k, token in enumerate(tokens) if token.start >= at), None)
    return place is not None and opens_clause(tokens, place)


def clause_from(text: str, start: int) -> str | None:
    """The words from here to the clause's end, as they were said; None where they are too few, too many or no whole."""
    edge = EDGE.search(text, start)
    quote = text[start : edge.start() if edge else len(text)].strip()
    said = quote.split()
    if not SHORTEST <= len(said) <= LONGEST or UNFINISHED.fullmatch(said[-1]):
        return None
    return None if pattern("gate", "foul").search(quote) else quote


def _hindsight(told: Material) -> Iterator[Draft]:
    """ "I should have brought the trucker": has it been done since?"""
    found = should_have(told)
    if found is None or acted_since(told, found[0]):
        return
    decides = 0.9 if told.of_a_failure else 0.4
    yield Draft("should-have", "structure", found[0], {"quote": found[1]}, 4.0, decides=decides)


def _since(told: Material) -> Iterator[Draft]:
    """A failure, and nothing that was done otherwise since."""
    half = len(told.sentences) // 2
    if lists_failures(told):
        yield Draft("one-of-many", "structure", None, {}, 4.0, decides=0.9)
        return
    reading = told.annotation.reading
    happened = reading.own or reading.group
    if _SUFFERED.search(told.question):
        return  # what others did to somebody can't be done differently
    if told.of_a_failure and happened and not (acted_since(told, half) or told.says_any("ever_since")):
        yield _used_since(told)
    elif told.of_a_failure and not happened:
        yield Draft("no-failure", "structure", 0, {}, 4.0, decides=1.2)


def _used_since(told: Material) -> Draft:
    """What is asked of a lesson: when it was last used."""
    last = len(told.sentences) - 1
    thought, quoted = closing_thought(told), lesson_said(told)
    if thought is None and quoted is not None:
        return Draft("lesson-kept", "structure", quoted.sentence, {}, 4.0, decides=0.8)
    fields = {"lesson": thought[1]} if thought else {}
    return Draft("failure-since", "structure", last, fields, 4.0, decides=0.8)


def lists_failures(told: Material) -> bool:
    """One failure was asked for, and one after the other is named."""
    if not told.of_a_failure or pattern("fix_words", "asks_several").search(told.question):
        return False
    plain = [text.replace("’", "'") for text in told.sentences]
    named = sum(bool(pattern("gaps", "failed").search(text)) for text in plain)
    return named >= SEVERAL and any(map(names_another, plain))


def names_another(text: str) -> bool:
    return bool(pattern("fix_words", "yet_another").search(text.replace("’", "'")))


def _own_question(told: Material) -> Iterator[Draft]:
    """ "So what do I do now when I've got it wrong?": the last sentence asks what the answer should have told."""
    last = told.sentences[-1].strip()
    to_oneself = pattern("fix_words", "asks_oneself").search(last.replace("’", "'"))
    if last.endswith("?") and to_oneself and len(last.split()) <= LONG_QUESTION:
        yield Draft("own-question", "structure", len(told.sentences) - 1, {"quote": last}, 4.0, decides=0.9)


def _unheard(told: Material) -> Iterator[Draft]:
    """What became of it is not known, and said so."""
    for i in range(len(told.sentences) // 2, len(told.sentences)):
        text = told.sentences[i]
        found = pattern("fix_words", "unheard").search(text.replace("’", "'"))
        quote = clause_from(text, found.start()) if found else None
        if not quote:
            continue
        here = (m for m in told.annotation.metrics if m.sentence == i)
        said = next((m for m in here if figure(m.after, unit_of(m))), None)
        if said is not None:
            fields = {"quote": quote, "now": figure(said.after, unit_of(said)), "hole": hole(unit_of(said))}
            yield Draft("unchecked", "metrics", i, fields, 4.0, decides=0.9)
        else:
            yield Draft("unheard", "metrics", i, {"quote": quote}, 3.0, decides=0.5)
        return


def _some_of_many(told: Material) -> Iterator[Draft]:
    """ "We lost some", "most of them got something back": an outcome of many, and neither how many nor of how many."""
    counted = {m.sentence for m in told.annotation.metrics}
    for i in range(len(told.sentences) // 2, len(told.sentences)):
        text = told.sentences[i]
        found = next(some_of_many(text.replace("’", "'")), None)
        if not found or counted & {i, i + 1} or told.says_any("unmeasured"):
            continue
        quote = clause_from(text, found.start()) if opens_here(text, found.start()) else None
        if quote:
            yield Draft("how-many", "metrics", i, {"quote": quote}, 3.0, decides=0.5)
            return


def some_of_many(text: str) -> Iterator[re.Match[str]]:
    """Some of many who can be counted: "we lost some customers", and not "we lost some time"."""
    for found in compile_entries(tuple(lexicon("fared")["some"]["said"])).finditer(text):
        if found["many"] is None or is_plural(found["many"]):
            yield found


def _hit_gone(told: Material) -> Iterator[Draft]:
    """ "640 customers lost their places" early on, and the end has nothing about them."""
    if told.of_a_failure or not told.lettered("R"):
        return
    ends = " ".join(told.sentences[i] for i in told.lettered("RL")).lower()
    for metric in told.annotation.metrics:
        name = told.measured(metric) if metric.kind == "count" else None
        early = metric.sentence <= len(told.sentences) // 3 and metric.before is None
        if not (name and early and is_served(name) and (metric.after or 0) >= MANY_HIT):
            continue
        _, _, what = told.sentences[metric.sentence].partition(f" {name} ")
        if pattern("fix_words", "hit").match(what) and singular_of(name.lower()) not in ends:
            fields = {"number": figure(metric.after, None), "many": name}
            yield Draft("hit-gone", "customer", metric.sentence, fields, 4.0, decides=0.35)
            return


__all__ = ["clause_from", "open_ends", "should_have"]
