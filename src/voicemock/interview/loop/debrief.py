"""What the interviewers say of a whole loop, and whether they would hire (rubric section 8). Pure.

The result is plain data: it is stored with the session, and `report.debrief` reads it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from voicemock.coaching.asks import asked_in
from voicemock.coaching.repeats import stories_again
from voicemock.interview.loop.heard import Heard
from voicemock.interview.loop.next_steps import practise_next
from voicemock.interview.loop.plan import Interview
from voicemock.rounds import BAR, CANDIDATE_QUESTIONS, PRINCIPLES, STORY_ROUNDS
from voicemock.scoring.feedback.own_questions import AskedBack, asked_back, what_they_were_worth
from voicemock.scoring.language.phrases import within
from voicemock.scoring.model import Score
from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.rubric.judge import verdict
from voicemock.scoring.rubric.own_questions import PREPARED
from voicemock.wording import times_words

HIRE, NO_HIRE = "hire", "no hire"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one interviewer has to go by: the answers, and apart from them what the candidate asked."""

    interview: Interview
    answers: tuple[Heard, ...]
    closing: tuple[Heard, ...]

    @property
    def score(self) -> float | None:
        """The mean of what was scored, rounded down: nobody is lifted over the bar by rounding."""
        scored = [answer.overall for answer in self.answers if answer.overall is not None]
        return math.floor(fmean(scored) * 10 + 1e-6) / 10 if scored else None

    @property
    def unscored(self) -> int:
        return sum(answer.overall is None for answer in self.answers)

    @property
    def would_hire(self) -> bool:
        """An answer that could not be scored has not met the bar."""
        return self.score is not None and self.score >= BAR and not self.unscored


def debrief(interviews: Sequence[Interview], heard: Sequence[Sequence[Heard]]) -> dict[str, Any]:
    """The debrief; `heard` are the answers of each interview, in its order, with what the candidate asked."""
    verdicts = [
        Verdict(
            interview,
            tuple(each for each in answers if each.round != CANDIDATE_QUESTIONS),
            tuple(each for each in answers if each.round == CANDIDATE_QUESTIONS),
        )
        for interview, answers in zip(interviews, heard, strict=True)
    ]
    rows = [_row(each, number) for number, each in enumerate(verdicts)]
    answers = [answer for each in verdicts for answer in each.answers]
    weakest = weakest_dimension(answers)
    return {
        "verdict": HIRE if verdicts and all(each.would_hire for each in verdicts) else NO_HIRE,
        "bar": BAR,
        "rows": rows,
        "matrix": list(_matrix(rows)),
        "bar_raiser": _bar_raiser(rows, weakest),
        "practise": practise_next(rows, answers, weakest),
        "repeated": list(_repeated(verdicts)),
    }


def weakest_dimension(answers: Sequence[Heard]) -> tuple[str, float] | None:
    """The dimension with the lowest mean over all answers that have it; None where nothing was scored."""
    values: dict[str, list[float]] = {}
    for answer in answers:
        for name, value in answer.score.dimensions.items():
            if value is not None:
                values.setdefault(name, []).append(value)
    means = {name: round(fmean(some), 1) for name, some in values.items()}
    return min(means.items(), key=lambda item: item[1]) if means else None


def _row(each: Verdict, number: int) -> dict[str, Any]:
    who = each.interview.interviewer
    seen = list(_seen(each.answers))
    looked = any(answer.round in STORY_ROUNDS and answer.overall is not None for answer in each.answers)
    slugs = {principle["slug"] for principle in seen}
    unseen = [slug for slug in who.focus if looked and slug not in slugs]
    wanted = {answer.principle for answer in each.answers}
    asked = [one for closing in each.closing for one in asked_back(_texts(closing.score), number)]
    return {
        "interviewer": who.name,
        "bar_raiser": who.bar_raiser,
        "round": each.interview.kind,
        "score": each.score,
        "verdict": _words(each),
        "focus": list(who.focus),
        "principles": seen,
        # A principle that no question asked for is not held against a story that was chosen for another one.
        "missed": [slug for slug in unseen if slug in wanted],
        "unasked": [slug for slug in unseen if slug not in wanted],
        "questions_asked": len(asked),
        "questions": [asdict(one) for one in asked],
        "answers": [answer.answer_id for answer in each.answers],
        "asks": [{"text": text, "asked": told} for text, told in _prepared(each)],
        "note": " ".join(_note(each, asked)),
    }


def _words(each: Verdict) -> str:
    if each.score is None:
        return "not scored"
    left = f", {each.unscored} of {len(each.answers)} answers not scored" if each.unscored else ""
    return verdict(each.score) + left


def _seen(answers: Sequence[Heard]) -> Iterator[dict[str, Any]]:
    """Each principle that the answers demonstrate, with the sentences that show it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        said = [sentence for sentence, _ in answer.score.sentences]
        for principle in answer.score.principles:
            if principle.demonstrated:
                found.setdefault(principle.slug, []).extend(
                    {
                        "answer": answer.answer_id,
                        "sentence": at,
                        "t": said[at].start,
                        "text": said[at].text,
                    }
                    for at in principle.evidence
                    if at < len(said)
                )
    for slug in PRINCIPLES:
        if slug in found:
            yield {"slug": slug, "evidence": found[slug]}


def _note(each: Verdict, asked: Sequence[AskedBack]) -> Iterator[str]:
    """The interviewer's own words: the best, what decided it with a line for the next time, and what came of the
    candidate's questions.
    """
    scored = sorted((a for a in each.answers if a.overall is not None), key=lambda a: a.overall or 0.0)
    if scored and scored[-1].score.strength:
        yield scored[-1].score.strength
    if scored:
        yield from _decided(scored[0], each.would_hire)
    if asked:
        yield what_they_were_worth(asked)
    left = [text for text, told in _prepared(each) if not told]
    if left and asked:
        yield f"On your screen, and not asked: {' '.join(left)}"
    if len(asked) < PREPARED:
        few = f"{len(asked)} of {PREPARED} questions" if asked else "nothing"
        yield f"You asked me {few}: prepare {PREPARED}."


def _prepared(each: Verdict) -> Iterator[tuple[str, bool]]:
    """What the candidate wanted to ask, and whether they did, in these words or others."""
    for closing in each.closing:
        said = _texts(closing.score)
        asked = {asked_in(text, closing.prepared, default_encoder()) for text in said if closing.prepared}
        yield from ((text, place in asked) for place, text in enumerate(closing.prepared))


def _decided(weakest: Heard, would_hire: bool) -> Iterator[str]:
    """The first thing to mend in the weakest answer; a fault that caps an answer comes before it."""
    checks, fixes = weakest.score.checks, weakest.score.fixes
    opening = "What I'd still ask:" if would_hire else "What decided it:"
    said = _texts(weakest.score)
    if checks:
        yield f"{opening} {_inside(checks[0].say, said)}"
    elif fixes and fixes[0].why:
        yield f"{opening} {_inside(fixes[0].why, said)}"
        if fixes[0].line:
            question = fixes[0].line.endswith("?")  # nothing that the candidate could say
            yield (
                f"Have an answer to this: {fixes[0].line}"
                if question
                else f'Next time say: "{fixes[0].line}"'
            )
    elif fixes:
        yield fixes[0].say


def _inside(why: str, said: Sequence[str]) -> str:
    """A sentence as it goes on after a colon: what has a capital inside the candidate's sentences too keeps it."""
    first = re.match(r"[\w'’-]+", why)
    if first is None:
        return why
    inside = re.compile(rf"[a-z,] {re.escape(first[0])}\b")
    return why if any(inside.search(text) for text in said) else within(why)


def _matrix(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every principle that was looked for or seen: who looked for it, and who saw it how often."""
    for slug in PRINCIPLES:
        wanted = [row["interviewer"] for row in rows if slug in row["focus"]]
        seen = {
            row["interviewer"]: len(principle["evidence"])
            for row in rows
            for principle in row["principles"]
            if principle["slug"] == slug
        }
        if wanted or seen:
            yield {"slug": slug, "looked_for_by": wanted, "seen_by": seen}


def _repeated(verdicts: Sequence[Verdict]) -> Iterator[dict[str, Any]]:
    """The stories that were told more than once: interviewers compare what they heard."""
    told = [
        (each.interview.interviewer.name, answer)
        for each in verdicts
        for answer in each.answers
        if answer.round in STORY_ROUNDS and answer.overall is not None
    ]
    for story in stories_again([" ".join(_texts(answer.score)) for _, answer in told]):
        names = [told[place][0] for place in story.answers]
        yield {
            "title": story.title,
            "answers": [told[place][1].answer_id for place in story.answers],
            "interviewers": names,
            "line": f"You told “{story.title}” {times_words(len(names))}, to {' and '.join(names)}:"
            " they compare notes, so have another one ready.",
        }


def _bar_raiser(rows: Sequence[Mapping[str, Any]], weakest: tuple[str, float] | None) -> dict[str, Any]:
    below = [row for row in rows if row["score"] is None or row["score"] < BAR]
    parts = []
    if weakest:
        parts.append(f"The weakest dimension across the rounds is {weakest[0]}, {weakest[1]:.1f} on average.")
    if below:
        parts.append(f"Under {BAR}: {', '.join(_with_score(row) for row in below)}.")
    elif rows:
        parts.append(f"No round is under {BAR}.")
    return {
        "interviewer": next((row["interviewer"] for row in rows if row["bar_raiser"]), None),
        "line": " ".join(parts),
        "dimension": weakest[0] if weakest else None,
        "mean": weakest[1] if weakest else None,
        "below": [row["round"] for row in below],
    }


def _with_score(row: Mapping[str, Any]) -> str:
    score = "not scored" if row["score"] is None else f"{row['score']:.1f}"
    return f"{row['round'].replace('-', ' ')} {score} ({row['interviewer']})"


def _texts(score: Score) -> list[str]:
    return [sentence.text for sentence, _ in score.sentences]
