"""`voicemock stories`: the story bank, and the user's say in it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.draft import draft
from voicemock.cli.options import json_option, plain_option, recordings_option, refuse_before
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import open_for_list, open_recordings
from voicemock.coaching.bank import read_bank
from voicemock.errors import UsageProblem

if TYPE_CHECKING:
    from voicemock.coaching.story_bank import Story

NUMBER = click.IntRange(1, 10**9)  # of a story
NEW = "new"  # what `assign` takes in place of a story's number


@click.group(invoke_without_command=True)
@recordings_option
@json_option
@plain_option
@click.pass_context
def stories(ctx: click.Context, recordings: Path, as_json: bool, plain: bool) -> None:
    """Your stories: which answers tell the same one, what they show, what is missing.

    Answers are matched by the rare words and numbers they share; you have the last word.

    \b
    Examples:
      voicemock stories
      voicemock stories show 3
      voicemock stories confirm 3
      voicemock stories assign 20260401-093000/2 3
      voicemock stories assign 20260401-093000/2 new
      voicemock stories rename 3 "The bakery search"
      voicemock stories merge 4 3
      voicemock stories draft
    """
    if ctx.invoked_subcommand:
        refuse_before(ctx)
        return
    from voicemock.coaching.drafts import kept_drafts, untold
    from voicemock.report.stories_terminal import print_bank

    with open_for_list(recordings) as store:
        bank = read_bank(store)
        drafts = untold(kept_drafts(store), bank.missing)
    if as_json:
        body = {
            "stories": [_as_dict(story) for story in bank.stories],
            "missing_principles": bank.missing,
            "untold_drafts": [
                {"id": each.id, "title": each.title, "principle": each.principle, "fills_a_gap": fills}
                for each, fills in drafts
            ],
        }
        echo_json(body)
    elif bank.stories or drafts:
        print_bank(bank, drafts, plain=plain)
    else:
        echo("No stories yet. Tell the first one: voicemock practice --round behavioral")


@stories.command()
@click.argument("story", type=NUMBER)
@recordings_option
@json_option
@plain_option
def show(story: int, recordings: Path, as_json: bool, plain: bool) -> None:
    """Show one story: its tellings, its numbers, what it demonstrates."""
    from voicemock.report.stories_terminal import print_story

    with open_recordings(recordings) as store:
        found = read_bank(store, story).stories[0]
    if as_json:
        echo_json(_as_dict(found))
    else:
        print_story(found, plain=plain)


@stories.command()
@click.argument("story", type=NUMBER)
@recordings_option
def confirm(story: int, recordings: Path) -> None:
    """Say that the answers proposed for STORY belong to it."""
    from voicemock.store.stories import confirm as confirm_story

    with open_recordings(recordings, writes=True) as store:
        confirm_story(store, story)
    echo(f"Story {story} is confirmed.")


@stories.command()
@click.argument("answer")
@click.argument("story", metavar="STORY|new")
@recordings_option
def assign(answer: str, story: str, recordings: Path) -> None:
    """Say which STORY an ANSWER tells; `new` begins one."""
    from voicemock.coaching.stories import assign as assign_story

    if story != NEW and not (story.isdecimal() and len(story) < len(str(NUMBER.max))):
        raise UsageProblem(f"{story!r} is no story", "give the number of one, or the word new")
    with open_recordings(recordings, writes=True) as store:
        number = assign_story(store, answer, None if story == NEW else int(story))
    echo(f"{answer} tells story {number}.")


@stories.command()
@click.argument("story", type=NUMBER)
@click.argument("title")
@recordings_option
def rename(story: int, title: str, recordings: Path) -> None:
    """Give STORY a title of your own."""
    from voicemock.store.stories import rename as rename_story

    with open_recordings(recordings, writes=True) as store:
        rename_story(store, story, title)
    echo(f"Story {story} is now “{title}”.")


@stories.command()
@click.argument("story", type=NUMBER)
@click.argument("into", type=NUMBER)
@recordings_option
def merge(story: int, into: int, recordings: Path) -> None:
    """Make STORY a part of story INTO, whose title stays."""
    from voicemock.store.stories import merge as merge_stories

    with open_recordings(recordings, writes=True) as store:
        merge_stories(store, story, into)
    echo(f"Story {story} is now part of story {into}.")


stories.add_command(draft)


def _as_dict(story: Story) -> dict[str, Any]:
    return {**asdict(story), "overused": story.overused}
