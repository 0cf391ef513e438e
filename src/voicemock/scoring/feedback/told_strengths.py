"""What a story does well by what its sentences show: a fault that is owned, the hard part that is told, honesty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.numbers.quantities import find_quantities

# The chance from which on a sentence surely shows it: above nine of ten answers in which readers did not find it.
SURE_OF = {"later": 0.4, "against": 0.55, "moved": 0.35, "honest": 0.6}
PLAINLY = 0.9  # the same of an outcome with its figure: 10 of 11 were a strength to readers of 136 stories
# What isn't known is a figure, and not what somebody thought.
_OF_A_FIGURE = re.compile(
    r"(?i)\b(?:how (?:many|much|often|far|long)|numbers?|figures?|percent\w*|exact\w*|data|stats?"
    r"|(?:measur|count|track)\w*)\b"
)


def told_strengths(told: Material) -> Iterator[str]:
    """Two facts that belong together before one."""
    shown = {what: told.showing(what, least) for what, least in SURE_OF.items()}
    erred = told.own_words.get("erred")
    if told.of_a_failure and erred is not None:
        fault = next(i for i, text in enumerate(told.sentences) if erred in text)
        if any(i > fault for i in shown["later"]):
            yield (
                f'You own the mistake, "{erred}", and go on to a time when you did it differently: '
                "a listener sees that you learned from it."
            )
        yield f'You say yourself what you did wrong, "{erred}": that makes the rest believable.'
    counted = _counted_end(told)
    if counted is not None:
        yield f'What came of it has its figure, "{counted}": a listener can check that, and ask about it.'
    if shown["against"] and any(i >= shown["against"][0] for i in shown["moved"]):
        yield "You tell who was against it and what settled that; most stories leave the hard part out."
    if any(_OF_A_FIGURE.search(told.sentences[i]) for i in shown["honest"]):
        yield "You say what you don't know instead of making up a figure, and that makes the rest believable."


def _counted_end(told: Material) -> str | None:
    """How it ended, in a clause with its figure."""
    wrong = {slip.sentence for slip in told.annotation.inconsistencies}
    ends = [] if told.of_a_failure else [w for w in told.tellings("end") if w.sentence not in wrong]
    for words in ends:
        plainly = min(told.shows("outcome", words.sentence), told.shows("figure", words.sentence)) >= PLAINLY
        half = re.search(r"\bfrom\b(?!.*\b(?:to|->)\b)", words.text)  # "no-shows went from twenty-two"
        clock = re.search(r"(?i)\b(?:at|by|around|about) (?:\d{1,2}[.:]\d\d|half|quarter)\b", words.text)
        if plainly and not half and not clock and find_quantities(words.text):
            return words.text
    return None
