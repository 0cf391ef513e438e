"""A mind in a loop: the debrief is in its words, the verdicts are the rubric's; one that goes costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.interview.screenplay import Room, room
from tests.interview.test_loop import PLAN, Sitting
from tests.mind.server import MODEL, Asked, Script, serving
from tests.mind.test_afterwards import echo_of_ours, replying
from tests.mind.test_in_an_interview import with_mind
from voicemock.report.build import review_session
from voicemock.report.plain import session_text


def loop(folder: Path, script: Script | None = None) -> tuple[Room, dict[str, Any]]:
    """A loop gone through, with a mind or without; and its debrief."""
    if script is None:
        with room(folder) as there:
            return there, sat(there)
    with serving(script) as server, room(folder) as there:
        return there, sat(with_mind(there, server.endpoint(model=MODEL)))


def sat(there: Room) -> dict[str, Any]:
    debrief = Sitting(there).run()
    assert debrief is not None
    there.shown = session_text(review_session(there.store, "last"))  # type: ignore[attr-defined]
    return debrief


def verdicts(debrief: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in ("score", "verdict", "missed")) for row in debrief["rows"]]


def test_the_debrief_is_in_its_words_and_the_verdicts_stay(tmp_path: Path) -> None:
    _, ours = loop(tmp_path / "ours")
    there, theirs = loop(tmp_path / "theirs", replying(echo_of_ours))
    assert verdicts(theirs) == verdicts(ours) and theirs["verdict"] == ours["verdict"]
    first = theirs["rows"][0]["note"]
    assert "What decided it: so " in first and "What decided it: so " not in ours["rows"][0]["note"]
    assert f"Worded with {MODEL} on this machine" in there.shown  # type: ignore[attr-defined]


def test_a_mind_that_goes_after_two_replies_leaves_the_debrief_to_the_rules(tmp_path: Path) -> None:
    replies = iter(range(2))

    def goes(asked: Asked) -> Iterator[bytes]:
        return iter(()) if next(replies, None) is None else replying(echo_of_ours)(asked)

    there, debrief = loop(tmp_path, goes)
    assert [bool(row["note"]) for row in debrief["rows"]] == [True] * len(PLAN.interviews)
    told = [event.fields["text"] for event in there.told("notice")]
    failed = [at for at, text in enumerate(told) if "own words are used" in text]
    assert len(failed) == 1, "\n".join(told)
    assert not [text for text in told[failed[0] :] if "reads the answer" in text]
