"""What is missing from an answer with a framework (rubric section 7): product sense, analytical, system
design.
"""

from __future__ import annotations

from voicemock.scoring.feedback.estimates import answer_of
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.proposals import chosen_of, ideas_of, measure_of
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.frameworks import parts_of
from voicemock.scoring.findings.question import stems_in
from voicemock.scoring.gaps.gap import Detector, Gap
from voicemock.scoring.gaps.heard import said, says
from voicemock.scoring.gaps.numbers import false_sum
from voicemock.scoring.gaps.served import SURE, UNSURE
from voicemock.scoring.gaps.story import exact_number
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import find_quantities

# How many sentences a candidate gets before a part counts as missing. Parts have an order; early ones are
# due early.
DUE = {
    "clarify": 3,
    "scope": 3,
    "hypothesis": 3,
    "sample_size": 6,
    "guardrail": 9,
    "late": 9,
    "long": 13,
    "data-model": 11,
    "prioritise": 9,
    "trade-off": 10,
    "measure": 11,
}
LISTED_IDEAS, MANY_IDEAS = 3, 5
NAMED = 0.2  # the chance of a measure, from which on nobody is asked how one would know
COMPARED = 4  # sentences: who is comparing has not forgotten to


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


def lately(annotation: Annotation, part: str) -> float:
    """The highest probability that one of the last sentences serves a part; 0 where the framework has no such part."""
    if annotation.framework_name is None or annotation.framework_chances is None:
        return 0.0
    labels = parts_of(annotation.framework_name)
    if part not in labels:
        return 0.0
    return float(annotation.framework_chances[-LISTED_IDEAS:, labels.index(part)].max(initial=0.0))


def open_part(annotation: Annotation, part: str, due: int) -> bool:
    """Whether a part is due and neither its model nor the gate sees it so far."""
    framework = annotation.framework
    if framework is None or part not in framework.parts or len(annotation.sentences) < due:
        return False
    return not framework.parts[part] and most(annotation, part) < UNSURE


def fields_of(told: Material) -> dict[str, str | None]:
    """Whom and what it is about, by the question, and the ideas by their names."""
    asked = stems_in(told.question)  # what the question is about is nobody's idea
    ideas = [idea for idea in ideas_of(told) if not set(stems_in(idea)) <= {*asked, "the"}]
    topic = told.topic
    kpi = measure_of(told)
    answer = answer_of(told) if told.annotation.framework_name == "estimation" else None
    return {
        "kpi": kpi,
        "Kpi": opened(kpi),
        "answer": answer[1] if answer else None,
        "thing": told.thing,
        "customers": told.customers,
        "customer": told.customer,
        "topic": None
        if topic and topic.split()[0] in ("a", "an", "the")
        else topic,  # what is to be made has nothing wrong yet
        "idea": ideas[-1] if ideas else None,
        "first": ideas[0] if len(ideas) > 1 else None,
        "second": ideas[1] if len(ideas) > 1 else None,
        "quoted_first": ideas[0] if ideas else None,
    }


def nobody_yet(told: Material) -> Gap | None:
    """The market, the rivals, the mission, and nobody yet whom it is for, nor anything that hurts them."""
    annotation = told.annotation
    framework = annotation.framework
    if framework is None or len(annotation.sentences) < DUE["late"] or framework.parts["user"]:
        return None
    # Who lays out a plan first says "then I'd pick a user": that is none yet.
    picked = any(says(annotation, "picked", i) for i in range(DUE["long"], len(annotation.sentences)))
    if picked or most(annotation, "user") >= 0.5 or count(annotation, "ideas") >= LISTED_IDEAS:
        return None
    near = range(len(annotation.sentences) - LISTED_IDEAS, len(annotation.sentences))
    talk = any(says(annotation, "market", i) for i in near) and said(annotation, "market") >= LISTED_IDEAS
    return Gap("customer-impact", {"audience": told.customers or "people"}) if talk else None


def clarify_first(told: Material) -> Gap | None:
    annotation = told.annotation
    open_ = open_part(annotation, "clarify", DUE["clarify"]) and most(annotation, "user") < UNSURE
    return Gap("clarify-first", fields_of(told)) if open_ and count(annotation, "ideas") else None


def listed(annotation: Annotation) -> bool:
    """Whether the ideas are told: several sentences hold one, and the last sentence does not."""
    if annotation.framework_name is None or annotation.framework_chances is None:
        return False
    labels = parts_of(annotation.framework_name)
    if "ideas" not in labels:
        return False
    ideas = annotation.framework_chances[:, labels.index("ideas")]
    return int((ideas >= 0.5).sum()) >= LISTED_IDEAS and bool((ideas[-2:] < 0.5).all())


def _proposed(annotation: Annotation) -> int:
    """In how many sentences an idea is not only talked about but proposed: "one would be to …"."""
    chances, name = annotation.framework_chances, annotation.framework_name
    if chances is None or name is None:
        return 0
    column, proposes = chances[:, parts_of(name).index("ideas")], pattern("gaps", "proposes")
    return sum(
        chance >= 0.5 and bool(proposes.search(t))
        for chance, t in zip(column, annotation.sentences, strict=True)
    )


def prioritise(told: Material) -> Gap | None:
    """Ideas were listed, the list is over, and none was chosen."""
    annotation = told.annotation
    if any(says(annotation, "compares", i) for i in range(len(annotation.sentences))[-COMPARED:]):
        return None
    named = ideas_of(told) or _proposed(annotation) >= MANY_IDEAS
    ready = listed(annotation) and named and open_part(annotation, "prioritise", DUE["prioritise"])
    return Gap("prioritise", fields_of(told)) if ready else None


def trade_off(told: Material) -> Gap | None:
    """Ideas were listed and not one of them got a "but"."""
    annotation = told.annotation
    ready = listed(annotation) and open_part(annotation, "tradeoff", DUE["trade-off"])
    return Gap("trade-off", fields_of(told)) if ready and not said(annotation, "downside") else None


def kpi(told: Material) -> Gap | None:
    annotation = told.annotation
    part = "metrics" if annotation.framework_name == "system-design" else "measure"
    if part == "measure" and not count(annotation, "ideas"):
        return None  # nothing is on the table that could be measured
    if told.shows("measure") >= NAMED:
        return None
    ending = says(annotation, "closing", len(annotation.sentences) - 1)
    fields = {**fields_of(told), "idea": chosen_of(told)}
    return Gap("kpi", fields) if ending and open_part(annotation, part, DUE["measure"]) else None


def guardrail(told: Material) -> Gap | None:
    annotation = told.annotation
    framework = annotation.framework
    listed_measures = framework is not None and framework.parts["north_star"] and framework.parts["secondary"]
    told_at_length = len(annotation.sentences) >= DUE["long"] and not said(annotation, "guarded")
    seen = most(annotation, "north_star") >= SURE and most(annotation, "secondary") >= 0.5
    naming = lately(annotation, "secondary") >= 0.5  # who still lists measures may come to it
    ready = (seen or (listed_measures and told_at_length)) and not naming
    return (
        Gap("guardrail", fields_of(told))
        if ready and open_part(annotation, "guardrail", DUE["guardrail"])
        else None
    )


def hypothesis(told: Material) -> Gap | None:
    annotation = told.annotation
    started = max(most(annotation, "primary_metric"), most(annotation, "duration")) >= 0.5
    return (
        Gap("hypothesis", fields_of(told))
        if started and open_part(annotation, "hypothesis", DUE["hypothesis"])
        else None
    )


def chosen_cause(told: Material) -> Gap | None:
    """Causes are listed, what comes next is told, and none was chosen."""
    annotation = told.annotation
    listed_causes = most(annotation, "causes") >= 0.5 and most(annotation, "next_step") >= 0.5
    ready = listed_causes and open_part(annotation, "hypothesis", DUE["late"])
    return Gap("hypothesis", fields_of(told)) if ready else None


def sample_size(told: Material) -> Gap | None:
    annotation = told.annotation
    at_length = len(annotation.sentences) >= DUE["measure"] and not said(annotation, "sample_told")
    started = at_length or max(most(annotation, "duration"), most(annotation, "significance")) >= 0.5
    return (
        Gap("sample-size", fields_of(told))
        if started
        and said(annotation, "experiment")
        and not pattern("wordcues", "test_over").search(told.question)
        and open_part(annotation, "sample_size", DUE["sample_size"])
        else None
    )


def sanity_check(told: Material) -> Gap | None:
    annotation = told.annotation
    here = len(annotation.sentences) - 1
    figure = bool(find_quantities(annotation.sentences[here]))
    arrived = figure and says(annotation, "arrived", here) and not says(annotation, "assumed", here)
    return (
        Gap("sanity-check", fields_of(told))
        if arrived and open_part(annotation, "sanity_check", DUE["late"])
        else None
    )


def scope(told: Material) -> Gap | None:
    annotation = told.annotation
    building = max(most(annotation, "flow"), most(annotation, "features")) >= 0.5
    return (
        Gap("scope", fields_of(told)) if building and open_part(annotation, "scope", DUE["scope"]) else None
    )


def scale(told: Material) -> Gap | None:
    annotation = told.annotation
    system = annotation.framework_name == "system-design" and len(annotation.sentences) >= DUE["late"]
    return (
        Gap("scale", fields_of(told))
        if system and most(annotation, "flow") >= 0.5 and not said(annotation, "scale")
        else None
    )


def data_model(told: Material) -> Gap | None:
    annotation = told.annotation
    # Who still lists features comes to the data by himself.
    flowing = most(annotation, "flow") >= 0.5 and lately(annotation, "features") < UNSURE
    return (
        Gap("data-model", fields_of(told))
        if flowing and open_part(annotation, "data_model", DUE["data-model"])
        else None
    )


FRAMEWORK: dict[str, tuple[Detector, ...]] = {
    "product-sense": (exact_number, clarify_first, nobody_yet, prioritise, trade_off, kpi),
    "metric-definition": (guardrail,),
    "ab-test": (hypothesis, sample_size),
    "estimation": (false_sum, exact_number, sanity_check),
    "root-cause": (chosen_cause,),
    "system-design": (exact_number, scope, data_model, scale, kpi),
}
