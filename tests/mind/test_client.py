"""The client: a reply as it streams in, and every way in which there is none, each one error and never a wait."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mind.server import MODEL, OK, STREAM, Asked, Script, as_json, event, hangs, says, sends, serving
from voicemock.errors import MindError, UsageProblem
from voicemock.mind.client import RAW_BYTES, Ask, Client, Leash
from voicemock.mind.endpoint import Endpoint
from voicemock.mind.log import Recorded, Replayed

HELLO = ({"role": "user", "content": "Say hello."},)
LONG_S, SHORT_S = 30.0, 0.2
LINE = "What was it before?"


def ask(limit_s: float = LONG_S) -> Ask:
    return Ask(HELLO, tokens=40, limit_s=limit_s)


class TestAReply:
    def test_comes_together_as_it_streams_in(self) -> None:
        with serving(says(LINE)) as server:
            reply = Client(server.endpoint(model=MODEL)).ask(ask(), Leash())
        assert (reply.text.strip(), reply.model, reply.tokens) == (LINE, MODEL, 4)
        assert 0 < reply.first_s <= reply.latency_s
        sent = server.asked[0]
        assert sent.path == "/v1/chat/completions"
        assert sent.body["messages"] == list(HELLO) and sent.body["model"] == MODEL

    def test_is_taken_whole_from_a_server_that_does_not_stream(self) -> None:
        whole = {
            "model": MODEL,
            "choices": [{"message": {"content": LINE}}],
            "usage": {"completion_tokens": 5},
        }
        with serving(sends(as_json(whole))) as server:
            reply = Client(server.endpoint()).ask(ask(), Leash())
        assert (reply.text, reply.tokens) == (LINE, 5)

    def test_is_not_waited_for_once_there_is_enough(self) -> None:
        with serving(hangs(STREAM, event(f"{LINE}\n"))) as server:
            enough = Ask(HELLO, 40, LONG_S, enough=lambda text: "\n" in text)
            assert Client(server.endpoint()).ask(enough, Leash()).text.strip() == LINE

    def test_needs_no_last_word_of_the_protocol(self) -> None:
        with serving(sends(STREAM, event(LINE), event("", ended=True))) as server:
            assert Client(server.endpoint()).ask(ask(), Leash()).text == LINE

    def test_is_asked_for_with_the_key_and_through_no_proxy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        with serving(says(LINE)) as server:
            Client(server.endpoint(key="sk-secret")).ask(ask(), Leash())
        assert "Authorization: Bearer sk-secret" in server.asked[0].head


def trickles(asked: Asked) -> Iterator[bytes]:
    """A byte at a time, and never a whole line: no timeout of a socket ends that."""
    yield STREAM
    while not asked.left.wait(0.01):
        yield b"x"


def broken_in_its_chunks(_: Asked) -> Iterator[bytes]:
    yield OK + b"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield b"zz\r\nnot a size\r\n"


ERROR = as_json({"error": {"message": "out of memory"}}, b"500 Internal Server Error")
DEEP = b"data: " + b"[" * 50_000 + b"\n\n"
FAULTS: dict[str, tuple[Script, str]] = {
    "an error of its own": (sends(ERROR), r"refuses \(500: out of memory\)"),
    "an error without a reason": (sends(b"HTTP/1.1 503 Busy\r\n\r\n"), r"refuses \(503: no reason given\)"),
    "a redirect": (sends(b"HTTP/1.1 302 Found\r\nLocation: http://example.org/\r\n\r\n"), r"refuses \(302"),
    "silence": (hangs(), "too slow"),
    "half a reply and then silence": (hangs(STREAM, event("What")), "too slow"),
    "a byte at a time": (trickles, "too slow"),
    "a connection that breaks before a word": (sends(), "broke off"),
    "a connection that breaks in the middle": (sends(STREAM, event("What")), "broke off"),
    "chunks without a size": (broken_in_its_chunks, "broke off"),
    "no protocol at all": (sends(b"SSH-2.0-OpenSSH_9\r\n\r\n"), "broke off"),
    "not JSON": (sends(STREAM, b"data: <html>\n\n"), "no reply"),
    "JSON that is no reply": (sends(as_json([1, 2])), "no reply"),
    "choices that are none": (sends(STREAM, b'data: {"choices": [7]}\n\n'), "no reply"),
    "JSON too deep to read": (sends(STREAM, DEEP), "no reply"),
    "an error in the stream": (sends(STREAM, b'data: {"error": {"message": "gone"}}\n\n'), "no reply"),
    "nothing": (says(" "), "replies with nothing"),
    "ten megabytes": (sends(STREAM, *[event("word " * 200)] * 10_000), "does not stop writing"),
    "ten megabytes in one line": (sends(STREAM, b"data: ", *[b"x" * 1_000_000] * 10), "does not stop writing"),
    "ten megabytes at once": (sends(OK, b"\r\n", *[b"x" * 1_000_000] * 10), "does not stop writing"),
    "ten megabytes of comments": (sends(STREAM, *[b": " + b"x" * 1000 + b"\n"] * 10_000), "does not stop writing"),
    "another model": (says(LINE, model="another-70b"), "was asked for scripted-1b and another-70b answers"),
}  # fmt: skip


class TestAFault:
    @pytest.mark.parametrize("name", FAULTS)
    def test_is_one_error_that_names_it(self, name: str) -> None:
        script, what = FAULTS[name]
        limit_s = SHORT_S if "slow" in what else LONG_S
        with serving(script) as server, pytest.raises(MindError, match=what):
            Client(server.endpoint(model=MODEL)).ask(ask(limit_s), Leash())

    def test_nobody_is_there(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            nobody = Endpoint("http", "127.0.0.1", taken.getsockname()[1])
            with pytest.raises(MindError, match="can't be reached"):
                Client(nobody).ask(ask(), Leash())

    def test_never_tells_the_key(self) -> None:
        refused = as_json({"error": {"message": "Incorrect key sk-secret"}}, b"401 Unauthorized")
        with serving(sends(refused)) as server, pytest.raises(MindError) as told:
            Client(server.endpoint(key="sk-secret")).ask(ask(), Leash())
        assert "sk-" not in str(told.value) and "401" in str(told.value)

    def test_a_key_that_no_header_can_hold_is_not_told_either(self) -> None:
        with serving(says(LINE)) as server, pytest.raises(MindError) as told:
            Client(server.endpoint(key="sk\nsecret")).ask(ask(), Leash())
        assert "secret" not in str(told.value)

    def test_localhost_that_is_elsewhere_is_sent_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with serving(says(LINE)) as server:
            monkeypatch.setattr("voicemock.mind.client.is_loopback", lambda host: host == "elsewhere")
            monkeypatch.setattr("voicemock.mind.endpoint.is_loopback", lambda host: True)
            with pytest.raises(MindError, match="is not this machine"):
                Client(server.endpoint()).ask(ask(), Leash())
        assert server.asked == [] or server.asked[0].head == ""


class TestCancelling:
    def test_ends_a_request_that_is_going_on(self) -> None:
        leash, begun = Leash(), threading.Event()

        def script(asked: Asked) -> Iterator[bytes]:
            yield STREAM
            begun.set()
            asked.left.wait()

        told: list[MindError] = []

        def wait_for_it() -> None:
            try:
                Client(server.endpoint()).ask(ask(), leash)
            except MindError as error:
                told.append(error)

        with serving(script) as server:
            waiting = threading.Thread(target=wait_for_it)
            waiting.start()
            assert begun.wait(10)
            leash.cancel()
            waiting.join(10)
            assert not waiting.is_alive()
        assert [error.problem for error in told] == ["you had left"]

    def test_ends_one_that_has_not_begun(self) -> None:
        leash = Leash()
        leash.cancel()
        with serving(hangs()) as server, pytest.raises(MindError, match="you had left"):
            Client(server.endpoint()).ask(ask(), leash)


class TestTheModels:
    def test_are_listed(self) -> None:
        with serving(says(LINE)) as server:
            assert Client(server.endpoint()).models() == (MODEL,)

    @pytest.mark.parametrize("body", [{}, [], {"data": 5}, {"data": [{}]}])
    def test_a_list_that_is_none_is_a_fault(self, body: object) -> None:
        with (
            serving(says(LINE), as_json(body)) as server,
            pytest.raises(MindError, match="did not list its models"),
        ):
            Client(server.endpoint()).models()


class TestTheLog:
    def test_answers_as_the_server_did_and_holds_no_key(self, tmp_path: Path) -> None:
        path = tmp_path / "mind.jsonl"
        with serving(says(LINE)) as server, path.open("w") as file:
            recorded = Recorded(Client(server.endpoint(key="sk-secret")), file)
            recorded.models()
            first = recorded.ask(ask(), Leash())
        replayed = Replayed(path)
        assert replayed.models() == (MODEL,)
        assert replayed.ask(ask(), Leash()) == first
        assert "secret" not in path.read_text()

    def test_a_fault_is_replayed_too(self, tmp_path: Path) -> None:
        path = tmp_path / "mind.jsonl"
        with serving(sends(ERROR)) as server, path.open("w") as file, pytest.raises(MindError):
            Recorded(Client(server.endpoint()), file).ask(ask(), Leash())
        with pytest.raises(MindError, match="out of memory"):
            Replayed(path).ask(ask(), Leash())

    def test_what_was_never_asked_has_no_reply(self, tmp_path: Path) -> None:
        path = tmp_path / "mind.jsonl"
        path.write_text("")
        with pytest.raises(MindError, match="no reply to this"):
            Replayed(path).ask(ask(), Leash())

    @pytest.mark.parametrize("content", ["[]\n", "{", '{"request": {}, "reply": {"text": 5}}\n'])
    def test_a_file_that_is_no_log_is_refused(self, content: str, tmp_path: Path) -> None:
        path = tmp_path / "mind.jsonl"
        path.write_text(content)
        with pytest.raises(UsageProblem, match="not written by"):
            Replayed(path)

    def test_one_that_cannot_be_written_is_the_minds_trouble(self) -> None:
        class Full(io.StringIO):
            name = "mind.jsonl"

            def write(self, _: str) -> int:
                raise OSError(28, "No space left on device")

        with serving(says(LINE)) as server, pytest.raises(MindError, match="can't be written to mind"):
            Recorded(Client(server.endpoint()), Full()).ask(ask(), Leash())

    def test_each_exchange_is_one_line_of_json(self) -> None:
        file = io.StringIO()
        with serving(says("What\u2028was it?")) as server:
            Recorded(Client(server.endpoint()), file).ask(ask(), Leash())
        assert [json.loads(line)["reply"]["text"].strip() for line in file.getvalue().split("\n") if line]


def test_no_more_is_read_than_a_reply_can_have() -> None:
    assert RAW_BYTES <= 1 << 20
