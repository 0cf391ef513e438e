"""What the tables of `correct`, `retry`, `progress` and `stories` share: cells for scores, and where they
are printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicemock.wording import MINUS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDE = 10_000  # columns: a line is never broken where nobody reads it on a screen, for grep and the like


def points(value: float | None) -> str:
    """A score as 3.5, a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def whole(value: float | None) -> str:
    """A figure without decimals, a dash where there is none."""
    return "–" if value is None else f"{value:.0f}"


def change(before: float | None, after: float | None, unit: str = "") -> str:
    """The way from one figure to another: +0.4, −0.2, = where nothing changed, nothing where one is
    missing. A time has its unit: −4.1 s.
    """
    if before is None or after is None:
        return ""
    difference = round(after - before, 1)
    return f"{difference:+.1f}{unit}".replace("-", MINUS) if difference else "="


def moved(by: float | None) -> str:
    """How far somebody came: +0.4, −0.2, 0.0 where nothing changed, a dash where nothing was tried again."""
    if by is None:
        return "–"
    difference = round(by, 1)
    return f"{difference:+.1f}".replace("-", MINUS) if difference else "0.0"


def table(*columns: str, plain: bool = False) -> Table:
    """A table of text cells; numbers go to the right, so all columns but the first do."""
    from rich.table import Table

    result = Table(box=None, header_style="" if plain else "bold", pad_edge=False)
    for at, name in enumerate(columns):
        result.add_column(name, justify="right" if at else "left")
    return result


def console(plain: bool, *, stderr: bool = False) -> Console:
    """Where a report is printed: no colour and no broken lines when asked for or when nobody looks."""
    from voicemock.terminal.safe_console import SafeConsole

    usual = SafeConsole(stderr=stderr)
    if plain or not usual.is_terminal:
        return SafeConsole(stderr=stderr, color_system=None, width=WIDE)
    return usual
