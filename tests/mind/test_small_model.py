"""A real server with a real, small and bad model: the protocol is spoken as it is, and no nonsense gets through.

What it writes is useless, which is what it is for. `benchmarks/mind.py` does the same two hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.mind import Tried, false_in, openings, try_line

from tests.mind.small_model import MODEL, small_model
from tests.mind.test_afterwards import TOLD, answer, scored
from voicemock.doctor.mind import check_mind
from voicemock.mind.afterwards import write
from voicemock.mind.client import Ask, Client, Leash
from voicemock.mind.endpoint import parse_endpoint, same_model
from voicemock.mind.mind import Finding, Mind
from voicemock.mind.prompting import load_prompts
from voicemock.mind.written import reworded

pytestmark = pytest.mark.weights
TRIES = 4
ANSWERS = Path(__file__).parents[2] / "training" / "answers"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with small_model() as address:
        yield address


@pytest.fixture
def mind(url: str) -> Mind:
    return Mind(Finding(parse_endpoint(url, {}), Client), load_prompts())


def test_the_server_lists_the_model_and_streams_its_words(url: str) -> None:
    client = Client(parse_endpoint(url, {}))
    assert [name for name in client.models() if same_model(MODEL, name)]
    reply = client.ask(Ask(({"role": "user", "content": "Say hello."},), 8, 120.0), Leash())
    assert reply.text and 0 < reply.first_s <= reply.latency_s and 1 < reply.tokens <= 8


def test_the_doctor_says_how_quick_it_is(mind: Mind) -> None:
    found = check_mind(mind)
    assert found.part == "mind" and ("a line in" in found.what or "too slow" in found.what), found


def test_what_it_words_is_checked_and_the_score_stays(mind: Mind) -> None:
    told = answer(*TOLD)
    ours = scored(told)
    written = write(mind, told, ours)
    theirs = reworded(ours, written)
    assert written.texts and theirs.overall == ours.overall
    assert all(text.why_not for text in written.texts if text.by == "rules")


def test_nothing_false_reaches_the_candidate(mind: Mind) -> None:
    tried: list[Tried] = [try_line(mind, opening) for opening in openings(ANSWERS, TRIES, seed=7)]
    assert len(tried) == TRIES
    assert [false_in(each) for each in tried if each.said] == [""] * sum(bool(each.said) for each in tried)
