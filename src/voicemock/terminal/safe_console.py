"""The one console that commands print on: it shows what it is given and obeys none of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from voicemock.terminal.printable import printable_lines


class SafeConsole(Console):
    """A rich console in which [brackets] and :colons: are text, and control characters are spelled out.

    What it knows to be its own (styles, `Text`) works as ever.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, emoji=False, highlight=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable_lines(text), style, control)
