"""Hand-made annotations: what was found is given, so that a rule is tested and not the models."""

from __future__ import annotations

import numpy as np

from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.frameworks import parts_of
from voicemock.scoring.findings.vague import find_vague
from voicemock.scoring.models.linear import model


def story(*lines: str, round: str = "behavioral", principle=None, direct=0.0, indirect=0.0) -> Annotation:
    """Each line is a letter and a sentence: "A I rang the customer."."""
    star = tuple(line[0] for line in lines)
    texts = tuple(line[2:] for line in lines)
    metrics = find_metrics(texts, star, round)
    vague = find_vague(texts, metrics, star, round)
    return Annotation(
        sentences=texts,
        round=round,
        principle=principle,
        star=star,
        metrics=metrics,
        inconsistencies=(),
        vague=vague.told,
        plainly_vague=vague.plain,
        named={},
        evidence=np.zeros((len(texts), len(model("evidence").labels))),
        customer_chances=np.tile([direct, indirect], (len(texts), 1)),
        framework_name=None,
        framework_chances=None,
    )


def proposal(name: str, *lines: tuple[str, str]) -> Annotation:
    """Each line is the part that it surely serves, or "", and a sentence."""
    texts = tuple(text for _, text in lines)
    parts = parts_of(name)
    chances = np.full((len(texts), len(parts)), 0.02)
    for row, (part, _) in enumerate(lines):
        if part:
            chances[row, parts.index(part)] = 0.95
    round_ = name if name in ("product-sense", "system-design") else "analytical"
    metrics = find_metrics(texts, None, round_)
    vague = find_vague(texts, metrics, None, round_)
    return Annotation(
        sentences=texts,
        round=round_,
        principle=None,
        star=None,
        metrics=metrics,
        inconsistencies=(),
        vague=vague.told,
        plainly_vague=vague.plain,
        named={},
        evidence=np.zeros((len(texts), len(model("evidence").labels))),
        customer_chances=np.zeros((len(texts), 2)),
        framework_name=name,
        framework_chances=chances,
    )
