"""The review in a terminal, in colour and without; 80 columns are enough.

Nothing is told by colour alone: marks in the text have signs, and bars have numbers beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from voicemock.coaching.left_out import DraftComparison
from voicemock.report import draft_lines, lines
from voicemock.report.debrief import Debrief
from voicemock.report.exhibit_terminal import ExhibitView
from voicemock.report.review import AnswerReview, SessionReview
from voicemock.report.sentences import MarkKind, SentenceReview, pieces
from voicemock.rounds import HIGHEST, LOWEST
from voicemock.scoring.model import Fix, Score
from voicemock.wording import clock, metric_words, name_of

BAR_WIDTH = 30  # cells for the scale of 1 to 4
FIXES_FIRST = 2  # more than two things at once are not worked on (design.md, turn-taking)
SIGNS: dict[MarkKind, str] = {"metric": "[number]", "vague": "~vague claim~", "inconsistency": "!disagrees!"}
STYLES: dict[MarkKind, str] = {"metric": "bold green", "vague": "yellow", "inconsistency": "bold red"}


def render_session(console: Console, session: SessionReview) -> None:
    """Print the whole session: its debrief, if it was a loop, then each answer."""
    console.print(Text(lines.session_line(session), style="dim"))
    if session.debrief:
        render_debrief(console, session.debrief)
    for answer in session.answers:
        render_answer(console, answer)
    if not session.answers:
        console.print("No answer was recorded in this session.")


def render_debrief(console: Console, debrief: Debrief) -> None:
    """Print the debrief of a loop; a long line goes on under its beginning."""
    for line in lines.debrief_lines(debrief):
        said = line.lstrip()
        console.print(Padding(Text(said), (0, 0, 0, len(line) - len(said))))


def render_answer(console: Console, answer: AnswerReview) -> None:
    """Print one answer: what it scored, one strength, the fixes; then everything they rest on."""
    console.print()
    console.print(Rule(Text(lines.answer_line(answer)), align="left", style="dim"))
    console.print(Text(answer.question, style="bold"))
    if answer.exhibit:
        console.print(Padding(ExhibitView(answer.exhibit), (1, 0, 0, 2)))
    if answer.score:
        console.print()
        console.print(_summary(answer, answer.score))
    if answer.sentences:
        _section(console, "What you said", _transcript(answer), note=_legend(answer))
    if answer.drafted:
        render_draft_comparison(console, answer.drafted)
    if answer.score and answer.score.overall is not None:
        _evidence(console, answer, answer.score)


def render_draft_comparison(console: Console, compared: DraftComparison) -> None:
    """Print what became of a draft in an answer, numbers first."""
    parts: list[RenderableType] = [Text(draft_lines.summary(compared))]
    for title, said in (*draft_lines.sections(compared), *draft_lines.times(compared)):
        parts += [Text(title, style="bold"), Padding(_texts(said), (0, 0, 0, 2))]
    _section(console, draft_lines.heading(compared), *parts)


def _summary(answer: AnswerReview, score: Score) -> RenderableType:
    """The part to read if nothing else is read."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column()
    rows.add_row("Overall", Text(lines.overall_line(score), style="bold"))
    if own := lines.own_mark_line(answer):
        rows.add_row("Your mark", Text(own))
    for check in score.checks:
        rows.add_row("Check", Text(lines.check_line(answer, check), style="red"))
    if score.strength:
        rows.add_row("Strength", Text(score.strength))
    for number, fix in enumerate(score.fixes[:FIXES_FIRST], start=1):
        rows.add_row(f"Fix {number}", _fix(answer, fix))
    for line in lines.mind_lines(score, answer.written):
        rows.add_row("" if line.startswith(" ") else "Mind", Text(line.strip(), style="dim"))
    return rows


def _fix(answer: AnswerReview, fix: Fix) -> Text:
    text = Text(name_of(fix.dimension).capitalize())
    if quoted := answer.quote(fix.sentence):
        at = f" at {clock(quoted.start)}" if quoted.start is not None else ""
        text.append(f": you said{at} ").append(f"“{quoted.text}”", style="italic")
    why, line = lines.advice(fix)
    if why:
        text.append(f"\n{why}")
    return text.append("\nSay: ", style="bold").append(line) if line else text


def _legend(answer: AnswerReview) -> str:
    used = {mark.kind for sentence in answer.sentences for mark in sentence.marks}
    return "  ".join(sign for kind, sign in SIGNS.items() if kind in used)


def _transcript(answer: AnswerReview) -> RenderableType:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(justify="right", style="dim", no_wrap=True, min_width=5)
    rows.add_column(style="bold", width=1)
    rows.add_column()
    for step in lines.in_order(answer):
        if isinstance(step, SentenceReview):
            rows.add_row(clock(step.start), step.star or "", marked_sentence(step))
        else:
            rows.add_row(clock(step.t), step.sign, Text(step.text, style="cyan"))
    return rows


def marked_sentence(sentence: SentenceReview) -> Text:
    """The sentence with a sign around each mark."""
    parts = []
    for piece in pieces(sentence):
        if piece.mark is None:
            parts.append(Text(piece.text))
            continue
        said = piece.text.rstrip(".,;:!?")  # the closing sign goes before the punctuation
        sign = SIGNS[piece.mark.kind]
        marked = Text(f"{sign[0]}{said}{sign[-1]}", STYLES[piece.mark.kind])
        parts.append(Text.assemble(marked, piece.text[len(said) :]))
    return Text(" ").join(parts)


def _evidence(console: Console, answer: AnswerReview, score: Score) -> None:
    _section(console, f"Scores from 1 to 4, the bar is {score.bar:.1f}", _bars(score))
    findings = list(lines.finding_lines(answer, score))
    if score.metrics or findings:
        _section(console, "Numbers", *([_metrics(answer, score)] if score.metrics else []), _texts(findings))
    if score.principles:
        _section(console, "Principles", _texts(lines.principle_lines(answer, score)))
    _section(console, "Time and delivery", _texts(lines.timing_lines(answer, score)))
    if len(score.fixes) > FIXES_FIRST:
        _section(console, "Later", *(_fix(answer, fix) for fix in score.fixes[FIXES_FIRST:]))


def _bars(score: Score) -> RenderableType:
    rows = Table.grid(padding=(0, 2))
    for name, value in score.dimensions.items():
        shown = "–" if value is None else f"{value:.1f}"
        rows.add_row(name_of(name), _bar(value, score.bar), shown, lines.against_bar(value, score.bar))
    return rows


def _bar(value: float | None, bar: float) -> Text:
    """A line from 1 to 4 with a tick at the bar."""
    filled = 0 if value is None else round((value - LOWEST) / (HIGHEST - LOWEST) * BAR_WIDTH)
    tick = min(BAR_WIDTH - 1, round((bar - LOWEST) / (HIGHEST - LOWEST) * BAR_WIDTH))
    cells = "━" * filled + "┄" * (BAR_WIDTH - filled)
    text = Text(cells[:tick] + "┃" + cells[tick + 1 :])
    text.stylize("green" if value is not None and value >= bar else "yellow", 0, filled)
    text.stylize("dim", filled)
    text.stylize("not dim bold", tick, tick + 1)
    return text


def _metrics(answer: AnswerReview, score: Score) -> Table:
    table = _table("at", "said", "role", "kind", "comes to")
    for metric in score.metrics:
        said_in = answer.quote(metric.sentence)
        at = clock(said_in.start) if said_in else ""
        table.add_row(*map(Text, (at, metric.text, metric.role, metric.kind, metric_words(metric))))
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(Text(name))
    return table


def _texts(said: Iterable[str]) -> Text:
    return Text("\n".join(said))


def _section(console: Console, title: str, *parts: RenderableType, note: str = "") -> None:
    heading = Text(title, style="bold")
    if note:
        heading.append(f"   {note}", style="not bold dim")
    console.print()
    console.print(heading)
    console.print(Padding(Group(*parts), (0, 0, 0, 2)))
