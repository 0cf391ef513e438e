"""What a page is answered with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
CALENDAR = "text/calendar; charset=utf-8"
TYPES: Mapping[str, str] = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole HTTP response; the server adds the headers that all have."""

    body: bytes
    type: str = HTML
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


def html(page: str, status: int = HTTPStatus.OK, **headers: str) -> Reply:
    return Reply(
        page.encode(), HTML, status, {name.replace("_", "-"): text for name, text in headers.items()}
    )


def text(line: str, status: int) -> Reply:
    return Reply(f"{line}\n".encode(), TEXT, status)


def as_json(body: Any) -> Reply:
    return Reply(json.dumps(body).encode(), JSON)


def download(content: bytes, name: str, kind: str) -> Reply:
    """A file for the browser to keep; `name` is made of our own ids and needs no quoting."""
    return Reply(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def part(content: bytes, kind: str, wanted: str) -> Reply:
    """`content`, or the range of it that a player asks for, so that it can go to any place at once."""
    whole = Reply(content, kind, headers={"Accept-Ranges": "bytes"})
    if not wanted.startswith("bytes="):
        return whole
    first, dash, last = wanted.removeprefix("bytes=").partition("-")
    if not dash or not (first + last).isdecimal() or len(first + last) > 20:
        return whole
    begin = int(first) if first else max(0, len(content) - int(last))
    end = min(len(content), int(last) + 1) if first and last else len(content)
    if begin >= end:
        return Reply(
            b"",
            kind,
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            {"Content-Range": f"bytes */{len(content)}"},
        )
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {begin}-{end - 1}/{len(content)}"}
    return Reply(content[begin:end], kind, HTTPStatus.PARTIAL_CONTENT, headers)
