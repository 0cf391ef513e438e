"""A line of a CV or of a job's description turned into a question, in plain English by its grammar. Pure.

Lines are of a few forms: what somebody did ("Led the redesign"), what is to be done ("Define the roadmap", "You will
own returns"), who is wanted ("You have scaled a service") and what they bring ("Experience with tests"). A line of
another form is quoted, and one that would not be plain English in ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.dictionary import verb_forms
from voicemock.scoring.language.phrases import keeps_capital, within
from voicemock.scoring.language.tags import Token, tagged

HARDEST = "What was the hardest part of it, and what did you do yourself?"
DO = "This job asks you to {line}. Tell me about a time you did something like it."
BE = "This job asks for somebody who {line}. Tell me about a time that shows it."
BRING = "This job asks for {line}. Tell me about a time that shows yours."
QUOTED = "The job description says: “{line}.” Tell me about a time that shows you can do it."
# First words that are verbs in the dictionary, and nouns in a job's description.
NOUNS = frozenset(
    {"experience", "product", "comfort", "must", "business", "project", "program", "market", "customer"}
)
# What was done to somebody, or by them: "Selected for the board", "Selected three vendors".
EITHER = frozenset({"awarded", "selected", "named", "elected", "nominated", "recognised", "recognized", "invited",
                    "appointed", "certified", "chosen", "voted"})  # fmt: skip
OBJECTS = frozenset(
    {"DET", "POSS", "NUM", "ADJ", "PRON"}
)  # what a verb's object begins with, and a noun has not after it
TO_THE_READER = frozenset({"you", "your", "yours", "yourself", "you're", "you've", "you'll"})
PLURAL = frozenset({"have", "are", "do", "were"})
_ROLE = re.compile(
    r"(?i)^(?:lead|head|chief)\b.{0,25}\b(?:manager|engineer|designer|developer|analyst|architect|scientist|owner)\b"
)
_LABEL = re.compile(r"^(?:[\w'’-]+ ){0,3}[\w'’-]+:\s+(?=\w)")
_TO_DO = re.compile(
    r"(?i)^(?:you(?: will|'ll|'d| would| can| must)(?: also| then)? |(?:you are |you're |be |must be )?able to "
    r"|(?:you have (?:an?|the) )?(?:an? )?(?:\w+ )?ability to |responsible for )"
)
_WHO = re.compile(
    r"(?i)\b(?:some(?:one|body)|people|a person|candidates?) who (?=has|have|is|are|can|\w+s\b)"
)
_HAS_DONE = re.compile(r"(?i)^(?:you have|you've|must have|have) (?=(\w+))")
_IS = re.compile(r"(?i)^(?:you are|you're|must be) ")
_WHAT = (
    r"(?:experience|understanding|knowledge|skills|track record|expertise|judgement|judgment|passion|familiarity"
    r"|fluency|background|comfort|command|grasp|sense|eye)\b"
)
_HEAD = re.compile(rf"(?i){_WHAT}")
_BRINGS = re.compile(rf"(?i)^(?:you (?:have|bring) |must have )?(?=(?:[\w+/'’-]+ ){{0,4}}?{_WHAT})")


def question_about_a_deed(line: str) -> str:
    """Of a line of a CV."""
    text = _bare(line)
    if _opens_with_a_verb(text, "past") or (_opens_with_a_verb(text, "base") and _has_an_object(text)):
        return f"Your CV says that you {to_you(_lowered(text))}. {HARDEST}"
    first = tagged(text)[0]
    if first.low in ("i", "we"):
        return f"Your CV says that {to_you(_lowered(text))}. {HARDEST}"
    return f"Your CV has this line: “{line.rstrip('.;,')}.” {HARDEST}"


def question_about_a_wish(line: str) -> str:
    """Of a line of a job's description."""
    text = _bare(line)
    if (found := _WHO.search(text)) is not None:
        return _who(text, re.sub(r"^(have|are)\b", _third, text[found.end() :]))
    if (found := _HAS_DONE.match(text)) is not None and "past" in verb_forms(found[1]).split():
        return _who(text, f"has {text[found.end() :]}")
    if (found := _TO_DO.match(text)) is not None and _opens_with_a_verb(text[found.end() :], "base"):
        return DO.format(line=_lowered(text[found.end() :]))
    if (found := _BRINGS.match(text)) is not None:
        if found.end():  # a capital in mid-sentence is a name's
            return BRING.format(line=text[found.end() :])
        return QUOTED.format(line=text) if _may_be_a_name(text) else BRING.format(line=_lowered(text))
    if (found := _IS.match(text)) is not None:
        return _who(text, f"is {text[found.end() :]}")
    if _opens_with_a_verb(text, "base"):
        return DO.format(line=_lowered(text))
    return QUOTED.format(line=text)


def opens_with_a_verb(line: str) -> bool:
    """Whether a line begins with what was done or is to be done: "Hired nine engineers", "Hire great people"."""
    return _opens_with_a_verb(_bare(line), "past", "base")


def _bare(line: str) -> str:
    """Without what stands before a colon and without its end."""
    return _LABEL.sub("", line.replace("’", "'")).rstrip(" .;,:")


def _opens_with_a_verb(text: str, *forms: str) -> bool:
    tokens = tagged(text)
    low = tokens[0].low if tokens else ""
    return (
        low not in NOUNS | EITHER
        and not _ROLE.match(text)
        and (len(tokens) < 2 or tokens[1].low != "of")  # "Design of the checkout"
        and bool(set(verb_forms(low).split()) & set(forms))
    )


def _has_an_object(text: str) -> bool:
    """Whether a first word that is a noun as well is a verb here: "Support all crews", and not "Support for crews"."""
    after = tagged(text)[1:2]
    return bool(after) and after[0].tag in OBJECTS


def _who(text: str, does: str) -> str:
    """Who is wanted, by what they do; quoted where what follows would not agree with "somebody who"."""
    tokens = tagged(does)
    if any(token.low in TO_THE_READER for token in tokens) or _goes_on(tokens):
        return QUOTED.format(line=text)
    return BE.format(line=does)


def _goes_on(tokens: Sequence[Token]) -> bool:
    """Whether a second verb is a plural's: "has run a shop and know its customers"."""
    joined = False
    for token in tokens:
        if joined and (token.low in PLURAL or (token.tag == "VERB" and token.form == "base")):
            return True
        joined = token.tag in ("CONJ", "PUNCT") or (joined and token.tag == "ADV")
    return False


def _may_be_a_name(text: str) -> bool:
    """Whether nobody can tell if its first word keeps its capital: "Python experience", "Retail experience"."""
    first = tagged(text)[0]
    return first.tag == "NOUN" and not keeps_capital(first) and not _HEAD.match(text)


def _third(found: re.Match[str]) -> str:
    return {"have": "has", "are": "is"}[found[1].lower()]


def _lowered(text: str) -> str:
    """Its first letter small, but for a name's and an abbreviation's: "A/B tests", "SQL"."""
    return text if not text[1:2].islower() and text[1:2] != " " else within(text)
