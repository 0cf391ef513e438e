"""Names that the user corrected, kept for the recogniser."""

from __future__ import annotations

from collections.abc import Iterable

from voicemock.store.store import Store

MOST = 30  # names; Whisper's prompt is short, and a long one makes it repeat the prompt


def hints(store: Store) -> tuple[str, ...]:
    """The names to listen for, those corrected most often first, at most `MOST`."""
    rows = store.read(
        "SELECT text FROM hints GROUP BY text ORDER BY count(*) DESC, max(rowid) DESC LIMIT ?", MOST
    )
    return tuple(row["text"] for row in rows)


def remember(store: Store, answer_id: str, names: Iterable[str]) -> None:
    """Keep the names of an answer's corrections in place of those kept before; they go when the answer goes."""
    with store.changing("answers", answer_id) as db:
        db.execute("DELETE FROM hints WHERE answer_id = ?", (answer_id,))
        db.executemany(
            "INSERT OR IGNORE INTO hints (text, answer_id) VALUES (?, ?)", [(n, answer_id) for n in names]
        )
