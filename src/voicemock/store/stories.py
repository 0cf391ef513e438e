"""Which answers tell the same story, as it is kept: proposed by their words, decided by the user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voicemock.errors import UnknownSession, UnknownStory
from voicemock.rounds import STORY_ROUNDS
from voicemock.store.store import Store
from voicemock.store.summaries import NOT_PRACTICE


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """An answer in the bank; `shared` are the words by which it was matched, none for a story's first answer."""

    answer_id: str
    story_id: int
    title: str
    confirmed: bool
    shared: tuple[str, ...]
    started_at: str
    principle: str | None
    overall: float | None


def in_no_story(store: Store) -> list[tuple[str, str]]:
    """Every scored answer that is in no story yet, in the order of telling: its id and what was said."""
    rounds = sorted(STORY_ROUNDS)
    rows = store.read(
        "SELECT t.answer_id, t.text FROM transcripts t JOIN answers a ON a.id = t.answer_id"
        " JOIN sessions ON sessions.id = a.session_id JOIN summaries s ON s.answer_id = a.id"
        f" WHERE a.round IN ({', '.join('?' * len(rounds))}) AND a.complete = 1 AND s.overall IS NOT NULL"
        " AND sessions.mode <> ? AND NOT EXISTS (SELECT 1 FROM answer_stories WHERE answer_id = a.id)"
        " ORDER BY a.started_at, a.id",
        *rounds,
        NOT_PRACTICE,
    )
    return [(row[0], row[1]) for row in rows]


def latest_tellings(store: Store, count: int) -> list[tuple[int, str]]:
    """What was said in the newest `count` tellings of each story, the oldest first: (story, text)."""
    rows = store.read(
        "SELECT story_id, text FROM (SELECT x.story_id, t.text, row_number() OVER"
        " (PARTITION BY x.story_id ORDER BY a.started_at DESC, a.id DESC) AS age FROM answer_stories x"
        " JOIN answers a ON a.id = x.answer_id JOIN transcripts t ON t.answer_id = a.id)"
        " WHERE age <= ? ORDER BY story_id, age DESC",
        count,
    )
    return [(row[0], row[1]) for row in rows]


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
    with store.changing("stories", story_id) as db:
        db.execute("UPDATE answer_stories SET confirmed = 1 WHERE story_id = ?", (story_id,))


def rename(store: Store, story_id: int, title: str) -> None:
    """Give a story a title of the user's own. Raises UnknownStory."""
    story_answers(store, story_id)
    with store.changing("stories", story_id) as db:
        db.execute("UPDATE stories SET title = ? WHERE id = ?", (title, story_id))


def merge(store: Store, story_id: int, into: int) -> None:
    """Make two stories one; the first one's title goes. Raises UnknownStory, also where they are one already."""
    if story_id == into:
        raise UnknownStory(f"story {into} can't be part of itself", "name two stories")
    story_answers(store, story_id), story_answers(store, into)
    with store.changing("stories", story_id, into) as db:
        db.execute(
            "UPDATE answer_stories SET story_id = ?, confirmed = 1 WHERE story_id = ?", (into, story_id)
        )


def begin(store: Store, title: str) -> int:
    """A new story of that title; its number."""
    with store.transaction() as db:
        number = db.execute("INSERT INTO stories (title) VALUES (?)", (title,)).lastrowid
        assert number is not None
        store.begun("stories", number)
    return number


def place(store: Store, answer_id: str, story_id: int, shared: Iterable[str], *, confirmed: bool) -> None:
    """Put an answer into a story, and take it out of the one that it was in."""
    before = store.read("SELECT story_id FROM answer_stories WHERE answer_id = ?", answer_id)
    with store.changing("stories", story_id, *(row["story_id"] for row in before)) as db:
        db.execute(
            "INSERT INTO answer_stories (answer_id, story_id, confirmed, because) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (answer_id) DO UPDATE SET story_id = excluded.story_id,"
            " confirmed = excluded.confirmed, because = excluded.because",
            (answer_id, story_id, confirmed, " ".join(shared)),
        )


def said_in(store: Store, answer_id: str) -> str:
    """The transcript of an answer. Raises UnknownSession where it has none."""
    rows = store.read("SELECT text FROM transcripts WHERE answer_id = ?", answer_id)
    if not rows:
        raise UnknownSession(
            f"{answer_id} has no transcript", "`voicemock recover` restores what a crash left"
        )
    return str(rows[0]["text"])
