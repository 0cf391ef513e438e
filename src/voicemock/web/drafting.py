"""The pages on which stories are drafted, and what they ask for while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from voicemock.coaching.draft import (
    PART_CHARACTERS,
    PARTS,
    QUESTION_CHARACTERS,
    ROUND,
    TITLE_CHARACTERS,
    Draft,
    DraftCheck,
    check_draft,
    target,
)
from voicemock.coaching.draft_text import as_markdown
from voicemock.coaching.drafts import keep, kept_draft, kept_drafts, pace_of, times_of
from voicemock.errors import UsageProblem
from voicemock.report.cells import points
from voicemock.report.draft_terminal import overall_line, time_line
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.store.store import Store
from voicemock.terminal.printable import printable_lines
from voicemock.web.interviews import one_of
from voicemock.web.replies import Reply, download
from voicemock.web.site import Site
from voicemock.wording import clock

CAP_S = ROUNDS[ROUND].cap_s  # where the line of the time ends
MARKDOWN = "text/markdown; charset=utf-8"


def drafts(site: Site) -> Reply:
    """All drafts, with their times and how often they were told."""
    with site.store() as store:
        found, pace = kept_drafts(store), pace_of(store)
    return site.page("drafts.html.j2", drafts=found, times=times_of(found, pace), pace=pace)


def draft(site: Site, draft_id: str = "", principle: str = "") -> Reply:
    """The form of a draft, or of a new one."""
    chosen = one_of({"principle": principle}, "principle", tuple(PRINCIPLES))
    with site.store() as store:
        kept = kept_draft(store, draft_id) if draft_id else None
        pace = pace_of(store)
    return site.page(
        "draft.html.j2",
        draft=kept.draft if kept else Draft(principle=chosen),
        answers=kept.answers if kept else (),
        parts=PARTS,
        most={"title": TITLE_CHARACTERS, "question": QUESTION_CHARACTERS, "part": PART_CHARACTERS},
        pace=pace,
        marks=[round(100 * second / CAP_S, 1) for second in target()],
        questions=[each for each in site.questions if each.round == ROUND],
    )


def draft_file(site: Site, draft_id: str) -> Reply:
    """A draft as Markdown, to keep."""
    with site.store() as store:
        found = kept_draft(store, draft_id).draft
    return download(printable_lines(as_markdown(found)).encode(), f"voicemock-{found.id}.md", MARKDOWN)


def keep_and_read(store: Store, given: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what was typed so far, where there is anything, and say what is read in it. Raises UsageProblem."""
    typed = _draft(given)
    if typed.id:
        kept_draft(store, typed.id)  # it may have been removed meanwhile, and nobody wants it back
    kept = typed if typed.empty and not typed.id else keep(store, typed)
    return {"id": kept.id, **_shown(check_draft(kept, pace_of(store)))}


def _draft(given: Mapping[str, Any]) -> Draft:
    try:
        return replace(Draft.from_dict(given), id=str(given.get("id") or ""))
    except ValueError as error:
        raise UsageProblem(f"this is no draft ({error})", "load the page again") from error


def _shown(check: DraftCheck) -> dict[str, Any]:
    """In the words of the terminal, so that both say the same."""
    return {
        "parts": {part.key: clock(part.seconds) for part in check.parts},
        "seconds": check.seconds,
        "length": check.length,
        "time": time_line(check),
        "overall": overall_line(check),
        "brief": f"{clock(check.seconds)} · {points(check.overall)} of 4",
        "marks": [asdict(mark) for mark in check.marks],
        "missing": check.missing,
        "fixes": check.fixes,
    }
