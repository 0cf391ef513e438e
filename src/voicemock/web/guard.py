"""Who may come in: the person who was given the address, from a page of ours, under a name of this machine. Pure.

Four things are asked of every request. `Host` is a name of the loopback with our port, or a page elsewhere may have
pointed its own name here (DNS rebinding). `Origin` and `Sec-Fetch-Site` name no other page. The path begins with a
segment that is drawn at each start: browsers send a cookie to every port of a host, so the cookie is bound to this
path, which a server of another user does not know. The cookie is ours.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

COOKIE = "voicemock"
NAMES = ("127.0.0.1", "[::1]", "localhost")
SECRET_BYTES = 32
PATH_BYTES = 9  # 72 bits, and short enough to read in an address bar

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",  # what a candidate said stays out of the browser's cache
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request gets nothing: an HTTP status and one line for whoever reads it."""

    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one run of the server."""

    port: int
    root: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(PATH_BYTES)}/")
    token: str = field(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES))

    def address(self, host: str = NAMES[0]) -> str:
        """What the person is given; it works as long as the server runs."""
        return f"http://{host}:{self.port}{self.root}?token={self.token}"

    def set_cookie(self) -> str:
        return f"{COOKIE}={self.cookie}; Path={self.root}; HttpOnly; SameSite=Strict"

    def check(self, method: str, target: str, headers: Mapping[str, str], *, socket: bool) -> Refusal | None:
        """None where the request may be answered. `socket`: it asks for a WebSocket, which must name its origin."""
        if method != "GET":
            return Refusal(405, "Only GET is allowed here.")
        host = headers.get("Host", "")
        if host not in {f"{name}:{self.port}" for name in NAMES}:
            return Refusal(421, "This is not the name of this server.")
        origin = headers.get("Origin")
        if (socket and origin is None) or origin not in (None, f"http://{host}"):
            return Refusal(403, "Another page asked for this.")
        parts = urlsplit(target)
        if not parts.path.startswith(self.root):
            return Refusal(404, "Not found.")
        if self.is_entry(target):
            return None
        if headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            return Refusal(403, "Another page asked for this.")
        if not any(_same(value, self.cookie) for value in _cookies(headers.get("Cookie", ""))):
            return Refusal(
                403, "Open the address that `voicemock web` printed: it contains the access token."
            )
        return None

    def is_entry(self, target: str) -> bool:
        """Whether it is the printed address, with its token."""
        parts = urlsplit(target)
        given = parse_qs(parts.query).get("token", [""])[0]
        return parts.path == self.root and _same(given, self.token)


def _cookies(header: str) -> Iterator[str]:
    """Every value of ours: another server on this machine may have set one of the same name."""
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            yield value


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
