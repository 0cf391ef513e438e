from __future__ import annotations

import os
import signal
import threading
from contextlib import nullcontext
from typing import Any

import pytest

from tests.ui.scripted import OWNERSHIP, event, meter, play
from voicemock.errors import DeviceError
from voicemock.speech.requests import Request
from voicemock.ui.app import InterviewApp
from voicemock.ui.live import METER_EVERY_S, LiveScreen, run_with_screen
from voicemock.ui.screen import Screen

pytestmark = pytest.mark.usefixtures("handlers_as_they_were")


class Headless(InterviewApp):
    """The app without a terminal."""

    def run(self, **options: Any) -> None:
        super().run(headless=True, size=(80, 24))


class TestASessionBehindTheScreen:
    def test_what_it_returns_is_returned_and_it_ran_in_a_thread_of_its_own(self) -> None:
        def session(screen: Screen) -> str:
            play(screen)
            return threading.current_thread().name

        assert run_with_screen(session, Headless()) == "voicemock-session"

    def test_what_it_raises_is_raised(self) -> None:
        def session(screen: Screen) -> None:
            raise DeviceError("the microphone is gone", "plug it in again")

        with pytest.raises(DeviceError, match="plug it in again"):
            run_with_screen(session, Headless())

    def test_asked_to_stop_it_can_still_keep_what_was_said(self) -> None:
        app = Headless()

        def session(screen: Screen) -> str:
            screen.on_event(event("session_started", session="20260101-120000"))
            app.call_from_thread(app.action_stop)
            assert list(screen.keys()) == [Request.DONE]
            return "kept" if screen.stopping() else "lost"

        assert run_with_screen(session, app) == "kept"

    def test_left_at_once_it_is_interrupted(self) -> None:
        app = Headless()

        def session(screen: Screen) -> None:
            screen.on_event(event("session_started", session="20260101-120000"))
            app.call_from_thread(app.action_stop)
            app.call_from_thread(app.action_stop)
            while True:
                screen.keys()

        with pytest.raises(KeyboardInterrupt):
            run_with_screen(session, app)

    def test_a_screen_that_breaks_ends_the_session_and_keeps_what_was_said(self) -> None:
        app = Headless()

        def session(screen: Screen) -> str:
            screen.on_event(event("session_started", session="20260101-120000"))
            app.call_from_thread(app.exit)
            while not screen.stopping():
                pass
            play(screen)  # nobody is there any more
            return "kept"

        assert run_with_screen(session, app) == "kept"


class Suspending(Headless):
    """An app without a terminal can't be put away; this one need not be."""

    def suspend(self) -> Any:
        return nullcontext()


class TestAside:
    """What is printed below the screen, and how to leave from there."""

    def test_ctrl_c_or_a_signal_meanwhile_is_a_wish_to_stop(self) -> None:
        def wait_for_a_key() -> None:
            raise KeyboardInterrupt

        def session(screen: Screen) -> bool:
            assert not screen.stopping()
            screen.aside(wait_for_a_key)
            return screen.stopping()

        assert run_with_screen(session, Suspending())

    def test_any_other_key_is_none(self) -> None:
        shown: list[str] = []

        def session(screen: Screen) -> bool:
            screen.aside(lambda: shown.append("score"))
            return screen.stopping()

        assert not run_with_screen(session, Suspending())
        assert shown == ["score"]


class TestSignals:
    """SIGINT from outside does what q does; twice leaves at once."""

    @pytest.mark.parametrize("times", [1, 2])
    def test_once_it_can_be_kept_and_twice_it_is_left(self, times: int) -> None:
        app = Headless()

        def session(screen: Screen) -> str:
            screen.on_event(event("session_started", session="20260101-120000"))
            for sent in range(1, times + 1):
                os.kill(os.getpid(), signal.SIGINT)
                while app.stops < sent:
                    pass
            screen.keys()
            return "kept"

        if times == 1:
            assert run_with_screen(session, app) == "kept"
        else:
            with pytest.raises(KeyboardInterrupt):
                run_with_screen(session, app)


class Told:
    """An app that remembers what it was told, with a clock that tests move."""

    is_running = True

    def __init__(self) -> None:
        self.meters: list[Any] = []
        self.now = 0.0

    def show_meter(self, seen: Any) -> None:
        self.meters.append(seen)

    def call_later(self, show: Any, *arguments: Any) -> None:
        show(*arguments)


class TestTheMeter:
    """It comes with each 20 ms of sound; the screen is drawn ten times a second."""

    @pytest.fixture
    def told(self) -> Any:
        return Told()

    def test_it_is_shown_ten_times_a_second(self, told: Any) -> None:
        screen = LiveScreen(told, now=lambda: told.now)
        for block in range(500):
            told.now = block * 0.02
            screen.on_meter(meter(told.now))
        assert len(told.meters) == pytest.approx(500 * 0.02 / METER_EVERY_S, abs=20)

    def test_a_change_of_the_floor_the_countdown_and_the_microphone_come_at_once(self, told: Any) -> None:
        screen = LiveScreen(told, now=lambda: told.now)
        changes = [meter(), meter(interviewer_speaks=True), meter(), meter(countdown_s=1.0), meter()]
        changes.append(meter(trouble="stopped"))
        for seen in changes:
            screen.on_meter(seen)
        assert told.meters == changes


def test_a_screen_whose_app_has_not_begun_or_has_gone_is_told_in_vain() -> None:
    screen = LiveScreen(InterviewApp())
    screen.question(OWNERSHIP, 1, 1)
    screen.note("Nobody reads this.")
    screen.close()
