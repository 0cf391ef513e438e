"""What `voicemock score` prints for a person: the figures, one strength, the fixes, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from voicemock.scoring.model import Score

HANG = 4  # columns by which the rest of a line stands in


def show_score(score: Score, explain: bool = False, console: Console | None = None) -> None:
    """Print one score. `explain` adds how each dimension and the overall came about."""
    out = console or Console(highlight=False)
    out.print(
        f"\n[bold]{escape(score.source)}[/bold]  {score.round}"
        + (f", {score.principle}" if score.principle else "")
    )
    if score.overall is None:
        out.print(f"Not scored: {score.not_scored}.")
        return
    out.print(f"Overall [bold]{score.overall:.1f}[/bold] of 4, {score.verdict} ({score.bar}).")
    out.print(dimension_table(score))
    for line in (*advice_lines(score), *evidence_lines(score)):
        _print_hanging(out, line)
    if explain:
        out.print("\n[bold]How it came about[/bold]")
        for line in score.explanation:
            _print_hanging(out, f"  {escape(line)}")


def _print_hanging(out: Console, line: str) -> None:
    """Wrapped under its own first word, whatever stands in the margin."""
    for paragraph in Text.from_markup(line).split("\n", allow_blank=True):
        for number, part in enumerate(paragraph.wrap(out, max(20, out.width - HANG))):
            part.rstrip()
            out.print(Text(" " * HANG) + part if number else part, soft_wrap=True)


def dimension_table(score: Score) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in score.dimensions.items():
        table.add_row(name, "not judged" if value is None else f"{value:.1f}")
    return table


def advice_lines(score: Score) -> Iterator[str]:
    if score.strength:
        yield f"[green]+[/green] {escape(score.strength)}"
    for number, fix in enumerate(score.fixes, start=1):
        yield f"[yellow]{number}.[/yellow] {fix.dimension}: {escape(fix.say)}"


def evidence_lines(score: Score) -> Iterator[str]:
    if score.metrics:
        yield f"\n[bold]Numbers[/bold] (metric depth {score.metric_depth} of 12)"
    for metric in score.metrics:
        hedge = ", hedged" if metric.hedged else ""
        yield f"  {metric.sentence + 1:>3}  {metric.role:8} {metric.kind:6} {escape(metric.text)}{hedge}"
    for slip in score.inconsistencies:
        yield f"  {slip.sentence + 1:>3}  does not fit: said {escape(slip.said)}, computed {escape(slip.computed)}"
    if score.principles:
        yield "\n[bold]Principles[/bold]"
    for found in score.principles:
        shown = (("demonstrated", found.demonstrated), ("named", found.named))
        how = " and ".join(word for word, true in shown if true)
        at = ", ".join(str(i + 1) for i in found.evidence)
        yield f"  {found.slug}: {how}" + (f" (sentence {at})" if at else "")
    if score.framework:
        yield "\n[bold]Parts[/bold]"
        told = (f"{part} {'yes' if covered else 'no'}" for part, covered in score.framework.items())
        yield "  " + ", ".join(told)
    if score.interrupts:
        yield "\n[bold]A bar raiser would cut in[/bold]"
    for cut in score.interrupts:
        yield f"  after {cut.after_sentence + 1}: {escape(cut.question)}"
