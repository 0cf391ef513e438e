"""`voicemock progress`: scores over time, principles covered, what to practise next."""

from __future__ import annotations

from pathlib import Path

import click

from voicemock.cli.options import json_option, plain_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import open_recordings
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

    Every round over time, your stories against the leadership principles, and how much of the
    preparation is done.

    \b
    Examples:
      voicemock progress
      voicemock progress --html
      voicemock progress --json
    """
    from voicemock.coaching.progress import as_dict, read_progress

    with open_recordings(recordings) as store:
        found = read_progress(store)
        if html is not None:
            from voicemock.report.progress_html import render_progress

            _write(Path(html) if html else recordings / PAGE, render_progress(found))
        elif as_json:
            echo_json(as_dict(found))
        else:
            from voicemock.report.progress_terminal import print_progress

            print_progress(found, plain=plain)


def _write(path: Path, page: str) -> None:
    write_file(path, page.encode(), "name another file: --html FILE")
    echo(str(path))
