"""Once an answer is scored: the mind words the strength and the fixes again, and gives an opinion of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from voicemock.errors import MindError
from voicemock.mind.client import Leash
from voicemock.mind.guard import LINE, PRAISE, WHY, Shape, fault, misquotes
from voicemock.mind.mind import Mind
from voicemock.mind.obedience import TOKENS as OPINION_TOKENS
from voicemock.mind.obedience import doubted
from voicemock.mind.orders import TO_THE_MARKER, left_out
from voicemock.mind.prompting import answer_fields, as_data
from voicemock.mind.replies import json_object, labelled, mark_in, one_line
from voicemock.mind.written import LeftOut, Opinion, Text, Written
from voicemock.scoring.assemble import material_of
from voicemock.scoring.feedback.figures import values
from voicemock.scoring.feedback.gate import passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.model import Answer, Score
from voicemock.terminal.printable import excerpt
from voicemock.wording import number

TEXT_TOKENS = 120
TEXT_S = 20.0  # for one text; a person is waiting
ALL_S = 60.0  # for all of an answer
NO_FIGURES = "none at all"
MOST_WHY_WORDS = 40
LOOK_S = 0.1  # between two looks at whether the candidate wants to leave
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to be worded again: the prompt, what it holds, and ours that it is held against."""

    of: str
    prompt: str
    ours: str
    fields: dict[str, str]


def write(
    mind: Mind,
    answer: Answer,
    score: Score,
    stop: Stop = lambda: False,
    now: Callable[[], float] = time.monotonic,
) -> Written:
    """What the mind has to say. A fault ends it: what is left stays ours."""
    empty = Written(mind.name, mind.endpoint.address, mind.local)
    if score.overall is None:
        return empty
    told = material_of(answer)
    hidden = left_out(told.sentences)
    common = answer_fields(told.sentences, told.question, hidden)
    until = now() + ALL_S

    def left_s() -> float:
        return min(TEXT_S, until - now())

    texts: list[Text] = []
    for wanted in _wanted(score, common):
        if mind.resting or stop() or left_s() <= 0:
            texts.append(Text(wanted.of, wanted.ours, "rules", why_not=_not_asked(mind, stop())))
        else:
            texts.append(_worded(mind, wanted, told, texts, left_s(), stop))
    speaks = next((at for at, why in hidden.items() if why == TO_THE_MARKER), None)
    if speaks is None:
        opinion = _opinion(mind, common, told, score, left_s, stop)
    else:
        opinion = Opinion(None, {}, none=f"sentence {speaks + 1} speaks to whoever marks the answer")
    missed = tuple(LeftOut(at, why) for at, why in hidden.items())
    return Written(mind.name, mind.endpoint.address, mind.local, tuple(texts), opinion, missed)


def _not_asked(mind: Mind, left: bool) -> str:
    if mind.resting:
        return "the model had failed before"
    return "you had left" if left else "no time was left"


def _wanted(score: Score, common: Mapping[str, str]) -> Iterator[Wanted]:
    if score.strength:
        fields = {"ours": as_data(score.strength), "figures": figures_of(score.strength)}
        yield Wanted("strength", "strength", score.strength, {**common, **fields})
    for place, fix in enumerate(score.fixes, start=1):
        if fix.why and fix.line:
            figures = figures_of(f"{fix.why} {fix.line}")
            fields = {"why": as_data(fix.why), "line": as_data(fix.line), "figures": figures}
            yield Wanted(f"fix {place}", "fix", fix.say, {**common, **fields})


def figures_of(text: str) -> str:
    return ", ".join(number(value) for value in values(text)) or NO_FIGURES


@contextmanager
def called_off_by(stop: Stop) -> Iterator[Leash]:
    """A leash that is drawn in once the candidate wants to leave."""
    leash, over = Leash(), threading.Event()

    def watch() -> None:
        while not over.wait(LOOK_S):
            if stop():
                leash.cancel()
                return

    watching = threading.Thread(target=watch, name="voicemock-mind-stop", daemon=True)
    watching.start()
    try:
        yield leash
    finally:
        over.set()
        watching.join()


def _worded(
    mind: Mind, wanted: Wanted, told: Material, before: Sequence[Text], limit_s: float, stop: Stop
) -> Text:
    try:
        with called_off_by(stop) as leash:
            reply = mind.ask(wanted.prompt, wanted.fields, TEXT_TOKENS, limit_s, leash)
    except MindError as error:
        return Text(wanted.of, wanted.ours, "rules", why_not=str(error))
    why, line = _read(wanted, reply.text)
    said = [part for text in before for part in (text.why, text.line) if part]
    wrong = next((found for found in _faults(wanted, why, line, told, said) if found), "")
    if wrong:
        refused = excerpt(reply.text)
        return Text(wanted.of, wanted.ours, "rules", reply.latency_s, why_not=wrong, refused=refused)
    return Text(wanted.of, wanted.ours, "mind", reply.latency_s, why, line)


def _read(wanted: Wanted, reply: str) -> tuple[str, str]:
    if wanted.prompt == "strength":
        return "", one_line(reply)
    whys, lines = labelled(reply, "WHY"), labelled(reply, "SAY")
    return (whys[0] if whys else ""), (lines[0] if lines else "")


def _faults(wanted: Wanted, why: str, line: str, told: Material, said: Sequence[str]) -> Iterator[str]:
    parts: list[tuple[str, str, Shape]] = [(line, wanted.ours, PRAISE)]
    if wanted.prompt == "fix":
        parts = [(why, wanted.fields["why"], WHY), (line, wanted.fields["line"], LINE)]
    for text, ours, shape in parts:
        yield fault(text, told, [ours], shape, said=said)
    if wanted.prompt == "fix" and line.count("___") < wanted.fields["line"].count("___"):
        yield "it fills a blank that only you can fill"


def _opinion(
    mind: Mind,
    common: Mapping[str, str],
    told: Material,
    score: Score,
    left_s: Callable[[], float],
    stop: Stop,
) -> Opinion:
    """None of a model that would do what an answer says."""
    if mind.resting or stop() or left_s() <= 0:
        return Opinion(None, {}, none=_not_asked(mind, stop()))
    try:
        with called_off_by(stop) as leash:
            if doubt := doubted(mind, left_s(), leash):
                return Opinion(None, {}, none=doubt)
            if left_s() <= 0:
                return Opinion(None, {}, none=_not_asked(mind, stop()))
            reply = mind.ask("opinion", common, OPINION_TOKENS, left_s(), leash)
    except MindError as error:
        return Opinion(None, {}, none=str(error))
    return read_opinion(reply.text, told, score, reply.latency_s)


def read_opinion(reply: str, told: Material, score: Score, latency_s: float = 0.0) -> Opinion:
    """The opinion in a reply; a reply that holds none says so."""
    body = json_object(reply)
    overall = mark_in(body.get("overall"))
    if overall is None:
        no_mark = "its reply held no mark from 1 to 4"
        return Opinion(None, {}, latency_s=latency_s, none=no_mark, refused=excerpt(reply))
    marks = {name: mark for name in score.dimensions if (mark := mark_in(body.get(name))) is not None}
    why = body.get("why")
    return Opinion(overall, marks, _reason(why, told) if isinstance(why, str) else "", latency_s)


def _reason(why: str, told: Material) -> str:
    """Its reason, if it quotes and reckons rightly; nothing in its place otherwise."""
    line = " ".join(why.split())
    fits = len(line.split()) <= MOST_WHY_WORDS and not (set(values(line)) - told.figures)
    return line if fits and not misquotes(line, told) and passes(line, told) else ""
