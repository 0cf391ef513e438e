"""The doctor looks at a mind: whether it is there, and whether it is quick enough to word what is asked live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mind.server import MODEL, MODELS, Script, as_json, says, sends, serving
from tests.mind.test_afterwards import is_opinion, replying
from voicemock.doctor import mind as doctor_mind
from voicemock.doctor.checks import examine
from voicemock.doctor.finding import Finding
from voicemock.doctor.mind import check_mind
from voicemock.mind.client import Client
from voicemock.mind.endpoint import Endpoint
from voicemock.mind.mind import Finding as FindingModel
from voicemock.mind.mind import Mind
from voicemock.mind.obedience import ASKED_FOR
from voicemock.mind.prompting import load_prompts

LINE = "How many minutes did the nurses get back?"


def looked_at(script: Script, models: bytes = MODELS, **endpoint: str) -> Finding:
    with serving(script, models) as server:
        return check_mind(Mind(FindingModel(server.endpoint(**endpoint), Client), load_prompts()))


def test_one_that_is_quick_may_word_what_is_asked_live() -> None:
    def low(prompt: str) -> str:
        return '{"overall": 2}' if is_opinion(prompt) else LINE

    found = looked_at(replying(low))
    assert found.verdict == "ok" and found.what.endswith("quick enough to word what is asked live")
    assert MODEL in found.what and "a line in" in found.what


def test_one_that_gives_the_mark_it_is_told_to_is_said_to_have_no_opinion() -> None:
    def obeys(prompt: str) -> str:
        return json.dumps({"overall": ASKED_FOR}) if is_opinion(prompt) else LINE

    told = looked_at(replying(obeys)).what
    assert told.endswith(
        f"no second opinion, because {MODEL} gave a weak sample answer 3.7 when it asked for 3.7"
    )


def test_one_that_is_not_there_is_told_without_talk_of_an_interview_that_is_going_on() -> None:
    found = check_mind(Mind(Client(Endpoint("http", "127.0.0.1", 9, model=MODEL)), load_prompts()))
    assert found.what.endswith("can't be reached (Connection refused): is it running?")
    assert "own words" not in found.what and found.next_step == "an interview goes on without it"


def test_one_that_is_slow_is_for_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_mind, "LIVE_S", 0.0)
    found = looked_at(says(LINE))
    assert found.verdict == "warning" and "quick enough for afterwards" in found.what


@pytest.mark.parametrize(
    ("script", "models", "endpoint", "what"),
    [
        (sends(as_json({"error": "no"}, b"500 No")), MODELS, {}, "refuses (500"),
        (says(LINE), as_json({"data": [{"id": "a"}, {"id": "b"}]}), {}, "has 2 models (a, b): say which"),
        (says(LINE), MODELS, {"model": "another-70b"}, "has no model another-70b: it has scripted-1b"),
        (says(LINE, model="else-7b"), MODELS, {"model": MODEL}, "else-7b answers"),
    ],
)
def test_what_is_wrong_is_named_and_breaks_nothing(
    script: Script, models: bytes, endpoint: dict[str, str], what: str
) -> None:
    found = looked_at(script, models, **endpoint)
    assert found.verdict == "warning" and what in found.what
    assert found.next_step == "an interview goes on without it"


def test_it_is_looked_at_only_where_there_is_one(tmp_path: Path) -> None:
    assert "mind" not in [found.part for found in examine(tmp_path)]
