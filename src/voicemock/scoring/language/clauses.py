"""Clauses of one actor: "we shipped it as a config change", turned to the person spoken to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.dictionary import base_of, ing_of, past_of
from voicemock.scoring.language.phrases import spelt
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.lexicon import pattern, words

MOST_WORDS = 9  # after the verb: what a listener still has in the ear
RELATIVE = frozenset(
    {"who", "which", "that", "what", "where", "how", "why", "whether", "because", "when", "if"}
)
ACTORS = frozenset({"i", "we", "they", "he", "she"})
ENDS = frozenset({"NOUN", "NAME"})
HALVES = frozenset({"first", "second", "third", "last", "next", "other", "same", "most", "whole"})  # of what?
FLIPPED = {
    "i": "you", "i'm": "you're", "i'd": "you'd", "i've": "you've", "i'll": "you'll", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "we": "your team", "we're": "your team is", "we'd": "your team had",
    "we've": "your team has", "we'll": "your team will", "us": "you", "our": "your", "ours": "yours",
    "ourselves": "yourselves",
}  # fmt: skip
# No sentence and no quote ends with one of these.
UNFINISHED = re.compile(
    r"(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|but|so|that|which|who|because|if|as|is|are|was|were|be|been|had"
    r"|has|have|i|we|he|she|it|they|my|our|his|her|their|its|this|these|those|very|really|pretty|not|would|could)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """An actor and what was done: `verb` in the past, `rest` from its object on, as said; both non-empty."""

    actor: str
    verb: str
    rest: str

    @property
    def told_to_you(self) -> str:
        """ "your team shipped it that night", as one says it to whom it was heard from."""
        actor = {"i": "you", "we": "your team"}.get(self.actor.lower(), self.actor)
        return f"{actor} {self.verb} {to_you(self.rest)}"

    @property
    def to_do(self) -> str | None:
        """ "ship it that night"; None where the verb is not known."""
        base = base_of(self.verb)
        return f"{base} {self.rest}" if base else None

    @property
    def doing(self) -> str | None:
        """ "shipping it that night", said to the candidate; None where the verb is not known."""
        form = ing_of(self.verb)
        return f"{form} {to_you(self.rest)}" if form else None


_BE = {"was": "were", "am": "are"}
_WE_D = re.compile(r"(?i)\bwe'd((?: \w+ly| never| always| just| only| all| then| also| often)* )(\w+)")
_WAS_I = re.compile(r"(?i)\b(?:I (was|am)|(was|am) I)\b")


def to_you(text: str) -> str:
    """The first person turned to the second."""

    def agree(found: re.Match[str]) -> str:
        return f"I {_BE[found[1].lower()]}" if found[1] else f"{_BE[found[2].lower()]} I"

    def turn(found: re.Match[str]) -> str:
        return FLIPPED.get(found[0].lower(), found[0])

    def would(found: re.Match[str]) -> str:
        verb = found[2].lower()
        plain_form = base_of(verb) == verb and past_of(verb) != verb  # "ask", and neither "asked" nor "put"
        return f"we would{found[1]}{found[2]}" if plain_form else found[0]

    plain = _WE_D.sub(would, _WAS_I.sub(agree, text.replace("’", "'")))
    return re.sub(r"[A-Za-z]+(?:'[a-z]+)?", turn, plain)


def clauses_of(text: str, actors: frozenset[str]) -> Iterator[Clause]:
    """What these actors (lower case) did in this sentence, each cut at a phrase's edge; fillers are left out."""
    tokens = tagged(clean(text))
    for i, token in enumerate(tokens):
        if token.tag == "PRON" and token.low in actors and not _only_imagined(tokens, i):
            found = _from(tokens, i)
            if found is not None and not figure_of_speech(f"{found.verb} {found.rest}"):
                yield found


_SAID_BACK = re.compile(
    r"(?:it|them|that)(?: (?:all|both))?(?: (?:up|down|out|back|off|in|on|over|away|live|free|open|aside|together))?"
    r"(?: (?:again|altogether|completely|entirely))?$",
    re.IGNORECASE,
)


def opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Not "which towns we put them in" or "the stock we left with them": the object of those stands before."""
    before = tokens[at - 1]
    joint = before.tag in ("PUNCT", "CONJ", "ADV", "FILL") and before.low not in RELATIVE
    return at == 0 or joint or before.low in ("was", "is")  # "what we did was we shut it down"


def deeds_said_back(text: str, actors: frozenset[str]) -> Iterator[Clause]:
    """What these actors did, each a clause of its own, so that it can be said back right after it was heard.

    "We shut it down" is one too: at that moment one knows what "it" is.
    """
    tokens = tagged(clean(text))
    for i, token in enumerate(tokens):
        if token.tag == "PRON" and token.low in actors and opens_clause(tokens, i) and not _greets(tokens, i):
            found = None if _only_imagined(tokens, i) else _from(tokens, i) or _to_it(tokens, i)
            if found is not None:
                yield found


def _greets(tokens: Sequence[Token], at: int) -> bool:
    """ "He put a card up, hi, I'm a guy, I made a hut": whoever greets speaks, and not the candidate."""
    return any(token.low in ("hi", "hello", "hey") for token in tokens[:at])


def _to_it(tokens: Sequence[Token], at: int) -> Clause | None:
    verb = next((k for k in range(at + 1, len(tokens)) if tokens[k].tag != "ADV"), len(tokens))
    if verb >= len(tokens) or tokens[verb].tag != "VERB" or tokens[verb].form != "past":
        return None
    end = next((k for k in range(verb + 1, len(tokens)) if _stops(tokens, k, verb + 1)), len(tokens))
    rest = spelt(tokens[verb + 1 : end])
    said = tokens[verb].low not in words("nouns", "no_act") and _SAID_BACK.match(rest)
    return Clause(tokens[at].text, tokens[verb].low, rest) if said else None


def _only_imagined(tokens: Sequence[Token], at: int) -> bool:
    """ "it's not that we shot a heap", "if we shipped it", "I don't believe I stood up": no deed."""
    return any(token.low in words("clauses", "unsure") for token in _led_by(tokens, at))


def _led_by(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """What stands before an actor in its own clause."""
    start = at
    while start and tokens[start - 1].tag not in ("PUNCT", "CONJ") and tokens[start - 1].low not in _JOINTS:
        start -= 1
    return tokens[start:at]


_JOINTS = frozenset({"so", "because", "then"})


def figure_of_speech(did: str) -> bool:
    """Whether a deed is none: "put my foot down", "ran into trouble"."""
    return bool(pattern("clauses", "figurative").search(did))


@dataclass(frozen=True, slots=True)
class Act:
    """A whole clause of the candidate's own, as one says it to them: "sat in your hall with a tablet"; `said` is the
    same as they say it themselves.
    """

    verb: str
    did: str
    perfect: bool = False  # "I've stood": at some time of one's life
    said: str = ""


_OBJECTS = frozenset({"that", "what", "how", "why", "whether", "if"})
_PARTICLES = frozenset({"up", "down", "out", "back", "off", "in", "on", "over"})
TOLD_WORDS = range(4, 17)  # of an act that can be pictured and taken in
_POINTS = frozenset({"it", "them", "that", "this", "him", "her", "these", "those", "some", "something"})


def acts_told(text: str) -> Iterator[Act]:
    """What the candidate did, each to the end of its clause; with "I" alone, whatever it was done to."""
    tokens = tagged(clean(text))
    for i, token in enumerate(tokens):
        led = _led_by(tokens, i)
        lacks = any(t.low in words("clauses", "objects") for t in led) or _of_a_noun(tokens, i)
        if token.low != "i" or _quoted(tokens, i) or lacks or _only_imagined(tokens, i):
            continue
        start = i + 1
        while start < len(tokens) and (tokens[start].tag == "ADV" or tokens[start].low in ("have", "'ve")):
            start += 1
        if start >= len(tokens) or tokens[start].tag != "VERB" or tokens[start].form != "past":
            continue
        end = start + 1
        while end < len(tokens) and not _act_ends(tokens, end):
            end += 1
        if end < len(tokens) and tokens[end].low in _OBJECTS:
            continue  # "proposed that": what was proposed is missing
        act = _act(tokens[start:end])
        if act is not None and not figure_of_speech(act.did):
            perfect = any(t.low in ("have", "'ve") for t in tokens[i + 1 : start])
            yield replace(act, perfect=perfect)


_SAYS = frozenset({"said", "says", "told", "tells", "asked", "wrote", "shouted", "replied", "answered"})


def _quoted(tokens: Sequence[Token], at: int) -> bool:
    """Whether this "I" stands in the words of somebody else: "she said, I taught them to ignore it"."""
    said = next((k for k in range(at - 1, -1, -1) if tokens[k].low in _SAYS), None)
    if said is None:
        return False
    speaker = next((t for t in reversed(tokens[:said]) if t.tag in ("PRON", "NOUN", "NAME")), None)
    own = (
        speaker is None or speaker.low in ("i", "we") or tokens[0].tag == "SUB"
    )  # "when she told me, I left"
    joined = any(t.tag == "CONJ" for t in tokens[said:at])  # "she said no and I left"
    return not own and not joined


def _of_a_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "the twelve euros I spent": its object stands before it; "that Monday I rang" has none."""
    before = tokens[at - 1] if at else None
    return (
        before is not None
        and before.tag == "NOUN"
        and before.low not in words("fix_words", "times") | {"time", "moment", "minute", "weekend"}
    )


def _act_ends(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.low == "before" and (after is None or after.tag == "PUNCT"):
        return False  # "the year before,"
    relative = token.low in RELATIVE and (token.tag != "DET" or token.low == "what")
    if token.tag in ("PUNCT", "SUB", "FILL") or relative:
        return True
    if token.tag == "PRON" and token.low in ACTORS | {"you"} and tokens[i - 1].tag in ENDS:
        return True  # "the system we had": which system
    return token.tag == "CONJ" and (
        after is None or after.tag in ("PRON", "DET", "POSS", "NAME", "ADV", "AUX")
    )


def _act(tokens: Sequence[Token]) -> Act | None:
    while tokens and _dangles(tokens):
        tokens = tokens[:-1]
    if len(tokens) not in TOLD_WORDS or tokens[1].low in _POINTS | {"us", "me"}:
        return None
    if any(_second_clause(tokens, i) for i in range(2, len(tokens))):
        return None
    names = any(t.tag in ("NOUN", "NAME") for t in tokens[1:])
    dark = any(
        t.low in words("nouns", "never") | {"so", "way"} or (t.tag in ("AUX", "NEG") and t.low != "be")
        for t in tokens
    )
    spoken = tokens[0].low in ("told", "asked") and not any(t.low in ("no", "to") for t in tokens)
    if tokens[0].low in words("clauses", "handed") and tokens[1].low == "to":
        return None  # "the key, that I gave to the porter": what was given stands before it
    idle = spoken or tokens[0].low in words("nouns", "no_act") - {"went", "gave", "took"}
    past = past_of(tokens[0].low)
    if not names or dark or idle or past is None:
        return None
    verb = tokens[0].low if past in (tokens[0].low, "") or tokens[0].low.endswith("t") else past
    said = f"{verb} {spelt(tokens[1:])}".rstrip(",.:")
    return Act(verb, to_you(said), said=said)


def _second_clause(tokens: Sequence[Token], i: int) -> bool:
    """ "showed them the reply met the standard": a clause within, with "that" left out."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    finite = tokens[i].tag == "VERB" and tokens[i].form == "past" and tokens[i - 1].tag in ENDS
    return (
        finite
        and tokens[i].low not in ("called", "named")
        and after is not None
        and after.tag in ("DET", "POSS")
    )


def _dangles(tokens: Sequence[Token]) -> bool:
    """Whether the last word goes on with what was cut off."""
    last = tokens[-1]
    if last.tag == "PREP":
        return last.low not in _PARTICLES | {"before"}
    joined = last.tag == "VERB" and len(tokens) > 1 and tokens[-2].tag == "CONJ"
    joined = joined or last.low in ("already", "too", "also", "then", "just", "only", "right", "even")
    return joined or last.tag in ("CONJ", "TO", "DET", "POSS", "AUX", "FILL")


def _from(tokens: Sequence[Token], at: int) -> Clause | None:
    i = at + 1
    while i < len(tokens) and tokens[i].tag == "ADV":
        i += 1
    if i >= len(tokens) or tokens[i].tag != "VERB" or tokens[i].form != "past":
        return None
    if tokens[i].low in words("nouns", "no_act"):
        return None
    rest = _complement(tokens, i + 1)
    return Clause(tokens[at].text, tokens[i].low, spelt(rest)) if rest else None


def _complement(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    """From the verb to the clause's end, or to the last phrase that still fits; () where it is no whole."""
    end = start
    while end < len(tokens) and not _stops(tokens, end, start):
        end += 1
    if end - start > MOST_WORDS:
        edges = [k for k in range(start + 2, start + MOST_WORDS + 1) if tokens[k].tag in ("PREP", "TO")]
        if not edges:
            return ()
        end = edges[-1]
    rest = tuple(tokens[start:end])
    while rest and rest[-1].tag in ("ADV", "FILL", "CONJ") and rest[-1].low not in ("back", "together"):
        rest = rest[:-1]
    short = rest and len(rest[-1].text) <= 2 and not rest[-1].text.isupper()  # "a go": cut in a compound
    short = short or (rest and rest[-1].low in HALVES)
    good = len(rest) >= 2 and not short and rest[-1].tag in ENDS and _sound(rest)
    return rest if good else ()


def _stops(tokens: Sequence[Token], i: int, start: int) -> bool:
    token = tokens[i]
    points = token.low == "that" and token.tag == "DET"  # "that night" goes on
    if token.tag in ("PUNCT", "SUB", "FILL") or (token.low in RELATIVE and not points):
        return True
    if token.tag == "CONJ":
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        joins = (
            token.low in ("and", "or")
            and following is not None
            and following.tag in ("NOUN", "DET", "POSS", "ADJ", "NAME")
        )
        return not joins
    # A second actor or verb without a joint: "the thing everybody thought".
    return token.tag == "PRON" and i > start + 1 and tokens[i - 1].tag in ("NOUN", "NAME")


def _sound(rest: Sequence[Token]) -> bool:
    finite = sum(
        token.tag == "AUX" or (token.tag == "VERB" and token.form in ("past", "s")) for token in rest
    )
    actor = any(token.low in ACTORS for token in rest)  # "proposed we hold it back": a clause within
    vague = rest[0].low in words("nouns", "pointing") and len(rest) < 3
    return (
        not finite
        and not vague
        and not actor
        and not any(token.low in words("nouns", "never") for token in rest)
    )
