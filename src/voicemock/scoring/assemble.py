"""From an answer to its score object: annotate, judge, choose what to say; or say why there is nothing to
score.
"""

from __future__ import annotations

from dataclasses import replace

from voicemock.rounds import BAR, CANDIDATE_QUESTIONS, DIMENSIONS
from voicemock.scoring.claims.doubts import with_doubts
from voicemock.scoring.claims.parts import parts_of
from voicemock.scoring.feedback.fixes import best_fixes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.strength import strength
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.findings.small_talk import places_of_substance, put_back
from voicemock.scoring.gaps.policy import Wording, cut_ins, plain_wording
from voicemock.scoring.model import Answer, Score, Star
from voicemock.scoring.models import context, telling
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.scoring.rubric.delivery import Delivery, delivery_of
from voicemock.scoring.rubric.depth import metric_depth
from voicemock.scoring.rubric.judge import judge
from voicemock.scoring.rubric.own_questions import counted_not_scored
from voicemock.scoring.rubric.scorable import not_scorable, understood
from voicemock.transcript import Sentence

STARS: tuple[Star, ...] = ("S", "T", "A", "R", "L", "O")


def score_answer(answer: Answer, encoder: Encoder | None = None, wording: Wording = plain_wording) -> Score:
    """The score of an answer. The same answer gives the same score, byte for byte.

    Sentences that the encoder met while the answer was heard cost no embedding. Raises ModelError where the
    encoder
    is missing or damaged.
    """
    texts = tuple(sentence.text for sentence in answer.sentences)
    spoken = delivery_of(
        texts, answer.floor_time_s, answer.pauses, answer.round, answer.delivery.fillers or 0
    )
    if answer.round == CANDIDATE_QUESTIONS:
        return _unscored(answer, spoken, counted_not_scored(texts))
    reason = not_scorable(texts, spoken.words, understood(answer.sentences, answer.unclear))
    if reason is not None:
        return _unscored(answer, spoken, reason)
    places = places_of_substance(texts)
    said = replace(answer, sentences=tuple(answer.sentences[i] for i in places))
    told = material_of(said, encoder)
    score = put_back(_scored(said, told, spoken, wording), places, answer.sentences)
    letters = None if told.annotation.star is None else tuple(star or "O" for _, star in score.sentences)
    return replace(score, star_seconds=star_seconds(answer.sentences, letters))


def warm_up() -> None:
    """Load what scoring needs now, so that no sentence waits for it. Raises ModelError as `score_answer` does."""
    default_encoder().encode(["Ready."])
    context.read(["Ready."])
    telling.read(["Ready."])
    parts_of("It went from nine days to two.")


def read_ahead(answer: Answer, wording: Wording = plain_wording) -> None:
    """Score what there is of an answer that goes on: its sentences are read then, and its score takes less time once
    it is over. Raises ModelError as `score_answer` does.
    """
    score_answer(replace(answer, sentences=answer.sentences[:-1]), wording=wording)  # the last one may go on


def material_of(answer: Answer, encoder: Encoder | None = None) -> Material:
    """The reading of a whole answer that its score and its words are made of."""
    annotation = annotate(
        answer.sentences,
        answer.round,
        answer.analytical_type,
        question=answer.question,
        principle=answer.principle,
        told=True,
        encoder=encoder,
    )
    return Material(annotation, answer.question, unsure_words(answer.sentences))


def _scored(answer: Answer, told: Material, spoken: Delivery, wording: Wording) -> Score:
    annotation = told.annotation
    judgement = judge(annotation, spoken)
    interrupts = cut_ins(answer, annotation, wording)
    fixes = best_fixes(told, spoken, judgement, interrupts)
    framework = annotation.framework
    signal = annotation.customer.signal
    stars: tuple[Star | None, ...] = annotation.star or (None,) * len(answer.sentences)
    return Score(
        source=answer.source,
        round=answer.round,
        principle=answer.principle,
        question=answer.question,
        floor_time_s=answer.floor_time_s,
        words=spoken.words,
        pace_wpm=spoken.pace_wpm,
        fillers_per_min=spoken.fillers_per_min,
        longest_pause_s=spoken.longest_pause_s,
        sentences=tuple(zip(answer.sentences, stars, strict=True)),
        star_seconds=None,
        metrics=with_doubts(annotation.metrics, answer),
        inconsistencies=annotation.inconsistencies,
        vague=annotation.vague,
        principles=annotation.principles,
        customer=signal,
        framework=framework.parts if framework else None,
        metric_depth=metric_depth(annotation.metrics, signal),
        interrupts=interrupts,
        dimensions={name: dimension.value for name, dimension in judgement.dimensions.items()},
        overall=judgement.overall,
        verdict=judgement.verdict,
        strength=strength(told, judgement, fixes),
        fixes=fixes,
        bar=BAR,
        delivery=answer.delivery,
        explanation=judgement.explanation,
        checks=annotation.checks,
        analytical_type=annotation.framework_name if answer.round == "analytical" else None,
    )


def _unscored(answer: Answer, spoken: Delivery, reason: str) -> Score:
    """What is known without a judgement: no number is made up."""
    return Score(
        source=answer.source,
        round=answer.round,
        principle=answer.principle,
        question=answer.question,
        floor_time_s=answer.floor_time_s,
        words=spoken.words,
        pace_wpm=spoken.pace_wpm,
        fillers_per_min=spoken.fillers_per_min,
        longest_pause_s=spoken.longest_pause_s,
        sentences=tuple((sentence, None) for sentence in answer.sentences),
        star_seconds=None,
        metrics=(),
        inconsistencies=(),
        vague=(),
        principles=(),
        customer="none",
        framework=None,
        metric_depth=0,
        interrupts=(),
        dimensions=dict.fromkeys(DIMENSIONS),
        overall=None,
        verdict=None,
        strength=None,
        fixes=(),
        not_scored=reason,
        bar=BAR,
        delivery=answer.delivery,
    )


def star_seconds(sentences: tuple[Sentence, ...], star: tuple[Star, ...] | None) -> dict[str, float] | None:
    """Seconds spent in each letter; None where the round has no letters or no times are known."""
    if star is None or any(s.start is None or s.end is None for s in sentences):
        return None
    spent = dict.fromkeys(STARS, 0.0)
    for sentence, letter in zip(sentences, star, strict=True):
        spent[letter] += (sentence.end or 0.0) - (sentence.start or 0.0)
    return {letter: round(seconds, 1) for letter, seconds in spent.items()}


UNSURE = 0.4  # the recogniser's probability under which a word may be another one


def unsure_words(sentences: tuple[Sentence, ...]) -> frozenset[str]:
    """Words, in lower case, that were never recognised with confidence."""
    best: dict[str, float] = {}
    for word in (word for sentence in sentences for word in sentence.words):
        name = word.text.lower().strip(".,;:!?\"'")
        best[name] = max(best.get(name, 0.0), word.probability)
    return frozenset(name for name, chance in best.items() if chance < UNSURE)
