"""Lines made ahead: in order, beside the interview, and no reason for it to fail."""

from __future__ import annotations

import threading

from voicemock.errors import VoiceError
from voicemock.speech.voice import SpokenAhead


class TestSpokenAhead:
    """What is known is ready when it is wanted; what fails is said again then."""

    def test_lines_are_made_in_their_order(self) -> None:
        said: list[str] = []
        done = threading.Event()

        def say(text: str) -> None:
            said.append(text)
            if len(said) == 3:
                done.set()

        ahead = SpokenAhead(say)
        ahead.add(["one", "two"])
        ahead.add(["three"])
        assert done.wait(timeout=5)
        ahead.close()
        assert said == ["one", "two", "three"]

    def test_what_is_wanted_soon_goes_first(self) -> None:
        said: list[str] = []
        begun, go_on, done = (threading.Event() for _ in range(3))

        def say(text: str) -> None:
            said.append(text)
            begun.set()
            go_on.wait(timeout=5)
            if len(said) == 4:
                done.set()

        ahead = SpokenAhead(say)
        ahead.add(["one", "two"])
        assert begun.wait(timeout=5)
        ahead.add(["now", "and now"], soon=True)
        go_on.set()
        assert done.wait(timeout=5)
        ahead.close()
        assert said == ["one", "now", "and now", "two"]

    def test_nothing_is_begun_while_a_line_is_due(self) -> None:
        said: list[str] = []
        done = threading.Event()

        def say(text: str) -> None:
            said.append(text)
            done.set()

        ahead = SpokenAhead(say)
        with ahead.while_due():
            ahead.add(["one"])
            assert not done.wait(timeout=0.05)
            said.append("the line that was due")
        assert done.wait(timeout=5)
        ahead.close()
        assert said == ["the line that was due", "one"]

    def test_closing_leaves_what_has_not_begun(self) -> None:
        begun, go_on = threading.Event(), threading.Event()
        said: list[str] = []

        def say(text: str) -> None:
            said.append(text)
            begun.set()
            go_on.wait(timeout=5)

        ahead = SpokenAhead(say)
        ahead.add(["one", "two", "three"])
        assert begun.wait(timeout=5)
        closing = threading.Thread(target=ahead.close)
        closing.start()
        while not ahead.closing:
            pass
        go_on.set()
        closing.join(timeout=5)
        assert said == ["one"]

    def test_a_voice_that_fails_ahead_fails_nothing(self) -> None:
        def say(text: str) -> None:
            raise VoiceError("the voice stopped responding", "")

        ahead = SpokenAhead(say)
        ahead.add(["one"])
        ahead.close()

    def test_closing_what_never_began_is_nothing(self) -> None:
        SpokenAhead(lambda text: None).close()
