"""What a story does well, in the words of it that tell most: the trouble and the deed, the choice and its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.deeds import regretted, same_story
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.models.telling import Telling

PLAINLY = -0.6  # the score from which on what was wrong, or what was decided, is surely that
_NOTHING = re.compile(r"(?i)\b(?:nobody|nothing|no one|none|never|not|no)\b|n['’]t\b")


def told_strengths(told: Material) -> Iterator[str]:
    """Two facts that belong together before one, each quoted or told as the candidate told it."""
    did, choice, end, trouble = map(told.telling, ("did", "choice", "end", "trouble"))
    # In a story of a failure the choice may be the fault itself.
    plain = choice is not None and choice.text.startswith("I ") and not told.of_a_failure
    mine = choice if plain and choice and not regretted(told, choice.sentence) else None
    wrong = trouble if trouble is not None and trouble.score >= PLAINLY else None
    if told.of_a_failure and wrong is not None:
        said = told.inside(wrong)
        if did is not None and _follows(told, wrong, did):
            yield (
                f'You say without softening it what went wrong, "{said}", and then that you {to_you(did.text)}: '
                "that makes the rest believable."
            )
        yield f'You say plainly what went wrong, "{said}": that makes the rest believable.'
    elif (
        wrong is not None
        and did is not None
        and _follows(told, wrong, did)
        and not _NOTHING.search(wrong.text)
    ):
        yield (
            f'You show what was wrong, "{told.inside(wrong)}", and what you did about it yourself: '
            f"you {to_you(did.text)}. A listener can see why it mattered."
        )
    vague = {claim.sentence for claim in told.annotation.vague}
    if mine is not None and end is not None and _follows(told, mine, end) and end.sentence not in vague:
        yield (
            f'"{mine.text}", and later "{told.inside(end)}": '
            "that's a decision of yours and what came after it, and a listener keeps both."
        )
    if mine is not None and mine.score >= PLAINLY:
        yield f'"{mine.text}" is a decision that is plainly yours, and the story turns on it.'


def _follows(told: Material, first: Telling, then: Telling) -> bool:
    return first.sentence < then.sentence and same_story(told, first.sentence, then.sentence)
