"""A fix that is being considered: what is missing, where, and what it would be worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Draft:
    """`kind` names its wordings in `fixes.toml`; `fields` are the candidate's words and figures that these may hold.

    `value` is what its dimension (1 to 4) would come to, `mends` an adjustment of the overall that it would mend
    besides. `decides` is how far a verdict hangs on it, apart from the rubric's sum: 0 not at all, 1 altogether.
    """

    kind: str
    dimension: str
    sentence: int | None
    fields: Mapping[str, str | None] = field(default_factory=dict)
    value: float = 4.0
    mends: str = ""
    decides: float = 0.0

    @property
    def known(self) -> dict[str, str]:
        return {name: text for name, text in self.fields.items() if text}
