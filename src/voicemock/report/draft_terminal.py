"""Drafts for the terminal: the list, and one with what is read in it."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.coaching.draft import KEYS, Draft, DraftCheck, Pace, length_s
from voicemock.coaching.draft_marks import Mark
from voicemock.coaching.drafts import KeptDraft
from voicemock.report.cells import console, points, table
from voicemock.wording import clock, counted, local_time, principle_title, target_words

SIGNS = {True: "✓", False: "✗", None: "·"}


def print_drafts(drafts: Sequence[KeptDraft], pace: Pace, *, plain: bool = False) -> None:
    """A line a draft: its parts, its time, and how often it was told."""
    out = console(plain)
    rows = table("Draft", "Parts", "Time", "Told", "Last written", plain=plain)
    for kept in drafts:
        draft = kept.draft
        parts = f"{sum(bool(draft.text(key)) for key in KEYS)} of {len(KEYS)}"
        told = counted(len(kept.answers), "time") if kept.answers else "never"
        rows.add_row(named(draft), parts, clock(length_s(draft, pace)), told, local_time(kept.written_at))
    out.print(rows)
    out.print(f"\nTimes at {pace.said}.")
    untold = next((kept.draft for kept in drafts if not kept.answers), None)
    if untold:
        out.print(f"Next: {next_step(untold)}")


def next_step(draft: Draft) -> str:
    """To tell it, or to go on with one of which nothing is written yet."""
    written = any(draft.text(key) for key in KEYS)
    return (
        f"voicemock practice --draft {draft.id}" if written else f"voicemock stories draft --edit {draft.id}"
    )


def print_draft(draft: Draft, check: DraftCheck, answers: Sequence[str] = (), *, plain: bool = False) -> None:
    """One draft with its times, its marks, and what it still needs."""
    from rich.text import Text

    out = console(plain)
    out.print(Text(named(draft), style="bold"))
    about = [principle_title(draft.principle)] if draft.principle else []
    out.print(
        " · ".join([*about, *([draft.question] if draft.question else [])]) or "No principle chosen yet."
    )
    for part in check.parts:
        out.print()
        out.print(Text.assemble((part.title, "bold"), f"  {clock(part.seconds)}"))
        out.print(Text(f"  {part.text or '–'}"))
    out.print()
    for mark in check.marks:
        out.print(Text(mark_line(mark)))
    for line in summary_lines(check):
        out.print(Text(line))
    if answers:
        out.print(f"Told in {', '.join(answers)}")
        out.print(f"Next: voicemock stories draft compare {draft.id} {answers[-1]}")
    elif draft.id:
        out.print(f"Next: {next_step(draft)}")


def summary_lines(check: DraftCheck) -> list[str]:
    """The whole against its target, the overall as it would be, and what is missing."""
    lines = ["", f"Time     {time_line(check)}", f"Overall  {overall_line(check)}"]
    if check.missing:
        lines += ["", "Still missing", *(f"  {need}" for need in check.missing)]
    if check.fixes:
        lines += ["", "The scorer would ask", *(f"  {fix}" for fix in check.fixes)]
    return [*lines, ""]


def overall_line(check: DraftCheck) -> str:
    """3.4 of 4 as it stands, just under the bar; of a few sentences, that they are judged by what is there alone."""
    if check.not_scored:
        return check.not_scored
    if check.brief:
        return (
            f"{points(check.overall)} of 4 for these few sentences: what isn't written yet is left out of it, "
            "so a fuller draft can score lower at first"
        )
    return f"{points(check.overall)} of 4 as it stands, {check.verdict}"


def time_line(check: DraftCheck) -> str:
    """1:02, short of 1:30 to 2:10, at 150 words a minute …"""
    against = {"short": "short of", "good": "within", "long": "longer than"}[check.length]
    return f"{clock(check.seconds)}, {against} {target_words(check.target_s)}, at {check.pace.said}"


def mark_line(mark: Mark) -> str:
    return f"{SIGNS[mark.good]} {mark.label}: {mark.says}"


def named(draft: Draft) -> str:
    """d3  The oven calendar."""
    return "  ".join(filter(None, (draft.id, draft.title or "untitled")))
