"""Whom a story is for, as far as it was told: nobody yet, or people whom the candidate never spoke to.

An interviewer who asks "Who is the customer?" a sentence after the caretakers were named has not listened. So that is
asked only where nobody but colleagues has come up, by any noun; where somebody has, the question names them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from voicemock.scoring.feedback.material import ABOUT_PEOPLE, Material
from voicemock.scoring.feedback.vague_subject import quotable
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer import DIRECT, INDIRECT
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.people import are_people
from voicemock.scoring.gaps.deeds import deed_at, deed_fields
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.heard import REMEMBERED, SELF, last, letter, names_customer, said, says
from voicemock.scoring.language.clauses import Clause, to_you
from voicemock.scoring.language.dictionary import with_article
from voicemock.scoring.language.phrases import noun_phrases, opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern, words

SURE, UNSURE = 0.6, 0.25  # chances from which a thing was said, and under which it was not
SEEN = 0.5  # of direct contact, which words tell more surely than what sentences look like
SETTLED, SETTLED_WORDS = 4, 75  # sentences and words of a story: by then it has said whom it is about
WORK_INSIDE = 2  # sentences about systems, plans and reports, which are for somebody
A_PERSONS = 3  # a story is about him or her where every third sentence has them
NEAR = 3  # sentences in which those who are asked about were named

CLAUSES = re.compile(r"[,;:.!?]\s+|\b(?:and|but|so|because)\b\s*")
_ONE = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_BEFORE = re.compile(r"([\w'-]+)\s+$")


def customer_impact(told: Material) -> Gap | None:
    """Act after act and nobody but colleagues. Not where the question or the story is about those."""
    annotation = told.annotation
    if not annotation.is_story or not _settled(annotation) or letter(annotation) in "LO":
        return None
    if told.of_a_failure or pattern("gaps", "asks_failure").search(told.question):
        return _let_down(told)
    if not any(told.deeds(i) for i in range(len(told.sentences))) and "A" not in (annotation.star or ()):
        return None  # so far it is how things stood: whom it was for may come with what was done
    if about_colleagues(told) or anybody_outside(annotation):
        return None
    deed = deed_at(told, last(annotation))
    inside = said(annotation, "technical") + said(annotation, "planned") >= WORK_INSIDE
    worked = deed is not None and inside and made_for_somebody(deed)
    return Gap("customer-impact", deed_fields(deed)) if worked else None  # of a deed, and not out of the blue


def made_for_somebody(deed: Clause) -> bool:
    """ "planned a bridge", "broke the service into three", and not "moved to the coast", "wrote it", "sold the van"."""
    tokens = tagged(deed.rest)
    idle = words("gaps", "no_choice") | words("gaps", "no_work")
    named = any(token.tag in ("NOUN", "NAME") for token in tokens)
    return deed.verb not in idle and named and tokens[0].tag not in ("PREP", "TO", "ADV")


def _let_down(told: Material) -> Gap | None:
    """A failure as what it did to the speaker: nobody was hurt by it so far, nor stands in what was just said."""
    annotation = told.annotation
    just = range(max(0, last(annotation) - 1), len(told.sentences))
    if not any(says(annotation, "failed", i) and not says(annotation, "no_failure", i) for i in just):
        return None
    if said(annotation, "hurt"):
        return None
    if told.asked in ABOUT_PEOPLE or pattern("gaps", "about_colleagues").search(told.question):
        return None
    if _somebody_near(told):
        return None
    return Gap("customer-impact", {"failure": _failure_in(told.question)})


def _failure_in(question: str) -> str:
    """What the question calls it, where that is a name for one: "flop"."""
    found = re.search(r"(?i)\b(flop|mistake|setback|disaster)", question)
    return found[1].lower() if found else "failure"


def _somebody_near(told: Material) -> bool:
    """Whether anybody at all stands in what was just said, "people" and "anyone" too: that may be whom it is for."""
    near = [told.sentences[i] for i in _near(told)]
    return any(
        names_customer(text) or outsiders(text) or pattern("people", "many").search(text) for text in near
    )


def _near(told: Material) -> range:
    return range(max(0, len(told.sentences) - NEAR), len(told.sentences))


def reach(told: Material) -> Gap | None:
    """ "It was everywhere": told of people who are many, and nobody has said who."""
    annotation = told.annotation
    text = told.sentences[-1]
    found = pattern("gaps", "spread").search(text)
    if (
        not annotation.is_story
        or found is None
        or len(told.sentences) < SETTLED
        or anybody_outside(annotation)
    ):
        return None
    clause = next((c for c in CLAUSES.split(text) if found[0] in c), text)
    quote = quotable(text, clause.strip()) or _from_subject(text, found)
    return Gap("customer-impact", {"spread": opened(to_you(quote))}) if quote else None


def _from_subject(text: str, found: re.Match[str]) -> str | None:
    """ "right away it was everywhere" from its subject on."""
    subject = list(re.finditer(r"(?i)\b(?:it|they|this|the \w+)\b", text[: found.end()]))
    return quotable(text, text[subject[-1].start() : found.end()]) if subject else None


def _of_the_house(before: str) -> bool:
    word = _BEFORE.search(before)
    return word is not None and word[1].lower() in words("people", "inside")


def _settled(annotation: Annotation) -> bool:
    story = [
        t for t, star in zip(annotation.sentences, annotation.star or (), strict=False) if star in "STAR"
    ]
    return len(story) >= SETTLED and sum(len(text.split()) for text in story) >= SETTLED_WORDS


def about_colleagues(told: Material, story: bool = True) -> bool:
    """A quarrel, a dismissal, a day with the boss: those it was for are beside the question, or beside the `story`."""
    if told.asked in ABOUT_PEOPLE or pattern("gaps", "about_colleagues").search(told.question):
        return True
    return story and sum(bool(_ONE.search(text)) for text in told.sentences) * A_PERSONS >= len(
        told.sentences
    )


def anybody_outside(annotation: Annotation) -> bool:
    """Whether anybody but colleagues came up: by a noun, by what people do, by what the sentences look like."""
    if any(names_customer(text) or outsiders(text) or _calls(text) for text in annotation.sentences):
        return True
    return bool(annotation.customer_chances.max(initial=0.0) >= UNSURE)


@lru_cache(maxsize=REMEMBERED)
def outsiders(text: str) -> tuple[str, ...]:
    """Whoever is no colleague in this sentence, by the nouns for them, as said."""
    plain = text.replace("’", "'")
    found: list[str] = []
    for key in ("outside", "houses"):
        for match in pattern("people", key).finditer(plain):
            if not _of_the_house(plain[: match.start()]) and not SELF.search(plain[: match.start()]):
                found.append(match[0].lower())
    for phrase in noun_phrases(plain):
        if _act_as_people(phrase.text, phrase.head.low, plain[phrase.tokens[-1].end :], phrase.plural):
            found.append(phrase.head.low)
    return tuple(found)


def _act_as_people(phrase: str, head: str, after: str, plural: bool) -> bool:
    """ "Glaziers could not tell": a plural that does what only people do, or looks like people, and no team of ours."""
    if (
        not plural
        or pattern("customer", "colleague").search(phrase)
        or pattern("people", "house").search(phrase)
    ):
        return False
    if phrase.split()[0].lower() in ("our", "my"):
        return False
    acts = bool(pattern("wordcues", "as_people").match(after.lstrip())) and head not in words(
        "fix_words", "people"
    )
    return acts or are_people(head)


def _calls(text: str) -> bool:
    """ "I called the bride": somebody met who is no colleague."""
    plain = text.replace("’", "'")
    met = pattern("wordcues", "calls").search(plain)
    return bool(met) and not pattern("customer", "colleague").search(plain)


def customer_voice(told: Material) -> Gap | None:
    """Customers are known second hand only, and the candidate is past the set-up, where a visit could still come."""
    annotation = told.annotation
    chances = annotation.customer_chances
    if last(annotation) < SETTLED or letter(annotation) != "A":
        return None
    if chances[:, DIRECT].max() >= SEEN or any(customer_cue(t) == "direct" for t in annotation.sentences):
        return None
    if chances[:, INDIRECT].max() < SURE:
        return None
    heard = annotation.sentences[int(chances[:, INDIRECT].argmax())]
    source = pattern("fix_words", "source").search(heard)
    one = told.customer
    return Gap(
        "customer-voice",
        {
            "source": source[0].lower() if source else None,
            "customers": told.customers,
            "customer": one,
            "a_customer": with_article(one) if one else None,
        },
    )
