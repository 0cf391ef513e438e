"""Both answers in a terminal: side by side where it is wide, one below the other where it is not, words alone in plain.

Every mark is a sign or a word; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from voicemock.report import lines
from voicemock.report.exemplar import LEGEND, Exemplar, Reason, Version
from voicemock.report.sentences import SentenceReview
from voicemock.report.terminal import SIGNS, marked_sentence
from voicemock.wording import STAR_NAMES, name_of

SIDE_BY_SIDE = 110  # columns; narrower than this, half of them are too few to read
GUTTER = 4
GOOD, FAIR = "What good sounds like", "The same, told vaguely"
STYLES = {"part": "cyan", "principle": "magenta", "trade-off": "blue", "customer": "green"}
SHOWN = {
    "letter": "S T A R L",
    "number": SIGNS["metric"],
    "vague": SIGNS["vague"],
    "inconsistency": SIGNS["inconsistency"],
}


def render_exemplar(console: Console, found: Exemplar) -> None:
    good, fair = _side(found.good, GOOD), _side(found.fair, FAIR)
    console.print()
    if console.width >= SIDE_BY_SIDE:
        both = Table.grid(padding=(0, GUTTER, 0, 0), expand=True)
        both.add_column(ratio=3)
        both.add_column(ratio=2)
        both.add_row(good, fair)
        console.print(both)
    else:
        console.print(good)
        console.print()
        console.print(fair)
    console.print()
    console.print(_legend(found))


def plain_lines(found: Exemplar) -> Iterator[str]:
    """The same without signs in the text, a sentence a line."""
    for title, version in ((GOOD, found.good), (FAIR, found.fair)):
        yield f"{title}: {lines.overall_line(version.score)}, {version.time_line}"
        yield f"  {dimension_line(version)}"
        for sentence in version.sentences:
            yield f"  {_plain_sentence(version, sentence)}"
        for why, line in missing(version) if title == FAIR else ():
            yield f"  Missing: {' Say: '.join(filter(None, (why, line)))}"


def missing(version: Version) -> list[tuple[str, str]]:
    """What the scorer would have fixed: why, and the words to say."""
    return [lines.advice(fix) for fix in version.score.fixes]


def dimension_line(version: Version) -> str:
    scores = version.score.dimensions.items()
    return " · ".join(f"{name_of(name)} {value:.1f}" for name, value in scores if value is not None)


def _plain_sentence(version: Version, sentence: SentenceReview) -> str:
    letter = f"{STAR_NAMES.get(sentence.star, sentence.star)}: " if sentence.star else ""
    found = [mark.note for mark in sentence.marks] + [
        each.label for each in version.reasons.get(sentence.number, ())
    ]
    return f"{letter}{sentence.text}" + (f" ({'; '.join(found)})" if found else "")


def _side(version: Version, title: str) -> RenderableType:
    heading = Text(title, style="bold")
    facts = Text(
        f"{lines.overall_line(version.score)}\n{version.time_line}\n{dimension_line(version)}", style="dim"
    )
    rows = Table.grid(padding=(0, 1))
    rows.add_column(style="bold", width=1)
    rows.add_column()
    for sentence in version.sentences:
        rows.add_row(sentence.star or "", _sentence(version, sentence))
    parts: list[RenderableType] = [heading, facts, Text(""), rows]
    if title == FAIR and version.score.fixes:
        parts += [Text("\nWhat is missing", style="bold"), *map(_fix, missing(version))]
    return Group(*parts)


def _sentence(version: Version, sentence: SentenceReview) -> Text:
    text = marked_sentence(sentence)
    for reason in version.reasons.get(sentence.number, ()):
        text.append(" ").append_text(_tag(reason))
    return text


def _tag(reason: Reason) -> Text:
    return Text(f"‹{reason.label}›", style=STYLES[reason.kind])


def _fix(advice: tuple[str, str]) -> Text:
    why, line = advice
    both = why and line
    return (
        Text(f"- {why}\n").append("  Say: ", style="bold").append(line) if both else Text(f"- {why or line}")
    )


def _legend(found: Exemplar) -> Text:
    used = [*found.good.legend(), *found.fair.legend()]
    kinds = [kind for kind in LEGEND if kind in used]
    return Text(
        "\n".join(f"{SHOWN.get(kind, f'‹{kind}›'):<16} {LEGEND[kind]}" for kind in kinds), style="dim"
    )
