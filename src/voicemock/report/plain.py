"""The review as plain lines: for a screen reader, for grep, for a pipe. No colour, boxes, bars or columns."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.report import lines
from voicemock.report.charts import told_lines
from voicemock.report.draft_lines import draft_lines, heading
from voicemock.report.review import AnswerReview, SessionReview
from voicemock.report.sentences import SentenceReview
from voicemock.scoring.model import Fix, Score
from voicemock.wording import STAR_NAMES, clock, metric_words, name_of


def session_text(session: SessionReview) -> str:
    parts = [lines.session_line(session)]
    if session.debrief:
        parts.append("\n".join(lines.debrief_lines(session.debrief)))
    parts += [answer_text(answer) for answer in session.answers] or [
        "No answer was recorded in this session."
    ]
    return "\n\n".join(parts)


def answer_text(answer: AnswerReview) -> str:
    return "\n".join(_answer(answer))


def _answer(answer: AnswerReview) -> Iterator[str]:
    yield lines.answer_line(answer)
    yield f"Question: {answer.question}"
    if answer.exhibit:
        yield f"Exhibit: {answer.exhibit.title}"
        for line in told_lines(answer.exhibit):
            yield f"  {line}"
    if answer.score:
        yield from _summary(answer, answer.score)
    steps = list(lines.in_order(answer))
    yield "What you said:" if steps else "What you said: nothing was heard"
    for step in steps:
        yield f"  {_step(step)}"
    if answer.drafted:
        yield f"{heading(answer.drafted)}:"
        yield from (f"  {line}" for line in draft_lines(answer.drafted))
    if answer.score and answer.score.overall is not None:
        yield from _evidence(answer, answer.score)


def _summary(answer: AnswerReview, score: Score) -> Iterator[str]:
    yield f"Overall: {lines.overall_line(score)}"
    if own := lines.own_mark_line(answer):
        yield f"Your own mark: {own}"
    for check in score.checks:
        yield f"Check: {lines.check_line(answer, check)}"
    if score.strength:
        yield f"Strength: {score.strength}"
    for number, fix in enumerate(score.fixes, start=1):
        yield f"Fix {number}, {_fix(answer, fix)}"
    yield from lines.mind_lines(score, answer.written)


def _fix(answer: AnswerReview, fix: Fix) -> str:
    quoted = answer.quote(fix.sentence)
    at = f" at {clock(quoted.start)}" if quoted and quoted.start is not None else ""
    said = f" You said{at}: “{quoted.text}”" if quoted else ""
    why, line = lines.advice(fix)
    return f"{name_of(fix.dimension)}.{said}{f' {why}' if why else ''}{f' Say: {line}' if line else ''}"


def _step(step: SentenceReview | lines.Aside) -> str:
    if isinstance(step, SentenceReview):
        star = f"{STAR_NAMES.get(step.star, step.star)}: " if step.star else ""
        return f"{clock(step.start)} {star}{step.text}".strip()
    return f"{clock(step.t)} {step.text}"


def _evidence(answer: AnswerReview, score: Score) -> Iterator[str]:
    for name, value in score.dimensions.items():
        shown = "" if value is None else f"{value:.1f}, "
        yield f"Score for {name_of(name)}: {shown}{lines.against_bar(value, score.bar)}"
    for metric in score.metrics:
        said_in = answer.quote(metric.sentence)
        at = f" at {clock(said_in.start)}" if said_in and said_in.start is not None else ""
        meaning = f", {metric_words(metric)}" if metric_words(metric) else ""
        yield f"Number{at}: “{metric.text}”, {metric.role}, {metric.kind}{meaning}"
    yield from lines.finding_lines(answer, score)
    for line in lines.principle_lines(answer, score):
        yield line if line.startswith(" ") or line.startswith("Customer") else f"Principle {line}"
    yield from lines.timing_lines(answer, score)
