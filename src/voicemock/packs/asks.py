"""Shipped suggestions for what to ask an interviewer, by round."""

from __future__ import annotations

from collections.abc import Mapping

from voicemock.packs.reader import ASKS_FILE, Entry, read_mapping, shipped_folder
from voicemock.rounds import ROUNDS


def load_asks() -> Mapping[str, tuple[str, ...]]:
    """The suggestions of every round. Raises PackError."""
    path = shipped_folder() / ASKS_FILE
    file = Entry(path, "", read_mapping(path))
    file.only(ROUNDS)
    return {round: file.texts(round) for round in file.content}
