"""`voicemock review --mind`: words for answers that were recorded without one, kept beside a score that stays ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.interview.screenplay import room, sentences, speak
from tests.mind.server import MODEL, serving
from tests.mind.test_afterwards import echo_of_ours, replying
from tests.mind.test_in_an_interview import VAGUE
from voicemock.cli.review import review
from voicemock.scoring.model import Score
from voicemock.store.store import Store


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    with room(folder, speak(0.8, *sentences(*VAGUE), 9.0)) as there:
        there.run()
    return folder


def reviewed(folder: Path, *arguments: str) -> tuple[str, str]:
    wanted = ["last", "--plain", "--recordings", str(folder), *arguments]
    result = CliRunner().invoke(review, wanted, catch_exceptions=False)
    return result.stdout, result.stderr


def stored_score(folder: Path) -> Score | None:
    with Store(folder) as store:
        return store.score(store.answers()[0].id)


def test_words_what_was_recorded_without_one(recordings: Path) -> None:
    before, _ = reviewed(recordings)
    score = stored_score(recordings)
    with serving(replying(echo_of_ours)) as server:
        shown, told = reviewed(recordings, "--mind", f"{server.url}#{MODEL}")
    after, _ = reviewed(recordings)
    assert "Second opinion" not in before and "Second opinion, by scripted-1b" in shown
    assert after == shown and f"{MODEL} reads" in told
    assert stored_score(recordings) == score is not None


def test_the_environment_has_an_answer_worded_once(recordings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(replying(echo_of_ours)) as server:
        monkeypatch.setenv("VOICEMOCK_MIND", f"{server.url}#{MODEL}")
        first, _ = reviewed(recordings)
        asked = len(server.asked)
        assert reviewed(recordings)[0] == first and len(server.asked) == asked
        reviewed(recordings, "--mind", f"{server.url}#{MODEL}")
        assert len(server.asked) > asked  # named anew, it is asked anew


def test_one_that_fails_leaves_the_review_as_it_was(recordings: Path) -> None:
    before, _ = reviewed(recordings)
    shown, told = reviewed(recordings, "--mind", "http://127.0.0.1:9/v1#none")
    assert shown == before and told.count("can't be reached") == 1
