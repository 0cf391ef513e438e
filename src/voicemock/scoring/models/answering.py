"""Whether a story answers a question, by the vectors of its sentences and of the question.

Three small networks, taught by what readers said of 900 stories and 1,000 questions (`training/answers_fit.py`), whose
scores are averaged. Each looks for the sentences that the question seeks, and weighs what they say by what it wants.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np

from voicemock.scoring.models.linear import Floats

WIDTH = 64
SCALE = 20.0  # brings a unit vector's components to the size that a network likes
NEARNESS = 8.0
DIGITS = 3  # kept, so that another machine's last bits do not reach a decision


def answers(told: Floats, asked: Floats) -> float:
    """The chance that a reader says so; `told` are the vectors of the sentences, shape (sentences, 512), and `asked` is
    that of the question, shape (512,).
    """
    scores = [_score(net, told * SCALE, asked * SCALE) for net in _nets()]
    return round(float(1 / (1 + np.exp(-np.mean(scores)))), DIGITS)


def _score(net: dict[str, Floats], told: Floats, asked: Floats) -> float:
    near = _linear(net, "shows", told) @ _linear(net, "seeks", asked) / NEARNESS
    top = near.max()
    weights = np.exp(near - top)
    heard = weights @ _linear(net, "says", told) / weights.sum()
    met = _linear(net, "meets", np.tanh(heard) * np.tanh(_linear(net, "wants", asked)))
    nearest = net["nearest"] * (top + np.log(weights.sum()))
    return float((met + _linear(net, "plain", asked) + nearest).item())


def _linear(net: dict[str, Floats], name: str, values: Floats) -> Floats:
    out: Floats = values @ net[f"{name}_weight"] + net[f"{name}_bias"]
    return out


@cache
def _nets() -> tuple[dict[str, Floats], ...]:
    path = resources.files(__package__).joinpath("answering.npz")
    with path.open("rb") as file, np.load(file) as stored:
        stacked = {name: stored[name].astype(np.float64) for name in stored.files}
    return tuple({name: value[k] for name, value in stacked.items()} for k in range(len(stacked["nearest"])))
