"""The user's language model: whether it is there, and whether it is quick enough to word what is asked live."""

from __future__ import annotations

from voicemock.doctor.finding import Finding
from voicemock.errors import MindError
from voicemock.mind.afterwards import NO_FIGURES, TEXT_S
from voicemock.mind.ahead import LINE_TOKENS
from voicemock.mind.client import Reply
from voicemock.mind.mind import Mind
from voicemock.mind.prompting import answer_fields

LIVE_S = 3.0  # a line is asked for while a sentence is spoken; three seconds of silence end an answer
SAMPLE = (
    "The queue in the ward pharmacy cost our nurses a lot of time on every shift.",
    "I was the product manager, and I sat with six of them for two shifts.",
    "So I moved the shelf to the door, because the wait was there and not in the system.",
    "The nurses were much happier.",
)
QUESTION = "Tell me about a time you solved a problem for a customer."
OURS = "The nurses were happier: what did it save the nurses, in minutes or money?"


def check_mind(mind: Mind) -> Finding:
    """One line asked for as an interview asks for it, once the model is awake."""
    mind.warm_up()
    where = f"{mind.name} at {mind.endpoint.address}" + ("" if mind.local else ", which is not this machine")
    try:
        if not mind.resting:
            fields = {**answer_fields(SAMPLE, QUESTION), "ours": OURS, "figures": NO_FIGURES}
            return _judged(where, mind.ask("gap", fields, LINE_TOKENS, TEXT_S))
    except MindError:
        pass  # it is the mind's trouble now
    return Finding("mind", "warning", mind.trouble() or "", "an interview goes on without it")


def _judged(where: str, reply: Reply) -> Finding:
    speed = "" if reply.tokens_per_s is None else f", {reply.tokens_per_s:.0f} tokens a second"
    what = f"{where}: a line in {reply.latency_s:.1f} s{speed}"
    if reply.latency_s <= LIVE_S:
        return Finding("mind", "ok", f"{what}: quick enough to word what is asked live")
    slow = f"{what}: too slow for what is asked live, quick enough for afterwards"
    return Finding("mind", "warning", slow, f"a smaller model: {LIVE_S:.0f} s or less for a line")
