"""What an interviewer goes on to ask of an answer in which nothing is sure to be missing."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.proposals import measure_of
from voicemock.scoring.models.lexicon import compile_entries, lexicon

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
    if not _answered(f"next.{name}", told):
        yield Draft(f"next.{name}", RAISES[name], None, {"kpi": kpi})
    if told.figures:
        yield Draft("next.source", "metrics", None, {})
    yield Draft("next.proposal" if name != STORY else "next.others", RAISES[name], None, {})


def _answered(kind: str, told: Material) -> bool:
    """Whether that was told, in words that leave no doubt."""
    entries = lexicon("shown")["answered"].get(kind)
    return bool(entries) and any(
        compile_entries(tuple(entries)).search(text.replace("’", "'")) for text in told.sentences
    )
