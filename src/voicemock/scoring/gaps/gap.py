"""Something that is missing, and what a question about it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from voicemock.scoring.feedback.material import Material


@dataclass(frozen=True, slots=True)
class Gap:
    """Its kind (rubric section 7), and the candidate's words and figures that a question may hold."""

    kind: str
    fields: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, str]:
        return {name: text for name, text in self.fields.items() if text}


Detector = Callable[[Material], Gap | None]
