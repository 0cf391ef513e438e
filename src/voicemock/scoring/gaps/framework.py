"""What is missing from an answer with a framework (rubric section 7): product sense, analytical, system
design.
"""

from __future__ import annotations

from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.frameworks import parts_of
from voicemock.scoring.gaps.story import SURE, UNSURE, Detector, Gap, exact_number, said, says

# How many sentences a candidate gets before a part counts as missing. Parts have an order; early ones are
# due early.
DUE = {
    "clarify": 3,
    "scope": 3,
    "hypothesis": 3,
    "sample_size": 6,
    "guardrail": 7,
    "late": 8,
    "prioritise": 9,
    "trade-off": 10,
    "measure": 11,
}
LISTED_IDEAS = 3


def most(annotation: Annotation, part: str) -> float:
    """The highest probability that any sentence so far serves this part; 1 where the framework has no such
    part.
    """
    if annotation.framework_name is None or annotation.framework_chances is None:
        return 1.0
    labels = parts_of(annotation.framework_name)
    if part not in labels:
        return 1.0
    return float(annotation.framework_chances[:, labels.index(part)].max(initial=0.0))


def count(annotation: Annotation, part: str) -> int:
    """How many sentences so far surely serve this part."""
    if annotation.framework_name is None or annotation.framework_chances is None:
        return 0
    labels = parts_of(annotation.framework_name)
    return int((annotation.framework_chances[:, labels.index(part)] >= 0.5).sum()) if part in labels else 0


def open_part(annotation: Annotation, part: str, due: int) -> bool:
    """Whether a part is due and neither its model nor the gate sees it so far."""
    framework = annotation.framework
    if framework is None or part not in framework.parts or len(annotation.sentences) < due:
        return False
    return not framework.parts[part] and most(annotation, part) < UNSURE


def clarify_first(annotation: Annotation) -> Gap | None:
    open_ = open_part(annotation, "clarify", DUE["clarify"]) and most(annotation, "user") < UNSURE
    return Gap("clarify-first") if open_ and count(annotation, "ideas") else None


def listed(annotation: Annotation) -> bool:
    """Whether the ideas are told: several sentences hold one, and the last sentence does not."""
    if annotation.framework_name is None or annotation.framework_chances is None:
        return False
    labels = parts_of(annotation.framework_name)
    if "ideas" not in labels:
        return False
    ideas = annotation.framework_chances[:, labels.index("ideas")]
    return int((ideas >= 0.5).sum()) >= LISTED_IDEAS and ideas[-1] < 0.5


def prioritise(annotation: Annotation) -> Gap | None:
    """Ideas were listed, the list is over, and none was chosen."""
    ready = listed(annotation) and open_part(annotation, "prioritise", DUE["prioritise"])
    return Gap("prioritise") if ready else None


def trade_off(annotation: Annotation) -> Gap | None:
    """Ideas were listed and not one of them got a "but"."""
    ready = listed(annotation) and open_part(annotation, "tradeoff", DUE["trade-off"])
    return Gap("trade-off") if ready and not said(annotation, "downside") else None


def kpi(annotation: Annotation) -> Gap | None:
    part = "metrics" if annotation.framework_name == "system-design" else "measure"
    ending = says(annotation, "closing", len(annotation.sentences) - 1)
    return Gap("kpi") if ending and open_part(annotation, part, DUE["measure"]) else None


def guardrail(annotation: Annotation) -> Gap | None:
    ready = most(annotation, "north_star") >= SURE and most(annotation, "secondary") >= 0.5
    return Gap("guardrail") if ready and open_part(annotation, "guardrail", DUE["guardrail"]) else None


def hypothesis(annotation: Annotation) -> Gap | None:
    started = max(most(annotation, "primary_metric"), most(annotation, "duration")) >= 0.5
    return Gap("hypothesis") if started and open_part(annotation, "hypothesis", DUE["hypothesis"]) else None


def sample_size(annotation: Annotation) -> Gap | None:
    started = max(most(annotation, "duration"), most(annotation, "significance")) >= 0.5
    return (
        Gap("sample-size") if started and open_part(annotation, "sample_size", DUE["sample_size"]) else None
    )


def sanity_check(annotation: Annotation) -> Gap | None:
    arrived = says(annotation, "arrived", len(annotation.sentences) - 1)
    return Gap("sanity-check") if arrived and open_part(annotation, "sanity_check", DUE["late"]) else None


def scope(annotation: Annotation) -> Gap | None:
    building = max(most(annotation, "flow"), most(annotation, "features")) >= 0.5
    return Gap("scope") if building and open_part(annotation, "scope", DUE["scope"]) else None


def scale(annotation: Annotation) -> Gap | None:
    system = annotation.framework_name == "system-design" and len(annotation.sentences) >= DUE["late"]
    return (
        Gap("scale") if system and most(annotation, "flow") >= 0.5 and not said(annotation, "scale") else None
    )


def data_model(annotation: Annotation) -> Gap | None:
    flowing = most(annotation, "flow") >= 0.5
    return Gap("data-model") if flowing and open_part(annotation, "data_model", DUE["late"]) else None


FRAMEWORK: dict[str, tuple[Detector, ...]] = {
    "product-sense": (exact_number, clarify_first, prioritise, trade_off, kpi),
    "metric-definition": (guardrail,),
    "ab-test": (hypothesis, sample_size),
    "estimation": (exact_number, sanity_check),
    "system-design": (exact_number, scope, data_model, scale, kpi),
}
