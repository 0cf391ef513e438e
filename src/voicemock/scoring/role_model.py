"""The role of a metric, decided from the vote of its cues and from what the quoted words themselves look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from voicemock.scoring.encoder import Encoder
from voicemock.scoring.linear import Floats, weights
from voicemock.scoring.metrics import locate_claims, metric_cues
from voicemock.scoring.model import Metric, Role
from voicemock.scoring.roles import role_scores

NAME = "roles"
ROLES: tuple[Role, ...] = ("result", "baseline", "target", "context")
VOTE_LIMIT = 6.0  # beyond this a vote is as sure as it gets
SPAN_SCALE = 3.0  # brings a unit vector's components to the size of the votes


def role_features(votes: dict[Role, float], span: Floats) -> Floats:
    """Shape (4 + 512,): the bounded votes, then the scaled vector of the quoted words."""
    bounded = [min(max(votes[role], -VOTE_LIMIT), VOTE_LIMIT) for role in ROLES]
    return np.concatenate([bounded, span.astype(np.float64) * SPAN_SCALE])


def with_roles(
    metrics: Sequence[Metric],
    sentences: Sequence[str],
    star: Sequence[str] | None,
    round_: str,
    encoder: Encoder,
) -> tuple[Metric, ...]:
    """The same metrics with the likelier roles. `metrics` are those of `find_metrics` on these sentences."""
    located = locate_claims(sentences)
    spans = encoder.encode([metric.text for metric in metrics])
    bias, matrix = _weights()
    out: list[Metric] = []
    for metric, claim, span in zip(metrics, located, spans, strict=True):
        votes = role_scores(metric_cues(sentences, claim, star, round_))
        totals = np.round(bias + role_features(votes, span.astype(np.float64)) @ matrix, 6)
        out.append(replace(metric, role=ROLES[int(totals.argmax())]))
    return tuple(out)


@cache
def _weights() -> tuple[Floats, Floats]:
    """Bias (4,) and matrix (4 + 512, 4)."""
    content = weights(NAME)
    return np.array(content["bias"]), np.vstack([content["votes"], content["span"]])
