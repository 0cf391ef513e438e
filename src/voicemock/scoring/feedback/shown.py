"""What the network hears in an answer: the words of it that tell most, and what each sentence shows.

Nothing of it is looked for before it is asked for, so that a text about figures alone costs no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from voicemock.scoring.feedback.said_clauses import clauses_said, deed_weight
from voicemock.scoring.feedback.telling import is_clause, may_be_said
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.frameworks import shown_name
from voicemock.scoring.language.phrases import opened, within
from voicemock.scoring.models import telling
from voicemock.scoring.models.lexicon import lexicon, pattern
from voicemock.scoring.models.telling import OF_PROPOSALS, OF_STORIES, SHOWN, Read, Telling

SURELY = -0.6  # the score from which on words of a story are put into any text
# Scored so and in a sentence that shows an outcome so plainly, nine of ten were how it ended to readers of 136 stories.
ENDS, OUTCOME = 0.5, 0.8
COUNTED = 0.9  # the chance from which an outcome has its figure
# Chances of an own deed and of a choice from which four of five were what the story turned on to the same readers.
TURNS_ON, CHOSEN = 0.95, 0.3
# What a sentence shows besides where its words of a kind are what they seem, any of these.
SHOWN_WITH = {
    "did": ("own",),
    "choice": ("own", "choice", "we"),
    "end": ("outcome", "figure", "soft"),
    "lesson": ("lesson",),
    "against": ("against",),
    "idea": ("ideas", "pick", "first", "features", "flow"),
    "pick": ("pick", "first", "chosen"),
    "measure": ("measure", "north_star", "secondary", "guardrail", "primary_metric", "target"),
    "cost": ("tradeoff",),
    "pain": ("pain",),
}
_POINTS_BACK = re.compile(r"(?i)\b(?:it|this|that|these|those|them|him|her|there|so|then)\b")
_PROPOSED = re.compile(r"(?:I|[Ww]e)(?:['’]d|['’]ll| would| will)\b")  # and not how something works
PLAINLY = 0.6  # the chance from which on a clause of a sentence stands for what it shows
# Words that are quoted where they stand need be less sure than those that are put into any text: the score of a deed,
# the chance that its sentence tells one of the candidate's own, and that a sentence tells an outcome.
DONE, DONE_BY_ME, CAME = -0.6, 0.8, 0.5


@dataclass(frozen=True)
class Shown:
    """An answer, or its beginning, and the question it answers."""

    annotation: Annotation
    question: str = ""
    # What is made of it is said while the answer goes on; which words tell most is known once it is over.
    cutting_in: bool = field(default=False, kw_only=True)

    @property
    def sentences(self) -> Sequence[str]:
        return self.annotation.sentences

    @property
    def of_a_failure(self) -> bool:
        """Whether the question asks for something that went wrong: no gain is due then."""
        return bool(pattern("fix_words", "failure").search(self.question))

    def shows(self, what: str, sentence: int | None = None) -> float:
        """How likely the answer, or one sentence of it, shows this (`telling.SHOWN`), from 0 to 1."""
        column = self._read.shown[:, SHOWN.index(what)]
        return float(column.max(initial=0.0) if sentence is None else column[sentence])

    def seems(self, what: str, sentence: int | None = None) -> bool:
        """Whether a reader may find it there."""
        return self.shows(what, sentence) >= float(lexicon("shown")["likely"][what])

    def seems_done(self, part: str) -> bool:
        """Whether a reader may find this part of the answer's framework; True of parts that nothing is known of."""
        name = shown_name(self.annotation.framework_name or "", part)
        return name is None or self.seems(name)

    def showing(self, what: str, least: float) -> list[int]:
        """The sentences that show it, in their order."""
        return [i for i in range(len(self.sentences)) if self.shows(what, i) >= least]

    def telling(self, kind: str) -> Telling | None:
        """The words of a kind (`models/telling.py`) that tell most and may be said back; none while it goes on."""
        return next(iter(self.tellings(kind)), None)

    def tellings(self, kind: str) -> list[Telling]:
        """All of them, the surest first."""
        found = (
            each
            for each in self._tellings
            if each.kind == kind and may_be_said(each, self.sentences[each.sentence]) and self._is_so(each)
        )
        return sorted(found, key=lambda each: -each.score)

    def _is_so(self, words: Telling) -> bool:
        """Whether their sentence is of the kind, too."""
        shown = SHOWN_WITH.get(words.kind)
        return shown is None or any(self.seems(what, words.sentence) for what in shown)

    @cached_property
    def own_words(self) -> dict[str, str]:
        """What any text may hold of these words, by the names that `fixes.toml` has for it."""
        if self.cutting_in or not self.annotation.over:
            return {}
        return dict(self._of_story() if self.annotation.is_story else self._of_proposal())

    def _of_story(self) -> Iterator[tuple[str, str]]:
        kinds = {
            "ended": "end", "trouble": "trouble", "chose": "choice", "whom": "whom", "lesson_said": "lesson",
        }  # fmt: skip
        for name, kind in kinds.items():
            words = self.telling(kind)
            if words is None or words.score < SURELY:
                continue
            if kind != "end" or (self._ends(words) and not self.of_a_failure):
                yield name, self.inside(words)
        about = self._named_again("thing", SURELY)
        named = {
            "about": about, "About": opened(about),
            "mine": self.turning_deed, "erred": self.clause_of("mistake"),
        }  # fmt: skip
        yield from ((name, said) for name, said in named.items() if said is not None)

    def _of_proposal(self) -> Iterator[tuple[str, str]]:
        served, gauge = self._named_again("user"), self._named_again("measure")
        idea = self.telling("idea")
        chosen = idea is not None and self.seems("pick", idea.sentence)  # and not one that is dropped
        built = again(self.inside(idea)) if idea is not None and chosen else None
        if self.annotation.framework_name == "root-cause":
            gauge = None  # what would be looked at, and not what fell
        named = {
            "built": built, "Built": opened(built), "served": served, "Served": opened(served),
            "gauge": gauge, "Gauge": opened(gauge),
        }  # fmt: skip
        yield from ((name, said) for name, said in named.items() if said is not None)
        for name, kind in {"hurts": "pain", "pick": "pick", "price": "cost", "guess_said": "guess"}.items():
            words = self.telling(kind)
            if words is not None and (kind != "pick" or _PROPOSED.match(words.text)):
                yield name, self.inside(words)

    def _named_again(self, kind: str, least: float = -inf) -> str | None:
        words = self.telling(kind)
        return again(self.inside(words)) if words is not None and words.score >= least else None

    def _ends(self, words: Telling) -> bool:
        """Whether these words are surely how it ended well: a result where one is known, and nothing in adjectives."""
        results = {metric.sentence for metric in self.annotation.results}
        vague = any(words.sentence == claim.sentence for claim in self.annotation.vague)
        points = points_back(words.text)  # an opening that nobody understands
        lost = points or pattern("shown", "no_win").search(words.text.replace("’", "'"))
        if vague or lost or (results and words.sentence not in results):
            return False
        plainly = self.shows("outcome", words.sentence) >= OUTCOME
        return plainly and (words.score >= ENDS or words.sentence in results)

    @property
    def turning_deed(self) -> str | None:
        """The candidate's own deed that the story turns on, as they said it: a choice before others."""
        return self._turning_deed[1] if self._turning_deed else None

    @cached_property
    def _turning_deed(self) -> tuple[int, str] | None:
        did = {words.sentence: f"I {words.text}" for words in reversed(self.tellings("did"))}
        own = [i for i in self.showing("own", TURNS_ON) if self.shows("choice", i) >= CHOSEN]
        for i in sorted(own, key=lambda i: -self.shows("choice", i)):
            clauses = [clause for clause in self._by_me(i) if deed_weight(clause, "I") > 0]
            deed = did.get(i) or max(clauses, key=lambda clause: deed_weight(clause, "I"), default=None)
            if deed is not None and not points_back(deed):
                return i, deed
        return None

    def deed_before(self, sentence: int) -> str | None:
        """The candidate's own deed up to a sentence that tells most, as they said it."""
        plain = (
            f"I {words.text}"
            for words in self.tellings("did")
            if words.sentence <= sentence
            and words.score >= DONE
            and self.shows("own", words.sentence) >= DONE_BY_ME
        )
        turning = self._turning_deed
        if turning is not None and turning[0] <= sentence:
            return turning[1]
        return next((deed for deed in plain if not points_back(deed)), None)

    @cached_property
    def outcome_told(self) -> Telling | None:
        """What came of it, in words that can be quoted where they stand."""
        ends = [words for words in self.tellings("end") if self.shows("outcome", words.sentence) >= CAME]
        return max(ends, key=self._surely_came, default=None)

    def _surely_came(self, words: Telling) -> float:
        outcome, figure = (self.shows(what, words.sentence) for what in ("outcome", "figure"))
        return words.score + outcome + figure

    def clause_of(self, what: str) -> str | None:
        """The clause with an "I" of the sentence that shows it most plainly."""
        plainest = sorted(self.showing(what, PLAINLY), key=lambda i: -self.shows(what, i))
        return next((clause for i in plainest for clause in self._by_me(i)), None)

    def _by_me(self, sentence: int) -> list[str]:
        said = clauses_said(self.sentences[sentence])
        return [clause for clause in said if clause.startswith("I ") and is_clause(clause)]

    def inside(self, words: Telling) -> str:
        """These words as they stand inside a sentence: small at their beginning, but for a name."""
        first = words.text.split()[0]
        opens = self.sentences[words.sentence].lstrip("\"'“").startswith(words.text)
        named = first == "I" or (self.is_name(first) if opens else True)
        return words.text if named else within(words.text)

    def is_name(self, word: str) -> bool:
        """Whether a word that has a capital has it inside a sentence too: "Patna"."""
        within = re.compile(rf"[a-z,] {re.escape(word)}\b")
        return word[:1].isupper() and any(within.search(text) for text in self.sentences)

    @cached_property
    def _read(self) -> Read:
        return telling.read(self.sentences)

    @cached_property
    def _tellings(self) -> tuple[Telling, ...]:
        if self.cutting_in or not self.annotation.over:
            return ()
        return tuple(self._read.words(OF_STORIES if self.annotation.is_story else OF_PROPOSALS))


def points_back(text: str) -> bool:
    """Whether nobody understands it who has not heard the sentences before."""
    return bool(_POINTS_BACK.search(text))


def again(name: str) -> str:
    """ "A map of the stalls" is "the map of the stalls" when it is named again."""
    return re.sub(r"^(?:[Aa]n?|[Ss]ome) ", "the ", name)
