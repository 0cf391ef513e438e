"""Whatever operation on the disk fails, the old or the new state is there. The full run: `python -m
benchmarks.fault_sweep`.
"""

from __future__ import annotations

from tests.commands import run_benchmark


class TestAnOperationThatFails:
    """As on a full disk, with an I/O error, by a kill: nothing is half there, and one line names the path."""

    def test_two_of_each_kind_of_operation_in_turn(self) -> None:
        said = run_benchmark("fault_sweep", "--answers", "1", "--stride", "1000000")
        for kind in ("fsync", "write", "replace", "mkdir", "connect", "INSERT", "COMMIT"):
            assert f" {kind}" in said
        assert "broken promises: 0" in said
