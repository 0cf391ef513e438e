"""Which stretches of speech the careful pass hears together.

Pure: a function of the stretches alone, never of timing, so that the final transcript is the same however
fast the sound arrives.
"""

from __future__ import annotations

from dataclasses import dataclass

Stretch = tuple[float, float]  # (start, end) of speech, seconds

TARGET_S = (
    25.0  # a window is closed at the first end of speech after this; 20 s gave about as many word errors
)
LONGEST_S = 28.0  # Whisper's window is 30 s, and the last words want some silence after them
LONGEST_GAP_S = 3.0  # a longer silence inside a window would be an invitation to invent


@dataclass(frozen=True, slots=True)
class Window:
    """Stretches of speech that are decoded in one go."""

    stretches: tuple[Stretch, ...]

    @property
    def start(self) -> float:
        return self.stretches[0][0]

    @property
    def end(self) -> float:
        return self.stretches[-1][1]


class WindowPlanner:
    """Takes stretches in order and hands out windows that are complete."""

    def __init__(self) -> None:
        self._open: list[Stretch] = []

    def add(self, start: float, end: float) -> list[Window]:
        """Add a stretch; returns the windows that it closes, none to two."""
        closed: list[Window] = []
        if self._open and self._does_not_fit(start, end):
            closed.append(self._close())
        self._open.append((start, end))
        if end - self._open[0][0] >= TARGET_S:
            closed.append(self._close())
        return closed

    def tail(self) -> Window | None:
        """What would be left if the answer ended now."""
        return Window(tuple(self._open)) if self._open else None

    def take_tail(self) -> Window | None:
        """Close what is left."""
        return self._close() if self._open else None

    def _does_not_fit(self, start: float, end: float) -> bool:
        return end - self._open[0][0] > LONGEST_S or start - self._open[-1][1] > LONGEST_GAP_S

    def _close(self) -> Window:
        window = Window(tuple(self._open))
        self._open.clear()
        return window
