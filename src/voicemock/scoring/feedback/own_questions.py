"""What the candidate asks back: a short honest answer from a prepared bank, and whether it was worth asking.

The interviewer is made up, and the bank answers as one who would know only so much: where no topic fits the answer is
that it would have to be found out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from voicemock.scoring.language.phrases import opened
from voicemock.scoring.models.lexicon import compile_entries, lexicon
from voicemock.scoring.rubric.own_questions import asks

OTHER = "other"


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question of the candidate's, verbatim. `worth` is None where no topic of the bank fits."""

    question: str
    topic: str
    reply: str
    worth: bool | None
    why: str


def asked_back(sentences: Sequence[str], turn: int = 0) -> tuple[AskedBack, ...]:
    """Each question among these sentences with its answer; `turn` chooses among wordings, so that two interviewers do
    not say the same.
    """
    found: list[AskedBack] = []
    used: set[str] = set()
    for number, text in enumerate(one for one in sentences if asks(one)):
        topic = _topic(text)
        replies = [reply for reply in topic["reply"] if reply not in used] or topic["reply"]
        reply = replies[(turn + number) % len(replies)]
        used.add(reply)
        name = topic.get("name", OTHER)
        found.append(AskedBack(text.strip(), name, reply, topic.get("worth"), topic["why"]))
    return tuple(found)


def what_they_were_worth(asked: Sequence[AskedBack]) -> str:
    """One sentence on which were worth asking, and why; empty where nothing was asked."""
    good = next((each for each in asked if each.worth), None)
    poor = next((each for each in asked if each.worth is False), None)
    parts = []
    if good:
        parts.append(f"Worth asking: {_quoted(good)}, since {good.why}.")
    if poor:
        parts.append(f"Leave out {_quoted(poor)}: {poor.why}.")
    if asked and not parts:
        parts.append(f"Of {_quoted(asked[0])} I could say little: {asked[0].why}.")
    return " ".join(parts)


def _quoted(asked: AskedBack) -> str:
    text = re.sub(
        r"(?i)^(?:(?:and|so|but|also|okay|ok|well|um|uh|yeah|then|great|thanks)\b[,\s]*)+", "", asked.question
    )
    return f'"{opened(text.rstrip(" ."))}"'


def _topic(text: str) -> dict[str, Any]:
    plain = text.replace("’", "'")
    for topic, words in zip(lexicon("own_questions")["topic"], _patterns(), strict=True):
        if words.search(plain):
            return dict(topic)
    return dict(lexicon("own_questions")[OTHER])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(compile_entries(tuple(topic["asks"])) for topic in lexicon("own_questions")["topic"])
