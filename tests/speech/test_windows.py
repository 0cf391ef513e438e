"""Careful windows are a function of the stretches: long enough for context, short enough for Whisper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voicemock.speech.windows import LONGEST_GAP_S, LONGEST_S, TARGET_S, Window, WindowPlanner

Stretches = list[tuple[float, float]]


@st.composite
def answers(draw: st.DrawFn) -> Stretches:
    at = 0.0
    stretches: Stretches = []
    for gap, length in draw(st.lists(st.tuples(st.floats(0.0, 6.0), st.floats(0.1, 20.0)), max_size=40)):
        stretches.append((at + gap, at + gap + length))
        at += gap + length
    return stretches


def plan(stretches: Stretches) -> list[Window]:
    planner = WindowPlanner()
    windows = [window for start, end in stretches for window in planner.add(start, end)]
    tail = planner.take_tail()
    return windows + ([tail] if tail else [])


class TestWindows:
    @given(answers())
    def test_every_stretch_is_in_one_window_in_order(self, stretches: Stretches) -> None:
        assert [stretch for window in plan(stretches) for stretch in window.stretches] == stretches

    @given(answers())
    def test_no_window_is_longer_than_whisper_hears(self, stretches: Stretches) -> None:
        assert all(window.end - window.start <= LONGEST_S for window in plan(stretches))

    @given(answers())
    def test_no_window_holds_a_long_silence(self, stretches: Stretches) -> None:
        for window in plan(stretches):
            starts = [start for start, _ in window.stretches[1:]]
            ends = [end for _, end in window.stretches[:-1]]
            assert all(start - end <= LONGEST_GAP_S for start, end in zip(starts, ends, strict=True))

    @given(answers())
    def test_what_is_left_at_the_end_is_less_than_a_window(self, stretches: Stretches) -> None:
        planner = WindowPlanner()
        for start, end in stretches:
            planner.add(start, end)
            tail = planner.tail()
            assert tail is None or tail.end - tail.start < TARGET_S

    def test_looking_at_the_tail_leaves_it(self) -> None:
        planner = WindowPlanner()
        planner.add(0.0, 2.0)
        assert planner.tail() == planner.take_tail() == Window(((0.0, 2.0),))
        assert planner.tail() is None
