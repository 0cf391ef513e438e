"""Outcome words with no number in reach (rubric section 2): "a lot better", "people loved it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.rounds import STORY_ROUNDS
from voicemock.scoring.findings.vague_cues import Clause, clauses
from voicemock.scoring.findings.vague_model import vague_clauses
from voicemock.scoring.findings.vague_patterns import claims_nothing, pattern_spans, without_idioms
from voicemock.scoring.model import Metric, Vague
from voicemock.scoring.models.context import InContext
from voicemock.scoring.models.encoder import Encoder

REACH_CHARACTERS = 45  # a number this close after the words says how much
STORY_START = 0.35  # without letters, no outcome is looked for before this part of the answer
# What was learned or felt is no outcome, however great (rubric section 9).
LESSON = re.compile(
    r"\b(?:lessons?|learning(?: experience| curve)?|learn(?:ed|t) (?:a lot|so much|loads))\b", re.IGNORECASE
)
# "They were much happier, the score went from 61 to 84": the next clause says how much.
NEXT_CLAUSE = re.compile(
    r"\s*[,:;–—-]\s*(?:(?:and|so|with|as|the|our|their|its|my|i mean)\s+)*", re.IGNORECASE
)
SO_IT_WAS = re.compile(r"\s*[,;–—-]\s*(?:so|which (?:is|was)|and that'?s|that'?s|it was)?\s*", re.IGNORECASE)
SPELLED_OUT = re.compile(r"[:—–]\s")  # "It got massively better: 52 minutes a lorry before, 19 now"
LEFT_OUT = 3  # words; a quote that stops this short of its clause looks cut off
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VagueClaims:
    """`told` are those that a candidate hears of. Only the `plain` ones, vague by their words alone, cost points and
    are cut in on: of what the network sees besides half is right where people talk freely, enough to ask about.
    """

    told: tuple[Vague, ...]
    plain: tuple[Vague, ...]


def find_vague(
    sentences: Sequence[str],
    metrics: Sequence[Metric],
    star: Sequence[str] | None = None,
    round_: str = "behavioral",
    encoder: Encoder | None = None,
    whole: InContext | None = None,
) -> VagueClaims:
    """All vague claims in order, quoted verbatim. `metrics` are those of the same sentences.

    With an encoder, every clause is weighed by what it says, and by how it reads in the `whole` where that is known;
    without, only known phrases are found.
    """
    if encoder is None or (star is None and round_ in STORY_ROUNDS):
        spans = [
            (number, span, True, True)
            for number, text in enumerate(sentences)
            if (key := _pattern_key(number, len(sentences), star, round_))
            for span in pattern_spans(text, key)
        ]
    else:
        heard = [one for one in answer_clauses(sentences, metrics, star) if not _opens(one)]
        spans = [
            (at := one.clause.sentence, _quote(one.clause, sentences[at]), one.in_context, one.by_words)
            for one in vague_clauses(heard, sentences, encoder, whole)
        ]
    found = [
        (Vague(number, sentences[number][start:end]), told, plain)
        for number, (start, end), told, plain in spans
        if _claims(sentences[number], start, end, [m for m in metrics if m.sentence == number])
    ]
    return VagueClaims(
        tuple(claim for claim, told, _ in found if told), tuple(claim for claim, _, plain in found if plain)
    )


def _claims(text: str, start: int, end: int, metrics: Sequence[Metric]) -> bool:
    """Whether these words of a sentence claim an outcome that none of its `metrics` gives."""
    if LESSON.search(text[start:end]) or claims_nothing(text, start, end):
        return False
    if SPELLED_OUT.search(text[max(start, end - 1) : end + 2]) and any(
        text.find(m.text) >= end for m in metrics
    ):
        return False
    sized = (m for m in metrics if m.role in ("result", "baseline", "target"))
    return not any(_in_reach(text, start, end, metric) for metric in sized)


def _opens(clause: Clause) -> bool:
    """Whether a clause belongs to the beginning of a story, which has no outcome yet."""
    return clause.letter in ("S", "T") and clause.place < STORY_START and not clause.after_result


def answer_clauses(
    sentences: Sequence[str], metrics: Sequence[Metric], star: Sequence[str] | None
) -> list[Clause]:
    """The clauses of an answer, each with its place, the numbers near it and whether a phrase matches."""
    found: list[Clause] = []
    results = [i for i, letter in enumerate(star or ()) if letter == "R"]
    for number, text in enumerate(sentences):
        phrases = pattern_spans(text, "result")
        numbers = [
            (at, at + len(m.text)) for m in metrics if m.sentence == number and (at := text.find(m.text)) >= 0
        ]
        for span in clauses(text):
            found.append(
                Clause(
                    sentence=number,
                    start=span[0],
                    end=span[1],
                    text=without_idioms(text[span[0] : span[1]]),
                    letter=star[number] if star and number < len(star) else "-",
                    place=number / max(1, len(sentences) - 1),
                    after_result=bool(results) and results[0] < number,
                    number=_where(span, numbers),
                    matches=any(_shares(span, phrase) for phrase in phrases),
                )
            )
    return found


def _where(span: Span, numbers: Sequence[Span]) -> str:
    """Where the metrics of the sentence stand, seen from a clause of it."""
    if any(_shares(span, one) for one in numbers):
        return "in"
    if any(one[0] >= span[1] for one in numbers):
        return "after"
    return "before" if numbers else ""


def _shares(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _quote(clause: Clause, text: str) -> Span:
    """The known phrases of the clause with their subject, else all of it; all of it too where little is left out."""
    spans = [one for one in pattern_spans(text, "result") if _shares((clause.start, clause.end), one)]
    if not spans:
        return clause.start, clause.end
    start, end = max(clause.start, spans[0][0]), min(clause.end, spans[-1][1])
    start = clause.start if len(text[clause.start : start].split()) <= LEFT_OUT else start
    return start, clause.end if len(text[end : clause.end].split()) <= LEFT_OUT else end


def _pattern_key(number: int, count: int, star: Sequence[str] | None, round_: str) -> str | None:
    """Which phrases fit the sentence: those of results, of actions, or none."""
    if star and number < len(star):
        return {"R": "result", "A": "action"}.get(star[number])
    if round_ in STORY_ROUNDS and number < STORY_START * count:
        return None
    return "result"


def _in_reach(text: str, start: int, end: int, metric: Metric) -> bool:
    """Whether a metric of the sentence says how much the vague words are."""
    at = text.find(metric.text)
    overlap = at < end and start < at + len(metric.text)
    follows = 0 <= at - end <= REACH_CHARACTERS and re.match(
        r"[\s,]*(?:from|by|it was|it went|at)\b", text[end:]
    )
    told_next = (
        metric.before is not None
        and metric.role == "result"
        and NEXT_CLAUSE.fullmatch(text[end : max(end, at)])
    )
    end_of_it = at + len(metric.text)
    told_before = (
        metric.before is not None and at >= 0 and SO_IT_WAS.fullmatch(text[end_of_it : max(end_of_it, start)])
    )
    return at >= 0 and (overlap or bool(follows) or bool(told_next) or bool(told_before))
