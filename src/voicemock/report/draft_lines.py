"""What an answer made of the draft that it was told from, line by line, before any renderer gives it a shape."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.coaching.draft import PARTS
from voicemock.coaching.left_out import DraftComparison, DraftedLine
from voicemock.report.cells import points
from voicemock.wording import clock, counted

_TITLES = {part.key: part.title for part in PARTS}


def heading(compared: DraftComparison) -> str:
    """Against draft d1, The oven calendar."""
    return ", ".join(filter(None, (f"Against draft {compared.draft_id}", compared.title)))


def draft_lines(compared: DraftComparison) -> Iterator[str]:
    """What was said and left out, numbers first; a line that begins with spaces belongs to the one before."""
    yield summary(compared)
    for title, said in (*sections(compared), *times(compared)):
        yield f"{title}:"
        yield from (f"  {line}" for line in said)


def summary(compared: DraftComparison) -> str:
    """7 of 9 sentences said, 1 perhaps, 1 left out; 3.1 for the draft, 2.9 as told."""
    counts = {state: len(compared.of(state)) for state in ("said", "perhaps", "left out")}
    parts = [f"{counts['said']} of {counted(len(compared.lines), 'sentence')} said"]
    parts += [f"{counts[state]} {state}" for state in ("perhaps", "left out") if counts[state]]
    overall = f"{points(compared.drafted_overall)} as drafted, {points(compared.told_overall)} as told"
    return f"{', '.join(parts)}; {overall}"


def sections(compared: DraftComparison) -> list[tuple[str, list[str]]]:
    """Each with its title and its lines; those with none are left out."""
    found = [
        ("Numbers left out", [f"“{text}”" for text in compared.lost]),
        ("Numbers that changed", [f"“{drafted}” became “{said}”" for drafted, said in compared.changed]),
        ("Numbers said", [f"“{text}”" for text in compared.kept]),
        ("Left out", [line_text(line) for line in compared.of("left out")]),
        ("Perhaps said, in other words", [line_text(line) for line in compared.of("perhaps")]),
        ("Added", [f"{clock(line.start)} “{line.text}”".strip() for line in compared.added]),
    ]
    return [(title, lines) for title, lines in found if lines]


def times(compared: DraftComparison) -> list[tuple[str, list[str]]]:
    """The section of the times; none where none are known."""
    return [("Time, drafted and told", lines)] if (lines := time_lines(compared)) else []


def line_text(line: DraftedLine) -> str:
    """Action 2: “I chose …”."""
    return f"{_TITLES[line.part]}: “{line.text}”"


def time_lines(compared: DraftComparison) -> list[str]:
    """A line a part, then what is not in the draft, then the whole; none where no times are known."""
    if compared.told_s is None or compared.added_s is None:
        return []
    rows = [f"{part.title}: {clock(part.drafted_s)}, {clock(part.told_s)}" for part in compared.parts]
    rows += [f"Not in the draft: {clock(compared.added_s)}"] if compared.added else []
    return [*rows, f"The whole: {clock(compared.drafted_s)}, {clock(compared.told_s)}"]
