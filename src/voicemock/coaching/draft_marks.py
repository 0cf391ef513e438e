"""What the scorer sees in a draft, mark by mark: a number in the result, own acts, a customer and so on (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.findings.customer_cues import has_customer
from voicemock.scoring.findings.ownership import voice_of
from voicemock.scoring.findings.trade_offs import trade_off_in
from voicemock.scoring.model import Metric, Score
from voicemock.scoring.rubric.dimensions import GOOD_I_SHARE

Said = Sequence[tuple[str, str]]  # each sentence with the part that it is of
RESULT = "result"
TOO_LITTLE = "too little is written to tell"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that a story needs. `good` is None while there is too little to tell; `says` is what was found,
    `advice` what to do where it was not.
    """

    key: str
    label: str
    good: bool | None
    says: str
    advice: str = ""


def marks_of(principle: str | None, said: Said, score: Score) -> tuple[Mark, ...]:
    """The marks of a draft of these sentences that scores like this; the numbers of sentences are the score's."""
    return (
        _number(said, score),
        _before_and_after(score),
        _voice(said),
        _customer(said, score),
        _trade_off(said),
        _principle(principle, score),
        _plain_outcome(score),
    )


def _number(said: Said, score: Score) -> Mark:
    results = _results(score)
    inside = [metric for metric in results if said[metric.sentence][0] == RESULT]
    advice = "say by how much, in a figure."
    label = "A number in the result"
    if inside:
        return Mark("number", label, True, "; ".join(metric.text for metric in inside))
    if not _has(said, RESULT):
        return Mark("number", label, None, "the result is not written yet", advice)
    if score.overall is None:
        return Mark("number", label, None, TOO_LITTLE, advice)
    if results:
        found = f"none there; “{results[0].text}” stands elsewhere"
        return Mark("number", label, False, found, "move it to the result.")
    return Mark("number", label, False, "none that can be read as an outcome", advice)


def _before_and_after(score: Score) -> Mark:
    label, advice = "Before and after", "say from what it came, and over how long."
    results = _results(score)
    both = next((m for m in results if m.before is not None and m.after is not None), None)
    if both:
        return Mark("before-after", label, True, both.text)
    kinds = {metric.kind for metric in results}
    start = next((m for m in score.metrics if m.role == "baseline" and m.kind in kinds), None)
    if start:
        return Mark("before-after", label, True, f"from “{start.text}”")
    if not results:
        return Mark("before-after", label, None, "no outcome in numbers yet", advice)
    return Mark("before-after", label, False, f"“{results[0].text}”, and not from what", advice)


def _voice(said: Said) -> Mark:
    voice = voice_of([text for part, text in said if part.startswith("action")])
    label, advice = "I, not we", "in the actions, say what you did yourself."
    if not any(part.startswith("action") for part, _ in said):
        return Mark("voice", label, None, "no action is written yet", advice)
    share = voice.i_share
    if share is None:
        return Mark("voice", label, False, "nobody acts in the actions", advice)
    return Mark("voice", label, share >= GOOD_I_SHARE, f"“I” {voice.i}, “we” {voice.we}", advice)


def _customer(said: Said, score: Score) -> Mark:
    label, advice = "A customer", "say whom it hurt, and what they told you."
    if score.overall is None:
        return Mark("customer", label, None, TOO_LITTLE, advice)
    found = {
        "direct": (True, "you spoke to them or watched them"),
        "indirect": (True, "known by tickets, surveys or data only"),
    }
    if score.customer in found:
        return Mark("customer", label, *found[score.customer])
    if any(has_customer(text) for _, text in said):
        return Mark("customer", label, True, "mentioned; better what they said or did")
    return Mark("customer", label, False, "nobody who is served by it", advice)


def _trade_off(said: Said) -> Mark:
    """Where the actions name what was turned down, or what the way taken cost."""
    label, advice = "A trade-off", "say what you turned down, and what your way cost."
    texts = [text for part, text in said if part.startswith("action")]
    if not texts:
        return Mark("trade-off", label, None, "no action is written yet", advice)
    if found := trade_off_in(texts):
        return Mark("trade-off", label, True, f"“{found[1]}”")
    return Mark("trade-off", label, False, "no way that was turned down", advice)


def _principle(principle: str | None, score: Score) -> Mark:
    label = "The principle"
    if principle is None:
        return Mark("principle", label, None, "none is chosen", "choose the one that the story is to show.")
    title = PRINCIPLES[principle].title
    found = next((each for each in score.principles if each.slug == principle), None)
    if score.overall is None:
        return Mark("principle", label, None, TOO_LITTLE)
    if found and found.demonstrated:
        named = "shown and named" if found.named else "shown; naming it once makes it 4"
        return Mark("principle", label, True, f"{title}: {named}")
    others = ", ".join(PRINCIPLES[each.slug].title for each in score.principles if each.demonstrated)
    seen = "named, and nothing shows it" if found and found.named else "not seen"
    seen += f"; it shows {others}" if others else ""
    return Mark("principle", label, False, f"{title}: {seen}", PRINCIPLES[principle].line)


def _plain_outcome(score: Score) -> Mark:
    label = "Nothing vague"
    if score.overall is None:
        return Mark("vague", label, None, TOO_LITTLE)
    if not score.vague:
        return Mark("vague", label, True, "no outcome without its figure")
    quoted = ", ".join(f"“{each.text}”" for each in score.vague)
    return Mark("vague", label, False, quoted, "put the figure in its place.")


def _results(score: Score) -> list[Metric]:
    return [metric for metric in score.metrics if metric.role == "result"]


def _has(said: Said, part: str) -> bool:
    return any(key == part for key, _ in said)
