"""A session is called after its start, whether it was held or kept from files; one of the same second gets a letter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question
from voicemock.scoring.assemble import score_answer
from voicemock.speech.spoken import Spoken
from voicemock.store import kept
from voicemock.store.store import Store
from voicemock.transcript import Word

START = "20260401-093000"


class _OneSecond(datetime):
    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2026, 4, 1, 9, 30).astimezone()


def test_letters_come_first_and_then_numbers(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        names = [store.begin_session(START, "practice", "2026-04-01T09:30:00+00:00", {}) for _ in range(28)]
    assert names[:3] + names[-3:] == [
        START,
        f"{START}b",
        f"{START}c",
        f"{START}z",
        f"{START}-27",
        f"{START}-28",
    ]


def test_what_is_kept_from_files_is_called_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "datetime", _OneSecond)
    question = Question("own-01", "behavioral", "Why?")
    spoken = Spoken((Word("Because.", 0.0, 1.0),), None, (), (), 1.0)
    told = kept.Told(answer_to(question, spoken, "a"), question, spoken)
    score = score_answer(told.answer)
    with Store(tmp_path) as store:
        names = [kept.keep_told(store, [told], [score], "a.vtt", kept.CALL) for _ in range(2)]
    assert names == [START, f"{START}b"]
