"""What a candidate said that a better answer would use again: a closing thought, a way turned down, who spoke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicemock.scoring.feedback.material import Material, is_served
from voicemock.scoring.language.clauses import UNFINISHED, to_you
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.phrases import NounPhrase, names_something, noun_phrases, within
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern, words

SHORTEST, LONGEST = 4, 18  # words of a thought that can be said again in one breath
ANYBODY = frozenset({"man", "woman", "guy", "lady", "couple", "person"})  # nobody to picture
_LEADS = re.compile(
    r"(?i)^(?:(?:so|and|but|well|yeah|for me|to me|in my mind|looking back|in the end|honestly)\b,?\s*)*"
    r"(?:(?:what|the (?:main |one |big )?(?:thing|lesson)) (?:i|we|it|that)?(?:'ve|'d)? ?"
    r"(?:take|took|taken|learn(?:ed|t)?|taught me|take away|took away|got|tell people|say)"
    r"(?: from (?:it|this|that|here))?(?:,? (?:is|was))?(?: that)?,?\s*"
    r"|the (?:lesson|takeaway|learning|thing) (?:is|was)(?: that)?,?\s*"
    r"|(?:i (?:think|guess|believe|learn(?:ed|t)(?! to\b)|realised|realized|found|would say|'d say)|i'd say"
    r"|it taught me|that taught me)(?: out)?(?: that)?,?\s*)"
)
_OWN_VIEW = re.compile(
    r"(?i),? (?:that's (?:my belief|the truth of it|how i(?:'d| would)? (?:say|see) it)|i (?:think|guess|suppose))$"
)
_NEXT_TIME = re.compile(r"(?i)\b(?:next time|differently|would have|should(?:'ve| have)|i'd|wish|if i)\b")
_OPENS = frozenset({"DET", "POSS", "NOUN", "NAME", "ADJ", "VERB", "PRON", "SUB", "NUM", "NEG", "ADV", "PREP"})


_SAID_AS_LESSON = re.compile(
    r"(?i)\b(?:learn(?:ed|t)?|lessons?|tak(?:e|en|eaway)|took|taught|i'd (?:tell|say)|what i (?:tell|say))\b"
)


def closing_thought(told: Material) -> tuple[int, str] | None:
    """The candidate's own last word on it, as a clause that can follow a colon, and its sentence."""
    if told.annotation.star is None:
        return None
    for i in reversed(told.lettered("L")):
        if i < len(told.sentences) // 2 or not _SAID_AS_LESSON.search(told.sentences[i]):
            continue
        thought = _thought(told.sentences[i])
        if thought is not None:
            return i, thought
    return None


def _thought(sentence: str) -> str | None:
    said = clean(sentence)
    plain = re.sub(r"(?i)^(?:so )?i(?:'ve)? learn(?:ed|t) to\b", "to", _LEADS.sub("", said)).strip(" ,.;:!?")
    plain = _OWN_VIEW.sub("", plain)
    if not SHORTEST <= len(plain.split()) <= LONGEST or _NEXT_TIME.search(plain):
        return None
    tokens = tagged(plain)
    verb = any(t.tag in ("VERB", "AUX") for t in tokens)
    points = tokens[0].low in ("that", "this", "there", "these", "those", "we", "what", "which") or any(
        t.low in ("i", "me", "my", "though")
        or (
            t.low in ("it", "they", "he", "she", "them", "him", "her")
            and not any(before.tag in ("NOUN", "NAME") for before in tokens[:i])
        )
        for i, t in enumerate(tokens)
    )  # who was meant is not said again
    told_of = any(
        t.form == "past" or t.low in ("was", "were", "did", "had") for t in tokens
    )  # an event, no thought
    broken = re.search(r"\b(?:is|was|are|and|that|to|the),", plain) is not None or tokens[0].tag == "NEG"
    broken = broken or "," in " ".join(plain.split()[:3])
    dark = (
        told_of
        or broken
        or any(t.tag == "FILL" for t in tokens)
        or bool(pattern("gate", "foul").search(plain))
    )
    named = bool(pattern("fix_words", "principle_words").search(plain))
    if (
        not verb
        or points
        or dark
        or named
        or tokens[0].tag not in _OPENS
        or plain.lower().startswith("a lot ")
        or UNFINISHED.fullmatch(plain.split()[-1])
    ):
        return None
    return within(plain)


_TURNED_DOWN = re.compile(
    r"(?i)\b(?:instead of|rather than|turned down|said no to"
    r"|the (?:easy|obvious|cheap|quick) (?:way|thing|fix|answer) (?:is|was|would'?ve been)"
    r"|could(?:'ve| have) (?:bought|built|gone for|hired|used|taken)"
    r"|(?P<theirs>(?:everybody|everyone|they|the \w+|my \w+) (?:had )?wanted"
    r"(?: to (?:buy|rent|build|add|hire|launch|use|get|buy us))?))\s+"
)
_MINE = re.compile(r"(?i),? (?:and|but|so) (?:i|we)\b")


def turned_down(told: Material) -> tuple[int, str] | None:
    """The way that was not taken, by its name, and where it is told: "the form builder"."""
    for i in told.lettered("STA"):
        text = clean(told.sentences[i])
        for found in _TURNED_DOWN.finditer(text):
            phrase = next((p for p in noun_phrases(text) if p.tokens[0].start == found.end()), None)
            if (
                phrase
                and names_something(phrase)
                and not is_served(phrase.head.low)
                and _ends_clause(text, phrase)
                and (
                    not found["theirs"] or _MINE.match(text[phrase.tokens[-1].end :])
                )  # what a boss wants may be the task
            ):
                first = phrase.tokens[0]
                if first.low in ("a", "an"):
                    return i, f"the {phrase.bare}"
                if first.tag == "DET" or first.tag == "POSS":
                    return i, to_you(phrase.text)
    return None


def _ends_clause(text: str, phrase: NounPhrase) -> bool:
    """Whether the phrase is whole: what follows is a point, a joint or a preposition of place, and no verb."""
    after = tagged(text[phrase.tokens[-1].end :])
    return not after or after[0].tag in ("PUNCT", "CONJ", "SUB", "PREP")


_SPEAKS = re.compile(
    r"(?i)\b(?:said|says|told (?:me|us)|tells me|goes|asked me|wrote (?:to )?me|quote|showed me)\b"
)


def one_who_spoke(told: Material, gone: bool = True) -> tuple[int, str] | None:
    """Somebody outside who speaks early on and, if `gone`, is not heard of again: "father"; and the sentence."""
    half = len(told.sentences) // 2
    for i in range(half):
        speaks = _SPEAKS.search(told.sentences[i])
        if speaks is None:
            continue
        for head in _persons(
            told.sentences[i][: speaks.end()]
        ):  # "a dad told me, a big guy": the first it is
            later = " ".join(told.sentences[i + 1 :]).lower()
            named = re.search(rf"(?i)\b{head}(?: called| named|,)? ([A-Z]\w+)", told.sentences[i])
            if not gone:
                return i, head
            if not re.search(rf"\b{head}", later) and not (named and named[1].lower() in later):
                return i, head
    return None


def _persons(text: str) -> Iterator[str]:
    plain = clean(text)
    for phrase in noun_phrases(plain):
        first = phrase.tokens[0].low
        head = phrase.head.low
        one = first in ("a", "an", "one", "this") and not phrase.plural
        known = is_served(head) or head in words("fix_words", "a_person")
        if one and known and not pattern("customer", "colleague").search(phrase.text):
            yield head


def others_beside(told: Material) -> str | None:
    """The places that did not get the change, where the answer has some: "the other buildings"."""
    if told.says_any("spread"):
        return None
    text = " ".join(told.sentences).replace("’", "'")
    named = re.search(rf"(?i)\b(?:the )?(?:(?:{_NUMBER}) other|other (?:{_NUMBER})) ([a-z]+s)\b", text)
    if named and named[1].lower() in words("clauses", "group"):
        return f"the other {named[1].lower()}"
    counted: dict[str, set[str]] = {}
    for found in _PLACES.finditer(text):
        counted.setdefault(found[2].lower(), set()).add(found[1].lower())
    for plural, numbers in counted.items():
        if plural in words("clauses", "group") and len(numbers) > 1:
            return f"the other {plural}"
    for found in _PLACES.finditer(text):
        plural = found[2].lower()
        if plural not in words("clauses", "group") or not plural.endswith("s"):
            continue
        one = plural.removesuffix("s") if not plural.endswith("ies") else plural[:-3] + "y"
        if re.search(rf"(?i)\b(?:one|a single|the first) {one}\b", text):
            return f"the other {plural}"
    return None


def places_named(told: Material) -> str | None:
    """ "12 hotels": the first places where it ran."""
    for i in told.lettered("R"):
        for found in _PLACES.finditer(told.sentences[i]):
            if found[2].lower() in words("clauses", "group"):
                return f"{found[1].lower()} {found[2].lower()}"
    return None


_NUMBER = r"\d[\d,]*|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
_PLACES = re.compile(rf"(?i)\b({_NUMBER}) (?:\w+ )?([a-z]+s)\b")

_RIVAL = re.compile(
    r"(?i)\b(?:but|although|though)(?: to be fair,?| of course)?"
    r" (?:there (?:was|were) also|it was also|that was also|we also had|they also had)\s+"
)


def rival_cause(told: Material, sentence: int) -> str | None:
    """Another cause that the candidate names beside a result: "the building boom"."""
    text = clean(told.sentences[sentence])
    found = _RIVAL.search(text)
    if not found:
        return None
    phrase = next((p for p in noun_phrases(text) if p.tokens[0].start == found.end()), None)
    if phrase is None or not names_something(phrase):
        return None
    first = phrase.tokens[0]
    return f"the {phrase.bare}" if first.tag == "DET" else phrase.text


__all__: Sequence[str] = (
    "ANYBODY",
    "closing_thought",
    "one_who_spoke",
    "others_beside",
    "rival_cause",
    "turned_down",
)
