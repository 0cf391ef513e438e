"""What a story does well by what its sentences show: a fault that is owned, the hard part that is told, honesty."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.material import Material

# The chance from which on a sentence surely shows it: above nine of ten answers in which readers did not find it.
SURE_OF = {"later": 0.4, "against": 0.55, "moved": 0.35, "honest": 0.4}


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
    if shown["against"] and any(i >= shown["against"][0] for i in shown["moved"]):
        yield "You tell who was against it and what settled that; most stories leave the hard part out."
    if shown["honest"]:
        yield "You say what you don't know instead of making up a figure, and that makes the rest believable."
