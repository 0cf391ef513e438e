"""A session as JSON: what is stored, joined together; the score is the contract's score object.

Where a mind worded its texts, `mind` says which; `draft` is what became of the draft that an answer was told from.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from voicemock.report.review import AnswerReview, SessionReview


def session_json(session: SessionReview) -> dict[str, Any]:
    return {
        "session": session.id,
        "mode": session.mode,
        "started_at": session.started_at,
        "ended_at": session.ended_at,
        "settings": dict(session.settings),
        "debrief": asdict(session.debrief) if session.debrief else None,
        "answers": [answer_json(answer) for answer in session.answers],
    }


def answer_json(answer: AnswerReview) -> dict[str, Any]:
    """`audio` is relative to the recordings folder, null where the file is gone."""
    words = [token for sentence in answer.sentences for token in sentence.tokens]
    mind = {"mind": answer.written.as_dict()} if answer.written else {}
    drafted = {"draft": asdict(answer.drafted)} if answer.drafted else {}
    return {
        "answer": answer.id,
        "question": answer.question,
        "round": answer.round,
        "principle": answer.principle,
        "exhibit": asdict(answer.exhibit) if answer.exhibit else None,
        "audio": answer.audio_name if answer.audio else None,
        "started_at": answer.started_at,
        "floor_time_s": answer.floor_time_s,
        "reason": answer.reason,
        "complete": answer.complete,
        "corrected": answer.corrected,
        "self_rating": answer.self_rating,
        "words": [asdict(word) for word in words],
        "repeats": [list(group) for group in answer.repeats],
        "moments": [asdict(moment) for moment in answer.moments],
        "pauses": [[pause.start, pause.end] for pause in answer.pauses],
        "unclear": [asdict(stretch) for stretch in answer.unclear],
        "score": answer.score.as_dict() if answer.score else None,
        **mind,
        **drafted,
    }
