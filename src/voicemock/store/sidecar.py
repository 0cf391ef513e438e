"""What was asked, kept beside each recording before it begins: `recover` reads it where the row is missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from voicemock.files import CHOOSE_FOLDER, write_file
from voicemock.packs.questions import Question, stored_question

_DIGEST = "sha256"  # of the rest of the file
_BODY = frozenset(("question", "started_at", "notes"))


def asked_path(audio: Path) -> Path:
    """Where it is kept for a recording."""
    return audio.with_suffix(".json")


def keep_asked(audio: Path, question: Question, started_at: str, notes: Mapping[str, Any]) -> None:
    """Write it for the recording that is about to begin. Raises StoreError."""
    body = {"question": asdict(question), "started_at": started_at, "notes": dict(notes)}
    write_file(asked_path(audio), _rendered(body), CHOOSE_FOLDER)


def read_asked(audio: Path) -> dict[str, Any]:
    """What was written before the recording began; empty where it is missing or damaged."""
    try:
        body = json.loads(asked_path(audio).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def asked_beside(audio: Path) -> Question | None:
    """The question that a recording of ours answers; None where none is kept beside it, as for any other sound."""
    body = read_asked(audio)
    if not isinstance(body.get("question"), dict) or asked_fault(audio):
        return None
    try:
        return stored_question(body["question"])
    except (TypeError, ValueError, AttributeError):
        return None  # of another program's making


def asked_fault(audio: Path) -> str | None:
    """What is wrong with it; None where it is byte for byte as it was written.

    What an older voicemock wrote has no digest: of that only the form is looked at.
    """
    path = asked_path(audio)
    try:
        content = path.read_bytes()
    except OSError as error:
        return f"{path.name} can't be read ({error.strerror})"
    body = read_asked(audio)
    if body and body.keys() <= _BODY:
        return None
    body.pop(_DIGEST, None)
    return None if content == _rendered(body) else f"{path.name} is damaged"


def _rendered(body: Mapping[str, Any]) -> bytes:
    digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    return json.dumps({**body, _DIGEST: digest}).encode()
