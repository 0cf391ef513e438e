"""The pages of what was said: sessions, one of them, two attempts, what was found, progress, stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from voicemock.coaching import comparison
from voicemock.coaching.bank import read_bank
from voicemock.coaching.drafts import kept_drafts, untold
from voicemock.coaching.numbers import open_doubts
from voicemock.coaching.plan.kept import standing_if_any
from voicemock.coaching.progress import read_progress
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.report.build import review_answer, review_session
from voicemock.report.cells import change, points
from voicemock.report.exports import exported
from voicemock.report.page_sound import mp3
from voicemock.report.plan_words import plan_lines
from voicemock.report.review import SessionReview
from voicemock.store import search as transcripts
from voicemock.store.store import AnswerRow, Store
from voicemock.terminal.printable import printable_lines
from voicemock.transcript import Doubt
from voicemock.web import replies
from voicemock.web.replies import Reply, download
from voicemock.web.site import Site
from voicemock.wording import STAR_NAMES, clock, name_of

SHOWN = 50  # sessions on a page
HITS = 50
FIGURES = {
    "floor_time_s": "Time",
    "pace_wpm": "Words a minute",
    "fillers_per_min": "Fillers a minute",
    "longest_pause_s": "Longest pause, s",
    "vague": "Vague claims",
    "interrupts": "Interruptions due",
}
FORMATS = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
}


def sessions(site: Site, page: str = "1") -> Reply:
    """The sessions, newest first."""
    if not page.isdecimal() or not 1 <= int(page[:6]) <= 100_000:
        raise UnknownSession("there is no such page", "")
    first = (int(page) - 1) * SHOWN
    with site.store() as store:
        found = store.outlines()
    return site.page(
        "sessions.html.j2",
        sessions=found[first : first + SHOWN],
        number=int(page),
        more=len(found) > first + SHOWN,
    )


def review(site: Site, session: str) -> Reply:
    """A session, answer by answer: the page that `voicemock review --html` writes, with what can be done about it."""
    with site.store() as store:
        found = review_session(store, session)
        rows = store.answers(found.id)
        retries = {row.id: row.details.get("retry_of") for row in rows}
        doubts = {row.id: _doubts(store, row) for row in rows}
    return site.page("session.html.j2", session=found, retries=retries, doubts=doubts, examples=site.examples)


def _doubts(store: Store, row: AnswerRow) -> list[tuple[Doubt, str]]:
    """The numbers of an answer that may be misheard, each with the words of its claim."""
    score = store.score(row.id) if row.details.get("doubts") else None
    return open_doubts(row, store.words(row.id), score) if score else []


def sound(site: Site, session: str, number: str, part: str = "") -> Reply:
    """The recording of an answer, or the part of it that a player asks for."""
    with site.store() as store:
        answer = review_answer(store, f"{session}/{number.removesuffix('.mp3')}")
    if answer.audio is None:
        raise UnknownSession(f"the recording of {answer.id} is not here", "")
    return replies.part(_mp3(answer.audio, answer.audio.stat().st_mtime_ns), "audio/mpeg", part)


@lru_cache(maxsize=4)  # a player asks for the same sound in parts
def _mp3(recording: Path, _changed: int) -> bytes:
    return mp3(recording)


def compare(site: Site, first_session: str, first: str, second_session: str, second: str) -> Reply:
    """Two attempts at a question side by side."""
    with site.store() as store:
        attempts = [store.answer(name) for name in (f"{first_session}/{first}", f"{second_session}/{second}")]
        scores = [store.score(row.id) for row in attempts]
    if scores[0] is None or scores[1] is None:
        raise UsageProblem(
            "an attempt without a score can't be compared", "bring it back on the start page first"
        )
    found = comparison.compare(scores[0], scores[1])
    return site.page("compare.html.j2", attempts=attempts, found=found, rows=list(_rows(found)))


def _rows(found: comparison.Comparison) -> Iterator[tuple[str, str, str, str]]:
    """What is compared, before, after, and the change."""
    for pair in (found.overall, *found.dimensions):
        yield (
            name_of(pair.name).capitalize(),
            points(pair.before),
            points(pair.after),
            change(pair.before, pair.after),
        )
    for pair in found.phases:
        yield STAR_NAMES[pair.name], clock(pair.before), clock(pair.after), ""
    for pair in chain(found.delivery, (found.vague, found.interrupts)):
        shown = clock if pair.name == "floor_time_s" else _plain
        by = change(pair.before, pair.after, " s" if shown is clock else "")
        yield FIGURES[pair.name], shown(pair.before), shown(pair.after), by


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def search(site: Site, q: str = "") -> Reply:
    """Every answer that holds the words."""
    with site.store() as store:
        hits = transcripts.search(store, q, HITS) if any(map(str.isalnum, q)) else []
    return site.page("search.html.j2", q=q, hits=hits, cut=_cut)


def _cut(hit: transcripts.Hit) -> Iterator[tuple[str, bool]]:
    """The snippet in pieces, and whether each is what was looked for."""
    at = 0
    for start, end in hit.matches:
        yield hit.snippet[at:start], False
        yield hit.snippet[start:end], True
        at = end
    yield hit.snippet[at:], False


def progress(site: Site) -> Reply:
    """Scores over time, principles covered, what to practise next: the page of `voicemock progress --html`."""
    with site.store() as store:
        found = read_progress(store)
        plan = standing_if_any(store, lambda: site.questions)
    return site.page("progress_page.html.j2", progress=found, plan=plan_lines(plan) if plan else ())


def stories(site: Site) -> Reply:
    """The story bank."""
    with site.store() as store:
        bank = read_bank(store)
        drafts = kept_drafts(store)
    return site.page("stories.html.j2", bank=bank, drafts=len(drafts), untold=untold(drafts, bank.missing))


def story(site: Site, number: str) -> Reply:
    """One story, its tellings and its numbers."""
    with site.store() as store:
        found = read_bank(store, int(number) if number.isdecimal() and len(number) < 10 else 0).stories[0]
        others = [each for each in read_bank(store).stories if each.id != found.id]
    return site.page("story.html.j2", story=found, others=others)


def export(site: Site, session: str, number: str = "", form: str = "md") -> Reply:
    """A file to keep of a session or of one answer."""
    if form not in FORMATS:
        raise UsageProblem(f"no format is called {form!r}", f"there are {', '.join(FORMATS)}")
    with site.store() as store:
        found = _only(store, session, number)
        text = printable_lines("".join(exported([found], form, one=True)))
    name = f"{found.id}-{number}" if number else found.id
    return download(text.encode(), f"voicemock-{name}.{form}", FORMATS[form])


def _only(store: Store, session: str, number: str) -> SessionReview:
    """A session, or of it the answer of that number."""
    found = review_session(store, session)
    if not number:
        return found
    only = tuple(answer for answer in found.answers if str(answer.number) == number)
    if not only:
        raise UnknownSession(f"session {found.id} has no answer {number}", "")
    return replace(found, answers=only)
