"""What a page has looked at: the machine, what is stored, the writing sample; as the commands of these names do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from voicemock.coaching.writing import review_writing, usable_text
from voicemock.doctor.checks import examine
from voicemock.doctor.finding import Finding
from voicemock.store.rescoring import score_stored
from voicemock.store.store import Store
from voicemock.store.verify import verify
from voicemock.web.interviews import Services
from voicemock.web.replies import Reply
from voicemock.web.site import Site
from voicemock.wording import counted

AT_ONCE = ("libraries", "disk", "folder", "database")
# The browser has its own microphone, loudspeaker and keys, which are looked at before each interview.
IN_A_WHILE = ("model", "listening", "scorer", "voice")
SAMPLE_CHARACTERS = 10_000  # three times the longest sample, and within one message


def score_page(site: Site) -> Reply:
    """Where an answer that is there already is scored."""
    return site.page("score.html.j2", questions=site.questions)


def writing_page(site: Site) -> Reply:
    return site.page("writing.html.j2", most=SAMPLE_CHARACTERS)


def checks_page(site: Site) -> Reply:
    """What is known of the machine at once, and the buttons for what takes a while."""
    return site.page("checks.html.j2", findings=list(examine(site.services.recordings, parts=AT_ONCE)))


def look_at_machine(services: Services, *, latency: bool) -> list[dict[str, Any]]:
    """The parts that take a while: engines are loaded, and with `latency` measured."""
    return [asdict(finding) for finding in _looked_at(services, latency=latency)]


def _looked_at(services: Services, *, latency: bool) -> Iterator[Finding]:
    if not latency:
        yield from examine(services.recordings, services.model, services.voice, parts=IN_A_WHILE)
        return
    from voicemock.doctor.latency import examine_latency

    yield from examine_latency(services.model)


def look_at_stored(store: Store) -> dict[str, Any]:
    """Every fault of what is stored, all of it read and scored again."""
    faults = verify(store, score=score_stored)
    return {
        "faults": [asdict(fault) for fault in faults],
        "good": f"All is well: {counted(store.answer_count(), 'answer')} checked." if not faults else "",
    }


def review_sample(text: str) -> dict[str, Any]:
    """The checks of the writing sample. Raises TranscriptError for what is none."""
    review = review_writing(usable_text(text, "the sample"))
    return {**asdict(review), "good": review.good}
