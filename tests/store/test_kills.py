"""A kill costs no more than the sound in flight. The full run is `python -m benchmarks.kills`."""

from __future__ import annotations

from tests.commands import run_benchmark


class TestAKill:
    """At any moment: all sound is there but 100 ms, it comes back by one `recover`, and then all is well."""

    def test_while_opening_asking_answering_and_keeping(self) -> None:
        said = run_benchmark("kills", "--moments", "12", "--seed", "7")
        assert "killed 12 sessions: 3 opening, 3 asking, 3 answering, 3 keeping" in said
        assert "broken promises: 0" in said
