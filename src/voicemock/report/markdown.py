"""A session as Markdown, for notes and for pasting. What was said is escaped, lest it turn into markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from voicemock.report import lines
from voicemock.report.charts import in_words
from voicemock.report.draft_lines import draft_lines, heading
from voicemock.report.review import AnswerReview, SessionReview
from voicemock.report.sentences import SentenceReview
from voicemock.scoring.model import Fix, Score
from voicemock.wording import clock, local_time, metric_words, name_of

SAID = "### What you said"  # no transcript has this line: a report is known by it
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&])")


def escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def session_markdown(session: SessionReview) -> str:
    parts = [f"# {escape(session.mode.capitalize())}, {escape(local_time(session.started_at))}"]
    if session.debrief:
        title, *rows = lines.debrief_lines(session.debrief)
        parts.append(f"**{escape(title)}**")
        parts.append("\n".join(f"- {escape(row)}" for row in rows))
    for answer in session.answers:
        parts += _answer(answer)
    return "\n\n".join(part for part in parts if part) + "\n"


def _answer(answer: AnswerReview) -> Iterator[str]:
    yield f"## {answer.number}. {escape(answer.question)}"
    yield escape(lines.answer_line(answer))
    if answer.exhibit:
        yield escape(answer.exhibit.title)
        if answer.exhibit.query:
            yield _fenced(answer.exhibit.query)
        if answer.exhibit.chart:
            yield _bullets(in_words(answer.exhibit))
        yield _table(answer.exhibit.columns, answer.exhibit.rows)
    if answer.score:
        yield from _summary(answer, answer.score)
    if answer.sentences:
        yield SAID
        yield "\n".join(_step(step) for step in lines.in_order(answer))
    if answer.drafted:
        yield f"### {escape(heading(answer.drafted))}"
        yield _bullets(draft_lines(answer.drafted))
    if answer.score and answer.score.overall is not None:
        yield from _evidence(answer, answer.score)


def _summary(answer: AnswerReview, score: Score) -> Iterator[str]:
    yield f"**Overall:** {escape(lines.overall_line(score))}"
    if own := lines.own_mark_line(answer):
        yield f"**Your own mark:** {escape(own)}"
    for check in score.checks:
        yield f"**Check:** {escape(lines.check_line(answer, check))}"
    if score.strength:
        yield f"**Strength:** {escape(score.strength)}"
    yield "\n".join(f"{i}. {_fix(answer, fix)}" for i, fix in enumerate(score.fixes, start=1))
    yield _bullets(lines.mind_lines(score, answer.written))


def _fix(answer: AnswerReview, fix: Fix) -> str:
    quoted = answer.quote(fix.sentence)
    at = f" at {clock(quoted.start)}" if quoted and quoted.start is not None else ""
    said = f" You said{at}: “{escape(quoted.text)}”" if quoted else ""
    why, line = lines.advice(fix)
    because = f" {escape(why)}" if why else ""
    instead = f" Say instead: {escape(line)}" if line else ""
    return f"**{escape(name_of(fix.dimension).capitalize())}.**{said}{because}{instead}"


def _step(step: SentenceReview | lines.Aside) -> str:
    if isinstance(step, SentenceReview):
        star = f"**{step.star}** " if step.star else ""
        at = f"`{clock(step.start)}` " if step.start is not None else ""
        return f"- {at}{star}{escape(step.text)}"
    return f"- `{clock(step.t)}` *{escape(step.text)}*"


def _evidence(answer: AnswerReview, score: Score) -> Iterator[str]:
    yield "### Scores"
    rows = [
        (name_of(name), "–" if value is None else f"{value:.1f}", lines.against_bar(value, score.bar))
        for name, value in score.dimensions.items()
    ]
    yield _table(("dimension", "score", f"bar {score.bar:.1f}"), rows)
    findings = list(lines.finding_lines(answer, score))
    if score.metrics or findings:
        yield "### Numbers"
    if score.metrics:
        yield _table(("at", "said", "role", "kind", "comes to"), list(_metrics(answer, score)))
    yield _bullets(findings)
    if score.principles:
        yield "### Principles"
        yield _bullets(lines.principle_lines(answer, score))
    yield "### Time and delivery"
    yield _bullets(lines.timing_lines(answer, score))


def _metrics(answer: AnswerReview, score: Score) -> Iterator[tuple[str, ...]]:
    for metric in score.metrics:
        said = answer.quote(metric.sentence)
        yield clock(said.start) if said else "", metric.text, metric.role, metric.kind, metric_words(metric)


def _bullets(said: Iterable[str]) -> str:
    """A list; lines that begin with spaces are nested under the one before."""
    return "\n".join(f"{'  ' if line.startswith(' ') else ''}- {escape(line)}" for line in said)


def _fenced(code: str) -> str:
    """Code as it is written, within a fence that is longer than any in it."""
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}sql\n{code}\n{fence}"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = [escape(column) for column in columns]
    body = [heads, ["---"] * len(heads), *([escape(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in body)
