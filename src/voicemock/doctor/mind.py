"""The user's language model: whether it is there, and whether it is quick enough to word what is asked live."""

from __future__ import annotations

from voicemock.doctor.finding import Finding
from voicemock.errors import MindError
from voicemock.mind.afterwards import NO_FIGURES, TEXT_S
from voicemock.mind.ahead import LINE_TOKENS
from voicemock.mind.client import Reply
from voicemock.mind.mind import Mind
from voicemock.mind.obedience import QUESTION, SAMPLE, doubted
from voicemock.mind.prompting import answer_fields

LIVE_S = 3.0  # a line is asked for while a sentence is spoken; three seconds of silence end an answer
OURS = "The nurses were happier: what did it save the nurses, in minutes or money?"


def check_mind(mind: Mind) -> Finding:
    """One line asked for as an interview asks for it, once the model is awake."""
    mind.warm_up()
    where = f"{mind.name} at {mind.endpoint.address}" + ("" if mind.local else ", which is not this machine")
    try:
        if not mind.resting:
            fields = {**answer_fields(SAMPLE, QUESTION), "ours": OURS, "figures": NO_FIGURES}
            reply = mind.ask("gap", fields, LINE_TOKENS, TEXT_S)
            return _judged(where, reply, _opinions(mind))
    except MindError:
        pass  # the mind keeps it
    return Finding("mind", "warning", str(mind.fault or ""), "an interview goes on without it")


def _opinions(mind: Mind) -> str:
    """What is to be said of its second opinions; a fault here is told by the first answer that wants one."""
    try:
        doubt = doubted(mind, TEXT_S)
    except MindError:
        return ""
    return f"; there will be no second opinion, because {doubt}" if doubt else ""


def _judged(where: str, reply: Reply, opinions: str) -> Finding:
    speed = "" if reply.tokens_per_s is None else f", {reply.tokens_per_s:.0f} tokens a second"
    what = f"{where}: a line in {reply.latency_s:.1f} s{speed}"
    if reply.latency_s <= LIVE_S:
        return Finding("mind", "ok", f"{what}: quick enough to word what is asked live{opinions}")
    slow = f"{what}: too slow for what is asked live, quick enough for afterwards{opinions}"
    return Finding("mind", "warning", slow, f"a smaller model: {LIVE_S:.0f} s or less for a line")
