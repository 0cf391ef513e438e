"""What the tests of several commands share."""

from __future__ import annotations

import pytest

from voicemock.cli.desk import RunOptions
from voicemock.cli.run import Outcome
from voicemock.interview.session import Plan
from voicemock.store.store import Store


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """The sessions that would have been held."""
    held: list[Plan] = []

    def run_session(store: Store, plan: Plan, options: RunOptions) -> Outcome:
        held.append(plan)
        return Outcome("s9", (), interrupted=False)

    monkeypatch.setattr("voicemock.cli.run.run_session", run_session)
    return held
