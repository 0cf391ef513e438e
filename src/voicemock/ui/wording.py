"""What the screens say, the same in plain lines and on the live screen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from voicemock.audio.source import Trouble
from voicemock.packs.questions import Question
from voicemock.rounds import round_of
from voicemock.speech.requests import CLOSING_S, Request
from voicemock.wording import clock, principle_title, round_title

INTERVIEWER = "Interviewer"
CANDIDATE = "You"
LAG_TOLD_S = 2.0  # a recogniser this far behind is worth a word; less is what a sentence takes
ENTER = "Enter"  # does what the key of DONE does
KEYS: Mapping[Request, str] = {
    Request.REPEAT: "repeat",
    Request.THINK: "let me think",
    Request.TIME: "time left",
    Request.DONE: "that's my answer",
    Request.SKIP: "skip",
}
ENDED = {
    "silence": "you had stopped speaking",
    "key": "by key",
    "voice": "you said so",
    "cap": "cut off, time is up",
    "end-of-file": "the recording is over",
    "device": "the microphone was lost",
}
RATE = "rate"  # the line that asks for the candidate's own mark
HOW_TO_RATE = "Say it, or type 1 to 4 and Enter; Enter alone skips it"
TROUBLES: Mapping[Trouble, str] = {
    "stopped": "Plug the microphone in; the clock is paused until it is back",
    "zeros": "Unmute the microphone, or plug it in again",
}


def place(number: int, count: int) -> str:
    return f"Question {number} of {count}" if count > 1 else "Question"


def about(question: Question) -> str:
    """Behavioral, Dive Deep, 3:00 at most."""
    subject = [round_title(question.round)]
    if question.principle:
        subject.append(principle_title(question.principle))
    elif question.type:
        subject.append(question.type.replace("-", " "))
    return ", ".join([*subject, f"{clock(round_of(question.round).cap_s)} at most"])


def ended(fields: Mapping[str, Any]) -> str:
    return f"Answer over after {clock(fields['floor_time_s'])}: {ENDED[fields['reason']]}."


def understood(fields: Mapping[str, Any]) -> str:
    """What was asked of the interviewer, so that it need not be asked twice."""
    if fields["request"] is None:
        return "Taken back: go on"
    request = Request[fields["request"].upper()]
    if fields["by"] == "voice" and request in (Request.DONE, Request.SKIP):
        return f"Understood: {KEYS[request]}, after {CLOSING_S:.0f} s of silence"
    return f"Understood: {KEYS[request]}"


def to_ask(fields: Mapping[str, Any]) -> list[str]:
    """The candidate's prepared questions: all of them at first, then each that was asked."""
    if fields["new"]:
        return [f"✓ Asked: {text}" for text in fields["new"]]
    return [f"To ask: {each['text']}" for each in fields["asks"]]


def rated(fields: Mapping[str, Any]) -> str:
    """What became of the candidate's own mark."""
    if fields["rating"] is None:
        return "No mark of your own"
    return f"Your own mark: {fields['rating']:.1f} of 4"


def take_back(seconds: float) -> str:
    return f"Keep talking or press a key within {seconds:.0f} s to go on; d ends the answer now"


def thinking(seconds: float) -> str:
    return f"Think: {clock(math.ceil(seconds))} until the clock runs; speak or press a key to begin"


def left(seconds: float) -> str:
    """Rounded, as a person would say it: the warning at 2:00 comes a block late, and nothing is left at the cap."""
    return f"{clock(round(seconds))} left"


def closing(seconds: float) -> str:
    return f"Silence ends the answer in {seconds:.1f} s"


def behind(seconds: float) -> str:
    return f"The text is {seconds:.0f} s behind; nothing is lost"


def progress(what: str, done: int, total: int) -> str:
    return f"{what}: {done * 100 // total} %" if total else f"{what} …"


def key_line(requests: Iterable[Request] = KEYS) -> str:
    return " · ".join(f"{keys_of(request)} {KEYS[request]}" for request in requests)


def keys_of(request: Request) -> str:
    """Every key that asks for it."""
    return f"{request.value} or {ENTER}" if request is Request.DONE else request.value
