"""Draws the live screen for the README, from scripted events: `python docs/make_screenshots.py`.

Writes `screen.svg` (wide) and `screen-80x24.svg` beside this file.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

os.environ.pop(
    "NO_COLOR", None
)  # Textual looks when it is imported; the pictures are in colour wherever made
os.environ["COLORTERM"] = "truecolor"

from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import find_question, load_questions
from voicemock.ui.app import InterviewApp
from voicemock.ui.live import LiveScreen

HERE = Path(__file__).parent
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # looking at a picture should fetch nothing
CUT_IN = "You said failed payments went down significantly. Give me the figure, from what to what."
SAID = (
    (
        64.2,
        "utterance",
        "I ran checkout at a grocery app, and older customers kept leaving at the last step.",
    ),
    (72.9, "utterance", "One of them, called Ines, told me she had typed her card number four times."),
    (81.3, "utterance", "So I watched eleven sessions and saw the form wipe the number on every error."),
    (90.0, "utterance", "I asked for two weeks, moved one engineer off the roadmap and rewrote that form."),
    (98.7, "utterance", "After that, failed payments went down significantly and people were happier."),
    (103.6, "interrupt", CUT_IN),
    (104.1, "utterance", "Yes. From nine percent to two point one percent, measured over six weeks."),
    (112.6, "utterance", "And nobody had to type a card number twice any more, which is all Ines wanted."),
    (120.0, "warning", ""),
    (121.5, "utterance", "What I took from it: the forms nobody owns are the ones to look at first."),
)
NOW = Meter(
    floor_time_s=128.0,
    cap_s=180.0,
    level=0.34,
    speaking=True,
    interviewer_speaks=False,
    countdown_s=None,
    lag_s=0.4,
)


def play(screen: LiveScreen, question_id: str) -> None:
    screen.question(find_question(load_questions(), question_id), 2, 5)
    for at, kind, text in SAID:
        told = {"text": text, "start": at, "question": text, "remaining_s": NOW.cap_s - at}
        screen.on_event(Event(kind, at, at, told))
    screen.on_meter(NOW)


async def draw(name: str, size: tuple[int, int], question_id: str = "own-01") -> None:
    app = InterviewApp()
    async with app.run_test(size=size) as pilot:
        play(LiveScreen(app), question_id)
        await pilot.pause()
        await pilot.pause()
        picture = app.export_screenshot(title="voicemock practice")
    (HERE / name).write_text(WEB_FONT.sub("", picture))


if __name__ == "__main__":
    asyncio.run(draw("screen.svg", (120, 30)))
    asyncio.run(draw("screen-80x24.svg", (80, 24)))
