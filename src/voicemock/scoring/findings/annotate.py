"""Everything that is found in an answer, or in its beginning as heard so far: the one input of rubric and
interrupter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from voicemock.rounds import STORY_ROUNDS
from voicemock.scoring.claims.contradictions import find_inconsistencies
from voicemock.scoring.claims.metrics import find_metrics, told_once
from voicemock.scoring.findings.checks import Asked, elsewhere_check, principle_check, substance_checks
from voicemock.scoring.findings.customer import CustomerSignal, find_customer, signal_probabilities
from voicemock.scoring.findings.frameworks import (
    Framework,
    find_framework,
    framework_name,
    part_probabilities,
    share_shown,
)
from voicemock.scoring.findings.names import named_principles
from voicemock.scoring.findings.opening import with_opening
from voicemock.scoring.findings.ownership import blames
from voicemock.scoring.findings.principles import (
    Told,
    chance_of,
    evidence_probabilities,
    findings,
    own_deeds,
    plainly_shown,
    words_for,
    worth_of,
)
from voicemock.scoring.findings.question import best_nearness, nearness
from voicemock.scoring.findings.reading import Reading, reading_of
from voicemock.scoring.findings.substance import emptiness, empty_chances
from voicemock.scoring.findings.vague import find_vague
from voicemock.scoring.model import Check, Inconsistency, Metric, PrincipleFinding, Star, Vague
from voicemock.scoring.models import context, telling
from voicemock.scoring.models.answering import answers
from voicemock.scoring.models.context import InContext
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.scoring.models.features import Features, features
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.models.linear import Floats
from voicemock.scoring.models.star import letters
from voicemock.transcript import Sentence

FEW_PARTS = 0.35  # of a framework, up to which an answer may be a story told instead
ELSEWHERE = 0.06  # the chance that a story answers its question, up to which it is said to be one for another
ON_THE_QUESTION = 0.35  # so near to the question, an answer is about it whatever it shows
TELLING_WORDS = 120  # a shorter story shows too little of what it is about, and hardly one was learned from
BRIEF_SENTENCES, BRIEF_WORDS = 5, 90
WHOLE = 6  # sentences; fewer are no whole to read one of them in, and the linear models were taught such short tellings
SHOWN_A_LITTLE = 0.15  # the chance of the principle asked for, under which the answer is about another
# Nothing is demonstrated by what one would do, what others did, or words without a world.
SHOWS_NOTHING = frozenset({"off-question", "hypothetical", "not-yours", "no-substance"})


@dataclass(frozen=True, eq=False)
class Annotation:
    """What is found, sentence by sentence. Probabilities have one row a sentence.

    `star` is None outside the story rounds, `framework_chances` inside them.
    """

    sentences: tuple[str, ...]
    round: str
    principle: str | None
    star: tuple[Star, ...] | None
    metrics: tuple[Metric, ...]
    inconsistencies: tuple[Inconsistency, ...]
    vague: tuple[Vague, ...]
    plainly_vague: tuple[Vague, ...]  # by their words alone: only these cost points
    named: Mapping[str, tuple[int, ...]]
    evidence: Floats
    customer_chances: Floats
    framework_name: str | None
    framework_chances: Floats | None
    question: str = ""
    near: tuple[float, ...] = ()  # how near each sentence is to the question
    empty: Floats | None = None  # how likely each sentence could stand in any answer
    whole: InContext | None = None  # how a story that is over reads in the whole of it
    answering: float | None = None  # how likely a story that is over answers its question
    over: bool = False  # the answer is over: only then is it known what it lacks

    @property
    def brief(self) -> bool:
        """Whether it is told in so few words that what is not in it cannot be held against it (rubric section 10)."""
        return self.over and is_brief(self.sentences)

    @property
    def is_story(self) -> bool:
        return self.round in STORY_ROUNDS

    @cached_property
    def results(self) -> tuple[Metric, ...]:
        """The metrics that count: changes and outcomes. A result told again is the same one."""
        return told_once(tuple(metric for metric in self.metrics if metric.role == "result"))

    @cached_property
    def customer(self) -> CustomerSignal:
        return find_customer(self.customer_chances, self.sentences, self.is_story)

    @cached_property
    def told(self) -> Told:
        """What decides about the principles that a story demonstrates."""
        return self._told_for(None if self.elsewhere else self.principle)

    def _told_for(self, principle: str | None) -> Told:
        star = self.star or ("O",) * len(self.sentences)
        direct = self.customer.signal == "direct"
        return Told(
            self.evidence,
            words_for(self.sentences, star, self.named),
            own_deeds(self.sentences),
            worth_of(self.sentences, star, len(self.results), len(self.plainly_vague), direct),
            principle,
            best_nearness(self.near),
        )

    @cached_property
    def elsewhere(self) -> bool:
        """Whether a story is told for another question than the one that was asked: it does not look like an answer,
        and does not plainly show the principle that was asked for either.
        """
        if not self.over or self.answering is None or self.answering > ELSEWHERE:
            return False
        if self.reading.words < TELLING_WORDS or self._tells_the_failure_asked_for:
            return False
        return self.principle is None or not plainly_shown(self._told_for(self.principle), self.principle)

    @property
    def _tells_the_failure_asked_for(self) -> bool:
        """Whether the question asks for something that went wrong and the story says of something that it did."""
        failed = pattern("fix_words", "failure")
        return bool(failed.search(self.question)) and any(failed.search(text) for text in self.sentences)

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.sentences, self.question)

    @cached_property
    def faults(self) -> tuple[Check, ...]:
        """The checks of substance: what they hit shows no principle, whatever its words."""
        if not self.over:
            return ()
        covered = list(self.framework.parts.values()) if self.framework else []
        share = sum(covered) / len(covered) if covered else 0.0
        if (
            self.framework and share <= FEW_PARTS
        ):  # done in words that no list has, it is no story told instead
            share = max(share, share_shown(self.framework, telling.read(self.sentences).shown))
        acts = (self.star or ()).count("A")
        return substance_checks(
            self.reading, Asked(self.is_story, self.question, share, self.emptiness, acts), self.sentences
        )

    @cached_property
    def emptiness(self) -> float:
        """The chance that nothing in the answer could be named by a listener."""
        return emptiness(self.empty, self.reading) if self.empty is not None else 0.0

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """What caps the overall (rubric section 9), the gravest first."""
        if self.faults:
            return self.faults
        if self.elsewhere:
            acts = tuple(i for i, letter in enumerate(self.star or ()) if letter == "A")
            return (elsewhere_check(self.question, acts or (0,)),)
        shown = [found for found in self.principles if found.demonstrated]
        asked = self.principle
        if not self.over or not shown or asked is None or not self.is_story:
            return ()
        if asked in {found.slug for found in shown} or asked in self.named:
            return ()
        near = best_nearness(self.near) >= ON_THE_QUESTION
        if near or chance_of(self.told, asked) >= SHOWN_A_LITTLE:
            return ()
        evidence = tuple(sorted({i for found in shown for i in found.evidence}))
        return (principle_check(asked, [found.slug for found in shown], evidence),)

    @cached_property
    def principles(self) -> tuple[PrincipleFinding, ...]:
        if not self.is_story or any(fault.kind in SHOWS_NOTHING for fault in self.faults):
            return _only_named(self.named)
        return findings(self.told, self.named)

    @cached_property
    def framework(self) -> Framework | None:
        if self.framework_name is None or self.framework_chances is None:
            return None
        sound = not self.inconsistencies
        return find_framework(self.framework_chances, self.sentences, self.framework_name, sound)

    def until(self, count: int) -> Annotation:
        """The same findings for the first `count` sentences alone."""
        return replace(
            self,
            sentences=self.sentences[:count],
            near=self.near[:count],
            empty=None if self.empty is None else self.empty[:count],
            whole=None if count < len(self.sentences) else self.whole,
            answering=None if count < len(self.sentences) else self.answering,
            over=self.over and count >= len(self.sentences),
            star=self.star[:count] if self.star is not None else None,
            metrics=tuple(m for m in self.metrics if m.sentence < count),
            inconsistencies=tuple(i for i in self.inconsistencies if self._known(i, count)),
            vague=tuple(v for v in self.vague if v.sentence < count),
            plainly_vague=tuple(v for v in self.plainly_vague if v.sentence < count),
            named={s: kept for s, at in self.named.items() if (kept := tuple(i for i in at if i < count))},
            evidence=self.evidence[:count],
            customer_chances=self.customer_chances[:count],
            framework_chances=None if self.framework_chances is None else self.framework_chances[:count],
        )

    def _known(self, slip: Inconsistency, count: int) -> bool:
        """Two figures clash once both are heard."""
        later = any(slip.computed in text for text in self.sentences[count:])
        return slip.sentence < count and not later

    def since(self, start: int) -> Annotation:
        """The framework's chances from sentence `start` on; what is counted by sentence number stays as it
        was.
        """
        chances = self.framework_chances
        return replace(self, framework_chances=None if chances is None else chances[start:])


def is_brief(sentences: Sequence[str]) -> bool:
    """Few sentences and few words, and others are not blamed in them."""
    words = sum(len(text.split()) for text in sentences)
    blaming = sum(blames(text) for text in sentences) > 1
    return len(sentences) <= BRIEF_SENTENCES and words <= BRIEF_WORDS and not blaming


def annotate(
    sentences: Sequence[Sentence | str],
    round: str,
    analytical_type: str | None = None,
    *,
    question: str = "",
    principle: str | None = None,
    told: bool = False,
    encoder: Encoder | None = None,
) -> Annotation:
    """Annotate an answer; `told` says that it is over, else it is its beginning as heard live.

    Sentences that the encoder has seen before cost no embedding, so a growing answer is annotated again
    cheaply.
    """
    texts = tuple(s if isinstance(s, str) else s.text for s in sentences)
    encoder = encoder or default_encoder()
    rows = features(texts, encoder, told)
    story = round in STORY_ROUNDS
    in_whole = told and story and len(texts) >= WHOLE
    whole = context.read(texts) if in_whole else None
    star = with_opening(letters(rows, texts, told, whole), texts) if story else None
    metrics = find_metrics(texts, star, round, encoder)
    vague = find_vague(texts, metrics, star, round, encoder, whole)
    name = framework_name(round, question, analytical_type)
    found = Annotation(
        sentences=texts,
        round=round,
        principle=principle,
        star=star,
        metrics=metrics,
        inconsistencies=tuple(find_inconsistencies(texts, metrics, round)),
        vague=vague.told,
        plainly_vague=vague.plain,
        named=named_principles(texts),
        evidence=evidence_probabilities(rows),
        customer_chances=signal_probabilities(rows),
        framework_name=name,
        framework_chances=None if name is None else part_probabilities(rows, texts, name),
        question=question,
        near=nearness(rows.vectors.astype(np.float64), question, encoder),
        empty=empty_chances(rows),
        whole=whole,
        answering=None if whole is None or not question else _answering(rows, question, encoder),
        over=told,
    )
    imagined = any(fault.kind == "hypothetical" for fault in found.faults)
    return replace(found, metrics=tuple(map(_imagined, metrics))) if imagined else found


def _answering(rows: Features, question: str, encoder: Encoder) -> float:
    asked = encoder.encode([question])[0]
    return answers(rows.vectors.astype(np.float64), asked.astype(np.float64))


def _imagined(metric: Metric) -> Metric:
    """Nothing came of what one would do, in whatever tense it is told."""
    return replace(metric, role="context", mode="hypothetical") if metric.role == "result" else metric


def _only_named(named: Mapping[str, tuple[int, ...]]) -> tuple[PrincipleFinding, ...]:
    """Outside the story rounds a principle can only be named: there is no story to demonstrate it."""
    return tuple(PrincipleFinding(slug, True, False, named[slug]) for slug in sorted(named))
