"""What the words to a candidate are made of: their own nouns, figures and deeds, and nothing that is doubtful.

Everything here is either good English when it is spliced into a sentence, or None; the wording that needs it is then
not taken, and a plainer one is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.feedback.moved import moved
from voicemock.scoring.feedback.shown import Shown
from voicemock.scoring.findings.customer_cues import customer_cue, has_customer
from voicemock.scoring.findings.people import are_people
from voicemock.scoring.language.clauses import Clause, clauses_of
from voicemock.scoring.language.dictionary import is_plural, kinds_of, plural_of, singular_of
from voicemock.scoring.language.phrases import NounPhrase, names_something, noun_phrases, whole
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES, find_quantities

LISTS = 16  # of `wordcues.toml` that are looked for in each sentence, about
MACHINES = frozenset({"client", "clients", "host", "hosts"})  # in a design of systems
NOBODY = frozenset({"no", "any", "neither"})
TOPIC_WORDS = 7
TWICE = 2  # mentions; who comes up once may be anybody
SHORT = 7  # words of a deed that fits into a sentence of ours
OFTEN = 3  # mentions from which on a story is about a thing, and a design for somebody
# Stories whose customers are colleagues.
ABOUT_PEOPLE = frozenset({"hire-and-develop-the-best", "strive-to-be-earths-best-employer"})
OWN, SHARED = frozenset({"i"}), frozenset({"we"})  # actors of deeds


@lru_cache(maxsize=LISTS * CACHED_SENTENCES)
def _says(text: str, key: str) -> bool:
    return bool(pattern("wordcues", key).search(text.replace("’", "'")))


@dataclass(frozen=True)
class Material(Shown):
    """An answer, or its beginning, and the question it answers."""

    doubtful: frozenset[str] = frozenset()  # words, in lower case, that the recogniser was unsure of

    @cached_property
    def customers(self) -> str | None:
        """Whom it serves, in the plural: "merchants"; None where no word is sure.

        A design is for those whom its question names, or else for those who come up often and more often than others
        ("gardeners" beside "creators" leave it open). A story is about those it names twice.
        """
        if self.annotation.is_story:
            return self._named_most(TWICE)
        users = self.telling("user")
        return asked_people(self.question) or self._named_most(OFTEN) or (users.text if users else None)

    def _named_most(self, least: int) -> str | None:
        counted: Counter[str] = Counter()
        others: Counter[str] = Counter()
        for text in (*self.sentences, self.question):
            for phrase in noun_phrases(text):
                name = phrase.head.low
                machine = name in MACHINES and self.annotation.round == "system-design"
                if machine or phrase.tokens[0].low in NOBODY:  # "no accountant": those it is not for
                    continue
                if is_served(name):
                    counted[plural_of(singular_of(name))] += 1
                elif are_people(name):
                    others[name] += 1
        often = [name for name in counted if counted[name] >= least]
        named = [name for name in often if name not in words("customers", "generic")]
        best = max(named or often, key=lambda name: counted[name], default=None)
        if best is None or self.annotation.is_story:
            return best
        return best if counted[best] > max(others.values(), default=0) else None

    @property
    def customer(self) -> str | None:
        return singular_of(self.customers) if self.customers else None

    @cached_property
    def topic(self) -> str | None:
        """What the question of a design round is about: "tipping in a ride-hailing app" is "tipping"."""
        found = pattern("customers", "task").search(self.question)
        rest = self.question[found.end() :].strip().rstrip("?.! ") if found else ""
        phrases = noun_phrases(rest)
        first = next((p for p in phrases if p.first <= 1), None)
        if first is None or not names_something(first) or first.tokens[0].low in ("your", "my"):
            return None
        if first.head.low in words("fix_words", "no_topic"):
            return None
        after = tagged(rest)[first.last : first.last + 1]
        if after and after[0].low in ("that", "which"):
            return None  # "the feature that puts that right" has no name yet
        doing = after[0] if after and after[0].tag == "VERB" and after[0].low.endswith("ing") else None
        said = f"{first.text} {doing.text}" if doing else first.text  # "link sharing"
        if first.head.low in words("fix_words", "anything"):  # "a system" alone is any system
            said = rest[first.tokens[0].start :]
        if len(said.split()) > TOPIC_WORDS + 2:
            said = first.text
        return re.sub(r"^[Aa]n? ", "the ", said)

    def measured(self, metric: Metric) -> str | None:
        """What a claim measures, as a phrase that can open a sentence: "missing item refunds"."""
        phrase = self.measure(metric)
        if phrase is None:
            return None
        return phrase.text if self.is_name(phrase.tokens[0].text) else phrase.inside

    def measure(self, metric: Metric) -> NounPhrase | None:
        if metric.kind == "count" and metric.before is None:
            counted = whole(metric.of)  # the things counted; what the count shows is not known
            return counted if counted and counted.tokens[0].tag not in ("DET", "POSS") else None
        found = moved(self.sentences[metric.sentence], metric.text)
        if found is not None or not metric.of or metric.of.lower() not in metric.text.lower():
            return _fit(found)
        at = self.sentences[metric.sentence].find(metric.of)
        if re.search(
            r"(?i)\b(?:after|before|in|on|at|for|with|of|by|from|to|during) $",
            self.sentences[metric.sentence][:at],
        ):
            return None  # "after the national rollout refunds fell": two phrases side by side
        shared = re.search(rf"(?i)\bof (?:the |our |all )?{re.escape(metric.of)}", metric.text)
        return None if shared else _fit(whole(metric.of))  # 46% of slips says nothing of what the slips did

    @cached_property
    def thing(self) -> str | None:
        """What it is mostly about, if it is named more than once: "the relaunch"."""
        counted: Counter[str] = Counter()
        for text in self.sentences:
            for phrase in noun_phrases(text):
                head = phrase.head
                usable = head.tag == "NOUN" and names_something(phrase) and not is_served(head.low)
                if usable and head.low not in words("fix_words", "people") and not is_plural(head.low):
                    counted[head.low] += 1
        best, times = counted.most_common(1)[0] if counted else ("", 0)
        return f"the {best}" if times >= OFTEN else None

    @property
    def product(self) -> str | None:
        """What a story is mostly about, if somebody can use it: "the app", and not "the density"."""
        head = self.thing.split()[-1] if self.thing else ""
        return self.thing if head in words("fix_words", "products") else None

    @cached_property
    def act(self) -> Clause | None:
        """The deed that the story turns on: the candidate's own with most said of it, a decision before others."""
        weighty = words("fix_words", "weighty")
        deeds = [
            deed
            for i in self.lettered("A")
            for deed in self.deeds(i, OWN)
            if deed.verb in weighty and deed.to_do
        ]
        told = [deed for deed in deeds if has_object(deed) and "," not in deed.rest]
        return max(told, key=lambda d: 3 <= len(d.rest.split()) <= SHORT, default=None)

    @cached_property
    def done(self) -> Clause | None:
        """The last deed that is told, the candidate's own or a shared one."""
        acts = [deed for i in self.lettered("AR") for deed in self.deeds(i) if deed.to_do]
        weighty = [
            d
            for d in acts
            if d.verb in words("fix_words", "weighty")
            and len(d.rest.split()) <= SHORT
            and has_object(d)
            and "," not in d.rest
        ]
        return weighty[-1] if weighty else None

    @cached_property
    def hears_somebody(self) -> bool:
        """Whether anyone who is no colleague speaks in it, by words or by what the sentences look like."""
        visits = any(
            d.verb in words("fix_words", "met") for i in self.lettered("STA") for d in self.deeds(i, OWN)
        )
        return visits or any(customer_cue(t) == "direct" or _speaks(t) for t in self.sentences)

    @cached_property
    def others_speak(self) -> bool:
        """Whether anybody but the candidate and colleagues is heard, by the barest sign of it."""
        for text in self.sentences:
            plain = text.replace("’", "'")
            for found in pattern("wordcues", "speech").finditer(plain):
                subject = plain[: found.start()].split()[-1:]
                own = not subject or subject[0].lower() in ("i", "we", "to", "you", "that", "be")
                if not own and not pattern("customer", "colleague").search(plain):
                    return True
        return False

    @cached_property
    def names_people(self) -> bool:
        """Whether anybody at all comes up whom something could be for."""
        text = " ".join(self.sentences)
        return bool(pattern("wordcues", "anybody").search(text)) or any(
            is_served(p.head.low) or are_people(p.head.low) for t in self.sentences for p in noun_phrases(t)
        )

    def deeds(self, sentence: int, actors: frozenset[str] = OWN | SHARED) -> list[Clause]:
        return list(clauses_of(self.sentences[sentence], actors))

    def lettered(self, letters: str) -> list[int]:
        return [i for i, star in enumerate(self.annotation.star or ()) if star in letters]

    @cached_property
    def figures(self) -> frozenset[float]:
        """Every number that was said, units left aside."""
        return frozenset(abs(q.value) for text in self.sentences for q in find_quantities(text))

    @property
    def first_with_customer(self) -> int | None:
        return next((i for i, text in enumerate(self.sentences) if has_customer(text)), None)

    @property
    def asked(self) -> str | None:
        return self.annotation.principle

    def says_any(self, key: str, since: int = 0) -> bool:
        """Whether a list of `wordcues.toml` is heard from sentence `since` on."""
        return any(_says(text, key) for text in self.sentences[since:])

    def first_with(self, key: str) -> int | None:
        cue = pattern("wordcues", key)
        return next((i for i, t in enumerate(self.sentences) if cue.search(t.replace("’", "'"))), None)


def _fit(phrase: NounPhrase | None) -> NounPhrase | None:
    """A measure that can be named: not "the rate of it", not people, nothing of the speaker's."""
    if phrase is None or not names_something(phrase) or is_served(phrase.head.low):
        return None
    if len(phrase.tokens) == 1 and not phrase.plural and not phrase.head.text.isupper():
        doubtful = kinds_of(phrase.head.low) & {"VERB", "ADJ"} and phrase.head.low not in words(
            "fix_words", "measures"
        )
        if doubtful:
            return None  # "left", "finish": by itself hardly a name
    return None if any(t.tag == "POSS" and t.low in ("my", "your") for t in phrase.tokens) else phrase


def has_object(deed: Clause) -> bool:
    """ "moved the shelf", not "moved to the door" or "moved it"."""
    first = tagged(deed.rest)[0]
    return first.tag in ("DET", "POSS", "NOUN", "NAME", "ADJ", "NUM") and len(deed.rest.split()) >= 2


def _speaks(text: str) -> bool:
    """ "one of them told me", "she goes,": somebody's own words."""
    plain = text.replace("’", "'")
    heard = pattern("wordcues", "own_words").search(plain)
    return bool(heard) and not pattern("customer", "colleague").search(plain)


def is_served(noun: str) -> bool:
    """Whether this noun is a word for people whom a product serves, and for many of them."""
    one = singular_of(noun.lower())
    if one in words("customers", "one_person"):
        return False
    return bool(
        pattern("customer", "served").fullmatch(one) or pattern("customer", "served").fullmatch(noun.lower())
    )


def asked_people(question: str) -> str | None:
    """Whom the question of a design names: "grandparents", "older people"; None where it names nobody."""
    for phrase in noun_phrases(question):
        head = phrase.head.low
        if not phrase.plural or phrase.tokens[0].low in ("your", "my"):
            continue
        if head == "people":
            if phrase.tokens[0].tag == "ADJ":
                return phrase.text
        elif is_served(head) or are_people(head) or head in words("fix_words", "persons"):
            return head
    return None


def title(slug: str) -> str:
    """The principle as it is said."""
    return PRINCIPLES[slug].title if slug in PRINCIPLES else slug


def plural_subject(name: str) -> bool:
    """Whether "are" follows this phrase."""
    last = re.findall(r"[\w'-]+", name.split(" of ")[0])[-1]
    return is_plural(last)


__all__ = ["Material", "is_served", "title"]
