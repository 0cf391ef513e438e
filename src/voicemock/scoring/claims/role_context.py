"""What the sentence and the answer around a claim say about its role; roles.py looks at the words next to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from voicemock.scoring.models.lexicon import pattern

STRENGTH = 2.0  # these cues are few and telling: they are held back less by regularisation
LATE = 0.6  # from here in an answer a number rather tells an outcome or a measure
MOST_ESTIMATED, SHARE_WEIGHT = 1.0, 1.5  # of the sentences with a number, how many speak of estimating


def context_cues(
    sentences: Sequence[str],
    numbered: Sequence[int],
    sentence: int,
    quote: str,
    letter: str | None,
    cues: Mapping[str, float],
) -> dict[str, float]:
    """Named features. `numbered` are the sentences with a claim, `quote` the claim's words in `sentence`."""
    text = sentences[sentence]
    lead = f"{text[: max(0, text.find(quote))]} {quote}"
    late = sentence / max(1, len(sentences) - 1) > LATE
    if "other_round" in cues:
        found = _of_reasoning(sentences, numbered, lead, text, quote, late)
    else:
        found = _of_story(text, lead, quote, letter, cues, late)
    return {f"context_{name}": STRENGTH * value for name, value in found.items() if value}


def _of_reasoning(
    sentences: Sequence[str], numbered: Sequence[int], lead: str, text: str, quote: str, late: bool
) -> dict[str, float]:
    share = _estimating(tuple(sentences[i] for i in numbered))
    goal = _says("goal", lead)
    return {
        "estimating": min(MOST_ESTIMATED, SHARE_WEIGHT * share),
        "goal": float(goal),
        "goal_unestimated": float(goal and share < MOST_ESTIMATED / 2),
        "measure": float(_says("measure", text)),
        "now": float(_says("now", quote)),
        "late": float(late),
    }


@cache
def _estimating(texts: tuple[str, ...]) -> float:
    """The share of these sentences that speak of assuming and multiplying."""
    return sum(_says("estimating", text) for text in texts) / max(3, len(texts))


def _of_story(
    text: str, lead: str, quote: str, letter: str | None, cues: Mapping[str, float], late: bool
) -> dict[str, float]:
    before_result = letter in ("S", "A")
    changed = "is_pair" in cues and _says("changed", lead)
    did = _says("did", quote)
    return {
        "goal": float(letter in ("S", "T", "A") and _says("goal", lead)),
        "share_found": float(before_result and "kind_rate" in cues and _says("found", text)),
        "frequency": float(before_result and _says("frequency", quote)),
        "waited": float(before_result and "kind_time" in cues and _says("waited", quote)),
        "counted_problem": float(before_result and "kind_count" in cues and "problem" in cues and not did),
        "did": float(before_result and did),
        "changed": float(changed and not _says("had_changed", text)),
        "changed_late": float("is_pair" in cues and late),
        "changed_by_me": float(changed and _says("acted", text)),
    }


def _says(key: str, text: str) -> bool:
    return bool(pattern("role_context", key).search(text))
