"""The page behind the seam `Screen`: what happens at the desk as messages, and what is pressed as requests."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from voicemock.audio.source import Trouble
from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question
from voicemock.report.html import exhibit_html
from voicemock.speech.requests import Request
from voicemock.ui import wording
from voicemock.web.wire import PageWire

METER_EVERY_S = 0.1
SHOWN = {
    "answer_started", "utterance", "interrupt", "probe", "follow_up", "says", "request", "closing", "warning", "cap",
    "answer_ended", "self_rating", "asks", "notice", "device_lost", "device_back", "sound_lost", "talked_over",
}  # fmt: skip
MICROPHONE: Mapping[Trouble, str] = {
    "stopped": "No sound from the microphone; the clock is paused. What you said is kept",
    "zeros": "The microphone sends only silence: unmute it, or choose another",
}


class PageScreen:
    """Every method returns at once, whether a page is there or not, but `wait`."""

    def __init__(self, wire: PageWire, now: Callable[[], float] = time.monotonic) -> None:
        self._wire = wire
        self._now = now
        self._meter_at = float("-inf")
        self._meter_kind: tuple[object, ...] = ()
        self._pressed: deque[Request] = deque()
        self._typed: deque[str] = deque()
        self._stopping = threading.Event()
        self._go = threading.Event()

    # --- what the session tells -----------------------------------------------------------------------------

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass

    def question(self, question: Question, number: int, count: int) -> None:
        self._pressed.clear()  # what was pressed before the question is not about it
        self._wire.forget()
        self._wire.tell(
            {
                "is": "question",
                "place": wording.place(number, count),
                "about": wording.about(question),
                "text": question.text,
                "exhibit": exhibit_html(question.exhibit) if question.exhibit else None,
            },
            keep=True,
        )
        self._wire.turn("asking")

    def on_event(self, event: Event) -> None:
        if event.type == "answer_ended":
            self._typed.clear()  # a mark that is typed from here on is one, even before it is asked for
        if event.type in SHOWN:
            self._wire.tell({"is": "event", **shown(event)}, keep=True)

    def on_meter(self, meter: Meter) -> None:
        """At most ten a second, but a change of the floor, the countdown or the microphone at once."""
        windows = (meter.thinking_s is None, meter.closing_s is None)
        kind = (meter.interviewer_speaks, meter.countdown_s, meter.trouble, *windows)
        if kind == self._meter_kind and self._now() - self._meter_at < METER_EVERY_S:
            return
        self._meter_kind, self._meter_at = kind, self._now()
        self._wire.tell({"is": "meter", **asdict(meter)})

    def progress(self, what: str, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise KeyboardInterrupt  # nothing was asked yet: there is nothing to keep
        self._wire.tell({"is": "progress", "text": wording.progress(what, done, total)})

    def note(self, text: str) -> None:
        self._wire.tell({"is": "event", "type": "notice", "t": None, "text": text}, keep=True)

    def aside(self, show: Callable[[], None]) -> None:
        show()

    # --- what the page asks ---------------------------------------------------------------------------------

    def press(self, request: Request) -> None:
        self._pressed.append(request)

    def keys(self) -> Sequence[Request]:
        return [self._pressed.popleft() for _ in range(len(self._pressed))]

    def rate(self, mark: str) -> None:
        """A mark that was chosen, as the line that would be typed; empty for none."""
        self._typed.append(f"{mark}\n")

    def typed(self) -> str:
        return "".join(self._typed.popleft() for _ in range(len(self._typed)))

    def stop(self) -> None:
        self._stopping.set()
        self._go.set()

    def stopping(self) -> bool:
        return self._stopping.is_set()

    def go(self) -> None:
        self._go.set()

    def wait(self, state: str, **fields: object) -> bool:
        """Until the page says to go on; False where the candidate stops here."""
        self._go.clear()
        self._wire.turn(state, **fields)
        if not self._stopping.is_set():
            self._go.wait()
        return not self._stopping.is_set()


def shown(event: Event) -> dict[str, Any]:
    """An event in the words that the page shows; times in seconds of floor time."""
    fields = {name: value for name, value in event.fields.items() if name != "words"}
    match event.type:
        case "request":
            fields["text"] = wording.understood(event.fields)
        case "closing":
            fields["text"] = wording.take_back(event.fields["take_back_s"])
        case "warning":
            fields["text"] = wording.left(event.fields["remaining_s"])
        case "answer_ended":
            fields["text"] = wording.ended(event.fields)
        case "self_rating":
            fields["text"] = wording.rated(event.fields)
        case "device_lost" if event.fields["device"] == "microphone":
            fields["text"] = MICROPHONE[event.fields["cause"]]
    return {"type": event.type, "t": event.t, **fields}
