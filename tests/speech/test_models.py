"""Weights come from where they should, whole and with the right digest; anything else says what to do."""

from __future__ import annotations

import importlib.util
import logging
import shutil
from dataclasses import replace
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path

import huggingface_hub
import pytest

from voicemock.errors import ModelError
from voicemock.speech import models


def write_model(folder: Path, weights: bytes = b"weights") -> Path:
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(weights)
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_text("{}")
    return folder


def pretend_package(monkeypatch: pytest.MonkeyPatch, package: Path | None) -> None:
    """Let the package of weights be found at `package`, or nowhere."""
    spec = None
    if package is not None:
        spec = ModuleSpec(models.PACKAGE, None, is_package=True)
        spec.submodule_search_locations = [str(package)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)


@pytest.fixture
def base_en(monkeypatch: pytest.MonkeyPatch) -> models.KnownModel:
    """base.en as if its real weights were those that `write_model` writes."""
    known = replace(models.known_model("base.en"), sha256=sha256(b"weights").hexdigest())
    monkeypatch.setattr(models, "KNOWN", (known,))
    return known


def pretend_cache(monkeypatch: pytest.MonkeyPatch, folder: Path, wanted: str) -> None:
    """Let the hub's client find `folder` in its cache, for the revision `wanted` and no other."""

    def download(*_: object, revision: str = "", **__: object) -> str:
        assert revision == wanted
        return str(folder)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)


class TestThePackage:
    def test_tiny_en_is_found_and_its_digest_is_right(self) -> None:
        found = models.resolve_model("tiny.en")
        assert found.name == "tiny.en"
        assert found.verified
        assert (found.path / "model.bin").stat().st_size > 70_000_000

    def test_damaged_weights_are_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_model(tmp_path / "package" / "model", b"not the real ones")
        pretend_package(monkeypatch, tmp_path / "package")
        with pytest.raises(ModelError, match=r"damaged or not the real one: reinstall it"):
            models.resolve_model("tiny.en")

    def test_weights_that_change_are_read_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = models.find_packaged()
        assert real is not None
        folder = tmp_path / "package" / "model"
        shutil.copytree(real.path, folder)
        pretend_package(monkeypatch, tmp_path / "package")
        assert models.resolve_model("tiny.en").verified
        with (folder / "model.bin").open("r+b") as file:
            file.seek(1000)
            file.write(b"\xff\xff")
        with pytest.raises(ModelError, match="damaged"):
            models.resolve_model("tiny.en")

    def test_a_package_without_its_model_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "package").mkdir()
        pretend_package(monkeypatch, tmp_path / "package")
        with pytest.raises(ModelError, match=r"is not whole: no model\.bin"):
            models.resolve_model("tiny.en")


class TestAFolder:
    def test_it_is_taken_as_it_is(self, tmp_path: Path) -> None:
        folder = write_model(tmp_path / "mine")
        assert models.resolve_model(folder) == models.ModelFolder(folder.resolve(), "mine")

    def test_one_that_is_called_like_a_model_is_taken_only_as_a_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base_en: models.KnownModel
    ) -> None:
        cached = write_model(tmp_path / "cache")
        pretend_cache(monkeypatch, cached, base_en.revision)
        folder = write_model(tmp_path / "base.en")
        monkeypatch.chdir(tmp_path)
        assert models.resolve_model("base.en") == models.ModelFolder(cached, "base.en", verified=True)
        assert models.resolve_model("./base.en") == models.ModelFolder(folder.resolve(), "base.en")

    def test_an_empty_one_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"no model\.bin and no config\.json"):
            models.resolve_model(str(tmp_path))

    def test_weights_that_cant_be_read_are_a_model_error(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="can't be read"):
            models.load(models.resolve_model(write_model(tmp_path / "mine")))


class TestAName:
    def test_an_unknown_one_lists_the_known(self) -> None:
        with pytest.raises(ModelError, match=r"no model or folder 'enormous': choose one of tiny\.en"):
            models.resolve_model("enormous")

    def test_without_a_network_tiny_en_points_to_the_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pretend_package(monkeypatch, None)
        with pytest.raises(ModelError, match=r"voicemock\[offline\]"):
            models.resolve_model("tiny.en")

    def test_without_a_network_another_model_points_to_a_folder(self) -> None:
        with pytest.raises(ModelError, match="--model DIR"):
            models.resolve_model("base.en")

    def test_one_that_was_fetched_is_found_in_the_cache(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base_en: models.KnownModel
    ) -> None:
        folder = write_model(tmp_path / "cache")
        pretend_cache(monkeypatch, folder, base_en.revision)
        assert models.resolve_model("base.en") == models.ModelFolder(folder, "base.en", verified=True)

    def test_fetching_tells_how_far_it_is(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base_en: models.KnownModel
    ) -> None:
        folder = write_model(tmp_path / "cache")
        seen: list[tuple[int, int]] = []

        def download(*args: object, tqdm_class: type, **kwargs: object) -> str:
            bar = tqdm_class(total=100, unit="B")
            bar.update(40)
            bar.update(60)
            return str(folder)

        monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
        models.fetch(base_en, lambda done, total: seen.append((done, total)))
        assert seen == [(40, 100), (100, 100)]

    def test_the_hub_retries_in_silence(
        self, monkeypatch: pytest.MonkeyPatch, base_en: models.KnownModel, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It reports each try on standard error; what the user needs is one line with the next step."""

        def download(*args: object, **kwargs: object) -> str:
            logging.getLogger("huggingface_hub.utils._http").warning("Retrying in 8s [Retry 5/5].")
            raise ConnectionError("Temporary failure in name resolution")

        monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
        with pytest.raises(ModelError, match="can't be fetched") as missing:
            models.fetch(base_en)
        assert caplog.records == []
        assert "--model tiny.en" in missing.value.next_step

    def test_too_little_memory_is_no_damage(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def starved(*args: object, **kwargs: object) -> None:
            raise RuntimeError("mkl_malloc: failed to allocate memory")

        monkeypatch.setattr("faster_whisper.WhisperModel", starved)
        with pytest.raises(ModelError, match="not enough memory") as refused:
            models.open_weights(tmp_path, "cpu")
        assert "fetch it again" not in str(refused.value)


class TestNothingUnknownUnderAKnownName:
    """Each name stands for one commit and one digest; other weights are refused, wherever they lie."""

    @pytest.mark.usefixtures("base_en")
    def test_other_weights_in_the_cache_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = models.known_model("base.en")
        folder = write_model(tmp_path / "cache", b"somebody else's")
        pretend_cache(monkeypatch, folder, known.revision)
        again = f"delete {folder / 'model.bin'} and fetch it again: voicemock models fetch base.en"
        for get in (models.find_cached, models.fetch):
            with pytest.raises(ModelError, match="not the real one") as refused:
                get(known)
            assert refused.value.next_step == again

    @pytest.mark.parametrize("known", models.KNOWN, ids=lambda known: known.name)
    def test_every_name_has_its_commit_and_its_digest(self, known: models.KnownModel) -> None:
        assert len(bytes.fromhex(known.revision)) == 20
        assert len(bytes.fromhex(known.sha256)) == 32

    def test_no_two_names_share_their_weights(self) -> None:
        assert len({known.sha256 for known in models.KNOWN}) == len(models.KNOWN)


class TestThreads:
    @pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 1), (4, 2), (8, 4), (64, 4)])
    def test_two_decodes_share_the_cores(self, cores: int, threads: int) -> None:
        assert models.threads_each(cores) == threads


class TestAGraphicsCardWithoutItsLibraries:
    def test_the_processor_does_the_work_and_one_notice_says_so(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
        notices: list[str] = []
        model = models.load(models.resolve_model(), workers=1, notice=notices.append)
        assert model.model.device == "cpu"
        models.decode_once(model)
        [notice] = notices
        assert notice.startswith("the graphics card can't be used (")
        assert notice.endswith("); the processor does the work")

    def test_one_that_ends_its_process_is_told_too(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr("sys.executable", "/bin/false")
        assert models.gpu_problem(tmp_path) == "it ended with 1"
