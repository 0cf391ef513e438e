"""Bad recordings folders: damaged and forged databases, recordings and what lies beside them, odd arguments."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from tests.hostile.files import TYPES, tone
from tests.hostile.texts import HOSTILE, NASTY_NAMES, answer_with, cuts, flips, wrong_bytes
from tests.hostile.trial import STORE, Case
from tests.stored import add_answer, metric, score_object, shows
from voicemock.packs.exhibits import Exhibit
from voicemock.packs.questions import Question
from voicemock.scoring.model import Score
from voicemock.store.database import DATABASE
from voicemock.store.store import Store

COMMANDS = (
    ("review",), ("review", "last"), ("review", "last", "--plain"), ("review", "last", "--json"),
    ("review", "last", "--html"),
    ("progress",), ("progress", "--html"), ("stories",), ("stories", "show", "1"), ("search", "oven"),
    ("export", "last"),
    ("export", "--format", "csv"), ("export", "last", "--format", "vtt"), ("export", "--format", "json"), ("verify",),
    ("verify", "--json"), ("retry", "s1", "--compare", "s1"), ("correct", "last", "--replace", "oven=stove"),
    ("correct", "last", "--undo"), ("recover",), ("review", "last", "--delete", "--yes"), ("stories", "confirm", "1"),
    ("review", "--plain"), ("loop", "--resume"), ("recover", "--rescore"),
)  # fmt: skip
QUESTION = Question(
    "own-01", "behavioral", "Tell me.", "ownership", exhibit=Exhibit("T", ("A", "B"), (("1", "2"),))
)


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="voicemock-hostile-")  # removed when Python ends


@cache
def pristine() -> Path:
    """A store with two tellings of one story and all that can be stored of them; copied for every case."""
    folder = Path(_place().name) / STORE
    fill(folder)
    return folder


def fill(folder: Path, text: str = "") -> None:
    """`text` stands wherever a text can stand."""
    said = answer_with(text)
    told = score_object(
        2.5, question=text, strength=f"Good {text}", verdict=text or "below the bar", not_scored=None,
        fixes=[{"dimension": "metrics", "sentence": 0, "say": f"Say {text}"}], vague=[{"sentence": 0, "text": text}],
        sentences=[{"text": said, "start": 0.0, "end": 9.0, "star": "S"}],
        principles=shows("ownership", text or "x"),
        metrics=[metric(f"from 12 to 3 {text}", before=12, after=3, unit=text or None, period=text or None)],
        inconsistencies=[{"sentence": 0, "said": text, "computed": text}], customer="none",
        framework={text or "part": False}, interrupts=[{"after_sentence": 0, "kind": "baseline", "question": text}],
    )  # fmt: skip
    exhibit = Exhibit(f"T {text}", (f"A {text}", "B"), ((text, "2"),))
    question = asdict(
        Question("own-01", "behavioral", f"Tell me {text}", "ownership", type=text, exhibit=exhibit)
    )
    details = {
        "question": question,
        "unclear": [{"start": 1.0, "end": 2.0, "text": text}],
        "pauses": [[1.0, 6.0]],
    }
    events = [
        {"type": "interrupt", "t": 3.0, "question": f"Q {text}", "after": text, "kind": text},
        {"type": "probe", "t": 4.0, "question": text}, {"type": "warning", "t": 5.0, "remaining_s": 60.0},
    ]  # fmt: skip
    with Store(folder) as store:
        for answer in ("s1/1", "s02/1"):
            row = add_answer(
                store,
                answer,
                said,
                scored=Score.from_dict(told),
                details=details,
                question=f"Tell me {text}",
                reason=text,
            )
            store.add_events(row.session_id, row.id, events)
            debrief = {"verdict": text, "bar_raiser": text, "practise": [{"why": text, "command": text}],
                       "interviewers": [{"name": text, "round": text, "score": 3.0, "verdict": text, "note": text,
                                         "principles": [{"slug": text, "evidence": [{"text": text}]}],
                                         "missed": [text]}]}  # fmt: skip
            store.change_settings(row.session_id, {"debrief": debrief, "style": text})
            (folder / row.session_id).mkdir(exist_ok=True)
            (folder / f"{answer}.wav").write_bytes(tone("wav"))
            asked = {"question": asdict(QUESTION), "started_at": row.started_at, "notes": {"x": text}}
            (folder / f"{answer}.json").write_text(json.dumps(asked))
        if text:
            with store.transaction() as db:
                db.execute("UPDATE sessions SET mode = ?", (text,))
                db.execute("INSERT INTO stories (title) VALUES (?)", (f"Story {text}",))
                db.execute(
                    "INSERT INTO answer_stories (answer_id, story_id, confirmed, because) VALUES ('s1/1', 1, 0, ?)",
                    (text,),
                )
                db.execute("INSERT INTO hints (text, answer_id) VALUES (?, 's1/1')", (text,))
                db.execute("UPDATE answers SET principle = ?, round = ? WHERE id = 's02/1'", (text, text))


def copied(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def put(work: Path) -> None:
        shutil.copytree(pristine(), work / STORE)
        change(work / STORE)

    return put


def databases(count: int) -> Iterator[Case]:
    good = (pristine() / DATABASE).read_bytes()
    commands = itertools.cycle(COMMANDS)
    found = [
        *cuts(good, 101),
        *flips(good, count // 3, seed=10, head=100),
        *flips(good, count - count // 3, seed=11),
    ]
    for name, content in (*found, *wrong_bytes("x")):  # a file of one byte is a new database to SQLite

        def put(folder: Path, content: bytes = content) -> None:
            (folder / DATABASE).write_bytes(content)

        yield Case(
            "database",
            name,
            next(commands),
            copied(put),
            names=STORE if name.startswith("cut") and len(content) > 1 else "",
        )
    for name, place in (("a folder", "mkdir"), ("a link to itself", "link")):

        def odd(folder: Path, place: str = place) -> None:
            (folder / DATABASE).unlink()
            (folder / DATABASE).mkdir() if place == "mkdir" else (folder / DATABASE).symlink_to(DATABASE)

        yield Case("database", name, ("review", "last"), copied(odd), names=STORE)


def rows(every: int) -> Iterator[Case]:
    """A hostile text wherever the store keeps one, under every command; then values of the wrong kind and ids that lead
    elsewhere."""
    for i, text in enumerate(HOSTILE):
        for at, command in enumerate(COMMANDS):
            if (i + at) % every == 0:
                yield Case("rows", f"hostile {i}", command, lambda work, text=text: fill(work / STORE, text))
    commands = itertools.cycle(COMMANDS)
    for key, value in itertools.product(score_object(), TYPES):
        forged = score_object(**{key: value})
        yield Case(
            "rows", f"score {key} {value!r:.20}", next(commands), copied(_sql("scores", "body", forged))
        )
    for key, value in itertools.product(("question", "pauses", "unclear", "interrupts", "recovered"), TYPES):
        yield Case(
            "rows",
            f"details {key} {value!r:.20}",
            next(commands),
            copied(_sql("answers", "details", {key: value})),
        )
    for key, value in itertools.product(("debrief", "loop", "style", "spent_s"), TYPES):
        yield Case(
            "rows",
            f"settings {key} {value!r:.20}",
            next(commands),
            copied(_sql("sessions", "settings", {key: value})),
        )
    for table, column in (
        ("answers", "details"),
        ("sessions", "settings"),
        ("scores", "body"),
        ("events", "body"),
    ):
        for raw in ("", "{", "[]", "null", "1", "[" * 100_000, '{"t": NaN}', '"x"', "{}"):
            yield Case(
                "rows", f"{table}.{column} {raw[:9]}", next(commands), copied(_sql(table, column, raw))
            )
    for column, value in itertools.product(
        ("floor_time_s", "started_at", "audio", "number"), (-1, 0, 1e300, 1e18, 2**62, "x")
    ):
        yield Case("rows", f"{column} {value}", next(commands), copied(_sql("answers", column, value)))
    for column, value in itertools.product(("start", "end", "probability"), (-1.0, 1e300, 1e18)):
        yield Case("rows", f"words.{column} {value}", next(commands), copied(_sql("words", column, value)))
    for name, command in itertools.product(
        ("../up", "../../up", "/tmp/voicemock-up", ".", "", "s1/../../up", "a\0b"), COMMANDS[1:21]
    ):
        yield Case("rows", f"id {name!r}", command, copied(moved(name)))


def _sql(table: str, column: str, value: Any) -> Callable[[Path], None]:
    """Put a value into a column as the store itself would, so that nothing but the value is odd."""

    def change(folder: Path) -> None:
        stored = json.dumps(value) if isinstance(value, dict) else value
        with Store(folder) as store, store.transaction() as db:
            try:
                db.execute(f"UPDATE {table} SET {column} = ?", (stored,))
            except Exception:  # noqa: BLE001 - the schema refuses it, which is as good
                return

    return change


def moved(name: str) -> Callable[[Path], None]:
    """The newest session is called `name`, and its recording is said to lie there."""

    def change(folder: Path) -> None:
        with Store(folder) as store:
            store.add_session(name, "practice", "2030-01-01T00:00:00+00:00", {})
            with store.transaction() as db:
                db.execute(
                    "UPDATE answers SET session_id = ?, audio = ? WHERE id = 's02/1'", (name, f"{name}/1.wav")
                )

    return change


def recordings(count: int) -> Iterator[Case]:
    """What a crash may leave: recordings without rows, and what lies beside them."""
    good, asked = (
        tone("wav"),
        json.dumps({"question": asdict(QUESTION), "started_at": "2026-04-01T09:30:00+00:00"}).encode(),
    )
    found = [
        ("wav", name, content) for name, content in (*cuts(good, 64), *flips(good, count // 2, 12, head=48))
    ]
    found += [("json", name, content) for name, content in (*cuts(asked, 80), *flips(asked, count // 2, 13))]
    found += [("json", name, content) for name, content in wrong_bytes("{}")]
    for key, value in itertools.product(("question", "started_at", "notes"), TYPES):
        found.append(("json", f"{key} {value!r:.20}", json.dumps({**json.loads(asked), key: value}).encode()))
    for key, value in itertools.product(asdict(QUESTION), (*TYPES, "../../x", "\x1b[2J")):
        forged = {"question": {**asdict(QUESTION), key: value}, "started_at": "2026-04-01T09:30:00+00:00"}
        found.append(("json", f"question {key} {value!r:.20}", json.dumps(forged).encode()))
    for at, (ending, name, content) in enumerate(found):

        def put(work: Path, ending: str = ending, content: bytes = content) -> None:
            shutil.copytree(pristine(), work / STORE)
            lost = work / STORE / "s3"
            lost.mkdir()
            (lost / "1.wav").write_bytes(good)
            (lost / "1.json").write_bytes(asked)
            (lost / f"1.{ending}").write_bytes(content)

        yield Case("recording", f"{ending} {name}", ("verify",) if at % 5 == 0 else ("recover",), put)
    for name in NASTY_NAMES:
        if "/" in name or len(name) > 200:
            continue

        def named(work: Path, name: str = name) -> None:
            (work / STORE / name).mkdir(parents=True)
            (work / STORE / name / "1.wav").write_bytes(good)
            (work / STORE / name / "1.json").write_bytes(asked)

        for command in (("recover",), ("verify",), ("review",)):
            yield Case("recording", f"named {name!r}", command, named)
    yield Case(
        "recording",
        "a folder that is a link elsewhere",
        ("review", "s1", "--html"),
        copied(_linked("s1", "../elsewhere")),
    )
    yield Case(
        "recording",
        "a page that is a link elsewhere",
        ("review", "s1", "--html"),
        copied(_linked("s1/review.html", "../../up")),
    )
    yield Case(
        "recording",
        "a folder that is a link elsewhere",
        ("review", "s1", "--delete", "--yes"),
        copied(_linked("s1", "../elsewhere")),
    )
    yield Case("recording", "a folder that links to itself", ("recover",), copied(_linked("s1", "s1")))
    yield Case(
        "recording", "a folder that links to itself", ("review", "s1", "--html"), copied(_linked("s1", "s1"))
    )


def _linked(name: str, target: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder.parent / "elsewhere").mkdir()
        (folder.parent / "elsewhere" / "kept").write_text("x")
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        path.symlink_to(target)

    return change


def arguments() -> Iterator[Case]:
    odd = (
        *NASTY_NAMES,
        *HOSTILE,
        "last/../..",
        "s1/" + "9" * 5000,
        "s1/\u0664",
        "s1/1/1",
        "",
        "%",
        "'; DROP TABLE sessions;--",
    )
    shapes: tuple[tuple[str, ...], ...] = (
        ("review", "X"), ("review", "s1", "--play", "X"), ("export", "X"), ("correct", "X"),
        ("retry", "X", "--compare", "s1"),
        ("search", "X"), ("stories", "assign", "X", "1"), ("stories", "assign", "s1/1", "X"),
        ("stories", "rename", "1", "X"),
        ("correct", "s1", "--replace", "X"), ("correct", "s1", "--replace", "oven=X"), ("questions", "show", "X"),
        ("questions", "--tag", "X"), ("score", "--question", "X", "a.txt"), ("score", "--round", "X", "a.txt"), ("X",),
        ("models", "path", "X"), ("review", "--recordings", "X"), ("questions", "--prompts", "X"),
        ("score", "a.wav", "--model", "X"),
        ("practice", "--question", "X", "--candidate", "nothing.wav"), ("practice", "--prompts", "X"),
        ("loop", "--resume", "X"),
    )  # fmt: skip
    for shape, text in itertools.product(shapes, odd):
        words = tuple(text if word == "X" else word.replace("X", text) for word in shape)
        if "\0" not in "".join(words):

            def put(work: Path) -> None:
                shutil.copytree(pristine(), work / STORE)
                (work / "a.txt").write_text(answer_with(""))
                (work / "a.wav").write_bytes(tone("wav"))

            yield Case("argument", " ".join(shape), words, put)
