"""What an interviewer goes on to ask of an answer in which nothing is sure to be missing."""

from __future__ import annotations

import re
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

_LEADS_IN = re.compile(
    r"(?i)^(?:(?:so|and|but|well|maybe|probably|i'd (?:say|guess)|let[’']?s say|say|i (?:think|guess)"
    r"|that[’']?s|it[’']?s)\b,? )+"
)


def next_questions(told: Material) -> Iterator[Draft]:
    """The questions, as something to be ready for: they claim no gap that nobody saw."""
    name = told.annotation.framework_name or STORY
    kpi = None if name == STORY else measure_of(told)
    yield Draft(f"next.{name}", RAISES[name], None, {"kpi": kpi})
    if told.figures:
        shaky = None if name == STORY else _shaky(told)
        at, quote = shaky or (None, None)
        yield Draft("next.source", "metrics", at, {"shaky": quote})


def _shaky(told: Material) -> tuple[int, str] | None:
    """The first figure of a proposal that is a guess by the candidate's own word, as they said it."""
    for metric in told.annotation.metrics:
        if metric.hedged:
            return metric.sentence, _LEADS_IN.sub("", metric.text).strip(" ,.")
    return None
