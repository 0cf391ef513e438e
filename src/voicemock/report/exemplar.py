"""What good sounds like, marked up: both answers to a question as the scorer reads them, with what makes each so.

Nothing here is by hand: numbers, letters, parts, principles, trade-off and customer are the scorer's findings, at the
sentences that it gives as evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from voicemock.packs.answer import analytical_type
from voicemock.packs.examples import Example
from voicemock.packs.questions import Question
from voicemock.report.build import review_told
from voicemock.report.review import AnswerReview
from voicemock.report.sentences import SentenceReview
from voicemock.scoring.assemble import material_of, score_answer
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.small_talk import places_of_substance
from voicemock.scoring.findings.trade_offs import trade_off_in
from voicemock.scoring.model import Answer, Score
from voicemock.store.kept import Told
from voicemock.transcript import sentences_from_text
from voicemock.wording import clock, name_of, principle_title

WPM = 150  # at which the time of a text is told
ReasonKind = Literal["part", "principle", "trade-off", "customer"]
LEGEND: Mapping[str, str] = {
    "letter": "the part of the story",
    "number": "a number that counts: a result, or a target where one is proposed",
    "part": "a part that this kind of question asks for",
    "principle": "a leadership principle shown or named",
    "trade-off": "what was turned down",
    "customer": "the customer's voice",
    "vague": "an outcome without its figure",
    "inconsistency": "numbers that contradict each other",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that a sentence does for the answer."""

    kind: ReasonKind
    label: str


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two answers: its text, its review, and what each sentence does, by its number."""

    text: str
    review: AnswerReview
    score: Score
    reasons: Mapping[int, tuple[Reason, ...]]

    @property
    def spoken_s(self) -> float:
        return self.review.floor_time_s

    @property
    def sentences(self) -> tuple[SentenceReview, ...]:
        return self.review.sentences

    @property
    def time_line(self) -> str:
        return f"{clock(self.spoken_s)} at {WPM} words a minute"

    def legend(self) -> list[str]:
        """The kinds of marks that it has, in the order of LEGEND."""
        used = {reason.kind for reasons in self.reasons.values() for reason in reasons}
        marks = {mark.kind for sentence in self.sentences for mark in sentence.marks}
        letters = any(sentence.star for sentence in self.sentences)
        here = {*used, *(("letter",) if letters else ()), *(("number",) if "metric" in marks else ()), *marks}
        return [kind for kind in LEGEND if kind in here]


@dataclass(frozen=True, slots=True)
class Exemplar:
    question: Question
    good: Version
    fair: Version


def exemplar(question: Question, example: Example) -> Exemplar:
    """Both answers, read by the scorer as it is."""
    return Exemplar(question, _version(question, example.good), _version(question, example.fair))


def exemplar_json(found: Exemplar) -> dict[str, Any]:
    return {
        "question": found.question.id,
        "text": found.question.text,
        "words_per_minute": WPM,
        "good": _json(found.good),
        "fair": _json(found.fair),
    }


def said_at_leisure(question: Question, text: str) -> Answer:
    """The text as an answer to the question, as long as it takes at WPM."""
    return Answer(
        sentences=sentences_from_text(text),
        round=question.round,
        question=question.text,
        principle=question.principle,
        analytical_type=analytical_type(question),
        floor_time_s=len(text.split()) / WPM * 60,
    )


def _version(question: Question, text: str) -> Version:
    answer = said_at_leisure(question, text)
    score = score_answer(answer)
    review = review_told(Told(answer, question), score, 1)
    telling = "result" if score.framework is None else "target"
    review = replace(review, sentences=tuple(_telling(each, telling) for each in review.sentences))
    places = places_of_substance([sentence.text for sentence in answer.sentences])
    said = replace(answer, sentences=tuple(answer.sentences[place] for place in places))
    reasons: dict[int, tuple[Reason, ...]] = {}
    for sentence, reason in _reasons(material_of(said).annotation):
        at = places[sentence]
        if reason not in reasons.get(at, ()):
            reasons[at] = (*reasons.get(at, ()), reason)
    return Version(text, review, score, reasons)


def _telling(sentence: SentenceReview, role: str) -> SentenceReview:
    """With the numbers that make the answer, and none of those that only set the scene."""
    kept = tuple(mark for mark in sentence.marks if mark.kind != "metric" or mark.note.startswith(role))
    return replace(sentence, marks=kept, principles=())


def _reasons(found: Annotation) -> Iterator[tuple[int, Reason]]:
    """What the scorer found, at the sentences that it rests on."""
    if found.framework:
        for part, sentence in found.framework.evidence.items():
            yield sentence, Reason("part", name_of(part))
    for principle in found.principles:
        title = principle_title(principle.slug)
        named = found.named.get(principle.slug, ())
        shown = principle.evidence if principle.demonstrated else ()
        yield from ((sentence, Reason("principle", title)) for sentence in shown if sentence not in named)
        yield from ((sentence, Reason("principle", f"{title}, named")) for sentence in named)
    if found.is_story and (turned_down := trade_off_in(found.sentences)):
        yield turned_down[0], Reason("trade-off", "trade-off")
    if found.customer.sentence is not None:
        how = "customer heard" if found.customer.signal == "direct" else "customer seen"
        yield found.customer.sentence, Reason("customer", how)


def _json(version: Version) -> dict[str, Any]:
    return {
        "text": version.text,
        "words": len(version.text.split()),
        "spoken_s": round(version.spoken_s, 1),
        "reasons": [
            {"sentence": number, "kind": reason.kind, "label": reason.label}
            for number, reasons in sorted(version.reasons.items())
            for reason in reasons
        ],
        "score": version.score.as_dict(),
    }
