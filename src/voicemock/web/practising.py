"""The pages before and in an interview."""

from __future__ import annotations

import time

from voicemock.coaching.progress import read_progress
from voicemock.interview.loop.steps import SETTING
from voicemock.packs.questions import filter_questions
from voicemock.report import plan_words
from voicemock.report.build import review_answer
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.store.lock import is_nobodys
from voicemock.store.recover import find_lost
from voicemock.store.store import Store
from voicemock.web import planning
from voicemock.web.interviews import one_of
from voicemock.web.replies import Reply
from voicemock.web.site import Site

LOOPS_SHOWN = 3


def start(site: Site) -> Reply:
    """What to practise."""
    with site.store() as store:
        lost = lost_answers(store)
        advice = read_progress(store).advice
        plan = planning.standing(site, store)
        loops = [row for row in store.sessions() if SETTING in row.settings and "debrief" not in row.settings]
    return site.page(
        "start.html.j2",
        questions=site.questions,
        lost=len(lost),
        advice=advice,
        plan=plan,
        words=plan_words,
        loops=loops[: -LOOPS_SHOWN - 1 : -1],
    )


def lost_answers(store: Store) -> list[str]:
    """The answers that a crash cut short and that nobody is at."""
    now = time.time()
    return [each.answer_id for each in find_lost(store) if is_nobodys(store, each.answer_id, each.audio, now)]


def interview(site: Site) -> Reply:
    """The room; what is in it comes over the WebSocket."""
    return site.page("interview.html.j2")


def questions(site: Site, round: str = "", principle: str = "", q: str = "") -> Reply:
    """The questions that meet every filter."""
    chosen = {"round": round, "principle": principle}
    found = filter_questions(
        site.questions,
        round=one_of(chosen, "round", tuple(ROUNDS)),
        principle=one_of(chosen, "principle", tuple(PRINCIPLES)),
    )
    words = q.lower().split()
    found = tuple(each for each in found if all(word in each.text.lower() for word in words))
    return site.page("questions.html.j2", questions=found, chosen=chosen, words=q)


def summary(site: Site, session: str, number: str) -> Reply:
    """The score of an answer, a strength and the fixes: a part of the interview's page."""
    with site.store() as store:
        answer = review_answer(store, f"{session}/{number}")
    return site.page("answered.html.j2", answer=answer, score=answer.score, examples=site.examples)
