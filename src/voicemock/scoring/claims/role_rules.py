"""What rules know of a number's role where too few labelled answers show it: a before and after without its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicemock.scoring.model import Metric, Role
from voicemock.scoring.models.lexicon import pattern

FROM_TO = re.compile(r"\bfrom\b.*\bto\b", re.IGNORECASE)
# "Refunds had gone from 3% to 9%": so it stood when the story began.
HAD_CHANGED = re.compile(
    r"\bhad (?:gone|crept|fallen|dropped|grown|risen|gotten|got|climbed|doubled|slipped)\b", re.I
)


def ruled(role: Role, metric: Metric, sentences: Sequence[str], star: Sequence[str] | None) -> Role:
    """The role that was voted, unless a rule knows better."""
    if metric.before is None or metric.after is None or not star:
        return role
    if role == "context" and changed_by_me(metric, sentences, star):
        return "result"
    before_any_act = "A" not in star[: metric.sentence + 1]
    if role == "result" and before_any_act and HAD_CHANGED.search(_lead(metric, sentences)):
        return "baseline"
    return role


def changed_by_me(metric: Metric, sentences: Sequence[str], star: Sequence[str]) -> bool:
    """Whether a pair tells what came of an act: "I changed the printer, and lost parcels L from 90 a week to 12".

    So a change is known without its verb, which a recogniser may have lost ("L" was "fell"). A pair in the situation
    or the task is none of it, nor is one that was wanted.
    """
    letter, lead = star[metric.sentence], _lead(metric, sentences)
    acted = letter == "R" or bool(pattern("role_context", "acted").search(lead))
    told = letter in ("A", "R", "L") and acted and bool(FROM_TO.search(metric.text))
    return told and not pattern("role_context", "goal").search(lead)


def _lead(metric: Metric, sentences: Sequence[str]) -> str:
    """The sentence up to the end of the claim."""
    text = sentences[metric.sentence]
    return text[: max(0, text.find(metric.text))] + metric.text
