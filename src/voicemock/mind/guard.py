"""What a line of the mind has to be before anybody reads it or hears it. Pure, but for the sentence encoder.

The product has a line of its own for whatever it asks a mind to word, and that line is the measure. Besides passing the
gate of every text, a line of the mind

- has the form of its kind: so many words, one question or one sentence, and no talk of marks, rules or itself;
- quotes nothing but whole words of the answer, in marks as they were said, after "you said" also as they are said back;
- holds no figure that our line does not hold, in our order and with the noun that it was said with;
- is made of the candidate's words, the question's, and those that our own texts use: nothing is invented;
- means what our line means, and is nearer to it than to anything that is not missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from voicemock.packs.phrases import load_phrases
from voicemock.scoring.feedback.figures import values
from voicemock.scoring.feedback.gate import BLANK, passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.dictionary import base_of, singular_of
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.scoring.models.lexicon import lexicon

CONTENT = frozenset({"NOUN", "NAME", "VERB", "ADJ", "ADV", "FILL"})  # the others are closed lists
NEAR = 0.5  # cosine to our line; two wordings of one kind of ours have a median of 0.61
# Words of an interview that our own texts happen not to use.
EVERYDAY = frozenset(
    {"percent", "specific", "exact", "personally", "role", "impact", "improve", "lead", "handle"}
)
# What the gate finds wrong, said of a line that somebody else wrote.
IN_WORDS = {
    "no sentence": "it is not one sentence",
    "misspelt": "it is misspelt",
    "said by the candidate": "it speaks as the candidate",
    "all blanks": "it is nearly all blanks",
    "foul": "it is foul",
    "misquotes": "it quotes what was not said",
    "recogniser was unsure": "it repeats a word that may have been misheard",
    "a figure from nowhere": "it holds a figure from nowhere",
    "contradicted by the answer": "the answer contradicts it",
    "said before": "it was said before",
}
MORE_WORDS = 2  # than our line has, where that is long for the candidate's words in it
PAIR = 3  # words after a figure within which its noun stands
_QUOTED = re.compile(r"(?<!\w)['\"“‘](.+?)['\"”’](?!\w)")
_QUOTES = re.compile(r"[\"“”„«»‘`]|(?<!\w)'|'(?!\w)")
_SAID_SO = re.compile(
    r"(?i)\byou(?:'ve| have| had)? (?:said|say|told|mention|claim|stat|report|explain|describ|admit)\w*(?: that)?\b"
)
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")
_CLAUSE = re.compile(r"(?:(?! (?:and|but|yet|without) )[^,:;.?!])*")
_ABOUT_US = re.compile(
    r"(?i)\b(?:scor(?:e|es|ed|ing)|rat(?:e|ed|ings?)|grad(?:e|es|ed|ing)|marks|rules?|instructions?|prompts?|rubrics?|ai"
    r"|assistant|language model|interviewer|candidate|assessors?|graders?|overall|perfect|deserv(?:e|es|ed|ing)"
    r"|out of (?:4|four|5|five|10|ten)|[1-4] ?/ ?[4-5])\b"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of line it is: how long it may be, and what it may end with."""

    most_words: int
    ends: str
    to_say: bool = False  # by the candidate, with blanks


QUESTION = Shape(20, "?")
WHY = Shape(22, ".?!")
LINE = Shape(40, ".?!", to_say=True)
PRAISE = Shape(35, ".!")
ASKED = Shape(40, ".?")


def fault(
    text: str,
    told: Material,
    ours: Sequence[str],
    shape: Shape,
    *,
    said: Sequence[str] = (),
    others: Sequence[str] = (),
    encoder: Encoder | None = None,
) -> str:
    """What is wrong with a line of the mind; empty where nothing is. `ours` are our wordings of the same, `others`
    wordings of what is not missing.
    """
    verdict = passes(text, told, said, line=shape.to_say)
    return (
        _form(text, shape, ours)
        or _about_the_marking(text, ours)
        or IN_WORDS.get(verdict.why, verdict.why)
        or ("it quotes what was not said" if misquotes(text, told) else "")
        or _figures(text, told, ours)
        or _invented(text, told, ours)
        or _meaning(text, ours, others, encoder or default_encoder())
    )


def _form(text: str, shape: Shape, ours: Sequence[str]) -> str:
    most = max(shape.most_words, *(len(each.split()) + MORE_WORDS for each in ours), 0)
    if not text:
        return "it is not in the form that was asked for"
    if len(text.split()) > most:
        return "it is too long"
    if text[-1] not in shape.ends or text.count("?") > 1:
        return "it is not one question" if shape is QUESTION else "it is not one sentence"
    return "it leaves a blank to fill in" if BLANK in text and not shape.to_say else ""


def _about_the_marking(text: str, ours: Sequence[str]) -> str:
    """An interviewer asks for the story; a word of marking belongs in it only where our own line has it."""
    due = " ".join(ours).lower()
    found = [word for word in _ABOUT_US.findall(text) if word.lower() not in due]
    return "it talks about the marking" if found else ""


def misquotes(text: str, told: Material) -> bool:
    """Whether it says that something was said which was not, in quotation marks or without them."""
    said = " ".join(told.sentences)
    answer, heard = _words(said), _words(to_you(said))
    if any(_words(found[1]) not in answer for found in _QUOTED.finditer(text)):
        return True
    left = _QUOTED.sub(" ", text)
    claimed = (_CLAUSE.match(left, found.end())[0] for found in _SAID_SO.finditer(left))  # type: ignore[index]
    return bool(_QUOTES.search(left)) or any(
        _words(words) not in answer and _words(words) not in heard for words in claimed
    )


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w$%£€']+", text.lower().replace("’", "'")))


def _figures(text: str, told: Material, ours: Sequence[str]) -> str:
    """Figures are those of one of our own lines, in its order, each with a noun that it was said with."""
    found = values(text)
    if found and not any(_in_order(found, values(line)) for line in ours):
        return "it holds a figure that ours does not"
    said = {pair for line in (*told.sentences, *ours) for pair in _pairs(line, PAIR)}
    return "it puts a figure to something else" if set(_pairs(text, PAIR - 1)) - said else ""


def _in_order(some: Sequence[float], all_: Sequence[float]) -> bool:
    left = iter(all_)
    return all(value in left for value in some)


def _pairs(text: str, reach: int) -> Iterable[tuple[str, str]]:
    return (pair for sentence in _SENTENCE_ENDS.split(text) for pair in _pairs_within(sentence, reach))


def _pairs_within(sentence: str, reach: int) -> Iterable[tuple[str, str]]:
    tokens = tagged(sentence)
    for at, token in enumerate(tokens):
        if token.tag == "NUM" and values(token.text):
            after = tokens[at + 1 : at + 1 + reach]
            yield from ((token.low, _base(noun)) for noun in after if noun.tag == "NOUN")


def _invented(text: str, told: Material, ours: Sequence[str]) -> str:
    known = EVERYDAY | our_vocabulary() | _vocabulary((*told.sentences, told.question, *ours))
    strange = [t.text for t in tagged(text.replace(BLANK, "")) if t.tag in CONTENT and not _forms(t) & known]
    return f"it brings in a word from nowhere ({strange[0]})" if strange else ""


def _meaning(text: str, ours: Sequence[str], others: Sequence[str], encoder: Encoder) -> str:
    if not ours:
        return "nothing of ours to hold it against"
    line = encoder.encode([text])[0]

    def near(texts: Sequence[str]) -> float:  # one at a time: who reads the answer waits for the encoder too
        return max(float(encoder.encode([text])[0] @ line) for text in texts)

    nearness = near(ours)
    if nearness < NEAR:
        return "it says something else than ours"
    if others and near(others) > nearness:
        return "it asks for what is not missing"
    return ""


@cache
def our_vocabulary() -> frozenset[str]:
    """Every word that the product's own questions and fixes are made of."""
    shapes = (text for rows in lexicon("fixes").values() for row in rows for text in row.values())
    wordings = (text for texts in load_phrases().wordings.values() for text in texts)
    return _vocabulary([re.sub(r"\{\w+\}", " ", str(text)) for text in (*shapes, *wordings)])


def _vocabulary(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(form for text in texts for token in tagged(text) for form in _forms(token))


def _forms(token: Token) -> frozenset[str]:
    """The word, as a noun and as a verb: the same word whatever it is inflected to."""
    low = token.low
    return frozenset({low, singular_of(low), base_of(low) or low})


def _base(token: Token) -> str:
    return singular_of(token.low)
