"""A reply as it comes: server-sent events, or one JSON object from a server that does not stream. Within bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any

from voicemock.errors import MindError

RAW_BYTES = 1 << 20  # of one reply; a word of it is some 250 bytes of JSON
LINE_BYTES = 1 << 16  # of one event
TEXT_CHARACTERS = 1 << 14  # of what it says; the longest that is asked for has a tenth
DATA = b"data:"
DONE = b"[DONE]"
NONSENSE = "sends something that is no reply"
KIND = "is it an OpenAI-compatible server?"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply; `last` says that it is whole with this one."""

    text: str = ""
    model: str = ""
    last: bool = False
    tokens: int = 1


def chunks(response: HTTPResponse) -> Iterator[Chunk]:
    """The pieces of a reply, in order. Raises MindError where they are none, or too many."""
    content_type = response.headers.get("Content-Type", "")
    if "event-stream" not in content_type:
        yield _whole(response)
        return
    read = said = 0
    while line := response.readline(LINE_BYTES):
        read += len(line)
        if read > RAW_BYTES or len(line) >= LINE_BYTES:
            raise MindError("does not stop writing", "")
        if not line.startswith(DATA):
            continue  # comments, names of events, blank lines
        data = line.removeprefix(DATA).strip()
        if data == DONE:
            yield Chunk(last=True)
            return
        chunk = _piece(data, "delta")
        said += len(chunk.text)
        if said > TEXT_CHARACTERS:
            raise MindError("does not stop writing", "")
        yield chunk


def _whole(response: HTTPResponse) -> Chunk:
    content = response.read(RAW_BYTES + 1)
    if len(content) > RAW_BYTES:
        raise MindError("does not stop writing", "")
    chunk = _piece(content, "message")
    if len(chunk.text) > TEXT_CHARACTERS:
        raise MindError("does not stop writing", "")
    return Chunk(chunk.text, chunk.model, last=True, tokens=chunk.tokens)


def _piece(content: bytes, of: str) -> Chunk:
    """One object: the text of its first choice. An object without choices tells what was used."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        raise MindError(NONSENSE, KIND) from None
    if not isinstance(body, dict) or "error" in body or not isinstance(body.get("choices"), list):
        raise MindError(NONSENSE, KIND)
    model = body.get("model")
    choice = body["choices"][0] if body["choices"] else {}
    text, ended = _said(choice, of)
    used = body.get("usage")
    tokens = used.get("completion_tokens") if of == "message" and isinstance(used, dict) else 1
    return Chunk(
        text, model if isinstance(model, str) else "", ended, tokens if isinstance(tokens, int) else 1
    )


def _said(choice: Any, of: str) -> tuple[str, bool]:
    if not isinstance(choice, dict):
        raise MindError(NONSENSE, KIND)
    said = choice.get(of)
    text = said.get("content") if isinstance(said, dict) else None
    return (text if isinstance(text, str) else ""), choice.get("finish_reason") is not None
