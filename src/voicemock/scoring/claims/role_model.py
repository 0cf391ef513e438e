"""The role of a metric, decided from named cues and from what the quoted words themselves look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from voicemock.scoring.claims.located import locate_claims
from voicemock.scoring.claims.metrics import all_cues
from voicemock.scoring.claims.role_rules import ruled
from voicemock.scoring.model import Metric, Role
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.models.linear import Floats, weights

NAME = "roles"
ROLES: tuple[Role, ...] = ("result", "baseline", "target", "context")
SPAN_SCALE = 3.0  # brings a unit vector's components to the size of the cues


def with_roles(
    metrics: Sequence[Metric],
    sentences: Sequence[str],
    star: Sequence[str] | None,
    round_: str,
    encoder: Encoder,
) -> tuple[Metric, ...]:
    """The same metrics with the likelier roles. `metrics` are those of `find_metrics` on these sentences."""
    cues = all_cues(sentences, locate_claims(sentences), star, round_)
    spans = encoder.encode([metric.text for metric in metrics])
    voted = [role_totals(seen, span.astype(np.float64)) for seen, span in zip(cues, spans, strict=True)]
    return tuple(
        replace(metric, role=ruled(ROLES[int(totals.argmax())], metric, sentences, star))
        for metric, totals in zip(metrics, voted, strict=True)
    )


def role_totals(cues: Mapping[str, float], span: Floats) -> Floats:
    """Shape (4,): how much speaks for each of ROLES. `span` is the vector of the quoted words."""
    bias, by_cue, matrix = _weights()
    totals: Floats = bias + SPAN_SCALE * (span @ matrix)
    for name in sorted(cues.keys() & by_cue.keys()):  # sorted: float sums depend on their order
        totals = totals + by_cue[name] * cues[name]
    return np.round(totals, 6)


@cache
def _weights() -> tuple[Floats, dict[str, Floats], Floats]:
    """Bias (4,), a row (4,) for each cue, and the span's matrix (512, 4)."""
    content = weights(NAME)
    return (
        np.array(content["bias"]),
        {name: np.array(row) for name, row in content["cues"].items()},
        np.array(content["span"]),
    )
