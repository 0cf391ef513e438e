"""One sound, whichever road it takes to its score, has the same words, pauses, floor time and score object."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.interview.screenplay import Spoken, loudness_as_voice, room, sentences, speak
from tests.interview.test_devices import GONE, IN_THE_ANSWER, Troubled
from tests.interview.test_session import GOOD, RAMBLE
from voicemock.audio.decode import decode
from voicemock.audio.vad import SpeechDetector
from voicemock.cli.answer_files import Wanted, read_answer
from voicemock.coaching.correct import correct
from voicemock.packs.phrases import load_phrases
from voicemock.scoring.assemble import score_answer
from voicemock.speech import batch
from voicemock.speech.live import Transcript
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.speech.spoken import spoken_from_details
from voicemock.speech.workers import InlineWorkers
from voicemock.store.recover import find_lost, recover, rescore
from voicemock.store.store import CORRECTED, Store


@dataclass(frozen=True)
class Case:
    """A sound, and how the interview that it is heard in goes."""

    answer: Spoken
    options: dict[str, Any] = field(default_factory=dict)


SOUNDS = {
    "a good answer": Case(speak(0.8, *sentences(*GOOD), 9.0)),
    "a long silence first, and long ones within": Case(
        speak(32.0, *sentences(*GOOD[:3]), 6.5, *sentences(*GOOD[3:]), 9.0)
    ),
    "requests in it": Case(
        speak(
            0.5, *sentences("Could you repeat the question?", *GOOD[:3], "How much time do I have left?"),
            *sentences(*GOOD[3:]), "Let me think.", 20.0, "It also made the drivers happier.", 0.8,
            "That's my answer.", 30.0,
        )
    ),
    "time to think first": Case(speak(0.5, "Let me think.", 15.0, *sentences(*GOOD), 9.0)),
    "cut-ins in the middle of sentences, and the cap": Case(
        speak(0.8, *sentences(*(text.replace("So", f"So {n}") for n in range(6) for text in RAMBLE))),
        {"style": "bar-raiser"},
    ),
    "a microphone that goes away in the middle of a word": Case(
        speak(0.8, *sentences(*GOOD), 9.0),
        {"source": lambda source: Troubled(source, {IN_THE_ANSWER: [GONE] * 300})},
    ),
    "nothing said": Case(speak(200.0)),
}  # fmt: skip


@dataclass(frozen=True)
class Scored:
    """What came out at the end of a road."""

    words: tuple[str, ...]
    spoken: dict[str, Any]
    score: dict[str, Any]


def taken_from(store: Store, answer_id: str, version: str = "recognised") -> Scored:
    row, score = store.answer(answer_id), store.score(answer_id, version)
    assert score is not None
    kept = {name: row.details[name] for name in ("pauses", "left_out", "unclear", "spoken_s")}
    return Scored(tuple(word.text for word in store.words(answer_id, version)), kept, score.as_dict())


def interviewed(folder: Path, case: Case, pace: str) -> str:
    with room(folder, case.answer, pace=pace, **case.options) as there:
        there.run()
        return there.answer_id()


def from_the_recording(case: Case) -> Callable[..., Transcript]:
    """What `score` and `recover` hear: the same recogniser, from the file."""

    def transcribe(source: Path | np.ndarray, *_: object, **__: object) -> Transcript:
        sound = decode(source) if isinstance(source, Path) else source
        detector = SpeechDetector(loudness_as_voice)
        recogniser = ScriptedRecogniser(case.answer.words)
        return batch.transcribe(sound, recogniser, workers=InlineWorkers(), detector=detector)

    return transcribe


@pytest.mark.parametrize("case", SOUNDS.values(), ids=SOUNDS.keys())
def test_every_road_leads_to_the_same_score(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = tmp_path / "fast"
    answer_id = interviewed(live, case, "fast")
    with Store(live) as store:
        expected = taken_from(store, answer_id)

    assert interviewed(tmp_path / "real", case, "real") == answer_id
    with Store(tmp_path / "real") as store:
        assert taken_from(store, answer_id) == expected

    killed = tmp_path / "killed"
    shutil.copytree(live, killed, ignore=shutil.ignore_patterns("voicemock.db*"))
    with Store(killed) as store:
        [lost] = find_lost(store)
        assert recover(store, lost, from_the_recording(case), now=lambda: inf).left is None
        assert taken_from(store, answer_id) == expected

    monkeypatch.chdir(live)
    monkeypatch.setattr(batch, "transcribe_sound", from_the_recording(case))
    answer = read_answer(f"{answer_id}.wav", Wanted())
    scored = score_answer(answer, wording=load_phrases().questions).as_dict()
    assert json.loads(json.dumps(scored)) == expected.score

    with Store(live) as store:
        rescore(store, answer_id)
        assert taken_from(store, answer_id) == expected
        if expected.words:
            correct(store, store.answer(answer_id), store.words(answer_id))
            assert taken_from(store, answer_id, CORRECTED) == expected


def test_what_was_said_to_the_interviewer_is_kept_apart(tmp_path: Path) -> None:
    answer_id = interviewed(tmp_path, SOUNDS["requests in it"], "fast")
    with Store(tmp_path) as store:
        row, found = store.answer(answer_id), taken_from(store, answer_id)
    assert [each["text"] for each in found.spoken["left_out"]] == [
        "Could you repeat the question?", "How much time do I have left?", "Let me think.", "That's my answer.",
    ]  # fmt: skip
    assert " ".join(found.words) == " ".join([*GOOD, "It also made the drivers happier."])
    assert found.score["longest_pause_s"] < 2.0  # the 20 s were asked for
    assert row.floor_time_s - found.spoken["spoken_s"] > 20 + 3 * 1.0


def test_silence_before_the_first_word_changes_nothing(tmp_path: Path) -> None:
    sounds = {quiet: speak(quiet, *sentences(*GOOD), 9.0) for quiet in (0.8, 32.0)}
    scores = []
    for quiet, sound in sounds.items():
        answer_id = interviewed(tmp_path / str(quiet), Case(sound), "fast")
        with Store(tmp_path / str(quiet)) as store:
            scores.append(taken_from(store, answer_id).score)
    [soon, late] = scores
    figures = ("floor_time_s", "pace_wpm", "fillers_per_min", "longest_pause_s", "dimensions", "overall")
    assert [soon[name] for name in figures] == [late[name] for name in figures]


def test_the_value_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    answer_id = interviewed(tmp_path, SOUNDS["requests in it"], "fast")
    with Store(tmp_path) as store:
        row = store.answer(answer_id)
        again = spoken_from_details(store.words(answer_id), row.details, row.floor_time_s)
    assert json.loads(json.dumps(again.as_details())) == {
        name: row.details[name] for name in again.as_details()
    }
