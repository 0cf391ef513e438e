"""What is missing in the rounds with a framework: its parts, and what a covered part leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material, figure
from voicemock.scoring.feedback.number_drafts import metric_fields
from voicemock.scoring.feedback.proposals import idea_of, measure_of
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.models.lexicon import lexicon, pattern

GUESSED = frozenset({"rate", "count", "money"})  # kinds of figures that an answer is built on
DESIGN = frozenset({"product-sense", "system-design"})


def framework_drafts(told: Material) -> Iterator[Draft]:
    annotation = told.annotation
    framework = annotation.framework
    if framework is None or not annotation.sentences:
        return
    open_parts = [part for part, covered in framework.parts.items() if not covered]
    last_gap = "gap" if len(open_parts) == 1 else ""
    shared = _fields(told)
    wordings = lexicon("fixes")
    for part in open_parts:
        kind = f"{framework.name}.{part}" if f"{framework.name}.{part}" in wordings else part
        if kind not in wordings or part == "arithmetic":  # a wrong sum is told with the right figure
            continue
        entry = lexicon("framework_fixes").get(framework.name, {}).get(part, {})
        dimension = entry.get("dimension", "structure")
        yield Draft(kind, dimension, _place(told, entry), shared, 4.0, last_gap, _weight(part))
    yield from _left_open(told, shared, set(open_parts))


def _weight(part: str) -> float:
    """Who it is for and what it is for decide most; then the choice; then how one would know."""
    weights: dict[str, float] = lexicon("fix_words")["decides"]
    return weights.get(part, 0.3)


def _place(told: Material, entry: dict[str, object]) -> int | None:
    return 0 if entry.get("early") else len(told.sentences) - 1


def _fields(told: Material) -> dict[str, str | None]:
    topic, kpi = told.topic, measure_of(told)
    return {
        "customers": told.customers,
        "topic": topic,
        "topic_opened": topic[0].upper() + topic[1:] if topic else None,
        "idea": idea_of(told),
        "kpi": kpi,
        "kpi_opened": kpi[0].upper() + kpi[1:] if kpi else None,
    }


def _left_open(told: Material, shared: dict[str, str | None], missing: set[str]) -> Iterator[Draft]:
    """What is due once the parts are there: a figure to stop at, a customer asked, a first step, a range."""
    annotation = told.annotation
    name = annotation.framework_name or ""
    end = len(told.sentences) - 1
    targets = any(m.role == "target" for m in annotation.metrics)
    names_measure = not {"measure", "metrics", "north_star"} & missing
    if names_measure and not targets and name not in ("estimation", "ab-test"):
        yield Draft("untargeted", "metrics", end, shared, 4.0, decides=0.45)
    if name == "system-design" and not any(pattern("gaps", "scale").search(t) for t in told.sentences):
        yield Draft("scale", "metrics", end, shared, 4.0, decides=0.45)
    yield Draft("riskiest", "structure", None, shared, 0.0, decides=0.01)
    if name == "product-sense" and not any(customer_cue(text) == "direct" for text in told.sentences):
        yield Draft("unasked", "customer", None, shared, 4.0, decides=0.25)
    if name in DESIGN and not told.says_any("first_step"):
        yield Draft("first-step", "ownership", end, shared, 4.0, decides=0.2)
    if name == "estimation" and not told.says_any("range"):
        yield Draft("range", "metrics", end, shared, 4.0, decides=0.2)
    guess = next(
        (m for m in annotation.metrics if m.hedged and m.kind in GUESSED and figure(m.after, m.unit)), None
    )
    if guess is not None:
        fields = {**shared, **metric_fields(told, guess)}
        yield Draft(
            "assumed", "metrics", guess.sentence, fields, 4.0, decides=0.25 if name == "estimation" else 0.15
        )
    if name == "metric-definition" and "guardrail" not in missing and not told.says_any("act_on"):
        yield Draft("no-act", "principle", end, shared, 4.0, decides=0.2)
    if name == "ab-test" and not told.says_any("act_on"):
        yield Draft("no-rule", "principle", end, shared, 4.0, decides=0.2)
