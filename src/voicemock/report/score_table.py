"""What `voicemock score` prints for a person: the figures, one strength, the fixes, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicemock.mind.written import Written, explained, mind_lines, reworded
from voicemock.report.delivery import delivery_words, sound_lines
from voicemock.report.lines import METRIC_DEPTH
from voicemock.scoring.model import Score
from voicemock.terminal.safe_console import SafeConsole
from voicemock.wording import clock

HANG = 4  # columns by which the rest of a line stands in


def show_score(
    score: Score, explain: bool = False, console: Console | None = None, written: Written | None = None
) -> None:
    """Print one score. What a recording was heard to say stands in it, since the rest refers to its sentences by
    number. `explain` adds how each dimension, the overall and the words came about, and the sentences of a text.
    """
    out = console or SafeConsole()
    score = reworded(score, written)
    about = f"  {score.round}" + (f", {score.principle}" if score.principle else "")
    out.print(Text.assemble("\n", (score.source, "bold"), about))
    if score.overall is None:
        out.print(f"Not scored: {score.not_scored}.")
        return
    overall = (f"{score.overall:.1f}", "bold")
    out.print(Text.assemble("Overall ", overall, f" of 4, {score.verdict} ({score.bar})."))
    out.print(dimension_table(score))
    about_mind = (Text(line, style="dim") for line in mind_lines(score, written))
    heard = any(sentence.start is not None for sentence, _ in score.sentences)
    as_heard = said_lines(score) if heard or explain else ()
    for line in (*advice_lines(score), *about_mind, *as_heard, *evidence_lines(score)):
        _print_hanging(out, line)
    if explain:
        _print_hanging(out, _heading("How it came about"))
        for said in (*score.explanation, *explained(written)):
            _print_hanging(out, Text(f"  {said}"))


def _print_hanging(out: Console, line: Text) -> None:
    """Wrapped under its own first word, whatever stands in the margin."""
    for paragraph in line.split("\n", allow_blank=True):
        for number, part in enumerate(paragraph.wrap(out, max(20, out.width - HANG))):
            part.rstrip()
            out.print(Text(" " * HANG) + part if number else part, soft_wrap=True)


def _heading(title: str, note: str = "") -> Text:
    return Text.assemble("\n", (title, "bold"), note)


def dimension_table(score: Score) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in score.dimensions.items():
        table.add_row(name, "not judged" if value is None else f"{value:.1f}")
    return table


def advice_lines(score: Score) -> Iterator[Text]:
    for check in score.checks:
        told_in = _sentences(check.evidence)
        yield Text.assemble(("!", "red"), f" {check.say} (at most {check.cap:.1f}; {told_in})")
    if score.strength:
        yield Text.assemble(("+", "green"), f" {score.strength}")
    for number, fix in enumerate(score.fixes, start=1):
        yield Text.assemble((f"{number}.", "yellow"), f" {fix.dimension}: {fix.say}")


def _sentences(numbers: Sequence[int]) -> str:
    """ "sentences 1, 3", counted from one."""
    return f"sentence{'s' if len(numbers) > 1 else ''} {', '.join(str(number + 1) for number in numbers)}"


def said_lines(score: Score) -> Iterator[Text]:
    """The sentences by number, with the time at which each began where it is known, and how they were delivered."""
    yield _heading("What was said")
    for number, (sentence, _) in enumerate(score.sentences, start=1):
        at = "" if sentence.start is None else f"{clock(sentence.start):>5}  "
        yield Text(f"  {number:>3}  {at}{sentence.text}")
    if words := (*delivery_words(score), *sound_lines(score.delivery)):
        yield _heading("Delivery")
        yield from (Text(f"  {each[:1].upper()}{each[1:]}") for each in words)


def evidence_lines(score: Score) -> Iterator[Text]:
    if score.metrics:
        yield _heading(
            "Numbers", f" (metric depth {score.metric_depth} of 12: {METRIC_DEPTH}; no part of the score)"
        )
    for metric in score.metrics:
        hedge = ", hedged" if metric.hedged else ""
        doubt = f"; or {' or '.join(metric.doubt)}?" if metric.doubt else ""
        yield Text(f"  {metric.sentence + 1:>3}  {metric.role:8} {metric.kind:6} {metric.text}{hedge}{doubt}")
    for slip in score.inconsistencies:
        yield Text(f"  {slip.sentence + 1:>3}  does not fit: said {slip.said}, computed {slip.computed}")
    if score.principles:
        yield _heading("Principles")
    for found in score.principles:
        shown = (("demonstrated", found.demonstrated), ("named", found.named))
        how = " and ".join(word for word, true in shown if true)
        told_in = f" ({_sentences(found.evidence)})" if found.evidence else ""
        yield Text(f"  {found.slug}: {how}{told_in}")
    if score.framework:
        yield _heading("Parts")
        told = (f"{part} {'yes' if covered else 'no'}" for part, covered in score.framework.items())
        yield Text("  " + ", ".join(told))
    if score.interrupts:
        yield _heading("A bar raiser would cut in")
    for cut in score.interrupts:
        yield Text(f"  after {cut.after_sentence + 1}: {cut.question}")
