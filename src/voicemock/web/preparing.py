"""The pages around the interview: what real ones brought, and what to ask the interviewers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from voicemock.coaching import asks, kept_asks, kept_outcomes
from voicemock.coaching.outcomes import (
    LONGEST_NAME,
    LONGEST_NOTE,
    RESULT_WORDS,
    RESULTS,
    Outcome,
    Result,
    told_outcome,
)
from voicemock.coaching.plan import kept
from voicemock.coaching.plan.wanted import read_day
from voicemock.errors import UsageProblem
from voicemock.packs.asks import load_asks
from voicemock.rounds import ROUNDS
from voicemock.scoring.rubric.own_questions import PREPARED
from voicemock.store.store import Store
from voicemock.web.interviews import one_of, whole_number, written
from voicemock.web.replies import Reply
from voicemock.web.site import Site

MOST = 10_000  # kept questions; a page would not show so many
Given = Mapping[str, Any]


def outcomes_page(site: Site) -> Reply:
    """What real interviews brought, the latest first."""
    with site.store() as store:
        found = kept_outcomes.outcomes_seen(store)
    return site.page(
        "outcomes.html.j2",
        outcomes=found,
        results=RESULT_WORDS,
        today=kept.local_today(),
        most_name=LONGEST_NAME,
        most_note=LONGEST_NOTE,
    )


def asks_page(site: Site) -> Reply:
    """The candidate's own questions in their order, and suggestions."""
    with site.store() as store:
        found = kept_asks.kept_asks(store)
    taken = {ask.text for ask in found}
    left = {slug: [text for text in texts if text not in taken] for slug, texts in load_asks().items()}
    return site.page(
        "asks.html.j2",
        asks=found,
        short=asks.short_of(found),
        suggested=left,
        prepared=PREPARED,
        most=asks.LONGEST,
    )


def keep_outcome(store: Store, given: Given) -> None:
    """Keep a real interview, or change the one of that id. Raises UsageProblem."""
    result = one_of(given, "result", RESULTS)
    if result is None:
        raise UsageProblem("what came of the interview is missing", f"choose one of {', '.join(RESULTS)}")
    told = told_outcome(
        Outcome(
            written(given, "id", 20),
            _date(given),
            written(given, "company", LONGEST_NAME),
            one_of(given, "round", tuple(ROUNDS)),
            cast("Result", result),
            written(given, "note", LONGEST_NOTE),
        ),
        kept.local_today(),
    )
    keep = kept_outcomes.change if told.id else kept_outcomes.add
    keep(store, told)


def keep_ask(store: Store, given: Given) -> None:
    """Keep a question, or change the one of that id. Raises UsageProblem."""
    id, text = written(given, "id", 20), asks.told_text(written(given, "text", asks.LONGEST))
    round = one_of(given, "round", tuple(ROUNDS))
    if id:
        kept_asks.change(store, id, text, round)
    else:
        kept_asks.add(store, text, round)


def move_ask(store: Store, given: Given) -> None:
    place = whole_number(given, "place", 1, MOST)
    if place is None:
        raise UsageProblem("no place is given", "load the page again")
    kept_asks.move(store, written(given, "id", 20), place)


def _date(given: Given) -> date:
    said = written(given, "date", 20)
    return read_day(said) if said else kept.local_today()


CHANGES: tuple[tuple[str, Callable[[Store, Given], None]], ...] = (
    ("outcome", keep_outcome),
    ("remove_outcome", lambda store, given: kept_outcomes.remove(store, written(given, "id", 20))),
    ("ask", keep_ask),
    ("move_ask", move_ask),
    ("remove_ask", lambda store, given: kept_asks.remove(store, written(given, "id", 20))),
)
