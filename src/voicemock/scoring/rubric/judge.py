"""Dimensions, overall and verdict (rubric section 6): a weighted sum whose weights a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicemock.rounds import BAR, DIMENSIONS, HIGHEST, LOWEST
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.models.linear import weights
from voicemock.scoring.rubric import dimensions as story
from voicemock.scoring.rubric import framework_dimensions as other
from voicemock.scoring.rubric.delivery import Delivery
from voicemock.scoring.rubric.dimensions import Dimension

VERDICTS = (
    (BAR, "meets the bar"),
    (3.0, "just under the bar"),
    (2.0, "under the bar"),
    (0.0, "far under the bar"),
)
NAME = "overall"
A_SENTENCE_WORDS = 6  # "You know how it is." adds nothing to a thin answer


@dataclass(frozen=True)
class Judgement:
    """The dimensions in order, the overall, and the lines that say how each came about."""

    dimensions: Mapping[str, Dimension]
    overall: float
    verdict: str
    explanation: tuple[str, ...]


def judge(annotation: Annotation, spoken: Delivery) -> Judgement:
    dims = all_dimensions(annotation, spoken)
    counted = counted_values(annotation, dims)
    earned = overall_of(counted, kind(annotation), adjustments(annotation))
    overall = min([earned, *(check.cap for check in annotation.checks)])
    lines = [f"{name}: {_shown(d.value)}, {'; '.join(d.why)}" for name, d in dims.items()]
    lines.append(formula(counted, annotation, earned))
    lines += [f"{check.kind}: at most {check.cap:.1f}" for check in annotation.checks]
    return Judgement(dims, overall, verdict(overall), tuple(lines))


def counted_values(annotation: Annotation, dims: Mapping[str, Dimension]) -> dict[str, float | None]:
    """What each dimension counts as. In a few sentences, what cannot be judged counts as what can: it is left out."""
    values = {name: dimension.value for name, dimension in dims.items()}
    judged = [value for value in values.values() if value is not None]
    if not annotation.brief or not judged:
        return values
    mean = round(sum(judged) / len(judged), 2)
    return {name: mean if value is None else value for name, value in values.items()}


def all_dimensions(annotation: Annotation, spoken: Delivery) -> dict[str, Dimension]:
    framework = annotation.framework
    if framework is None:
        found = [
            f(annotation)
            for f in (story.structure, story.metrics, story.principle, story.customer, story.ownership)
        ]
    else:
        functions = (other.structure, other.metrics, other.principle, other.customer, other.ownership)
        found = [f(annotation, framework) for f in functions]
        if annotation.brief:  # parts and numbers can be judged in few words, how it is argued cannot
            found[2:] = [Dimension(None, ("too brief to tell",))] * 3
    return dict(zip(DIMENSIONS, [*found, story.delivery(spoken)], strict=True))


def kind(annotation: Annotation) -> str:
    """Which set of weights applies."""
    return "story" if annotation.is_story else "framework"


def adjustments(annotation: Annotation) -> dict[str, float]:
    """What the dimensions do not hold: how much of it is vague, contradicts itself or is thin, and whether a part of
    its framework is missing.
    """
    framework = annotation.framework
    said = sum(len(sentence.split()) >= A_SENTENCE_WORDS for sentence in annotation.sentences)
    return {
        "vague": float(min(len(annotation.plainly_vague), 3)),
        "inconsistent": float(bool(annotation.inconsistencies)),
        "thin": 0.0 if annotation.brief and annotation.is_story else float(max(0, 8 - said) / 8),
        "gap": float(framework is not None and not all(framework.parts.values())),
    }


def overall_of(values: Mapping[str, float | None], which: str, adjusted: Mapping[str, float]) -> float:
    """The weighted sum, from 1 to 4 in steps of 0.1. A dimension that is None counts as the middle of its
    range.
    """
    content = weights(NAME)[which]
    total = float(content["bias"])
    for name, weight in content["dimensions"].items():
        value = values.get(name)
        total += weight * (content["usual"][name] if value is None else value)
    total += sum(weight * adjusted.get(name, 0.0) for name, weight in content["adjustments"].items())
    return round(float(min(max(total, LOWEST), HIGHEST)), 1)


def verdict(overall: float) -> str:
    return next(words for bar, words in VERDICTS if overall >= bar)


def formula(counted: Mapping[str, float | None], annotation: Annotation, overall: float) -> str:
    content = weights(NAME)[kind(annotation)]
    terms = [
        f"{w:.2f} × {name} {_counted(counted[name], content['usual'][name])}"
        for name, w in content["dimensions"].items()
        if w
    ]
    adjusted = adjustments(annotation)
    terms += [
        f"{w:.2f} × {name} {adjusted[name]:.1f}"
        for name, w in content["adjustments"].items()
        if w and adjusted[name]
    ]
    return f"overall: {content['bias']:.2f} + {' + '.join(terms)} = {overall}, kept within 1 and 4"


def _counted(value: float | None, usual: float) -> str:
    """What a dimension counts as: one that is not judged stands where it usually does, and so moves nothing."""
    return f"{usual:.1f} (not judged, so as usual)" if value is None else f"{value:.1f}"


def _shown(value: float | None) -> str:
    return "not judged" if value is None else f"{value:.1f}"
