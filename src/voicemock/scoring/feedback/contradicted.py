"""Whether the answer has what a text says is missing."""

from __future__ import annotations

from collections.abc import Callable

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.customer_cues import has_customer
from voicemock.scoring.findings.ownership import admits_own_part
from voicemock.scoring.models.lexicon import pattern

Has = Callable[[Material], bool]


def contradicted(text: str, reading: Material) -> bool:
    """One row a thing that can be missing: the words that say so, and what shows that it is there."""
    return any(pattern("gate", f"says_{name}").search(text) and has(reading) for name, has in HAS.items())


def _covered(*parts: str) -> Has:
    def has(reading: Material) -> bool:
        framework = reading.annotation.framework
        return framework is not None and any(framework.parts.get(part) for part in parts)

    return has


HAS: dict[str, Has] = {
    "no_customer": lambda r: any(has_customer(text) for text in r.sentences),
    "no_voice": lambda r: r.hears_somebody,
    "no_goal": lambda r: any(m.role == "target" for m in r.annotation.metrics),
    "no_result": lambda r: bool(r.annotation.results),
    "no_own_part": lambda r: any(admits_own_part(text) for text in r.sentences),
    "guess": lambda r: r.says_any("unmeasured"),
    "no_comparison": lambda r: r.says_any("compared"),
    "no_downside": _covered("tradeoff", "tradeoffs"),
    "no_choice_made": _covered("prioritise"),
    "no_measure": _covered("measure", "metrics"),
    "no_user": _covered("user"),
}
