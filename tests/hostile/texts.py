"""Texts and bytes that nobody means well with."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.hostile.trial import IMAGE, SCRIPT
from tests.stored import BAKERY

MARKUP = "[red]I[/red] [/nope] [link=file:///etc/passwd]x[/link] [@click=app.quit]q[/] :bomb: {quote} {% raw %} {{ 1 }}"
# what terminals obey: colours, the cursor, the title, a link, the clipboard, a reply typed for the user, 8-bit forms
ESCAPES = (
    "\x1b[31mred\x1b[0m", "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJm\x07", "\x1b[6n", "\x1bc", "\x1b[?1049h", "\x9b31m", "\x9d0;t\x9c", "\x1bP$q\x1b\\", "\x1b",
    "\x08\x08\x08", "over\rwritten", "\x07", "\x7f", "\x0b\x0c", "\x85", "a\u2028b\u2029c", "\u202egpj.exe",
    "\u2066\u2067\u2068\u2069", "\u061c\u200e\u200f", "\u202a\u202b\u202c\u202d",
)  # fmt: skip
HOSTILE = (
    *ESCAPES,
    MARKUP,
    SCRIPT,
    IMAGE,
    '"><script>alert(1)</script>',
    "' onerror=alert(1) '",
    "\\",
    "\\[bold]",
)
NASTY_NAMES = (
    "../../up",
    "a\nb",
    "\x1b[31mred",
    "a\u202eb",
    "-rf",
    "~nobody",
    "a" * 300,
    " ",
    "[red]",
    "%s%n",
    "a/../../b",
)


def answer_with(text: str) -> str:
    """An answer long enough to be scored that holds `text` where it is quoted."""
    more = f"We reduced {text} churn from 12 percent to 3 percent. It was a significant {text} improvement."
    return f"{BAKERY} {text} {more}"


def cuts(content: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """The content cut at every byte of its head."""
    for at in range(min(most, len(content))):
        yield f"cut at byte {at}", content[:at]


def flips(content: bytes, count: int, seed: int, head: int | None = None) -> Iterator[tuple[str, bytes]]:
    """The content with one bit flipped, `count` times, in its first `head` bytes or anywhere."""
    chance = random.Random(seed)
    for _ in range(count):
        at, bit = chance.randrange(min(head or len(content), len(content))), chance.randrange(8)
        flipped = bytearray(content)
        flipped[at] ^= 1 << bit
        yield f"bit {bit} of byte {at}", bytes(flipped)


def wrong_bytes(text: str) -> Iterator[tuple[str, bytes]]:
    """The same text in ways that are not UTF-8, and what is no text."""
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "utf-7", "utf-8-sig"):
        yield encoding, text.encode(encoding)
    yield "latin-1", (text + " caf\u00e9").encode("latin-1")
    yield "overlong", text.encode() + b"\xc0\xaf\xe0\x80\xaf"
    yield "surrogates in UTF-8", text.encode() + b"\xed\xa0\x80\xed\xb0\x80"
    yield "cut character", text.encode() + "\u20ac".encode()[:2]
    yield "NUL", text.encode()[:20] + b"\0" + text.encode()[20:]
    yield "only NUL", b"\0" * 1000
    yield "empty", b""
    yield "blank", b" \t\r\n" * 10
    yield "only a mark", b"\xef\xbb\xbf"
    yield "random", random.Random(7).randbytes(4096)
    yield "10 MB line", b"word " * 2_000_000
    yield "10 MB word", b"a" * 10_000_000
    yield "10 MB of lines", b"a b\n" * 2_500_000
    yield "100 kB of dots", b"." * 100_000
    yield "100 kB of short lines", b"a\n" * 50_000
    yield "100 kB of numbers", b"from 1 to 2 " * 8_000
    yield "60 kB of numbers", b"from 1 to 2 percent, " * 2_900
    yield "as many numbers as an answer may hold", b"from 1 to 2 percent, " * 2_400
    yield "100 kB of dollars", b"$1.5M to $2.5M " * 6_000
    yield "100 kB of brackets", b"([{<" * 25_000
    yield "combining", ("a" + "\u0301" * 150 + " ").encode() * 300
