"""A server on a day that stands still, and what its page may have done, for the tests that need no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.serving import TODAY, Call, Served, calling, serving
from voicemock.coaching.plan import kept


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(kept, "local_today", lambda: TODAY)
    with serving(tmp_path) as served:
        yield served


@pytest.fixture
def call(served: Served) -> Call:
    return calling(served)
