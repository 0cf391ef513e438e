"""The server over real sockets: pages for whoever has the key, a clear refusal for everybody else."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.serving import Served, asks, hears, parsed, read_all, say, serving
from tests.web.test_blocks import message
from voicemock.errors import DeviceError
from voicemock.web import server as server_module
from voicemock.web.guard import HEADERS
from voicemock.web.server import bind


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "recordings") as served:
        yield served


class TestPages:
    def test_the_printed_address_gives_the_cookie_and_leads_on(self, served: Served) -> None:
        status, headers, body = served.get(f"?token={served.server.guard.token}", Cookie=None)
        assert status == 200
        assert headers["Set-Cookie"].startswith("voicemock=")
        assert served.server.guard.token.encode() not in body

    def test_the_start_page_comes_with_every_header_that_protects_it(self, served: Served) -> None:
        status, headers, body = served.get()
        assert status == 200
        assert b"A mock interview" in body
        assert HEADERS.items() <= headers.items()

    @pytest.mark.parametrize(
        "name", ["style.css", "assets/room.js", "assets/ear-worklet.js", "assets/review.js"]
    )
    def test_what_a_page_is_made_of_is_served(self, served: Served, name: str) -> None:
        status, headers, body = served.get(name)
        assert status == 200 and body
        assert headers["Content-Type"].startswith("text/")

    @pytest.mark.parametrize(
        "path", ["nothing", "assets/../guard.py", "assets/%2e%2e%2fguard.py", "assets/", "assets", "review",
                 "sound/a/b/c", "review/none", "review/..%2f..", "sound/none/1.mp3", "summary/none/1", "?x=1"],
    )  # fmt: skip
    def test_no_path_leads_to_a_file_of_ours(self, served: Served, path: str) -> None:
        status, _, body = served.get(path)
        assert status in ((200, 404) if "?" in path else (404,)), body
        assert b"import" not in body and b"Traceback" not in body

    def test_only_the_loopback_listens_on_both_protocols_where_there_are_two(self) -> None:
        sockets = bind(None)
        try:
            assert sockets[0].getsockname()[0] == "127.0.0.1"
            assert {each.getsockname()[0] for each in sockets} <= {"127.0.0.1", "::1"}
            assert len({each.getsockname()[1] for each in sockets}) == 1
        finally:
            for each in sockets:
                each.close()

    def test_a_port_that_is_taken_is_told_in_a_line(self, served: Served) -> None:
        with pytest.raises(DeviceError, match=f"port {served.port} can't be used.*--port"):
            bind(served.port)


class TestAnInterview:
    def test_a_page_begins_enters_and_is_heard(self, served: Served) -> None:
        with served.page() as page:
            assert asks(page, "look") == {"is": "answer", "id": 1, "value": {"busy": False}}
            asks(page, "begin")
            say(page, "enter")
            assert hears(page, **{"is": "question"})["text"] == "Tell me about a time."
            hears(page, state="asking")
            for number in range(50):
                page.send(message(number))
            say(page, "stop")
            hears(page, state="over")
        assert served.interview.blocks == 50
        assert served.interview.lost == 0

    def test_one_interview_at_a_time(self, served: Served) -> None:
        with served.page() as page:
            asks(page, "begin")
            assert asks(page, "begin")["error"]["problem"] == "an interview is going on"
            assert asks(page, "look")["value"] == {"busy": True}

    def test_after_a_reload_the_question_is_told_again_and_the_sound_goes_on(self, served: Served) -> None:
        with served.page() as page:
            asks(page, "begin")
            say(page, "enter")
            hears(page, state="asking")
            page.send(message(0))
        with served.page() as page:
            say(page, "enter")
            hears(page, **{"is": "question"})
            hears(page, state="asking")
            page.send(message(0, stream=8))
            say(page, "stop")
            hears(page, state="over")
        assert served.interview.blocks == 2

    def test_a_second_tab_is_told_and_may_take_over(self, served: Served) -> None:
        with served.page() as first, served.page() as second:
            asks(first, "begin")
            say(first, "enter")
            hears(first, state="asking")
            say(second, "enter")
            hears(second, **{"is": "taken"})
            second.send(message(0))  # heard by nobody
            say(second, "stop")  # not its interview
            say(second, "enter", take_over=True)
            hears(second, state="asking")
            hears(first, **{"is": "moved"})
            second.send(message(1, stream=9))
            say(second, "stop")
            hears(second, state="over")
        assert served.interview.blocks == 1

    def test_an_interview_that_fails_says_why_and_the_next_one_begins(self, tmp_path: Path) -> None:
        def fails(room: object, wanted: object) -> None:
            raise DeviceError("the model is not there", "`voicemock models` fetches it")

        with serving(tmp_path, fails) as served, served.page() as page:
            asks(page, "begin")
            say(page, "enter")
            failed = hears(page, state="failed")
            assert (failed["problem"], failed["next_step"]) == (
                "the model is not there",
                "`voicemock models` fetches it",
            )
            served.room.wait(5.0)
            assert "value" in asks(page, "begin")


def http(
    method: str = "GET", path: str = "", *lines: str, **changed: str | None
) -> Callable[[Served], bytes]:
    def sent(served: Served) -> bytes:
        given = [f"{name}: {value}" for name, value in served.headers(**changed).items()]
        return "\r\n".join([f"{method} {path or served.root} HTTP/1.1", *given, *lines, "", ""]).encode(
            "latin-1"
        )

    return sent


UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip
OLD_UPGRADE = {**UPGRADE, "Sec_WebSocket_Version": "1"}
REFUSED: dict[str, tuple[Callable[[Served], bytes], set[int]]] = {
    "no cookie": (http(Cookie=None), {403}),
    "wrong cookie": (http(Cookie="voicemock=guessed"), {403}),
    "empty cookie": (http(Cookie="voicemock="), {403}),
    "endless cookie": (http(Cookie="voicemock=" + "a" * 5000), {403}),
    "wrong token": (lambda s: http(path=f"{s.root}?token=guessed", Cookie=None)(s), {403}),
    "token elsewhere": (lambda s: http(path=f"{s.root}sessions?token={s.server.guard.token}", Cookie=None)(s), {403}),
    "no path": (http(path="/"), {404}),
    "another path": (http(path="/etc/passwd"), {404}),
    "dots": (http(path="/../../etc/passwd"), {404}),
    "a whole address": (http(path="http://127.0.0.1/"), {404}),
    "no host": (http(Host=None), {421}),
    "another host": (http(Host="evil.example"), {421}),
    "rebound host": (lambda s: http(Host=f"evil.example:{s.port}")(s), {421}),
    "host without port": (http(Host="127.0.0.1"), {421}),
    "two hosts": (lambda s: http("GET", "", f"Host: 127.0.0.1:{s.port}")(s), {400}),
    "two cookies": (http("GET", "", "Cookie: voicemock=x"), {400}),
    "foreign origin": (http(Origin="http://evil.example"), {403}),
    "null origin": (http(Origin="null"), {403}),
    "other port's origin": (http(Origin="http://127.0.0.1:1"), {403}),
    "cross-site": (http(Sec_Fetch_Site="cross-site"), {403}),
    "same-site": (http(Sec_Fetch_Site="same-site"), {403}),
    "post": (http("POST"), {405}),
    "put": (http("PUT"), {405}),
    "delete": (http("DELETE"), {405}),
    "head": (http("HEAD"), {405}),
    "options": (http("OPTIONS"), {405}),
    "trace": (http("TRACE"), {405}),
    "connect": (http("CONNECT"), {405}),
    "made-up method": (http("GIVE"), {405}),
    "post with a body": (lambda s: http("POST", "", "Content-Length: 5")(s) + b"a=b&c", {400, 405}),
    "get with a body": (lambda s: http("GET", "", "Content-Length: 5")(s) + b"hello", {400}),
    "chunked": (http("GET", "", "Transfer-Encoding: chunked"), {400}),
    "negative length": (http("GET", "", "Content-Length: -1"), {400}),
    "two lengths": (http("GET", "", "Content-Length: 0", "Content-Length: 7"), {400}),
    "big body": (lambda s: http("POST", "", "Content-Length: 3000000")(s) + bytes(3_000_000), {400, 405}),
    "endless path": (lambda s: http(path=s.root + "a" * 20_000)(s), {400, 404, 414}),
    "endless header": (http("GET", "", "X: " + "a" * 20_000), {400, 431}),
    "many headers": (http("GET", "", *(f"X{i}: 1" for i in range(1000))), {400, 431}),
    "no such version": (lambda s: http()(s).replace(b"HTTP/1.1", b"HTTP/9.9", 1), {400}),
    "no http": (lambda _: b"hello\r\n\r\n", {400}),
    "bytes": (lambda _: bytes(range(256)) + b"\r\n\r\n", {400}),
    "tls": (lambda _: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n", {400}),
    "nul in the path": (lambda s: http(path=s.root + "\x00")(s), {400, 404}),
    "broken address": (http(path="//["), {400, 404}),
    "broken percent": (lambda s: http(path=s.root + "review/%ff%00%zz")(s), {404, 409}),
    "socket without origin": (lambda s: http(path=s.root + "live", **UPGRADE)(s), {403}),
    "socket of another page": (lambda s: http(path=s.root + "live", Origin="http://evil.example", **UPGRADE)(s), {403}),
    "socket without cookie": (
        lambda s: http(path=s.root + "live", Cookie=None, Origin=f"http://127.0.0.1:{s.port}", **UPGRADE)(s), {403},
    ),
    "socket elsewhere": (lambda s: http(path="/live", Origin=f"http://127.0.0.1:{s.port}", **UPGRADE)(s), {404}),
    "socket of no version": (
        lambda s: http(path=s.root + "live", Origin=f"http://127.0.0.1:{s.port}", **OLD_UPGRADE)(s), {400, 426},
    ),
}  # fmt: skip
FRAMES: dict[str, bytes | str] = {
    "no block": b"short",
    "nothing": b"",
    "a long block": bytes(5000),
    "no json": "{",
    "a number": "7",
    "nothing to do": "{}",
    "something unknown": '{"do": "format"}',
    "a key that is none": '{"do": "ask", "key": "zz"}',
    "deep json": "[" * 5000,
    "too long": "x" * 70_000,
}


@pytest.fixture
def interviewed(served: Served) -> Iterator[Served]:
    """While an interview goes on in a page; afterwards it must go on still."""
    with served.page() as page:
        asks(page, "begin")
        say(page, "enter")
        hears(page, state="asking")
        yield served
        say(page, "enter", take_over=True)
        hears(page, state="asking")
        before = served.interview.blocks
        for number in range(20):
            page.send(message(number))
        assert asks(page, "look")["value"] == {"busy": True}
        say(page, "stop")
        hears(page, state="over")
        assert served.interview.blocks == before + 20


class TestHostility:
    """Whatever is thrown at it, there is a clear refusal, no traceback, no file, and the interview goes on."""

    def test_fifty_requests_and_more_are_refused_in_words(
        self, interviewed: Served, capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert len(REFUSED) >= 50
        for name, (sent, statuses) in REFUSED.items():
            status, headers, body = parsed(interviewed.raw(sent(interviewed)))
            assert status in statuses, (name, status)
            assert 5 < len(body) < 2000 and b"Traceback" not in body, name
            assert "Set-Cookie" not in headers, name
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize("name", FRAMES)
    def test_a_page_that_sends_nonsense_loses_its_connection_and_nothing_else(
        self, interviewed: Served, name: str
    ) -> None:
        with interviewed.page() as page:
            say(page, "enter", take_over=True)
            page.send(FRAMES[name])
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    page.recv(timeout=15)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code in (1008, 1009)

    def test_nobody_holds_places_by_saying_nothing(
        self, interviewed: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(server_module, "HEAD_S", 0.3)
        slow = [socket.create_connection(("127.0.0.1", interviewed.port), timeout=15) for _ in range(5)]
        slow[0].sendall(b"GET / HT")
        for each in slow:
            assert parsed(read_all(each))[0] == 400
            each.close()

    def test_too_many_at_once_are_told_so(self, interviewed: Served) -> None:
        many = [
            socket.create_connection(("127.0.0.1", interviewed.port), timeout=15)
            for _ in range(server_module.MOST_CONNECTIONS)
        ]
        assert parsed(read_all(many[-1]))[0] == 503
        for each in many:
            each.close()

    def test_a_page_that_reads_nothing_is_cut_off_and_holds_up_nobody(self, interviewed: Served) -> None:
        with interviewed.page(close_timeout=0.1) as deaf:
            say(deaf, "enter", take_over=True)
            hears(deaf, state="asking")
            done = threading.Event()

            def talk() -> None:
                for _ in range(server_module.WAITING_MESSAGES * 3):
                    interviewed.room.wire.tell({"is": "event", "text": "x" * 4000})
                done.set()

            threading.Thread(target=talk, daemon=True).start()
            assert done.wait(15)

    def test_a_socket_without_a_key_is_not_opened(self, interviewed: Served) -> None:
        with pytest.raises(InvalidStatus) as refused:
            interviewed.page(Cookie="voicemock=guessed")
        assert refused.value.response.status_code == 403

    def test_an_unknown_call_is_an_error_in_words(self, interviewed: Served) -> None:
        with interviewed.page() as page:
            answer = asks(page, "x" * 500)
            assert answer["error"]["problem"].startswith("nothing is called")
            assert len(json.dumps(answer)) < 300
