"""Sessions for other programs, in the formats that `voicemock export` and the page know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import indent

from voicemock.errors import UsageProblem
from voicemock.report import subtitles
from voicemock.report.as_csv import sessions_csv
from voicemock.report.as_json import session_json
from voicemock.report.markdown import session_markdown
from voicemock.report.review import AnswerReview, SessionReview
from voicemock.terminal.printable import json_text


def exported(sessions: Iterable[SessionReview], form: str, one: bool) -> Iterator[str]:
    """The text, in parts as it is read; `one` says that a session was named. Raises UsageProblem for subtitles of
    several recordings.
    """
    if form == "csv":
        return sessions_csv(sessions)
    if form == "json":
        return _json(sessions, one)
    if form == "md":
        return (("\n" if number else "") + session_markdown(each) for number, each in enumerate(sessions))
    return iter([{"srt": subtitles.srt, "vtt": subtitles.vtt}[form](_only_answer(sessions, form))])


def _json(sessions: Iterable[SessionReview], one: bool) -> Iterator[str]:
    """One object, or a list of them."""
    if one:
        yield from (json_text(session_json(session), indent=2) + "\n" for session in sessions)
        return
    opening = "["
    for session in sessions:
        yield f"{opening}\n" + indent(json_text(session_json(session), indent=2), "  ")
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _only_answer(sessions: Iterable[SessionReview], form: str) -> AnswerReview:
    answers = [answer for session in sessions for answer in session.answers]
    if not answers:
        raise UsageProblem("there is no answer to make subtitles of", "`voicemock review` lists sessions")
    if len(answers) > 1:
        raise UsageProblem(
            f"subtitles belong to one recording, and here are {len(answers)}",
            f"name one, such as `voicemock export {answers[0].id} --format {form}`",
        )
    return answers[0]
