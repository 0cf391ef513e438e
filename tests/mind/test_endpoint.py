"""Where the model is: an address, whether words leave the machine for it, and a key that nobody gets to see."""

from __future__ import annotations

import pytest

from voicemock.errors import UsageProblem
from voicemock.mind.endpoint import KEY, LEAVE, parse_endpoint, same_model

AWAY = "https://models.example.org/v1#large"


class TestTheAddress:
    @pytest.mark.parametrize(
        ("text", "address", "model"),
        [
            ("http://localhost:11434/v1#qwen2.5:7b", "http://localhost:11434/v1", "qwen2.5:7b"),
            ("localhost:1234", "http://localhost:1234/v1", None),
            ("localhost#small", "http://localhost/v1", "small"),
            ("[::1]:8000", "http://[::1]:8000/v1", None),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1", None),
            ("http://127.0.0.1:8000/v1/chat/completions", "http://127.0.0.1:8000/v1", None),
            ("http://[::1]:8000/openai/v1#a/b", "http://[::1]:8000/openai/v1", "a/b"),
        ],
    )
    def test_is_taken_as_people_write_it(self, text: str, address: str, model: str | None) -> None:
        endpoint = parse_endpoint(text, {})
        assert (endpoint.address, endpoint.model, endpoint.local) == (address, model, True)

    @pytest.mark.parametrize("text", ["hello", "llama3:8b", "qwen2.5:7b"])
    def test_is_not_made_of_a_models_name(self, text: str) -> None:
        with pytest.raises(UsageProblem, match=f"--mind {text} is not an address: such as"):
            parse_endpoint(text, {})

    @pytest.mark.parametrize(
        "text",
        ["", "hello", "llama3#", "hello/v1", "llama3:8b", "qwen2.5:7b", "me:secret@localhost/v1",
         "ftp://localhost/v1", "http://", "http://localhost:99999/v1", "http://[::1", "http://local host/v1",
         "http://localhost/v1?key=1", "http://me:secret@localhost/v1", "http://localhost/\x1b[2Jv1"],
    )  # fmt: skip
    def test_is_refused_in_one_line_where_it_is_none(self, text: str) -> None:
        with pytest.raises(UsageProblem) as refused:
            parse_endpoint(text, {})
        assert refused.value.exit_code == 2
        assert "secret" not in str(refused.value) and "\x1b" not in str(refused.value)


class TestWhatLeavesTheMachine:
    @pytest.mark.parametrize(
        "host", ["models.example.org", "192.168.1.5", "localhost.example.org", "0.0.0.0", "[fe80::1]"]
    )
    def test_is_sent_only_where_that_was_said(self, host: str) -> None:
        with pytest.raises(UsageProblem, match=LEAVE):
            parse_endpoint(f"http://{host}:8000/v1", {})
        assert not parse_endpoint(f"http://{host}:8000/v1", {}, may_leave=True).local


class TestTheKey:
    def test_comes_from_the_environment_and_is_shown_nowhere(self) -> None:
        endpoint = parse_endpoint(AWAY, {KEY: "sk-very-secret"}, may_leave=True)
        assert endpoint.key == "sk-very-secret"
        assert "secret" not in f"{endpoint!r} {endpoint} {endpoint.address}"
        assert endpoint.hide_key("Incorrect API key: sk-very-secret") == "Incorrect API key: …"


class TestWhichModelAnswers:
    @pytest.mark.parametrize(
        ("asked", "told", "same"),
        [
            ("llama3", "llama3:latest", True),
            ("SmolLM2-135M", "/models/SmolLM2-135M-Instruct.Q4_1.gguf", True),
            ("SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf", True),
            ("C:\\models\\good.gguf", "good", True),
            ("gpt-large", "gpt-large-2030-01-01", True),
            ("gpt-large", "gpt-large-20300101", True),
            ("gpt-large-2029-01-01", "gpt-large-2030-01-01", False),
            ("qwen2.5:7b", "qwen2.5", True),
            ("good", "good2", False),
            ("good", "goo", False),
            ("good", "good2.gguf", False),
            ("good", "good-mini", False),
            ("qwen2.5:7b", "llama3.1:8b", False),
            ("qwen2.5:7b", "", False),
        ],
    )
    def test_by_its_name(self, asked: str, told: str, same: bool) -> None:
        assert same_model(asked, told) is same
