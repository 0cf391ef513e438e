"""What the candidate has prepared to ask each interviewer of a loop."""

from __future__ import annotations

from voicemock.coaching.asks import for_interviewer
from voicemock.coaching.kept_asks import kept_asks
from voicemock.interview.loop.plan import INTERVIEWS, LoopPlan
from voicemock.packs.asks import load_asks
from voicemock.store.store import Store

Prepared = tuple[tuple[str, ...], ...]  # of each interview, in the plan's order


def prepared_for(store: Store, plan: LoopPlan) -> Prepared:
    """Three for each. Raises PackError, and NotAsWritten where a kept one is damaged."""
    kept, suggested = kept_asks(store), load_asks()
    return tuple(
        for_interviewer(tuple(dict.fromkeys(INTERVIEWS[each.kind])), kept, suggested, number)
        for number, each in enumerate(plan.interviews)
    )
