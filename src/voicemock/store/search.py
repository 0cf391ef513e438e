"""Full text over all transcripts, with the time of each place found."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from voicemock.errors import StoreError, UsageProblem
from voicemock.store.store import Store

SNIPPET_WORDS = 8  # on each side of the first place found
PRIMARY_CODE = 0xFF  # the bits of SQLite's error codes that every kind of damage has in common
_OPEN, _CLOSE = "\x02", "\x03"  # marks that no transcript holds
_TERM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer that holds the text. `at_s` are the seconds in the answer's audio of every place found; the
    snippet's `matches` are (start, end) in characters."""

    answer_id: str
    round: str
    question: str
    started_at: str
    at_s: tuple[float, ...]
    snippet: str
    matches: tuple[tuple[int, int], ...]


def search(store: Store, text: str, limit: int = 20) -> list[Hit]:
    """The answers that hold every word of `text`, best first. Raises UsageProblem where `text` has no word
    in it.

    Words match in all their forms ("customers" finds "customer"); "quoted words" match together and in
    order; a star at the end of a word stands for any ending.
    """
    rows = store.read(
        "SELECT a.id, a.round, a.question, a.started_at, highlight(transcript_index, 0, ?, ?) AS marked"
        " FROM transcript_index JOIN transcripts t ON t.id = transcript_index.rowid"
        " JOIN answers a ON a.id = t.answer_id WHERE transcript_index MATCH ?"
        " ORDER BY rank, a.started_at DESC LIMIT ?",
        _OPEN,
        _CLOSE,
        match_expression(text),
        limit,
    )
    return [_hit(store, *row) for row in rows]


def index_is_sound(store: Store) -> bool:
    """Whether the index holds the words of the transcripts, all of them and no others.

    Raises StoreError where that can't be found out, such as in a folder that can't be written to.
    """
    try:
        with store.transaction() as db:
            db.execute("INSERT INTO transcript_index (transcript_index, rank) VALUES ('integrity-check', 1)")
    except StoreError as error:
        if not _damage(error.__cause__):
            raise
        return False
    return True


def _damage(cause: BaseException | None) -> bool:
    code = getattr(cause, "sqlite_errorcode", 0) & PRIMARY_CODE
    return code == sqlite3.SQLITE_CORRUPT or isinstance(cause, UnicodeDecodeError)


def rebuild_index(store: Store) -> None:
    """Make the index again from the transcripts, whatever state it is in."""
    with store.transaction() as db:
        db.execute("INSERT INTO transcript_index (transcript_index) VALUES ('rebuild')")


def match_expression(text: str) -> str:
    """What the user typed in FTS5's language; nothing in it is taken for an operator."""
    terms: list[str] = []
    for quoted, bare in _TERM.findall(text):
        term = (quoted or bare).replace('"', "")
        if any(letter.isalnum() for letter in term):
            star = "*" if bare.endswith("*") else ""
            terms.append(f'"{term}"{star}')
    if not terms:
        raise UsageProblem(f"nothing to search for in “{text}”", 'such as `voicemock search "churn rate"`')
    return " ".join(terms)


def _hit(store: Store, answer_id: str, round_slug: str, question: str, started_at: str, marked: str) -> Hit:
    tokens = marked.split()
    places = [at for at, token in enumerate(tokens) if _OPEN in token]
    words = store.words(answer_id)
    snippet, matches = _snippet(tokens, places[0])
    times = tuple(round(words[at].start, 2) for at in places if at < len(words))
    return Hit(answer_id, round_slug, question, started_at, times, snippet, matches)


def _snippet(tokens: list[str], place: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around a place without the marks, and where the marks were."""
    first, last = max(0, place - SNIPPET_WORDS), min(len(tokens), place + SNIPPET_WORDS + 1)
    marked = ("… " if first else "") + " ".join(tokens[first:last]) + (" …" if last < len(tokens) else "")
    plain, matches, start = "", [], None
    for letter in marked:
        if letter == _OPEN:
            start = len(plain)
        elif letter == _CLOSE:
            matches.append((start or 0, len(plain)))
            start = None
        else:
            plain += letter
    if start is not None:  # a phrase that runs on behind the snippet's end
        matches.append((start, len(plain)))
    return plain, tuple(matches)
