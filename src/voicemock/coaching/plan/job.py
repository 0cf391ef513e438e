"""What a job's text dwells on (pure): its lines are looked through for words of each round and each principle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from voicemock.coaching.plan.model import Job
from voicemock.rounds import PRINCIPLES, ROUNDS

# Beginnings of words that such texts use of the work that a round is about.
_ROUND_WORDS = {
    "behavioral": r"stakeholder|influence\b|influencing|collaborat|cross-functional|leadership|mentor|conflict"
    "|communicat",
    "product-sense": r"product sense|product vision|vision (?:for|and|of)|long-term vision|roadmap"
    r"|user research|customer research|usability|personas?\b"
    r"|user experience|customer experience|prototyp|discovery|wirefram|product strategy",
    "analytical": "metric|analytic|analys[ei]|sql|experiment|a/b|kpi|dashboard|statistic|quantitativ|forecast"
    "|data-driven|insight|hypothes",
    "system-design": r"architect|apis?\b|distributed|scalab|infrastructure|platform|microservice|latency"
    r"|back-?end|cloud|machine learning|ml\b|technical design|system design|computer science|llm|pipeline",
    "portfolio": "portfolio|case stud|deep dive into your",
}
_PRINCIPLE_WORDS = {
    "customer-obsession": "customer obsess|customer-obsess|customer-centric|customer-first|voice of the customer"
    "|customer pain|customer needs",
    "ownership": "ownership|end[- ]to[- ]end|accountab|self-starter",
    "invent-and-simplify": r"invent(?:s|ed|ing|ive|ions?)?\b|innovat|simplif|automat",
    "are-right-a-lot": "sound judge?ment|good judge?ment|strong judge?ment|ambigu",
    "learn-and-be-curious": "curio|eager to learn|continuous learning|learn quickly",
    "hire-and-develop-the-best": "hire|hiring|recruit|mentor|coach|develop talent|grow the team|build a team",
    "insist-on-the-highest-standards": "high standards|highest standards|high bar|quality bar|attention to detail"
    "|operational excellence",
    "think-big": "think big|long-term vision|multi-year|bold|ambitious",
    "bias-for-action": "bias for action|fast-paced|move fast|move quickly|urgen|quick decisions",
    "frugality": "frugal|budget|cost reduc|cost-conscious|limited resources|efficien|lean team",
    "earn-trust": "earn trust|earn the trust|build trust|trusted|credib|relationships",
    "dive-deep": "dive deep|deep dive|root cause|detail-oriented|sql|drill",
    "have-backbone-disagree-and-commit": "backbone|disagree|challenge the status quo|push back|difficult conversations"
    "|conflict",
    "deliver-results": r"deliver(?:s|ed|ing)? (?:on |results|products|features|projects|programs)"
    r"|ship(?:ped|ping)? products|deadlines|track record|results-oriented|on time",
    "strive-to-be-earths-best-employer": "inclusi|diversity|employee experience|safe workplace|wellbeing|empath",
    "success-and-scale-bring-broad-responsibility": "responsib(?:le|ly) ai|privacy|sustainab|communit|compliance"
    "|ethic|societ|accessib",
}
MOST_PRINCIPLES = 5  # those with most lines: a text that names all names none


def read_job(name: str, lines: Iterable[str]) -> Job:
    """What the lines of the file called `name` speak of."""
    texts = list(lines)
    rounds = _counts(_ROUND_WORDS, texts)
    named = {slug: f"{words}|{re.escape(PRINCIPLES[slug].title)}" for slug, words in _PRINCIPLE_WORDS.items()}
    principles = _counts(named, texts)
    return Job(
        name,
        {slug: rounds[slug] for slug in ROUNDS if rounds[slug]},
        tuple(
            sorted((s for s in PRINCIPLES if principles[s]), key=lambda s: -principles[s])[:MOST_PRINCIPLES]
        ),
    )


def _counts(words: Mapping[str, str], lines: Iterable[str]) -> dict[str, int]:
    """How many lines have a word of each."""
    found = dict.fromkeys(words, 0)
    for line in lines:
        for slug, pattern in words.items():
            found[slug] += bool(re.search(rf"\b(?:{pattern})", line, re.IGNORECASE))
    return found
