"""What a vague outcome is said of: "the teachers were a lot happier", "adoption was great", "it was well received"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from voicemock.scoring.feedback.material import is_served
from voicemock.scoring.feedback.said_clauses import EDGE, LEADS
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.dictionary import plural_of, singular_of
from voicemock.scoring.language.phrases import NounPhrase, names_something, noun_phrases, opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern, words

Sort = Literal["people", "measure", "praise", "thing"]


@dataclass(frozen=True, slots=True)
class Subject:
    """`sort` is `people` who felt something, a `measure` that has a unit of its own, `praise` that was heard, or a
    `thing` that did well.
    """

    sort: Sort
    phrase: NounPhrase

    @property
    def fields(self) -> dict[str, str | None]:
        name = self.phrase.inside
        head = self.phrase.head.low
        return {
            "subject": name,
            "Subject": opened(name),
            "many": plural_of(singular_of(head)) if self.sort == "people" else None,
            "is": "are" if self.phrase.plural else "is",
            "was": "were" if self.phrase.plural else "was",
            "it": "they" if self.phrase.plural else "it",
        }

    @property
    def is_one_person(self) -> bool:
        """ "The customer", and not "the customers", "every customer", "the crew"."""
        many = self.phrase.plural or self.phrase.tokens[0].low in ("every", "each", "any", "no")
        return (
            self.sort == "people" and not many and self.phrase.head.low not in words("people", "many_in_one")
        )


def of_one(claim: str) -> bool:
    """ "He was thrilled": one person's delight has no number behind it."""
    return bool(re.match(r"(?:and |but |so )?(?:he|she)(?:'s|'d)?\b", claim.lower().replace("’", "'")))


# "They went up to a hut", and not "it went up to a level that …".
_GOES = re.compile(
    r"(?i)\b(?:i|we|he|she|they) (?:all )?(?:went|go|came|come|drove|walked) (?:up|down) to\b(?! \d)"
)


def is_no_outcome(claim: str) -> bool:
    """A hope, a sigh ("it was a good time"), or how one person felt."""
    return bool(
        pattern("fix_words", "no_outcome").search(claim)
        or pattern("fix_words", "hoped").search(claim)
        or _GOES.search(claim)
        or of_one(claim)
    )


def claims_an_outcome(sentence: str, claim: str) -> bool:
    """Whether a figure could stand behind it: no hope, no sigh ("it was a good time"), not how one person felt."""
    if is_no_outcome(claim):
        return False
    subject = subject_of(sentence, claim)
    counted = subject is not None and subject.sort in ("measure", "praise")  # "stakeholder satisfaction"
    own = pattern("customer", "colleague").match(re.sub(r"(?i)^(?:and |but |so )?(?:the|my|our) ", "", claim))
    if own and not counted:
        return False  # "the director went through the roof"
    return subject is not None or bool(pattern("gaps", "counts_as").search(claim))


def moved_claim(sentence: str) -> str | None:
    """ "it went right down": a clause in which something goes up or down and no figure says how far."""
    for found in pattern("gaps", "moves").finditer(sentence):
        subject = list(re.finditer(r"(?i)(?:^|[,;:] |\b(?:and|but|so) )(?=\w)", sentence[: found.start()]))
        clause = sentence[subject[-1].end() if subject else 0 : found.end()]
        quote = quotable(sentence, clause)
        if quote and not re.search(r"\d", quote):
            return quote
    return None


def subject_of(sentence: str, vague: str) -> Subject | None:
    """The noun phrase that is the subject of the vague words; None where it is a pronoun or too little."""
    text = clean(vague)
    found = _leading(text)
    if found is None:
        whole = clean(sentence)
        at = whole.find(text)
        found = _just_before(whole, at) if at > 0 else None
    if found is None or not names_something(found):
        return None
    if found.tokens[0].low in ("a", "an", "my"):
        return None
    return Subject(_sort(found), found)


def _leading(text: str) -> NounPhrase | None:
    """A phrase that opens the words and is followed by a verb."""
    tokens, phrases = tagged(text), noun_phrases(text)
    if not phrases:
        return None
    phrase, end = phrases[0], phrases[0].last
    if phrases[1:] and phrases[1].first == end + 1 and tokens[end].tag == "PREP":
        end = phrases[1].last  # "the feedback on the forum was"
    follows = tokens[end] if end < len(tokens) else None
    opens = all(t.tag in ("ADV", "FILL", "CONJ", "PUNCT", "SUB") for t in tokens[: phrase.first])
    if opens and follows is not None and follows.tag in ("AUX", "VERB", "ADV"):
        return phrase
    return None


def _just_before(text: str, at: int) -> NounPhrase | None:
    tokens = tagged(text)
    for phrase in noun_phrases(text):
        between = [t for t in tokens if phrase.tokens[-1].end <= t.start < at]
        ends = phrase.tokens[-1].end <= at
        if (
            ends
            and all(t.tag in ("AUX", "ADV") for t in between)
            and (between or text[at:].split()[0] in ("was", "were", "is", "are", "went"))
        ):
            starts = phrase.first == 0 or tokens[phrase.first - 1].tag in (
                "PUNCT",
                "CONJ",
                "FILL",
                "ADV",
                "SUB",
            )
            return phrase if starts else None
    return None


def _sort(phrase: NounPhrase) -> Sort:
    head = phrase.head.low
    if (
        is_served(head)
        or head in words("fix_words", "people")
        or singular_of(head) in words("fix_words", "people")
    ):
        return "people"
    if re.search(r"(?:ist|ian|eer)s$", head):  # "dentists", "technicians"
        return "people"
    if head in words("fix_words", "measures") or singular_of(head) in words("fix_words", "measures"):
        return "measure"
    return "praise" if head in words("fix_words", "praise") else "thing"


MOST_QUOTED = 9  # words; a longer quote is no reminder but a recital


# "Were delighted as they pay for it": why is not what.
REASON = re.compile(
    r"(?i) (?:as|since|because|so|but|while|which|when) (?=(?:they|it|we|he|she|i|the|you|that)\b)"
)


def quotable(sentence: str, vague: str, most: int = MOST_QUOTED) -> str | None:
    """The words with the clause they stand in, as it was said; None where that is long or no whole clause."""
    at = sentence.find(vague)
    edges = [0, *(edge.end() for edge in EDGE.finditer(sentence)), len(sentence)]
    start = max((edge for edge in edges if edge <= at), default=0)
    end = min((edge for edge in edges if edge >= at + len(vague)), default=len(sentence))
    clause = LEADS.sub("", sentence[start:end].strip(" ,.;:!?"))
    claims = [clause, vague.strip(" ,.;:!?")]
    if most == MOST_QUOTED:  # as short as can be: a longer quote goes to the clause's end
        claims = [REASON.split(claim)[0].strip() for claim in claims]
    return next((text for text in claims if _whole(text, sentence, most)), None)


def _whole(text: str, sentence: str, most: int) -> bool:
    tokens = tagged(text)
    if not 3 <= len(tokens) <= most or any(t.tag == "FILL" or t.text == "," for t in tokens):
        return False
    opens = (
        tokens[0].tag in ("PRON", "DET", "POSS", "NOUN", "NAME", "ADJ") and tokens[0].low not in NO_OPENING
    )
    verb = next((i for i, t in enumerate(tokens) if t.tag in ("VERB", "AUX")), None)
    after = sentence[sentence.find(text) + len(text) :].lstrip()
    closes = not after or after[0] in ",;:.!?" or _next_clause(after)
    ends = tokens[-1].tag not in ("DET", "POSS", "PREP", "CONJ", "SUB", "AUX", "TO") or tokens[-1].low in (
        "out",
        "up",
        "down",
    )
    led = tagged(sentence[: max(0, sentence.find(text))])
    # "From that | day they've been happy", "the | day they came": the words before belong to it.
    inside = bool(led) and led[-1].tag in ("DET", "POSS", "ADJ", "PREP", "NUM")
    inside = inside or (tokens[0].tag == "NOUN" and tokens[1].tag == "PRON")
    opens = opens and not inside
    return opens and verb not in (None, 0) and closes and ends and clean(text) == text.replace("’", "'")


def _next_clause(after: str) -> bool:
    """ "and everyone …" begins another clause, "and inspiring" goes on with this one."""
    found = tagged(after)[:3]
    if found and found[0].tag == "PREP" and found[0].low not in ("of", "than", "as", "like"):
        return True  # "we had some real success | with it in the shops"
    joined = len(found) > 1 and found[0].low in ("and", "but", "so", "because")
    return joined and found[1].tag in ("PRON", "DET", "POSS", "NAME")


NO_OPENING = frozenset({"i", "which", "who", "that", "there", "what", "this", "you"})
