"""Lexical cues of the customer signal (rubric section 4): who is served, and how the candidate knows.

`direct`: the candidate talked to, watched or quoted customers; `indirect`: tickets, surveys, reports,
dashboards, research by others. Features for the learned classifier and the rule when there is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from voicemock.scoring.findings.people import AGENTS, BUYS_OR_USES, is_outsiders, serves_people
from voicemock.scoring.model import Customer
from voicemock.scoring.models.encoder import CACHE_SENTENCES
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import find_quantities

QUOTED = re.compile(r"[\"“][^\"”]{8,}[\"”]|\bquote,")
SHARE_OF = re.compile(
    r"(?:(?:\d+ ?%|percent|half|a third|a quarter|(?:two|three) (?:thirds|quarters|fifths)|most|one in \w+"
    r"|\w+ in ten|\d+) of"
    r" (?:our|the|all|my|these|those)|\w+ (?:out of|in) (?:ten|five|twenty|a hundred))(?!\w)",
    re.IGNORECASE,
)
FOUND = re.compile(
    r"\b(?:found|saw|showed|shows|turned out|turns out|learned|noticed|data|analysis"
    r"|according to|could see)\b",
    re.IGNORECASE,
)
# A person with a name or an article who speaks: "a florist told me", "Denise said".
NEAR_WORDS = 8
MANY = 5  # people met, from which on their number says something
ON = 12  # words between "I" and a verb of contact that is joined to another: "I stayed until noon and spoke to"
OTHERS = "he|she|they|it|who|which|that|you|people|somebody|someone"  # whose deed it then is


@lru_cache(maxsize=CACHE_SENTENCES)
def has_customer(text: str) -> bool:
    """Whether the sentence mentions anyone whom the product serves."""
    return bool(pattern("customer", "served").search(text)) or serves_people(text)


def names_colleague(text: str) -> bool:
    """Whether the sentence mentions anyone of the candidate's own house."""
    return bool(pattern("customer", "colleague").search(text))


def has_customer_quote(text: str) -> bool:
    """Whether the sentence carries a customer's own words."""
    match = pattern("customer", "told").search(text)
    return bool(match) and has_customer(text) and not _colleague_speaks(text)


def customer_cue(text: str) -> Customer | None:
    """The strongest signal of one sentence by its words alone; None where it has none."""
    if met_them(text) or has_customer_quote(text) or _met(text):
        return "direct"
    return "indirect" if _knows_of(text) else None


def _met(text: str) -> bool:
    """Whether people were met who are not named as customers: interviews, ride-alongs, "I called her and asked"."""
    plain = text.replace("’", "'")
    return bool(pattern("customer", "met").search(plain)) and not pattern("customer", "colleague").search(
        plain
    )


def _knows_of(text: str) -> bool:
    """Whether customers are known through others or through data; a report may be about anything, and needs one."""
    if pattern("customer", "indirect").search(text):
        return True
    told = has_customer(text) and (pattern("customer", "reported").search(text) or SHARE_OF.search(text))
    return bool(told)


def counts_them(text: str) -> bool:
    """Whether a share of those who are served was found ("I found that 20% of our customers"): known from data."""
    return bool(FOUND.search(text) and _share_of_served().search(text))


@cache
def _share_of_served() -> re.Pattern[str]:
    return re.compile(rf"{SHARE_OF.pattern} (?:\w+ )?{pattern('customer', 'served').pattern}", re.IGNORECASE)


@cache
def _contact_pattern() -> re.Pattern[str]:
    """A first person, a verb of contact near, or joined to what else "I" did, and those who are met behind it."""
    verb, served = pattern("customer", "contact_verb").pattern, pattern("customer", "served").pattern
    on = rf"(?:\s+(?!(?:{OTHERS})\b)[^\s.;:!?]+){{0,{ON}}}?,?\s+(?:and|then)(?:\s+then)?\s+{verb}"
    going, to_meet = pattern("customer", "went").pattern, pattern("customer", "to_meet").pattern
    went = rf"\s+(?:\w+\s+)?{going}(?:\s+[^\s.;:!?]+){{0,8}}?\s+{to_meet}"
    return re.compile(
        rf"\b(?:i|we|i'd|i've|we'd|we've)\b(?:(?:\s+\S+){{0,3}}?\s+{verb}|{on}|{went})(?:\s+\S+){{0,6}}?\s+"
        rf"(?:{served}|(?P<who>{AGENTS})\b)",
        re.IGNORECASE,
    )


def met_them(text: str) -> bool:
    """Whether the candidate met someone served: a first person, a verb of contact and a customer close by.

    "A couple of engineers" and "a guy from finance" are colleagues, whatever the noun before.
    """
    found = _contact_pattern().search(text.replace("’", "'"))
    if not found or (found["who"] and not is_outsiders(found["who"])):
        return False
    behind = " ".join(text[found.end() :].split()[:3])
    named = pattern("customer", "somebody").search(found.group())
    return not (named and pattern("customer", "colleague").search(behind)) and not _asks_own(found.group())


def counts_contact(text: str) -> bool:
    """Whether a number says how many were met or watched: "asked 50 shoppers", "watched 84 loads"."""
    plain = text.replace("’", "'")
    ends = {match.end() for match in _counted_contact().finditer(plain)}
    if not ends or names_colleague(plain):
        return False
    return any(q.start in ends and q.kind == "count" and q.value >= MANY for q in find_quantities(plain))


@cache
def _counted_contact() -> re.Pattern[str]:
    verb, to_meet = pattern("customer", "contact_verb").pattern, pattern("customer", "to_meet").pattern
    return re.compile(
        rf"\b(?:{verb}|{to_meet})\s+(?:all\s+|about\s+|over\s+|some\s+|another\s+)?(?=\S)", re.IGNORECASE
    )


def _asks_own(words: str) -> bool:
    """Whether those who are met are the house's own ("our lawyers"): of a trade, and not who buys or uses."""
    met = re.search(r"\b(?:our|my)\s+(?:\w+\s+)?(\w+)$", words, re.IGNORECASE)
    return bool(met) and not BUYS_OR_USES.fullmatch(met[1] if met else "")


def _colleague_speaks(text: str) -> bool:
    """Whether the words before the speech verb name a colleague rather than a customer."""
    match = pattern("customer", "told").search(text)
    if not match:
        return False
    lead = " ".join(text[: match.start()].split()[-NEAR_WORDS:])
    customers = [m.start() for m in pattern("customer", "served").finditer(lead)]
    colleagues = [m.start() for m in pattern("customer", "colleague").finditer(lead)]
    return (bool(colleagues) and (not customers or max(colleagues) > max(customers))) or not customers
