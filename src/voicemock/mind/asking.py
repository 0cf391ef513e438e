"""A line of a CV or of a job's description turned into a question, in plain English by its grammar. Pure.

Lines are of a few forms: what somebody did ("Led the redesign"), what is to be done ("Define the roadmap", "You will
own returns"), who is wanted ("You have scaled a service") and what they bring ("Experience with tests"). A line of
another form is quoted.
"""

from __future__ import annotations

import re

from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.dictionary import verb_forms
from voicemock.scoring.language.tags import tagged

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
_BRINGS = re.compile(
    r"(?i)^(?:you (?:have|bring) |must have )?(?=(?:[\w+/'’-]+ ){0,4}?(?:experience|understanding|knowledge|skills"
    r"|track record|expertise|judgement|judgment|passion|familiarity|fluency|background|comfort|command|grasp|sense|eye"
    r")\b)"
)


def question_about_a_deed(line: str) -> str:
    """Of a line of a CV."""
    text = _bare(line)
    if _opens_with_a_verb(text, "past", "base"):
        return f"Your CV says that you {to_you(_lowered(text))}. {HARDEST}"
    first = tagged(text)[0]
    if first.low in ("i", "we"):
        return f"Your CV says that {to_you(_lowered(text))}. {HARDEST}"
    return f"Your CV has this line: “{line.rstrip('.;,')}.” {HARDEST}"


def question_about_a_wish(line: str) -> str:
    """Of a line of a job's description."""
    text = _bare(line)
    if (found := _WHO.search(text)) is not None:
        return BE.format(line=re.sub(r"^(have|are)\b", _third, text[found.end() :]))
    if (found := _HAS_DONE.match(text)) is not None and "past" in verb_forms(found[1]).split():
        return BE.format(line=f"has {text[found.end() :]}")
    if (found := _TO_DO.match(text)) is not None and _opens_with_a_verb(text[found.end() :], "base"):
        return DO.format(line=_lowered(text[found.end() :]))
    if (found := _BRINGS.match(text)) is not None:
        return BRING.format(line=_lowered(text[found.end() :]))
    if (found := _IS.match(text)) is not None:
        return BE.format(line=f"is {text[found.end() :]}")
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
        and bool(set(verb_forms(low).split()) & set(forms))
    )


def _third(found: re.Match[str]) -> str:
    return {"have": "has", "are": "is"}[found[1].lower()]


def _lowered(text: str) -> str:
    """Its first letter small, but for an abbreviation's: "A/B tests", "SQL"."""
    return text if not text[1:2].islower() and text[1:2] != " " else f"{text[:1].lower()}{text[1:]}"
