"""Where the user's language model is, and whether what is said leaves the machine to get there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from voicemock.errors import UsageProblem
from voicemock.terminal.printable import excerpt, printable

KEY = "VOICEMOCK_MIND_KEY"  # the environment variable; a key is in no option, no file and no log
LEAVE = "--mind-may-leave-this-machine"
PORTS = {"http": 80, "https": 443}
BASE = "/v1"
CALL = "/chat/completions"
GGUF = ".gguf"
EXAMPLE = "such as http://localhost:11434/v1#qwen2.5:7b"
_HOST = re.compile(r"(?:localhost|\[[\da-fA-F:.]+\]|[^:]*\.[^:]*)(?::\d+)?|[^:]+:\d+")
_DATE = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server. `model` is None where the server is to say which one it has."""

    scheme: str
    host: str
    port: int
    base: str = BASE
    model: str | None = None
    key: str | None = field(default=None, repr=False, compare=False)
    replay: str = ""  # of a log: what is said of it in place of an address

    @property
    def local(self) -> bool:
        """Whether what it is sent stays on this machine."""
        return is_loopback(self.host)

    @property
    def address(self) -> str:
        """As a person reads it; never with a key."""
        if self.replay:
            return self.replay
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.base}"

    def hide_key(self, text: str) -> str:
        """Servers like to quote the key they refuse."""
        return text.replace(self.key, "…") if self.key else text


def parse_endpoint(text: str, environment: Mapping[str, str], may_leave: bool = False) -> Endpoint:
    """The endpoint of URL[#MODEL]. Raises UsageProblem, also where words would leave the machine unasked."""
    parts = _split(text)
    if parts.username or parts.password:
        raise UsageProblem(f"--mind takes no name and no password in its address: set {KEY} instead")
    if parts.query:  # it may hold a key
        raise UsageProblem(f"--mind {excerpt(text.partition('?')[0])} has a query behind it", EXAMPLE)
    endpoint = Endpoint(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=_port(parts, text),
        base=parts.path.rstrip("/").removesuffix(CALL) or BASE,
        model=printable(parts.fragment.strip()) or None,
        key=environment.get(KEY, "").strip() or None,
    )
    if not endpoint.local and not may_leave:
        what = f"{endpoint.host} is not this machine: what you say would be sent to it"
        raise UsageProblem(what, f"add {LEAVE} if you want that")
    return endpoint


def _split(text: str) -> SplitResult:
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
    except ValueError:
        parts = urlsplit("")
    strange = printable(text) != text or " " in text or ("://" not in text and not _names_a_host(parts))
    if parts.scheme not in PORTS or not parts.hostname or strange:
        raise UsageProblem(f"--mind {excerpt(text)} is not an address", EXAMPLE)
    return parts


def _names_a_host(parts: SplitResult) -> bool:
    """Whether what was given without http:// can be meant as an address: a lone word is a slip, or a model's name."""
    return "@" in parts.netloc or bool(
        _HOST.fullmatch(parts.netloc)
    )  # a password is not shown: it has its own refusal


def _port(parts: SplitResult, text: str) -> int:
    try:
        return parts.port or PORTS[parts.scheme]
    except ValueError:
        raise UsageProblem(f"--mind {excerpt(text)} has an impossible port", EXAMPLE) from None


def is_loopback(host: str) -> bool:
    """ "localhost" counts: the client looks at where the connection really went before it sends a word."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def same_model(asked: str, told: str) -> bool:
    """Whether a server that was asked for one name and tells another means the same: it may leave out a tag, add a
    date, or tell the path of the file, whose name goes on with how it was made.
    """
    one, other = _plain_name(asked), _plain_name(told)
    if not one or not other:
        return False
    if GGUF in (asked[-len(GGUF) :].lower(), told[-len(GGUF) :].lower()):
        return _begins(one, other) or _begins(other, one)
    return other in (one, one.partition(":")[0]) or _DATE.sub("", other) == one


def _begins(name: str, longer: str) -> bool:
    return longer.startswith(name) and longer[len(name) : len(name) + 1] in ("", "-", ".", "_")


def _plain_name(model: str) -> str:
    return file_name(model).lower().removesuffix(GGUF).removesuffix(":latest")


def short_name(model: str) -> str:
    """A model's name for a person, where the server tells the path of its file."""
    name = file_name(model)
    return name[: -len(GGUF)] if name.lower().endswith(GGUF) else model


def file_name(model: str) -> str:
    """The last part of a model's name, which may be a path."""
    return model.replace("\\", "/").rstrip("/").rpartition("/")[2]
