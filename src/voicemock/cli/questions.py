"""`voicemock questions`: list, filter, show and check question packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.good import say_good, show_good
from voicemock.cli.mind import MindOptions, mind_options
from voicemock.cli.options import plain_option, voice_option
from voicemock.cli.output import echo, echo_json
from voicemock.errors import UsageProblem
from voicemock.mind.prompting import FOLDER, load_prompts, own_prompts
from voicemock.packs.examples import example_files, holds_examples, load_examples, read_examples
from voicemock.packs.phrases import read_phrases
from voicemock.packs.questions import (
    DIFFICULTIES,
    Question,
    filter_questions,
    find_question,
    load_questions,
    read_packs,
)
from voicemock.packs.reader import PHRASES_FILE, pack_files
from voicemock.report.cells import console
from voicemock.report.exhibit_terminal import ExhibitView
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.wording import counted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_prompts = click.option(
    "--prompts", type=click.Path(path_type=Path), metavar="DIR", help="Add the packs of this folder."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_TYPES = [type for each in ROUNDS.values() for type in each.types]


@click.group(invoke_without_command=True)
@click.option("--round", type=click.Choice(list(ROUNDS)), metavar="SLUG", help=f"One of {', '.join(ROUNDS)}.")
@click.option("--principle", type=click.Choice(list(PRINCIPLES)), metavar="SLUG", help="Such as earn-trust.")
@click.option("--type", type=click.Choice(_TYPES), metavar="TYPE", help=f"One of {', '.join(_TYPES)}.")
@click.option("--tag", metavar="TAG", help="Such as trade-off.")
@click.option("--difficulty", type=click.IntRange(DIFFICULTIES[0], DIFFICULTIES[-1]), help="1 easy, 3 hard.")
@_prompts
@_json
@click.option("--plain", is_flag=True, help="No colour, one line a question.")
@click.pass_context
def questions(
    ctx: click.Context,
    round: str | None,
    principle: str | None,
    type: str | None,
    tag: str | None,
    difficulty: int | None,
    prompts: Path | None,
    as_json: bool,
    plain: bool,
) -> None:
    """List the questions, all of them or those that meet every filter.

    \b
    Examples:
      voicemock questions --round analytical --difficulty 3
      voicemock questions --principle dive-deep --json
      voicemock questions show own-01
      voicemock questions check mine/startup.yaml
      voicemock questions --prompts mine
    """
    if ctx.invoked_subcommand:
        return
    found = filter_questions(
        load_questions(prompts), round=round, principle=principle, type=type, tag=tag, difficulty=difficulty
    )
    if as_json:
        echo_json([asdict(question) for question in found])
    elif found:
        console(plain).print(_listing(found))
    else:
        echo("No question meets all of these filters.")


@questions.command(short_help="Show one question, or what a good answer is.")
@click.argument("id_or_text", metavar="ID")
@click.option(
    "--good", is_flag=True, help="What good sounds like: an answer over the bar and one under it, marked up."
)
@click.option("--say", is_flag=True, help="With --good: say the good answer aloud; a key stops it.")
@voice_option
@_prompts
@_json
@plain_option
@click.pass_context
def show(
    ctx: click.Context,
    id_or_text: str,
    good: bool,
    say: bool,
    voice: str | None,
    prompts: Path | None,
    as_json: bool,
    plain: bool,
) -> None:
    """Show one question with all that belongs to it, or with --good what a good answer sounds like.

    ID is its id, or words that only its text contains.

    \b
    Examples:
      voicemock questions show port-03
      voicemock questions show "cups of coffee" --json
      voicemock questions show own-01 --good
    """
    assert ctx.parent is not None
    outer = ctx.parent.params  # `questions --json show ID` and `questions show ID --json` mean the same
    prompts, as_json, plain = (
        prompts or outer["prompts"],
        as_json or outer["as_json"],
        plain or outer["plain"],
    )
    if say and not good:
        raise UsageProblem("--say says the good answer", "add --good")
    known = load_questions(prompts)
    question = find_question(known, id_or_text)
    if good:
        found = show_good(known, question, prompts, as_json=as_json, plain=plain)
        if say:
            say_good(found, voice)
    elif as_json:
        echo_json(asdict(question))
    else:
        screen = console(plain)
        _print_question(screen, question, drawn=screen.is_terminal and not plain)
        if question.id in load_examples({each.id for each in known}, prompts):
            screen.print(
                f"\nWhat good sounds like: voicemock questions show {question.id} --good", style="dim"
            )


@questions.command(short_help="Check packs you wrote, and count their questions.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check packs you wrote, and count their questions; a folder stands for the packs in it.

    The first fault ends it with one line that names the file, the entry and the cause, and exit code 1.

    \b
    Examples:
      voicemock questions check mine/*.yaml
      voicemock questions check prompts
      voicemock questions check prompts/answers/behavioral-a1.yaml
    """
    given = [path for place in files if place.name != PHRASES_FILE for path in pack_files(place)]
    answers = [path for path in given if holds_examples(path)]
    answers += [path for place in files if place.is_dir() for path in example_files(place)]
    packs = [path for path in given if path not in answers]
    phrases = [place for place in files if place.name == PHRASES_FILE]
    phrases += [place / PHRASES_FILE for place in files if (place / PHRASES_FILE).is_file()]
    counts = {path: len(read_packs([path])) for path in packs}
    read_packs(dict.fromkeys(packs))  # once more together: an id may be used only once
    for path, count in counts.items():
        echo(f"{path}: {counted(count, 'question')}")
    for place in files:
        if own := own_prompts(place):
            load_prompts(place)
            echo(f"{place / FOLDER}: {counted(len(own), 'prompt')}")
    if answers:
        known = {each.id for each in (*load_questions(), *read_packs(dict.fromkeys(packs)))}
        for path in answers:
            echo(f"{path}: {counted(len(read_examples([path], known)), 'answer')}")
        read_examples(dict.fromkeys(answers), known)  # together: a question is answered once
    for path in phrases:
        echo(f"{path}: {counted(sum(map(len, read_phrases(path).values())), 'wording')}")


@questions.command("from", short_help="Questions out of your CV and a job's description.")
@click.option("--cv", type=click.Path(path_type=Path), metavar="FILE", help="Your CV: PDF, .docx or text.")
@click.option(
    "--job", type=click.Path(path_type=Path), metavar="FILE", help="The job's description, likewise."
)
@click.option(
    "--count", type=click.IntRange(1, 30), default=10, show_default=True, help="How many questions."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the pack here.",
)
@mind_options
@_prompts
def from_(
    cv: Path | None,
    job: Path | None,
    count: int,
    output: Path | None,
    mind: str | None,
    mind_may_leave: bool,
    mind_log: Path | None,
    prompts: Path | None,
) -> None:
    """Make a pack of questions out of your CV and a job's description, each with the line that it comes from.

    With --mind your language model words them, checked against that line; without, and where its words don't pass, they
    are plainer.

    \b
    Examples:
      voicemock questions from --cv cv.pdf --job job.txt --output mine/job.yaml
      voicemock questions from --cv cv.docx --mind http://localhost:11434/v1#qwen2.5:7b
      voicemock practice --prompts mine --question cv-01
    """
    from voicemock.cli.questions_from import make_pack

    make_pack(cv, job, count, output, MindOptions(mind, mind_may_leave, mind_log, prompts))


def _table(columns: Iterable[str]) -> Table:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name)
    return table


def _listing(found: Iterable[Question]) -> Table:
    table = _table(("Id", "Round", "Principle or type", "Level", "Question"))
    for each in found:
        table.add_row(each.id, each.round, each.principle or each.type or "", str(each.difficulty), each.text)
    return table


def _print_question(console: Console, question: Question, *, drawn: bool) -> None:
    about = [question.id, ROUNDS[question.round].title, question.type, f"difficulty {question.difficulty}"]
    if question.principle:
        about.insert(2, PRINCIPLES[question.principle].title)
    console.print(" · ".join(part for part in about if part), style="dim")
    console.print(question.text, style="bold")
    if question.exhibit:
        console.print()
        console.print(ExhibitView(question.exhibit, drawn=drawn))
    for title, lines in (("Probes", question.probes), ("Follow-ups", question.follow_ups)):
        if lines:
            console.print(f"\n{title}")
            for line in lines:
                console.print(f"  - {line}")
    if question.source:
        console.print(f"\nComes from: {question.source}", markup=False)
    if question.tags:
        console.print(f"\nTags: {', '.join(question.tags)}")
