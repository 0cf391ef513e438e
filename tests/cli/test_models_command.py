"""`voicemock models`: what is here, where it is, and what to do about the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicemock.cli.desk import open_recogniser
from voicemock.cli.models import models
from voicemock.errors import ModelError
from voicemock.speech.models import KNOWN, KnownModel


def run(*arguments: str) -> Result:
    return CliRunner().invoke(models, arguments, catch_exceptions=False)


class TestTheModelsCommand:
    def test_it_lists_what_is_here_and_what_must_be_fetched(self) -> None:
        lines = run().output.splitlines()
        assert next(line for line in lines if line.startswith("tiny.en")).split()[1] == "here"
        assert "145 MB to fetch" in next(line for line in lines if line.startswith("base.en"))

    def test_its_json_has_the_same(self) -> None:
        rows = {row["name"]: row for row in json.loads(run("--json").output)}
        assert rows["tiny.en"]["verified"]
        assert rows["tiny.en"]["default"]
        assert rows["base.en"]["path"] is None

    def test_one_that_is_damaged_is_said_and_hides_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def find(known: KnownModel) -> None:
            if known.name == "base.en":
                raise ModelError("the model base.en is damaged", "fetch it again")

        monkeypatch.setattr("voicemock.cli.models.find_here", find)
        lines = run().output.splitlines()
        assert len(lines) == len(KNOWN)
        assert "the model base.en is damaged" in next(line for line in lines if line.startswith("base.en"))

    def test_the_path_is_a_folder_with_weights(self) -> None:
        assert run("path", "tiny.en").output.strip().endswith("model")

    def test_a_model_that_is_not_here_has_no_path(self) -> None:
        with pytest.raises(ModelError, match="voicemock models fetch base"):
            run("path", "base.en")

    def test_fetching_what_is_here_prints_where(self) -> None:
        assert run("fetch").output.strip().endswith("model")


def test_an_interview_says_when_nobody_knows_the_digest_of_its_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).touch()
    monkeypatch.setattr("voicemock.speech.models.load", lambda _, **__: None)
    monkeypatch.setattr("voicemock.speech.whisper.WhisperRecogniser", lambda _: None)
    said: list[str] = []
    open_recogniser(str(tmp_path), lambda what, *_: said.append(what))
    assert "your own, not verified" in said[-1]
    open_recogniser("tiny.en", lambda what, *_: said.append(what))
    assert said[-1] == "loading tiny.en"
