"""The story bank for the terminal: the list, and one story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicemock.coaching.draft import Draft
from voicemock.coaching.story_bank import MOST_PRINCIPLES, Story, StoryBank
from voicemock.report.cells import console, points, table
from voicemock.report.draft_terminal import named
from voicemock.rounds import PRINCIPLES, STORIES
from voicemock.wording import counted, local_day, principle_title

if TYPE_CHECKING:
    from rich.console import Console

SHARED_SHOWN = 6  # words that explain a match; the rarest come first
PRINCIPLES_SHOWN = 3


def print_bank(bank: StoryBank, untold: Sequence[tuple[Draft, bool]] = (), *, plain: bool = False) -> None:
    """A line a story, what to look at in them, the drafts that were never told, each with whether it fills a gap, and
    the principles that no story shows.
    """
    out = console(plain)
    rows = table("Story", "Tellings", "Best", "Latest", "Principles shown", plain=plain)
    rows.columns[-1].justify = "left"
    for story in bank.stories:
        best = story.best.overall if story.best else None
        shown = ", ".join(list(story.principles)[:PRINCIPLES_SHOWN])
        title = f"{story.id}  {story.title}"
        rows.add_row(title, str(len(story.answers)), points(best), points(story.latest.overall), shown)
    if bank.stories:
        out.print(rows)
    for story in bank.stories:
        for line in _warnings(story):
            out.print(f"! {story.id} {story.title}: {line}")
    _print_untold(out, untold)
    low, high = STORIES
    covered = len(PRINCIPLES) - len(bank.missing)
    out.print(f"\n{len(bank.stories)} of {low}–{high} stories, {covered} of 16 principles.")
    if bank.missing:
        out.print(f"No story yet for: {', '.join(bank.missing)}")
        ready = next((draft for draft, fills in untold if fills), None)
        option = f"--draft {ready.id}" if ready else f"--principle {bank.missing[0]}"
        out.print(f"Next: voicemock practice {option}")


def _print_untold(out: Console, untold: Sequence[tuple[Draft, bool]]) -> None:
    if not untold:
        return
    out.print("\nDrafted, never told", style="bold")
    for draft, fills in untold:
        principle = principle_title(draft.principle) if draft.principle else "no principle chosen"
        out.print(f"  {named(draft)}: {principle}{', which no story shows yet' if fills else ''}")


def print_story(story: Story, *, plain: bool = False) -> None:
    """One story with everything that is known of it."""
    from rich.text import Text

    out = console(plain)
    out.print(Text(f"{story.id}  {story.title}", style="bold"))
    _print_attempts(out, story, plain)
    for title, lines in (
        ("Key numbers", list(story.key_numbers)),
        (
            "Shows",
            [f"{principle_title(slug)} ({counted(n, 'telling')})" for slug, n in story.principles.items()],
        ),
        ("Asked for", [principle_title(slug) for slug in story.asked_for]),
        ("To look at", _warnings(story)),
    ):
        if lines:
            out.print(f"\n{title}", style="bold")
            for line in lines:
                out.print(f"  {line}")
    if story.proposed:
        out.print(f"\nRight? voicemock stories confirm {story.id}")
        out.print("Not?   voicemock stories assign ANSWER STORY (or new)")


def _print_attempts(out: Console, story: Story, plain: bool) -> None:
    rows = table("Answer", "Date", "Overall", "", plain=plain)
    rows.columns[-1].justify = "left"
    for answer in story.answers:
        why = ", ".join(answer.shared[:SHARED_SHOWN])
        note = "" if answer.confirmed else f"shares {why}" if why else "first telling"
        best = " ← best" if story.best and story.best.answer_id == answer.answer_id else ""
        rows.add_row(answer.answer_id, local_day(answer.started_at), points(answer.overall), note + best)
    out.print(rows)


def _warnings(story: Story) -> list[str]:
    lines = [
        f"a number drifts: “{each.earlier}” ({each.earlier_answer}), “{each.latest}” ({each.latest_answer})"
        for each in story.drifts
    ]
    if story.overused:
        many = len(story.asked_for)
        lines.append(f"told for {many} principles; more than {MOST_PRINCIPLES} and it convinces of none")
    return lines
