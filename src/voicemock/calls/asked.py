"""Which round and principle an interviewer's question belongs to, and which question of the packs says the same. Pure.

The round is told by how the question is put, where that is plain, and by the nearest questions of the packs where it is
not. The principle is voted by the nearest behavioral questions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicemock.packs.questions import Question
from voicemock.rounds import PRINCIPLES
from voicemock.scoring.models.encoder import Encoder, Vectors

NEIGHBOURS = 7
SAME = 0.85  # cosine: a question of the packs, in other words
NEAR = 0.5  # below it a principle is a guess, and none is given: a wrong one would count against the answer
CLEARLY = 1.5  # times the votes of the next principle
SHARPNESS = 4  # powers of the likeness: one near question outweighs several far ones

# How a question is put, most telling first.
PUT = tuple(
    (round, re.compile(pattern, re.IGNORECASE))
    for round, pattern in (
        ("behavioral", r"\b(tell|give|share|describe|walk|think)\b.*\b(a time|an? (example|situation|occasion|decision"
         r"|project|mistake|conflict)|you(?:'ve| have)? (failed|disagreed|led|built|made|had|went|took|did|were))\b"),
        ("behavioral", r"\b(have you ever|your (biggest|greatest|worst|proudest|hardest))\b"),
        ("portfolio", r"\b(case stud|portfolio|deep dive)"),
        ("system-design", r"\b(architect\w*|system design|design (?:a|an|the) (?:\w+ ){0,4}(system|service|platform|api"
         r"|backend|pipeline|database))\b"),
        ("analytical", r"\b(metrics?|kpis?|north star|measure|estimate|a/b|experiment|how (?:many|much|big)"
         r"|market size)\b"),
        ("analytical", r"\b(dropped|fell|went (?:down|up)|declined|decreased|increased|rose)\b.*(\d|percent|%)"),
        ("analytical", r"\bhow would you test\b"),
        ("product-sense", r"\b(improve|design|build|redesign|favou?rite product|would you (?:launch|change))\b"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; `question_id` is None where no question of the packs says the same."""

    text: str
    round: str
    principle: str | None
    question_id: str | None


class QuestionMatcher:
    """The packs' questions and the principles as vectors, made once."""

    def __init__(self, questions: Sequence[Question], encoder: Encoder) -> None:
        self._encoder = encoder
        self._questions = tuple(questions)
        self._vectors = encoder.encode([question.text for question in questions])
        lines = [f"Tell me about a time you showed {p.title}. {p.line}" for p in PRINCIPLES.values()]
        self._principles = (*(q.principle for q in questions), *PRINCIPLES)
        self._principle_vectors = np.concatenate([self._vectors, encoder.encode(lines)])

    def match(self, text: str) -> Asked:
        vector = self._encoder.encode([text])[0]
        likeness = self._vectors @ vector
        round = next((slug for slug, put in PUT if put.search(text)), None) or self._nearest_round(likeness)
        same = max(
            (at for at, question in enumerate(self._questions) if question.round == round),
            key=lambda at: float(likeness[at]),
            default=None,
        )
        return Asked(
            text,
            round,
            self._principle(vector) if round == "behavioral" else None,
            self._questions[same].id if same is not None and likeness[same] >= SAME else None,
        )

    def _nearest_round(self, likeness: Vectors) -> str:
        votes: dict[str, float] = defaultdict(float)
        for at in np.argsort(-likeness, kind="stable")[:NEIGHBOURS]:
            votes[self._questions[at].round] += float(likeness[at])
        return max(votes, key=lambda slug: votes[slug])

    def _principle(self, vector: Vectors) -> str | None:
        likeness = self._principle_vectors @ vector
        near = [at for at in np.argsort(-likeness, kind="stable") if self._principles[at]][:NEIGHBOURS]
        votes: dict[str, float] = defaultdict(float)
        for at in near:
            votes[str(self._principles[at])] += float(likeness[at]) ** SHARPNESS
        first, *others = sorted(votes, key=lambda slug: -votes[slug])
        sure = float(likeness[near[0]]) >= NEAR and all(
            votes[first] >= CLEARLY * votes[slug] for slug in others
        )
        return first if sure else None
