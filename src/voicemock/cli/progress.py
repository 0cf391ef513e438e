"""`voicemock progress`: scores over time, principles covered, what to practise next."""

from __future__ import annotations

from pathlib import Path

import click

from voicemock.cli.options import json_option, plain_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import NOTHING_YET, open_for_list
from voicemock.files import write_file

PAGE = "progress.html"  # in the recordings folder, where no name is given


@click.command()
@click.option(
    "--html", is_flag=False, flag_value="", metavar="[FILE]", help="Write one page that works offline."
)
@recordings_option
@json_option
@plain_option
def progress(html: str | None, recordings: Path, as_json: bool, plain: bool) -> None:
    """See how your practice goes, and what to do next.

    Every round over time, your stories against the leadership principles, how much of the
    preparation is done, and your plan against it.

    \b
    Examples:
      voicemock progress
      voicemock progress --html
      voicemock progress --json
    """
    from voicemock.cli.plan import summary as plan_summary
    from voicemock.coaching.plan.kept import standing_if_any
    from voicemock.coaching.progress import as_dict, read_progress
    from voicemock.packs.questions import load_questions

    with open_for_list(recordings) as store:
        found = read_progress(store)
        plan = standing_if_any(store, load_questions)
        nothing = not (found.answers or found.outcomes or plan)
        if html is not None and not (nothing and not html):
            from voicemock.report.progress_html import render_progress

            _write(Path(html) if html else recordings / PAGE, render_progress(found, plan))
        elif as_json:
            echo_json({**as_dict(found), "plan": plan_summary(plan) if plan else None})
        elif nothing:
            echo(NOTHING_YET)
        else:
            from voicemock.report.progress_terminal import print_progress

            print_progress(found, plan, plain=plain)


def _write(path: Path, page: str) -> None:
    write_file(path, page.encode(), "name another file: --html FILE")
    echo(str(path))
