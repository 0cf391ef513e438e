"""Names that the user corrected once, given to the recogniser as hints from then on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from voicemock.coaching.alignment import plain
from voicemock.store.store import Store
from voicemock.transcript import SENTENCE_END, Word

_AROUND = ".,;:!?…\"'“”‘’()"
MOST = 30  # names; Whisper's prompt is short, and a long one makes it repeat the prompt


def hints(store: Store) -> tuple[str, ...]:
    """The names to listen for, those corrected most often first, at most `MOST`."""
    rows = store.read(
        "SELECT text FROM hints GROUP BY text ORDER BY count(*) DESC, max(rowid) DESC LIMIT ?", MOST
    )
    return tuple(row["text"] for row in rows)


def remember(store: Store, answer_id: str, names: Iterable[str]) -> None:
    """Keep the names of an answer's corrections in place of those kept before; they go when the answer
    goes.
    """
    with store.transaction() as db:
        db.execute("DELETE FROM hints WHERE answer_id = ?", (answer_id,))
        db.executemany(
            "INSERT OR IGNORE INTO hints (text, answer_id) VALUES (?, ?)", [(n, answer_id) for n in names]
        )


def corrected_names(heard: Sequence[Word], corrected: Sequence[Word]) -> tuple[str, ...]:
    """The names among the words that the user put in place of others: "Kubernetes", "Jira board" gives
    "Jira".

    Neighbouring names are one ("San Marino"). A capital at the start of a sentence makes no name by itself.
    """
    # with their capitals: "marino" that became "Marino" is part of a name
    before, after = ([word.text.strip(_AROUND) for word in words] for words in (heard, corrected))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    names: list[str] = []
    for kind, _, _, first, last in matcher.get_opcodes():
        if kind in ("replace", "insert"):
            names += _runs(corrected, first, last)
    return tuple(dict.fromkeys(names))


def _runs(words: Sequence[Word], first: int, last: int) -> list[str]:
    runs: list[list[str]] = [[]]
    for at in range(first, last):
        if _is_name(words, at):
            runs[-1].append(words[at].text.strip(_AROUND))
        if not _is_name(words, at) or SENTENCE_END.search(words[at].text):
            runs.append([])
    return [" ".join(run) for run in runs if run]


def _is_name(words: Sequence[Word], at: int) -> bool:
    text = words[at].text.strip("\"'“‘(")
    capitals = sum(letter.isupper() for letter in text)
    if at and not SENTENCE_END.search(words[at - 1].text):
        return capitals >= 1 and plain(text) not in ("i", "i'm", "i'd", "i've", "i'll")
    return capitals >= 2 or (capitals == 1 and any(letter.isdigit() for letter in text))
