"""The exchange with the model, written down, and a model that answers out of such a log.

A log holds what the candidate said, and never a key: its file is private like everything that voicemock writes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from voicemock.errors import MindError, UsageProblem
from voicemock.limits import read_stored, read_up_to
from voicemock.mind.client import Ask, Leash, Reply, Talks
from voicemock.mind.endpoint import Endpoint
from voicemock.terminal.printable import json_text

REPLAY = "replay:"  # --mind replay:FILE
LIST = "models"  # what a line with the server's models is for
LOG_BYTES = 1 << 26


def is_exchange(row: Mapping[str, object]) -> bool:
    """Whether a line of JSON is one that `Recorded` wrote."""
    return {"time", "for"} <= row.keys() and bool({"models", "request"} & row.keys())


class Recorded:
    """Passes on what it is asked, and writes both down, a line each, at once."""

    def __init__(self, talks: Talks, file: IO[str]) -> None:
        self._talks = talks
        self._file = file

    @property
    def endpoint(self) -> Endpoint:
        return self._talks.endpoint

    def models(self) -> tuple[str, ...]:
        names = self._talks.models()
        self._write(LIST, {"models": names})
        return names

    def ask(self, ask: Ask, leash: Leash) -> Reply:
        row: dict[str, Any] = {"request": ask.body(self.endpoint.model)}
        try:
            reply = self._talks.ask(ask, leash)
        except MindError as error:
            self._write(ask.purpose, {**row, "fault": str(error)})
            raise
        self._write(ask.purpose, {**row, "reply": asdict(reply)})
        return reply

    def _write(self, purpose: str, row: dict[str, Any]) -> None:
        head = {"time": datetime.now().astimezone().isoformat(timespec="milliseconds"), "for": purpose}
        try:
            print(json_text({**head, **row}), file=self._file, flush=True)
        except OSError as error:
            cause = f"the exchange can't be written to {self._file.name} ({error.strerror})"
            raise MindError(cause, "free some space, or leave --mind-log out") from error


class Replayed:
    """Answers what the log at `path` answered to the same words, in the same order. Raises UsageProblem."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.endpoint = Endpoint("http", "localhost", 0, replay=f"{REPLAY}{path}")
        self._replies: dict[str, list[Reply | str]] = {}
        self._models: tuple[str, ...] = ()
        try:
            for line in (read_up_to(path, LOG_BYTES) or b"").decode().splitlines():
                self._take(json.loads(line))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            raise UsageProblem(
                f"{path} was not written by --mind-log", "name a file that --mind-log wrote"
            ) from None

    def _take(self, row: dict[str, Any]) -> None:
        if "models" in row:
            self._models = tuple(map(str, row["models"]))
            return
        if self.endpoint.model is None and (model := row["request"].get("model")):
            self.endpoint = replace(self.endpoint, model=str(model))
        told = str(row["fault"]) if "fault" in row else read_stored(Reply, row["reply"])
        self._replies.setdefault(_key(row["request"]["messages"]), []).append(told)

    def models(self) -> tuple[str, ...]:
        return self._models

    def ask(self, ask: Ask, leash: Leash) -> Reply:
        del leash  # it is there at once
        left = self._replies.get(_key(ask.messages), [])
        if not left:
            raise MindError(f"{self._path} has no reply to this", "record it anew with --mind-log")
        told = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(told, Reply):
            return told
        raise MindError(told)


def _key(messages: object) -> str:
    return json.dumps(messages, sort_keys=True, default=list)
