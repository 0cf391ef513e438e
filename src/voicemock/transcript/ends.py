"""How likely a sentence ends behind each word: a small network over the words on both sides, in numpy.

Each word is a vector; six convolutions let a gap see some twenty words on either side. The weights are in `ends.npz`,
written by `training/boundaries_fit.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from threading import Lock
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

Floats = NDArray[np.float32]

NUMBER = re.compile(r"[$€£]?\d[\d.,:%kmbx]*")
EDGES = '.,;:!?"“”()…'
# While somebody talks the words grow at the end: what stands in full blocks is read once.
BLOCK = 64
DILATIONS = (1, 1, 2, 4, 8, 1)
SEEN = sum(DILATIONS) + 1  # words on either side of a gap that have a say
REMEMBERED = 256  # blocks: an hour of talk
_ALONE = Lock()  # the number of threads is the whole process's
LETTERS = 3  # of its end, by which a word is known that is in no list


def log_odds(words: Sequence[str]) -> Floats:
    """For an end behind each word but the last; `words` as `normal` makes them."""
    gaps = len(words) - 1
    parts = [
        _block(tuple(words[max(0, at - SEEN) : at + BLOCK + SEEN]), min(at, SEEN), min(BLOCK, gaps - at))
        for at in range(0, gaps, BLOCK)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def normal(word: str) -> str:
    """A word as the model knows it: small, without its punctuation, numbers as one."""
    plain = word.lower().replace("’", "'").strip(EDGES)
    return "#" if NUMBER.fullmatch(plain) else plain


def written_small(word: str) -> bool:
    """Whether this word, where it has a capital, has it because a sentence begins."""
    place = _places().get(word)
    return place is not None and bool(_weights()["small"][place])


@lru_cache(maxsize=REMEMBERED)
def _block(words: tuple[str, ...], first: int, count: int) -> Floats:
    """The log odds of `count` gaps, from the one behind word `first` on."""
    # A hundred rows are too few for a second thread, which only spins: 11 ms for 500 words, not 290 on a busy machine.
    with _ALONE, _blas().limit(limits=1):
        odds = _computed(words, first, count)
    odds.flags.writeable = False  # it is remembered
    return odds


def _computed(words: Sequence[str], first: int, count: int) -> Floats:
    weights = _weights()
    state = _vectors(words) @ weights["inp.weight"].T + weights["inp.bias"]
    for number, dilation in enumerate(DILATIONS):
        state = state + _convolved(_levelled(state, number), number, dilation)
    pairs = np.concatenate([state[first : first + count], state[first + 1 : first + 1 + count]], axis=1)
    hidden = np.maximum(pairs @ weights["out.weight"].T + weights["out.bias"], 0)
    none, comma, end = (hidden @ weights["fin.weight"].T + weights["fin.bias"]).T
    odds: Floats = end - np.logaddexp(none, comma)
    return odds


def _vectors(words: Sequence[str]) -> Floats:
    weights, places = _weights(), _places()
    known = np.array([places.get(word, len(places)) for word in words])
    tails = np.array([crc32(word[-LETTERS:].encode()) % len(weights["tails"]) for word in words])
    vectors: Floats = weights["words"][known] + weights["tails"][tails]
    return vectors


def _levelled(state: Floats, number: int) -> Floats:
    centred = state - state.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    levelled: Floats = (
        centred / spread * _weights()[f"norms.{number}.weight"] + _weights()[f"norms.{number}.bias"]
    )
    return levelled


def _convolved(state: Floats, number: int, dilation: int) -> Floats:
    """Each word with its neighbours `dilation` away, half of the outcome gating the other half."""
    size = len(state)
    padded = np.zeros((size + 2 * dilation, state.shape[1]), dtype=np.float32)
    padded[dilation : dilation + size] = state
    around = np.concatenate([padded[k * dilation : k * dilation + size] for k in range(3)], axis=1)
    both = around @ _weights()[f"convs.{number}.weight"] + _weights()[f"convs.{number}.bias"]
    value, gate = np.split(both, 2, axis=1)
    out: Floats = value / (1 + np.exp(-gate))
    return out


@cache
def _blas() -> Any:
    return ThreadpoolController().select(user_api="blas")


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(str(_stored()["vocabulary"]).split(" "))}


@cache
def _weights() -> dict[str, Floats]:
    """The weights as they are used: tables are kept as bytes, each row with its scale; the rest in half precision."""
    stored = _stored()
    out = {name: array.astype(np.float32) for name, array in stored.items() if array.dtype == np.float16}
    for name in ("words", "tails"):
        out[name] = stored[name].astype(np.float32) * out.pop(f"{name}.scale")
    out["small"] = stored["small"].astype(np.float32)
    return out


@cache
def _stored() -> dict[str, NDArray[np.generic]]:
    with (
        resources.files("voicemock.transcript").joinpath("ends.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as content,
    ):
        return {name: content[name] for name in content.files}
