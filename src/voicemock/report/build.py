"""From the store's rows to the review object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from voicemock.coaching.draft import Draft
from voicemock.coaching.drafts import pace_of
from voicemock.coaching.left_out import DraftComparison, compare_with_draft
from voicemock.coaching.repeats import said_again
from voicemock.interview.rating import read_mark
from voicemock.mind.written import read_written, reworded
from voicemock.packs.exhibits import stored_exhibit
from voicemock.report.debrief import read_debrief
from voicemock.report.review import (
    AnswerReview,
    Moment,
    SessionReview,
    Stretch,
)
from voicemock.report.sentences import MarkKind, SentenceReview, place_marks, split_words
from voicemock.scoring.model import Score
from voicemock.scoring.models.encoder import default_encoder
from voicemock.speech.fillers import without_fillers
from voicemock.store.database import read_as_written
from voicemock.store.kept import Told
from voicemock.store.store import CORRECTED, AnswerRow, SessionRow, Store
from voicemock.transcript import Word, sentences_from_words
from voicemock.wording import metric_words


def review_session(store: Store, session_id: str) -> SessionReview:
    """The review of a session; `last` is the newest. Raises UnknownSession."""
    row = store.session(session_id)
    return SessionReview(
        id=row.id,
        mode=row.mode,
        started_at=row.started_at,
        ended_at=row.ended_at,
        settings=row.settings,
        answers=tuple(_review(store, answer) for answer in store.answers(row.id)),
        debrief=read_debrief(_debrief(store, row)),
    )


def _debrief(store: Store, row: SessionRow) -> object:
    """The debrief of a finished loop as its answers score now: they may have been corrected since."""
    stored = row.settings.get("debrief")
    if not stored:
        return None
    from voicemock.interview.loop.stored import debrief_of, stored_plan  # only loops need what is behind it

    plan = stored_plan(row.settings)
    return stored if plan is None else debrief_of(store, row.id, plan)


def review_answer(store: Store, answer_id: str) -> AnswerReview:
    """The review of one answer, SESSION/NUMBER. Raises UnknownSession."""
    return _review(store, store.answer(answer_id))


def review_told(told: Told, score: Score, number: int) -> AnswerReview:
    """The review of an answer that is not stored: it has no id, no recording and no moments."""
    words = told.spoken.words if told.spoken else ()
    return AnswerReview(
        id="", number=number, question=told.answer.question, round=told.answer.round, principle=told.answer.principle,
        exhibit=None, audio=None, audio_name="", started_at="", floor_time_s=told.answer.floor_time_s or 0.0,
        reason=None, complete=True, broken_off=False, recovered=False, corrected=False,
        sentences=_sentences(score, words), moments=(),
        pauses=tuple(Stretch(start, end) for start, end in told.answer.pauses or ()),
        unclear=tuple(Stretch(start, end) for start, end in told.answer.unclear), score=score,
        repeats=_repeats(score, ()),
    )  # fmt: skip


def _review(store: Store, row: AnswerRow) -> AnswerReview:
    with read_as_written(row.id):
        written = read_written(row.details.get("mind"))
        mark = read_mark(row.details.get("self_rating"))
    score = store.score(row.id)
    score = score and reworded(score, written)
    audio = store.path_of(row.audio) if row.audio else None
    asked = row.details.get("question")
    events = store.events(row.id)
    moments = _moments(events, row.details)
    return AnswerReview(
        id=row.id,
        number=row.number,
        question=row.question,
        round=row.round,
        principle=row.principle,
        exhibit=stored_exhibit(asked.get("exhibit")) if isinstance(asked, Mapping) else None,
        audio=audio if audio and audio.is_file() else None,
        audio_name=row.audio,
        started_at=row.started_at,
        floor_time_s=row.floor_time_s,
        reason=row.reason,
        complete=row.complete,
        broken_off=bool(row.details.get("broken_off")),
        recovered=bool(row.details.get("recovered")),
        corrected=bool(store.words(row.id, CORRECTED)),
        sentences=_sentences(score, store.words(row.id)),
        moments=moments,
        pauses=tuple(Stretch(start, end) for start, end in row.details.get("pauses") or ()),
        unclear=tuple(
            Stretch(each["start"], each["end"], each.get("text", ""))
            for each in row.details.get("unclear") or ()
        ),
        score=score,
        written=written,
        minded=bool(written and written.words) or any(event.get("by") == "mind" for event in events),
        question_id=str(asked.get("id") or "") if isinstance(asked, Mapping) else "",
        self_rating=mark,
        drafted=against_draft(store, row, score) if score else None,
        repeats=_repeats(score, moments),
    )


def _repeats(score: Score | None, moments: Sequence[Moment]) -> tuple[tuple[int, ...], ...]:
    """What was said more than once; what was said again after the interviewer had asked is an answer to that."""
    if score is None or score.overall is None:
        return ()
    said = [sentence for sentence, _ in score.sentences]
    asked = [moment.t for moment in moments if moment.type in ("interrupt", "probe")]
    groups = []
    for first, *others in said_again([each.text for each in said], score.metrics, default_encoder()):
        began = said[first].start or 0.0
        unasked = [at for at in others if not any(began < t <= (said[at].start or 0.0) for t in asked)]
        if unasked:
            groups.append((first, *unasked))
    return tuple(groups)


def against_draft(
    store: Store, row: AnswerRow, score: Score, draft: Draft | None = None
) -> DraftComparison | None:
    """What became of `draft` in an answer, or of the one that it was told from, as that was then; None without any."""
    if draft is None:
        told_from = row.details.get("draft")
        if not isinstance(told_from, Mapping):
            return None
        with read_as_written(row.id):
            draft = Draft.from_dict(told_from, str(told_from.get("id", "")))
    return compare_with_draft(draft, pace_of(store), score)


def _sentences(score: Score | None, words: Sequence[Word]) -> tuple[SentenceReview, ...]:
    """The sentences of the score, or where there is none those that the words make."""
    given = score.sentences if score else ()
    given = given or tuple((sentence, None) for sentence in sentences_from_words(words))
    tokens = split_words([sentence.text for sentence, _ in given], without_fillers(words))
    return tuple(
        SentenceReview(
            number=number,
            text=sentence.text,
            start=sentence.start,
            end=sentence.end,
            star=star,
            tokens=tokens[number],
            marks=place_marks(sentence.text, _found(score, number)) if score else (),
            principles=tuple(p.slug for p in score.principles if number in p.evidence) if score else (),
        )
        for number, (sentence, star) in enumerate(given)
    )


def _found(score: Score, number: int) -> list[tuple[MarkKind, str, str]]:
    """What there is to mark in a sentence; a contradiction goes before the number that it is in."""
    found: list[tuple[MarkKind, str, str]] = [
        ("inconsistency", slip.said, f"you said {slip.said}, the numbers give {slip.computed}")
        for slip in score.inconsistencies
        if slip.sentence == number
    ]
    for metric in score.metrics:
        if metric.sentence == number:
            meaning = ": ".join(filter(None, (f"{metric.role}, {metric.kind}", metric_words(metric))))
            found.append(("metric", metric.text, meaning))
    found += [
        ("vague", vague.text, "no number in reach") for vague in score.vague if vague.sentence == number
    ]
    return found


def _moments(events: Sequence[Mapping[str, Any]], details: Mapping[str, Any]) -> tuple[Moment, ...]:
    """Interruptions, warnings and the cap, in order; `details["interrupts"]` may judge the interruptions."""
    judged = iter(details.get("interrupts") or ())
    moments = []
    for event in sorted(events, key=lambda event: event["t"]):
        if event["type"] == "interrupt":
            moments.append(_interrupt({**event, **_judgement(next(judged, None))}))
        elif event["type"] in ("probe", "follow_up"):
            moments.append(Moment("probe", event["t"], text=event.get("question", "")))
        elif event["type"] == "warning":
            moments.append(Moment("warning", event["t"], remaining_s=event.get("remaining_s")))
        elif event["type"] == "cap":
            moments.append(Moment("cap", event.get("floor_time_s", event["t"])))
    return tuple(moments)


def _judgement(stored: object) -> dict[str, Any]:
    names = ("answered", "answered_after_s")
    return {name: stored[name] for name in names if name in stored} if isinstance(stored, Mapping) else {}


def _interrupt(event: Mapping[str, Any]) -> Moment:
    return Moment(
        "interrupt",
        event["t"],
        text=event.get("question", ""),
        kind=event.get("kind", ""),
        after=event.get("after", ""),
        latency_s=event.get("latency_s"),
        answered=event.get("answered"),
        answered_after_s=event.get("answered_after_s"),
    )
