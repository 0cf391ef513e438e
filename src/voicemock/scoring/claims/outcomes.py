"""What is an outcome, and what can be none, whatever letter its sentence has (lexicons/outcomes.toml).

Who tells a story aloud tells results among the deeds and the scenery, without a before: how many took it up, what came
in, how fast it goes now. And tells of times that measure nothing: how long one was there, when it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from voicemock.scoring.claims.clauses import clause_end, clause_start
from voicemock.scoring.claims.located import LocatedClaim
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import lexicon

FEW = 12  # "all nine huts" is what there is, "all 31 schools served it" may be what came of it
FAR = 45  # characters behind a number in which a verb still has it as its subject


def comes_of_it(sentences: Sequence[str], one: LocatedClaim) -> bool:
    """Whether the claim tells what came of something that the candidate's side did before."""
    text = sentences[one.sentence]
    lead, rest = _around(text, one)
    if not any(_fits(key, lead, rest) for key in _keys(one)) or _behind("asked", lead):
        return False
    first = one.claim.quantities[0].start
    acts = (act for told in (*sentences[: one.sentence], text[:first]) for act in acts_in(told))
    return any(act.actor in ("I", "we") and act.deed for act in acts)


def is_no_outcome(text: str, one: LocatedClaim) -> bool:
    """How long or since when something was so, and all of what there is: "for nine years", "all five of us"."""
    if one.is_pair or one.claim.change is not None:
        return False
    lead, rest = _around(text, one)
    if one.kind == "time":
        return _fits("for_so_long", lead, rest) or _fits("so_long_now", lead, rest)
    few = one.kind == "count" and one.claim.main.value <= FEW
    return few and _behind("whole", lead) and not _fits("made_it", lead, rest)


def _keys(one: LocatedClaim) -> tuple[str, ...]:
    if one.kind == "time":
        return ("done_in", "reached_in", "taken_off")
    if one.claim.main.whole is not None:
        return ("taken_up", "kept_of")
    return (
        ("taken_up", "came_in", "sold", "made_it")
        if one.kind in ("count", "money", "ratio")
        else ("sold", "taken_off")
    )


def _around(text: str, one: LocatedClaim) -> tuple[str, str]:
    """The words before the claim's first number and those behind its last, within the clause."""
    first, last = one.claim.quantities[0].start, one.claim.last.end
    return text[clause_start(text, first) : first], text[last : clause_end(text, last)][:FAR]


def _fits(key: str, lead: str, rest: str) -> bool:
    """Whether the table KEY has its `before` right before the number, and its `behind` right behind it."""
    table = lexicon("outcomes")[key]
    before = "before" not in table or bool(_pattern(key, "before").search(lead))
    behind = "behind" not in table or bool(_pattern(key, "behind").match(rest))
    return before and behind


def _behind(key: str, lead: str) -> bool:
    return bool(_pattern(key, "before").search(lead))


@cache
def _pattern(key: str, side: str) -> re.Pattern[str]:
    lists = lexicon("outcomes")
    entries = "|".join(lists[key][side])
    if side == "behind":
        return re.compile(rf"[\s,]*(?:{entries})(?!\w)", re.IGNORECASE)
    return re.compile(
        rf"(?<!\w)(?:{entries})(?:[\s,]+(?:{'|'.join(lists['between'])}))*[\s,]*$", re.IGNORECASE
    )
