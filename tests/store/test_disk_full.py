"""A disk that is really full: a small one of its own, in `benchmarks.full_disk`."""

from __future__ import annotations

import pytest

from tests.commands import run_benchmark


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """What was printed of each case."""
    cases = run_benchmark("full_disk").split("\n\n")
    return {case.partition(":")[0]: case for case in cases}


class TestAFullDisk:
    """Recording stops within a second, the line says why, and what was recorded is kept and comes back."""

    def test_too_little_room_is_said_before_anything_is_recorded(self, said: dict[str, str]) -> None:
        assert "less than 50 MiB are free" in said["full before"]
        assert "all kept" in said["full before"]

    def test_room_that_runs_out_in_mid_answer_stops_it_within_a_second(self, said: dict[str, str]) -> None:
        assert "less than 50 MiB are free" in said["fills up"]
        assert "all kept" in said["fills up"]

    def test_a_write_that_finds_no_room_at_all_keeps_what_came_before(self, said: dict[str, str]) -> None:
        assert "No space left on device" in said["to the last byte"]
        assert "all kept" in said["to the last byte"]
