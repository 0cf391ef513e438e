"""Sessions for other programs, in the formats that `voicemock export` and the page know."""

from __future__ import annotations

from voicemock.errors import UsageProblem
from voicemock.report import subtitles
from voicemock.report.as_json import session_json
from voicemock.report.markdown import session_markdown
from voicemock.report.review import AnswerReview, SessionReview
from voicemock.report.table import sessions_csv
from voicemock.terminal.printable import json_text


def exported(sessions: list[SessionReview], form: str, one: bool) -> str:
    """The text; `one` says that a session was named. Raises UsageProblem for subtitles of several recordings."""
    if form == "csv":
        return sessions_csv(sessions)
    if form == "json":
        bodies = [session_json(session) for session in sessions]
        return json_text(bodies[0] if one else bodies, indent=2) + "\n"
    if form == "md":
        return "\n".join(session_markdown(session) for session in sessions)
    return {"srt": subtitles.srt, "vtt": subtitles.vtt}[form](_only_answer(sessions, form))


def _only_answer(sessions: list[SessionReview], form: str) -> AnswerReview:
    answers = [answer for session in sessions for answer in session.answers]
    if not answers:
        raise UsageProblem("there is no answer to make subtitles of", "`voicemock review` lists sessions")
    if len(answers) > 1:
        raise UsageProblem(
            f"subtitles belong to one recording, and here are {len(answers)}",
            f"name one, such as `voicemock export {answers[0].id} --format {form}`",
        )
    return answers[0]
