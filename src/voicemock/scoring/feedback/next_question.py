"""What an interviewer goes on to ask of an answer in which nothing is sure to be missing."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.proposals import measure_of

STORY = "story"
# The dimension that a good reply to it raises, by the framework.
RAISES = {
    STORY: "ownership",
    "product-sense": "metrics",
    "system-design": "customer",
    "metric-definition": "metrics",
    "ab-test": "ownership",
    "estimation": "metrics",
    "root-cause": "metrics",
    "exhibit": "metrics",
}


def next_questions(told: Material) -> Iterator[Draft]:
    """The questions, as something to be ready for: they claim no gap that nobody saw."""
    name = told.annotation.framework_name or STORY
    kpi = None if name == STORY else measure_of(told)
    yield Draft(f"next.{name}", RAISES[name], None, {"kpi": kpi})
    if told.figures:
        yield Draft("next.source", "metrics", None, {})
    yield Draft("next.proposal" if name != STORY else "next.others", RAISES[name], None, {})
