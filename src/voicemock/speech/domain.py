"""The words of the trade, as a prompt that biases the careful pass towards them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

# No claim and no number: where nothing can be understood Whisper says its prompt, and what it says is scored. For
# the same reason what the candidate said before is not in it; over ten answers it made no difference (word errors
# 6.1 and 6.3 % with Piper, 11.7 and 11.0 % in noise).
# The hesitations keep Whisper from leaving out those that were spoken (`python -m benchmarks.fillers --without`).
DOMAIN_PROMPT = (
    "Product manager, churn, retention, conversion, GMV, revenue, NPS, CSAT, DAU, SLA, OKR, A/B test, "
    "basis points, latency, onboarding, backlog, rollout. Um, so, uh, um, well, uh,"
)
FILLER_RECALL = 0.85  # of the spoken hesitations that are written down then: 40 of 46 of two voices
MAX_PROMPT_CHARS = 800  # some 200 tokens; Whisper keeps 223


def prompt_for(hints: Iterable[str] = ()) -> str:
    """The domain's prompt with the user's words after it, where they weigh most."""
    extra = ", ".join(hint.strip() for hint in hints if hint.strip())
    return f"{DOMAIN_PROMPT} {extra}"[-MAX_PROMPT_CHARS:].strip()
