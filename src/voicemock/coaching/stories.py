"""The story bank: which stored answers tell the same story. Proposed by their words, decided by the user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voicemock.coaching.story_matching import TELLINGS_KEPT, Bank, Telling, terms, title_of
from voicemock.errors import UnknownSession, UnknownStory
from voicemock.rounds import STORY_ROUNDS
from voicemock.store.store import Store
from voicemock.store.summaries import NOT_PRACTICE


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """An answer in the bank; `shared` are the words by which it was matched, none for a story's first
    answer.
    """

    answer_id: str
    story_id: int
    title: str
    confirmed: bool
    shared: tuple[str, ...]
    started_at: str
    principle: str | None
    overall: float | None


def match_new(store: Store) -> int:
    """Put every scored answer that is in no story yet into one, in the order of telling; return how many
    there were.

    An answer like none of the stories begins a new one. One transaction: a crash leaves the bank as it was.
    """
    new = store.read(
        "SELECT t.answer_id, t.text FROM transcripts t JOIN answers a ON a.id = t.answer_id"
        " JOIN sessions ON sessions.id = a.session_id JOIN summaries s ON s.answer_id = a.id"
        f" WHERE a.round IN ({_marks(STORY_ROUNDS)}) AND a.complete = 1 AND s.overall IS NOT NULL"
        " AND sessions.mode <> ? AND NOT EXISTS (SELECT 1 FROM answer_stories WHERE answer_id = a.id)"
        " ORDER BY a.started_at, a.id",
        *STORY_ROUNDS,
        NOT_PRACTICE,
    )
    if not new:
        return 0
    with store.transaction():
        bank = _bank(store)
        for answer_id, text in new:
            told = terms(text)
            match = bank.best_match(told)
            story_id = match.story_id if match else _begin(store, title_of(told, text))
            _place(store, answer_id, story_id, match.shared if match else (), confirmed=False)
            bank.add(story_id, told)
    return len(new)


def story_answers(store: Store, story_id: int | None = None) -> list[StoryAnswer]:
    """The answers of one story, or of all, by story and then by time. Raises UnknownStory."""
    rows = store.read(
        "SELECT a.id, x.story_id, stories.title, x.confirmed, x.because, a.started_at, a.principle, s.overall"
        " FROM answer_stories x JOIN stories ON stories.id = x.story_id JOIN answers a ON a.id = x.answer_id"
        " LEFT JOIN summaries s ON s.answer_id = a.id WHERE ? IS NULL OR x.story_id = ?"
        " ORDER BY x.story_id, a.started_at, a.id",
        story_id,
        story_id,
    )
    if story_id is not None and not rows:
        raise UnknownStory(f"there is no story {story_id}", "`voicemock stories` lists them")
    return [StoryAnswer(r[0], r[1], r[2], bool(r[3]), tuple(r[4].split()), r[5], r[6], r[7]) for r in rows]


def confirm(store: Store, story_id: int) -> None:
    """Take what was proposed for a story as right. Raises UnknownStory."""
    story_answers(store, story_id)
    with store.transaction() as db:
        db.execute("UPDATE answer_stories SET confirmed = 1 WHERE story_id = ?", (story_id,))


def assign(store: Store, answer_id: str, story_id: int | None) -> int:
    """Say which story an answer tells, None for a new one; returns the story. Raises UnknownSession,
    UnknownStory.
    """
    row = store.answer(answer_id)
    if story_id is not None:
        story_answers(store, story_id)
    with store.transaction():
        if story_id is None:
            story_id = _begin(store, _title(store, row.id))
        _place(store, row.id, story_id, (), confirmed=True)
    return story_id


def rename(store: Store, story_id: int, title: str) -> None:
    """Give a story a title of the user's own. Raises UnknownStory."""
    story_answers(store, story_id)
    with store.transaction() as db:
        db.execute("UPDATE stories SET title = ? WHERE id = ?", (title, story_id))


def merge(store: Store, story_id: int, into: int) -> None:
    """Make two stories one; the first one's title goes. Raises UnknownStory."""
    story_answers(store, story_id), story_answers(store, into)
    with store.transaction() as db:
        db.execute(
            "UPDATE answer_stories SET story_id = ?, confirmed = 1 WHERE story_id = ?", (into, story_id)
        )


def _title(store: Store, answer_id: str) -> str:
    rows = store.read("SELECT text FROM transcripts WHERE answer_id = ?", answer_id)
    if not rows:
        raise UnknownSession(
            f"{answer_id} has no transcript", "`voicemock recover` brings back what a crash left"
        )
    return title_of(terms(rows[0]["text"]), rows[0]["text"])


def _bank(store: Store) -> Bank:
    """The newest tellings of each story."""
    rows = store.read(
        "SELECT story_id, text FROM (SELECT x.story_id, t.text, row_number() OVER"
        " (PARTITION BY x.story_id ORDER BY a.started_at DESC, a.id DESC) AS age FROM answer_stories x"
        " JOIN answers a ON a.id = x.answer_id JOIN transcripts t ON t.answer_id = a.id)"
        " WHERE age <= ? ORDER BY story_id, age DESC",
        TELLINGS_KEPT,
    )
    bank = Bank()
    for story_id, text in rows:
        telling: Telling = terms(text)
        bank.add(story_id, telling)
    return bank


def _begin(store: Store, title: str) -> int:
    with store.transaction() as db:
        number = db.execute("INSERT INTO stories (title) VALUES (?)", (title,)).lastrowid
    assert number is not None
    return number


def _place(store: Store, answer_id: str, story_id: int, shared: Iterable[str], *, confirmed: bool) -> None:
    with store.transaction() as db:
        db.execute(
            "INSERT INTO answer_stories (answer_id, story_id, confirmed, because) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (answer_id) DO UPDATE SET story_id = excluded.story_id,"
            " confirmed = excluded.confirmed, because = excluded.because",
            (answer_id, story_id, confirmed, " ".join(shared)),
        )


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)
