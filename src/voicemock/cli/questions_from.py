"""`voicemock questions from`: a pack out of a CV and a job's description."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voicemock.cli.mind import MindOptions, open_mind
from voicemock.cli.output import echo, tell
from voicemock.errors import UsageProblem
from voicemock.files import make_folder, write_file
from voicemock.mind.documents import read_document
from voicemock.mind.questions import Made, questions_from
from voicemock.packs.questions import load_questions
from voicemock.wording import counted

WIDTH = 110
NAME_ANOTHER = "name another file: --output FILE"
HEAD = "# Made by `voicemock questions from`. `source` is the line that a question comes from; edit it as you like.\n"


def make_pack(
    cv: Path | None, job: Path | None, count: int, output: Path | None, options: MindOptions
) -> None:
    """Print the pack, or write it to `output`. Raises VoicemockError."""
    if cv is None and job is None:
        raise UsageProblem("there is nothing to make questions of", "give --cv FILE, --job FILE or both")
    if output is not None:
        _is_free(output)
    documents = [read_document(path) if path else () for path in (cv, job)]
    with open_mind(options) as mind:
        if mind is not None:
            mind.warm_up()
        made = questions_from(documents[0], documents[1], count, mind, load_questions())
        name = "the rules" if mind is None else mind.name
        trouble = mind.trouble() if mind else None
    if trouble:
        tell(trouble)
    text = HEAD + pack_text(made)
    if output is None:
        echo(text, nl=False)
    else:
        write_file(output, text.encode(), NAME_ANOTHER)
        echo(str(output))
    by_mind = sum(each.by == "mind" for each in made)
    tell(
        f"{counted(len(made), 'question')}, {by_mind} worded by {name}" if by_mind else _by_rules(made, name)
    )


def _is_free(output: Path) -> None:
    """Nothing that is there is overwritten, and the folder is there once all the work is done."""
    if output.is_dir():
        raise UsageProblem(f"{output} is a folder", f"name a file in it, such as {output / 'job.yaml'}")
    if output.is_file() and output.stat().st_size:
        raise UsageProblem(f"{output} exists", "choose another name, or remove it first")
    make_folder(output.parent, NAME_ANOTHER)


def _by_rules(made: Sequence[Made], name: str) -> str:
    why = next((each.why_not for each in made if each.why_not), "")
    because = f"; {name}'s words were not used ({why})" if why else ""
    return f"{counted(len(made), 'question')}, worded by the rules{because}"


def pack_text(made: Sequence[Made]) -> str:
    """The questions as a pack that `voicemock questions check` takes."""
    import yaml

    rows: list[dict[str, Any]] = [
        {
            "id": each.question.id,
            "text": each.question.text,
            "principle": each.question.principle,
            "tags": list(each.question.tags),
            "follow_ups": list(each.question.follow_ups),
            "source": each.question.source,
        }
        for each in made
    ]
    pack = {"round": "behavioral", "questions": rows}
    return str(yaml.safe_dump(pack, sort_keys=False, allow_unicode=True, width=WIDTH))
