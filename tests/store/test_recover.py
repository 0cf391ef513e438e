"""What a crash leaves comes back, whichever write it came before; nothing else is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stored import BAKERY, add_answer, answer_row, content, heard, score, spoken, sweep, write_wav
from voicemock.audio.sound import BLOCK_S
from voicemock.scoring.model import Score
from voicemock.speech.live import Transcript
from voicemock.store.lock import STILL_RECORDING_S, at_work
from voicemock.store.recover import Recovered, find_lost, lost_line, recover, rescore
from voicemock.store.store import AnswerRow, Store
from voicemock.store.verify import verify
from voicemock.transcript import Word

SECONDS = 60.0
QUESTION = {"id": "fru-02", "round": "behavioral", "text": "Tell me about less.", "principle": "frugality"}


def transcribe(path: Path) -> Transcript:
    return heard(spoken(BAKERY), ((3.0, 4.5),))


def not_needed(path: Path) -> Transcript:
    raise AssertionError("there are words already")


def by_length(row: AnswerRow, words: Sequence[Word]) -> Score:
    return score(3.0)


def later() -> float:
    """A clock on which every file is old."""
    return 1e12


def recover_all(store: Store, transcriber=transcribe, **options: object) -> list[Recovered]:  # type: ignore[no-untyped-def]
    return [
        recover(store, lost, transcriber, score=by_length, now=later, **options)  # type: ignore[arg-type]
        for lost in find_lost(store)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recording with its sidecar, as the session leaves it before the first row."""
    write_wav(tmp_path / "s1/1.wav", SECONDS)
    sidecar = {"question": QUESTION, "started_at": "2026-04-01T09:30:00+00:00"}
    (tmp_path / "s1/1.json").write_text(json.dumps(sidecar))
    return tmp_path


class TestKilled:
    """Killed before the row, before the words, before the score, before the mark."""

    def test_before_the_row_the_sidecar_tells_what_was_asked(self, folder: Path) -> None:
        with Store(folder) as store:
            assert recover_all(store) == [Recovered("s1/1", SECONDS, len(BAKERY.split()), 3.0)]
            row = store.answer("s1/1")
            assert (row.question_id, row.principle, row.round) == ("fru-02", "frugality", "behavioral")
            assert (row.complete, row.floor_time_s, row.started_at) == (
                True,
                SECONDS,
                "2026-04-01T09:30:00+00:00",
            )
            assert row.details["pauses"] == [[3.0, 4.5]]
            assert store.session("s1").mode == "recovered"

    def test_before_the_words_the_row_gets_what_was_heard_and_stays_otherwise(self, folder: Path) -> None:
        with Store(folder) as store:
            store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
            store.add_answer(answer_row(details={"style": "polite", "pauses": [[1.0, 2.0]]}))
            recover_all(store)
            details = store.answer("s1/1").details
            assert (details["style"], details["pauses"]) == ("polite", [[3.0, 4.5]])
            assert store.answer("s1/1").complete
            assert store.session("s1").mode == "practice"

    def test_before_the_score_nothing_is_transcribed_again(self, folder: Path) -> None:
        with Store(folder) as store:
            store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
            store.add_answer(answer_row())
            store.add_words("s1/1", spoken("as it was heard"))
            recover_all(store, not_needed)
            assert [word.text for word in store.words("s1/1")] == ["as", "it", "was", "heard"]
            assert store.score("s1/1") == score(3.0)

    def test_before_the_mark_only_the_mark_is_added(self, folder: Path) -> None:
        with Store(folder) as store:
            add_answer(store, scored=score(1.7))
            before = content(store)
            with store.transaction() as db:
                db.execute("UPDATE answers SET complete = 0")
            recover_all(store, not_needed)
            assert content(store) == before

    def test_before_the_mark_of_an_answer_of_no_length_nothing_is_transcribed(self, folder: Path) -> None:
        with Store(folder) as store:
            store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
            store.add_answer(answer_row(floor_time_s=0.0))
            write_wav(folder / "s1/1.wav", 0)
            assert [each.left for each in recover_all(store, not_needed)] == [None]

    def test_what_was_brought_back_is_known_by_its_digest(self, folder: Path) -> None:
        with Store(folder) as store:
            recover_all(store)
            content = bytearray((folder / "s1/1.wav").read_bytes())
            content[1000] ^= 1
            (folder / "s1/1.wav").write_bytes(content)
            assert [
                "has changed since it was recorded" in fault.problem
                for fault in verify(store, score=by_length)
            ] == [True]

    def test_afterwards_all_is_well_and_nothing_is_lost(self, folder: Path) -> None:
        with Store(folder) as store:
            recover_all(store)
            assert verify(store, score=by_length) == []
            assert find_lost(store) == []

    def test_a_failed_write_leaves_it_as_lost_as_before(self, folder: Path) -> None:
        states = list(sweep(folder, recover_all))
        assert len(states) > 5
        assert all(state == [] for state in states[:-1])
        assert any("fru-02" in line for line in states[-1])


class TestLeftAlone:
    """What can't be brought back is said, and stays."""

    def test_recordings_are_only_read(self, folder: Path) -> None:
        def digests() -> dict[str, str]:
            files = sorted(folder.glob("s1/*"))
            return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

        before = digests()
        with Store(folder) as store:
            recover_all(store)
        assert digests() == before

    @pytest.mark.parametrize("sidecar", [None, "", "{", "[]", "{}"])
    def test_without_a_readable_sidecar_the_round_is_asked_for(
        self, folder: Path, sidecar: str | None
    ) -> None:
        path = folder / "s1/1.json"
        path.unlink() if sidecar is None else path.write_text(sidecar)
        with Store(folder) as store:
            (left,) = recover_all(store)
            assert left.left is not None and "--round" in left.left
            assert store.answers() == []
            (back,) = recover_all(store, round="behavioral")
            assert back.left is None
            assert store.answer("s1/1").question == ""

    @pytest.mark.parametrize("seconds", [0, BLOCK_S])
    def test_where_nothing_was_heard_yet_nothing_was_lost(self, folder: Path, seconds: float) -> None:
        write_wav(folder / "s1/1.wav", seconds)
        with Store(folder) as store:
            assert recover_all(store) == []
            assert lost_line(store) is None
            assert verify(store, score=by_length) == []

    def test_a_row_whose_recording_is_gone_is_left(self, folder: Path) -> None:
        with Store(folder) as store:
            store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
            store.add_answer(answer_row())
            (folder / "s1/1.wav").unlink()
            (left,) = recover_all(store)
            assert left.left is not None and "missing" in left.left
            assert not store.answer("s1/1").complete

    def test_a_recording_is_left_to_the_session_that_is_at_it(self, folder: Path) -> None:
        with Store(folder) as store, at_work(folder / "s1"):
            (left,) = recover_all(store, not_needed)
            assert left.left is not None and "still running" in left.left
            assert lost_line(store, later) is None

    def test_a_recording_is_nobodys_as_soon_as_its_session_has_died(self, folder: Path) -> None:
        with Store(folder) as store:
            with at_work(folder / "s1"):
                pass
            assert lost_line(store) is not None
            (lost,) = find_lost(store)
            assert recover(store, lost, transcribe, score=by_length).left is None

    def test_where_no_lock_tells_a_recording_that_grew_just_now_is_left(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("voicemock.store.lock.held_elsewhere", lambda folder: None)
        grew = (folder / "s1/1.wav").stat().st_mtime
        with Store(folder) as store:
            (lost,) = find_lost(store)
            young = recover(store, lost, not_needed, now=lambda: grew + STILL_RECORDING_S - 1)
            assert young.left is not None and "still running" in young.left
            assert lost_line(store, lambda: grew + STILL_RECORDING_S - 1) is None
            assert lost_line(store, lambda: grew + STILL_RECORDING_S + 1) is not None

    def test_a_link_that_leads_nowhere_stops_nothing(self, folder: Path) -> None:
        (folder / "s1/2.wav").symlink_to(folder / "gone.wav")
        with Store(folder) as store:
            assert [each.answer_id for each in find_lost(store)] == ["s1/1"]
            assert lost_line(store, later) is not None
            assert len(recover_all(store)) == 1

    def test_a_recording_that_is_removed_meanwhile_is_no_loss(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("voicemock.store.lock.held_elsewhere", lambda folder: None)

        def removed_by_now() -> float:
            (folder / "s1/1.wav").unlink(missing_ok=True)
            return later()

        with Store(folder) as store:
            (lost,) = find_lost(store)
            assert lost_line(store, removed_by_now) is None
            left = recover(store, lost, not_needed, now=later)
            assert left.left is not None and "missing" in left.left

    def test_its_length_is_that_which_it_has_when_nobody_is_at_it(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        @contextmanager
        def after_the_last_words(session: Path) -> Iterator[None]:
            write_wav(folder / "s1/1.wav", SECONDS + 5)
            with at_work(session):
                yield

        monkeypatch.setattr("voicemock.store.recover.at_work", after_the_last_words)
        with Store(folder) as store:
            assert [each.seconds for each in recover_all(store)] == [SECONDS + 5]

    def test_a_complete_answer_is_not_looked_at(self, folder: Path) -> None:
        with Store(folder) as store:
            add_answer(store)
            assert find_lost(store) == []


def test_scoring_again_replaces_every_version(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        add_answer(store, scored=score(1.0))
        store.add_words("s1/1", spoken("corrected"), "corrected")
        rescore(store, "s1/1", score=by_length)
        assert [store.score("s1/1", version) for version in ("recognised", "corrected")] == [score(3.0)] * 2
