"""A user's language model as the rest of the house holds it: asked by prompt, its faults told once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from voicemock.errors import MindError
from voicemock.mind.client import Ask, Leash, Reply, Talks
from voicemock.mind.endpoint import Endpoint, same_model, short_name
from voicemock.mind.prompting import Prompts
from voicemock.mind.replies import has_a_line
from voicemock.terminal.printable import excerpt, printable

WARM_S = 30.0  # a model may have to be loaded from disk before it says its first word
WARM_UP = "warm-up"
WARM = ({"role": "user", "content": "Say yes."},)
ONE_LINE = frozenset({"gap", "strength"})  # prompts whose reply is its first line
NAMED = 5  # models that a message lists

Open = Callable[[Endpoint], Talks]


class Mind:
    """Words for what the rules have decided. `local` says that nothing leaves the machine. `doubt` is why it
    gives no second opinion, empty where it may, once somebody has looked (`obedience`).

    After a fault it rests until `wake` (the next answer): a model that is gone costs no more than one wait an answer.
    """

    def __init__(self, talks: Talks, prompts: Prompts) -> None:
        self._talks = talks
        self._prompts = prompts
        self._lock = threading.Lock()
        self._resting = False
        self._failing = False  # its last word was a fault
        self._fault: MindError | None = None  # the first one, until it is told
        self._told = False
        self.doubt: str | None = None

    @property
    def endpoint(self) -> Endpoint:
        return self._talks.endpoint

    @property
    def local(self) -> bool:
        return self.endpoint.local

    @property
    def name(self) -> str:
        return printable(short_name(self.endpoint.model or "the model"))

    @property
    def resting(self) -> bool:
        with self._lock:
            return self._resting

    @property
    def failing(self) -> bool:
        """Whether nothing has come from it since its last fault."""
        with self._lock:
            return self._failing

    def wake(self) -> None:
        with self._lock:
            self._resting = False

    def as_setting(self) -> dict[str, object]:
        """What a session keeps of it."""
        return {"model": self.name, "address": self.endpoint.address, "local": self.local}

    def ask(
        self, prompt: str, fields: Mapping[str, str], tokens: int, limit_s: float, leash: Leash | None = None
    ) -> Reply:
        """The reply to a prompt. Raises MindError; a fault is kept for `trouble`, unless it was called off."""
        leash = leash or Leash()
        enough = has_a_line if prompt in ONE_LINE else None
        asked = Ask(self._prompts[prompt].filled(fields), tokens, limit_s, enough, prompt)
        try:
            reply = self._talks.ask(asked, leash)
        except MindError as error:
            if not leash.cancelled:
                self.failed(error)
            raise
        with self._lock:
            self._failing = False
            if self._told:
                self._fault, self._told = None, False
        return reply

    def failed(self, error: MindError) -> None:
        with self._lock:
            self._resting = self._failing = True
            self._fault = self._fault or error

    @property
    def fault(self) -> MindError | None:
        """What went wrong first since it last was well."""
        with self._lock:
            return self._fault

    def trouble(self) -> str | None:
        """One notice for all that went wrong, once; another only for a fault after it had answered again."""
        with self._lock:
            if self._fault is None or self._told:
                return None
            self._told = True
            return f"Our own words are used for now, because {self._fault}"

    def warm_up(self) -> None:
        """Have the model loaded, so that the first line need not wait for that. A fault is kept, not raised."""
        try:
            self._talks.ask(Ask(WARM, 1, WARM_S, purpose=WARM_UP, may_be_empty=True), Leash())
        except MindError as error:
            self.failed(error)


class Finding:
    """A server that may not be there yet: its model is looked for when it is first asked."""

    def __init__(self, endpoint: Endpoint, talk: Open) -> None:
        self._wanted = endpoint
        self._talk = talk
        self._found: Talks | None = None

    @property
    def endpoint(self) -> Endpoint:
        return self._found.endpoint if self._found else self._wanted

    def models(self) -> tuple[str, ...]:
        return self._talk(self._wanted).models()

    def ask(self, ask: Ask, leash: Leash) -> Reply:
        self._found = self._found or found(self._wanted, self._talk)
        return self._found.ask(ask, leash)


def found(endpoint: Endpoint, talk: Open) -> Talks:
    """The server at `endpoint` with the model that is meant. Raises MindError."""
    talks = talk(endpoint)
    names = talks.models()
    listed = ", ".join(excerpt(short_name(name)) for name in names[:NAMED]) or "none"
    if endpoint.model:
        if names and not any(same_model(endpoint.model, name) for name in names):
            raise MindError(f"{endpoint.address} has no model {endpoint.model}", f"it has {listed}")
        return talks
    if len(names) != 1:
        raise MindError(
            f"{endpoint.address} has {len(names)} models ({listed})", "say which: --mind URL#MODEL"
        )
    return talk(replace(endpoint, model=names[0]))
