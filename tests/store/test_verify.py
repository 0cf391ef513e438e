"""`verify` is not silent about any damage, and silent where there is none."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.damage import Damage, cut, flip, make_good, outcome, remove

from tests.stored import add_answer, score, shows, spoken, write_wav
from voicemock.errors import StoreError
from voicemock.scoring.model import Score
from voicemock.store.database import DATABASE
from voicemock.store.lock import STILL_RECORDING_S, at_work
from voicemock.store.search import index_is_sound, rebuild_index
from voicemock.store.store import CORRECTED, RECOGNISED, AnswerRow, Store
from voicemock.store.verify import verify
from voicemock.transcript import Word


def same_score(row: AnswerRow, words: object) -> Score:
    return score(3.0)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whole sessions as users have them: corrected, scored again, brought back."""
    folder = tmp_path_factory.mktemp("good") / "recordings"
    make_good(folder, 6)
    return folder


class TestGoodSessions:
    """No false alarm (the full run, over 200 sessions: python -m benchmarks.damage)."""

    def test_whatever_users_do_to_them_they_verify(self, good: Path) -> None:
        with Store(good) as store:
            assert verify(store) == []


class TestOneBit:
    """A bit that flips is found, in any file, unless the content is the same without it."""

    def test_in_the_sound(self, good: Path) -> None:
        chance = random.Random(1)
        assert {outcome(good, f"{first(good)}/1.wav", flip, chance) for _ in range(20)} == {"found"}

    def test_in_what_was_asked(self, good: Path) -> None:
        chance = random.Random(2)
        assert {outcome(good, f"{first(good)}/1.json", flip, chance) for _ in range(20)} == {"found"}

    def test_in_the_database(self, good: Path) -> None:
        chance = random.Random(3)
        outcomes = Counter(outcome(good, DATABASE, flip, chance) for _ in range(40))
        assert outcomes["found"] >= 5
        assert not outcomes["missed"]


class TestCutAndMissing:
    """Each file of a session, cut short or gone."""

    @pytest.mark.parametrize("damage", [cut, remove])
    @pytest.mark.parametrize("name", ["1.wav", "1.json"])
    def test_it_is_found(self, good: Path, damage: Damage, name: str) -> None:
        assert outcome(good, f"{first(good)}/{name}", damage, random.Random(4)) == "found"


def first(folder: Path) -> str:
    """The name of the first session."""
    with Store(folder) as store:
        return store.sessions()[0].id


def test_a_session_that_runs_is_no_fault(folder: Path) -> None:
    write_wav(folder / "s2/1.wav", 5.0)
    with at_work(folder / "s2"):
        assert faults(folder) == []
    assert faults(folder) != []


def test_where_no_lock_tells_a_recording_that_grew_just_now_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicemock.store.lock.held_elsewhere", lambda folder: None)
    write_wav(folder / "s2/1.wav", 5.0)
    grew = (folder / "s2/1.wav").stat().st_mtime
    with Store(folder) as store:
        assert verify(store, score=same_score, now=lambda: grew + STILL_RECORDING_S - 1) == []
        (fault,) = verify(store, score=same_score, now=lambda: grew + STILL_RECORDING_S + 1)
    assert fault.place == "s2/1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two answers with their recordings, one of them corrected."""
    folder = tmp_path / "recordings"
    with Store(folder) as store:
        for answer_id in ("s1/1", "s1/2"):
            add_answer(store, answer_id, scored=score(principles=shows("ownership")))
            write_wav(folder / f"{answer_id}.wav", 60.0)
        store.add_words("s1/2", spoken("Kubernetes it was."), CORRECTED)
        store.add_score("s1/2", score(3.0), CORRECTED)
    return folder


def faults(folder: Path) -> list[str]:
    with Store(folder) as store:
        return [f"{fault.place}: {fault.problem}" for fault in verify(store, score=same_score)]


def test_a_sound_store_has_no_fault(folder: Path) -> None:
    assert faults(folder) == []


def sql(statement: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        with Store(folder) as store, store.transaction() as db:
            db.execute(statement)

    return damage


def truncate(folder: Path) -> None:
    path = folder / "s1/1.wav"
    path.write_bytes(path.read_bytes()[:1000])


def text_for_sound(folder: Path) -> None:
    (folder / "s1/1.wav").write_text("not a sound")


def words_beyond_the_end(folder: Path) -> None:
    with Store(folder) as store:
        store.add_words("s1/1", [*spoken("so it was"), Word("late", 61.0, 62.0)])


SCORE = "UPDATE scores SET body = json_set(body, '$.{0}', {1}) WHERE answer_id = '{2}' AND version = '{3}'"
DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a recording is gone": (lambda folder: (folder / "s1/1.wav").unlink(), "s1/1: .*missing"),
    "a recording is cut off": (truncate, "s1/1: .*cut off"),
    "a recording is no sound": (text_for_sound, "s1/1: .*not a WAV"),
    "a recording is too short": (lambda folder: write_wav(folder / "s1/1.wav", 50.0), "50.00 s, 60.00 s"),
    "a recording has no row": (lambda folder: write_wav(folder / "s2/1.wav", 1.0), "s2/1: .*never stored"),
    "an answer is not complete": (sql("UPDATE answers SET complete = 0 WHERE number = 1"), "completed"),
    "a word is beyond the end": (words_beyond_the_end, "s1/1: .*“late”"),
    "words go back in time": (sql("UPDATE words SET start = 0, end = 0.1 WHERE position = 9"), "order"),
    "a score was changed": (sql(SCORE.format("overall", 4.0, "s1/1", RECOGNISED)), "in overall, 4.0 is"),
    "a dimension was changed": (
        sql(SCORE.format("dimensions.metrics", 1.0, "s1/2", CORRECTED)), "corrected .* 3.0 in metrics",
    ),
    "a score is gone": (sql("DELETE FROM scores WHERE answer_id = 's1/1'"), "no score"),
    "a summary was changed": (sql("UPDATE summaries SET overall = 1.0 WHERE answer_id = 's1/1'"), "summary"),
    "a summary is gone": (sql("DELETE FROM summaries"), "summary"),
    "a transcript is gone": (sql("DELETE FROM transcripts"), "searchable text"),
    "a transcript was changed": (sql("UPDATE transcripts SET text = 'other'"), "index"),
    "a principle was changed": (sql("UPDATE answer_principles SET demonstrated = 0"), "summary"),
    "a row's details are no JSON": (sql("UPDATE answers SET details = '{' WHERE number = 2"), "s1/2: .*as it was"),
    "a score is no object": (sql("UPDATE scores SET body = '{}' WHERE answer_id = 's1/1'"), "s1/1: .*as it was"),
}  # fmt: skip


class TestDamage:
    """Each kind of damage is told, with the place."""

    @pytest.mark.parametrize("name", DAMAGE)
    def test_damage_is_found(self, folder: Path, name: str) -> None:
        damage, said = DAMAGE[name]
        damage(folder)
        found = faults(folder)
        assert found
        assert any(re.search(said, fault) for fault in found), found

    def test_a_page_overwritten_in_the_database_is_found(self, folder: Path) -> None:
        with Store(folder) as store:
            page = store.read("PRAGMA page_size")[0][0]
            root = store.read("SELECT rootpage FROM sqlite_master WHERE name = 'words'")[0][0]
        path = folder / DATABASE
        data = bytearray(path.read_bytes())
        data[(root - 1) * page + 8 : root * page] = b"\xaa" * (page - 8)
        path.write_bytes(bytes(data))
        assert any(fault.startswith("database:") for fault in faults(folder))

    def test_nothing_is_changed_by_looking(self, folder: Path) -> None:
        with Store(folder) as store:
            before = list(store._db.iterdump())
            verify(store, score=same_score)
            assert list(store._db.iterdump()) == before


def test_a_search_index_that_disagrees_is_made_again(folder: Path) -> None:
    with Store(folder) as store:
        with store.transaction() as db:
            db.execute("INSERT INTO transcript_index (transcript_index) VALUES ('delete-all')")
        assert not index_is_sound(store)
        rebuild_index(store)
        assert index_is_sound(store)


def test_an_index_that_cannot_be_looked_at_is_not_called_broken(folder: Path) -> None:
    with Store(folder) as store:
        store.read("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="readonly"):
            index_is_sound(store)
