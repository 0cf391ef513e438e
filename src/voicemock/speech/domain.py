"""The words of the trade, as a prompt that biases the careful pass towards them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

# Written as an answer would be: Whisper continues the style of its prompt, so digits bring digits.
DOMAIN_PROMPT = (
    "As the PM, I cut churn from 12% to 4% in Q3, and GMV grew $2.5 million. NPS, CSAT, DAU, SLA, OKR, "
    "A/B test, basis points, p99 latency, onboarding, backlog, rollout."
)
MAX_PROMPT_CHARS = 600  # some 150 tokens; Whisper keeps 223, and each one costs time in every window


def prompt_for(hints: Iterable[str] = ()) -> str:
    """The domain's prompt with the user's words after it, where they weigh most."""
    extra = ", ".join(hint.strip() for hint in hints if hint.strip())
    return f"{DOMAIN_PROMPT} {extra}"[:MAX_PROMPT_CHARS].strip()
