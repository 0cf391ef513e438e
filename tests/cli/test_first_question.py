"""Which question is the first that anybody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stored import add_answer
from voicemock.cli.practice import choose
from voicemock.store.store import Store


@pytest.mark.parametrize("seed", range(30))
def test_it_is_a_story(tmp_path: Path, seed: int) -> None:
    with Store(tmp_path) as store:
        first, *others = choose(store, None, None, None, None, 6, seed)
    assert first.round == "behavioral"
    assert len({first, *others}) == 6


def test_it_is_of_the_round_that_was_wanted(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        (first,) = choose(store, None, "analytical", None, None, 1, 1)
    assert first.round == "analytical"


def test_later_ones_are_of_any_round(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        add_answer(store)
        rounds = {choose(store, None, None, None, None, 1, seed)[0].round for seed in range(40)}
    assert len(rounds) > 1
