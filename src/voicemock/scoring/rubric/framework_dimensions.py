"""The dimensions of the rounds with a framework, each 1 to 4 with the reasons for it (rubric section 6)."""

from __future__ import annotations

from voicemock.rounds import HIGHEST, LOWEST
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer_cues import has_customer
from voicemock.scoring.findings.frameworks import Framework
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.rubric.dimensions import Dimension, bounded
from voicemock.wording import counted

# The parts by which each framework shows that the user came first, and that something was weighed.
USER_FIRST = {
    "product-sense": ("clarify", "user"),
    "system-design": ("scope",),
    "metric-definition": ("goal",),
    "ab-test": ("hypothesis",),
    "estimation": ("assumptions",),
    "root-cause": ("clarify", "segments"),
    "exhibit": ("shows",),
}
WEIGHED = {
    "product-sense": ("tradeoff", "prioritise"),
    "system-design": ("tradeoffs",),
    "metric-definition": ("tradeoff", "guardrail"),
    "ab-test": ("significance", "duration"),
    "estimation": ("sanity_check", "breakdown"),
    "root-cause": ("causes", "hypothesis"),
    "exhibit": ("limits", "next_step"),
}
MANY_NUMBERS = 6  # in an estimation, about two for each of its steps


def share(framework: Framework, names: tuple[str, ...]) -> float:
    return sum(bool(framework.parts.get(name)) for name in names) / len(names)


def structure(_annotation: Annotation, framework: Framework) -> Dimension:
    covered = [part for part, found in framework.parts.items() if found]
    missing = [part.replace("_", " ") for part, found in framework.parts.items() if not found]
    value = LOWEST + (HIGHEST - LOWEST) * len(covered) / len(framework.parts)
    why = [f"{len(covered)} of {len(framework.parts)} parts"]
    if missing:
        why.append(f"no {', '.join(missing)}")
    return Dimension(bounded(value), tuple(why))


def metrics(annotation: Annotation, framework: Framework) -> Dimension:
    """KPIs with targets; in an estimation and a test, the numbers in the argument."""
    targets = sum(m.role == "target" for m in annotation.metrics)
    numbers = len(annotation.metrics)
    if framework.name == "estimation":
        value = (
            1.0 + 3.0 * min(numbers / MANY_NUMBERS, 1.0) - (0.0 if framework.parts.get("arithmetic") else 1.0)
        )
    else:
        value = 1.0 + min(numbers, 2) * 0.5 + min(targets, 2) * 0.75 + (0.5 if numbers >= 4 else 0.0)
    return Dimension(bounded(value), (f"{targets} targets, {numbers} numbers",))


def principle(_annotation: Annotation, framework: Framework) -> Dimension:
    first, weighed = share(framework, USER_FIRST[framework.name]), share(framework, WEIGHED[framework.name])
    why = (
        "the user or goal comes first" if first else "no user or goal first",
        "trade-offs named" if weighed else "nothing weighed",
    )
    return Dimension(bounded(LOWEST + 1.5 * first + 1.5 * weighed), why)


def customer(annotation: Annotation, framework: Framework) -> Dimension:
    served = sum(has_customer(text) for text in annotation.sentences)
    first = share(framework, USER_FIRST[framework.name])
    signal = annotation.customer.signal != "none"
    value = LOWEST + 1.5 * first + min(served, 3) * 0.5 + (0.5 if signal else 0.0)
    return Dimension(
        bounded(value),
        (f"users in {counted(served, 'sentence')}", "named before the solution" if first else "not first"),
    )


def ownership(annotation: Annotation, framework: Framework) -> Dimension:
    """Argued, not listed: reasons given, and a choice made."""
    reasons = sum(bool(pattern("gaps", "argued").search(text)) for text in annotation.sentences)
    dense = reasons / max(len(annotation.sentences), 1)
    weighed = share(framework, WEIGHED[framework.name])
    return Dimension(
        bounded(LOWEST + 2.0 * min(dense / 0.4, 1.0) + weighed), (f"{reasons} sentences give a reason",)
    )
