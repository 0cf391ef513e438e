"""The shapes of a kind of text, filled: those that use most of what is known first, in turn from answer to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from zlib import crc32

from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.models.lexicon import lexicon

QUOTED = frozenset(
    {
        "quote", "Quote", "hedge", "other", "closing", "we_did", "mine_not",
        "chose", "ended", "trouble", "against", "rule",
        "hurts", "pick", "guess_said", "price", "mine", "erred", "lesson_said", "came",
    }
)  # fmt: skip
COUNTED = frozenset({"we", "i", "count", "pace", "fillers"})  # said of them, and not by them
_PLACE = re.compile(r"\{(\w+)\}")


def shapes(kind: str, known: Mapping[str, str], seed: str) -> Iterator[tuple[str, str]]:
    """`why` and `line` of each shape whose words are all known; the line is empty where `why` stands alone. `seed`
    chooses among equals: the same answer is told the same, two answers hardly ever.
    """
    usable = []
    for number, shape in enumerate(lexicon("fixes").get(kind, ())):
        wanted = set(_PLACE.findall(shape["why"] + shape.get("line", "")))
        if wanted <= known.keys():
            usable.append((-len(wanted - COUNTED), number, shape))
    most = [row for row in usable if row[0] == min(usable, key=lambda r: r[0])[0]] if usable else []
    turn = crc32(seed.encode()) % len(most) if most else 0
    rest = sorted((row for row in usable if row not in most), key=lambda row: row[:2])
    for _, _, shape in [*most[turn:], *most[:turn], *rest]:
        yield filled(shape["why"], _to_candidate(known)), filled(shape.get("line", ""), known)


def _to_candidate(known: Mapping[str, str]) -> dict[str, str]:
    """Their words as one says them to them; what is quoted stays as it was said."""
    return {name: text if name in QUOTED else to_you(text) for name, text in known.items()}


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its words put in, opened with a capital."""
    said = _PLACE.sub(lambda found: known[found[1]], text)
    return opened(said)
