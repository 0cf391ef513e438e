"""The story bank for the terminal: the list, and one story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicemock.coaching.story_bank import MOST_PRINCIPLES, Story, StoryBank
from voicemock.report.cells import console, points, table
from voicemock.rounds import PRINCIPLES, STORIES
from voicemock.wording import counted, local_day, principle_title

if TYPE_CHECKING:
    from rich.console import Console

SHARED_SHOWN = 6  # words that explain a match; the rarest come first
PRINCIPLES_SHOWN = 3


def print_bank(bank: StoryBank, *, plain: bool = False) -> None:
    """A line a story, what to look at in them, and the principles that no story shows."""
    out = console(plain)
    rows = table("Story", "Tellings", "Best", "Latest", "Principles shown", plain=plain)
    rows.columns[-1].justify = "left"
    for story in bank.stories:
        best = story.best.overall if story.best else None
        shown = ", ".join(list(story.principles)[:PRINCIPLES_SHOWN])
        title = f"{story.id}  {story.title}"
        rows.add_row(title, str(len(story.answers)), points(best), points(story.latest.overall), shown)
    out.print(rows)
    for story in bank.stories:
        for line in _warnings(story):
            out.print(f"! {story.id} {story.title}: {line}")
    low, high = STORIES
    covered = len(PRINCIPLES) - len(bank.missing)
    out.print(f"\n{len(bank.stories)} of {low}–{high} stories, {covered} of 16 principles.")
    if bank.missing:
        out.print(f"No story yet for: {', '.join(bank.missing)}")
        out.print(f"Next: voicemock practice --principle {bank.missing[0]}")


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
